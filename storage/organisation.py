"""Who is who: areas, institutions, people and their roles, and the questions asked about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    and_,
    bindparam,
    event,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import BindParameter

from domain.access import Viewer
from domain.anonymisation import called
from domain.errors import NotAllowed
from domain.organisation import (
    AgeRange,
    Area,
    Institution,
    InstitutionType,
    Language,
    Person,
    Role,
    RoleAssignment,
    a_to_aa,
)
from domain.staff import Staff
from storage.among import among
from storage.asked import each_by, found_by, rows_of
from storage.compiled import Compiled
from storage.types import Names, Utc, enum_type, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

area = Table(
    "area",
    metadata,
    identity(),
    Column("name", String(120), nullable=False, unique=True),
    Column("aliases", Names, nullable=False),
)
institution = Table(
    "institution",
    metadata,
    identity(),
    Column("name", String(200), nullable=False, unique=True),
    Column("type", enum_type(InstitutionType), nullable=False),
    Column("age_range", enum_type(AgeRange), nullable=False),
    Column("area_id", ForeignKey("area.id"), nullable=False, index=True),
    Column("aliases", Names, nullable=False),
    Column("ended_on", Date),
)
person = Table(
    "person",
    metadata,
    identity(),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("aad_object_id", String(36), unique=True),
    Column("language", enum_type(Language)),
    Column("welcomed_at", Utc),
    Column("paused_until", Date),
    Column("ended_on", Date),
    Column("monday_since", Date),
    Column("keeps_notes", Boolean, nullable=False, server_default=false()),
    Column("anonymised_on", Date),
)
role_assignment = Table(
    "role_assignment",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("role", enum_type(Role), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("institution_id", ForeignKey("institution.id"), index=True),
    Column("area_id", ForeignKey("area.id"), index=True),
    Column("network", enum_type(InstitutionType, "network")),
    Index("ix_role_assignment_role", "role"),
)

registry.map_imperatively(Area, area)
registry.map_imperatively(Institution, institution)
registry.map_imperatively(Person, person)
registry.map_imperatively(RoleAssignment, role_assignment)
_READER = "reader"


class _Placed(Protocol):
    @property
    def institution_id(self) -> UUID: ...


Kept = TypeVar("Kept", bound=_Placed)


def read_in(uow: UnitOfWork, language: Language) -> None:
    """Says who reads what is found from now on: whoever was anonymised is called so in their language."""
    uow.session.info[_READER] = language


def called_for(uow: UnitOfWork, name: str) -> str:
    """A name that was asked for without its person, as the reader is to see it."""
    return called(name, uow.session.info.get(_READER, Language.DANISH))


@event.listens_for(Person, "load")
@event.listens_for(Person, "refresh")
def _call_for(someone: Person, context: Any, *_: Any) -> None:
    """The name is kept in Danish, and never written over by what a reader is shown."""
    found, reader = someone.__dict__, context.session.info.get(_READER)
    if reader is not None and found.get("anonymised_on") and "name" in found:
        set_committed_value(someone, "name", called(found["name"], reader))


def found_with_people(uow: UnitOfWork, statement: Select[*tuple[Any, ...]], *classes: type[Any]) -> list[Any]:
    """As `found_by`, and whoever was anonymised is called so in the reader's language."""
    found = found_by(uow, statement, *classes)
    for row in found:
        for each in row:
            if isinstance(each, Person) and each.anonymised_on:
                set_committed_value(each, "name", called_for(uow, each.name))
    return found


def person_with_identity(uow: UnitOfWork, aad_object_id: str, day: date) -> Person | None:
    """The active person with this verified Entra object id, whatever its capitals; None for a stranger."""
    found = person_with_aad_object_id(uow, aad_object_id)
    return found if found and found.is_active(day) else None


def person_with_aad_object_id(uow: UnitOfWork, aad_object_id: str) -> Person | None:
    return uow.session.scalar(_BY_IDENTITY, {"identity": aad_object_id.lower()})


