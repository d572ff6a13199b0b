"""`Også Byskolen`, `Byskolen og klubberne i Vest`: places that are added to others, and do not take their place."""

from collections.abc import Set
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from dialogs.understanding.roster import Index
from domain.slots import Slots

T = TypeVar("T")


def with_earlier(earlier: Slots, new: Slots, index: Index, mine: Set[UUID]) -> Slots:
    """What is said now, with the places of the earlier question besides; all of these where none was named.

    Kinds are added to kinds and areas to areas; otherwise each place is named, of an area those of the asker's: where
    none is, all of them, so that whoever answers says no to them.
    """
    if not (earlier.names_a_place and new.names_a_place):
        return new
    if new.types and earlier.types and not _names_one(earlier, new) and not new.areas:
        return replace(new, types=_both(earlier.types, new.types))
    if new.areas and earlier.areas and not _names_one(earlier, new) and not new.types:
        return replace(new, areas=_both(earlier.areas, new.areas))
    return replace(
        new,
        institutions=_both(_places_of(earlier, index, mine), _places_of(new, index, mine)),
        areas=(),
        types=(),
        age_range=None,
        leaders=_both(earlier.leaders, new.leaders),
    )


def together(slots: Slots, index: Index, mine: Set[UUID]) -> Slots:
    """`Byskolen og klubberne i Vest`: each place by itself, where one that is named is none of the others."""
    if not slots.institutions or not (slots.areas or slots.types or slots.age_range):
        return slots
    others = _places_of(replace(slots, institutions=()), index, mine)
    if set(slots.institutions) <= set(others):
        return slots
    return replace(slots, institutions=_both(slots.institutions, others), areas=(), types=(), age_range=None)


def _both(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _names_one(*each: Slots) -> bool:
    return any(one.institutions or one.leaders for one in each)


def _places_of(slots: Slots, index: Index, mine: Set[UUID]) -> tuple[UUID, ...]:
    """The institutions that are named or lie in what is, those of the asker's alone where there are any; of leaders it
    is found out by whoever answers."""
    if not (slots.areas or slots.types or slots.age_range):
        return slots.institutions
    found = tuple(
        where.id
        for where in index.institutions.values()
        if not where.is_closed
        and (not slots.institutions or where.id in slots.institutions)
        and (not slots.areas or where.area_id in slots.areas)
        and (not slots.types or where.type in slots.types)
        and (slots.age_range is None or where.age_range is slots.age_range)
    )
    return tuple(each for each in found if each in mine) or found
