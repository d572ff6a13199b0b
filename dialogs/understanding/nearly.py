"""Finds the names that words are with typing errors: which, and how many errors the best of them has.

"Guessing a wrong institution is the worst failure: ask." What tells a name from others of its kind must be there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dialogs.understanding.everyday import is_inflected, stands_as_name
from dialogs.understanding.letters import (
    MOST_ERRORS_IN_A_NAME,
    Word,
    errors_allowed_in_a_name,
    in_single_letters,
    plain,
    without_genitive,
)
from dialogs.understanding.roster import SHORTEST_PART, Entry, Index, Strength, Thing, What
from dialogs.understanding.vocabulary import COMMON, Vocabulary, vocabulary
from domain.indicator import Indicator

_MOST_NEAR = 8
_LONGEST_SMALL = 2
# As short as `Åen` or `Elmen`, a name has words of the language for neighbours.
_LONGEST_SHORT = 5
# What is counted is a theme to those who have one of that name.
COUNTED = frozenset({"measured", *Indicator})


@dataclass(frozen=True)
class Near:
    """The names that words may be with so many errors; doubtful where they may be another name, or another word."""

    distance: int
    entries: list[Entry]
    is_doubtful: bool


class Nearly:
    """The words of one message; `is_person` tells whether somebody can be named at a word."""

    def __init__(self, words: Sequence[Word], index: Index, is_person: Callable[[int], bool]) -> None:
        self.words = words
        self.index = index
        self.known: Vocabulary = vocabulary()
        self._is_person = is_person

    def names_at(self, start: int, stop: int) -> Near | None:
        """The names that the words are with typing errors, with how many the best of them has."""
        words = self.words[start:stop]
        strangers = [word for word in words if not self.known.headings(word.norm)]
        joined = "".join(word.norm for word in words)
        ends_between = len(words) > 1 and self._parts_from_what_follows(words[-1].norm)
        if not strangers or ends_between or len(joined) < SHORTEST_PART:
            return None
        directions = [word.norm for word in words if self.known.has("compass", word.norm)]
        as_words = sum(self.known.guess(word.norm)[0] for word in strangers)
        best: dict[Thing, tuple[int, Entry]] = {}
        called_so: set[Thing] = set()
        shortest = len(joined)
        for key in (form for way in _ways_to_err(words, joined) for form in without_genitive(way)):
            for near_key, distance, entry in self.index.near(key, MOST_ERRORS_IN_A_NAME, _MOST_NEAR):
                is_elsewhere = distance and any(each not in near_key for each in directions)
                if is_elsewhere or not self._is_near(entry, key, near_key, distance, start):
                    continue
                if entry.thing not in best or distance < best[entry.thing][0]:
                    best[entry.thing] = (distance, entry)
                    shortest = min(shortest, len(near_key))
                if entry.thing.what is What.THEME and self._is_what_is_counted(near_key):
                    called_so.add(entry.thing)
        if not best:
            return None
        nearest = min(distance for distance, _entry in best.values())
        # `Byens friskloe` is a name, though the half of it is like a word.
        is_half = len(words) > len(strangers)
        # `Ungdomskolen` is as near to the one that is called by the word as to the word.
        is_few = any(self.known.has("few", plain(self.index.name_of(thing))) for thing in best)
        are_like_words = all(self.known.guess(word.norm)[1] for word in strangers)
        is_as_near = are_like_words and nearest >= as_words + is_half + is_few and not called_so.issuperset(best)
        if is_as_near and not (nearest == as_words == len(words) and self._stands_for_a_place(start)):
            return None
        entries = [entry for distance, entry in best.values() if distance <= nearest + (nearest > 0)]
        is_doubtful = is_as_near or (nearest > 0 and all(self.may_be_another(each, start) for each in entries))
        # `Åen` has few letters to be told by.
        is_doubtful |= nearest > 0 and shortest <= SHORTEST_PART
        return Near(nearest, entries, is_doubtful)

    def _parts_from_what_follows(self, norm: str) -> bool:
        """Whether no name ends so: `Elmeskoln i`, `fravr er`."""
        is_small = len(norm) <= _LONGEST_SMALL and norm.isalpha() and COMMON in self.known.headings(norm)
        return is_small or self.known.has("place", norm)

    def _is_what_is_counted(self, near_key: str) -> bool:
        """`Fravr` is the theme that is called by the word as much as it is the word."""
        headings = self.known.headings(near_key) - {COMMON}
        return bool(headings) and headings <= COUNTED

    def _stands_for_a_place(self, start: int) -> bool:
        """`I Spierne`, which is as near to a word as to Spirerne."""
        before = self.words[start - 1].norm if start else ""
        return before in ("i", "in") or self.known.has("strong_place", before)

    def _is_near(self, entry: Entry, key: str, near_key: str, distance: int, start: int) -> bool:
        """What tells a name from others of its kind must be there: `Egeskolen` is not `Elmeskolen`."""
        if distance > errors_allowed_in_a_name(key):
            return False
        # The first letter is seldom wrong, and all there is to a short name: a `bord` is not in `Nord`.
        if key[0] != near_key[0] and (distance > 1 or len(near_key) <= SHORTEST_PART):
            return False
        match entry.thing.what:
            case What.INSTITUTION if is_inflected(key, near_key) and not stands_as_name(self.words, start, self.known):
                return False
            case What.INSTITUTION:
                is_core_whole = len(entry.core) > 1 and entry.core in key and len(near_key) >= 8
                is_told_apart = distance <= errors_allowed_in_a_name(entry.core) or is_core_whole
                return is_told_apart and not (distance and self._is_too_short(key, near_key))
            case What.LEADER if entry.strength is Strength.SHORT:
                # `For Solen` and `SFO Solen` ask of a place, and Søren is nobody's.
                before = self.words[start - 1].norm if start else ""
                is_for_place = any(self.known.has(each, before) for each in ("strong_place", "one", "area"))
                return len(near_key) >= 5 and distance <= 1 and self._is_person(start) and not is_for_place
            case What.LEADER:
                return len(near_key) >= 7
            case What.AREA:
                return len(near_key) >= 5 and distance <= 1
            case _:
                return len(near_key) >= 6

    def _is_too_short(self, key: str, near_key: str) -> bool:
        """`Åne aftaler` is as near to `åbne` as to Åen, and `Nodr` is looked for among the areas."""
        is_area = any(entry.thing.what is What.AREA for entry in self.index.exact(near_key))
        return is_area or (len(near_key) <= _LONGEST_SHORT and self.known.is_near_a_word(key))

    def may_be_another(self, entry: Entry, start: int) -> bool:
        """`Sanne` is somebody else than Hanne; an H that nobody hears is none: `Tomas`, `Fatimah`."""
        if entry.thing.what is not What.LEADER or entry.strength is not Strength.SHORT:
            return False
        first = _unheard(plain(self.index.name_of(entry.thing).split()[0]))
        return all(_unheard(form) != first for form in without_genitive(self.words[start].norm))


def _ways_to_err(words: Sequence[Word], joined: str) -> tuple[str, ...]:
    """The words in plain letters, and with one for each `æ`, `ø` and `å`."""
    single = in_single_letters("".join(word.said for word in words))
    return (joined,) if single == joined else (joined, single)


def _unheard(norm: str) -> str:
    return norm[:1] + norm[1:].replace("h", "")
