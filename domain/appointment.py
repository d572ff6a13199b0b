"""Times as people type them, a day and a time of day, and the moments they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Problem, Problems
from domain.period import local_moment

# "60-120 min": a visit is long enough to see something, and short enough to be away from one's own place.
MINUTES = (60, 90, 120)
AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Slot:
    """One time as it was typed; either half may still be missing in a draft."""

    day: date | None = None
    clock: time | None = None

    @property
    def is_empty(self) -> bool:
        return self.day is None and self.clock is None


def moments(slots: Sequence[Slot], *, now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments of the slots that were filled in, each once and by time.

    Raises `Problems` at `day1`, `clock1` and so on: for a half that is missing, an hour that a clock change skips, a
    time that has passed, and one more than a year ahead.
    """
    found: dict[str, Problem] = {}
    times: set[datetime] = set()
    for place, slot in enumerate(slots, start=1):
        if slot.is_empty:
            continue
        if slot.day is None:
            found[f"day{place}"] = Problem("no_day")
            continue
        if slot.clock is None:
            found[f"clock{place}"] = Problem("no_clock")
            continue
        try:
            moment = local_moment(slot.day, slot.clock, zone)
        except ValueError:
            found[f"clock{place}"] = Problem("no_such_hour")
            continue
        if moment <= now:
            found[f"day{place}"] = Problem("time_passed")
        elif moment > now + AHEAD:
            found[f"day{place}"] = Problem("too_far_ahead")
        times.add(moment)
    if not found and not times:
        found["day1"] = Problem("no_time")
    if found:
        raise Problems(found)
    return tuple(sorted(times))
