"""The first decision after the reflection, the focus area after a decision, and the closing of the record."""

from collections.abc import Callable

from cards import decisions
from cards.decision import Sheet
from cards.form import Subject
from cards.kit import Card
from dialogs.copies import renew
from dialogs.decision_clock import VIEW
from dialogs.decision_sheet import ask, listed, new_decision, recordable, sheet_of
from dialogs.focus_area_aim import after, decided
from dialogs.turn import Turn
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.errors import NotAllowed
from domain.organisation import Institution
from storage.decision import draft_of
from storage.dialogue import dialogue_with_id


def after_reflection(turn: Turn, dialogue: Dialogue, where: Institution) -> Card:
    """The first decision to write, straight after the shared reflection was saved."""
    reflection = recordable(turn, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    found = draft_of(turn.uow, turn.viewer, dialogue) or new_decision(turn, dialogue)
    return ask(turn, sheet_of(turn, dialogue, where, reflection, found), is_reflected=True)


def follow(turn: Turn, subject: Subject) -> Card:
    """To the focus area that a saved decision is about."""
    found, dialogue, where, _reflection = decided(turn, subject.id)
    return what_follows(turn, found, dialogue, where)


def ask_close(turn: Turn, subject: Subject) -> Card:
    """Asks the leader once more; what was decided about a focus area comes first."""
    return _closing(turn, subject, lambda sheet: decisions.ask_close(turn._, sheet))


def close(turn: Turn, subject: Subject) -> Card:
    """ "→afsluttet: leader confirms": everything in the dialogue is read-only from then on (I14)."""
    return _closing(turn, subject, lambda sheet: _close(turn, sheet))


def _closing(turn: Turn, subject: Subject, go_on: Callable[[Sheet], Card]) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    sheet = sheet_of(turn, dialogue, where, recordable(turn, dialogue, where))
    if not sheet.leads:
        raise NotAllowed
    if sheet.pending is not None:
        return what_follows(turn, sheet.pending, dialogue, where)
    return go_on(sheet)


def _close(turn: Turn, sheet: Sheet) -> Card:
    dialogue, where = sheet.dialogue, sheet.institution
    reflection = recordable(turn, dialogue, where)
    dialogue.close()
    for view in ("preparation", "reflection"):
        renew(turn.uow, turn.person, view, dialogue.id, turn.now)
    turn.changes(VIEW, dialogue.id)
    return listed(turn, sheet_of(turn, dialogue, where, reflection))


def what_follows(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Card:
    """The card of the focus area that the decision chooses, adjusts or closes; the list once that is done."""
    if decision.waits:
        return after(turn, decision, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    return listed(turn, sheet_of(turn, dialogue, where, recordable(turn, dialogue, where)))
