"""One person sends hundreds of messages and presses at once: somebody else is answered at the usual pace meanwhile.

Prints what the flood got, and how long the other one's presses took before it and during it.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass

from bot.flood import A_SECOND, AT_ONCE, OVER_AT
from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.channel.connector import Message
from tests.postgres import Postgres
from tests.soak.stage import BOTH, databases, drafting, opened, town_of_today
from tests.soak.tally import Tally
from tests.town import words

TYPED = "Flere børn finder ind i legen, når vi går med."
AT_A_TIME = 300
TOLD = "Du har sendt mange beskeder på kort tid"


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    return [await _floods(dialect, 20 if long else 3, postgres) for dialect in (BOTH if long else BOTH[:1])]


@dataclass
class _Flood:
    sent: int = 0
    faults: int = 0
    is_over: bool = False


async def _floods(dialect: str, presses: int, postgres: Postgres | None) -> Tally:
    town = town_of_today()
    with databases(dialect, postgres) as url:
        async with Channel().serving() as channel:
            async with opened(url) as database:
                await database.write(town.build)
            other, flooder = channel.persona(town.leader), channel.persona(town.other_leader)
            async with running_bot(url, channel, quiet=False):
                # As it stands in the chat now: each press is one of the card that the other has before them.
                draft = await drafting(other)
                await flooder.writes("min oversigt")
                usual = await _paced(other, draft, presses)
                flood = _Flood()
                began = time.monotonic()
                sending = asyncio.create_task(_flood(flooder, flood))
                meanwhile = await _paced(other, draft, presses)
                flood.is_over = True
                await sending
                lasted = time.monotonic() - began
    told = Tally(f"one person sends {AT_A_TIME} messages at once, again and again, {dialect}")
    notices = sum(TOLD in words(each.card) for each in flooder.chat if each.card)
    answers = len(flooder.chat) - notices
    told.more = {
        "sent": flood.sent,
        "in s": round(lasted),
        "answered": answers,
        "told": notices,
        "faults": flood.faults,
        "another's press in ms, median before": round(1000 * statistics.median(usual)),
        "and meanwhile": round(1000 * statistics.median(meanwhile)),
        "slowest before": round(1000 * max(usual)),
        "and slowest meanwhile": round(1000 * max(meanwhile)),
    }
    assert flood.faults == 0, told
    assert answers <= AT_ONCE + (lasted + 5) * A_SECOND + 1, told
    # A busy machine may take so long for those that were sent that the next ones are a flood of their own.
    assert 1 <= notices <= 1 + lasted * A_SECOND / (AT_ONCE * OVER_AT), told
    return told


async def _flood(flooder: Persona, flood: _Flood) -> None:
    async def message() -> None:
        flood.sent += 1
        status, _ = await flooder.channel.posts(flooder.activity(text="min oversigt"))
        flood.faults += status != 200

    while not flood.is_over:
        await asyncio.gather(*(message() for _ in range(AT_A_TIME)))


async def _paced(other: Persona, draft: Message, presses: int) -> list[float]:
    """How long each of some presses took, a few a second."""
    took = []
    for number in range(presses):
        typed = f"{TYPED} {number} {time.monotonic()}"
        began = time.monotonic()
        status, body = await other.channel.posts(other.press("Gem kladde", draft, interpretation=typed))
        assert (status, body["statusCode"]) == (200, 200), body
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.5)
    return took
