"""Units of work: what is kept, what is undone, and who is told when, on both databases."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import create_engine, event, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from domain.cycle import Cycle
from domain.dialogue import Dialogue
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Person
from domain.period import HalfYear
from storage import postgresql
from storage.compiled import Compiled, written
from storage.database import (
    Database,
    LockedByAnother,
    OnlyReading,
    Overtaken,
    Unavailable,
    Unconfirmed,
    parse_url,
)
from storage.dialogue import dialogue
from storage.errors import GivenUp, would_be_the_same_for_others
from storage.migrating import migrate
from storage.organisation import area, institution
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.postgres import Postgres
from tests.renewed import Renewed

pytestmark = pytest.mark.about_the_database

AREAS = Compiled(select(area).order_by(area.c.name))
MORNING = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def one_writer(database_url: str) -> AsyncIterator[Database]:
    """As `database`, with one thread that writes, so that what is asked for meanwhile waits together."""
    database = Database(database_url, write_threads=1)
    await database.start()
    yield database
    await database.close()


def names(uow: UnitOfWork) -> list[str]:
    return list(uow.session.scalars(select(area.c.name).order_by(area.c.name)))


def adding(*names: str) -> Callable[[UnitOfWork], None]:
    return lambda uow: uow.add(*(Area(name=name) for name in names))


def someone(name: str) -> Person:
    return Person(name=name, email="a@example.dk", aad_object_id="0" * 36)


def a_dialogue(uow: UnitOfWork) -> Dialogue:
    north = Area(name="Nord")
    cycle = Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2026, 1))
    uow.add(north, cycle)
    uow.session.flush()
    where = Institution(name="Solstrålen", type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=north.id)
    uow.add(where)
    uow.session.flush()
    planned = Dialogue(
        institution_id=where.id, cycle_id=cycle.id, half_year=HalfYear(2026, 1), starts_at=MORNING, number=1
    )
    uow.add(planned)
    return planned


async def test_fifty_writers_at_once_are_all_kept(database: Database) -> None:
    await asyncio.gather(*(database.write(adding(f"Område {n:02}")) for n in range(50)))

    assert await database.read(names) == [f"Område {n:02}" for n in range(50)]


async def test_one_that_fails_among_many_undoes_only_its_own(database: Database) -> None:
    def work(uow: UnitOfWork, number: int) -> int:
        uow.add(Area(name=f"Område {number:02}"))
        uow.session.flush()
        if number == 3:
            raise ValueError("three")
        if number == 5:
            uow.add(Area(name="Område 05"))
        return number

    outcomes = await asyncio.gather(
        *(database.write(partial(work, number=n)) for n in range(10)), return_exceptions=True
    )

    assert isinstance(outcomes[3], ValueError)
    assert isinstance(outcomes[5], IntegrityError)
    kept = [n for n in range(10) if n not in (3, 5)]
    assert [each for each in outcomes if isinstance(each, int)] == kept
    assert await database.read(names) == [f"Område {n:02}" for n in kept]


async def together(database: Database, *works: Callable[[UnitOfWork], object]) -> list[object]:
    """What becomes of units of work that wait while the only thread that writes has something else to do."""
    held, go_on = threading.Event(), threading.Event()

    def hold(uow: UnitOfWork) -> None:
        held.set()
        go_on.wait(10)

    first = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(held.wait)
    others = [asyncio.create_task(database.write(each)) for each in works]
    await asyncio.sleep(0)
    go_on.set()
    await first
    return await asyncio.gather(*others, return_exceptions=True)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whoever_waits_for_a_row_holds_up_none_of_those_that_wait_with_them(database_url: str) -> None:
    """They are committed together, and one needs a row that somebody else keeps for long."""
    one, other = Database(database_url, write_threads=1), Database(database_url, write_threads=1)
    await one.start()
    await other.start()
    await one.write(adding("Nord"))
    rename = update(area).where(area.c.name == "Nord").values(name="Syd")
    held, go_on = threading.Event(), threading.Event()

    def keep(uow: UnitOfWork) -> None:
        uow.session.execute(rename)
        held.set()
        go_on.wait(30)

    keeping = asyncio.create_task(other.write(keep))
    await asyncio.to_thread(held.wait)
    before, waits = asyncio.Event(), asyncio.Event()

    async def told(work: Callable[[UnitOfWork], object], when: asyncio.Event) -> None:
        await one.write(work)
        when.set()

    busy, free = threading.Event(), threading.Event()
    first = asyncio.create_task(one.write(lambda uow: (busy.set(), free.wait(30))))
    await asyncio.to_thread(busy.wait)
    others = [
        asyncio.create_task(told(adding("a"), before)),
        asyncio.create_task(told(lambda uow: uow.session.execute(rename).rowcount, waits)),
    ]
    await asyncio.sleep(0.1)
    free.set()
    async with asyncio.timeout(5):
        await before.wait()
    assert not waits.is_set()
    go_on.set()
    await asyncio.gather(first, keeping, *others)
    await one.close()
    await other.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_once_a_lock_was_waited_for_in_vain_all_others_wait_a_moment(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each that needs what is locked keeps its thread for as long as it waits, and everybody else from it."""
    monkeypatch.setitem(postgresql.SETTINGS, "lock_timeout", "900ms")
    database, engine, tried = Database(database_url, write_threads=1), create_engine(database_url), list[int]()
    await database.start()

    def allowed(uow: UnitOfWork) -> object:
        return uow.session.scalar(text("SHOW lock_timeout"))

    def needs(uow: UnitOfWork) -> None:
        tried.append(1)
        names(uow)

    async def allowed_to_all() -> set[object]:
        return {await asked(allowed) for asked in (database.read, database.write, database.rehearse)}

    assert await allowed_to_all() == {"900ms"}
    with engine.connect() as another:
        another.exec_driver_sql("LOCK TABLE area IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(GivenUp):
            await database.write(needs)
        assert await allowed_to_all() == {"250ms"}
        tried.clear()
        told = await together(database, allowed, needs, needs, allowed)
        assert [type(each) for each in told] == [str, GivenUp, GivenUp, str]
        assert len(tried) == 2, "who has waited beside others does not wait again alone"
        monkeypatch.setattr("storage.patience.LOST_FOR", 0.0)
        with pytest.raises(GivenUp):
            await database.read(needs)
    assert await allowed_to_all() == {"900ms"}
    await database.close()
    engine.dispose()


async def test_all_that_wait_together_are_told_at_once_that_the_database_is_not_to_be_reached() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", write_threads=1)
    await database.start()
    async with asyncio.timeout(5):
        told = await asyncio.gather(*(database.write(adding(str(n))) for n in range(40)), return_exceptions=True)
    assert {type(each) for each in told} == {Unavailable}
    await database.close()


async def test_units_of_work_that_wait_together_share_one_commit(one_writer: Database) -> None:
    commits = []
    event.listen(one_writer._engines[0], "commit", lambda connection: commits.append(connection))

    await together(one_writer, *(adding(str(n)) for n in range(20)))

    assert len(commits) == 2
    assert len(await one_writer.read(names)) == 20

    commits.clear()
    before, after = [adding(f"før {n}") for n in range(10)], [adding(f"efter {n}") for n in range(10)]
    told = await together(one_writer, *before, lambda uow: uow.looked_up("before it", names), *after)
    assert len(commits) == 4, "of whoever had the thread, those before it, those after it, and itself"
    assert len(await one_writer.read(names)) == 40
    assert told[10] is not None


async def test_a_commit_that_fails_fails_everyone_in_it(tmp_path: Path) -> None:
    database = await _sqlite(tmp_path)
    called: list[str] = []

    def refuse(connection: object) -> None:
        raise OSError("no space left")

    def work(uow: UnitOfWork, number: int) -> None:
        uow.add(Area(name=str(number)))
        uow.after_commit(lambda: called.append(str(number)))

    event.listen(database._engines[0], "commit", refuse)
    outcomes = await asyncio.gather(
        *(database.write(partial(work, number=n)) for n in range(5)), return_exceptions=True
    )
    event.remove(database._engines[0], "commit", refuse)

    assert all(isinstance(each, OSError) for each in outcomes)
    assert (called, await database.read(names)) == ([], [])
    await database.write(lambda uow: work(uow, 9))
    assert (called, await database.read(names)) == (["9"], ["9"])
    await database.close()


async def test_a_full_disk_is_told_and_the_database_goes_on(tmp_path: Path) -> None:
    database = await _sqlite(tmp_path)

    def too_much(uow: UnitOfWork) -> None:
        pages = uow.session.scalar(text("PRAGMA page_count"))
        uow.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        uow.add(*(Area(name=f"{n} {'x' * 100}") for n in range(1000)))
        uow.session.flush()

    with pytest.raises(Unavailable):
        await database.write(too_much)
    await database.write(lambda uow: uow.session.execute(text("PRAGMA max_page_count = 1000000")).all())
    await database.write(adding("Nord"))

    assert await database.read(names) == ["Nord"]
    await database.close()


async def test_undo_goes_back_to_what_was_kept(database: Database) -> None:
    def work(uow: UnitOfWork) -> str:
        with pytest.raises(RuntimeError, match="nothing was kept"):
            uow.undo()
        north = Area(name="kladde")
        uow.add(north)
        north.name = "behold"
        uow.keep()
        north.name = "glem"
        uow.add(Area(name="glem også"))
        uow.session.flush()
        uow.undo()
        uow.add(Area(name="til sidst"))
        uow.keep()
        uow.undo()
        return north.name

    assert await database.write(work) == "behold"
    assert await database.read(names) == ["behold", "til sidst"]


async def test_what_was_made_beforehand_is_kept_although_one_beside_it_fails(one_writer: Database) -> None:
    """They are committed together, and what goes well is done anew without the one that does not."""
    north, south, west = Area(name="Nord"), Area(name="Syd"), Area(name="Vest")

    def keep(uow: UnitOfWork) -> None:
        uow.add(north)
        uow.keep()
        written(uow, south)

    def fail(uow: UnitOfWork) -> None:
        uow.add(Area(name="Øst"))
        uow.session.flush()
        raise KeyError("of one alone")

    def fail_late(uow: UnitOfWork) -> None:
        """On PostgreSQL it goes to the server with the COMMIT."""
        written(uow, Institution(name="X", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=uuid4()))

    kept, failed = await together(one_writer, keep, fail)
    assert (kept, repr(failed)) == (None, repr(KeyError("of one alone")))
    kept, failed = await together(one_writer, lambda uow: written(uow, west), fail_late)
    assert (kept, type(failed)) == (None, IntegrityError)
    assert await one_writer.read(names) == ["Nord", "Syd", "Vest"]


async def test_what_is_written_at_once_is_as_what_is_added(database: Database) -> None:
    north = Area(name="Nord")

    def work(uow: UnitOfWork) -> None:
        written(uow, north)
        assert uow.get(Area, north.id) is north
        north.name = "Nordvest"
        uow.keep()
        written(uow, Area(name="Syd"))
        north.name = "glem"
        uow.undo()
        assert north.name == "Nordvest"
        assert [each.name for each in AREAS.entities(uow, Area)] == ["Nordvest"]
        assert AREAS.entities(uow, Area)[0] is north

    await database.write(work)
    assert await database.read(names) == ["Nordvest"]


async def test_an_exception_undoes_what_was_kept_as_well(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.add(Area(name="Nord"))
        uow.keep()
        raise KeyError("late")

    with pytest.raises(KeyError):
        await database.write(work)
    assert await database.read(names) == []


async def test_a_cancelled_caller_does_not_stop_the_work(database: Database) -> None:
    started, go_on = threading.Event(), threading.Event()
    called = asyncio.Event()

    def work(uow: UnitOfWork) -> None:
        uow.add(Area(name="Nord"))
        uow.session.flush()
        started.set()
        go_on.wait(10)
        uow.add(Area(name="Syd"))
        uow.after_commit(called.set)

    waiting = asyncio.create_task(database.write(work))
    await asyncio.to_thread(started.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    await called.wait()

    assert await database.read(names) == ["Nord", "Syd"]


async def test_calls_are_made_in_order_on_the_loop_once_everything_is_kept(database: Database) -> None:
    seen: list[str] = []
    loop_thread = threading.get_ident()

    def call(name: str) -> None:
        assert threading.get_ident() == loop_thread
        seen.append(name)
        if name == "first":
            raise RuntimeError("a call that fails stops nobody")

    def work(uow: UnitOfWork) -> None:
        uow.after_commit(lambda: call("first"))
        uow.keep()
        uow.after_commit(lambda: call("undone"))
        uow.undo()
        uow.after_commit(lambda: call("second"))

    await database.write(work)
    assert seen == ["first", "second"]

    def failing(uow: UnitOfWork) -> None:
        uow.after_commit(lambda: call("never"))
        raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        await database.write(failing)
    assert seen == ["first", "second"]


async def test_a_reader_sees_only_what_is_committed_and_the_same_throughout(database: Database) -> None:
    written, looked = threading.Event(), threading.Event()

    def write(uow: UnitOfWork) -> None:
        uow.add(Area(name="Nord"))
        uow.session.flush()
        written.set()
        looked.wait(10)

    writing = asyncio.create_task(database.write(write))
    await asyncio.to_thread(written.wait)
    assert await database.read(names) == []

    between = threading.Event()

    def read_twice(uow: UnitOfWork) -> tuple[list[str], list[str]]:
        before = names(uow)
        looked.set()
        between.wait(10)
        return before, names(uow)

    reading = asyncio.create_task(database.read(read_twice))
    await writing
    between.set()
    assert await reading == ([], [])
    assert await database.read(names) == ["Nord"]


async def test_reading_changes_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(adding("Nord"))
    assert await database.read(names) == []


async def test_a_rehearsal_shows_what_would_be_and_keeps_nothing(database: Database) -> None:
    called: list[str] = []

    def work(uow: UnitOfWork) -> list[str]:
        uow.add(Area(name="Nord"))
        uow.after_commit(lambda: called.append("Nord"))
        return names(uow)

    assert await database.rehearse(work) == ["Nord"]
    assert (await database.read(names), called) == ([], [])


async def test_what_was_changed_meanwhile_is_never_overwritten(database: Database) -> None:
    id = (await database.write(a_dialogue)).id

    def work(uow: UnitOfWork) -> None:
        mine = uow.session.get_one(Dialogue, id)
        uow.session.execute(
            update(dialogue).values(version=dialogue.c.version + 1, place="Byen"),
            execution_options={"synchronize_session": False},
        )
        mine.place = "Skoven"

    with pytest.raises(Overtaken):
        await database.write(work)
    assert await database.read(lambda uow: uow.session.get_one(Dialogue, id).place) == ""


async def test_two_who_change_the_same_row_a_hundred_times_lose_nothing(database: Database) -> None:
    id = (await database.write(a_dialogue)).id

    def raise_revision(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, id).revision += 1

    async def person() -> int:
        lost = 0
        for _ in range(50):
            try:
                await database.write(raise_revision)
            except Overtaken:
                lost += 1
        return lost

    lost = sum(await asyncio.gather(person(), person()))
    assert await database.read(lambda uow: uow.session.get_one(Dialogue, id).revision) == 101 - lost


async def test_times_are_kept_to_the_microsecond_in_utc_and_naive_ones_are_refused(
    database: Database,
) -> None:
    local = datetime(2026, 4, 21, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=2)))

    def write(uow: UnitOfWork) -> Dialogue:
        planned = a_dialogue(uow)
        planned.starts_at = local
        return planned

    id = (await database.write(write)).id
    kept = await database.read(lambda uow: uow.session.get_one(Dialogue, id).starts_at)
    assert (kept, kept.tzinfo) == (local, UTC)

    def before(uow: UnitOfWork, moment: datetime) -> int | None:
        return uow.session.scalar(select(func.count()).select_from(dialogue).where(dialogue.c.starts_at < moment))

    assert await database.read(lambda uow: before(uow, local)) == 0
    assert await database.read(lambda uow: before(uow, local + timedelta(microseconds=1))) == 1

    def naive(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, id).starts_at = datetime(2026, 4, 21, 9, 0)  # noqa: DTZ001

    with pytest.raises(StatementError, match="without a time zone"):
        await database.write(naive)


async def test_what_a_column_may_not_hold_is_refused_by_the_database_itself(database: Database) -> None:
    await database.write(a_dialogue)
    with pytest.raises(IntegrityError):
        await database.write(lambda uow: uow.session.execute(text("UPDATE institution SET type = 'circus'")))
    with pytest.raises(IntegrityError):
        await database.write(lambda uow: uow.session.execute(text("DELETE FROM institution")))


async def test_values_come_back_as_they_were(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        north = Area(name="Nord", aliases=("Æblehøj", 'Å"'))
        uow.add(north)
        uow.session.flush()
        where = Institution(name="Skolen", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=north.id)
        where.ended_on = date(2026, 7, 31)
        uow.add(where)

    await database.write(write)

    def read(uow: UnitOfWork) -> tuple[object, ...]:
        where = uow.session.scalars(select(Institution).distinct().where(institution.c.name == "Skolen")).one()
        there = uow.session.get_one(Area, where.area_id)
        return where.type, where.age_range, where.ended_on, there.aliases

    assert await database.read(read) == (
        InstitutionType.SCHOOL,
        AgeRange.OLDER,
        date(2026, 7, 31),
        ("Æblehøj", 'Å"'),
    )


async def test_errors_hold_no_values(database: Database) -> None:
    await database.write(lambda uow: uow.add(someone("Kanarie")))
    with pytest.raises(IntegrityError) as failed:
        await database.write(lambda uow: uow.add(someone("Kanarie Fugl")))
    assert "Fugl" not in str(failed.value)


async def test_everything_asked_for_is_done_before_it_closes(database_url: str) -> None:
    database = Database(database_url)
    await database.start()
    writes = [asyncio.create_task(database.write(adding(str(n)))) for n in range(9)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*writes)
    with pytest.raises(RuntimeError):
        await database.write(names)

    await database.start()
    assert len(await database.read(names)) == 9
    await database.close()


async def test_a_second_process_is_refused_with_a_sentence_until_the_first_is_gone(tmp_path: Path) -> None:
    database = await _sqlite(tmp_path)
    program = (
        "import asyncio, sys\n"
        "from storage.database import Database, LockedByAnother\n"
        "async def main():\n"
        "    database = Database(sys.argv[1])\n"
        "    try:\n"
        "        await database.start()\n"
        "    except LockedByAnother as refused:\n"
        "        sys.exit(str(refused))\n"
        "    print('started', flush=True)\n"
        "    sys.stdin.read()\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", program, str(database.url)]
    root = Path(__file__).parent.parent
    second = await asyncio.to_thread(
        subprocess.run, command, cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert second.returncode == 1
    assert "laeringsbot.db is in use by process" in second.stderr
    assert "PostgreSQL" in second.stderr

    await database.close()
    third = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert third.stdout is not None
    assert await asyncio.to_thread(third.stdout.readline) == "started\n"
    with pytest.raises(LockedByAnother):
        await database.start()
    third.kill()
    third.communicate()
    await database.start()
    await database.close()


async def test_beside_the_process_that_serves_it_a_database_can_be_read_but_not_written(
    tmp_path: Path,
) -> None:
    serving = await _sqlite(tmp_path)
    await serving.write(adding("Nord"))
    beside = Database(str(serving.url), lock=False)
    await beside.start()

    assert await beside.read(names) == ["Nord"]
    await beside.rehearse(adding("Syd"))
    assert await beside.read(names) == ["Nord"]
    with pytest.raises(OnlyReading):
        await beside.write(names)
    await beside.close()
    await serving.close()


async def test_a_url_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    for url in ("mysql://x/y", "laeringsbot.db", "", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match="sqlite:///"):
            Database(url)
    missing = Database(f"sqlite:///{tmp_path}/nowhere.db", lock=False)
    with pytest.raises(FileNotFoundError, match=r"nowhere\.db"):
        await missing.start()


async def test_work_is_run_again_when_postgresql_goes_away_before_the_commit(
    postgres: Postgres, postgres_template: str
) -> None:
    database = Database(postgres.create("going_away", postgres_template), write_threads=1)
    await database.start()
    runs = []

    def work(uow: UnitOfWork, *, looks_again: bool) -> None:
        uow.add(Area(name=f"Område {looks_again}"))
        uow.session.flush()
        runs.append(looks_again)
        if runs.count(looks_again) == 1:
            postgres.kill9()
            postgres.start()
        if looks_again:
            names(uow)

    await database.write(lambda uow: work(uow, looks_again=True))
    assert (len(runs), await database.read(names)) == (2, ["Område True"])

    nobody_can_tell = await together(database, adding("Nord"), lambda uow: work(uow, looks_again=False))
    assert [type(each) for each in nobody_can_tell] == [Unconfirmed, Unconfirmed]

    await database.write(lambda uow: written(uow, Area(name="Syd")))
    postgres.kill9()
    with pytest.raises(Unavailable):
        await database.read(names)
    postgres.start()
    # All of it goes with its commit: on a connection of before nobody could tell whether that was done.
    await database.write(lambda uow: written(uow, Area(name="Vest")))
    assert await database.read(names) == ["Område True", "Syd", "Vest"]
    await database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_the_server_gives_up_or_finds_damaged_is_told_from_a_server_that_is_away(database: Database) -> None:
    def refused(state: str) -> Callable[[UnitOfWork], Any]:
        refusal = text(f"DO $$BEGIN RAISE 'refused' USING ERRCODE = '{state}'; END$$")
        return lambda uow: uow.session.execute(refusal)

    for state in ("55P03", "57014", "XX001", "XX002"):
        for asked in (database.write, database.read, database.rehearse):
            with pytest.raises(GivenUp) as told:
                await asked(refused(state))
            assert not would_be_the_same_for_others(told.value)
    assert database.failed == {"Unavailable": 8}, "of one kind to whoever counts them"
    with pytest.raises(Unavailable) as away:
        await database.read(refused("53100"))
    assert would_be_the_same_for_others(away.value)


async def test_whoever_led_to_a_copy_after_a_failover_is_led_to_the_new_server(
    postgres: Postgres, postgres_template: str
) -> None:
    url = postgres.create("failed_over", postgres_template)

    def only_reads(word: str) -> None:
        with postgres.connect() as beside:
            beside.execute(f"ALTER DATABASE failed_over {word}".encode())

    only_reads("SET default_transaction_read_only = on")
    database = Database(url, write_threads=1)
    await database.start()
    with pytest.raises(Unavailable):
        await database.write(adding("Nord"))
    only_reads("RESET default_transaction_read_only")
    await database.write(adding("Nord"))
    assert await database.read(names) == ["Nord"]
    with pytest.raises(DBAPIError):
        await database.read(adding("Syd"))
    assert database.failed == {"Unavailable": 1}
    await database.close()


async def test_a_copy_can_be_read_and_is_unavailable_to_whoever_writes_until_it_is_promoted(
    postgres: Postgres, postgres_template: str
) -> None:
    database = Database(postgres.create("a_copy", postgres_template), write_threads=1, read_threads=1)
    await database.start()
    postgres.kill9()
    postgres.start_as_copy()
    try:
        for _each in range(2):
            with pytest.raises(Unavailable):
                await database.write(adding("Nord"))
            assert await database.read(names) == []
    finally:
        postgres.promote()
    await database.write(adding("Nord"))
    assert await database.read(names) == ["Nord"]
    await database.close()


async def test_whoever_deadlocks_on_postgresql_is_run_again(postgres: Postgres, postgres_template: str) -> None:
    database = Database(postgres.create("deadlock", postgres_template), write_threads=2)
    await database.start()
    await database.write(adding("Nord", "Syd"))
    both = threading.Barrier(2, timeout=10)
    passed: set[tuple[str, str]] = set()

    def work(uow: UnitOfWork, order: tuple[str, str]) -> None:
        for name in order:
            uow.session.execute(update(area).where(area.c.name == name).values(aliases=order))
            if order not in passed:
                passed.add(order)
                both.wait()

    await asyncio.gather(
        database.write(lambda uow: work(uow, ("Nord", "Syd"))),
        database.write(lambda uow: work(uow, ("Syd", "Nord"))),
    )
    await database.close()


async def test_two_who_add_the_same_at_once_on_postgresql_end_up_with_one(
    postgres: Postgres, postgres_template: str
) -> None:
    database = Database(postgres.create("same_row", postgres_template), write_threads=2)
    await database.start()
    both = threading.Barrier(2, timeout=10)
    looked: list[int] = []

    def work(uow: UnitOfWork) -> None:
        found = names(uow)
        looked.append(1)
        if len(looked) <= 2:
            both.wait()
        if not found:
            uow.add(Area(name="Nord"))

    await asyncio.gather(database.write(work), database.write(work))
    assert await database.read(names) == ["Nord"]
    await database.close()


async def _sqlite(folder: Path) -> Database:
    url = f"sqlite:///{folder}/laeringsbot.db"
    migrate(url)
    database = Database(url)
    await database.start()
    return database


@pytest.fixture
def renewed(postgres: Postgres, postgres_template: str) -> Iterator[Renewed]:
    """A database of the story's own, whose tables are made anew every other time."""
    postgres.create("renewed", postgres_template)
    made = Renewed(postgres, "renewed", stories=2)
    yield made
    made.close()
    postgres.drop("renewed")


def test_a_renewed_database_is_as_the_migrations_left_it_whatever_the_story_before_did(
    postgres: Postgres, renewed: Renewed, postgres_template: str
) -> None:
    def rows(database: str) -> dict[str, list[str]]:
        with postgres.connect(database) as connection:
            return {
                table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}".encode())))
                for table in metadata.tables
            }

    def made() -> object:
        """Another one for a table that is made anew."""
        with postgres.connect(renewed.database) as connection:
            return connection.execute("SELECT pg_relation_filenode('area')").fetchone()

    is_made_anew = []
    for _ in range(2):
        before = made()
        left = postgres.connect(renewed.database)
        left.execute("INSERT INTO area (id, name, aliases) VALUES (gen_random_uuid(), 'Nord', '[]')")
        left.execute("DELETE FROM perspective_tool WHERE name_en LIKE '%a%'")
        left.execute("UPDATE perspective_tool SET name = 'Noget andet'")
        left.execute("BEGIN; LOCK TABLE area")
        renewed.renew()

        is_made_anew.append(made() != before)
        assert rows(renewed.database) == rows(postgres_template)
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
    assert is_made_anew == [False, True], "in both ways"


async def test_a_connection_that_is_kept_for_the_next_story_has_nothing_of_the_one_before(
    postgres_story: Renewed,
) -> None:
    async def story(*statements: str) -> list[object]:
        def work(uow: UnitOfWork) -> list[object]:
            results = [uow.session.execute(text(each)) for each in statements]
            return [result.scalar() if result.returns_rows else None for result in results]

        postgres_story.renew()
        database = Database(postgres_story.url, write_threads=1)
        await database.start()
        found = await database.write(work)
        await database.close()
        return found

    seen = (
        "SELECT pg_backend_pid()",
        "SELECT string_agg(name || setting, ',' ORDER BY name) FROM pg_settings",
        "SELECT session_user || current_user",
        "SELECT count(*) FROM pg_class WHERE relname = 'left_behind'",
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'",
        "SELECT count(*) FROM pg_listening_channels()",
        "SELECT count(*) FROM pg_cursors WHERE is_holdable",
    )
    before = await story(*seen)
    await story(
        "CREATE TEMP TABLE left_behind (id int)",
        "SELECT pg_advisory_lock(1)",
        "LISTEN left_behind",
        "DECLARE left_behind CURSOR WITH HOLD FOR SELECT 1",
        "SET statement_timeout = '1s'",
        "SET search_path = kept",
        "SET ROLE pg_monitor",
    )
    assert await story(*seen) == before
    with pytest.MonkeyPatch.context() as set_otherwise:
        set_otherwise.setitem(postgresql.SETTINGS, "lock_timeout", "200ms")
        assert await story("SHOW lock_timeout") == ["200ms"]
    assert await story("SHOW lock_timeout") == ["10s"]


def test_a_connection_in_a_transaction_is_not_kept(postgres_story: Renewed) -> None:
    postgres_story.renew()
    engine = postgresql.engine(parse_url(postgres_story.url), 1)

    def process(statement: str) -> int:
        """The server's process that a connection had, which is then closed by whoever used it."""
        taken = engine.raw_connection()
        connection: Any = taken.driver_connection
        taken.detach()
        connection.execute(statement)
        connection.close()
        return int(connection.info.backend_pid) if not connection.closed else 0

    assert process("ROLLBACK") == process("ROLLBACK") != 0
    assert process("SELECT 1") == 0
