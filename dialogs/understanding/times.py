"""Finds half-years: `forår 2026`, `i efteråret`, `sidste halvår`, `F26`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from dialogs.understanding.letters import Word, spellings
from dialogs.understanding.quarters import is_quarter_code
from dialogs.understanding.vocabulary import Vocabulary
from dialogs.understanding.years import FOUR_DIGITS, Year, years_in
from domain.period import HalfYear
from domain.slots import Relative, resolved

_SEASONS = {
    form: term
    for term, words in (
        (1, ("forår", "foråret", "forårets", "forårs", "forårshalvåret", "forårshalvår", "spring", "springtime")),
        (2, ("efterår", "efteråret", "efterårets", "efterårs", "efterårshalvåret", "efterårshalvår", "autumn", "fall")),
    )
    for word in words
    for form in spellings(word)
}
HALF = frozenset(
    form
    for word in ("halvår", "halvåret", "halvårs", "halvårets", "halfyear", "semester", "semesteret")
    for form in spellings(word)
)
_CODE = re.compile(r"((?:20)?[23]\d)h([12])")
_SHORT_CODE = re.compile(r"([fe])(20\d\d|[123]\d)")
_BEFORE_A_YEAR = ("for", "i", "in", *HALF)
# As far as a year that is written so is from the present one.
_NEAR = 3
_TWENTIES = re.compile(r"[23]\d")
_SEASON_YEAR = re.compile(r"([a-z]{4,}?)((?:20)?[23]\d)")
TERMS = {
    "h1": 1,
    "h2": 2,
    "1": 1,
    "2": 2,
    "foerste": 1,
    "forste": 1,
    "first": 1,
    "andet": 2,
    "anden": 2,
    "second": 2,
    "1st": 1,
    "2nd": 2,
}
# `Forååret`
_DOUBLED = re.compile("(?:aa){2,}")
_BEFORE = ("foer", "for", "forinden", "before", "earlier", "inden")
_YEAR = ("aar", "ar", "year", "aars", "ars", "years")
_LAST_YEARS = ("fjor", "fjoraaret", "fjoraar")
_AGAINST = ("vs", "versus", "mod", "kontra")
_NOW = (("lige", "nu"), ("right", "now"), ("just", "nu"))


_OF_LAST_YEAR, _OF_THIS_YEAR = (
    frozenset(form for each in ways for form in spellings(each))
    for ways in (
        ("sidste år", "forrige år", "i fjor", "last year", "sidste års", "forrige års", "last years"),
        ("i år", "dette år", "this year", "dette års", "this years", "årets"),
    )
)


@dataclass(frozen=True)
class Time:
    """A half-year as it was said, and where; None is the last year. One that `is_before` is so of what was asked
    earlier: `og foråret før`."""

    value: HalfYear | Relative | None
    start: int
    stop: int
    is_before: bool = False


def codes_in(words: Sequence[Word]) -> frozenset[int]:
    """Where a half-year stands in so few signs that it is like a name: `E25`, `F 26`, `2026H1`; or a quarter: `Q1`."""
    norms = [word.norm for word in words]
    found = {place for place, norm in enumerate(norms) if _is_code(norm)}
    for place, (first, second) in enumerate(zip(norms, norms[1:], strict=False)):
        if first in ("e", "f") and (FOUR_DIGITS.fullmatch(second) or _TWENTIES.fullmatch(second)):
            found |= {place, place + 1}
    return frozenset(found)


class Times:
    """The times of one message."""

    def __init__(self, words: Sequence[Word], known: Vocabulary, today: date, taken: frozenset[int]) -> None:
        self.norms = [word.norm for word in words]
        self.words = words
        self.known = known
        self.today = today
        self.taken = set(taken)
        self.found: list[Time] = []
        index = 0
        while index < len(words):
            time = None if index in self.taken else self._at(index)
            if time is None:
                index += 1
            else:
                self.found.append(time)
                self.taken |= set(range(time.start, time.stop))
                index = time.stop
        self.years = self._years()

    def _years(self) -> list[Year]:
        """Those that stand in no half-year, of each the half-year that is answered for it."""
        beside = next((each.value for each in self.found if isinstance(each.value, HalfYear)), None)
        found = years_in(self.words, self.taken, self.today, beside)
        self.found += [Time(each.value, each.start, each.stop) for each in found if each.value is not None]
        self.found.sort(key=lambda each: each.start)
        return found

    def _at(self, index: int) -> Time | None:
        norm = self.norms[index]
        if match := _CODE.fullmatch(norm):
            return Time(_half_year(_year(match[1]), int(match[2])), index, index + 1)
        if norm in ("e", "f") and (year := self._year_at(index + 1)) is not None:
            return Time(_half_year(year, 1 if norm == "f" else 2), index, index + 2)
        if half := self._year_and_half(index):
            return half
        if match := _SHORT_CODE.fullmatch(norm):
            return Time(_half_year(_year(match[2]), 1 if match[1] == "f" else 2), index, index + 1)
        if (match := _SEASON_YEAR.fullmatch(norm)) and (term := season_of(match[1])):
            return Time(_half_year(_year(match[2]), term), index, index + 1)
        if term := season_of(norm):
            return self._season(index, index + 1, term)
        if norm in HALF:
            return self._half(index, index + 1)
        if norm == "half" and self._next(index) in ("year", "years"):
            return self._half(index, index + 2)
        if norm in ("halve", "halvt") and self._next(index) in ("aar", "ar"):
            return self._half(index, index + 2)
        if norm in ("h1", "h2"):
            return self._half(index, index + 1)
        if norm in _LAST_YEARS:
            return Time(None, index - (index and self.norms[index - 1] == "i"), index + 1)
        if norm in _YEAR and index and self.known.has("last_word", self.norms[index - 1]):
            return None if season_of(self._next(index)) else Time(None, index - 1, index + 1)
        if norm == "pt":
            return Time(Relative.CURRENT, index, index + 1)
        if norm in ("nu", "now") and (
            index == len(self.norms) - 1
            or (index and (self.norms[index - 1], norm) in _NOW)
            or self._next(index) in _AGAINST
        ):
            return Time(Relative.CURRENT, index, index + 1)
        return None

    def _year_and_half(self, index: int) -> Time | None:
        """`Tallene for 26/1`; what stands otherwise is a day: `den 26/1`."""
        is_joined = index + 1 < len(self.words) and self.words[index + 1].before == "/"
        if not is_joined or not index or self.norms[index - 1] not in _BEFORE_A_YEAR:
            return None
        year, half = self.norms[index : index + 2]
        is_near = _TWENTIES.fullmatch(year) and abs(2000 + int(year) - self.today.year) <= _NEAR
        return (
            Time(_half_year(2000 + int(year), int(half)), index, index + 2) if is_near and half in ("1", "2") else None
        )

    def _season(self, start: int, stop: int, term: int) -> Time:
        """With a year, or with `sidste`, `næste` or `dette`; alone it is the latest that has begun."""
        after, before = self._year_at(stop), self._year_at(start - 1)
        if after is not None:
            return Time(_half_year(after, term), start, stop + 1)
        if before is not None and not self._is_number_of(start - 1):
            return Time(_half_year(before, term), start - 1, stop)
        if of_year := self._of_told_year(start, stop, term):
            return of_year
        begun = HalfYear(self.today.year, term)
        if begun.starts_on > self.today:
            begun = begun.plus(-2)
        told, back = self._told(start)
        if told is None and start and self._is_to_come(start):
            told = Relative.NEXT
        match told:
            case Relative.PREVIOUS:
                begun = begun.plus(-2) if self.today in begun else begun
            case Relative.NEXT:
                begun = begun.plus(2)
        if not self._is_before(stop):
            return Time(begun, back, stop)
        if asked := self._said_before():
            while begun >= asked:
                begun = begun.plus(-2)
        return Time(begun, back, stop + 1, is_before=asked is None)

    def _said_before(self) -> HalfYear | None:
        """`Efterår 2025 og foråret før`: what the season before is so of, where the message says it itself."""
        return resolved(self.found[-1].value, self.today) if self.found else None

    def _is_before(self, stop: int) -> bool:
        """`Og foråret før`, and not `i foråret før mødet`."""
        return stop + 1 == len(self.norms) and self.norms[stop] in _BEFORE

    def _of_told_year(self, start: int, stop: int, term: int) -> Time | None:
        """`Foråret sidste år`, `sidste års forår`, `efteråret i år`."""
        for year, words in ((self.today.year - 1, _OF_LAST_YEAR), (self.today.year, _OF_THIS_YEAR)):
            for length in (1, 2):
                if "".join(self.norms[stop : stop + length]) in words:
                    return Time(_half_year(year, term), start, stop + length)
                if length <= start and "".join(self.norms[start - length : start]) in words:
                    return Time(_half_year(year, term), start - length, stop)
        return None

    def _is_to_come(self, start: int) -> bool:
        """`Til efteråret`; and neither `fra foråret til efteråret` nor `i forhold til efteråret`."""
        if self.norms[start - 1] != "til" or self.found or "fra" in self.norms:
            return False
        before = self.known.hits(self.words[:start], taken=frozenset(self.taken))
        return not any(hit.heading == "held_against" and hit.stop == start for hit in before)

    def _half(self, start: int, stop: int) -> Time | None:
        """`sidste halvår`, `2. halvår 2025`, `H1 2026`."""
        said = self.norms[start]
        term = TERMS.get(said) if said in ("h1", "h2") else TERMS.get(self.norms[start - 1]) if start else None
        year = self._year_at(stop)
        back = start if said in ("h1", "h2") else start - 1
        if term is not None and year is not None:
            return Time(_half_year(year, term), back, stop + 1)
        if term is not None and (before := self._year_at(back - 1)) is not None:
            return Time(_half_year(before, term), back - 1, stop)
        told, back = self._told(start)
        if told is not None:
            return Time(told, back, stop)
        if self._is_before(stop):
            asked = self._said_before()
            return Time(asked.previous if asked else Relative.PREVIOUS, start, stop + 1, is_before=asked is None)
        if term is not None and said not in ("h1", "h2"):
            begun = HalfYear(self.today.year, term)
            return Time(begun if begun.starts_on <= self.today else begun.plus(-2), start - 1, stop)
        return None

    def _told(self, index: int) -> tuple[Relative | None, int]:
        """`sidste`, `dette` or `næste` before the word, and where it begins."""
        for back in (index - 1, index - 2):
            if back < 0 or back in self.taken:
                break
            norm = self.norms[back]
            for heading, told in (
                ("last_word", Relative.PREVIOUS),
                ("this_word", Relative.CURRENT),
                ("next_word", Relative.NEXT),
            ):
                if self.known.has(heading, norm):
                    return told, back
            if norm == "her" and back and self.norms[back - 1] in ("det", "den"):
                return Relative.CURRENT, back - 1
            if norm not in ("det", "den", "the", "her"):
                break
        return None, index

    def _year_at(self, index: int) -> int | None:
        if not 0 <= index < len(self.norms) or index in self.taken:
            return None
        norm = self.norms[index]
        if FOUR_DIGITS.fullmatch(norm):
            return int(norm)
        is_short = re.fullmatch(r"[23]\d", norm) and not self._is_number_of(index)
        return 2000 + int(norm) if is_short else None

    def _is_number_of(self, index: int) -> bool:
        return self._next(index) in ("skoler", "dagtilbud", "schools")

    def _next(self, index: int) -> str:
        return self.norms[index + 1] if index + 1 < len(self.norms) else ""


def _is_code(norm: str) -> bool:
    return bool(_SHORT_CODE.fullmatch(norm) or _CODE.fullmatch(norm)) or is_quarter_code(norm)


def season_of(norm: str) -> int | None:
    """The half of the year that a word for a season is, give or take a letter; None for any other word."""
    norm = _DOUBLED.sub("aa", norm)
    if norm in _SEASONS:
        return _SEASONS[norm]
    if len(norm) < 6 or norm[:1] not in "fea":
        return None
    near = [(OSA.distance(norm, form), term) for form, term in _SEASONS.items() if len(form) >= 6]
    distance, term = min(near)
    return term if distance <= 1 else None


def _half_year(year: int, term: int) -> HalfYear:
    return HalfYear(year, term)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
