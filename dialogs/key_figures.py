"""*Nøgletal*: the figures of a theme or of institutions over up to four half-years, and the way to reading them.

Question: `tal for overgange i Nord`, `fravær på Elmeskolen`. A leader who names nothing gets their newest data package,
to interpret it.
Buttons: *Vis kilder*, *Afgræns*.
"""

from collections.abc import Sequence
from dataclasses import replace

from cards import key_figures as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import MOST_TRACED, Answering, at_most, most_of
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from dialogs.understanding.indicators import counted_by
from domain.access import Record
from domain.indicator import Indicator
from domain.key_figures import HALF_YEARS_SHOWN, FigureRow
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from storage.cycle import themes_with_ids
from storage.key_figures import figure_rows, packages_behind

# As many institutions as a chief has in a large area, each of which opens as a source of a mean.
MOST_SOURCES = 40
# Two cycles, and the years that key figures are kept of before the bot.
LOOKED_BACK = 12


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """The four half-years up to the last one that is meant; fewer where fewer were asked for by name."""
    earliest = scope.last.plus(1 - HALF_YEARS_SHOWN)
    is_span = scope.first < scope.last
    about = replace(scope, first=max(scope.first, earliest) if is_span else earliest)
    if indicator := bounds.indicator:
        # A theme of the same name has other figures as well, and the figure may be one of the local development.
        about = replace(about, theme=None)
    there_are = figure_rows(turn.uow, turn.viewer, about, most=at_most(bounds, MOST_SOURCES))
    rows = _called_so(there_are, indicator)
    ids = {row.theme_id for row in rows if row.theme_id}
    themes = sorted(themes_with_ids(turn.uow, list(ids)).values(), key=lambda each: each.title)
    by_id, most = {each.id: each for each in themes}, most_of(scope, bounds)
    behind = None
    if rows and not about.is_one_place:
        shown = [row for _theme, some, _more in cards.shown_of(rows, by_id, most) for row in some]
        # A file has the numbers of every half-year in its lines.
        places = MOST_TRACED // HALF_YEARS_SHOWN if bounds.is_traced or bounds.is_whole else 0
        behind = packages_behind(turn.uow, turn.viewer, about, shown, most=places)
    return cards.answer(
        turn._,
        about,
        bounds,
        rows,
        by_id,
        most=most,
        behind=behind,
        has_others=bool(there_are),
        latest=None if rows else _latest(turn, about, indicator),
        narrower=sorted({row.indicator for row in rows}) if _count_a_part(rows, indicator) else (),
    )


def _called_so(rows: Sequence[FigureRow], indicator: Indicator | None) -> list[FigureRow]:
    """The figures that count what is asked for; all of them where nothing is."""
    return [row for row in rows if indicator is None or indicator in counted_by(row.indicator)]


def _count_a_part(rows: Sequence[FigureRow], indicator: Indicator | None) -> bool:
    """Whether nothing but `sygefravær` counts the `fravær` that is asked for."""
    return indicator is not None and all(
        any(each.is_part_of is indicator for each in counted_by(row.indicator)) for row in rows
    )


def _latest(turn: Turn, about: Scope, indicator: Indicator | None) -> HalfYear | None:
    """The latest half-year that has such figures, where those that are asked about have none."""
    present = HalfYear.of(turn.today)
    ever = replace(about, first=present.plus(1 - LOOKED_BACK), last=present, since=None)
    rows = _called_so(figure_rows(turn.uow, turn.viewer, ever, most=1), indicator)
    return max((row.newest[0] for row in rows), default=None)


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
