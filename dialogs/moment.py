"""The moment that somebody typed into a card as a day and a time of day."""

from datetime import date, datetime, time

from dialogs.turn import Turn
from domain.errors import Problem, Problems
from domain.period import local_moment


def moment_of(turn: Turn, day: date | None, clock: time | None) -> datetime:
    """The moment in UTC; raises `Problems` at `day` or `clock`, also for an hour that a clock change skips."""
    if day is None:
        raise Problems({"day": Problem("no_day")})
    if clock is None:
        raise Problems({"clock": Problem("no_clock")})
    try:
        return local_moment(day, clock, turn.municipality.zone)
    except ValueError:
        raise Problems({"clock": Problem("no_such_hour")}) from None


def comes_twice(turn: Turn, day: date, clock: time) -> bool:
    """Whether the clocks show this hour twice that night, so that nobody can tell which is meant."""
    zone = turn.municipality.zone
    first = datetime.combine(day, clock, zone)
    return first.utcoffset() != first.replace(fold=1).utcoffset()
