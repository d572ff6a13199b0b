"""The participants of a learning dialogue reflect together, before anything is decided.

Clock: when the dialogue begins, the agenda that stands in a leader's chat becomes the card. Two hours after, as long
as nothing is written, it comes as a message, that day besides the one a day; and three and ten days after, as long as
no reflection is saved. It is offered, too, when the Teams meeting ends whose link is the dialogue's place. The chief
sees a status word from the fourteenth day, and never what is written.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the half; *Gem og gå til beslutning* saves it, says that the dialogue
has been held, shows it to the chief and the administration, and opens the decisions. *Ret* leads back while the
dialogue is not closed. *Find delt praksis* keeps the half and shows what others have shared about the themes.
*Vælg en referent* names a colleague who writes it, and is reminded, in the leader's place.
Question: `refleksion` opens the one that is missing, or asks which.
"""

from datetime import timedelta
from uuid import UUID

from cards import reflection as cards
from cards import reflection_form
from cards.dialogue import choose
from cards.form import Subject
from cards.kit import Card
from cards.reflection import Form, NoteTaker
from dialogs import later
from dialogs.decision_clock import VIEW as DECISIONS
from dialogs.decision_follow import after_reflection
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.places import named_in, places_to_read
from dialogs.practice_search import for_places
from dialogs.reflection_clock import AGENDA, VIEW, clock
from dialogs.reflection_sheet import as_saved, ask, begun_from, sheet_of, take
from dialogs.turn import Turn
from domain.access import Record
from domain.dialogue import RECORDABLE, Dialogue
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Institution
from domain.prompt import Occasion
from domain.reflection import ReflectionStep
from storage.dialogue import dialogue_with_id
from storage.prompt import drop_reminders, plan
from storage.reflection import (
    dialogues_to_reflect_on,
    dialogues_to_take_notes_of,
    latest_reflected_in,
    may_record,
    reflection_for,
    reflection_to_write,
)
from storage.roles import colleagues_at, institutions_led_by

WORDS = ("refleksion", "fælles refleksion", "reflektion", "reflection", "shared reflection")
NAMED_FOR = timedelta(days=14)


def open_it(turn: Turn, subject: Subject) -> Card:
    """The card as it stands for this person: to fill in, or what was saved."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    found = reflection_for(turn.uow, turn.viewer, dialogue, where)
    if found is not None and found.is_saved:
        turn.shows(VIEW, dialogue.id)
        return as_saved(turn, sheet_of(turn, dialogue, where, found))
    if not may_record(turn.viewer, found, where):
        raise NotAllowed
    try:
        dialogue.require_recordable(turn.now)
    except Expired as why:
        return cards.over(turn._, dialogue, where, why)
    turn.shows(VIEW, dialogue.id)
    return ask(turn, sheet_of(turn, dialogue, where, found or begun_from(turn, dialogue, where)))


def next_step(turn: Turn, form: Form) -> Card:
    """The second half, once the first is whole; what it lacks is said where it stands, and what was typed is kept."""
    sheet = take(turn, form)
    if lacking := sheet.reflection.basis.missing():
        sheet.reflection.step = ReflectionStep.BASIS
        return ask(turn, sheet, problems=Problems(lacking))
    sheet.reflection.step = ReflectionStep.UNDERSTANDING
    return ask(turn, sheet)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, ReflectionStep.BASIS)


def keep_draft(turn: Turn, form: Form) -> Card:
    sheet = take(turn, form)
    return as_saved(turn, sheet) if sheet.reflection.is_saved else reflection_form.saved_draft(turn._, sheet)


def save(turn: Turn, form: Form) -> Card:
    """Saves the reflection and goes on to the decisions, or to the first step in which something is missing.

    Nothing typed is lost, and a correction leads back to what was saved.
    """
    sheet = take(turn, form, to_save=True)
    was_saved = sheet.reflection.is_saved
    try:
        sheet.reflection.save(turn.now)
    except Problems as problems:
        sheet.reflection.step = cards.step_of(problems)
        return ask(turn, sheet, problems=problems)
    sheet.dialogue.hold(turn.now)
    drop_reminders(turn.uow, VIEW, sheet.dialogue.id)
    turn.changes("preparation", sheet.dialogue.id)
    turn.changes(VIEW, sheet.dialogue.id)
    if was_saved:
        return as_saved(turn, sheet)
    turn.uow.session.flush()
    return after_reflection(turn, sheet.dialogue, sheet.institution)


def correct(turn: Turn, subject: Subject) -> Card:
    """Back into the card; what was saved stays saved, and stays whole, while it is corrected."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    if found is None:
        raise NotAllowed
    found.step = ReflectionStep.BASIS
    turn.shows(VIEW, dialogue.id)
    return ask(turn, sheet_of(turn, dialogue, where, found))


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks when the card shall come again."""
    return later.ask(turn, VIEW, take(turn, form).dialogue.id, was_kept=True)


def find_practice(turn: Turn, form: Form) -> Card:
    """Keeps the half, and shows what others have shared about the institution's themes."""
    sheet = take(turn, form)
    return for_places(turn, [sheet.institution], dialogue_id=sheet.dialogue.id)


