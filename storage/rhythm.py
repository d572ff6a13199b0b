"""The rhythm in which a chief and a leader meet, from which the next 1:1s are suggested."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
    select,
)

from domain.rhythm import Rhythm
from storage.types import Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

rhythm = Table(
    "rhythm",
    metadata,
    identity(),
    Column("chief_id", ForeignKey("person.id"), nullable=False),
    Column("leader_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("weeks", Integer, nullable=False),
    Column("set_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("chief_id", "leader_id"),
)

registry.map_imperatively(Rhythm, rhythm, version_id_col=rhythm.c.version)


def rhythm_of(uow: UnitOfWork, chief_id: UUID, leader_id: UUID) -> Rhythm | None:
    return uow.session.scalar(select(Rhythm).where(rhythm.c.chief_id == chief_id, rhythm.c.leader_id == leader_id))


def all_rhythms(uow: UnitOfWork) -> Sequence[Rhythm]:
    """Every rhythm that is kept, for the clock."""
    return uow.session.scalars(select(Rhythm)).all()
