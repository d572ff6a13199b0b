"""1:1s of a chief and a leader: what is kept of one, and which the two have had and are to have."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, or_, select

from domain.note import Note
from domain.one_on_one import COMING, NOTED, OneOnOne, OneOnOneState
from storage.asked import each_by
from storage.sealed import SealedDocument
from storage.types import Document, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

note_type = SealedDocument(
    "1:1 note",
    lambda note: {
        "talked": [str(each) for each in note.talked],
        "leading": note.leading,
        "works": note.works,
        "attention": note.attention,
        "counts": note.counts,
    },
    lambda kept: Note(
        talked=tuple(UUID(each) for each in kept["talked"]),
        leading=kept["leading"],
        works=kept["works"],
        attention=kept["attention"],
        counts=kept["counts"],
    ),
)
ids = Document(lambda values: [str(each) for each in values], lambda kept: tuple(UUID(each) for each in kept))

one_on_one = Table(
    "one_on_one",
    metadata,
    identity(),
    Column("chief_id", ForeignKey("person.id"), nullable=False),
    Column("leader_id", ForeignKey("person.id"), nullable=False),
    Column("institution_ids", ids, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("meets_on", Date, nullable=False),
    Column("scheduled_at", Utc, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", enum_type(OneOnOneState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("fine_by", ids, nullable=False),
    Column("draft", note_type),
    Column("shared_at", Utc),
    Column("answered_at", Utc),
    Column("confirmed_at", Utc),
    Column("confirmed_note", Integer),
    Column("version", Integer, nullable=False),
    Column("asked_at", Utc),
    Index("ix_one_on_one_chief_id_leader_id_starts_at", "chief_id", "leader_id", "starts_at"),
    Index("ix_one_on_one_leader_id_starts_at", "leader_id", "starts_at"),
    Index("ix_one_on_one_state_starts_at", "state", "starts_at"),
    Index("ix_one_on_one_answered_at_asked_at", "answered_at", "asked_at"),
)

registry.map_imperatively(OneOnOne, one_on_one, version_id_col=one_on_one.c.version)


def coming_of(uow: UnitOfWork, person_id: UUID, now: datetime) -> Sequence[OneOnOne]:
    """The 1:1s of the person, as chief or leader, that are still to be held, soonest first."""
    return uow.session.scalars(
        select(OneOnOne)
        .where(
            or_(one_on_one.c.chief_id == person_id, one_on_one.c.leader_id == person_id),
            one_on_one.c.state.in_(COMING),
            one_on_one.c.starts_at > now,
        )
        .order_by(one_on_one.c.starts_at)
    ).all()


def begun_of(uow: UnitOfWork, person_id: UUID, since: datetime, now: datetime) -> Sequence[OneOnOne]:
    """The 1:1s of the person that have begun since then and were not cancelled, latest first."""
    return uow.session.scalars(
        select(OneOnOne)
        .where(
            or_(one_on_one.c.chief_id == person_id, one_on_one.c.leader_id == person_id),
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.starts_at.between(since, now),
        )
        .order_by(one_on_one.c.starts_at.desc())
    ).all()


def next_of_pair(
    uow: UnitOfWork, chief_id: UUID, leader_id: UUID, after: datetime, *, besides: UUID | None = None
) -> OneOnOne | None:
    """The pair's next 1:1 that is still to be held, after that time, other than this one."""
    query = select(one_on_one).where(
        one_on_one.c.chief_id == chief_id,
        one_on_one.c.leader_id == leader_id,
        one_on_one.c.state.in_(COMING),
        one_on_one.c.starts_at > after,
    )
    if besides is not None:
        query = query.where(one_on_one.c.id != besides)
    return next(iter(each_by(uow, query.order_by(one_on_one.c.starts_at).limit(1), OneOnOne)), None)


def last_of_pair(uow: UnitOfWork, chief_id: UUID, leader_id: UUID, before: datetime) -> OneOnOne | None:
    """The pair's last 1:1 that began before that time and was not cancelled."""
    query = (
        select(one_on_one)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.leader_id == leader_id,
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.starts_at < before,
        )
        .order_by(one_on_one.c.starts_at.desc())
        .limit(1)
    )
    return next(iter(each_by(uow, query, OneOnOne)), None)


def last_noted_of_pair(uow: UnitOfWork, chief_id: UUID, leader_id: UUID, before: datetime) -> OneOnOne | None:
    """The pair's last 1:1 before that time whose note is shared."""
    return uow.session.scalar(
        select(OneOnOne)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.leader_id == leader_id,
            one_on_one.c.state.in_(NOTED),
            one_on_one.c.starts_at < before,
        )
        .order_by(one_on_one.c.starts_at.desc())
        .limit(1)
    )


def one_on_day(
    uow: UnitOfWork, chief_id: UUID, leader_id: UUID, day: date, *, besides: UUID | None = None
) -> OneOnOne | None:
    """A 1:1 of the pair that is still to be held on the day, other than this one."""
    query = select(OneOnOne).where(
        one_on_one.c.chief_id == chief_id,
        one_on_one.c.leader_id == leader_id,
        one_on_one.c.state.in_(COMING),
        one_on_one.c.meets_on == day,
    )
    if besides is not None:
        query = query.where(one_on_one.c.id != besides)
    return uow.session.scalar(query.limit(1))


def any_on_day(uow: UnitOfWork, chief_id: UUID, leader_id: UUID, day: date) -> OneOnOne | None:
    """A 1:1 of the pair on the day, whatever has become of it, but for one that was called off."""
    return uow.session.scalar(
        select(OneOnOne)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.leader_id == leader_id,
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.meets_on == day,
        )
        .limit(1)
    )


def one_on_ones_in(
    uow: UnitOfWork, states: Iterable[OneOnOneState], start: datetime, end: datetime
) -> Sequence[OneOnOne]:
    """Everybody's 1:1s in these states that begin between two times, by time, for the clock."""
    return uow.session.scalars(
        select(OneOnOne)
        .where(one_on_one.c.state.in_(list(states)), one_on_one.c.starts_at.between(start, end))
        .order_by(one_on_one.c.starts_at)
    ).all()
