"""Whether a word in small letters is what it says, and no name that begins with it: `vi mangler spirer til mødet`."""

from collections.abc import Sequence
from os.path import commonprefix

from dialogs.understanding.letters import Word
from dialogs.understanding.vocabulary import Vocabulary

_INDEFINITE = frozenset({"", "e", "r", "er"})
_DEFINITE = frozenset({"n", "en", "et", "t", "ne", "rne", "erne"})


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


def is_counting(words: Sequence[Word], start: int, known: Vocabulary) -> bool:
    """`Fyrre minutter forsinket`."""
    if not known.has("tens", words[start].norm) or start + 1 >= len(words):
        return False
    after = words[start + 1].norm
    return known.has("length_unit", after) or known.has("counted_in", after)
