"""*Ikke nu*: the same card again tomorrow, on Monday or next week, whichever suits.

Nothing is lost by it: a form keeps its draft before it asks when. Question: `ikke nu` is about the newest card that
waits for an answer.
"""

from datetime import timedelta
from uuid import UUID

import dialogs
from cards import later as cards
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from domain.errors import NotAllowed
from domain.prompt import Occasion
from domain.quiet import Snooze, snooze
from storage.prompt import open_prompts_of, plan

WAITS = timedelta(days=14)


def ask(turn: Turn, view: str, subject_id: UUID) -> Card:
    """Asks when the view of the subject shall come again."""
    return cards.ask(turn._, view, subject_id)


def asked(turn: Turn, question: Asked) -> Card:
    waiting = open_prompts_of(turn.uow, turn.person)
    if not waiting:
        return cards.nothing_waits(turn._)
    return ask(turn, waiting[0].view, waiting[0].subject_id)


def choose(turn: Turn, form: cards.LaterForm) -> Card:
    """Plans the card again; who may see it is decided anew when it is drawn."""
    if form.view not in dialogs.VIEWS:
        raise NotAllowed
    due_at = snooze(form.when or Snooze.TOMORROW, turn.now, turn.municipality.quiet)
    plan(
        turn.uow,
        Occasion(
            key=f"later:{form.subject_id}:{turn.person.id}:{form.view}:{due_at.date()}",
            person_id=turn.person.id,
            view=form.view,
            subject_id=form.subject_id,
            due_at=due_at,
            expires_at=due_at + WAITS,
        ),
    )
    return cards.saved(turn._, due_at)


FLOW = Flow(
    name="later",
    buttons={cards.CHOOSE: Button(cards.LaterForm.read, choose)},
    questions={"later": Question(("ikke nu", "senere", "not now", "later"), asked)},
    without=frozenset({"views", "clock", "domain", "storage"}),
)
