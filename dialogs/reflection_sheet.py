"""A shared reflection as it stands for one person: what its cards show, and what is kept of a press."""

from cards import reflection as cards
from cards import reflection_form
from cards.kit import Card
from cards.reflection import Form, Sheet
from dialogs.heard import told_before
from dialogs.observed import note_shown, received
from dialogs.practice_search import is_there_for
from dialogs.reflection_clock import VIEW
from dialogs.turn import Turn
from domain.decision import undermined
from domain.dialogue import RECORDABLE, Dialogue, DialogueState, last_reminder_at
from domain.draft import is_changed
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution
from domain.preparation import Preparation
from domain.priority import sources_of
from domain.reflection import Basis, Reflection, ReflectionStep, Understanding
from storage.data_package import figures_of, figures_with_ids, released_package
from storage.decision import decisions_for
from storage.dialogue import addenda_of, dialogue_with_id
from storage.organisation import person_with_id
from storage.preparation import preparation_for
from storage.priority import priority_in
from storage.reflection import may_record, reflection_to_write


def take(turn: Turn, form: Form, *, to_save: bool = False) -> Sheet:
    """Keeps what was typed in a half, complete or not; `to_save` is a press that says that others shall see it.

    Raises `Expired` when nothing can be recorded, and `Problems` when somebody has written something else in the same
    fields since the card was drawn: they are shown it, and keep theirs.
    """
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    begun = begun_from(turn, dialogue, where)
    reflection = found or begun
    sheet = sheet_of(turn, dialogue, where, reflection)
    content, stored = sheet.known(form.content), reflection.content(form.step)
    changed = is_changed(content, stored, form.was, shows=reflection.is_saved and not to_save)
    if changed and (lost := undermined(content, decisions_for(turn.uow, turn.viewer, dialogue, where))):
        raise Problems(lost)
    if changed or not reflection.is_begun:
        reflection.write(content, by=turn.person.id, now=turn.now)
    if found is None:
        turn.uow.add(reflection)
    reflection.step = form.step
    turn.changes(VIEW, dialogue.id)
    return sheet


def ask(turn: Turn, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The half to fill in. Like what was saved it shows what observers wrote, which is written down as read (I33)."""
    if (typed.step if typed else sheet.reflection.step) is ReflectionStep.BASIS:
        note_shown(turn, sheet.received)
    return reflection_form.ask(turn._, sheet, typed=typed, problems=problems)


def as_saved(turn: Turn, sheet: Sheet) -> Card:
    note_shown(turn, sheet.received)
    return cards.show(turn._, sheet)


def begun_from(turn: Turn, dialogue: Dialogue, where: Institution) -> Reflection:
    """A new reflection, with what the preparation brought: nobody writes a thing twice."""
    try:
        prepared = preparation_for(turn.uow, turn.viewer, dialogue, where) or Preparation(dialogue_id=dialogue.id)
    except NotAllowed:
        # The note-taker need not have been able to read the preparation.
        prepared = Preparation(dialogue_id=dialogue.id)
    data = prepared.data
    return Reflection(
        dialogue_id=dialogue.id,
        basis=Basis(figures=data.figures, sources=data.sources, perspectives=prepared.perspectives.chosen),
        understanding=Understanding(interpretation=data.interpretation),
    )


def sheet_of(turn: Turn, dialogue: Dialogue, where: Institution, reflection: Reflection) -> Sheet:
    """Everything the cards of this reflection show, read for the turn's person."""
    uow = turn.uow
    current = figures_of(uow, released_package(uow, where, dialogue.half_year))
    chosen = figures_with_ids(uow, reflection.basis.figures)
    priority = priority_in(uow, where, dialogue.half_year)
    return Sheet(
        institution=where,
        dialogue=dialogue,
        reflection=reflection,
        figures=[*current, *(each for each in chosen if each.id not in {known.id for known in current})],
        sources=sources_of(where.age_range, priority, reflection.basis.sources),
        priority=priority,
        heard=told_before(turn, dialogue, where, reflection.basis.perspectives),
        written_by=person_with_id(uow, reflection.written_by) if reflection.written_by else None,
        viewer=turn.person,
        can_correct=may_record(turn.viewer, reflection, where) and dialogue.state in RECORDABLE,
        leads=turn.viewer.leads(where),
        received=received(turn, dialogue, where),
        is_shared=is_there_for(turn, [where]),
        is_late=turn.now >= last_reminder_at(dialogue.starts_at, turn.municipality.quiet),
        note_taker=person_with_id(uow, reflection.note_taker) if reflection.note_taker else None,
        addenda=addenda_of(uow, dialogue) if dialogue.state is DialogueState.CLOSED else (),
    )
