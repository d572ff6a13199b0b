"""Local priorities: one for an institution and a half-year."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint, select

from domain.access import Record, Viewer
from domain.errors import NotAllowed
from domain.organisation import Institution
from domain.period import HalfYear
from domain.priority import LocalPriority
from storage.types import HalfYearType, Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

local_priority = Table(
    "local_priority",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("half_year", HalfYearType, nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("corrected_by", identity().type),
    Column("corrected_at", Utc),
    Column("version", Integer, nullable=False),
    UniqueConstraint("institution_id", "half_year"),
)

registry.map_imperatively(LocalPriority, local_priority, version_id_col=local_priority.c.version)


def priority_for(uow: UnitOfWork, viewer: Viewer, priority_id: UUID) -> tuple[LocalPriority, Institution]:
    """The local priority and its institution as the viewer may read them; `NotAllowed` otherwise, and for none."""
    found = uow.session.get(LocalPriority, priority_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    viewer.require(Record.LOCAL_PRIORITY, where)
    return found, where


def priority_in(uow: UnitOfWork, where: Institution, half_year: HalfYear) -> LocalPriority | None:
    """What the institution gives priority to in the half-year, for those who write about it there, or read that."""
    return uow.session.scalar(
        select(LocalPriority).where(
            local_priority.c.institution_id == where.id, local_priority.c.half_year == half_year
        )
    )


def priorities_in(uow: UnitOfWork, where: Institution) -> Sequence[LocalPriority]:
    """All of an institution's, newest half-year first, for those who read what rests on them: two a year."""
    return uow.session.scalars(
        select(LocalPriority)
        .where(local_priority.c.institution_id == where.id)
        .order_by(local_priority.c.half_year.desc())
    ).all()


def priority_before(uow: UnitOfWork, where: Institution, half_year: HalfYear) -> LocalPriority | None:
    """The newest of an earlier half-year, to go on from."""
    return uow.session.scalar(
        select(LocalPriority)
        .where(local_priority.c.institution_id == where.id, local_priority.c.half_year < half_year)
        .order_by(local_priority.c.half_year.desc())
        .limit(1)
    )


def priorities_of(uow: UnitOfWork, viewer: Viewer, where: Institution, *, most: int) -> Sequence[LocalPriority]:
    """An institution's local priorities, newest half-year first; `NotAllowed` for whoever may not read them."""
    viewer.require(Record.LOCAL_PRIORITY, where)
    return uow.session.scalars(
        select(LocalPriority)
        .where(local_priority.c.institution_id == where.id)
        .order_by(local_priority.c.half_year.desc())
        .limit(most)
    ).all()
