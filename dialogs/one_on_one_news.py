"""What the two of a 1:1 are told of it: that it is planned, moved, called off, or comes to nothing."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from cards import one_on_one as cards
from cards.kit import Card
from cards.meeting import Meeting
from dialogs.flow import Planning
from dialogs.meeting import meeting_for
from dialogs.turn import Turn
from domain.one_on_one import OneOnOne
from domain.organisation import Person, Role
from domain.prompt import Occasion, PromptKind
from storage.agenda import has_carried
from storage.one_on_one import next_of_pair
from storage.one_on_one_line import out_of_line, was_bound_until
from storage.reach import is_unreached
from storage.roles import staff_on

VIEW, PLANNED, MOVED, CANCELLED = "one_on_one", "one_on_one.planned", "one_on_one.moved", "one_on_one.cancelled"
BROKEN = "one_on_one.broken"


def show_planned(turn: Turn, one_on_one_id: UUID) -> Card | None:
    """That it is planned; None once that is no news any more."""
    meeting = meeting_for(turn, one_on_one_id)
    return planned(turn, meeting, by_me=False) if meeting.one_on_one.is_coming else None


def show_moved(turn: Turn, one_on_one_id: UUID) -> Card | None:
    meeting = meeting_for(turn, one_on_one_id)
    return cards.moved(turn._, meeting, by_me=False) if meeting.one_on_one.is_coming else None


def show_cancelled(turn: Turn, one_on_one_id: UUID) -> Card | None:
    meeting = meeting_for(turn, one_on_one_id)
    is_over = meeting.one_on_one.has_begun(turn.now) or meeting.one_on_one.is_coming
    if is_over:
        return None
    return cards.cancelled(turn._, meeting, by_me=False, following=following(turn, meeting.one_on_one))


def show_broken(turn: Turn, one_on_one_id: UUID) -> Card | None:
    """That it comes to nothing; None where it does not, or its time has passed."""
    meeting = meeting_for(turn, one_on_one_id)
    about = meeting.one_on_one
    if meeting.is_in_line or not about.is_coming or about.has_begun(turn.now):
        return None
    turn.shows(BROKEN, about.id)
    return cards.broken(turn._, meeting, [] if meeting.is_chief else _chiefs_now(turn, meeting))


def clock(planning: Planning) -> Iterable[Occasion]:
    """I22: tells the two, once for each time that was set, of what has lost its line.

    It is due since the day on which the line was last whole: derived once more after a restore, it still fell due
    before, and ends with what may have been sent. Where that day lies ahead or is not known, it is due now.
    """
    for about in out_of_line(planning.uow, planning.now):
        until = was_bound_until(planning.uow, about)
        ended = datetime.combine(until, time(), planning.municipality.zone) if until else planning.now
        for person_id in (about.leader_id, about.chief_id):
            yield Occasion(
                key=f"one_on_one:broken:{about.id}:{about.revision}:{person_id}",
                person_id=person_id,
                view=BROKEN,
                subject_id=about.id,
                due_at=min(ended, planning.now),
                expires_at=about.starts_at,
                kind=PromptKind.URGENT,
            )


def planned(turn: Turn, meeting: Meeting, *, by_me: bool) -> Card:
    about = meeting.one_on_one
    return cards.planned(
        turn._,
        meeting,
        by_me=by_me,
        is_open=turn.now >= about.agenda_opens_at,
        besides=coming_besides(turn, about.chief_id, about.leader_id, about.id),
        is_unreached=is_unreached(turn.uow, meeting.other.id),
    )


def coming_besides(turn: Turn, chief_id: UUID, leader_id: UUID, this: UUID | None = None) -> datetime | None:
    """When the two meet next, but for this 1:1."""
    found = next_of_pair(turn.uow, chief_id, leader_id, turn.now, besides=this)
    return found.starts_at if found else None


def following(turn: Turn, about: OneOnOne) -> datetime | None:
    """The next 1:1 of the two, where their items have moved to its agenda."""
    following = next_of_pair(turn.uow, about.chief_id, about.leader_id, turn.now)
    return following.starts_at if following and has_carried(turn.uow, about, following) else None


def _chiefs_now(turn: Turn, meeting: Meeting) -> list[Person]:
    """Who has the responsibility for what the leader leads, where the chief of the 1:1 has it no longer."""
    found: dict[UUID, Person] = {}
    for where in meeting.places:
        staff = staff_on(turn.uow, turn.today, where)
        if meeting.leader.id in {each.id for each in staff.leaders(where)}:
            found |= {each.id: each for each in staff.with_role(Role.CHIEF, where)}
    return [] if meeting.chief.id in found else list(found.values())
