"""Finds the half-years, years and days that a message says besides the half-year that is answered: `2025`, of which the
other half is offered, `fra efterår 2024 til forår 2026`, `april 2026`."""

from dialogs.understanding import question
from dialogs.understanding.around import words_at
from dialogs.understanding.said import Said
from dialogs.understanding.slots import asked_about, cycle_of_years, cycle_years_in
from dialogs.understanding.times import Time
from dialogs.understanding.years import SINCE, Year
from domain.key_figures import HALF_YEARS_SHOWN
from domain.period import HalfYear
from domain.slots import resolved
from domain.unused import Unused, Why

_UNTIL = frozenset({"til", "to", "og", "med", "frem", "op", "and", "until", "through", "up", "nu", "det", "den"})
_UNTIL_ALONE = frozenset({"til", "to", "until", "through"})
_BETWEEN = ("mellem", "between")
_AND_ON = (("og", "frem"), ("og", "fremad"), ("og", "fremefter"), ("frem",), ("onwards",), ("and", "onwards"), ("on",))
_OF_NO_HALF = (question.COMPARE_HALF_YEARS, question.ATTENTION_LIST, question.DIALOGUE_OVERVIEW)


def times_left(said: Said, intent: str) -> list[Unused]:
    """What is said of when, and not gone by."""
    spans = _spans(said) if intent not in (question.COMPARE_HALF_YEARS, question.ATTENTION_LIST) else []
    in_spans = {index for start, stop in spans for index in range(start, stop)}
    compared = _other_halves(said) if intent == question.COMPARE_HALF_YEARS else None
    of_halves = [
        _of_year(said, intent, each)
        for each in said.years
        if each.start not in in_spans and not _is_all_there(said, intent, each) and not compared
    ]
    of_times = [_of_time(said, intent, each) for each in _other_times(said, intent) if each.start not in in_spans]
    return [
        *([compared] if compared else []),
        *(each for each in of_halves if not _is_shown(said, intent, each)),
        *(Unused(Why.MORE_THAN_ONE, words_at(said, *each)) for each in spans),
        *(Unused(Why.HALF_YEARS, words_at(said, each.start, each.stop)) for each in said.times if each.is_before),
        *(each for each in of_times if not _is_shown(said, intent, each)),
        *(Unused(each.why, words_at(said, each.start, each.stop)) for each in said.asides),
    ]


def _of_year(said: Said, intent: str | None, year: Year) -> Unused:
    """`2025` has two halves, of which one is answered: the other is offered."""
    words = words_at(said, year.start, year.stop)
    if year.is_part:
        return Unused(Why.HALF_YEARS, words)
    return _of_one_half(said, intent, words, year.other)


def _of_time(said: Said, intent: str | None, time: Time) -> Unused:
    """`Sidste år`, of which the later half is answered; and `forår` of `efterår og forår`."""
    words = words_at(said, time.start, time.stop)
    if other := resolved(time.value, said.today):
        is_asked = intent not in _OF_NO_HALF and other.starts_on <= said.today
        is_said = isinstance(asked_about(said.times, said.today), HalfYear)
        return Unused(Why.OTHER_HALF if is_said else Why.MORE_THAN_ONE, words, other if is_asked else None)
    spring = HalfYear(said.today.year - 1, 1) if len(said.times) == 1 else None
    return _of_one_half(said, intent, words, spring)


def _other_halves(said: Said) -> Unused | None:
    """`Skoleåret 24/25 med 25/26`: one half of each is compared, and the others can be."""
    others = [each.other for each in said.years if not each.is_part]
    if len(others) != 2 or len(said.times) != 2 or not all(each and each.starts_on <= said.today for each in others):
        return None
    return Unused(Why.HALVES_COMPARED, "", *others)


def _is_shown(said: Said, intent: str | None, unused: Unused) -> bool:
    """Whether the answer shows the other half as well: key figures are told with the half-years before."""
    asked = resolved(asked_about(said.times, said.today), said.today)
    if intent != question.KEY_FIGURES or unused.other is None or asked is None:
        return False
    return asked.plus(1 - HALF_YEARS_SHOWN) <= unused.other <= asked


def _of_one_half(said: Said, intent: str | None, words: str, other: HalfYear | None) -> Unused:
    if other is None or intent in _OF_NO_HALF or len(said.times) > 1 or other.starts_on > said.today:
        return Unused(Why.MORE_THAN_ONE, words)
    return Unused(Why.ONE_HALF, words, other)


def _is_all_there(said: Said, intent: str | None, year: Year) -> bool:
    """In spring `i år` is the half-year so far; but of the dialogues in a year, some are to come. `Cyklus 2024-2026` is
    a cycle."""
    if cycle_years_in(said) == year and cycle_of_years(said) is not None:
        return True
    is_since = said.words[year.start].norm in SINCE
    return year.is_so_far and (is_since or intent != question.DIALOGUE_OVERVIEW)


def _spans(said: Said) -> list[tuple[int, int]]:
    """Where more half-years than one are said by the first and the last: `fra efterår 2024 til forår 2026`, `siden
    efteråret`."""
    found = []
    for first, last in zip(said.times, said.times[1:], strict=False):
        between = [word.norm for word in said.words[first.stop : last.start]]
        before = said.words[first.start - 1].norm if first.start else ""
        is_until = bool(between) and set(between) <= _UNTIL and not _UNTIL_ALONE.isdisjoint(between)
        is_dashed = not between and said.words[last.start].before.strip() in ("-", "–", "—")
        if is_until or is_dashed or (between in (["og"], ["and"]) and before in _BETWEEN):
            found.append((first.start - (before in (*SINCE, *_BETWEEN)), last.stop))
    for time in said.times:
        before = said.words[time.start - 1].norm if time.start else ""
        after = tuple(word.norm for word in said.words[time.stop : time.stop + 2])
        is_on = before in ("fra", "from") and (after in _AND_ON or after[:1] in _AND_ON)
        is_inside = any(start <= time.start < stop for start, stop in found)
        is_past = resolved(time.value, said.today) != HalfYear.of(said.today)
        if not is_inside and (is_on or before in ("siden", "since")) and is_past:
            found.append((time.start - 1, time.stop))
    return found


def _other_times(said: Said, intent: str | None) -> list[Time]:
    """The half-years that are said besides the one that is answered: `efteråret 2024 og foråret 2025`; and the last
    year, of which one is answered."""
    if intent == question.COMPARE_HALF_YEARS:
        return []
    years = {each.start for each in said.years}
    first = next(iter(said.times), None)
    return [
        each
        for each in said.times
        if each.start not in years
        and (each.value is None or (intent != question.ATTENTION_LIST and first and each.value != first.value))
    ]
