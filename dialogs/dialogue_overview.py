"""*Områdeoverblik*: per institution from A to Å where its learning dialogue is, its focus areas, and what waits.

Questions: `områdeoverblik`, `hvem har ikke forberedt sig til samtale 2`. A leader who names nothing gets their own
dialogues, to work with. Buttons: *Vis kilder*, *Afgræns*.
"""

from cards import dialogue_overview as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import Answering, most_of, of_dialogue_number
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.supervision import Bounds, Found, Scope
from storage.dialogue_overview import place_facts
from storage.supervision import dialogue_facts

MOST_PLACES = 15


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """A line for each institution; of one institution, its dialogues with what was decided in them."""
    scope, cycles = of_dialogue_number(turn, scope, bounds)
    found = place_facts(
        turn.uow,
        turn.viewer,
        scope,
        now=turn.now,
        quiet=turn.municipality.quiet,
        most=most_of(scope, bounds) if bounds.is_short else MOST_PLACES,
        number=bounds.dialogue_no,
        cycles=cycles,
        only=bounds.status,
    )
    if not scope.is_one_place:
        return cards.of_several(turn._, scope, bounds, found)
    is_narrow = bounds.dialogue_no or bounds.status
    dialogues = Found() if is_narrow else dialogue_facts(turn.uow, turn.viewer, scope, most=most_of(scope, bounds))
    return cards.of_one(turn._, scope, bounds, found, dialogues)


ANSWER: Answering = Answering(
    name=cards.NAME,
    title=N_("Area overview"),
    record=Record.PREPARATION_DRAFT,
    least=Sight.STATUS,
    draw=draw,
)

FLOW = Flow(
    name=cards.NAME,
    buttons=ANSWER.buttons,
    questions={
        cards.NAME: Question(
            ("områdeoverblik", "områdeoverblikket", "overblik over området", "area overview"), ANSWER.asked
        ),
    },
    without=frozenset({"views", "clock"}),
)