def person_known_as(uow: UnitOfWork, person_id: UUID) -> Person | None:
    """The person of that id, None where there is none any more."""
    return _PERSON.entity(uow, Person, id=person_id)


def person_with_email(uow: UnitOfWork, email: str) -> Person | None:
    return uow.session.scalar(select(Person).where(person.c.email == email.strip().lower()))


def person_with_id(uow: UnitOfWork, person_id: UUID) -> Person:
    return uow.get(Person, person_id) or uow.session.get_one(Person, person_id)


def people_with_monday_list(uow: UnitOfWork, day: date) -> Sequence[Person]:
    """The active people who chose a list of what waits before this Monday, in no order."""
    return uow.session.scalars(select(Person).where(person.c.monday_since < day, is_active(day))).all()


def viewer_on(uow: UnitOfWork, someone: Person, day: date) -> Viewer:
    """The person with the roles in force on that day (I32)."""
    roles = _ROLES_OF.entities(uow, RoleAssignment, person_id=someone.id, day=day)
    return Viewer.on(day, someone.id, roles)


def in_force(day: "date | BindParameter[date]") -> ColumnElement[bool]:
    """The condition that a role assignment holds on the day."""
    open_ended = role_assignment.c.to_on.is_(None)
    return (role_assignment.c.from_on <= day) & or_(open_ended, role_assignment.c.to_on >= day)


# Asked again and again: to put a statement together anew each time costs more than to run it.
_BY_IDENTITY = select(Person).where(person.c.aad_object_id == bindparam("identity"))
_ROLES_OF = Compiled(
    select(role_assignment).where(
        role_assignment.c.person_id == id_param("person_id"), in_force(bindparam("day", type_=Date))
    )
)
_PERSON = Compiled(select(person).where(person.c.id == id_param("id")))
_PLACE = Compiled(select(institution).where(institution.c.id == id_param("id")))


def is_active(day: "date | BindParameter[date]") -> ColumnElement[bool]:
    """The condition that a person has not left before the day."""
    return or_(person.c.ended_on.is_(None), person.c.ended_on >= day)


def covers(where: Institution) -> ColumnElement[bool]:
    """The condition that a role assignment reaches the institution."""
    reach = role_assignment.c
    whole = reach.institution_id.is_(None) & reach.area_id.is_(None) & reach.network.is_(None)
    return or_(reach.institution_id == where.id, reach.area_id == where.area_id, reach.network == where.type, whole)


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
    reach, found = role_assignment.c, list(places)
    if len(found) == 1:
        held = _LEADERS_OF_ONE.rows(uow, place=found[0].id, area=found[0].area_id, day=day)
    else:
        at = among(reach.institution_id, [where.id for where in found])
        held = rows_of(uow, _leading(at, among(reach.area_id, {where.area_id for where in found}), day))
    by_reach: dict[UUID | None, list[UUID]] = defaultdict(list)
    for person_id, institution_id, area_id in held:
        by_reach[institution_id or area_id].append(person_id)
    return {
        where.id: list(dict.fromkeys(each for reach in (where.id, where.area_id, None) for each in by_reach[reach]))
        for where in found
    }


def _leading(at: ColumnElement[bool], in_area: ColumnElement[bool], day: "date | BindParameter[date]") -> Select[Any]:
    reach = role_assignment.c
    return (
        select(reach.person_id, reach.institution_id, reach.area_id)
        .join(person, person.c.id == reach.person_id)
        .where(
            reach.role == Role.LEADER,
            reach.network.is_(None),
            or_(at, in_area, and_(reach.institution_id.is_(None), reach.area_id.is_(None))),
            in_force(day),
            is_active(day),
        )
        .order_by(reach.person_id)
    )


