"""Notes of 1:1s, version by version, the signed remarks on them, and the yearly school development talk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, delete, event, select

from domain.access import Pair, Record, Sight, Viewer
from domain.note import NoteVersion, Remark, SchoolTalk
from domain.one_on_one import NOTED, OneOnOne, OneOnOneState
from domain.organisation import Person
from storage.one_on_one import note_type, one_on_one
from storage.organisation import person
from storage.sealed import SealedText
from storage.types import Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

note_version = Table(
    "note_version",
    metadata,
    identity(),
    Column("one_on_one_id", ForeignKey("one_on_one.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("content", note_type, nullable=False),
    Column("written_at", Utc, nullable=False),
    UniqueConstraint("one_on_one_id", "number"),
)
remark = Table(
    "remark",
    metadata,
    identity(),
    Column("one_on_one_id", ForeignKey("one_on_one.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("text", SealedText("remark.text"), nullable=False),
    Column("written_at", Utc, nullable=False),
)
school_talk = Table(
    "school_talk",
    metadata,
    identity(),
    Column("one_on_one_id", ForeignKey("one_on_one.id"), nullable=False, index=True),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("school_year", Integer, nullable=False),
    Column("held_at", Utc, nullable=False),
    UniqueConstraint("institution_id", "school_year"),
)

registry.map_imperatively(NoteVersion, note_version)
registry.map_imperatively(Remark, remark)
registry.map_imperatively(SchoolTalk, school_talk)


@event.listens_for(NoteVersion, "before_update")
@event.listens_for(Remark, "before_update")
def _what_was_shared_stays(mapper: Any, connection: Any, kept: NoteVersion | Remark) -> None:
    """What the other one has been able to read is never changed behind their back, by whatever code."""
    raise TypeError("a shared note gets another version, never another text")


def note_of(uow: UnitOfWork, viewer: Viewer, about: OneOnOne, pair: Pair) -> NoteVersion | None:
    """The note as it stands, None before it is shared.

    I24: "A shared note is visible to both at once; nobody else sees note text"; `NotAllowed` for everyone else.
    """
    found = uow.session.scalar(
        select(NoteVersion)
        .where(note_version.c.one_on_one_id == about.id)
        .order_by(note_version.c.number.desc())
        .limit(1)
    )
    viewer.require_in(Record.ONE_ON_ONE_NOTE, pair, author_id=found.author_id if found else None)
    return found


def version_before(uow: UnitOfWork, version: NoteVersion) -> NoteVersion | None:
    """What stood before this version; for those who may read the note."""
    return uow.session.scalar(
        select(NoteVersion).where(
            note_version.c.one_on_one_id == version.one_on_one_id, note_version.c.number == version.number - 1
        )
    )


def is_added(uow: UnitOfWork, added: Remark) -> bool:
    """Whether its author has added the same words to the same note already."""
    same = select(remark.c.text).where(
        remark.c.one_on_one_id == added.one_on_one_id, remark.c.author_id == added.author_id
    )
    return added.text in uow.session.scalars(same).all()


def remarks_on(uow: UnitOfWork, viewer: Viewer, about: OneOnOne, pair: Pair) -> Sequence[tuple[Remark, Person]]:
    """What was added to the note, oldest first, with who wrote it: all of it for the two, and to others their own."""
    rows = uow.session.execute(
        select(Remark, Person)
        .join(person, person.c.id == remark.c.author_id)
        .where(remark.c.one_on_one_id == about.id)
        .order_by(remark.c.written_at, remark.c.id)
    )
    return [
        (each, author)
        for each, author in rows
        if viewer.sight_in(Record.REMARK, pair, author_id=each.author_id) is Sight.FULL
    ]


def school_talks(
    uow: UnitOfWork, institution_ids: Iterable[UUID], school_year: int, *, besides: UUID
) -> Sequence[SchoolTalk]:
    """The talks that these schools have had in the school year, but for that of one 1:1."""
    return uow.session.scalars(
        select(SchoolTalk).where(
            school_talk.c.institution_id.in_(list(institution_ids)),
            school_talk.c.school_year == school_year,
            school_talk.c.one_on_one_id != besides,
        )
    ).all()


def forget_school_talk(uow: UnitOfWork, about: OneOnOne) -> None:
    """The 1:1 does not count after all, or is about to be counted anew."""
    uow.session.execute(delete(SchoolTalk).where(school_talk.c.one_on_one_id == about.id))


def asked_since(uow: UnitOfWork, since: datetime) -> Sequence[OneOnOne]:
    """The 1:1s whose leader was asked since then and has not answered, for the clock."""
    return uow.session.scalars(
        select(OneOnOne)
        .where(
            one_on_one.c.state.in_(NOTED),
            one_on_one.c.asked_at >= since,
            one_on_one.c.answered_at.is_(None),
        )
        .order_by(one_on_one.c.asked_at)
    ).all()


def notes_to_write(uow: UnitOfWork, chief_id: UUID, since: datetime, now: datetime) -> Sequence[OneOnOne]:
    """The chief's 1:1s that have begun since then and have no shared note yet, oldest first."""
    unnoted = (OneOnOneState.PLANNED, OneOnOneState.AGENDA_OPEN, OneOnOneState.HELD)
    return uow.session.scalars(
        select(OneOnOne)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.state.in_(unnoted),
            one_on_one.c.starts_at.between(since, now),
        )
        .order_by(one_on_one.c.starts_at)
    ).all()
