"""What is known across institutions is shown in numbers from several, side by side with words, and without names."""

import itertools
from datetime import date, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.cycle import Cycle, PoliticalRound
from domain.dialogue import DialogueState
from domain.evidence import Average, Breakdown, Tally, part_of
from domain.focus_area import Closing, FocusArea, FocusAreaState
from domain.municipality import Municipality
from domain.organisation import AgeRange, Institution
from domain.period import HalfYear
from domain.perspective import Group, Response
from domain.status import Status
from storage.database import Database
from storage.focus_area import focus_area
from storage.unit_of_work import UnitOfWork
from tests.across import NAMES, Across, across, nis  # noqa: F401
from tests.record import change
from tests.town import MUNICIPALITY, NOW, Someone, button, buttons, words

MANY = st.lists(st.integers(0, 9), min_size=1, max_size=4)


@pytest_asyncio.fixture
async def busy(nis: Someone, database: Database, across: Across) -> Someone:  # noqa: F811
    """The administration, when the eight day-cares have worked on *Leg* for a while, and two of them on *Sprog*."""

    def work(uow: UnitOfWork) -> None:
        areas = [across.works(uow, number, across.leg, Status.JUST_BEGUN, Status.UNDER_WAY) for number in range(4)]
        areas += [across.works(uow, number, across.leg, Status.GOING_WELL) for number in (4, 5, 6)]
        areas.append(across.works(uow, 7, across.leg))
        for number in (0, 1):
            across.works(uow, number, across.sprog, Status.UNDER_WAY)
        for number in range(5):
            across.tells(uow, number, Group.CHILDREN, response=Response.FOLLOWED, about=areas[number])
        for number in range(2):
            across.tells(uow, number, Group.PARENTS, response=Response.PARTLY)
        across.tells(uow, 0, Group.CHILDREN, half_year=HalfYear(2024, 1))
        for number in range(6):
            across.holds(uow, number)
        across.measures(uow, "Børn med en legekammerat", [80, 82, 84, 86], theme=across.leg)
        across.measures(uow, "Børn i små grupper", [50, 60], theme=across.leg)
        # Each of them is hidden, though together they are of twelve: their mean would tell their sum.
        across.measures(uow, "Sprogindsats", [1, 1, 2], n=4, theme=across.leg)
        across.measures(uow, "Sygefravær", [5, 6, 7], n=None)

    await database.write(work)
    return nis


def seen_from(counts: list[int], fewest: int) -> tuple[object, ...]:
    shown = Breakdown.of(dict(enumerate(counts)), fewest)
    return shown.total, tuple(shown.cells.values()), shown.is_vague


@given(MANY, st.integers(3, 5))
@settings(max_examples=60, deadline=None)
def test_i29_a_hidden_number_cannot_be_computed_even_by_one_who_knows_the_rule(counts: list[int], fewest: int) -> None:
    """Every table that would look the same is made, and a hidden number is another in at least one of them."""
    seen = seen_from(counts, fewest)
    total = sum(counts)
    bound = total if seen[0] is not None else fewest - 1
    same = [
        table
        for table in itertools.product(range(bound + 1), repeat=len(counts))
        if (sum(table) == total if seen[0] is not None else sum(table) < fewest)
        and seen_from(list(table), fewest) == seen
    ]
    for place, number in enumerate(counts):
        if number < fewest:
            assert seen[1][place] is None  # type: ignore[index]
            assert number == 0 or len({table[place] for table in same}) > 1


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8), st.integers(3, 20))
def test_i29_no_number_of_fewer_is_shown_nor_is_the_rest_of_a_total(counts: list[int], fewest: int) -> None:
    shown = Breakdown.of(dict(enumerate(counts)), fewest)
    visible = [number for number in shown.cells.values() if number is not None]
    assert all(number >= fewest for number in visible)
    if shown.total is None:
        assert visible == []
        assert sum(counts) < fewest
    else:
        rest = shown.total - sum(visible)
        assert rest == 0 or rest >= fewest


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 4, 3], [5, 4, 3]),
        ([9, 6, 1], [9, None, None]),
        ([9, 1, 2], [9, None, None]),
        ([9, 2, 2], [None, None, None]),
        ([9, 4, 0], [9, 4, None]),
        ([2, 0, 0], [None, None, None]),
        ([4, 4, 1], [None, None, None]),
        ([0, 0, 0], [None, None, None]),
    ],
)
def test_the_next_smallest_is_hidden_where_a_total_would_tell(counts: list[int], expected: list[int | None]) -> None:
    assert list(Breakdown.of(dict(enumerate(counts)), 3).cells.values()) == expected


def test_few_institutions_and_few_people_are_hidden_alone_too() -> None:
    assert Tally(40, 2).shown(3) is None
    assert Tally(3, 3).shown(3) == Tally(3, 3)
    few = Average.of("Fravær", "%", 6.0, institutions=4, people=4, fewest=3)
    assert (few.value, few.institutions, few.has_few_people) == (None, None, True)
    assert Average.of("Fravær", "%", 6.0, institutions=2, people=400, fewest=3).value is None
    assert Average.of("Fravær", "%", 6.0, institutions=3, people=None, fewest=3).value == 6.0


