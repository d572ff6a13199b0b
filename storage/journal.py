"""The entries of the journal: what waits, what has arrived, and what is made into a document.

No foreign key leads to a record: it may be deleted when its time is over, and what was handed over stays told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    and_,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql import ColumnElement

from domain.board import BoardNote
from domain.decision import Decision
from domain.journal import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_REFERENCE,
    OVERDUE_AFTER,
    TAKEN_FOR,
    JournalEntry,
    JournalKind,
    JournalState,
)
from domain.organisation import Person
from domain.reflection import Reflection
from storage.board import board_note
from storage.decision import decision
from storage.organisation import person
from storage.reflection import reflection
from storage.types import Document, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

journal_entry = Table(
    "journal_entry",
    metadata,
    identity(),
    Column("kind", enum_type(JournalKind), nullable=False),
    Column("subject_id", Uuid(), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("institution_id", ForeignKey("institution.id"), nullable=False, index=True),
    Column("name", String(LONGEST_NAME), nullable=False, unique=True),
    Column("planned_at", Utc, nullable=False),
    Column("replaces_id", ForeignKey("journal_entry.id"), index=True),
    Column("additions", Integer),
    Column("state", enum_type(JournalState), nullable=False),
    Column("content", LargeBinary),
    Column("told", Document(dict, dict)),
    Column("sha256", String(64)),
    Column("folder_at", Utc),
    Column("webhook_at", Utc),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Utc),
    Column("reason", String(LONGEST_REASON), nullable=False),
    Column("delivered_at", Utc),
    Column("reference", String(LONGEST_REFERENCE), nullable=False),
    UniqueConstraint("subject_id", "edition"),
    Index("ix_journal_entry_state_next_at", "state", "next_at"),
)

registry.map_imperatively(JournalEntry, journal_entry)


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """What there is to say of an entry that has not arrived."""

    name: str
    state: JournalState
    planned_at: datetime
    attempts: int
    reason: str
    next_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many entries are in which state, how many wait too long, and since when the oldest of all that wait does."""

    by_state: Mapping[JournalState, int]
    overdue: int
    oldest: datetime | None

    @property
    def failed(self) -> int:
        return self.by_state.get(JournalState.FAILED, 0)


