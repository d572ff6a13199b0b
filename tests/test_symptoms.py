"""The operator's table of what can be wrong: each fault is made, told in the page's words, and its command ends it."""

import asyncio
import os
import re
import secrets
import socket
import subprocess
import sys
from base64 import b64encode
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, text, update

from bot.demo import free_port
from bot.doctor import examine
from bot.serve import utc_now
from bot.settings import Settings
from domain.prompt import PromptKind, PromptState
from storage import hold, prompt
from storage.database import Database
from storage.obstacle import UNWRITTEN
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.postgres import Postgres, programs
from tests.receiver import JOURNALS
from tests.record import AFTER
from tests.soak.stage import crowd, opened
from tests.soak.tally import tally
from tests.terminal import PATIENCE, ROOT, Terminal
from tests.test_hold import IN_EARNEST
from tests.test_journal import decided
from tests.test_metrics import Operator, looked_at
from tests.test_perspective import GOOD
from tests.test_rights_at_the_terminal import a_town
from tests.town import Someone, Town

pytestmark = pytest.mark.about_the_database

PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("\n## When something is wrong\n")[2]
ROWS = re.findall(r"^\| (?!symptom|---)(.+?) \| .+ \| .+ \|$", TABLE, re.MULTILINE)
STARTS = "test_symptoms.test_what_keeps_serve_from_starting_is_told_and_gone_after_its_command"
WAITS = "test_symptoms.test_what_waits_or_failed_is_told_and_gone_after_its_command"
LETS_NOBODY_WRITE = "test_symptoms.test_a_server_that_lets_nobody_write_is_told_and_all_goes_on_once_it_does"
IS_LOCKED = "test_symptoms.test_what_another_program_has_locked_is_told_as_that_and_all_goes_on_after_it"
NOT_LET_IN = "test_doctor.test_a_server_that_lets_nobody_in_or_lacks_the_database_is_told_of_as_that"
LOCK = "LOCK TABLE prompt, perspective IN ACCESS EXCLUSIVE MODE"
(ENDS_A_SESSION,) = re.findall(r"`(psql [^`]*pg_terminate_backend[^`]*)`", PAGE)
(LISTS_THOSE_LEFT_OPEN,) = re.findall(r"`(psql [^`]*idle in[^`]*)`", PAGE)
# By some words of its symptom: the story that provokes it.
PROVOKED = {
    "missing or wrong": STARTS,
    "ends: *The database is not of this version yet": STARTS,
    "Notes and feedback are encrypted with": STARTS,
    "The bot cannot listen on": STARTS,
    "is in use by": STARTS,
    "people say that the bot does not answer": STARTS,
    "the database is damaged": "test_doctor.test_a_damaged_file_is_told_of_as_that_wherever_one_looks",
    "does not let the bot's user in": NOT_LET_IN,
    "the database server has no such database": NOT_LET_IN,
    "the database cannot be reached": "test_metrics.test_a_database_that_goes_away_is_told_at_once",
    "`/readyz`: *the database cannot be written": LETS_NOBODY_WRITE,
    "doctor: *the database cannot be written": LETS_NOBODY_WRITE,
    "or a table of it, locked": IS_LOCKED,
    "warning: *another program has locked": IS_LOCKED,
    "`/readyz`: *the database is not of this version": "test_metrics.test_a_database_of_an_older_version_is_not_served",
    "the delivery of messages stands still": "test_metrics.test_a_delivery_that_stands_still_is_told",
    "nothing has been planned since": "test_metrics.test_planning_that_fails_whole_is_told_from_the_start",
    "the clock of … fails": "test_metrics.test_a_clock_that_fails_is_told_wherever_an_operator_looks",
    "signing keys could not be fetched": "test_metrics.test_a_replica_that_can_let_nobody_in_is_closed_until_it_can",
    "(invalid_client)": "test_symptoms.test_a_token_that_is_refused_is_told_until_the_secret_is_right",
    "(timeout)": "test_doctor.test_a_token_service_that_hangs_is_given_up_and_told_of",
    "messages are held back": WAITS,
    "this machine's clock is": "test_symptoms.test_a_server_whose_clock_is_off_is_told_until_it_is_right",
    "of the records for the journal": WAITS,
    "an anonymisation that was approved": "test_rights_at_the_terminal.test_somebody_is_anonymised_from_the_terminal",
    "`uncertain`: *a message is": WAITS,
    "`failed (ConversationBlockedByUser)`": WAITS,
    "doctor: *… cannot be reached": WAITS,
    "this database was served at": WAITS,
    "messages are more than five minutes late": WAITS,
    "a message came twice": "test_delivery.test_a_lost_answer_is_repeated_once_with_a_line",
}


