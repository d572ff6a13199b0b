"""*Observationer*: how far they are, by a word for each, and what is brought to the dialogue once it may be told.

Questions: `hvilke observationer venter på kvittering`, `observationer i Nord i foråret`. A leader who names nothing
gets their own observations, to open. Buttons: *Vis kilder*, *Afgræns*.
"""

from cards import observation_overview as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import Answering, lacking_in, last_of_each, most_of, since_the_last, traced
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.facts import Gap
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from storage.supervision_observations import last_observations, observation_facts


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """I26: nothing of a feedback stands in it before it was acknowledged, or is 14 days old."""
    most, scope = most_of(scope, bounds), since_the_last(scope, bounds)
    only = bounds.status if bounds.status in (AskedStatus.OPEN, AskedStatus.AWAITING_ACKNOWLEDGEMENT) else None

    if bounds.latest:
        held = last_observations(turn.uow, turn.viewer, scope, now=turn.now, only=only)
        found = last_of_each(held, most, word=lambda fact: fact.progress)
    else:
        found = traced(
            lambda most: observation_facts(turn.uow, turn.viewer, scope, now=turn.now, most=most, only=only),
            most,
            is_traced=bounds.is_traced,
        )
    gaps = () if only or bounds.latest else (Gap.NO_OBSERVATION,)
    lacking = lacking_in(turn, scope, gaps, record=Record.FOCUS_AREA, most=most)
    return cards.answer(turn._, scope, bounds, found, lacking)


ANSWER: Answering = Answering(
    name=cards.NAME,
    title=N_("Observations"),
    record=Record.OBSERVATION,
    least=Sight.STATUS,
    draw=draw,
)

FLOW = Flow(
    name=cards.NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={cards.NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock", "domain", "storage"}),
)
