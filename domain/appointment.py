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
# Nobody meets at night; a time outside of these is a slip of the thumb.
EARLIEST, LATEST = time(6), time(22)


@dataclass(frozen=True)
class Slot:
    """One time as it was typed; either half may still be missing in a draft."""

    day: date | None = None
    clock: time | None = None

    @property
    def is_empty(self) -> bool:
        return self.day is None and self.clock is None


def moment_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC of a day and a time of day, by one rule for visits, 1:1s and dialogues.

    Raises `Problems` at `clock` for an hour that a clock change skips or repeats, and for one at night.
    """
    try:
        moment = local_moment(day, clock, zone)
    except ValueError:
        raise Problems({"clock": Problem("no_such_hour")}) from None
    local = moment.astimezone(zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise Problems({"clock": Problem("hour_twice")})
    if not EARLIEST <= clock <= LATEST:
        raise Problems({"clock": Problem("not_in_the_day")})
    return moment


def moments(slots: Sequence[Slot], *, now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments of the slots that were filled in, each once and by time.

    Raises `Problems` at `day1`, `clock1` and so on: for a half that is missing, an hour that `moment_at` refuses, a
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
            moment = moment_at(slot.day, slot.clock, zone)
        except Problems as wrong:
            found[f"clock{place}"] = wrong.fields["clock"]
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
