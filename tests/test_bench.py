"""Measurements whose parts nothing else tries run, short, and count what they compare; no figure is looked at."""

import re

import pytest

from storage.database import Database
from tests.bench_front_door import main as front_door
from tests.bench_import import in_bulk
from tests.bench_submit import measure
from tests.machine import described
from tests.postgres import Postgres
from tests.soak.stage import databases
from tests.terminal import ROOT
from tests.town import Town


async def test_a_saved_card_is_measured_on_both_databases(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the peers, whose packages are fetched for `make bench` alone."""
    await measure(1, 8, peers=())
    told = capsys.readouterr().out
    for database in ("sqlite", "postgresql"):
        assert f"{database}: 48 perspectives kept of 48 answers given" in told
    assert "| Læringsbot, SQLite, message replaced |" in told


async def test_each_part_of_the_front_door_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    await front_door(turns=3)
    told = re.findall(r"^(.+?)  +[\d.]+ ms$", capsys.readouterr().out, re.MULTILINE)
    assert len(told) == 6
    assert "front door, token seen before" in told


async def test_the_driver_alone_inserts_the_rows_that_an_import_has_made(
    database: Database, postgres: Postgres
) -> None:
    town = Town()
    await database.write(town.build)
    with databases(database.dialect, postgres) as again:
        found = list(in_bulk(database.url.render_as_string(hide_password=False), again))
    told = [what for what, _took in found]
    assert told[0].startswith(f"{len(town.figures)} rows")
    assert len(told) == (2 if database.dialect == "sqlite" else 3)
    assert all(took.seconds > 0 for _what, took in found)


def test_the_page_has_the_machine_that_all_was_measured_on() -> None:
    page = (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8").split("\n## ")[0]
    assert "python -m tests.machine" in page
    for name, told in described().items():
        assert re.search(r"\d|[A-Z]", told), name
        assert re.search(rf"^\| {name} \| \S.*\|$", page, re.MULTILINE), name
