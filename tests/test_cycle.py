"""Rounds, themes, cycles and the numbering of dialogues: the beat of the two years."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from domain.cycle import Cycle, PoliticalRound, Theme, rounds_out_of_turn
from domain.dialogue import Dialogue, DialogueState, numbering_faults
from domain.identity import new_id
from domain.organisation import AgeRange
from domain.period import HalfYear
from storage.cycle import themes_for
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.town import Town

YOUNG, OLD = AgeRange.YOUNGER, AgeRange.OLDER
half_years = st.builds(HalfYear, st.integers(2000, 2100), st.sampled_from([1, 2]))


def test_i1_two_successive_rounds_have_different_age_ranges() -> None:
    turns = [PoliticalRound(year=2024, age_range=YOUNG), PoliticalRound(year=2025, age_range=OLD)]
    assert rounds_out_of_turn(turns) == []
    wrong = PoliticalRound(year=2026, age_range=OLD)
    assert rounds_out_of_turn([wrong, *turns]) == [wrong]


def test_a_theme_is_valid_in_whole_half_years_with_both_ends_in_it() -> None:
    theme = Theme(
        round_id=new_id(),
        title="t",
        title_en="t",
        age_range=OLD,
        valid_from=HalfYear(2026, 1),
        valid_to=HalfYear(2027, 2),
    )
    assert theme.is_valid(HalfYear(2026, 1))
    assert theme.is_valid(HalfYear(2027, 2))
    assert not theme.is_valid(HalfYear(2025, 2))
    assert not theme.is_valid(HalfYear(2028, 1))


async def test_i2_themes_of_the_other_age_range_are_not_offered(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    found = await database.read(
        lambda uow: [
            [theme.title for theme in themes_for(uow, age_range, HalfYear(2026, 1))] for age_range in (OLD, YOUNG)
        ]
    )
    assert found == [["Overgange og deltagelse"], []]


@given(half_years)
def test_i3_a_cycle_has_exactly_four_successive_half_years(first: HalfYear) -> None:
    cycle = Cycle(age_range=YOUNG, first_half_year=first)
    assert len(cycle.half_years) == 4
    assert all(later == earlier.next for earlier, later in zip(cycle.half_years, cycle.half_years[1:], strict=False))
    assert cycle.last_half_year == cycle.half_years[-1]
    assert [half_year in cycle for half_year in (first.previous, *cycle.half_years, first.plus(4))] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


@given(half_years, st.integers(-6, 6))
def test_i3_cycles_of_the_same_age_range_overlap_only_within_four_half_years(first: HalfYear, apart: int) -> None:
    one, other = Cycle(age_range=OLD, first_half_year=first), Cycle(age_range=OLD, first_half_year=first.plus(apart))
    assert one.overlaps(other) == other.overlaps(one) == (abs(apart) < 4)
    assert not one.overlaps(Cycle(age_range=YOUNG, first_half_year=first))


@given(half_years, st.integers(-10, 10))
def test_half_years_count_forwards_and_back(first: HalfYear, steps: int) -> None:
    assert first.plus(steps).plus(-steps) == first
    assert HalfYear.parse(first.code) == first
    assert first.ends_on + timedelta(days=1) == first.next.starts_on
    assert HalfYear.of(first.starts_on) == HalfYear.of(first.ends_on) == first


@pytest.mark.parametrize("code", ["", "2026", "2026H3", "H1", "2026-1", "forår 2026", "99999H1"])
def test_what_is_no_half_year_is_not_taken_for_one(code: str) -> None:
    with pytest.raises(ValueError, match="no half-year"):
        HalfYear.parse(code)


def dialogue(number: int | None, half_year: HalfYear, **more: object) -> Dialogue:
    starts_at = datetime(half_year.year, 4 if half_year.term == 1 else 10, 1, 8, 0, tzinfo=UTC)
    return Dialogue(
        institution_id=INSTITUTION,
        cycle_id=CYCLE.id,
        half_year=half_year,
        starts_at=starts_at,
        number=number,
        **more,  # type: ignore[arg-type]
    )


INSTITUTION = new_id()
CYCLE = Cycle(age_range=OLD, first_half_year=HalfYear(2025, 2))


async def test_i2_no_code_makes_a_theme_of_another_age_range_than_its_rounds(database: Database) -> None:
    """I2: "A Theme has exactly one age range, equal to its round's"."""
    town = Town()
    await database.write(town.build)
    more = {"title": "Leg", "title_en": "Play", "valid_from": HalfYear(2025, 2), "valid_to": HalfYear(2027, 1)}
    of_others = Theme(round_id=town.round.id, age_range=YOUNG, **more)
    with pytest.raises(ValueError, match="age range of its round"):
        await database.write(lambda uow: uow.add(of_others))

    def move(uow: UnitOfWork) -> None:
        uow.session.get_one(Theme, town.theme.id).age_range = YOUNG

    with pytest.raises(ValueError, match="age range of its round"):
        await database.write(move)


def test_i4_four_numbered_dialogues_in_time_order_and_any_number_of_extra_ones() -> None:
    four = [dialogue(number, half_year) for number, half_year in enumerate(CYCLE.half_years, start=1)]
    extra = dialogue(None, HalfYear(2026, 1))
    assert numbering_faults(CYCLE, [*four, extra]) == []


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ([(1, HalfYear(2025, 2)), (2, HalfYear(2025, 2))], "half_year_twice"),
        ([(2, HalfYear(2025, 2)), (1, HalfYear(2026, 1))], "out_of_order"),
        ([(1, HalfYear(2025, 2)), (1, HalfYear(2026, 1))], "number_twice"),
        ([(1, HalfYear(2024, 1))], "outside_cycle"),
        ([(5, HalfYear(2025, 2))], "number_out_of_range"),
    ],
)
def test_i4_what_breaks_the_numbering_is_named(numbers: list[tuple[int, HalfYear]], fault: str) -> None:
    found = numbering_faults(CYCLE, [dialogue(number, half_year) for number, half_year in numbers])
    assert [code for _, code in found] == [fault]


async def test_i4_the_database_itself_refuses_a_second_dialogue_with_the_same_number(database: Database) -> None:
    town = Town()
    await database.write(town.build)

    def twice(uow: UnitOfWork) -> None:
        again = Dialogue(
            institution_id=town.school.id,
            cycle_id=town.cycle.id,
            half_year=HalfYear(2026, 2),
            starts_at=datetime(2026, 10, 1, 8, 0, tzinfo=UTC),
            number=2,
        )
        uow.add(again)
        uow.session.flush()

    with pytest.raises(IntegrityError):
        await database.write(twice)


async def test_i4_a_cancelled_dialogue_gives_its_number_back(database: Database) -> None:
    town = Town()
    await database.write(town.build)

    def replace(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).state = DialogueState.CANCELLED
        uow.session.flush()
        uow.add(
            Dialogue(
                institution_id=town.school.id,
                cycle_id=town.cycle.id,
                half_year=HalfYear(2026, 1),
                starts_at=datetime(2026, 5, 1, 8, 0, tzinfo=UTC),
                number=2,
            )
        )

    await database.write(replace)
