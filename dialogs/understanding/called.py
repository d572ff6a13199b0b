"""Finds the words that must be a name where they stand, though they are like others: before what is asked for, after
`har`, and after `med` beside a 1:1.

"Guessing a wrong institution is the worst failure: ask." A name that is nobody's is asked about, and never left out.
"""

from collections.abc import Sequence

from dialogs.understanding.names import WITH, Search
from dialogs.understanding.roster import SHORTEST_PART, What
from dialogs.understanding.vocabulary import COMMON, PLACE_KINDS, Hit

# What is asked for, and is said to be somebody's.
ASKED_FOR = frozenset({
    "supervision", "summary", "focus_area", "perspective", "agreement", "decision", "observation", "recommendation",
    "measure", "figures", "dialogue", "one_on_one",
})  # fmt: skip
# What two talked about, noted or agreed: a name that is no place's is somebody's there.
BETWEEN_TWO = frozenset({"one_on_one", "talk", "agreement", "agreed", "brief_me", "recap"})
_OF_TWO = BETWEEN_TWO - {"recap"}
TITLES = frozenset({"hr", "fru", "frk", "mr", "mrs", "ms"})
_HAVE = frozenset({"har", "has", "have", "did"})
# What describes the things that follow, and what is no more than the definite form of a word.
_DESCRIBES = ("e", "te", "lig", "isk", "ing", "ed", "ant", "ent", "al", "ful", "ive", "ous", "able", "ible", "ic", "ry")
_WITH_WHOM = (
    PLACE_KINDS
    | {"pupils", "children", "youth", "parents", "staff"}
    | {"lead", "observer_word", "colleague", "one_leader"}
)
_DEFINITE = ("en", "et", "erne", "ene")
_AT = frozenset({"hos", "at"})
_SHORTEST = 2
_MOST_ERRORS = 2
_LEAST_LIKE_A_PLACE = 6


class Called:
    """One message's words, beside what it asks for."""

    def __init__(self, search: Search, said: Sequence[Hit]) -> None:
        self.search = search
        self.words = search.words
        self.known = search.known
        self.taken = search.names.taken
        self.said = said
        self.joined = {index for hit in said if hit.stop - hit.start > 1 for index in range(hit.start, hit.stop)}

    def run(self) -> dict[int, bool]:
        """Where a name must stand, and whether it is a person's."""
        found = dict.fromkeys((*self._after_have(), *self._after_nouns()), False)
        for hit in self.said:
            if hit.heading in ASKED_FOR and self._is_name_before(hit.start):
                index = hit.start - 1
                found[index] = found.get(index, False) or hit.heading in _OF_TWO
        if any(hit.heading in _OF_TWO for hit in self.said):
            found |= {index: True for index in range(1, len(self.words)) if self._is_name_after_with(index)}
        return found

    def _is_strange(self, index: int) -> bool:
        """Whether nothing is known of the word; one that is only like a word may be one with an error in it."""
        if (
            not 0 <= index < len(self.words)
            or index in self.taken | self.joined
            or not self.words[index].norm.isalpha()
        ):
            return False
        norm = self.words[index].norm
        if norm.endswith("s") and self._may_own(index, norm[:-1]):
            return True
        is_word = self.known.headings(norm) or (norm.endswith("s") and self.known.headings(norm[:-1]))
        return len(norm) >= SHORTEST_PART and not is_word

    def _may_own(self, index: int, name: str) -> bool:
        """`Tages aftaler`, `malenes aftaler`; the things of `hans aftaler` are his."""
        if self.words[index].is_capital and self.known.has("also_names", name):
            return True
        return self.known.headings(name) == {COMMON} and self.known.is_misspelt_alone(name)

    def _is_beside(self, index: int) -> bool:
        """Whether nothing parts the word from the next one."""
        return index + 1 < len(self.words) and self.words[index + 1].before.strip() in ("", "'", "’")

    def _is_name_before(self, start: int) -> bool:
        """`Havblik nøgletal`, `Henriks aftaler`; a word that is only like another is a name where none describes."""
        index = start - 1
        if not self._is_strange(index) or not self._is_beside(index):
            return False
        norm = self.words[index].norm
        if not self.known.guess(norm)[1]:
            return not self._describes(index) and not self._is_done_to(index)
        is_owner = norm.endswith("s") and (self.words[index].is_capital or not self.known.guess(norm[:-1])[1])
        return is_owner or norm.endswith(_DEFINITE) or self._is_like_a_place(norm)

    def _describes(self, index: int) -> bool:
        word = self.words[index]
        is_said_as_name = self.search.is_name_like(index) or self._is_like_a_place(word.norm)
        return not self.known.guess(word.norm)[1] and word.norm.endswith(_DESCRIBES) and not is_said_as_name

    def _is_done_to(self, index: int) -> bool:
        """`Print nøgletallene`, `hnet mine data`: what begins so is a verb, where it is like no place."""
        word, after = self.words[index], self.words[index + 1]
        if index or word.norm.endswith("s") or self._is_like_a_place(word.norm):
            return False
        places = (each.what is What.INSTITUTION for found in self.search.names.found for each in found.options)
        is_ones_own = self.known.has("of_mine", after.norm)
        return after.norm.endswith(_DEFINITE) or is_ones_own or self.known.is_like("look", word.norm) or any(places)

    def _is_like_a_place(self, norm: str) -> bool:
        near = self.search.index.near(norm, _MOST_ERRORS, 1) if len(norm) >= _LEAST_LIKE_A_PLACE else []
        return any(entry.thing.what is What.INSTITUTION for _key, _errors, entry in near)

    def _after_have(self) -> list[int]:
        """`Har Bækken holdt deres samtale`."""
        is_asked = len(self.words) > 1 and self.words[0].norm in _HAVE
        is_name = is_asked and self._is_strange(1) and self.search.is_name_like(1)
        return [1] if is_name else []

    def _after_nouns(self) -> list[int]:
        """`Observationer Bækken i foråret`."""
        stops = {hit.stop for hit in self.said if hit.heading in ASKED_FOR}
        return [index for index in sorted(stops) if self._is_strange(index) and self.search.is_name_like(index)]

    def _is_name_after_with(self, index: int) -> bool:
        """`Aftaler med Hans`, `1:1 med tage sidst`: with whom something is agreed, and no word for those there are."""
        norm = self.words[index].norm
        before = self.words[index - 1].norm
        is_at = before in _AT and self.search.is_name_like(index) and self.known.has("also_names", norm)
        if (
            not (before in WITH or is_at)
            or index in self.taken
            or not norm.isalpha()
            or len(norm) < _SHORTEST
            or norm in TITLES
        ):
            return False
        headings = self.known.headings(norm)
        if not headings:
            # `Morten` is like a word that is never a name; `forældrne` are a group.
            guessed = self.known.guess(norm)[1]
            return self.search.is_name_like(index) or (guessed.isdisjoint(_WITH_WHOM) and self._stands_alone(index))
        is_said_as_name = self.search.is_name_like(index) and headings <= {COMMON, "holiday", "season"}
        is_also_name = self.known.has("also_names", norm) or (
            headings == {COMMON} and self.known.is_misspelt_alone(norm)
        )
        return is_said_as_name or (is_also_name and self._stands_alone(index))

    def _stands_alone(self, index: int) -> bool:
        """`Med hans om sidst`, and not `med hans leder`."""
        if index + 1 == len(self.words) or self.words[index + 1].before.strip():
            return True
        after = self.words[index + 1].norm
        return COMMON in self.known.headings(after) and not self.known.has("lead", after)
