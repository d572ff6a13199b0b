"""*Observationer*: how far they are, by a word for each, and what is brought to the dialogue once it may be told.

Questions: `hvilke observationer venter på kvittering`, `observationer i Nord i foråret`. A leader who names nothing
gets their own observations, to open. Buttons: *Vis kilder*, *Afgræns*.
"""

from cards import observation_overview as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import MOST_TRACED, Answering, lacking_in, last_of_each, most_of, since_the_last, traced
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.facts import Gap, ObservationFact
from domain.observation import Progress
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found
from storage.supervision_observations import observation_facts


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """I26: nothing of a feedback stands in it before it was acknowledged, or is 14 days old."""
    most, scope = most_of(scope, bounds), since_the_last(scope, bounds)
    only = bounds.status if bounds.status in (AskedStatus.OPEN, AskedStatus.AWAITING_ACKNOWLEDGEMENT) else None

    def find(most: int) -> Found[ObservationFact, Progress]:
        return observation_facts(turn.uow, turn.viewer, scope, now=turn.now, most=most, only=only)

    if bounds.latest:
        held = [fact for fact in find(MOST_TRACED).facts if fact.at <= turn.now]
        found = last_of_each(held, most, word=lambda fact: fact.progress)
    else:
        found = traced(find, most, is_traced=bounds.is_traced)
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
