"""From what Teams sends to what happens, and from the answer back to Teams.

The raw activity, as the front door admitted it, becomes a `conversation.Activity`; the unit of work runs on a database
thread; only once it is committed is Teams spoken to.
"""

import asyncio
import logging
import secrets
import traceback
from collections import Counter
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import dialog
from bot.activity import understood
from bot.flood import Floods, Verdict
from bot.shape import Raw
from cards import refusal
from cards.kit import Card, summary_of
from cards.language import Translator
from cards.searching import searching
from dialogs import conversation
from dialogs.conversation import Activity, Kind, Reply
from domain.message import Address, SentCard
from domain.municipality import Municipality
from domain.organisation import Language
from scheduler.messenger import Messenger, NotSent, Uncertain, Unreachable
from storage.database import Database
from storage.looking import LooksFirst
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

ERROR = "application/vnd.microsoft.error"
# Teams waits ten to fifteen seconds, and the next one should not have to wait for the last.
RECEIVED_WITHIN = 0.8
# For how many seconds an answer that surely did not arrive is tried again, and the first and the longest wait between.
TRIED_FOR = 600.0
AGAIN_AFTER = 5.0
AGAIN_AT_MOST = 60.0
# What has to be looked for in all that is kept may take longer than Teams waits: then the answer comes by itself.
ANSWERED_WITHIN = 5.0
# What one person can send as fast as they like, to be stopped when it is too much.
LIMITED = frozenset({Kind.SAID, Kind.PRESSED, Kind.REFRESHED, Kind.MESSAGE_ACTION, Kind.SUBMITTED})


