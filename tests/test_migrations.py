"""The schema, step by step: what the migrations make is what the tables say, on both databases."""

import importlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import IntegrityError

from domain.data_package import KeyFigure
from domain.organisation import Area
from storage import tables
from storage.database import Database, LockedByAnother
from storage.migrating import FOLDER, current_and_head, downgrade, known_versions, migrate, newest_version
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.launcher import launched
from tests.town import Town

pytestmark = pytest.mark.about_the_database

ROOT = Path(__file__).parent.parent


def everything_about(engine: Engine) -> dict[str, Any]:
    """Columns, keys, checks and indexes of every table, in an order of their own."""
    seen: Inspector = inspect(engine)
    # All tables in one question each, where the database can.
    columns, keys = seen.get_multi_columns(), seen.get_multi_pk_constraint()
    foreign, unique = seen.get_multi_foreign_keys(), seen.get_multi_unique_constraints()
    checks, indexes = seen.get_multi_check_constraints(), seen.get_multi_indexes()
    return {
        table[1]: {
            "columns": [{**each, "type": str(each["type"])} for each in columns[table]],
            "primary key": keys[table],
            "foreign keys": sorted(foreign[table], key=str),
            "unique": sorted(unique[table], key=str),
            "checks": sorted(checks[table], key=str),
            "indexes": [
                {**each, "dialect_options": {k: str(v) for k, v in each.get("dialect_options", {}).items()}}
                for each in sorted(indexes[table], key=str)
            ],
        }
        for table in sorted(columns)
        if table[1] != "alembic_version"
    }


