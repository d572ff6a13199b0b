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
import time
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from cards.kit import Card, summary_of
from cards.repeated import with_repeated_line
from dialogs.conversation import show
from dialogs.turn import Turn
from domain.anonymisation import GONE_VIEW
from domain.message import BLOCKED, LOST, REMOVED, Address, SentCard
from domain.municipality import Municipality
from domain.prompt import Prompt, PromptKind
from scheduler.messenger import Messenger, NotSent, Uncertain, Unreachable
from scheduler.own_pace import OwnPace
from scheduler.together import Together
from storage import hold, message, prompt, prompt_claim, prompt_outcome, reach
from storage.addressee import addressee
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
BEAT = 3.0
DEAD_AFTER = 15.0
# Somebody who has stood still for longer may be taken for dead by now, and the message be another worker's.
POSTED_WITHIN = 10.0
SEND_WITHIN = 20.0
REPEAT_AFTER = timedelta(seconds=30)
TRY_AGAIN_AFTER = timedelta(seconds=30)
FAULT_AGAIN_AFTER = timedelta(minutes=5)
LOOK_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class _Ready:
    """A message that is marked as being sent, not before `marked_at` by this machine's monotonic clock: nothing but the
    post stands between it and the person."""

    address: Address
    card: Card
    marked_at: float
    was_blocked: bool = False


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
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict, init=False)
    last_beat: float = field(default=0.0, init=False)
    outcomes: Counter[str] = field(default_factory=Counter, init=False)
    _trouble: str = field(default="", init=False)
    _under_way: dict[UUID, UUID] = field(default_factory=dict, init=False)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set, init=False)
    _one_done: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @cached_property
    def _pace(self) -> OwnPace:
        return OwnPace(self.messenger, self.rate)

    @cached_property
    def _room(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(self.in_flight)

    @cached_property
    def _books(self) -> Together:
        return Together(self.database, TOGETHER_WITHIN)

    def wake(self) -> None:
        """Something was planned just now: look at once."""
        self._woken.set()

    def stop(self) -> None:
        """No more is claimed; what is in flight is finished."""
        self._stopped.set()
        self._woken.set()

    @property
    def is_alive(self) -> bool:
        """Whether this worker has raised its counter lately."""
        return time.monotonic() - self.last_beat < DEAD_AFTER

    def problem(self) -> str | None:
        """What keeps messages from being delivered, None while all is well."""
        if self._trouble:
            return self._trouble
        return None if self.is_alive else "the delivery of messages stands still"

    async def run(self) -> None:
        """Delivers until `stop`, whatever the database or the channel do meanwhile; then lets go of everything."""
        beating = asyncio.create_task(self._beat())
        try:
            while not self._stopped.is_set():
                ends_at: float | None = None
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
        now, besides, began = self.now(), self._pace.besides(), asyncio.get_running_loop().time()
        let_go, self._may_hold_more = self._may_hold_more, True
        busy = set(self._under_way.values())

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
                    limit=WAVE,
                    rate=self._pace.steady,
                    quiet=self.municipality.quiet,
                    besides=besides,
                    # One after the other, so that they come in their order.
                    but_for=busy,
                )
            )

        # Nothing of this worker's is under way after a fault: what it still holds would wait until it leaves.
        claimed = await self.database.write(claim)
        self._may_hold_more = False
        turns = _Turns(
            (each, began + (each.slot_at - now).total_seconds() if each.slot_at else began) for each in claimed
        )
        if not turns:
            return None
        self._under_way.update((each.id, each.person_id) for each in claimed)
        self._start(self._deliver(turns))
        last = max(turn_at for _, turn_at in turns)
        self._pace.given(last)
        return last

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
            ready = await self._marked(claimed)
            if ready:
                await self._post_in_turn(claimed, ready, turn_at)
        finally:
            self._room.release()
            self._done_with(claimed)

    async def _marked(self, claimed: Prompt) -> _Ready | None:
        found: dict[Hashable, Any] = {}
        try:
            while True:
                # Before it is asked for: how long ago it was committed by the time that is known here, nobody can tell.
                asked_at = time.monotonic()
                try:
                    return await self.database.write_with(found, partial(self._mark, claimed=claimed, at=asked_at))
                except LooksFirst as wanted:
                    found[wanted.key] = await self._looked(wanted)
        except Exception as fault:
            await self._take_back(claimed, fault)
            return None

    async def _looked(self, wanted: LooksFirst) -> Any:
        """What is needed to draw a card; there is room for another message as long as it is looked for."""
        self._room.release()
        try:
            return await self.database.look(wanted)
        finally:
            await self._room.acquire()

    async def _post_in_turn(self, claimed: Prompt, ready: _Ready, turn_at: float) -> None:
        try:
            await self._pace.post(turn_at)
            if time.monotonic() - ready.marked_at < POSTED_WITHIN:
                await self._post(claimed, ready)
            else:
                again_at = self.now()
                await self._settle(
                    lambda uow: prompt_outcome.record_not_sent(uow, claimed.id, self.owner, again_at, "stood still")
                )
        except Exception as fault:
            log.error("prompt %s: %s", claimed.id, type(fault).__name__)
            await self._settle_fault(claimed)

    def _mark(self, uow: UnitOfWork, claimed: Prompt, at: float) -> _Ready | None:
        """Draws the card of what is true now, and marks it as being sent, in one transaction."""
        now = self.now()
        today = now.astimezone(self.municipality.zone).date()
        to = addressee(uow, claimed.person_id, today)
        if to is None or to.chat is None or not (to.person.is_active(today) or claimed.view == GONE_VIEW):
            prompt_outcome.release_one(uow, claimed.id, self.owner)
            return None
        is_reminder = claimed.kind is PromptKind.REMINDER
        turn = Turn.of(to.person, uow, now, self.municipality, is_reminder=is_reminder, roles=to.roles)
        card = show(turn, claimed.view, claimed.subject_id)
        if card is None:
            # What a clock derives may have its reason back before its moment has passed; all else is done with.
            if claimed.is_planned:
                prompt_outcome.put_off(uow, claimed.id, self.owner, turn.now + LOOK_AGAIN_AFTER, "nothing to say")
            else:
                prompt_outcome.record_cancelled(uow, claimed.id, self.owner)
            return None
        if not prompt_outcome.mark_sending(uow, claimed.id, self.owner):
            return None
        if turn.listed:
            tomorrow = self.municipality.quiet.start_of_day(now + timedelta(days=1))
            prompt.gather(uow, to.person.id, turn.listed, tomorrow)
        if claimed.copies and claimed.kind is not PromptKind.UPDATE:
            card = with_repeated_line(turn._, card)
        return _Ready(to.chat.address, card, at, to.chat.blocked_at is not None)

    async def _post(self, claimed: Prompt, ready: _Ready) -> None:
        summary, outcome = summary_of(ready.card), "sent"
        try:
            if claimed.replaces:
                async with asyncio.timeout(SEND_WITHIN):
                    await self.messenger.update(ready.address, claimed.replaces, ready.card, summary)
                message_id = claimed.replaces
            else:
                async with asyncio.timeout(SEND_WITHIN):
                    message_id = await self.messenger.send(ready.address, ready.card, summary)
        except Unreachable as why:
            reason, outcome = why.reason, "unreachable"
            await self._settle(lambda uow: self._record_failed(uow, claimed, ready, reason))
        except NotSent as why:
            wait = timedelta(seconds=why.retry_after) if why.retry_after else TRY_AGAIN_AFTER
            again_at, reason, outcome = self.now() + wait, why.reason, "not_sent"
            await self._settle(
                lambda uow: prompt_outcome.record_not_sent(uow, claimed.id, self.owner, again_at, reason)
            )
        except (Uncertain, TimeoutError) as why:
            now, reason, outcome = self.now(), getattr(why, "reason", "timeout"), "uncertain"
            await self._settle(
                lambda uow: prompt_outcome.record_uncertain(
                    uow, claimed.id, self.owner, now, now + REPEAT_AFTER, reason
                )
            )
        else:
            await self._settle(lambda uow: self._record(uow, claimed, ready, message_id))
        self.outcomes[outcome] += 1

    async def _settle(self, work: Callable[[UnitOfWork], object]) -> None:
        """Writes down what became of a message, however long the database takes: it is known here and nowhere else."""
        while True:
            try:
                # Nobody but this one: there is nothing to wait for.
                await (self._books.write(work) if len(self._under_way) > 1 else self.database.write(work))
                return
            except DatabaseError as fault:
                if self._stopped.is_set():
                    raise
                log.warning("a message waits to be written down: %s", type(fault).__name__)
                await asyncio.sleep(POLL)

    def _record_failed(self, uow: UnitOfWork, claimed: Prompt, ready: _Ready, reason: str) -> None:
        """Keeps the channel's word, and what it says of the way to this person."""
        prompt_outcome.record_failed(uow, claimed.id, self.owner, reason)
        if reason == LOST:
            reach.record_lost(uow, claimed.person_id, ready.address.conversation_id)
        elif reason == REMOVED:
            reach.record_removed(uow, claimed.person_id, ready.address.conversation_id, self.now())
        elif reason in BLOCKED:
            message.mark_blocked(uow, claimed.person_id, self.now())

    def _record(self, uow: UnitOfWork, claimed: Prompt, ready: _Ready, message_id: str) -> None:
        now = self.now()
        prompt_outcome.record_sent(uow, claimed.id, self.owner, message_id, now)
        if ready.was_blocked:
            message.mark_blocked(uow, claimed.person_id, None)
        message.place_card(
            uow,
            SentCard(
                person_id=claimed.person_id,
                view=claimed.view,
                subject_id=claimed.subject_id,
                conversation_id=ready.address.conversation_id,
                message_id=message_id,
                sent_at=now,
            ),
        )

    async def _take_back(self, claimed: Prompt, fault: Exception) -> None:
        """It could not be marked, or nobody knows whether it was: it has surely not been sent."""
        log.error("prompt %s: %s", claimed.id, type(fault).__name__)
        # A fault of ours must not stop the others, nor come back at once for ever.
        wait = timedelta(0) if isinstance(fault, DatabaseError) else FAULT_AGAIN_AFTER
        again_at = self.now() + wait
        await self._write_down(
            claimed,
            lambda uow: (
                prompt_outcome.put_off(uow, claimed.id, self.owner, again_at, "fault")
                or prompt_outcome.record_not_sent(uow, claimed.id, self.owner, again_at, "fault")
            ),
        )

    async def _settle_fault(self, claimed: Prompt) -> None:
        """It may have been sent, and what became of it could not be written down."""
        now = self.now()
        again_at = now + FAULT_AGAIN_AFTER
        await self._write_down(
            claimed, lambda uow: prompt_outcome.record_uncertain(uow, claimed.id, self.owner, now, again_at, "fault")
        )

    async def _write_down(self, claimed: Prompt, work: Callable[[UnitOfWork], object]) -> None:
        try:
            await self._settle(work)
        except DatabaseError:
            log.warning("prompt %s stays with %s until it leaves", claimed.id, self.owner)

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), POLL)
        except TimeoutError:
            pass
        self._woken.clear()

    async def _beat(self) -> None:
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
        self.last_beat = clock = time.monotonic()
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
