"""Charts, each with a title, a sentence that says what it shows, and its numbers in words where no chart is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.language import Translator
from cards.layout import Element, group
from cards.parts import text

MOST_LINES = 4
# On one axis the smaller of two that differ by more than this lies flat at the bottom.
SAME_SIZE = 3
# Teams writes four numbers above the zero of an axis, and a fraction among them with a point, in Danish too.
PARTS, STEPS = 4, (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80)


@dataclass(frozen=True, kw_only=True)
class Series:
    """A named row of numbers: each point a word, its number, and the number in words. A number may be hidden."""

    name: str
    points: Sequence[tuple[str, float | None, str]]

    @property
    def largest(self) -> float:
        return max((abs(number) for _word, number, _said in self.points if number is not None), default=0)

    @property
    def words(self) -> str:
        """forår 2025: 74,1 % · efterår 2025: 78,4 %"""
        return " · ".join(f"{word}: {said}" for word, _number, said in self.points)


def alike(rows: Sequence[Series]) -> list[list[Series]]:
    """The rows in charts that one axis can serve, in the order that they are given in."""
    charts: list[list[Series]] = []
    for row in rows:
        for chart in charts:
            sizes = [each.largest for each in (*chart, row)]
            if len(chart) < MOST_LINES and max(sizes) <= SAME_SIZE * min(sizes):
                chart.append(row)
                break
        else:
            charts.append([row])
    return charts


def bars(_: Translator, title: str, sentence: str, rows: Sequence[tuple[str, int]]) -> Element:
    """Counts by word, in the order that they are given in."""
    told = " · ".join(f"{word}: {_.number(number)}" for word, number in rows)
    return _chart(
        title,
        sentence,
        [told],
        {
            "type": "Chart.VerticalBar",
            "showBarValues": True,
            **_axis([number for _word, number in rows]),
            "data": [{"x": word, "y": number} for word, number in rows],
        },
    )


def grouped(title: str, sentence: str, rows: Sequence[Series]) -> Element:
    """Series side by side, word by word."""
    return _drawn(title, sentence, rows, "Chart.VerticalBar.Grouped")


def lines(title: str, sentence: str, rows: Sequence[Series]) -> Element:
    """Series over time; what is hidden has no point in it."""
    return _drawn(title, sentence, rows, "Chart.Line")


def told(element: Element) -> tuple[str, Sequence[str]]:
    """The title of a chart and its numbers in words, for where nothing is drawn; of anything else neither."""
    for each in element.get("items", ()):
        if each["type"].startswith("Chart."):
            rows = each["fallback"]["items"]
            return each["title"], ["".join(run["text"] for run in row["inlines"]) for row in rows]
    return "", ()


def _drawn(title: str, sentence: str, rows: Sequence[Series], kind: str) -> Element:
    numbers = [number for row in rows for _word, number, _said in row.points if number is not None]
    return _chart(title, sentence, _told(rows), {"type": kind, **_axis(numbers), "data": _data(rows)})


def _axis(numbers: Sequence[float]) -> Element:
    """From nothing to a round number above the largest, so that no fraction stands at the axis; none below zero."""
    largest = max(numbers, default=0)
    if min(numbers, default=0) < 0:
        return {}
    tens = 1
    while largest > PARTS * STEPS[-1] * tens:
        tens *= 10
    return {"yMin": 0, "yMax": next(PARTS * step * tens for step in STEPS if PARTS * step * tens >= largest)}


def _data(rows: Sequence[Series]) -> list[Element]:
    return [{"legend": each.name, "values": _values(each)} for each in rows]


def _values(row: Series) -> list[Element]:
    return [{"x": word, "y": _whole(number)} for word, number, _said in row.points if number is not None]


def _whole(number: float) -> float:
    """A count without a fraction."""
    return int(number) if number == int(number) else number


def _told(rows: Sequence[Series]) -> list[str]:
    return [f"{each.name} – {each.words}" if len(rows) > 1 else each.words for each in rows]


def _chart(title: str, sentence: str, told: Sequence[str], chart: Element) -> Element:
    numbers = group(*[text(each, small=True, spacing="ExtraSmall") for each in told], spacing="Small")
    drawn = {
        **chart,
        "title": title,
        "colorSet": "categorical",
        "spacing": "Small",
        "fallback": numbers,
    }
    # The title stands as text, since a phone draws no chart and the numbers in its place would be of nothing.
    return group(
        text(title, small=True, strong=True),
        text(sentence, small=True, subtle=True, spacing="None"),
        drawn,
        spacing="Small",
    )
