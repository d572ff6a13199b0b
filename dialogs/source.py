"""*Åbn kilden*: the record behind a line of an answer, as its reader may see it at this moment (I25).

Every kind opens the card that its own flow shows. What is gone since, or may no longer be seen, gets one and the same
answer.
"""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from cards import source as cards
from cards.form import Subject
from cards.kit import Card
from cards.summary import OPEN_SOURCE, SourceForm
from dialogs import agreement, data_package, decision, dialogue, feedback, focus_area, perspective
from dialogs.flow import Button, Flow
from dialogs.scope import scope_of
from dialogs.summary import RECORD, summary_of
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.supervision import SourceKind
from storage.supervision import decided_in, observation_fact

MOST = 1


def open_it(turn: Turn, form: SourceForm) -> Card:
    """The card of the source, with the way back; one that is gone is told like one that is not the reader's."""
    if form.kind is None or form.id is None:
        return cards.gone(turn._, form.bounds)
    turn.uow.keep()
    try:
        if form.kind is SourceKind.PLACE:
            return _registered(turn, form)
        if form.kind is SourceKind.OBSERVATION:
            return cards.visit(turn._, observation_fact(turn.uow, turn.viewer, form.id, turn.now), form.bounds)
        shown = OPENS[form.kind](turn, form.id)
    except Refusal:
        turn.uow.undo()
        shown = None
    return cards.with_way_back(turn._, shown, form.bounds) if shown else cards.gone(turn._, form.bounds)


def _registered(turn: Turn, form: SourceForm) -> Card:
    assert form.id is not None
    scope = scope_of(turn, replace(form.bounds, institution_ids=(form.id,), area_ids=()), RECORD)
    return cards.registered(turn._, summary_of(turn, scope, most=MOST), form.bounds)


def _dialogue(turn: Turn, dialogue_id: UUID) -> Card:
    """What was decided, where anything was; else where the dialogue is."""
    opens = decision.open_it if decided_in(turn.uow, [dialogue_id]) else dialogue.open_it
    return opens(turn, Subject(dialogue_id))


OPENS: dict[SourceKind, Callable[[Turn, UUID], Card | None]] = {
    SourceKind.FOCUS_AREA: focus_area.show,
    SourceKind.FIGURES: lambda turn, package_id: data_package.open_package(turn, Subject(package_id)),
    SourceKind.PERSPECTIVE: perspective.show,
    SourceKind.DIALOGUE: _dialogue,
    SourceKind.FEEDBACK: lambda turn, feedback_id: feedback.read(turn, Subject(feedback_id)),
    SourceKind.AGREEMENT: lambda turn, agreement_id: agreement.open_it(turn, Subject(agreement_id)),
}

FLOW = Flow(
    name="source",
    buttons={OPEN_SOURCE: Button(SourceForm.read, open_it, only_shows=True)},
    without=frozenset({"questions", "views", "clock", "domain", "storage"}),
)
