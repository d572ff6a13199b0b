"""Who has led an institution when, and the agreements that a change of leader leaves with nobody there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from domain.agreement import Agreement, AgreementState
from domain.errors import NotAllowed
from domain.handover import KNOWN_FOR, Handover, Held, handovers
from domain.organisation import Institution, Person, Role, RoleAssignment
from storage.agreement import agreement
from storage.organisation import institution, person, role_assignment
from storage.roles import in_force
from storage.unit_of_work import UnitOfWork


def handovers_at(uow: UnitOfWork, places: Iterable[Institution], today: date) -> dict[UUID, list[Handover]]:
    """The new leaders of these institutions, by institution, each by the day they began."""
    by_id = {where.id: where for where in places}
    history: dict[UUID, list[Held]] = defaultdict(list)
    rows = uow.session.execute(
        select(RoleAssignment, Person)
        .join(person, person.c.id == role_assignment.c.person_id)
        .where(
            role_assignment.c.role == Role.LEADER,
            role_assignment.c.institution_id.in_(list(by_id)),
            role_assignment.c.from_on <= today,
        )
    )
    for assignment, leader in rows:
        if assignment.institution_id is not None:
            history[assignment.institution_id].append((assignment, leader))
    return {where_id: handovers(where, history[where_id], today) for where_id, where in by_id.items()}


def new_leader(uow: UnitOfWork, assignment_id: UUID, today: date) -> Handover:
    """The one who began with this role and is still new; `NotAllowed` for any other id."""
    assignment = uow.session.get(RoleAssignment, assignment_id)
    at = assignment.institution_id if assignment else None
    where = uow.session.get(Institution, at) if at else None
    if assignment is None or where is None or assignment.role is not Role.LEADER:
        raise NotAllowed
    for each in handovers_at(uow, [where], today)[where.id]:
        if each.assignment_id == assignment_id:
            return each
    raise NotAllowed


def places_with_new_leaders(uow: UnitOfWork, today: date) -> Sequence[Institution]:
    """The open institutions where somebody's leading began lately, for the clock."""
    # Somebody may lead beside the one who leaves for as long as the change is news, before it has happened.
    since = today - 2 * KNOWN_FOR
    # Looked up once: asked of each institution, SQLite would go through all leaders as often.
    begun = select(role_assignment.c.institution_id).where(
        role_assignment.c.role == Role.LEADER,
        role_assignment.c.institution_id.is_not(None),
        role_assignment.c.from_on.between(since, today),
    )
    is_open = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= today)
    return uow.session.scalars(select(Institution).where(institution.c.id.in_(begun), is_open)).all()


def agreements_left_at(uow: UnitOfWork, institution_ids: Iterable[UUID], today: date) -> Sequence[Agreement]:
    """The open agreements of leaders who do not lead the institution any more, by the day they are due (I23)."""
    leads = exists().where(
        role_assignment.c.person_id == agreement.c.leader_id,
        role_assignment.c.role == Role.LEADER,
        role_assignment.c.institution_id == agreement.c.institution_id,
        in_force(today),
    )
    return uow.session.scalars(
        select(Agreement)
        .where(
            agreement.c.institution_id.in_(list(institution_ids)),
            agreement.c.state == AgreementState.OPEN,
            ~leads,
        )
        .order_by(agreement.c.due, agreement.c.id)
    ).all()


def agreements_settled_at(
    uow: UnitOfWork, where: Institution, former: Iterable[UUID], since: datetime
) -> Sequence[Agreement]:
    """What has become of the agreements of these former leaders: those that moved, and those dropped since then."""
    ids = list(former)
    moved = agreement.c.moved_from.in_(ids)
    dropped = and_(
        agreement.c.leader_id.in_(ids),
        agreement.c.state == AgreementState.DROPPED,
        agreement.c.ended_at >= since,
    )
    return uow.session.scalars(
        select(Agreement)
        .where(agreement.c.institution_id == where.id, or_(moved, dropped))
        .order_by(agreement.c.due, agreement.c.id)
    ).all()


def agreements_handed_to(uow: UnitOfWork, where: Institution, leader_id: UUID) -> Sequence[Agreement]:
    """The open agreements about the institution that came to this leader from a former one, by the day they are due."""
    return uow.session.scalars(
        select(Agreement)
        .where(
            agreement.c.institution_id == where.id,
            agreement.c.leader_id == leader_id,
            agreement.c.moved_from.is_not(None),
            agreement.c.state == AgreementState.OPEN,
        )
        .order_by(agreement.c.due, agreement.c.id)
    ).all()
