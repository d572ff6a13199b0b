"""What an observer types in the chat while a visit goes on: kept as notes, for their author alone.

Typed: while the visit goes on, whatever is no command is a note. From 15 minutes before it until two hours after it, a
sentence that tells something is one. Anything else is answered, and *Gem som note* keeps it all the same, as it does
later for as long as the feedback is not sent; what is not understood is asked about. Question: `mine noter`; button:
*Fortryd*. The table of their buttons stands with the flow, in dialogs/visit.py.
"""

import re
from datetime import timedelta

from cards import visit_note as cards
from cards.form import Subject
from cards.kit import Card
from cards.visit_note import SaidForm, UndoForm
from dialogs import understanding
from dialogs.asking_answer import Answered
from dialogs.flow import Asked
from dialogs.recognised import told_in
from dialogs.turn import Turn
from dialogs.visiting import shown, visit_of
from domain.errors import Expired, Problems
from domain.observation import Observation, ObservationState
from domain.single_child import may_be_of_one_child
from domain.slots import Reason
from domain.text import clean
from domain.visit import DEADLINE_AFTER, NOTES_FROM, NOTES_UNTIL, Note, takes_notes
from storage.feedback import done_without_feedback, feedback_on
from storage.observation import observation_of_observer
from storage.roster import roster_on
from storage.visit import noted_visits, notes_of, visits_going_on

# What a message is understood as that is kept as a note.
NOTE = "visit_note"
LONGEST = timedelta(hours=2)
LOOKED_BACK = timedelta(days=60)
# "Pause" and "Engelsk" are what an observer writes down; whoever means the command can press for it.
_UNSURE = (understanding.CLARIFY, understanding.UNKNOWN_INSTITUTION)
WORDS_OF_A_LESSON = frozenset({"pause", "set_danish", "set_english", "set_language", "later", "status"})

# Whoever writes so in front of a note says what it is, and nothing of what was seen.
_MARK = re.compile(r"^\s*(?:note|notat|noter)\s*[:–]\s*", re.IGNORECASE)
# What keeps an observer from a visit that has not begun is seen of nobody, and its host has to hear of it.
_KEPT_FROM_IT = re.compile(
    r"\b(?:syg|sygemeldt|forsinkede?|forsinket|for sent|senere|aflys\w*|afbud|udsæt\w*|udskyd\w*|kø"
    r"|når (?:det |dem )?ikke|(?:kommer|kan) ikke|ikke til noget"
    r"|ill|sick|late|later|delayed|cancel\w*|held up|make it)\b",
    re.IGNORECASE,
)
# What is typed to take a note back is none itself, or the button below it would take back that alone.
_TAKES_BACK = re.compile(
    r"^\s*(?:slet|fjern|fortryd|delete|undo)\s+(?:\w+\s+){0,3}(?:note[rn]?|notat(?:et)?|notes)\W*$", re.IGNORECASE
)


def is_going_on(turn: Turn) -> bool:
    """Whether the person's words are notes just now."""
    return _going_on(turn) is not None


def heard(turn: Turn, text: str) -> Card | None:
    """Keeps what an observer types during a visit; None where it is no note. A command is told by its exact words.

    Shortly before the visit and after it, only what tells something is sure to be meant for it.
    """
    going_on = _going_on(turn)
    if going_on is None:
        return None
    if _TAKES_BACK.match(text) and (notes := to_take_back(turn)):
        return notes
    visit = visit_of(turn, going_on)
    is_of_the_lesson = visit.has_begun and not visit.is_over
    is_kept_from_it = not visit.has_begun and _KEPT_FROM_IT.search(text) is not None
    is_meant = is_of_the_lesson or (_tells(text) and not (is_kept_from_it or _is_of_ones_own(turn, text)))
    return _kept(turn, going_on, text) if is_meant else None


def offer(turn: Turn, answered: Answered, text: str) -> Card:
    """The answer to what was typed while a visit is near, with a button that keeps the words as a note after all."""
    going_on = _going_on(turn)
    if going_on is None or answered.intent == understanding.SMALLTALK:
        return answered.card
    return _offered(turn, going_on, answered, text)


def after(turn: Turn, answered: Answered, text: str) -> Card:
    """The answer to what was typed while a visit waits for its feedback. What may be a note of it can be kept by a
    press, and is asked about where it is not understood; only what is called a note is kept at once. What may tell of
    one child is not."""
    may_be_note = _tells(text) or not answered.is_understood or answered.intent in _UNSURE
    about = _waiting(turn) if may_be_note else None
    if about is None:
        return answered.card
    if _MARK.match(text) and about.state is ObservationState.DONE and not _is_of_a_child(answered, text):
        return _kept(turn, about, text)
    return _offered(turn, about, answered, text)


def _offered(turn: Turn, about: Observation, answered: Answered, text: str) -> Card:
    """The answer with the button, or with a word on how to write it where no button may ask for it."""
    if not _can_keep(turn, about, text):
        return answered.card
    visit = visit_of(turn, about)
    if _is_of_a_child(answered, text):
        return cards.without_names(turn._, answered.card, visit)
    if answered.is_understood or understanding.asks(text):
        # As long as nobody has said that the visit took place, the words may be about anything: its observer says.
        return cards.offer(turn._, answered.card, visit, text)
    return cards.ask(turn._, visit, text)


