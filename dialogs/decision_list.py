"""*Beslutninger*: what was decided in learning dialogues, what it rests on, where the measures are, and what the board
said.

Questions: `hvad besluttede Elmeskolen i sidste samtale`, `indsatser på Elmeskolen`, `hvilke indsatser er over fristen`,
`hvad sagde bestyrelsen`.
Buttons: *Vis kilder*, *Afgræns*.
"""

from dataclasses import replace

from cards import decision_list as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import MOST_IN_FILE, MOST_TRACED, Answering, most_of, of_dialogue_number
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record
from domain.cycle import HALF_YEARS
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found
from storage.board import board_facts
from storage.decision_list import decision_facts, dialogues_behind, measure_facts, withdrawn_facts


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """The decisions and the measures; of the measures, or of what is open or past its date, those alone.

    Without a half-year those of the last two years are meant, the time of a whole cycle. A decision belongs to a
    dialogue, so that one dialogue, or the last, is answered without the measures of others.
    """
    scope, cycles = of_dialogue_number(turn, scope, bounds)
    if not cycles and bounds.first is None and bounds.last is None:
        scope = replace(scope, first=scope.last.plus(1 - HALF_YEARS))
    most = most_of(scope, bounds)
    if bounds.status is AskedStatus.BOARD:
        number = bounds.dialogue_no
        told = board_facts(turn.uow, turn.viewer, scope, most=MOST_IN_FILE, number=number, cycles=cycles)
        if bounds.latest:
            told = list({each.where.id: each for each in reversed(told)}.values())[::-1]
        return cards.of_the_board(turn._, scope, bounds, told[:most], more=max(len(told) - most, 0))
    is_of_measures = bounds.status in cards.OF_MEASURES
    of_dialogue = bounds.dialogue_no is not None or bounds.latest
    found = (
        Found()
        if is_of_measures
        else decision_facts(
            turn.uow, turn.viewer, scope, most=most, number=bounds.dialogue_no, cycles=cycles, latest=bounds.latest
        )
    )
    measures = (
        Found()
        if of_dialogue and not is_of_measures
        else measure_facts(turn.uow, turn.viewer, scope, today=turn.today, most=most, only=bounds.status)
    )
    withdrawn = (
        []
        if is_of_measures
        else withdrawn_facts(turn.uow, turn.viewer, scope, most=most, number=bounds.dialogue_no, cycles=cycles)
    )
    behind = None
    if found.more or measures.more:
        behind = dialogues_behind(
            turn.uow,
            turn.viewer,
            scope,
            now=turn.now,
            today=turn.today,
            most=MOST_TRACED if bounds.is_traced else 0,
            told={ref.id for each in (found, measures) for ref in each.sources},
            withdrawn={fact.source.id for fact in withdrawn},
            of_decisions=found.more > 0,
            of_measures=measures.more > 0,
            number=bounds.dialogue_no,
            cycles=cycles,
            latest=bounds.latest,
            only=bounds.status,
        )
    return cards.answer(turn._, scope, bounds, found, measures, withdrawn, behind)


ANSWER: Answering = Answering(name=cards.NAME, title=N_("Decisions"), record=Record.DECISION, draw=draw)

FLOW = Flow(
    name=cards.NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={cards.NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock"}),
)
