"""What is due is derived from what is true, by any number of planners, and exists once."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, select, text

from domain.dialogue import Dialogue
from domain.period import HalfYear, local_moment
from domain.preparation import reminders
from domain.prompt import Prompt, PromptState
from scheduler.planner import Rounds, plan
from storage import hold
from storage.database import Database, Unavailable
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from tests.soak.stage import opened
from tests.town import COPENHAGEN, MUNICIPALITY, NOW, STARTS, Someone, Town

pytestmark = pytest.mark.about_the_database

FIRST = STARTS - timedelta(days=21)
TOLKNING = "Flere elever siger noget i timerne, når de først har talt sammen to og to."


@pytest_asyncio.fixture
async def town(database: Database) -> Town:
    made = Town()
    await database.write(made.build)
    return made


async def prompts(database: Database, about: str = "preparation:") -> list[Prompt]:
    """The prompts of the flow in order of time; those of several leaders count as they are."""
    found = select(Prompt).order_by(Prompt.due_at, Prompt.occasion)  # type: ignore[arg-type]
    every = await database.read(lambda uow: uow.session.scalars(found).all())
    return [each for each in every if each.occasion.startswith(about)]


async def planned(database: Database, now: datetime) -> list[Prompt]:
    await plan(database, now, MUNICIPALITY)
    return await prompts(database)


async def test_a_reminder_is_planned_within_a_day_of_its_time_and_once(database: Database, town: Town) -> None:
    assert await planned(database, FIRST - timedelta(days=2)) == []
    (first,) = await planned(database, FIRST - timedelta(hours=1))
    assert (first.due_at, first.person_id, first.view) == (FIRST, town.leader.id, "preparation")
    assert len(await planned(database, FIRST - timedelta(minutes=59))) == 1


async def test_three_planners_at_once_make_one_row_each_time(database: Database, database_url: str, town: Town) -> None:
    planners = [database]
    if database_url.startswith("postgresql"):
        planners += [Database(database_url), Database(database_url)]
    for each in planners[1:]:
        await each.start()
    for days in (21, 7, 2, 1, 0):
        now = STARTS - timedelta(days=days, hours=1)
        await asyncio.gather(*(plan(each, now, MUNICIPALITY) for each in planners * (3 // len(planners))))
    keys = [each.occasion for each in await prompts(database, "")]
    assert len(keys) == len(set(keys))
    assert len([key for key in keys if key.endswith(f":{town.leader.id}")]) >= 4
    for each in planners[1:]:
        await each.close()


async def test_a_dialogue_that_is_moved_cancels_what_was_planned_and_plans_anew(database: Database, town: Town) -> None:
    (old,) = await planned(database, FIRST - timedelta(hours=1))

    def move(uow: UnitOfWork) -> None:
        later = STARTS + timedelta(days=7)
        uow.session.get_one(Dialogue, town.dialogue.id).move(
            later, "", now=NOW, zone_day=later.date(), cycle=town.cycle
        )

    await database.write(move)
    (cancelled,) = await planned(database, FIRST - timedelta(minutes=50))
    assert (cancelled.id, cancelled.state) == (old.id, PromptState.CANCELLED)
    _, new = await planned(database, FIRST + timedelta(days=6, hours=12))
    assert (new.state, new.due_at) == (PromptState.PENDING, FIRST + timedelta(days=7))


async def test_what_was_not_said_before_its_moment_is_never_said_late(database: Database, town: Town) -> None:
    await planned(database, FIRST - timedelta(hours=1))
    first, *_ = await planned(database, FIRST + timedelta(days=14, hours=1))
    assert first.state is PromptState.EXPIRED


async def test_a_prepared_dialogue_is_not_reminded_of_and_is_again_when_it_is_reopened(
    database: Database, town: Town
) -> None:
    soon = STARTS - timedelta(days=7) + timedelta(hours=1)
    (waiting,) = await planned(database, soon)
    mette = Someone(database, town.leader, now=soon)
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", sources="observation", interpretation=TOLKNING)
    card = await mette.presses(card, "Næste", children="Lettere i små grupper.", parents="Det samme.")
    receipt = await mette.presses(card, "Klar til samtalen")
    (cancelled,) = await planned(database, soon + timedelta(minutes=5))
    assert (cancelled.id, cancelled.state) == (waiting.id, PromptState.CANCELLED)
    await mette.presses(receipt, "Ret")
    (again,) = await planned(database, soon + timedelta(minutes=10))
    assert (again.id, again.state) == (waiting.id, PromptState.PENDING)


@pytest.mark.parametrize("year", range(2026, 2037))
@pytest.mark.parametrize("month", [3, 10])
def test_a_reminder_comes_at_the_same_local_time_across_the_clock_changes(year: int, month: int) -> None:
    sunday = max(day for day in (date(year, month, n) for n in range(25, 32)) if day.weekday() == 6)
    for days in range(1, 8):
        starts_at = local_moment(sunday + timedelta(days=days), time(9), COPENHAGEN)
        due = [each.due_at.astimezone(COPENHAGEN) for each in reminders(starts_at, COPENHAGEN)]
        assert [each.time() for each in due[:3]] == [time(9)] * 3
        assert [(starts_at.astimezone(COPENHAGEN).date() - each.date()).days for each in due[:3]] == [21, 7, 2]
        assert due[3].astimezone(UTC) == starts_at - timedelta(hours=2)


async def test_a_dialogue_after_a_change_of_clocks_is_reminded_of_once_at_each_time(
    database: Database, town: Town
) -> None:
    starts_at = local_moment(date(2026, 3, 30), time(9), COPENHAGEN)

    def move(uow: UnitOfWork) -> None:
        found = uow.session.get_one(Dialogue, town.dialogue.id)
        found.starts_at, found.half_year = starts_at, HalfYear(2026, 1)

    await database.write(move)
    now = starts_at - timedelta(days=22)
    while now < starts_at:
        await plan(database, now, MUNICIPALITY)
        now += timedelta(hours=7)
    mine = [each for each in await prompts(database) if each.person_id == town.leader.id]
    assert [each.occasion.split(":")[2] for each in mine] == ["21_days", "7_days", "2_days", "2_hours"]
    assert [each.due_at.astimezone(COPENHAGEN).hour for each in mine] == [9, 9, 9, 7]


async def test_a_clock_that_fails_keeps_no_other_from_planning_and_is_told(empty_url: str) -> None:
    """What cannot be read in one corner is no reason for nobody to be reminded of anything."""
    rounds = Rounds()
    async with broken_town(empty_url) as (database, breaks):
        await breaks("rhythm", "elsewhere")
        await plan(database, FIRST - timedelta(hours=1), MUNICIPALITY, rounds)
        (first,) = await prompts(database)
        assert (first.due_at, first.state) == (FIRST, PromptState.PENDING)
        assert list(rounds.failing) == ["rhythm"]
        stands = await database.read(hold.standing)
        assert stands.failing == ("rhythm",)
        assert stands.planned_at

        await breaks("elsewhere", "rhythm")
        await plan(database, FIRST - timedelta(minutes=59), MUNICIPALITY, rounds)
        assert (rounds.failing, rounds.failed) == ({}, {"rhythm": 1})
        assert (await database.read(hold.standing)).failing == ()

        # What it planned before stays, whatever nobody can tell of it now.
        await breaks("preparation", "elsewhere")
        await plan(database, FIRST - timedelta(minutes=50), MUNICIPALITY, rounds)
        assert "preparation" in rounds.failing
        (first,) = await prompts(database)
        assert (first.due_at, first.state) == (FIRST, PromptState.PENDING)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_another_has_locked_keeps_only_the_clocks_that_need_it_from_planning(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules["storage.postgresql"].SETTINGS, "lock_timeout", "50ms")
    rounds, engine = Rounds(), create_engine(database_url)
    async with opened(database_url) as database:
        await database.write(Town().build)
        with engine.connect() as another:
            another.exec_driver_sql("LOCK TABLE rhythm IN ACCESS EXCLUSIVE MODE")
            await plan(database, FIRST - timedelta(hours=1), MUNICIPALITY, rounds)
        (first,) = await prompts(database)
        assert (first.due_at, first.state) == (FIRST, PromptState.PENDING)
        assert rounds.failing == {"rhythm": "GivenUp"}
        await plan(database, FIRST - timedelta(minutes=59), MUNICIPALITY, rounds)
        assert rounds.failing == {}

        with engine.connect() as another:
            another.exec_driver_sql("LOCK TABLE prompt IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(Unavailable):
                await plan(database, FIRST - timedelta(minutes=58), MUNICIPALITY, rounds)
    engine.dispose()


@asynccontextmanager
async def broken_town(url: str) -> AsyncIterator[tuple[Database, Callable[[str, str], Awaitable[None]]]]:
    """A town in a database of its own, and what takes a table away from it by calling it otherwise."""
    migrate(url)
    async with opened(url) as database:
        await database.write(Town().build)

        async def call(table: str, otherwise: str) -> None:
            statement = text(f"ALTER TABLE {table} RENAME TO {otherwise}")
            await database.write(lambda uow: uow.session.execute(statement))

        yield database, call
