"""Finds the numbers that places are called by: `Klub 8270`, `område 3`, `the 10th grade centre`."""

import re

from dialogs.understanding.letters import without_genitive, words_of
from dialogs.understanding.names import Search
from dialogs.understanding.roster import SHORTEST_PART, Thing
from dialogs.understanding.vocabulary import COMMON
from dialogs.understanding.years import FOUR_DIGITS

_ONE_AREA = frozenset({"omraade", "distrikt", "bydel", "area", "district"})
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_GRADES = frozenset({"grade", "form", "class", "year"})
_CENTRES = frozenset({"centre", "center"})


def is_number_of_a_place(search: Search, index: int, before: str) -> bool:
    """`Klub 8000`, `område 2`; and neither a year, `skole 2. halvår` nor `klub 10-14 år`."""
    word, known = search.words[index], search.known
    if not word.norm.isdecimal() or FOUR_DIGITS.fullmatch(word.norm) or index - 1 in search.names.taken:
        return False
    if _is_of_an_area(search, index, before) or _is_in_a_name(search, index):
        return True
    if not known.has("one", before) or known.has("same_in_plural", before):
        return False
    if index + 1 == len(search.words):
        return True
    after = search.words[index + 1]
    is_counted = known.has("length_unit", after.norm) or after.norm in ("til", "to")
    return after.before == " " and not is_counted


def of_a_grade(search: Search, index: int) -> tuple[Thing, ...] | None:
    """The places that are called by the number of `the 10th grade centre`; None where no such place is named."""
    words = [word.norm for word in search.words[index : index + 3]]
    number = _ORDINAL.fullmatch(words[0])
    if number is None or len(words) < 3 or words[1] not in _GRADES:
        return None
    if words[2] not in _CENTRES and not search.known.has("one", words[2]):
        return None
    return tuple(search.index.beginning_with(number[1]))


def _is_of_an_area(search: Search, index: int, before: str) -> bool:
    """`Distrikt 4`, and not the area of `focus area 2`."""
    if _ONE_AREA.isdisjoint(without_genitive(before)) or search.words[index].before != " ":
        return False
    joined = search.words[index - 2].norm + before if index > 1 else ""
    return not search.known.headings(joined) - {COMMON}


def _is_in_a_name(search: Search, index: int) -> bool:
    """`Nøgletal 8270`, where there is a `Klub 8270`: the last word, and no name but for what it is of."""
    norm = search.words[index].norm
    if index + 1 < len(search.words) or len(norm) < SHORTEST_PART:
        return False
    names = (words_of(each.name) for each in search.index.institutions.values())
    return any(word.norm == norm for words in names for word in words)
