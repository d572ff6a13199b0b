"""Finds the area that a word is with a typing error, where an area can be named: `skolerne i Nodr`, `område Vst`.

"Guessing a wrong institution is the worst failure: ask." A short name is near many words, so it is asked about unless
the words before it say that an area stands there: several of a kind, or the word for an area.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dialogs.understanding.everyday import stands_as_name
from dialogs.understanding.letters import Word, without_genitive
from dialogs.understanding.roster import SHORTEST_PART, Index, Strength, Thing, What
from dialogs.understanding.vocabulary import COMMON, PLACE_KINDS, Vocabulary

# A longer name is found as any name with an error is.
_LONGEST_SHORT = 4
_SHORTEST = 2
_IN = frozenset({"i", "in"})
_ARTICLES = frozenset({"det", "den", "the"})


@dataclass(frozen=True)
class NearArea:
    """What is called nearly so, areas first; it is sure where nothing but the one area can stand there."""

    options: tuple[Thing, ...]
    is_sure: bool


def area_near(words: Sequence[Word], start: int, index: Index, known: Vocabulary) -> NearArea | None:
    """The area whose short name has one error in the word at `start`; None where there is none, or none can stand."""
    norm = words[start].norm
    is_of_areas = _is_beside_area_word(words, start, known)
    if len(norm) < _SHORTEST or not _may_be_one(words, start, known, is_of_areas=is_of_areas):
        return None
    if any(index.exact(form) or known.has("compass", form) for form in without_genitive(norm)):
        return None
    is_called_for = is_of_areas or _is_of_several(words, start, known)
    is_long_enough = is_called_for or known.guess(norm)[0] <= 1
    near = {
        (entry.thing, key)
        for form in without_genitive(norm)
        for key, entry in index.areas
        if (len(key) <= _LONGEST_SHORT or is_long_enough)
        and _may_begin_so(form, key)
        and OSA.distance(form, key, score_cutoff=1) <= 1
    }
    if not near:
        return None
    areas = dict.fromkeys(thing for thing, _key in sorted(near, key=lambda each: (each[1], each[0].id)))
    if is_called_for:
        return NearArea(tuple(areas), is_sure=len(areas) == 1)
    called = [entry for _thing, key in near for entry in index.exact(key)]
    places = (each.thing for each in called if each.thing.what is What.INSTITUTION and each.strength > Strength.PART)
    begun = index.beginning_with(norm) if len(norm) >= SHORTEST_PART else []
    return NearArea(tuple(dict.fromkeys([*areas, *places, *begun])), is_sure=False)


def _may_begin_so(form: str, key: str) -> bool:
    """The first letter is there, or is missing, or has changed places: `evst` may be Vest, and `est` Vest or Øst."""
    return form[0] == key[0] or form == key[1:] or form[:2] == key[1::-1]


def _may_be_one(words: Sequence[Word], start: int, known: Vocabulary, *, is_of_areas: bool) -> bool:
    """A word of the language is an area's name with an error after the word for one, or with a capital: `i Vist`."""
    headings = known.headings(words[start].norm) - {"foreign"}
    is_in = start > 0 and words[start - 1].norm in _IN
    if headings:
        return headings <= {COMMON} and (is_of_areas or (is_in and words[start].is_capital))
    return is_of_areas or stands_as_name(words, start, known) or _is_of_several(words, start, known)


def _is_beside_area_word(words: Sequence[Word], start: int, known: Vocabulary) -> bool:
    """`Område Vst`, `i Vst område`; the area of `focus area` is none."""
    before, after = start - 1, start + 1
    if before >= 0 and known.has("area", words[before].norm):
        joined = words[before - 1].norm + words[before].norm if before else ""
        return not known.headings(joined) - {COMMON}
    is_after = after < len(words) and known.has("area", words[after].norm) and not words[after].before.strip()
    return is_after and start > 0 and words[before].norm in _IN | _ARTICLES


def _is_of_several(words: Sequence[Word], start: int, known: Vocabulary) -> bool:
    """`Dagtilbuddene i Noord`, `the schools in Nrth`, `skolerne nod`."""
    before = start - 2 if start and words[start - 1].norm in _IN else start - 1
    if before < 0:
        return False
    norm = words[before].norm
    kinds: Set[str] = known.headings(norm) or known.guess(norm)[1]
    return bool(kinds & PLACE_KINDS) and not known.has("one", norm)
