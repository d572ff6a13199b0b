"""Personal preparation notes: each its author's alone, and gone 30 days after the 1:1."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, delete, exists, select

from domain.access import Viewer
from domain.one_on_one import OneOnOne
from domain.personal_note import KEPT_FOR, PersonalNote
from storage.one_on_one import one_on_one
from storage.retention import held_people
from storage.sealed import SealedText
from storage.types import Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

personal_note = Table(
    "personal_note",
    metadata,
    identity(),
    Column("one_on_one_id", ForeignKey("one_on_one.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("text", SealedText("personal_note.text"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("one_on_one_id", "author_id"),
)

registry.map_imperatively(PersonalNote, personal_note, version_id_col=personal_note.c.version)


def own_note(uow: UnitOfWork, viewer: Viewer, about: OneOnOne) -> PersonalNote | None:
    """The viewer's own note to the 1:1; nobody can ask for another's."""
    return uow.session.scalar(
        select(PersonalNote).where(
            personal_note.c.one_on_one_id == about.id, personal_note.c.author_id == viewer.person_id
        )
    )


def delete_old_notes(uow: UnitOfWork, now: datetime) -> int:
    """Deletes the notes to 1:1s that were to begin 30 days ago, but what a hold keeps; returns how many."""
    # I34: "Nothing is deleted while a LegalHold is on", not even by a promise of ours.
    kept = held_people(uow)
    of_others = one_on_one.c.chief_id.not_in(kept.people) & one_on_one.c.leader_id.not_in(kept.people)
    # Asked of each note that there is, and not of ten years' 1:1s.
    over = exists().where(
        one_on_one.c.id == personal_note.c.one_on_one_id, one_on_one.c.starts_at <= now - KEPT_FOR, of_others
    )
    which = over & personal_note.c.author_id.not_in(kept.people)
    if kept.everybody:
        return 0
    found = uow.session.execute(delete(PersonalNote).where(which))
    return int(getattr(found, "rowcount", 0))
