"""Figure 6: a worker that stands still for 8 seconds in the middle of a wave, and clocks that are moved by an hour."""

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.doctor import examine
from bot.messenger import TeamsMessenger
from bot.settings import Settings
from scheduler.delivery import Delivery
from tests.channel import Channel
from tests.postgres import Postgres
from tests.soak.stage import BOTH, crowd, databases, opened, replicas, until_settled, waiting
from tests.soak.tally import Tally, tally
from tests.town import MUNICIPALITY

HOUR = timedelta(hours=1)


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    told = [await _paused(1_000 if long else 60, 8.0 if long else 2.0, postgres)]
    for dialect in BOTH if long else BOTH[:1]:
        for shift in (HOUR, -HOUR):
            told.append(await _moved(dialect, shift, 400 if long else 60, postgres))
    return told


async def _paused(prompts: int, seconds: float, postgres: Postgres | None) -> Tally:
    with databases("postgresql", postgres) as url:
        async with Channel().serving() as channel, opened(url) as database:
            channel.connector.latency = 0.1
            among = await crowd(database, channel, prompts)
            async with replicas(channel, url, 2) as (sleeper, other):
                await channel.connector.until(lambda: len(channel.connector.messages) > prompts // 4, within=600)
                sleeper.signal(signal.SIGSTOP)
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        raise AssertionError(f"it stands still and says {await sleeper.ready()}")
                assert (await other.ready())[0] == 200
                findings = await examine(Settings.load(None, database_url=url), datetime.now(UTC))
                assert not [each.what for each in findings if "served" in each.what], findings
                sleeper.signal(signal.SIGCONT)
                await until_settled(database)
            told = await tally(f"a worker stopped for {seconds:.0f} s", database, channel.connector, among)
    told.settled()
    assert told.parked == 0, told
    # Shorter than it takes to be found dead: nobody else sends what it holds. An answer may get too old for it, though.
    assert told.twice <= Delivery.in_flight, told
    return told


async def _moved(dialect: str, shift: timedelta, prompts: int, postgres: Postgres | None) -> Tally:
    """The clock jumps while a wave waits for its turns; what falls due by the moved clock is sent by it."""
    moved = timedelta(0)
    with databases(dialect, postgres) as url:
        async with Channel().serving() as channel, opened(url) as database:
            among = await crowd(database, channel, prompts, due_at=datetime.now(UTC) - 2 * HOUR)
            messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
            await messenger.start()
            worker = Delivery(database, messenger, MUNICIPALITY, lambda: datetime.now(UTC) + moved, rate=50)
            running = asyncio.create_task(worker.run())
            await channel.connector.until(lambda: len(channel.connector.messages) > prompts // 4, within=600)
            moved = shift
            async with asyncio.timeout(60 + prompts):
                while await waiting(database):
                    await asyncio.sleep(0.1)
            worker.stop()
            await running
            await messenger.close()
            direction = "forward" if shift > timedelta(0) else "back"
            told = await tally(f"the clock put {direction} an hour on {dialect}", database, channel.connector, among)
    told.settled()
    assert told.once == told.planned, told
    return told
