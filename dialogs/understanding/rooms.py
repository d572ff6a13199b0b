"""A school class as the room that a grown-up observes in, and as a whole that something is told of.

`Inviter Rune til 6.a`, `hvad så Rune i 5.b`, `forældrene i 2b er sure over lektierne`, `5.b har fået ny lærer`.
"""

import re
from collections.abc import Sequence

from dialogs.understanding.letters import Word
from dialogs.understanding.said import GROUPS
from dialogs.understanding.vocabulary import vocabulary

_CLASS = re.compile(r"\d{1,2}[a-h]", re.IGNORECASE)
_AFTER_A_NUMBER = re.compile(r"[a-h]|klasse\w*|class|aargang", re.IGNORECASE)
# `Inviter Anders Bæk og Rune til 6.a`
_MOST_INVITED = 4
_TO_WHAT = frozenset({"til", "om", "to", "for"})
_ASKS_TO = frozenset({"bed", "bede", "spoerg", "spoerge", "ask"})
_OBSERVES = frozenset({"observere", "observerer", "observerede"})
_WHAT = frozenset({"hvad", "what"})
_SAW = frozenset({"saa", "observerede"})
_ONE = frozenset({"en", "een", "a", "one", "to", "two"})


def classes_at(words: Sequence[Word]) -> set[int]:
    """Where a class stands, be it `2b`, `2. b`, `2.b's` or `klasse 2b`."""
    found = set()
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else None
        if _CLASS.fullmatch(word.norm.removesuffix("s")) or word.norm in ("klasse", "klassen", "kl"):
            found.add(index)
        elif word.norm.isdigit() and after and _AFTER_A_NUMBER.fullmatch(after.norm.removesuffix("s")):
            found |= {index, index + 1}
    return found


def observers_in(words: Sequence[Word], classes: set[int]) -> set[int]:
    """Where the one stands who is invited or asked to a class, or observes in it: by what they do, no child of it."""
    norms = [word.norm for word in words]
    found = {index - 1 for index, norm in enumerate(norms) if index and norm in _OBSERVES}
    if len(norms) > 1 and norms[0] in _WHAT and norms[1] in _SAW:
        found.add(2)
    is_to_observe = any(norm.startswith("observer") for norm in norms)
    for index, norm in enumerate(norms):
        if vocabulary().has("invite_word", norm) or (norm in _ASKS_TO and is_to_observe):
            invited = range(index + 1, min(index + 2 + _MOST_INVITED, len(norms)))
            ends = next((place for place in invited if norms[place] in _TO_WHAT), None)
            if ends is not None and not classes & set(range(index, ends)):
                found |= set(range(index, ends + 1))
    return found - classes


def parents_in(words: Sequence[Word], told: int) -> set[int]:
    """Where one parent or a few of them stand who tell: whoever says it is asked about where it is kept."""
    known = vocabulary()
    found = set[int]()
    for index, word in enumerate(words[:told]):
        if not known.headings(word.norm).isdisjoint({"parents", "one_parent"}):
            found.add(index)
            if index and words[index - 1].norm in _ONE:
                found.add(index - 1)
    return found


def told_of_from(words: Sequence[Word], classes: set[int]) -> int | None:
    """Which verb tells of a class or of a group of it; None where none does.

    It follows the class, before which only the group stands: in `i 2b er Zenia ked af det` somebody is in it.
    """
    known = vocabulary()
    follow = (index for index in range(1, len(words)) if index - 1 in classes)
    verb = next((index for index in follow if known.has("tells_of_a_class", words[index].norm)), None)
    if verb is None or verb + 1 == len(words):
        return None
    before = [word for index, word in enumerate(words[:verb]) if index not in classes]
    is_of_all = not before or known.has("of_mine", before[0].norm) or any(_is_group(word) for word in before)
    return verb if is_of_all else None


def _is_group(word: Word) -> bool:
    known = vocabulary()
    if known.has("one_of_a_class", word.norm):
        return False
    return known.has("all_of_a_class", word.norm) or not known.headings(word.norm).isdisjoint(GROUPS)
