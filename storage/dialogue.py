"""Learning dialogues, and what is added to them once they are closed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    func,
    or_,
    select,
)

from domain.access import Record, Sight, Viewer
from domain.data_package import PackageState
from domain.dialogue import LONGEST_PLACE, OPENS_BEFORE, PREPARABLE, Addendum, Dialogue, DialogueState
from domain.errors import NotAllowed
from domain.organisation import Institution, Person
from storage.asked import each_by
from storage.compiled import Compiled
from storage.data_package import data_package
from storage.organisation import institution, person
from storage.roles import institutions_led_by, staff_on
from storage.types import HalfYearType, PartialIndex, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

LONGEST_MEETING = timedelta(hours=4)

dialogue = Table(
    "dialogue",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("cycle_id", ForeignKey("cycle.id"), nullable=False, index=True),
    Column("half_year", HalfYearType, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("place", String(LONGEST_PLACE), nullable=False),
    Column("number", Integer),
    Column("state", enum_type(DialogueState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("announced_at", Utc),
    Column("version", Integer, nullable=False),
    Column("recorded_at", Utc),
    CheckConstraint("number BETWEEN 1 AND 4", name="number"),
    Index("ix_dialogue_institution_id_starts_at", "institution_id", "starts_at"),
    Index("ix_dialogue_institution_id_half_year_state", "institution_id", "half_year", "state", "starts_at"),
    Index("ix_dialogue_starts_at", "starts_at"),
    Index("ix_dialogue_state_recorded_at", "state", "recorded_at"),
)
# I4: one numbered dialogue per half-year, and each number once per cycle; a cancelled one gives its place back.
_counts = dialogue.c.number.is_not(None) & (dialogue.c.state != DialogueState.CANCELLED)
for _name, _column in (("half_year", dialogue.c.half_year), ("number", dialogue.c.number)):
    PartialIndex(
        f"uq_dialogue_{_name}",
        dialogue.c.institution_id,
        dialogue.c.cycle_id,
        _column,
        unique=True,
        where=_counts,
    )
# Each minute: the one of each institution, found in an index, however many there were before it.
_latest = (
    select(dialogue.c.id)
    .where(
        dialogue.c.institution_id == institution.c.id,
        dialogue.c.starts_at <= bindparam("now"),
        dialogue.c.state != DialogueState.CANCELLED,
    )
    .correlate(institution)
    .order_by(dialogue.c.starts_at.desc(), dialogue.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LATEST_BEGUN = Compiled(
    select(institution.c.id, dialogue.c.id, dialogue.c.starts_at).join(dialogue, dialogue.c.id == _latest)
)
addendum = Table(
    "addendum",
    metadata,
    identity(),
    Column("dialogue_id", ForeignKey("dialogue.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("text", Text, nullable=False),
)

registry.map_imperatively(Dialogue, dialogue, version_id_col=dialogue.c.version)
registry.map_imperatively(Addendum, addendum)


def dialogue_with_id(uow: UnitOfWork, dialogue_id: UUID) -> tuple[Dialogue, Institution]:
    """The dialogue and its institution; `NotAllowed` when there is none, as for one that may not be seen."""
    found = uow.session.get(Dialogue, dialogue_id)
    if found is None:
        raise NotAllowed
    return found, uow.session.get_one(Institution, found.institution_id)


def start_of(uow: UnitOfWork, viewer: Viewer, dialogue_id: UUID) -> datetime | None:
    """When the dialogue begins, for those who see how far it is and whoever works there; None for all others.

    None as well where the id is that of something else.
    """
    found = uow.session.get(Dialogue, dialogue_id)
    if found is None:
        return None
    where = uow.session.get_one(Institution, found.institution_id)
    sees = viewer.sight(Record.PREPARATION_DRAFT, where) >= Sight.STATUS
    return found.starts_at if sees or viewer.works_at(where) else None


def dialogues_to_open(uow: UnitOfWork, now: datetime) -> Sequence[Dialogue]:
    """The dialogues whose preparation opens now: "package released or 21 days before, whichever first"."""
    # Looked up for each that is to come: PostgreSQL would read all packages that there are for an EXISTS.
    released = (
        select(data_package.c.id)
        .where(
            data_package.c.institution_id == dialogue.c.institution_id,
            data_package.c.half_year == dialogue.c.half_year,
            data_package.c.state == PackageState.RELEASED,
        )
        .limit(1)
        .scalar_subquery()
    )
    return uow.session.scalars(
        select(Dialogue).where(
            dialogue.c.state == DialogueState.PLANNED,
            dialogue.c.starts_at > now,
            or_(dialogue.c.starts_at <= now + OPENS_BEFORE, released.is_not(None)),
        )
    ).all()


def next_dialogues_of(uow: UnitOfWork, viewer: Viewer, now: datetime) -> Sequence[tuple[Dialogue, Institution]]:
    """The next dialogue of each institution the viewer leads, soonest first."""
    led = {where.id: where for where in institutions_led_by(uow, viewer)}
    return [(each, led[where_id]) for where_id, each in next_dialogues_in(uow, led, now).items()]


def next_dialogues_in(uow: UnitOfWork, institution_ids: Iterable[UUID], now: datetime) -> dict[UUID, Dialogue]:
    """The next dialogue of each institution that is to be prepared or is going on, by institution, soonest first."""
    wanted = list(institution_ids)
    if not wanted:
        return {}
    coming = (
        select(dialogue)
        .where(
            dialogue.c.institution_id.in_(wanted),
            dialogue.c.starts_at >= now - LONGEST_MEETING,
            dialogue.c.state.in_(PREPARABLE),
        )
        .order_by(dialogue.c.starts_at)
    )
    first: dict[UUID, Dialogue] = {}
    for each in each_by(uow, coming, Dialogue):
        first.setdefault(each.institution_id, each)
    return first


def dialogues_between(uow: UnitOfWork, start: datetime, end: datetime) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues that can still be prepared and begin between two times, with their institutions, by time."""
    rows = uow.session.execute(
        select(Dialogue, Institution)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(
            dialogue.c.starts_at.between(start, end),
            dialogue.c.state.in_(PREPARABLE),
            or_(institution.c.ended_on.is_(None), institution.c.ended_on >= start.date()),
        )
        .order_by(dialogue.c.starts_at)
    )
    return [(each, where) for each, where in rows]


