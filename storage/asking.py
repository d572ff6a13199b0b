"""What each person asked last: its scope alone, and only while a message may go on from it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, delete, select

from domain.asking import GOES_ON_FOR, AskedBefore
from domain.slots import Slots
from storage.types import Document, Utc, known_parts, metadata, registry
from storage.unit_of_work import UnitOfWork

asked_before = Table(
    "asked_before",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("intent", String(40), nullable=False),
    Column("slots", Document(Slots.as_data, lambda kept: Slots.of_data(known_parts(Slots, kept))), nullable=False),
    Column("asked_at", Utc, nullable=False, index=True),
)

registry.map_imperatively(AskedBefore, asked_before)


def asked_by(uow: UnitOfWork, person_id: UUID, now: datetime) -> AskedBefore | None:
    """What the person asked within the last half hour."""
    is_fresh = (asked_before.c.asked_at > now - GOES_ON_FOR) & (asked_before.c.asked_at <= now)
    return uow.session.scalar(select(AskedBefore).where(asked_before.c.person_id == person_id, is_fresh))


def remember(uow: UnitOfWork, person_id: UUID, intent: str, slots: Slots, now: datetime) -> None:
    """Puts this in the place of what the person asked before."""
    found = uow.session.get(AskedBefore, person_id)
    if found is None:
        uow.add(AskedBefore(person_id=person_id, intent=intent, slots=slots, asked_at=now))
    else:
        found.intent, found.slots, found.asked_at = intent, slots, now


def forget_questions(uow: UnitOfWork, now: datetime) -> int:
    """Deletes the questions that no message can go on from any more; returns how many."""
    found = uow.session.execute(delete(AskedBefore).where(asked_before.c.asked_at <= now - GOES_ON_FOR))
    return int(getattr(found, "rowcount", 0))


def forget_question(uow: UnitOfWork, person_id: UUID) -> None:
    uow.session.execute(delete(AskedBefore).where(asked_before.c.person_id == person_id))
