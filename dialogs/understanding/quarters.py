"""Finds quarters of a year, each of which lies in a half-year: `Q1`, `1. kvartal 2026`, `2025 Q4`, `sidste kvartal`."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.understanding.letters import Word
from dialogs.understanding.school_years import TWENTIES
from dialogs.understanding.vocabulary import vocabulary
from domain.period import HalfYear

_CODE = re.compile(r"q([1-4])")
_ORDINALS = {
    form: number
    for number, forms in enumerate(
        (
            ("1", "foerste", "forste", "first", "1st"),
            ("2", "andet", "second", "2nd"),
            ("3", "tredje", "third", "3rd"),
            ("4", "fjerde", "fourth", "4th"),
        ),
        start=1,
    )
    for form in forms
}
_QUARTER = frozenset({"kvartal", "kvartalet", "kvartals", "kvt", "quarter"})
_OF = frozenset({"i", "af", "in", "of"})
_YEAR = re.compile(r"(?:19[5-9]|20\d)\d")
_AWAY = (("last_word", -1), ("this_word", 0), ("next_word", 1))
_IN_A_YEAR, _MONTHS = 4, 3


def is_quarter_code(norm: str) -> bool:
    """`Q1`, which is like a name."""
    return _CODE.fullmatch(norm) is not None


def quarter_at(words: Sequence[Word], taken: set[int], index: int, today: date) -> tuple[HalfYear, int] | None:
    """The half-year of the quarter that begins here, and where its words end; None where none begins.

    Its year stands before or after it. Without one it is the latest that has begun.
    """
    norms = ["" if place in taken else words[place].norm for place in range(index, len(words))]
    if told := _told(norms, today):
        return told, index + 2
    before = int(norms[0]) if _YEAR.fullmatch(norms[0]) else None
    at = 0 if before is None else 1
    found = _number_at(norms[at:])
    if found is None:
        return None
    number, length = found
    stop = at + length
    if before is not None:
        return _half_year_of(before, number), index + stop
    after, length = _year_after(norms[stop:])
    if after is not None:
        return _half_year_of(after, number), index + stop + length
    has_begun = date(today.year, _MONTHS * (number - 1) + 1, 1) <= today
    return _half_year_of(today.year if has_begun else today.year - 1, number), index + stop


def _told(norms: Sequence[str], today: date) -> HalfYear | None:
    """`Sidste kvartal`, told from where one stands."""
    away = next((away for heading, away in _AWAY if vocabulary().has(heading, norms[0])), None)
    if away is None or len(norms) < 2 or norms[1] not in _QUARTER:
        return None
    count = today.year * _IN_A_YEAR + (today.month - 1) // _MONTHS + away
    return _half_year_of(count // _IN_A_YEAR, count % _IN_A_YEAR + 1)


def _number_at(norms: Sequence[str]) -> tuple[int, int] | None:
    """Which quarter it is, and in how many words: `Q1`, `1. kvartal`, `kvartal 1`."""
    if norms and (code := _CODE.fullmatch(norms[0])):
        return int(code[1]), 1
    first, second = (*norms[:2], "", "")[:2]
    if second in _QUARTER and first in _ORDINALS:
        return _ORDINALS[first], 2
    return (_ORDINALS[second], 2) if first in _QUARTER and second in _ORDINALS else None


def _year_after(norms: Sequence[str]) -> tuple[int | None, int]:
    """The year, and in how many words: `2026`, `26`, `i 2026`."""
    for place in (0, 1) if norms and norms[0] in _OF else (0,):
        if place < len(norms) and _YEAR.fullmatch(norms[place]):
            return int(norms[place]), place + 1
        if place < len(norms) and TWENTIES.fullmatch(norms[place]):
            return 2000 + int(norms[place]), place + 1
    return None, 0


def _half_year_of(year: int, quarter: int) -> HalfYear:
    return HalfYear(year, 1 if quarter * 2 <= _IN_A_YEAR else 2)
