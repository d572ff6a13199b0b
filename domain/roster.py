"""The names that people use when they ask: institutions, areas, leaders and themes, as they are called on a day.

What has closed and who has left are still asked about: "ended, not deleted".
"""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from domain.organisation import AgeRange, InstitutionType
from domain.period import HalfYear


@dataclass(frozen=True)
class InstitutionName:
    id: UUID
    name: str
    aliases: tuple[str, ...]
    type: InstitutionType
    age_range: AgeRange
    area_id: UUID
    is_closed: bool = False


@dataclass(frozen=True)
class AreaName:
    id: UUID
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeaderName:
    """A leader, and the institutions that they lead; of a former one, those that they led in the end."""

    id: UUID
    name: str = field(repr=False)
    leads: tuple[UUID, ...] = ()
    is_former: bool = False


@dataclass(frozen=True)
class ThemeName:
    id: UUID
    title: str
    title_en: str
    aliases: tuple[str, ...]
    age_range: AgeRange
    valid_from: HalfYear
    valid_to: HalfYear


@dataclass(frozen=True)
class Roster:
    """Everything that has a name; two rosters with the same names are equal."""

    institutions: tuple[InstitutionName, ...] = ()
    areas: tuple[AreaName, ...] = ()
    leaders: tuple[LeaderName, ...] = ()
    themes: tuple[ThemeName, ...] = ()

    def name_of(self, thing_id: UUID) -> str:
        """The name or title as it stands in the municipality's list; KeyError for what is not on it."""
        return self._names[thing_id]

    @cached_property
    def _names(self) -> dict[UUID, str]:
        return {
            **{theme.id: theme.title for theme in self.themes},
            **{leader.id: leader.name for leader in self.leaders},
            **{area.id: area.name for area in self.areas},
            **{where.id: where.name for where in self.institutions},
        }
