"""The moment that somebody typed into a card as a day and a time of day."""

from datetime import date, datetime, time

from dialogs.turn import Turn
from domain.appointment import moment_at
from domain.errors import Problem, Problems


def moment_of(turn: Turn, day: date | None, clock: time | None) -> datetime:
    """The moment in UTC; raises `Problems` at `day` or `clock`, also for an hour at night or at a clock change."""
    if day is None:
        raise Problems({"day": Problem("no_day")})
    if clock is None:
        raise Problems({"clock": Problem("no_clock")})
    return moment_at(day, clock, turn.municipality.zone)
