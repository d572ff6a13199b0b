"""The days on which nobody is written to: Danish public holidays, and the holidays of the schools.

The framework says "never school holidays (uge 7, påske, uge 27–32, uge 42, jul)". The weeks are a setting
of the quiet times; the two that are no whole weeks are days here:

- Easter is the public holidays and the Monday to Wednesday before Maundy Thursday.
- Christmas is 23 December to 2 January, both included.

Constitution Day, 5 June, is off too: it is no public holiday by law, but schools and town halls are closed.
What else a municipality keeps, such as the Friday after Ascension Day, is given as closed days.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

MAUNDY_THURSDAY = "Skærtorsdag"


class DaysOff:
    """The holidays of every year, to be asked `day in days_off`; `closed` are the municipality's own days."""

    def __init__(self, closed: Iterable[date] = ()) -> None:
        self.closed = frozenset(closed)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.closed or day in days_off_in(day.year))


@cache
def public_holidays_in(year: int) -> Mapping[date, str]:
    """Each Danish public holiday of the year with its Danish name."""
    # Imported here: it costs every start-up otherwise, also of a command that asks for no day.
    import holidays

    return MappingProxyType(dict(holidays.country_holidays("DK", years=year, language="da")))


@cache
def days_off_in(year: int) -> frozenset[date]:
    """The public holidays of the year with the days of Easter week and Christmas, and Constitution Day."""
    public = public_holidays_in(year)
    thursday = next(day for day, name in public.items() if MAUNDY_THURSDAY in name)
    easter_week = {thursday - timedelta(days=days) for days in (1, 2, 3)}
    christmas = {date(year, 1, day) for day in (1, 2)} | {date(year, 12, day) for day in range(23, 32)}
    return frozenset(public) | easter_week | christmas | {date(year, 6, 5)}
