"""Finds what is said of times and numbers that no answer goes by: `de sidste tre måneder`, `over 2000 elever`.

What stands there is no year and no half-year, and it is told that it was not gone by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.understanding.ago import ago_at
from dialogs.understanding.letters import Word
from dialogs.understanding.quarters import quarter_at
from dialogs.understanding.vocabulary import Vocabulary, vocabulary
from dialogs.understanding.years import FOUR_DIGITS, NEW_YEAR, PARTS, SINCE
from domain.organisation import InstitutionType
from domain.unused import Why

_ARTICLES = ("de", "det", "den", "the")
_HALVES = ("halvaar", "halvar", "halvaarene", "halvarene")
# Of what there can be so many: people, places, and what is told about them.
_COUNTED = frozenset(
    {
        "pupils", "children", "youth", "parents", "staff", "agreement", "decision", "observation", "perspective",
        "focus_area", "dialogue", "counted_in", "unnamed", *(each.value for each in InstitutionType),
    }
)  # fmt: skip
_OF_AGE = frozenset({"aarige", "arige", "aar", "ar", "years"})
_AGES = (("0", "6"), ("6", "18"))
# Which of these a number can be read as a year beside: those who write of `perspektiver 2025 børn` mean the year.
_YEARS_BACK, _YEARS_AHEAD = 12, 4


@dataclass(frozen=True)
class Aside:
    """Where it is said, and why no answer goes by it."""

    start: int
    stop: int
    why: Why


def asides_in(words: Sequence[Word], taken: frozenset[int], today: date) -> list[Aside]:
    """What is said of a length of time, a holiday, or a number of something, besides what is a name."""
    known = vocabulary()
    found: list[Aside] = []
    index = 0
    while index < len(words):
        aside = None if index in taken else _at(words, taken, index, known, today)
        if aside is not None:
            found.append(aside)
        index = aside.stop if aside is not None else index + 1
    return found


def _at(words: Sequence[Word], taken: frozenset[int], index: int, known: Vocabulary, today: date) -> Aside | None:
    if ago_at(words, index, today) or quarter_at(words, set(taken), index, today):
        # Of these it is known in which half-year they lie.
        return None
    if told := _holiday(words, taken, index, known) or _summer(words, index, known) or _week(words, taken, index):
        return told
    if _is_number(words[index], known):
        return _length(words, index, known) or _number(words, taken, index, known, today)
    return None


def _is_number(word: Word, known: Vocabulary) -> bool:
    return word.norm.isdecimal() or known.has("number_word", word.norm)


def _length(words: Sequence[Word], index: int, known: Vocabulary) -> Aside | None:
    """`De sidste tre måneder`, `om 14 dage`, `for to uger siden`; `2. halvår` is one of them and no two."""
    at = index + 1
    if at >= len(words) or not known.has("length_unit", words[at].norm) or words[at].before.startswith("."):
        return None
    stop = at + 1
    start = index - 1 if index and words[index - 1].norm in ("et", "a") else index
    before = words[start - 1].norm if start else ""
    if known.has("last_word", before) or known.has("next_word", before):
        start -= 1
        while start and words[start - 1].norm in _ARTICLES:
            start -= 1
        return Aside(start, stop, Why.HALF_YEARS)
    if words[at].norm in _HALVES:
        return None
    is_back = stop < len(words) and words[stop].norm in ("siden", "ago", "tilbage")
    is_within = known.has("within", before)
    return Aside(start - is_within, stop + is_back, Why.HALF_YEARS) if is_back or is_within else None


def _holiday(words: Sequence[Word], taken: frozenset[int], index: int, known: Vocabulary) -> Aside | None:
    """`Siden sommerferien`, `før jul`; of `siden nytår` and of a winter with its year it is known what is meant."""
    if not known.has("around", words[index].norm):
        return None
    at = index + 1
    while at < len(words) and words[at].norm in _ARTICLES:
        at += 1
    if at >= len(words) or at in taken or not known.has("holiday", words[at].norm):
        return None
    is_since_new_year = words[index].norm in SINCE and words[at].norm in NEW_YEAR
    has_year = at + 1 < len(words) and FOUR_DIGITS.fullmatch(words[at + 1].norm)
    return None if is_since_new_year or has_year else Aside(index, at + 1, Why.HALF_YEARS)


def _summer(words: Sequence[Word], index: int, known: Vocabulary) -> Aside | None:
    """`Tilsynsresumé sommer`: in which half-year that is, nobody can say."""
    is_asked = bool(index) and bool(known.headings(words[index - 1].norm) & known.topics)
    has_year = index + 1 < len(words) and words[index + 1].norm.isdecimal()
    if words[index].norm not in PARTS or not is_asked or has_year:
        return None
    return Aside(index, index + 1, Why.HALF_YEARS)


def _week(words: Sequence[Word], taken: frozenset[int], index: int) -> Aside | None:
    """`I uge 20`."""
    is_week = words[index].norm in ("uge", "week") and index + 1 < len(words) and index + 1 not in taken
    if not is_week or not words[index + 1].norm.isdecimal():
        return None
    return Aside(index - (index > 0 and words[index - 1].norm in ("i", "in")), index + 2, Why.HALF_YEARS)


def _number(words: Sequence[Word], taken: frozenset[int], index: int, known: Vocabulary, today: date) -> Aside | None:
    """`Over 2000 elever`, `flere end 30`, `2000 kr`: how many there are of something, and no year."""
    if told := _other_ages(words, index):
        return told
    if _is_of_more(words, index):
        return None
    start = _more_than(words, index, known)
    after = words[index + 1].norm if index + 1 < len(words) and index + 1 not in taken else ""
    is_of_something = bool(known.headings(after) & _COUNTED) and not known.has("one", after)
    stop = index + 2 if is_of_something else index + 1
    if not words[index].norm.isdecimal():
        return Aside(start, stop, Why.NUMBERS) if start < index and is_of_something else None
    number = int(words[index].norm)
    may_be_year = today.year - _YEARS_BACK <= number <= today.year + _YEARS_AHEAD
    if start < index and (is_of_something or not may_be_year):
        return Aside(start, stop, Why.NUMBERS)
    is_year = FOUR_DIGITS.fullmatch(words[index].norm)
    if (
        is_year
        and is_of_something
        and (not may_be_year or known.has("counted_in", after) or _stands_with(words, index))
    ):
        return Aside(start, stop, Why.NUMBERS)
    return None


def _other_ages(words: Sequence[Word], index: int) -> Aside | None:
    """`3-6 årige`, besides the two that institutions are of."""
    norms = [word.norm for word in words[index : index + 3]]
    is_range = len(norms) == 3 and norms[1].isdecimal() and words[index + 1].before.strip() in ("-", "–")
    if not is_range or norms[2] not in _OF_AGE or tuple(norms[:2]) in _AGES:
        return None
    return Aside(index, index + 3, Why.NUMBERS)


def _is_of_more(words: Sequence[Word], index: int) -> bool:
    """`0-6`, `10. klasse`, `6 til 18`: the number is a part of what says something else."""
    after = words[index + 1] if index + 1 < len(words) else None
    is_joined = words[index].before.endswith(tuple("-–/.:")) and index > 0
    return is_joined or (after is not None and (after.before.strip() in tuple("-–/.:") or after.norm in ("til", "to")))


def _stands_with(words: Sequence[Word], index: int) -> bool:
    """`Skoler med 2025 elever`."""
    return bool(index) and words[index - 1].norm in ("med", "har", "with", "has", "have")


def _more_than(words: Sequence[Word], index: int, known: Vocabulary) -> int:
    """Where the words begin that hold something against the number; the number's own place where none do."""
    if index > 1 and known.has("more_than", words[index - 2].norm + words[index - 1].norm):
        return index - 2
    return index - 1 if index and known.has("more_than", words[index - 1].norm) else index
