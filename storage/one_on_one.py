"""1:1s of a chief and a leader, and the line that binds the two."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.sql import ColumnElement

from domain.access import Pair, Record, Viewer
from domain.errors import NotAllowed
from domain.note import Note
from domain.one_on_one import COMING, NOTED, OneOnOne, OneOnOneState
from domain.organisation import Institution, Person, Role, RoleAssignment, a_to_aa
from storage.among import among
from storage.asked import each_by
from storage.organisation import found_with_people, institution, institutions_with_ids, person, role_assignment
from storage.roles import in_force, institutions_led_by, institutions_of_chief, is_active, viewer_on
from storage.sealed import SealedDocument
from storage.shaped import shaped
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


def one_on_one_for(uow: UnitOfWork, viewer: Viewer, one_on_one_id: UUID) -> tuple[OneOnOne, Pair]:
    """The 1:1 and its pair as one of the two may open it; `NotAllowed` for everyone else, and for none (I24)."""
    found = uow.session.get(OneOnOne, one_on_one_id)
    if found is None:
        raise NotAllowed
    pair = pair_of(uow, found, viewer.day)
    viewer.require_in(Record.ONE_ON_ONE, pair)
    return found, pair


def pair_of(uow: UnitOfWork, about: OneOnOne, day: date) -> Pair:
    """The two, with the institutions that bind them.

    Those that the note is about, once it is shared. Before, those of the meeting's own date and of the day; where the
    line is broken, those it was planned for.
    """
    places: Iterable[Institution] = ()
    if not about.is_noted:
        bound = [places_between(uow, about.chief_id, about.leader_id, each) for each in (about.meets_on, day)]
        places = {where.id: where for each in bound for where in each}.values()
    if not places:
        places = institutions_with_ids(uow, about.institution_ids).values()
    by_name = sorted(places, key=lambda each: a_to_aa(each.name))
    return Pair(chief_id=about.chief_id, leader_id=about.leader_id, places=tuple(by_name))


def places_between(uow: UnitOfWork, chief_id: UUID, leader_id: UUID, day: date) -> tuple[Institution, ...]:
    """I22: the institutions of the leader for which the chief has responsibility on the day, A to Å."""
    chief = uow.session.get(Person, chief_id)
    leader = uow.session.get(Person, leader_id)
    if chief is None or leader is None or not (chief.is_active(day) and leader.is_active(day)) or chief is leader:
        return ()
    # Of the chief's, which may be hundreds, the few that the leader leads are not looked for.
    answers = viewer_on(uow, chief, day)
    return tuple(each for each in institutions_led_by(uow, viewer_on(uow, leader, day)) if answers.is_chief_of(each))


def leaders_of_chief(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Person, tuple[Institution, ...]]]:
    """The leaders in the viewer's responsibility as chief, with those institutions of theirs, A to Å by name."""
    places = institutions_of_chief(uow, viewer)
    if not places:
        return []
    areas = {where.area_id for where in places}
    rows = found_with_people(uow, _other_leaders(viewer.person_id, viewer.day, areas), RoleAssignment, Person)
    found: dict[UUID, tuple[Person, dict[UUID, Institution]]] = {}
    by_id = {where.id: where for where in places}
    for held, leader in rows:
        # Most lead one institution: of hundreds there is then no need to go through all for each leader.
        near = filter(None, [by_id.get(held.institution_id)]) if held.institution_id else places
        led = {where.id: where for where in near if held.covers(where)}
        if led:
            found.setdefault(leader.id, (leader, {}))[1].update(led)
    by_name = sorted(found.values(), key=lambda each: a_to_aa(each[0].name))
    return [(leader, tuple(sorted(led.values(), key=lambda each: a_to_aa(each.name)))) for leader, led in by_name]


def leads_others(uow: UnitOfWork, viewer: Viewer, leader_id: UUID) -> bool:
    """Whether there are leaders in the viewer's responsibility as chief besides this one and the viewer.

    As `leaders_of_chief` finds them, without reading all of them.
    """
    answers = [held for held in viewer.roles if held.role is Role.CHIEF]
    if not answers:
        return False
    reach, where = role_assignment.c, institution.c
    theirs = [
        where.id == held.institution_id
        if held.institution_id
        else where.area_id == held.area_id
        if held.area_id
        else true()
        for held in answers
    ]
    leads = or_(
        reach.institution_id == where.id,
        reach.area_id == where.area_id,
        and_(reach.institution_id.is_(None), reach.area_id.is_(None)),
    )
    other = (
        select(reach.id)
        .join(person, person.c.id == reach.person_id)
        .join(institution, leads)
        .where(
            reach.role == Role.LEADER,
            in_force(viewer.day),
            is_active(viewer.day),
            person.c.id.not_in((viewer.person_id, leader_id)),
            or_(where.ended_on.is_(None), where.ended_on >= viewer.day),
            or_(*theirs),
        )
    )
    return uow.session.scalar(other.limit(1)) is not None


