"""Figures 11 and 12: leaders who press while a wave goes out of a million rows, and the token service hangs meanwhile.

"Inbound p99 under 1 s at 50/s with a million rows, while a wave runs and the token service hangs; the loop never
blocked over 100 ms"; "at most two token requests an hour". What a sent message costs, tests/bench_wave.py measures.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import UUID

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import func, select

from bot.demo import free_port
from storage.database import Database
from storage.prompt import prompt
from tests.bench_submit import kept_in, started
from tests.channel import Channel
from tests.peers.pressing import Leaders, Measured, Presses, Server, pressing, pressing_at
from tests.postgres import Postgres
from tests.soak.stage import BOTH, crowd, databases, opened, until
from tests.soak.tally import WAITS, Tally, tally
from tests.ten_years import Municipality

PRESSES_A_SECOND = 50
STILL = 0.1


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    if not long:
        return [await _pressed("sqlite", 2, 60, 2, postgres, is_long=False)]
    return [await _pressed(dialect, 460, 1_000, 10, postgres, is_long=True) for dialect in BOTH]


async def _pressed(
    dialect: str, institutions: int, prompts: int, seconds: int, postgres: Postgres | None, *, is_long: bool
) -> Tally:
    """`seconds` of presses while the wave has a token, and as many once the service hangs and the token is over."""
    with databases(dialect, postgres) as url, tempfile.TemporaryDirectory(prefix="laeringsbot-pressed-") as name:
        rows = Municipality(url, institutions=institutions).fill()
        async with AsyncExitStack() as stack:
            channel = await stack.enter_async_context(Channel().serving())
            # So short that it is over while the service hangs: half of its life later a new one is asked for.
            channel.connector.latency, channel.entra.lasts = 0.1, seconds
            leaders, port = Leaders(), free_port(25_000)
            await leaders.live_in(url)
            async with opened(url) as database:
                among = await crowd(database, channel, prompts)
            command = [sys.executable, "-m", "tests.bot", channel.url, str(port), url]
            server = Server("Læringsbot", await started(stack, "Læringsbot", command, port, Path(name)), port, url=url)
            kept, presses = await kept_in(url), Presses(channel, leaders.each)
            await pressing(server, [presses.request(server) for _ in range(40)], 4)
            await channel.connector.until(lambda: len(channel.connector.messages) > prompts // 20, within=600)
            before, asked = await _lag(port), channel.entra.asked
            with_token = await _presses(server, presses, seconds)
            channel.entra.hold = asyncio.Event()
            without = await _presses(server, presses, 2 * seconds)
            lag, asked = await _lag(port) - before, channel.entra.asked - asked
            channel.entra.lasts = 3600
            channel.entra.hold.set()
            channel.entra.hold = None
            await _until_settled(url, among)
        added = await kept_in(url) - kept
        what = f"{PRESSES_A_SECOND} presses a second beside a wave, {rows:,} rows, {dialect}"
        async with opened(url) as database:
            told = await tally(what, database, channel.connector, among)
    still = sum(count for slot, count in lag.items() if slot > STILL)
    told.more = {
        "presses": server.answered,
        "median and p99 in ms, in the wave": _told(with_token),
        "while the token service hangs": _told(without),
        "looks at the loop later than 100 ms": f"{still} of {lag.total()}",
        "token requests meanwhile": asked,
    }
    assert added == server.answered, f"{server.answered} answers, {added} kept"
    told.settled()
    assert told.once == told.planned, told
    # How long things take is told of a machine that does nothing else; the short form is run beside other tests.
    assert not is_long or max(with_token.at(0.99), without.at(0.99)) < 1_000, told
    assert not is_long or not still, told
    return told


async def _until_settled(url: str, among: list[UUID]) -> None:
    """Until what became of each of their messages is written down; others, who have no chat, wait for ever."""
    beside = Database(url, lock=False)
    await beside.start()
    waiting = select(func.count()).select_from(prompt).where(prompt.c.person_id.in_(among), prompt.c.state.in_(WAITS))

    async def is_settled() -> bool:
        return await beside.read(lambda uow: uow.session.scalar(waiting)) == 0

    try:
        await until(is_settled, every=0.5)
    finally:
        await beside.close()


async def _lag(port: int) -> Counter[float]:
    """How often the loop was late, by the upper end of each slot, as the bot's own metrics have it."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        text = await answer.text()
    slots = [
        (float(each.labels["le"]), each.value)
        for family in text_string_to_metric_families(text)
        for each in family.samples
        if each.name == "laeringsbot_loop_lag_seconds_bucket"
    ]
    before = [0.0, *(count for _, count in slots)]
    return Counter({slot: int(count - less) for (slot, count), less in zip(slots, before, strict=False)})


async def _presses(server: Server, presses: Presses, seconds: int) -> Measured:
    many = seconds * PRESSES_A_SECOND
    return await pressing_at(server, [presses.request(server) for _ in range(many)], PRESSES_A_SECOND)


def _told(seen: Measured) -> str:
    return f"{seen.at(0.5):.0f} and {seen.at(0.99):.0f}"
