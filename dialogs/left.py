"""The agreements that a change of leader has left with nobody, as one of the chiefs is to decide on them.

I23 speaks of "the same pair": they are the chief's who made them, as long as that chief has the responsibility, and
else of whoever has it now.
"""

from collections.abc import Sequence
from uuid import UUID

from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.agreement import Agreement
from domain.organisation import Institution, Role
from domain.staff import Staff
from storage.handover import agreements_left_at
from storage.roles import institutions_of_chief, staff_on

HANDOVER = "handover"


def left_with(turn: Turn, where: Institution) -> list[Agreement]:
    """Those at the institution that the turn's person is to decide on as its chief."""
    if turn.viewer.sight(Record.AGREEMENT, where) < Sight.FULL:
        return []
    left = agreements_left_at(turn.uow, [where.id], turn.today)
    return undecided_by(turn.person.id, left, where, staff_on(turn.uow, turn.today, where)) if left else []


def undecided_by(chief_id: UUID, left: Sequence[Agreement], where: Institution, staff: Staff) -> list[Agreement]:
    """Those of the ones left that this chief decides on."""
    chiefs = {each.id for each in staff.with_role(Role.CHIEF, where)}
    if chief_id not in chiefs:
        return []
    return [
        each
        for each in left
        if each.institution_id == where.id and (each.chief_id == chief_id or each.chief_id not in chiefs)
    ]


def undecided_places(turn: Turn) -> list[Institution]:
    """The chief's institutions, A to Å, with something undecided and a leader to pass it on to."""
    places = institutions_of_chief(turn.uow, turn.viewer)
    if not places:
        return []
    left = agreements_left_at(turn.uow, [where.id for where in places], turn.today)
    with_some = {each.institution_id for each in left}
    return [
        where
        for where in places
        if where.id in with_some and left_with(turn, where) and staff_on(turn.uow, turn.today, where).leaders(where)
    ]
