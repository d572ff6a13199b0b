"""Figure 2: a worker that dies at every step, on both databases, under both policies.

"0 lost, parked ones never doubled." The worker is a process that kills itself; what it leaves is found by another.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from unittest import mock

from bot.messenger import TeamsMessenger
from domain.prompt import PromptKind
from scheduler import heartbeat
from scheduler.delivery import Delivery
from scheduler.posting import Posting
from storage import prompt_outcome
from storage.database import Database
from tests.channel import Channel
from tests.launcher import launched
from tests.postgres import Postgres
from tests.soak.stage import BOTH, crowd, databases, opened
from tests.soak.tally import Tally, tally
from tests.town import MUNICIPALITY

STEPS = ("claimed", "marked", "arrived", "answered", "recording", "recorded")
SOME = (("postgresql", "marked"), ("sqlite", "answered"), ("postgresql", "recorded"))
# Whether the message has gone by then, and whether the database knows.
HAS_GONE = {"arrived", "answered", "recording"}


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    cases = [(dialect, step) for dialect in BOTH for step in STEPS] if long else SOME
    return [each for case in cases for each in await _died(*case, postgres)]


async def _died(dialect: str, step: str, postgres: Postgres | None) -> list[Tally]:
    with databases(dialect, postgres) as url:
        async with Channel().serving() as channel:
            async with opened(url) as database:
                among = {
                    personal: await crowd(database, channel, 1, personal=personal, kind=PromptKind.ASKED)
                    for personal in (False, True)
                }
            for _ in among:
                await _worker(url, channel, step)
            async with opened(url) as database:
                await _found_and_finished(database, channel)
                told = []
                for personal, ids in among.items():
                    policy = "parked" if personal else "repeated"
                    each = await tally(f"died when {step}, {policy}, {dialect}", database, channel.connector, ids)
                    _check(each, step, personal)
                    told.append(each)
    return told


def _check(told: Tally, step: str, personal: bool) -> None:
    unknown = step in HAS_GONE or step == "marked"
    told.settled()
    assert told.parked == (1 if unknown and personal else 0), told
    assert told.twice == (1 if step in HAS_GONE and not personal else 0), told


async def _worker(url: str, channel: Channel, step: str) -> None:
    """Runs a worker until it kills itself; at `arrived` it is killed while the connector has not answered yet."""
    process = launched("tests.soak.died", url, channel.url, step, stderr=2)
    if step == "arrived":
        channel.connector.latency = 600.0
        try:
            before = len(channel.connector.messages)
            while len(channel.connector.messages) == before:
                await asyncio.sleep(0.02)
            process.kill()
        finally:
            channel.connector.latency = 0.0
    assert await asyncio.to_thread(process.wait) == -signal.SIGKILL


async def _found_and_finished(database: Database, channel: Channel) -> None:
    """Another worker sees the counter of the first stand still, and takes over."""
    messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    other = Delivery(database, messenger, MUNICIPALITY, lambda: datetime.now(UTC), rate=50, owner="other")
    with mock.patch.object(heartbeat, "DEAD_AFTER", 0.0):
        for _ in range(2):
            await other.beat()
    while await other.deliver_due():
        pass
    assert not await database.read(prompt_outcome.owners)
    await messenger.close()


class Dying(Delivery):
    """Kills its own process at the step that is named."""

    step = ""

    async def _deliver(self, *claimed: Any) -> None:
        _die("claimed", self.step)
        await super()._deliver(*claimed)

    @cached_property
    def _posting(self) -> Posting:
        return DyingInThePost(**vars(super()._posting), step=self.step)


@dataclass(frozen=True)
class DyingInThePost(Posting):
    step: str

    async def _post(self, *marked: Any) -> None:
        _die("marked", self.step)
        await super()._post(*marked)
        _die("recorded", self.step)

    async def _settle(self, work: Any) -> None:
        _die("answered", self.step)
        await super()._settle(work)

    def _record(self, *answered: Any) -> None:
        super()._record(*answered)
        _die("recording", self.step)


def _die(here: str, step: str) -> None:
    if step == here:
        os.kill(os.getpid(), signal.SIGKILL)


async def main(url: str, channel_url: str, step: str) -> None:
    messenger = TeamsMessenger(Channel(url=channel_url).tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    async with opened(url) as database:
        worker = Dying(database, messenger, MUNICIPALITY, lambda: datetime.now(UTC), rate=50, owner="dying")
        worker.step = step
        await worker.beat()
        with mock.patch("scheduler.delivery.WAVE", 1):
            await worker.deliver_due()
    raise AssertionError(f"nothing was to be {step}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
