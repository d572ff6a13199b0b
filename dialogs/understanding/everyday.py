"""Whether a word is what it says, and no name that begins with it or is called so: `vi mangler spirer til mødet`."""

from collections.abc import Sequence
from os.path import commonprefix

from dialogs.understanding.letters import Word, without_genitive
from dialogs.understanding.vocabulary import COMMON, Vocabulary
from dialogs.understanding.years import MONTHS

_INDEFINITE = frozenset({"", "e", "r", "er"})
_DEFINITE = frozenset({"n", "en", "et", "t", "ne", "rne", "erne"})
_SHORTEST_LAND = 4
_FEW = frozenset({"few", "elsewhere"})
_ALSO_NAMES = frozenset({COMMON, "holiday", "length_unit"})


def is_inflected(word: str, name: str) -> bool:
    """Whether the word is the name as any of its kind, or several: `regnbue` and `regnbuer` are not the `Regnbuen`."""
    stem = commonprefix([word, name])
    return any(
        word[place:] in _INDEFINITE and name[place:] in _DEFINITE
        for place in range(len(stem), max(len(stem) - 2, 0), -1)
    )


def stands_as_name(words: Sequence[Word], start: int, known: Vocabulary) -> bool:
    """Whether a name can stand here in small letters: first, after `på` or `for`, or after what it is asked for."""
    if is_counting(words, start, known):
        return False
    if start == 0 or words[start].is_capital:
        return True
    before = words[start - 1].norm
    said = known.headings(before) or known.guess(before)[1]
    return (
        before.isdecimal()
        or any(known.has(each, before) for each in ("place", "follow", "may_name_next"))
        or bool(said & known.topics)
    )


def may_be_a_name(word: Word, known: Vocabulary, *, is_capital: bool) -> bool:
    """Whether a place may be called by it, though it is a word: `Elmeskolen og Månen`, `… og skoven`."""
    headings = known.headings(word.norm)
    if is_of_few(headings) or is_capital and headings <= _ALSO_NAMES and word.norm not in MONTHS:
        return True
    return is_land(word, known)


def is_of_few(headings: frozenset[str]) -> bool:
    """Whether it is the one of its kind and of no type that is known: `naturskolen`."""
    return "few" in headings and headings <= _FEW


def is_land(word: Word, known: Vocabulary) -> bool:
    """`Skoven`, `bakken`: what a place is called by, as the one that is meant."""
    return any(
        len(form) >= _SHORTEST_LAND and form.endswith(("en", "et", "erne")) and known.has("landscape", form)
        for form in without_genitive(word.norm)
    )


def is_counting(words: Sequence[Word], start: int, known: Vocabulary) -> bool:
    """`Fyrre minutter forsinket`."""
    if not known.has("tens", words[start].norm) or start + 1 >= len(words):
        return False
    after = words[start + 1].norm
    return known.has("length_unit", after) or known.has("counted_in", after)
