"""Another time for something that has one, in words: `til torsdag kl. 14`, `en uge senere`, `til uge 50`, `en time`.

A day without `til` or `i stedet` says which appointment is meant: `flyt mødet på torsdag`, `jeg er syg på torsdag`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cards.time_and_place import Wanted
from dialogs.moment import same_week
from dialogs.when import MONTHS, NUMBERS, When, when

_COUNTS = {word: number for number, words in NUMBERS.items() for word in words}
_MONTHS = {word: number for number, words in MONTHS.items() for word in words}
_MINUTES = {"t": 60, "h": 60, "m": 1}
_SHIFT = re.compile(
    rf"\b(?!(?:a|one)\s+time\b)(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s+(?P<half>halv\s+)?"
    r"(?P<unit>uger?|dage?|timer?|minutter|weeks?|days?|hours?|minutes)\b"
    r"(?:\s+(?:(?P<back>tidligere|før|earlier|before)|senere|frem|later))?",
    re.IGNORECASE,
)
_WEEK_AFTER = re.compile(r"\b(?:ugen efter|ugen derpå|the week after)\b", re.IGNORECASE)
_NEXT_WEEK = re.compile(r"\b(?:næste uge|kommende uge|next week)\b", re.IGNORECASE)
_WEEK_NUMBER = re.compile(r"\b(?:uge|week)\s+(?P<week>\d{1,2})\b", re.IGNORECASE)
_MONTH = re.compile(rf"^\s*(?P<month>{'|'.join(_MONTHS)})\b", re.IGNORECASE)
# `Nødt til at aflyse` leads to no time.
_TO = re.compile(r"\s(?:til|to)\s(?!at\b)", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:i\s+stedet|istedet|instead)\b", re.IGNORECASE)
_INSTEAD_OF = re.compile(r"\b(?:i\s+stedet|istedet|instead)\s+(?:for|of)\b", re.IGNORECASE)
# `Kan ikke til torsdag`, and `kan ikke til mødet på torsdag`.
_CANNOT_AT_END = re.compile(r"\b(?:ikke|syg|forhindret|not|cannot|can't|sick)(?:\s+(?:komme|come))?$", re.IGNORECASE)
_APPOINTMENT = re.compile(
    r"(?:(?:mit|min|vores|det|den|my|our|the)\s+)?(?:møde|samtale|besøg|1\s?[:-]\s?1|meeting)", re.IGNORECASE
)
# Earlier to one, and later to another.
_TWO_READINGS = re.compile(r"\b(?:tilbage|bagud|fremryk\w*|back|backwards?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class NewTime:
    """What was written: a time of its own, or how many days or minutes from the one there is; `is_next_week` is the
    same weekday of the week to come, `week` and `month` that of a week or a month by its number. `which` is the day of
    the appointment that is meant, and `has_two_readings` says that it can be meant earlier as well as later, and so is
    neither."""

    said: When
    days: int = 0
    minutes: int = 0
    is_next_week: bool = False
    week: int | None = None
    month: int | None = None
    which: date | None = None
    has_two_readings: bool = False

    def of(self, before: datetime, today: date) -> Wanted:
        """The new time of what was at that time, by the clock of the place."""
        shifted = before + timedelta(days=self.days, minutes=self.minutes)
        day, clock = self.said.day or self._day(before.date(), today), self.said.clock
        if self.minutes and clock is None:
            day, clock = day or shifted.date(), shifted.time()
        other = same_week(day, self.said.weekday) if day else None
        is_no_day = self.said.is_no_day or (day is None and (self.week is not None or self.month is not None))
        return Wanted(day=day, clock=clock, other=other, is_no_day=is_no_day)

    def _day(self, before: date, today: date) -> date | None:
        if self.is_next_week:
            day = today + timedelta(days=before.weekday() - today.weekday() + 7)
            return day + timedelta(days=7 if day == before else 0)
        if self.week is not None:
            return _in_week(self.week, before, today)
        if self.month is not None:
            first = date(today.year + (self.month < today.month), self.month, 1)
            day = max(first, today) + timedelta(days=(before.weekday() - max(first, today).weekday()) % 7)
            return day if day.month == self.month else None
        return before + timedelta(days=self.days) if self.days else None


def new_time(text: str, today: date) -> tuple[NewTime, str]:
    """The new time in the text, and the words around it: `flyt mødet fra tirsdag til torsdag` is about Thursday."""
    before, after = _in_two(text)
    said, of_old = when(after, today), when(before, today)
    if before and not (said.day or said.clock or said.is_no_day or _moves(after)):
        before, said, of_old = "", when(text, today), When()
    which = of_old.day
    if not before and said.day and not _INSTEAD.search(text):
        which, said = said.day, When(rest=said.rest)
    has_two_readings = bool(_TWO_READINGS.search(said.rest) and _SHIFT.search(said.rest))
    new, rest = (NewTime(When()), said.rest) if said.day else _from_the_old(said.rest)
    new = replace(new, days=0, minutes=0) if has_two_readings else new
    around = _TWO_READINGS.sub(" ", _INSTEAD.sub(" ", f"{of_old.rest} {rest}"))
    return replace(new, said=replace(said, rest=""), which=which, has_two_readings=has_two_readings), around


def _from_the_old(text: str) -> tuple[NewTime, str]:
    """How far it is from the time there is, and the words around it."""
    if found := _WEEK_AFTER.search(text):
        new = NewTime(When(), days=7)
    elif found := _NEXT_WEEK.search(text):
        new = NewTime(When(), is_next_week=True)
    elif found := _WEEK_NUMBER.search(text):
        new = NewTime(When(), week=int(found["week"]))
    elif found := _MONTH.search(text):
        new = NewTime(When(), month=_MONTHS[found["month"].lower()])
    elif found := _SHIFT.search(text):
        new = _shift(found)
    else:
        return NewTime(When()), text
    return new, text.replace(found[0], " ")


def _shift(found: re.Match[str]) -> NewTime:
    count, unit = found["count"].lower(), found["unit"].lower()
    number = (int(count) if count.isdecimal() else _COUNTS[count]) * (-1 if found["back"] else 1)
    if found["half"] and _MINUTES.get(unit[0]) != 60:
        # Half a day or half a week is no time of the appointment's.
        return NewTime(When())
    if unit[0] in _MINUTES:
        return NewTime(When(), minutes=number * _MINUTES[unit[0]] // (2 if found["half"] else 1))
    return NewTime(When(), days=number * (7 if unit[0] in "uw" else 1))


def _in_week(week: int, before: date, today: date) -> date | None:
    """The same weekday in the next week of that number; None where no year soon has so many, or that day of this week
    has passed."""
    this = today.isocalendar()
    for year in (this.year, this.year + 1):
        try:
            day = date.fromisocalendar(year, week, before.isoweekday())
        except ValueError:
            continue
        if day >= today:
            return day
        if (year, week) == (this.year, this.week):
            return None
    return None


def _in_two(text: str) -> tuple[str, str]:
    """What stands before the last `til` that leads to a new time, and what stands after it."""
    if found := _INSTEAD_OF.search(text):
        new = _in_two(text[: found.start()])[1]
        return f"{text[: found.start()].removesuffix(new)} {text[found.end() :]}", new
    for each in reversed(list(_TO.finditer(text))):
        before, after = text[: each.start()], text[each.end() :]
        if not (_CANNOT_AT_END.search(before) or _APPOINTMENT.match(after)):
            return before, after
    return "", text


def _moves(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_WEEK_AFTER, _NEXT_WEEK, _WEEK_NUMBER, _MONTH, _SHIFT))
