"""What the bot is asked for and does not do: to pass a message on, to ring, to save without a card; and what it is.

Questions: `send Mette en besked`, `ring til mig`, `gem`, `ja`, `er du en robot`. Each is told what there is instead.
"""

from cards import instead as cards
from cards.kit import Card
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from dialogs.understanding import wishes
from domain.organisation import Role
from storage.roles import institutions_led_by, staff_on


def _whom_to_ask(turn: Turn) -> Card:
    led = institutions_led_by(turn.uow, turn.viewer)
    chiefs = [each.name for where in led for each in staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where)]
    return cards.whom_to_ask(turn._, turn.municipality.facts.contact, list(dict.fromkeys(chiefs)))


FLOW = Flow(
    name="instead",
    questions={
        wishes.NO_MESSAGES: Question((), lambda turn, _: cards.no_messages(turn._)),
        wishes.WHOM_TO_ASK: Question((), lambda turn, _: _whom_to_ask(turn)),
        wishes.SAVING: Question((), lambda turn, _: cards.saving(turn._)),
        wishes.PRESS_THERE: Question((), lambda turn, _: cards.press_there(turn._)),
        wishes.WHAT_I_AM: Question((), lambda turn, _: cards.what_i_am(turn._)),
    },
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
