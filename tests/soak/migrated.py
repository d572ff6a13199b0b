"""Figure 14: migrations up, down and up with rows in, on both databases, by three replicas at once."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from alembic.script import ScriptDirectory
from sqlalchemy import column, create_engine, inspect, select, table

from storage.migrating import FOLDER, current_and_head, downgrade, migrate
from storage.types import metadata
from tests.channel.connector import Connector
from tests.crowd import Crowd
from tests.kept_rows import READINGS
from tests.launcher import launched
from tests.postgres import Postgres
from tests.soak.stage import BOTH, databases, opened
from tests.soak.tally import Tally, compared
from tests.ten_years import Municipality
from tests.test_taking_over import SINCE


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    towns: tuple[Fill, ...] = (_crowd, _years) if long else (_crowd,)
    return [
        await _migrated(dialect, fill, long, postgres) for dialect in (BOTH if long else BOTH[:1]) for fill in towns
    ]


async def _crowd(url: str) -> str:
    """Something of everything that people write."""
    async with opened(url) as database:
        await database.write(Crowd.gather)
    return "with something of everything"


async def _years(url: str) -> str:
    Municipality(url, institutions=24, half_years=4).fill()
    return "with two years of 24 institutions"


Fill = Callable[[str], Awaitable[str]]


async def _migrated(dialect: str, fill: Fill, each_step: bool, postgres: Postgres | None) -> Tally:
    """At each step, what its tables hold in the columns that they have there is the same once all later steps have been
    gone up again. A table has its rows until a way down has taken it away, so that each is compared that has any."""
    with databases(dialect, postgres) as url:
        town = await fill(url)
        _, head = current_and_head(url)
        revisions = [each.revision for each in ScriptDirectory(str(FOLDER)).walk_revisions()]
        # The steps of before anything was released have put some of the crowd's words in the place of others.
        oldest = revisions.index(SINCE) if fill is _crowd else len(revisions) - 1
        steps = revisions[1 : oldest + 1] if each_step else [revisions[1], revisions[oldest]]
        rows = sum(each.rows for each in _kept(url).values())
        compared_with_rows: set[str] = set()
        new = set(metadata.tables)
        for step in steps:
            downgrade(url, step)
            before = _kept(url)
            if step == steps[-1]:
                await _three_at_once(url)
            else:
                migrate(url)
            assert current_and_head(url) == (head, head)
            after = _kept(url, {name: each.columns for name, each in before.items()})
            changed = {name for name in before if after[name] != before[name]}
            assert not changed, f"rows of {sorted(changed)} are others after the way up from {step}"
            compared_with_rows |= {name for name, each in before.items() if each.rows}
            new -= before.keys()
    if fill is _crowd:
        assert compared_with_rows >= READINGS.keys() - new, "nothing is compared of what has no rows"
    told = compared(f"migrated down to {steps[-1]} and up on {dialect}, {town}", [], Connector())
    told.more = {"rows": rows, "steps": len(steps), "tables with rows, kept to the value": len(compared_with_rows)}
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
