"""What docs/operations.md tells an operator to look for and to type is there, and does what it says."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.__main__ import main
from bot.settings import listed
from tests.launcher import for_a_shell
from tests.postgres import Postgres
from tests.terminal import PATIENCE, Terminal
from tests.test_commands import INSTITUTIONS, PEOPLE

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
SOURCE = "".join(
    each.read_text(encoding="utf-8")
    for folder in ("bot", "storage", "scheduler")
    for each in (ROOT / folder).glob("*.py")
)
SAID = re.sub(r'"\s*f?"', "", re.sub(r"\{[^{}\n]*\}", "…", SOURCE))


def test_every_command_and_setting_is_there() -> None:
    commands = set(re.findall(r"(?:^ {4}|`)laeringsbot ([a-z-]+)", PAGE, re.MULTILINE))
    assert {"backup", "withhold", "release", "doctor", "migrate"} <= commands <= set(main.commands)
    settings = set(re.findall(r"\b(?:LAERINGSBOT|Microsoft)_?[A-Z][A-Za-z_]+", PAGE))
    assert settings <= {each.name for each in listed()}


@pytest.mark.parametrize("symptom", re.findall(r"^\| [^|]*?\*([^*|]+)\*", PAGE, re.MULTILINE))
def test_every_symptom_is_said_in_these_words(symptom: str) -> None:
    parts = [each.strip() for each in re.split(r"…|\(.*?\)|\d+", symptom) if each.strip()]
    assert parts
    for part in parts:
        assert part in SAID, part


def test_the_program_is_installed_as_the_image_is() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for wanted in ("--require-hashes -r requirements-serve.lock", "--no-deps --no-build-isolation ."):
        assert wanted in image
        assert f"pip install {wanted}" in PAGE


def test_every_secret_says_how_it_is_rotated() -> None:
    rotated = PAGE.partition("\n## Rotate secrets\n")[2].partition("\n## ")[0]
    for name in ("LAERINGSBOT_TEXT_KEYS", "LAERINGSBOT_METRICS_TOKEN", "LAERINGSBOT_JOURNAL_SECRET", "certificate"):
        assert re.search(rf"^\| [^|]*{name}", rotated, re.MULTILINE), name


def test_every_command_of_the_restore_is_in_its_order() -> None:
    steps = ["mv laeringsbot.db", "cp /backup", "laeringsbot migrate", "laeringsbot serve", "laeringsbot release"]
    restore = PAGE.partition("To restore:")[2]
    assert [restore.index(each) for each in steps] == sorted(restore.index(each) for each in steps)


class Session:
    """A terminal in which the page is typed line by line, with the places that it invents as they are here.

    Commands are forked from a Python that is there already, unless each is to begin `from_nothing`, as an operator's
    does, the first time that it is typed.
    """

    def __init__(
        self, folder: Path, places: dict[str, str], *, from_nothing: bool, programs: Path | None = None
    ) -> None:
        self.folder, self.places = folder, places
        tools = folder / "tools"
        tools.mkdir()
        command = tools / "laeringsbot"
        begins = f'mkdir "{tools}/$1" 2>/dev/null && exec {sys.executable} -m bot "$@"\n' if from_nothing else ""
        command.write_text(f'#!/bin/sh\n{begins}exec {for_a_shell("bot")} "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        self.terminal = Terminal(folder, "")
        del self.terminal.environment["LAERINGSBOT_DATABASE_URL"]
        path = [str(tools), *([str(programs)] if programs else []), self.terminal.environment["PATH"]]
        self.terminal.environment["PATH"] = os.pathsep.join(path)

    def types(self, *lines: str) -> str:
        """Runs the lines in one shell, which ends at the first that fails; what they print, errors too."""
        for name, place in self.places.items():
            lines = tuple(each.replace(name, place) for each in lines)
        for each in lines:
            if found := re.match(r"export (\w+)=(\S+)", each):
                self.terminal.environment[found[1]] = found[2]
        done = subprocess.run(
            ["bash", "-euc", "\n".join(lines)],
            cwd=self.folder,
            env=self.terminal.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stdout
        assert "Traceback" not in done.stdout
        return done.stdout

    def asks(self) -> str:
        return self.types("laeringsbot ask --as mette@skovkoebing.example 'min oversigt'")


def typed(heading: str, *only: str) -> list[str]:
    """The lines to type under a heading, without their remarks; those that begin with one of these words."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.partition(" #")[0].strip() for line in re.findall(r"^ {4}(\S.*)", part, re.MULTILINE)]
    found = [each for each in lines if each and not each.startswith("#")]
    return [each for each in found if not only or each.split()[0] in only or each.startswith(only)]


