"""*Det venter*: what there is to look at or to answer, for a chief in their area, and for a leader at their own place.

Where nothing else is named, what waits for whoever asks stands above it.

Questions: `hvad skal jeg være opmærksom på`, `hvem venter på mig`, `hvilke anbefalinger er ikke besvaret`. Buttons:
*Vis kilder*, *Afgræns* and *Min oversigt*, where the tasks are that find no room.
"""

from dataclasses import replace

from cards import attention_list as cards
from cards import overview
from cards.answer import Answer
from cards.attention_list import NAME, TITLE
from cards.form import carried
from cards.kit import press
from dialogs.answer import MOST_TRACED, Answering, at_most
from dialogs.attention_own import Own, is_of_all, own_of
from dialogs.flow import Flow, Question
from dialogs.responsibility import only_leads
from dialogs.scope import is_within, sight_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.attention_list import Waiting
from domain.organisation import a_to_aa
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from storage.agreement import closed_with_open_agreements
from storage.attention_list import Looking, waiting_facts

MOST, MOST_IN_SHORT = 4, 2
KINDS = {
    AskedStatus.OVERDUE: (Waiting.AGREEMENT, Waiting.OTHERS),
    AskedStatus.UNANSWERED: (Waiting.RECOMMENDATION,),
}


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """Everything that waits now; of other half-years that are named, what has waited since some day in them.

    Of a leader's own institution, what others are to do stands below what they can do themselves.
    """
    scope = _with_what_closed(turn, scope, bounds)
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
        is_own=only_leads(turn),
    )
    kinds = KINDS.get(bounds.status, tuple(Waiting)) if bounds.status else tuple(Waiting)
    waits = waiting_facts(looking, kinds)
    if bounds.is_traced and any(each.more for each in waits.values()):
        others = waiting_facts(replace(looking, most=MOST_TRACED), kinds)
        waits = {kind: each.with_traced(others[kind].sources) for kind, each in waits.items()}
    as_of = turn.now if is_now and scope.since is None else None
    own = press(turn._("My overview"), overview.OPEN, carried(), inputs="none")
    mine = own_of(turn) if as_of and not bounds.is_whole and is_of_all(bounds) else Own()
    return cards.answer(
        turn._,
        scope,
        bounds,
        waits,
        as_of=as_of,
        more=[own],
        own=mine.parts,
        known=mine.sources,
        is_own=looking.is_own,
    )


def _with_what_closed(turn: Turn, scope: Scope, bounds: Bounds) -> Scope:
    """I23: "Open agreements appear … until closed": the scope with what closed before it and has such agreements.

    Nothing else waits where the doors are closed.
    """
    if bounds.institution_ids or scope.theme:
        return scope
    gone = [
        where
        for where in closed_with_open_agreements(turn.uow, turn.today)
        if where.id not in scope.places
        and is_within(where, bounds)
        and sight_of(turn, Record.AGREEMENT, where) >= Sight.FULL
    ]
    if not gone:
        return scope
    return replace(scope, institutions=tuple(sorted((*scope.institutions, *gone), key=lambda each: a_to_aa(each.name))))


ANSWER: Answering = Answering(name=NAME, title=TITLE, record=Record.FOCUS_AREA, draw=draw)
FLOW: Flow = Flow(
    name=NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock"}),
)
