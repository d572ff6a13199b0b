"""The stage of a story: a seeded database of its own, the bot as a program, and a Playground for each who acts."""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from playwright.async_api import Browser

from bot.demo import Child, Persona, Playground, free_port, wait_until_ready
from bot.demo.child import stop_all
from bot.demonstration import FACTS, fill
from storage.database import Database
from storage.demo_town import PERSONAS
from storage.one_on_one import coming_of
from storage.organisation import person_with_aad_object_id
from storage.unit_of_work import UnitOfWork
from storage.visit import visits_since
from tests.e2e.client import Client
from tests.launcher import Launched, launched

ROOT = Path(__file__).resolve().parents[2]
FAILURES = Path(__file__).parent / "failures"


@dataclass
class Forked:
    """What a program of the launcher has to be for the demo to watch it and to stop it."""

    program: Launched

    @property
    def pid(self) -> int:
        return self.program.pid

    @property
    def returncode(self) -> int | None:
        return self.program.poll()

    async def wait(self) -> int:
        while (code := self.program.poll()) is None:
            await asyncio.sleep(0.02)
        return code


@dataclass
class Stage:
    """`opens(KEY)` brings a persona (leader, observer, chief) on with their page open; `close` ends everything but the
    browser. At the `start` there is a database without rows."""

    folder: Path
    program: Path
    browser: Browser
    first_port: int
    clients: list[Client] = field(default_factory=list)
    bot: Child | None = None
    port: int = 0

    @property
    def file(self) -> Path:
        return self.folder / "laeringsbot.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    async def start(self) -> None:
        await fill(self.url, datetime.now(UTC))
        self.port = free_port(self.first_port)
        await self.start_bot()

    async def start_bot(self) -> None:
        log = self.folder / f"bot-{datetime.now(UTC):%H%M%S%f}.log"
        environment = {
            **os.environ,
            **FACTS,
            "LAERINGSBOT_DATABASE_URL": self.url,
            "LAERINGSBOT_PORT": str(self.port),
            "LAERINGSBOT_QUIET": "false",
        }
        with log.open("w") as output:
            program = launched("bot", "serve", "--local", environment=environment, stdout=output, stderr=output)
        self.bot = Child("The bot", log, cast(asyncio.subprocess.Process, Forked(program)))
        await wait_until_ready(self.bot, self.port)

    async def restart_bot(self) -> None:
        """Ends the bot and starts it again at the same port with the same database; the pages stay open."""
        assert self.bot is not None
        await self.bot.stop()
        await self.start_bot()

    async def begins_one_on_one(self) -> None:
        """The seeded 1:1 that is coming began an hour ago; the bot is away meanwhile, since the file has one owner."""
        assert self.bot is not None
        await self.bot.stop()
        await _move_first_one_on_one(self.url, datetime.now(UTC) - timedelta(hours=1))
        await self.start_bot()

    async def ends_visit(self, place: str) -> None:
        """The visit that was agreed on at this place ended ten minutes ago."""
        assert self.bot is not None
        await self.bot.stop()
        await _end_visit(self.url, place, datetime.now(UTC) - timedelta(minutes=10))
        await self.start_bot()

    async def opens(self, key: str) -> Client:
        person = next(each for each in PERSONAS if each.key == key)
        playground = await Playground.start(
            Persona(person.key, person.name, person.aad_object_id, person.role),
            program=self.program,
            folder=self.folder / key,
            bot_port=self.port,
            port=free_port(self.port + 1),
        )
        client = Client(playground, await self.browser.new_page())
        self.clients.append(client)
        await client.open()
        return client

    async def keep_evidence(self, name: str) -> None:
        """What each page looks like, and the bot's log, in `failures/`."""
        _write(FAILURES / f"{name}.log", self.bot.output() if self.bot else "")
        for client in self.clients:
            await client.page.screenshot(path=FAILURES / f"{name}-{client.playground.persona.key}.png")

    async def close(self) -> None:
        for client in self.clients:
            await client.page.close()
        children = [client.playground.child for client in self.clients]
        await stop_all([*children, self.bot] if self.bot else children)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


async def _move_first_one_on_one(url: str, starts_at: datetime) -> None:
    database = Database(url)
    await database.start()

    def work(uow: UnitOfWork) -> None:
        chief = next(each for each in PERSONAS if each.key == "chief")
        person = person_with_aad_object_id(uow, chief.aad_object_id)
        assert person is not None
        first = coming_of(uow, person.id, datetime.now(UTC))[0]
        first.starts_at, first.meets_on = starts_at, starts_at.date()

    try:
        await database.write(work)
    finally:
        await database.close()


async def _end_visit(url: str, place: str, ended_at: datetime) -> None:
    database = Database(url)
    await database.start()

    def work(uow: UnitOfWork) -> None:
        [about] = [each for each, _where in visits_since(uow, datetime.now(UTC)) if each.what.where == place]
        about.starts_at = ended_at - timedelta(minutes=about.minutes)

    try:
        await database.write(work)
    finally:
        await database.close()
