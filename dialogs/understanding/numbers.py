"""Finds the ages and the number of a dialogue: `0-6`, `6 til 18`, `3. læringssamtale`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.understanding.letters import Word, spellings
from dialogs.understanding.vocabulary import Hit
from dialogs.understanding.whom import ends_there
from domain.cycle import HALF_YEARS
from domain.organisation import AgeRange

_ORDINALS = {
    form: number
    for number, words in enumerate(
        (
            ("første", "1", "1st", "first", "en"),
            ("anden", "2", "2nd", "second"),
            ("tredje", "3", "3rd", "third", "tredie"),
            ("fjerde", "4", "4th", "fourth"),
            ("femte", "5", "5th", "fifth"),
            ("sjette", "6", "6th", "sixth"),
        ),
        start=1,
    )
    for word in words
    for form in spellings(word)
}
_NUMBER = frozenset({"nr", "nummer", "no", "number"})
SAID = {"to": 2, "two": 2, "tre": 3, "three": 3, "fire": 4, "four": 4, "fem": 5, "five": 5}
_CARDINALS = {**SAID, **{str(number): number for number in range(1, HALF_YEARS + 1)}}
_LINKS = frozenset({"og", "and", "eller", "or", "samt"})
_LAST = frozenset({"sidste", "nederste", "last"})
_ONE_OF = frozenset({"den", "det", "the", "nr", "nummer", "no", "number", "ja", "yes"})
_TO = r"\s*(?:-|–|—|til|to|\.\.)\s*"
# `06` is an age right behind what it is of, and else a month or an hour.
_YOUNGER = re.compile(
    rf"(?:for|tal|figures) 06(?=\W*$|[ -]?(?:år|aar|year))|(?<!\d)0{_TO}6(?!\d)|\b(?:nul|zero){_TO}(?:seks|six)\b",
    re.IGNORECASE,
)
# `618` is `6-18` typed in a hurry.
_OLDER = re.compile(
    rf"(?<![\d.,/-])618(?![\d.,/-])|(?<!\d)6{_TO}18(?!\d)|\b(?:seks|six){_TO}(?:atten|eighteen)\b", re.IGNORECASE
)


def age_range_in(text: str) -> AgeRange | None:
    """`0-6`, `6 til 18`, `nul til seks`; None when neither is said, or both."""
    younger, older = _YOUNGER.search(text), _OLDER.search(text)
    if bool(younger) == bool(older):
        return None
    return AgeRange.YOUNGER if younger else AgeRange.OLDER


@dataclass(frozen=True)
class Numbered:
    """The number of a dialogue, and the word that says it."""

    number: int
    at: int


def dialogue_numbers(words: Sequence[Word], hits: Sequence[Hit], taken: frozenset[int]) -> list[Numbered]:
    """`3. læringssamtale`, `anden samtale`, `dialogue 2`, `samtale nummer to og tre`; only beside the word for it."""
    for hit in hits:
        if hit.heading != "dialogue":
            continue
        before = hit.start - 1
        if hit.start and before not in taken and (number := _ORDINALS.get(words[before].norm)):
            if words[before].norm == "en" or number > HALF_YEARS:
                return []
            return _listed(words, taken, before, -1, _ORDINALS)
        is_called = hit.stop < len(words) and words[hit.stop].norm in _NUMBER
        at = hit.stop + is_called
        if at < len(words) and at not in taken and _is_number_of(words, hit, at, is_called=is_called):
            return _listed(words, taken, at, 1, _CARDINALS)
    return []


def _is_number_of(words: Sequence[Word], hit: Hit, at: int, *, is_called: bool) -> bool:
    """Whether a number behind the word is its own: `samtale to`, and neither `dialogue to prepare` nor `samtaler to
    gange`."""
    norm = words[at].norm
    if _CARDINALS.get(norm, HALF_YEARS + 1) > HALF_YEARS:
        return False
    if is_called or norm.isdecimal():
        return True
    is_danish = "samtale" in words[hit.stop - 1].norm
    return norm in SAID and (norm != "to" or is_danish) and ends_there(words, at)


def _listed(
    words: Sequence[Word], taken: frozenset[int], at: int, step: int, numbers: Mapping[str, int]
) -> list[Numbered]:
    """The number and those that are listed with it, as they are said."""
    found = [at]
    while (
        0 <= (next_at := found[-1] + 2 * step) < len(words)
        and next_at not in taken
        and words[next_at - step].norm in _LINKS
        and 0 < numbers.get(words[next_at].norm, 0) <= HALF_YEARS
    ):
        found.append(next_at)
    return [Numbered(numbers[words[each].norm], each) for each in sorted(found)]


def number_in_a_list(words: Sequence[Word], length: int) -> int | None:
    """`Den første`, `2`, `nummer to`, `the last one`: which of so many is meant; `en anden` is none of them."""
    for place, word in enumerate(words):
        is_pointed_at = place == 0 or words[place - 1].norm in _ONE_OF
        number = length if word.norm in _LAST else _ORDINALS.get("anden" if word.norm == "andet" else word.norm)
        if number is None and place and words[place - 1].norm in _NUMBER:
            number = SAID.get(word.norm)
        is_said = word.norm.isdecimal() or (is_pointed_at and word.norm != "en")
        if number is not None and number <= length and is_said:
            return number
    return None
