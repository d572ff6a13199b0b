"""I25, of every answer and for everybody: each printed line has a source that its reader may open."""

import re
from collections import Counter
from datetime import date
from uuid import UUID

import pytest

from cards.language import Translator
from cards.numbered import Numbered
from cards.scope import Narrowing
from cards.source import PAGE, Back, SourceForm
from dialogs import BUTTONS, source
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.facts import SourceKind, SourceRef
from domain.organisation import Language, Person
from domain.period import HalfYear
from domain.printed import Line
from domain.scope import Bounds
from domain.slots import AskedStatus
from domain.supervision import Section
from storage.database import Database
from storage.organisation import open_institutions
from storage.unit_of_work import UnitOfWork
from tests.asker import ask
from tests.test_summary import askers, everybody
from tests.town import MUNICIPALITY, NOW, Someone, Town, buttons, options, words

# The political report prints what no institution can be told apart in, and one saved summary is no answer.
ANSWERS = [name for name in source.ANSWERS if name not in ("saved_summary", "one_on_one_recap")]


def opened(turn: Turn, name: str, bounds: Bounds, seen: set[tuple[SourceKind, UUID]]) -> int:
    """How many sources of the answer's lines can be opened; none where the person is not answered.

    What the person has `seen` through another line, of this answer or another, is the same card.
    """
    try:
        listed = source.ANSWERS[name](turn, bounds)
    except Refusal:
        return 0
    numbered = Numbered(listed.lines)
    for line in listed.lines:
        assert re.search(r"\[\d+", numbered.of(line)), (name, turn.person.name, line.lead, line.rest)
        sources = (*line.sources, *line.traced)[:2]
        assert sources or line.unseen, (name, turn.person.name, line.lead, line.rest)
        for ref in sources:
            if (ref.kind, ref.id) in seen:
                continue
            seen.add((ref.kind, ref.id))
            form = SourceForm(kind=ref.kind, id=ref.id, back=Back(answer=name, bounds=bounds))
            shown = words(source.open_it(turn, form))
            assert "Kilden kan ikke åbnes" not in shown, (name, turn.person.name, ref.kind, line.lead, line.rest)
    return sum(len(line.sources[:2]) for line in listed.lines)


async def test_i25_every_line_of_every_answer_has_a_source_that_its_reader_can_open(seeded: Database) -> None:
    """I25: "A summary line has ≥1 source ref the reader is allowed to open", whatever is asked and whoever asks."""
    people = await askers(seeded)

    def work(uow: UnitOfWork) -> Counter[str]:
        number: Counter[str] = Counter()
        for someone in people:
            turn = Turn.of(uow.session.get_one(Person, someone.id), uow, NOW, MUNICIPALITY)
            seen: set[tuple[SourceKind, UUID]] = set()
            mine = [where for where in open_institutions(uow, turn.today) if turn.viewer.relations(where)]
            for name in ANSWERS:
                for bounds in [Bounds(), *[Bounds(institution_ids=(where.id,)) for where in mine[:2]]]:
                    number[name] += opened(turn, name, bounds, seen)
        return number

    number = await seeded.write(work)
    assert [name for name in ANSWERS if number[name] <= 5] == []


LONG_AGO = HalfYear(2025, 2)
FOOTER = re.compile(r"Bygger på (\d+) kilder?(?:, senest(?: fra)? (\d+\. \w+ \d{4}))?\.")
DAY = re.compile(r"\d+\. \w+ \d{4}")


