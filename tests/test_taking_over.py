"""A newer release takes over from an older one, replica by replica: the older works with the newer schema meanwhile.

Every step of the schema since releases take over from one another only adds what an older program can do without. One
that takes something away says in `CONTRACTS` which version a program must know from then on, and writes it down.
"""

import json
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from bot.opening import TooNew, is_migrated, opened
from bot.settings import Settings
from domain.anonymisation import Counts
from domain.slots import Slots
from storage.database import Database
from storage.migrating import FOLDER, current_and_head, downgrade, known_versions, migrate
from storage.schema import Fit, fit_of
from tests.bot import running_bot
from tests.channel import Channel
from tests.crowd import Crowd
from tests.kept_documents import columns, kept_in, known, new_shapes, with_a_part_more
from tests.test_migrations import everything_about
from tests.town import NOW, Town, words

pytestmark = pytest.mark.about_the_database

# The steps before it were made before anything was released.
SINCE = "0025_wider_indexes"
NEWER = "9999_of_a_newer_release"
NOT_IN_THE_CROWD = {"anonymisation.counts": Counts, "asked_before.slots": Slots}
# Read already, and written by a later release; and never kept.
NOT_WRITTEN = {"left", "reason"}


def breaks(before: dict[str, Any], after: dict[str, Any], held: Collection[str] = ()) -> list[str]:
    """What a program that knows the schema `before` cannot do with the one `after`. What it has `held` by itself is no
    new rule to it."""
    found = []
    for name, table in before.items():
        if name not in after:
            found.append(f"{name} is gone")
            continue
        then = {each["name"]: each for each in after[name]["columns"]}
        now = {each["name"]: each for each in table["columns"]}
        for column, each in now.items():
            if column not in then:
                found.append(f"{name}.{column} is gone")
                continue
            if then[column]["type"] != each["type"]:
                found.append(f"{name}.{column} is another type")
            if each["nullable"] and not then[column]["nullable"]:
                found.append(f"{name}.{column} must be filled in now")
        for column in then.keys() - now.keys():
            if not then[column]["nullable"] and then[column]["default"] is None:
                found.append(f"{name}.{column} must be filled in by programs that do not know it")
        for kind in ("unique", "foreign keys"):
            for rule in after[name][kind]:
                columns = set(rule.get("column_names") or rule.get("constrained_columns"))
                if columns <= now.keys() and rule not in table[kind]:
                    found.append(f"{name} has a new rule for {sorted(columns)}")
        for index in after[name]["indexes"]:
            columns = set(index["column_names"])
            is_new = index["unique"] and index not in table["indexes"] and index["name"] not in held
            if is_new and columns <= now.keys():
                found.append(f"{name} has a new rule for {sorted(columns)}")
        for check in after[name]["checks"]:
            old = [each for each in table["checks"] if each["name"] == check["name"]]
            if old and not set(re.findall(r"'([^']*)'", old[0]["sqltext"])) <= set(
                re.findall(r"'([^']*)'", check["sqltext"])
            ):
                found.append(f"{name} refuses a value that it took: {check['name']}")
            if not old and any(re.search(rf"\b{each}\b", check["sqltext"]) for each in now):
                found.append(f"{name} has a new rule: {check['name']}")
    return found


def later_steps() -> list[Any]:
    """The steps since releases take over, newest first."""
    steps = list(ScriptDirectory(str(FOLDER)).walk_revisions())
    return steps[: [each.revision for each in steps].index(SINCE)]


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_no_step_takes_away_what_an_older_program_needs(empty_url: str) -> None:
    migrate(empty_url)
    engine = create_engine(empty_url)
    after = everything_about(engine)
    broken = {}
    for step in later_steps():
        downgrade(empty_url, "-1")
        before = everything_about(engine)
        contracts = getattr(step.module, "CONTRACTS", None)
        if contracts is None and (found := breaks(before, after, getattr(step.module, "ALWAYS_HELD", ()))):
            broken[step.revision] = found
        after = before
    engine.dispose()
    assert broken == {}


def test_a_step_that_contracts_says_since_when_nobody_needs_it_and_writes_it_down() -> None:
    for step in later_steps():
        contracts = getattr(step.module, "CONTRACTS", None)
        if contracts is not None:
            source = Path(str(step.module.__file__)).read_text(encoding="utf-8")
            assert contracts in known_versions(), step.revision
            assert "schema_support" in source, f"{step.revision} does not write down {contracts}"