@dataclass(frozen=True)
class Turns:
    """Answers activities. `now` is the clock, passed in so that a story can be told at any time; `wake` is
    called when a turn has planned messages. `answers` counts what became of the answers to what was typed, and what
    was too much of one person for a while, who is told once.
    """

    database: Database
    messenger: Messenger
    municipality: Municipality
    now: Callable[[], datetime]
    wake: Callable[[], None] = lambda: None
    answers: Counter[str] = field(default_factory=Counter, init=False)
    floods: Floods = field(default_factory=Floods)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _replacing: dict[tuple[str, str], "asyncio.Task[None]"] = field(default_factory=dict, init=False)
    _newest: dict[tuple[str, str], Card] = field(default_factory=dict, init=False)
    _sending: dict[str, "asyncio.Task[None]"] = field(default_factory=dict, init=False)
    _looking: set["asyncio.Task[None]"] = field(default_factory=set, init=False)

    async def press(self, raw: Raw) -> dict[str, Any]:
        """The body of the answer to an invoke: a card, or an error that leaves the card and its text as they are."""
        activity = understood(raw)
        if activity is None:
            return _error(501, "", "")
        is_taken = self._judge(activity) is Verdict.TAKEN
        if activity.is_in_dialog:
            return await self._answer_in_dialog(activity, is_taken=is_taken)
        if not is_taken:
            return _error(429, "TooManyRequests", refusal.too_fast_text(await self._words(activity)))
        try:
            reply = await self._answer(activity)
        except Exception as fault:
            _ = await self._translator(activity)
            reference = _logged(fault, activity)
            return _error(500, reference, refusal.fault_text(_, reference))
        if reply.card is None:
            return _error(400, "", "")
        if activity.kind is Kind.PRESSED and activity.reply_to:
            self._replace(activity.address, activity.reply_to, reply.card)
        return {"statusCode": 200, "type": dialog.CARD, "value": reply.card}

    async def _answer_in_dialog(self, activity: Activity, *, is_taken: bool) -> dict[str, Any]:
        """A card in the dialog, or the words that end it; after a fault, what was typed and the way to try again."""
        if not is_taken:
            _ = await self._words(activity)
            again = refusal.too_fast_in_dialog(_, activity.verb, activity.data)
            return dialog.shown(
                again, conversation.dialog_of(_, activity) or conversation.Dialog(title="", verbs=frozenset())
            )
        try:
            reply = await self._answer(activity)
        except Exception as fault:
            _ = await self._translator(activity)
            card = refusal.fault_in_dialog(_, _logged(fault, activity), activity.verb, activity.data)
            reply = Reply(card=card, dialog=conversation.dialog_of(_, activity))
        if reply.card is None or reply.dialog is None:
            return {}
        return dialog.closed(reply.dialog.closing) if reply.dialog.closing else dialog.shown(reply.card, reply.dialog)

    async def say(self, raw: Raw) -> None:
        """Answers a message, an installation or a removal with a card in the chat, where there is something to say."""
        activity = understood(raw)
        if activity is None:
            return
        verdict = self._judge(activity)
        if verdict is not Verdict.TAKEN:
            # What was typed stands in the chat. In a group nobody asked, and a flood would be answered with another.
            if verdict is Verdict.TOLD and activity.is_personal:
                await self._send_soon(activity.address, Reply(card=refusal.too_many(await self._words(activity))))
            return
        try:
            reply = await self._answer(activity)
        except Exception as fault:
            _ = await self._translator(activity)
            card = refusal.fault(_, _logged(fault, activity))
            reply = Reply(card=card)
        if reply.card is not None:
            await self._send_soon(activity.address, reply)

    async def note(self, raw: Raw) -> None:
        """Takes notice of an event that nobody waits for an answer to."""
        activity = understood(raw)
        if activity is None:
            return
        try:
            await self._answer(activity)
        except Exception as fault:
            _logged(fault, activity)

    async def _answer(self, activity: Activity) -> Reply:
        now = self.now()

        def work(uow: UnitOfWork) -> Reply:
            return conversation.answer(uow, activity, now=now, municipality=self.municipality)

        try:
            async with self.floods.in_turn(activity.identity):
                reply = await self.database.write_with({}, work)
        except LooksFirst as wanted:
            return await self._soon(activity, asyncio.create_task(self._search(activity, work, wanted)))
        if reply.has_planned:
            self.wake()
        return reply

    async def _search(self, activity: Activity, work: Callable[[UnitOfWork], Reply], wanted: LooksFirst) -> Reply:
        """The answer with what is looked for first. Whoever waits for it has their other turns meanwhile."""
        found: dict[Hashable, Any] = {}
        while True:
            found[wanted.key] = await self.database.look(wanted)
            try:
                async with self.floods.in_turn(activity.identity):
                    reply = await self.database.write_with(found, work)
            except LooksFirst as more:
                wanted = more
                continue
            if reply.has_planned:
                self.wake()
            return reply

    async def _soon(self, activity: Activity, task: "asyncio.Task[Reply]") -> Reply:
        """What comes of it in time or, where it takes too long, the word that it comes by itself.

        A dialog waits: nothing could come into it later.
        """
        await asyncio.wait([task], timeout=None if activity.is_in_dialog else ANSWERED_WITHIN)
        if task.done():
            return task.result()
        _ = await self._translator(activity)
        # Begun last: what comes must not overtake the word that it comes.
        later = asyncio.create_task(self._later(activity, task))
        self._looking.add(later)
        later.add_done_callback(self._looking.discard)
        return Reply(card=searching(_, activity.verb, activity.data, conversation.typed_in(activity)))

    async def _later(self, activity: Activity, task: "asyncio.Task[Reply]") -> None:
        """Puts the answer where the word stands that it comes, or sends it to whoever has written."""
        try:
            reply = await task
        except Exception as fault:
            _ = await self._translator(activity)
            reference = _logged(fault, activity)
            reply = Reply(card=refusal.fault_in_dialog(_, reference, activity.verb, activity.data))
        if reply.card is None:
            return
        # A message that was typed may say, too, which one it replies to: that one is somebody else's answer.
        if activity.kind is Kind.PRESSED and activity.reply_to:
            self._replace(activity.address, activity.reply_to, reply.card)
        else:
            await self._send_soon(activity.address, reply)

    def _judge(self, activity: Activity) -> Verdict:
        """Whether this is taken of what the person sends; that they have come or gone always is."""
        if activity.kind not in LIMITED:
            return Verdict.TAKEN
        verdict = self.floods.judge(activity.identity, is_automatic=activity.kind is Kind.REFRESHED)
        if verdict is not Verdict.TAKEN:
            self.answers["flooded"] += 1
        return verdict

    async def _words(self, activity: Activity) -> Translator:
        """The language for somebody who sends too much, looked up once."""
        words = self.floods.words_for(activity.identity)
        if words is None:
            words = await self._translator(activity)
            self.floods.remember(activity.identity, words)
        return words

    async def _send_soon(self, address: Address, reply: Reply) -> None:
        """Sends the answer. When that takes long, as without a token, the channel hears first that all is received:
        it would send the message again. Answers to one chat come in the order of the questions.
        """
        gives_up_at = asyncio.get_running_loop().time() + TRIED_FOR
        place = address.conversation_id
        earlier = self._sending.get(place)

        async def send() -> None:
            if earlier:
                await asyncio.wait([earlier])
            await self._send(address, reply, gives_up_at)

        task = asyncio.create_task(send())
        self._sending[place] = task
        task.add_done_callback(lambda done: _forget(self._sending, place, done))
        await asyncio.wait([task], timeout=RECEIVED_WITHIN)

    async def _send(self, address: Address, reply: Reply, gives_up_at: float) -> None:
        try:
            message_id = await self._post(address, reply.card or {}, gives_up_at)
        except Exception as fault:
            self.answers[_outcome(fault)] += 1
            log.warning("an answer could not be sent: %s", type(fault).__name__)
            return
        self.answers["sent"] += 1
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
                self.answers["again"] += 1
                log.info("an answer is tried again: %s", type(why).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait_now)
            wait = min(wait * 2, AGAIN_AT_MOST)

    def _replace(self, address: Address, message_id: str, card: Card) -> None:
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

    async def settle(self) -> None:
        """Returns when nothing is on its way to Teams any more; what waits for another attempt has its last one now."""
        self._stopping.set()
        while under_way := [*self._looking, *self._replacing.values(), *self._sending.values()]:
            await asyncio.wait(under_way)

    async def _translator(self, activity: Activity) -> Translator:
        """The person's language if it can still be read, else the client's."""
        try:
            language = await self.database.read(lambda uow: conversation.language_of(uow, activity))
        except Exception:
            language = activity.language or Language.DANISH
        return Translator.of(language, self.municipality.zone)


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


def _error(status: int, code: str, message: str) -> dict[str, Any]:
    return {"statusCode": status, "type": ERROR, "value": {"code": code, "message": message}}


def _logged(fault: Exception, activity: Activity) -> str:
    """Logs a fault under a short reference: its kind and place only, since its message may quote what was typed."""
    reference = secrets.token_hex(3).upper()
    frames = traceback.extract_tb(fault.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])
    log.error("fault %s on %s: %s at %s", reference, activity.kind, type(fault).__name__, places)
    return reference
