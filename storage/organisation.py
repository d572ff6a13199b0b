"""Who is who: areas, institutions, people and their roles, and how each is found."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    bindparam,
    event,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import ColumnElement

from domain.anonymisation import called
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
from storage.among import among
from storage.asked import Statement, each_by, found_by
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


def found_with_people(uow: UnitOfWork, statement: Statement, *classes: type[Any]) -> list[Any]:
    """As `found_by`, and whoever was anonymised is called so in the reader's language."""
    found = found_by(uow, statement, *classes)
    for row in found:
        for each in row:
            if isinstance(each, Person):
                _call_as_read(uow, each)
    return found


def _call_as_read(uow: UnitOfWork, someone: Person) -> None:
    """As SQLAlchemy has it done of a person that it loads itself."""
    if someone.anonymised_on:
        set_committed_value(someone, "name", called_for(uow, someone.name))


def person_with_aad_object_id(uow: UnitOfWork, aad_object_id: str) -> Person | None:
    return uow.session.scalar(_BY_IDENTITY, {"identity": aad_object_id.lower()})


def person_with_email(uow: UnitOfWork, email: str) -> Person | None:
    return uow.session.scalar(select(Person).where(person.c.email == email.strip().lower()))


def person_with_id(uow: UnitOfWork, person_id: UUID) -> Person:
    found = uow.loaded(Person, person_id)
    if found is None:
        found = _PERSON.entity(uow, Person, id=person_id) or uow.session.get_one(Person, person_id)
        _call_as_read(uow, found)
    return found


# Asked again and again: to put a statement together anew each time costs more than to run it.
_BY_IDENTITY = select(Person).where(person.c.aad_object_id == bindparam("identity"))
_PERSON = Compiled(select(person).where(person.c.id == id_param("id")))
_PLACE = Compiled(select(institution).where(institution.c.id == id_param("id")))


def open_institutions(uow: UnitOfWork, day: date) -> Sequence[Institution]:
    """Every institution that is open on the day or was later, A to Å; who may see which is asked afterwards."""
    return open_where(uow, day, true())


def open_institutions_near(
    uow: UnitOfWork, day: date, ids: Collection[UUID], area_ids: Collection[UUID]
) -> Sequence[Institution]:
    """The same of those alone that are named: by their area, or by themselves, and then whenever they closed."""
    if len(ids) == 1 and not area_ids:
        return _PLACE.entities(uow, Institution, id=next(iter(ids)))
    if not area_ids:
        return open_where(uow, date.min, institution.c.id.in_(ids))
    near = open_where(uow, day, or_(institution.c.id.in_(ids), institution.c.area_id.in_(area_ids)))
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


def open_where(uow: UnitOfWork, day: date, which: ColumnElement[bool]) -> Sequence[Institution]:
    """The institutions of a condition that are open on the day or were later, A to Å."""
    open_on = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day)
    return _a_to_aa(each_by(uow, select(institution).where(which, open_on), Institution))


def _a_to_aa(found: Iterable[Institution]) -> Sequence[Institution]:
    return sorted(found, key=lambda each: a_to_aa(each.name))


def institution_named(uow: UnitOfWork, name: str) -> Institution | None:
    return uow.session.scalar(select(Institution).where(institution.c.name == name.strip()))
