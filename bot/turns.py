"""From what Teams sends to what happens.

The raw activity, as the front door admitted it, becomes a `conversation.Activity`; the unit of work runs on a database
thread; only once it is committed is Teams spoken to, by bot/answers.py.
"""

import asyncio
import logging
import secrets
import traceback
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import dialog
from bot.activity import understood
from bot.answers import Answers
from bot.flood import Floods, Verdict
from bot.shape import Raw
from cards import refusal
from cards.language import Translator
from cards.searching import searching
from dialogs import conversation
from dialogs.conversation import Activity, Kind, Reply
from domain.municipality import Municipality
from domain.organisation import Language
from storage.database import Database
from storage.looking import LooksFirst
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

ERROR = "application/vnd.microsoft.error"
# What has to be looked for in all that is kept may take longer than Teams waits: then the answer comes by itself.
ANSWERED_WITHIN = 5.0
# What one person can send as fast as they like, to be stopped when it is too much.
LIMITED = frozenset({Kind.SAID, Kind.PRESSED, Kind.REFRESHED, Kind.MESSAGE_ACTION, Kind.SUBMITTED})


@dataclass(frozen=True)
class Turns:
    """Answers activities. `now` is the clock, passed in so that a story can be told at any time; `wake` is
    called when a turn has planned messages. What was too much of one person for a while, who is told once, is counted
    with the answers.
    """

    database: Database
    answers: Answers
    municipality: Municipality
    now: Callable[[], datetime]
    wake: Callable[[], None] = lambda: None
    floods: Floods = field(default_factory=Floods)
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
            self.answers.replace(activity.address, activity.reply_to, reply.card)
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
                await self.answers.send(activity.address, Reply(card=refusal.too_many(await self._words(activity))))
            return
        try:
            reply = await self._answer(activity)
        except Exception as fault:
            _ = await self._translator(activity)
            card = refusal.fault(_, _logged(fault, activity))
            reply = Reply(card=card)
        if reply.card is not None:
            await self.answers.send(activity.address, reply)

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
            self.answers.replace(activity.address, activity.reply_to, reply.card)
        else:
            await self.answers.send(activity.address, reply)

    def _judge(self, activity: Activity) -> Verdict:
        """Whether this is taken of what the person sends; that they have come or gone always is."""
        if activity.kind not in LIMITED:
            return Verdict.TAKEN
        verdict = self.floods.judge(activity.identity, is_automatic=activity.kind is Kind.REFRESHED)
        if verdict is not Verdict.TAKEN:
            self.answers.counted["flooded"] += 1
        return verdict

    async def _words(self, activity: Activity) -> Translator:
        """The language for somebody who sends too much, looked up once."""
        words = self.floods.words_for(activity.identity)
        if words is None:
            words = await self._translator(activity)
            self.floods.remember(activity.identity, words)
        return words

    async def settle(self) -> None:
        """Returns when nothing is on its way to Teams any more; what waits for another attempt has its last one now."""
        self.answers.stop()
        while under_way := [*self._looking, *self.answers.under_way]:
            await asyncio.wait(under_way)

    async def _translator(self, activity: Activity) -> Translator:
        """The person's language if it can still be read, else the client's."""
        try:
            language = await self.database.read(lambda uow: conversation.language_of(uow, activity))
        except Exception:
            language = activity.language or Language.DANISH
        return Translator.of(language, self.municipality.zone)


def _error(status: int, code: str, message: str) -> dict[str, Any]:
    return {"statusCode": status, "type": ERROR, "value": {"code": code, "message": message}}


def _logged(fault: Exception, activity: Activity) -> str:
    """Logs a fault under a short reference: its kind and place only, since its message may quote what was typed."""
    reference = secrets.token_hex(3).upper()
    frames = traceback.extract_tb(fault.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])
    log.error("fault %s on %s: %s at %s", reference, activity.kind, type(fault).__name__, places)
    return reference
