"""Observations, from the draft of an invitation to the visit, and who may open one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    and_,
    false,
    func,
    or_,
    select,
)

from domain.access import Record, Relation, Sight, Viewer
from domain.appointment import Slot
from domain.errors import NotAllowed
from domain.invitation import InvitationStep, What, When, Whom
from domain.observation import OPEN, UNANSWERED, Observation, ObservationState
from domain.organisation import Institution
from storage.organisation import institution
from storage.types import Document, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(kept)


def _id(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None


def _dump_slot(slot: Slot) -> list[str | None]:
    return [slot.day.isoformat() if slot.day else None, slot.clock.isoformat() if slot.clock else None]


def _load_slot(kept: list[Any]) -> Slot:
    day, clock = kept
    return Slot(date.fromisoformat(day) if day else None, time.fromisoformat(clock) if clock else None)


observation = Table(
    "observation",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("host_id", ForeignKey("person.id"), nullable=False),
    Column("guide_id", ForeignKey("observation_guide.id"), nullable=False),
    Column("state", enum_type(ObservationState), nullable=False),
    Column("step", enum_type(InvitationStep), nullable=False),
    Column(
        "whom",
        Document(
            lambda step: {"observer_id": str(step.observer_id) if step.observer_id else None},
            lambda kept: Whom(observer_id=_id(kept["observer_id"])),
        ),
        nullable=False,
    ),
    Column(
        "what",
        Document(
            lambda step: {
                "where": step.where,
                "focus": step.focus,
                "points": list(step.points),
                "focus_area_id": str(step.focus_area_id) if step.focus_area_id else None,
            },
            lambda kept: What(
                where=kept["where"],
                focus=kept["focus"],
                points=tuple(kept["points"]),
                focus_area_id=_id(kept["focus_area_id"]),
            ),
        ),
        nullable=False,
    ),
    Column(
        "when",
        Document(
            lambda step: {
                "slots": [_dump_slot(each) for each in step.slots],
                "minutes": step.minutes,
                "informed": step.informed,
            },
            lambda kept: When(
                slots=tuple(_load_slot(each) for each in kept["slots"]),
                minutes=kept["minutes"],
                informed=kept["informed"],
            ),
        ),
        nullable=False,
    ),
    Column("written_at", Utc),
    Column("observer_id", ForeignKey("person.id")),
    Column("observer_institution_id", ForeignKey("institution.id")),
    Column(
        "offered",
        Document(
            lambda times: [each.isoformat() for each in times], lambda kept: tuple(_moment(each) for each in kept)
        ),
        nullable=False,
    ),
    Column("minutes", Integer, nullable=False),
    Column("asked_at", Utc),
    Column("is_host_asked", Boolean, nullable=False),
    Column("starts_at", Utc),
    Column("changed_at", Utc),
    Column("is_informed", Boolean, nullable=False),
    Column("done_at", Utc),
    Column("oral_on", Date),
    Column("feedback_due", Date),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Index(
        "ix_observation_institution_id_state_done_at",
        "institution_id",
        "state",
        "done_at",
        "starts_at",
        "asked_at",
        "oral_on",
    ),  # fmt: skip
    Index("ix_observation_observer_id_state", "observer_id", "state"),
    Index("ix_observation_state_starts_at", "state", "starts_at"),
)

registry.map_imperatively(Observation, observation, version_id_col=observation.c.version)

# When it is or was, else when it was asked for. Where one institution's are wanted, SQLite would look for them among
# everybody's of the period by the column alone, which has an index for the clock.
observed_at = func.coalesce(observation.c.starts_at, observation.c.asked_at)
# By the institution first, or one institution's would be looked for among everybody's by this index instead.
Index("ix_observation_institution_id_observed_at", observation.c.institution_id, observed_at)


def observation_for(uow: UnitOfWork, viewer: Viewer, observation_id: UUID) -> tuple[Observation, Institution]:
    """The observation and its host as the two who arrange it may read them; `NotAllowed` for all others, and for none.

    They are the leaders of the host and the observer; a draft is its author's alone.
    """
    found = uow.session.get(Observation, observation_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    if found.is_draft:
        # It can only be sent by somebody who leads there.
        own = viewer.if_author(found.host_id) if viewer.leads(where) else set()
        viewer.require(Record.OBSERVATION_DRAFT, where, also=own)
    else:
        viewer.require(Record.OBSERVATION, where, also=_if_observer(viewer, found))
    return found, where


def observation_of_host(uow: UnitOfWork, viewer: Viewer, observation_id: UUID) -> tuple[Observation, Institution]:
    """The same for the leaders of the host."""
    found, where = observation_for(uow, viewer, observation_id)
    if not viewer.leads(where):
        raise NotAllowed
    return found, where


def observation_of_observer(uow: UnitOfWork, viewer: Viewer, observation_id: UUID) -> tuple[Observation, Institution]:
    """The same for the observer, and nobody to whom a card was forwarded."""
    found, where = observation_for(uow, viewer, observation_id)
    if not is_observer(viewer, found):
        raise NotAllowed
    return found, where


def is_observer(viewer: Viewer, about: Observation) -> bool:
    """Whether the viewer is who was invited, and still has any role with the municipality's children and youth."""
    return about.observer_id == viewer.person_id and bool(viewer.roles)


