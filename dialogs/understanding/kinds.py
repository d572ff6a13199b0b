"""Finds the names that the words around them say of another place: of another kind, elsewhere, or with another end.

"Guessing a wrong institution is the worst failure: ask." `Skæring Dagtilbud` is not Skæring Skole, `Dagplejen Øst` is
not Dagplejen Vest, and `Elme haven` is not Elmeskolen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.understanding.letters import plain, without_genitive
from dialogs.understanding.names import PLACES, Found, Search
from dialogs.understanding.neighbours import Neighbours, joined
from dialogs.understanding.roster import SAINTS, Strength, Thing, What
from dialogs.understanding.years import FOUR_DIGITS
from domain.organisation import InstitutionType

_TYPES = {each.value: each for each in InstitutionType}
# Kinds within a type of which no place is two; and those that no place is without being called so.
RARE = frozenset({"childminding", "special_school", "free_school", "youth_school"})
APART = RARE | {"nursery", "kindergarten", "sfo", "leisure_home", "club", "playground"}


@dataclass(frozen=True)
class Mistaken:
    """Where the words stand that name no place together, and the places that a part of them names."""

    start: int
    stop: int
    things: tuple[Thing, ...]


class Kinds:
    """The names of one message, held against the words beside them."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.words = search.words
        self.known = search.known
        self.index = search.index
        self.neighbours = Neighbours(search)

    def run(self) -> list[Mistaken]:
        """Those that are another place; they are no names of the message any more."""
        mistaken: list[Mistaken] = []
        self._leave_words_for_kinds()
        self.neighbours.take_surnames()
        for found in tuple(self.search.names.found):
            if any(each.start < found.stop and found.start < each.stop for each in mistaken):
                continue
            if span := self._another(found):
                start, stop = span
                mistaken.append(Mistaken(start, stop, found.options))
        self.search.names.found = [
            self._of_many(each)
            for each in self.search.names.found
            if not any(other.start <= each.start < other.stop for other in mistaken)
        ]
        return mistaken

    def _another(self, found: Found) -> tuple[int, int] | None:
        if span := self._of_a_saint(found):
            return span
        if not _is_of_places(found):
            return None
        return (
            self._of_another_kind(found)
            or self._elsewhere(found)
            or self._goes_on(found)
            or self.neighbours.of_another_place(found)
        )

    def _of_a_saint(self, found: Found) -> tuple[int, int] | None:
        """`Sankt Vest`, where neither the area nor a place there is called after a saint."""
        before = found.start - 1
        is_place = any(each.what in PLACES for each in found.options)
        if not is_place or before < 0 or self.words[before].norm not in SAINTS:
            return None
        is_theirs = any(not SAINTS.isdisjoint(plain(part) for part in self._name_of(each)) for each in found.options)
        return None if is_theirs else (before, found.stop)

    def _name_of(self, thing: Thing) -> list[str]:
        return self.index.name_of(thing).replace(".", " ").split()

    def _leave_words_for_kinds(self) -> None:
        """`Dagplejen Spirerne` names one place: beside another name the word for the few there are says its kind."""
        names = self.search.names.found
        alone = [each for each in names if each.stop - each.start == 1 and self._says_one(each.start)]
        self.search.names.found = [
            each
            for each in names
            if each not in alone or not any(self._is_beside(each, other) for other in names if other not in alone)
        ]

    def _is_beside(self, kind: Found, name: Found) -> bool:
        """Whether the word stands before or after the name, and is no other place of a list."""
        if not _is_of_places(name):
            # `Syds børnegård`; in `Dagplejen Øst` it is a name that goes on.
            return kind.start == name.stop and name.options[0].what is What.AREA and self._is_joined(kind.start)
        if kind.start == name.stop:
            return self._is_joined(kind.start)
        is_linked = kind.stop + 1 == name.start and self._is_link(kind.stop) and not self._is_listed(kind.start)
        return (kind.stop == name.start and self._is_joined(name.start)) or is_linked

    def _of_another_kind(self, found: Found) -> tuple[int, int] | None:
        """`Skæring Dagtilbud`, `Byskolens SFO`, `klubben på Elmeskolen`."""
        types = {self.index.type_of(each) for each in found.options}
        for start, stop in self._kinds_around(found):
            index = start if start < found.start else stop - 1
            said = self._types_of(index)
            if (said and types.isdisjoint(said)) or self._is_called_otherwise(found, index):
                return start, stop
        return None

    def _is_called_otherwise(self, found: Found, index: int) -> bool:
        """`Børnehaven Mælkebøtten`, where there is a `Vuggestuen Mælkebøtten`, and `Specialskolen Elmeskolen`."""
        said = {each for form in without_genitive(self.words[index].norm) for each in self.known.headings(form)} & APART
        called = {
            each for thing in found.options for word in self._words_of(thing) for each in self.known.headings(word)
        }
        return bool(said) and said.isdisjoint(called) and (not called.isdisjoint(APART) or not said.isdisjoint(RARE))

    def _words_of(self, thing: Thing) -> list[str]:
        where = self.index.institutions[thing.id]
        return [plain(word) for name in (where.name, *where.aliases) for word in name.replace(".", " ").split()]

    def _kinds_around(self, found: Found) -> list[tuple[int, int]]:
        """The name with a word for what it is before or after it."""
        spans = [(index, found.stop) for index in (found.start - 1,) if self._is_kind(index)]
        linked = found.start - 2
        if self._is_link(found.start - 1) and self._is_kind(linked) and not self._is_listed(linked):
            spans.append((linked, found.stop))
        after = found.stop
        # `Rosenhøjs nye SFO`.
        after += self._is_there(after) and self.known.has("told_apart", self.words[after].norm)
        if self._is_kind(after) and self._is_joined(after):
            spans.append((found.start, after + 1))
        return spans

    def _elsewhere(self, found: Found) -> tuple[int, int] | None:
        """`Dagplejen Øst`, `Byskolen i Nord`: an area that the place is not in, right after its name."""
        for other in self.search.names.found:
            between = range(found.stop, other.start)
            is_next = other.start == found.stop or (len(between) == 1 and self._is_link(found.stop))
            areas = {each.id for each in other.options if each.what is What.AREA}
            if not is_next or not areas or not self._is_joined(other.start):
                continue
            if areas.isdisjoint(self.index.institutions[each.id].area_id for each in found.options):
                return found.start, other.stop
        return None

    def _goes_on(self, found: Found) -> tuple[int, int] | None:
        """`Elme haven`, `dagplejen sydvest`: a part of a name, or one word for the few there are, and another end; and
        `Solbjerg Friskole`, where the word for the few begins otherwise."""
        index = found.stop
        is_few = index - found.start == 1 and self._says_one(found.start)
        before = found.start - 1
        if is_few and self._is_there(before) and self._is_joined(found.start):
            norm = self.words[before].norm
            if not self.known.headings(norm) and len(norm) > 1:
                return before, index
        if not self._is_there(index) or not self._is_joined(index):
            return None
        norm = self.words[index].norm
        is_part = found.strength is Strength.PART or is_few
        is_end = self.known.has("tails", norm) and (is_part or norm != "have")
        is_strange = is_part and (not self.known.headings(norm) or self.known.has("landscape", norm))
        is_number = is_few and norm.isdecimal() and index + 1 == len(self.words) and not FOUR_DIGITS.fullmatch(norm)
        return (found.start, index + 1) if is_end or is_number or (is_strange and len(norm) > 1) else None

    def _of_many(self, found: Found) -> Found:
        """`Børnehaven Syd` may be a place that is not there, and may be those of the area: it is asked."""
        is_area = [each.what for each in found.options] == [What.AREA] and found.strength is not Strength.EXPLICIT
        if not is_area:
            return found
        before, after = found.start - 1, found.stop
        beside = [
            index for index in (before, after) if self._is_kind(index) and self._is_joined(max(index, before + 1))
        ]
        said = {kind for index in beside if not self._is_of_several(index) for kind in self._types_of(index)}
        if not said:
            return found
        (area,) = found.options
        called = self.words[found.start].norm
        places = [
            Thing(What.INSTITUTION, where.id)
            for where in self.index.institutions.values()
            if where.type in said and called in plain(where.name)
        ]
        return replace(found, options=(area, *places), is_doubtful=True)

    def _is_there(self, index: int) -> bool:
        return 0 <= index < len(self.words) and index not in self.search.names.taken

    def _is_kind(self, index: int) -> bool:
        """Whether the word is for one place of its kind, or only like it: `nord dagtiilbud`."""
        if not self._is_there(index):
            return False
        norm = self.words[index].norm
        is_like = not self.known.headings(norm) and self.known.guess(norm)[1] & set(_TYPES)
        return self._says_one(index) or bool(is_like) or bool(self._ends_with_kind(norm))

    def _ends_with_kind(self, norm: str) -> str:
        """The kind at the end of a word that is no other: `Østerbro skolesfo`."""
        if self.known.headings(norm):
            return ""
        ends = (each for each in self.known.list_of("one") if norm.endswith(each) and len(norm) > len(each))
        return max(ends, key=len, default="")

    def _says_one(self, index: int) -> bool:
        return any(self.known.has("one", each) for each in without_genitive(self.words[index].norm))

    def _is_of_several(self, index: int) -> bool:
        """Of `dagtilbud` nobody can say whether it is one or several."""
        return self.known.has("same_in_plural", self.words[index].norm)

    def _types_of(self, index: int) -> set[InstitutionType]:
        norm = self.words[index].norm
        norm = self._ends_with_kind(norm) or norm
        headings = {each for form in without_genitive(norm) for each in self.known.headings(form)}
        return {_TYPES[each] for each in headings or self.known.guess(norm)[1] if each in _TYPES}

    def _is_link(self, index: int) -> bool:
        return self._is_there(index) and self.known.has("within_place", self.words[index].norm)

    def _is_joined(self, index: int) -> bool:
        return joined(self.words[index])

    def _is_listed(self, index: int) -> bool:
        """`Mellem skole og SFO på Elmeskolen`: kinds of places, and none that is named."""
        return index > 0 and self.words[index - 1].norm in ("og", "and")


def _is_of_places(found: Found) -> bool:
    return all(each.what is What.INSTITUTION for each in found.options)


def spans(mistaken: Sequence[Mistaken]) -> frozenset[int]:
    """The words of the names that are another place's."""
    return frozenset(index for each in mistaken for index in range(each.start, each.stop))
