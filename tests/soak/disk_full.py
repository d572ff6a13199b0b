"""The disk of the database is full: nothing that was kept is lost, people are told, and it goes on when there is room.

Where the program may mount one, the disk is a small one of its own; elsewhere the files of the bot's process may not
grow.
"""

import os
import resource
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from sqlalchemy import select

from bot.doctor import examine
from bot.serve import utc_now
from bot.settings import Settings
from domain.preparation import Preparation
from storage.migrating import migrate
from storage.obstacle import UNWRITTEN
from tests.channel import Channel, Persona
from tests.channel.connector import Message
from tests.postgres import Postgres
from tests.soak.stage import Replica, crowd, drafting, opened, replicas, town_of_today, until, until_settled
from tests.soak.tally import Tally, tally

TYPED = "Kanariefuglen bygger rede i klassen. " * 25


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    told = [await _full("SQLite, files may not grow", _Limited, 30)]
    if long and can_mount():
        told += [await _full("SQLite on a small disk", _Small, 200), await _full_postgresql(200)]
    return told


@dataclass
class _Limited:
    """A folder in which one process can be kept from writing more."""

    folder: Path

    @classmethod
    @contextmanager
    def made(cls) -> Iterator["_Limited"]:
        with tempfile.TemporaryDirectory(prefix="laeringsbot-soak-") as name:
            yield cls(Path(name))

    def fill(self, replica: Replica) -> None:
        longest = max(each.stat().st_size for each in self.folder.glob("*.db-wal"))
        self._limit(replica, longest)

    def clear(self, replica: Replica) -> None:
        self._limit(replica, resource.RLIM_INFINITY)

    def _limit(self, replica: Replica, length: int) -> None:
        psutil.Process(replica.process.pid).rlimit(psutil.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))


class _Small(_Limited):
    """A disk of 16 MB, and a file that takes what is left of it."""

    @classmethod
    @contextmanager
    def made(cls) -> Iterator["_Limited"]:
        with disk_of(16) as folder:
            yield cls(folder)

    def fill(self, replica: Replica) -> None:
        fill(self.folder)

    def clear(self, replica: Replica) -> None:
        (self.folder / "filler").unlink()


async def _full(what: str, kind: type[_Limited], prompts: int) -> Tally:
    town = town_of_today()
    with kind.made() as disk:
        url = f"sqlite:///{disk.folder}/laeringsbot.db"
        migrate(url)
        async with Channel().serving() as channel:
            async with opened(url) as database:
                await database.write(town.build)
                among = await crowd(database, channel, prompts)
            leader = channel.persona(town.leader)
            async with replicas(channel, url, 1) as (bot,):
                channel.bot_url = bot.address
                draft = await drafting(leader)
                await channel.connector.until(lambda: len(channel.connector.messages) > prompts // 3, within=600)
                disk.fill(bot)
                refused = await _until_refused(leader, draft)
                await until(lambda: _says_so(bot))
                disk.clear(bot)
                await until(lambda: _saves(leader, draft))
                await until(lambda: _is_ready(bot))
                await until(lambda: len(set(channel.connector.posts()) - {leader.conversation_id}) >= prompts)
                bot.signal(signal.SIGTERM)
                assert await bot.ends() == 0
            async with opened(url) as database:
                told = await tally(f"disk full: {what}", database, channel.connector, among)
                kept = await database.read(lambda uow: uow.session.scalars(select(Preparation)).one())
                assert kept.data.interpretation == TYPED.strip()
    return _once_each(told, refused)


async def _full_postgresql(prompts: int) -> Tally:
    town = town_of_today()
    with disk_of(160) as folder:
        server = Postgres(folder / "postgres")
        server.start()
        try:
            url = server.create("full")
            migrate(url)
            async with Channel().serving() as channel:
                async with opened(url) as database:
                    await database.write(town.build)
                    among = await crowd(database, channel, prompts)
                leader = channel.persona(town.leader)
                async with replicas(channel, url, 1) as (bot,):
                    channel.bot_url = bot.address
                    draft = await drafting(leader)
                    await channel.connector.until(lambda: len(channel.connector.messages) > prompts // 3, within=600)
                    fill(folder)
                    refused = await _until_refused(leader, draft)
                    await until(lambda: _says_so(bot))
                    told_of = await examine(Settings.load(None, database_url=url), utc_now())
                    # Where the server has ended itself, that is what it says.
                    assert not server.is_running() or any(each.what == UNWRITTEN for each in told_of), told_of
                    (folder / "filler").unlink()
                    if not server.is_running():
                        # PostgreSQL ends itself when it cannot write its log; whoever runs it starts it again.
                        server.start()
                    await until(lambda: _saves(leader, draft))
                    await until(lambda: _is_ready(bot))
                    async with opened(url) as database:
                        await until_settled(database)
                async with opened(url) as database:
                    told = await tally("disk full: PostgreSQL on a small disk", database, channel.connector, among)
        finally:
            server.remove()
    return _once_each(told, refused)


def _once_each(told: Tally, refused: int) -> Tally:
    """Nothing can be written down meanwhile, and so nothing is sent either: marking comes first."""
    told.more = {"presses kept before one was refused": refused}
    told.settled()
    assert told.twice == told.parked == 0, told
    return told


async def _until_refused(leader: Persona, draft: Message) -> int:
    """Presses with long texts until one cannot be kept; the person is told so, and the card keeps the text."""
    for number in range(5_000):
        status, body = await leader.channel.posts(leader.press("Gem kladde", draft, interpretation=f"{TYPED} {number}"))
        assert status == 200
        if body["statusCode"] != 200:
            assert body["statusCode"] == 500, body
            assert "Din tekst står stadig i kortet" in body["value"]["message"], body
            return number
    raise AssertionError("the disk was never full")


async def _saves(leader: Persona, draft: Message) -> bool:
    status, body = await leader.channel.posts(leader.press("Gem kladde", draft, interpretation=TYPED))
    return status == 200 and body["statusCode"] == 200


async def _says_so(bot: Replica) -> bool:
    status, told = await bot.ready()
    return status == 503 and UNWRITTEN in told["problems"]


async def _is_ready(bot: Replica) -> bool:
    return (await bot.ready())[0] == 200


def can_mount() -> bool:
    try:
        with disk_of(1):
            return True
    except (PermissionError, subprocess.CalledProcessError, FileNotFoundError):
        return False


@contextmanager
def disk_of(megabytes: int) -> Iterator[Path]:
    """A disk of its own in memory, of that size; whoever may not mount one gets an error."""
    if os.geteuid() != 0:
        raise PermissionError("only root may mount")
    folder = Path(tempfile.mkdtemp(prefix="laeringsbot-disk-"))
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    try:
        subprocess.run(["mount", *options], check=True, capture_output=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


def fill(folder: Path) -> None:
    """Takes what is left of the disk."""
    with open(folder / "filler", "ab", buffering=0) as filler:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError:
                continue
