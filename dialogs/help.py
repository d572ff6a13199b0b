"""What one can write to the bot; also the way forward when a message was not understood."""

from cards import help as cards
from cards.kit import Card
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from domain.organisation import Role


def show(turn: Turn, question: Asked) -> Card:
    return cards.show(turn._, leads=turn.viewer.has(Role.LEADER), is_chief=turn.viewer.has(Role.CHIEF))


def not_understood(turn: Turn) -> Card:
    return cards.show(
        turn._,
        leads=turn.viewer.has(Role.LEADER),
        is_chief=turn.viewer.has(Role.CHIEF),
        not_understood=True,
    )


FLOW = Flow(
    name="help",
    questions={"help": Question(("hjælp", "help", "hvad kan du", "what can you do", "menu", "kommandoer"), show)},
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
