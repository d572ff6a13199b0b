"""Quiet times: what a person may expect of working days, holidays, clock changes and *Ikke nu*."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.quiet import COPENHAGEN, SCHOOL_WEEKS, QuietTimes, Snooze, snooze
from scheduler.calendar import DaysOff, public_holidays_in

QUIET = QuietTimes(holidays=DaysOff())
YEARS = range(2026, 2037)
MINUTE = timedelta(minutes=1)

moments = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2036, 12, 31), timezones=st.just(UTC))
zones = st.sampled_from(
    [
        COPENHAGEN,
        ZoneInfo("UTC"),
        ZoneInfo("America/Nuuk"),
        ZoneInfo("Atlantic/Faroe"),
        ZoneInfo("Asia/Tokyo"),
    ]
)
quick = settings(deadline=None, max_examples=300)


def local(text: str) -> datetime:
    """A moment by the clocks of Copenhagen, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def clocks(moment: datetime) -> str:
    return f"{moment.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}"


@quick
@given(moments)
def test_the_next_open_moment_is_open_and_not_in_the_past_and_stays_itself(now: datetime) -> None:
    found = QUIET.next_open(now)
    assert found >= now
    assert QUIET.is_open(found)
    assert QUIET.next_open(found) == found
    assert found.tzinfo is UTC


@quick
@given(moments, st.floats(min_value=0, max_value=1))
def test_nothing_between_now_and_the_next_open_moment_is_open(now: datetime, part: float) -> None:
    found = QUIET.next_open(now)
    between = now + (found - now) * part
    assert between >= found or not QUIET.is_open(between)


@quick
@given(moments, moments)
def test_a_later_moment_never_opens_earlier(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert QUIET.next_open(first) <= QUIET.next_open(second)


@quick
@given(
    zones,
    moments,
    st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1]),
    st.frozensets(st.integers(1, 53), max_size=20),
)
def test_any_settings_in_any_zone_open_by_their_own_clocks(
    zone: ZoneInfo, now: datetime, hours: tuple[time, time], school_weeks: frozenset[int]
) -> None:
    quiet = QuietTimes(zone=zone, opens=hours[0], closes=hours[1], school_weeks=school_weeks)
    found = quiet.next_open(now)
    assert found >= now
    assert quiet.is_open(found)
    there = found.astimezone(zone)
    assert there.weekday() < 5
    assert there.isocalendar().week not in school_weeks


@quick
@given(
    st.sampled_from([day for year in YEARS for day in public_holidays_in(year)]),
    st.times(),
    st.sampled_from(Snooze),
)
def test_i38_no_prompt_on_any_public_holiday(day: date, clock: time, choice: Snooze) -> None:
    """I38: "none in quiet hours or school holidays"."""
    moment = datetime.combine(day, clock, COPENHAGEN)
    assert not QUIET.is_open(moment)
    for planned in (
        QUIET.next_open(moment),
        QUIET.working_days_before(moment, 2),
        snooze(choice, moment, QUIET),
    ):
        assert planned.astimezone(COPENHAGEN).date() not in public_holidays_in(planned.year)
        assert QUIET.is_open(planned)


def test_i38_no_prompt_on_any_public_holiday_from_2026_to_2036() -> None:
    for year in YEARS:
        for day in public_holidays_in(year):
            assert not any(QUIET.is_open(datetime.combine(day, time(hour), COPENHAGEN)) for hour in range(24)), day


def test_i38_no_prompt_in_school_holidays_from_2026_to_2036() -> None:
    """I38: "none in quiet hours or school holidays"."""
    day = date(2026, 1, 1)
    while day.year <= 2036:
        is_school_holiday = day.isocalendar().week in SCHOOL_WEEKS or (day.month, day.day) >= (12, 23)
        if is_school_holiday or day.weekday() >= 5:
            assert not QUIET.is_open(datetime.combine(day, time(10), COPENHAGEN)), day
        day += timedelta(days=1)


