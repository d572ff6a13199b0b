"""The participants of a learning dialogue decide, once they have reflected together, and not before.

Clock: two hours after the dialogue began, as long as nothing of it is written, and three and ten days after it its
leaders are reminded as long as nothing is decided; from the fourteenth day the chief sees "mangler opsamling".
Buttons: *Gem og gå til beslutninger* leads here. *Næste* and *Tilbage* keep the half; *Gem beslutning* saves it, sets
its measure going, and leads to its focus area where it has one. *Afslut opsamlingen* closes the dialogue, once what
was decided about focus areas has been done.
Question: `beslutning` opens the dialogue that is going on or was held last, or asks which.
"""

from collections.abc import Container, Mapping
from uuid import UUID

from cards import decision as cards
from cards import decision_form, decision_minutes, decisions
from cards.decision import Form, Sheet
from cards.dialogue import choose
from cards.form import Subject
from cards.kit import Card
from dialogs import later
from dialogs.decision_clock import VIEW, clock
from dialogs.decision_follow import ask_close, close, follow, what_follows
from dialogs.decision_sheet import ask, ask_before, found_or_new, listed, new_decision, recordable, sheet_of, take
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.focus_area_aim import decided
from dialogs.places import named_in, places_to_read
from dialogs.turn import Turn
from domain.access import Record
from domain.decision import DecisionKind, DecisionStep, What
from domain.dialogue import RECORDABLE, Dialogue, DialogueState
from domain.errors import Expired, NotAllowed, Problems
from domain.measure import Measure
from domain.organisation import Institution
from storage.decision import decision_with_id, decisions_for, draft_of
from storage.dialogue import dialogue_with_id, latest_begun_in, lock
from storage.measure import measure_set_by
from storage.prompt import drop_reminders
from storage.reflection import dialogues_to_take_notes_of, may_record, reflection_for
from storage.roles import colleagues_at, institutions_led_by

WORDS = ("beslutning", "beslutninger", "beslutningerne", "decision", "decisions")


def open_it(turn: Turn, subject: Subject) -> Card:
    """What was decided, or the first decision to write."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    reflection = reflection_for(turn.uow, turn.viewer, dialogue, where)
    saved = decisions_for(turn.uow, turn.viewer, dialogue, where)
    records = may_record(turn.viewer, reflection, where)
    if not saved and not records:
        raise NotAllowed
    if saved:
        turn.shows(VIEW, dialogue.id)
        return listed(turn, sheet_of(turn, dialogue, where, reflection))
    return add(turn, subject)


def add(turn: Turn, subject: Subject) -> Card:
    """The decision that the person has begun, or a new one."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    try:
        reflection = recordable(turn, dialogue, where)
    except Expired as why:
        return cards.over(turn._, dialogue, where, why)
    turn.shows(VIEW, dialogue.id)
    found = draft_of(turn.uow, turn.viewer, dialogue) or new_decision(turn, dialogue)
    return ask(turn, sheet_of(turn, dialogue, where, reflection, found))


def next_step(turn: Turn, form: Form) -> Card:
    """The second half, once the first one is whole; what it lacks is said where it stands, and what was typed is kept.

    Where there are no new decisions there is no second half, and it is saved.
    """
    if form.step is DecisionStep.WHAT and getattr(form.content, "kind", None) is DecisionKind.NONE:
        return save(turn, form)
    sheet = take(turn, form)
    reflection = recordable(turn, sheet.dialogue, sheet.institution)
    if lacking := cards.of_step(sheet.decision.missing(reflection, turn.today), DecisionStep.WHAT):
        sheet.decision.step = DecisionStep.WHAT
        return ask(turn, sheet, problems=Problems(lacking))
    sheet.decision.step = DecisionStep.WHO
    return ask(turn, sheet)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, DecisionStep.WHAT)


def keep_draft(turn: Turn, form: Form) -> Card:
    sheet = take(turn, form)
    return listed(turn, sheet) if sheet.decision.is_saved else decision_form.saved_draft(turn._, sheet)


def to_list(turn: Turn, form: Form) -> Card:
    """Keeps what was typed, and shows what was decided before."""
    if form.content != What():
        take(turn, form)
    return open_it(turn, Subject(form.dialogue_id))


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks when the card shall come again."""
    return later.ask(turn, VIEW, take(turn, form).dialogue.id, was_kept=True)


def save(turn: Turn, form: Form) -> Card:
    """Saves the decision and leads to what follows from it, or to the first step in which something is missing."""
    sheet = take(turn, form, to_save=True)
    if card := ask_before(turn, sheet, form.step):
        return card
    if problems := _save(turn, sheet):
        return ask(turn, sheet, problems=problems)
    return what_follows(turn, sheet.decision, sheet.dialogue, sheet.institution)


def save_and_add(turn: Turn, form: Form) -> Card:
    """Saves the decision and begins another; a focus area that waits to be described is found on the list."""
    sheet = take(turn, form, to_save=True)
    if card := ask_before(turn, sheet, form.step):
        return card
    if problems := _save(turn, sheet):
        return ask(turn, sheet, problems=problems)
    return add(turn, Subject(sheet.dialogue.id))


def edit(turn: Turn, subject: Subject) -> Card:
    """Which of several decisions to correct."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    reflection = recordable(turn, dialogue, where)
    return decisions.choose(turn._, sheet_of(turn, dialogue, where, reflection))


def correct(turn: Turn, subject: Subject) -> Card:
    """Back into a saved decision, as long as its dialogue is not closed."""
    found, dialogue, where, reflection = decided(turn, subject.id)
    found.step = DecisionStep.WHAT
    turn.shows(VIEW, dialogue.id)
    return ask(turn, sheet_of(turn, dialogue, where, reflection, found))