BESIDES = {
    "sqlite": ("SELECT type, name, sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL",),
    "postgresql": (
        "SELECT relkind::text, relname, array_to_string(reloptions, ' ') FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace",
        "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT 'constraint', conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    ),
}


def besides(engine: Engine) -> list[tuple[str, ...]]:
    """What SQLAlchemy says nothing of, or not all, as the database itself tells it: triggers, functions, views, and
    what an index or a rule is in whole."""
    with engine.connect() as connection:
        found = [row for statement in BESIDES[engine.dialect.name] for row in connection.execute(text(statement))]
    # What stands in brackets in one is not always in the other.
    told = (tuple(" ".join(re.split(r"[()\s]+", str(each))) for each in row) for row in found)
    return sorted(each for each in told if "alembic_version" not in each[1])


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrated_schema_is_the_one_the_tables_say(empty_url: str, request: pytest.FixtureRequest) -> None:
    migrate(empty_url)
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []

    migrated = everything_about(engine), besides(engine)
    assert migrated[0].keys() == metadata.tables.keys()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # With what belongs to no table.
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        else:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
        metadata.create_all(connection)
    assert migrated == (everything_about(engine), besides(engine))
    engine.dispose()


def test_every_module_with_a_table_is_among_the_tables() -> None:
    with_tables = {
        path.stem
        for path in (ROOT / "storage").glob("*.py")
        if re.search(r"= Table\(", path.read_text(encoding="utf-8"))
    }
    assert with_tables <= set(tables.__all__)
    for name in with_tables:
        importlib.import_module(f"storage.{name}")


def add_area(uow: UnitOfWork, name: str) -> None:
    uow.add(Area(name=name))


def test_the_steps_are_read_as_alembic_reads_them() -> None:
    steps = ScriptDirectory(str(FOLDER))
    assert newest_version() == steps.get_current_head()
    assert known_versions() == {each.revision for each in steps.walk_revisions()}


async def test_up_down_and_up_again_with_rows_in(empty_url: str) -> None:
    _, head = current_and_head(empty_url)
    assert migrate(empty_url) == (None, head)
    assert migrate(empty_url) == (head, head)
    for revision in ScriptDirectory(str(FOLDER)).walk_revisions():
        name = f"Nord as of {revision.revision}"
        database = Database(empty_url)
        await database.start()
        await database.write(partial(add_area, name=name))
        await database.close()
        downgrade(empty_url, "-1")
        migrate(empty_url)
    assert current_and_head(empty_url) == (head, head)
    downgrade(empty_url, "base")
    assert current_and_head(empty_url) == (None, head)
    migrate(empty_url)
    assert current_and_head(empty_url) == (head, head)


def test_an_index_is_built_beside_those_who_read_and_put_in_order_on_the_disk(empty_url: str) -> None:
    migrate(empty_url)
    for move in (lambda: downgrade(empty_url, "0041_evidence_digest"), lambda: migrate(empty_url)):
        with indexes_built() as built:
            move()
        about = [each for each in built if each[0] in ("perspective", "recommendation")]
        assert ("perspective", True) in about
        assert ("perspective", False) not in about
        assert ("recommendation", False) not in about


@contextmanager
def indexes_built() -> Iterator[list[tuple[str, bool]]]:
    """The table of each index that is built meanwhile, and whether that is done well.

    On PostgreSQL somebody else can read the table at that moment; on SQLite, where nobody else is, its rows are put in
    order in a file and not in memory.
    """
    found: list[tuple[str, bool]] = []

    def look(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if not (match := re.match(r"CREATE (?:UNIQUE )?INDEX \S+ ON (\w+)", statement)):
            return
        if connection.dialect.name == "sqlite":
            is_in_memory = cursor.connection.execute("PRAGMA temp_store").fetchone() != (0,)
            found.append((match[1], not is_in_memory))
            return
        with psycopg.connect(
            make_url(connection.engine.url).set(drivername="postgresql").render_as_string(hide_password=False),
            options="-c lock_timeout=500ms",
        ) as other:
            try:
                other.execute(f"SELECT FROM {match[1]} LIMIT 1".encode())
                found.append((match[1], True))
            except psycopg.errors.UndefinedTable:
                pass  # It is as new as its index, and nobody could read it before.
            except psycopg.errors.LockNotAvailable:
                found.append((match[1], False))

    event.listen(Engine, "after_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(Engine, "after_cursor_execute", look)


async def test_figures_of_one_name_in_a_package_are_all_kept_and_told_apart(empty_url: str) -> None:
    long = "Elever, der " + "x" * 188
    migrate(empty_url)
    downgrade(empty_url, "0040_not_reported")
    town, database = Town(), Database(empty_url)
    names = ["Elevfravær", "Elevfravær", "Elevfravær (2)", "Elevfravær", long, long]
    town.figures += [town.figure(name, number, "%") for number, name in enumerate(names)]
    await database.start()
    await database.write(town.build)
    await database.close()
    before = await figures_in(empty_url)
    migrate(empty_url)
    after = await figures_in(empty_url)
    assert {key: value for key, (_, value) in after.items()} == {key: value for key, (_, value) in before.items()}
    named = sorted(name for name, _ in after.values())
    told_apart = ["Elevfravær (3)", "Elevfravær (4)", "Elevfravær (5)", f"{long[:196]} (2)"]
    assert named == sorted([*{name for name, _ in before.values()}, *told_apart])
    again = Database(empty_url)
    await again.start()
    with pytest.raises(IntegrityError):
        await again.write(lambda uow: uow.add(town.figure("Elevfravær (3)", 1, "%")))
    await again.close()


async def figures_in(url: str) -> dict[UUID, tuple[str, float]]:
    """Each figure's name and value by its id."""
    database = Database(url)
    await database.start()
    figures = await database.read(lambda uow: uow.session.scalars(select(KeyFigure)).all())
    await database.close()
    return {each.id: (each.indicator, each.value) for each in figures}


def test_three_replicas_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    environment = {**os.environ, "LAERINGSBOT_DATABASE_URL": empty_url}
    replicas = [launched("bot", "migrate", environment=environment, stderr=2) for _ in range(3)]
    assert [replica.wait(300) for replica in replicas] == [0, 0, 0]  # a busy machine is no fault
    current, head = current_and_head(empty_url)
    assert current == head


async def test_a_served_database_is_not_migrated_under_its_feet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/laeringsbot.db"
    migrate(url)
    database = Database(url)
    await database.start()
    with pytest.raises(LockedByAnother, match="serving"):
        migrate(url)
    _, head = current_and_head(url)
    assert current_and_head(url) == (head, head)
    await database.close()
    migrate(url)


def test_a_step_that_fails_leaves_the_schema_as_it_was(empty_url: str) -> None:
    """The way is blocked by a table of the same name as one that a later statement makes."""
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE preparation (id INTEGER)"))
    with pytest.raises(Exception, match="preparation"):
        migrate(empty_url)
    assert inspect(engine).get_table_names() == ["preparation"]
    engine.dispose()
