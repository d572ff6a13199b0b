"""Figure 14: migrations up, down and up with rows in, on both databases, by three replicas at once."""

import asyncio
import os

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select, table

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
        before = _counted(url)
        _, head = current_and_head(url)
        revisions = [each.revision for each in ScriptDirectory(str(FOLDER)).walk_revisions()]
        steps = revisions[1:] if each_step else [revisions[1], revisions[-1]]
        for step in steps:
            downgrade(url, step)
            if each_step:
                migrate(url)
                downgrade(url, step)
        first = _counted(url)
        await _three_at_once(url)
        assert current_and_head(url) == (head, head)
        after = _counted(url)
    told = compared(f"migrated down to {steps[-1]} and up on {dialect}", [], Connector())
    gone = {name for name in first if after[name] < before[name]}
    told.more = {"rows": rows, "steps": len(steps), "tables kept whole": len(first) - len(gone)}
    assert not gone, f"rows of {sorted(gone)} are gone although their tables were there all the time"
    return told


async def _three_at_once(url: str) -> None:
    environment = {**os.environ, "LAERINGSBOT_DATABASE_URL": url}
    replicas = [launched("bot", "migrate", environment=environment, stderr=2) for _ in range(3)]
    assert [await asyncio.to_thread(each.wait) for each in replicas] == [0, 0, 0]


def _counted(url: str) -> dict[str, int]:
    """How many rows each table has."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [each for each in inspect(engine).get_table_names() if each != "alembic_version"]
        counts = {
            name: connection.scalar(select(func.count()).select_from(table(name))) or 0  # type: ignore[arg-type]
            for name in names
        }
    engine.dispose()
    return counts
