"""Figure 14: migrations up, down and up with rows in, on both databases, by three replicas at once."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from alembic.script import ScriptDirectory
from sqlalchemy import column, create_engine, inspect, select, table

from storage.migrating import FOLDER, current_and_head, downgrade, migrate
from tests.channel.connector import Connector
from tests.launcher import launched
from tests.postgres import Postgres
from tests.soak.stage import BOTH, databases
from tests.soak.tally import Tally, compared
from tests.ten_years import Municipality


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    return [await _migrated(dialect, 24 if long else 4, long, postgres) for dialect in (BOTH if long else BOTH[:1])]


async def _migrated(dialect: str, institutions: int, each_step: bool, postgres: Postgres | None) -> Tally:
    with databases(dialect, postgres) as url:
        rows = Municipality(url, institutions=institutions, half_years=4).fill()
        _, head = current_and_head(url)
        revisions = [each.revision for each in ScriptDirectory(str(FOLDER)).walk_revisions()]
        steps = revisions[1:] if each_step else [revisions[1], revisions[-1]]
        for step in steps:
            downgrade(url, step)
            if each_step:
                migrate(url)
                downgrade(url, step)
        first = _kept(url)
        await _three_at_once(url)
        assert current_and_head(url) == (head, head)
        after = _kept(url, {name: each.columns for name, each in first.items()})
    told = compared(f"migrated down to {steps[-1]} and up on {dialect}", [], Connector())
    changed = {name for name in first if after[name] != first[name]}
    told.more = {"rows": rows, "steps": len(steps), "tables of the first step kept to the value": len(first)}
    assert not changed, f"rows of {sorted(changed)} are others although their tables were there all the time"
    return told


async def _three_at_once(url: str) -> None:
    environment = {**os.environ, "LAERINGSBOT_DATABASE_URL": url}
    replicas = [launched("bot", "migrate", environment=environment, stderr=2) for _ in range(3)]
    assert [await asyncio.to_thread(each.wait) for each in replicas] == [0, 0, 0]


@dataclass(frozen=True)
class _Rows:
    """What a table has in these columns: how many rows, and a digest of all their values."""

    columns: tuple[str, ...]
    rows: int
    digest: str


def _kept(url: str, columns: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, _Rows]:
    """Of each table, by its name; in all columns that it has, unless it is said in which."""
    engine = create_engine(url)
    looked = inspect(engine)
    found: dict[str, _Rows] = {}
    with engine.connect() as connection:
        for name in columns or set(looked.get_table_names()) - {"alembic_version"}:
            these = columns[name] if columns else tuple(each["name"] for each in looked.get_columns(name))
            wanted = select(*(column(each) for each in these)).select_from(table(name))
            rows = sorted(repr(tuple(row)) for row in connection.execute(wanted))
            found[name] = _Rows(these, len(rows), sha256("\n".join(rows).encode()).hexdigest())
    engine.dispose()
    return found
