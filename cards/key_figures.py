"""Key figures over half-years, theme by theme; R-32: figures say nothing until they are interpreted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from cards.answer import Answer, Part
from cards.figure_charts import half_years_drawn, point_words, series_of
from cards.form import carried
from cards.kit import Action, press
from cards.language import Translator
from cards.layout import Element, capital
from cards.scope import carry
from cards.words import theme_title
from domain.cycle import Theme
from domain.key_figures import Behind, FigureRow
from domain.period import HalfYear
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.supervision import Section

NAME = "key_figures"
MOST_CHARTS = 4


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    rows: Sequence[FigureRow],
    themes: Mapping[UUID, Theme],
    *,
    most: int,
    has_others: bool = False,
    latest: HalfYear | None = None,
    narrower: Sequence[str] = (),
    behind: Behind | None = None,
) -> Answer:
    """The figures of each theme with a chart of how they were over the half-years, and then the local development.

    Where there are none, whether the half-years have others, and the `latest` that has such figures. `narrower` are
    those that count only a part of what is asked for, and `behind` the packages of the charts that are not known yet.
    """
    behind = behind or Behind()
    parts: list[Part] = []
    drawn = 0
    for key, shown, more in shown_of(rows, themes, most):
        told: list[Line] = []
        for each in shown:
            line = figure_line(_, each, scope, whole=bounds.is_whole)
            told.append(_with_all(line, each, behind, is_first=not (told or parts)))
        # A file has the numbers of every half-year in its lines.
        charts = [] if bounds.is_short or bounds.is_whole else _charts(_, scope, shown)[: MOST_CHARTS - drawn]
        parts.append(
            Part(
                lead=theme_title(_, themes[key]) if key else _("Local development"),
                lines=told,
                more=more,
                drawn=charts,
            )
        )
        drawn += len(charts)
    return Answer(
        name=NAME,
        title=_("Key figures"),
        scope=scope,
        bounds=bounds,
        parts=parts or [Part(nothing=_nothing(_, bounds, has_others=has_others, latest=latest))],
        only=("indicator",),
        more=[
            *([_to_latest(_, bounds, latest)] if latest else []),
            *([_to_all(_, bounds)] if bounds.indicator and has_others else []),
        ],
        hints=[
            *([_only_a_part(_, narrower)] if narrower else []),
            _(
                "Figures say nothing until they are interpreted, together with those they are about and with what "
                "children, young people and parents tell."
            ),
        ],
    )


def shown_of(
    rows: Sequence[FigureRow], themes: Iterable[UUID], most: int
) -> Sequence[tuple[UUID | None, Sequence[FigureRow], int]]:
    """The first rows of each theme that there is room for, at least one of each, and how many more it has."""
    found: list[tuple[UUID | None, Sequence[FigureRow], int]] = []
    room = most
    for key in (*themes, None):
        of_theme = [each for each in rows if each.theme_id == key]
        if not of_theme:
            continue
        shown = of_theme[: max(room, 1)]
        found.append((key, shown, len(of_theme) - len(shown)))
        room -= len(shown)
    return found


def _to_all(_: Translator, bounds: Bounds) -> Action:
    every = {**carried(), **carry(replace(bounds, indicator=None, theme_id=None))}
    return press(_("All key figures"), f"{NAME}.open", every, inputs="none")


def _to_latest(_: Translator, bounds: Bounds, latest: HalfYear) -> Action:
    then = {**carried(), **carry(replace(bounds, first=latest, last=latest))}
    return press(capital(_.half_year(latest)), f"{NAME}.open", then, inputs="none")


def _only_a_part(_: Translator, narrower: Sequence[str]) -> str:
    """What the figures are called that stand for a wider one, so that nobody takes them for what was asked before."""
    return _("There is no other figure of it here than: %(figures)s.", figures=", ".join(narrower))


def _nothing(_: Translator, bounds: Bounds, *, has_others: bool, latest: HalfYear | None) -> str:
    if latest:
        return _(
            "There are no such figures for these half-years. The latest are of %(half_year)s.",
            half_year=_.the_half_year(latest),
        )
    if bounds.indicator and has_others:
        return _("None of the key figures of these half-years is called so.")
    return _("No data package was released for these half-years.")


def figure_line(_: Translator, each: FigureRow, scope: Scope, *, whole: bool = False) -> Line:
    """Elevfravær: 6,2 %, with what it was in each half-year, of which a chart may stand beside it or not."""
    half_year, point = each.newest
    value = point_words(_, point, each.unit)
    if not scope.is_one_place and point.value is not None:
        # The mean of one is no mean, but its figure.
        number = _.ngettext("%(n)s institution", "%(n)s institutions", point.institutions)
        mean = _("%(value)s, the average of %(institutions)s", value=value, institutions=number)
        value = mean if point.institutions > 1 else _("%(value)s in one institution", value=value)
    return Line(
        section=Section.DATA,
        lead=each.indicator,
        rest=value,
        small=series_of(_, each).words if whole or len(each.points) > 1 else _.half_year(half_year),
        is_count=not scope.is_one_place,
        sources=tuple(each.sources),
    )


def _with_all(line: Line, row: FigureRow, behind: Behind, *, is_first: bool) -> Line:
    """The line with the packages of every half-year; the `is_first` of them counts those that are not known for all."""
    known = {ref.id for ref in line.sources}
    traced = tuple(ref for ref in behind.sources.get(row.key, ()) if ref.id not in known)
    has_more = sum(point.institutions for point in row.points.values()) > len(known) + len(traced)
    return replace(
        line,
        traced=traced,
        unseen=behind.number if is_first or has_more else 0,
        latest=behind.latest,
        is_of_others=not is_first,
    )


def _charts(_: Translator, scope: Scope, rows: Sequence[FigureRow]) -> list[Element]:
    sentence = (
        _("How the figure was in each half-year.")
        if scope.is_one_place
        else _("The average of the institutions in each half-year.")
    )
    return half_years_drawn(_, rows, sentence=sentence, since=scope.first)
