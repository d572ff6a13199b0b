"""*Aftaler fra 1:1*: the agreements by how they stand, for the chief of the institutions, and for a leader their own.

Question: `hvilke aftaler er over datoen i Nord`. Buttons: *Vis kilder*, *Afgræns*, and *Åbn aftalen*, which is where it
is followed up. A leader who writes no more than `aftaler` gets their open ones.
"""

from collections.abc import Sequence

from cards import agreement_overview as cards
from cards.agreement_overview import NAME, TITLE, Overview
from cards.answer import Answer
from dialogs.answer import Answering, at_most, most_of, traced
from dialogs.flow import Flow, Question
from dialogs.scope import OutsideResponsibility
from dialogs.turn import Turn
from domain.access import Record
from domain.facts import AgreementWord
from domain.organisation import Person
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from storage.agreement_overview import agreements_by_word, without_agreements
from storage.organisation import person_with_id
from storage.roles import once_led, staff_on

WORDS = {
    AskedStatus.OPEN: (AgreementWord.OPEN, AgreementWord.OVERDUE),
    AskedStatus.OVERDUE: (AgreementWord.OVERDUE,),
}
MOST = 4


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    most = most_of(scope, bounds)
    # Five words with eight lines each would be more than a card holds.
    each = min(most, at_most(bounds, MOST)) if bounds.status is None else most
    leaders = leaders_in(turn, scope, bounds)
    words = WORDS.get(bounds.status, tuple(AgreementWord)) if bounds.status else tuple(AgreementWord)
    found = traced(
        lambda most: agreements_by_word(
            turn.uow,
            turn.viewer,
            scope,
            today=turn.today,
            most=most,
            words=words,
            leader_ids=bounds.leader_ids,
            is_latest=bounds.latest,
        ),
        each,
        is_traced=bounds.is_traced,
    )
    without = None
    if bounds.status is AskedStatus.NONE:
        without = without_agreements(turn.uow, turn.viewer, scope, leader_ids=bounds.leader_ids)
    told = Overview(scope=scope, bounds=bounds, found=found, without=without, most=most, leaders=leaders)
    return cards.answer(turn._, told)


def leaders_in(turn: Turn, scope: Scope, bounds: Bounds) -> Sequence[Person]:
    """The leaders who are asked about, who lead something in the scope or have led it; nobody else is named."""
    if not bounds.leader_ids:
        return []
    staff = staff_on(turn.uow, turn.today)
    leading = {each.id: each for where in scope.institutions for each in staff.leaders(where)}
    there = {where.id for where in scope.institutions}
    for each in set(bounds.leader_ids) - set(leading):
        if there.isdisjoint(where.id for _held, where in once_led(turn.uow, each)):
            raise OutsideResponsibility
        leading[each] = person_with_id(turn.uow, each)
    return [leading[each] for each in bounds.leader_ids]


ANSWER = Answering(name=NAME, title=TITLE, record=Record.AGREEMENT, draw=draw)
FLOW = Flow(
    name=NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock", "domain"}),
)