def copy(turn: Turn, subject: Subject) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    reflection = reflection_for(turn.uow, turn.viewer, dialogue, where)
    sheet = sheet_of(turn, dialogue, where, reflection)
    return decision_minutes.copied(turn._, sheet, decision_minutes.minutes_of(turn._, sheet))


def choose_note_taker(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks which colleague at the institution writes the decisions."""
    sheet = take(turn, form)
    if not sheet.leads:
        raise NotAllowed
    return decision_form.choose_note_taker(
        turn._, sheet, colleagues_at(turn.uow, sheet.institution, turn.person, turn.today)
    )


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same half with everything that was typed, and what is wrong with it."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    reflection = recordable(turn, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    sheet = sheet_of(turn, dialogue, where, reflection, found_or_new(turn, dialogue, form))
    return ask(turn, sheet, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    return cards.over(turn._, dialogue, where, why, typed=form)


def expired_subject(turn: Turn, subject: Subject, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    return cards.over(turn._, dialogue, where, why)


def expired_decision(turn: Turn, subject: Subject, why: Expired) -> Card:
    return expired_subject(turn, Subject(decision_with_id(turn.uow, subject.id).dialogue_id), why)


def refused(turn: Turn, form: Form) -> Card:
    """For somebody who may no longer write it: what they typed, to be copied, and nothing of what is kept."""
    return cards.refused(turn._, typed=form)


def asked(turn: Turn, question: Asked) -> Card:
    """`beslutning`: the dialogue that began last, which is where decisions are made and found; or a choice."""
    led = {where.id: where for where in institutions_led_by(turn.uow, turn.viewer)}
    own = [(each, led[where_id]) for where_id, each in latest_begun_in(turn.uow, led, turn.now).items()]
    noted = dialogues_to_take_notes_of(turn.uow, turn.viewer, turn.now)
    found = list({each.id: (each, where) for each, where in [*own, *noted]}.values()) or _of_others(turn)
    if named := named_in(question.text, WORDS, [where for _each, where in found]):
        found = [(each, where) for each, where in found if where in named]
    if not found:
        return cards.nothing_to_decide(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return choose(turn._, found, cards.OPEN)


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The card for delivery; None once there is nothing to write and nothing to read.

    Nobody is reminded of what is decided, unless a draft of theirs or a focus area waits, or they were asked to write.
    """
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    reflection = reflection_for(turn.uow, turn.viewer, dialogue, where)
    if reflection is None or not reflection.is_saved:
        return None
    saved = decisions_for(turn.uow, turn.viewer, dialogue, where)
    if dialogue.state not in RECORDABLE and not saved:
        return None
    is_begun = draft_of(turn.uow, turn.viewer, dialogue) is not None
    is_asked = reflection.note_taker == turn.person.id
    if turn.is_reminder and saved and not (is_begun or is_asked) and not any(each.waits for each in saved):
        return None
    return open_it(turn, Subject(dialogue_id))


def _go(turn: Turn, form: Form, step: DecisionStep) -> Card:
    sheet = take(turn, form)
    sheet.decision.step = step
    return ask(turn, sheet)


def _save(turn: Turn, sheet: Sheet) -> Problems | None:
    """Saves what is whole, and what follows from it at once; returns what is missing, with the card at that step."""
    decision, dialogue, where = sheet.decision, sheet.dialogue, sheet.institution
    reflection = recordable(turn, dialogue, where)
    lock(turn.uow, dialogue)
    others = decisions_for(turn.uow, turn.viewer, dialogue, where)
    try:
        decision.save(reflection, now=turn.now, today=turn.today, others=others)
    except Problems as problems:
        decision.step = cards.step_of(problems)
        return problems
    dialogue.record(turn.now)
    if decision.kind is DecisionKind.MEASURE:
        measure = measure_set_by(turn.uow, decision.id)
        if measure is None:
            turn.uow.add(Measure.of(decision, where))
        else:
            measure.follow(decision)
    drop_reminders(turn.uow, VIEW, dialogue.id)
    turn.uow.session.flush()
    return None


def _of_others(turn: Turn) -> list[tuple[Dialogue, Institution]]:
    """The latest dialogues in which something was decided, of the institutions that a chief or administration reads."""
    places = {where.id: where for where in places_to_read(turn, Record.DECISION)}
    begun = latest_begun_in(turn.uow, places, turn.now)
    recorded = (DialogueState.RECORDED, DialogueState.CLOSED)
    return [(begun[where_id], places[where_id]) for where_id in places if _has(begun, where_id, recorded)]


def _has(begun: Mapping[UUID, Dialogue], where_id: UUID, states: Container[DialogueState]) -> bool:
    return where_id in begun and begun[where_id].state in states


FLOW: Flow = Flow(
    name="decision",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, expired=expired_subject, only_shows=True),
        cards.ADD: Button(Subject.read, add, expired=expired_subject),
        cards.EDIT: Button(Subject.read, edit, expired=expired_subject),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.SAVE: save,
                cards.SAVE_AND_ADD: save_and_add,
                cards.LATER: not_now,
                cards.LIST: to_list,
                cards.COLLEAGUE: choose_note_taker,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.CORRECT: Button(Subject.read, correct, expired=expired_decision),
        cards.FOLLOW: Button(Subject.read, follow, expired=expired_decision),
        cards.COPY: Button(Subject.read, copy, only_shows=True),
        cards.ASK_CLOSE: Button(Subject.read, ask_close, expired=expired_subject),
        cards.CLOSE: Button(Subject.read, close, expired=expired_subject),
    },
    questions={
        "decide": Question(WORDS, asked),
    },
    views={VIEW: show},
    clock=clock,
)
