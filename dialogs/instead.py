"""What the bot is asked for and does not do: to pass a message on, to ring, to save without a card; and what it is.

Questions: `send Mette en besked`, `ring til mig`, `gem`, `ja`, `er du en robot`. Each is told what there is instead.
"""

from cards import instead as cards
from dialogs.flow import Flow, Question
from dialogs.understanding import wishes

FLOW = Flow(
    name="instead",
    questions={
        wishes.NO_MESSAGES: Question((), lambda turn, _: cards.no_messages(turn._)),
        wishes.WHOM_TO_ASK: Question((), lambda turn, _: cards.whom_to_ask(turn._, turn.municipality.facts.contact)),
        wishes.SAVING: Question((), lambda turn, _: cards.saving(turn._)),
        wishes.PRESS_THERE: Question((), lambda turn, _: cards.press_there(turn._)),
        wishes.WHAT_I_AM: Question((), lambda turn, _: cards.what_i_am(turn._)),
    },
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
