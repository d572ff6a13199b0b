"""The visit itself, and the notes an observer types in the chat while it goes on.

I20: a note is the author's own, and nobody else ever sees it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import Problem, Problems
from domain.identity import new_id
from domain.observation import Observation, ObservationState
from domain.text import problem_in

NOTES_FROM = timedelta(minutes=15)
NOTES_UNTIL = timedelta(hours=2)
LONGEST_NOTE = 2_000
DEADLINE_AFTER = timedelta(days=14)

# A note that begins with the time of what it tells.
_TIMED = re.compile(r"(?P<at>kl\.?|at)?\s*(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)\b", re.IGNORECASE)


@dataclass(kw_only=True, eq=False)
class Note:
    """Something the observer typed during the visit.

    `carried` says whether it stood in the field of the feedback when that was last kept; None as long as it has not
    been shown there, False for one that found no room.
    """

    observation_id: UUID
    author_id: UUID
    written_at: datetime
    text: str = field(repr=False)
    carried: bool | None = field(default=None, init=False)
    id: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, visit: Observation, text: str, *, by: UUID, now: datetime) -> "Note":
        """Raises `Problems` at `note` for what must not be kept."""
        found = Problem("empty") if not text else problem_in(text, LONGEST_NOTE)
        if found:
            raise Problems({"note": found})
        return cls(observation_id=visit.id, author_id=by, written_at=now, text=text)


def takes_notes(visit: Observation, now: datetime) -> bool:
    """Whether what the observer types now is a note: from 15 minutes before the visit until two hours after it."""
    if visit.state not in (ObservationState.AGREED, ObservationState.DONE):
        return False
    if visit.starts_at is None or visit.ends_at is None:
        return False
    return visit.starts_at - NOTES_FROM <= now < visit.ends_at + NOTES_UNTIL


@dataclass(frozen=True)
class Carried:
    """A field as it is drawn with the notes new to it: `last` is the last of them, `fits` the last that had room."""

    words: str = field(repr=False)
    last: UUID | None = None
    fits: UUID | None = None


def is_afterwards(note: Note, visit: Observation) -> bool:
    """Whether it was typed once the visit was over: when that was says nothing of when it was seen."""
    return visit.ends_at is not None and note.written_at >= visit.ends_at


def carried_into(
    words: str, notes: Sequence[Note], zone: ZoneInfo, limit: int, *, visit: Observation, afterwards: str
) -> Carried:
    """What stands in the field, and after it the notes that are new to it, as many as there is room for.

    Each has the time at which it was typed in front of it, and one that was typed once the visit was over the words
    `afterwards`. One that begins with a time of its own has no other.
    """
    new = [each for each in notes if each.carried is None]
    lines, length = ([words] if words else []), len(words)
    fits = None
    for each in new:
        line = _line(each, zone, visit, afterwards)
        length += len(line) + (1 if lines else 0)
        if length > limit:
            break
        lines.append(line)
        fits = each.id
    return Carried("\n".join(lines), new[-1].id if new else None, fits)


def keep_carried(notes: Sequence[Note], last: UUID | None, fits: UUID | None) -> None:
    """The field was kept with the notes up to `fits` in it, and whoever kept it had been shown those up to `last`."""
    # By their order, oldest first: ids of notes from the same moment have none.
    places = {each.id: place for place, each in enumerate(notes)}
    shown, fitting = (places.get(each, -1) if each else -1 for each in (last, fits))
    for each in notes[: shown + 1]:
        if each.carried is None:
            each.carried = places[each.id] <= fitting


def _line(note: Note, zone: ZoneInfo, visit: Observation, afterwards: str) -> str:
    if _tells_its_time(note, zone, visit):
        return note.text
    if is_afterwards(note, visit):
        return f"{afterwards} {note.text}"
    local = note.written_at.astimezone(zone)
    is_same = visit.starts_at is not None and visit.starts_at.astimezone(zone).date() == local.date()
    day = "" if is_same else f"{local.day}/{local.month} "
    return f"{day}{local.hour}.{local:%M}  {note.text}"


def _tells_its_time(note: Note, zone: ZoneInfo, visit: Observation) -> bool:
    """`Kl. 9.40 kom de`; without *kl.* it is a time of the visit, and `2.30 minutter` is none."""
    told = _TIMED.match(note.text)
    if told is None or told["at"] or visit.starts_at is None or visit.ends_at is None:
        return told is not None
    at = visit.starts_at.astimezone(zone).replace(hour=int(told["hour"]), minute=int(told["minute"]))
    return visit.starts_at - NOTES_FROM <= at < visit.ends_at + NOTES_UNTIL


def feedback_reminders(visit: Observation, zone: ZoneInfo) -> tuple[tuple[str, datetime, datetime], ...]:
    """When the observer hears of the feedback: at the end of the visit, and 2, 5 and 10 days after, each until
    the next.

    Days are counted on the local clock.
    """
    assert visit.ends_at is not None
    local = visit.ends_at.astimezone(zone)
    days = [(local + timedelta(days=number)).astimezone(visit.ends_at.tzinfo) for number in (0, 2, 5, 10, 14)]
    names = ("end", "2_days", "5_days", "10_days")
    return tuple((name, days[place], days[place + 1]) for place, name in enumerate(names))


def deadline_asked_on(visit: Observation, zone: ZoneInfo) -> date:
    """The day on which both are asked for a new deadline: 14 days after the visit, or after the one agreed last."""
    assert visit.ends_at is not None
    if visit.feedback_due is not None:
        return visit.feedback_due + timedelta(days=1)
    return (visit.ends_at + DEADLINE_AFTER).astimezone(zone).date()
