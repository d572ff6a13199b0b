"""The participants of a learning dialogue decide, once they have reflected together, and not before.

Clock: two hours after the dialogue began, as long as nothing of it is written, and three and ten days after it its
leaders are reminded as long as nothing is decided; from the fourteenth day the chief sees "mangler opsamling".
Buttons: *Gem og gå til beslutninger* leads here. *Næste* and *Tilbage* keep the half; *Gem beslutning* saves it, sets
its measure going, and leads to its focus area where it has one. *Afslut opsamlingen* closes the dialogue, once what
was decided about focus areas has been done.
Question: `beslutning` opens the dialogue that is going on or was held last, or asks which.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from uuid import UUID

from cards import decision as cards
from cards.decision import Form, Sheet
from cards.dialogue import choose
from cards.form import Subject
from cards.kit import Card
from dialogs import focus_area, later
from dialogs.copies import renew
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.observed import received
from dialogs.places import named_in, places_to_read
from dialogs.turn import Turn
from domain.access import Record
from domain.decision import Decision, DecisionKind, DecisionStep, What, require_reflection
from domain.dialogue import RECORDABLE, Dialogue, DialogueState, last_reminder_at
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems, ReflectionMissing
from domain.focus_area import Measure
from domain.organisation import Institution
from domain.preparation import Source
from domain.prompt import Occasion
from domain.reflection import Reflection, reminders
from storage.board import notes_for
from storage.data_package import figures_with_ids
from storage.decision import (
    decision_to_write,
    decision_with_id,
    decisions_for,
    dialogues_with_decisions,
    draft_of,
)
from storage.dialogue import addenda_of, dialogue_with_id, latest_begun_in
from storage.focus_area import focus_areas_of, measure_set_by
from storage.organisation import colleagues_at, institutions_led_by, person_with_id
from storage.prompt import drop_reminders
from storage.reflection import (
    dialogues_to_decide_on,
    dialogues_to_take_notes_of,
    may_record,
    note_takers,
    reflected_at,
    reflection_for,
    reflection_to_write,
)

VIEW = "decision"
WORDS = ("beslutning", "beslutninger", "beslutningerne", "decision", "decisions")
REMINDED = ("2_hours", "3_days", "10_days")


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
        return cards.show(turn._, sheet_of(turn, dialogue, where, reflection))
    return add(turn, subject)


def after_reflection(turn: Turn, dialogue: Dialogue, where: Institution) -> Card:
    """The first decision to write, straight after the shared reflection was saved."""
    reflection = _recordable(turn, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    found = draft_of(turn.uow, turn.viewer, dialogue) or _new(turn, dialogue)
    return cards.ask(turn._, sheet_of(turn, dialogue, where, reflection, found), is_reflected=True)


def add(turn: Turn, subject: Subject) -> Card:
    """The decision that the person has begun, or a new one."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    try:
        reflection = _recordable(turn, dialogue, where)
    except Expired as why:
        return cards.over(turn._, dialogue, where, why)
    turn.shows(VIEW, dialogue.id)
    found = draft_of(turn.uow, turn.viewer, dialogue) or _new(turn, dialogue)
    return cards.ask(turn._, sheet_of(turn, dialogue, where, reflection, found))


def next_step(turn: Turn, form: Form) -> Card:
    """The second half; where there are no new decisions there is none, and it is saved."""
    if form.step is DecisionStep.WHAT and getattr(form.content, "kind", None) is DecisionKind.NONE:
        return save(turn, form)
    return _go(turn, form, DecisionStep.WHO)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, DecisionStep.WHAT)


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved_draft(turn._, _take(turn, form))


def to_list(turn: Turn, form: Form) -> Card:
    """Keeps what was typed, and shows what was decided before."""
    if form.content != What():
        _take(turn, form)
    return open_it(turn, Subject(form.dialogue_id))


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks when the card shall come again."""
    return later.ask(turn, VIEW, _take(turn, form).dialogue.id, was_kept=True)


def save(turn: Turn, form: Form) -> Card:
    """Saves the decision and leads to what follows from it, or to the first step in which something is missing."""
    sheet = _take(turn, form)
    if problems := _save(turn, sheet):
        return cards.ask(turn._, sheet, problems=problems)
    return _what_follows(turn, sheet.decision, sheet.dialogue, sheet.institution)


def save_and_add(turn: Turn, form: Form) -> Card:
    """Saves the decision and begins another; a focus area that waits to be described is found on the list."""
    sheet = _take(turn, form)
    if problems := _save(turn, sheet):
        return cards.ask(turn._, sheet, problems=problems)
    return add(turn, Subject(sheet.dialogue.id))


def edit(turn: Turn, subject: Subject) -> Card:
    """Which of several decisions to correct."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    reflection = _recordable(turn, dialogue, where)
    return cards.choose(turn._, sheet_of(turn, dialogue, where, reflection))


