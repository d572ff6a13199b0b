"""What a round of the planner costs: `python -m tests.bench_planner [postgresql] [INSTITUTIONS YEARS]...`.

400 institutions that all have their dialogue on the same day, the most there can be to plan at once; beside it, in the
same run, one bare query of the dialogues that are planned for.

Then municipalities with years behind them, the database of each made for it: the first round of a process, which looks
at everything; the one of a minute in which nothing has changed; and one after somebody has answered a recommendation.
What is told of these is the CPU of this process, the smallest of several. Without numbers it is 100 institutions with
1 and 10 years, and 400 with 1.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from domain.perspective import Recommendation
from scheduler.planner import Rounds, plan
from storage.database import Database
from storage.dialogue import dialogues_between
from storage.importing import import_folder
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from tests.bench_import import write_files
from tests.postgres import Postgres
from tests.ten_years import NOW, Municipality
from tests.town import MUNICIPALITY

STARTS = datetime(2025, 10, 21, 7, tzinfo=UTC)
MOMENTS = {
    "a week before": STARTS - timedelta(days=7),
    "two days before": STARTS - timedelta(days=2),
    "two hours after": STARTS + timedelta(hours=2),
}
USUAL, ROUNDS = ((100, 1), (400, 1), (100, 10)), 5


async def measure(url: str, folder: Path) -> None:
    migrate(url)
    database = Database(url)
    await database.start()
    imported_at = STARTS - timedelta(days=30)
    await database.write(lambda uow: import_folder(uow, folder, now=imported_at, progress=lambda *_: None))
    began = time.perf_counter()
    found = await database.read(lambda uow: len(dialogues_between(uow, STARTS, STARTS)))
    print(f"{database.dialect}: bare query of {found} dialogues {1000 * (time.perf_counter() - began):.0f} ms")
    for what, now in MOMENTS.items():
        for turn in ("first", "again"):
            began = time.perf_counter()
            await plan(database, now, MUNICIPALITY)
            print(f"{database.dialect}: {what}, {turn} {1000 * (time.perf_counter() - began):.0f} ms")
    await database.close()


async def with_years(url: str, institutions: int, years: int) -> None:
    migrate(url)
    Municipality(url, institutions=institutions, half_years=2 * years).fill()
    database, rounds = Database(url), Rounds()
    await database.start()
    first = await _cpu(database, NOW, rounds)
    quiet = min([await _cpu(database, NOW + timedelta(seconds=each), rounds) for each in range(1, ROUNDS + 1)])
    changed = float("inf")
    for each in range(1, ROUNDS + 1):
        await database.write(_report_back)
        changed = min(changed, await _cpu(database, NOW + timedelta(minutes=each), rounds))
    print(
        f"{database.dialect}: {institutions:,} institutions, {years} years: the first round {first:.0f} ms, "
        f"a quiet one {quiet:.1f} ms, after an answer {changed:.1f} ms"
    )
    await database.close()


async def _cpu(database: Database, now: datetime, rounds: Rounds) -> float:
    used = time.process_time()
    await plan(database, now, MUNICIPALITY, rounds)
    return 1000 * (time.process_time() - used)


def _report_back(uow: UnitOfWork) -> None:
    waiting = select(Recommendation).where(Recommendation.reported_on.is_(None)).limit(1)  # type: ignore[union-attr]
    uow.session.scalars(waiting).one().reported_on = NOW.date()


@contextmanager
def databases(dialect: str, folder: Path) -> Iterator["Server"]:
    if dialect == "sqlite":
        yield Server(folder, None)
        return
    server = Postgres()
    try:
        server.start()
        yield Server(folder, server)
    finally:
        server.remove()


class Server:
    """Where databases are made."""

    def __init__(self, folder: Path, postgres: Postgres | None) -> None:
        self._folder, self._postgres = folder, postgres

    def create(self, name: str) -> str:
        return self._postgres.create(name) if self._postgres else f"sqlite:///{self._folder}/{name}.db"


def main(dialect: str, towns: Sequence[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name, databases(dialect, Path(name)) as made:
        if not towns:
            write_files(Path(name))
            asyncio.run(measure(made.create("planner"), Path(name)))
        for institutions, years in towns or USUAL:
            asyncio.run(with_years(made.create(f"planner_{institutions}_{years}"), institutions, years))


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    main("postgresql" if "postgresql" in sys.argv else "sqlite", list(zip(numbers[::2], numbers[1::2], strict=True)))
