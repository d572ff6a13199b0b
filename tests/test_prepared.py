"""Statements that are given to the driver as they are: after an undone turn, and after a lost server."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import bindparam, func, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from domain.organisation import Area
from storage.compiled import Compiled, written
from storage.database import Database, Unavailable
from storage.organisation import area
from storage.unit_of_work import UnitOfWork
from tests.postgres import Postgres

pytestmark = pytest.mark.about_the_database

NAME = "prepared"
AREAS = Compiled(select(area).order_by(area.c.name))
NAMED = Compiled(select(area.c.id).where(area.c.name == bindparam("name")))


def names(uow: UnitOfWork) -> Sequence[str]:
    return [each.name for each in AREAS.entities(uow, Area)]


@pytest_asyncio.fixture
async def alone(postgres: Postgres, postgres_template: str) -> AsyncIterator[Database]:
    """A PostgreSQL database of the story's own, with one connection to write on and one to read on."""
    postgres.drop(NAME)
    database = Database(postgres.create(NAME, postgres_template), read_threads=1, write_threads=1)
    await database.start()
    yield database
    await database.close()


def beside(database: Database) -> psycopg.Connection:
    """Somebody else at the same database."""
    return psycopg.connect(database.url.set(drivername="postgresql").render_as_string(), autocommit=True)


async def test_they_work_on_after_an_undone_turn_and_after_one_that_failed(database: Database) -> None:
    def undone(uow: UnitOfWork) -> None:
        written(uow, Area(name="Nord"))
        uow.keep()
        written(uow, Area(name="Syd"))
        assert names(uow) == ["Nord", "Syd"]
        uow.undo()
        assert names(uow) == ["Nord"]

    def twice(uow: UnitOfWork) -> None:
        names(uow)
        written(uow, Area(name="Nord"))

    await database.write(undone)
    for _ in range(3):
        with pytest.raises(IntegrityError):
            await database.write(twice)
    assert await database.write(names) == ["Nord"]
    assert await database.read(lambda uow: len(NAMED.rows(uow, name="Nord"))) == 1


async def test_what_is_asked_for_with_what_follows_is_found_as_it_was_then(database: Database) -> None:
    def work(uow: UnitOfWork) -> tuple[int, ...]:
        at_first = AREAS.leave(uow, {})
        written(uow, Area(name="Nord"))
        then = AREAS.leave(uow, {})
        written(uow, Area(name="Syd"))
        return len(at_first()), len(then()), len(AREAS.rows(uow))

    assert await database.write(work) == (0, 1, 2)


async def test_postgresql_prepares_each_once_and_a_rollback_forgets_none(alone: Database) -> None:
    def prepared(uow: UnitOfWork) -> Sequence[str]:
        names(uow)
        names(uow)
        found = uow.session.scalars(text("SELECT name FROM pg_prepared_statements WHERE statement LIKE '%FROM area%'"))
        return list(found)

    def fails(uow: UnitOfWork) -> None:
        prepared(uow)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await alone.write(fails)
    (once,) = await alone.write(prepared)
    assert await alone.write(prepared) == [once]


async def test_they_are_run_again_when_postgresql_goes_away_between_two(alone: Database, postgres: Postgres) -> None:
    runs = []

    def work(uow: UnitOfWork) -> Sequence[str]:
        names(uow)
        runs.append(len(runs))
        if len(runs) == 1:
            postgres.kill9()
            postgres.start()
        written(uow, Area(name="Nord"))
        return names(uow)

    assert await alone.write(work) == ["Nord"]
    assert runs == [0, 1]
    postgres.kill9()
    with pytest.raises(Unavailable):
        await alone.write(names)
    postgres.start()
    assert await alone.write(names) == ["Nord"]


async def test_whoever_only_reads_goes_on_after_a_table_was_migrated_under_them(alone: Database) -> None:
    def read(uow: UnitOfWork) -> Sequence[str]:
        names(uow)
        return names(uow)

    assert await alone.read(read) == []
    with beside(alone) as other:
        other.execute("ALTER TABLE area ALTER COLUMN name TYPE text")
    with suppress(DBAPIError):
        await alone.read(read)
    assert await alone.read(read) == []


