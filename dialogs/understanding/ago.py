"""Finds what is told by how many months or years ago it is: `for et år siden`, `a year ago`, `for 3 måneder siden`."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.understanding.letters import Word
from domain.period import HalfYear

_NUMBERS = {
    word: number
    for number, words in (
        (0.5, ("half a", "half an")),
        (1, ("et", "en", "a", "an", "one")),
        (2, ("to", "two", "par", "couple")),
        (3, ("tre", "three")),
        (4, ("fire", "four")),
        (5, ("fem", "five")),
        (6, ("seks", "six")),
        (7, ("syv", "seven")),
        (8, ("otte", "eight")),
        (9, ("ni", "nine")),
        (10, ("ti", "ten")),
    )
    for word in words
}
# With how many months each is.
_UNITS = {
    r"(?:aar|ar|years?)": 12,
    r"(?:halva?ar|halvt a?ar|halfyears?|half years?)": 6,
    r"(?:maaned(?:er)?|maned(?:er)?|mdr|months?)": 1,
}
_AGO = [
    (
        re.compile(
            rf"(?:for )?(?:(?:et|a) )?([1-5]?\d|{'|'.join(_NUMBERS)}) (?:of )?{unit} (?:siden|tilbage|ago|back)\b"
        ),
        months,
    )
    for unit, months in _UNITS.items()
]
_MOST_WORDS = 8


def ago_at(words: Sequence[Word], index: int, today: date) -> tuple[HalfYear, int] | None:
    """The half-year of so long ago, and where the words for it end that begin here; None where none do."""
    said = " ".join(word.norm for word in words[index : index + _MOST_WORDS])
    for pattern, months in _AGO:
        if found := pattern.match(said):
            number = _NUMBERS.get(found[1]) or int(found[1])
            month = today.year * 12 + today.month - 1 - int(number * months)
            return HalfYear.of(date(month // 12, month % 12 + 1, 1)), index + len(found[0].split())
    return None
