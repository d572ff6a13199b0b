"""A day and a time of day are understood as people type them, in Danish and in English."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.when import When, when

TUESDAY = date(2026, 4, 14)


@pytest.mark.parametrize(
    ("typed", "day", "clock"),
    [
        ("på torsdag kl. 10", date(2026, 4, 16), time(10)),
        ("torsdag kl 10", date(2026, 4, 16), time(10)),
        ("paa loerdag klokken 9", date(2026, 4, 18), time(9)),
        ("TORSDAG KL. 10.30", date(2026, 4, 16), time(10, 30)),
        ("på tordag kl. 10", date(2026, 4, 16), time(10)),
        ("tirsdag kl. 8", date(2026, 4, 21), time(8)),
        ("torsdag 10", date(2026, 4, 16), time(10)),
        ("torsdag 16", date(2026, 4, 16), None),
        ("næste onsdag kl. 10.30", date(2026, 4, 22), time(10, 30)),
        ("naeste onsdag 10:30", date(2026, 4, 22), time(10, 30)),
        ("onsdag i næste uge kl. 9", date(2026, 4, 22), time(9)),
        ("i næste uge fredag kl. 9", date(2026, 4, 24), time(9)),
        ("fredag om to uger kl. 13", date(2026, 5, 1), time(13)),
        ("torsdag uge 20 kl. 9", date(2026, 5, 14), time(9)),
        ("torsdag i uge 3", date(2027, 1, 21), None),
        ("i dag kl. 15", date(2026, 4, 14), time(15)),
        ("i morgen kl. 9", date(2026, 4, 15), time(9)),
        ("i går kl. 9", date(2026, 4, 13), time(9)),
        ("imorgen", date(2026, 4, 15), None),
        ("i overmorgen 14:15", date(2026, 4, 16), time(14, 15)),
        ("om en uge kl. 10", date(2026, 4, 21), time(10)),
        ("om 14 dage", date(2026, 4, 28), None),
        ("den 3. maj kl. 10", date(2026, 5, 3), time(10)),
        ("3. maj", date(2026, 5, 3), None),
        ("3 maj 2027 kl 10", date(2027, 5, 3), time(10)),
        ("d. 3/5 kl. 10", date(2026, 5, 3), time(10)),
        ("3/5 kl. halv ti", date(2026, 5, 3), time(9, 30)),
        ("3/5-2027 kl. 9", date(2027, 5, 3), time(9)),
        ("3.5.2026 10.30", date(2026, 5, 3), time(10, 30)),
        ("den 3.5 kl 9", date(2026, 5, 3), time(9)),
        ("2026-05-03 kl. 9", date(2026, 5, 3), time(9)),
        ("tirsdag den 21. april kl. 9.00", date(2026, 4, 21), time(9)),
        ("tirsdag d. 21 april kl 9", date(2026, 4, 21), time(9)),
        ("den 3. januar", date(2027, 1, 3), None),
        ("den 20.", date(2026, 4, 20), None),
        ("den 3. kl. 9", date(2026, 5, 3), time(9)),
        ("den 31. kl. 9", date(2026, 5, 31), time(9)),
        ("kl. halv ti på fredag", date(2026, 4, 17), time(9, 30)),
        ("fredag kl. kvart over ni", date(2026, 4, 17), time(9, 15)),
        ("fredag kvart i ti", date(2026, 4, 17), time(9, 45)),
        ("fredag kl. halv to", date(2026, 4, 17), time(13, 30)),
        ("fredag kl. to", date(2026, 4, 17), time(14)),
        ("kl. 10", None, time(10)),
        ("10.30", None, time(10, 30)),
        ("on Thursday at 10", date(2026, 4, 16), time(10)),
        ("thurdsay at 10", date(2026, 4, 16), time(10)),
        ("next Wednesday 10.30", date(2026, 4, 22), time(10, 30)),
        ("tomorrow at 9:30", date(2026, 4, 15), time(9, 30)),
        ("the day after tomorrow at 2 pm", date(2026, 4, 16), time(14)),
        ("in two weeks at 9", date(2026, 4, 28), time(9)),
        ("3 May at 10am", date(2026, 5, 3), time(10)),
        ("the 3rd of May at half past nine", date(2026, 5, 3), time(9, 30)),
        ("May 3rd at a quarter to ten", date(2026, 5, 3), time(9, 45)),
        ("12 am", None, time(0)),
        ("", None, None),
        ("uden noget", None, None),
        ("kl. 25", None, None),
        ("10.75", None, None),
    ],
)
def test_a_day_and_a_time_are_understood(typed: str, day: date | None, clock: time | None) -> None:
    found = when(typed, TUESDAY)
    assert (found.day, found.clock) == (day, clock)
    assert not found.is_no_day


@pytest.mark.parametrize(
    "typed", ["den 31. februar kl. 9", "31/2", "30/2-2027", "den 3/13", "torsdag uge 60", "den 45."]
)
def test_a_day_that_does_not_exist_is_told_apart_from_none(typed: str) -> None:
    found = when(typed, TUESDAY)
    assert found.day is None
    assert found.is_no_day


def test_a_weekday_that_is_not_that_of_the_date_is_noticed() -> None:
    assert when("torsdag den 21. april", TUESDAY) == When(date(2026, 4, 21), weekday=3)
    assert when("tirsdag den 21. april", TUESDAY).weekday is None


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("1:1 med Karen på torsdag kl. 10", "1:1 med Karen"),
        ("1:1 med Karen Vestergaard den 3. maj kl. 10.30 på rådhuset", "1:1 med Karen Vestergaard på rådhuset"),
        ("1:1 i morgen med Maja kl. 9", "1:1 med Maja"),
        ("1:1 med Søren i mødelokale 2 onsdag kl. 9", "1:1 med Søren i mødelokale 2"),
        ("1:1 with Julie tomorrow at 9", "1:1 with Julie"),
        ("1:1 karen fredag 10", "1:1 karen"),
        ("1:1 med April Toft 3/5", "1:1 med April Toft"),
        ("1:1 med Fredagsklubben", "1:1 med Fredagsklubben"),
    ],
)
def test_the_other_words_stay_as_they_were_typed(typed: str, rest: str) -> None:
    assert when(typed, TUESDAY).rest == rest


@given(st.text(max_size=400))
def test_nothing_that_is_typed_is_a_fault(typed: str) -> None:
    found = when(typed, TUESDAY)
    assert found.day is None or isinstance(found.day, date)
