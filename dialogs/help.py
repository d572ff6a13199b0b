"""What one can write to the bot; also the way forward when a message was not understood."""

from cards import help as cards
from cards.kit import Card
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from domain.organisation import Role


def show(turn: Turn, question: Asked) -> Card:
    return _card(turn)


def not_understood(turn: Turn) -> Card:
    return _card(turn, not_understood=True)


def _card(turn: Turn, *, not_understood: bool = False) -> Card:
    """The words for the person's roles."""
    leads = turn.viewer.has(Role.LEADER)
    return cards.show(
        turn._,
        leads=leads,
        is_chief=turn.viewer.has(Role.CHIEF),
        facilitates=turn.viewer.has(Role.FACILITATOR),
        observes=leads or turn.viewer.has(Role.OBSERVER),
        administers=turn.viewer.has(Role.ADMINISTRATION),
        sends_themes=turn.viewer.administers_all,
        not_understood=not_understood,
    )


FLOW = Flow(
    name="help",
    questions={"help": Question(("hjælp", "help", "hvad kan du", "what can you do", "menu", "kommandoer"), show)},
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
