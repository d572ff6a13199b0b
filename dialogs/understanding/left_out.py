"""Finds what a message leaves out: `alle undtagen skolerne`, `perspektiver, ikke forældrene`, `skolerne undtaget`.

No answer leaves anything out, and none may be about that alone: what stands there bounds nothing, and it is told.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from dialogs.understanding.letters import Word
from dialogs.understanding.vocabulary import Hit, Vocabulary

_ARTICLES = frozenset(
    {"de", "den", "det", "the", "om", "about", "temaet", "tema", "theme", "omraade", "omraadet", "area"}
)
_PLACED = frozenset({"i", "paa", "for", "fra", "hos", "ved", "in", "at", "from", "med", "with"})
_POINTED_AT = frozenset({"alle", "dem", "all", "those", "der", "som", "to", "af", "of"})
_LISTED = frozenset({"og", "and", "samt", "eller", "or", "plus"})
_AFTERWARDS = frozenset({"undtaget", "undtagen", "fraregnet", "excluded", "excepted"})
_CORRECTED = frozenset({"men", "but"})
# `All schools but Byskolen`
_ALL = frozenset(
    {"all", "every", "any", "anyone", "anybody", "anything", "everyone", "everybody", "everything", "everywhere"}
)
# With one of these a message drops what was asked about.
_DROPS = frozenset({"drop", "skip", "glem", "forget", "udelad", "omit", "fjern", "remove"})
# With one of these behind it nothing is dropped: `glem ikke Loftet`, `skip to Loftet`.
_KEEPS = frozenset({"ikke", "not", "til", "to"})
_LET_BE = ("lad", "vaere", "med")
_MOST_TO_BUT = 4
# After one of these it is said which of them: `aftaler der ikke er med Karen`.
_OF_WHICH = frozenset({"der", "som", "that", "which", "er", "is", "are"})
_MOST_BETWEEN = 3
# `Andre skoler i området end skolerne`
_MOST_TO_THAN = 4


@dataclass(frozen=True)
class LeftOut:
    """Where it is said; `is_told` unless what is meant in its place follows: `ikke skolerne, men dagtilbuddene`."""

    start: int
    stop: int
    is_told: bool


@dataclass(frozen=True)
class _Mark:
    """The words that leave out what follows; a small one does so of what stands right after it, or after a comma."""

    start: int
    stop: int
    is_small: bool


class LeavingOut:
    """One message's words, with where each of the things begins that can bound a question, and where it ends."""

    def __init__(
        self,
        words: Sequence[Word],
        known: Vocabulary,
        hits: Sequence[Hit],
        *,
        things: Mapping[int, int],
        times: Mapping[int, int],
        names: Set[int],
    ) -> None:
        self.words = words
        self.known = known
        self.hits = hits
        self.things = things
        self.times = times
        self.names = names

    def run(self) -> list[LeftOut]:
        found: list[LeftOut] = []
        for mark in self._marks():
            span = self._after(mark) or self._before(mark)
            if span is not None:
                start, stop = span
                follows = self.words[stop].norm if stop < len(self.words) else ""
                found.append(LeftOut(start, stop, is_told=follows not in _CORRECTED))
        return found

    def _marks(self) -> list[_Mark]:
        large = [_Mark(hit.start, hit.stop, is_small=False) for hit in self.hits if hit.heading == "but_for"]
        for index, word in enumerate(self.words):
            before = range(max(index - _MOST_TO_THAN, 0), index)
            others = [each for each in before if self.known.has("others", self.words[each].norm)]
            if others and self.known.has("than", word.norm):
                large.append(_Mark(others[0], index + 1, is_small=False))
            if word.norm == "but" and self._is_of_all_before(index):
                large.append(_Mark(index, index + 1, is_small=False))
        large += self._dropped()
        inside = {index for mark in large for index in range(mark.start, mark.stop)}
        inside |= {1} if self._is_kept() else set()
        small = [
            _Mark(hit.start, hit.stop, is_small=True)
            for hit in self.hits
            if hit.heading == "left_out" and hit.start not in inside
        ]
        return [*large, *small]

    def _dropped(self) -> list[_Mark]:
        """`Drop Loftet`, `spring Loftet over`, `lad være med Loftet`."""
        norms = tuple(word.norm for word in self.words)
        is_skipped = norms[:1] == ("spring",) and norms[-1:] == ("over",)
        if norms[:1] and (norms[0] in _DROPS or is_skipped) and not self._is_kept():
            return [_Mark(0, 1, is_small=False)]
        return [_Mark(0, len(_LET_BE), is_small=False)] if norms[: len(_LET_BE)] == _LET_BE else []

    def _is_kept(self) -> bool:
        first, *others = [word.norm for word in self.words[:2]] or [""]
        return first in _DROPS and not _KEEPS.isdisjoint(others)

    def _is_of_all_before(self, but: int) -> bool:
        before = (word.norm for word in self.words[max(but - _MOST_TO_BUT, 0) : but])
        return "," not in self.words[but].before and not _ALL.isdisjoint(before)

    def _says_which(self, mark: _Mark) -> bool:
        """`Fokusområder ikke i Øst`: right behind what is asked for."""
        stops = {hit.stop for hit in self.hits if hit.heading in self.known.topics}
        return mark.start in stops or (mark.start > 0 and self.words[mark.start - 1].norm in _OF_WHICH)

    def _after(self, mark: _Mark) -> tuple[int, int] | None:
        is_parted = mark.start == 0 or "," in self.words[mark.start].before
        if mark.is_small and not is_parted and self.known.has("asks_which", self.words[0].norm):
            # `Hvor er der ikke forældreperspektiver` asks where there are none.
            return None
        between = _ARTICLES | _PLACED if is_parted else _ARTICLES
        if self._says_which(mark):
            between = _ARTICLES | _PLACED | _OF_WHICH
        place = self._thing_at(mark.stop, between if mark.is_small else _ARTICLES | _PLACED | _POINTED_AT)
        if place is None:
            return None
        stop = self._end_of(place)
        # A theme is named by words that are asked for as well: `ikke om fravær`.
        behind = stop if place in self.names else place
        if mark.is_small and any(self._is_asked_for(index) for index in range(behind, stop + 1)):
            return None
        return mark.start, self._listed(place, stop)

    def _before(self, mark: _Mark) -> tuple[int, int] | None:
        if self.words[mark.start].norm not in _AFTERWARDS:
            return None
        start: int | None = mark.start
        first = None
        while start is not None:
            start = self._start_of_thing(start)
            first = first if start is None else start
            is_linked = start and self.words[start - 1].norm in _LISTED | _PLACED
            start = start - 1 if start and is_linked else None
        return None if first is None else (first, mark.stop)

    def _start_of_thing(self, stop: int) -> int | None:
        starts = [start for start, end in {**self.things, **self.times}.items() if end == stop]
        return min(starts, default=None)

    def _is_asked_for(self, index: int) -> bool:
        """`Tilbud uden forældrenes perspektiv`, `har du ikke Karens aftaler`: what is said to be theirs."""
        return index < len(self.words) and bool(self.known.headings(self.words[index].norm) & self.known.topics)

    def _listed(self, place: int, stop: int) -> int:
        """Where the last one ends of those that are left out together: `skolerne og SFO`, `klubberne i Øst`."""
        is_time = place in self.times
        while stop < len(self.words):
            word = self.words[stop]
            is_linked = word.norm in _LISTED or (word.norm in _PLACED and not is_time)
            if not is_linked and "," not in word.before:
                break
            following = self._thing_at(stop + is_linked, _ARTICLES | _PLACED | _LISTED)
            if following is None or (following in self.times) != is_time:
                break
            stop = self._end_of(following)
        return stop

    def _thing_at(self, index: int, between: frozenset[str]) -> int | None:
        for place in range(index, min(index + _MOST_BETWEEN + 1, len(self.words))):
            if place in self.things or place in self.times:
                return place
            if self.words[place].norm not in between:
                return None
        return None

    def _end_of(self, place: int) -> int:
        return max(self.things.get(place, 0), self.times.get(place, 0))


def numbers_joined(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where a range stands, of which it is told elsewhere what it is of: `0-6`."""
    return [
        (index, index + 2)
        for index in range(len(words) - 1)
        if words[index].norm.isdecimal()
        and words[index + 1].norm.isdecimal()
        and words[index + 1].before.strip() in ("-", "–", "/")
    ]
