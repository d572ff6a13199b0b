"""Key figures over half-years: what each was in words, and charts of those that one axis can serve."""

from collections.abc import Sequence
from itertools import groupby

from cards.chart import Series, alike, lines
from cards.language import Translator
from cards.layout import Element
from cards.words import amount, with_unit
from domain.key_figures import FigureRow, Point
from domain.period import HalfYear


def half_years_drawn(
    _: Translator, rows: Sequence[FigureRow], *, sentence: str = "", since: HalfYear | None = None
) -> list[Element]:
    """One chart for what is of one unit and one size, of the rows that have more than one half-year to draw.

    `since` is the first half-year that was asked for: a chart that begins later says so.
    """
    drawable = [each for each in rows if len(_drawn(each)) > 1]
    charts = []
    begins = {each.indicator: min(each.points) for each in drawable}
    told = sentence or _("How the figure was in each half-year.")
    for unit, of_unit in groupby(sorted(drawable, key=lambda each: each.unit), key=lambda each: each.unit):
        # A client sets the half-years along the axis as it meets them: first come those of the figure that has most.
        in_time = sorted(of_unit, key=lambda each: (-len(_drawn(each)), min(_drawn(each))))
        for series in alike([series_of(_, each) for each in in_time]):
            title = with_unit(_, series[0].name if len(series) == 1 else _("Key figures"), unit)
            first = min(begins[each.name] for each in series)
            # The half-years that are asked for stand at the top of the card.
            earlier = _("There are none before %(half_year)s.", half_year=_.the_half_year(first))
            charts.append(lines(title, told if since is None or first <= since else f"{told} {earlier}", series))
    return charts


def _drawn(row: FigureRow) -> list[HalfYear]:
    return [half_year for half_year, point in row.points.items() if point.value is not None]


def series_of(_: Translator, row: FigureRow) -> Series:
    return Series(
        name=row.indicator,
        points=[
            (
                _.half_year(half_year),
                None if point.value is None else round(point.value, 2),
                point_words(_, point, row.unit),
            )
            for half_year, point in row.points.items()
        ],
    )


def point_words(_: Translator, point: Point, unit: str) -> str:
    """78,4 %, or `færre end 5`"""
    return _("fewer than 5") if point.value is None else amount(_, point.value, unit)
