"""*Status på fokusområder*: where each focus area is, its last word and date, for whoever answers for it.

Question: `hvilke fokusområder har brug for opmærksomhed i Nord`. A leader who names nothing gets their own focus areas,
to work on. Buttons: *Vis kilder*, *Afgræns*.
"""

from cards import focus_area_status as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import Answering, lacking_in, most_of, traced
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record
from domain.facts import Gap
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.status import Status
from storage.supervision import focus_facts


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """The focus areas of the scope by their last word; where only one word is asked for, nothing is said of gaps."""
    most = most_of(scope, bounds)
    only = Status.NEEDS_ATTENTION if bounds.status is AskedStatus.NEEDS_ATTENTION else None
    open_only = bounds.status is AskedStatus.OPEN
    found = traced(
        lambda most: focus_facts(turn.uow, turn.viewer, scope, most=most, only=only, open_only=open_only),
        most,
        is_traced=bounds.is_traced,
    )
    is_of_words = bounds.status in (AskedStatus.NEEDS_ATTENTION, AskedStatus.OPEN)
    gaps = () if is_of_words else (Gap.NO_FOCUS_AREA,)
    lacking = lacking_in(turn, scope, gaps, record=Record.FOCUS_AREA, most=most)
    return cards.answer(turn._, scope, bounds, found, lacking)


ANSWER: Answering = Answering(
    name=cards.NAME,
    title=N_("Status of focus areas"),
    record=Record.FOCUS_AREA,
    draw=draw,
)

FLOW = Flow(
    name=cards.NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={cards.NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock", "domain", "storage"}),
)
