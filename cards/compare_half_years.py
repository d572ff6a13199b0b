"""Two half-years side by side: what is registered in each, and the key figures, drawn and in numbers.

The earlier one stands first. What differs is left to the reader: no word, sign or colour says what it means.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from cards import chart
from cards.answer import Answer, Part
from cards.chart import Series
from cards.language import N_, Translator
from cards.layout import Element
from cards.scope import scope_words
from cards.supervision import agreement_count, dialogue_count, focus_words, observation_count, voice_count
from cards.words import amount, with_unit
from domain.compare_half_years import Half, Level
from domain.facts import SourceRef
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.supervision import Found, Section

NAME = "compare_half_years"
TITLE = N_("Two half-years side by side")
MOST_FIGURES, MOST_DRAWN = 8, 4
PERCENT = "%"

Counted = Callable[[Half], Found[Any, Any] | None]
Words = Callable[[Translator, Found[Any, Any]], str]
COUNTED: tuple[tuple[Section, str, Counted, Words], ...] = (
    (Section.FOCUS_AREAS, N_("Focus areas"), lambda half: half.focus_areas, focus_words),
    (Section.PERSPECTIVES, N_("Perspectives"), lambda half: half.voices, voice_count),
    (Section.DIALOGUES, N_("Learning dialogues"), lambda half: half.dialogues, dialogue_count),
    (Section.OBSERVATIONS, N_("Observations"), lambda half: half.observations, observation_count),
    (Section.AGREEMENTS, N_("Agreements"), lambda half: half.agreements, agreement_count),
)


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    halves: Sequence[Half],
    both: Mapping[Section, int] = MappingProxyType({}),
) -> Answer:
    """`halves` are the two, the earlier one first; `both` is how many of a kind are counted in either."""
    earlier, later = halves
    when = _("%(earlier)s and %(later)s", earlier=_half(_, earlier), later=_half(_, later))
    rows, absent = _counts(_, halves, both)
    # A file has every number in its lines.
    drawn = [] if bounds.is_whole or not rows else [_drawn(_, halves)]
    parts = [Part(title=_("What is registered"), lines=rows, drawn=drawn)]
    figures = _figures(_, halves)
    if figures:
        shown = figures if bounds.is_whole else figures[:MOST_FIGURES]
        parts.append(
            Part(
                title=_("Key figures"),
                lines=[line for line, _levels in shown],
                more=len(figures) - len(shown),
                drawn=[] if bounds.is_whole else _drawn_shares(_, halves, [levels for _line, levels in shown]),
            )
        )
    if not rows and not figures:
        parts = [Part(nothing=_("Nothing is registered in either of the two half-years."))]
    hints = []
    if rows and absent:
        hints.append(_("Nothing is registered in either half-year of: %(what)s.", what=_.join(absent)))
    if rows and not figures:
        hints.append(_("There are no key figures of the two half-years."))
    if rows or figures:
        hints.append(_("A number alone does not say why it differs. Ask those who know the place."))
    return Answer(
        name=NAME,
        title=_(TITLE),
        scope=scope,
        bounds=bounds,
        parts=parts,
        hints=hints,
        about=scope_words(_, scope, when),
    )


def _half(_: Translator, half: Half) -> str:
    return _.half_year(half.half_year)


def _counts(_: Translator, halves: Sequence[Half], both: Mapping[Section, int]) -> tuple[list[Line], list[str]]:
    """A line for each kind of record with its number in each half-year, and the kinds of which there is none."""
    lines, absent = [], []
    for part, name, of, words in COUNTED:
        found = [(half, of(half)) for half in halves]
        if any(each is None for _half_year, each in found):
            continue
        there = [(half, each) for half, each in found if each is not None]
        if not any(each.total for _half_year, each in there):
            absent.append(_(name)[:1].lower() + _(name)[1:])
            continue
        told = []
        for half, each in there:
            more = f" ({words(_, each)})" if each.total else ""
            told.append(f"{_half(_, half)}: {_.number(each.total)}{more}")
        in_all = sum(each.total for _half_year, each in there) - both.get(part, 0)
        lines.append(_counted(part, _(name), told, [each for _half_year, each in there], in_all))
    return lines, absent


def _counted(part: Section, name: str, told: Sequence[str], found: Sequence[Found[Any, Any]], in_all: int) -> Line:
    """`in_all` are those of the two half-years, of which one may stand in both."""
    known = {ref.id: ref for each in found for ref in each.sources}
    traced = {ref.id: ref for each in found for ref in each.traced if ref.id not in known}
    return Line(
        section=part,
        lead=name,
        quote="\n".join(told),
        is_count=True,
        sources=tuple(known.values()),
        traced=tuple(traced.values()),
        unseen=in_all - len(known) - len(traced),
        latest=max(filter(None, (each.latest for each in found)), default=None),
    )


def _drawn(_: Translator, halves: Sequence[Half]) -> Element:
    rows = [
        Series(
            name=_half(_, half),
            points=[
                (_(name), float(found.total), _.number(found.total))
                for _section, name, of, _words in COUNTED
                if (found := of(half)) is not None
            ],
        )
        for half in halves
    ]
    return chart.grouped(
        _("Number of each kind"), _("How much is registered of each kind in the two half-years."), rows
    )


def _figures(_: Translator, halves: Sequence[Half]) -> list[tuple[Line, tuple[Level | None, ...]]]:
    """A line for each key figure of either half-year, by name, and what it is in each."""
    by_half = [{(each.indicator, each.unit): each for each in half.levels} for half in halves]
    keys = sorted({key for found in by_half for key in found})
    made = []
    # The figures of a theme rest on the same packages, hundreds of them, which are put together once.
    together: dict[tuple[int, ...], tuple[SourceRef, ...]] = {}
    for indicator, unit in keys:
        levels = tuple(found.get((indicator, unit)) for found in by_half)
        told = [f"{_half(_, half)}: {_level(_, level)}" for half, level in zip(halves, levels, strict=True)]
        # A package is of one half-year: none of them stands in both.
        refs = [level.sources for level in levels if level]
        sources = together.setdefault(tuple(map(id, refs)), tuple(ref for each in refs for ref in each))
        is_count = any(level is not None and level.institutions is not None for level in levels)
        line = Line(
            section=Section.DATA,
            lead=indicator,
            rest=" · ".join(told),
            small=_behind(_, levels) if is_count else "",
            is_count=is_count,
            sources=sources,
        )
        made.append((line, levels))
    return made


def _behind(_: Translator, levels: Sequence[Level | None]) -> str:
    """How many institutions a mean is of, the fewest and the most where the half-years differ."""
    numbers = {level.institutions for level in levels if level and level.institutions}
    if len(numbers) > 1:
        return _("the average of %(few)s to %(many)s institutions", few=min(numbers), many=max(numbers))
    return "".join(_.ngettext("of %(n)s institution", "the average of %(n)s institutions", each) for each in numbers)


def _level(_: Translator, level: Level | None) -> str:
    """78,4 %, or that there is none, or too few people behind it to show."""
    if level is None:
        return _("no figure")
    if level.value is None:
        return _("fewer than 5 people")
    return amount(_, _shown(level), level.unit)


def _shown(level: Level) -> float:
    """A mean with one decimal, on the chart as in words; a figure as it is."""
    assert level.value is not None
    return round(level.value, 1) if level.institutions else level.value


def _drawn_shares(
    _: Translator, halves: Sequence[Half], shown: Sequence[tuple[Level | None, ...]]
) -> Sequence[Element]:
    """The shares among the figures that are shown; what is counted otherwise stands in numbers alone."""
    shares = [levels for levels in shown if any(level and level.unit == PERCENT and level.value for level in levels)]
    if not shares:
        return []
    # Each indicator with its two half-years, so that those of one size stand on one axis.
    told = [
        Series(
            name=next(level.indicator for level in levels if level),
            points=[
                (_half(_, half), _shown(level) if level and level.value is not None else None, _level(_, level))
                for half, level in zip(halves, levels, strict=True)
            ],
        )
        for levels in shares[:MOST_DRAWN]
    ]
    sentence = _("The shares in the two half-years.")
    return [
        chart.grouped(
            with_unit(_, together[0].name if len(together) == 1 else _("Key figures"), PERCENT),
            sentence,
            _by_half(_, halves, together),
        )
        for together in chart.alike(told)
    ]


def _by_half(_: Translator, halves: Sequence[Half], told: Sequence[Series]) -> list[Series]:
    """The same numbers by half-year, as the bars stand beside each other."""
    return [
        Series(name=_half(_, half), points=[(each.name, *each.points[number][1:]) for each in told])
        for number, half in enumerate(halves)
    ]