def take(uow: UnitOfWork, now: datetime, most: int) -> Sequence[JournalEntry]:
    """Takes what is due, oldest first, for this process alone; what it does not settle is due again a little later."""
    due = (
        select(journal_entry.c.id)
        .where(_waits(now))
        .order_by(journal_entry.c.planned_at, journal_entry.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = uow.session.scalars(due).all()
    if ids:
        taken = {"next_at": now + TAKEN_FOR, "attempts": journal_entry.c.attempts + 1}
        uow.session.execute(update(journal_entry).where(journal_entry.c.id.in_(ids)).values(taken))
    return [entry_with_id(uow, each) for each in ids]


def entry_with_id(uow: UnitOfWork, entry_id: UUID) -> JournalEntry:
    return uow.session.get_one(JournalEntry, entry_id)


def entry_of(uow: UnitOfWork, subject_id: UUID) -> JournalEntry | None:
    """The newest entry of a record that has arrived; for those who may read the record."""
    return uow.session.scalar(
        select(JournalEntry)
        .where(journal_entry.c.subject_id == subject_id, journal_entry.c.state == JournalState.DELIVERED)
        .order_by(journal_entry.c.edition.desc())
        .limit(1)
    )


def journalised(uow: UnitOfWork, subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these records that have arrived in the journal."""
    found = uow.session.scalars(
        select(journal_entry.c.subject_id).where(
            journal_entry.c.subject_id.in_(list(subject_ids)), journal_entry.c.state == JournalState.DELIVERED
        )
    )
    return frozenset(found)


def copies_of(uow: UnitOfWork, subject_ids: Collection[UUID]) -> Sequence[str]:
    """The names of what has been handed over of these records, or may have been: the journal has to put it right."""
    tried = or_(journal_entry.c.state == JournalState.DELIVERED, journal_entry.c.attempts > 0)
    return uow.session.scalars(
        select(journal_entry.c.name)
        .where(journal_entry.c.subject_id.in_(list(subject_ids)), tried)
        .order_by(journal_entry.c.name)
    ).all()


def make_anew(uow: UnitOfWork, subject_ids: Collection[UUID]) -> int:
    """What was made of these records and has not arrived is made anew, as they are now; returns how much that is."""
    found = uow.session.execute(
        update(journal_entry)
        .where(journal_entry.c.subject_id.in_(list(subject_ids)), journal_entry.c.content.is_not(None))
        .values(content=None, told=None, sha256=None, additions=None)
    )
    return int(getattr(found, "rowcount", 0))


def undelivered(uow: UnitOfWork) -> Sequence[Undelivered]:
    """What waits or has failed, oldest first."""
    rows = uow.session.execute(
        select(*(journal_entry.c[each.name] for each in fields(Undelivered)))
        .where(journal_entry.c.state != JournalState.DELIVERED)
        .order_by(journal_entry.c.planned_at, journal_entry.c.id)
    )
    return [Undelivered(**row._mapping) for row in rows]


def try_again(uow: UnitOfWork, now: datetime) -> int:
    """What has not arrived is due now, whatever was in the way; returns how much that is."""
    found = uow.session.execute(
        update(journal_entry)
        .where(journal_entry.c.state != JournalState.DELIVERED)
        .values(state=JournalState.WAITING, attempts=0, next_at=now)
    )
    return int(getattr(found, "rowcount", 0))


def standing(uow: UnitOfWork, now: datetime) -> Standing:
    rows = uow.session.execute(select(journal_entry.c.state, func.count()).group_by(journal_entry.c.state))
    late = and_(journal_entry.c.state != JournalState.DELIVERED, journal_entry.c.planned_at < now - OVERDUE_AFTER)
    overdue, oldest = uow.session.execute(
        select(func.count().filter(late), func.min(journal_entry.c.planned_at)).where(
            journal_entry.c.state != JournalState.DELIVERED
        )
    ).one()
    return Standing(by_state={row[0]: row[1] for row in rows}, overdue=overdue, oldest=oldest)


def waits_for_the_journal(subject_id: Column[Any]) -> ColumnElement[bool]:
    """The condition that a record has still to be handed over, and is not to be deleted before."""
    return exists().where(journal_entry.c.subject_id == subject_id, journal_entry.c.state != JournalState.DELIVERED)


def decisions_in(uow: UnitOfWork, dialogue_id: UUID) -> Sequence[Decision]:
    """All that was saved in a dialogue, what was withdrawn among it, oldest first: for the journal, which is nobody."""
    return uow.session.scalars(
        select(Decision)
        .where(decision.c.dialogue_id == dialogue_id, decision.c.saved_at.is_not(None))
        .order_by(decision.c.saved_at, decision.c.id)
    ).all()


def reflection_in(uow: UnitOfWork, dialogue_id: UUID) -> Reflection | None:
    """The reflection that the decisions of a dialogue rest on, for the journal."""
    return uow.session.scalar(select(Reflection).where(reflection.c.dialogue_id == dialogue_id))


def board_notes_in(uow: UnitOfWork, dialogue_id: UUID) -> Sequence[tuple[BoardNote, Person]]:
    """What the board was told of a dialogue and said, oldest first, for the journal."""
    rows = uow.session.execute(
        select(BoardNote, Person)
        .join(person, person.c.id == board_note.c.author_id)
        .where(board_note.c.dialogue_id == dialogue_id)
        .order_by(board_note.c.informed_on, board_note.c.written_at)
    )
    return [(each, author) for each, author in rows]


def _waits(now: datetime) -> ColumnElement[bool]:
    return and_(
        journal_entry.c.state == JournalState.WAITING,
        or_(journal_entry.c.next_at.is_(None), journal_entry.c.next_at <= now),
    )
