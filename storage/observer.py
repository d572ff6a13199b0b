"""Who may be invited to observe, and who has been there or said no."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    or_,
    select,
)

from domain.errors import Expired
from domain.focus_area import FocusAreaState
from domain.observation import Observation, ObservationState
from domain.observer import Candidate, may_observe
from domain.organisation import Institution, Role
from storage.focus_area import focus_area
from storage.observation import observation, observed_at
from storage.organisation import institution, person, person_with_id, role_assignment
from storage.roles import covers, in_force, is_active, viewer_on
from storage.unit_of_work import UnitOfWork


def candidates_for(uow: UnitOfWork, host: Institution, day: date, since: datetime) -> Sequence[Candidate]:
    """Everybody who may be invited there on the day (I15), each once; `used` counts their visits since then."""
    used = _times_used(uow, host, since)
    same_theme = _institutions_with_theme_of(uow, host)
    in_the_house = (
        select(role_assignment.c.person_id)
        .where(
            in_force(day),
            or_(
                and_(role_assignment.c.role.in_((Role.LEADER, Role.OBSERVER, Role.CHIEF)), covers(host)),
                and_(
                    role_assignment.c.role == Role.ADMINISTRATION,
                    or_(
                        role_assignment.c.institution_id == host.id,
                        role_assignment.c.area_id == host.area_id,
                    ),
                ),
                role_assignment.c.institution_id == host.id,
                _is_led_with(host, day),
            ),
        )
        .scalar_subquery()
    )
    rows = uow.session.execute(
        select(
            person.c.id,
            person.c.name,
            institution.c.id,
            institution.c.name,
            institution.c.type,
            institution.c.area_id,
        )
        .join(role_assignment, role_assignment.c.person_id == person.c.id)
        .join(institution, institution.c.id == role_assignment.c.institution_id)
        .where(
            role_assignment.c.role.in_((Role.LEADER, Role.OBSERVER)),
            in_force(day),
            is_active(day),
            or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day),
            person.c.id.not_in(in_the_house),
        )
        .order_by(institution.c.name)
    )
    found: dict[UUID, Candidate] = {}
    for person_id, name, institution_id, where, kind, area_id in rows:
        found.setdefault(
            person_id,
            Candidate(
                person_id=person_id,
                name=name,
                institution_id=institution_id,
                institution=where,
                type=kind,
                area_id=area_id,
                has_same_theme=institution_id in same_theme,
                used=used.get(person_id, 0),
            ),
        )
    return list(found.values())


def require_fit(uow: UnitOfWork, about: Observation, host: Institution, day: date) -> None:
    """I15 and R-45 by the observer's roles of the day, whoever presses; `Expired` where they may not observe there."""
    observer = person_with_id(uow, about.observer_id) if about.observer_id else None
    if observer is None or not may_observe(viewer_on(uow, observer, day).roles, host):
        raise Expired("observer_unfit")
    of_observer = (role_assignment.c.person_id == observer.id, in_force(day))
    if uow.session.scalar(select(role_assignment.c.id).where(*of_observer, _is_led_with(host, day)).limit(1)):
        raise Expired("observer_unfit")


def _is_led_with(host: Institution, day: date) -> ColumnElement[bool]:
    """R-45: "nor one they lead or share leadership with": that a role is where a leader of the host leads as well.

    Either of the two may lead by area.
    """
    held, leads = role_assignment.c, (role_assignment.c.role == Role.LEADER, in_force(day))
    leaders = select(held.person_id).where(*leads, covers(host)).correlate(None)
    led = (
        select(institution.c.id, institution.c.area_id)
        .join(role_assignment, or_(held.institution_id == institution.c.id, held.area_id == institution.c.area_id))
        .where(*leads, held.person_id.in_(leaders))
        .correlate(None)
        .subquery()
    )
    return or_(
        held.institution_id.in_(select(led.c.id)),
        and_(held.role == Role.LEADER, held.area_id.in_(select(led.c.area_id))),
    )


def unwilling_at(uow: UnitOfWork, host: Institution, since: datetime) -> set[UUID]:
    """Those who declined an invitation there since then, or let one expire; not where the host owed the answer."""
    query = (
        select(observation.c.observer_id)
        .where(
            observation.c.institution_id == host.id,
            observation.c.observer_id.is_not(None),
            observation.c.asked_at >= since,
            or_(
                observation.c.state == ObservationState.DECLINED,
                and_(observation.c.state == ObservationState.EXPIRED, observation.c.is_host_asked.is_(False)),
            ),
        )
        .distinct()
    )
    return set(uow.session.scalars(query))


def _times_used(uow: UnitOfWork, host: Institution, since: datetime) -> dict[UUID, int]:
    """How often each has observed there, or is about to, since then."""
    rows = uow.session.execute(
        select(observation.c.observer_id, func.count())
        .where(
            observation.c.institution_id == host.id,
            observation.c.state.in_((ObservationState.AGREED, ObservationState.DONE)),
            observed_at >= since,
        )
        .group_by(observation.c.observer_id)
    )
    return {row[0]: row[1] for row in rows}


def _institutions_with_theme_of(uow: UnitOfWork, host: Institution) -> set[UUID]:
    """The institutions with an active focus area close to a theme of one of the host's."""
    theirs = focus_area.alias("theirs")
    query = (
        select(theirs.c.institution_id)
        .join(focus_area, focus_area.c.theme_id == theirs.c.theme_id)
        .where(
            focus_area.c.institution_id == host.id,
            focus_area.c.state != FocusAreaState.CLOSED,
            theirs.c.institution_id != host.id,
            theirs.c.state != FocusAreaState.CLOSED,
        )
        .distinct()
    )
    return set(uow.session.scalars(query))
