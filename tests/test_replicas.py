"""Two replicas, one PostgreSQL and a proxy in front, as the compose file has them, as processes on one machine.

The proxy is Caddy with the file that is deployed, and one that does as it does on a machine without Caddy.
"""

import asyncio
import re
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.flood import A_SECOND
from domain.identity import new_id
from domain.message import Address
from domain.organisation import Language, Person, Role, RoleAssignment
from domain.prompt import Occasion, Prompt, PromptKind, PromptState
from storage import message, prompt
from storage.database import Database
from storage.perspective import perspective
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel, Persona
from tests.channel.activities import TENANT
from tests.launcher import Launched, launched
from tests.proxy import in_front_of
from tests.renewed import Renewed
from tests.town import Town, buttons, words

# Longer than it takes the proxy to ask again.
DRAIN = 2.0
LEADERS, PROMPTED = 8, 120
GOOD = {"group": "unge", "via": "elevrådet", "count": "5-9", "recommend": "Flere små grupper"}


@pytest.fixture
def shared_url(postgres_story: Renewed) -> str:
    postgres_story.renew()
    return postgres_story.url


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Replica:
    """The bot as a process of its own, on one port for as long as the story lasts."""

    def __init__(self, channel: Channel, database_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._words = [channel.url, str(self.port), database_url, str(DRAIN)]
        self._process: Launched | None = None

    async def start(self) -> None:
        self._process = launched("tests.bot", *self._words, stdout=subprocess.PIPE, stderr=2)
        assert self._process.stdout
        assert (await asyncio.to_thread(self._process.stdout.readline)).strip() == "ready"

    async def answered(self) -> int:
        """How many messages of people it has answered since its start, none of which comes but through the proxy."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/metrics") as answer:
            found = re.findall(r"^laeringsbot_answers_total\{.*\} (\S+)$", await answer.text(), re.MULTILINE)
        return int(sum(map(float, found)))

    async def until_answered(self) -> None:
        async with asyncio.timeout(60):
            while not await self.answered():
                await asyncio.sleep(0.05)

    async def stop(self) -> int:
        """As an operator stops it; the exit code."""
        assert self._process
        self._process.terminate()
        return await asyncio.to_thread(self._process.wait, 60)

    def kill(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@contextmanager
def replicas(channel: Channel, database_url: str) -> Iterator[tuple[Replica, Replica]]:
    both = Replica(channel, database_url), Replica(channel, database_url)
    try:
        yield both
    finally:
        for each in both:
            each.kill()


def somebody(number: int) -> Person:
    return Person(
        name=f"Leder {number}",
        email=f"leder{number}@skovkoebing.example",
        aad_object_id=str(UUID(int=5000 + number)),
        language=Language.DANISH,
        welcomed_at=datetime.now(UTC),
    )


async def test_a_rolling_restart_under_load_fails_no_submit_and_doubles_no_prompt(
    shared_url: str, channel: Channel
) -> None:
    """Nor does one that is killed take the other one out with it, though it may fail who presses in that second."""
    town = Town()
    leaders = [somebody(number) for number in range(LEADERS)]
    prompted = [somebody(100 + number) for number in range(PROMPTED)]

    def build(uow: UnitOfWork) -> None:
        town.build(uow)
        uow.add(*leaders, *prompted)
        uow.session.flush()
        for each in leaders:
            uow.add(
                RoleAssignment(
                    person_id=each.id,
                    role=Role.LEADER,
                    from_on=date(2024, 8, 1),
                    institution_id=town.school.id,
                )
            )
        for each in prompted:
            address = Address(
                service_url=channel.service_url,
                conversation_id=f"a:{each.aad_object_id}",
                user_id="29:x",
                bot_id="28:x",
                tenant_id=TENANT,
            )
            message.remember_chat(uow, each, address, datetime.now(UTC))

    database = Database(shared_url)
    await database.start()
    await database.write(build)
    typed, failures, refused, done = count(1), [], list[int](), asyncio.Event()
    personas = [channel.persona(each) for each in leaders]
    accepted: Counter[str] = Counter()

    async def writes(persona: Persona) -> None:
        """One after the other, as fast as nobody is taken for a flood, until the story ends."""
        await persona.writes("perspektiv")
        while not done.is_set():
            said = f"Fortælling nummer {next(typed)}"
            # A reminder may have come after it.
            form = next(each for each in reversed(persona.chat) if "Gem perspektivet" in buttons(each.card or {}))
            press = persona.press("Gem perspektivet", form, **GOOD, said=said)
            status, body = await channel.posts(press)
            if (status, (body or {}).get("statusCode")) != (200, 200) or said not in words(body["value"]):
                failures.append((status, body))
                return
            accepted[said] += 1
            await asyncio.sleep(2 / A_SECOND)
            await persona.writes("perspektiv")

    async def insists(persona: Persona, said: str) -> list[int]:
        """Presses until it is answered, as people do; what was answered instead before."""
        form = next(each for each in reversed(persona.chat) if "Gem perspektivet" in buttons(each.card or {}))
        press, before = persona.press("Gem perspektivet", form, **GOOD, said=said), list[int]()
        while (answer := await channel.posts(press))[0] != 200:
            before.append(answer[0])
            await asyncio.sleep(0.05)
        assert said in words((answer[1] or {})["value"])
        return before

    async def plans() -> None:
        """Something to say to ten more people, now and then, while the replicas come and go."""
        for start in range(0, PROMPTED, 10):
            some = prompted[start : start + 10]
            now = datetime.now(UTC)
            occasions = [
                Occasion(
                    key=str(new_id()),
                    person_id=each.id,
                    view="overview",
                    subject_id=each.id,
                    due_at=now,
                    expires_at=now + timedelta(hours=1),
                    kind=PromptKind.ASKED,
                )
                for each in some
            ]
            await database.write(lambda uow, all_of=occasions: [prompt.plan(uow, each) for each in all_of])
            await asyncio.sleep(0.5)

    with replicas(channel, shared_url) as both:
        await asyncio.gather(*(each.start() for each in both))
        async with in_front_of([each.url for each in both], free_port()) as channel.bot_url:
            load = [asyncio.create_task(writes(each)) for each in personas]
            planning = asyncio.create_task(plans())
            await asyncio.gather(*(each.until_answered() for each in both))
            for each, other in (both, both[::-1]):
                before = await other.answered()
                assert await each.stop() == 0
                assert not failures
                assert await other.answered() > before, "the other one served meanwhile"
                await each.start()
                await each.until_answered()
            await planning
            done.set()
            await asyncio.gather(*load)
            async with asyncio.timeout(60):
                while len([each for each in channel.connector.posts() if each in chats_of(prompted)]) < PROMPTED:
                    await asyncio.sleep(0.1)
            presses = [(each, f"Efter et drab {number}") for number, each in enumerate(personas)]
            both[0].kill()
            refused += [status for persona, said in presses for status in await insists(persona, said)]
            accepted.update(said for _, said in presses)
        assert await both[1].stop() == 0
    assert set(refused) <= {502}, "the other one is never left out with it"
    assert failures == []
    posts = channel.connector.posts()
    assert {posts[each] for each in chats_of(prompted)} == {1}

    def kept(uow: UnitOfWork) -> tuple[int, Counter[PromptState]]:
        told = uow.session.scalar(select(func.count()).select_from(perspective)) or 0
        states = Counter(uow.session.scalars(select(Prompt.state).where(Prompt.kind == PromptKind.ASKED)))  # type: ignore[call-overload]
        return told, states

    told, states = await database.read(kept)
    await database.close()
    assert told == len(accepted) > LEADERS
    assert states == {PromptState.SENT: PROMPTED}


def chats_of(people: list[Person]) -> set[str]:
    return {f"a:{each.aad_object_id}" for each in people}


async def test_a_replica_that_is_told_to_stop_says_so_and_serves_until_it_is_noticed(
    shared_url: str, channel: Channel
) -> None:
    with replicas(channel, shared_url) as (one, _other):
        await one.start()
        async with aiohttp.ClientSession() as session:
            async with asyncio.timeout(60):
                while (await session.get(f"{one.url}/readyz")).status != 200:
                    await asyncio.sleep(0.05)
            stopping = asyncio.create_task(one.stop())
            began, told = time.monotonic(), 0
            while not stopping.done() and time.monotonic() - began < DRAIN + 10:
                try:
                    async with session.get(f"{one.url}/readyz") as answer:
                        told += answer.status == 503 and answer.headers.get("Connection") == "close"
                    async with session.get(f"{one.url}/healthz") as answer:
                        assert answer.status == 200
                except (aiohttp.ClientError, OSError):
                    break
                await asyncio.sleep(0.05)
            assert told >= 3
            assert await stopping == 0
