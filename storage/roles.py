"""Who has which role where on a day, and so whom an institution has, and who leads what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Date, Select, and_, bindparam, or_, select
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import BindParameter

from domain.access import Viewer
from domain.errors import NotAllowed
from domain.organisation import Institution, Person, Role, RoleAssignment, a_to_aa
from domain.staff import Staff
from storage.among import among
from storage.asked import found_by, rows_of
from storage.compiled import Compiled
from storage.organisation import (
    institution,
    institution_with_id,
    open_institutions_near,
    open_where,
    person,
    role_assignment,
)
from storage.shaped import shaped
from storage.types import id_param
from storage.unit_of_work import UnitOfWork


class _Placed(Protocol):
    @property
    def institution_id(self) -> UUID: ...


Kept = TypeVar("Kept", bound=_Placed)


def in_force(day: "date | BindParameter[date]") -> ColumnElement[bool]:
    """The condition that a role assignment holds on the day."""
    open_ended = role_assignment.c.to_on.is_(None)
    return (role_assignment.c.from_on <= day) & or_(open_ended, role_assignment.c.to_on >= day)


def is_active(day: "date | BindParameter[date]") -> ColumnElement[bool]:
    """The condition that a person has not left before the day."""
    return or_(person.c.ended_on.is_(None), person.c.ended_on >= day)


def covers(where: Institution) -> ColumnElement[bool]:
    """The condition that a role assignment reaches the institution."""
    reach = role_assignment.c
    whole = reach.institution_id.is_(None) & reach.area_id.is_(None) & reach.network.is_(None)
    return or_(reach.institution_id == where.id, reach.area_id == where.area_id, reach.network == where.type, whole)


# Asked with every activity that comes in: to put the statement together anew each time costs more than to run it.
_ROLES_OF = Compiled(
    select(role_assignment).where(
        role_assignment.c.person_id == id_param("person_id"), in_force(bindparam("day", type_=Date))
    )
)


def viewer_on(uow: UnitOfWork, someone: Person, day: date) -> Viewer:
    """The person with the roles in force on that day (I32)."""
    roles = _ROLES_OF.entities(uow, RoleAssignment, person_id=someone.id, day=day)
    return Viewer.on(day, someone.id, roles)


def staff_on(uow: UnitOfWork, day: date, where: Institution | None = None) -> Staff:
    """The active people with their roles on the day: everybody's, or those that reach one institution."""
    if where is None:
        # Asked each minute. Whoever has a role was not made nameless, and is called as they are kept.
        held = select(role_assignment, person).join(person, person.c.id == role_assignment.c.person_id)
        return Staff(found_by(uow, held.where(in_force(day), is_active(day)), RoleAssignment, Person))
    query = (
        select(RoleAssignment, Person)
        .join(person, person.c.id == role_assignment.c.person_id)
        .where(in_force(day), is_active(day), covers(where))
    )
    return Staff((assignment, someone) for assignment, someone in uow.session.execute(query))


def leader_ids_of(uow: UnitOfWork, places: Iterable[Institution], day: date) -> Mapping[UUID, Sequence[UUID]]:
    """The ids of the active people who lead each of the institutions on the day, be it by its area or all of them."""
    found = list(places)
    held = rows_of(uow, _leading([where.id for where in found], {where.area_id for where in found}, day))
    by_reach: dict[UUID | None, list[UUID]] = defaultdict(list)
    for person_id, institution_id, area_id in held:
        by_reach[institution_id or area_id].append(person_id)
    return {
        where.id: list(dict.fromkeys(each for reach in (where.id, where.area_id, None) for each in by_reach[reach]))
        for where in found
    }


@shaped
def _leading(place_ids: Collection[UUID], area_ids: Collection[UUID], day: date) -> Select[Any]:
    reach = role_assignment.c
    is_theirs = or_(
        among(reach.institution_id, place_ids),
        among(reach.area_id, area_ids),
        and_(reach.institution_id.is_(None), reach.area_id.is_(None)),
    )
    return (
        select(reach.person_id, reach.institution_id, reach.area_id)
        .join(person, person.c.id == reach.person_id)
        .where(
            reach.role == Role.LEADER,
            reach.network.is_(None),
            is_theirs,
            in_force(day),
            is_active(day),
        )
        .order_by(reach.person_id)
    )


