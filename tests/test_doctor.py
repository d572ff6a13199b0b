"""`laeringsbot doctor` says of each fault of the database what is so, as /readyz does, and leaves nothing behind."""

import asyncio
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, update

from bot.demo import free_port
from bot.doctor import Finding, examine
from bot.health import hold_warnings
from bot.serve import utc_now
from bot.settings import Settings
from storage import hold
from storage.database import Database
from storage.hold import HeldBecause
from storage.locks import locked_warning
from storage.migrating import migrate
from storage.obstacle import UNWRITTEN, WORDS, Obstacle
from storage.types import metadata
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.channel.activities import APP, TENANT
from tests.postgres import Postgres
from tests.soak.disk_full import can_mount, disk_of, fill
from tests.soak.stage import opened
from tests.terminal import PATIENCE, ROOT, Terminal
from tests.test_metrics import looked_at
from tests.town import Town

pytestmark = pytest.mark.about_the_database

FULL, READ_ONLY, BUSY = "its disk is full", "it may only be read", "it was waited for in vain"
BROKEN = "its files cannot be written or read though there is room"


async def looked_into(url: str) -> list[Finding]:
    return await examine(Settings.load(None, database_url=url), utc_now())


async def advice(url: str, what: str = UNWRITTEN) -> str:
    """What it advises where it says this, which it does once, and does not say that all is well beside it."""
    found = await looked_into(url)
    (wrong,) = [each for each in found if each.what == what and not each.is_well]
    assert what != UNWRITTEN or not [each for each in found if each.what == "database"]
    return wrong.advice


async def is_well(url: str) -> bool:
    return Finding("database", True) in await looked_into(url)


async def test_it_tries_to_write_and_leaves_nothing(database_url: str) -> None:
    def everything(uow: UnitOfWork) -> dict[str, Any]:
        return {each.name: uow.session.execute(select(each)).all() for each in metadata.sorted_tables}

    async with opened(database_url) as database:
        await database.write(Town().build)
        before = await database.read(everything)
        assert await is_well(database_url), "beside whoever serves it, too"
        assert await database.read(everything) == before
    assert await is_well(database_url)


async def test_a_restored_database_is_still_known_by_its_silence(database_url: str) -> None:
    async with opened(database_url) as database:
        await database.write(lambda uow: hold.live(uow, watches=False))
        a_day_ago = update(hold.delivery).values(alive_at=utc_now() - timedelta(days=1))
        await database.write(lambda uow: uow.session.execute(a_day_ago) and None)
        assert await is_well(database_url)
        assert await database.write(lambda uow: hold.live(uow, watches=True)), "nothing is sent"
        assert (await database.read(hold.standing)).because is HeldBecause.SILENCE


