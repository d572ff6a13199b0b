"""What each answer costs with ten years of rows beside bare SQL: `python -m tests.bench_answers [postgresql] [ROUNDS]`.

A municipality of 400 institutions. Each answer is asked about one institution, an area and everything, over the last
twelve months and over ten years, from looking up who asks to the card as it is sent. Bare SQL is what the answer itself
sends to the database, sent again through the driver with every row fetched. Both are rolled back: reading is written
down, so that every answer writes. Medians of 15 rounds, or as many as are asked for, in an order that is new in each.

On SQLite all the work is this process's own, so that ratios are those of its CPU, whatever else the machine does. On
PostgreSQL they are those of the clock, since the server's work is not in the CPU of this process.
"""

import asyncio
import gc
import sys
import tempfile
import time
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import sqlalchemy

from bot.serve import keep_what_is_loaded
from dialogs.understanding.question import POLITICAL_REPORT
from storage import postgresql, sqlite
from storage.database import Database
from storage.migrating import migrate
from tests.every_answer import SPANS, Case, cases, recorded, send_again
from tests.postgres import Postgres
from tests.ten_years import NOW, Municipality

ROUNDS = 15
AT_MOST, AS_BARE, OVER_TEN_YEARS = 0.300, 2.0, 1.5


class Measured:
    """Seconds of one case, by the clock and of this process's CPU."""

    def __init__(self) -> None:
        self.whole: list[float] = []
        self.cpu: list[float] = []
        self.bare: list[float] = []
        self.bare_cpu: list[float] = []
        self.statements = 0


async def measure(url: str, rounds: int) -> None:
    migrate(url)
    began = time.perf_counter()
    town = Municipality(url)
    rows = town.fill()
    print(f"{rows:,} rows in {time.perf_counter() - began:.0f} s")
    database = Database(url)
    await database.start()
    engine = sqlite.writer(Path(str(database.url.database))) if database.dialect == "sqlite" else None
    connection = (engine or postgresql.engine(database.url, 1)).raw_connection()
    found = await cases(database, town, NOW)
    measured: dict[Case, Measured] = defaultdict(Measured)
    for case in found:
        if case.intent == POLITICAL_REPORT:
            # What is shown of the evidence base is kept the first time, once for all.
            await database.write(lambda uow, case=case: case.card(uow, NOW))  # type: ignore[misc]
    # As in `serve`: what is there from the start, here with all the rows that were made, is not looked through for
    # rubbish. That costs 0.1 s at a time, in whatever answer it happens to fall.
    gc.collect()
    keep_what_is_loaded()
    by_chance = Random(1)
    for turn in range(rounds):
        for case in by_chance.sample(found, len(found)):
            # Each time in a sitting of its own, so that the reads are written down.
            await one(database, connection, case, NOW + timedelta(hours=turn), measured[case])
    connection.close()
    await database.close()
    print_table(database.dialect, found, measured)


async def one(database: Database, connection: Any, case: Case, now: datetime, kept: Measured) -> None:
    with recorded() as statements:
        cpu, began = time.process_time(), time.perf_counter()
        await database.rehearse(lambda uow: case.card(uow, now))
        kept.whole.append(time.perf_counter() - began)
        kept.cpu.append(time.process_time() - cpu)
    cursor = connection.cursor()
    cpu, began = time.process_time(), time.perf_counter()
    if database.dialect == "sqlite":
        cursor.execute("BEGIN IMMEDIATE")
    send_again(cursor, statements)
    cursor.execute("ROLLBACK")
    kept.bare.append(time.perf_counter() - began)
    kept.bare_cpu.append(time.process_time() - cpu)
    kept.statements = len(statements)
    cursor.close()


def print_table(dialect: str, found: list[Case], measured: dict[Case, Measured]) -> None:
    """As Markdown; what is beyond what is to hold stands in bold."""
    is_alone = dialect == "sqlite"
    print(f"\n| {dialect} | about | over | SQL | bare ms | CPU | answer ms | CPU | ratio | ten years / twelve months |")
    print("|---|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for case in found:
        kept = measured[case]
        work, bare = (kept.cpu, kept.bare_cpu) if is_alone else (kept.whole, kept.bare)
        ratio = median(answer / sql for answer, sql in zip(work, bare, strict=True))
        longer, most = "", AT_MOST
        if case.span != next(iter(SPANS)):
            short = next(
                each for each in found if (each.intent, each.scope) == (case.intent, case.scope) and each != case
            )
            growth = median(work) / median(measured[short].cpu if is_alone else measured[short].whole)
            longer, most = _bold(f"{growth:.1f}", growth > OVER_TEN_YEARS), AT_MOST * OVER_TEN_YEARS
        print(
            f"| {case.intent} | {case.scope} | {case.span} | {kept.statements}"
            f" | {1000 * median(kept.bare):.1f} | {1000 * median(kept.bare_cpu):.1f}"
            f" | {_bold(f'{1000 * median(kept.whole):.0f}', median(kept.whole) > most)}"
            f" | {_bold(f'{1000 * median(kept.cpu):.0f}', median(kept.cpu) > most)}"
            f" | {_bold(f'{ratio:.1f}', ratio > AS_BARE)} | {longer} |"
        )


def _bold(text: str, is_beyond: bool) -> str:
    return f"**{text}**" if is_beyond else text


def main(dialect: str, rounds: int) -> None:
    print(f"Python {sys.version.split()[0]}, SQLAlchemy {sqlalchemy.__version__}")
    if dialect == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(f"sqlite:///{folder}/laeringsbot.db", rounds))
        return
    server = Postgres()
    try:
        server.start()
        asyncio.run(measure(server.create("answers"), rounds))
    finally:
        server.remove()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS)
