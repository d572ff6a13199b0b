"""Whether a message that names a school class is about somebody of it, and not about all of them.

Nobody knows every name, and a class is small. So it is told by what may stand there: all of a class, such as `børnene`
and `pigerne`, what is asked for, and the words that every sentence has. Anything else beside a class may be a child:
`Zenia i 2.b`, `2.b's Zenia`, `en fra 5b`, `tvillingerne i 3.a`.
"""

from collections.abc import Sequence

from dialogs.understanding.letters import Word, plain
from dialogs.understanding.rooms import classes_at, observers_in, parents_in, told_of_from
from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
from dialogs.understanding.telling import told_from
from dialogs.understanding.vocabulary import vocabulary
from domain.single_child import FIRST_NAMES, may_be_of_one_child

_FARTHEST = 2


def is_of_somebody(said: Said) -> bool:
    """Of a message with a class in it; what a group of a class tells, or is told of it, is left to who writes it, save
    beside a class again."""
    if may_be_of_one_child(said.text):
        return True
    told = told_from(said.text)
    words = said.words
    classes = classes_at(words)
    told_of = told_of_from(words, classes) if told is None else None
    beside = _beside(words, classes)
    grown_ups = observers_in(words, classes) | parents_in(words, told or told_of or 0)
    # A leader is named whole beside a class, where children have first names, too.
    # What is only nearly a name may be a child's: `fravær for Nore i 2b`.
    leaders = (
        each
        for each in said.names.found
        if each.is_doubtful or any(option.what is What.LEADER for option in each.options)
    )
    alone = {each.start for each in leaders if each.stop - each.start == 1}
    in_times = said.by_time | said.by_date
    for index, word in enumerate(words):
        is_told = told is not None and index >= told
        if index in classes or index in in_times or index in grown_ups or (is_told and index not in beside):
            continue
        if _is_few(words, index, classes) or (not is_told and vocabulary().has("one_of_a_class", word.norm)):
            return True
        if told_of is not None and (index == told_of or (index > told_of and index not in beside)):
            if _is_called(word):
                return True
            continue
        if index in alone or (index not in said.names.taken and not _is_of_all(word, is_beside=index in beside)):
            return True
    return False


def _is_called(word: Word) -> bool:
    """Whether it is a first name, or has a capital within a sentence."""
    own = word.norm.removesuffix("s")
    return not _FIRST_NAMES.isdisjoint((word.norm, own)) or (word.is_capital and not word.begins)


def _beside(words: Sequence[Word], classes: set[int]) -> set[int]:
    """The words next to a class, small ones between them left out."""
    found = set()
    for index in classes:
        for step in (-1, 1):
            place = index + step
            while 0 <= place < len(words) and (place in classes or vocabulary().has("into_a_class", words[place].norm)):
                place += step
            if 0 <= place < len(words):
                found.add(place)
    return found


def _is_few(words: Sequence[Word], index: int, classes: set[int]) -> bool:
    """`to i 2b`, `de fem tosprogede i 2b`, `nogle få børn i 2b`; a number that stands by itself is few as well."""
    known, word = vocabulary(), words[index]
    if not known.has("few_of_a_class", word.norm) and not (word.norm.isdigit() and len(word.norm) == 1):
        return False
    after = words[index + 1 : index + 2 + _FARTHEST]
    if not after or word.norm in ("faa", "few", "couple", "par"):
        return True
    is_before = known.has("into_a_class", after[0].norm) or index + 1 in classes
    return is_before or any(known.has("goes_to_a_class", each.norm) for each in after)


def _is_of_all(word: Word, *, is_beside: bool) -> bool:
    """Whether the word is one that a question, a theme or a whole class is named by, and nobody's name."""
    known = vocabulary()
    own = word.norm.removesuffix("s")
    if not _FIRST_NAMES.isdisjoint((word.norm, own)):
        return False
    if known.has("also_names", word.norm) and (is_beside or (word.is_capital and not word.begins)):
        return False
    is_of_lessons = known.has("all_of_a_class", word.norm) or known.has("lessons", word.norm)
    return is_of_lessons or bool(known.headings(word.norm))


_FIRST_NAMES = frozenset(plain(each) for each in FIRST_NAMES)
