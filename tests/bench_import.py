"""How long a large import takes, and how much memory: `python -m tests.bench_import [postgresql]`.

400 institutions with ten years of dialogues (8,000) and 100,000 key figures, first new and then unchanged. Beside it
what the driver alone needs to insert the same 100,000 rows of figures, which checks nothing and looks nothing up.
"""

import asyncio
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from storage.database import Database
from storage.importing import import_folder
from storage.migrating import migrate
from tests.postgres import Postgres

INSTITUTIONS = 400
YEARS = range(2016, 2026)
FIGURES_EACH = 13
MOST_FIGURES = 100_000
KINDS = (("dagtilbud", "0-6"), ("skole", "6-18"), ("fritidstilbud", "6-18"))
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def write_files(folder: Path) -> None:
    names = [f"Institution {number:03}" for number in range(INSTITUTIONS)]
    institutions = ["name,type,age_range,area"]
    people = ["name,email,aad_object_id,role,scope"]
    for number, name in enumerate(names):
        institutions.append(f"{name},{','.join(KINDS[number % 3])},Område {number % 8}")
        identity = f"{number:08x}-0000-0000-0000-000000000001"
        people.append(f"Leder {number},leder{number}@example.dk,{identity},leder,{name}")
    themes = ["title,age_range,valid_from,valid_to"]
    themes += [f"Tema {year},0-6,{year}H2,{year + 2}H1" for year in range(2015, 2027, 2)]
    themes += [f"Tema {year},6-18,{year}H2,{year + 2}H1" for year in range(2014, 2026, 2)]
    dialogues = ["institution,starts_at,place"]
    dialogues += [
        f"{name},{year}-{month}-21 09:00,Kontoret" for name in names for year in YEARS for month in ("04", "10")
    ]
    figures = ["institution,half_year,indicator,value,unit,n,previous,comparison,source,as_of"]
    figures += [
        f'{name},{year}H{term},Indikator {number},"{number},5",%,40,70.1,71.2,LIS,{year}-12-31'
        for year in YEARS
        for term in (1, 2)
        for name in names
        for number in range(FIGURES_EACH)
    ][:MOST_FIGURES]
    for name, lines in (
        ("institutions", institutions),
        ("people", people),
        ("themes", themes),
        ("dialogues", dialogues),
        ("key_figures", figures),
    ):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


async def measure(url: str, folder: Path) -> None:
    migrate(url)
    database = Database(url)
    await database.start()
    for _ in range(2):
        began, used = time.monotonic(), time.process_time()
        report = await database.write(lambda uow: import_folder(uow, folder, now=NOW, progress=lambda *_: None))
        seconds, used = time.monotonic() - began, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{database.dialect}: {seconds:.1f} s, CPU {used:.1f} s, peak {peak} MB,",
            f"{report.dialogues}, {report.figures}",
        )
    await database.close()
    rows, seconds, used = in_bulk(url)
    print(f"{database.dialect}, the driver alone: {rows} rows in {seconds:.1f} s, CPU {used:.1f} s")


def in_bulk(url: str) -> tuple[int, float, float]:
    """How many rows, and in what time and CPU, the driver inserts into an empty table like that of the figures."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else _psycopg(url)
    with closing(connection):
        cursor = connection.cursor()
        rows = cursor.execute("SELECT * FROM key_figure").fetchall()
        cursor.execute("CREATE TABLE bulk AS SELECT * FROM key_figure WHERE 1 = 0")
        place = "?" if url.startswith("sqlite") else "%s"
        began, used = time.monotonic(), time.process_time()
        cursor.executemany(f"INSERT INTO bulk VALUES ({', '.join([place] * len(rows[0]))})", rows)
        connection.commit()
        return len(rows), time.monotonic() - began, time.process_time() - used


def _psycopg(url: str) -> Any:
    return psycopg.connect(url.replace("+psycopg", ""))


def main(kind: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_files(folder)
        if kind == "sqlite":
            asyncio.run(measure(f"sqlite:///{folder}/laeringsbot.db", folder))
            return
        server = Postgres()
        try:
            server.start()
            asyncio.run(measure(server.create("bench"), folder))
        finally:
            server.remove()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite")
