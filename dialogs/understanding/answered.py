"""An answer in words to what was asked back, as good as a press: `skolen`, `den første`, `området`, `ja`."""

from collections.abc import Callable, Set
from dataclasses import replace
from uuid import UUID

from dialogs.understanding.around import covered
from dialogs.understanding.follow_up import Earlier, merged
from dialogs.understanding.found import CLARIFY, Understanding
from dialogs.understanding.letters import plain
from dialogs.understanding.names import MOST_OPTIONS
from dialogs.understanding.numbers import number_in_a_list
from dialogs.understanding.question import NOUNS
from dialogs.understanding.roster import Index
from dialogs.understanding.said import Said
from domain.organisation import InstitutionType
from domain.slots import Candidate, Kind, Slots

MOST_WORDS = 8
_SHORTEST_END = 2
_AROUND = (
    "common", "follow", "place", "area", "unnamed", "lead", "one_leader", "answer_word", "last_word", "greeting",
    "thanks", "number_word", "pdf", "docx",
)  # fmt: skip
_MEANS = frozenset({"mener", "mente", "mean", "meant", "nummer", "number"})
_ALL = frozenset({"alle", "begge", "all", "both"})


def answered_by(said: Said, earlier: Earlier, new: Slots) -> Understanding | None:
    """The question that was asked back, for those that the message chooses; None where it says something else.

    `new` is what the message says by itself: a half-year named with the choice counts as well.
    """
    picked = _picked_by(said, earlier.slots.candidates)
    if not picked:
        return None
    kept = replace(earlier.slots, candidates=(), left=())
    area = all(each.kind is Kind.AREA for each in picked)
    besides = replace(new, institutions=(), areas=(), leaders=(), types=new.types if area else (), age_range=None)
    slots, left = merged(kept, besides), earlier.slots.left
    if len(picked) == 1 or _are_all_meant(said):
        for each in picked:
            slots = chosen(slots, each)
        if not left:
            return Understanding(earlier.intent, slots)
        picked, left = left[0], left[1:]
    return Understanding(CLARIFY, replace(slots, candidates=picked), earlier.intent, left=left)


def asked_again(said: Said, earlier: Earlier, intent: str, slots: Slots) -> Understanding | None:
    """What goes on from a question that was asked back and names no other place: it has to be answered first."""
    if not earlier.slots.candidates or slots.names_a_place or said.choices or said.strangers or said.is_of_everywhere:
        return None
    slots = replace(slots, candidates=earlier.slots.candidates, left=())
    return Understanding(CLARIFY, slots, intent, left=earlier.slots.left, is_asked_again=True)


def chosen(slots: Slots, choice: Candidate) -> Slots:
    """The question's slots, once it is said which of the candidates is meant."""
    added = {
        Kind.INSTITUTION: replace(slots, institutions=(*slots.institutions, choice.id), types=(), age_range=None),
        Kind.AREA: replace(slots, areas=(*slots.areas, choice.id)),
        Kind.LEADER: replace(slots, leaders=(*slots.leaders, choice.id)),
    }
    return replace(added[choice.kind], candidates=())


def _picked_by(said: Said, options: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    if not options or not 0 < len(said.words) <= MOST_WORDS or said.has(*NOUNS):
        return ()
    if by_name := _called(said, options):
        return by_name
    near = _types_nearly(said)
    around = covered(said, *_AROUND, *InstitutionType) | said.names.taken | said.by_time | set(near)
    around |= {place for place, word in enumerate(said.words) if word.norm in _MEANS | _ALL}
    if len(around) < len(said.words) or said.strangers or said.left_out:
        return ()
    named = {each.id for each in said.named} | {each.id for choice in said.choices for each in choice.options}
    number = None if named or said.times or said.age_range else number_in_a_list(said.words, len(options))
    if number is not None:
        return options[number - 1 : number]
    if len(options) == 1 and said.known.has("yes", said.words[0].norm) and not named:
        return options
    if _are_all_meant(said) and len(options) <= MOST_OPTIONS:
        areas = _those(options, lambda each: each.kind is Kind.AREA)
        return areas or (options if len({each.kind for each in options}) == 1 else ())
    return _narrowed(said, options, named, {kind for kinds in near.values() for kind in kinds})


def _are_all_meant(said: Said) -> bool:
    """`Begge`, `alle tre`, `all of them`: all that were offered, and not all there are."""
    return any(word.norm in _ALL for word in said.words) and not (said.types or said.named or said.choices)


def _called(said: Said, options: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Those that have all the words in their names, where not all of them have: `Holm`, `møller`; of one word also
    those that end with it: `gården`, for a Rosengården."""
    typed = {word.norm for word in said.words}
    parts = {each: {plain(part) for part in said.index.roster.name_of(each.id).split()} for each in options}
    called = _those(options, lambda each: typed <= parts[each])
    if not called and len(typed) == 1:
        word = said.words[0].norm
        ends = tuple(form for form in (word, word[:-2]) if len(form) > _SHORTEST_END)
        called = _those(options, lambda each: any(part.endswith(ends) for part in parts[each])) if ends else ()
    return called if len(called) < len(options) else ()


def _types_nearly(said: Said) -> dict[int, Set[str]]:
    """The types of the words that are for one of a kind with a typing error, by where they stand: `skoln`."""
    kinds = set(InstitutionType)
    near = {
        place: {kind for form in said.known.near_under("one", word.norm) for kind in said.known.headings(form) & kinds}
        for place, word in enumerate(said.words)
        if not said.known.headings(word.norm) and place not in said.names.taken
    }
    return {place: types for place, types in near.items() if types}


def _narrowed(said: Said, options: tuple[Candidate, ...], named: Set[UUID], near: Set[str]) -> tuple[Candidate, ...]:
    """Those that fit all that is said of them; none where a name is said that none of them has to do with."""
    index = said.index
    if said.age_range is not None:
        return _those(
            options,
            lambda each: each.kind is Kind.INSTITUTION and index.institutions[each.id].age_range is said.age_range,
        )
    if named:
        fits = _those(options, lambda each: each.id in named) or _those(
            options, lambda each: not named.isdisjoint(_beside(index, each))
        )
        if len(fits) < 2:
            return fits
        options = fits
    types = {each for each in InstitutionType if said.has(each.value) or each.value in near}
    areas = _those(options, lambda each: each.kind is Kind.AREA)
    if areas and (said.has("area") or (types and said.speaks_of_many) or said.is_of_everywhere):
        return areas
    if types:
        return _those(options, lambda each: each.kind is Kind.INSTITUTION and index.institutions[each.id].type in types)
    if said.has("lead", "one_leader"):
        return _those(options, lambda each: each.kind is Kind.LEADER)
    return options if named else ()


def _those(options: tuple[Candidate, ...], fits: Callable[[Candidate], bool]) -> tuple[Candidate, ...]:
    return tuple(each for each in options if fits(each))


def _beside(index: Index, each: Candidate) -> set[UUID]:
    """The area that a place lies in, and the places that a leader leads."""
    match each.kind:
        case Kind.INSTITUTION:
            return {index.institutions[each.id].area_id}
        case Kind.LEADER:
            return set(index.leaders[each.id].leads)
        case _:
            return set()
