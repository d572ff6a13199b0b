"""The days on which nobody is written to: Danish public holidays, and the holidays of the schools.

The framework says "never school holidays (uge 7, påske, uge 27–32, uge 42, jul)". The weeks are a setting;
the two that are no whole weeks are days here:

- Easter is the public holidays and the Monday to Wednesday before Maundy Thursday.
- Christmas is 23 December to 2 January, both included.

Constitution Day, 5 June, is off too: it is no public holiday by law, but schools and town halls are closed.
What else a municipality keeps, such as the Friday after Ascension Day, goes into its setting of closed days.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

from domain.quiet import CLOSES, COPENHAGEN, OPENS, SCHOOL_WEEKS, QuietTimes

MAUNDY_THURSDAY = "Skærtorsdag"

_WEEKS = re.compile(r"(\d{1,2})(?:\s*[-\u2013]\s*(\d{1,2}))?")


class DaysOff:
    """The holidays of every year, to be asked `day in days_off`; `closed` are the municipality's own days."""

    def __init__(self, closed: Iterable[date] = ()) -> None:
        self.closed = frozenset(closed)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.closed or day in days_off_in(day.year))


def quiet_times(
    *,
    zone: ZoneInfo = COPENHAGEN,
    opens: time = OPENS,
    closes: time = CLOSES,
    school_weeks: Iterable[int] = SCHOOL_WEEKS,
    closed: Iterable[date] = (),
) -> QuietTimes:
    """The municipality's quiet times, of its settings and the calendar; ValueError if they make no sense."""
    return QuietTimes(
        zone=zone, opens=opens, closes=closes, school_weeks=frozenset(school_weeks), holidays=DaysOff(closed)
    )


@cache
def public_holidays_in(year: int) -> Mapping[date, str]:
    """Each Danish public holiday of the year with its Danish name."""
    return MappingProxyType(dict(holidays.country_holidays("DK", years=year, language="da")))


@cache
def days_off_in(year: int) -> frozenset[date]:
    """The public holidays of the year with the days of Easter week and Christmas, and Constitution Day."""
    public = public_holidays_in(year)
    thursday = next(day for day, name in public.items() if MAUNDY_THURSDAY in name)
    easter_week = {thursday - timedelta(days=days) for days in (1, 2, 3)}
    christmas = {date(year, 1, day) for day in (1, 2)} | {date(year, 12, day) for day in range(23, 32)}
    return frozenset(public) | easter_week | christmas | {date(year, 6, 5)}


def weeks(text: str) -> frozenset[int]:
    """The ISO weeks of a setting such as `7, 27-32, 42`, which may be empty; ValueError for anything else."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _WEEKS.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= 53:
            raise ValueError(f"{part!r} is no week; write week numbers from 1 to 53, such as 7, 27-32, 42")
        found.update(range(first, last + 1))
    return frozenset(found)
