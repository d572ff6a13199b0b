"""APScheduler as a clock and nothing more: in memory, in UTC, in every replica, holding no prompt."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


class Clock:
    """Calls `every_minute` each minute and `every_night` once a day; a tick that is missed is made up once."""

    def __init__(self, *, every_minute: Tick, every_night: Tick) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 50}
        )
        self._scheduler.add_job(_until_stopped(every_minute), "cron", second=0)
        self._scheduler.add_job(_until_stopped(every_night), "cron", hour=2, minute=17)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _until_stopped(tick: Tick) -> Tick:
    """The tick, ended without a word when the clock is stopped in the middle of it: every tick can be done again."""

    async def run() -> None:
        try:
            await tick()
        except asyncio.CancelledError:
            return

    return run