def dialogues_in_cycle(uow: UnitOfWork, where: Institution, cycle_id: UUID) -> Sequence[Dialogue]:
    """An institution's dialogues of one cycle, by time, cancelled ones left out."""
    return uow.session.scalars(
        select(Dialogue)
        .where(
            dialogue.c.institution_id == where.id,
            dialogue.c.cycle_id == cycle_id,
            dialogue.c.state != DialogueState.CANCELLED,
        )
        .order_by(dialogue.c.starts_at)
    ).all()


def dialogue_before(uow: UnitOfWork, later: Dialogue) -> Dialogue | None:
    """The institution's dialogue before this one, whichever cycle it belongs to."""
    return uow.session.scalar(
        select(Dialogue)
        .where(
            dialogue.c.institution_id == later.institution_id,
            dialogue.c.starts_at < later.starts_at,
            dialogue.c.state != DialogueState.CANCELLED,
        )
        .order_by(dialogue.c.starts_at.desc())
        .limit(1)
    )


def participants(uow: UnitOfWork, where: Institution, day: date) -> list[Person]:
    """Who takes part in the institution's dialogues by their role on the day."""
    return staff_on(uow, day, where).participants(where)


def dialogues_in_meeting(uow: UnitOfWork, link: str, now: datetime) -> Sequence[Dialogue]:
    """The dialogues that began within a day and whose place is this link to a Teams meeting."""
    return uow.session.scalars(
        select(Dialogue).where(
            dialogue.c.starts_at.between(now - timedelta(days=1), now),
            dialogue.c.place.contains(link, autoescape=True),
            dialogue.c.state != DialogueState.CANCELLED,
        )
    ).all()


def latest_begun_in(uow: UnitOfWork, institution_ids: Iterable[UUID], now: datetime) -> dict[UUID, Dialogue]:
    """The dialogue of each institution that began last, cancelled ones left out, by institution."""
    # Which they are is found in the index, and only they are loaded: of ten years' dialogues that is a twentieth.
    latest = (
        select(dialogue.c.institution_id, func.max(dialogue.c.starts_at).label("starts_at"))
        .where(
            dialogue.c.institution_id.in_(list(institution_ids)),
            dialogue.c.starts_at <= now,
            dialogue.c.state != DialogueState.CANCELLED,
        )
        .group_by(dialogue.c.institution_id)
        .subquery()
    )
    begun = select(dialogue).join(
        latest,
        (dialogue.c.institution_id == latest.c.institution_id)
        & (dialogue.c.starts_at == latest.c.starts_at)
        & (dialogue.c.state != DialogueState.CANCELLED),
    )
    return {each.institution_id: each for each in each_by(uow, begun, Dialogue)}


def latest_begun(uow: UnitOfWork, now: datetime) -> dict[UUID, tuple[UUID, datetime]]:
    """Which dialogue of each institution began last, and when, cancelled ones left out, by institution."""
    return {where: (each, starts_at) for where, each, starts_at in _LATEST_BEGUN.rows(uow, now=now)}


def lock(uow: UnitOfWork, about: Dialogue) -> None:
    """Until the end of the transaction nobody else decides in it, so that the second of two sees what the first did."""
    uow.session.scalar(select(dialogue.c.id).where(dialogue.c.id == about.id).with_for_update())


def addenda_of(uow: UnitOfWork, to: Dialogue) -> Sequence[tuple[Addendum, Person]]:
    """What was added after the dialogue was closed, oldest first, with who wrote it."""
    rows = uow.session.execute(
        select(Addendum, Person)
        .join(person, person.c.id == addendum.c.author_id)
        .where(addendum.c.dialogue_id == to.id)
        .order_by(addendum.c.written_at)
    )
    return [(each, author) for each, author in rows]
