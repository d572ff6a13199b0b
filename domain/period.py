"""Half-years, the beat of the framework: data packages and learning dialogues come once in each.

The text does not say where a half-year begins. Spring is 1 January to 31 July and autumn 1 August to
31 December, which fits both the calendar year and the school year.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

_CODE = re.compile(r"(\d{4})H([12])")
# What anybody asks about; the half-years around these are half-years, too.
_ASKED_ABOUT = range(1950, 2100)


@dataclass(frozen=True, order=True)
class HalfYear:
    """Spring (`term` 1) or autumn (`term` 2) of a year, ordered by time; its code is `2026H1`."""

    year: int
    term: int

    def __post_init__(self) -> None:
        if self.term not in (1, 2) or not 1900 <= self.year <= 2200:
            raise ValueError(f"no half-year: {self.year}H{self.term}")

    @classmethod
    # It is read of each row, and there are few: a tenth of what key figures of everything cost.
    @lru_cache(maxsize=1_000)
    def parse(cls, code: str) -> "HalfYear":
        """The half-year with this code; ValueError if it is none."""
        found = _CODE.fullmatch(code.strip().upper())
        if not found:
            raise ValueError(f"no half-year: {code!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def parse_asked(cls, code: str) -> "HalfYear":
        """As `parse`, of what a button says is asked about; ValueError as well for one out of all reason."""
        found = cls.parse(code)
        if found.year not in _ASKED_ABOUT:
            raise ValueError(f"nobody asks about {code!r}")
        return found

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 7 else 2)

    @property
    def code(self) -> str:
        return f"{self.year}H{self.term}"

    @property
    def starts_on(self) -> date:
        return date(self.year, 1 if self.term == 1 else 8, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, 7 if self.term == 1 else 12, 31)

    def plus(self, half_years: int) -> "HalfYear":
        count = self.year * 2 + self.term - 1 + half_years
        return HalfYear(count // 2, count % 2 + 1)

    @property
    def next(self) -> "HalfYear":
        return self.plus(1)

    @property
    def previous(self) -> "HalfYear":
        return self.plus(-1)

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return self.code


def local_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when the clocks of the zone show this; ValueError for an hour that a clock change skips.

    Of an hour that comes twice, the first is meant.
    """
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != datetime.combine(day, clock):
        raise ValueError(f"the clocks skip {clock} on {day}")
    return moment
