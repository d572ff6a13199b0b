"""Whom a chief meets 1:1: the leaders in their line, and with whom of them there has been one."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, true

from domain.access import Viewer
from domain.one_on_one import OneOnOneState
from domain.organisation import Institution, Person, Role, RoleAssignment, a_to_aa
from storage.among import among
from storage.one_on_one import one_on_one
from storage.organisation import found_with_people, institution, person, role_assignment
from storage.roles import in_force, institutions_of_chief, is_active
from storage.shaped import shaped
from storage.unit_of_work import UnitOfWork


def leaders_of_chief(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Person, tuple[Institution, ...]]]:
    """The leaders in the viewer's responsibility as chief, with those institutions of theirs, A to Å by name."""
    places = institutions_of_chief(uow, viewer)
    if not places:
        return []
    areas = {where.area_id for where in places}
    rows = found_with_people(uow, _other_leaders(viewer.person_id, viewer.day, areas), RoleAssignment, Person)
    found: dict[UUID, tuple[Person, dict[UUID, Institution]]] = {}
    by_id = {where.id: where for where in places}
    for held, leader in rows:
        # Most lead one institution: of hundreds there is then no need to go through all for each leader.
        near = filter(None, [by_id.get(held.institution_id)]) if held.institution_id else places
        led = {where.id: where for where in near if held.covers(where)}
        if led:
            found.setdefault(leader.id, (leader, {}))[1].update(led)
    by_name = sorted(found.values(), key=lambda each: a_to_aa(each[0].name))
    return [(leader, tuple(sorted(led.values(), key=lambda each: a_to_aa(each.name)))) for leader, led in by_name]


def leads_others(uow: UnitOfWork, viewer: Viewer, leader_id: UUID) -> bool:
    """Whether there are leaders in the viewer's responsibility as chief besides this one and the viewer.

    As `leaders_of_chief` finds them, without reading all of them.
    """
    answers = [held for held in viewer.roles if held.role is Role.CHIEF]
    if not answers:
        return False
    reach, where = role_assignment.c, institution.c
    theirs = [
        where.id == held.institution_id
        if held.institution_id
        else where.area_id == held.area_id
        if held.area_id
        else true()
        for held in answers
    ]
    leads = or_(
        reach.institution_id == where.id,
        reach.area_id == where.area_id,
        and_(reach.institution_id.is_(None), reach.area_id.is_(None)),
    )
    other = (
        select(reach.id)
        .join(person, person.c.id == reach.person_id)
        .join(institution, leads)
        .where(
            reach.role == Role.LEADER,
            in_force(viewer.day),
            is_active(viewer.day),
            person.c.id.not_in((viewer.person_id, leader_id)),
            or_(where.ended_on.is_(None), where.ended_on >= viewer.day),
            or_(*theirs),
        )
    )
    return uow.session.scalar(other.limit(1)) is not None


def met_of(uow: UnitOfWork, person_id: UUID, since: datetime, now: datetime) -> Sequence[tuple[UUID, UUID]]:
    """The pairs of chief and leader, with the person as one of them, that have met since then, the latest first."""
    pair = (one_on_one.c.chief_id, one_on_one.c.leader_id)
    rows = uow.session.execute(
        select(*pair)
        .where(
            or_(one_on_one.c.chief_id == person_id, one_on_one.c.leader_id == person_id),
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.starts_at.between(since, now),
        )
        .group_by(*pair)
        .order_by(func.max(one_on_one.c.starts_at).desc())
    ).all()
    return [(chief_id, leader_id) for chief_id, leader_id in rows]


def leaders_met(uow: UnitOfWork, chief_id: UUID, since: datetime, now: datetime) -> frozenset[UUID]:
    """With whom the chief has had a 1:1 that began in this time and was not cancelled."""
    query = (
        select(one_on_one.c.leader_id)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.starts_at.between(since, now),
        )
        .distinct()
    )
    return frozenset(uow.session.scalars(query))


@shaped
def _other_leaders(person_id: UUID, day: date, area_ids: Collection[UUID]) -> Select[Any]:
    """Those who lead something in one of the areas, or everything."""
    reach = role_assignment.c
    near = select(institution.c.id).where(among(institution.c.area_id, area_ids))
    return (
        select(role_assignment, person)
        .join(person, person.c.id == role_assignment.c.person_id)
        .where(
            reach.role == Role.LEADER,
            or_(
                reach.institution_id.in_(near),
                among(reach.area_id, area_ids),
                and_(reach.institution_id.is_(None), reach.area_id.is_(None)),
            ),
            in_force(day),
            or_(person.c.ended_on.is_(None), person.c.ended_on >= day),
            person.c.id != person_id,
        )
    )
