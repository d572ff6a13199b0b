"""One activity, from who sent it to what they get: everything that happens inside its unit of work.

A press or a message that comes twice gets the answer of the first (I35). Who is not known is refused without a
word about anybody. A handler that refuses leaves nothing behind but where the person can be reached.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from cards import refusal
from cards.kit import Card
from cards.language import Translator
from cards.recognised import with_tick
from dialogs import ACTIONS, BUTTONS, QUESTIONS, VIEWS, asking, recognised, reflection_clock, visit_note, welcome
from dialogs.asking_answer import Answered
from dialogs.copies import renew, send_receipt
from dialogs.flow import MessageAction
from dialogs.scope import OutsideResponsibility
from dialogs.subjects import names_a_subject
from dialogs.turn import Turn
from dialogs.words import names_a_question
from domain.errors import Expired, NotAllowed, Problems, Refusal
from domain.message import Address, Answer, SentCard
from domain.municipality import Municipality
from domain.organisation import Language
from storage import message, organisation, prompt
from storage.arrival import arrival_of
from storage.errors import Gone
from storage.preparation import handed_to
from storage.reflection import notes_asked_of
from storage.unit_of_work import UnitOfWork

# As `json.dumps`, which makes one for each value.
_IN_ORDER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)

# What people held when they pressed last. Nearly always they still do: then what was answered before is asked for
# together with who they are, which on PostgreSQL saves one of four ways to the server. Where they do not, it is asked
# for again.
_held_by: dict[str, str] = {}
_MOST_HELD = 10_000


class Kind(StrEnum):
    """MESSAGE_ACTION is an action chosen on a message, SUBMITTED a press in the dialog that it opened.

    ADDED is that the bot is in a chat now, which is no reason to say anything: INSTALLED is.
    """

    SAID = "said"
    PRESSED = "pressed"
    REFRESHED = "refreshed"
    MESSAGE_ACTION = "message action"
    SUBMITTED = "submitted"
    MEETING_ENDED = "meeting ended"
    INSTALLED = "installed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What someone did, as the front door admitted it.

    `identity` is the verified Entra object id, `key` names the activity for ever within its conversation, `reply_to` is
    the message whose button was pressed, `language` is what the client said of itself, `text` what was typed, the link
    of a meeting that ended, or the words of the message that an `action` was chosen on, and `is_personal` whether it is
    the personal chat and not a group or a team.
    """

    kind: Kind
    identity: str
    address: Address
    key: str
    reply_to: str = ""
    language: Language | None = None
    is_personal: bool = True
    text: str = field(default="", repr=False)
    action: str = ""
    verb: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_in_dialog(self) -> bool:
        """A dialog is seen by the person alone, whichever chat it stands over."""
        return self.kind in (Kind.MESSAGE_ACTION, Kind.SUBMITTED)


