"""When the bot may write of its own accord: working days 7.30 to 16.30, and never in school holidays.

A day off is a Saturday, a Sunday, a holiday or a day of a school week; every other day is a working day.
`QuietTimes.none()` still knows the working days, but lets a message through at any hour.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OPENS, CLOSES, MORNING = time(7, 30), time(16, 30), time(8)
SCHOOL_WEEKS = frozenset({7, *range(27, 33), 42})
LONGEST_QUIET = 366

_DAY = timedelta(days=1)
_SATURDAY, _WEDNESDAY = 5, 2


class Snooze(StrEnum):
    """When a card that was put off comes again."""

    TOMORROW = "tomorrow"
    MONDAY = "monday"
    NEXT_WEEK = "next_week"


class DayOff(StrEnum):
    """Why people are off: a weekend or a holiday, or a week in which the schools are closed."""

    FREE = "free"
    SCHOOL = "school"


@dataclass(frozen=True, kw_only=True)
class QuietTimes:
    """The hours and days of one municipality. Moments go in and come out aware; those that come out are UTC.

    `school_weeks` are ISO week numbers that are school holidays every year, `holidays` every other day off: a
    set of dates, or anything that can be asked `day in holidays`. ValueError if that leaves no time to write.
    """

    zone: ZoneInfo = COPENHAGEN
    opens: time = OPENS
    closes: time = CLOSES
    school_weeks: frozenset[int] = SCHOOL_WEEKS
    holidays: Container[date] = frozenset()
    is_off: bool = False

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"quiet times: opens at {self.opens:%H:%M}, which is not before {self.closes:%H:%M}")
        if wrong := sorted(week for week in self.school_weeks if not 1 <= week <= 53):
            raise ValueError(f"quiet times: there is no week {wrong[0]}")
        if self.school_weeks >= frozenset(range(1, 53)):
            raise ValueError("quiet times: every week is a school holiday")

    @classmethod
    def none(cls, zone: ZoneInfo = COPENHAGEN) -> "QuietTimes":
        """No quiet times at all, for the demo: always open, and working days are Monday to Friday."""
        return cls(zone=zone, school_weeks=frozenset(), is_off=True)

    def is_working_day(self, day: date) -> bool:
        return self.day_off(day) is None

    def day_off(self, day: date) -> DayOff | None:
        if day.weekday() >= _SATURDAY or day in self.holidays:
            return DayOff.FREE
        return DayOff.SCHOOL if day.isocalendar().week in self.school_weeks else None

    def is_open(self, now: datetime) -> bool:
        """Whether an unprompted message may be sent at this moment; the closing time itself is quiet."""
        day = self._local_day(now)
        opens_at, closes_at = self._hours(day)
        return self.is_off or (self.is_working_day(day) and opens_at <= now < closes_at)

    def next_open(self, now: datetime) -> datetime:
        """The first moment from now on when an unprompted message may be sent: now itself, if it may."""
        if self.is_open(now):
            return now.astimezone(UTC)
        for day in self._working_days(self._local_day(now), _DAY):
            opens_at, closes_at = self._hours(day)
            if now <= opens_at < closes_at:
                return opens_at
        raise ValueError("quiet times: no working day within a year")

    def closed_since(self, now: datetime) -> datetime:
        """The earliest moment from which on the next one to write is not before now: when it became quiet, or now."""
        if self.is_open(now):
            return now.astimezone(UTC)
        for day in self._working_days(self._local_day(now), -_DAY):
            _opens_at, closes_at = self._hours(day)
            if closes_at <= now:
                return closes_at
        raise ValueError("quiet times: no working day within a year")

    def working_days_before(self, moment: datetime, days: int) -> datetime:
        """8.00 on the working day that lies this many working days (one or more) before the moment's day.

        School holidays do not count: what is meant to come two days ahead must not wait for the day itself.
        """
        if days < 1:
            raise ValueError(f"working days before: {days} is not 1 or more")
        before = self._working_days(self._local_day(moment) - _DAY, -_DAY)
        day = next(islice(before, days - 1, None), None)
        if day is None:
            raise ValueError(f"quiet times: fewer than {days} working days in the year before")
        return self._morning(day)

    def working_days_after(self, day: date, days: int) -> datetime:
        """8.00 on the working day that lies this many after the day; 0 is the day itself, or the first one after it."""
        working_day = next(islice(self._working_days(day, _DAY), days, None), None)
        if working_day is None:
            raise ValueError(f"quiet times: fewer than {days} working days in the year after")
        return self._morning(working_day)

    def start_of_day(self, now: datetime) -> datetime:
        """The midnight with which the local day of this moment begins."""
        return self._at(self._local_day(now), time())

    def morning_of(self, day: date) -> datetime:
        """8.00 on this day if it is a working day, or on the first working day after it."""
        if self.is_off:
            return self._morning(day)
        working_day = next(self._working_days(day, _DAY), day)
        return self.next_open(self._morning(working_day))

    def _working_days(self, start: date, step: timedelta) -> Iterator[date]:
        days = (start + step * i for i in range(LONGEST_QUIET + 1))
        return (day for day in days if self.is_working_day(day))

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        return self._at(day, self.opens), self._at(day, self.closes)

    def _morning(self, day: date) -> datetime:
        return self._at(day, max(MORNING, self.opens))

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def _local_day(self, moment: datetime) -> date:
        if moment.tzinfo is None:
            raise ValueError("quiet times: the moment has no time zone")
        return moment.astimezone(self.zone).date()


def snooze(choice: Snooze, now: datetime, quiet: QuietTimes) -> datetime:
    """When a card that is put off at `now` comes again: 8.00 on that day or the first working day after.

    *I morgen* is the next day, *på mandag* the next Monday that is not today, and *i næste uge* the Wednesday
    of next week, so that it is never the same as Monday.
    """
    today = now.astimezone(quiet.zone).date()
    next_monday = today + timedelta(days=7 - today.weekday())
    days = {
        Snooze.TOMORROW: today + _DAY,
        Snooze.MONDAY: next_monday,
        Snooze.NEXT_WEEK: next_monday + timedelta(days=_WEDNESDAY),
    }
    return quiet.morning_of(days[choice])
