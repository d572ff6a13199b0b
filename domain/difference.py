"""When numbers that were shown may be shown anew: what two days differ by must not be of too few institutions either.

I29 protects each table by itself: "no cell from fewer than 3 institutions (configurable)". Two tables of different days
are one more: their difference, which anybody can work out who has seen both. So it keeps the same rule. What every
institution adds is known here, as it was and as it is; what is asked is only whether the later may be shown.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

# Where those are that are in no word of a table, and those whose word is not shown.
_OUTSIDE, _HIDDEN = object(), object()


@dataclass(frozen=True, kw_only=True)
class Words:
    """Institutions by a word, each with one: a table that is shown with its total, or None of it where `shown` is None.

    `of` has the word of each institution, and `shown` are the words whose numbers stand there.
    """

    of: Mapping[str, Hashable]
    shown: frozenset[Hashable] | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What can be read of some numbers that belong together: tables of words, and sums of what institutions add.

    `added` has the sums that are shown, each with what every institution adds to it; `hidden` those that are not shown.
    """

    tables: Mapping[str, Words] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    hidden: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def may_follow(earlier: Told, later: Told, fewest: int) -> bool:
    """Whether every number that can be read of both differs by nobody, or by at least `fewest` institutions.

    A sum that is shown on one of the days counts as one that can be read. Of a table it is asked of every number that
    can be added up from it: each word, several together, and all.
    """
    nothing: Mapping[str, Any] = {}
    for name in earlier.added.keys() | later.added.keys():
        was = earlier.added.get(name, earlier.hidden.get(name, nothing))
        now = later.added.get(name, later.hidden.get(name, nothing))
        if not _is_of_enough(_changed(was, now), fewest):
            return False
    none = Words(of={}, shown=None)
    return all(
        _may_follow(earlier.tables.get(name, none), later.tables.get(name, none), fewest)
        for name in earlier.tables.keys() | later.tables.keys()
    )


def _changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> int:
    return sum(was.get(each) != now.get(each) for each in was.keys() | now.keys())


def _may_follow(was: Words, now: Words, fewest: int) -> bool:
    if was.shown is None and now.shown is None:
        return True
    shown = (was.shown or frozenset()) | (now.shown or frozenset())
    moves = Counter(
        (_place(was, each, shown), _place(now, each, shown))
        for each in was.of.keys() | now.of.keys()
        if was.of.get(each, _OUTSIDE) != now.of.get(each, _OUTSIDE)
    )
    return all(
        _is_of_enough(sum(n for (a, b), n in moves.items() if (a in some) != (b in some)), fewest)
        for some in _some_of([*shown, _HIDDEN])
    )


def _place(table: Words, institution: str, shown: frozenset[Hashable]) -> Hashable:
    """What can be told apart: the words that are shown on one of the days, all the others, and what is in none."""
    if institution not in table.of:
        return _OUTSIDE
    word = table.of[institution]
    return word if word in shown else _HIDDEN


def _some_of(words: Sequence[Hashable]) -> list[frozenset[Hashable]]:
    return [frozenset(each) for size in range(1, len(words) + 1) for each in combinations(words, size)]


def _is_of_enough(institutions: int, fewest: int) -> bool:
    return institutions == 0 or institutions >= fewest
