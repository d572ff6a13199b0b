"""Units of work that are asked for at nearly the same time, done as one: a dozen commits for fifty messages."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from storage.database import Database
from storage.errors import would_be_the_same_for_others
from storage.unit_of_work import UnitOfWork

Work = Callable[[UnitOfWork], Any]


@dataclass
class Together:
    """Waits for `moment` seconds whether there is more to do, and does all of it in one transaction.

    Where that fails by one of them, each is done by itself, so that it fails alone.
    """

    database: Database
    moment: float
    _waiting: "list[tuple[Work, asyncio.Future[None]]]" = field(default_factory=list, init=False)
    _timer: asyncio.TimerHandle | None = field(default=None, init=False)
    _doing: "set[asyncio.Task[None]]" = field(default_factory=set, init=False)

    async def write(self, work: Work) -> None:
        """Returns once it is committed, and raises as `Database.write` does."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting.append((work, future))
        if self._timer is None:
            self._timer = loop.call_later(self.moment, self.at_once)
        await future

    def at_once(self) -> None:
        """Waits for no more of them: something else is about to be written, and on SQLite is committed with these."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        # Now, and not when the task begins: what is asked for in between has a timer of its own.
        taken, self._waiting = self._waiting, []
        if taken:
            task = asyncio.create_task(self._do(taken))
            self._doing.add(task)
            task.add_done_callback(self._doing.discard)

    async def _do(self, taken: "list[tuple[Work, asyncio.Future[None]]]") -> None:
        try:
            await self.database.write(lambda uow: [work(uow) for work, _ in taken])
        except Exception as fault:
            if len(taken) == 1 or would_be_the_same_for_others(fault):
                for _, future in taken:
                    _fail(future, fault)
                return
            for work, future in taken:
                await self._do_alone(work, future)
        else:
            for _, future in taken:
                _succeed(future)

    async def _do_alone(self, work: Work, future: "asyncio.Future[None]") -> None:
        try:
            await self.database.write(work)
        except Exception as fault:
            _fail(future, fault)
        else:
            _succeed(future)


def _succeed(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _fail(future: "asyncio.Future[None]", fault: Exception) -> None:
    if not future.done():
        future.set_exception(fault)
