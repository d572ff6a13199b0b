"""Another time for something that has one, in words: `til torsdag kl. 14`, `en uge senere`, `til ugen efter`.

A day without `til` or `i stedet` says which appointment is meant: `flyt mødet på torsdag`, `jeg er syg på torsdag`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cards.time_and_place import Wanted
from dialogs.moment import same_week
from dialogs.when import NUMBERS, When, when

_COUNTS = {word: number for number, words in NUMBERS.items() for word in words}
_SHIFT = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s+(?P<unit>uger?|dage?|weeks?|days?)\b"
    r"(?:\s+(?:(?P<back>tidligere|før|earlier|before)|senere|frem|later))?",
    re.IGNORECASE,
)
_WEEK_AFTER = re.compile(r"\b(?:ugen efter|ugen derpå|the week after)\b", re.IGNORECASE)
_NEXT_WEEK = re.compile(r"\b(?:næste uge|kommende uge|next week)\b", re.IGNORECASE)
_TO = re.compile(r"\s(?:til|to)\s", re.IGNORECASE)
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
    """What was written: a time of its own, or how many days from the one there is; `is_next_week` is the same weekday
    of the week to come. `which` is the day of the appointment that is meant, and `has_two_readings` says that it can be
    meant earlier as well as later, and so is neither."""

    said: When
    days: int = 0
    is_next_week: bool = False
    which: date | None = None
    has_two_readings: bool = False

    def of(self, before: date, today: date) -> Wanted:
        """The new time of what was on that day."""
        day = self.said.day
        if day is None and self.is_next_week:
            monday = today - timedelta(days=today.weekday() - 7)
            day = monday + timedelta(days=before.weekday())
            day += timedelta(days=7 if day == before else 0)
        elif day is None and self.days:
            day = before + timedelta(days=self.days)
        other = same_week(day, self.said.weekday) if day else None
        return Wanted(day=day, clock=self.said.clock, other=other, is_no_day=self.said.is_no_day)


def new_time(text: str, today: date) -> tuple[NewTime, str]:
    """The new time in the text, and the words around it: `flyt mødet fra tirsdag til torsdag` is about Thursday."""
    before, after = _in_two(text)
    said, of_old = when(after, today), when(before, today)
    if before and not (said.day or said.clock or said.is_no_day or _moves(after)):
        before, said, of_old = "", when(text, today), When()
    which = of_old.day
    if not before and said.day and not _INSTEAD.search(text):
        which, said = said.day, When(rest=said.rest)
    days, is_next_week, rest = 0, False, said.rest
    has_two_readings = bool(_TWO_READINGS.search(rest) and _SHIFT.search(rest))
    if said.day is None:
        if found := _WEEK_AFTER.search(rest):
            days = 7
        elif found := _NEXT_WEEK.search(rest):
            is_next_week = True
        elif found := _SHIFT.search(rest):
            count = found["count"].lower()
            days = int(count) if count.isdecimal() else _COUNTS[count]
            days *= (7 if found["unit"].lower().startswith(("u", "w")) else 1) * (-1 if found["back"] else 1)
        rest = rest.replace(found[0], " ") if found else rest
    days = 0 if has_two_readings else days
    around = _TWO_READINGS.sub(" ", _INSTEAD.sub(" ", f"{of_old.rest} {rest}"))
    return NewTime(replace(said, rest=""), days, is_next_week, which, has_two_readings), around


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
    return any(pattern.search(text) for pattern in (_WEEK_AFTER, _NEXT_WEEK, _SHIFT))