async def test_whoever_writes_for_long_is_told_of_and_not_waited_for(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.BUSY_SECONDS", 0.2)
    monkeypatch.setitem(sys.modules["storage.postgresql"].SETTINGS, "lock_timeout", "200ms")
    engine = create_engine(database_url)
    with engine.connect() as writing:
        on_sqlite = engine.dialect.name == "sqlite"
        writing.exec_driver_sql("BEGIN IMMEDIATE" if on_sqlite else "LOCK TABLE worker IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        assert BUSY in await advice(database_url, WORDS[Obstacle.BUSY])
        assert time.monotonic() - began < PATIENCE / 10
        if not on_sqlite:
            with engine.connect() as second:
                second.exec_driver_sql("LOCK TABLE perspective IN ACCESS EXCLUSIVE MODE")
                for session, table in ((writing, "worker"), (second, "perspective")):
                    number = session.scalar(select(func.pg_backend_pid()))
                    told = locked_warning([(table, number)])
                    assert told
                    assert f"pg_terminate_backend({number})" in await advice(database_url, told)
    engine.dispose()
    assert await is_well(database_url)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_files_that_fail_though_there_is_room_are_told_of_as_that(database_url: str) -> None:
    command = f"ulimit -f 0; exec {sys.executable} -m bot doctor"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "LAERINGSBOT_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert f"LOOK  {UNWRITTEN}\n      {BROKEN}" in done.stdout
    assert FULL not in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(not can_mount(), reason="no disk can be mounted here")
async def test_a_full_disk_is_told_of_as_by_readyz_and_so_is_one_that_may_only_be_read(channel: Channel) -> None:
    with disk_of(16) as folder:
        url = f"sqlite:///{folder}/laeringsbot.db"
        migrate(url)
        async with looked_at(url, channel) as operator:
            fill(folder)
            while UNWRITTEN not in (await operator.ready())[1]["problems"]:
                await asyncio.sleep(0.2)
            assert FULL in await advice(url)
            (folder / "filler").unlink()
            while (await operator.ready())[0] != 200:
                await asyncio.sleep(0.2)
            assert await is_well(url)
        fill(folder)
        assert FULL in await advice(url), "also while nobody serves it"
        (folder / "filler").unlink()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert READ_ONLY in await advice(url)


async def test_a_server_that_may_only_be_read_is_told_of_and_one_that_is_away(
    postgres: Postgres, postgres_template: str
) -> None:
    postgres.drop("copied")
    url = postgres.create("copied", postgres_template)
    with postgres.connect("copied") as connection:
        connection.execute("ALTER DATABASE copied SET default_transaction_read_only = on")
    assert READ_ONLY in await advice(url)
    nowhere = f"postgresql+psycopg://laeringsbot@127.0.0.1:{free_port(24_800)}/laeringsbot"
    assert any("cannot be reached" in each.what + each.advice for each in await looked_into(nowhere))


async def test_a_damaged_file_is_told_of_as_that_wherever_one_looks(
    tmp_path: Path, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.heartbeat.BEAT", 0.2)
    file = tmp_path / "laeringsbot.db"
    url, damaged = f"sqlite:///{file}", WORDS[Obstacle.DAMAGED]
    migrate(url)
    async with looked_at(url, channel) as operator:
        with file.open("r+b") as pages:
            pages.seek(4096)
            pages.write(b"\xff" * (file.stat().st_size - 4096))
        async with asyncio.timeout(PATIENCE):
            while damaged not in (await operator.ready())[1]["problems"]:
                await asyncio.sleep(0.1)
        assert "restore the last backup" in await advice(url, damaged)
    file.write_bytes(b"no database at all" * 1000)
    assert "restore the last backup" in await advice(url, damaged)
    told = Terminal(tmp_path, url).run("withhold")
    assert (told.returncode, "The database is damaged" in told.stderr) == (2, True)


async def test_a_server_that_lets_nobody_in_or_lacks_the_database_is_told_of_as_that(
    tmp_path: Path, postgres: Postgres, postgres_template: str
) -> None:
    def address(user: str, name: str = "guarded", password: str = "right") -> str:
        return f"postgresql+psycopg://{user}:{password}@127.0.0.1:{postgres.port}/{name}"

    postgres.drop("guarded")
    postgres.create("guarded", postgres_template)
    with postgres.connect("guarded") as connection:
        for each in ("DROP ROLE IF EXISTS asked", "DROP ROLE IF EXISTS shut", "CREATE ROLE shut"):
            connection.execute(each)
        connection.execute("CREATE ROLE asked LOGIN PASSWORD 'right'")
        ((rules,),) = connection.execute("SHOW hba_file").fetchall()
        as_ever = Path(rules).read_text(encoding="utf-8")
        Path(rules).write_text(f"host all asked 127.0.0.1/32 scram-sha-256\n{as_ever}", encoding="utf-8")
        try:
            connection.execute("SELECT pg_reload_conf()")
            for url in (address("asked", password="wrong"), address("shut"), address("nobody")):
                assert "LAERINGSBOT_DATABASE_URL" in await advice(url, WORDS[Obstacle.REFUSED])
            assert "createdb" in await advice(address("asked", "nowhere"), WORDS[Obstacle.MISSING])
            told = Terminal(tmp_path, address("shut")).run("withhold")
            assert (told.returncode, "let that user log in" in told.stderr) == (2, True)
        finally:
            Path(rules).write_text(as_ever, encoding="utf-8")
            connection.execute("SELECT pg_reload_conf()")
    postgres.drop("guarded")


async def test_a_clock_that_was_set_back_is_told_of(database: Database, database_url: str) -> None:
    await database.write(lambda uow: hold.live(uow, watches=False))
    ahead = update(hold.delivery).values(alive_at=utc_now() + timedelta(hours=1))
    await database.write(lambda uow: uow.session.execute(ahead) and None)
    (told,) = [each for each in await looked_into(database_url) if "still to come" in each.what]
    assert "time service" in told.advice


@pytest.mark.parametrize("seconds", [-31, 31])
def test_a_clock_that_is_off_is_a_warning_and_one_that_is_nearly_right_is_none(seconds: int) -> None:
    """The machine's against the database's: /readyz and doctor say the same of it."""
    (said,) = hold_warnings(hold.Hold(clock=utc_now() + timedelta(seconds=seconds)))
    assert "clock is 31 seconds off" in said
    assert hold_warnings(hold.Hold(clock=utc_now() + timedelta(seconds=seconds) / 2)) == []


async def test_a_token_service_that_hangs_is_given_up_and_told_of(
    database_url: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tokens.FETCH_WITHIN", 0.2)
    monkeypatch.setattr("bot.doctor.token_source", lambda *_, **__: channel.tokens())
    channel.entra.hold = asyncio.Event()
    settings = Settings.load(
        None, database_url=database_url, app_id=APP, tenant_id=TENANT, openid_metadata_url=channel.openid.url
    )

    async def advised() -> str:
        (token,) = [each for each in await examine(settings, utc_now()) if each.what == "token"]
        assert not token.is_well
        return token.advice

    try:
        advice = await advised()
    finally:
        channel.entra.hold.set()
    assert advice.startswith("Microsoft gives no token (timeout): Entra cannot be reached")
    assert "secret" not in advice
    channel.entra.hold, channel.entra.error = None, "invalid_client"
    assert "its secret" in await advised()