@pytest.mark.parametrize(
    ("whole", "part", "shown"),
    [(9, 5, 5), (9, 9, 9), (9, 6, 6), (9, 7, None), (9, 8, None), (2, 2, None), (5, 3, None), (0, 0, None)],
)
def test_i29_a_part_is_hidden_where_the_rest_of_its_whole_would_be_told(
    whole: int, part: int, shown: int | None
) -> None:
    assert part_of(whole, part, 3) == shown


async def test_r24_the_evidence_base_of_an_age_range_is_counted_across_its_institutions(busy: Someone) -> None:
    card = await busy.says("videnbase 0-6")
    for line in (
        "0–6 år · efterår 2024 – forår 2026",
        "9",
        "8 tilbud med et fokusområde tæt på temaet",
        "færre end 3 tilbud med et fokusområde tæt på temaet",
        "5 perspektiver i 5 tilbud",
        "5 anbefalinger i 5 tilbud",
        "6 samtaler i 6 tilbud",
        "6\u00a0% · 3 tilbud",
        "Et tal vises, når mindst 3 tilbud står bag det. Det fornys, når mindst 3 tilbud har noget nyt. Det ældste "
        "tal er fra 14. april 2026.",
    ):
        assert line in words(card).splitlines(), line


async def test_r24_figures_and_words_of_a_theme_stand_side_by_side(busy: Someone) -> None:
    card = await busy.presses(await busy.says("videnbase 0-6"), "Leg")
    told = words(card)
    for line in (
        "Leg · 0–6 år · efterår 2024 – forår 2026",
        "Det fortæller tilbuddene",
        "Det fortæller tallene",
        "83\u00a0% · 4 tilbud",
        "færre end 3 tilbud",
        "færre end 5",
        "Gennemsnit af tilbuddene, forår 2026",
    ):
        assert line in told.splitlines(), line
    sides = [each for each in card["body"] if each.get("layouts")]
    assert [len(each["items"]) for each in sides] == [2], "the two have the same rank (R-39)"
    assert "Tal siger ikke noget, før de er tolket." in told


async def test_i29_what_a_total_would_give_away_is_hidden_with_it(busy: Someone) -> None:
    """Four are under way, three going well and one has no word yet: the three are hidden with the one."""
    told = words(await busy.presses(await busy.says("videnbase 0-6"), "Leg")).splitlines()
    assert told[told.index("På vej") + 1] == "4 tilbud"
    assert "Går godt" not in told
    assert told[told.index("De øvrige statusser") + 1] == "vises ikke"
    assert told[-5].endswith("Vises ikke: tal, som et mindre tal kunne regnes ud fra.")


async def test_i29_no_name_of_a_person_or_an_institution_and_no_text_of_theirs_is_on_any_card(
    busy: Someone,
    across: Across,  # noqa: F811
) -> None:
    both = await busy.says("videnbase")
    one = await busy.presses(both, "0–6 år")
    theme = await busy.presses(one, "Leg")
    told = "\n".join(words(each) for each in (both, one, theme))
    people = [each.name for each in across.people()]
    for name in (*NAMES, across.school.name, across.day_care.name, *people, "Fortalt", "Mere tid", "Fokus i"):
        assert name not in told


async def test_i30_nothing_is_listed_by_its_value(busy: Someone) -> None:
    told = words(await busy.presses(await busy.says("videnbase 0-6"), "Leg")).splitlines()
    figures = ["Børn i små grupper", "Børn med en legekammerat", "Sprogindsats"]
    assert [each for each in told if each in figures] == figures, "A to Å, whatever they are"
    whole = words(await busy.says("videnbase 0-6")).splitlines()
    assert whole.index("Leg") < whole.index("Sprog")


async def test_r21_both_age_ranges_stand_side_by_side(busy: Someone) -> None:
    card = await busy.says("videnbase")
    told = words(card)
    assert "0–6 år" in told
    assert "6–18 år" in told
    assert "Overgange og deltagelse" in told
    assert buttons(card) == ["0–6 år", "6–18 år", "Min oversigt"]
    assert "efterår 2025 – forår 2027" in words(await busy.presses(card, "6–18 år"))


