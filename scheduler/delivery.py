"""The delivery loop: claim, mark, send, record.

Each step is committed before the next. The next wave is claimed while the last of this one wait for their turns and
for the channel, so that its slowest answer holds up nobody. Those of one wave whose turns are near are marked at the
same time, and what became of those that were answered at nearly the same time is recorded as one: each step of a
message by itself would be two commits of its own.

After a crash, what was claimed was surely not sent, and what was being sent is unknown: it is sent once more with a
line that says so, or parked. A worker is found dead by its counter standing still against the others' own monotonic
clocks; no wall clocks are compared.
"""

import asyncio
import logging
import secrets
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.municipality import Municipality
from domain.prompt import Prompt
from scheduler.heartbeat import Heartbeat
from scheduler.marking import Marking
from scheduler.messenger import Messenger
from scheduler.own_pace import LOOK_AGAIN, OwnPace
from scheduler.posting import Posting
from scheduler.together import Together
from storage import hold, prompt_claim, prompt_outcome
from storage.database import Database
from storage.errors import DatabaseError
from storage.looking import LooksFirst
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

WAVE = 50
# For how many seconds before its last turn the wave after it is claimed, and before its own turn a message is drawn
# and marked: a turn is for the post alone, or what the database takes would bring several together.
CLAIMED_AHEAD = 0.3
MARKED_AHEAD = 0.08
# What falls into so many seconds is marked together, or recorded together.
TOGETHER_WITHIN = 0.08
POLL = 1.0

_Turns = deque[tuple[Prompt, float]]