def filled(session: Session) -> None:
    """An installation as the page tells it, with two people in it."""
    session.terminal.keeps(institutions=INSTITUTIONS, people=PEOPLE)
    assert typed("Install")[1:] == [
        "laeringsbot migrate",
        "laeringsbot import exports/ --dry-run",
        "laeringsbot import exports/",
        "laeringsbot serve",
        "laeringsbot doctor",
    ]
    told = session.types(*typed("Install", "laeringsbot migrate", "laeringsbot import"))
    assert "is now at" in told
    assert "people: 2 new" in told


def served_held_and_released(session: Session) -> None:
    """What follows a restore: people are answered, nothing is sent, until somebody says so."""
    session.types("laeringsbot withhold")
    with session.terminal.serving():
        told = session.types("laeringsbot doctor || true")
        assert "messages are held back since" in told
        assert "Elmeskolen" in session.asks()
    assert "Messages are sent again." in session.types(*typed("Back up and restore", "laeringsbot release"))
    assert "held back" not in session.types("laeringsbot doctor || true")


def test_the_page_is_typed_line_by_line_on_sqlite(tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    places = {"/backup/": f"{tmp_path}/backup/", "/srv/laeringsbot/": f"{tmp_path}/"}
    session = Session(tmp_path, places, from_nothing=True)
    session.types(typed("Install", "export")[0])
    filled(session)
    backup = typed("Back up and restore", "laeringsbot backup")
    with session.terminal.serving(from_nothing=True):
        assert "holds everything that was kept until now" in session.types(*backup)
    (copy,) = (tmp_path / "backup").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600, "nobody else may read it"
    refused = session.types(f"{backup[0]} || echo refused")
    assert "refused" in refused, "it writes over nothing"
    upgrade = typed("Upgrade", "laeringsbot backup", "laeringsbot migrate")
    assert "is at" in session.types(*upgrade)
    # What is written after the backup is lost with it, and the people of the backup are there.
    (tmp_path / "exports" / "people.csv").write_text(PEOPLE.replace("Mette Holm", "Mette Sen"), encoding="utf-8")
    session.types("laeringsbot import exports/")
    session.types(*typed("Back up and restore", "mkdir", "cp"), "laeringsbot migrate")
    assert (tmp_path / "lost" / "laeringsbot.db").exists()
    assert "Mette" in session.asks()
    served_held_and_released(session)
    (statement,) = re.findall(r"`(DELETE FROM secret [^`]*)`", PAGE)
    with closing(sqlite3.connect(tmp_path / "laeringsbot.db")) as database:
        database.execute(statement)


def test_the_page_is_typed_line_by_line_on_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    (tmp_path / "backup").mkdir()
    for name in ("laeringsbot", "restored"):
        postgres.drop(name)
    postgres.create("laeringsbot")
    places = {"/backup/": f"{tmp_path}/backup/", "laeringsbot@db.example/": f"laeringsbot@127.0.0.1:{postgres.port}/"}
    session = Session(tmp_path, places, from_nothing=False, programs=postgres.programs)
    exports = typed("Back up and restore", "export")
    first, restored = exports
    session.types(first)
    session.terminal.environment["LAERINGSBOT_DATABASE_URL"] = postgres.url("laeringsbot")
    filled(session)
    told = session.types("laeringsbot backup before.db || true")
    assert "pg_dump --format=custom" in told, "it says how"
    with session.terminal.serving():
        session.types(*typed("Back up and restore", "pg_dump"))
    (tmp_path / "exports" / "people.csv").write_text(PEOPLE.replace("Mette Holm", "Mette Sen"), encoding="utf-8")
    session.types("laeringsbot import exports/")
    session.types(*typed("Back up and restore", "psql", "pg_restore"), restored, "laeringsbot migrate")
    assert session.terminal.environment["LAERINGSBOT_DATABASE_URL"] == postgres.url("restored")
    assert "Mette" in session.asks()
    served_held_and_released(session)
    with postgres.connect("restored") as connection:
        for told in re.findall(r"`(DELETE FROM secret [^`]*)`", PAGE):
            connection.execute(told.encode())
        for statement in re.findall(r"`((?:CREATE|ALTER) USER second [^`]*)`", PAGE):
            connection.execute(statement.encode())
        names = {row[0] for row in connection.execute("SELECT name FROM person").fetchall()}
        assert names == {"Mette Holm", "Birgit Dam"}, "as it was when it was backed up"
        guards = connection.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").fetchone()
    second = {"host": "127.0.0.1", "port": postgres.port, "user": "second", "dbname": "restored", "autocommit": True}
    with psycopg.connect(**second) as connection:  # type: ignore[arg-type]
        assert connection.execute("SELECT current_user").fetchone() == ("laeringsbot",)
        assert connection.execute("UPDATE person SET name = name").rowcount == 2
    with postgres.connect("laeringsbot") as connection:
        connection.execute("DROP USER second")
        assert guards == connection.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").fetchone()
    with_docker(session, postgres)
    for name in ("laeringsbot", "restored", "lost"):
        postgres.drop(name)


def with_docker(session: Session, postgres: Postgres) -> None:
    """What a container of the page would be told about the database, told to the programs as they are here."""
    within = re.compile(r"docker compose (?:exec (?:-T )?(?:database|replica-1) |run --rm (?=migrate))")
    lines = [within.sub("", each) for each in typed("With Docker") if within.match(each)]
    lines = ["laeringsbot migrate" if each == "migrate" else each for each in lines]
    session.terminal.environment |= {"PGHOST": "127.0.0.1", "PGPORT": str(postgres.port)}
    session.terminal.environment["LAERINGSBOT_DATABASE_URL"] = postgres.url("laeringsbot")
    *restored, password, files, _rotate, _doctor = lines
    assert [each.split()[0] for each in restored] == [
        *("pg_dump", "psql", "createdb", "pg_restore", "laeringsbot", "laeringsbot", "laeringsbot")
    ]
    session.types(*restored[:5])
    with postgres.connect("laeringsbot") as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM person").fetchall()}
        assert names == {"Mette Sen", "Birgit Dam"}, "as it was when it was backed up"
    assert "lost" in session.types("psql --username=laeringsbot --list")
    session.types(f"printf 'new\\nnew\\n' | setsid --wait {password}", files)
    with postgres.connect("laeringsbot") as connection:
        (kept,) = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'laeringsbot'").fetchall()
        assert str(kept[0]).startswith("SCRAM-SHA-256$")
        connection.execute("ALTER USER laeringsbot PASSWORD NULL")


def test_the_limits_of_the_page_are_those_of_the_program() -> None:
    limits = PAGE.partition("\n## Limits\n")[2].partition("\n## ")[0]
    from bot.flood import A_SECOND, AT_ONCE
    from bot.guard import LARGEST_BODY
    from bot.health import LEAST_FREE
    from scheduler.delivery import Delivery
    from scheduler.heartbeat import COUNTED_FOR, DEAD_AFTER, KNOWN_FOR
    from storage.database import Database

    assert f"{LARGEST_BODY // 1024} KiB" in limits
    assert f"{Delivery.in_flight} messages a replica" in limits
    assert f"{AT_ONCE} messages and presses at once and {A_SECOND:.0f} a second" in limits
    assert f"{LEAST_FREE // 1024**2} MB to spare" in limits
    assert f"after {DEAD_AFTER:.0f} seconds" in limits
    assert f"sends after {KNOWN_FOR + COUNTED_FOR:.0f} seconds" in limits
    threads = Database.__init__.__kwdefaults__
    assert f"{threads['read_threads'] + threads['write_threads']} a replica" in limits
