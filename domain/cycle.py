"""The two-year cycle and the politics that start it: political rounds, themes, cycles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.aims import FourAims
from domain.identity import new_id
from domain.organisation import AgeRange
from domain.period import HalfYear

HALF_YEARS = 4


class RoundState(StrEnum):
    PREPARED = "forberedes"
    NETWORKS = "i netværk"
    DISCUSSED = "drøftes"
    DECIDED = "temaer besluttet"
    SENT = "sendt ud"
    CLOSED = "afsluttet"


@dataclass(kw_only=True, eq=False)
class PoliticalRound:
    """One year's political discussion: "har hvert andet år fokus på hhv. 0-6-års området og 6-18-års området".

    `networks_at` is when the leader networks were asked to qualify its evidence, None before and for older rounds.
    """

    year: int
    age_range: AgeRange
    state: RoundState = RoundState.DECIDED
    discussed_on: date | None = None
    networks_at: datetime | None = None
    id: UUID = field(default_factory=new_id)

    @property
    def evidence_from(self) -> HalfYear:
        """A half-year of the cycle that the discussion looks back on: its own themes begin the next one."""
        return HalfYear(self.year, 1)


@dataclass(kw_only=True, eq=False)
class Theme:
    """A theme decided by the politicians for one age range, valid in whole half-years (both ends included).

    `decision_url` is where the council's decision can be read.
    """

    round_id: UUID
    title: str
    title_en: str
    age_range: AgeRange
    valid_from: HalfYear
    valid_to: HalfYear
    description: str = ""
    aliases: tuple[str, ...] = ()
    decision_url: str | None = None
    aims: tuple[FourAims, ...] = ()
    id: UUID = field(default_factory=new_id)

    def is_valid(self, half_year: HalfYear) -> bool:
        return self.valid_from <= half_year <= self.valid_to


@dataclass(kw_only=True, eq=False)
class Cycle:
    """Four successive half-years of one age range: "fire læringssamtaler over en to-årig periode" (I3)."""

    age_range: AgeRange
    first_half_year: HalfYear
    id: UUID = field(default_factory=new_id)

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        return tuple(self.first_half_year.plus(step) for step in range(HALF_YEARS))

    @property
    def last_half_year(self) -> HalfYear:
        return self.first_half_year.plus(HALF_YEARS - 1)

    def __contains__(self, half_year: HalfYear) -> bool:
        return self.first_half_year <= half_year <= self.last_half_year

    def overlaps(self, other: "Cycle") -> bool:
        """I3: "cycles of the same age range do not overlap"; those of different ranges may."""
        return (
            self.age_range is other.age_range
            and self.first_half_year <= other.last_half_year
            and other.first_half_year <= self.last_half_year
        )


def rounds_out_of_turn(rounds: Iterable[PoliticalRound]) -> list[PoliticalRound]:
    """I1: "Two successive PoliticalRounds have different age ranges": the rounds that break it, in order of year."""
    ordered = sorted(rounds, key=lambda each: each.year)
    return [later for earlier, later in zip(ordered, ordered[1:], strict=False) if later.age_range is earlier.age_range]
