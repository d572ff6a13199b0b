"""The local priorities of a scope, which stand beside its figures and perspectives: "ligeværdige elementer"."""

from uuid import UUID

from sqlalchemy import func, select

from domain.access import Record, Viewer
from domain.facts import PriorityFact
from domain.period import HalfYear
from domain.priority import LocalPriority
from domain.scope import Scope
from domain.supervision import Found
from storage.among import among
from storage.asked import each_by, rows_of
from storage.counted import first_places, in_order
from storage.priority import local_priority
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork


def priority_facts(uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int) -> Found[PriorityFact, HalfYear]:
    """The local priorities of the half-years, by institution from A to Å and the newest first in each.

    They belong to the local development and to no theme: a scope that is about one has none.
    """
    places = places_seen(scope, viewer, Record.LOCAL_PRIORITY)
    if scope.theme:
        return Found()
    conditions = [
        among(local_priority.c.institution_id, places),
        local_priority.c.half_year.between(scope.first, scope.last),
    ]
    if scope.since:
        written_at = func.coalesce(local_priority.c.corrected_at, local_priority.c.written_at)
        conditions.append(written_at >= scope.since)
    place = local_priority.c.institution_id
    numbers: dict[UUID, int] = dict(rows_of(uow, select(place, func.count()).where(*conditions).group_by(place)))
    wanted = first_places(numbers, places, most)
    query = (
        select(local_priority)
        .where(*conditions, among(place, wanted))
        .order_by(local_priority.c.half_year.desc(), local_priority.c.id)
    )
    facts = [
        PriorityFact(where=places[each.institution_id], priority=each) for each in each_by(uow, query, LocalPriority)
    ]
    return Found(total=sum(numbers.values()), places=len(numbers), facts=in_order(facts, wanted)[:most])
