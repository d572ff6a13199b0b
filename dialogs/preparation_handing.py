"""A leader asks a colleague to fill in the rest, and takes it back."""

from cards import preparation_sharing
from cards.form import Subject
from cards.kit import Card
from cards.preparation import Form
from cards.preparation_sharing import Hand
from dialogs.preparation_clock import VIEW
from dialogs.preparation_sheet import as_it_stands, ask, current, require_leader, sheet_of, take
from dialogs.turn import Turn
from domain.errors import Problem, Problems
from domain.prompt import Occasion
from storage.dialogue import dialogue_with_id
from storage.preparation import preparation_to_write
from storage.prompt import plan
from storage.roles import colleagues_at


def choose_colleague(turn: Turn, form: Form) -> Card:
    """Keeps the step, and asks which colleague at the institution fills in the rest."""
    sheet = take(turn, form)
    require_leader(turn, sheet.institution)
    colleagues = colleagues_at(turn.uow, sheet.institution, turn.person, turn.today)
    return preparation_sharing.choose_colleague(turn._, sheet, colleagues)


def hand_over(turn: Turn, hand: Hand) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, hand.dialogue_id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    require_leader(turn, where)
    dialogue.require_preparable()
    if preparation.is_ready:
        return current(turn, dialogue, where)
    colleagues = {each.id: each for each in colleagues_at(turn.uow, where, turn.person, turn.today)}
    if hand.colleague_id is None or hand.colleague_id not in colleagues:
        raise Problems({"colleague": Problem("choose_colleague")})
    preparation.hand_to(hand.colleague_id)
    plan(
        turn.uow,
        Occasion(
            key=f"preparation:{dialogue.id}:handed:{hand.colleague_id}:{turn.now.isoformat()}",
            person_id=hand.colleague_id,
            view=VIEW,
            subject_id=dialogue.id,
            due_at=turn.now,
            expires_at=dialogue.starts_at,
        ),
    )
    turn.changes(VIEW, dialogue.id)
    return preparation_sharing.handed(turn._, sheet_of(turn, dialogue, where, preparation))


def take_back(turn: Turn, subject: Subject) -> Card:
    """The leader fills it in after all; the colleague's text stays."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    require_leader(turn, where)
    dialogue.require_preparable()
    preparation.hand_to(None)
    turn.changes(VIEW, dialogue.id)
    return ask(turn, sheet_of(turn, dialogue, where, preparation))


def hand_again(turn: Turn, hand: Hand, problems: Problems) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, hand.dialogue_id)
    colleagues = colleagues_at(turn.uow, where, turn.person, turn.today)
    sheet = as_it_stands(turn, dialogue, where)
    return preparation_sharing.choose_colleague(turn._, sheet, colleagues, problems=problems)