def choose_note_taker(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks which colleague at the institution takes the notes."""
    sheet = take(turn, form)
    _require_leader(turn, sheet.institution)
    return cards.choose_note_taker(turn._, sheet, colleagues_at(turn.uow, sheet.institution, turn.person, turn.today))


def name_note_taker(turn: Turn, chosen: NoteTaker) -> Card:
    """The colleague hears of it, and writes the reflection and the decisions from now on."""
    dialogue, where = dialogue_with_id(turn.uow, chosen.dialogue_id)
    _require_leader(turn, where)
    dialogue.require_recordable(turn.now)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where) or begun_from(turn, dialogue, where)
    turn.uow.add(found)
    if chosen.colleague_id not in {each.id for each in colleagues_at(turn.uow, where, turn.person, turn.today)}:
        raise Problems({"colleague": Problem("choose_colleague")})
    assert chosen.colleague_id is not None
    found.note_taker = chosen.colleague_id
    plan(
        turn.uow,
        Occasion(
            key=f"reflection:{dialogue.id}:named:{chosen.colleague_id}:{turn.now.isoformat()}",
            person_id=chosen.colleague_id,
            # Of a reflection that is saved nobody is told: what is left to write are the decisions.
            view=DECISIONS if found.is_saved else VIEW,
            subject_id=dialogue.id,
            due_at=turn.now,
            expires_at=turn.now + NAMED_FOR,
        ),
    )
    turn.changes(VIEW, dialogue.id)
    return cards.named(turn._, sheet_of(turn, dialogue, where, found))


def name_again(turn: Turn, chosen: NoteTaker, problems: Problems) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, chosen.dialogue_id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where) or begun_from(turn, dialogue, where)
    colleagues = colleagues_at(turn.uow, where, turn.person, turn.today)
    return cards.choose_note_taker(turn._, sheet_of(turn, dialogue, where, found), colleagues, problems=problems)


def name_expired(turn: Turn, chosen: NoteTaker, why: Expired) -> Card:
    return expired_subject(turn, Subject(chosen.dialogue_id), why)


def take_back(turn: Turn, subject: Subject) -> Card:
    """The leader takes the notes after all; what the colleague wrote stays."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    _require_leader(turn, where)
    dialogue.require_recordable(turn.now)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    if found is not None:
        found.note_taker = None
    return open_it(turn, subject)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same half with everything that was typed, and what is wrong with it."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    sheet = sheet_of(turn, dialogue, where, found or begun_from(turn, dialogue, where))
    return ask(turn, sheet, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    return cards.over(turn._, dialogue, where, why, typed=form)


def refused(turn: Turn, form: Form) -> Card:
    """For somebody who may no longer write it: what they typed, to be copied, and nothing of what is kept."""
    return cards.refused(turn._, typed=form)


def expired_subject(turn: Turn, subject: Subject, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    return cards.over(turn._, dialogue, where, why)


def asked(turn: Turn, question: Asked) -> Card:
    """`refleksion`: the dialogue whose reflection is missing, or a choice where there are several."""
    led = [where.id for where in institutions_led_by(turn.uow, turn.viewer)]
    missing = dialogues_to_reflect_on(turn.uow, led, turn.now)
    noted = dialogues_to_take_notes_of(turn.uow, turn.viewer, turn.now)
    found = list({each.id: (each, where) for each, where in [*missing, *noted]}.values()) or _latest(
        turn, question.rest
    )
    if not found:
        return cards.nothing_to_reflect_on(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return choose(turn._, found, cards.OPEN)


def _latest(turn: Turn, name: str) -> list[tuple[Dialogue, Institution]]:
    """Where no reflection is missing: the latest one of each institution that may be read or corrected, A to Å."""
    places = places_to_read(turn, Record.REFLECTION)
    places = named_in(name, WORDS, places) or places
    begun = latest_reflected_in(turn.uow, [where.id for where in places], turn.now)
    return [(begun[where.id], where) for where in places if where.id in begun]


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The card for delivery; None once there is nothing to write and nothing to read.

    Nobody is reminded of one that is saved.
    """
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    found = reflection_for(turn.uow, turn.viewer, dialogue, where)
    is_saved = found is not None and found.is_saved
    if is_saved and turn.is_reminder:
        return None
    if not is_saved and (dialogue.state not in RECORDABLE or turn.now < dialogue.starts_at):
        return None
    return open_it(turn, Subject(dialogue_id))


def _go(turn: Turn, form: Form, step: ReflectionStep) -> Card:
    sheet = take(turn, form)
    sheet.reflection.step = step
    return ask(turn, sheet)


def _require_leader(turn: Turn, where: Institution) -> None:
    if not turn.viewer.leads(where):
        raise NotAllowed


FLOW: Flow = Flow(
    name="reflection",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.SAVE: save,
                cards.LATER: not_now,
                cards.COLLEAGUE: choose_note_taker,
                cards.FIND: find_practice,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.CORRECT: Button(Subject.read, correct, expired=expired_subject),
        cards.NAME: Button(NoteTaker.read, name_note_taker, again=name_again, expired=name_expired),
        cards.TAKE_BACK: Button(Subject.read, take_back, expired=expired_subject),
    },
    questions={"reflect": Question(WORDS, asked)},
    views={VIEW: show},
    clock=clock,
    in_place_of={VIEW: frozenset({AGENDA})},
)
