"""*Det venter*: what there is to look at or to answer, for a chief in their area, and for a leader at their own place.

Question: `hvad skal jeg være opmærksom på`, `hvem venter på mig`. Buttons: *Vis kilder*, *Afgræns* and *Min oversigt*,
where a leader's own tasks are.
"""

from cards import attention_list as cards
from cards import overview
from cards.answer import Answer
from cards.attention_list import NAME, TITLE
from cards.form import carried
from cards.kit import press
from dialogs.answer import Answering, at_most
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record
from domain.attention_list import Waiting
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from storage.attention_list import Looking, waiting_facts

MOST, MOST_IN_SHORT = 4, 2


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """Everything that waits now; of other half-years that are named, what has waited since some day in them."""
    present = HalfYear.of(turn.today)
    is_now = scope.first == scope.last == present
    looking = Looking(
        uow=turn.uow,
        viewer=turn.viewer,
        scope=scope,
        now=turn.now,
        quiet=turn.municipality.quiet,
        most=at_most(bounds, MOST, in_short=MOST_IN_SHORT),
        leader_ids=bounds.leader_ids,
        is_bounded=not is_now or scope.since is not None,
    )
    kinds = (Waiting.AGREEMENT,) if bounds.status is AskedStatus.OVERDUE else tuple(Waiting)
    as_of = turn.now if is_now and scope.since is None else None
    own = press(turn._("My overview"), overview.OPEN, carried(), inputs="none")
    return cards.answer(turn._, scope, bounds, waiting_facts(looking, kinds), as_of=as_of, more=[own])


ANSWER = Answering(name=NAME, title=TITLE, record=Record.FOCUS_AREA, draw=draw)
FLOW = Flow(
    name=NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock"}),
)
