"""Which the answer is of, where a place is named and more of them: `Elmeskolen i Nord` is the school, `Elmeskolen og
Nord` the area, and `Elmeskolen og klubberne i Syd` both.

An answer holds what lies in all that is named, so that a place and an area beside it would be none of one's own.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from uuid import UUID

from dialogs.understanding.around import words_at
from dialogs.understanding.listed import LINKS
from dialogs.understanding.names import Found
from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
from dialogs.understanding.vocabulary import Hit
from domain.organisation import AgeRange, InstitutionType
from domain.roster import InstitutionName
from domain.unused import Unused, Why

_IN = frozenset({"i", "in", "det", "den", "the"})
_LINKS = LINKS | {"isaer", "herunder", "especially"}
_AGES = frozenset({"0", "6", "18", "618"})


@dataclass(frozen=True)
class Where:
    """The places, people and groups of places that the answer is of, and what is said of where besides."""

    institutions: tuple[UUID, ...]
    leaders: tuple[UUID, ...]
    areas: tuple[UUID, ...]
    types: tuple[InstitutionType, ...]
    age_range: AgeRange | None
    unused: tuple[Unused, ...] = ()


def where_of(said: Said) -> Where:
    """What is named; of a place that lies in the area or is of the kind beside it, one of the two."""
    institutions, leaders = said.things(What.INSTITUTION), said.things(What.LEADER)
    whole = Where(institutions, leaders, said.things(What.AREA), _types_of(said), said.age_range)
    others = _founds(said, What.INSTITUTION) or _founds(said, What.LEADER)
    group = _group_in(said)
    if not others or not group:
        return whole
    if _are_linked(said, group, others):
        if not any(_is_in(where, whole) and not where.is_closed for where in said.index.institutions.values()):
            words = words_at(said, group[0][0], group[-1][1])
            return replace(whole, areas=(), types=(), age_range=None, unused=(Unused(Why.UNKNOWN, words),))
        if all(_is_within(said, whole, each) for each in others):
            return replace(whole, institutions=(), leaders=())
        return whole if institutions else _first(said, whole, group, others)
    areas = _founds(said, What.AREA)
    if not areas:
        return whole
    others_in = [_areas_of(said, each) for each in others]
    if any(each.isdisjoint(whole.areas) for each in others_in):
        told = tuple(Unused(Why.LIES_ELSEWHERE, _with_in(said, each)) for each in areas)
        return replace(whole, areas=(), unused=told)
    # Of one who leads elsewhere, too, it is what they lead there.
    return replace(whole, areas=()) if all(each <= set(whole.areas) for each in others_in) else whole


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


def _group_in(said: Said) -> list[tuple[int, int]]:
    """Where the areas, the kinds and the ages stand."""
    taken = said.names.taken | said.left_at
    kinds = [hit for each in _types_of(said) for hit in said.all(each)]
    ages = (place for place, word in enumerate(said.words) if said.age_range and word.norm in _AGES)
    return sorted(
        {
            *((each.start, each.stop) for each in _founds(said, What.AREA)),
            *((hit.start, hit.stop) for hit in kinds if hit.start not in taken and not _is_of_others(said, hit)),
            *((place, place + 1) for place in ages if place not in taken | said.by_time),
        }
    )


def _types_of(said: Said) -> tuple[InstitutionType, ...]:
    """The kinds of several; beside a place that is named, `its after school club` is one."""
    if not (said.things(What.INSTITUTION) or said.things(What.LEADER)):
        return said.types
    found = [each for each in said.types if not all(_is_of_one(said, hit) for hit in said.all(each))]
    # `Elmeskolen og dagtilbud i Syd`, `dagtilbuddet i Syd og Elmeskolen`: of the area it is those alone.
    areas = {each.start for each in _founds(said, What.AREA)}
    found += [each for each in InstitutionType if any(_is_in_area(said, hit, areas) for hit in said.all(each))]
    return tuple(dict.fromkeys(found))


def _is_in_area(said: Said, hit: Hit, areas: Set[int]) -> bool:
    is_in = hit.stop + 1 in areas and said.words[hit.stop].norm in _IN
    return is_in and hit.start not in said.names.taken | said.left_at


def _is_of_one(said: Said, hit: Hit) -> bool:
    norm = said.words[hit.stop - 1].norm
    return said.known.has("one", norm) and not said.known.has("same_in_plural", norm)


def _is_of_others(said: Said, hit: Hit) -> bool:
    """`Elmeskolen og de andre skoler`: which those are, nobody can say."""
    return hit.start > 0 and said.known.has("others", said.words[hit.start - 1].norm)


def _places_of(said: Said, found: Found) -> list[UUID]:
    thing = found.options[0]
    return [thing.id] if thing.what is What.INSTITUTION else list(said.index.leaders[thing.id].leads)


def _areas_of(said: Said, found: Found) -> frozenset[UUID]:
    places = (said.index.institutions.get(each) for each in _places_of(said, found))
    return frozenset(where.area_id for where in places if where is not None)


def _is_within(said: Said, group: Where, found: Found) -> bool:
    """Whether all that is named so lies in the group."""
    places = [said.index.institutions[each] for each in _places_of(said, found) if each in said.index.institutions]
    return bool(places) and all(_is_in(where, group) for where in places)


def _is_in(where: InstitutionName, group: Where) -> bool:
    return (
        (not group.areas or where.area_id in group.areas)
        and (not group.types or where.type in group.types)
        and (group.age_range is None or where.age_range is group.age_range)
    )


def _are_linked(said: Said, group: Sequence[tuple[int, int]], others: Sequence[Found]) -> bool:
    """`Elmeskolen og Syd`, `klubberne & Elmeskolen`, `skolerne i Nord, især Fyrreskolen`."""
    spans = [(each.start, each.stop) for each in others]
    nearest = min(((max(a[0], b[0]) - min(a[1], b[1]), a, b) for a in group for b in spans), key=lambda each: each[0])
    first, second = sorted(nearest[1:])
    between = said.words[first[1] : second[0]]
    is_joined = any("&" in word.before for word in said.words[first[1] : second[0] + 1])
    is_part = first in group and "," in said.words[second[0]].before
    return is_joined or is_part or any(word.norm in _LINKS for word in between)


def _first(said: Said, whole: Where, group: Sequence[tuple[int, int]], others: Sequence[Found]) -> Where:
    """Of people and of places that are not theirs, those that are named first; the others are told."""
    spans = [(each.start, each.stop) for each in others]
    if group[0] < spans[0]:
        told = tuple(Unused(Why.ONE_AT_A_TIME, words_at(said, *each)) for each in spans)
        return replace(whole, leaders=(), unused=told)
    words = words_at(said, group[0][0], group[-1][1])
    return replace(whole, areas=(), types=(), age_range=None, unused=(Unused(Why.ONE_AT_A_TIME, words),))


def _with_in(said: Said, found: Found) -> str:
    start = found.start
    while start and said.words[start - 1].norm in _IN:
        start -= 1
    return words_at(said, start, found.stop)
