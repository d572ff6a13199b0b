"""Half-yearly data packages: "Halvårlige datapakker er afsæt for læringssamtalerne"."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.identity import new_id
from domain.organisation import Institution, InstitutionType
from domain.period import HalfYear

SMALLEST_SHOWN = 5


class PackageState(StrEnum):
    IN_PREPARATION = "under udarbejdelse"
    RELEASED = "frigivet"
    SUPERSEDED = "erstattet"


class Part(StrEnum):
    """What a figure is there for: "fokus på de politiske besluttede temaer samtidig med … den lokale udvikling"."""

    THEME = "tema"
    LOCAL = "lokal udvikling"


@dataclass(kw_only=True, eq=False)
class DataPackage:
    """An institution's figures for one half-year, in an edition: a correction is a new edition (I5)."""

    institution_id: UUID
    half_year: HalfYear
    template: InstitutionType
    edition: int = 1
    state: PackageState = PackageState.IN_PREPARATION
    released_at: datetime | None = None
    id: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, institution: Institution, half_year: HalfYear, edition: int = 1) -> "DataPackage":
        """I6: "Package template type equals institution type"."""
        return cls(institution_id=institution.id, half_year=half_year, template=institution.type, edition=edition)

    @property
    def is_current(self) -> bool:
        return self.state is PackageState.RELEASED

    def release(self, now: datetime) -> None:
        self.state = PackageState.RELEASED
        self.released_at = now

    def supersede(self) -> None:
        """I5: "released figures are never changed, only superseded"."""
        self.state = PackageState.SUPERSEDED


@dataclass(kw_only=True, eq=False)
class KeyFigure:
    """One figure of a package: `value` and `previous` in `unit`, `n` the people behind it, `comparison` the area's.

    Each keeps its source and its date, and none stands on a card without a place to interpret it (R-32).
    `follows_hidden` says that the figure of the half-year before is hidden, as far as whoever read this one has looked.
    """

    package_id: UUID
    indicator: str
    value: float
    unit: str
    source: str
    as_of: date
    n: int | None = None
    previous: float | None = None
    comparison: float | None = None
    theme_id: UUID | None = None
    id: UUID = field(default_factory=new_id)
    follows_hidden: bool = field(default=False, init=False)

    @property
    def part(self) -> Part:
        return Part.LOCAL if self.theme_id is None else Part.THEME

    @property
    def is_hidden(self) -> bool:
        """I29: "key figures with n < 5 are shown as 'færre end 5'"."""
        return self.n is not None and self.n < SMALLEST_SHOWN

    @property
    def change(self) -> float | None:
        """How far the figure has moved since the half-year before, in its own unit; None if not known or hidden.

        I29: what it has moved by tells the figure before it, and that is hidden where fewer than five were behind it.
        """
        if self.previous is None or self.is_hidden or self.follows_hidden:
            return None
        return self.value - self.previous
