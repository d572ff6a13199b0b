"""Figure 1: two replicas on PostgreSQL, one of which is killed again and again while a wave goes out.

"0 lost; duplicates at most the sends in flight per kill and at most 2 copies; on SIGTERM 0 and 0." The channel takes no
more in a second than both together may send, and refuses what comes besides.
"""

import asyncio
import itertools
import signal
import time

from sqlalchemy import select

from domain.prompt import MOST_COPIES, Prompt, PromptState
from scheduler.delivery import Delivery
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.postgres import Postgres
from tests.soak.stage import Replica, crowd, databases, opened, replicas, until_settled, waiting
from tests.soak.tally import Tally, tally

IN_FLIGHT = Delivery.in_flight
# What `tests.bot` sends in a second, all replicas together, and the channel takes.
RATE = 50
# At least so many are sent between two kills, which makes as many kills as a wave at 50 a second would meet with one
# every four seconds. What the dead have claimed is set free by whoever has watched them for a quarter of a minute: two
# that are killed in turns by the clock alone would soon have nothing left that they may send.
BETWEEN = 200


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    prompts = 10_000 if long else 300
    every = 4.0 if long else None
    return [
        await _killed(prompts, signal.SIGKILL, every, postgres),
        await _killed(prompts if long else 100, signal.SIGTERM, every, postgres),
    ]


async def _killed(prompts: int, how: signal.Signals, every: float | None, postgres: Postgres | None) -> Tally:
    with databases("postgresql", postgres) as url:
        async with Channel().serving() as channel, opened(url) as database:
            channel.connector.latency, channel.connector.cap = 0.1, RATE
            await crowd(database, channel, prompts)
            began = time.monotonic()
            async with replicas(channel, url, 2) as both:
                kills = await _kill(both, channel, how, every, lambda: waiting(database))
                await until_settled(database)
                took = time.monotonic() - began
            told = await tally(f"killed with {how.name}", database, channel.connector)
            parked = await database.read(_parked)
    refused = sum(each.status == 429 for each in channel.connector.calls)
    # On a machine that does nothing else; beside other tests the channel itself is late.
    assert every is None or refused <= 0.005 * prompts, refused
    told.more = {"kills": kills, "seconds": round(took), "429": refused}
    told.settled()
    # One that was on its way at two kills is shown to the operator, and not sent for a third time.
    assert parked == [(MOST_COPIES, "worker lost")] * told.parked, parked
    assert not parked or (how is signal.SIGKILL and kills > 1), told
    assert told.twice <= (IN_FLIGHT * kills if how is signal.SIGKILL else 0), told
    return told


def _parked(uow: UnitOfWork) -> list[tuple[int, str | None]]:
    """How often each that is parked may have been sent, and why nobody knows it of the last time."""
    found = uow.session.scalars(select(Prompt).filter_by(state=PromptState.UNCERTAIN))
    return [(each.copies, each.reason) for each in found]


async def _kill(both: list[Replica], channel: Channel, how: signal.Signals, every: float | None, left) -> int:  # type: ignore[no-untyped-def]
    """Kills them in turns as long as there is something left to send, and starts each again; how often.

    Each is ready when it is killed: one that only starts has nothing that it could lose.
    """
    if every is None:
        await channel.connector.until(lambda: len(channel.connector.messages) > 25, within=600)
        await _again(both[0], how)
        return 1
    for kills, each in enumerate(itertools.cycle(both)):
        sent = len(channel.connector.messages)
        await asyncio.sleep(every)
        await each.until_ready()
        while len(channel.connector.messages) < sent + BETWEEN and await left() >= 2 * IN_FLIGHT:
            await asyncio.sleep(0.2)
        if await left() < 2 * IN_FLIGHT:
            return kills
        await _again(each, how)
    raise AssertionError("unreachable")


async def _again(replica: Replica, how: signal.Signals) -> None:
    replica.signal(how)
    code = await replica.ends()
    assert code == (0 if how is signal.SIGTERM else -how), f"it ended with {code}"
    replica.start()
