"""What the bot is asked for and does not do: to pass a message on, to ring, to save without a card; and what it is.

Questions: `send Mette en besked`, `mind skolerne om det`, `ring til mig`, `gem`, `ja`, `er du en robot`. Each is told
what there is instead. `Ny indsats`, `luk fokusområdet` and `luk aftalen om netværket` open where that is done.
"""

from cards import instead as cards
from cards.kit import Card
from dialogs import agreement, measure
from dialogs.behind import LEAST_TOLD
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from dialogs.understanding import not_here, own
from domain.organisation import Role
from storage.roles import institutions_led_by, staff_on


def _whom_to_ask(turn: Turn, asked: Asked) -> Card:
    facts = turn.municipality.facts
    if own.speaks_of(asked.text, "complaint"):
        return cards.whom_to_complain_to(turn._, facts.contact, facts.protection_officer)
    led = institutions_led_by(turn.uow, turn.viewer)
    chiefs = [each.name for where in led for each in staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where)]
    return cards.whom_to_ask(
        turn._,
        facts.contact,
        list(dict.fromkeys(chiefs)),
        protection_officer=facts.protection_officer,
        rings=own.speaks_of(asked.text, "ring_somebody"),
    )


def _settle(turn: Turn, asked: Asked) -> Card:
    """The agreement or the measure that is named, or which of them; what begins, and a focus area, is decided."""
    about, name = own.settled_in(asked.text)
    if about == "agreement":
        return agreement.named(turn, name)
    leads = turn.viewer.has(Role.LEADER)
    if about == "measure" and leads and not own.begins_one(asked.text):
        return measure.to_end(turn, name)
    return cards.by_decision(
        turn._, leads=leads, written=asked.text if name or len(asked.text.split()) >= LEAST_TOLD else ""
    )


FLOW = Flow(
    name="instead",
    questions={
        not_here.NO_MESSAGES: Question((), lambda turn, _: cards.no_messages(turn._)),
        not_here.NO_REMINDERS: Question((), lambda turn, _: cards.no_reminders(turn._)),
        not_here.SETTLE: Question((), _settle),
        not_here.WHOM_TO_ASK: Question((), _whom_to_ask),
        not_here.SAVING: Question((), lambda turn, _: cards.saving(turn._)),
        not_here.PRESS_THERE: Question((), lambda turn, _: cards.press_there(turn._)),
        not_here.WHAT_I_AM: Question((), lambda turn, _: cards.what_i_am(turn._)),
    },
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
