"""Finds words that stand where a name must stand and are nobody's, with the nearest names there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from dialogs.understanding.called import ASKED_FOR, BETWEEN_TWO, TITLES, Called
from dialogs.understanding.everyday import is_of_few, may_be_a_name
from dialogs.understanding.kinds import Kinds, Mistaken, spans
from dialogs.understanding.letters import Word, plain, without_genitive
from dialogs.understanding.listed import Listed
from dialogs.understanding.names import ABOUT, PLACES, WITH, Search
from dialogs.understanding.place_numbers import is_number_of_a_place, of_a_grade
from dialogs.understanding.roster import SHORTEST_PART, Thing, What
from dialogs.understanding.talked_of import leave_what_is_talked_of
from dialogs.understanding.times import codes_in
from dialogs.understanding.vocabulary import COMMON, PLACE_KINDS
from dialogs.understanding.whom import is_month

# A leader is like somebody unknown where a name of theirs is nearly the same: `Kragh` and `Krag`.
_LIKE = 75
_SHORTEST_LIKE = 3
_DEFINITE = ("en", "et", "erne")
# After one of these nothing but a place can stand alone.
_ASKED_ABOUT = ASKED_FOR - {"one_on_one"}
_IN = frozenset({"i", "in"})
_BEFORE_PLACES = ("one", "strong_place", "area")
_DANISH = frozenset(
    {"er", "og", "jeg", "vi", "har", "der", "som", "ikke", "skal", "sagde", "siger", "en", "et", "paa", "til", "det"}
)
# With one of these any of its kind is meant, or one's own, and none is named.
_ANY_OR_OURS = frozenset({"en", "et", "a", "an", "min", "mit", "vores", "my", "our", "hver", "ingen", "nogen"})
_SAID_OF_ONE = frozenset({COMMON, "begins_name", "told_apart", "others", "begin_one"})
_POINTING = frozenset({"denne", "dette", "samme", "ene", "eneste", "enkelte", "naeste", "hele", "paagaeldende"})


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
        self.talked_of = leave_what_is_talked_of(search)

    def run(self) -> list[Unknown]:
        mistaken = Kinds(self.search).run()
        taken = self.names.taken | spans(mistaken) | self.talked_of | codes_in(self.words)
        taken |= {index for index in range(len(self.words)) if is_month(self.words, index)}
        unknown = [self._of_another_place(each) for each in mistaken]
        said = self.known.hits(self.words, taken=taken)
        hits = {index for hit in said for index in range(hit.start, hit.stop)}
        in_rows = {index for hit in said if hit.stop - hit.start > 1 for index in range(hit.start, hit.stop)}
        of_two = any(hit.heading in BETWEEN_TWO for hit in said)
        called = Called(self.search, said).run() | Listed(self.search).run()
        start = 0
        while start < len(self.words):
            word = self.words[start]
            if {start, start + 1}.isdisjoint(taken) and self._describes_one(start):
                unknown.append(Unknown(start, start + 2, False, self._nearest(start, start + 2, is_person=False)))
                start += 2
                continue
            begun = of_a_grade(self.search, start) if taken.isdisjoint(range(start, start + 3)) else None
            if begun is not None:
                nearest = (*begun, *self._nearest(start, start + 3, is_person=False))
                unknown.append(Unknown(start, start + 3, False, tuple(dict.fromkeys(nearest))))
                start += 3
                continue
            is_sure = start in called or (start not in in_rows and self._is_name_for_sure(start))
            is_word = start in hits and not is_sure
            is_short = len(word.norm) < 3 and not word.norm.isdecimal() and not self._ends_as_a_place(start)
            is_short &= start not in called
            if start in taken or is_word or is_short:
                start += 1
                continue
            stop = start + 1
            while stop not in taken | hits and self._goes_on_at(stop):
                stop += 1
            kind = self._kind_of_unknown(start, stop, hits, of_two)
            kind = called.get(start, False) if kind is None and is_sure else kind
            if kind is not None:
                unknown.append(Unknown(start, stop, kind, self._nearest(start, stop, kind)))
            start = stop
        return sorted(unknown, key=lambda each: each.start)

    def _describes_one(self, index: int) -> bool:
        """`Østre Skole`, `den røde børnehave`: what describes one of its kind is its name; `en ny skole` is any."""
        word, after = self.words[index], self.words[index + 1] if index + 1 < len(self.words) else None
        if after is None or not self.known.has("one", after.norm) or after.before.strip() not in ("", "."):
            return False
        headings = self.known.headings(word.norm)
        if headings - _SAID_OF_ONE or not word.norm.isalpha():
            return False
        before = self.words[index - 1].norm if index else ""
        if self.known.has("begins_name", word.norm):
            is_one = not self.known.has("same_in_plural", after.norm) or self.search.is_name_like(index)
            return is_one and before not in _ANY_OR_OURS
        is_definite = before in ("den", "det") and word.norm.endswith("e") and word.norm not in _POINTING
        # What nobody knows is found to be a name by itself.
        is_called = bool(headings) and self.search.is_name_like(index) and self.search.is_name_like(index + 1)
        return is_definite or is_called

    def _goes_on_at(self, index: int) -> bool:
        """Whether the word is of the same name as the one before, and no next one of a list."""
        return (
            index < len(self.words)
            and self.search.is_name_like(index)
            and not any(mark in self.words[index].before for mark in ",;/")
        )

    def _of_another_place(self, mistaken: Mistaken) -> Unknown:
        """Offered is first what a part of the words names."""
        nearest = self._nearest(mistaken.start, mistaken.stop, is_person=False)
        things = tuple(dict.fromkeys([*mistaken.things, *nearest]))
        return Unknown(mistaken.start, mistaken.stop, is_person=False, nearest=things)

    def _is_name_for_sure(self, index: int) -> bool:
        """A capital where a name must stand, in what is like a word: `børnehaven Månen` is no month, and `for Bakken`
        asks of a place."""
        norm, before = self.words[index].norm, self.words[index - 1].norm if index else ""
        if norm.isdecimal():
            return is_number_of_a_place(self.search, index, before)
        is_name_like = self.search.is_name_like(index)
        stands_for = any(self.known.has(heading, before) for heading in _BEFORE_PLACES)
        stands_for |= is_name_like and before in _IN
        headings = self.known.headings(norm)
        is_like = is_name_like and may_be_a_name(self.words[index], self.known, is_capital=True)
        if is_of_few(headings) and (stands_for or before in _IN or self._is_asked_about(index - 1)):
            # A `Naturskolen` that no place here is called.
            return True
        if headings and is_like and index + 1 == len(self.words) and self._is_asked_about(index - 1):
            return True
        if any(self.known.has("landscape", form) for form in without_genitive(norm)):
            after = self.words[index + 1].norm if index + 1 < len(self.words) else ""
            is_beside = self.known.has("landscape", before) or self.known.has("one", after)
            return stands_for or is_beside or self._ends_after_a_noun(index)
        if not headings and self._ends_after_a_noun(index):
            return True
        if stands_for and is_like:
            return True
        # `Ungdomsgården` is only like `ungdomsrådene`, and `Ådalen` like `aftalen`.
        errors = self.known.guess(norm)[0]
        is_called = self._has_tail(norm) and not self._is_like_a_kind(norm) and (stands_for or errors > 1)
        is_last = index + 1 == len(self.words)
        return not headings and (is_called or (errors > 1 and is_last and self.search.is_name_like(index)))

    def _ends_after_a_noun(self, index: int) -> bool:
        """`Beslutninger ådalen`, `nøgletal bakken`: the land of a name, where nothing but a place can be meant."""
        if index + 1 < len(self.words) or not self._is_asked_about(index - 1):
            return False
        return any(
            form.endswith(land)
            for form in without_genitive(self.words[index].norm)
            for land in self.known.list_of("landscape")
            if land.endswith(_DEFINITE) and len(land) >= SHORTEST_PART
        )

    def _is_asked_about(self, index: int) -> bool:
        """Whether the word is a noun that is asked for: `tilsynsresumé Bilen`."""
        return index >= 0 and not self.known.headings(self.words[index].norm).isdisjoint(_ASKED_ABOUT)

    def _kind_of_unknown(self, start: int, stop: int, in_question: set[int], of_two: bool) -> bool | None:
        """Whether a person must stand here, or a place; None where no name is called for."""
        word = self.words[start]
        before = self._before(start)
        after = self.words[stop].norm if stop < len(self.words) else ""
        if self._has_tail(word.norm) or self._ends_after_a_noun(start):
            return False
        if any(character.isdigit() for character in word.norm):
            return False if is_number_of_a_place(self.search, start, before) else None
        if before in WITH:
            # `Hvad med Kastanjen?` goes on to another place; with whom something was agreed is somebody.
            return of_two or not self._goes_on_with(start - 1)
        if before in ABOUT:
            is_person = self.search.is_whom(start) or (of_two and self.search.is_name_like(start))
            return True if is_person else None
        # `Summary of Sunshine kindergarten`; the school in `Bodils skole` is hers.
        is_of_its_kind = not self.words[stop - 1].norm.endswith("s") and self._has_end(start, stop, after)
        if of_two and not is_of_its_kind and self._is_somebody(start, stop, before):
            return True
        if self.known.has("one", before) or self._is_like_a_kind(before) or self._is_area_word(start - 1, in_question):
            return False
        is_place_called_for = self.known.has("strong_place", before) and not (before == "at" and self._is_danish)
        if is_place_called_for and len(word.norm) >= SHORTEST_PART:
            return False
        if self.search.is_name_like(start) or self._ends_as_a_place(start):
            return False
        return False if self._has_end(start, stop, after) else None

    def _goes_on_with(self, index: int) -> bool:
        """Whether `med` is that of `hvad med`, at the beginning."""
        return index == 1 and self.words[0].norm in ("hvad", "what") or (index == 2 and self.words[1].norm == "hvad")

    def _has_end(self, start: int, stop: int, after: str) -> bool:
        """`Elmevangens børnehave`, `ege huset`: what follows says that it is the name of a place."""
        is_joined = stop < len(self.words) and not self.words[stop].before.strip()
        if not is_joined or after == "have":
            return False
        is_name = self.words[start].is_capital or len(self.words[start].norm) >= SHORTEST_PART
        return (is_name and self.known.has("one", after)) or any(
            self.known.has(each, after) for each in ("tails", "landscape")
        )

    def _is_like_a_kind(self, norm: str) -> bool:
        """`Vugsestuen`."""
        errors, guessed = self.known.guess(norm)
        return not self.known.headings(norm) and errors == 1 and bool(guessed) and guessed <= PLACE_KINDS

    @property
    def _is_danish(self) -> bool:
        """Whether `at` is a word of the sentence, as in `de sagde at frikvarteret er for kort`."""
        return any(word.norm in _DANISH for word in self.words)

    def _before(self, start: int) -> str:
        """The word before a name, and before the title of whoever has it."""
        places = [index for index in (start - 1, start - 2) if index >= 0]
        return next((norm for index in places if (norm := self.words[index].norm) not in TITLES), "")

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
            form.endswith(tail) and len(form) > len(tail)
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
        if joined.isdecimal() and What.AREA in kinds:
            # `Område 2` is nearest to `Område 3`.
            joined = before + joined
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
