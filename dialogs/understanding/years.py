"""Finds years, school years, months and days that no half-year took: `2025`, `i år`, `3/2025`, `2025/26`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.understanding.ago import ago_at
from dialogs.understanding.letters import Word, spellings
from dialogs.understanding.quarters import quarter_at
from dialogs.understanding.school_years import (
    SCHOOL_YEAR,
    TWENTIES,
    TWO_DIGITS,
    ends_school_year,
    latest_begun,
    of_school_year,
    short_school_year,
    told_school_year,
    two_years,
)
from dialogs.understanding.vocabulary import vocabulary
from domain.period import HalfYear

FOUR_DIGITS = re.compile(r"(?:19[5-9]|20\d)\d")
MONTHS = {
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
# What else of a year is spoken of; which half-year that is in, nobody can say.
PARTS = ("vinter", "vinteren", "winter", "sommer", "sommeren", "summer")
_WHOLE = ("aar", "aaret", "ar", "aret", "year")
_UP_TO = ("til", "to")
# Years told from where one stands, by how far away they are; `sidste år` may be what is held against another time.
_TOLD = {
    form: away
    for away, ways in (
        (0, ("i år", "i året", "dette år", "det her år", "årets", "this year", "this years")),
        (-1, ("i året før", "året før", "i året forinden", "året forinden", "in the year before")),
        (-2, ("year before last", "forforrige år")),
        (1, ("næste år", "kommende år", "next year", "coming year")),
    )
    for way in ways
    for form in spellings(way)
    # `I året for Elmeskolen` is this one.
    if not form.endswith("for")
}
# Both halves are meant, this one and the one before it.
_WHOLE_YEAR = frozenset(form for way in ("hele året", "året rundt", "whole year") for form in spellings(way))
_MOST_WORDS_TOLD = 3
NEW_YEAR = (*spellings("nytår"), "newyear", "newyears")
SINCE = ("siden", "fra", "since", "from")
# With a year alone: `Jan` is somebody, and `may` asks.
_NEEDS_YEAR = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec")
# Before these a time stands.
IN_A_TIME = frozenset({"i", "in", *SINCE, "til", "to", "until"})
_IN_A_MONTH, _IN_A_DAY = tuple("/.-"), tuple("./- ")


@dataclass(frozen=True)
class Year:
    """Where it is said, and the half-year that is answered for it; None of several years, of which none is meant, and
    of a day without its year.

    Of several, `first_year` and `last_year` are those that are said.
    `is_part` says that it is less than a half-year, such as a month, `is_day` that it is a day in digits, and
    `is_so_far` that the half-year holds all of it that has been. `is_of_school` is an autumn and the spring after it.
    """

    value: HalfYear | None
    start: int
    stop: int
    is_part: bool = False
    is_day: bool = False
    is_so_far: bool = False
    first_year: int | None = None
    last_year: int | None = None
    is_of_school: bool = False

    @property
    def other(self) -> HalfYear | None:
        """The half of the year that is not answered."""
        if self.value is None:
            return None
        if self.is_of_school:
            return self.value.previous if self.value.term == 1 else self.value.next
        return HalfYear(self.value.year, 3 - self.value.term)


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
    part = quarter_at(words, taken, index, today) or ago_at(words, index, today)
    if part is not None and taken.isdisjoint(range(index, part[1])):
        return Year(part[0], index, part[1], is_part=True)
    if short := short_school_year(words, taken, index):
        first, stop = short
        return Year(of_school_year(first, today), index, stop, is_of_school=True)
    if of_school := told_school_year(words, taken, index, today):
        return Year(of_school[0], index, of_school[1], is_of_school=True)
    if span := _short_cycle(words, taken, index):
        return Year(None, index, index + 2, first_year=span[0], last_year=span[1])
    if told := _told(words, taken, index, today):
        return told
    if dated := _month(words, taken, index) or _day(words, taken, index) or _month_alone(words, taken, index):
        return dated
    if not FOUR_DIGITS.fullmatch(words[index].norm):
        return None
    year = int(words[index].norm)
    start = _from(words, taken, index)
    until, stop = _until(words, taken, index, year)
    if until is not None:
        is_named = ends_school_year(words, start) is not None
        is_of_school = until == year + 1 and ("/" in words[stop - 1].before or is_named)
        value = of_school_year(year, today) if is_of_school else None
        return Year(value, start, stop, first_year=year, last_year=until, is_of_school=is_of_school)
    before = words[index - 1].norm if index and index - 1 not in taken else ""
    if before in MONTHS:
        return Year(_of_month(year, MONTHS[before]), start, index + 1, is_part=True)
    half = HalfYear(year, beside.term) if beside is not None else latest_begun(HalfYear(year, 1), today)
    return Year(half, start, index + 1, is_part=before in PARTS)


def _short_cycle(words: Sequence[Word], taken: set[int], index: int) -> tuple[int, int] | None:
    """The years of `cyklus 24-26`."""
    known = vocabulary()
    before = [words[place].norm for place in (index - 1, index - 2) if place >= 0]
    after = words[index + 2].norm if index + 2 < len(words) else ""
    is_beside = any(known.has("cycle_word", each) for each in (*before, after))
    return two_years(words, taken, index) if is_beside else None


def _told(words: Sequence[Word], taken: set[int], index: int, today: date) -> Year | None:
    """`I år`, `siden nytår`, `next year`; with the year in digits after it, that says which."""
    for stop in range(min(index + _MOST_WORDS_TOLD, len(words)), index, -1):
        if taken & set(range(index, stop)):
            continue
        joined = "".join(word.norm for word in words[index:stop])
        since = next((each for each in SINCE if joined.startswith(each)), "")
        is_new_year = bool(since) and joined.removeprefix(since) in NEW_YEAR
        if joined in _WHOLE_YEAR:
            value = HalfYear.of(today)
            return Year(value, index, stop, is_of_school=value.term == 1)
        if joined not in _TOLD and not is_new_year:
            continue
        if stop < len(words) and FOUR_DIGITS.fullmatch(words[stop].norm):
            return None
        value = latest_begun(HalfYear(today.year + _TOLD.get(joined, 0), 1), today)
        return Year(value, index, stop, is_so_far=value == HalfYear.of(today) and value.term == 1)
    return None


def _month(words: Sequence[Word], taken: set[int], index: int) -> Year | None:
    """`3/2025`, `2025-03` and `3/25`: a month and its year; `2025/26` is a school year."""
    numbers = _numbers(words, taken, index)
    if len(numbers) != 2 or words[index + 1].before not in _IN_A_MONTH:
        return None
    first, second = numbers
    if FOUR_DIGITS.fullmatch(second):
        return _in_month(int(second), first, index, index + 2)
    if FOUR_DIGITS.fullmatch(first) and int(second) != int(first) % 100 + 1:
        return _in_month(int(first), second, index, index + 2)
    is_short = words[index + 1].before == "/" and TWENTIES.fullmatch(second)
    return _in_month(2000 + int(second), first, index, index + 2) if is_short else None


def _day(words: Sequence[Word], taken: set[int], index: int) -> Year | None:
    """`2026-03-01`, `1.3.2026`, `1/3 2026` and `1/3-26`, in whole; of `1/3` nobody can say in which year."""
    numbers = _numbers(words, taken, index)
    if len(numbers) == 3 and FOUR_DIGITS.fullmatch(numbers[0]):
        is_whole = all(word.before == "-" and TWO_DIGITS.fullmatch(word.norm) for word in words[index + 1 : index + 3])
        return _in_month(int(numbers[0]), numbers[1], index, index + 3, is_day=True) if is_whole else None
    if len(numbers) < 2 or not (1 <= int(numbers[0]) <= 31 and 1 <= int(numbers[1]) <= 12):
        return None
    if len(numbers) == 3 and FOUR_DIGITS.fullmatch(numbers[2]):
        return _in_month(int(numbers[2]), numbers[1], index, index + 3, is_day=True)
    if len(numbers) == 3 and TWENTIES.fullmatch(numbers[2]) and words[index + 2].before in _IN_A_MONTH:
        return _in_month(2000 + int(numbers[2]), numbers[1], index, index + 3, is_day=True)
    # `Samtale 2/4` is the second of four.
    is_dialogue = index and "dialogue" in vocabulary().headings(words[index - 1].norm)
    is_day = words[index + 1].before == "/" and not is_dialogue
    return Year(None, index, index + 2, is_part=True, is_day=True) if is_day else None


def _month_alone(words: Sequence[Word], taken: set[int], index: int) -> Year | None:
    """`I marts`, `12. april`: nobody can say in which year; `August` may be somebody."""
    word, before = words[index], words[index - 1].norm if index and index - 1 not in taken else ""
    after = words[index + 1].norm if index + 1 < len(words) else ""
    is_short = word.norm in _NEEDS_YEAR and before not in IN_A_TIME
    if word.norm not in MONTHS or is_short or FOUR_DIGITS.fullmatch(after):
        return None
    is_dated = before in ("i", "in") or before.isdecimal()
    if not is_dated and word.is_capital and vocabulary().has("also_names", word.norm):
        return None
    return Year(None, index - is_dated, index + 1, is_part=True, is_day=before.isdecimal())


def _numbers(words: Sequence[Word], taken: set[int], index: int) -> list[str]:
    """The numbers of a date that begins here, at most three with the marks of one between them."""
    found: list[str] = []
    for at in range(index, min(index + 3, len(words))):
        between = _IN_A_DAY if len(found) == 2 else _IN_A_MONTH
        if at in taken or not words[at].norm.isdecimal() or (found and words[at].before not in between):
            break
        found.append(words[at].norm)
    return found


def _in_month(year: int, month: str, start: int, stop: int, *, is_day: bool = False) -> Year | None:
    if not 1 <= int(month) <= 12:
        return None
    return Year(_of_month(year, int(month)), start, stop, is_part=True, is_day=is_day)


def _from(words: Sequence[Word], taken: set[int], index: int) -> int:
    """Where what belongs to the year begins: `april 2026`, `skoleåret 2025/26`."""
    if not index or index - 1 in taken:
        return index
    before = words[index - 1].norm
    if index > 1 and index - 2 not in taken and (words[index - 2].norm + before) in SCHOOL_YEAR:
        return index - 2
    return index - 1 if before in (*SCHOOL_YEAR, *PARTS, *_WHOLE) or before in MONTHS else index


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
    if is_close and not joined and TWO_DIGITS.fullmatch(norm) and int(norm) > year % 100:
        return year // 100 * 100 + int(norm), at + 1
    return None, after


def _of_month(year: int, month: int) -> HalfYear:
    return HalfYear.of(date(year, month, 1))