def _tells(text: str) -> bool:
    """Whether the words tell something, and are neither a question nor a wish."""
    return bool(_MARK.match(text) or understanding.told_by(text)) or understanding.tells(text)


def _is_of_ones_own(turn: Turn, text: str) -> bool:
    """`Jeg kan ikke komme alligevel`, a quarter of an hour before."""
    asked = understanding.understand(text, roster_on(turn.uow, turn.today), turn.today).intent
    return asked in (understanding.HELP, *understanding.OF_ONES_OWN)


def _is_of_a_child(answered: Answered, text: str) -> bool:
    return may_be_of_one_child(text) or answered.slots.get("reason") == Reason.CHILD_LEVEL


def keep(turn: Turn, form: SaidForm) -> Card:
    """Keeps what was answered as a command, as long as the feedback has not been sent."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    written = feedback_on(turn.uow, about)
    if written is not None:
        written.require_open()
    # An old card that is pressed once more keeps nothing twice.
    words = _words_of_note(form.text)
    before = [each for each in notes_of(turn.uow, turn.viewer, about) if each.text == words]
    return _noted(turn, about, before[-1], form.text) if before else _kept(turn, about, form.text)


def keep_expired(turn: Turn, form: SaidForm, why: Expired) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    return shown(turn, about, why=why, given=cards.written(turn._, form))


def keep_refused(turn: Turn, form: SaidForm) -> Card:
    return cards.refused(turn._, form)


def undo(turn: Turn, form: UndoForm) -> Card:
    """Takes back one note, the one that the button was drawn for."""
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    found = notes_of(turn.uow, turn.viewer, about)
    for each in found:
        if each.id == form.note_id:
            turn.uow.session.delete(each)
    turn.uow.session.flush()
    left = notes_of(turn.uow, turn.viewer, about)
    return cards.notes(turn._, visit_of(turn, about), left, undone=len(left) < len(found))


def show_notes(turn: Turn, subject: Subject) -> Card:
    about, _where = observation_of_observer(turn.uow, turn.viewer, subject.id)
    return cards.notes(turn._, visit_of(turn, about), notes_of(turn.uow, turn.viewer, about))


def asked_for_notes(turn: Turn, question: Asked) -> Card:
    """`mine noter`: those of the visit that goes on, or of the last one of which there are any."""
    about = _last_noted(turn)
    return show_notes(turn, Subject(about.id)) if about else cards.no_notes(turn._)


def to_take_back(turn: Turn) -> Card | None:
    """`slet den sidste note`: the same notes, with the button that takes the last one back; None without any."""
    about = _last_noted(turn)
    found = notes_of(turn.uow, turn.viewer, about) if about else ()
    return cards.notes(turn._, visit_of(turn, about), found, is_to_press=True) if about and found else None


def _last_noted(turn: Turn) -> Observation | None:
    going_on = _going_on(turn)
    found = [going_on] if going_on else noted_visits(turn.uow, turn.viewer, turn.now - LOOKED_BACK)
    return found[0] if found else None


def _words_of_note(text: str) -> str:
    return clean(_MARK.sub("", text) or text)


def _kept(turn: Turn, about: Observation, text: str) -> Card:
    try:
        kept = Note.of(about, _words_of_note(text), by=turn.person.id, now=turn.now)
    except Problems as problems:
        return cards.note_refused(turn._, problems.fields["note"])
    turn.uow.add(kept)
    turn.uow.session.flush()
    return _noted(turn, about, kept, text)


def _noted(turn: Turn, about: Observation, kept: Note, text: str) -> Card:
    count = len(notes_of(turn.uow, turn.viewer, about))
    is_of_somebody = bool(told_in(turn, {"note": kept.text}))
    asks = understanding.asks(text) and not _MARK.match(text)
    asked = text if asks else ""
    return cards.note_kept(turn._, visit_of(turn, about), kept, count, asked=asked, is_of_somebody=is_of_somebody)


def _waiting(turn: Turn) -> Observation | None:
    """The latest visit that is over and whose feedback is not sent, for as long as it is asked about."""
    over = [
        about
        for about, _where in done_without_feedback(turn.uow, turn.viewer)
        if about.ends_at is not None and about.ends_at <= turn.now < about.ends_at + DEADLINE_AFTER
    ]
    return over[-1] if over else None


def _can_keep(turn: Turn, about: Observation, text: str) -> bool:
    """Whether the words can be a note; what must not be kept must not stand in a button either."""
    try:
        Note.of(about, clean(text), by=turn.person.id, now=turn.now)
    except Problems:
        return False
    return True


def _going_on(turn: Turn) -> Observation | None:
    """The visit of which the person's words are notes just now: accepted, and its feedback not sent."""
    since, until = turn.now - LONGEST - NOTES_UNTIL, turn.now + NOTES_FROM
    for about in visits_going_on(turn.uow, turn.viewer, since, until):
        written = feedback_on(turn.uow, about)
        if takes_notes(about, turn.now) and not (written and written.is_sent):
            return about
    return None
