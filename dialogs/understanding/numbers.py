"""Finds the ages and the number of a dialogue: `0-6`, `6 til 18`, `3. læringssamtale`."""

import re
from collections.abc import Sequence

from dialogs.understanding.letters import Word, spellings
from dialogs.understanding.vocabulary import Hit
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
_LAST = frozenset({"sidste", "nederste", "last"})
_ONE_OF = frozenset({"den", "det", "the", "nr", "nummer", "no", "number", "ja", "yes"})
_TO = r"\s*(?:-|–|—|til|to|\.\.)\s*"
_YOUNGER = re.compile(
    rf"(?<![\d.,/-])06(?![\d.,/-])|(?<!\d)0{_TO}6(?!\d)|\b(?:nul|zero){_TO}(?:seks|six)\b", re.IGNORECASE
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


def dialogue_number(words: Sequence[Word], hits: Sequence[Hit], taken: frozenset[int]) -> int | None:
    """`3. læringssamtale`, `anden samtale`, `dialogue 2`; only beside the word for a dialogue."""
    for hit in hits:
        if hit.heading != "dialogue":
            continue
        if hit.start and hit.start - 1 not in taken and (number := _ORDINALS.get(words[hit.start - 1].norm)):
            return number if words[hit.start - 1].norm != "en" and number <= HALF_YEARS else None
        for after in (hit.stop, hit.stop + 1):
            if after < len(words) and after not in taken and words[after].norm in ("1", "2", "3", "4"):
                is_numbered = after == hit.stop or words[hit.stop].norm in ("nr", "nummer", "no", "number")
                return int(words[after].norm) if is_numbered else None
    return None


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
