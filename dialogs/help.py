"""What one can write to the bot; also the way forward when a message was not understood."""

from cards import help as cards
from cards.kit import Card
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from domain.organisation import Role


def show(turn: Turn, question: Asked) -> Card:
    return _help(turn)


def not_understood(turn: Turn) -> Card:
    return _help(turn, not_understood=True)


def _help(turn: Turn, *, not_understood: bool = False) -> Card:
    """The words for the person's roles."""
    return cards.show(
        turn._,
        leads=turn.viewer.has(Role.LEADER),
        is_chief=turn.viewer.has(Role.CHIEF),
        administers=turn.viewer.has(Role.ADMINISTRATION),
        sends_themes=turn.viewer.administers_all,
        not_understood=not_understood,
    )


FLOW = Flow(
    name="help",
    questions={"help": Question(("hjælp", "help", "hvad kan du", "what can you do", "menu", "kommandoer"), show)},
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
