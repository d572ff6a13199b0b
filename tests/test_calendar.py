"""The days off: public holidays, Easter, Christmas, school weeks and the municipality's own days."""

from datetime import date, datetime, timedelta

import pytest

from domain.quiet import COPENHAGEN, QuietTimes
from scheduler.calendar import DaysOff, days_off_in, public_holidays_in

EASTER_SUNDAYS = {
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
    2032: date(2032, 3, 28),
    2033: date(2033, 4, 17),
    2034: date(2034, 4, 9),
    2035: date(2035, 3, 25),
    2036: date(2036, 4, 13),
}


@pytest.mark.parametrize("year", EASTER_SUNDAYS)
def test_easter_is_off_from_palm_monday_to_easter_monday(year: int) -> None:
    easter = EASTER_SUNDAYS[year]
    off = days_off_in(year)
    working_days = [easter + timedelta(days=days) for days in (-6, -5, -4, -3, -2, 1)]
    assert all(day in off for day in working_days)
    assert easter + timedelta(days=2) not in off


@pytest.mark.parametrize("year", EASTER_SUNDAYS)
def test_the_public_holidays_of_the_law_are_there_and_great_prayer_day_is_gone(year: int) -> None:
    easter = EASTER_SUNDAYS[year]
    moveable = {easter + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    assert set(public_holidays_in(year)) == moveable | fixed


def test_christmas_is_off_over_the_new_year() -> None:
    off = DaysOff()
    days = [date(2026, 12, 22) + timedelta(days=i) for i in range(13)]
    assert [day for day in days if day not in off] == [date(2026, 12, 22), date(2027, 1, 3)]


def test_constitution_day_and_the_municipalitys_own_days_are_off() -> None:
    friday_after_ascension = date(2026, 5, 15)
    assert date(2026, 6, 5) in DaysOff()
    assert friday_after_ascension not in DaysOff()
    assert friday_after_ascension in DaysOff([friday_after_ascension])


def test_the_same_year_is_worked_out_once() -> None:
    assert days_off_in(2031) is days_off_in(2031)
    assert public_holidays_in(2031) is public_holidays_in(2031)


def test_quiet_times_know_the_calendar_and_the_weeks_of_the_municipality() -> None:
    quiet = QuietTimes(school_weeks=frozenset({8}), holidays=DaysOff([date(2026, 5, 15)]))
    assert quiet.is_open(datetime(2026, 2, 10, 9, tzinfo=COPENHAGEN)), "week 7 is school time here"
    assert not quiet.is_open(datetime(2026, 2, 17, 9, tzinfo=COPENHAGEN)), "week 8 is not"
    assert not quiet.is_open(datetime(2026, 5, 15, 9, tzinfo=COPENHAGEN))
    assert not quiet.is_open(datetime(2026, 4, 1, 9, tzinfo=COPENHAGEN))