@quick
@given(moments)
def test_the_day_that_counts_for_one_message_a_day_is_the_local_one(now: datetime) -> None:
    """I38: "At most one unprompted message per person per working day"."""
    start = QUIET.start_of_day(now)
    assert start <= now
    assert clocks(start) == f"{now.astimezone(COPENHAGEN):%Y-%m-%d} 00:00"
    assert clocks(start - MINUTE)[:10] < clocks(start)[:10]


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-02 07:29", "2026-03-02 07:30"),
        ("2026-03-02 16:29", "2026-03-02 16:29"),
        ("2026-03-02 16:30", "2026-03-03 07:30"),
        ("2026-03-06 16:30", "2026-03-09 07:30"),
        ("2026-02-06 17:00", "2026-02-16 07:30"),
        ("2026-06-26 17:00", "2026-08-10 07:30"),
        ("2026-06-04 17:00", "2026-06-08 07:30"),
        ("2026-12-22 16:30", "2027-01-04 07:30"),
    ],
)
def test_a_message_waits_for_the_first_working_hour(now: str, opens: str) -> None:
    assert clocks(QUIET.next_open(local(now))) == opens


def test_summer_time_begins_on_29_march_2026_and_the_day_opens_by_the_new_clock() -> None:
    before_easter = QuietTimes()
    friday = local("2026-03-27 16:30")
    monday = before_easter.next_open(friday)
    assert monday == datetime(2026, 3, 30, 5, 30, tzinfo=UTC)
    assert clocks(monday) == "2026-03-30 07:30"
    assert before_easter.next_open(local("2026-03-29 01:59")) == monday
    assert before_easter.next_open(local("2026-03-29 03:00")) == monday
    assert not before_easter.is_open(monday - timedelta(microseconds=1))
    assert clocks(QUIET.next_open(friday)) == "2026-04-07 07:30", "that Monday is in Easter week"


