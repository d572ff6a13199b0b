"""Notes of a visit follow into a draft that was kept, and a command with a name in it is answered and not lost."""

from datetime import timedelta

import pytest

from cards.asking import Example
from dialogs.conversation import hear
from dialogs.turn import Turn
from dialogs.visit_note import NOTE
from domain.feedback import Feedback
from domain.identity import new_id
from domain.organisation import Person
from domain.retention import LegalHold
from domain.visit import Note
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, chooses, reflects
from tests.town import Someone, button, buttons, values, words
from tests.visits import ENDS, FIRST, TAKEN, WRITTEN, Neighbours, agreed, feeds_back, visited
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

MORE = "Bagefter: de små kom til orde i værkstedet."


async def kept_draft(mette: Someone, rune: Someone) -> None:
    """A first half that was kept an hour after the visit, with one note in it."""
    about = await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=5)
    await rune.says("Tolv børn i en kreds")
    mette.now = rune.now = ENDS + timedelta(hours=1)
    card = await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    assert values(card)["saw"] == "9.05  Tolv børn i en kreds"
    await rune.presses(card, "Gem kladde", saw="9.05  Tolv børn i en kreds. Fire talte.")


async def test_a_note_typed_after_a_draft_was_kept_stands_at_the_end_of_what_was_written(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await kept_draft(mette, rune)
    rune.now += timedelta(minutes=10)
    await rune.says(MORE)
    card = await rune.says("feedback")
    wanted = f"9.05  Tolv børn i en kreds. Fire talte.\nEfter besøget: {MORE}"
    assert values(card)["saw"] == wanted
    assert "Du har noteret mere siden." in words(card)
    # Drawn twice it stands there once, and once it has been kept it is not put in again, nor when it was taken out.
    assert values(await rune.says("feedback"))["saw"] == wanted
    await rune.presses(card, "Gem kladde", saw="Kun mine egne ord.")
    again = await rune.says("feedback")
    assert values(again)["saw"] == "Kun mine egne ord."
    assert "Du har noteret mere siden." not in words(again)
    await feeds_back(rune, again)
    assert await all_of(database, Note) == []


async def test_a_word_of_the_visit_is_understood_as_a_note_and_a_command_as_that_command(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=5)

    def understood(uow: UnitOfWork) -> list[str]:
        turn = Turn.of(uow.session.get_one(Person, rune.who.id), uow, rune.now, rune.municipality)
        return [hear(turn, text).intent for text in ("Tolv børn i en kreds", "min oversigt")]

    assert await database.write(understood) == [NOTE, "overview"]


async def test_what_is_asked_or_said_to_the_bot_around_a_visit_is_no_note_and_can_be_made_one(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=5)
    # While it goes on a question is likeliest a child's: it is kept, and answered by a press.
    kept = await rune.says("Hvem kan se det jeg skriver?")
    assert "Noteret" in words(kept)
    assert "Hvem kan se hvad?" in words(await rune.presses(kept, "Få svar på det"))
    # A note may be longer than any question, and is answered for all of it.
    long = (
        "Er der mon nogen af jer inde på kontoret, der i dag ved, hvordan det egentlig var, og hvem kan se mine noter?"
    )
    again = await rune.says(long)
    assert Example.read(button(again, "Få svar på det")["data"]).words == long
    asked = await rune.says("slet den sidste note")
    assert "Jeg sletter ikke noget på et ord i chatten" in words(asked)
    await rune.presses(asked, "Fortryd den sidste")
    rune.now = ENDS + timedelta(minutes=10)
    for said, answer in (
        ("tak for i dag", "Det var så lidt"),
        ("hvem kan se det jeg skriver", "Hvem kan se hvad?"),
        ("skal det være langt", "Det kan du skrive til mig"),
        ("jeg kan ikke komme alligevel", "Hvad vil du flytte?"),
        ("så gik klokken", "Er det en note fra besøget?"),
    ):
        card = await rune.says(said)
        assert answer in words(card), said
        assert len(await all_of(database, Note)) == 1, said
    await rune.presses(card, "Gem som note")
    await rune.says("Fem børn rakte hånden op")
    assert {each.text for each in await all_of(database, Note)} == {
        "Hvem kan se det jeg skriver?",
        "så gik klokken",
        "Fem børn rakte hånden op",
    }


@pytest.mark.parametrize("of", ["rune", "leader"])
async def test_i34_a_hold_keeps_the_notes_of_a_visit_when_the_feedback_is_sent(
    mette: Someone, rune: Someone, database: Database, town: Neighbours, of: str
) -> None:
    await kept_draft(mette, rune)
    hold = LegalHold(case="Sag 9", placed_at=rune.now, person_id=getattr(town, of).id)
    await database.write(lambda uow: uow.add(hold))
    await feeds_back(rune, await rune.says("feedback"))
    assert any(each.is_sent for each in await all_of(database, Feedback))
    assert len(await all_of(database, Note)) == 1


async def test_nothing_is_sent_or_previewed_before_its_author_has_seen_the_new_note_in_it(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await kept_draft(mette, rune)
    second = await rune.presses(await rune.says("feedback"), "Næste", **WRITTEN)
    rune.now += timedelta(minutes=10)
    await rune.says(MORE)
    for title in ("Vis det, modtageren ser", "Send tilbagemelding"):
        shown = await rune.presses(second, title, **TAKEN)
        assert "Trin 1 af 2" in words(shown)
        assert values(shown)["saw"].endswith(MORE)
    assert not any(each.is_sent for each in await all_of(database, Feedback))
    last = await rune.presses(shown, "Næste")
    assert (values(last)["wonder"], values(last)["home"]) == (TAKEN["wonder"], TAKEN["home"])
    sent = await rune.presses(last, "Send tilbagemelding")
    assert "Tilbagemeldingen er sendt" in words(sent)
    assert MORE in words(sent)
    assert await all_of(database, Note) == []


async def test_a_note_that_finds_no_room_is_said_to_and_outlives_the_feedback(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await kept_draft(mette, rune)
    await rune.presses(await rune.says("feedback"), "Gem kladde", saw="x" * 2990, supports="y")
    rune.now += timedelta(minutes=10)
    await rune.says(MORE)
    card = await rune.says("feedback")
    assert values(card)["saw"] == "x" * 2990
    assert "Der er ikke plads til det i feltet" in words(card)
    assert MORE in words(card)
    await rune.presses(await rune.presses(card, "Næste"), "Send tilbagemelding", **TAKEN)
    assert [each.text for each in await all_of(database, Note)] == [MORE]
    assert MORE in words(await rune.says("mine noter"))


async def test_notes_of_the_same_moment_that_were_taken_out_do_not_come_back_whatever_their_ids(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await visited(mette, rune)
    before = rune.now - timedelta(minutes=30)
    early, late = new_id(), new_id()
    # Oldest first, the one with the greater id is the first.
    first = Note(observation_id=about.id, author_id=rune.who.id, written_at=before, text="Først", id=late)
    then = Note(
        observation_id=about.id,
        author_id=rune.who.id,
        written_at=before + timedelta(minutes=1),
        text="Så",
        id=early,
    )
    await database.write(lambda uow: uow.add(first, then))
    card = await rune.says("feedback")
    assert {"Først", "Så"} <= set(values(card)["saw"].split())
    await rune.presses(card, "Gem kladde", saw="Kun mine egne ord.")
    again = await rune.says("feedback")
    assert values(again)["saw"] == "Kun mine egne ord."
    assert "Du har noteret mere siden." not in words(again)


async def test_an_error_at_a_field_keeps_both_what_was_typed_and_the_new_note(
    mette: Someone, rune: Someone, database: Database
) -> None:
    await kept_draft(mette, rune)
    rune.now += timedelta(minutes=10)
    await rune.says(MORE)
    card = await rune.says("feedback")
    typed = values(card)["saw"] + "\nOg 010203-1234"
    wrong = await rune.presses(card, "Næste", saw=typed, supports="y")
    assert "cpr-nummer" in words(wrong)
    assert values(wrong)["saw"] == typed
    await rune.presses(wrong, "Gem kladde", saw=values(card)["saw"])
    assert values(await rune.says("feedback"))["saw"] == values(card)["saw"]


async def test_i20_the_notes_of_another_are_never_carried_into_a_feedback(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await visited(mette, rune)
    other = Note(observation_id=about.id, author_id=town.neighbour.id, written_at=rune.now, text="Anders skrev dette")
    await database.write(lambda uow: uow.add(other))
    assert "Anders skrev dette" not in words(await rune.says("feedback"))


@pytest.mark.parametrize("typed", ["praksis om overgange", "Praksis om Overgange og deltagelse", "forbered Elmeskolen"])
async def test_a_command_that_names_something_is_answered_and_can_be_kept_as_a_note(
    mette: Someone, rune: Someone, database: Database, town: Neighbours, typed: str
) -> None:
    about = await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=5)
    card = await rune.says(typed)
    assert "Noteret" not in words(card)
    assert "Du er på besøg." in words(card)
    assert await all_of(database, Note) == []
    kept = await rune.presses(card, "Gem som note")
    assert "Du har 1 note." in words(kept)
    await rune.presses(card, "Gem som note")
    assert [(each.text, each.observation_id) for each in await all_of(database, Note)] == [(typed, about.id)]
    refused = await mette.presses(card, "Gem som note")
    assert "Det har du ikke adgang til" in words(refused)
    assert typed in words(refused)


async def test_the_status_of_a_focus_area_is_asked_for_in_the_middle_of_a_visit(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    mette.now = AFTER
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    # The leader of Elmeskolen visits Fyrreskolen.
    anders = Someone(database, town.neighbour, now=AFTER)
    await invited_by(anders, mette)
    mette.now = FIRST + timedelta(minutes=5)
    card = await mette.says("status flere stemmer i timerne")
    assert "Flere stemmer i timerne" in words(card)
    assert "Gem som note" in buttons(card)
    # A sentence that begins alike is a note.
    for said in ("Status på gruppen: tre stemmer i timen", "praksis her er at vente", "Overgange fylder meget"):
        noted = words(await mette.says(said))
        assert "Noteret" in noted
        assert "Husk at tage navnet ud" not in noted
    # It is one's own, so it is kept, with a word on what becomes of it.
    noted = words(await mette.says("Oliver fra 5.b sad alene hele timen"))
    assert "Noteret" in noted
    assert "Husk at tage navnet ud, før du sender noget videre, så ingen kan genkendes." in noted


async def invited_by(anders: Someone, mette: Someone) -> None:
    card = await anders.says("inviter observatør")
    card = await anders.presses(card, "Næste", observer_id=str(mette.who.id))
    card = await anders.presses(card, "Næste", where="2. årgang", focus="Hvem kommer til orde?")
    await anders.presses(card, "Send invitation", day1="2026-04-28", clock1="09:00")
    await mette.presses(await mette.says("invitationer"), "Ja – tirsdag kl. 9.00")


async def test_what_was_answered_can_be_kept_until_the_feedback_is_sent_and_is_given_back_after_that(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await agreed(mette, rune)
    rune.now = FIRST - timedelta(minutes=5)
    assert "Du skal snart på besøg hos Elmeskolen." in words(await rune.says("praksis om overgange"))
    for said in (
        "jeg er desværre blevet syg i dag",
        "besøget bliver ikke til noget",
        "jeg kommer ti minutter for sent",
        "er der parkering ved skolen",
    ):
        assert "Noteret" not in words(await rune.says(said)), said
    assert "Skriv tilbagemelding" not in buttons(await rune.says("hvordan går det med Emil i 2.b?"))
    assert await all_of(database, Note) == []
    rune.now = FIRST + timedelta(minutes=5)
    card = await rune.says("praksis om overgange")
    mette.now = rune.now = ENDS + timedelta(hours=1)
    # Nobody has said that it took place.
    assert "Du havde et besøg aftalt hos Elmeskolen." in words(await rune.says("praksis om overgange"))
    await feeds_back(rune, await rune.presses(await rune.sees("feedback", about.id), "Gennemført"))
    late = await rune.presses(card, "Gem som note")
    assert "Tilbagemeldingen er sendt, så den står, som den er." in words(late)
    assert "praksis om overgange" in words(late)
    assert await all_of(database, Note) == []
    # When no visit goes on, the command is answered with nothing more.
    rune.now = ENDS + timedelta(days=1)
    assert "Gem som note" not in buttons(await rune.says("praksis om overgange"))


async def test_words_that_are_typed_days_after_a_visit_stand_in_the_feedback_until_it_is_sent(
    mette: Someone, rune: Someone
) -> None:
    about = await agreed(mette, rune)
    mette.now = rune.now = ENDS + timedelta(hours=3)
    # Nobody has said yet that the visit took place, so nothing is kept without being asked for.
    offered = await rune.says("De store viste vej")
    assert "Er det en note fra besøget?" in words(offered)
    assert await all_of(rune.database, Note) == []
    await rune.presses(offered, "Gem som note")
    await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    rune.now = ENDS + timedelta(days=2)
    asked = await rune.says("Tre drenge byggede videre på det, de små havde begyndt")
    assert "Er det en note fra besøget?" in words(asked)
    assert "Tre drenge byggede videre på det, de små havde begyndt" in words(asked)
    assert "Det kan du skrive til mig" in words(await rune.presses(asked, "Det kan du skrive"))
    card = await rune.presses(asked, "Gem som note")
    assert "Det står i tilbagemeldingen, når du skriver den" in words(card)
    kept = len(await all_of(rune.database, Note))
    rune.now += timedelta(days=1)
    assert "Noteret" in words(await rune.presses(asked, "Gem som note"))
    assert len(await all_of(rune.database, Note)) == kept
    assert "Gem som note" in buttons(await rune.says("må jeg tage min hund med"))
    taken_back = await rune.presses(await rune.says("Og de store ventede på tur"), "Gem som note")
    await rune.presses(taken_back, "Fortryd den sidste")
    marked = await rune.says("note: en voksen ventede")
    assert words(await rune.presses(marked, "Se mine noter")).count("note: en") == 0
    await rune.presses(marked, "Fortryd den sidste")
    assert "tirsdag den 28. april kl. 9.00" in words(card), "it is a note of that day, whenever it was written"
    assert "skrevet den 30. april 2026 kl. 10.30" in words(await rune.presses(card, "Se mine noter"))
    form = await rune.says("feedback")
    assert values(form)["saw"].splitlines()[-1] == (
        "Efter besøget: Tre drenge byggede videre på det, de små havde begyndt"
    )
    await rune.says("note: kl. 9.40 kom de små til orde")
    form = await rune.says("feedback")
    assert values(form)["saw"].splitlines()[-1] == "kl. 9.40 kom de små til orde"
    for noted in ("9.50 gik de ud", "2.30 minutter varede det"):
        await rune.says(f"note: {noted}")
    form = await rune.says("feedback")
    lines = values(form)["saw"].splitlines()
    assert lines[-2:] == ["9.50 gik de ud", "Efter besøget: 2.30 minutter varede det"], (
        "a number is no time of the visit"
    )
    answered = await rune.says("De store byggede videre på sidste gangs fokusområder")
    assert "Du har observeret hos Elmeskolen." in words(answered)
    assert "Gem som note" in buttons(answered)
    asked = await rune.says("hvad siger børnene på Elmeskolen om at bygge")
    assert "Gem som note" not in buttons(asked), "whoever asks writes nothing down"
    assert "Gem som note" not in buttons(await rune.says("010203-1234 græd hele tiden"))
    assert "Gem som note" not in buttons(await rune.says("hjælp"))
    seen_of_a_child = await rune.says("Emma i 4.b sad alene")
    assert "skriv det uden navn i tilbagemeldingen" in words(seen_of_a_child)
    assert "Skriv tilbagemelding" in buttons(seen_of_a_child)
    assert "Gem som note" not in buttons(await rune.says("nøgletal Fyrreskolen")), "it tells nothing"
    await feeds_back(rune, form)
    assert "gemt det" not in words(await rune.says("Tre drenge byggede videre på det, de små havde begyndt"))
