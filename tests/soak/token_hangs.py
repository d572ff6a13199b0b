"""The token service hangs: nothing can be sent, everybody is answered all the same, and nothing is lost."""

import asyncio
import re
import time
from unittest import mock

import aiohttp

from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.channel.connector import Message
from tests.postgres import Postgres
from tests.soak.stage import BOTH, crowd, databases, drafting, opened, town_of_today, until, until_settled, waiting
from tests.soak.tally import Tally, tally

TYPED = "Flere børn finder ind i legen, når vi går med."


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    return [
        await _hangs(dialect, 600 if long else 20, 20 if long else 3, postgres)
        for dialect in (BOTH if long else BOTH[:1])
    ]


async def _hangs(dialect: str, prompts: int, presses: int, postgres: Postgres | None) -> Tally:
    town = town_of_today()
    with databases(dialect, postgres) as url, mock.patch.multiple("bot.tokens", FETCH_WITHIN=1.0, REST_AFTER_FAILURE=1):
        async with Channel().serving() as channel:
            async with opened(url) as database:
                await database.write(town.build)
            leader = channel.persona(town.leader)
            # The first token is good for so short a time that the next message needs another.
            channel.entra.lasts = 1
            async with running_bot(url, channel, quiet=False) as address:
                draft = await drafting(leader)
                channel.entra.hold = asyncio.Event()
                await asyncio.sleep(1)
                took = await _everybody_is_answered(leader, draft, presses)
                await _warns(address)
                channel.entra.lasts = 3600
                channel.entra.hold.set()
                channel.entra.hold = None
                sent_before = len(channel.connector.messages)
                await until(lambda: _is_well(address))
                await channel.connector.until(lambda: len(channel.connector.messages) > sent_before, within=600)
            async with opened(url) as database:
                among = await crowd(database, channel, prompts)
                assert await waiting(database) >= prompts
            channel.entra.hold = asyncio.Event()
            async with running_bot(url, channel, quiet=False):
                await until(lambda: channel.entra.asked >= 3)
                channel.entra.hold.set()
                channel.entra.hold = None
                await until(lambda: len(set(channel.connector.posts()) - {leader.conversation_id}) >= prompts)
                if dialect == "postgresql":
                    async with opened(url) as database:
                        await until_settled(database)
            async with opened(url) as database:
                told = await tally(f"the token service hangs, {dialect}", database, channel.connector, among)
    told.more = {"slowest answer in ms meanwhile": round(1000 * took)}
    told.settled()
    assert told.once == told.planned, told
    return told


async def _everybody_is_answered(leader: Persona, draft: Message, presses: int) -> float:
    """The slowest of some presses and messages; the answer to a press needs no token, that to a message comes later."""
    slowest = 0.0
    for number in range(presses):
        began = time.monotonic()
        status, body = await leader.channel.posts(leader.press("Gem kladde", draft, interpretation=f"{TYPED} {number}"))
        assert (status, body["statusCode"]) == (200, 200), body
        slowest = max(slowest, time.monotonic() - began)
    began = time.monotonic()
    status, _ = await leader.channel.posts(leader.activity(text="min oversigt"))
    assert status == 200
    return max(slowest, time.monotonic() - began)


async def _warns(address: str) -> int:
    """It is ready and open, since it answers, and says that nothing can be sent; how often no token came in time."""

    async def is_told() -> bool:
        async with aiohttp.ClientSession() as session, session.get(f"{address}/readyz") as answer:
            told = await answer.json()
            assert answer.status == 200, told
            return any("Microsoft gives no token (timeout)" in each for each in told["warnings"])

    await until(is_told)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}/openz") as answer:
            assert answer.status == 200
        async with session.get(f"{address}/metrics") as answer:
            shown = await answer.text()
    counted = re.search(r'^laeringsbot_token_failures_total\{reason="timeout"\} (\S+)$', shown, re.MULTILINE)
    assert counted
    assert (failures := int(float(counted[1]))) > 0
    return failures


async def _is_well(address: str) -> bool:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/readyz") as answer:
        return not (await answer.json())["warnings"]
