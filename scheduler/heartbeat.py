"""A worker's counter, the others' that have stood still, and how many share the rate: no wall clocks are compared."""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from storage import prompt_outcome
from storage.database import Database
from storage.errors import DatabaseError, Unavailable
from storage.obstacle import UNWRITTEN, WORDS, Obstacle
from storage.trial import obstacle_of, tried

log = logging.getLogger(__name__)

BEAT = 3.0
DEAD_AFTER = 15.0
AGAIN_AFTER = 1.0
# For how long a worker may go by how many it has found: longer than a beat takes on a machine that is busy.
KNOWN_FOR = 6.0
# The channel counts what came within a second, and ways are not equally long.
COUNTED_FOR = 1.1


@dataclass
class Heartbeat:
    """The counter of the worker `owner`.

    Each worker has an equal part of the rate and keeps to it by itself, so that all of them together never pass it,
    whoever stands still and however late a turn is used.
    """

    database: Database
    now: Callable[[], datetime]
    owner: str
    _runs: bool = field(default=False, init=False)
    _joined: float = field(default=math.inf, init=False)
    _known: float = field(default=-math.inf, init=False)
    _workers: tuple[int, int] = field(default=(1, 1), init=False)
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict, init=False)
    _last: float = field(default=0.0, init=False)
    _trouble: str = field(default="", init=False)
    _is_asking: bool = field(default=False, init=False)
    _failures: int = field(default=0, init=False)

    def problem(self) -> str | None:
        """What keeps the counter from being raised, None while all is well."""
        if self._trouble:
            return self._trouble
        if time.monotonic() - self._last < DEAD_AFTER:
            return None
        # It runs, and waits for the database like everybody, some of whom are before it.
        return UNWRITTEN if self._is_asking else "the delivery of messages stands still"

    def parts(self) -> int:
        """Into how many parts the rate is divided, one of which is this worker's; 0 while it has none.

        It has none until all others have surely seen it, and while it may not have seen all of them. Who was not
        started, and delivers one wave, is by itself.
        """
        if not self._runs:
            return 1
        clock = time.monotonic()
        is_known = self._joined <= clock <= self._known + KNOWN_FOR
        # A smaller part holds at once, a larger one a beat later: the channel has the last of whoever has left by then.
        return max(self._workers) if is_known else 0

    def start(self) -> "asyncio.Task[None]":
        """Raises it until the task is cancelled."""
        self._runs = True
        return asyncio.create_task(self._run())

    async def _run(self) -> None:
        """Whatever the database does meanwhile."""
        while True:
            wait, self._is_asking = AGAIN_AFTER, True
            try:
                await self.beat()
                obstacle = await self._obstacle()
            except DatabaseError as fault:
                self._trouble = _words(obstacle_of(fault, self.database))
                log.warning("no heartbeat: %s", type(fault).__name__)
            except Exception as fault:
                log.warning("no heartbeat: %s", type(fault).__name__)
            else:
                self._trouble, wait = (_words(obstacle), AGAIN_AFTER) if obstacle else ("", BEAT)
            self._is_asking = False
            await asyncio.sleep(wait)

    async def beat(self) -> None:
        """Raises the own counter, and releases what workers hold whose counter has stood still."""
        beats = await self.database.write(lambda uow: prompt_outcome.beat(uow, self.owner))
        clock = time.monotonic()
        if beats[self.owner] == 1:
            # Also somebody who was taken for dead, and whose part the others have had since.
            self._joined = math.inf
        # Only now: of two who come at the same moment, one at least sees the other.
        workers, holding = await self.database.read(
            lambda uow: (prompt_outcome.workers(uow), prompt_outcome.owners(uow))
        )
        self._counted(workers, clock)
        # Not before it knows its part, without which it delivers nothing.
        self._last = clock
        for other in (set(beats) | holding) - {self.owner}:
            counter = beats.get(other, 0)
            seen = self._seen.get(other)
            if seen is None or seen[0] != counter:
                self._seen[other] = (counter, clock)
            elif clock - seen[1] >= DEAD_AFTER:
                del self._seen[other]
                released = await self.database.write(partial(prompt_outcome.leave, owner=other, now=self.now()))
                log.warning("a worker stood still: %s messages released", released)

    async def _obstacle(self) -> Obstacle | None:
        """What is in the way of what others write: on a full disk the counter's row finds room where it was before.

        It is tried once something has failed that the database was asked for, until that goes well.
        """
        failures = self.database.failed[Unavailable.__name__]
        if failures == self._failures:
            return None
        if obstacle := await tried(self.database):
            log.warning("nothing can be kept: %s", obstacle.value)
            return obstacle
        self._failures = failures
        return None

    def _counted(self, workers: int, at: float) -> None:
        comes = self._joined == math.inf
        if workers == 1:
            # Nobody has to see it.
            self._joined = min(self._joined, at)
        elif comes:
            self._joined = at + KNOWN_FOR + COUNTED_FOR
        self._workers, self._known = (workers, workers if comes else self._workers[0]), at


def _words(obstacle: Obstacle) -> str:
    # That it cannot be reached is told by whoever asks it next.
    return UNWRITTEN if obstacle is Obstacle.AWAY else WORDS[obstacle]
