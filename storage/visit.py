"""Visits as they come and go on, and the notes of one, which are its author's alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, delete, select

from domain.access import Viewer
from domain.observation import Observation, ObservationState
from domain.organisation import Institution
from domain.visit import Note
from storage.observation import is_visitor, observation, with_host
from storage.retention import held_people
from storage.sealed import SealedText
from storage.types import Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

visit_note = Table(
    "visit_note",
    metadata,
    identity(),
    Column("observation_id", ForeignKey("observation.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("text", SealedText("visit_note.text"), nullable=False),
    Column("carried", Boolean),
    Index("ix_visit_note_observation_id_author_id", "observation_id", "author_id"),
)

registry.map_imperatively(Note, visit_note)


def visits_since(uow: UnitOfWork, since: datetime) -> Sequence[tuple[Observation, Institution]]:
    """Every visit that is agreed on or has taken place since then, for the clock."""
    rows = uow.session.execute(
        with_host().where(
            observation.c.state.in_((ObservationState.AGREED, ObservationState.DONE)),
            observation.c.starts_at >= since,
        )
    )
    return [(each, where) for each, where in rows]


def visits_going_on(uow: UnitOfWork, viewer: Viewer, since: datetime, until: datetime) -> Sequence[Observation]:
    """The viewer's own visits that begin between the two times, the latest first."""
    return uow.session.scalars(
        select(Observation)
        .where(
            is_visitor(viewer),
            observation.c.state.in_((ObservationState.AGREED, ObservationState.DONE)),
            observation.c.starts_at.between(since, until),
        )
        .order_by(observation.c.starts_at.desc())
    ).all()


def visits_to_come(uow: UnitOfWork, viewer: Viewer, now: datetime) -> Sequence[tuple[Observation, Institution]]:
    """The visits that the viewer has agreed to make and that have not begun, the next one first."""
    rows = uow.session.execute(
        with_host()
        .where(
            is_visitor(viewer),
            observation.c.state == ObservationState.AGREED,
            observation.c.starts_at > now,
        )
        .order_by(observation.c.starts_at)
    )
    return [(each, where) for each, where in rows]


def noted_visits(uow: UnitOfWork, viewer: Viewer, since: datetime) -> Sequence[Observation]:
    """The viewer's own visits since then of which there are notes, the latest first; one that was cancelled, too."""
    noted = select(visit_note.c.observation_id).where(visit_note.c.author_id == viewer.person_id)
    return uow.session.scalars(
        select(Observation)
        .where(is_visitor(viewer), observation.c.id.in_(noted), observation.c.starts_at >= since)
        .order_by(observation.c.starts_at.desc())
    ).all()


def notes_of(uow: UnitOfWork, viewer: Viewer, about: Observation) -> Sequence[Note]:
    """The viewer's own notes of the visit, oldest first; nobody else's can be asked for (I20)."""
    return uow.session.scalars(
        select(Note)
        .where(visit_note.c.observation_id == about.id, visit_note.c.author_id == viewer.person_id)
        .order_by(visit_note.c.written_at, visit_note.c.id)
    ).all()


def forget_notes(uow: UnitOfWork, about: Observation, *, but: Iterable[UUID] = ()) -> None:
    """Deletes the notes of the visit, but for these, and for all while a hold of one of the two is on (I34)."""
    if held_people(uow).has(about.host_id, about.observer_id):
        return
    of_visit, kept = visit_note.c.observation_id == about.id, list(but)
    uow.session.execute(delete(Note).where(of_visit, visit_note.c.id.not_in(kept) if kept else of_visit))
