"""The post of a message that is marked, and what became of it: written down whatever the database does meanwhile."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cards.kit import summary_of
from domain.message import BLOCKED, LOST, REMOVED, SentCard
from domain.prompt import Prompt
from scheduler.marking import Ready
from scheduler.messenger import Messenger, NotSent, TooLate, Uncertain, Unreachable
from scheduler.own_pace import OwnPace
from scheduler.together import Together
from storage import message, prompt_outcome, reach
from storage.database import Database
from storage.errors import DatabaseError, would_be_the_same_for_others
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

# Somebody who has stood still for longer may be taken for dead by now, and the message be another worker's.
POSTED_WITHIN = 10.0
SEND_WITHIN = 20.0
REPEAT_AFTER = timedelta(seconds=30)
TRY_AGAIN_AFTER = timedelta(seconds=30)
FAULT_AGAIN_AFTER = timedelta(minutes=5)
WRITE_AGAIN_AFTER = 1.0
OUTCOMES = ("sent", "not_sent", "uncertain", "unreachable")


@dataclass(frozen=True)
class Posting:
    """Posts what the worker `owner` has marked, at the worker's pace; `outcomes` counts what became of it.

    What became of several at nearly the same time is written into `books` together; where `is_alone` says so, there is
    nothing to wait for. After `is_stopping` a database that is away is not waited for any more.
    """

    database: Database
    messenger: Messenger
    now: Callable[[], datetime]
    owner: str
    pace: OwnPace
    books: Together
    outcomes: Counter[str]
    is_alone: Callable[[], bool]
    is_stopping: Callable[[], bool]

    async def post(self, claimed: Prompt, ready: Ready, turn_at: float) -> None:
        """Returns once it was posted at its turn, and what became of it is written down."""
        try:
            await self.pace.post(turn_at, ready.marked_at + POSTED_WITHIN)
            await self._post(claimed, ready)
        except Exception as fault:
            log.error("prompt %s: %s", claimed.id, type(fault).__name__)
            await self._settle_fault(claimed)

    async def _post(self, claimed: Prompt, ready: Ready) -> None:
        summary, outcome, before = summary_of(ready.card), "sent", ready.marked_at + POSTED_WITHIN
        try:
            if claimed.replaces:
                async with asyncio.timeout(SEND_WITHIN):
                    await self.messenger.update(ready.address, claimed.replaces, ready.card, summary, before=before)
                message_id = claimed.replaces
            else:
                async with asyncio.timeout(SEND_WITHIN):
                    message_id = await self.messenger.send(ready.address, ready.card, summary, before=before)
        except Unreachable as why:
            reason, outcome = why.reason, "unreachable"
            await self._settle(lambda uow: self._record_failed(uow, claimed, ready, reason))
        except NotSent as why:
            again_at, reason, outcome = self.now() + _wait_after(why), why.reason, "not_sent"
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

    async def take_back(self, claimed: Prompt, fault: Exception) -> None:
        """It could not be marked, or nobody knows whether it was: it has surely not been sent."""
        log.error("prompt %s: %s", claimed.id, type(fault).__name__)
        # A fault of ours, or of what this one alone needs, must not stop the others, nor come back at once for ever.
        wait = timedelta(0) if would_be_the_same_for_others(fault) else FAULT_AGAIN_AFTER
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

    async def _settle(self, work: Callable[[UnitOfWork], object]) -> None:
        """Writes down what became of a message, however long the database takes: it is known here and nowhere else."""
        while True:
            try:
                await (self.database.write(work) if self.is_alone() else self.books.write(work))
                return
            except DatabaseError as fault:
                if self.is_stopping():
                    raise
                log.warning("a message waits to be written down: %s", type(fault).__name__)
                await asyncio.sleep(WRITE_AGAIN_AFTER)

    def _record_failed(self, uow: UnitOfWork, claimed: Prompt, ready: Ready, reason: str) -> None:
        """Keeps the channel's word, and what it says of the way to this person."""
        prompt_outcome.record_failed(uow, claimed.id, self.owner, reason)
        if reason == LOST:
            reach.record_lost(uow, claimed.person_id, ready.address.conversation_id)
        elif reason == REMOVED:
            reach.record_removed(uow, claimed.person_id, ready.address.conversation_id, self.now())
        elif reason in BLOCKED:
            message.mark_blocked(uow, claimed.person_id, self.now())

    def _record(self, uow: UnitOfWork, claimed: Prompt, ready: Ready, message_id: str) -> None:
        now = self.now()
        was_mine = prompt_outcome.record_sent(uow, claimed.id, self.owner, message_id, now)
        if ready.was_blocked:
            message.mark_blocked(uow, claimed.person_id, None)
        if claimed.replaces and not was_mine:
            # Another has taken it over, and what the message shows by now is for them to say. A new message is known
            # of here alone, and stands in the chat whoever the prompt belongs to.
            return
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


def _wait_after(why: NotSent) -> timedelta:
    """Until it is tried again. Only what never called the channel is due at once: a channel that has refused each
    attempt and asks for no wait would be called without end."""
    if isinstance(why, TooLate):
        return timedelta(0)
    return timedelta(seconds=why.retry_after) if why.retry_after else TRY_AGAIN_AFTER
