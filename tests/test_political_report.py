"""The political report: counts up to the council, each line down to anonymised sources, and no name on the way."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import func, select, update

from cards.document import Section, Table, plain
from cards.kit import Card
from cards.language import Translator
from cards.political_document import document
from dialogs import FILES
from dialogs.conversation import Kind
from dialogs.flow import Asked
from dialogs.political_report import asked
from dialogs.political_sheet import PDF, WORD, readable
from dialogs.turn import Turn
from domain.board import BoardNote
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage, KeyFigure
from domain.dialogue import HELD, Dialogue
from domain.errors import NotAllowed
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.municipality import Municipality
from domain.name_words import Names
from domain.network import Answer, NetworkStatement, Recognition
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.perspective import Count, Group, Perspective, Recommendation, Response
from domain.political_report import LEFT_OUT, BasisKind, BoardWord, Content, PoliticalReport, ReportState, without_names
from domain.practice import Account, Practice
from domain.prompt import Prompt
from domain.slots import Relative, Slots
from domain.status import Status
from storage.database import Database
from storage.focus_area import focus_area
from storage.perspective import perspective
from storage.political_content import content_for
from storage.political_kept import dump, load
from storage.political_report import political_report, round_of
from storage.unit_of_work import UnitOfWork
from tests.across import HELD_ON, NAMES, Across, across, nis, to_networks, to_politicians  # noqa: F401
from tests.record import all_of
from tests.town import MUNICIPALITY, NOW, SPRING, Someone, button, buttons, person, words

WITH_FILES = Municipality(
    facts=MUNICIPALITY.facts,
    zone=MUNICIPALITY.zone,
    quiet=MUNICIPALITY.quiet,
    public_url="https://bot.skovkoebing.example",
)


def shares(uow: UnitOfWork, across: Across, area: FocusArea, *, withdrawn: bool = False) -> None:  # noqa: F811
    uow.add(
        Practice(
            institution_id=area.institution_id,
            theme_id=area.theme_id,
            focus_area_id=area.id,
            title="Delt praksis",
            draft=Account(did="Vi lavede legegrupper", why="Alle var med"),
            shared=Account(did="Vi lavede legegrupper", why="Alle var med"),
            written_by=across.leader.id,
            written_at=HELD_ON,
            # Half past midnight on the first of April by the clocks of Copenhagen.
            shared_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC),
            withdrawn_at=HELD_ON if withdrawn else None,
        )
    )
    uow.session.flush()


def tells_board(uow: UnitOfWork, across: Across, about: Dialogue, said: str) -> None:  # noqa: F811
    uow.add(
        BoardNote(
            dialogue_id=about.id,
            author_id=across.leader.id,
            written_at=HELD_ON,
            informed_on=date(2026, 4, 2),
            said=said,
            is_added=True,
        )
    )
    uow.session.flush()


@pytest_asyncio.fixture
async def busy(nis: Someone, database: Database, across: Across) -> Someone:  # noqa: F811
    """The administration, when the eight day-cares have worked on *Leg*, and the networks are asked."""

    def work(uow: UnitOfWork) -> None:
        areas = [across.works(uow, number, across.leg, Status.UNDER_WAY) for number in range(4)]
        areas += [across.works(uow, number, across.leg, Status.GOING_WELL) for number in range(4, 8)]
        for number in (0, 1):
            across.works(uow, number, across.sprog, Status.UNDER_WAY)
        for number in range(5):
            across.tells(uow, number, Group.CHILDREN, response=Response.FOLLOWED, about=areas[number])
            shares(uow, across, areas[number])
        shares(uow, across, areas[6], withdrawn=True)
        for number in range(2):
            across.tells(uow, number, Group.PARENTS)
        held = [across.holds(uow, number) for number in range(7)]
        for number in range(4):
            tells_board(uow, across, held[number], "Bestyrelsen i Askelunden vil høre mere")
        for number in range(4, 7):
            tells_board(uow, across, held[number], "")
        across.measures(uow, "Børn med en legekammerat", [80, 82, 84, 86], theme=across.leg)
        across.measures(uow, "Børn i små grupper", [50, 60], theme=across.leg)
        across.measures(uow, "Sygefravær", [5, 6, 7], n=None)
        theme = uow.session.get_one(Theme, across.leg.id)
        theme.description = "Alle børn skal have en plads i legen."
        theme.decision_url = "https://skovkoebing.example/sag/7"

    await database.write(work)
    await to_networks(nis)
    nis.municipality = WITH_FILES
    return nis


async def ask(someone: Someone, text: str = "politisk afrapportering 0-6", **slots: Any) -> Card:
    """The answer to the question with these slots, however it was typed."""

    def work(uow: UnitOfWork) -> Card:
        who = uow.session.get_one(Person, someone.who.id)
        turn = Turn.of(who, uow, someone.now, someone.municipality)
        return asked(turn, Asked(text, slots=Slots(**slots)))

    return await someone.database.write(work)


async def pressed(someone: Someone, verb: str, **data: str) -> Card:
    reply = await someone.does(Kind.PRESSED, verb=f"political_report.{verb}", data=data)
    assert reply.card is not None
    return reply.card


async def says_of_leg(database: Database, across: Across, tell: str) -> None:  # noqa: F811
    """The day-care network's statement on both themes, given."""

    def work(uow: UnitOfWork) -> None:
        found = uow.session.scalars(select(NetworkStatement)).all()
        statement = next(each for each in found if each.network is InstitutionType.DAYCARE)
        statement.answers = (
            Answer(recognition=Recognition.PARTLY, tell=tell, lacking="Hvad de yngste siger."),
            Answer(recognition=Recognition.YES),
        )
        statement.contributors, statement.written_at, statement.saved_at = Count.MANY, NOW, NOW
        statement.written_by = across.facilitator.id

    await database.write(work)


