"""A day and a time of day as people type them, in Danish or English: `på torsdag kl. 10`, `den 3. maj kl. halv ti`.

What is understood is read back on a card before anything comes of it, so a phrase with two readings gets the likelier
one: a weekday is the next one after today, *næste* is in the week after this one, a day without a year is the first
one that has not passed, and one to five o'clock is in the afternoon.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from rapidfuzz.distance import OSA

WEEKDAYS = {
    0: ("mandag", "monday"),
    1: ("tirsdag", "tuesday"),
    2: ("onsdag", "wednesday"),
    3: ("torsdag", "thursday"),
    4: ("fredag", "friday"),
    5: ("lørdag", "saturday"),
    6: ("søndag", "sunday"),
}
MONTHS = {
    1: ("januar", "january", "jan"),
    2: ("februar", "february", "feb"),
    3: ("marts", "march", "mar"),
    4: ("april", "apr"),
    5: ("maj", "may"),
    6: ("juni", "june", "jun"),
    7: ("juli", "july", "jul"),
    8: ("august", "aug"),
    9: ("september", "sept", "sep"),
    10: ("oktober", "october", "okt", "oct"),
    11: ("november", "nov"),
    12: ("december", "dec"),
}
NUMBERS = {
    1: ("et", "en", "one", "a"),
    2: ("to", "two"),
    3: ("tre", "three"),
    4: ("fire", "four"),
    5: ("fem", "five"),
    6: ("seks", "six"),
    7: ("syv", "seven"),
    8: ("otte", "eight"),
    9: ("ni", "nine"),
    10: ("ti", "ten"),
    11: ("elleve", "eleven"),
    12: ("tolv", "twelve"),
}
# The longest phrases first: one of them ends with another.
RELATIVE = {
    2: ("i overmorgen", "overmorgen", "the day after tomorrow"),
    1: ("i morgen", "imorgen", "tomorrow"),
    0: ("i dag", "idag", "today"),
    -1: ("i går", "igår", "yesterday"),
}
AT = ("kl", "klokken", "at", "@")
NEXT = ("næste", "next")
ON = ("på", "nu på", "førstkommende", "on", "this", "den")
# An hour that nobody means in the night.
AFTERNOON = range(1, 6)
LATEST_HOUR = 23
LONGEST_TEXT = 300


@dataclass(frozen=True)
class When:
    """What stands in a text: a day and a time, each None where there is none, and `rest`, the words around them.

    `is_no_day` says that a day was typed that does not exist, such as 31 February, and `weekday` is the one that was
    typed beside a date that falls on another.
    """

    day: date | None = None
    clock: time | None = None
    rest: str = ""
    is_no_day: bool = False
    weekday: int | None = None


def when(text: str, today: date) -> When:
    """The day and the time in a text, counted from today; what is neither is left in `rest` as it was typed."""
    text = _spelt_right(unicodedata.normalize("NFC", text[:LONGEST_TEXT]))
    dated = _dated(text, today)
    clock, rest = _clock(dated.rest)
    if dated.day is None and not dated.is_no_day:
        dated = _by_week(rest, today)
        rest = dated.rest
    # `Fredag 10` is an hour, unless that Friday is the tenth.
    bare = _BARE_HOUR.search(text)
    if clock is None and dated.day and bare and int(bare["hour"]) != dated.day.day:
        clock, rest = time(int(bare["hour"])), rest.rstrip().removesuffix(bare["hour"])
    return When(dated.day, clock, " ".join(rest.split()), dated.is_no_day, dated.weekday)


def _dated(text: str, today: date) -> When:
    """A day by its date, which is looked for before the time, since `3.5.2026` holds one that is none."""
    for pattern in _DATES:
        if found := pattern.search(text):
            parts = found.groupdict()
            rest = _without(text, found)
            month = _number_of(MONTHS, parts["name"]) if parts.get("name") else int(parts.get("month") or 0)
            day = _on(int(parts["day"]), month, parts.get("year"), today)
            if day is None:
                return When(rest=rest, is_no_day=True)
            typed = _number_of(WEEKDAYS, found["weekday"]) if parts.get("weekday") else None
            return When(day, rest=rest, weekday=typed if typed != day.weekday() else None)
    return When(rest=text)


def _by_week(text: str, today: date) -> When:
    """A day counted from today: `i morgen`, `om to uger`, `på torsdag`, `onsdag i næste uge`, `fredag uge 20`."""
    for days, phrases in RELATIVE.items():
        if found := _pattern(rf"\b(?:{_any(phrases)})\b").search(text):
            return When(today + timedelta(days=days), rest=_without(text, found))
    weekday = _WEEKDAY.search(text)
    if found := _IN.search(text):
        count = int(found["count"]) if found["count"].isdecimal() else _number_of(NUMBERS, found["count"])
        is_weeks = found["unit"].lower().startswith(("u", "w"))
        later = today + timedelta(weeks=count) if is_weeks else today + timedelta(days=count)
        if weekday and is_weeks:
            later += timedelta(days=_number_of(WEEKDAYS, weekday["weekday"]) - later.weekday())
            text = _without(text, weekday)
            found = _IN.search(text) or found
        return When(later, rest=_without(text, found))
    if weekday is None:
        return When(rest=text)
    wanted = _number_of(WEEKDAYS, weekday["weekday"])
    monday = today - timedelta(days=today.weekday())
    rest = _without(text, weekday)
    if week := _WEEK.search(rest):
        return _in_week(wanted, int(week["week"]), today, _without(rest, week))
    if next_week := _NEXT_WEEK.search(rest):
        return When(monday + timedelta(days=7 + wanted), rest=_without(rest, next_week))
    if weekday["next"]:
        return When(monday + timedelta(days=7 + wanted), rest=rest)
    return When(today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1), rest=rest)


def _in_week(weekday: int, week: int, today: date, rest: str) -> When:
    for year in (today.year, today.year + 1):
        try:
            day = date.fromisocalendar(year, week, weekday + 1)
        except ValueError:
            continue
        if day >= today:
            return When(day, rest=rest)
    return When(rest=rest, is_no_day=True)


def _clock(text: str) -> tuple[time | None, str]:
    for pattern in _CLOCKS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            hour = int(parts["hour"]) if parts["hour"].isdecimal() else _number_of(NUMBERS, parts["hour"])
            minute = _spoken_minute(parts["part"]) if "part" in parts else int(parts.get("minute") or 0)
            if minute < 0:
                hour, minute = hour - 1, minute + 60
            half = (parts.get("half") or "").lower().replace(".", "")
            if half:
                hour = hour % 12 + (12 if half == "pm" else 0)
            elif hour in AFTERNOON:
                hour += 12
            if 0 <= hour <= LATEST_HOUR and minute <= 59:
                return time(hour, minute), _without(text, found)
    return None, text


def _spoken_minute(part: str) -> int:
    """The minutes from the hour named: `halv ti` is half an hour before it, `half past nine` after."""
    words = " ".join(part.lower().split())
    if words.startswith("half"):
        return 30
    if words.startswith("halv"):
        return -30
    return 15 if words.endswith(("over", "past")) else -15


def _on(day: int, month: int, year: str | None, today: date) -> date | None:
    """The day with this date; without a year the first from today on, without a month (0) in this one or the next."""
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if month:
        found = _day(today.year, month, day)
        return found if found and found >= today else _day(today.year + 1, month, day)
    for ahead in range(13):
        later = today.month - 1 + ahead
        found = _day(today.year + later // 12, later % 12 + 1, day)
        if found and found >= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 2000 <= year < 2200):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _spelt_right(text: str) -> str:
    """The weekdays with a typing error in them as they are spelt, where no word is one as it stands."""
    names = [name for both in WEEKDAYS.values() for name in both]
    if _WEEKDAY.search(text):
        return text

    def mended(found: re.Match[str]) -> str:
        word = found[0].lower()
        near = [name for name in names if OSA.distance(word, name, score_cutoff=1) <= 1]
        return near[0] if near else found[0]

    return re.sub(r"[^\W\d_]{6,}", mended, text)


def _number_of(words: Mapping[int, tuple[str, ...]], typed: str) -> int:
    typed = _plain(typed)
    return next(number for number, each in words.items() if typed in {_plain(word) for word in each})


def _plain(word: str) -> str:
    return word.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _any(words: tuple[str, ...]) -> str:
    """One of the words, the longest first, with æ, ø and å however spelt."""
    spelt = (re.escape(word) for word in sorted(words, key=len, reverse=True))
    return "|".join(
        each.replace("æ", "(?:æ|ae)").replace("ø", "(?:ø|oe)").replace("å", "(?:å|aa)").replace(r"\ ", r"\s+")
        for each in spelt
    )


def _every(words: Mapping[int, tuple[str, ...]]) -> str:
    return _any(tuple(word for each in words.values() for word in each))


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


_YEAR = r"(?P<year>(?:20)?\d\d)"
_BEFORE = rf"(?:\b(?:{_any(ON)})\s+)?"
_DAY_NAMED = rf"(?:{_BEFORE}\b(?P<weekday>{_every(WEEKDAYS)})\b,?\s+)?"
_DEN = r"\b(?:den|d\.?|the|on)\s+"
_ISO = _pattern(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
# `3/5` and `3.5.2026` are days, and so is `den 3.5`; `10.30` by itself is a time.
_SLASHED = _pattern(
    rf"{_DAY_NAMED}(?:{_DEN})?(?<![\w/.:-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:[/-]{_YEAR})?(?![\w/])"
)
_DOTTED = _pattern(
    rf"{_DAY_NAMED}(?:{_DEN})?(?<![\w/.:-])(?P<day>\d{{1,2}})[.-](?P<month>\d{{1,2}})[.-]{_YEAR}(?![\w/])"
)
_DOTTED_DAY = _pattern(rf"{_DAY_NAMED}{_DEN}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\b\.?")
_DAY_MONTH = _pattern(
    rf"{_DAY_NAMED}(?:{_DEN})?(?<![\w/.:-])(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?"
    rf"(?P<name>{_every(MONTHS)})\b(?:,?\s+(?P<year>20\d\d)\b)?"
)
_MONTH_DAY = _pattern(
    rf"{_DAY_NAMED}(?:{_DEN})?\b(?P<name>{_every(MONTHS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d)"
    r"(?:,?\s+(?P<year>20\d\d)\b)?"
)
_DAY_OF_MONTH = _pattern(rf"{_DAY_NAMED}\b(?:den|the)\s+(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?(?![\w:]|\.\d)")
_DATES = (_ISO, _SLASHED, _DOTTED, _DOTTED_DAY, _DAY_MONTH, _MONTH_DAY, _DAY_OF_MONTH)
_WEEKDAY = _pattern(rf"{_BEFORE}(?:\b(?P<next>{_any(NEXT)})\s+)?\b(?P<weekday>{_every(WEEKDAYS)})\b")
_IN = _pattern(rf"\b(?:om|in)\s+(?P<count>\d{{1,2}}|{_every(NUMBERS)})\s+(?P<unit>dage?|uger?|days?|weeks?)\b")
_WEEK = _pattern(r"(?:\bi\s+|\bin\s+)?\b(?:uge|week)\s+(?P<week>\d{1,2})\b")
_NEXT_WEEK = _pattern(rf"(?:\bi\s+)?\b(?:{_any(NEXT)})\s+(?:uge|week)\b")
_HALF = r"(?:\s*(?P<half>[ap]\.?m\.?)(?!\w))"
_AT = rf"(?:(?<!\w)(?:{_any(AT)})\.?\s*)"
_PARTS = r"halv|half\s+past|kvart\s+over|kvart\s+i|(?:a\s+)?quarter\s+past|(?:a\s+)?quarter\s+to"
_SPOKEN = _pattern(rf"{_AT}?\b(?P<part>{_PARTS})\s+(?P<hour>\d{{1,2}}|{_every(NUMBERS)})\b{_HALF}?")
_HOUR_MINUTE = _pattern(rf"{_AT}?(?<![\d./:-])(?P<hour>\d{{1,2}})[.:](?P<minute>\d\d)(?![\d/:-]){_HALF}?")
_HOUR = _pattern(rf"{_AT}(?P<hour>\d{{1,2}}|{_every(NUMBERS)})(?![\w:/]){_HALF}?")
_HALF_DAY = _pattern(rf"(?<![\w./:-])(?P<hour>\d{{1,2}}){_HALF}")
_BARE_HOUR = _pattern(rf"\b(?:{_every(WEEKDAYS)}|i\s?morgen|tomorrow)\s+(?P<hour>[7-9]|1[0-6])\s*$")
_CLOCKS = (_SPOKEN, _HOUR_MINUTE, _HOUR, _HALF_DAY)