def test_the_rule_finds_what_breaks() -> None:
    def table(
        *columns: tuple[str, bool], unique: tuple[str, ...] = (), index: tuple[str, ...] = (), check: str = ""
    ) -> dict[str, Any]:
        return {
            "columns": [{"name": n, "type": "TEXT", "nullable": nullable, "default": None} for n, nullable in columns],
            "unique": [{"name": "u", "column_names": list(unique)}] if unique else [],
            "indexes": [{"name": "i", "column_names": list(index), "unique": True}] if index else [],
            "foreign keys": [],
            "checks": [{"name": "ck", "sqltext": check}] if check else [],
        }

    before = {"area": table(("id", False), ("name", True), check="name IN ('a', 'b')")}
    same = table(("id", False), ("name", True), ("more", True), check="name IN ('a', 'b', 'c')")
    assert breaks(before, {"area": same, "new": table(("id", False))}) == []
    assert breaks(before, {}) == ["area is gone"]
    changed = {
        "name is gone": table(("id", False)),
        "must be filled in now": table(("id", False), ("name", False)),
        "by programs that do not know it": table(("id", False), ("name", True), ("more", False)),
        "has a new rule for": table(("id", False), ("name", True), unique=("name",)),
        "by an index alone, has a new rule for": table(("id", False), ("name", True), index=("name",)),
        "refuses a value": table(("id", False), ("name", True), check="name IN ('a')"),
    }
    for told, then in changed.items():
        assert any(told.split()[-1] in each for each in breaks(before, {"area": then})), told
    other = table(("id", False), ("name", True))
    other["columns"][1]["type"] = "INTEGER"
    assert breaks(before, {"area": other}) == ["area.name is another type"]


def grown(url: str, *, oldest: str = "") -> None:
    """The database as a newer release has it: a version of its own, a table and a column more."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{NEWER}'"))
        connection.execute(text("CREATE TABLE something_new (id INTEGER PRIMARY KEY)"))
        connection.execute(text("ALTER TABLE person ADD COLUMN something_new VARCHAR(20)"))
        if oldest:
            connection.execute(text(f"INSERT INTO schema_support (id, oldest) VALUES (1, '{oldest}')"))
    engine.dispose()


async def test_an_older_program_starts_and_works_with_a_newer_schema(database_url: str, channel: Channel) -> None:
    town = Town()
    settings = Settings.load(None, database_url=database_url)
    async with opened(settings) as database:
        await database.write(town.build)
    # A copy that is not the session's own: the next story gets a fresh one.
    grown(database_url, oldest=SINCE)
    try:
        assert fit_of(database_url) is Fit.NEWER
        assert migrate(database_url) == (NEWER, NEWER)
        leader = channel.persona(town.leader)
        async with running_bot(database_url, channel, now=lambda: NOW - timedelta(hours=12)):
            await leader.writes("forbered")
            card = await leader.presses("Gem kladde", interpretation="Vi lytter mere end før.")
            assert "Din kladde er gemt" in words(card)
    finally:
        shrunk(database_url)


async def test_a_program_that_is_too_old_says_so_and_does_not_start(database_url: str) -> None:
    settings = Settings.load(None, database_url=database_url)
    grown(database_url, oldest="9998_of_another_release")
    try:
        assert fit_of(database_url) is Fit.TOO_NEW
        with pytest.raises(TooNew, match="newer release"):
            async with opened(settings):
                pass
    finally:
        shrunk(database_url)


def shrunk(url: str) -> None:
    _, head = current_and_head(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE something_new"))
        connection.execute(text("ALTER TABLE person DROP COLUMN something_new"))
        connection.execute(text("DELETE FROM schema_support"))
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{head}'"))
    engine.dispose()


def test_an_older_schema_has_to_be_migrated_first(empty_url: str) -> None:
    migrate(empty_url)
    assert fit_of(empty_url) is Fit.SAME
    downgrade(empty_url, "-1")
    settings = Settings.load(None, database_url=empty_url)
    assert fit_of(empty_url) is Fit.OLDER
    assert not is_migrated(settings)


def test_what_an_older_release_has_kept_is_read_and_what_a_newer_one_adds_is_passed_over() -> None:
    """Documents are one value to the database, which no step changes: whoever reads them has to bear both."""
    kept = known()
    for name, kind in columns().items():
        for each in kept.get(name, ()):
            read = kind.dump(kind.load(each))
            assert kind.dump(kind.load(with_a_part_more(each))) == read, name
            assert said_in(each) <= said_in(json.loads(json.dumps(read))), f"{name} loses what was kept in it"


def said_in(plain: Any) -> Counter[str]:
    """Every value in it, and how often."""
    if isinstance(plain, dict | list):
        parts = plain.values() if isinstance(plain, dict) else plain
        return sum(map(said_in, parts), Counter[str]())
    return Counter([str(plain)])


async def test_what_is_kept_in_a_new_shape_is_known(sqlite_database: Database) -> None:
    """The release before reads it as well: a new part is read by one release, and written by a later one. Then
    `python -m tests.kept_documents` writes the shape down."""
    await sqlite_database.write(Crowd.gather)
    kept = await sqlite_database.read(kept_in)
    assert list(new_shapes(kept, known())) == []
    assert kept.keys() | NOT_IN_THE_CROWD.keys() == columns().keys()
    for column, kind in NOT_IN_THE_CROWD.items():
        assert {each.name for each in fields(kind)} - NOT_WRITTEN <= set().union(*known()[column]), column
