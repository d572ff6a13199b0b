"""A database that is restored from a backup of yesterday: 0 sends until `laeringsbot release`.

Half of the people have had their message since the backup was taken, and none of them gets it again.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta

from sqlalchemy import update

from storage import hold
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.launcher import launched
from tests.postgres import Postgres
from tests.soak.stage import BOTH, crowd, databases, opened, replicas
from tests.soak.tally import Tally, tally

LOOKED_FOR = 3.0


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    return [await _restored(each, 400 if long else 20, postgres) for each in (BOTH if long else BOTH[1:])]


async def _restored(dialect: str, prompts: int, postgres: Postgres | None) -> Tally:
    server = postgres or Postgres()
    if postgres is None:
        server.start()
    try:
        with databases(dialect, server) as url:
            async with Channel().serving() as channel:
                async with opened(url) as database:
                    among = await crowd(database, channel, prompts)
                    await database.write(_served_yesterday)
                backup = _backed_up(server, url)
                async with opened(url) as database:
                    await database.write(lambda uow: hold.let_go(uow, hold.clock(uow), send_what_waited=True))
                async with replicas(channel, url, 1):
                    await channel.connector.until(lambda: len(channel.connector.messages) >= prompts // 2, within=600)
                # What was on its way when the replica ended arrives a moment later.
                await asyncio.sleep(LOOKED_FOR)
                sent = len(channel.connector.messages)
                _restore(server, url, backup)
                async with replicas(channel, url, 1) as (bot,):
                    await asyncio.sleep(LOOKED_FOR)
                    held = len(channel.connector.messages) - sent
                    _, told = await bot.ready()
                    assert any("laeringsbot release" in each for each in told["warnings"]), told
                    if dialect == "postgresql":
                        _released(url)
                if dialect == "sqlite":
                    _released(url)
                async with opened(url) as database:
                    later = await crowd(database, channel, prompts)
                async with replicas(channel, url, 1) as (bot,):
                    await channel.connector.until(lambda: len(channel.connector.messages) >= sent + prompts, within=600)
                    # What has arrived is written down before it ends.
                    bot.signal(signal.SIGTERM)
                    await bot.ends()
                async with opened(url) as database:
                    old = await tally(f"restored from a backup of yesterday on {dialect}", database, channel.connector)
                    new = await tally("", database, channel.connector, later)
                    assert new.once == prompts, new
                    assert len(among) == prompts
    finally:
        if postgres is None:
            server.remove()
    old.more = {"sent before it was released": held, "sent after": new.once}
    assert held == 0, old
    # What fell due before is ended, whether it has gone or not; all that came after was sent.
    old.settled(unsent=prompts)
    assert (old.twice, old.parked) == (0, 0), old
    return old


def _served_yesterday(uow: UnitOfWork) -> None:
    hold.live(uow, watches=False)
    uow.session.execute(update(hold.delivery).values(alive_at=hold.clock(uow) - timedelta(days=1)))


def _backed_up(server: Postgres, url: str) -> str:
    """A copy as an operator makes it; its name."""
    if url.startswith("sqlite"):
        file = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(f"{file}.backup")) as copy:
            live.backup(copy)
        return f"{file}.backup"
    name = url.rpartition("/")[2]
    server.create(f"{name}_backup", name)
    return f"{name}_backup"


def _restore(server: Postgres, url: str, backup: str) -> None:
    if url.startswith("sqlite"):
        file = url.removeprefix("sqlite:///")
        for each in (f"{file}-wal", f"{file}-shm"):
            if os.path.exists(each):
                os.remove(each)
        shutil.copyfile(backup, file)
        return
    name = url.rpartition("/")[2]
    server.drop(name)
    server.create(name, backup)


def _released(url: str) -> None:
    ours = ("LAERINGSBOT_", "MICROSOFTAPP")
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith(ours)}
    environment["LAERINGSBOT_DATABASE_URL"] = url
    assert launched("bot", "release", environment=environment, stderr=2).wait() == 0
