"""The chief remarks on a focus area, signed, and its leaders alone word it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs.conversation import Kind
from domain.focus_area import FocusArea
from domain.focus_remark import FocusRemark
from domain.prompt import Prompt
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, change, chooses, decides, delivered, reflects
from tests.record import mette as mette
from tests.record import town as town
from tests.town import Someone, Town, button, buttons, options, values, words

TITLE = "Flere stemmer i timerne"
REMARK = "Jeg hører det samme på naboskolen. Skal vi tage det op i ledernetværket?"
LATER = AFTER + timedelta(days=6)


@pytest_asyncio.fixture
async def area(mette: Someone, database: Database) -> FocusArea:
    await reflects(mette)
    await chooses(mette, TITLE)
    mette.now = LATER
    [found] = await all_of(database, FocusArea)
    return found


@pytest.fixture
def birgit(database: Database, town: Town, area: FocusArea) -> Someone:
    return Someone(database, town.chief, now=LATER)


async def opens(birgit: Someone) -> Card:
    """The chief asks about the focus areas, and opens one from the sources of the answer."""
    listed = await birgit.presses(await birgit.says("fokusområder"), "Vis kilder")
    [chosen] = [value for title, value in options(listed, "source").items() if TITLE in title]
    return await birgit.presses(listed, "Åbn kilden", source=chosen)


async def begins(birgit: Someone) -> Card:
    """The card in which a remark is typed, from the focus area itself."""
    return await birgit.presses(await opens(birgit), "Tilføj en bemærkning")


async def adds(birgit: Someone, form: Card, remark: str = REMARK) -> Card:
    return await birgit.presses(form, "Tilføj bemærkningen", remark=remark)


async def remarks(database: Database) -> list[FocusRemark]:
    return await all_of(database, FocusRemark)


async def test_r13_the_chief_can_comment_on_a_focus_area_and_never_edit_it(
    mette: Someone,
    birgit: Someone,
    database: Database,
    town: Town,
    area: FocusArea,
) -> None:
    card = await opens(birgit)
    assert "Skriv en status" not in buttons(card)
    form = await birgit.presses(card, "Tilføj en bemærkning")
    assert "Ses af: tilbuddets ledere, dets Børn og Unge-chef og forvaltningen" in words(form)
    assert TITLE in words(form)
    saved = await adds(birgit, form)
    for said in ("Din bemærkning er gemt.", REMARK, "Birgit Dam · 27. april 2026"):
        assert said in words(saved)
    [kept] = await remarks(database)
    assert (kept.focus_area_id, kept.author_id, kept.written_at) == (area.id, town.chief.id, LATER)
    [after] = await all_of(database, FocusArea)
    assert (after.title, after.why, after.signs, after.version) == (area.title, area.why, area.signs, area.version)
    read = await mette.says("fokusområder")
    assert REMARK in words(read)
    assert "Birgit Dam · 27. april 2026" in words(read)
    assert "Tilføj en bemærkning" not in buttons(read)
    assert "Skriv en status" in buttons(read)


async def test_the_leaders_are_told_once(
    mette: Someone,
    birgit: Someone,
    database: Database,
    town: Town,
    area: FocusArea,
) -> None:
    await delivered(database, LATER)
    now = LATER + timedelta(days=1)
    birgit.now = mette.now = now
    await adds(birgit, await begins(birgit))
    assert [each for each in await delivered(database, now) if each[0] == "focus_remark"] == [
        ("focus_remark", town.leader.id)
    ]
    told = await mette.sees("focus_remark", area.id)
    for said in (TITLE, REMARK, "Birgit Dam · 28. april 2026", "I vælger og formulerer selv jeres fokusområder."):
        assert said in words(told)
    assert TITLE in words(await mette.presses(told, "Se fokusområdet"))
    later = now + timedelta(days=5)
    assert "focus_remark" not in {view for view, _who in await delivered(database, later)}


async def test_the_same_remark_twice_is_one_and_another_stands_beside_it(birgit: Someone, database: Database) -> None:
    form = await begins(birgit)
    await adds(birgit, form)
    again = {**button(form, "Tilføj bemærkningen")["data"], "k": "another", "remark": REMARK}
    birgit.now += timedelta(days=3)
    reply = await birgit.does(Kind.PRESSED, verb="focus_remark.add", data=again)
    assert reply.card is not None
    assert "Din bemærkning er gemt." in words(reply.card)
    assert len(await remarks(database)) == 1
    told = [each for each in await all_of(database, Prompt) if each.view == "focus_remark"]
    assert len(told) == 1
    await adds(birgit, form, "Og tak for besøget.")
    assert [each.text for each in await remarks(database)] == [REMARK, "Og tak for besøget."]


async def test_the_same_words_from_a_new_card_are_said_once_more_and_told_of(
    birgit: Someone, database: Database, area: FocusArea
) -> None:
    """What is said of the spring is not what is said of the summer, though the words are the same."""
    await adds(birgit, await begins(birgit))
    birgit.now += timedelta(days=45)
    lacking = await adds(birgit, await begins(birgit), "")
    saved = await adds(birgit, lacking)
    assert words(saved).count(REMARK) == 2
    data = {**button(lacking, "Tilføj bemærkningen")["data"], "k": "another", "remark": REMARK}
    await birgit.does(Kind.PRESSED, verb="focus_remark.add", data=data)
    kept = sorted(await remarks(database), key=lambda each: each.written_at)
    assert [(each.text, each.written_at) for each in kept] == [(REMARK, LATER), (REMARK, birgit.now)]
    assert len([each for each in await all_of(database, Prompt) if each.view == "focus_remark"]) == 2


async def test_what_cannot_be_kept_stays_in_the_field_with_a_word(birgit: Someone, database: Database) -> None:
    card = await begins(birgit)
    for typed, told in (
        ("", "Skriv et par ord først."),
        ("   ", "Skriv et par ord først."),
        ("Se 010203-1234", "Teksten ser ud til at indeholde et cpr-nummer."),
        ("æ" * 1_001, "1.000"),
    ):
        card = await adds(birgit, card, typed)
        assert told in words(card)
        assert values(card)["remark"] == typed.strip()
        assert await remarks(database) == []
    await adds(birgit, card)
    assert len(await remarks(database)) == 1


async def test_nobody_but_its_chief_remarks_and_whoever_reads_the_focus_area_as_a_whole_reads_it(
    birgit: Someone,
    database: Database,
    town: Town,
    area: FocusArea,
) -> None:
    form = await begins(birgit)
    data = {**button(form, "Tilføj bemærkningen")["data"], "remark": "Mine egne ord."}
    others = (
        town.leader,
        town.teacher,
        town.other_leader,
        town.other_chief,
        town.consultant,
        town.administrator,
    )
    for who in others:
        someone = Someone(database, who, now=LATER)
        reply = await someone.does(Kind.PRESSED, verb="focus_remark.add", data=data)
        assert reply.card is not None
        assert "Det har du ikke adgang til." in words(reply.card)
        assert "Mine egne ord." in words(reply.card)
        reply = await someone.does(Kind.PRESSED, verb="focus_remark.ask", data=data)
        assert reply.card is not None
        assert "Det har du ikke adgang til." in words(reply.card)
    unknown = await birgit.does(Kind.PRESSED, verb="focus_remark.add", data={**data, "id": str(uuid4())})
    assert unknown.card is not None
    assert "Mine egne ord." in words(unknown.card)
    assert await remarks(database) == []

    await adds(birgit, form)
    data = {"id": str(area.id), "k": "k"}
    for who, reads in (
        (town.leader, True),
        (town.chief, True),
        (town.consultant, True),
        (town.administrator, True),
        (town.teacher, False),
        (town.other_leader, False),
        (town.other_chief, False),
    ):
        someone = Someone(database, who, now=LATER)
        for verb in ("focus_remark.all", "focus_area.open"):
            reply = await someone.does(Kind.PRESSED, verb=verb, data=data)
            assert reply.card is not None
            assert (REMARK in words(reply.card)) is reads, (who.name, verb)


async def test_a_remark_is_possible_on_one_that_has_ended_and_is_never_changed(
    mette: Someone,
    birgit: Someone,
    database: Database,
    area: FocusArea,
) -> None:
    mette.now = AFTER
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    card = await decides(mette, "afslut fokusområde", "Vi er færdige", card, focus_area=str(area.id))
    card = await mette.presses(card, "Afslut fokusområdet", closing="nået", outcome="Det lykkedes.")
    assert "Nået" in words(card)
    assert REMARK in words(await adds(birgit, await begins(birgit)))
    with pytest.raises(TypeError, match="never changed"):
        await change(database, FocusRemark, text="Pyntet")


async def test_many_long_remarks_are_all_read_page_by_page(
    mette: Someone,
    birgit: Someone,
    database: Database,
    area: FocusArea,
) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(12):
            text = f"Bemærkning nummer {number}. " + "ø" * 950
            uow.add(FocusRemark.on(area, text, by=birgit.who.id, now=LATER + timedelta(minutes=number)))

    await database.write(fill)
    card = await mette.says("fokusområder")
    assert "Bemærkning nummer 11." in words(card)
    assert "Bemærkning nummer 3." not in words(card)
    card = await mette.presses(card, "Alle bemærkninger")
    seen = words(card)
    while "Tidligere bemærkninger" in buttons(card):
        card = await mette.presses(card, "Tidligere bemærkninger")
        seen += words(card)
    assert all(f"Bemærkning nummer {number}." in seen for number in range(12))
