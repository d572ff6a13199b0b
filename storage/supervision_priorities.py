"""The local priorities of a scope, which stand beside its figures and perspectives: "ligeværdige elementer"."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.facts import PriorityFact
from domain.period import HalfYear
from domain.priority import LocalPriority
from domain.scope import Scope
from domain.supervision import Found
from storage.among import among
from storage.asked import each_by, rows_of
from storage.counted import Counted, first_places, in_order
from storage.priority import local_priority
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork

_written_at = func.coalesce(local_priority.c.corrected_at, local_priority.c.written_at)


def priority_facts(uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int) -> Found[PriorityFact, HalfYear]:
    """The local priorities of the half-years, by institution from A to Å and the newest first in each.

    They belong to the local development and to no theme: a scope that is about one has none.
    """
    places = places_seen(scope, viewer, Record.LOCAL_PRIORITY)
    if scope.theme:
        return Found()
    counted = Counted.in_columns(rows_of(uow, _by_place(scope, places)), [None], is_dated=True)
    wanted = first_places(counted.by_place, places, most)
    found = each_by(uow, _of_places(scope, places, wanted), LocalPriority)
    facts = [PriorityFact(where=places[each.institution_id], priority=each) for each in found]
    return counted.found((), in_order(facts, wanted)[:most])


@shaped
def _by_place(scope: Scope, places: Collection[UUID]) -> Select[Any]:
    place = local_priority.c.institution_id
    return select(place, func.count(), func.max(_written_at)).where(*_of_half_years(scope, places)).group_by(place)


@shaped
def _of_places(scope: Scope, places: Collection[UUID], wanted: Collection[UUID]) -> Select[Any]:
    return (
        select(local_priority)
        .where(*_of_half_years(scope, places), among(local_priority.c.institution_id, wanted))
        .order_by(local_priority.c.half_year.desc(), local_priority.c.id)
    )


def _of_half_years(scope: Scope, places: Collection[UUID]) -> list[ColumnElement[bool]]:
    conditions = [
        among(local_priority.c.institution_id, places),
        local_priority.c.half_year.between(scope.first, scope.last),
    ]
    if scope.since is not None:
        conditions.append(_written_at >= scope.since)
    return conditions