@dataclass
class Delivery:
    """One worker. `rate` is the messages a second of all workers together, `in_flight` the most at once of this one.

    `watches` is whether a database that nobody has served for hours is taken for one restored from a backup; `outcomes`
    counts what became of the messages.
    """

    database: Database
    messenger: Messenger
    municipality: Municipality
    now: Callable[[], datetime]
    rate: float = 25
    in_flight: int = 24
    watches: bool = False
    owner: str = field(default_factory=lambda: f"worker-{secrets.token_hex(6)}")
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _may_hold_more: bool = field(default=False, init=False)
    outcomes: Counter[str] = field(default_factory=Counter, init=False)
    _under_way: dict[UUID, UUID] = field(default_factory=dict, init=False)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set, init=False)
    _one_done: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @cached_property
    def pace(self) -> OwnPace:
        return OwnPace(self.messenger, self.rate, self._heart.parts)

    @cached_property
    def _room(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(self.in_flight)

    @cached_property
    def _books(self) -> Together:
        return Together(self.database, TOGETHER_WITHIN)

    @cached_property
    def _heart(self) -> Heartbeat:
        return Heartbeat(self.database, lambda: self.now(), self.owner)

    @cached_property
    def _marking(self) -> Marking:
        return Marking(self.database, self.municipality, lambda: self.now(), self.owner)

    @cached_property
    def _posting(self) -> Posting:
        return Posting(
            self.database,
            self.messenger,
            lambda: self.now(),
            self.owner,
            self.pace,
            self._books,
            self.outcomes,
            is_alone=lambda: len(self._under_way) <= 1,
            is_stopping=self._stopped.is_set,
        )

    def wake(self) -> None:
        """Something was planned just now: look at once."""
        self._woken.set()

    def stop(self) -> None:
        """No more is claimed; what is in flight is finished."""
        self._stopped.set()
        self._woken.set()

    def problem(self) -> str | None:
        """What keeps messages from being delivered, None while all is well."""
        return self._heart.problem()

    async def beat(self) -> None:
        """Shows the others that this worker is alive, and releases what those hold who are not."""
        await self._heart.beat()

    async def run(self) -> None:
        """Delivers until `stop`, whatever the database or the channel do meanwhile; then lets go of everything."""
        beating = self._heart.start()
        try:
            while not self._stopped.is_set():
                ends_at: float | None = None
                if not self.pace.part:
                    # What it may not send yet, another may.
                    await self._until(asyncio.get_running_loop().time() + LOOK_AGAIN)
                    continue
                try:
                    ends_at = await self._begin_wave()
                except DatabaseError as fault:
                    log.warning("delivery waits for the database: %s", type(fault).__name__)
                except Exception as fault:
                    log.error("delivery goes on after a fault: %s", type(fault).__name__)
                if ends_at is not None:
                    await self._until(ends_at - CLAIMED_AHEAD)
                    await self._nearly_settled()
                elif not self._stopped.is_set():
                    await self._pause()
        finally:
            await self._settled()
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
            try:
                await self.database.write(lambda uow: prompt_outcome.leave(uow, self.owner, self.now()))
            except DatabaseError as fault:
                # The others find this worker's counter standing still.
                log.warning("what was claimed stays so for now: %s", type(fault).__name__)

    async def deliver_due(self) -> int:
        """Claims one wave of what is due and delivers it; returns how many there were."""
        await self._begin_wave()
        count = len(self._under_way)
        await self._settled()
        return count

    async def _begin_wave(self) -> float | None:
        """Claims what is due, and has each delivered at its turn; when the last turn is, None where nothing is due."""
        if self._may_hold_more:
            await self._settled()
        parts = self._heart.parts()
        if not parts:
            return None
        now, besides, began = self.now(), self.pace.besides(), asyncio.get_running_loop().time()
        let_go, self._may_hold_more = self._may_hold_more, True
        busy = set(self._under_way.values())
        # Among several, each takes the turns that it may use within a second, and leaves the next ones to the others.
        limit = min(WAVE, self.pace.part) if parts > 1 else WAVE

        def claim(uow: UnitOfWork) -> list[Prompt]:
            if let_go:
                prompt_outcome.release(uow, self.owner, now)
            if hold.is_held(uow, watches=self.watches):
                return []
            return list(
                prompt_claim.claim(
                    uow,
                    owner=self.owner,
                    now=now,
                    limit=limit,
                    rate=self.pace.steady,
                    quiet=self.municipality.quiet,
                    besides=besides,
                    # One after the other, so that they come in their order.
                    but_for=busy,
                )
            )

        # Nothing of this worker's is under way after a fault: what it still holds would wait until it leaves.
        claimed = await self.database.write(claim)
        self._may_hold_more = False
        if not claimed:
            return None
        given = [began + (each.slot_at - now).total_seconds() if each.slot_at else began for each in claimed]
        turns = _Turns(zip(claimed, self.pace.turns(given), strict=True))
        self._under_way.update((each.id, each.person_id) for each in claimed)
        self._start(self._deliver(turns))
        return turns[-1][1]

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault:
            log.error("delivery goes on after a fault: %s", type(fault).__name__)

    def _done_with(self, claimed: Prompt) -> None:
        self._under_way.pop(claimed.id, None)
        self._one_done.set()
        # What is next for this person was passed over as long as this one was under way.
        self.wake()

    async def _settled(self) -> None:
        """Returns when nothing is under way any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _nearly_settled(self) -> None:
        """Returns when hardly more is under way than there is room for: what comes late must not come all at once."""
        while len(self._under_way) > self.in_flight + CLAIMED_AHEAD * self.rate:
            self._one_done.clear()
            await self._one_done.wait()

    async def _until(self, when: float) -> None:
        """Returns at that time of the loop's clock, or when there is nothing to wait for any more."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), max(0.0, when - asyncio.get_running_loop().time()))

    async def _deliver(self, turns: _Turns) -> None:
        """Marks and posts each at its turn, which is on the loop's clock: nobody can set that back meanwhile."""
        try:
            while turns:
                await self._until(turns[0][1] - MARKED_AHEAD)
                if self._stopped.is_set():
                    break
                batch = await self._next_of(turns)
                if self._stopped.is_set():
                    turns.extend(batch)
                    # Another wave may wait for it, to see that it is to stop.
                    for _ in batch:
                        self._room.release()
                    break
                self._books.at_once()
                for claimed, turn_at in batch:
                    self._start(self._deliver_one(claimed, turn_at))
        finally:
            # Still claimed, and released when the worker leaves.
            for claimed, _ in turns:
                self._done_with(claimed)

    async def _next_of(self, turns: _Turns) -> list[tuple[Prompt, float]]:
        """Those whose turns are near: as many as there is room for, and at least one."""
        upto = asyncio.get_running_loop().time() + MARKED_AHEAD + TOGETHER_WITHIN
        batch: list[tuple[Prompt, float]] = []
        while turns and turns[0][1] <= upto and not (batch and self._room.locked()):
            await self._room.acquire()
            batch.append(turns.popleft())
        return batch

    async def _deliver_one(self, claimed: Prompt, turn_at: float) -> None:
        """By itself from here on: one whose mark takes long holds up none of those that were marked with it."""
        try:
            ready = await self._marking.mark(claimed, self._looked)
        except Exception as fault:
            await self._posting.take_back(claimed, fault)
        else:
            if ready:
                await self._posting.post(claimed, ready, turn_at)
        finally:
            self._room.release()
            self._done_with(claimed)

    async def _looked(self, wanted: LooksFirst) -> Any:
        """What is needed to draw a card; there is room for another message as long as it is looked for."""
        self._room.release()
        try:
            return await self.database.look(wanted)
        finally:
            await self._room.acquire()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), POLL)
        except TimeoutError:
            pass
        self._woken.clear()