async def as_text(someone: Someone, cycle_id: UUID, language: str = "da") -> str:
    """The document as it would be in the file."""

    def work(uow: UnitOfWork) -> str:
        turn = Turn.of(uow.session.get_one(Person, someone.who.id), uow, someone.now, someone.municipality)
        return plain.write(document(Translator.of(language), readable(turn, cycle_id)))

    return await someone.database.write(work)


async def counted(database: Database, across: Across, *, fewest: int = 3) -> Content:  # noqa: F811
    def work(uow: UnitOfWork) -> Content:
        who = uow.session.get_one(Person, across.administrator.id)
        turn = Turn.of(who, uow, NOW, MUNICIPALITY)
        return content_for(uow, turn.viewer, across.younger, fewest=fewest, now=NOW, zone=MUNICIPALITY.zone)

    return await database.write(work)


async def finals(someone: Someone) -> Card:
    """Keeps a draft and makes it final."""
    card = await someone.presses(await ask(someone), "Gem udkastet")
    return await someone.presses(await someone.presses(card, "Gør endelig"), "Gør endelig")


async def test_r24_the_report_has_counts_per_theme_and_how_many_are_behind_each(busy: Someone) -> None:
    card = await ask(busy)
    told = words(card).splitlines()
    for line in (
        "Politisk afrapportering (udkast)",
        "2026 · 0–6 år · efterår 2024 – forår 2026",
        "8 tilbud med et fokusområde tæt på temaet",
        "færre end 3 tilbud med et fokusområde tæt på temaet",
        "5 perspektiver i 5 tilbud",
        "7 samtaler i 7 tilbud",
        "6\u00a0% · 3 tilbud",
        "Et tal vises, når mindst 3 tilbud står bag det. Det fornys, når mindst 3 tilbud har noget nyt. Det ældste "
        "tal er fra 14. april 2026.",
    ):
        assert line in told, line
    theme = words(await busy.presses(await busy.presses(card, "Vælg et tema"), "Leg")).splitlines()
    for line in ("Det fortæller tilbuddene", "Det fortæller tallene", "83\u00a0% · 4 tilbud", "færre end 3 tilbud"):
        assert line in theme, line
    assert theme[theme.index("På vej") + 1] == "4 tilbud", "a pattern is a word and how many institutions"


