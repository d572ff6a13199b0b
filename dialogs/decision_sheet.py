"""A dialogue's decisions as they stand for one person: what their cards show, and what is kept of a press."""

from uuid import UUID

from cards import decision as cards
from cards import decision_form, decisions
from cards.decision import Form, Sheet
from cards.kit import Card
from dialogs import recognised
from dialogs.decision_clock import VIEW
from dialogs.observed import note_shown, received
from dialogs.turn import Turn
from domain.decision import Decision, DecisionStep, require_reflection
from domain.dialogue import RECORDABLE, Dialogue, DialogueState, last_reminder_at
from domain.draft import between, is_changed, opens_at
from domain.errors import Problems, ReflectionMissing
from domain.organisation import Institution
from domain.preparation import Source
from domain.reflection import Reflection
from storage.board import notes_for
from storage.data_package import figures_with_ids
from storage.decision import decision_to_write, decisions_for, draft_of, withdrawn_for
from storage.dialogue import addenda_of, dialogue_with_id
from storage.focus_area import focus_areas_of
from storage.journal import entry_of
from storage.organisation import person_with_id
from storage.perspective import heard_with_ids
from storage.priority import priority_in
from storage.reflection import may_record, reflection_to_write


def recordable(turn: Turn, dialogue: Dialogue, where: Institution) -> Reflection:
    """The gate, for every way in: who records, a dialogue that is open, and a saved shared reflection."""
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    return require_reflection(found, dialogue.id)


def take(turn: Turn, form: Form, *, to_save: bool = False) -> Sheet:
    """Keeps what was typed in a half, complete or not; `to_save` is a press that says that others shall see it.

    Raises `Expired` when nothing can be decided, `ReflectionMissing` before the shared reflection, and `Problems` when
    somebody has written something else in the same fields since the card was drawn.
    """
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    reflection = recordable(turn, dialogue, where)
    decision = found_or_new(turn, dialogue, form)
    sheet = sheet_of(turn, dialogue, where, reflection, decision)
    content = sheet.known(form.content)
    shows = decision.is_saved and not to_save
    if is_changed(content, decision.content(form.step), form.was, shows=shows) or decision.written_at is None:
        decision.write(content, by=turn.person.id, now=turn.now)
        if decision.is_saved and (found := cards.of_step(decision.missing(reflection, turn.today), form.step)):
            raise Problems(found)
    turn.uow.add(decision)
    decision.step = opens_at(decision.step, form.step)
    turn.changes(VIEW, dialogue.id)
    return sheet


def ask(
    turn: Turn,
    sheet: Sheet,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
    is_reflected: bool = False,
) -> Card:
    """The half to fill in. Like the list it shows what observers wrote, which is written down as read (I33)."""
    if (typed.step if typed else sheet.decision.step) is DecisionStep.WHAT:
        note_shown(turn, sheet.received)
    return decision_form.ask(turn._, sheet, typed=typed, problems=problems, is_reflected=is_reflected)


def ask_before(turn: Turn, sheet: Sheet, pressed: DecisionStep) -> Card | None:
    """The first half, where it was kept as a draft from another card and something in it is to be asked about."""
    kept = sheet.decision
    asked = recognised.unasked(turn, between(kept.step, pressed), kept.content)
    if asked is None:
        return None
    kept.step, found = asked
    return recognised.with_question(turn._, ask(turn, sheet, problems=found), found)


def listed(turn: Turn, sheet: Sheet) -> Card:
    """What was decided."""
    note_shown(turn, sheet.received)
    return decisions.show(turn._, sheet)


def found_or_new(turn: Turn, dialogue: Dialogue, form: Form) -> Decision:
    """The decision of the card, or a new one under the id that the card was drawn with."""
    if turn.uow.session.get(Decision, form.decision_id) is None:
        return new_decision(turn, dialogue, form.decision_id)
    return decision_to_write(turn.uow, turn.viewer, dialogue, form.decision_id)


def new_decision(turn: Turn, dialogue: Dialogue, decision_id: UUID | None = None) -> Decision:
    made = Decision(dialogue_id=dialogue.id, author_id=turn.person.id)
    if decision_id is not None:
        made.id = decision_id
    return made


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
    shown = decision or new_decision(turn, dialogue)
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
        heard=heard_with_ids(uow, reflection.basis.perspectives),
        priority=priority_in(uow, where, dialogue.half_year) if Source.PRIORITY in reflection.basis.sources else None,
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
        withdrawn=withdrawn_for(uow, turn.viewer, dialogue, where),
        can_send=bool(saved) and turn.viewer.leads(where),
        journal=entry_of(uow, dialogue.id) if dialogue.state is DialogueState.CLOSED else None,
        is_journal_on=turn.municipality.journal is not None,
        received=received(turn, dialogue, where) if Source.OBSERVATION in reflection.basis.sources else (),
    )
