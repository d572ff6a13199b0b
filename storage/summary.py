"""When somebody last asked for a supervision summary of the same, so that they can be shown what is new.

And what they asked about, for as long as the links to the answer's files are good.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint, delete, insert, select, update

from domain.errors import NotAllowed
from domain.identity import new_id
from domain.organisation import Person
from storage.types import Document, Utc, identity, metadata
from storage.unit_of_work import UnitOfWork

SAME_SITTING = timedelta(hours=1)

asked_summary = Table(
    "asked_summary",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("key", String(64), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("before_at", Utc),
    UniqueConstraint("person_id", "key"),
)

asked_bounds = Table(
    "asked_bounds",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("bounds", Document(dict, dict), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Index("ix_asked_bounds_person_id_asked_at", "person_id", "asked_at"),
)


def note_asked(uow: UnitOfWork, someone: Person, key: str, *, at: datetime) -> None:
    """Keeps the time, and the one before; within an hour it is the same sitting, whatever is shown anew in it."""
    kept = uow.session.execute(_row(someone, key)).first()
    if kept is None:
        uow.session.execute(insert(asked_summary).values(id=new_id(), person_id=someone.id, key=key, asked_at=at))
        return
    if at - kept.asked_at < SAME_SITTING:
        return
    uow.session.execute(
        update(asked_summary).where(asked_summary.c.id == kept.id).values(asked_at=at, before_at=kept.asked_at)
    )


def asked_before(uow: UnitOfWork, someone: Person, key: str, *, before: datetime) -> datetime | None:
    """When the person asked about the same in an earlier sitting; None if they never have."""
    kept = uow.session.execute(_row(someone, key)).first()
    if kept is None:
        return None
    found: datetime | None = kept.asked_at if before - kept.asked_at >= SAME_SITTING else kept.before_at
    return found


def first_asked(uow: UnitOfWork, someone: Person, key: str) -> datetime | None:
    """When the sitting began in which the person asked about the same for the first time; None if they never have.

    For whoever has not asked in an earlier one.
    """
    kept = uow.session.execute(_row(someone, key)).first()
    return kept.asked_at if kept else None


def _row(someone: Person, key: str):  # type: ignore[no-untyped-def]
    return select(asked_summary).where(asked_summary.c.person_id == someone.id, asked_summary.c.key == key)


def keep_bounds(uow: UnitOfWork, someone: Person, bounds: Mapping[str, str], *, at: datetime) -> UUID:
    """Keeps what an answer is about, for the links to its files; what the person asked about earlier is forgotten."""
    mine = asked_bounds.c.person_id == someone.id
    uow.session.execute(delete(asked_bounds).where(mine, asked_bounds.c.asked_at < at - SAME_SITTING))
    kept = new_id()
    row = {"id": kept, "person_id": someone.id, "bounds": bounds, "asked_at": at}
    uow.session.execute(insert(asked_bounds), [row])
    return kept


def kept_bounds(uow: UnitOfWork, someone: Person, bounds_id: UUID) -> Mapping[str, str]:
    """What the person asked about; `NotAllowed` for what others asked, for what is forgotten and for none."""
    found: Mapping[str, str] | None = uow.session.scalar(
        select(asked_bounds.c.bounds).where(asked_bounds.c.id == bounds_id, asked_bounds.c.person_id == someone.id)
    )
    if found is None:
        raise NotAllowed
    return found