def is_visitor(viewer: Viewer) -> ColumnElement[bool]:
    """The same as a condition; I32: whoever has no role any more observes nobody."""
    return observation.c.observer_id == viewer.person_id if viewer.roles else false()


def _if_observer(viewer: Viewer, about: Observation) -> set[Relation]:
    return {Relation.VISITOR} if is_observer(viewer, about) else set()


def draft_of(uow: UnitOfWork, viewer: Viewer, where: Institution) -> Observation | None:
    """The invitation that the viewer has begun at this institution and not sent."""
    return uow.session.scalar(
        select(Observation)
        .where(
            observation.c.host_id == viewer.person_id,
            observation.c.institution_id == where.id,
            observation.c.state == ObservationState.DRAFT,
        )
        .order_by(observation.c.id)
        .limit(1)
    )


def observations_to_answer(
    uow: UnitOfWork, viewer: Viewer, led: Iterable[UUID]
) -> Sequence[tuple[Observation, Institution]]:
    """What waits for the viewer's answer: invitations to them, and other times proposed to those they lead."""
    to_me = and_(is_visitor(viewer), observation.c.state == ObservationState.INVITED)
    to_us = and_(observation.c.institution_id.in_(list(led)), observation.c.state == ObservationState.COUNTERED)
    rows = uow.session.execute(with_host().where(or_(to_me, to_us)).order_by(observation.c.asked_at))
    return [(each, where) for each, where in rows]


def observations_of(
    uow: UnitOfWork, viewer: Viewer, places: Iterable[Institution], *, limit: int = 20
) -> Sequence[tuple[Observation, Institution]]:
    """The observations that the viewer takes part in, at these institutions or as observer, newest first."""
    led = [where.id for where in places if viewer.leads(where)]
    rows = uow.session.execute(
        with_host()
        .where(
            or_(observation.c.institution_id.in_(led), is_visitor(viewer)),
            observation.c.state != ObservationState.DRAFT,
        )
        .order_by(func.coalesce(observation.c.starts_at, observation.c.asked_at).desc())
        .limit(limit)
    )
    return [(each, where) for each, where in rows]


def observations_seen_by_word(
    uow: UnitOfWork, viewer: Viewer, places: Iterable[Institution], since: datetime
) -> Sequence[tuple[Observation, Institution]]:
    """Those of which a chief or the administration is told how far they are, by host and time.

    What came to nothing is left out: who declined, and what was cancelled, is nobody else's business.
    """
    seen = [where.id for where in places if viewer.sight(Record.OBSERVATION, where) >= Sight.STATUS]
    rows = uow.session.execute(
        with_host()
        .where(
            observation.c.institution_id.in_(seen),
            observation.c.state.in_((*OPEN, ObservationState.DONE)),
            func.coalesce(observation.c.starts_at, observation.c.asked_at) >= since,
        )
        .order_by(func.coalesce(observation.c.starts_at, observation.c.asked_at))
    )
    return [(each, where) for each, where in rows]


def unanswered_observations(uow: UnitOfWork) -> Sequence[tuple[Observation, Institution]]:
    """Every invitation that waits for an answer, for the clock."""
    rows = uow.session.execute(with_host().where(observation.c.state.in_(UNANSWERED)))
    return [(each, where) for each, where in rows]


def expired_observations(uow: UnitOfWork, since: datetime) -> Sequence[tuple[Observation, Institution]]:
    """The invitations that were sent since then and expired, for the clock."""
    rows = uow.session.execute(
        with_host().where(observation.c.state == ObservationState.EXPIRED, observation.c.asked_at >= since)
    )
    return [(each, where) for each, where in rows]


def with_host() -> Any:
    """Observations, each with its host."""
    return select(Observation, Institution).join(institution, institution.c.id == observation.c.institution_id)