def correct(turn: Turn, subject: Subject) -> Card:
    """Back into a saved decision, as long as its dialogue is not closed."""
    found, dialogue, where, reflection = focus_area.decided(turn, subject.id)
    found.step = DecisionStep.WHAT
    turn.shows(VIEW, dialogue.id)
    return cards.ask(turn._, sheet_of(turn, dialogue, where, reflection, found))


def follow(turn: Turn, subject: Subject) -> Card:
    """To the focus area that a saved decision is about."""
    found, dialogue, where, _reflection = focus_area.decided(turn, subject.id)
    return _what_follows(turn, found, dialogue, where)


def copy(turn: Turn, subject: Subject) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    reflection = reflection_for(turn.uow, turn.viewer, dialogue, where)
    sheet = sheet_of(turn, dialogue, where, reflection)
    return cards.copied(turn._, sheet, cards.minutes_of(turn._, sheet))


def choose_note_taker(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks which colleague at the institution writes the decisions."""
    sheet = _take(turn, form)
    if not sheet.leads:
        raise NotAllowed
    return cards.choose_note_taker(turn._, sheet, colleagues_at(turn.uow, sheet.institution, turn.person, turn.today))


def ask_close(turn: Turn, subject: Subject) -> Card:
    """Asks the leader once more; what was decided about a focus area comes first."""
    return _closing(turn, subject, lambda sheet: cards.ask_close(turn._, sheet))


def close(turn: Turn, subject: Subject) -> Card:
    """ "→afsluttet: leader confirms": everything in the dialogue is read-only from then on (I14)."""
    return _closing(turn, subject, lambda sheet: _close(turn, sheet))


def _closing(turn: Turn, subject: Subject, go_on: Callable[[Sheet], Card]) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    sheet = sheet_of(turn, dialogue, where, _recordable(turn, dialogue, where))
    if not sheet.leads:
        raise NotAllowed
    if sheet.pending is not None:
        return _what_follows(turn, sheet.pending, dialogue, where)
    return go_on(sheet)


def _close(turn: Turn, sheet: Sheet) -> Card:
    dialogue, where = sheet.dialogue, sheet.institution
    reflection = _recordable(turn, dialogue, where)
    dialogue.close()
    for view in ("preparation", "reflection"):
        renew(turn.uow, turn.person, view, dialogue.id, turn.now)
    turn.changes(VIEW, dialogue.id)
    return cards.show(turn._, sheet_of(turn, dialogue, where, reflection))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same half with everything that was typed, and what is wrong with it."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    reflection = _recordable(turn, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    sheet = sheet_of(turn, dialogue, where, reflection, _found(turn, dialogue, form))
    return cards.ask(turn._, sheet, typed=form, problems=problems)


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
    """The card for delivery; None once there is nothing to write and nothing to read."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    reflection = reflection_for(turn.uow, turn.viewer, dialogue, where)
    if reflection is None or not reflection.is_saved:
        return None
    if dialogue.state not in RECORDABLE and not decisions_for(turn.uow, turn.viewer, dialogue, where):
        return None
    return open_it(turn, Subject(dialogue_id))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds whoever records a dialogue that was reflected on, until something is decided."""
    zone, quiet = planning.municipality.zone, planning.municipality.quiet
    waiting = dialogues_to_decide_on(planning.uow, None, planning.now)
    begun = dialogues_with_decisions(planning.uow, [dialogue.id for dialogue, _ in waiting])
    reflected = reflected_at(planning.uow, [dialogue.id for dialogue, _ in waiting])
    note_taker = note_takers(planning.uow, [dialogue.id for dialogue, _ in waiting])
    for dialogue, where in waiting:
        people = planning.staff.recorders(where, note_taker.get(dialogue.id))
        for reminder in reminders(dialogue.starts_at, zone, quiet):
            is_soon = reminder.name == "2_hours"
            # Who has reflected after the two hours, or has begun to decide, is at it and needs no word.
            at_it = dialogue.id in begun or reflected[dialogue.id] > reminder.due_at
            if reminder.name not in REMINDED or (is_soon and at_it):
                continue
            for person_id in people:
                yield Occasion(
                    key=f"decision:{dialogue.id}:{reminder.name}:{dialogue.revision}:{person_id}",
                    person_id=person_id,
                    view=VIEW,
                    subject_id=dialogue.id,
                    due_at=reminder.due_at,
                    expires_at=reminder.expires_at,
                    appointment_on=reminder.due_at.astimezone(zone).date() if is_soon else None,
                )


def _recordable(turn: Turn, dialogue: Dialogue, where: Institution) -> Reflection:
    """The gate, for every way in: who records, a dialogue that is open, and a saved shared reflection."""
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    return require_reflection(found, dialogue.id)


def _go(turn: Turn, form: Form, step: DecisionStep) -> Card:
    sheet = _take(turn, form)
    sheet.decision.step = step
    return cards.ask(turn._, sheet)


def _take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed in a half, complete or not.

    Raises `Expired` when nothing can be decided, `ReflectionMissing` before the shared reflection, and `Problems` when
    somebody has written something else in the same fields since the card was drawn.
    """
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    reflection = _recordable(turn, dialogue, where)
    decision = _found(turn, dialogue, form)
    sheet = sheet_of(turn, dialogue, where, reflection, decision)
    content = sheet.known(form.content)
    if is_changed(content, decision.content(form.step), form.was) or decision.written_at is None:
        decision.write(content, by=turn.person.id, now=turn.now)
        if decision.is_saved and (found := cards.of_step(decision.missing(reflection, turn.today), form.step)):
            raise Problems(found)
    turn.uow.add(decision)
    decision.step = form.step
    turn.changes(VIEW, dialogue.id)
    return sheet


def _found(turn: Turn, dialogue: Dialogue, form: Form) -> Decision:
    """The decision of the card, or a new one under the id that the card was drawn with."""
    if turn.uow.session.get(Decision, form.decision_id) is None:
        return _new(turn, dialogue, form.decision_id)
    return decision_to_write(turn.uow, turn.viewer, dialogue, form.decision_id)


def _new(turn: Turn, dialogue: Dialogue, decision_id: UUID | None = None) -> Decision:
    made = Decision(dialogue_id=dialogue.id, author_id=turn.person.id)
    if decision_id is not None:
        made.id = decision_id
    return made


def _save(turn: Turn, sheet: Sheet) -> Problems | None:
    """Saves what is whole, and what follows from it at once; returns what is missing, with the card at that step."""
    decision, dialogue, where = sheet.decision, sheet.dialogue, sheet.institution
    reflection = _recordable(turn, dialogue, where)
    try:
        decision.save(reflection, now=turn.now, today=turn.today, others=sheet.decisions)
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


def _what_follows(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Card:
    """The card of the focus area that the decision chooses, adjusts or closes; the list once that is done."""
    if decision.waits:
        return focus_area.after(turn, decision, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    return cards.show(turn._, sheet_of(turn, dialogue, where, _recordable(turn, dialogue, where)))


def _of_others(turn: Turn) -> list[tuple[Dialogue, Institution]]:
    """The latest dialogues in which something was decided, of the institutions that a chief or administration reads."""
    places = {where.id: where for where in places_to_read(turn, Record.DECISION)}
    begun = latest_begun_in(turn.uow, places, turn.now)
    recorded = (DialogueState.RECORDED, DialogueState.CLOSED)
    return [(begun[where_id], places[where_id]) for where_id in places if _has(begun, where_id, recorded)]


def _has(begun: Mapping[UUID, Dialogue], where_id: UUID, states: Container[DialogueState]) -> bool:
    return where_id in begun and begun[where_id].state in states


def sheet_of(
    turn: Turn,
    dialogue: Dialogue,
    where: Institution,
    reflection: Reflection | None,
    decision: Decision | None = None,
) -> Sheet:
    """Everything the cards of these decisions show, read for the turn's person."""
    if reflection is None:
        raise ReflectionMissing
    uow = turn.uow
    saved = decisions_for(uow, turn.viewer, dialogue, where)
    shown = decision or _new(turn, dialogue)
    areas = focus_areas_of(uow, where, active=False)
    begun = draft_of(uow, turn.viewer, dialogue)
    can_record = may_record(turn.viewer, reflection, where) and dialogue.state in RECORDABLE
    return Sheet(
        institution=where,
        dialogue=dialogue,
        decision=shown,
        decisions=saved,
        figures=figures_with_ids(uow, reflection.basis.figures),
        sources=reflection.basis.sources,
        focus_areas=[each for each in areas if each.is_active],
        titles={each.id: each.title for each in areas},
        written_by=person_with_id(uow, shown.written_by) if shown.written_by else None,
        viewer=turn.person,
        leads=turn.viewer.leads(where),
        can_record=can_record,
        draft=begun if begun is not None and (begun.kind or begun.what.text) else None,
        is_late=turn.now >= last_reminder_at(dialogue.starts_at, turn.municipality.quiet),
        pending=next((each for each in saved if each.waits), None) if can_record else None,
        addenda=addenda_of(uow, dialogue) if dialogue.state is DialogueState.CLOSED else (),
        board=notes_for(uow, turn.viewer, dialogue, where),
        can_send=bool(saved) and turn.viewer.leads(where),
        received=received(turn, dialogue, where) if Source.OBSERVATION in reflection.basis.sources else (),
    )


FLOW = Flow(
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
