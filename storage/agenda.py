"""The lines of agendas: what each of the two added, and what is kept with a shared note."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Uuid, exists, select

from domain.access import Record, Sight, Viewer
from domain.agenda import AgendaItem, AgendaSource
from domain.errors import NotAllowed
from domain.one_on_one import NOTED, OneOnOne, OneOnOneState
from storage.one_on_one import next_of_pair, one_on_one
from storage.one_on_one_line import pair_of
from storage.sealed import SealedText
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

agenda_item = Table(
    "agenda_item",
    metadata,
    identity(),
    Column("one_on_one_id", ForeignKey("one_on_one.id"), nullable=False),
    Column("text", SealedText("agenda_item.text"), nullable=False),
    Column("added_by", ForeignKey("person.id"), nullable=False),
    Column("added_at", Utc, nullable=False),
    Column("source", enum_type(AgendaSource), nullable=False),
    Column("source_id", Uuid()),
    Column("is_private", Boolean, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("carried_from", ForeignKey("agenda_item.id"), unique=True),
    Column("version", Integer, nullable=False),
    Index("ix_agenda_item_one_on_one_id_added_at", "one_on_one_id", "added_at"),
)

registry.map_imperatively(AgendaItem, agenda_item, version_id_col=agenda_item.c.version)


def items_of(uow: UnitOfWork, about: OneOnOne) -> Sequence[AgendaItem]:
    """Every line of the agenda, oldest first: for counting and for carrying over, not for showing."""
    return uow.session.scalars(
        select(AgendaItem)
        .where(agenda_item.c.one_on_one_id == about.id)
        .order_by(agenda_item.c.added_at, agenda_item.c.id)
    ).all()


def items_seen_by(uow: UnitOfWork, viewer: Viewer, about: OneOnOne, now: datetime) -> Sequence[AgendaItem]:
    """The lines that this one of the two may see now: theirs, the shared ones, and all once the meeting has begun."""
    pair = pair_of(uow, about, viewer.day)

    def is_seen(item: AgendaItem) -> bool:
        record = Record.PRIVATE_ITEM if item.is_kept_private(about, now) else Record.ONE_ON_ONE
        return viewer.sight_in(record, pair, author_id=item.added_by) is Sight.FULL

    return [each for each in items_of(uow, about) if is_seen(each)]


def item_of_author(uow: UnitOfWork, item_id: UUID, person_id: UUID) -> AgendaItem:
    """A line that the person added; `NotAllowed` for somebody else's, and for none."""
    found = uow.session.get(AgendaItem, item_id)
    if found is None:
        raise NotAllowed
    found.require_author(person_id)
    return found


def has_carried(uow: UnitOfWork, about: OneOnOne, to: OneOnOne) -> bool:
    """Whether something of the first agenda stands on the other."""
    carried = agenda_item.alias()
    moved = select(carried.c.id).join(agenda_item, agenda_item.c.id == carried.c.carried_from)
    found = moved.where(carried.c.one_on_one_id == to.id, agenda_item.c.one_on_one_id == about.id)
    return uow.session.scalar(found.limit(1)) is not None


def carry_over(uow: UnitOfWork, chief_id: UUID, leader_id: UUID, now: datetime) -> None:
    """Puts what the pair did not reach, or could not since it was called off, on their next agenda, each line once."""
    following = next_of_pair(uow, chief_id, leader_id, now)
    if following is None:
        return
    later = agenda_item.alias()
    rows = uow.session.execute(
        select(AgendaItem, OneOnOne)
        .join(one_on_one, one_on_one.c.id == agenda_item.c.one_on_one_id)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.leader_id == leader_id,
            one_on_one.c.state.in_((*NOTED, OneOnOneState.CANCELLED)),
            agenda_item.c.source == AgendaSource.MANUAL,
            agenda_item.c.done.is_(False),
            ~exists().where(later.c.carried_from == agenda_item.c.id),
        )
        .order_by(agenda_item.c.added_at)
    ).all()
    uow.add(*(item.carry(following, now, was_seen=about.is_noted) for item, about in rows))
    uow.session.flush()