def listed_sources(turn: Turn, name: str, bounds: Bounds) -> list[str]:
    """The sources of an answer as they stand in the list, over all of its pages."""
    found: list[str] = []
    while True:
        card = source.sources(turn, Back(answer=name, bounds=bounds, page=len(found) // PAGE))
        found += list(options(card, "source")) if "Hvilken kilde" in words(card) else []
        if "De næste" not in buttons(card):
            return found


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.each_on_both
async def test_an_answer_says_how_many_sources_open_and_the_newest_day_among_them(seeded: Database, name: str) -> None:
    """*Bygger på N kilder, senest …* is about the list below it; what is only planned is from no day yet."""
    people = await askers(seeded)
    months = [Translator.of(Language.DANISH).date(date(2026, each, 1)).split()[1] for each in range(1, 13)]

    def day(shown: str) -> date:
        number, month, year = shown.split()
        return date(int(year), months.index(month) + 1, int(number.rstrip(".")))

    def work(uow: UnitOfWork) -> int:
        looked_at = 0
        for someone in people:
            turn = Turn.of(uow.session.get_one(Person, someone.id), uow, NOW, MUNICIPALITY)
            mine = [where for where in open_institutions(uow, turn.today) if turn.viewer.relations(where)]
            for where in ((), *[(each.id,) for each in mine[:2]]):
                for first in (None, LONG_AGO):
                    bounds = Bounds(institution_ids=where, first=first, last=first)
                    try:
                        shown = words(BUTTONS[f"{name}.open"].handle(turn, Narrowing(bounds=bounds)))
                        found = listed_sources(turn, name, bounds)
                    except Refusal:
                        continue
                    footer = FOOTER.search(shown)
                    assert (footer is not None) == bool(found), (name, turn.person.name, shown)
                    if footer is None:
                        continue
                    looked_at += 1
                    assert int(footer[1]) == len(found), (name, turn.person.name, shown, found)
                    dated = [day(at[-1]) for each in found if "planlagt til" not in each and (at := DAY.findall(each))]
                    assert (footer[2] and day(footer[2])) == max(dated, default=None), (shown, found)
                    assert all(each <= turn.today for each in dated), found
                    if first:
                        # A package is of its half-year, whenever it was released.
                        others = [each for each in found if "Datapakke" not in each and DAY.search(each)]
                        assert all(HalfYear.of(day(DAY.findall(each)[-1])) <= first for each in others), others
        return looked_at

    assert await seeded.write(work) > 1


async def test_a_figure_of_one_institution_has_the_one_package_that_it_stands_in(seeded: Database) -> None:
    people = [someone for someone, held in await everybody(seeded) if held]

    def work(uow: UnitOfWork) -> int:
        number = 0
        for someone in people:
            turn = Turn.of(uow.session.get_one(Person, someone.id), uow, NOW, MUNICIPALITY)
            try:
                listed = source.ANSWERS["summary"](turn, Bounds())
            except Refusal:
                continue
            for line in listed.lines:
                if line.rest.endswith(" i ét tilbud"):
                    assert len(line.sources) == 1, (line.lead, line.rest)
                    number += 1
                if found := re.search(r" i gennemsnit af (\d+) tilbud$", line.rest):
                    assert len(line.sources) == int(found[1]), (line.lead, line.rest)
        return number

    assert await seeded.write(work) > 0


async def test_in_a_half_year_that_is_only_coming_no_answer_names_what_lacks(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    chief, coming = Someone(database, town.chief), HalfYear.of(NOW.date()).next
    for name in (
        "focus_area_status",
        "observation_overview",
        "perspective_summary",
        "agreement_overview",
        "dialogue_overview",
    ):
        asked_for = await ask(chief, name, half_year=coming, status=AskedStatus.NONE)
        assert "Perioden begynder 1. august 2026, så der kan ikke mangle noget endnu." in words(asked_for), name
        assert "Vis kilder" not in buttons(asked_for), name
        everything = words(await ask(chief, name, half_year=coming))
        assert not [each for each in ("Uden ", "Ikke hørt", "0 af ") if each in everything], name


async def test_i25_the_lines_of_a_1_1_in_short_open_for_both_of_the_pair(seeded: Database) -> None:
    from dialogs.one_on_one_recap import lines_of

    people = [someone for someone, held in await everybody(seeded) if held]

    def work(uow: UnitOfWork) -> int:
        number = 0
        for someone in people:
            turn = Turn.of(uow.session.get_one(Person, someone.id), uow, NOW, MUNICIPALITY)
            for line in lines_of(turn)[:3]:
                number += opened(turn, "one_on_one_recap", line.bounds, set())
        return number

    assert await seeded.write(work) > 5


def test_i25_a_line_that_counts_many_shows_the_numbers_of_what_it_counts_in_runs() -> None:
    def of(*ids: int, counts: bool = False) -> Line:
        sources = [
            SourceRef(kind=SourceKind.DIALOGUE, id=UUID(int=each), institution_id=UUID(int=1), at=NOW) for each in ids
        ]
        return Line(section=Section.DIALOGUES, is_count=counts, sources=tuple(sources))

    single = [of(each) for each in range(1, 12)]
    for ids, shown in (
        ((3,), "[3]"),
        ((1, 2), "[1–2]"),
        ((7, 1, 2, 3), "[1–3][7]"),
        ((1, 3, 5, 7, 9, 11), "[1][3][5][7][…]"),
    ):
        counted = of(*ids, counts=True)
        assert Numbered([counted, *single]).of(counted).strip() == shown


def test_a_line_that_is_made_anew_has_the_numbers_of_its_own_sources() -> None:
    def of(number: int) -> Line:
        ref = SourceRef(kind=SourceKind.DIALOGUE, id=UUID(int=number), institution_id=UUID(int=1), at=NOW)
        return Line(section=Section.DIALOGUES, sources=(ref,))

    numbered = Numbered([of(each) for each in range(1, 100)])
    for each in range(1, 100):
        # Each is gone before the next one comes, which may then lie where it lay.
        assert numbered.of(of(each)).strip() == f"[{each}]"
