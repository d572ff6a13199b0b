"""Several words that are met in a row: `siden sidste resumé`, small words between them left aside."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

MOST_BETWEEN = 2
_LONGEST = 6


@dataclass(frozen=True)
class Hit:
    """A heading that the words from `start` up to `stop` stand under."""

    heading: str
    start: int
    stop: int


@dataclass(frozen=True)
class Part:
    """One word of a row: its forms, or those that it begins with."""

    forms: frozenset[str]
    is_stem: bool

    def fits(self, norm: str) -> bool:
        return norm in self.forms or (self.is_stem and norm.startswith(tuple(self.forms)))


class Rows:
    """The rows of all headings; `between` are the words that may stand between their own."""

    def __init__(self, between: Iterable[str]) -> None:
        self._between = frozenset(between)
        self._rows: dict[str, list[tuple[str, tuple[Part, ...]]]] = defaultdict(list)
        self._nearly: set[str] = set()
        self._forms: set[str] = set()
        self._stems: set[str] = set()

    def take(self, heading: str, parts: tuple[Part, ...], *, is_met_nearly: bool) -> None:
        """A row, which is to be met with a typing error as well or not."""
        for form in parts[0].forms:
            self._rows[form].append((heading, parts))
        if is_met_nearly:
            self._nearly.add(heading)
            for part in parts:
                (self._stems if part.is_stem else self._forms).update(part.forms)

    def at(self, norms: Sequence[str], start: int, taken: Set[int] = frozenset()) -> list[Hit]:
        """What is met from there on."""
        found = []
        for heading, parts in self._rows.get(norms[start], ()):
            stop = self._stop(norms, start, parts, taken)
            if stop is not None:
                found.append(Hit(heading, start, stop))
        return found

    def over(self, norms: Sequence[str], index: int) -> frozenset[str]:
        """The headings of the rows of which the word there is a part, of those that are met with a typing error."""
        hits = (hit for start in range(max(index - _LONGEST, 0), index + 1) for hit in self.at(norms, start))
        return frozenset(hit.heading for hit in hits if hit.stop > index and hit.heading in self._nearly)

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one vocabulary for the life of the program
    def near(self, norm: str) -> tuple[str, ...]:
        """The words that stand in such rows and that it is with one typing error."""
        near = {form for form in self._forms if OSA.distance(norm, form, score_cutoff=1) <= 1}
        return tuple(sorted(near | {stem + rest for stem in self._stems for rest in behind(norm, stem)}))

    def _stop(self, norms: Sequence[str], start: int, parts: Sequence[Part], taken: Set[int]) -> int | None:
        """Where a row ends that begins here; None if it is not met."""
        place, between = start, 0
        for part in parts:
            while place < len(norms) and place not in taken:
                if part.fits(norms[place]):
                    break
                between += 1
                if place == start or between > MOST_BETWEEN or norms[place] not in self._between:
                    return None
                place += 1
            if place >= len(norms) or place in taken:
                return None
            place += 1
        return place


def behind(norm: str, stem: str) -> set[str]:
    """What follows in a word that begins with the stem, typed with one error."""
    ends = range(len(stem) - 1, min(len(stem) + 1, len(norm)) + 1)
    return {norm[end:] for end in ends if OSA.distance(norm[:end], stem, score_cutoff=1) <= 1}
