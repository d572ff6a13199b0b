"""Finds the words that stand in a list with a name and so must be one: `Elmeskolen og Kastanjen`, `Elmeskolen, Månen og
Byskolen`, `med Ida og Lrne`.

"Guessing a wrong institution is the worst failure: ask." Of two places the one that nobody knows is never left out.
"""

from dialogs.understanding.everyday import may_be_a_name
from dialogs.understanding.names import Found, Search
from dialogs.understanding.roster import SHORTEST_PART, What

LINKS = frozenset({"og", "and", "samt", "plus", "eller", "or", "m", "mod", "vs", "versus", "contra", "kontra"})
_PLACED = frozenset({"for", "paa", "i", "hos", "fra", "med", "in", "at", "from", "with", "den", "det", "the"})
_OF = frozenset({"af", "of"})
_OWNS = ("ens", "ets", "nes")
_MOST_BETWEEN = 2


class Listed:
    """The names of one message, and what they are listed with."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.words = search.words
        self.known = search.known

    def run(self) -> dict[int, bool]:
        """Where a name must stand, and whether it is a person's."""
        found: dict[int, bool] = {}
        for name in self.search.names.found:
            is_person = all(each.what is What.LEADER for each in name.options)
            if any(each.what is What.THEME for each in name.options):
                continue
            found |= dict.fromkeys((*self._after(name), *self._before(name)), is_person)
        return found

    def _after(self, name: Found) -> list[int]:
        found: list[int] = []
        stop = name.stop
        while (index := self._next(stop)) is not None and self._is_one(index, is_linked=self._is_link(index - 1)):
            found.append(index)
            stop = index + 1
        return found

    def _next(self, stop: int) -> int | None:
        """Where the next one of the list begins, after a comma or a word that links it."""
        if stop >= len(self.words):
            return None
        if not self._is_link(stop):
            return stop if "," in self.words[stop].before or "/" in self.words[stop].before else None
        index = stop + 1
        while index < min(len(self.words), stop + 1 + _MOST_BETWEEN) and self.words[index].norm in _PLACED:
            index += 1
        return index if index < len(self.words) else None

    def _before(self, name: Found) -> list[int]:
        """`Kastanjen og Elmeskolen`, where what stands before is named as a place is."""
        link = name.start - 1
        while link > 0 and self.words[link].norm in _PLACED:
            link -= 1
        index = link - 1
        if index < 0 or not self._is_link(link) or not self.search.is_free(index, index + 1):
            return []
        return [index] if self._is_one(index, is_linked=True) else []

    def _is_link(self, index: int) -> bool:
        return 0 <= index < len(self.words) and self.words[index].norm in LINKS

    def _is_one(self, index: int, *, is_linked: bool) -> bool:
        """Whether the word can be a name here: one of the language with a capital, or of the land; and any that is
        nobody's, where it is linked or ends a list."""
        word = self.words[index]
        if not self.search.is_free(index, index + 1) or len(word.norm) < SHORTEST_PART or not word.norm.isalpha():
            return False
        if may_be_a_name(word, self.known, is_capital=self.search.is_name_like(index)):
            return True
        if self._is_thing(index):
            return False
        errors, guessed = self.known.guess(word.norm)
        is_strange = not self.known.headings(word.norm) and (not guessed or errors > 1)
        return is_strange and (is_linked or self._goes_on(index + 1))

    def _is_thing(self, index: int) -> bool:
        """`Elmeskolen og kommentarer`, `and follow-up`, `og resten af Nord`: several of something, a half of a word, or
        a part of what follows."""
        word = self.words[index]
        after = self.words[index + 1] if index + 1 < len(self.words) else None
        is_of = after is not None and after.norm in _OF
        is_half = after is not None and after.before == "-"
        is_several = word.said.casefold().endswith("er") or (word.norm.endswith("s") and not word.norm.endswith(_OWNS))
        return is_of or (not word.is_capital and (is_half or is_several))

    def _goes_on(self, index: int) -> bool:
        return self._is_link(index) or (index < len(self.words) and "," in self.words[index].before)
