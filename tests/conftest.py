"""What every story may ask for: a fresh database of each kind, and a channel."""

import asyncio
import gc
import os
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from storage.database import Database
from storage.demo import seed
from storage.migrating import migrate
from tests.channel import Channel
from tests.mould import cast, is_worker, made_once
from tests.postgres import Postgres, remove_left_behind
from tests.renewed import Renewed
from tests.town import COPENHAGEN, NOW

TEMPLATE = "laeringsbot_template"
STORY = "laeringsbot_story"
SEEDED = "laeringsbot_seeded"
# A story's database is empty again after a second: nothing in it grows old, and no power fails. It takes off two thirds
# of the server's own part of a story.
SHORT_LIVED = {
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "full_page_writes": "off",
    "jit": "off",
    "max_wal_size": "4GB",
    "track_counts": "off",
}

# The stories' databases lie in memory where the system has room for them there: processes are killed in them, but the
# power does not fail.
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 4 * 2**30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# Each story has engines of its own. SQLAlchemy would compile every statement anew for each; here it does so once in a
# process for each kind of database, which is a quarter of what a story costs.
COMPILED: dict[type, LRUCache[object, object]] = {}
DefaultDialect.__hash__ = lambda dialect: hash(type(dialect))  # type: ignore[method-assign]
DefaultDialect.__eq__ = lambda dialect, other: type(dialect) is type(other)  # type: ignore[method-assign]


@event.listens_for(Engine, "engine_connect")
def compile_once(connection: Connection) -> None:
    connection.engine._compiled_cache = COMPILED.setdefault(type(connection.dialect), LRUCache(3000))


# All that is imported and collected stays: it is not looked through for rubbish while it is loaded, nor again every few
# stories, as in `serve`.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
    # What a story leaves behind is some ten thousands of objects.
    gc.set_threshold(20_000, 20, 20)


# A story, and each case of a table, is told on both databases. To tell it twice is a quarter of what all tests take,
# and a flow asks both for the same. So with `BY_TURNS=1`, as in `make test`, it is told on one of the two: stories of
# a file by turns, and of a table the first case on PostgreSQL and the others on SQLite. On both are those that are
# marked `each_on_both`, and the stories of a file that is marked `about_the_database`.
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("BY_TURNS"):
        return
    twice = defaultdict[str, list[pytest.Item]](list)
    told = {item.nodeid for item in items}
    for item in items:
        if item.nodeid != _on_sqlite(item) and _on_sqlite(item) in told:
            twice[item.nodeid.partition("[")[0]].append(item)
    left_out, turns = set[str](), Counter[str]()
    for story, cases in twice.items():
        once = [each for each in cases if not each.get_closest_marker("each_on_both")]
        if len(cases) > 1:
            left_out |= {_on_sqlite(each) if each is cases[0] else each.nodeid for each in once}
        elif once and not once[0].get_closest_marker("about_the_database"):
            file = story.partition("::")[0]
            turns[file] += 1
            left_out.add(_on_sqlite(once[0]) if turns[file] % 2 else once[0].nodeid)
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]


def _on_sqlite(item: pytest.Item) -> str:
    story, bracket, case = item.nodeid.partition("[")
    return story + bracket + case.replace("postgresql", "sqlite")


# A story that holds only the second time is green, and may hide a race. It is told here, since of several workers none
# but the one that ends the run has the whole of it.
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for story in sorted({report.nodeid for report in terminalreporter.getreports("rerun")}):
        terminalreporter.write_line(f"told twice: {story}", yellow=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The session's own server; under xdist each worker has one."""
    within = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    remove_left_behind(within)
    with cast(within, SHORT_LIVED, migrated_and_seeded) as mould:
        server = Postgres(within=within, settings=SHORT_LIVED, like=mould)
        try:
            server.start()
            yield server
        finally:
            server.remove()


def migrated_and_seeded(server: Postgres) -> None:
    migrate(server.create(TEMPLATE))
    asyncio.run(seed_into(server.create(SEEDED, TEMPLATE)))


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    if not is_worker():
        migrate(postgres.create(TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def postgres_story(postgres: Postgres, postgres_template: str) -> Iterator[Renewed]:
    """The database that the stories have one after the other; `database_url` renews it for each."""
    postgres.create(STORY, postgres_template)
    story = Renewed(postgres, STORY)
    yield story
    story.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "migrated.db", lambda file: migrate(f"sqlite:///{file}"))


@pytest.fixture(scope="session")
def postgres_seeded(postgres: Postgres, postgres_template: str) -> Iterator[Renewed]:
    """As `postgres_story`, with the demo's municipality in it."""
    if not is_worker():
        asyncio.run(seed_into(postgres.create(SEEDED, postgres_template)))
    story = Renewed(postgres, SEEDED)
    yield story
    story.close()


@pytest.fixture(scope="session")
def sqlite_seeded(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """As `sqlite_template`, with the demo's municipality in it."""

    def seeded(file: Path) -> None:
        shutil.copyfile(sqlite_template, file)
        asyncio.run(seed_into(f"sqlite:///{file}"))

    return made_once(tmp_path_factory, "seeded.db", seeded)


async def seed_into(url: str) -> None:
    database = Database(url)
    await database.start()
    await database.write(lambda uow: seed(uow, NOW, COPENHAGEN))
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it; on SQLite the file does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/with space & æ.db"
    server: Postgres = request.getfixturevalue("postgres")
    name = re.sub(r"\W", "_", request.node.name)
    server.drop(name)
    return server.create(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database, as the migrations leave it. Who changes tables takes `empty_url`."""
    return _fresh(request, tmp_path, "sqlite_template", "postgres_story")


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with the demo's municipality in it, as it is begun at `NOW`."""
    return _fresh(request, tmp_path, "sqlite_seeded", "postgres_seeded")


def _fresh(request: pytest.FixtureRequest, folder: Path, on_sqlite: str, on_postgresql: str) -> str:
    if request.param == "sqlite":
        file = folder / "laeringsbot.db"
        shutil.copyfile(request.getfixturevalue(on_sqlite), file)
        return f"sqlite:///{file}"
    story: Renewed = request.getfixturevalue(on_postgresql)
    story.renew()
    return story.url


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, started database with all tables and no rows."""
    database = Database(database_url)
    await database.start()
    yield database
    await database.close()


@pytest_asyncio.fixture
async def seeded(seeded_url: str) -> AsyncIterator[Database]:
    """The demo's municipality, which has something of everything, started."""
    database = Database(seeded_url)
    await database.start()
    yield database
    await database.close()


@pytest_asyncio.fixture
async def sqlite_database(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """As `database`, on SQLite alone: for long tables of cases that do not reach the database's own ways."""
    file = tmp_path / "laeringsbot.db"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    await database.start()
    yield database
    await database.close()


@pytest_asyncio.fixture
async def channel() -> AsyncIterator[Channel]:
    """A channel of our own in place of Microsoft's, on a port of this machine."""
    async with Channel().serving() as channel:
        yield channel
