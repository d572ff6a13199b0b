"""A 1:1 read for the turn's person, with the rule that it is between a chief and a leader in one line."""

from datetime import datetime
from uuid import UUID

from cards.meeting import Meeting
from dialogs.turn import Turn
from domain.access import Pair
from domain.errors import Expired, NotAllowed
from domain.one_on_one import OneOnOne
from domain.organisation import Institution
from domain.prompt import Occasion, PromptKind
from storage.one_on_one import one_on_one_for, places_between
from storage.organisation import person_with_id
from storage.prompt import plan


def meeting_for(turn: Turn, one_on_one_id: UUID) -> Meeting:
    """The 1:1 for one of the two; `NotAllowed` for everyone else."""
    found, pair = one_on_one_for(turn.uow, turn.viewer, one_on_one_id)
    return meeting_of(turn, found, pair)


def meeting_of(turn: Turn, found: OneOnOne, pair: Pair) -> Meeting:
    return Meeting(
        one_on_one=found,
        chief=person_with_id(turn.uow, pair.chief_id),
        leader=person_with_id(turn.uow, pair.leader_id),
        places=pair.places,
        viewer=turn.person,
    )


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