def colleagues_at(uow: UnitOfWork, where: Institution, someone: Person, day: date) -> Sequence[Person]:
    """The other active people with a role at this very institution on the day, A to Å."""
    found = uow.session.scalars(
        select(Person)
        .join(role_assignment, role_assignment.c.person_id == person.c.id)
        .where(
            role_assignment.c.institution_id == where.id,
            in_force(day),
            is_active(day),
            person.c.id != someone.id,
        )
        .distinct()
    )
    return sorted(found, key=lambda each: a_to_aa(each.name))


def grown_ups(uow: UnitOfWork, day: date, near: Collection[UUID], oneself: UUID) -> frozenset[str]:
    """The names of all with a role on the day, by which a text tells of no child, and shown to nobody; of those at the
    institutions that are `near`, and of oneself, also the first name alone, by which one tells of an employee."""
    found: set[str] = set()
    for person_id, name, institution_id in uow.session.execute(
        select(person.c.id, person.c.name, role_assignment.c.institution_id)
        .join(role_assignment, role_assignment.c.person_id == person.c.id)
        .where(in_force(day), is_active(day))
    ):
        found.add(name)
        if person_id == oneself or institution_id in near:
            found.add(name.split()[0])
    return frozenset(found)


def leader_with_id(uow: UnitOfWork, person_id: UUID, where: Institution, day: date) -> Person | None:
    """The person, if they are active and lead the institution on the day; None otherwise."""
    return next((each for each in staff_on(uow, day, where).leaders(where) if each.id == person_id), None)


def people_with_monday_list(uow: UnitOfWork, day: date) -> Sequence[Person]:
    """The active people who chose a list of what waits before this Monday, in no order."""
    return uow.session.scalars(select(Person).where(person.c.monday_since < day, is_active(day))).all()


def institutions_led_by(uow: UnitOfWork, viewer: Viewer) -> Sequence[Institution]:
    """The open institutions the viewer leads on the viewer's day, A to Å."""
    return _institutions_of(uow, viewer, Role.LEADER)


def places_led(uow: UnitOfWork, person_id: UUID, day: date) -> Sequence[Institution]:
    """The open institutions that somebody leads on the day, A to Å."""
    roles = uow.session.scalars(
        select(RoleAssignment).where(
            role_assignment.c.person_id == person_id, role_assignment.c.role == Role.LEADER, in_force(day)
        )
    )
    return _institutions_of(uow, Viewer.on(day, person_id, roles), Role.LEADER)


def institutions_of_chief(uow: UnitOfWork, viewer: Viewer) -> Sequence[Institution]:
    """The open institutions the viewer has responsibility for as chief on the viewer's day, A to Å."""
    return _institutions_of(uow, viewer, Role.CHIEF)


def once_led(uow: UnitOfWork, person_id: UUID) -> Sequence[tuple[RoleAssignment, Institution]]:
    """What somebody leads or has led, open or closed, the latest first; whoever may see it is asked afterwards."""
    found = uow.session.execute(
        select(RoleAssignment, Institution)
        .join(institution, institution.c.id == role_assignment.c.institution_id)
        .where(role_assignment.c.person_id == person_id, role_assignment.c.role == Role.LEADER)
    )
    return sorted(((held, where) for held, where in found), key=lambda each: each[0].to_on or date.max, reverse=True)


def for_leaders(uow: UnitOfWork, viewer: Viewer, kind: type[Kept], row_id: UUID) -> tuple[Kept, Institution]:
    """The row and its institution, for the leaders there; `NotAllowed` for everyone else, as for an unknown id."""
    found = uow.session.get(kind, row_id)
    if found is None:
        raise NotAllowed
    where = institution_with_id(uow, found.institution_id)
    if not viewer.leads(where):
        raise NotAllowed
    return found, where


def _institutions_of(uow: UnitOfWork, viewer: Viewer, role: Role) -> Sequence[Institution]:
    held = [assignment for assignment in viewer.roles if assignment.role is role]
    if not held:
        return []
    if len(held) == 1 and held[0].institution_id:
        # As nearly every leader who presses anything; whoever came in by `arrival_of` has it loaded.
        where = uow.loaded(Institution, held[0].institution_id)
        found = [where] if where else open_institutions_near(uow, viewer.day, [held[0].institution_id], ())
        return [each for each in found if each.ended_on is None or each.ended_on >= viewer.day]
    conditions = [
        institution.c.id == each.institution_id
        if each.institution_id
        else institution.c.area_id == each.area_id
        if each.area_id
        else institution.c.id.is_not(None)
        for each in held
    ]
    return open_where(uow, viewer.day, or_(*conditions))
