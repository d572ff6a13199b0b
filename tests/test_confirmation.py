"""The leader confirms the note and the agreements, or adds a remark; who reads it is written down."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from cards.kit import Card, summary_of
from dialogs import confirmation as flow
from dialogs.conversation import Kind
from domain.agreement import Agreement
from domain.audit import AuditEvent
from domain.note import Remark
from domain.one_on_one import OneOnOne, OneOnOneState
from domain.organisation import Person
from domain.prompt import Prompt, PromptKind
from storage.audit import reads_concerning
from storage.database import Database
from storage.roles import viewer_on
from tests.pair import (  # noqa: F401
    AFTER,
    AGREED,
    LEADING,
    agrees,
    birgit,
    confirms,
    mette,
    planned_by,
    plans,
    shares,
    town,
)
from tests.record import all_of
from tests.test_one_on_one import end_role
from tests.town import Someone, Town, button, buttons, values, words


async def shared(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    mette.now = birgit.now


async def test_the_leader_confirms_note_and_agreements_with_one_press(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await shared(birgit, mette)
    assert "Bekræft notatet fra 1:1" in words(await mette.says("min oversigt"))
    card = await mette.says("notat")
    assert "Passer det?" in words(card)
    assert "Afventer bekræftelse" in words(card)
    assert AGREED["text"] in words(card)
    assert summary_of(card) == "Notat: 1:1 torsdag den 23. april"
    done = await mette.presses(card, "Bekræft")
    assert "Bekræft" not in buttons(done)
    [kept], [agreement] = await all_of(database, OneOnOne), await all_of(database, Agreement)
    assert (kept.state, kept.confirmed_at, kept.confirmed_note) == (OneOnOneState.CONFIRMED, AFTER, 1)
    assert agreement.confirmed_at == AFTER
    assert "Bekræft notatet" not in words(await mette.says("min oversigt"))
    assert await mette.presses(card, "Bekræft") == done


async def test_a_remark_is_a_comment_and_no_edit(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)
    asking = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
    for typed, sentence in (("", "Skriv et par ord først."), ("Om 010203-1234", "cpr-nummer")):
        card = await mette.presses(asking, "Gem bemærkningen", remark=typed)
        assert sentence in words(card)
        assert values(card)["remark"] == typed
    card = await mette.presses(asking, "Gem bemærkningen", remark="Vi talte også om udeskole.")
    assert "Vi talte også om udeskole." in words(card)
    assert "Mette Holm · 23. april 2026 kl. " in words(card)
    assert "Med bemærkning" in words(card)
    assert LEADING in words(card)
    await mette.presses(asking, "Gem bemærkningen", "again", remark="Vi talte også om udeskole.")
    assert len(await all_of(database, Remark)) == 1, "an old card that is pressed once more adds nothing"
    sent = [each for each in await all_of(database, Prompt) if ":remark:" in each.occasion]
    assert [each.person_id for each in sent] == [town.chief.id]
    assert "Vi talte også om udeskole." in words(await birgit.says("notat"))
    assert await planned_by(database, flow.clock, AFTER + timedelta(days=8)) == []
    await mette.presses(card, "Bekræft")
    later = await birgit.presses(await birgit.says("notat"), "Tilføj en bemærkning")
    await birgit.presses(later, "Gem bemærkningen", remark="Enig.")
    assert "Enig." in words(await mette.says("notat"))
    assert len(await all_of(database, Remark)) == 2


async def test_no_card_in_which_one_of_the_two_types_is_replaced_by_what_the_other_does(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)
    hers = await mette.presses(await note_in(mette, "hers"), "Tilføj en bemærkning", "hers")
    chiefs = await birgit.presses(await note_in(birgit, "chiefs"), "Tilføj en bemærkning", "chiefs")
    added = await birgit.presses(await note_in(birgit, "added"), "Tilføj en aftale", "added")
    corrected = await birgit.presses(await note_in(birgit, "corrected"), "Ret en aftale", "corrected")
    typing = {"hers", "chiefs", "added", "corrected"}
    assert await replaced(database) & typing == set()

    await mette.presses(hers, "Gem bemærkningen", "hers", remark="Vi talte også om udeskole.")
    assert await replaced(database) & typing == set(), "Birgit types in three cards, Mette is done with hers"
    again = await mette.presses(await note_in(mette, "again"), "Tilføj en bemærkning", "again")
    # Opened, left and opened once more it is the same: it is drawn anew, and no answer of before.
    opened = await mette.presses(again, "Tilbage", "again")
    again = await mette.presses(opened, "Tilføj en bemærkning", "again")
    await birgit.presses(chiefs, "Gem bemærkningen", "chiefs", remark="Enig.")
    await birgit.presses(corrected, "Gem aftalen", "corrected", text="Mette inviterer to kolleger")
    await birgit.presses(added, "Gem aftalen", "added", **{**AGREED, "text": "Vi ses i maj"})
    assert {"again"} & await replaced(database) == set()
    assert {"hers"} <= await replaced(database), "the card of what Mette has saved is drawn anew"
    done = words(await mette.presses(again, "Gem bemærkningen", "again", remark="Og om skolegården."))
    for text in ("Vi talte også om udeskole.", "Enig.", "Mette inviterer to kolleger", "Vi ses i maj", "skolegården"):
        assert text in done
    assert {"chiefs", "added", "corrected"} <= await replaced(database), "nothing is typed in these any more"


async def test_the_agreement_that_is_asked_for_where_the_note_was_written_is_not_replaced_when_that_is_corrected(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    birgit.now = AFTER
    writing = await birgit.says("notat")
    await birgit.presses(writing, "Gem og del", "agreement", leading=LEADING)
    correcting = await birgit.presses(await birgit.says("notat"), "Ret notatet", "correcting")
    await birgit.presses(correcting, "Gem og del", "correcting", leading=f"{LEADING} Igen.")
    assert "agreement" not in await replaced(database)


async def note_in(someone: Someone, message_id: str) -> Card:
    """The note, as it stands in this message."""
    asking = await someone.presses(await someone.says("notat"), "Tilføj en bemærkning", message_id)
    return await someone.presses(asking, "Tilbage", message_id)


async def replaced(database: Database) -> set[str]:
    """The messages whose card is to be drawn anew."""
    return {each.replaces for each in await all_of(database, Prompt) if each.kind is PromptKind.UPDATE}


async def test_it_is_asked_for_twice_and_then_stands_as_not_confirmed(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)
    found = await planned_by(database, flow.clock, AFTER, ahead=timedelta(days=30))
    assert [(each.person_id, each.due_at - AFTER) for each in found] == [
        (town.leader.id, timedelta(days=2)),
        (town.leader.id, timedelta(days=7)),
    ]
    assert all(each.personal for each in found)
    [kept] = await all_of(database, OneOnOne)
    mette.now = AFTER + timedelta(days=2)
    assert "ikke om det flere gange" not in words(await mette.sees("confirmation", kept.id))
    mette.now = AFTER + timedelta(days=7)
    assert "Jeg minder dig ikke om det flere gange." in words(await mette.sees("confirmation", kept.id))
    birgit.now = AFTER + timedelta(days=14) - timedelta(seconds=1)
    assert "Ikke bekræftet" not in words(await birgit.says("notat"))
    birgit.now = AFTER + timedelta(days=14)
    assert "Ikke bekræftet" in words(await birgit.says("notat"))
    assert await planned_by(database, flow.clock, birgit.now + timedelta(days=1)) == []
    mette.now = birgit.now
    await mette.presses(await mette.says("notat"), "Bekræft")
    assert "Bekræftet" in words(await birgit.says("notat"))


async def test_an_answer_ends_the_reminders(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await shared(birgit, mette)
    await confirms(mette, birgit)
    assert await planned_by(database, flow.clock, AFTER, ahead=timedelta(days=30)) == []


async def test_an_agreement_that_comes_after_the_confirmation_is_asked_about_by_itself(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await shared(birgit, mette)
    old = await mette.says("notat")
    adding = await birgit.presses(await birgit.says("notat"), "Tilføj en aftale")
    await agrees(birgit, adding, text="Birgit finder et lokale", owner="chef")
    answer = await mette.presses(old, "Bekræft")
    assert "Birgit Dam har ændret noget, mens du læste." in words(answer)
    await mette.presses(answer, "Bekræft")
    late = await birgit.presses(await birgit.says("notat"), "Tilføj en aftale")
    await agrees(birgit, late, text="Vi besøger Fyrreskolen", owner="sammen")
    card = await mette.says("notat")
    assert "endnu ikke bekræftet" in words(card)
    assert any(":agreement:" in each.occasion for each in await all_of(database, Prompt))
    await mette.presses(card, "Bekræft")
    assert all(each.confirmed_at for each in await all_of(database, Agreement))


async def test_only_the_leader_confirms(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)
    card = await mette.says("notat")
    for someone in (birgit, Someone(database, town.deputy, now=AFTER), Someone(database, town.other_leader, now=AFTER)):
        assert "Det har du ikke adgang til" in words(await someone.presses(card, "Bekræft"))
    stranger = Someone(database, town.deputy, now=AFTER)
    asking = await mette.presses(card, "Tilføj en bemærkning")
    refused = await stranger.presses(asking, "Gem bemærkningen", remark="Saras ord")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Saras ord" in words(refused)
    assert await all_of(database, Remark) == []
    await end_role(database, town.leader, date(2026, 4, 22))
    assert "Det har du ikke adgang til" in words(await mette.presses(card, "Bekræft"))


async def test_i33_each_read_by_someone_other_than_the_author_is_written_down_and_can_be_seen(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)

    async def reads() -> list[AuditEvent]:
        found = await database.read(lambda uow: reads_concerning(uow, viewer_on(uow, town.chief, birgit.now.date())))
        return [event for event, _reader, _where in found]

    await birgit.says("notat")
    assert await reads() == []
    card = await mette.says("notat")
    assert [each.reader_id for each in await reads()] == [town.leader.id]
    opened = button(card, "Tilføj en bemærkning")["data"]
    # What the client draws again within a quarter of an hour is the same reading.
    mette.now += timedelta(minutes=20)
    await mette.does(Kind.REFRESHED, verb="confirmation.open", data=opened)
    assert len(await reads()) == 2
    seen = words(await birgit.says("hvem har set det"))
    assert "Mette Holm" in seen
    assert "Notat fra 1:1 den 23. april 2026" in seen
    assert LEADING not in seen


async def test_a_card_that_was_sent_before_a_correction_is_drawn_anew(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await shared(birgit, mette)
    opened = button(await mette.says("notat"), "Tilføj en bemærkning")["data"]
    await mette.does(Kind.PRESSED, verb="confirmation.open", data=opened, reply_to="m1")
    correcting = await birgit.presses(await birgit.says("notat"), "Ret notatet")
    await birgit.presses(correcting, "Gem og del", leading="Rettet tekst")
    updates = [each for each in await all_of(database, Prompt) if each.occasion.startswith("update:")]
    assert [each.replaces for each in updates] == ["m1"]


@pytest.mark.parametrize("word", ["notat", "1:1"])
async def test_there_is_nothing_before_it_is_shared(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    word: str,
) -> None:
    await plans(birgit)
    mette.now = AFTER
    assert "Bekræft" not in buttons(await mette.says(word))


async def test_i33_a_read_of_the_others_remark_is_written_down_too(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)

    async def readers() -> list[UUID]:
        found = await database.read(lambda uow: reads_concerning(uow, viewer_on(uow, town.leader, mette.now.date())))
        return [event.reader_id for event, _reader, _where in found]

    asking = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
    await mette.presses(asking, "Gem bemærkningen", remark="Vi talte også om udeskole.")
    assert await readers() == []
    assert "Vi talte også om udeskole." in words(await birgit.says("notat"))
    assert await readers() == [town.chief.id]


async def test_i32_a_former_chief_reads_their_own_note_and_no_remark_of_the_leaders(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)
    asking = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
    await mette.presses(asking, "Gem bemærkningen", remark="Vi talte også om udeskole.")
    opened = button(asking, "Gem bemærkningen")["data"]
    card = await birgit.does(Kind.REFRESHED, verb="confirmation.open", data=opened)
    assert "udeskole" in words(card.card or {})

    await end_role(database, town.chief, birgit.now.date() - timedelta(days=1))
    card = await birgit.does(Kind.REFRESHED, verb="confirmation.open", data=opened)
    assert LEADING in words(card.card or {})
    assert "udeskole" not in words(card.card or {})


async def test_i32_a_remark_that_comes_after_the_chief_has_changed_goes_to_no_former_chief(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await shared(birgit, mette)
    await mette.says("notat")
    await end_role(database, town.chief, birgit.now.date())
    mette.now = birgit.now = birgit.now + timedelta(days=1)
    before = await prompts_of(database, birgit.who)
    asking = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
    card = await mette.presses(asking, "Gem bemærkningen", remark="Vi talte også om udeskole.")
    assert "Vi talte også om udeskole." in words(card)
    [kept] = await all_of(database, OneOnOne)
    assert kept.answered_at == mette.now
    await mette.presses(card, "Bekræft")
    assert await prompts_of(database, birgit.who) == before
    assert "udeskole" not in words(await birgit.sees("confirmation", kept.id))


async def prompts_of(database: Database, who: Person) -> set[UUID]:
    """The messages that are planned or were sent to somebody, and what is to be drawn anew of theirs."""
    return {each.id for each in await all_of(database, Prompt) if each.person_id == who.id}
