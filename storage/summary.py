"""When somebody last asked for a supervision summary of the same, so that they can be shown what is new."""

from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, insert, select, update

from domain.identity import new_id
from domain.organisation import Person
from storage.database import UnitOfWork
from storage.types import Utc, identity, metadata

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


def _row(someone: Person, key: str):  # type: ignore[no-untyped-def]
    return select(asked_summary).where(asked_summary.c.person_id == someone.id, asked_summary.c.key == key)
