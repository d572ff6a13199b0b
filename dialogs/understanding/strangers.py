"""Finds words that stand where a name must stand and are nobody's, with the nearest names there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from dialogs.understanding.letters import Word, plain, without_genitive
from dialogs.understanding.names import ABOUT, PLACES, WITH, Search
from dialogs.understanding.roster import SHORTEST_PART, Thing, What
from dialogs.understanding.vocabulary import COMMON

_TITLES = frozenset({"hr", "fru", "frk", "mr", "mrs", "ms"})
# A leader is like somebody unknown where a name of theirs is nearly the same: `Kragh` and `Krag`.
_LIKE = 75
_SHORTEST_LIKE = 3
_DANISH = frozenset(
    {"er", "og", "jeg", "vi", "har", "der", "som", "ikke", "skal", "sagde", "siger", "en", "et", "paa", "til", "det"}
)
# What two talked about, noted or agreed: a name that is no place's is somebody's there.
_BETWEEN_TWO = frozenset({"one_on_one", "talk", "agreement", "agreed", "brief_me", "recap"})


@dataclass(frozen=True)
class Unknown:
    """Words where a name must stand, and the names there are, the nearest first; of people only those like it."""

    start: int
    stop: int
    is_person: bool
    nearest: tuple[Thing, ...]


class Strangers:
    """The names in a message that are on no list, once those that are on one have been found."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.words = search.words
        self.known = search.known
        self.index = search.index
        self.names = search.names

    def run(self) -> list[Unknown]:
        taken = self.names.taken
        unknown: list[Unknown] = []
        said = self.known.hits(self.words, taken=taken)
        hits = {index for hit in said for index in range(hit.start, hit.stop)}
        of_two = any(hit.heading in _BETWEEN_TWO for hit in said)
        start = 0
        while start < len(self.words):
            word = self.words[start]
            is_word = start in hits and not self._is_name_for_sure(start)
            if start in taken or is_word or (len(word.norm) < 3 and not self._ends_as_a_place(start)):
                start += 1
                continue
            stop = start + 1
            while stop < len(self.words) and stop not in taken and stop not in hits and self.search.is_name_like(stop):
                stop += 1
            kind = self._kind_of_unknown(start, stop, hits, of_two)
            if kind is not None:
                unknown.append(Unknown(start, stop, kind, self._nearest(start, stop, kind)))
            start = stop
        return unknown

    def _is_name_for_sure(self, index: int) -> bool:
        """A capital where a name must stand, in what is only like a word: `børnehaven Månen` is no month."""
        before = self.words[index - 1].norm if index else ""
        stands_for = any(self.known.has(heading, before) for heading in ("one", "strong_place", "area"))
        return stands_for and self.search.is_name_like(index) and not self.known.headings(self.words[index].norm)

    def _kind_of_unknown(self, start: int, stop: int, in_question: set[int], of_two: bool) -> bool | None:
        """Whether a person must stand here, or a place; None where no name is called for."""
        word = self.words[start]
        before = self._before(start)
        after = self.words[stop].norm if stop < len(self.words) else ""
        if any(character.isdigit() for character in word.norm):
            return None
        if self._has_tail(word.norm):
            return False
        if before in WITH:
            return True
        if before in ABOUT:
            return True if of_two and self.search.is_name_like(start) else None
        if of_two and self._is_somebody(start, stop, before):
            return True
        if self.known.has("one", before) or self._is_area_word(start - 1, in_question):
            return False
        is_place_called_for = self.known.has("strong_place", before) and not (before == "at" and self._is_danish)
        if is_place_called_for and len(word.norm) >= SHORTEST_PART:
            return False
        if self.search.is_name_like(start) or self._ends_as_a_place(start):
            return False
        return False if word.is_capital and self.known.has("one", after) else None

    @property
    def _is_danish(self) -> bool:
        """Whether `at` is a word of the sentence, as in `de sagde at frikvarteret er for kort`."""
        return any(word.norm in _DANISH for word in self.words)

    def _before(self, start: int) -> str:
        """The word before a name, and before the title of whoever has it."""
        places = [index for index in (start - 1, start - 2) if index >= 0]
        return next((norm for index in places if (norm := self.words[index].norm) not in _TITLES), "")

    def _is_somebody(self, start: int, stop: int, before: str) -> bool:
        """`Hvad har Preben og jeg aftalt`, `Bodil Kraghs aftaler`: a name with a capital, and no place for it."""
        if before in ("i", "in") or any(self.known.has(each, before) for each in ("one", "strong_place", "area")):
            return False
        is_whole = self.words[start].is_capital and self.search.capitals_tell and stop - start > 1
        return self.search.is_name_like(start) or (is_whole and self.search.is_name_like(start + 1))

    def _ends_as_a_place(self, start: int) -> bool:
        """`Nøgletal i gellerup`, `nøgletal for by`: the last word, where a place must stand and none is named."""
        if start != len(self.words) - 1 or not start or self.known.headings(self.words[start].norm):
            return False
        stands = self.words[start - 1].norm in ("i", "in") or self.known.has("strong_place", self.words[start - 1].norm)
        places = (each.what in PLACES for found in self.names.found for each in found.options)
        return stands and len(self.words[start].norm) > 1 and not any(places)

    def _is_area_word(self, index: int, in_question: set[int]) -> bool:
        """Whether an area is named next; the area of `focus areas` is none."""
        if index < 0 or not self.known.has("area", self.words[index].norm):
            return False
        joined = self.words[index - 1].norm + self.words[index].norm if index else ""
        return not (index - 1 in in_question and self.known.headings(joined) - {COMMON})

    def _has_tail(self, norm: str) -> bool:
        return any(
            form.endswith(tail) and len(form) > len(tail) + 1
            for form in without_genitive(norm)
            for tail in self.known.list_of("tails")
            if len(tail) > 3
        )

    def _nearest(self, start: int, stop: int, is_person: bool) -> tuple[Thing, ...]:
        if is_person:
            return self._people_like(self.words[start:stop])
        joined = "".join(word.norm for word in self.words[start:stop])
        before = self.words[start - 1].norm if start else ""
        kinds = {What.AREA} if self.known.has("area", before) else {What.INSTITUTION}
        keys = [(key, entry.thing) for key, entry in self.index.fuzzy if entry.thing.what in kinds]
        ranked = process.extract(joined, [key for key, _thing in keys], scorer=fuzz.ratio, limit=None)
        begun = self.index.beginning_with(joined) if What.INSTITUTION in kinds else []
        return tuple(dict.fromkeys([*begun, *(keys[place][1] for _key, _score, place in ranked)]))

    def _people_like(self, words: Sequence[Word]) -> tuple[Thing, ...]:
        """The leaders with a name that is nearly one of these; nobody is offered who is called otherwise."""
        said = [form for word in words for form in without_genitive(word.norm) if len(form) >= _SHORTEST_LIKE]
        found: list[tuple[float, Thing]] = []
        for leader in self.index.leaders.values():
            names = [plain(part) for part in leader.name.split()]
            likeness = max((fuzz.ratio(form, name) for form in said for name in names), default=0.0)
            if likeness >= _LIKE:
                found.append((-likeness, Thing(What.LEADER, leader.id)))
        return tuple(thing for _likeness, thing in sorted(found, key=lambda each: each[0]))
