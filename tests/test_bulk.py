"""Many rows at once: kept as the mapper would keep them, in order, or not at all, on both databases."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from domain.cycle import Cycle
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import AgeRange, Area, Institution, InstitutionType
from domain.period import HalfYear
from storage.bulk import CHUNK, insert_all
from storage.cycle import cycle
from storage.database import Database
from storage.dialogue import dialogue
from storage.organisation import area, institution
from storage.unit_of_work import UnitOfWork

pytestmark = pytest.mark.about_the_database

MORNING = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)


def row(entity: object, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(entity, name) for name in names)


async def test_each_value_is_read_as_it_was_given(database: Database) -> None:
    place = Area(name='Nord, \\N og "citat"\tmed tab\nog linje', aliases=("Øst;vest", "\\.", ""))
    period = Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2026, 1))
    where = Institution(
        name="Æblehaven", type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=place.id, aliases=()
    )
    meeting = Dialogue(
        institution_id=where.id, cycle_id=period.id, half_year=HalfYear(2026, 1), starts_at=MORNING,
        announced_at=MORNING, place="", state=DialogueState.PLANNED,
    )  # fmt: skip
    meeting.version = 1

    def write(uow: UnitOfWork) -> None:
        for table, entity in ((area, place), (cycle, period), (institution, where), (dialogue, meeting)):
            insert_all(uow, table, [row(entity, table.c.keys())])

    await database.write(write)

    def check(uow: UnitOfWork) -> None:
        for table, entity in ((area, place), (cycle, period), (institution, where), (dialogue, meeting)):
            kept = uow.session.get(type(entity), entity.id)
            assert kept is not None
            assert row(kept, table.c.keys()) == row(entity, table.c.keys())

    await database.read(check)


async def test_more_than_one_statement_takes_are_all_kept(database: Database) -> None:
    many = 2 * CHUNK + 1
    await database.write(
        lambda uow: insert_all(uow, area, (row(Area(name=f"{n}"), area.c.keys()) for n in range(many)))
    )
    counted = await database.read(lambda uow: uow.session.scalar(select(func.count()).select_from(area)))
    assert counted == many


async def test_one_that_is_refused_leaves_none_of_them(database: Database) -> None:
    same = Area(name="Nord")

    def write(uow: UnitOfWork) -> None:
        insert_all(uow, area, (row(each, area.c.keys()) for each in (Area(name="Syd"), same, same)))

    with pytest.raises(IntegrityError):
        await database.write(write)
    assert await database.read(lambda uow: uow.session.scalar(select(func.count()).select_from(area))) == 0
    await database.write(lambda uow: insert_all(uow, area, []))
