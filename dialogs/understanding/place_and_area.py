"""Which the answer is of, where a place and an area are named: `Elmeskolen i Nord` is the school, and `Elmeskolen og
Syd` are two questions.

An answer holds what lies in both, so that a place and an area beside it would be none of one's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from dialogs.understanding.around import words_at
from dialogs.understanding.listed import LINKS
from dialogs.understanding.names import Found
from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
from domain.unused import Unused, Why

_IN = frozenset({"i", "in", "det", "den", "the"})


@dataclass(frozen=True)
class Where:
    """The places, areas and leaders that the answer is of, and what is said of where besides."""

    institutions: tuple[UUID, ...]
    areas: tuple[UUID, ...]
    leaders: tuple[UUID, ...]
    unused: tuple[Unused, ...] = ()


def where_of(said: Said) -> Where:
    """What is named, where it can be answered together; else what is named first, or the place and not the area that it
    does not lie in."""
    whole = Where(said.things(What.INSTITUTION), said.things(What.AREA), said.things(What.LEADER))
    if not whole.areas or not (whole.institutions or whole.leaders):
        return whole
    areas = _founds(said, What.AREA)
    others = _founds(said, What.INSTITUTION) or _founds(said, What.LEADER)
    if not areas or not others:
        return whole
    lies_in = [_lies_in(said, each) for each in others]
    is_there = [not each.isdisjoint(whole.areas) for each in lies_in]
    if _is_linked(said, areas[0], others):
        return _first(said, whole, areas, others, is_there)
    if not whole.institutions:
        # Of a leader who leads elsewhere as well, the area says which places are meant.
        return whole if any(is_there) else _without_areas(said, whole, areas)
    return Where(whole.institutions, (), whole.leaders) if all(is_there) else _without_areas(said, whole, areas)


def _founds(said: Said, what: What) -> list[Found]:
    """The names that are clear and not left out."""
    return [
        each
        for each in said.names.found
        if len(each.options) == 1
        and each.options[0].what is what
        and each.options[0] in said.named
        and each.start not in said.left_at
    ]


def _lies_in(said: Said, found: Found) -> frozenset[UUID]:
    thing, index = found.options[0], said.index
    if thing.what is What.INSTITUTION:
        return frozenset({index.institutions[thing.id].area_id})
    led = (index.institutions.get(each) for each in index.leaders[thing.id].leads)
    return frozenset(where.area_id for where in led if where is not None)


def _is_linked(said: Said, area: Found, others: Sequence[Found]) -> bool:
    """`Elmeskolen og Syd`, `Syd samt Elmeskolen`."""
    nearest = min(others, key=lambda each: min(abs(each.stop - area.start), abs(each.start - area.stop)))
    first, second = sorted((nearest, area), key=lambda each: each.start)
    between = said.words[first.stop : second.start]
    return any(word.norm in LINKS for word in between)


def _first(
    said: Said, whole: Where, areas: Sequence[Found], others: Sequence[Found], is_there: Sequence[bool]
) -> Where:
    """The area, where all that is named beside it lies there; else what is named first."""
    if all(is_there) or areas[0].start < others[0].start:
        left = [each for each, there in zip(others, is_there, strict=True) if not there]
        leaders = whole.leaders if whole.institutions else ()
        return Where((), whole.areas, leaders, _by_themselves(said, left))
    return Where(whole.institutions, (), whole.leaders, _by_themselves(said, areas))


def _by_themselves(said: Said, left: Sequence[Found]) -> tuple[Unused, ...]:
    return tuple(Unused(Why.ONE_AT_A_TIME, words_at(said, each.start, each.stop)) for each in left)


def _without_areas(said: Said, whole: Where, areas: Sequence[Found]) -> Where:
    told = []
    for each in areas:
        start = each.start
        while start and said.words[start - 1].norm in _IN:
            start -= 1
        told.append(Unused(Why.LIES_ELSEWHERE, words_at(said, start, each.stop)))
    return Where(whole.institutions, (), whole.leaders, tuple(told))
