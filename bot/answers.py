"""The way of answers back to Teams: sent in the order of the questions, and put into the card that was pressed."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from cards.kit import Card, summary_of
from dialogs.conversation import Reply
from domain.message import Address, SentCard
from scheduler.messenger import Messenger, NotSent, Uncertain, Unreachable
from storage.database import Database

log = logging.getLogger(__name__)

# Teams waits ten to fifteen seconds, and the next one should not have to wait for the last.
RECEIVED_WITHIN = 0.8
# For how many seconds an answer that surely did not arrive is tried again, and the first and the longest wait between.
TRIED_FOR = 600.0
AGAIN_AFTER = 5.0
AGAIN_AT_MOST = 60.0
OUTCOMES = ("sent", "again", "not_sent", "uncertain", "unreachable", "fault", "flooded")


@dataclass(frozen=True)
class Answers:
    """Sends answers, and keeps where each stands. `counted` is how many came to which of `OUTCOMES`."""

    database: Database
    messenger: Messenger
    now: Callable[[], datetime]
    counted: Counter[str] = field(default_factory=Counter, init=False)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _replacing: dict[tuple[str, str], "asyncio.Task[None]"] = field(default_factory=dict, init=False)
    _newest: dict[tuple[str, str], Card] = field(default_factory=dict, init=False)
    _sending: dict[str, "asyncio.Task[None]"] = field(default_factory=dict, init=False)

    async def send(self, address: Address, reply: Reply) -> None:
        """Sends the answer. When that takes long, as without a token, the channel hears first that all is received:
        it would send the message again. Answers to one chat come in the order of the questions.
        """
        gives_up_at = asyncio.get_running_loop().time() + TRIED_FOR
        place = address.conversation_id
        earlier = self._sending.get(place)

        async def in_turn() -> None:
            if earlier:
                await asyncio.wait([earlier])
            await self._send(address, reply, gives_up_at)

        task = asyncio.create_task(in_turn())
        self._sending[place] = task
        task.add_done_callback(lambda done: _forget(self._sending, place, done))
        await asyncio.wait([task], timeout=RECEIVED_WITHIN)

    async def _send(self, address: Address, reply: Reply, gives_up_at: float) -> None:
        try:
            message_id = await self._post(address, reply.card or {}, gives_up_at)
        except Exception as fault:
            self.counted[_outcome(fault)] += 1
            log.warning("an answer could not be sent: %s", type(fault).__name__)
            return
        self.counted["sent"] += 1
        if reply.shown is None or reply.person_id is None:
            return
        view, subject_id = reply.shown
        sent = SentCard(
            person_id=reply.person_id,
            view=view,
            subject_id=subject_id,
            conversation_id=address.conversation_id,
            message_id=message_id,
            sent_at=self.now(),
        )
        try:
            await self.database.write(lambda uow: uow.add(sent))
        except Exception as fault:
            # Of whatever kind: the loop would tell a fault that nobody takes with all that it quotes.
            log.warning("where an answer stands is not kept: %s", type(fault).__name__)

    async def _post(self, address: Address, card: Card, gives_up_at: float) -> str:
        """The message's id. What surely did not arrive is tried again, since the channel was told that all is received
        and nobody else would; what may have arrived is not.
        """
        wait = AGAIN_AFTER
        while True:
            try:
                return await self.messenger.send(address, card, summary_of(card))
            except NotSent as why:
                wait_now = max(wait, why.retry_after or 0)
                if self._stopping.is_set() or asyncio.get_running_loop().time() + wait_now > gives_up_at:
                    raise
                self.counted["again"] += 1
                log.info("an answer is tried again: %s", type(why).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait_now)
            wait = min(wait * 2, AGAIN_AT_MOST)

    def replace(self, address: Address, message_id: str, card: Card) -> None:
        """Puts the answer into the message itself too, once the invoke is answered: else it reverts when reopened.

        Replacements of one message follow one another in the order of the presses. Of those that wait only the newest
        is made: whoever pressed has their own answer, and the others would be covered as soon as they are there.
        """
        # Ids are counted in each chat by itself.
        place = address.conversation_id, message_id
        self._newest[place] = card
        if place not in self._replacing:
            self._replacing[place] = asyncio.create_task(self._replace_with_newest(address, message_id))

    async def _replace_with_newest(self, address: Address, message_id: str) -> None:
        place = address.conversation_id, message_id
        try:
            while card := self._newest.pop(place, None):
                try:
                    await self.messenger.update(address, message_id, card, summary_of(card))
                except Exception as fault:
                    log.info("a card could not be replaced: %s", type(fault).__name__)
        finally:
            # Nothing is waited for in between: what comes from now on begins anew.
            del self._replacing[place]

    @property
    def under_way(self) -> "list[asyncio.Task[None]]":
        """What is on its way to Teams just now."""
        return [*self._replacing.values(), *self._sending.values()]

    def stop(self) -> None:
        """What waits for another attempt has its last one now."""
        self._stopping.set()


def _forget(under_way: dict[str, "asyncio.Task[None]"], key: str, done: "asyncio.Task[None]") -> None:
    if under_way.get(key) is done:
        del under_way[key]


def _outcome(fault: Exception) -> str:
    match fault:
        case NotSent():
            return "not_sent"
        case Uncertain():
            return "uncertain"
        case Unreachable():
            return "unreachable"
        case _:
            return "fault"
