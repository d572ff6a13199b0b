"""A worker's counter, and the others' that have stood still: no wall clocks are compared."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from storage import prompt_outcome
from storage.database import Database
from storage.errors import DatabaseError

log = logging.getLogger(__name__)

BEAT = 3.0
DEAD_AFTER = 15.0


@dataclass
class Heartbeat:
    """The counter of the worker `owner`."""

    database: Database
    now: Callable[[], datetime]
    owner: str
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict, init=False)
    _last: float = field(default=0.0, init=False)
    _trouble: str = field(default="", init=False)

    def problem(self) -> str | None:
        """What keeps the counter from being raised, None while all is well."""
        if self._trouble:
            return self._trouble
        return None if time.monotonic() - self._last < DEAD_AFTER else "the delivery of messages stands still"

    async def run(self) -> None:
        """Raises it until it is cancelled, whatever the database does meanwhile."""
        while True:
            try:
                await self.beat()
            except DatabaseError as fault:
                self._trouble = "the database cannot be written"
                log.warning("no heartbeat: %s", type(fault).__name__)
            except Exception as fault:
                log.warning("no heartbeat: %s", type(fault).__name__)
            else:
                self._trouble = ""
            await asyncio.sleep(BEAT)

    async def beat(self) -> None:
        """Raises the own counter, and releases what workers hold whose counter has stood still."""
        beats = await self.database.write(lambda uow: prompt_outcome.beat(uow, self.owner))
        self._last = clock = time.monotonic()
        holding = await self.database.read(prompt_outcome.owners)
        for other in (set(beats) | holding) - {self.owner}:
            counter = beats.get(other, 0)
            seen = self._seen.get(other)
            if seen is None or seen[0] != counter:
                self._seen[other] = (counter, clock)
            elif clock - seen[1] >= DEAD_AFTER:
                del self._seen[other]
                released = await self.database.write(partial(prompt_outcome.leave, owner=other, now=self.now()))
                log.warning("a worker stood still: %s messages released", released)
