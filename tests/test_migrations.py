"""The schema, step by step: what the migrations make is what the tables say, on both databases."""

import importlib
import os
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, create_engine, inspect, text

from domain.organisation import Area
from storage import tables
from storage.database import Database, LockedByAnother
from storage.migrating import FOLDER, current_and_head, downgrade, known_versions, migrate, newest_version
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.launcher import launched

ROOT = Path(__file__).parent.parent


def everything_about(engine: Engine) -> dict[str, Any]:
    """Columns, keys, checks and indexes of every table, in an order of their own."""
    seen: Inspector = inspect(engine)
    return {
        table: {
            "columns": [{**each, "type": str(each["type"])} for each in seen.get_columns(table)],
            "primary key": seen.get_pk_constraint(table),
            "foreign keys": sorted(seen.get_foreign_keys(table), key=str),
            "unique": sorted(seen.get_unique_constraints(table), key=str),
            "checks": sorted(seen.get_check_constraints(table), key=str),
            "indexes": [
                {**each, "dialect_options": {k: str(v) for k, v in each.get("dialect_options", {}).items()}}
                for each in sorted(seen.get_indexes(table), key=str)
            ],
        }
        for table in sorted(seen.get_table_names())
        if table != "alembic_version"
    }


def test_the_migrated_schema_is_the_one_the_tables_say(empty_url: str, request: pytest.FixtureRequest) -> None:
    migrate(empty_url)
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []

    migrated = everything_about(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        metadata.create_all(connection)
    assert migrated == everything_about(engine)
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