async def test_a_theme_is_meant_by_its_title_and_one_of_another_period_is_told(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    later = PoliticalRound(year=2027, age_range=AgeRange.YOUNGER, state=RoundState.SENT)
    again, other = (
        Theme(
            round_id=later.id,
            title=title,
            title_en=title,
            age_range=AgeRange.YOUNGER,
            valid_from=across.leg.valid_to.next,
            valid_to=across.leg.valid_to.plus(4),
        )
        for title in (across.leg.title, "Natur")
    )

    def decide(uow: UnitOfWork) -> None:
        uow.add(later)
        uow.session.flush()
        uow.add(again, other)

    await database.write(decide)
    leg = words(await busy.presses(await busy.presses(await ask(busy), "Vælg et tema"), "Leg"))
    assert words(await ask(busy, theme=again.id)) == leg
    assert "”Natur” er ikke et af temaerne i denne periode" in words(await ask(busy, theme=other.id))


async def test_r08_practice_shared_about_a_theme_is_counted_and_not_told(busy: Someone) -> None:
    card = await busy.presses(await busy.presses(await ask(busy), "Vælg et tema"), "Leg")
    told = words(card).splitlines()
    assert told[told.index("Delt praksis om temaet") + 1] == "5 delte praksisser i 5 tilbud", "what is withdrawn is not"
    assert "legegrupper" not in "\n".join(told)


async def test_r08_it_is_hidden_where_those_who_have_shared_nothing_would_be_few(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def two_more(uow: UnitOfWork) -> None:
        found = uow.session.scalars(select(FocusArea).where(focus_area.c.theme_id == across.leg.id)).all()
        last = [each for each in found if each.institution_id in (across.places[5].id, across.places[7].id)]
        for each in last:
            shares(uow, across, each)

    await database.write(two_more)
    told = words(await busy.presses(await busy.presses(await ask(busy), "Vælg et tema"), "Leg")).splitlines()
    assert told[told.index("Delt praksis om temaet") + 1] == "vises ikke", "seven of eight would tell of one"


async def test_r12_it_tells_how_many_boards_were_informed_and_have_said_something(busy: Someone) -> None:
    told = words(await ask(busy)).splitlines()
    assert told[told.index("Bestyrelsen er orienteret og har sagt noget") + 1] == "4 tilbud"
    assert told[told.index("Bestyrelsen er orienteret; der er ikke noteret et svar") + 1] == "3 tilbud"
    assert "vil høre mere" not in "\n".join(told)


async def test_r11_each_line_is_traced_down_to_anonymised_sources_and_up_to_the_theme(busy: Someone) -> None:
    card = await ask(busy)
    theme = await busy.presses(await busy.presses(card, "Vælg et tema"), "Leg")
    traced = await busy.presses(theme, "Vis kilder")
    told = words(traced).splitlines()
    for line in (
        "Alle børn skal have en plads i legen.",
        "Besluttet politisk, gælder efterår 2024 – forår 2026.",
        "8 tilbud, 8 fokusområder, oktober 2025",
        "8 tilbud, 8 statusser, januar 2026",
        "5 tilbud, 5 perspektiver, oktober 2025",
        "5 tilbud, 5 delte praksisser, april 2026",
        "4 tilbud, 4 nøgletal, LIS, forår 2026",
    ):
        assert line in told, line
    assert not re.search(r"\d\. (oktober|januar|marts|april) ", words(traced)), "no day, which would be one record's"
    link = next(each for each in traced["actions"] if each["type"] == "Action.OpenUrl")
    assert (link["title"], link["url"]) == ("Læs beslutningen", "https://skovkoebing.example/sag/7")
    whole = words(await busy.presses(card, "Vis kilder")).splitlines()
    for line in (
        "5 tilbud, 5 anbefalinger, oktober 2025",
        "7 tilbud, 7 samtaler, oktober 2025",
        "4 tilbud, 4 bestyrelsesnotater, april 2026",
        "3 tilbud, 3 bestyrelsesnotater, april 2026",
        "3 tilbud, 3 nøgletal, LIS, forår 2026",
    ):
        assert line in whole, line


async def test_r11_a_report_that_was_kept_with_the_month_of_its_newest_records_tells_it_to_nobody(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    """It may be that of one institution, which the footer says is not told."""
    await finals(busy)

    def as_it_was(uow: UnitOfWork) -> None:
        [report] = uow.session.scalars(select(PoliticalReport))
        bases = tuple(replace(each, months=(), latest=date(2031, 4, 1)) for each in report.content.bases)
        uow.session.execute(update(political_report).values(content=replace(report.content, bases=bases)))

    await database.write(as_it_was)
    told = words(await busy.presses(await ask(busy), "Vis kilder")) + await as_text(busy, across.younger.id)
    assert "7 tilbud, 7 samtaler\n" in told
    assert "2031" not in told


async def test_r11_what_is_hidden_names_no_sources_and_nothing_opens_a_record(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    """Every button carries a cycle or a theme, and never the id of anything that an institution has made."""
    card = await ask(busy)
    theme = await busy.presses(await busy.presses(card, "Vælg et tema"), "Leg")
    traced = [await busy.presses(theme, "Vis kilder"), await busy.presses(card, "Vis kilder")]
    told = words(traced[0]).splitlines()
    few = told.index("Børn i små grupper")
    assert told[few + 1] == "færre end 3 tilbud"
    assert told[few + 2] == "Børn med en legekammerat"
    for found in re.findall(r"(\d+) tilbud, ", "\n".join(words(each) for each in traced)):
        assert int(found) >= 3
    ids = set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", str([card, theme, *traced])))
    kept = {str(each) for each in (across.younger.id, across.leg.id, across.sprog.id)}
    rounds = {str(each.id) for each in await all_of(database, type(across.earlier))}
    marks = {str(each.get("data", {}).get("k")) for each in _actions([card, theme, *traced])}
    assert ids <= kept | rounds | marks


def _actions(cards: list[Card]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        if isinstance(part, list):
            for each in part:
                walk(each)
        elif isinstance(part, dict):
            if str(part.get("type", "")).startswith("Action."):
                found.append(part)
            for each in part.values():
                walk(each)

    walk(cards)
    return found


async def test_r25_each_networks_statement_is_printed_beside_the_figures(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await says_of_leg(database, across, "Legen har det bedre, end tallene viser.")
    whole = await ask(busy)
    told = words(whole)
    leg, sprog = told.index("\nLeg\n"), told.index("\nSprog\n")
    assert leg < told.index("8 tilbud med et fokusområde") < told.index("Ledernetværket for dagtilbud.") < sprog
    assert leg < told.index("”Legen har det bedre, end tallene viser.”") < sprog, "before the next theme"
    theme = await busy.presses(await busy.presses(whole, "Vælg et tema"), "Leg")
    (picture,) = [words({"body": [each]}) for each in theme["body"] if each.get("layouts")]
    assert picture.index("8 tilbud") < picture.index("83\u00a0% · 4 tilbud") < picture.index("Legen har det bedre")
    for line in ("Ledernetværket for dagtilbud", "Kan genkende billedet: Delvist", "Hvad de yngste siger."):
        assert line in picture.splitlines(), line

    def tables(uow: UnitOfWork) -> dict[str, Table]:
        turn = Turn.of(uow.session.get_one(Person, busy.who.id), uow, busy.now, busy.municipality)
        themes = [
            each for each in document(turn._, readable(turn, across.younger.id)).parts if isinstance(each, Section)
        ]
        return {each.title: part for each in themes for part in each.parts if isinstance(part, Table)}

    rows = (await database.write(tables))["Leg"].rows
    first = next(row for row in rows if "Legen har det bedre" in row[1])
    assert "Med et fokusområde tæt på temaet: 8 tilbud" in first[0], "in the same row"
    assert any("83\u00a0% · 4 tilbud" in figures for figures, _words in rows), "and in the same table"


async def test_i29_no_name_is_on_any_card_or_in_any_document_not_even_in_what_a_network_wrote(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await says_of_leg(
        database, across, f"{across.leader.name} i Askelunden og børnehuset åens leder, mette holm, siger meget."
    )
    first = await ask(busy)
    theme = await busy.presses(await busy.presses(first, "Vælg et tema"), "Leg")
    cards = [first, theme, await busy.presses(first, "Vis kilder"), await busy.presses(theme, "Vis kilder")]
    kept = await busy.presses(first, "Gem udkastet")
    preview = await busy.presses(kept, "Gør endelig")
    assert f"Navnet er udeladt og står som ”{LEFT_OUT}”." in words(preview)
    cards += [kept, preview, await busy.presses(kept, "Word og PDF"), await busy.presses(preview, "Gør endelig")]
    cards += [await ask(busy, "politisk afrapportering 0-18")]
    told = "\n".join(words(each) for each in cards)
    told += await as_text(busy, across.younger.id) + await as_text(busy, across.younger.id, "en")
    people = [each.name for each in across.people()]
    texts = ("Fortalt i", "Mere tid", "Fokus i", "legegrupper", "vil høre mere", "mette holm", "børnehuset åen")
    for name in (*NAMES, across.school.name, across.day_care.name, *people, *texts):
        assert name not in told, name
    assert f"{LEFT_OUT} i {LEFT_OUT} og {LEFT_OUT} leder, {LEFT_OUT}, siger meget." in told
    stored = str(dump((await all_of(database, PoliticalReport))[0].content))
    assert "Askelunden" not in stored


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Mette Holm siger", "[…] siger"),
        ("mette holms råd", "[…] råd"),
        ("Skovens børn går i skoven", "[…] børn går i skoven"),
        ("Skovenheden", "Skovenheden"),
        ("Vi var i Lille Skoven", "Vi var i […]"),
        ("intet navn", "intet navn"),
        ("Fru Holm og karen har vist vejen", "Fru […] og […] har vist vejen"),
        ("fru holm, KAREN og karens hold", "fru holm, […] og […] hold"),
        ("jensen og Bo Jensens ord", "[…] og […] ord"),
        ("Bo er med, og vi vil bo ved sol og skov", "[…] er med, og vi vil bo ved sol og skov"),
        ("Fru Skov de vil alle med", "Fru […] de vil alle med"),
        ("klassen og vejen", "klassen og vejen"),
    ],
)
def test_i29_names_are_left_out_and_words_are_not(said: str, printed: str) -> None:
    people = ["Mette Holm", "Karen Holm", "Bo Jensen", "Sol de Skov", "Alle Klassen", ""]
    assert without_names(said, Names(people, ["Skoven", "Lille Skoven", ""])) == printed


async def test_i29_a_surname_alone_and_a_first_name_in_small_letters_are_left_out_of_what_a_network_wrote(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    forename, *_between, surname = across.leader.name.split()
    await says_of_leg(database, across, f"Fru {surname} og {forename.lower()} har vist vejen.")
    told = await as_text(busy, across.younger.id)
    assert f"Fru {LEFT_OUT} og {LEFT_OUT} har vist vejen." in told


async def test_i29_what_somebody_is_called_who_was_anonymised_is_no_name_to_leave_out(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def anonymised(uow: UnitOfWork) -> None:
        someone = person("Karen Juul")
        someone.name, someone.anonymised_on = "En tidligere leder", NOW.date()
        uow.add(someone)

    await database.write(anonymised)
    await says_of_leg(database, across, "En leder har vist vejen, og en anden er gået med.")
    assert "En leder har vist vejen, og en anden er gået med." in await as_text(busy, across.younger.id)


async def test_i30_nothing_is_listed_by_its_value(busy: Someone, across: Across) -> None:  # noqa: F811
    told = await as_text(busy, across.younger.id)
    assert told.index("\nLeg\n") < told.index("\nSprog\n")
    assert told.index("Børn i små grupper") < told.index("Børn med en legekammerat")
    assert told.index("På vej") < told.index("Går godt"), "in the order of the framework"


WRITTEN: dict[type[Any], str] = {
    FocusArea: "chosen_at",
    Perspective: "written_at",
    Dialogue: "starts_at",
    Practice: "shared_at",
    Recommendation: "written_at",
    BoardNote: "informed_on",
}


def sources_of(uow: UnitOfWork) -> list[tuple[Any, ...]]:
    """Every record that a line may rest on: its kind, theme and group, its institution and its month."""
    areas = {each.id: each for each in uow.session.scalars(select(FocusArea))}
    found: list[tuple[Any, ...]] = [
        (BasisKind.FOCUS_AREA, each.theme_id, "", each.institution_id, each.chosen_at) for each in areas.values()
    ]
    for told in uow.session.scalars(select(Perspective)):
        theme_id = areas[told.focus_area_id].theme_id if told.focus_area_id else None
        for theme in {theme_id, None}:
            found.append((BasisKind.PERSPECTIVE, theme, told.group, told.institution_id, told.written_at))
    for held in uow.session.scalars(select(Dialogue).where(Dialogue.state.in_(HELD))):  # type: ignore[attr-defined]
        if held.number is not None:
            found.append((BasisKind.DIALOGUE, None, "", held.institution_id, held.starts_at))
    for each in uow.session.scalars(select(Practice)):
        found.append((BasisKind.PRACTICE, each.theme_id, "", each.institution_id, each.shared_at))
    for status in uow.session.scalars(select(FocusStatus)):
        area = areas[status.focus_area_id]
        found.append((BasisKind.STATUS, area.theme_id, "", area.institution_id, status.written_at))
    for advice in uow.session.scalars(select(Recommendation)):
        found.append((BasisKind.RECOMMENDATION, None, advice.response, advice.institution_id, advice.written_at))
    for note in uow.session.scalars(select(BoardNote)):
        word = BoardWord.SAID if note.said else BoardWord.INFORMED
        where = uow.session.get_one(Dialogue, note.dialogue_id).institution_id
        found.append((BasisKind.BOARD_NOTE, None, word, where, note.informed_on))
    return [(*about, _local(at).replace(day=1)) for *about, at in found]


def _local(at: date | datetime) -> date:
    return at.astimezone(MUNICIPALITY.zone).date() if isinstance(at, datetime) else at


def randomly(uow: UnitOfWork, across: Across, chance: random.Random) -> None:  # noqa: F811
    """A municipality in which anything may be of few: themes, groups, practice, boards, dialogues and figures."""
    for number in range(len(across.places)):
        areas = [across.works(uow, number, theme, *chance.choices(list(Status), k=chance.randint(0, 2)))
                 for theme in (across.leg, across.sprog) if chance.random() < 0.7]  # fmt: skip
        for area in areas:
            if chance.random() < 0.5:
                shares(uow, across, area)
        for group in (Group.CHILDREN, Group.PARENTS, Group.STAFF):
            for _each in range(chance.randint(0, 3)):
                about = chance.choice([*areas, None])
                response = chance.choice([None, *Response])
                across.tells(uow, number, group, about=about, response=response)
        if chance.random() < 0.8:
            held = across.holds(uow, number)
            if chance.random() < 0.6:
                tells_board(uow, across, held, chance.choice(["", "Godt"]))
    values = [chance.randint(1, 99) for _each in range(chance.randint(1, 8))]
    across.measures(uow, "Trivsel", values, theme=chance.choice([across.leg, None]))
    for kind, at in WRITTEN.items():
        for each in uow.session.scalars(select(kind)):
            setattr(each, at, getattr(each, at) + timedelta(days=30 * chance.randint(0, 3)))
    uow.session.flush()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.each_on_both
async def test_i29_nothing_hidden_can_be_computed_from_the_report_and_its_sources(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
    seed: int,
) -> None:
    """Every whole less its parts, over all of the report, is nothing or is of enough institutions."""
    await database.write(lambda uow: randomly(uow, across, random.Random(seed)))
    content = await counted(database, across)
    about, fewest = content.evidence, 3

    def enough(number: int | None) -> bool:
        return number is None or number >= fewest

    def rest(whole: int | None, parts: list[int | None]) -> bool:
        left = (whole or 0) - sum(each or 0 for each in parts)
        return whole is None or left <= 0 or left >= fewest

    assert all(each.institutions >= fewest for each in content.bases)
    sources = await database.read(sources_of)
    for each in content.bases:
        if each.kind in {source[0] for source in sources}:
            wanted = {source[4]: set[UUID]() for source in sources}
            for *of, where, month in sources:
                if of == [each.kind, each.theme_id, each.word]:
                    wanted[month].add(where)
            told = tuple(sorted(month for month, places in wanted.items() if len(places) >= fewest))
            assert each.months == told, "a month is told where enough institutions are behind it, and only there"
        assert each.latest is None
    assert all(enough(number) for number in content.boards.cells.values())
    assert rest(content.boards.total, list(content.boards.cells.values()))
    assert content.boards.total in (None, about.held.institutions if about.held else None)
    for each in about.themes:
        assert rest(each.working.total, list(each.working.cells.values()))
        shared = content.practices[each.theme.id]
        assert shared is None or (enough(shared.institutions) and rest(each.working.total, [shared.institutions]))
        for basis in (one for one in content.bases if one.theme_id == each.theme.id and one.kind == "status"):
            assert rest(each.working.total, [basis.institutions])
        for group, number in each.heard.items():
            tally = about.heard.get(group)
            assert enough(number)
            assert rest(tally.institutions if tally else None, [number])
    for group, tally in about.heard.items():
        by_theme = {one.theme_id: one.number for one in content.bases
                    if one.kind == "perspective" and one.word == group and one.theme_id and one.number}  # fmt: skip
        if tally is None or not by_theme:
            continue
        left = tally.number - sum(by_theme.values())
        places = await database.read(lambda uow, group=group, ids=list(by_theme): _places_of_rest(uow, group, ids))  # type: ignore[misc]
        assert (left == 0) == (places == 0)
        assert places == 0 or places >= fewest, "perspectives that are told by subtraction alone"
    assert load(dump(content)).bases == content.bases
    assert dump(load(dump(content))) == dump(content)


def _places_of_rest(uow: UnitOfWork, group: Group, themes: list[UUID]) -> int:
    query = (
        select(func.count(perspective.c.institution_id.distinct()))
        .select_from(perspective)
        .outerjoin(focus_area, focus_area.c.id == perspective.c.focus_area_id)
        .where(
            perspective.c.group == group,
            focus_area.c.theme_id.is_(None) | focus_area.c.theme_id.not_in(themes),
        )
    )
    return uow.session.scalar(query) or 0


async def test_the_card_and_the_document_tell_the_same_numbers(busy: Someone, across: Across) -> None:  # noqa: F811
    await busy.presses(await ask(busy), "Gem udkastet")
    theme = await busy.presses(await busy.presses(await ask(busy), "Vælg et tema"), "Leg")
    traced = words(await busy.presses(theme, "Vis kilder"))
    # In the document a date is not broken between two lines.
    told = (await as_text(busy, across.younger.id)).replace("\u00a0", " ")
    for line in re.findall(r"^\d+ tilbud.*$", traced, re.M):
        assert line in told, line


async def test_i5_a_figure_rests_on_the_editions_that_count_and_on_none_that_was_superseded(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    before = await counted(database, across)

    def superseded(uow: UnitOfWork) -> None:
        package = DataPackage.of(across.places[0], SPRING, edition=2)
        package.release(NOW)
        package.supersede()
        figure = KeyFigure(
            package_id=package.id,
            indicator="Børn med en legekammerat",
            value=20.0,
            unit="%",
            n=40,
            source="Et andet udtræk",
            as_of=date(2026, 4, 1),
            theme_id=across.leg.id,
        )
        uow.add(package, figure)

    await database.write(superseded)
    after = await counted(database, across)
    assert after.bases == before.bases
    assert {each.source for each in after.bases if each.kind is BasisKind.FIGURE} == {"LIS"}


async def test_a_draft_keeps_its_figures_until_somebody_takes_new_ones(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    first = await ask(busy)
    assert "Intet er gemt endnu." in words(first)
    kept = await busy.presses(first, "Gem udkastet")
    assert "Udkastet er gemt med tallene fra i dag." in words(kept)
    again = await busy.presses(first, "Gem udkastet")
    assert "Gem udkastet" not in buttons(again)
    chief = Someone(database, across.chief, municipality=WITH_FILES)
    await chief.presses(first, "Gem udkastet")
    assert len(await all_of(database, PoliticalReport)) == 1

    def more(uow: UnitOfWork) -> None:
        for number in (5, 6, 7):
            across.tells(uow, number, Group.CHILDREN)

    await database.write(more)
    assert "5 perspektiver i 5 tilbud" in words(await ask(busy))
    later = Someone(database, across.chief, now=NOW + timedelta(days=2), municipality=WITH_FILES)
    card = await later.presses(await ask(later), "Hent dagens tal")
    assert "8 perspektiver i 8 tilbud" in words(card)
    assert "16. april 2026" in words(card)
    assert "Det ældste tal er fra 14. april 2026." in words(card), "nothing else is new"


async def test_the_administration_makes_final_what_it_has_seen_and_nothing_changes_it(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    kept = await busy.presses(await ask(busy), "Gem udkastet")
    chief = Someone(database, across.chief, now=NOW + timedelta(hours=1), municipality=WITH_FILES)
    seen_by_chief = await ask(chief)
    assert "Gør endelig" not in buttons(seen_by_chief)
    preview = await busy.presses(kept, "Gør endelig")
    assert "0 af 3 netværk har givet deres kvalificering." in words(preview)
    await chief.presses(seen_by_chief, "Hent dagens tal")
    once_more = await busy.presses(preview, "Gør endelig")
    assert "Tallene er hentet igen i mellemtiden." in words(once_more)
    final = await busy.presses(once_more, "Gør endelig")
    assert "Afrapporteringen er endelig." in words(final)
    assert words(await busy.presses(once_more, "Gør endelig")) == words(final), "pressed twice, the same answer"
    stale = await chief.presses(seen_by_chief, "Hent dagens tal")
    assert "Afrapporteringen er endelig" not in words(stale)

    def change(uow: UnitOfWork) -> None:
        across.tells(uow, 5, Group.CHILDREN)
        uow.session.get_one(Theme, across.leg.id).title = "Et andet tema"
        uow.session.get_one(Institution, across.places[0].id).ended_on = date(2026, 1, 1)

    await database.write(change)
    told = words(await ask(busy))
    assert "5 perspektiver i 5 tilbud" in told
    assert "Leg" in told.splitlines()
    (report,) = await all_of(database, PoliticalReport)
    assert (report.state, report.number, report.final_by) == (ReportState.FINAL, 1, across.administrator.id)


async def test_those_who_made_and_qualified_it_hear_when_it_is_final(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await finals(busy)

    def told(uow: UnitOfWork) -> set[UUID]:
        found = uow.session.scalars(select(Prompt).where(Prompt.view == "political_report.final"))  # type: ignore[arg-type]
        return {each.person_id for each in found}

    people = await database.read(told)
    held = await all_of(database, RoleAssignment)
    concerned = {
        each.person_id
        for each in held
        if each.role in (Role.CHIEF, Role.ADMINISTRATION, Role.FACILITATOR) and each.is_in_force(NOW.date())
    }
    assert across.chief.id in people
    assert people == concerned - {busy.who.id}, "and nobody else is written to"
    chief = Someone(database, across.chief)
    assert "Afrapporteringen er endelig." in words(await chief.sees("political_report.final", across.younger.id))


async def test_the_files_say_who_they_are_for(busy: Someone) -> None:
    busy.municipality = WITH_FILES
    draft = words(await ask(busy, "politisk afrapportering 0-6 som pdf", format="pdf"))
    assert "Ses af: chefer, forvaltningen og ledernetværkene og dem, du deler den med. Ingen navne" in draft
    await finals(busy)
    final = words(await ask(busy, "politisk afrapportering 0-6 som pdf", format="pdf"))
    assert "Ses af: alle, der bruger botten, og udvalget og andre, du deler den med. Ingen navne" in final


async def test_i29_a_first_name_alone_is_left_out_of_what_a_network_wrote(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    first = across.leader.name.split()[0]
    await says_of_leg(database, across, f"Vi hørte {first} og {first}s kolleger fortælle.")
    told = await as_text(busy, across.younger.id)
    assert first not in told
    assert f"Vi hørte {LEFT_OUT} og {LEFT_OUT} kolleger fortælle." in told


async def test_what_is_changed_after_it_is_final_becomes_a_new_version(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    unsaved = await ask(busy)
    final = await finals(busy)
    stale = await busy.presses({**unsaved, "actions": [*unsaved["actions"]]}, "Gem udkastet")
    chief = Someone(database, across.chief, municipality=WITH_FILES)
    told = words(await pressed(chief, "keep", id=str(across.younger.id), n="1"))
    assert "Nogen har ændret afrapporteringen i mellemtiden." in told
    assert len(await all_of(database, PoliticalReport)) == 1, words(stale)
    draft = await busy.presses(final, "Ny udgave")
    assert "udgave 2" in words(draft)
    leader = Someone(database, across.leader, municipality=WITH_FILES)
    assert "udgave 2" not in words(await ask(leader))
    assert "Politisk afrapportering\n" in words(await ask(leader))
    await busy.presses(await busy.presses(draft, "Gør endelig"), "Gør endelig")
    assert "udgave 2" in words(await ask(leader))


async def test_before_it_is_final_it_is_for_those_who_make_and_qualify_it_and_then_for_everybody(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    cycle_id = str(across.younger.id)

    def person(who: Person) -> Someone:
        return Someone(database, who, municipality=WITH_FILES)

    makers = [person(each) for each in (across.chief, across.other_chief, across.consultant)]
    network, others = person(across.facilitator), [person(across.leader), person(across.teacher)]
    for each in (*makers, network):
        assert "Politisk afrapportering (udkast)" in words(await ask(each))
    assert "Gem udkastet" in buttons(await ask(makers[0]))
    assert "Gem udkastet" not in buttons(await ask(network))
    assert "Det har du ikke adgang til" in words(await pressed(network, "keep", id=cycle_id, n="1"))
    await busy.presses(await ask(busy), "Gem udkastet")
    for each in others:
        assert "Ingen endelig politisk afrapportering endnu" in words(await ask(each))
        unknown = words(await pressed(each, "open", id=str(UUID(int=7))))
        for verb in ("open", "files", "choose", "keep", "preview", "finish", "renew"):
            assert words(await pressed(each, verb, id=cycle_id)) == unknown
        for verb in ("sources", "theme"):
            assert words(await pressed(each, verb, c=cycle_id, id=str(across.leg.id))) == unknown
        with pytest.raises(NotAllowed):
            await as_text(each, across.younger.id)
    for each in (makers[0], makers[2], network):
        assert "Det har du ikke adgang til" in words(await pressed(each, "finish", id=cycle_id))
    preview = await busy.presses(await ask(busy), "Gør endelig")
    await busy.presses(preview, "Gør endelig")
    for each in (*makers, network, *others):
        card = await ask(each)
        assert "Ses af: alle, der bruger botten. Ingen navne" in words(card)
        assert "8 tilbud med et fokusområde tæt på temaet" in words(card)
        assert "Gør endelig" not in buttons(card)
        assert "Delt praksis om temaet" in words(await pressed(each, "theme", c=cycle_id, id=str(across.leg.id)))
        assert "83\u00a0% · 4 tilbud" in await as_text(each, across.younger.id)


async def test_whoever_has_no_role_any_more_sees_nothing(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await finals(busy)

    def leave(uow: UnitOfWork) -> None:
        for role in uow.session.scalars(select(RoleAssignment)):
            if role.person_id == across.leader.id:
                role.to_on = date(2026, 1, 1)

    await database.write(leave)
    gone = Someone(database, across.leader)
    assert "Det har du ikke adgang til" in words(await pressed(gone, "open", id=str(across.younger.id)))


async def test_word_and_pdf_are_given_by_links_that_are_the_persons_own(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await ask(busy, format="pdf")
    links = {each["title"]: each["url"] for each in card["actions"] if each["type"] == "Action.OpenUrl"}
    assert list(links) == ["Hent som PDF"], "what was asked for"
    card = await busy.presses(await ask(busy), "Word og PDF")
    links = {each["title"]: each["url"] for each in card["actions"] if each["type"] == "Action.OpenUrl"}
    assert list(links) == ["Hent som Word", "Hent som PDF"]
    assert all(url.startswith("https://bot.skovkoebing.example/files/") for url in links.values())

    def made(who: Person, file: str) -> Callable[[UnitOfWork], tuple[str, bytes]]:
        def work(uow: UnitOfWork) -> tuple[str, bytes]:
            turn = Turn.of(uow.session.get_one(Person, who.id), uow, NOW, WITH_FILES)
            found = FILES[file](turn, across.younger.id)
            return found.name, found.content()

        return work

    name, content = await database.write(made(across.administrator, WORD))
    assert (name, content[:2]) == ("Politisk afrapportering (udkast), 0–6 år, 14. april 2026.docx", b"PK")
    name, content = await database.write(made(across.administrator, PDF))
    assert (name[-4:], content[:5]) == (".pdf", b"%PDF-")
    with pytest.raises(NotAllowed):
        await database.write(made(across.leader, PDF))


async def test_without_an_address_of_its_own_the_bot_says_so(busy: Someone) -> None:
    busy.municipality = MUNICIPALITY
    card = await ask(busy, format="docx")
    assert "Filer hentes med et link i chatten, og det har kommunen ikke sat op." in words(card)
    assert buttons(card) == ["Hele afrapporteringen"]


async def test_r21_both_age_ranges_are_shown_where_both_are_asked_about(busy: Someone) -> None:
    card = await ask(busy, "politisk afrapportering 0-18")
    assert buttons(card) == ["0–6 år", "6–18 år", "Min oversigt"]
    older = await busy.presses(card, "6–18 år")
    assert "6–18 år · efterår 2025 – forår 2027" in words(older)
    assert "Udkastet kan gemmes, når den politiske runde er begyndt." in words(older)
    assert "Gem udkastet" not in buttons(older)


async def test_what_is_asked_decides_which_report_and_what_of_it(
    busy: Someone,
    across: Across,  # noqa: F811
) -> None:
    under_way = await ask(busy, "politisk afrapportering")
    assert "2026 · 0–6 år" in words(under_way), "the round that is under way"
    assert "6–18 år" in words(await ask(busy, "afrapportering", age_range=AgeRange.OLDER))
    assert "Delt praksis om temaet" in words(await ask(busy, "afrapportering om leg", theme=across.leg.id))
    assert "Overgange og deltagelse" in words(await ask(busy, "afrapportering", theme=across.theme.id))
    assert "6–18 år" in words(await ask(busy, "afrapportering", types=(InstitutionType.SCHOOL,)))
    assert "0–6 år" in words(await ask(busy, "afrapportering", types=(InstitutionType.DAYCARE,), half_year=SPRING))
    both = await ask(busy, "afrapportering", types=(InstitutionType.DAYCARE, InstitutionType.SCHOOL))
    assert buttons(both) == ["0–6 år", "6–18 år", "Min oversigt"]
    files = await ask(busy, "afrapportering 0-18 som pdf", format="pdf")
    assert [each["title"] for each in files["actions"]] == ["PDF, 0–6 år", "PDF, 6–18 år", "0–18 år"]
    wider = words(await ask(busy, areas=(across.south.id,)))
    assert "Afrapporteringen gælder alle tilbud på aldersområdet." in wider
    of_one = words(await ask(busy, institutions=(across.places[0].id,)))
    assert "0–6 år" in of_one
    assert "6–18 år" not in of_one
    assert "Afrapporteringen gælder alle tilbud på aldersområdet." in of_one
    for slot in (Relative.PREVIOUS, Relative.NEXT):
        assert "Ingen politisk afrapportering endnu" in words(await ask(busy, cycle=slot))


async def test_it_is_typed_in_both_languages(busy: Someone) -> None:
    for text in ("politisk afrapportering 0-6", "political report 0-6", "politisk afraportering"):
        assert "2026 · 0–6 år" in words(await busy.says(text)), text
    assert "Delt praksis om temaet" in words(await busy.says("politisk rapport om leg"))
    card = await busy.says("rapport til byrådet 0-6 som pdf")
    assert [each["title"] for each in card["actions"] if each["type"] == "Action.OpenUrl"] == ["Hent som PDF"]


async def test_before_the_round_has_begun_nothing_is_kept_however_it_is_pressed(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await ask(nis)
    assert "Udkastet kan gemmes, når den politiske runde er begyndt." in words(card)
    told = words(await pressed(nis, "keep", id=str(across.younger.id), n="1"))
    assert "0–6 år" in told
    assert await all_of(database, PoliticalReport) == []
    assert await database.read(lambda uow: round_of(uow, across.younger)) is None


async def test_bad_data_on_a_button_is_answered_kindly(busy: Someone, across: Across) -> None:  # noqa: F811
    cycle_id = str(across.younger.id)
    kept = await busy.presses(await ask(busy), "Gem udkastet")
    for seen in ("", "i går", "2026-04-14T08:00:00"):
        card = await pressed(busy, "finish", id=cycle_id, seen=seen)
        assert "Tallene er hentet igen i mellemtiden." in words(card)
    for verb, data in (
        ("open", {"id": "nonsense"}),
        ("theme", {"c": cycle_id, "id": str(UUID(int=7))}),
        ("theme", {"c": cycle_id}),
        ("sources", {"c": cycle_id, "id": str(across.theme.id)}),
        ("sources", {"c": "x"}),
    ):
        assert "Det har du ikke adgang til" in words(await pressed(busy, verb, **data)), (verb, data)
    assert button(kept, "Gør endelig")["verb"] == "political_report.preview"


async def test_i37_it_is_shown_in_the_personal_chat_alone(busy: Someone, across: Across) -> None:  # noqa: F811
    data = {"id": str(across.younger.id)}
    reply = await busy.does(Kind.PRESSED, verb="political_report.open", data=data, is_personal=False)
    assert reply.card is not None
    assert "8 tilbud" not in words(reply.card)


async def test_the_round_leads_to_its_report(busy: Someone) -> None:
    card = await busy.presses(await busy.says("politisk runde"), "Politisk afrapportering")
    assert "2026 · 0–6 år" in words(card)


async def test_an_empty_municipality_has_a_report_in_which_everything_is_hidden(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    told = words(await ask(nis))
    assert "færre end 3 tilbud med et fokusområde tæt på temaet" in told
    content = await counted(database, across)
    assert content.bases == ()
    assert content.boards.total is None
    assert "færre end 3 tilbud" in await as_text(nis, across.younger.id)


async def test_the_threshold_is_the_municipalitys(busy: Someone, database: Database, across: Across) -> None:  # noqa: F811
    content = await counted(database, across, fewest=6)
    assert {each.institutions >= 6 for each in content.bases} == {True}
    assert content.practices[across.leg.id] is None


async def test_a_chief_who_is_no_longer_one_cannot_take_new_figures(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    await busy.presses(await ask(busy), "Gem udkastet")
    chief = Someone(database, across.chief, municipality=WITH_FILES)
    card = await ask(chief)

    def leave(uow: UnitOfWork) -> None:
        for role in uow.session.scalars(select(RoleAssignment)):
            if role.person_id == across.chief.id and role.role is Role.CHIEF:
                role.to_on = NOW.date() - timedelta(days=1)

    await database.write(leave)
    assert "Det har du ikke adgang til" in words(await chief.presses(card, "Hent dagens tal"))


async def test_perspectives_by_theme_are_not_numbered_where_the_others_are_of_few(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    """Six in all and five about the theme would tell that one institution has told about something else."""

    def one_more(uow: UnitOfWork) -> None:
        across.tells(uow, 0, Group.CHILDREN, half_year=SPRING)
        assert uow.session.scalar(select(func.count()).select_from(Perspective)) == 8

    await database.write(one_more)
    theme = await busy.presses(await busy.presses(await ask(busy), "Vælg et tema"), "Leg")
    told = words(await busy.presses(theme, "Vis kilder"))
    assert "5 tilbud, perspektiver, oktober 2025" in told
    assert "5 perspektiver" not in told
