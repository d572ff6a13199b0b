"""A 1:1 read for the turn's person, with the rule that it is between a chief and a leader in one line."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from cards.meeting import Meeting
from dialogs.turn import Turn
from domain.access import Pair, Record, Sight
from domain.errors import Expired, NotAllowed
from domain.one_on_one import NOTED_WITHIN, OneOnOne
from domain.organisation import Institution
from domain.prompt import Occasion, PromptKind
from storage.note import notes_to_write
from storage.one_on_one import begun_of, coming_of
from storage.one_on_one_line import one_on_one_for, places_between
from storage.organisation import person_with_id
from storage.prompt import plan
from storage.roles import viewer_on

CONFIRMED_WITHIN = timedelta(days=60)


def meeting_for(turn: Turn, one_on_one_id: UUID) -> Meeting:
    """The 1:1 for one of the two; `NotAllowed` for everyone else."""
    found, pair = one_on_one_for(turn.uow, turn.viewer, one_on_one_id)
    return meeting_of(turn, found, pair)


def meeting_of(turn: Turn, found: OneOnOne, pair: Pair) -> Meeting:
    chief, leader = person_with_id(turn.uow, pair.chief_id), person_with_id(turn.uow, pair.leader_id)
    other = viewer_on(turn.uow, leader if turn.person.id == chief.id else chief, turn.today)
    return Meeting(
        one_on_one=found,
        chief=chief,
        leader=leader,
        places=pair.places,
        viewer=turn.person,
        is_shared=other.sight_in(Record.ONE_ON_ONE, pair) is Sight.FULL,
        is_in_line=not found.is_coming or is_in_line(turn, found),
    )


def is_in_line(turn: Turn, about: OneOnOne) -> bool:
    """Whether the two are in one line on the day of the meeting, as the roles stand today (I22)."""
    return bool(places_between(turn.uow, about.chief_id, about.leader_id, about.meets_on))


def own_meeting(turn: Turn, one_on_one_id: UUID) -> Meeting:
    """The 1:1 for its chief, who alone cancels it and writes its note."""
    meeting = meeting_for(turn, one_on_one_id)
    if not meeting.is_chief:
        raise NotAllowed
    return meeting


def places_in_line(turn: Turn, about: OneOnOne) -> tuple[Institution, ...]:
    """I22: "OneOnOne's chief has responsibility for the leader's institution on the date", and has it still.

    The institutions of the meeting's date; raises `Expired` when there are none, or none today.
    """
    on_the_day = places_between(turn.uow, about.chief_id, about.leader_id, about.meets_on)
    if not on_the_day or not places_between(turn.uow, about.chief_id, about.leader_id, turn.today):
        raise Expired("not_in_line")
    return on_the_day


def coming_meetings(turn: Turn) -> list[Meeting]:
    """The person's 1:1s that are still to be held, by time; none whose line is broken."""
    found = _open_to(turn, coming_of(turn.uow, turn.person.id, turn.now))
    return [each for each in found if each.is_in_line]


def meetings_to_note(turn: Turn) -> list[Meeting]:
    """The chief's 1:1s that have begun, of a month, and have no shared note yet."""
    return _open_to(turn, notes_to_write(turn.uow, turn.person.id, turn.now - NOTED_WITHIN, turn.now))


def meetings_to_confirm(turn: Turn) -> list[Meeting]:
    """The leader's 1:1s whose note waits for an answer."""
    found = begun_of(turn.uow, turn.person.id, turn.now - CONFIRMED_WITHIN, turn.now)
    waiting = [
        each for each in found if each.leader_id == turn.person.id and each.is_noted and each.answered_at is None
    ]
    return _open_to(turn, waiting)


def _open_to(turn: Turn, found: Iterable[OneOnOne]) -> list[Meeting]:
    """Those of which the person is one of the two by their role of the day (I32)."""
    opened = []
    for each in found:
        try:
            opened.append(meeting_for(turn, each.id))
        except NotAllowed:
            continue
    return opened


def tell_other(turn: Turn, about: OneOnOne, view: str, *, until: datetime) -> None:
    """Tells the other one of the two at once what has become of the time."""
    other = about.other(turn.person.id)
    plan(
        turn.uow,
        Occasion(
            key=f"{view.replace('.', ':')}:{about.id}:{about.revision}:{other}",
            person_id=other,
            view=view,
            subject_id=about.id,
            due_at=turn.now,
            expires_at=until,
            kind=PromptKind.URGENT,
        ),
    )
