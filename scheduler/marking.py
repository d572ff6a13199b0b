"""The step before a message is posted: its card is drawn of what is true now, and it is marked as being sent."""

import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from cards.kit import Card
from cards.repeated import with_repeated_line
from dialogs import IN_PLACE_OF
from dialogs.conversation import show
from dialogs.turn import Turn
from domain.anonymisation import GONE_VIEW
from domain.message import Address, Chat
from domain.municipality import Municipality
from domain.prompt import Prompt, PromptKind
from storage import message, prompt, prompt_outcome
from storage.addressee import addressee
from storage.database import Database
from storage.looking import LooksFirst
from storage.unit_of_work import UnitOfWork

LOOK_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Ready:
    """A message that is marked as being sent, not before `marked_at` by this machine's monotonic clock: nothing but the
    post stands between it and the person."""

    address: Address
    card: Card
    marked_at: float
    was_blocked: bool = False


@dataclass(frozen=True)
class Marking:
    """Marks what the worker `owner` has claimed."""

    database: Database
    municipality: Municipality
    now: Callable[[], datetime]
    owner: str

    async def mark(self, claimed: Prompt, look: Callable[[LooksFirst], Awaitable[Any]]) -> Ready | None:
        """Marks it in a transaction of its own; None where there is nothing to say, or it is another worker's.

        Whatever it raises: nobody knows whether it was marked, and it has surely not been sent.
        """
        found: dict[Hashable, Any] = {}
        while True:
            # Before it is asked for: how long ago it was committed by the time that is known here, nobody can tell.
            asked_at = time.monotonic()
            try:
                return await self.database.write_with(found, partial(self._mark, claimed=claimed, at=asked_at))
            except LooksFirst as wanted:
                found[wanted.key] = await look(wanted)

    def _mark(self, uow: UnitOfWork, claimed: Prompt, at: float) -> Ready | None:
        """Draws the card of what is true now, and marks it as being sent, in one transaction."""
        now = self.now()
        today = now.astimezone(self.municipality.zone).date()
        to = addressee(uow, claimed.person_id, today)
        if to is None or to.chat is None or not (to.person.is_active(today) or claimed.view == GONE_VIEW):
            prompt_outcome.release_one(uow, claimed.id, self.owner)
            return None
        if claimed.replaces and self._has_moved_on(uow, claimed, to.chat, claimed.replaces):
            prompt_outcome.record_cancelled(uow, claimed.id, self.owner)
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
        return Ready(to.chat.address, card, at, to.chat.blocked_at is not None)

    @staticmethod
    def _has_moved_on(uow: UnitOfWork, claimed: Prompt, there: Chat, message_id: str) -> bool:
        """Whether the message shows something else by now, such as a form that was opened in it after this was planned.

        What is to be gone goes all the same, and what a clock has planned may take the place of another card of the
        same matter, as its flow says; it comes as a message of its own, once the clock derives it again.
        """
        if claimed.view == GONE_VIEW:
            return False
        now = message.shown_in(uow, claimed.person_id, there.conversation_id, message_id)
        views = {claimed.view, *(IN_PLACE_OF.get(claimed.view, ()) if claimed.is_planned else ())}
        return now is not None and now not in {(view, claimed.subject_id) for view in views}
