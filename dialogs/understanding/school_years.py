"""Finds school years, each an autumn and the spring after it: `skoleåret 25/26`, `sidste skoleår`, `school year`."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.understanding.letters import Word, spellings
from dialogs.understanding.vocabulary import vocabulary
from domain.period import HalfYear

TWO_DIGITS = re.compile(r"\d\d")
TWENTIES = re.compile(r"[23]\d")
SCHOOL_YEAR = frozenset({
    *(form for word in ("skoleår", "skoleåret", "skoleårs", "skoleårets") for form in spellings(word)),
    *spellings("skår"), "schoolyear", "schoolyears", "academicyear",
})  # fmt: skip
_THE_SCHOOL_YEAR = tuple(spellings("skoleåret"))
_AWAY = (("last_word", -1), ("this_word", 0), ("next_word", 1))


def short_school_year(words: Sequence[Word], taken: set[int], index: int) -> tuple[int, int] | None:
    """The first year of `skoleåret 25/26`, `sk.år 25-26` and `25/26`, and where it ends."""
    at = ends_school_year(words, index) or index
    years = two_years(words, taken, at)
    if years is None or years[1] != years[0] + 1 or (at == index and words[at + 1].before != "/"):
        return None
    return years[0], at + 2


def told_school_year(words: Sequence[Word], taken: set[int], index: int, today: date) -> tuple[HalfYear, int] | None:
    """The half-year of `sidste skoleår`, `this school year` or `skoleåret`, and where it ends; with the years in digits
    after it, those say which.
    """
    known, norm = vocabulary(), words[index].norm
    away = next((away for heading, away in _AWAY if known.has(heading, norm)), None)
    away = 0 if norm == "her" else away
    stop = ends_school_year(words, index if away is None else index + 1)
    is_told = away is not None or norm.startswith(_THE_SCHOOL_YEAR)
    if stop is None or not is_told or taken & set(range(index, stop)):
        return None
    if stop < len(words) and words[stop].norm.isdecimal():
        return None
    now = HalfYear.of(today)
    begins = now.year + now.term - 2 + (away or 0)
    return of_school_year(begins, today), stop


def ends_school_year(words: Sequence[Word], index: int) -> int | None:
    """Where `skoleåret`, `skole år` or `school year` ends that begins here; None where none does."""
    for stop in (index + 1, index + 2):
        if stop <= len(words) and "".join(word.norm for word in words[index:stop]) in SCHOOL_YEAR:
            return stop
    return None


def of_school_year(year: int, today: date) -> HalfYear:
    return latest_begun(HalfYear(year, 2), today)


def latest_begun(first: HalfYear, today: date) -> HalfYear:
    """Of two half-years the one that has begun last; the first where neither has."""
    return first.next if first.next.starts_on <= today else first


def two_years(words: Sequence[Word], taken: set[int], at: int) -> tuple[int, int] | None:
    """Two years in two digits each, as close as `25/26` and `24-26`."""
    if at + 1 >= len(words) or {at, at + 1} & taken or words[at + 1].before.strip() not in ("/", "-", "–"):
        return None
    first, second = words[at].norm, words[at + 1].norm
    if not (TWENTIES.fullmatch(first) and TWENTIES.fullmatch(second)):
        return None
    return 2000 + int(first), 2000 + int(second)