@dataclass(frozen=True, kw_only=True)
class Dialog:
    """How a card stands in a dialog: its title, and the buttons that can be pressed. `closing` is said in its place."""

    title: str
    verbs: frozenset[str]
    closing: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The card to answer with, None for silence; `shown` is its view and subject once it stands in the chat,
    `has_planned` whether messages wait to be delivered now, `dialog` how it stands in one."""

    card: Card | None = None
    dialog: Dialog | None = None
    person_id: UUID | None = None
    shown: tuple[str, UUID] | None = None
    has_planned: bool = False


def answer(uow: UnitOfWork, activity: Activity, *, now: datetime, municipality: Municipality) -> Reply:
    """Answers an activity; the caller commits. Faults of ours are raised and undo everything."""
    if activity.kind is Kind.MEETING_ENDED:
        reflection_clock.meeting_ended(uow, activity.text, now=now, municipality=municipality)
        return Reply(has_planned=prompt.has_planned(uow))
    today = now.astimezone(municipality.zone).date()
    what, held_last = _what(activity), _held_by.get(activity.identity)
    asked = message.answer_to(uow, f"{what}:{held_last}") if what and held_last else None
    came = arrival_of(uow, activity.identity, today)
    if came is None:
        _ = Translator.of(activity.language or Language.DANISH, municipality.zone)
        return Reply(card=refusal.unknown_person(_, contact=municipality.facts.contact), dialog=dialog_of(_, activity))
    person = came.person
    if person.language is None:
        # What Teams says of itself, until the person chooses; a message of our own accord has nothing to go by.
        person.language = activity.language
    if not activity.is_personal and activity.kind is Kind.REMOVED:
        return Reply()
    if not activity.is_personal and not activity.is_in_dialog:
        _ = Translator.of(person.speaks, municipality.zone)
        return Reply(card=refusal.personal_chat_only(_))
    if activity.kind is Kind.REMOVED:
        message.forget_chat(uow, person, now)
        return Reply()
    if not activity.is_in_dialog:
        # A dialog stands over any chat, also over one between two people, which Teams calls personal, too.
        message.refresh_chat(uow, person, came.chat, activity.address, now)
    turn = Turn.of(person, uow, now, municipality, roles=came.roles)
    dialog = dialog_of(turn._, activity)
    held = _held(turn, is_asked=came.is_asked) if what else ""
    key = f"{what}:{held}" if what else None
    if key and (asked is None or held != held_last):
        asked = message.answer_to(uow, key)
        if len(_held_by) >= _MOST_HELD:
            _held_by.clear()
        _held_by[activity.identity] = held
    if key and asked and (earlier := asked()):
        return Reply(card=earlier.card, person_id=person.id, dialog=_closed(turn, activity, dialog))
    uow.keep()
    try:
        card = _respond(turn, activity)
    except (Refusal, Gone) as why:
        refused = why if isinstance(why, Refusal) else NotAllowed()
        # Not kept under its key: a refused text must not be stored, and a refused person may be let in later.
        uow.undo()
        shown = refused.card if isinstance(refused, OutsideResponsibility) else None
        return Reply(card=shown or refusal.show(turn._, refused), person_id=person.id, dialog=dialog)
    if activity.is_in_dialog:
        is_done = bool(turn.changed)
    else:
        is_done = card is not None and not turn.was_refused
    if key and is_done:
        message.keep_answer(uow, Answer(key=key, person_id=person.id, answered_at=now, card=card))
    if turn.shown and not turn.was_refused:
        _follow(turn, activity, *turn.shown)
    elif activity.reply_to and not activity.is_in_dialog:
        # A form to type in, or one with what was typed: what others do must not draw it anew.
        message.set_card_aside(uow, person, activity.address.conversation_id, activity.reply_to)
    if turn.shown and turn.changed and activity.is_in_dialog:
        send_receipt(turn.uow, turn.person, *turn.shown, turn.now)
        dialog = _closed(turn, activity, dialog)
    return Reply(card=card, person_id=person.id, shown=turn.shown, has_planned=prompt.has_planned(uow), dialog=dialog)


def dialog_of(_: Translator, activity: Activity) -> Dialog | None:
    """The dialog that an activity belongs to, None where there is none."""
    if not activity.is_in_dialog:
        return None
    action = ACTIONS.get(activity.action)
    return Dialog(title=_(action.title), verbs=action.verbs) if action else Dialog(title="", verbs=frozenset())


def typed_in(activity: Activity) -> Sequence[str]:
    """The words that were typed in the form of a press, as far as the form names them."""
    button = BUTTONS.get(activity.verb)
    found: Sequence[str] = getattr(button.read(activity.data), "texts", ()) if button else ()
    return found


def language_of(uow: UnitOfWork, activity: Activity) -> Language:
    """The language to speak to whoever this is: the person's own, else the client's, else Danish."""
    known = organisation.person_with_aad_object_id(uow, activity.identity)
    return (known and known.language) or activity.language or Language.DANISH


def show(turn: Turn, view: str, subject_id: UUID) -> Card | None:
    """The view of a subject as the turn's person may see it now; None when there is nothing left to say."""
    try:
        return VIEWS[view](turn, subject_id)
    except (Refusal, Gone):
        return None


def _respond(turn: Turn, activity: Activity) -> Card | None:
    match activity.kind:
        case Kind.SAID:
            return hear(turn, activity.text).card
        case Kind.PRESSED | Kind.REFRESHED:
            return _press(turn, activity)
        case Kind.MESSAGE_ACTION:
            return _action(activity).open(turn, activity.text)
        case Kind.SUBMITTED:
            if activity.verb not in _action(activity).verbs:
                raise NotAllowed
            return _press(turn, activity)
        case Kind.INSTALLED:
            return welcome.installed(turn)
        case Kind.ADDED | Kind.REMOVED | Kind.MEETING_ENDED:
            return None


