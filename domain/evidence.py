"""The evidence base of an age range: "data og viden indsamlet lokalt og på tværs af Børn og Unges tilbud".

I29: "no personal names, and no cell from fewer than 3 institutions (configurable); key figures with n < 5 are shown as
'færre end 5'". A number that is hidden must not be computable from the others either, so what stands beside a total is
hidden with it as far as is needed. I30: what is listed stands in the order of its words, never of its values.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from domain.cycle import Cycle, Theme
from domain.data_package import SMALLEST_SHOWN
from domain.organisation import AgeRange
from domain.period import HalfYear
from domain.perspective import Group, Response
from domain.status import Status

K = TypeVar("K", bound=Hashable)

FEWEST_INSTITUTIONS = 3


@dataclass(frozen=True)
class Tally:
    """So many things, from so many institutions."""

    number: int
    institutions: int

    def shown(self, fewest: int) -> "Tally | None":
        """The tally, None where too few institutions are behind it."""
        return self if self.institutions >= fewest else None


@dataclass(frozen=True, kw_only=True)
class Breakdown(Generic[K]):
    """Institutions by a word, each counted once, as they may be shown: None where a number is hidden.

    `is_vague` says that the hidden numbers must not be called small: one of enough institutions may be among them, to
    keep the others from being computed, and which of them it is, is not told.
    """

    total: int | None
    cells: Mapping[K, int | None]
    is_vague: bool = False

    @classmethod
    def of(cls, counts: Mapping[K, int], fewest: int) -> "Breakdown[K]":
        total = sum(counts.values())
        found = hidden(counts, fewest)
        numbers = [counts[word] for word in found]
        return cls(
            total=total if total >= fewest else None,
            cells={word: None if word in found else number for word, number in counts.items()},
            is_vague=total >= fewest and bool(numbers) and (max(numbers) >= fewest or _all_largest(numbers, fewest)),
        )


def hidden(counts: Mapping[K, int], fewest: int) -> frozenset[K]:
    """Which numbers of institutions must not be shown beside their total.

    All that are smaller than `fewest`; and, as long as the total tells what the hidden ones are, the next smallest as
    well, with those that are equal to it. What no institution has said gives nobody away: zeros alone hide nothing
    else. It holds against somebody who knows this very rule.
    """
    if sum(counts.values()) < fewest:
        return frozenset(counts)
    found = {word: number for word, number in counts.items() if number < fewest}
    if not any(found.values()):
        return frozenset(found)
    for size in sorted({number for number in counts.values() if number >= fewest}):
        if not _given_away(list(found.values()), fewest):
            break
        found |= {word: number for word, number in counts.items() if number == size}
    return frozenset(found)


def part_of(whole: int, part: int, fewest: int) -> int | None:
    """The institutions that are part of a whole that is shown elsewhere; None where they, or the rest, are too few."""
    return None if part < fewest or 0 < whole - part < fewest else part


def _given_away(numbers: Sequence[int], fewest: int) -> bool:
    """Whether the sum of hidden numbers, which the total tells, says too much about them.

    One alone is its sum; and a sum of fewer than `fewest` institutions is itself a number that must not be shown.
    """
    return len(numbers) < 2 or sum(numbers) < fewest or _all_largest(numbers, fewest)


def _all_largest(numbers: Sequence[int], fewest: int) -> bool:
    """Whether each is as large as a small number can be, so that their sum tells all of them."""
    return sum(numbers) == len(numbers) * (fewest - 1)


@dataclass(frozen=True, kw_only=True)
class Average:
    """An indicator over the institutions that have it, as it may be shown: the mean of their figures, and how many.

    Both are None where too few institutions are behind it, or where `has_few_people` says so of the people.
    """

    indicator: str
    unit: str
    value: float | None
    institutions: int | None
    has_few_people: bool = False

    @classmethod
    def of(
        cls, indicator: str, unit: str, value: float, *, institutions: int, people: int | None, fewest: int
    ) -> "Average":
        """`people` is None where the source does not tell how many are behind the figures."""
        few = people is not None and people < SMALLEST_SHOWN
        if few or institutions < fewest:
            return cls(indicator=indicator, unit=unit, value=None, institutions=None, has_few_people=few)
        return cls(indicator=indicator, unit=unit, value=value, institutions=institutions)


@dataclass(frozen=True, kw_only=True)
class ThemeEvidence:
    """What is known about one theme, qualitative and quantitative.

    `working` are the institutions with a focus area close to it by the last word about it, None as key where there is
    none yet; `heard` those in which a group was heard about such a focus area, of all in which it was heard.
    """

    theme: Theme
    working: Breakdown[Status | None]
    heard: Mapping[Group, int | None]
    averages: Sequence[Average]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known of one age range in one cycle, as it may be shown.

    `figures_of` is the half-year of the averages, None where too few institutions have figures; `recorded` are the
    institutions that have held dialogues by whether all of them are recorded; `local` are the averages of no theme.
    `taken_at` is the day that the oldest of its numbers is from: a number is renewed when enough is new behind it.
    """

    age_range: AgeRange
    cycle: Cycle
    fewest: int
    institutions: int
    figures_of: HalfYear | None
    themes: Sequence[ThemeEvidence]
    local: Sequence[Average]
    heard: Mapping[Group, Tally | None]
    answered: Mapping[Response, Tally | None]
    held: Tally | None
    recorded: Breakdown[bool]
    taken_at: datetime | None = None