def test_summer_time_ends_on_25_october_2026_and_the_day_opens_by_the_new_clock() -> None:
    first_hour_twice = [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    assert [clocks(moment) for moment in first_hour_twice] == ["2026-10-25 02:30"] * 2
    for moment in first_hour_twice:
        assert QUIET.next_open(moment) == datetime(2026, 10, 26, 6, 30, tzinfo=UTC)
    assert not QUIET.is_open(datetime(2026, 10, 26, 5, 30, tzinfo=UTC)), "that was 7.30 until yesterday"


@pytest.mark.parametrize("year", YEARS)
def test_the_weeks_of_both_clock_changes_open_and_close_at_the_same_local_time(year: int) -> None:
    quiet = QuietTimes(school_weeks=frozenset())
    for month in (3, 10):
        sunday = date(year, month, 31)
        sunday -= timedelta(days=(sunday.weekday() + 1) % 7)
        for days in (-2, 1):
            day = sunday + timedelta(days=days)
            opens_at = quiet.next_open(datetime.combine(day, time(), COPENHAGEN))
            assert clocks(opens_at) == f"{day} 07:30"
            closes_at = opens_at + timedelta(hours=9)
            assert quiet.is_open(closes_at - MINUTE)
            assert not quiet.is_open(closes_at)


def test_an_opening_hour_that_the_clocks_skip_opens_when_they_have_moved_on() -> None:
    weekend = QuietTimes(zone=ZoneInfo("Asia/Beirut"), opens=time(0, 15), closes=time(12), school_weeks=frozenset())
    assert weekend.is_open(weekend.next_open(datetime(2026, 3, 28, 12, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("starts", "days", "due"),
    [
        ("2026-04-21 09:00", 2, "2026-04-17 08:00"),
        ("2026-04-23 09:00", 2, "2026-04-21 08:00"),
        ("2026-04-26 09:00", 1, "2026-04-24 08:00"),
        ("2026-03-31 09:00", 2, "2026-03-26 08:00"),
        ("2026-10-27 09:00", 2, "2026-10-23 08:00"),
        ("2026-02-17 09:00", 2, "2026-02-06 08:00"),
        ("2027-01-05 09:00", 2, "2026-12-22 08:00"),
        ("2026-05-15 09:00", 2, "2026-05-12 08:00"),
    ],
)
def test_working_days_before_skip_weekends_and_holidays_and_come_at_eight(starts: str, days: int, due: str) -> None:
    assert clocks(QUIET.working_days_before(local(starts), days)) == due


def test_easter_2027_is_quiet_from_palm_weekend_to_the_tuesday_after() -> None:
    assert clocks(QUIET.next_open(local("2027-03-19 16:30"))) == "2027-03-30 07:30"
    assert clocks(QUIET.working_days_before(local("2027-03-31 13:00"), 2)) == "2027-03-19 08:00"
    assert clocks(snooze(Snooze.TOMORROW, local("2027-03-19 12:00"), QUIET)) == "2027-03-30 08:00"
    assert clocks(snooze(Snooze.MONDAY, local("2027-03-25 12:00"), QUIET)) == "2027-03-30 08:00"
    assert clocks(snooze(Snooze.NEXT_WEEK, local("2027-03-25 12:00"), QUIET)) == "2027-03-31 08:00"


@quick
@given(moments, st.integers(1, 10))
def test_working_days_before_count_working_days(moment: datetime, days: int) -> None:
    due = QUIET.working_days_before(moment, days)
    assert QUIET.is_open(due)
    assert clocks(due).endswith("08:00")
    day, counted = due.astimezone(COPENHAGEN).date(), 0
    while day < moment.astimezone(COPENHAGEN).date():
        counted += QUIET.is_working_day(day)
        day += timedelta(days=1)
    assert counted == days


@pytest.mark.parametrize(
    ("now", "tomorrow", "monday", "next_week"),
    [
        ("2026-04-21 15:00", "2026-04-22 08:00", "2026-04-27 08:00", "2026-04-29 08:00"),
        ("2026-04-20 00:01", "2026-04-21 08:00", "2026-04-27 08:00", "2026-04-29 08:00"),
        ("2026-04-24 23:59", "2026-04-27 08:00", "2026-04-27 08:00", "2026-04-29 08:00"),
        ("2026-04-26 12:00", "2026-04-27 08:00", "2026-04-27 08:00", "2026-04-29 08:00"),
        ("2026-10-23 12:00", "2026-10-26 08:00", "2026-10-26 08:00", "2026-10-28 08:00"),
    ],
)
def test_not_now_means_tomorrow_on_monday_or_the_middle_of_next_week(
    now: str, tomorrow: str, monday: str, next_week: str
) -> None:
    assert [clocks(snooze(choice, local(now), QUIET)) for choice in Snooze] == [tomorrow, monday, next_week]


@quick
@given(moments, st.sampled_from(Snooze), st.booleans())
def test_not_now_is_always_later_and_never_quiet(now: datetime, choice: Snooze, quiet_is_off: bool) -> None:
    quiet = QuietTimes.none() if quiet_is_off else QUIET
    again = snooze(choice, now, quiet)
    assert again > now
    assert quiet.is_open(again)
    assert again.astimezone(COPENHAGEN).date() > now.astimezone(COPENHAGEN).date()


@quick
@given(moments)
def test_the_demo_has_no_quiet_times(now: datetime) -> None:
    quiet = QuietTimes.none()
    assert quiet.is_open(now)
    assert quiet.next_open(now) == now
    assert quiet.working_days_before(now, 2).astimezone(COPENHAGEN).weekday() < 5


def test_quiet_times_that_make_no_sense_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="opens at 16:00, which is not before 08:00"):
        QuietTimes(opens=time(16), closes=time(8))
    with pytest.raises(ValueError, match="there is no week 54"):
        QuietTimes(school_weeks=frozenset({54}))
    with pytest.raises(ValueError, match="every week is a school holiday"):
        QuietTimes(school_weeks=frozenset(range(1, 53)))
    always_holiday = QuietTimes(holidays=frozenset(date(2025, 1, 1) + timedelta(days=i) for i in range(1200)))
    with pytest.raises(ValueError, match="no working day within a year"):
        always_holiday.next_open(local("2026-04-21 09:00"))
    with pytest.raises(ValueError, match="fewer than 1 working days in the year before"):
        always_holiday.working_days_before(local("2026-04-21 09:00"), 1)
    with pytest.raises(ValueError, match="has no time zone"):
        QUIET.is_open(datetime(2026, 4, 21, 9))
    with pytest.raises(ValueError, match="0 is not 1 or more"):
        QUIET.working_days_before(local("2026-04-21 09:00"), 0)
