"""Where somebody must be meant, whatever else the word is: behind `med`, behind `brief mig om`, and in a list with
somebody who is: `aftaler med Ea og My`."""

from collections.abc import Sequence

from dialogs.understanding.letters import Word
from dialogs.understanding.vocabulary import Vocabulary
from dialogs.understanding.years import FOUR_DIGITS, IN_A_TIME, MONTHS

WITH = frozenset({"med", "with", "m"})
AGAINST = frozenset({"vs", "versus", "kontra", "mod", "to", "against"})
ABOUT = frozenset({"om", "about", "on", "temaet", "tema", "theme", "emnet"})
_OF_WHOM = ABOUT & {"om", "about", "on"}
_AND = frozenset({"og", "and", "samt"})
# What may follow a name that is a word as well: `med kort om fraværet`, and not `med kort frist`.
_ENDS = _AND | _OF_WHOM | {"eller", "or", "i", "in", "paa", "at", "fra", "from", "siden", "since", "sidst", "last"}
_ENDS_WITH_S, _OWNS = ("s", "x", "z"), ("'", "’", "´", "`")


def behind_brief_me(words: Sequence[Word], known: Vocabulary) -> Sequence[Word]:
    """What stands behind `brief mig om`; nothing where it is not said."""
    for hit in known.hits(words):
        if hit.heading == "briefs" and hit.stop < len(words) and words[hit.stop].norm in _OF_WHOM:
            return words[hit.stop + 1 :]
    return ()


def is_whom(words: Sequence[Word], index: int, people: Sequence[tuple[int, int]], known: Vocabulary) -> bool:
    """Whether it is said here with whom, or of whom; `people` are the spans of the leaders that are found."""
    before = words[index - 1].norm if index else ""
    if before in WITH:
        return True
    if before in _OF_WHOM:
        return len(behind_brief_me(words[: index + 1], known)) == 1
    is_comma = bool(index) and words[index].before.strip() == ","
    if before not in _AND and not is_comma:
        return False
    stops = (index,) if is_comma else (index - 1,)
    listed = (start for start, stop in people if stop in stops and start < index)
    return ends_there(words, index) and any(is_whom(words, start, people, known) for start in listed)


def ends_there(words: Sequence[Word], index: int) -> bool:
    """Whether nothing follows that the word could belong to."""
    after = words[index + 1] if index + 1 < len(words) else None
    return after is None or bool(after.before.strip()) or after.norm in _ENDS


def owns_what_follows(words: Sequence[Word], start: int) -> bool:
    """`Mads' 1:1`, `jens´ aftaler`: the sign after an -s is set after names, and seldom after other words."""
    is_ended = words[start].norm.endswith(_ENDS_WITH_S) and start + 1 < len(words)
    return is_ended and words[start + 1].before.startswith(_OWNS)


def is_after_initial(words: Sequence[Word], index: int) -> bool:
    """`J. Møller`; the letter of a class is none: `2. B. Møller`."""
    initial = words[index - 1] if index else None
    if initial is None or words[index].before.strip() != "." or len(initial.said) != 1:
        return False
    is_of_class = index > 1 and words[index - 2].norm.isdecimal()
    return initial.is_capital and not initial.before.strip() and not is_of_class


def is_month(words: Sequence[Word], index: int) -> bool:
    """`Beslutninger i jan`, `jan 2026`: a month, though somebody is called so; `aftaler fra Jan` are his."""
    if words[index].norm not in MONTHS:
        return False
    before = words[index - 1].norm if index else ""
    after = words[index + 1].norm if index + 1 < len(words) else ""
    is_in = before in ("i", "in") or (before in IN_A_TIME and not words[index].is_capital)
    return is_in or bool(FOUR_DIGITS.fullmatch(after))