async def test_they_are_run_again_when_somebody_has_ended_the_connection(alone: Database) -> None:
    ended = []

    def work(uow: UnitOfWork) -> Sequence[str]:
        names(uow)
        if not ended:
            ended.append(uow.session.scalar(text("SELECT pg_backend_pid()")))
            with beside(alone) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", ended)
        return names(uow)

    assert await alone.write(work) == []


async def test_what_nobody_waits_for_is_there_for_whoever_asks_next(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        written(uow, Area(name="Nord"))
        assert uow.session.scalar(select(func.count()).select_from(area)) == 1
        written(uow, Area(name="Syd"))
        uow.add(Area(name="Vest"))
        assert names(uow) == ["Nord", "Syd", "Vest"]
        uow.keep()
        written(uow, Area(name="Øst"))
        uow.undo()

    await database.write(work)
    assert await database.read(names) == ["Nord", "Syd", "Vest"]


async def test_what_fails_on_its_way_with_another_undoes_all_and_leaves_nothing_to_be_sent(database: Database) -> None:
    await database.write(lambda uow: written(uow, Area(name="Nord")))

    def asks_on(uow: UnitOfWork) -> None:
        written(uow, Area(name="Syd"))
        written(uow, Area(name="Nord"))
        names(uow)

    def gives_up(uow: UnitOfWork) -> None:
        written(uow, Area(name="Vest"))
        raise RuntimeError

    for work, fault in ((asks_on, IntegrityError), (gives_up, RuntimeError)):
        with pytest.raises(fault):
            await database.write(work)
    assert await database.write(names) == ["Nord"]


async def test_a_value_that_the_driver_refuses_is_told_as_that_and_the_connection_goes_on(
    alone: Database, caplog: pytest.LogCaptureFixture
) -> None:
    served = []

    def asks(uow: UnitOfWork) -> None:
        served.append(uow.session.scalar(text("SELECT pg_backend_pid()")))
        written(uow, Area(name="Nord"))
        NAMED.rows(uow, name="S\0d")

    def writes(uow: UnitOfWork) -> None:
        served.append(uow.session.scalar(text("SELECT pg_backend_pid()")))
        written(uow, Area(name="S\0d"))

    for refused in (asks, writes):
        with pytest.raises(DataError, match="NUL"):
            await alone.write(refused)
    assert await alone.read(names) == []
    with pytest.raises(DataError, match="NUL"):
        await alone.read(lambda uow: NAMED.rows(uow, name="S\0d"))
    assert await alone.write(names) == []
    assert len(served) == 2, "each once"
    assert len(set(served)) == 1, "by one connection, which is kept"
    assert not alone.failed
    assert not caplog.records
    await alone.write(lambda uow: written(uow, Area(name="Nord")))
    await alone.write(writes_after_one_that_was_refused)
    assert await alone.read(names) == ["Nord", "Syd"]


def writes_after_one_that_was_refused(uow: UnitOfWork) -> None:
    """What was to be written before it still is."""
    written(uow, Area(name="Syd"))
    with pytest.raises(DataError, match="NUL"):
        written(uow, Area(name="V\0st"))


async def test_more_than_a_connection_takes_at_once_is_sent_and_read(database: Database) -> None:
    many = tuple(f"{number} {'x' * 1000}" for number in range(4000))

    def work(uow: UnitOfWork) -> Sequence[str]:
        for name in ("Nord", "Syd"):
            written(uow, Area(name=name, aliases=many))
        uow.session.expunge_all()
        return [alias for each in AREAS.entities(uow, Area) for alias in each.aliases]

    assert await database.write(work) == [*many, *many]


def test_what_is_made_has_its_fields_and_takes_no_others() -> None:
    one, other = Area(name="Nord"), Area(name="Syd")
    assert (one.name, one.aliases) == ("Nord", ())
    assert one.id != other.id
    for wrong in ({}, {"name": "Nord", "colour": "red"}):
        with pytest.raises(TypeError):
            Area(**wrong)