# With every answer about one institution.
_LEADERS_OF_ONE = Compiled(
    _leading(
        role_assignment.c.institution_id == id_param("place"),
        role_assignment.c.area_id == id_param("area"),
        bindparam("day", type_=Date),
    )
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


def leader_with_id(uow: UnitOfWork, person_id: UUID, where: Institution, day: date) -> Person | None:
    """The person, if they are active and lead the institution on the day; None otherwise."""
    return next((each for each in staff_on(uow, day, where).leaders(where) if each.id == person_id), None)


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


def open_institutions(uow: UnitOfWork, day: date) -> Sequence[Institution]:
    """Every institution that is open on the day or was later, A to Å; who may see which is asked afterwards."""
    return _open_ones(uow, day, true())


def open_institutions_near(
    uow: UnitOfWork, day: date, ids: Collection[UUID], area_ids: Collection[UUID]
) -> Sequence[Institution]:
    """The same of those alone that are named: by their area, or by themselves, and then whenever they closed."""
    if len(ids) == 1 and not area_ids:
        return _PLACE.entities(uow, Institution, id=next(iter(ids)))
    if not area_ids:
        return _open_ones(uow, date.min, institution.c.id.in_(ids))
    near = _open_ones(uow, day, or_(institution.c.id.in_(ids), institution.c.area_id.in_(area_ids)))
    lacking = set(ids) - {each.id for each in near}
    return _a_to_aa([*near, *institutions_with_ids(uow, lacking).values()]) if lacking else near


def institutions_with_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Institution]:
    """These institutions, by id."""
    wanted = list(ids)
    found = each_by(uow, select(institution).where(among(institution.c.id, wanted)), Institution) if wanted else ()
    return {each.id: each for each in found}


def areas_with_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> Sequence[Area]:
    """These areas, A to Å."""
    ids = list(ids)
    if not ids:
        return []
    found = each_by(uow, select(area).where(area.c.id.in_(ids)), Area)
    return sorted(found, key=lambda each: a_to_aa(each.name))


def institution_with_id(uow: UnitOfWork, institution_id: UUID) -> Institution:
    """The institution; it must exist, since records are never deleted from under one another."""
    return uow.session.get_one(Institution, institution_id)


def for_leaders(uow: UnitOfWork, viewer: Viewer, kind: type[Kept], row_id: UUID) -> tuple[Kept, Institution]:
    """The row and its institution, for the leaders there; `NotAllowed` for everyone else, as for an unknown id."""
    found = uow.session.get(kind, row_id)
    if found is None:
        raise NotAllowed
    where = institution_with_id(uow, found.institution_id)
    if not viewer.leads(where):
        raise NotAllowed
    return found, where


def _open_ones(uow: UnitOfWork, day: date, which: ColumnElement[bool]) -> Sequence[Institution]:
    open_on = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day)
    return _a_to_aa(each_by(uow, select(institution).where(which, open_on), Institution))


def _a_to_aa(found: Iterable[Institution]) -> Sequence[Institution]:
    return sorted(found, key=lambda each: a_to_aa(each.name))


def institution_named(uow: UnitOfWork, name: str) -> Institution | None:
    return uow.session.scalar(select(Institution).where(institution.c.name == name.strip()))


def _institutions_of(uow: UnitOfWork, viewer: Viewer, role: Role) -> Sequence[Institution]:
    held = [assignment for assignment in viewer.roles if assignment.role is role]
    if not held:
        return []
    if len(held) == 1 and held[0].institution_id:
        # As nearly every leader who presses anything; whoever came in by `arrival_of` has it loaded.
        where = uow.loaded(Institution, held[0].institution_id)
        found = [where] if where else _PLACE.entities(uow, Institution, id=held[0].institution_id)
        return [each for each in found if each.ended_on is None or each.ended_on >= viewer.day]
    conditions = [
        institution.c.id == each.institution_id
        if each.institution_id
        else institution.c.area_id == each.area_id
        if each.area_id
        else institution.c.id.is_not(None)
        for each in held
    ]
    return _open_ones(uow, viewer.day, or_(*conditions))
