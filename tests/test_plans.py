"""No answer and no press reads a whole table that grows with the years: each statement finds its rows by an index."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select

from dialogs import QUESTIONS, conversation
from dialogs.conversation import Kind
from dialogs.understanding import THE_TWELVE
from dialogs.understanding.question import POLITICAL_REPORT
from domain.errors import Refusal
from domain.organisation import Area
from domain.perspective import Group
from domain.slots import AskedStatus
from scheduler.planner import plan_in
from storage import sqlite
from storage.compiled import written
from storage.cycle import theme
from storage.database import Database
from storage.migrating import migrate
from storage.organisation import area
from storage.sqlite import file_of
from storage.unit_of_work import UnitOfWork
from tests.every_answer import ALL, Case, Statement, cases, flow_of, recorded, saved_by_a_leader, takes_bounds
from tests.ten_years import NOW, Municipality, big_tables
from tests.town import MUNICIPALITY

pytestmark = pytest.mark.about_the_database

BIG = frozenset(big_tables())
# Its figures are those of a whole age range, in which no institution may be told from another: half of all rows.
OF_EVERYBODY = frozenset({POLITICAL_REPORT})
# Tables of which there are few rows at any time, or a few more each other year.
FEW = frozenset({"legal_hold", "network_statement", "personal_note"})
# Indexes that hold nothing but what waits, however many years there are.
OF_WHAT_WAITS = frozenset({"ix_recommendation_not_reported", "ix_focus_area_active"})

COMMANDS = [
    each["da"]["title"]
    for each in json.loads(Path("manifest/commands.json").read_text(encoding="utf-8"))[0]["commands"]
]


@pytest.fixture
def town(empty_url: str) -> Municipality:
    """Eight institutions and two years of them: enough that nothing is found empty, whatever is asked."""
    migrate(empty_url)
    town = Municipality(empty_url, institutions=8, half_years=4)
    town.fill()
    return town


async def test_every_statement_of_every_answer_uses_an_index(town: Municipality) -> None:
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()
    sent: dict[str, dict[str, Statement]] = {}
    theme_id = await database.read(lambda uow: uow.session.scalars(select(theme.c.id).limit(1)).one())
    for case in await cases(database, town, NOW):
        for each in (case, *_narrowed(case, theme_id)):
            with recorded() as statements, suppress(Refusal):
                await database.rehearse(lambda uow, each=each: each.card(uow, NOW))  # type: ignore[misc]
            sent.setdefault(case.intent, {}).update({each.text: each for each in statements if not each.many})
    await database.close()
    assert set(sent) == {each for each in THE_TWELVE if each in QUESTIONS}
    whole = read_whole_on_sqlite if database.dialect == "sqlite" else read_whole_on_postgresql
    narrowed = [statements for intent, statements in sent.items() if intent not in OF_EVERYBODY]
    found = whole(town, {text: each for statements in narrowed for text, each in statements.items()})
    assert not found, "\n".join(f"{', '.join(sorted(names))}: {text}" for text, names in found.items())
    observed = sent["observation_overview"].values()
    assert any("ix_observation_institution_id_observed_at" in plan_of(town, each) for each in observed)


def _narrowed(case: Case, theme_id: UUID) -> Iterator[Case]:
    """The same about less, in each way that there is; what an answer does not go by is refused, or told."""
    if case.scope != ALL and case.span == "twelve months" and takes_bounds(flow_of(case.intent)):
        ways: list[dict[str, Any]] = [
            {"theme_id": theme_id},
            {"groups": (Group.CHILDREN,)},
            {"dialogue_no": 2},
            {"latest": True},
            {"coming": True},
            {"since": NOW - timedelta(days=40)},
            *({"status": each} for each in AskedStatus),
        ]
        yield from (replace(case, narrowed=way) for way in ways)


async def test_a_round_of_the_planner_reads_no_big_table(town: Municipality) -> None:
    """Each minute, beside whoever presses. What waits stands in indexes of its own, and is all that is gone through."""
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()
    looks = (await database.write(lambda uow: plan_in(uow, NOW, MUNICIPALITY))).looks
    with recorded() as statements:
        await database.rehearse(lambda uow: plan_in(uow, NOW, MUNICIPALITY, looks))
    await database.close()
    sent = {each.text: each for each in statements if not each.many}
    assert len(sent) > 30
    whole = read_whole_on_sqlite if database.dialect == "sqlite" else read_whole_on_postgresql
    found = {text: names - FEW for text, names in whole(town, sent).items() if names - FEW}
    assert not found, "\n".join(f"{', '.join(sorted(names))}: {text}" for text, names in found.items())


async def test_no_press_and_no_command_reads_a_big_table(town: Municipality) -> None:
    """Who it is, what waits for them and what they save costs no more after ten years."""
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()
    pressed = saved_by_a_leader(town, 1)
    chief, administration, leader = (str(UUID(int=number)) for number in (1, 2, 4))
    typed = [
        replace(
            pressed, kind=Kind.SAID, identity=who, key=f"{who} {command}", text=command, verb="", data={}, reply_to=""
        )
        for who in (chief, administration, leader)
        for command in COMMANDS
    ]
    with recorded() as statements:
        for each in (pressed, *typed):
            await database.rehearse(
                lambda uow, each=each: conversation.answer(uow, each, now=NOW, municipality=MUNICIPALITY)  # type: ignore[misc]
            )
    await database.close()
    sent = {each.text: each for each in statements if not each.many}
    assert any("note_taker" in text for text in sent)
    whole = read_whole_on_sqlite if database.dialect == "sqlite" else read_whole_on_postgresql
    found = whole(town, sent)
    assert not found, "\n".join(f"{', '.join(sorted(names))}: {text}" for text, names in found.items())


def read_whole_on_sqlite(town: Municipality, sent: dict[str, Statement]) -> dict[str, set[str]]:
    """By statement, the big tables that SQLite would go through from end to end, be it in an index; or from all
    institutions, where one is asked for."""
    connection = sqlite.writer(file_of(town.url)).raw_connection()
    found = {}
    for text, each in sent.items():
        plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {text}", each.parameters).fetchall()
        scanned = {
            match[1]
            for row in plan
            if (match := re.match(r"SCAN (\w+)(?:.* USING (?:COVERING )?INDEX (\w+))?", row[3]))
            and match[2] not in OF_WHAT_WAITS
        }
        # Where it is of one institution, nobody else's are gone through for it.
        scanned |= {
            match[1]
            for row in plan
            if (match := re.match(r"SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \((<?\w+)", row[3]))
            and f"{match[1]}.institution_id = ?" in text
            and not match[2].endswith("id")
        }
        if names := {named(text, each) for each in scanned} & BIG:
            found[text] = names
    connection.close()
    return found


def plan_of(town: Municipality, sent: Statement) -> str:
    """How either database would run a statement, as it says itself of the little that there is."""
    if town.url.get_backend_name() == "sqlite":
        connection = sqlite.writer(file_of(town.url)).raw_connection()
        rows = connection.cursor().execute(f"EXPLAIN QUERY PLAN {sent.text}", sent.parameters).fetchall()
        connection.close()
        return str(rows)
    with psycopg.connect(town.url.set(drivername="postgresql").render_as_string(hide_password=False)) as postgres:
        postgres.execute("SET enable_seqscan = off")
        way_in = psycopg.RawCursor if "$1" in sent.text else psycopg.Cursor
        return str(way_in(postgres).execute(f"EXPLAIN {sent.text}".encode(), sent.parameters).fetchall())


def read_whole_on_postgresql(town: Municipality, sent: dict[str, Statement]) -> dict[str, set[str]]:
    """The same on PostgreSQL, where nothing but the lack of an index may have a table read from end to end.

    It is not told how little there is, or it would rightly read all of it. An index that is read without a condition
    has only put the whole table in order.
    """
    found = {}
    with psycopg.connect(town.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.execute(f"SET enable_{way} = off".encode())
        connection.execute("DELETE FROM pg_statistic")
        connection.execute(
            "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relnamespace = 'public'::regnamespace"
        )
        for text, each in sent.items():
            # What goes past SQLAlchemy has its values as $1, $2 …
            way_in = psycopg.RawCursor if "$1" in text else psycopg.Cursor
            asked = way_in(connection).execute(f"EXPLAIN (FORMAT JSON) {text}".encode(), each.parameters)
            answer = asked.fetchone()
            assert answer
            names = {
                node["Relation Name"]
                for node in nodes(answer[0][0]["Plan"])
                if node["Node Type"] == "Seq Scan"
                or (
                    node["Node Type"] in ("Index Scan", "Index Only Scan")
                    and "Index Cond" not in node
                    and node["Index Name"] not in OF_WHAT_WAITS
                )
            }
            if names & BIG:
                found[text] = names & BIG
    return found


def named(text: str, alias: str) -> str:
    """The table that a statement calls so."""
    match = re.search(rf"(?:FROM|JOIN) (\w+) AS {alias}\b", text)
    return match[1] if match else alias


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", []):
        yield from nodes(each)


async def test_what_nobody_waits_for_is_recorded_as_all_else_is(database: Database) -> None:
    """Another check of the check: a way past it would let anything through."""

    def work(uow: UnitOfWork) -> None:
        written(uow, Area(name="Nord"))
        uow.keep()
        uow.session.scalar(select(area.c.name))

    with recorded() as statements:
        await database.rehearse(work)
    assert [each.text.split(maxsplit=1)[0] for each in statements] == ["INSERT", "SELECT"]
    assert "Nord" in statements[0].parameters


async def test_a_statement_without_an_index_would_be_found(town: Municipality) -> None:
    """A check of the check: the texts of perspectives have none."""
    text = "SELECT id FROM perspective WHERE said = 'x'"
    whole = read_whole_on_sqlite if town.url.get_backend_name() == "sqlite" else read_whole_on_postgresql
    assert whole(town, {text: Statement(text, (), False)}) == {text: {"perspective"}}
