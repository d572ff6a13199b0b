"""Figure 7: several planners at once, and the clock changes of ten years.

"Three planners at once, five times: rows equal distinct keys; each dialogue prompts once over the clock changes 2026 to
2036, at the same local time."
"""

import asyncio
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from domain.dialogue import Dialogue
from domain.period import HalfYear, local_moment
from domain.prompt import Prompt
from scheduler.planner import plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.channel.connector import Connector
from tests.postgres import Postgres
from tests.soak.stage import BOTH, databases, opened
from tests.soak.tally import Tally, compared
from tests.town import COPENHAGEN, MUNICIPALITY, STARTS, Town

DAYS = {"21_days": 21, "7_days": 7, "2_days": 2}


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    years = range(2026, 2037) if long else range(2026, 2027)
    told = []
    for dialect in BOTH if long else BOTH[1:]:
        told.append(await _at_once(dialect, postgres))
        told.append(await _across_changes(dialect, years, postgres))
    return told


async def _at_once(dialect: str, postgres: Postgres | None) -> Tally:
    """On SQLite the three are of one process, which is all there may be."""
    with databases(dialect, postgres) as url:
        async with opened(url) as first:
            await first.write(Town().build)
            others = [first, first]
            if dialect == "postgresql":
                others = [Database(url), Database(url)]
                for each in others:
                    await each.start()
            for days in (21, 7, 2, 1, 0):
                now = STARTS - timedelta(days=days, hours=1)
                await asyncio.gather(*(plan(each, now, MUNICIPALITY) for each in (first, *others)))
            keys = await first.read(lambda uow: list(uow.session.scalars(select(Prompt.occasion))))  # type: ignore[call-overload]
            if dialect == "postgresql":
                for each in others:
                    await each.close()
    told = compared(f"three planners at once on {dialect}", [], Connector())
    told.planned, told.more = len(keys), {"distinct keys": len(set(keys))}
    assert len(keys) == len(set(keys)) > 0, told
    return told


async def _across_changes(dialect: str, years: range, postgres: Postgres | None) -> Tally:
    found = told_at = 0
    with databases(dialect, postgres) as url:
        async with opened(url) as database:
            town = Town()
            await database.write(town.build)
            for year in years:
                for month in (3, 10):
                    starts_at = local_moment(_last_sunday(year, month) + timedelta(days=2), time(9), COPENHAGEN)
                    prompts = await _planned(database, town, starts_at)
                    found += len(prompts)
                    told_at += _at_the_same_local_time(prompts, starts_at)
    told = compared(f"clock changes {min(years)} to {max(years)} on {dialect}", [], Connector())
    told.planned, told.more = found, {"at the same local time": told_at}
    assert found == told_at == 2 * len(years) * len(DAYS), told
    return told


async def _planned(database: Database, town: Town, starts_at: datetime) -> list[Prompt]:
    """What an hourly planner has planned of the reminders of one dialogue, once it begins."""

    def move(uow: UnitOfWork) -> None:
        found = uow.session.get_one(Dialogue, town.dialogue.id)
        found.starts_at, found.half_year = starts_at, HalfYear.of(starts_at.date())
        found.revision += 1

    await database.write(move)
    for days in DAYS.values():
        now = starts_at - timedelta(days=days + 1, hours=3)
        while now < starts_at - timedelta(days=days - 1):
            await plan(database, now, MUNICIPALITY)
            now += timedelta(hours=5)
    mine = select(Prompt).where(Prompt.person_id == town.leader.id)  # type: ignore[arg-type]
    prompts = await database.read(lambda uow: list(uow.session.scalars(mine)))
    return [
        each
        for each in prompts
        if each.occasion.startswith(f"preparation:{town.dialogue.id}:")
        and each.occasion.split(":")[2] in DAYS
        and timedelta(0) < starts_at - each.due_at < timedelta(days=22)
    ]


def _at_the_same_local_time(prompts: list[Prompt], starts_at: datetime) -> int:
    begins = starts_at.astimezone(COPENHAGEN)
    due = {each.occasion.split(":")[2]: each.due_at.astimezone(COPENHAGEN) for each in prompts}
    return sum(
        at.time() == begins.time() and (begins.date() - at.date()).days == DAYS[step] for step, at in due.items()
    )


def _last_sunday(year: int, month: int) -> date:
    return max(day for day in (date(year, month, n) for n in range(25, 32)) if day.weekday() == 6)