async def test_with_few_everything_is_hidden_and_nothing_fails(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in (0, 1):
            area = across.works(uow, number, across.leg, Status.UNDER_WAY)
            across.tells(uow, number, Group.PARENTS, response=Response.OPEN, about=area)
            across.holds(uow, number)
        across.measures(uow, "Børn med en legekammerat", [80, 82], theme=across.leg)

    await database.write(work)
    card = await nis.says("videnbase 0-6")
    told = words(card)
    assert "færre end 3 tilbud" in told
    for number in ("1 tilbud", "2 tilbud", "2 perspektiver", "2 anbefalinger", "2 samtaler", "81"):
        assert number not in told
    theme = words(await nis.presses(card, "Leg"))
    assert "Ingen endnu" in theme
    assert "På vej" not in theme


async def test_a_half_year_without_figures_shows_those_of_the_last_one_that_has_enough(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def work(uow: UnitOfWork) -> None:
        across.measures(uow, "Trivsel", [80, 82, 84], theme=across.leg, half_year=HalfYear(2025, 2))
        across.measures(uow, "Trivsel", [10, 20], theme=across.leg)

    await database.write(work)
    told = words(await nis.presses(await nis.says("videnbase 0-6"), "Leg"))
    assert "Gennemsnit af tilbuddene, efterår 2025" in told
    assert "82\u00a0% · 3 tilbud" in told
    assert "15" not in told


async def test_a_period_without_anything_and_none_at_all(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    told = words(await nis.says("evidence 0-6"))
    assert "færre end 3 tilbud med et fokusområde tæt på temaet" in told
    later = Someone(database, across.administrator, now=NOW + timedelta(days=800))
    assert "Ingen videnbase endnu" in words(await later.says("videnbase"))


async def test_closed_institutions_and_dropped_focus_areas_do_not_count(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def close(uow: UnitOfWork) -> None:
        for number in (5, 6, 7):
            uow.session.get_one(Institution, across.places[number].id).ended_on = date(2026, 3, 1)

    def drop(uow: UnitOfWork) -> None:
        some = [each.id for each in across.places[1:4]]
        for area in uow.session.scalars(select(FocusArea).where(focus_area.c.institution_id.in_(some))):
            area.state, area.closing = FocusAreaState.CLOSED, Closing.DROPPED

    await database.write(close)
    told = words(await busy.says("videnbase 0-6"))
    assert "5 tilbud med et fokusområde tæt på temaet" in told
    assert "8 tilbud" not in told
    await database.write(drop)
    told = words(await busy.says("videnbase 0-6"))
    assert "5 tilbud med et fokusområde" not in told


async def test_an_institution_that_lacks_a_record_cannot_be_worked_out(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in range(7):
            across.holds(uow, number, DialogueState.HELD if number == 6 else DialogueState.CLOSED)

    await database.write(work)
    told = words(await nis.says("videnbase 0-6")).splitlines()
    assert "7 samtaler i 7 tilbud" in told
    assert told[told.index("Alle samtaler er opsamlet") + 1] == "vises ikke"
    assert told[told.index("Endnu ikke alle opsamlet") + 1] == "vises ikke"


async def test_the_threshold_is_the_municipalitys(busy: Someone) -> None:
    busy.municipality = Municipality(facts=MUNICIPALITY.facts, zone=MUNICIPALITY.zone, fewest_institutions=6)
    told = words(await busy.says("videnbase 0-6"))
    assert "færre end 6 tilbud" in told
    assert "5 perspektiver" not in told
    assert "Et tal vises, når mindst 6 tilbud står bag det." in told


async def test_the_period_before_can_be_read(nis: Someone, database: Database) -> None:  # noqa: F811
    def earlier(uow: UnitOfWork) -> None:
        uow.add(Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2022, 2)))

    await database.write(earlier)
    card = await nis.presses(await nis.says("videnbase 0-6"), "Perioden før")
    assert "efterår 2022 – forår 2024" in words(card)
    assert "Der er ikke sendt temaer ud i denne periode." in words(card)


async def test_leaders_chiefs_administration_and_networks_see_the_aggregate_and_observers_nothing(
    busy: Someone,
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await busy.says("videnbase 0-6")
    shown = words(card)
    readers = (across.leader, across.other_leader, across.chief, across.other_chief, across.consultant)
    for someone in (*readers, across.facilitator):
        assert words(await Someone(database, someone).says("videnbase 0-6")) == shown
    for someone in (across.teacher, across.deputy):
        who = Someone(database, someone)
        assert "Det har du ikke adgang til" in words(await who.says("videnbase"))
        assert "Det har du ikke adgang til" in words(await who.presses(card, "Leg"))


async def test_an_unknown_theme_and_one_that_is_not_sent_get_the_same_answer(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await nis.says("videnbase 0-6")
    verb = button(card, "Leg")["verb"]

    async def pressed(theme_id: UUID) -> str:
        card["body"].append({"type": "ActionSet", "actions": [{**button(card, "Leg"), "title": "X"}]})
        card["body"][-1]["actions"][0]["data"] = {"id": str(theme_id)}
        told = words(await nis.presses(card, "X"))
        card["body"].pop()
        return told

    assert verb == "evidence.theme"
    unknown = await pressed(UUID(int=7))
    assert "Det har du ikke adgang til" in unknown

    def unsend(uow: UnitOfWork) -> None:
        uow.session.get_one(PoliticalRound, across.earlier.id).state = type(across.earlier.state)("temaer besluttet")

    await database.write(unsend)
    assert await pressed(across.leg.id) == unknown
    await change(database, PoliticalRound, state=type(across.earlier.state)("afsluttet"))
    assert "Det fortæller tallene" in await pressed(across.leg.id)
