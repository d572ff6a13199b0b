"""Everything that happens by the clock, started and stopped as one."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from domain.municipality import Municipality
from scheduler.anonymising import carry_out
from scheduler.clock import Clock
from scheduler.delivery import Delivery
from scheduler.directory import Directory
from scheduler.journaling import Journaling, Place
from scheduler.messenger import Messenger
from scheduler.planner import Rounds, plan, tidy
from scheduler.reaching import Reaching
from storage import hold
from storage.database import Database
from storage.errors import DatabaseError

log = logging.getLogger(__name__)

# Seconds. A replica that has not planned for minutes is left out by the proxy, and the next minute may be far away.
AGAIN_AFTER = 2.0


@dataclass
class Scheduler:
    """Clock, planner and delivery of one process, and the ways to people who have not met the bot and to the journal.

    `watches` as in `Delivery`; `places` are where records are handed over to; `ticked_at` is when this process last
    planned what is due, or began to try.
    """

    database: Database
    messenger: Messenger
    municipality: Municipality
    now: Callable[[], datetime]
    rate: float = 25
    directory: Directory | None = None
    watches: bool = False
    places: Sequence[Place] = ()
    ticked_at: datetime | None = field(default=None, init=False)
    delivery: Delivery = field(init=False)
    rounds: Rounds = field(default_factory=Rounds, init=False)
    reaching: Reaching | None = field(default=None, init=False)
    journaling: Journaling = field(init=False)
    _clock: Clock = field(init=False)
    _planning: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _running: "asyncio.Task[None] | None" = field(default=None, init=False)
    _again: "asyncio.Task[None] | None" = field(default=None, init=False)
    _reaching: "asyncio.Task[None] | None" = field(default=None, init=False)
    _journaling: "asyncio.Task[None] | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.delivery = Delivery(
            self.database, self.messenger, self.municipality, self.now, self.rate, watches=self.watches
        )
        if self.directory:
            self.reaching = Reaching(
                self.database, self.directory, self.municipality, self.now, self.rate, self.watches
            )
        self.journaling = Journaling(self.database, self.places, self.municipality, self.now, watches=self.watches)
        self._clock = Clock(every_minute=self._plan, every_night=self._nightly)

    async def start(self) -> None:
        """Plans at once, so that nobody waits for the minute, and delivers from now on."""
        self.ticked_at = datetime.now(UTC)
        await self._plan()
        self._clock.start()
        self._running = asyncio.create_task(self.delivery.run())
        if self.reaching:
            self._reaching = asyncio.create_task(self.reaching.run())
        self._journaling = asyncio.create_task(self.journaling.run())

    async def stop(self) -> None:
        """Returns when what was in flight is settled and everything else is let go."""
        self._clock.stop()
        self.delivery.stop()
        besides = [each for each in (self._again, self._reaching, self._journaling) if each]
        for each in besides:
            each.cancel()
        await asyncio.gather(*besides, return_exceptions=True)
        if self._running:
            await self._running

    async def tick(self) -> int:
        """Plans, reaches, hands over and delivers once what is due at `now()`; returns how many messages were handled.

        A hold is kept; with `watches`, a silence of hours is the reason for one, as for whoever serves.
        """
        if self.watches:
            await self._live()
        await plan(self.database, self.now(), self.municipality)
        await carry_out(self.database, self.now(), self.municipality)
        if self.reaching and self.reaching.is_set_up:
            # A command does, and what is left is looked up the next time.
            self.reaching.is_waiting = True
            await self.reaching.once()
        await self.journaling.once()
        handled = 0
        while delivered := await self.delivery.deliver_due():
            handled += delivered
        return handled

    async def _plan(self) -> None:
        if not await self._planned() and (self._again is None or self._again.done()):
            log.warning("planning waits for the database")
            self._again = asyncio.create_task(self._once_it_is_back())

    async def _once_it_is_back(self) -> None:
        is_back = False
        while not is_back:
            await asyncio.sleep(AGAIN_AFTER)
            is_back = await self._planned()

    async def _planned(self) -> bool:
        """Plans, and says whether the database was there for it; never twice at the same time."""
        async with self._planning:
            return await self._planned_alone()

    async def _planned_alone(self) -> bool:
        try:
            # Before anything else: a database that nobody has served for hours must not look served.
            await self._live()
            await plan(self.database, self.now(), self.municipality, self.rounds)
            # What two people have approved and cannot be carried out is no reason to leave the replica out.
            self.ticked_at = datetime.now(UTC)
            await carry_out(self.database, self.now(), self.municipality)
        except DatabaseError:
            return False
        except Exception as fault:
            log.error("planning goes on after a fault: %s", type(fault).__name__)
        finally:
            self._wake()
        return True

    def _wake(self) -> None:
        self.delivery.wake()
        if self.reaching:
            self.reaching.wake()
        self.journaling.wake()

    async def _live(self) -> None:
        if await self.database.write(lambda uow: hold.live(uow, watches=self.watches)):
            # It was restored, with what was planned by then and no more.
            self.rounds.forget()
            log.warning("nothing is sent until somebody runs: laeringsbot release")

    async def _nightly(self) -> None:
        await tidy(self.database, self.now())
        # What was deleted leaves nothing behind that a clock would find changed.
        self.rounds.forget()
        if self.reaching:
            await self.reaching.nightly()
