"""Key figures over half-years: what a package says each time, and nothing before it is interpreted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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

    `sources` are the packages that its newest figure stands in, of one institution those of the earlier ones as well.
    """

    theme_id: UUID | None
    indicator: str
    unit: str
    points: Mapping[HalfYear, Point]
    sources: Sequence[SourceRef] = ()

    @property
    def key(self) -> tuple[UUID | None, str, str]:
        return self.theme_id, self.indicator, self.unit

    @property
    def newest(self) -> tuple[HalfYear, Point]:
        last = max(self.points)
        return last, self.points[last]


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The packages behind some rows that are not among their sources: how many, and when the newest was released.

    `sources` are those of each row, by its key, where somebody asks for them; the number is then that of the others.
    """

    number: int = 0
    latest: datetime | None = None
    sources: Mapping[tuple[UUID | None, str, str], Sequence[SourceRef]] = field(default_factory=dict)
