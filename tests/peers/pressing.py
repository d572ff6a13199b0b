"""Many leaders who each save a perspective, and what a server that answers them uses."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import psutil

from bot.demo import Child
from cards.form import carried
from cards.perspective import SAVE
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Language, Person, Role, RoleAssignment
from storage.database import Database
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.channel.activities import NOT_GIVEN

INSTITUTIONS = 400


@dataclass
class Measured:
    """What a server did in one round: seconds each answer took, seconds in all, and seconds of CPU."""

    answers: list[float]
    took: float
    cpu: float

    @property
    def rate(self) -> float:
        return len(self.answers) / self.took

    @property
    def each(self) -> float:
        """Milliseconds of CPU for one."""
        return 1000 * self.cpu / len(self.answers)

    def at(self, share: float) -> float:
        return 1000 * sorted(self.answers)[min(int(share * len(self.answers)), len(self.answers) - 1)]


@dataclass
class Server:
    """One that answers presses; `rounds` are those with 8 in flight, `alone` those one by one."""

    name: str
    child: Child
    port: int
    replaces: bool = False
    url: str = ""
    answered: int = 0
    rounds: list[Measured] = field(default_factory=list)
    alone: list[Measured] = field(default_factory=list)

    def resident(self) -> int:
        """Bytes in memory now."""
        return int(psutil.Process(self.child.process.pid).memory_info().rss)

    def cpu(self) -> float:
        used = psutil.Process(self.child.process.pid).cpu_times()
        return float(used.user + used.system)


@dataclass
class Presses:
    """People who press: each request differs, and all of them are good."""

    channel: Channel
    leaders: Sequence[tuple[Person, Institution]]
    numbers: int = 0
    _tokens: list[str] = field(init=False)

    def __post_init__(self) -> None:
        # The channel sends a token with many requests; eight of them take turns here.
        mint, url = self.channel.signer.mint, self.channel.service_url
        self._tokens = [mint(serviceurl=url, jti=str(number)) for number in range(8)]

    def request(self, server: Server) -> bytes:
        self.numbers += 1
        leader, where = self.leaders[self.numbers % len(self.leaders)]
        assert leader.aad_object_id
        data = {"group": "unge", "via": "elevrådet", "count": "5-9", "recommend": "Flere små grupper i dansk"}
        said = f"Det er lettere at sige noget i små grupper, {self.numbers}."
        action = {"type": "Action.Execute", "verb": SAVE, "data": {**data, "said": said, **carried(where.id)}}
        raw = self.channel.persona(leader).activity(
            type="invoke",
            name="adaptiveCard/action",
            text=NOT_GIVEN,
            replyToId=f"1-{leader.aad_object_id}" if server.replaces else NOT_GIVEN,
            value={"action": action, "trigger": "manual"},
        )
        token = self._tokens[self.numbers % 8]
        body = json.dumps(raw).encode()
        head = f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {token}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def pressing_at(server: Server, requests: Sequence[bytes], rate: float) -> Measured:
    """Sends so many a second, whether or not those before are answered; an answer's time is from when it was due."""
    loop, began, used, answers = asyncio.get_running_loop(), time.perf_counter(), server.cpu(), list[float]()
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def press(request: bytes, due: float) -> None:
        reader, writer = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request)
        await _answer(server, reader)
        answers.append(loop.time() - due)
        idle.append((reader, writer))

    first, under_way = loop.time(), []
    for number, request in enumerate(requests):
        due = first + number / rate
        await asyncio.sleep(max(0.0, due - loop.time()))
        under_way.append(asyncio.create_task(press(request, due)))
    await asyncio.gather(*under_way)
    for _, writer in idle:
        writer.close()
    server.answered += len(answers)
    return Measured(answers, time.perf_counter() - began, server.cpu() - used)


async def pressing(server: Server, requests: Sequence[bytes], in_flight: int) -> Measured:
    """Sends all requests on `in_flight` connections that are kept open; an answer that is no card ends it."""
    waiting, answers = list(reversed(requests)), []

    async def press() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        while waiting:
            request = waiting.pop()
            began = time.perf_counter()
            writer.write(request)
            await _answer(server, reader)
            answers.append(time.perf_counter() - began)
        writer.close()

    began, used = time.perf_counter(), server.cpu()
    await asyncio.gather(*(press() for _ in range(in_flight)))
    server.answered += len(answers)
    return Measured(answers, time.perf_counter() - began, server.cpu() - used)


async def _answer(server: Server, reader: asyncio.StreamReader) -> None:
    """Reads one answer; anything but a card is raised."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length:")[2].partition("\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith("http/1.1 200") or json.loads(body).get("statusCode") != 200:
        raise server.child.failed(f"answered {head[:12]} {body[:200].decode()}")


@dataclass
class Leaders:
    """A school each, in one area; the same people and places however often they are made."""

    area: Area = field(default_factory=lambda: Area(id=UUID(int=1), name="Nord"))
    many: int = INSTITUTIONS
    each: list[tuple[Person, Institution]] = field(init=False)

    def __post_init__(self) -> None:
        self.each = [(_leader(number), _school(number, self.area)) for number in range(self.many)]

    async def live_in(self, url: str, also: Callable[[UnitOfWork], object] = lambda _: None) -> None:
        """Makes the database with all of them in it, and what `also` adds."""
        migrate(url)
        database = Database(url)
        await database.start()
        await database.write(self._build)
        await database.write(also)
        await database.close()

    def _build(self, uow: UnitOfWork) -> None:
        people, places = [who for who, _ in self.each], [where for _, where in self.each]
        roles = [
            RoleAssignment(person_id=who.id, role=Role.LEADER, institution_id=where.id, from_on=date(2024, 8, 1))
            for who, where in self.each
        ]
        for rows in ([self.area], [*people, *places], roles):
            uow.add(*rows)
            uow.session.flush()


def _leader(number: int) -> Person:
    return Person(
        id=UUID(int=100_000 + number),
        name=f"Leder {number}",
        email=f"leder{number}@skovkoebing.example",
        aad_object_id=str(UUID(int=500_000 + number)),
        language=Language.DANISH,
    )


def _school(number: int, area: Area) -> Institution:
    return Institution(
        id=UUID(int=900_000 + number),
        name=f"Skole {number:04}",
        type=InstitutionType.SCHOOL,
        age_range=AgeRange.OLDER,
        area_id=area.id,
    )
