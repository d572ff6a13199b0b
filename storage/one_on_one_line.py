"""The line that binds the chief and the leader of a 1:1: whom it opens for, and where it has broken."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, exists, not_, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Pair, Record, Viewer
from domain.errors import NotAllowed
from domain.one_on_one import COMING, OneOnOne
from domain.organisation import Institution, Person, Role, a_to_aa
from storage.one_on_one import one_on_one
from storage.organisation import institution, institutions_with_ids, person, role_assignment
from storage.roles import institutions_led_by, viewer_on
from storage.unit_of_work import UnitOfWork


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
