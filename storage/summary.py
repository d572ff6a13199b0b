"""When somebody last asked for a supervision summary of the same, so that they can be shown what is new.

And what they asked about, for as long as the links to the answer's files are good.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from domain.errors import NotAllowed
from domain.identity import new_id
from domain.organisation import Person
from storage.compiled import Compiled
from storage.types import Document, Utc, id_param, identity, metadata
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
    kept = _asked(uow, someone, key)
    if kept is None:
        row = {"id": new_id(), "person_id": someone.id, "key": key, "asked_at": at, "before_at": None}
        _FIRST.leave(uow, row)
        return
    kept_id, asked_at, _before_at = kept
    if at - asked_at >= SAME_SITTING:
        _AGAIN.leave(uow, {"kept_id": kept_id, "at": at, "before": asked_at})


def asked_before(uow: UnitOfWork, someone: Person, key: str, *, before: datetime) -> datetime | None:
    """When the person asked about the same in an earlier sitting; None if they never have."""
    kept = _asked(uow, someone, key)
    if kept is None:
        return None
    _id, asked_at, before_at = kept
    return asked_at if before - asked_at >= SAME_SITTING else before_at


def first_asked(uow: UnitOfWork, someone: Person, key: str) -> datetime | None:
    """When the sitting began in which the person asked about the same for the first time; None if they never have.

    For whoever has not asked in an earlier one.
    """
    kept = _asked(uow, someone, key)
    return kept[1] if kept else None


# With every answer; to put a statement together anew costs more than to run it.
_ASKED = Compiled(
    select(asked_summary.c.id, asked_summary.c.asked_at, asked_summary.c.before_at).where(
        asked_summary.c.person_id == id_param("person_id"), asked_summary.c.key == bindparam("key", type_=String)
    )
)
_FIRST = Compiled(insert(asked_summary))
_AGAIN = Compiled(
    update(asked_summary)
    .where(asked_summary.c.id == id_param("kept_id"))
    .values(asked_at=bindparam("at", type_=Utc), before_at=bindparam("before", type_=Utc))
)


def _asked(uow: UnitOfWork, someone: Person, key: str) -> tuple[UUID, datetime, datetime | None] | None:
    """What is kept of the person's asking about the same: its id, when they did, and when in an earlier sitting."""
    found = _ASKED.rows(uow, person_id=someone.id, key=key)
    if not found:
        return None
    kept_id, asked_at, before_at = found[0]
    return kept_id, asked_at, before_at


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
