"""Mends the words that the ones beside them tell, though a letter of them is wrong: `sidse halvår`, `åne aftaler`,
`hvad siger børene`, `sparing 2026`, `md Per`, `ikke foberedt`.

A word with a capital may be somebody's name, and is left as it is; what may be one word or another is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA, Indel

from dialogs.understanding.letters import Word, in_single_letters
from dialogs.understanding.numbers import SAID
from dialogs.understanding.roster import Index, What
from dialogs.understanding.school_years import TWENTIES
from dialogs.understanding.vocabulary import Vocabulary
from dialogs.understanding.years import FOUR_DIGITS
from domain.slots import AskedStatus

_GROUPS = ("pupils", "children", "youth", "parents", "staff")
_SAY = ("say", "they_say")
_ARTICLES = frozenset({"de", "the", "vores", "our"})
_SHORTEST = 4
# So short a word is another without one of its letters: `bne aftaler`, `hlf year`.
_SHORTEST_BUT_ONE = 3
_YEAR = "a year"
_WITH = "med"
_WHICH = ("last_word", "this_word", "next_word")
_FORMATS = ("pdf", "docx")
# These are no half-year without the word for a year, with which they are a row.
_NOT_ALONE = frozenset({"half", "halve"})
_LOOKED_UP = ("which_half", "is_so", "fares_so", "as_a")


@dataclass(frozen=True)
class _Rule:
    """The headings that a word may stand under, and those of the next word, of the one before, or of either."""

    words: tuple[str, ...]
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


_RULES = (
    _Rule(_WHICH, before=frozenset({"season", "summary", "supervision", "cycle_word", "dialogue", "length_unit"})),
    _Rule(("which_half",), before=frozenset({"season"})),
    _Rule(("season",), before=frozenset({_YEAR}), behind=frozenset({*_WHICH, "which_half"})),
    _Rule(("cycle_word", "year_word"), behind=frozenset(_WHICH)),
    _Rule(
        (AskedStatus.OPEN, AskedStatus.OVERDUE),
        before=frozenset({"agreement", "decision", "measure", "focus_area"}),
        behind=frozenset({"is_so"}),
    ),
    _Rule((AskedStatus.NEEDS_ATTENTION,), behind=frozenset({"fares_so"})),
    _Rule(
        (AskedStatus.NONE,),
        before=frozenset({"agreement", "decision", "measure", "focus_area", "observation", "perspective"}),
    ),
    _Rule(("short",), before=frozenset({"summary", "supervision"})),
    _Rule(_FORMATS, behind=frozenset({"as_a"})),
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
    may_be_name = word.is_capital and (not word.begins or names.exact(word.norm))
    if len(word.norm) < _SHORTEST_BUT_ONE or may_be_name or known.headings(word.norm):
        return word
    if any(key[0] == word.norm[0] and OSA.distance(key, word.norm, score_cutoff=1) <= 1 for key, _area in names.areas):
        # `I east forår` is no `last`.
        return word
    near = _in_a_row(words, index, known) or _beside(words, index, known)
    return replace(word, norm=near) if near else word


def _in_a_row(words: Sequence[Word], index: int, known: Vocabulary) -> str:
    """`Siden sidte resumé`: the word with which those around it say something together; empty where there is none, or
    several that say different things."""
    norms = [word.norm for word in words]
    found: dict[str, frozenset[str]] = {}
    for form in _likeliest(words[index], (form for way in _ways(words[index]) for form in known.rows.near(way))):
        if said := known.rows.over([*norms[:index], form, *norms[index + 1 :]], index):
            found[form] = said
    return min(found) if len(set(found.values())) == 1 else ""


def _beside(words: Sequence[Word], index: int, known: Vocabulary) -> str:
    after = _headings_at(words, index + 1, known)
    before = _headings_at(words, index - 1, known)
    if index and words[index - 1].norm in _ARTICLES:
        before |= _headings_at(words, index - 2, known)
    for rule in _RULES:
        if rule.before & after or rule.behind & before or rule.beside & (before | after):
            near = {form for way in _ways(words[index]) for each in rule.words for form in known.near_under(each, way)}
            if likeliest := _likeliest(words[index], near - _NOT_ALONE):
                return likeliest[0]
    return ""


def _ways(word: Word) -> set[str]:
    return {word.norm, in_single_letters(word.said)}


def _likeliest(word: Word, forms: Iterable[str]) -> list[str]:
    """Those that can be meant, first the ones of which no letter is another one: `halvr` is no `halve`."""

    def is_farther(form: str) -> tuple[bool, int, int, str]:
        errors = min(OSA.distance(way, form) for way in _ways(word))
        return _is_changed(word, form), errors, abs(len(form) - len(word.norm)), form

    near = sorted(set(forms), key=is_farther)
    if len(word.norm) < _SHORTEST:
        near = [form for form in near if len(form) == _SHORTEST and not _is_changed(word, form)]
    return near


def _is_changed(word: Word, form: str) -> bool:
    """Whether a letter is another one, and none too many, too few or in its neighbour's place."""
    return all(sorted(way) != sorted(form) and Indel.distance(way, form) > 1 for way in _ways(word))


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
    is_year = FOUR_DIGITS.fullmatch(norm) or TWENTIES.fullmatch(norm)
    return (
        frozenset({_YEAR}) if is_year else known.headings(norm) | {each for each in _LOOKED_UP if known.has(each, norm)}
    )
