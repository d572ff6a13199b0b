"""The moment that somebody typed into a card as a day and a time of day, or wrote in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cards.kit import Card
from cards.layout import Element
from cards.time_and_place import Doubt, Wanted, read_back, with_days_off
from dialogs.turn import Turn
from domain.appointment import moment_at
from domain.errors import Problem, Problems


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Another time as it goes into the fields of a form, what is `said` about it above them, and what is wrong."""

    day: date | None
    clock: time | None
    said: Sequence[Element]
    problems: Problems | None


def moment_of(turn: Turn, day: date | None, clock: time | None) -> datetime:
    """The moment in UTC; raises `Problems` at `day` or `clock`, also for an hour at night or at a clock change."""
    if day is None:
        raise Problems({"day": Problem("no_day")})
    if clock is None:
        raise Problems({"clock": Problem("no_clock")})
    return moment_at(day, clock, turn.municipality.zone)


def meant(turn: Turn, wanted: Wanted, before: datetime) -> Meant | None:
    """What was written of another time; what was not said stays as it is. None where nothing was written."""
    if not wanted.is_there:
        return None
    local = before.astimezone(turn.municipality.zone)
    day = None if wanted.is_no_day else wanted.day or local.date()
    clock = wanted.clock or local.time()
    if day is None:
        return Meant(day=None, clock=clock, said=(), problems=Problems({"day": Problem("no_such_day")}))
    understood, problems = understood_of(turn, day, clock)
    return Meant(
        day=day,
        clock=clock,
        said=read_back(turn._, understood, doubt_of(turn, day, other=wanted.other)),
        problems=problems,
    )


def understood_of(turn: Turn, day: date, clock: time) -> tuple[datetime | None, Problems | None]:
    """The moment that was written in words, or why it is none that can be met at."""
    try:
        understood = moment_of(turn, day, clock)
    except Problems as why:
        return None, why
    if understood <= turn.now:
        return None, Problems({"day": Problem("time_passed")})
    return understood, None


def doubt_of(turn: Turn, day: date | None, *, other: date | None = None) -> Doubt | None:
    if day is None:
        return None
    return Doubt(day=day, other=other, off=turn.municipality.quiet.day_off(day))


def told_of_days_off(turn: Turn, card: Card, *moments: datetime | None) -> Card:
    """The card, with a word about those of the moments that are on a day off: it may be what is meant."""
    days = sorted({each.astimezone(turn.municipality.zone).date() for each in moments if each})
    off = {day: why for day in days if (why := turn.municipality.quiet.day_off(day))}
    return with_days_off(turn._, card, off)


def same_week(day: date, weekday: int | None) -> date | None:
    """The day of that weekday in the week of the day."""
    return None if weekday is None else day + timedelta(days=weekday - day.weekday())
