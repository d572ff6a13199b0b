"""What every program needs: a channel, a database of each kind, many people with a message each, and replicas that can
be killed."""

import asyncio
import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import aiohttp
from sqlalchemy import func, select

from domain.identity import new_id
from domain.message import Address, Chat
from domain.organisation import Language, Person
from domain.period import HalfYear
from domain.prompt import Occasion, PromptKind
from storage import prompt
from storage.database import Database
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel, Persona
from tests.channel.activities import TENANT
from tests.channel.connector import Message
from tests.launcher import Launched, launched
from tests.postgres import Postgres
from tests.soak.tally import WAITS
from tests.town import Town, buttons

ROOT = Path(__file__).resolve().parents[2]
# Only so that a run ends some day: a busy machine is no fault of the program.
PATIENCE = 600.0
BOTH = ("sqlite", "postgresql")


@dataclass
class Replica:
    """A bot of its own process, as `serve` runs it."""

    channel: Channel
    url: str
    port: int
    process: Launched = field(init=False)

    def start(self) -> None:
        self.process = launched("tests.bot", self.channel.url, str(self.port), self.url)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def signal(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)

    async def ends(self) -> int:
        return await asyncio.to_thread(self.process.wait, PATIENCE)

    async def ready(self) -> tuple[int, dict[str, list[str]]]:
        """What /readyz says; status 0 where nobody listens."""
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.address}/readyz") as answer:
                return answer.status, await answer.json()
        except aiohttp.ClientError:
            return 0, {}

    async def until_ready(self) -> None:
        await until(self._is_ready)

    async def _is_ready(self) -> bool:
        assert self.process.poll() is None, "the bot has ended by itself"
        return (await self.ready())[0] == 200


@asynccontextmanager
async def replicas(channel: Channel, url: str, count: int) -> AsyncIterator[list[Replica]]:
    """So many bots on one database, ready; killed at the end, if they still run."""
    made = [Replica(channel, url, port) for port in _free_ports(count)]
    try:
        for each in made:
            each.start()
        await asyncio.gather(*(each.until_ready() for each in made))
        yield made
    finally:
        for each in made:
            each.signal(signal.SIGCONT)
            each.signal(signal.SIGKILL)
            await each.ends()


def _free_ports(count: int) -> list[int]:
    """Ports that the system never hands out by itself, so that a bot can have the same one again."""
    found: list[int] = []
    # Some apart for programs that run beside each other: a port is free, too, while its replica is dead.
    for port in range(12_000 + 4 * os.getpid() % 7_000, 20_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("no free ports below 20000")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await database.start()
    try:
        yield database
    finally:
        await database.close()


@contextmanager
def databases(dialect: str, postgres: Postgres | None = None) -> Iterator[str]:
    """The URL of a fresh, migrated database; a PostgreSQL that is not given is started, and removed at the end."""
    if dialect == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="laeringsbot-soak-"))
        try:
            file = folder / "laeringsbot.db"
            file.write_bytes(_migrated_file())
            yield f"sqlite:///{file}"
        finally:
            shutil.rmtree(folder)
        return
    server = postgres or Postgres()
    try:
        if postgres is None:
            server.start()
        yield server.create(f"soak_{new_id().hex}", _migrated_on(server))
    finally:
        if postgres is None:
            server.remove()


@cache
def _migrated_file() -> bytes:
    """A file of SQLite's as the migrations leave it; they are run once in a process."""
    with tempfile.TemporaryDirectory(prefix="laeringsbot-soak-") as folder:
        file = Path(folder) / "laeringsbot.db"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


@cache
def _migrated_on(server: Postgres) -> str:
    """A database of the server's as the migrations leave it, which others are copied from."""
    migrate(server.create("soak_template"))
    return "soak_template"


def somebody(number: int) -> Person:
    identity = new_id()
    return Person(
        name=f"Ida {number}",
        email=f"ida.{identity.hex}@skovkoebing.example",
        aad_object_id=str(identity),
        language=Language.DANISH,
    )


async def crowd(
    database: Database,
    channel: Channel,
    count: int,
    *,
    kind: PromptKind = PromptKind.ASKED,
    personal: bool = False,
    due_at: datetime | None = None,
    lasts: timedelta = timedelta(days=2),
) -> list[UUID]:
    """So many people whose chats are known, each with one message due, that always has a card; their ids."""
    now = due_at or datetime.now(UTC)

    def work(uow: UnitOfWork) -> list[UUID]:
        people = [somebody(number) for number in range(count)]
        uow.add(*people)
        uow.session.flush()
        uow.add(*(Chat(person_id=each.id, seen_at=now, **vars(address_of(channel, each))) for each in people))
        occasions = [
            Occasion(
                key=f"soak:{each.id}",
                person_id=each.id,
                view="overview",
                subject_id=each.id,
                due_at=now,
                expires_at=now + lasts,
                kind=kind,
                personal=personal,
            )
            for each in people
        ]
        prompt.plan_all(uow, occasions, is_planned=False)
        return [each.id for each in people]

    return await database.write(work)


def town_of_today() -> Town:
    """The town of the stories, with its dialogue in a week: the replicas have no other clock than the machine's."""
    town, today = Town(), datetime.now(UTC)
    present = HalfYear.of((today + timedelta(days=7)).date())
    town.cycle.first_half_year = town.theme.valid_from = present
    town.theme.valid_to = present.plus(3)
    town.dialogue.half_year, town.dialogue.starts_at = present, today + timedelta(days=7)
    town.package.half_year = present
    return town


async def drafting(leader: Persona) -> Message:
    """The card in which the leader may write, as it stands now: what is saved replaces it in the chat."""
    await leader.writes("forbered")
    return replace(next(each for each in leader.chat if "Gem kladde" in buttons(each.card or {})))


def address_of(channel: Channel, someone: Person) -> Address:
    return Address(
        service_url=channel.service_url,
        conversation_id=f"a:{someone.aad_object_id}",
        user_id=f"29:{someone.aad_object_id}",
        bot_id="28:bot",
        tenant_id=TENANT,
    )


async def waiting(database: Database) -> int:
    """How many prompts that are due, or are tried again soon, are not settled; what falls due tomorrow may be planned
    already, by the hour."""
    due = prompt.prompt.c.due_at <= datetime.now(UTC) + timedelta(minutes=1)
    counted = select(func.count()).select_from(prompt.prompt).where(prompt.prompt.c.state.in_(WAITS), due)
    return await database.read(lambda uow: uow.session.scalar(counted) or 0)


async def until_settled(database: Database) -> None:
    async def is_settled() -> bool:
        return await waiting(database) == 0

    await until(is_settled, every=0.5)


async def until(is_so: Callable[[], object], *, every: float = 0.05, within: float = PATIENCE) -> float:
    """Returns once it is so, and how long that took."""
    began = time.monotonic()
    while True:
        found = is_so()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return time.monotonic() - began
        assert time.monotonic() - began < within, "it never came to that"
        await asyncio.sleep(every)
