"""What goes to the board, as it is read back from the files, and what the board said."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from bot.files import Files, Found
from cards.kit import Card
from dialogs.conversation import Kind
from dialogs.download import Refused
from domain.board import BoardNote
from domain.cycle import Cycle
from domain.data_package import KeyFigure
from domain.decision import Decision, DecisionKind, What
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import FocusArea
from domain.identity import new_id
from domain.organisation import AgeRange, Language, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.perspective import Perspective, PerspectiveTool
from domain.preparation import Source
from domain.reflection import Basis, Participant, Reflection, Understanding
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.asker import opens_every_source
from tests.record import (
    AFTER,
    ANALYSE,
    TOLKNING,
    all_of,
    change,
    chooses,
    decides,
    mette,  # noqa: F401
    reflects,
    town,  # noqa: F401
)
from tests.test_document import HOSTILE, text_of_pdf, text_of_word, xml_of
from tests.town import MUNICIPALITY, STARTS, Someone, Town, buttons, parts, values, words

REACHABLE = replace(MUNICIPALITY, public_url="https://laeringsbot.example")
CPR = "Det handler om 010203-1234"
LATER = AFTER + timedelta(days=21)
WARNING = "Når du deler uden for kommunen, er dokumentet ikke længere internt."


def links(card: Card) -> dict[str, str]:
    """The tokens of a card's links, by the button's title."""
    found = [each for each in parts(card) if each.get("type") == "Action.OpenUrl"]
    return {str(each["title"]): str(each["url"]).rpartition("/")[2] for each in found}


async def fetched(someone: Someone, token: str, *, after: timedelta = timedelta()) -> Found | Refused:
    return await Files(someone.database, someone.municipality, lambda: someone.now + after).get(token)


async def texts(someone: Someone, card: Card, word: str = "Hent som Word", pdf: str = "Hent som PDF") -> dict[str, str]:
    """What is read in each of the two files, on one line."""
    read = {}
    for name, reads in ((word, text_of_word), (pdf, text_of_pdf)):
        found = await fetched(someone, links(card)[name])
        assert isinstance(found, Found)
        read[name] = " ".join(reads(found.body).split())
    return read


async def tells(someone: Someone, said: str, recommend: str = "") -> Card:
    card = await someone.says("perspektiv")
    typed = {"group": "unge", "via": "elevrådet", "count": "5-9", "said": said, "recommend": recommend}
    return await someone.presses(card, "Gem perspektivet", **typed)


async def opens(someone: Someone) -> Card:
    return await someone.presses(await someone.says("beslutninger"), "Send til bestyrelsen")


async def informs(someone: Someone, card: Card | None = None, **typed: str) -> Card:
    card = card or await opens(someone)
    form = await someone.presses(card, "Notér bestyrelsens svar")
    return await someone.presses(form, "Gem", **{"informed_on": "2026-05-11", "said": "De bakker op.", **typed})


async def second_leader(database: Database, town: Town) -> Someone:  # noqa: F811
    role = RoleAssignment(
        person_id=town.deputy.id, role=Role.LEADER, from_on=date(2026, 1, 1), institution_id=town.school.id
    )
    await database.write(lambda uow: uow.add(role))
    return Someone(database, town.deputy, now=LATER)


async def decided(mette: Someone) -> None:  # noqa: F811
    await reflects(mette)
    await decides(mette, "indsats", "Makkerpar i dansk")
    mette.now = LATER


async def another(mette: Someone) -> Card:  # noqa: F811
    return await mette.presses(await mette.says("beslutninger"), "Tilføj en beslutning")


async def closes(mette: Someone) -> Card:  # noqa: F811
    sure = await mette.presses(await mette.says("beslutninger"), "Afslut opsamlingen")
    return await mette.presses(sure, "Ja, afslut")


async def test_r12_the_board_gets_an_extract_and_what_it_said_stands_with_the_decisions(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    mette.municipality = REACHABLE
    await tells(mette, "Vi vil gerne tale to og to.", "Flere pauser")
    card = await mette.says("anbefalinger")
    await mette.presses(card, "Gem", response="delvist", reason="Vi prøver i dansk først.", reported_on="2026-04-21")
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    card = await mette.says("status")
    await mette.presses(card, "Gem status", status="på vej", seen="Flere rækker hånden op", learned="Vi venter længere")
    await decides(mette, "indsats", "Makkerpar i dansk", await another(mette))
    card = await opens(mette)
    assert WARNING in words(card)
    assert "2 beslutninger" in words(card)
    for read in (await texts(mette, card)).values():
        for words_of_it in (
            "Uddrag til bestyrelsen",
            "Elmeskolen · Læringssamtale 2 af 4",
            "Afholdt den 21. april 2026",
            "Ledelsen · Medarbejdere",
            "Egne observationer af læringsmiljøet",
            TOLKNING,
            ANALYSE,
            "Netværkets erfaringer",
            "1. Vælge et fokusområde",
            "Vi vælger: Flere stemmer i timerne",
            "2. Sætte en indsats i gang",
            "Makkerpar i dansk",
            "Teamet på 5. årgang",
            "Børn og unge: med til at fortolke",
            "Overgange og deltagelse",
            "Flere siger noget",
            "På vej, 21. april 2026",
            "Flere rækker hånden op",
            "Vi venter længere",
            "Perspektiver, forår 2026",
            "Vi vil gerne tale to og to.",
            "5–9 deltog",
            "Flere pauser",
            "Den følges delvist. Vi prøver i dansk først.",
        ):
            assert words_of_it in read
    mette.now = LATER
    assert "Bestyrelsen blev orienteret den 11. maj 2026" in words(await informs(mette, card))
    chief = Someone(database, town.chief, now=LATER)
    seen = words(await chief.sees("decision", town.dialogue.id))
    assert "Bestyrelsen blev orienteret den 11. maj 2026" in seen
    assert "De bakker op." in seen
    minutes = await mette.presses(await mette.says("beslutninger"), "Kopiér til referat")
    assert "Bestyrelsen blev orienteret den 11. maj 2026: De bakker op." in values(minutes)["minutes"]


async def test_the_figures_stand_with_what_changed_their_source_and_their_date(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    mette.municipality = REACHABLE
    card = await mette.says("refleksion")
    figures = ",".join(str(each.id) for each in town.figures)
    card = await mette.presses(card, "Næste", participants="management,board", figures=figures, sources="observation")
    await mette.presses(card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=ANALYSE)
    await decides(mette, "andet", "Vi gør det")
    for read in (await texts(mette, await opens(mette))).values():
        assert "78,4 % (4,3 procentpoint højere end sidste halvår)" in read.replace("\u00a0", " ")
        assert "LIS, 1. marts 2026" in read
        assert "Færre end 5" in read
        assert read.index("Egne observationer") < read.index("Elevfravær") < read.index("Skoleskift")


async def test_r22_filed_perspectives_are_among_the_data_and_another_body_is_called_by_its_name(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    mette.municipality = REACHABLE
    typed = {"group": "forældre", "via": "andet", "body_name": "Forældrerådet", "count": "5-9", "said": "Mere ude"}
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **typed)
    [filed] = await all_of(database, Perspective)
    card = await mette.says("refleksion")
    card = await mette.presses(card, "Næste", participants="management,staff", sources=str(filed.id), figures="")
    await mette.presses(card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=ANALYSE)
    await decides(mette, "andet", "Vi gør det", based=str(filed.id))
    card = await opens(mette)
    assert "1 datakilde med dato" in words(card)
    for read in (await texts(mette, card)).values():
        # Among the data, and under the decision that rests on it.
        assert read.count("(Forældrerådet)") == 2
        assert "Står nedenfor under perspektiver" in read
        assert "Forældrerådet · 5–9 deltog" in read


async def test_nobodys_name_is_in_the_extract_but_those_that_the_leaders_wrote(
    mette: Someone,  # noqa: F811
    town: Town,  # noqa: F811
) -> None:
    mette.municipality = REACHABLE
    await tells(mette, "Vi vil gerne tale to og to.")
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    await mette.presses(await mette.says("status"), "Uændret")
    await decides(mette, "andet", "Vi gør det", await another(mette), owner="Skolebestyrelsens formand")
    names = {name for each in town.people() for name in each.name.split()}
    for read in (await texts(mette, await opens(mette))).values():
        assert names & set(re.findall(r"\w+", read)) == set()
        assert "Skolebestyrelsens formand" in read


async def test_a_focus_area_that_the_dialogue_closed_is_told_with_how_it_ended(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    mette.municipality = REACHABLE
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    [area] = await all_of(database, FocusArea)
    typed = {"focus_area": str(area.id)}
    card = await decides(mette, "afslut fokusområde", "Det sidder nu", await another(mette), **typed)
    await mette.presses(card, "Afslut fokusområdet", closing="forankret", outcome="Makkere hver måned")
    card = await opens(mette)
    assert "1 fokusområde med seneste status" in words(card)
    for read in (await texts(mette, card)).values():
        assert "Forankret: Det er en del af hverdagen, 21. april 2026" in read
        assert "Makkere hver måned" in read


async def test_it_is_written_in_the_readers_language(mette: Someone, database: Database) -> None:  # noqa: F811
    mette.municipality = REACHABLE
    await decided(mette)
    await change(database, Person, language=Language.ENGLISH)
    card = await mette.presses(await mette.says("decisions"), "Send to the board")
    for read in (await texts(mette, card, "Get as Word", "Get as PDF")).values():
        assert "Extract for the board" in read
        assert "1. Start a measure" in read
        assert "21 April 2026" in read
        assert "Beslutning" not in read
    found = await fetched(mette, links(card)["Get as PDF"])
    assert isinstance(found, Found)
    assert found.name == "Extract for the board, Elmeskolen, 21 April 2026.pdf"


async def test_where_there_are_no_links_the_text_is_copied_in_pieces_that_fit(
    mette: Someone,  # noqa: F811
) -> None:
    for number in range(14):
        await tells(mette, f"Perspektiv {number}: " + "Vi vil gerne tale to og to, så vi tør sige det højt. " * 18)
    await decided(mette)
    card = await opens(mette)
    assert links(card) == {}
    assert "Filer kan ikke hentes" in words(card)
    card = await mette.presses(card, "Kopiér som tekst")
    text = values(card)["extract"]
    assert "Del 1 af 2" in words(card)
    assert "Makkerpar i dansk" in text
    card = await mette.presses(card, "Næste del")
    text += values(card)["extract"]
    assert "Næste del" not in buttons(card)
    assert all(f"Perspektiv {number}:" in text for number in range(14))


async def test_a_draft_is_no_part_of_the_extract(mette: Someone) -> None:  # noqa: F811
    mette.municipality = REACHABLE
    await decided(mette)
    await mette.presses(await another(mette), "Gem kladde", kind="andet", text="Halvt tænkt")
    for read in (await texts(mette, await mette.says("bestyrelse"))).values():
        assert "Halvt tænkt" not in read


async def test_nothing_goes_to_the_board_before_something_is_decided(mette: Someone, town: Town) -> None:  # noqa: F811
    assert "Intet til bestyrelsen endnu" in words(await mette.says("bestyrelse"))
    data = {"id": str(town.dialogue.id), "n": str(uuid4()), "informed_on": "2026-04-21", "open": "yes"}

    async def pressed(verb: str) -> str:
        reply = await mette.does(Kind.PRESSED, verb=verb, data=data)
        assert reply.card is not None
        return words(reply.card)

    assert "skal den fælles refleksion være gemt" in await pressed("board.open")
    await reflects(mette)
    for verb in ("board.open", "board.copy", "board.ask", "board.save"):
        assert "Der er ingen beslutning endnu." in await pressed(verb)
    assert await all_of(mette.database, BoardNote) == []


@pytest.mark.parametrize(
    "who", ["chief", "other_leader", "other_chief", "deputy", "teacher", "consultant", "administrator"]
)
async def test_only_the_leaders_send_to_the_board_whoever_may_read_the_decisions(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    who: str,
) -> None:
    await decided(mette)
    await informs(mette, said="Kun for dem, der læser beslutningerne")
    someone = Someone(database, getattr(town, who), now=LATER, municipality=REACHABLE)
    assert "Send til bestyrelsen" not in buttons(await someone.says("beslutninger"))
    data = {"id": str(town.dialogue.id), "n": str(uuid4()), "informed_on": "2026-05-11", "said": "Mit", "open": "yes"}
    for verb in ("board.open", "board.copy", "board.ask", "board.save"):
        reply = await someone.does(Kind.PRESSED, verb=verb, data=data)
        assert reply.card is not None
        assert "Det har du ikke adgang til" in words(reply.card)
        assert "Makkerpar" not in words(reply.card)
        assert "Kun for dem" not in words(reply.card)
    assert await someone.gets("board", town.dialogue.id) is None
    assert len(await all_of(database, BoardNote)) == 1


async def test_what_the_board_said_is_read_by_the_chief_and_not_by_another_chief(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await decided(mette)
    await informs(mette)
    chief, other = Someone(database, town.chief, now=LATER), Someone(database, town.other_chief, now=LATER)
    assert "De bakker op." in words(await chief.sees("decision", town.dialogue.id))
    assert await other.gets("decision", town.dialogue.id) is None
    # So it is where it is asked for, each at the dialogue that it is read with.
    for someone in (chief, mette):
        card = await someone.says("hvad sagde bestyrelsen på Elmeskolen")
        for told in ("Hvad bestyrelsen sagde", "Bestyrelsen blev orienteret den 11. maj 2026", "De bakker op."):
            assert told in words(card), told
        assert "Makkerpar" not in words(card)
        assert await opens_every_source(someone, card) == 1
    assert "De bakker op." in words(await chief.says("what did the board say last time"))
    assert "Ingen bestyrelse er orienteret i perioden." in words(await chief.says("hvad sagde bestyrelsen i 2024"))
    assert "De bakker op." not in words(await other.says("hvad sagde bestyrelsen på Elmeskolen"))

    def neighbours(uow: UnitOfWork) -> None:
        """On both databases an Å is sorted before an Æ, and in Danish it comes last."""
        for name in ("Åskolen", "Ærøskolen"):
            where = replace(town.school, id=new_id(), name=name)
            about = replace(town.dialogue, id=new_id(), institution_id=where.id, state=DialogueState.HELD)
            uow.add(where)
            uow.session.flush()
            uow.add(about)
            uow.session.flush()
            uow.add(
                BoardNote(dialogue_id=about.id, author_id=town.leader.id, written_at=LATER, informed_on=LATER.date())
            )

    await database.write(neighbours)
    told = words(await chief.says("hvad sagde bestyrelserne"))
    assert told.index("Elmeskolen") < told.index("Ærøskolen") < told.index("Åskolen")
    assert "Send til bestyrelsen" in words(await mette.says("bestyrelsen"))


async def test_i32_a_link_of_somebody_who_lost_the_role_opens_nothing(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    mette.municipality = REACHABLE
    await decided(mette)
    tokens = links(await opens(mette))
    assert isinstance(await fetched(mette, tokens["Hent som Word"]), Found)
    late = await fetched(mette, tokens["Hent som Word"], after=timedelta(minutes=16))
    assert isinstance(late, Refused)
    await change(database, RoleAssignment, to_on=date(2026, 5, 1))
    for token in tokens.values():
        found = await fetched(mette, token)
        assert isinstance(found, Refused)
        assert "Her er ingen fil til dig" in found.sentence


async def test_hostile_words_in_every_field_stay_words(mette: Someone, database: Database) -> None:  # noqa: F811
    mette.municipality = REACHABLE
    bad = HOSTILE[:75]
    await tells(mette, bad, bad)
    card = await mette.says("refleksion")
    figures = ",".join(str(each.id) for each in await all_of(database, KeyFigure))
    card = await mette.presses(
        card, "Næste", participants="management,staff", figures=figures, sources="observation,youth"
    )
    await mette.presses(card, "Gem og gå til beslutning", interpretation=bad, analysis=bad, cross=bad)
    await chooses(mette, bad)
    await mette.presses(await mette.says("status"), "Gem status", seen=bad, meaning=bad, learned=bad, next_step=bad)
    await decides(mette, "andet", bad, await another(mette), owner=bad)

    def names_figures(uow: UnitOfWork) -> None:
        # As a list would have named them: an indicator stands once in a package, and none changes once it is released.
        for number, figure_id in enumerate(uow.session.scalars(select(KeyFigure.id))):  # type: ignore[attr-defined]
            named = update(KeyFigure).where(KeyFigure.id == figure_id)  # type: ignore[attr-defined]
            uow.session.execute(named.values(indicator=f"{bad} {number}", source=bad))

    await database.write(names_figures)
    await change(database, PerspectiveTool, name=bad)
    card = await opens(mette)
    found = await fetched(mette, links(card)["Hent som Word"])
    assert isinstance(found, Found)
    assert re.findall(r'<w:fldSimple w:instr="([^"]*)"', xml_of(found.body)) == ["PAGE", "NUMPAGES"]
    for read in (await texts(mette, card)).values():
        assert read.count("{nb} {page} {{DATE") >= 10


async def test_the_record_is_corrected_while_the_dialogue_is_open(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await decided(mette)
    card = await informs(mette)
    form = await mette.presses(card, "Ret")
    assert values(form)["said"] == "De bakker op."
    card = await mette.presses(form, "Gem", said="De bakker op og vil høre mere.")
    assert "De bakker op og vil høre mere." in words(card)
    [kept] = await all_of(database, BoardNote)
    assert (kept.said, kept.informed_on, kept.is_added) == ("De bakker op og vil høre mere.", date(2026, 5, 11), False)


async def test_the_board_may_have_said_nothing(mette: Someone, database: Database) -> None:  # noqa: F811
    await decided(mette)
    assert "Bestyrelsen blev orienteret den 11. maj 2026" in words(await informs(mette, said=""))
    minutes = await mette.presses(await mette.says("beslutninger"), "Kopiér til referat")
    assert values(minutes)["minutes"].endswith("Bestyrelsen blev orienteret den 11. maj 2026")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"informed_on": ""}, "Vælg en dato."),
        ({"informed_on": "i går"}, "Vælg en dato."),
        ({"informed_on": "2026-05-13"}, "Vælg en dato, der ikke ligger i fremtiden."),
        ({"informed_on": "2026-04-20"}, "Vælg en dato, der ikke ligger før samtalen."),
        ({"informed_on": "0001-01-01"}, "Vælg en dato."),
        ({"said": CPR}, "Teksten ser ud til at indeholde et cpr-nummer."),
        ({"said": "x" * 1_001}, "Teksten er på 1.001 tegn."),
    ],
)
async def test_i31_what_cannot_be_kept_is_told_at_the_field_and_what_was_typed_stays(
    mette: Someone,  # noqa: F811
    database: Database,
    typed: dict[str, str],
    sentence: str,
) -> None:
    await decided(mette)
    card = await informs(mette, **typed)
    assert sentence in words(card)
    assert await all_of(database, BoardNote) == []
    kept = {"informed_on": "2026-05-11", "said": "De bakker op.", **typed}
    assert values(card)["said"] == kept["said"]
    card = await mette.presses(card, "Gem", informed_on="2026-05-11", said="Nu uden")
    assert "Nu uden" in words(card)
    assert len(await all_of(database, BoardNote)) == 1


async def test_two_leaders_who_write_at_once_lose_nothing(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await decided(mette)
    other = await second_leader(database, town)
    mine = await mette.presses(await opens(mette), "Notér bestyrelsens svar")
    theirs = await other.presses(await opens(other), "Notér bestyrelsens svar")
    await mette.presses(mine, "Gem", informed_on="2026-05-11", said="Det første")
    card = await other.presses(theirs, "Gem", informed_on="2026-05-11", said="Det andet")
    assert "Mette Holm har ændret dette" in words(card)
    assert "Det første" in words(card)
    assert values(card)["said"] == "Det andet"
    card = await other.presses(card, "Gem", said="Det første, og det andet")
    assert "Det første, og det andet" in words(card)
    [kept] = await all_of(database, BoardNote)
    assert kept.author_id == town.deputy.id


async def test_i14_after_closing_it_is_added_with_a_signature_and_stays(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await decided(mette)
    await informs(mette, said="Før")
    correcting = await mette.presses(await opens(mette), "Notér bestyrelsens svar")
    closed = await closes(mette)
    assert "Før" in words(closed)
    form = await mette.presses(await mette.presses(closed, "Send til bestyrelsen"), "Notér bestyrelsens svar")
    assert "bliver tilføjet med dit navn" in words(form)
    assert values(form)["said"] == ""
    added = await mette.presses(form, "Gem", informed_on="2026-05-12", said="Efter")
    assert "Ret" not in buttons(added)
    # The same card pressed again, with other words: what was added stays.
    await mette.presses(form, "Gem", informed_on="2026-05-12", said="Rettet i smug")
    late = await mette.presses(correcting, "Gem", said="Skrevet for sent")
    assert "Samtalen blev afsluttet, mens du skrev." in words(late)
    assert values(late)["said"] == "Skrevet for sent"
    assert sorted(each.said for each in await all_of(database, BoardNote)) == ["Efter", "Før"]
    await mette.presses(late, "Gem")
    seen = words(await Someone(database, town.chief, now=LATER).sees("decision", town.dialogue.id))
    assert "Bestyrelsen blev orienteret den 12. maj 2026 · Mette Holm, 12. maj 2026" in seen
    assert {"Før", "Efter", "Skrevet for sent"} <= set(seen.splitlines())
    assert "Rettet i smug" not in seen


async def test_the_same_press_twice_makes_one_record(mette: Someone, database: Database) -> None:  # noqa: F811
    await decided(mette)
    for _ in range(2):
        form = await mette.presses(await opens(mette), "Notér bestyrelsens svar")
        for _ in range(2):
            await mette.presses(form, "Gem", informed_on="2026-05-11", said="Én gang")
    assert len(await all_of(database, BoardNote)) == 1


async def test_who_has_lost_the_role_gets_their_own_words_back(mette: Someone, database: Database) -> None:  # noqa: F811
    await decided(mette)
    form = await mette.presses(await opens(mette), "Notér bestyrelsens svar")
    await change(database, RoleAssignment, to_on=date(2026, 5, 1))
    card = await mette.presses(form, "Gem", informed_on="2026-05-11", said="Mine egne ord")
    assert "Det har du ikke adgang til" in words(card)
    assert "Mine egne ord" in words(card)
    assert "Makkerpar" not in words(card)
    assert await all_of(database, BoardNote) == []


async def test_a_perspective_of_few_is_pointed_out_before_it_is_shared(mette: Someone) -> None:  # noqa: F811
    card = await mette.says("perspektiv")
    await mette.presses(card, "Gem perspektivet", group="unge", via="elevrådet", count="1-4", said="Vi er tre")
    await decided(mette)
    assert "Et af perspektiverne kommer fra få deltagere." in words(await opens(mette))


async def test_the_note_taker_records_the_decisions_and_does_not_send_them(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await mette.presses(await mette.says("refleksion"), "Vælg en referent")
    await mette.presses(card, "Vælg referenten", colleague=str(town.teacher.id))
    jonas = Someone(database, town.teacher, now=AFTER)
    await reflects(jonas)
    card = await decides(jonas, "andet", "Vi gør det")
    assert "Send til bestyrelsen" not in buttons(card)
    assert "Send til bestyrelsen" in buttons(await mette.says("beslutninger"))


async def test_of_several_dialogues_with_decisions_the_leader_is_asked_which(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await decided(mette)
    assert "Send til bestyrelsen" in words(await mette.says("bestyrelsen"))

    def of_the_day_care(uow: UnitOfWork) -> None:
        cycle = Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2025, 1))
        uow.add(
            cycle,
            RoleAssignment(
                person_id=town.leader.id, role=Role.LEADER, from_on=date(2026, 1, 1), institution_id=town.day_care.id
            ),
        )
        uow.session.flush()
        theirs = Dialogue(
            institution_id=town.day_care.id,
            cycle_id=cycle.id,
            half_year=HalfYear(2026, 1),
            starts_at=STARTS,
            state=DialogueState.CLOSED,
        )
        uow.add(theirs)
        uow.session.flush()
        uow.add(
            Reflection(
                dialogue_id=theirs.id,
                basis=Basis(participants=(Participant.MANAGEMENT, Participant.STAFF), sources=(Source.OBSERVATION,)),
                understanding=Understanding(interpretation=TOLKNING, analysis=ANALYSE),
                saved_at=STARTS,
            ),
            Decision(
                dialogue_id=theirs.id,
                author_id=town.leader.id,
                kind=DecisionKind.OTHER,
                what=What(kind=DecisionKind.OTHER, text="En rolig garderobe"),
                saved_at=STARTS,
            ),
        )

    await database.write(of_the_day_care)
    card = await mette.says("bestyrelse")
    assert {town.school.name, town.day_care.name} <= set(buttons(card))
    card = await mette.presses(await mette.presses(card, town.day_care.name), "Kopiér som tekst")
    assert "En rolig garderobe" in values(card)["extract"]
    assert "Makkerpar" not in values(card)["extract"]


async def test_an_unknown_dialogue_gets_the_answer_of_a_foreign_one(
    mette: Someone,  # noqa: F811
    town: Town,  # noqa: F811
) -> None:
    await decided(mette)
    foreign = Someone(mette.database, town.other_leader, now=LATER)
    for someone, about in ((mette, uuid4()), (foreign, town.dialogue.id)):
        reply = await someone.does(Kind.PRESSED, verb="board.open", data={"id": str(about)})
        assert reply.card is not None
        assert "Det har du ikke adgang til" in words(reply.card)
