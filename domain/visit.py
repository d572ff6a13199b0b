"""The visit itself, and the notes an observer types in the chat while it goes on.

I20: a note is the author's own, and nobody else ever sees it.
"""

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


@dataclass(kw_only=True, eq=False)
class Note:
    """Something the observer typed during the visit."""

    observation_id: UUID
    author_id: UUID
    written_at: datetime
    text: str = field(repr=False)
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


def joined(notes: Sequence[Note], zone: ZoneInfo, limit: int) -> str:
    """The notes as a list with times, as many of the first as there is room for."""
    return "\n".join(_line(each, zone) for each in fitting(notes, zone, limit))


def fitting(notes: Sequence[Note], zone: ZoneInfo, limit: int) -> Sequence[Note]:
    """As many of the first notes as there is room for in the field."""
    length, found = -1, []
    for each in notes:
        length += 1 + len(_line(each, zone))
        if length > limit:
            break
        found.append(each)
    return found


def _line(note: Note, zone: ZoneInfo) -> str:
    local = note.written_at.astimezone(zone)
    return f"{local.hour}.{local:%M}  {note.text}"


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