def hear(turn: Turn, text: str) -> Answered:
    """Answers what was typed; in the middle of a visit, all that is no command is kept as a note."""
    if not visit_note.is_going_on(turn):
        answered = asking.answer(turn, text)
        return replace(answered, card=visit_note.after(turn, answered, text))
    commands = {intent: each for intent, each in QUESTIONS.items() if intent not in visit_note.WORDS_OF_A_LESSON}
    if names_a_question(text, commands):
        return asking.answer(turn, text)
    is_command = names_a_subject(turn, text, {**commands, "status": QUESTIONS["status"]})
    if not is_command and (kept := visit_note.heard(turn, text)):
        return Answered(visit_note.NOTE, {}, kept)
    answered = asking.answer(turn, text)
    return replace(answered, card=visit_note.offer(turn, answered, text))


def _action(activity: Activity) -> MessageAction:
    """The action that was chosen; one that is not offered any more is answered like a foreign one."""
    found = ACTIONS.get(activity.action)
    if found is None:
        raise NotAllowed
    return found


def _press(turn: Turn, activity: Activity) -> Card:
    button = BUTTONS.get(activity.verb)
    if button is None or (activity.kind is Kind.REFRESHED and not button.only_shows):
        raise NotAllowed
    form = button.read(activity.data)
    asked = recognised.asked_of(turn, button, activity.verb, activity.data, form)
    try:
        card = button.handle(turn, form)
        if asked:
            # Only of what would be kept: who may not write it, or comes too late, is told that and no more.
            raise Problems(asked)
        return recognised.ticked_still(turn, card, activity.verb, activity.data)
    except Problems as problems:
        if button.again is None:
            raise
        turn.undo()
        card = button.again(turn, form, Problems({**asked, **problems.fields}))
        # What has to be written anew for another reason is asked about then.
        if still := [name for name, each in asked.items() if problems.fields.get(name, each) is each]:
            return with_tick(turn._, card, still)
        return recognised.ticked_still(turn, card, activity.verb, activity.data)
    except (NotAllowed, Gone):
        # What was deleted since is answered as what never was.
        if button.refused is None:
            raise
        turn.undo()
        return button.refused(turn, form)
    except Expired as why:
        if button.expired is None:
            raise
        turn.undo()
        return button.expired(turn, form, why)


def _what(activity: Activity) -> str | None:
    """A press is known by its card, its verb and what was typed; a message by its conversation and id.

    None for what only shows, which is drawn anew each time.
    """
    button = BUTTONS.get(activity.verb)
    if button is not None and button.only_shows:
        return None
    match activity.kind:
        case Kind.SAID:
            return f"said:{activity.address.conversation_id}:{activity.key}"
        case Kind.PRESSED | Kind.SUBMITTED:
            what = f"{activity.kind}:{activity.action}" if activity.is_in_dialog else str(activity.kind)
            return f"{what}:{activity.identity}:{activity.verb}:{_digest(activity.data)}"
        case _:
            return None


def _held(turn: Turn, *, is_asked: bool) -> str:
    """The roles that an answer is for, and what the person was asked to write for others.

    With others in force there is another answer (I32).
    """
    roles = [str(role.id) for role in turn.viewer.roles]
    mine = (turn.uow, turn.person.id)
    asked = [str(each) for each in (*notes_asked_of(*mine), *handed_to(*mine))] if is_asked else []
    return _digest(sorted([*roles, *asked]))


def _digest(value: object) -> str:
    return hashlib.sha256(_IN_ORDER.encode(value).encode()).hexdigest()


def _closed(turn: Turn, activity: Activity, dialog: Dialog | None) -> Dialog | None:
    """The dialog once something is saved in it; of a dialog, no other answer is kept."""
    action = ACTIONS.get(activity.action)
    if dialog is None or action is None:
        return dialog
    has_chat = message.chat_of(turn.uow, turn.person.id) is not None
    return replace(dialog, closing=action.saved(turn, has_chat))


def _follow(turn: Turn, activity: Activity, view: str, subject_id: UUID) -> None:
    """Remembers what the pressed message shows now; after a change, plans the replacement of its other copies."""
    if activity.reply_to:
        message.place_card(
            turn.uow,
            SentCard(
                person_id=turn.person.id,
                view=view,
                subject_id=subject_id,
                conversation_id=activity.address.conversation_id,
                message_id=activity.reply_to,
                sent_at=turn.now,
            ),
        )
    for changed_view, changed_id in dict.fromkeys(turn.changed):
        if turn.uow.has_added(changed_id):
            # Made in this turn: nobody was asked about it, and the pressed message is the first that shows it.
            continue
        prompt.answered(turn.uow, turn.person.id, changed_id)
        renew(turn.uow, turn.person, changed_view, changed_id, turn.now, besides=activity.reply_to)
