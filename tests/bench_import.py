"""How long a large import takes, and how much memory: `python -m tests.bench_import [postgresql] [ROUNDS]`.

400 institutions with ten years of dialogues (8,000) and 100,000 key figures, first new and then unchanged. Beside it
what the driver alone needs to insert the rows that came of it, which checks nothing and looks nothing up: all of them
into the same tables with the same keys, constraints and indexes, and the figures alone into a table that has none.

With ROUNDS, a tenth of it is imported so often, and each time the driver inserts the rows of an import, whichever
of them comes first, so that what else the machine does weighs on both alike.
"""

import asyncio
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from storage.database import Database
from storage.importing import import_folder
from storage.migrating import migrate
from storage.sqlite import PRAGMAS
from storage.types import metadata
from tests.postgres import Postgres

INSTITUTIONS = 400
YEARS = range(2016, 2026)
FIGURES_EACH = 13
MOST_FIGURES = 100_000
KINDS = (("dagtilbud", "0-6"), ("skole", "6-18"), ("fritidstilbud", "6-18"))
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def write_files(folder: Path, part: int = 1) -> None:
    names = [f"Institution {number:03}" for number in range(INSTITUTIONS // part)]
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
    ][: MOST_FIGURES // part]
    for name, lines in (
        ("institutions", institutions),
        ("people", people),
        ("themes", themes),
        ("dialogues", dialogues),
        ("key_figures", figures),
    ):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


async def measure(url: str, again: str, folder: Path) -> None:
    """Both databases are empty, and of the same kind; `again` gets from the driver what the import makes of `url`."""
    migrate(url)
    migrate(again)
    database = Database(url)
    await database.start()
    took = []
    for _ in range(2):
        with timed() as seen:
            report = await database.write(lambda uow: import_folder(uow, folder, now=NOW, progress=lambda *_: None))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{database.dialect}: {seen}, peak {peak} MB, {report.dialogues}, {report.figures}")
        took.append(seen)
    await database.close()
    for what, seen in in_bulk(url, again):
        ratio = f"{seen.seconds / took[0].seconds:.2f} by the clock, {seen.used / took[0].used:.2f} by CPU"
        print(f"{database.dialect}, the driver alone, {what}: {seen}; the import has {ratio} of its rate")


@dataclass
class Took:
    """Seconds by the clock and of this process's CPU."""

    seconds: float = 0
    used: float = 0

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, CPU {self.used:.2f} s"


@contextmanager
def timed() -> Iterator[Took]:
    took, began, used = Took(), time.monotonic(), time.process_time()
    yield took
    took.seconds, took.used = time.monotonic() - began, time.process_time() - used


def in_bulk(url: str, again: str) -> Iterator[tuple[str, Took]]:
    """What the driver needs for the figures alone in a bare table, and for all rows in tables as the import's."""
    place = "?" if url.startswith("sqlite") else "%s"
    with closing(_connected(url)) as source, closing(_connected(again)) as connection:
        cursor = connection.cursor()
        kept = {each.name: source.execute(f"SELECT * FROM {each.name}").fetchall() for each in metadata.sorted_tables}
        here = {each.name: cursor.execute(f"SELECT * FROM {each.name}").fetchall() for each in metadata.sorted_tables}
        rows = {name: all for name, all in kept.items() if all and not here[name]}
        cursor.execute("CREATE TABLE bulk AS SELECT * FROM key_figure WHERE 1 = 0")
        connection.commit()
        figures = rows["key_figure"]

        def insert(into: Mapping[str, list[Any]]) -> None:
            for name, all in into.items():
                cursor.executemany(f"INSERT INTO {name} VALUES ({', '.join([place] * len(all[0]))})", all)
            connection.commit()

        def copy() -> None:
            for name, all in rows.items():
                with cursor.copy(f"COPY {name} FROM STDIN") as copying:
                    for row in all:
                        copying.write_row(row)

        with timed() as took:
            insert({"bulk": figures})
        yield f"{len(figures)} rows in a table without keys or indexes", took
        many = sum(len(all) for all in rows.values())
        if place == "%s":
            with timed() as took:
                copy()
            connection.rollback()
            yield f"{many} rows in the same tables by COPY", took
        with timed() as took:
            insert(rows)
        yield f"{many} rows in the same tables", took


async def rounds(create: Callable[[str], str], folder: Path, many: int) -> None:
    """The import's rate beside the driver's in the same tables, round by round, in an order that is new in each."""
    source = create("source")
    await _imported(source, folder)
    ratios: list[tuple[float, float]] = []
    for number in range(many):
        found: dict[str, Took] = {}
        for what in random.sample(("import", "driver"), 2):
            url = create(f"{what}{number}")
            if what == "import":
                found[what] = await _imported(url, folder)
            else:
                migrate(url)
                *_others, (_, found[what]) = in_bulk(source, url)
        print(f"{', '.join(f'{what} {seen}' for what, seen in found.items())}")
        ratios.append(
            (
                found["driver"].seconds / found["import"].seconds,
                found["driver"].used / found["import"].used,
            )
        )
    for what, each in zip(("the clock", "CPU"), zip(*ratios, strict=True), strict=True):
        print(f"By {what} the import has {median(each):.2f} ({min(each):.2f} to {max(each):.2f}) of the driver's rate")
    print(f"Load {os.getloadavg()[0]:.1f}.")


async def _imported(url: str, folder: Path) -> Took:
    migrate(url)
    database = Database(url)
    await database.start()
    with timed() as took:
        await database.write(lambda uow: import_folder(uow, folder, now=NOW, progress=lambda *_: None))
    await database.close()
    return took


def _connected(url: str) -> Any:
    if not url.startswith("sqlite"):
        return psycopg.connect(url.replace("+psycopg", ""))
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def main(kind: str, many: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_files(folder, 10 if many else 1)
        if kind == "sqlite":
            _measured(lambda name: f"sqlite:///{folder}/{name}.db", folder, many)
            return
        server = Postgres()
        try:
            server.start()
            _measured(server.create, folder, many)
        finally:
            server.remove()


def _measured(create: Callable[[str], str], folder: Path, many: int) -> None:
    asyncio.run(rounds(create, folder, many) if many else measure(create("bench"), create("again"), folder))


if __name__ == "__main__":
    given = sys.argv[1:]
    main("postgresql" if "postgresql" in given else "sqlite", next((int(each) for each in given if each.isdigit()), 0))
