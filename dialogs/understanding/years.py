"""Finds years, school years, quarters and months that no half-year took: `2025`, `april 2026`, `2025/26`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.understanding.letters import Word, spellings
from domain.period import HalfYear

FOUR_DIGITS = re.compile(r"(?:19[5-9]|20\d)\d")
_TWO_DIGITS = re.compile(r"\d\d")
_MONTHS = {
    form: number
    for number, words in enumerate(
        (
            ("januar", "jan", "january"),
            ("februar", "feb", "february"),
            ("marts", "mar", "march"),
            ("april", "apr"),
            ("maj", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for word in words
    for form in spellings(word)
}
_QUARTERS = {
    form: number
    for number, forms in enumerate(
        (
            ("1", "q1", "foerste", "forste", "first", "1st"),
            ("2", "q2", "andet", "second", "2nd"),
            ("3", "q3", "tredje", "third", "3rd"),
            ("4", "q4", "fjerde", "fourth", "4th"),
        ),
        start=1,
    )
    for form in forms
}
_QUARTER = ("kvartal", "kvt", "quarter", "kvartalet")
_SCHOOL_YEAR = ("skoleaar", "skolear", "skoleaaret", "skolearet")
# What else of a year is spoken of; which half-year that is in, nobody can say.
_PARTS = ("vinter", "vinteren", "winter", "sommer", "sommeren", "summer")
_WHOLE = ("aar", "aaret", "ar", "aret", "year")
_UP_TO = ("til", "to")


@dataclass(frozen=True)
class Year:
    """Where it is said, and the half-year that is answered for it; None of several years, of which none is meant.

    `is_part` says that it is less than a half-year, such as a month.
    """

    value: HalfYear | None
    start: int
    stop: int
    is_part: bool = False


def years_in(words: Sequence[Word], taken: set[int], today: date, beside: HalfYear | None) -> list[Year]:
    """Every year that is said and stands in no half-year.

    Answers are by half-years. Of a year it is the same half as the one that is said `beside` it, and else the latest
    that has begun, as it is of a season without a year.
    """
    found: list[Year] = []
    index = 0
    while index < len(words):
        year = None if index in taken else _at(words, taken, index, today, beside)
        if year is not None:
            found.append(year)
        index = year.stop if year is not None else index + 1
    return found


def _at(words: Sequence[Word], taken: set[int], index: int, today: date, beside: HalfYear | None) -> Year | None:
    if short := _short_school_year(words, taken, index):
        return Year(_of_school_year(short, today), index, index + 3)
    if not FOUR_DIGITS.fullmatch(words[index].norm):
        return None
    year = int(words[index].norm)
    if day := _day(words, index, year):
        return day
    start = _from(words, taken, index)
    until, stop = _until(words, taken, index, year)
    if until is not None:
        is_school_year = until == year + 1 and ("/" in words[stop - 1].before or words[start].norm in _SCHOOL_YEAR)
        return Year(_of_school_year(year, today) if is_school_year else None, start, stop)
    before = words[index - 1].norm if index and index - 1 not in taken else ""
    if before in _MONTHS:
        return Year(_of_month(year, _MONTHS[before]), start, index + 1, is_part=True)
    if (quarter := _quarter(words, taken, index)) is not None:
        return Year(HalfYear(year, 1 if quarter < 3 else 2), start, index + 1, is_part=True)
    half = HalfYear(year, beside.term) if beside is not None else _latest(HalfYear(year, 1), today)
    return Year(half, start, index + 1, is_part=before in _PARTS)


def _short_school_year(words: Sequence[Word], taken: set[int], index: int) -> int | None:
    """The first year of `skoleåret 25/26`."""
    if words[index].norm not in _SCHOOL_YEAR or index + 2 >= len(words) or {index + 1, index + 2} & taken:
        return None
    first, second = (words[at].norm for at in (index + 1, index + 2))
    if not (_TWO_DIGITS.fullmatch(first) and _TWO_DIGITS.fullmatch(second) and int(second) == int(first) + 1):
        return None
    return 2000 + int(first)


def _day(words: Sequence[Word], index: int, year: int) -> Year | None:
    """`2026-03-01`, `1.3.2026` and `1/3 2026`, in whole."""
    after = words[index + 1 : index + 3]
    if len(after) == 2 and all(each.before == "-" and _TWO_DIGITS.fullmatch(each.norm) for each in after):
        return _in_month(year, after[0].norm, index, index + 3)
    day, month = words[index - 2 : index] if index > 1 else (None, None)
    if day and month and day.norm.isdecimal() and month.before in tuple("./-") and words[index].before in tuple("./- "):
        return _in_month(year, month.norm, index - 2, index + 1)
    return None


def _in_month(year: int, month: str, start: int, stop: int) -> Year | None:
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return None
    return Year(_of_month(year, int(month)), start, stop, is_part=True)


def _from(words: Sequence[Word], taken: set[int], index: int) -> int:
    """Where what belongs to the year begins: `3. kvartal 2025`, `april 2026`, `skoleåret 2025/26`."""
    if not index or index - 1 in taken:
        return index
    before = words[index - 1].norm
    if _quarter(words, taken, index) is not None:
        return index - 2 if before in _QUARTER else index - 1
    return index - 1 if before in (*_SCHOOL_YEAR, *_PARTS, *_WHOLE) or before in _MONTHS else index


def _quarter(words: Sequence[Word], taken: set[int], index: int) -> int | None:
    if index and words[index - 1].norm in ("q1", "q2", "q3", "q4"):
        return _QUARTERS[words[index - 1].norm]
    if index > 1 and words[index - 1].norm in _QUARTER and not {index - 1, index - 2} & taken:
        return _QUARTERS.get(words[index - 2].norm)
    return None


def _until(words: Sequence[Word], taken: set[int], index: int, year: int) -> tuple[int | None, int]:
    """The later year of `2022-2024`, `2025/26` and `fra 2022 til 2024`, and where it ends."""
    after = index + 1
    joined = after < len(words) and words[after].norm in _UP_TO
    at = after + 1 if joined else after
    if at >= len(words) or at in taken:
        return None, after
    norm, between = words[at].norm, words[at].before.strip()
    is_close = joined or between in ("-", "–", "—", "/")
    if is_close and FOUR_DIGITS.fullmatch(norm):
        return int(norm), at + 1
    if is_close and not joined and _TWO_DIGITS.fullmatch(norm) and int(norm) > year % 100:
        return year // 100 * 100 + int(norm), at + 1
    return None, after


def _of_month(year: int, month: int) -> HalfYear:
    return HalfYear.of(date(year, month, 1))


def _of_school_year(year: int, today: date) -> HalfYear:
    return _latest(HalfYear(year, 2), today)


def _latest(first: HalfYear, today: date) -> HalfYear:
    """Of two half-years the one that has begun last; the first where neither has."""
    return first.next if first.next.starts_on <= today else first
