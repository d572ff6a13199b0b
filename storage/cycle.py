"""Political rounds, themes and the two-year cycles they start."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Date, ForeignKey, Integer, Select, String, Table, Text, event, select

from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.errors import NotAllowed
from domain.organisation import AgeRange, a_to_aa
from domain.period import HalfYear
from storage.among import among
from storage.asked import each_by
from storage.shaped import shaped
from storage.types import HalfYearType, Names, Utc, enum_type, four_aims, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

political_round = Table(
    "political_round",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, unique=True),
    Column("age_range", enum_type(AgeRange), nullable=False),
    Column("state", enum_type(RoundState), nullable=False),
    Column("discussed_on", Date),
    Column("networks_at", Utc),
)
theme = Table(
    "theme",
    metadata,
    identity(),
    Column("round_id", ForeignKey("political_round.id"), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("title_en", String(200), nullable=False),
    Column("age_range", enum_type(AgeRange), nullable=False),
    Column("valid_from", HalfYearType, nullable=False),
    Column("valid_to", HalfYearType, nullable=False),
    Column("description", Text, nullable=False),
    Column("aliases", Names, nullable=False),
    Column("decision_url", String(500)),
    Column("aims", four_aims(), nullable=False),
)
cycle = Table(
    "cycle",
    metadata,
    identity(),
    Column("age_range", enum_type(AgeRange), nullable=False),
    Column("first_half_year", HalfYearType, nullable=False),
)

registry.map_imperatively(PoliticalRound, political_round)
registry.map_imperatively(Theme, theme)
registry.map_imperatively(Cycle, cycle)


@event.listens_for(Theme, "before_insert")
@event.listens_for(Theme, "before_update")
def _is_of_the_age_range_of_its_round(mapper: Any, connection: Connection, about: Theme) -> None:
    """I2: "A Theme has exactly one age range, equal to its round's", whatever code makes or changes one."""
    of = connection.scalar(select(political_round.c.age_range).where(political_round.c.id == about.round_id))
    if of is not about.age_range:
        raise ValueError("a theme is of the age range of its round")


def themes_for(uow: UnitOfWork, age_range: AgeRange, half_year: HalfYear) -> Sequence[Theme]:
    """The themes of an age range that were sent out and are valid in a half-year, A to Å (I10)."""
    return uow.session.scalars(
        select(Theme)
        .join(political_round, political_round.c.id == theme.c.round_id)
        .where(
            political_round.c.state.in_([RoundState.SENT, RoundState.CLOSED]),
            theme.c.age_range == age_range,
            theme.c.valid_from <= half_year,
            theme.c.valid_to >= half_year,
        )
        .order_by(theme.c.title)
    ).all()


def themes_in(uow: UnitOfWork, about: Cycle) -> Sequence[Theme]:
    """The themes that were sent out for a cycle, A to Å."""
    found = uow.session.scalars(
        select(Theme)
        .join(political_round, political_round.c.id == theme.c.round_id)
        .where(
            political_round.c.state.in_([RoundState.SENT, RoundState.CLOSED]),
            theme.c.age_range == about.age_range,
            theme.c.valid_from <= about.last_half_year,
            theme.c.valid_to >= about.first_half_year,
        )
    )
    return sorted(found, key=lambda each: a_to_aa(each.title))


def themes_valid_in(
    uow: UnitOfWork, age_ranges: Collection[AgeRange], first: HalfYear, last: HalfYear
) -> Sequence[Theme]:
    """The themes of these age ranges that were sent out and are valid in any of the half-years, A to Å."""
    found = each_by(uow, _valid_in(first, last, age_ranges=tuple(sorted(age_ranges))), Theme)
    return sorted(found, key=lambda each: a_to_aa(each.title))


@shaped
def _valid_in(first: HalfYear, last: HalfYear, *, age_ranges: Collection[AgeRange]) -> Select[Any]:
    return (
        select(theme)
        .join(political_round, political_round.c.id == theme.c.round_id)
        .where(
            political_round.c.state.in_([RoundState.SENT, RoundState.CLOSED]),
            theme.c.age_range.in_(list(age_ranges)),
            theme.c.valid_from <= last,
            theme.c.valid_to >= first,
        )
    )


def themes_sent_out(uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Theme]:
    """Those of the themes that were sent out, of whatever age range and half-year (I10)."""
    return uow.session.scalars(
        select(Theme)
        .join(political_round, political_round.c.id == theme.c.round_id)
        .where(theme.c.id.in_(ids), political_round.c.state.in_([RoundState.SENT, RoundState.CLOSED]))
    ).all()


def themes_with_ids(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, Theme]:
    if not ids:
        return {}
    return {each.id: each for each in each_by(uow, _with_ids(ids), Theme)}


@shaped
def _with_ids(ids: Collection[UUID]) -> Select[Any]:
    return select(theme).where(among(theme.c.id, ids))


def theme_called_alike(uow: UnitOfWork, theme_id: UUID, first: HalfYear, last: HalfYear) -> UUID:
    """Of the themes with the title of this one, whichever is valid in the half-years: a round may take it up again.

    Where none is, the one that was valid last before them, or else the first one after.
    """
    title = select(theme.c.title).where(theme.c.id == theme_id).scalar_subquery()
    rows = uow.session.execute(
        select(theme.c.id, theme.c.age_range, theme.c.valid_from, theme.c.valid_to).where(theme.c.title == title)
    ).all()
    age_range = next((each.age_range for each in rows if each.id == theme_id), None)
    alike = sorted((each for each in rows if each.age_range is age_range), key=lambda each: each.valid_from)
    begun = [each for each in alike if each.valid_from <= last]
    valid = [each for each in begun if each.valid_to >= first]
    return next((each.id for each in (*reversed(valid), *reversed(begun), *alike)), theme_id)


def cycle_in(uow: UnitOfWork, age_range: AgeRange, half_year: HalfYear) -> Cycle | None:
    """The cycle of the age range that the half-year lies in."""
    last_start = uow.session.scalar(
        select(Cycle)
        .where(cycle.c.age_range == age_range, cycle.c.first_half_year <= half_year)
        .order_by(cycle.c.first_half_year.desc())
        .limit(1)
    )
    return last_start if last_start and half_year in last_start else None


def cycle_with_id(uow: UnitOfWork, cycle_id: UUID) -> Cycle:
    """The cycle; `NotAllowed` when there is none."""
    found = uow.session.get(Cycle, cycle_id)
    if found is None:
        raise NotAllowed
    return found


def cycle_before(uow: UnitOfWork, later: Cycle) -> Cycle | None:
    """The cycle of the same age range that went before."""
    return uow.session.scalar(
        select(Cycle)
        .where(cycle.c.age_range == later.age_range, cycle.c.first_half_year < later.first_half_year)
        .order_by(cycle.c.first_half_year.desc())
        .limit(1)
    )
