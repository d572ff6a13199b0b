"""*Nøgletal*: the figures of a theme or of institutions over up to four half-years, and the way to reading them.

Question: `tal for overgange i Nord`, `fravær på Elmeskolen`. A leader who names nothing gets their newest data package,
to interpret it.
Buttons: *Vis kilder*, *Afgræns*.
"""

from dataclasses import replace

from cards import key_figures as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import Answering, at_most, most_of
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from dialogs.understanding.indicators import counted_by
from domain.access import Record
from domain.key_figures import HALF_YEARS_SHOWN
from domain.scope import Bounds, Scope
from storage.cycle import themes_with_ids
from storage.key_figures import figure_rows

# As many institutions as a chief has in a large area, each of which opens as a source of a mean.
MOST_SOURCES = 40


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """The four half-years up to the last one that is meant; fewer where fewer were asked for by name."""
    earliest = scope.last.plus(1 - HALF_YEARS_SHOWN)
    is_span = scope.first < scope.last
    about = replace(scope, first=max(scope.first, earliest) if is_span else earliest)
    if indicator := bounds.indicator:
        # A theme of the same name has other figures as well, and the figure may be one of the local development.
        about = replace(about, theme=None)
    rows = figure_rows(turn.uow, turn.viewer, about, most=at_most(bounds, MOST_SOURCES))
    if indicator:
        rows = [row for row in rows if indicator in counted_by(row.indicator)]
    ids = {row.theme_id for row in rows if row.theme_id}
    themes = sorted(themes_with_ids(turn.uow, list(ids)).values(), key=lambda each: each.title)
    return cards.answer(
        turn._,
        about,
        bounds,
        rows,
        {each.id: each for each in themes},
        most=most_of(scope, bounds),
    )


ANSWER: Answering = Answering(
    name=cards.NAME,
    title=N_("Key figures"),
    record=Record.DATA_PACKAGE,
    draw=draw,
)

FLOW = Flow(
    name=cards.NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={cards.NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock"}),
)
