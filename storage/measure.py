"""Measures in the database, each set going by one decision."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, select

from domain.access import Viewer
from domain.measure import Measure, MeasureState
from domain.organisation import Institution
from storage.organisation import institution
from storage.roles import for_leaders
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

measure = Table(
    "measure",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("decision_id", ForeignKey("decision.id"), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("owner", String(80), nullable=False),
    Column("due", Date, nullable=False),
    Column("focus_area_id", ForeignKey("focus_area.id"), index=True),
    Column("state", enum_type(MeasureState), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("ended_at", Utc),
    Column("ended_by", ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    Index("ix_measure_institution_id_state_due", "institution_id", "state", "due"),
    Index("ix_measure_state_due", "state", "due"),
)

registry.map_imperatively(Measure, measure, version_id_col=measure.c.version)


def measures_of(uow: UnitOfWork, where: Institution, *, open_only: bool = True) -> Sequence[Measure]:
    """The institution's measures, or the open ones, by the day they are due."""
    query = select(Measure).where(measure.c.institution_id == where.id).order_by(measure.c.due, measure.c.id)
    if open_only:
        query = query.where(measure.c.state == MeasureState.OPEN)
    return uow.session.scalars(query).all()


def open_measures(uow: UnitOfWork) -> Sequence[tuple[Measure, Institution]]:
    """Every measure that is going on, with its institution, for the clock."""
    rows = uow.session.execute(
        select(Measure, Institution)
        .join(institution, institution.c.id == measure.c.institution_id)
        .where(measure.c.state == MeasureState.OPEN, institution.c.ended_on.is_(None))
        .order_by(measure.c.due)
    )
    return [(each, where) for each, where in rows]


def measure_to_write(uow: UnitOfWork, viewer: Viewer, measure_id: UUID) -> tuple[Measure, Institution]:
    """The measure and its institution, for the leaders there; `NotAllowed` for everyone else."""
    return for_leaders(uow, viewer, Measure, measure_id)


def measure_set_by(uow: UnitOfWork, decision_id: UUID) -> Measure | None:
    return uow.session.scalar(select(Measure).where(measure.c.decision_id == decision_id))
