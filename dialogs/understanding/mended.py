"""Mends the words that the one beside them tells, though a letter of them is wrong: `sidse halvår`, `åne aftaler`,
`hvad siger børene`, `sparing 2026`, `md Per`.

A word with a capital may be somebody's name, and is left as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from dialogs.understanding.letters import Word, in_single_letters
from dialogs.understanding.numbers import SAID
from dialogs.understanding.roster import Index, What
from dialogs.understanding.vocabulary import Vocabulary
from dialogs.understanding.years import FOUR_DIGITS
from domain.slots import AskedStatus

_GROUPS = ("pupils", "children", "youth", "parents", "staff")
_SAY = ("say", "they_say")
_ARTICLES = frozenset({"de", "the", "vores", "our"})
_SHORTEST = 4
# So short a word is another without its first letter: `bne aftaler`.
_SHORTEST_BUT_ONE = 3
_YEAR = "a year"
_WITH = "med"


@dataclass(frozen=True)
class _Rule:
    """The headings that a word may stand under, and those of the next word, or of the one before or after."""

    words: tuple[str, ...]
    before: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


_RULES = (
    _Rule(
        ("last_word", "this_word", "next_word"),
        before=frozenset({"season", "summary", "supervision", "cycle_word", "dialogue"}),
    ),
    _Rule(
        (AskedStatus.OPEN, AskedStatus.OVERDUE), before=frozenset({"agreement", "decision", "measure", "focus_area"})
    ),
    _Rule(("season",), before=frozenset({_YEAR})),
    _Rule(_GROUPS, beside=frozenset(_SAY)),
)


def mended(words: Sequence[Word], known: Vocabulary, names: Index) -> list[Word]:
    """The words as they are looked up; what was typed is kept beside it."""
    return [_mended(words, index, known, names) for index in range(len(words))]


def _mended(words: Sequence[Word], index: int, known: Vocabulary, names: Index) -> Word:
    word = words[index]
    if _is_with_somebody(words, index, known, names):
        return replace(word, norm=_WITH)
    if _is_number_of_an_area(words, index, known):
        return replace(word, norm=str(SAID[word.norm]))
    if len(word.norm) < _SHORTEST_BUT_ONE or word.is_capital or known.headings(word.norm):
        return word
    if any(key[0] == word.norm[0] and OSA.distance(key, word.norm, score_cutoff=1) <= 1 for key, _area in names.areas):
        # `I east forår` is no `last`.
        return word
    after = _headings_at(words, index + 1, known)
    before = _headings_at(words, index - 1, known)
    if not after and not before:
        return word
    if not before and index and words[index - 1].norm in _ARTICLES:
        before = _headings_at(words, index - 2, known)
    for rule in _RULES:
        if not rule.before.isdisjoint(after) or not rule.beside.isdisjoint(before | after):
            ways = {word.norm, in_single_letters(word.said)}
            near = {form for way in ways for heading in rule.words for form in known.near_under(heading, way)}
            if len(word.norm) < _SHORTEST:
                near = {form for form in near if form.endswith(word.norm)}
            if near:
                return replace(word, norm=min(near, key=lambda form: (abs(len(form) - len(word.norm)), form)))
    return word


def _is_number_of_an_area(words: Sequence[Word], index: int, known: Vocabulary) -> bool:
    """`Område tre`, which is called `Område 3`."""
    is_number = words[index].norm in SAID and (words[index].norm != "to" or index + 1 == len(words))
    return is_number and index > 0 and known.has("area", words[index - 1].norm)


def _is_with_somebody(words: Sequence[Word], index: int, known: Vocabulary, names: Index) -> bool:
    """`Aftaler md Per`: the word before the name of a leader is `med`, where it is nothing else."""
    norm = words[index].norm
    if not index or index + 1 == len(words) or len(norm) >= _SHORTEST or known.headings(norm) or names.exact(norm):
        return False
    is_near = OSA.distance(norm, _WITH, score_cutoff=1) <= 1
    return is_near and any(entry.thing.what is What.LEADER for entry in names.exact(words[index + 1].norm))


def _headings_at(words: Sequence[Word], index: int, known: Vocabulary) -> frozenset[str]:
    if not 0 <= index < len(words):
        return frozenset()
    norm = words[index].norm
    return frozenset({_YEAR}) if FOUR_DIGITS.fullmatch(norm) else known.headings(norm)
