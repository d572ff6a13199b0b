"""Another time for something that has one, in words: `til torsdag kl. 14`, `en uge senere`, `til ugen efter`."""

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


@dataclass(frozen=True)
class NewTime:
    """What was written: a time of its own, or how many days from the one there is; `is_next_week` is the same weekday
    of the week to come."""

    said: When
    days: int = 0
    is_next_week: bool = False

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
    said = when(after, today)
    if before and not (said.day or said.clock or said.is_no_day or _moves(after)):
        before, said = "", when(text, today)
    days, is_next_week, rest = 0, False, said.rest
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
    around = f"{when(before, today).rest} {rest}" if before else rest
    return NewTime(replace(said, rest=""), days, is_next_week), around


def _in_two(text: str) -> tuple[str, str]:
    """What stands before the last `til`, and what stands after it."""
    found = list(_TO.finditer(text))
    return (text[: found[-1].start()], text[found[-1].end() :]) if found else ("", text)


def _moves(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_WEEK_AFTER, _NEXT_WEEK, _SHIFT))
