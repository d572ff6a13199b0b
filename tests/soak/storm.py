"""Figures 4 and 5: a channel that throttles, fails in between and loses its answers.

"0 lost, no request inside a Retry-After window, never over the cap in any second"; "duplicates equal lost answers, none
when parked".
"""

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest import mock

from bot.messenger import TeamsMessenger
from scheduler import posting
from scheduler.delivery import Delivery
from tests.channel import Channel
from tests.channel.connector import LOST, Connector, Fault
from tests.postgres import Postgres
from tests.soak.stage import BOTH, crowd, databases, opened, waiting
from tests.soak.tally import Tally, tally
from tests.town import MUNICIPALITY

CAP = 50
SOONER = timedelta(seconds=1)


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    prompts = 2_000 if long else 100
    storms = BOTH if long else BOTH[1:]
    lost = [(dialect, personal) for dialect in (BOTH if long else BOTH[:1]) for personal in (False, True)]
    # Half a minute is right where a person is to be spared, and a program is not.
    with mock.patch.multiple(posting, REPEAT_AFTER=SOONER, TRY_AGAIN_AFTER=SOONER):
        # Each on a database and a channel of its own, and nearly all of its time waits for its turn: so all at once.
        return await asyncio.gather(
            *(_storm(dialect, prompts, postgres) for dialect in storms),
            *(_lost_answers(dialect, prompts, personal, postgres) for dialect, personal in lost),
        )


async def _storm(dialect: str, prompts: int, postgres: Postgres | None) -> Tally:
    chance = random.Random(4711)

    def fault(method: str, conversation_id: str) -> Fault | None:
        roll = chance.random()
        if roll < 0.05:
            return Fault(429, "TooManyRequests", retry_after=1)
        if roll < 0.08:
            return Fault(502, "BadGateway")
        return Fault(412, "PreconditionFailed") if roll < 0.09 else None

    told, connector = await _delivered(f"storm on {dialect}", dialect, prompts, fault, False, postgres)
    told.more = {
        "most in a second": most_in_a_second(connector),
        "inside Retry-After": inside_retry_after(connector),
        "429": sum(each.status == 429 for each in connector.calls),
    }
    told.settled()
    assert most_in_a_second(connector) <= CAP, told
    assert inside_retry_after(connector) == 0, told
    return told


async def _lost_answers(dialect: str, prompts: int, personal: bool, postgres: Postgres | None) -> Tally:
    chance = random.Random(17)
    lost: set[str] = set()

    def fault(method: str, conversation_id: str) -> Fault | None:
        if chance.random() >= 0.06 or conversation_id in lost:
            return None
        lost.add(conversation_id)
        return LOST

    policy = "parked" if personal else "repeated"
    told, _ = await _delivered(f"lost answers {policy} on {dialect}", dialect, prompts, fault, personal, postgres)
    told.more = {"lost answers": len(lost)}
    assert lost
    told.settled()
    assert (told.twice, told.parked) == ((0, len(lost)) if personal else (len(lost), 0)), told
    return told


async def _delivered(
    what: str,
    dialect: str,
    prompts: int,
    fault: Callable[[str, str], Fault | None],
    personal: bool,
    postgres: Postgres | None,
) -> tuple[Tally, Connector]:
    with databases(dialect, postgres) as url:
        async with Channel().serving() as channel, opened(url) as database:
            among = await crowd(database, channel, prompts, personal=personal)
            channel.connector.fault, channel.connector.cap = fault, CAP
            messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
            await messenger.start()
            worker = Delivery(database, messenger, MUNICIPALITY, lambda: datetime.now(UTC), rate=25)
            while await waiting(database):
                if not await worker.deliver_due():
                    await worker._pause()
            await messenger.close()
            return await tally(what, database, channel.connector, among), channel.connector


def most_in_a_second(connector: Connector) -> int:
    times = [each.at for each in connector.calls]
    return max(sum(start <= other < start + 1 for other in times[n : n + 200]) for n, start in enumerate(times))


def inside_retry_after(connector: Connector) -> int:
    """How many requests came for a chat before the second was over that the channel had asked for."""
    until: dict[str, float] = {}
    early = 0
    for each in connector.calls:
        early += each.at < until.get(each.conversation_id, 0.0)
        if each.status == 429:
            until[each.conversation_id] = each.at + 1
    return early
