"""What one tick of the planner costs in a large municipality: `python -m tests.bench_planner [postgresql]`.

400 institutions that all have their dialogue on the same day, the most there can be to plan at once; beside it, in the
same run, one bare query of the dialogues that are planned for.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.planner import plan
from storage.database import Database
from storage.dialogue import dialogues_between
from storage.importing import import_folder
from storage.migrating import migrate
from tests.bench_import import write_files
from tests.postgres import Postgres
from tests.town import MUNICIPALITY

STARTS = datetime(2025, 10, 21, 7, tzinfo=UTC)
MOMENTS = {
    "a week before": STARTS - timedelta(days=7),
    "two days before": STARTS - timedelta(days=2),
    "two hours after": STARTS + timedelta(hours=2),
}


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


def main(dialect: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder)
        if dialect == "sqlite":
            asyncio.run(measure(f"sqlite:///{folder}/laeringsbot.db", folder))
            return
        server = Postgres()
        try:
            server.start()
            asyncio.run(measure(server.create("planner"), folder))
        finally:
            server.remove()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite")
