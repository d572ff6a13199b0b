"""Finds the names in a message: the whole ones, then parts and beginnings, then those with typing errors.

"Guessing a wrong institution is the worst failure: ask." What fits several is given as all of them. What is nobody's
name is found by `strangers`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dialogs.understanding.everyday import stands_as_name
from dialogs.understanding.letters import MOST_ERRORS_IN_A_NAME, Word, without_genitive
from dialogs.understanding.nearly import COUNTED, Near, Nearly
from dialogs.understanding.nearly_area import area_near
from dialogs.understanding.roster import SHORTEST_PART, Entry, Index, Strength, Thing, What
from dialogs.understanding.vocabulary import COMMON, Vocabulary, vocabulary
from dialogs.understanding.whom import ABOUT as ABOUT
from dialogs.understanding.whom import WITH as WITH
from dialogs.understanding.whom import ends_there, is_after_initial, is_month, is_whom, owns_what_follows
from domain.organisation import InstitutionType

MOST_OPTIONS = 6
# A message with more strange words than these is no question, and must be answered as quickly.
MOST_LOOKUPS = 18
# So many small words of another language make the sentence one of it.
LEAST_FOREIGN = 2
_LONGEST_NAME = 6
_LONGEST_MISSPELT = 3
_SHORT = 5
_SHORTEST_FIRST = 3
PLACES = (What.INSTITUTION, What.AREA)
_IN = frozenset({"i", "in"})


@dataclass(frozen=True)
class Found:
    """What the words from `start` up to `stop` may mean; it is doubtful when there is more to the name than that."""

    start: int
    stop: int
    options: tuple[Thing, ...]
    strength: Strength
    is_doubtful: bool = False


@dataclass
class Names:
    found: list[Found] = field(default_factory=list)

    @property
    def taken(self) -> frozenset[int]:
        return frozenset(index for each in self.found for index in range(each.start, each.stop))


class Search:
    """One message's names."""

    def __init__(self, words: Sequence[Word], index: Index) -> None:
        self.words = words
        self.index = index
        self.known: Vocabulary = vocabulary()
        self.names = Names()
        self.nearly = Nearly(words, index, self.is_person)
        capitals = [word for word in words if word.said[:1].isalpha()]
        # Where everything is written large, a capital tells no name.
        self.capitals_tell = sum(word.is_capital for word in capitals) <= max(1, len(capitals) // 2 + 1)
        # Nor where the nouns of another language are.
        self.capitals_tell &= sum(self.known.has("foreign", word.norm) for word in words) < LEAST_FOREIGN

    def run(self) -> Names:
        self._whole_names()
        self._areas_misspelt()
        self._parts()
        self._end_misspelt()
        self._beginning_misspelt()
        self._misspelt()
        self.names.found.sort(key=lambda each: each.start)
        return self.names

    def _whole_names(self) -> None:
        for length in range(min(_LONGEST_NAME, len(self.words)), 0, -1):
            for start in range(len(self.words) - length + 1):
                if not self.is_free(start, start + length):
                    continue
                for key in self._keys(start, start + length):
                    entries = [each for each in self.index.exact(key) if each.strength >= Strength.SHORT]
                    entries = [each for each in entries if self._may_be(each, start, start + length)]
                    if entries:
                        self._add(start, start + length, entries)
                        break

    def _parts(self) -> None:
        for start, word in enumerate(self.words):
            if not self.is_free(start, start + 1) or len(word.norm) < SHORTEST_PART:
                continue
            if self.known.has("few", word.norm):
                self._one_of_few(start)
            is_word = bool(self.known.headings(word.norm) - {"number_word"})
            is_called = is_word and self.is_whom(start) and ends_there(self.words, start)
            if (is_word and not is_called) or self._is_half_of_a_word(start):
                continue
            for key in self._keys(start, start + 1):
                entries = [each for each in self.index.exact(key) if each.strength is Strength.PART]
                entries = [each for each in entries if each.thing.what is not What.LEADER or self.is_person(start)]
                # `Aftaler med Strand`: a word that is somebody's surname as well.
                entries = [each for each in entries if each.thing.what is What.LEADER] if is_called else entries
                begins = self.index.beginning_with(key) if len(key) >= SHORTEST_PART and not is_called else []
                things = dict.fromkeys([*(each.thing for each in entries), *begins])
                if not stands_as_name(self.words, start, self.known):
                    things = {each: None for each in things if each.what is not What.INSTITUTION}
                if things:
                    # `Aloe skoler` is as near to `alle` as to the beginning of Åløkkeskolen.
                    is_doubtful = not entries and len(key) <= _SHORT and self.known.is_near_a_word(key)
                    self._place(Found(start, start + 1, tuple(things)[:MOST_OPTIONS], Strength.PART, is_doubtful))
                    break

    def _is_half_of_a_word(self, start: int) -> bool:
        """`Fritids tilbud` is one word, and none of those whose names begin with its first half."""
        if start + 1 >= len(self.words) or not self.is_free(start + 1, start + 2):
            return False
        both = self.words[start].norm + self.words[start + 1].norm
        return bool(self.known.headings(both) - {COMMON})

    def _one_of_few(self, start: int) -> None:
        """`Dagplejen` is the one there is, or one of those there are, where no other name follows."""
        things = tuple(dict.fromkeys(entry.thing for entry in self.index.exact(self.words[start].norm)))
        follows = start + 1 < len(self.words) and (
            not self.is_free(start + 1, start + 2)
            or not self.known.headings(self.words[start + 1].norm)
            or self.is_name_like(start + 1)
        )
        if things and not follows and not self._is_one_of_a_list(start):
            self._place(Found(start, start + 1, things[:MOST_OPTIONS], Strength.PART))

    def _is_one_of_a_list(self, start: int) -> bool:
        """`Dagplejen og børnehaverne` are kinds of places."""
        kinds = [each.value for each in InstitutionType]
        return any(
            0 <= place + step < len(self.words)
            and self.words[place].norm in ("og", "and")
            and any(heading in kinds for heading in self._headings_of(place + step))
            and not self.known.has("one", self.words[place + step].norm)
            for place, step in ((start + 1, 1), (start - 1, -1))
            if 0 <= place < len(self.words)
        )

    def _misspelt(self) -> None:
        near: list[tuple[int, int, Near]] = []
        looked = 0
        for length in range(1, _LONGEST_MISSPELT + 1):
            for start in range(len(self.words) - length + 1):
                stop = start + length
                if looked == MOST_LOOKUPS:
                    break
                if not self.is_free(start, stop) or not self._has_stranger(start, stop):
                    continue
                looked += 1
                if found := self.nearly.names_at(start, stop):
                    near.append((start, stop, found))
        # Of the nearest, the longest.
        for start, stop, found in sorted(near, key=lambda each: (each[2].distance, each[0] - each[1], each[0])):
            if self.is_free(start, stop):
                self._add(start, stop, found.entries, is_doubtful=found.is_doubtful)

    def _headings_of(self, index: int) -> frozenset[str]:
        """What the word is, or what it is with an error in it."""
        norm = self.words[index].norm
        return self.known.headings(norm) or self.known.guess(norm)[1]

    def _areas_misspelt(self) -> None:
        for start in range(len(self.words)):
            if self.is_free(start, start + 1) and (near := area_near(self.words, start, self.index, self.known)):
                self._place(
                    Found(start, start + 1, near.options[:MOST_OPTIONS], Strength.SHORT, is_doubtful=not near.is_sure)
                )

    def _end_misspelt(self) -> None:
        """`Skæring Skoel`: a part of a name, and the rest of it with an error."""
        for place, found in enumerate(self.names.found):
            stop = found.stop + 1
            is_strange = (
                self.is_free(found.stop, stop) and stop <= len(self.words) and self._has_stranger(found.stop, stop)
            )
            if found.strength > Strength.SHORT or not is_strange or self.words[found.stop].before.strip():
                continue
            things = tuple(each for each in self._nearly_whole(found.start, stop) if each in found.options)
            if len(things) == 1:
                self.names.found[place] = Found(found.start, stop, things, Strength.FULL)

    def _beginning_misspelt(self) -> None:
        """`Jnes Peter` is no Peter, and `Nv Holmstrup Skole` may be Ny Holmstrup Skole: a name, and what stands before
        it with an error."""
        for place, found in enumerate(self.names.found):
            start, kinds = found.start - 1, {each.what for each in found.options}
            is_first = kinds == {What.LEADER} and found.strength is Strength.SHORT
            is_place = kinds <= set(PLACES) and start >= 0 and not self.words[found.start].before.strip()
            if not (is_first or is_place) or start < 0 or not self.is_free(start, start + 1):
                continue
            is_long = is_place or len(self.words[start].norm) >= _SHORTEST_FIRST
            if not is_long or not self._has_stranger(start, start + 1):
                continue
            near = self._nearly_whole(start, found.stop, Strength.SHORT)
            things = tuple(each for each in near if each.what in kinds and each not in found.options)
            if things:
                options = (*things, *found.options) if is_place else things
                self.names.found[place] = Found(start, found.stop, options, found.strength, len(options) > 1)

    def _nearly_whole(self, start: int, stop: int, least: Strength = Strength.FULL) -> Iterable[Thing]:
        """What the words are the name of, as one with an error."""
        joined = "".join(word.norm for word in self.words[start:stop])
        near = self.index.near(joined, MOST_ERRORS_IN_A_NAME, MOST_OPTIONS)
        return dict.fromkeys(entry.thing for _key, _errors, entry in near if entry.strength >= least)

    def _has_stranger(self, start: int, stop: int) -> bool:
        return any(not self.known.headings(word.norm) for word in self.words[start:stop])

    def _add(self, start: int, stop: int, entries: Sequence[Entry], *, is_doubtful: bool = False) -> None:
        strongest: dict[What, Strength] = {}
        for each in entries:
            strongest[each.thing.what] = max(strongest.get(each.thing.what, Strength.PART), each.strength)
        kept = [each for each in entries if each.strength == strongest[each.thing.what]]
        if strongest.get(What.AREA) is Strength.EXPLICIT or (What.AREA in strongest and self._lies_in(start)):
            kept = [each for each in kept if each.thing.what is What.AREA]
        kinds = {each.thing.what for each in kept}
        before = self.words[start - 1].norm if start else ""
        if kinds & set(PLACES):
            is_led = self.is_whom(start) or self.known.has("lead", before)
            wanted = (
                {What.LEADER} if is_led and What.LEADER in kinds else {What.THEME} & kinds if before in ABOUT else set()
            )
            kept = [each for each in kept if each.thing.what in (wanted or set(PLACES))]
        elif What.LEADER in kinds:
            kept = [each for each in kept if each.thing.what is What.LEADER]
        options = tuple(dict.fromkeys(each.thing for each in kept))
        self._place(Found(start, stop, options, max(each.strength for each in kept), is_doubtful))

    def _lies_in(self, start: int) -> bool:
        """`Hvordan går det i Nord`: where things lie in it, an area is meant, and no place that begins so."""
        return start > 0 and self.words[start - 1].norm in _IN

    def _place(self, found: Found) -> None:
        self.names.found.append(found)

    def _keys(self, start: int, stop: int) -> Iterable[str]:
        return without_genitive("".join(word.norm for word in self.words[start:stop]))

    def is_free(self, start: int, stop: int) -> bool:
        return all(not each.start < stop or not start < each.stop for each in self.names.found)

    def _may_be(self, entry: Entry, start: int, stop: int) -> bool:
        """Whether words are a name here: those of the language are one only where they look like one."""
        norm = self.words[start].norm
        if stop - start > 1:
            are_common = all(COMMON in self.known.headings(word.norm) for word in self.words[start:stop])
            is_placed = self._stands_for(start) and ends_there(self.words, stop - 1)
            return not are_common or entry.thing.what is not What.LEADER or is_placed or self.is_person(start)
        match entry.thing.what:
            case What.LEADER:
                if is_month(self.words, start):
                    return False
                is_word = bool(self.known.headings(norm)) or self.known.has("also_names", norm)
                return not is_word or self.is_person(start)
            case What.THEME:
                # `Decisions about language`: a word of a question only where a theme must stand.
                is_word = bool(self.known.headings(norm) - COUNTED) and entry.strength is Strength.SHORT
                return not is_word or self._is_about(start)
            case What.AREA:
                return COMMON not in self.known.headings(norm) or self.is_name_like(start) or self._stands_for(start)
            case _:
                is_kind = self.known.has("few", norm) and self._is_one_of_a_list(start)
                return not is_kind and (COMMON not in self.known.headings(norm) or self.is_name_like(start))

    def _is_about(self, start: int) -> bool:
        """`Om sproget`, `data på sproget`."""
        before = self.words[start - 1].norm if start else ""
        is_of_noun = (
            start > 1 and before == "paa" and self.known.headings(self.words[start - 2].norm) & self.known.topics
        )
        return before in ABOUT or bool(is_of_noun)

    def _stands_for(self, start: int) -> bool:
        return start > 0 and self.known.has("place", self.words[start - 1].norm)

    def is_person(self, start: int) -> bool:
        return self.is_name_like(start) or self.is_whom(start) or owns_what_follows(self.words, start)

    def is_whom(self, start: int) -> bool:
        """Whether it is said here with whom, or of whom."""
        people = [(each.start, each.stop) for each in self.names.found if each.options[0].what is What.LEADER]
        return is_whom(self.words, start, people, self.known)

    def is_name_like(self, index: int) -> bool:
        """Whether a capital says that it is a name."""
        word = self.words[index]
        return word.is_capital and (not word.begins or is_after_initial(self.words, index)) and self.capitals_tell