def test_every_row_is_provoked_by_a_story_that_is_there() -> None:
    assert len(ROWS) == len(PROVOKED)
    for row in ROWS:
        assert len([each for each in PROVOKED if each in row]) == 1, row
    for story in set(PROVOKED.values()):
        module, name = story.split(".")
        assert f"def {name}" in (ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8"), story


def tells(said: str, symptom: str) -> bool:
    """Whether it is said as the page has it; what stands for something else, or is told in brackets, aside."""
    (row,) = [each for each in ROWS if symptom in each]
    (words,) = re.findall(r"\*([^*]+)\*", row)
    parts = [each.strip() for each in re.split(r"…|\(.*?\)", words) if each.strip()]
    assert parts
    return all(each in said for each in parts)


@pytest.fixture
def terminal(tmp_path: Path, database_url: str) -> Terminal:
    return Terminal(tmp_path, database_url)


async def test_what_keeps_serve_from_starting_is_told_and_gone_after_its_command(
    tmp_path: Path, empty_url: str
) -> None:
    terminal, key = Terminal(tmp_path, empty_url), b64encode(secrets.token_bytes(32)).decode()
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    assert tells(terminal.run("serve").stderr, "missing or wrong")
    mended = terminal.run("serve", **IN_EARNEST)
    assert not tells(mended.stderr, "missing or wrong")
    assert tells(mended.stderr, "ends: *The database is not of this version yet")
    assert terminal.run("migrate").returncode == 0

    await a_town(empty_url)
    assert terminal.run("rotate-keys", LAERINGSBOT_TEXT_KEYS=key).returncode == 0
    assert tells(terminal.run("serve", "--local").stderr, "Notes and feedback are encrypted with")
    (named,) = re.findall(r"are encrypted with the key (\w+)", terminal.run("doctor").stdout)
    terminal.environment["LAERINGSBOT_TEXT_KEYS"] = key
    assert f"encrypted with the key {named}" in terminal.run("doctor").stdout

    with socket.create_server(("127.0.0.1", free_port(24_000))) as another:
        taken = str(another.getsockname()[1])
        assert tells(terminal.run("serve", "--local", LAERINGSBOT_PORT=taken).stderr, "The bot cannot listen on")
        with terminal.serving() as port:
            with pytest.raises(HTTPError) as answered:
                urlopen(f"http://127.0.0.1:{port}/api/messages", timeout=60)
            assert answered.value.code == 405
            answered.value.close()
            if empty_url.startswith("sqlite"):
                second = terminal.run("serve", "--local", LAERINGSBOT_PORT=str(free_port(24_500)))
                assert tells(second.stderr, "is in use by")
            else:
                with terminal.serving():
                    pass


async def test_what_waits_or_failed_is_told_and_gone_after_its_command(terminal: Terminal, database_url: str) -> None:
    town, away = Town(), str(terminal.folder / "journal")
    terminal.environment["LAERINGSBOT_JOURNAL_FOLDER"] = away
    async with opened(database_url) as database:
        await database.write(town.build)
        await decided(Someone(database, town.leader, now=AFTER, municipality=JOURNALS))
    terminal.run("tick", "--local")
    async with opened(database_url) as database:
        await database.write(lambda uow: as_after_a_night(uow, town))

    told = terminal.run("doctor").stdout
    for symptom in (
        *("messages are held back", "of the records for the journal", "doctor: *… cannot be reached"),
        *("`uncertain`: *a message is", "messages are more than five minutes late", "this database was served at"),
    ):
        assert tells(told, symptom), (symptom, told)
    assert "a message is uncertain" in told
    assert "a message is failed (ConversationBlockedByUser)" in told

    assert terminal.run("journal").returncode == 1
    Path(away).mkdir()
    assert terminal.run("journal", "--retry").returncode == 0
    assert terminal.run("release").returncode == 0
    assert terminal.run("tick", "--local").returncode == 0
    assert terminal.run("journal").returncode == 0
    told = terminal.run("doctor").stdout
    for symptom in (
        *("messages are held back", "of the records for the journal"),
        *("messages are more than five minutes late", "this database was served at"),
    ):
        assert not tells(told, symptom), (symptom, told)


def as_after_a_night(uow: UnitOfWork, town: Town) -> None:
    """A clock was set back, somebody withheld; a record waits for the journal, one message too, and two went wrong."""
    now = utc_now()
    hold.hold(uow, hold.HeldBecause.ASKED)
    uow.session.execute(update(hold.delivery).values(alive_at=hold.clock(uow) + timedelta(hours=1)))
    uow.session.execute(text("UPDATE journal_entry SET planned_at = :then"), {"then": now - timedelta(days=3)})
    for state, reason in (
        (PromptState.PENDING, None),
        (PromptState.UNCERTAIN, "lost"),
        (PromptState.FAILED, "ConversationBlockedByUser"),
    ):
        uow.add(
            prompt.Prompt(
                occasion=f"symptom:{state}", person_id=town.leader.id, view="overview", subject_id=town.leader.id,
                due_at=now - timedelta(hours=1), expires_at=now + timedelta(days=2), kind=PromptKind.ASKED, state=state,
                reason=reason,
            )
        )  # fmt: skip


async def test_a_token_that_is_refused_is_told_until_the_secret_is_right(database_url: str, channel: Channel) -> None:
    channel.entra.error = "invalid_client"
    town = Town()
    async with opened(database_url) as database:
        await database.write(town.build)
    async with looked_at(database_url, channel) as operator:
        leader = channel.persona(town.leader)
        await channel.posts(leader.activity(type="message", text="min oversigt"))
        refused = "Microsoft gives no token (invalid_client)"
        async with asyncio.timeout(30):
            while not any(refused in each for each in (await operator.ready())[1]["warnings"]):
                await asyncio.sleep(0.05)
            assert await operator.opens()
            channel.entra.error = ""
            await leader.writes("min oversigt")
            while any(tells(each, "(invalid_client)") for each in (await operator.ready())[1]["warnings"]):
                await asyncio.sleep(0.05)


async def test_a_server_whose_clock_is_off_is_told_until_it_is_right(
    tmp_path: Path, postgres: Postgres, postgres_template: str
) -> None:
    """Its own function answers an hour late: nothing of ours is moved."""
    postgres.drop("clock_off")
    url = postgres.create("clock_off", postgres_template)
    terminal = Terminal(tmp_path, url)
    with postgres.connect("clock_off") as connection:
        connection.execute("CREATE SCHEMA late")
        connection.execute(
            "CREATE FUNCTION late.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
            " AS $$SELECT pg_catalog.clock_timestamp() - interval '1 hour'$$"
        )
        connection.execute("ALTER DATABASE clock_off SET search_path = late, pg_catalog, public")
        told = terminal.run("doctor").stdout
        assert tells(told, "this machine's clock is")
        assert re.search(r"clock is 3\d{3} seconds off", told)
        connection.execute("ALTER DATABASE clock_off RESET search_path")
    assert not tells(terminal.run("doctor").stdout, "this machine's clock is")
    postgres.drop("clock_off")


async def test_a_server_that_lets_nobody_write_is_told_and_all_goes_on_once_it_does(
    postgres: Postgres, postgres_template: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an operator has it for a while: nobody insists on writing, on a connection that was read on either."""
    monkeypatch.setattr("scheduler.heartbeat.BEAT", 0.2)
    monkeypatch.setattr("scheduler.heartbeat.AGAIN_AFTER", 0.2)
    postgres.drop("only_read")
    url, town = postgres.create("only_read", postgres_template), Town()
    async with opened(url) as database:
        await database.write(town.build)
        among = await crowd(database, channel, 3, due_at=utc_now() + timedelta(hours=1))
    async with looked_at(url, channel) as operator:
        leader = channel.persona(town.leader)
        await leader.writes("perspektiv")
        press, arrived = leader.press("Gem perspektivet", **GOOD), channel.connector.posts()
        with postgres.connect("only_read") as beside:
            beside.execute("ALTER DATABASE only_read SET default_transaction_read_only = on")
            beside.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'only_read' AND pid <> pg_backend_pid()"
            )
            beside.execute("UPDATE prompt SET due_at = clock_timestamp() WHERE person_id = ANY(%s)", [among])
            async with asyncio.timeout(PATIENCE):
                while not any(tells(each, f"`/readyz`: *{UNWRITTEN}") for each in await problems(operator)):
                    await asyncio.sleep(0.05)
            assert await operator.opens()
            found = await operator.metrics()
            assert (found["laeringsbot_ready"], found["laeringsbot_database_up"]) == (0, 1)
            assert found['laeringsbot_database_failures_total{kind="Unavailable"}'] >= 1
            findings = await examine(Settings.load(None, database_url=url), utc_now())
            assert any(tells(each.what, f"doctor: *{UNWRITTEN}") for each in findings)
            status, answer = await channel.posts(press)
            assert (status, "Din tekst står stadig i kortet" in answer["value"]["message"]) == (200, True)
            assert channel.connector.posts() == arrived

            beside.execute("ALTER DATABASE only_read RESET default_transaction_read_only")
        async with asyncio.timeout(PATIENCE):
            while await problems(operator):
                await asyncio.sleep(0.05)
            status, answer = await channel.posts(press)
            assert (status, answer["statusCode"]) == (200, 200)
            async with opened(url) as database:
                while (told := await tally("read only", database, channel.connector, among)).waiting:
                    await asyncio.sleep(0.1)
                told.settled()
    postgres.drop("only_read")


async def test_what_another_program_has_locked_is_told_as_that_and_all_goes_on_after_it(
    database_url: str, channel: Channel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As by VACUUM FULL: nobody reads or writes there meanwhile, and what was sent just before is known to be sent."""
    monkeypatch.setattr("scheduler.heartbeat.BEAT", 0.2)
    monkeypatch.setattr("scheduler.heartbeat.AGAIN_AFTER", 0.2)
    monkeypatch.setattr("scheduler.posting.WRITE_AGAIN_AFTER", 0.2)
    # On a busy machine the lock may come before the message is marked.
    monkeypatch.setattr("scheduler.posting.FAULT_AGAIN_AFTER", timedelta(seconds=0.2))
    monkeypatch.setattr("storage.sqlite.BUSY_SECONDS", 0.2)
    monkeypatch.setitem(sys.modules["storage.postgresql"].SETTINGS, "lock_timeout", "200ms")
    town, engine = Town(), create_engine(database_url)
    on_sqlite = engine.dialect.name == "sqlite"
    async with opened(database_url) as database:
        await database.write(town.build)
        among = await crowd(database, channel, 1, due_at=utc_now() + timedelta(hours=1))
    beside = Database(database_url, lock=False)
    async with looked_at(database_url, channel, quiet=False) as operator:
        leader = channel.persona(town.leader)
        await leader.writes("perspektiv")
        press, arrived = leader.press("Gem perspektivet", **GOOD), channel.connector.posts()
        channel.connector.answering.clear()
        with engine.begin() as now:
            now.execute(update(prompt.prompt).values(due_at=utc_now()).where(prompt.prompt.c.person_id.in_(among)))
        async with asyncio.timeout(PATIENCE):
            while channel.connector.posts() == arrived:
                await asyncio.sleep(0.05)
        another = engine.raw_connection()
        try:
            another.cursor().execute("BEGIN IMMEDIATE" if on_sqlite else LOCK)
            channel.connector.answering.set()
            async with asyncio.timeout(PATIENCE):
                while not any(tells(each, "or a table of it, locked") for each in await problems(operator)):
                    await asyncio.sleep(0.05)
            assert (await operator.metrics())['laeringsbot_database_failures_total{kind="Unavailable"}'] >= 1
            status, answer = await channel.posts(press)
            assert (status, "Din tekst står stadig i kortet" in answer["value"]["message"]) == (200, True)
            findings = [each.what for each in await examine(Settings.load(None, database_url=database_url), utc_now())]
            assert any(tells(each, "or a table of it, locked") for each in findings)
            if not on_sqlite:
                told = [each for each in (await operator.ready())[1]["warnings"] if "perspective, prompt" in each]
                assert tells(told[0], "warning: *another program has locked")
                assert told[0] in findings
                (session,) = re.findall(r"session (\d+)", told[0])
                assert session in await typed(LISTS_THOSE_LEFT_OPEN, database_url)
                await typed(ENDS_A_SESSION.replace("SESSION", session), database_url)
        finally:
            another.invalidate()
        async with asyncio.timeout(PATIENCE):
            while await problems(operator):
                await asyncio.sleep(0.05)
            status, answer = await channel.posts(press)
            assert (status, answer["statusCode"]) == (200, 200)
            await beside.start()
            while (found := await tally("locked", beside, channel.connector, among)).waiting:
                await asyncio.sleep(0.1)
            await beside.close()
            assert (found.sent, found.once) == (1, 1), found
    assert "OperationalError" not in caplog.text, "no fault of ours"
    engine.dispose()


async def test_a_server_without_room_is_told_though_its_rows_find_theirs_where_others_were(
    postgres: Postgres, postgres_template: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is new finds no room there, as on a full disk, which `tests/soak/disk_full.py` mounts."""
    monkeypatch.setattr("scheduler.heartbeat.BEAT", 0.2)
    monkeypatch.setattr("scheduler.heartbeat.AGAIN_AFTER", 0.2)
    postgres.drop("no_room")
    url, town = postgres.create("no_room", postgres_template), Town()
    async with opened(url) as database:
        await database.write(town.build)
    async with looked_at(url, channel) as operator:
        leader = channel.persona(town.leader)
        await leader.writes("perspektiv")
        press = leader.press("Gem perspektivet", **GOOD)
        with postgres.connect("no_room") as beside:
            beside.execute(
                "CREATE FUNCTION grow() RETURNS trigger LANGUAGE plpgsql"
                " AS $$BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END$$"
            )
            beside.execute(
                "CREATE FUNCTION grow_by_a_table() RETURNS event_trigger LANGUAGE plpgsql"
                " AS $$BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END$$"
            )
            beside.execute("CREATE TRIGGER full_disk BEFORE INSERT ON perspective EXECUTE FUNCTION grow()")
            beside.execute("CREATE EVENT TRIGGER full_disk ON ddl_command_start EXECUTE FUNCTION grow_by_a_table()")
            status, answer = await channel.posts(press)
            assert (status, "Din tekst står stadig i kortet" in answer["value"]["message"]) == (200, True)
            async with asyncio.timeout(PATIENCE):
                while await problems(operator) != [UNWRITTEN]:
                    await asyncio.sleep(0.05)
            failed = 'laeringsbot_database_failures_total{kind="Unavailable"}'
            found = await operator.metrics()
            async with asyncio.timeout(PATIENCE):
                # It goes on being tried, and is told for as long as that fails.
                while (later := await operator.metrics())[failed] < found[failed] + 1:
                    assert later["laeringsbot_ready"] == 0
                    await asyncio.sleep(0.05)
            assert await problems(operator) == [UNWRITTEN]
            assert await operator.opens()
            beside.execute("DROP EVENT TRIGGER full_disk")
            beside.execute("DROP TRIGGER full_disk ON perspective")
        async with asyncio.timeout(PATIENCE):
            while await problems(operator):
                await asyncio.sleep(0.05)
            status, answer = await channel.posts(press)
            assert (status, answer["statusCode"]) == (200, 200)
    postgres.drop("no_room")


async def typed(line: str, database_url: str) -> str:
    """What a line of the page for psql prints."""
    environment = {
        "DATABASE": database_url.replace("+psycopg", ""),
        "PATH": f"{programs()}{os.pathsep}{os.environ['PATH']}",
    }
    run = partial(subprocess.run, capture_output=True, text=True, check=True, timeout=PATIENCE)
    done = await asyncio.to_thread(run, ["bash", "-euc", line], env=environment)
    return done.stdout


async def problems(operator: Operator) -> list[str]:
    return list((await operator.ready())[1]["problems"])