@shaped
def _other_leaders(person_id: UUID, day: date, area_ids: Collection[UUID]) -> Select[Any]:
    """Those who lead something in one of the areas, or everything."""
    reach = role_assignment.c
    near = select(institution.c.id).where(among(institution.c.area_id, area_ids))
    return (
        select(role_assignment, person)
        .join(person, person.c.id == role_assignment.c.person_id)
        .where(
            reach.role == Role.LEADER,
            or_(
                reach.institution_id.in_(near),
                among(reach.area_id, area_ids),
                and_(reach.institution_id.is_(None), reach.area_id.is_(None)),
            ),
            in_force(day),
            or_(person.c.ended_on.is_(None), person.c.ended_on >= day),
            person.c.id != person_id,
        )
    )


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


def met_of(uow: UnitOfWork, person_id: UUID, since: datetime, now: datetime) -> Sequence[tuple[UUID, UUID]]:
    """The pairs of chief and leader, with the person as one of them, that have met since then, the latest first."""
    pair = (one_on_one.c.chief_id, one_on_one.c.leader_id)
    rows = uow.session.execute(
        select(*pair)
        .where(
            or_(one_on_one.c.chief_id == person_id, one_on_one.c.leader_id == person_id),
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.starts_at.between(since, now),
        )
        .group_by(*pair)
        .order_by(func.max(one_on_one.c.starts_at).desc())
    ).all()
    return [(chief_id, leader_id) for chief_id, leader_id in rows]


def leaders_met(uow: UnitOfWork, chief_id: UUID, since: datetime, now: datetime) -> frozenset[UUID]:
    """With whom the chief has had a 1:1 that began in this time and was not cancelled."""
    query = (
        select(one_on_one.c.leader_id)
        .where(
            one_on_one.c.chief_id == chief_id,
            one_on_one.c.state != OneOnOneState.CANCELLED,
            one_on_one.c.starts_at.between(since, now),
        )
        .distinct()
    )
    return frozenset(uow.session.scalars(query))


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


def one_on_ones_in(
    uow: UnitOfWork, states: Iterable[OneOnOneState], start: datetime, end: datetime
) -> Sequence[OneOnOne]:
    """Everybody's 1:1s in these states that begin between two times, by time, for the clock."""
    return uow.session.scalars(
        select(OneOnOne)
        .where(one_on_one.c.state.in_(list(states)), one_on_one.c.starts_at.between(start, end))
        .order_by(one_on_one.c.starts_at)
    ).all()


def out_of_line(uow: UnitOfWork, now: datetime) -> Sequence[OneOnOne]:
    """Everybody's coming 1:1s whose two are in no line on the day of the meeting, as the roles stand, for the clock."""
    return uow.session.scalars(
        select(OneOnOne)
        .where(
            one_on_one.c.state.in_(COMING),
            one_on_one.c.starts_at > now,
            not_(_are_in_line(one_on_one.c.meets_on)),
        )
        .order_by(one_on_one.c.starts_at)
    ).all()


def was_bound_until(uow: UnitOfWork, about: OneOnOne) -> date | None:
    """The last day before the meeting on which a role of the two, one of them or an institution of theirs ended.

    None where nothing has: an institution may have moved to another area.
    """
    roles = select(role_assignment.c.to_on).where(
        or_(
            and_(role_assignment.c.person_id == about.chief_id, role_assignment.c.role == Role.CHIEF),
            and_(role_assignment.c.person_id == about.leader_id, role_assignment.c.role == Role.LEADER),
        ),
    )
    people = select(person.c.ended_on).where(person.c.id.in_((about.chief_id, about.leader_id)))
    places = select(institution.c.ended_on).where(institution.c.id.in_(about.institution_ids))
    ends = uow.session.scalars(roles.union_all(people, places))
    return max((each for each in ends if each and each < about.meets_on), default=None)


def _are_in_line(day: ColumnElement[date]) -> ColumnElement[bool]:
    """The condition that the two of a 1:1 are bound by an open institution on the day, as `places_between` finds it."""

    def holds(role: Role, someone: ColumnElement[UUID]) -> ColumnElement[bool]:
        held, who = role_assignment.alias(), person.alias()
        reach = or_(
            held.c.institution_id == institution.c.id,
            held.c.area_id == institution.c.area_id,
            and_(held.c.institution_id.is_(None), held.c.area_id.is_(None), held.c.network.is_(None)),
        )
        return (
            exists()
            .where(
                who.c.id == someone,
                or_(who.c.ended_on.is_(None), who.c.ended_on >= day),
                held.c.person_id == someone,
                held.c.role == role,
                held.c.from_on <= day,
                or_(held.c.to_on.is_(None), held.c.to_on >= day),
                reach,
            )
            .correlate(one_on_one, institution)
        )

    return (
        exists()
        .where(
            or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day),
            holds(Role.CHIEF, one_on_one.c.chief_id),
            holds(Role.LEADER, one_on_one.c.leader_id),
        )
        .correlate(one_on_one)
    )
