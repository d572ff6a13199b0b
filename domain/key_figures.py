"""Key figures over half-years: what a package says each time, and nothing before it is interpreted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.facts import SourceRef
from domain.period import HalfYear

HALF_YEARS_SHOWN = 4


@dataclass(frozen=True, kw_only=True)
class Point:
    """An indicator in one half-year: the figure, or the mean of so many `institutions`.

    I29: `value` is None where fewer than five people are behind it.
    """

    value: float | None
    institutions: int = 1


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One indicator over the half-years that have it, oldest first; `theme_id` is None for the local development.

    `sources` are the packages that its newest figure stands in.
    """

    theme_id: UUID | None
    indicator: str
    unit: str
    points: Mapping[HalfYear, Point]
    sources: Sequence[SourceRef] = ()

    @property
    def newest(self) -> tuple[HalfYear, Point]:
        last = max(self.points)
        return last, self.points[last]
