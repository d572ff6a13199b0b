"""Focus areas: which there are, and who may read and write them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, exists, select

from domain.access import Record, Viewer
from domain.cycle import Cycle
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.errors import NotAllowed
from domain.focus_area import Closing, FocusArea, FocusAreaState
from domain.organisation import Institution
from domain.period import HalfYear
from domain.reflection import Reflection
from storage.asked import found_by
from storage.compiled import Compiled
from storage.cycle import cycle
from storage.decision import decision
from storage.dialogue import dialogue
from storage.organisation import institution
from storage.reflection import reflection
from storage.types import PartialIndex, Utc, enum_type, four_aims, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

focus_area = Table(
    "focus_area",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("theme_id", ForeignKey("theme.id"), nullable=False, index=True),
    Column("decision_id", ForeignKey("decision.id"), nullable=False, unique=True),
    Column("title", String(80), nullable=False),
    Column("why", Text, nullable=False),
    Column("signs", Text, nullable=False),
    Column("first_step", Text, nullable=False),
    Column("first_step_on", Date),
    Column("chosen_at", Utc, nullable=False),
    Column("state", enum_type(FocusAreaState), nullable=False),
    Column("closing", enum_type(Closing)),
    Column("closed_at", Utc),
    Column("closed_by", ForeignKey("decision.id")),
    Column("outcome", Text, nullable=False),
    Column("continues", ForeignKey("focus_area.id"), unique=True),
    Column("bring_up_since", Utc),
    Column("version", Integer, nullable=False),
    Column("aims", four_aims(), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("asked_every", Integer, nullable=False),
    Column("written_by", ForeignKey("person.id")),
    Column("written_at", Utc),
    Index("ix_focus_area_institution_id_state", "institution_id", "state"),
    Index("ix_focus_area_institution_id_chosen_at", "institution_id", "chosen_at", "closed_at", "theme_id"),
)
# Of ten years' focus areas, the few that go on: each minute the clock asks for them.
PartialIndex(
    "ix_focus_area_active",
    focus_area.c.institution_id,
    focus_area.c.asked_every,
    focus_area.c.chosen_at,
    focus_area.c.id,
    where=focus_area.c.closed_at.is_(None),
)

registry.map_imperatively(FocusArea, focus_area, version_id_col=focus_area.c.version)

_AT = select(focus_area).where(focus_area.c.institution_id == id_param("where")).order_by(focus_area.c.chosen_at)
_ALL_AT, _ACTIVE_AT = Compiled(_AT), Compiled(_AT.where(focus_area.c.state != FocusAreaState.CLOSED))


def focus_area_for(uow: UnitOfWork, viewer: Viewer, focus_area_id: UUID) -> tuple[FocusArea, Institution]:
    """The focus area and its institution as the viewer may read it; `NotAllowed` otherwise, and for none."""
    found = uow.session.get(FocusArea, focus_area_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    viewer.require(Record.FOCUS_AREA, where)
    return found, where


def focus_area_to_write(uow: UnitOfWork, viewer: Viewer, focus_area_id: UUID) -> tuple[FocusArea, Institution]:
    """The same for the leaders of its institution, who alone write in it."""
    found, where = focus_area_for(uow, viewer, focus_area_id)
    if not viewer.leads(where):
        raise NotAllowed
    return found, where


def lock(uow: UnitOfWork, about: FocusArea) -> None:
    """Until the end of the transaction nobody else adds a status, so that the second of two is told of the first."""
    uow.session.scalar(select(focus_area.c.id).where(focus_area.c.id == about.id).with_for_update())


def focus_areas_of(uow: UnitOfWork, where: Institution, *, active: bool = True) -> Sequence[FocusArea]:
    """The institution's active focus areas, or all of them, in the order in which they were chosen."""
    return (_ACTIVE_AT if active else _ALL_AT).entities(uow, FocusArea, where=where.id)


def active_focus_areas(
    uow: UnitOfWork, institution_ids: Iterable[UUID] | None = None
) -> Sequence[tuple[FocusArea, Institution]]:
    """The active focus areas of these institutions, or of all, with the institution."""
    query = (
        select(focus_area, institution)
        .join(institution, institution.c.id == focus_area.c.institution_id)
        .where(focus_area.c.state != FocusAreaState.CLOSED, institution.c.ended_on.is_(None))
        .order_by(focus_area.c.chosen_at)
    )
    if institution_ids is not None:
        query = query.where(focus_area.c.institution_id.in_(list(institution_ids)))
    return [(each, where) for each, where in found_by(uow, query, FocusArea, Institution)]


def focus_areas_at(uow: UnitOfWork, institution_ids: Iterable[UUID]) -> Sequence[FocusArea]:
    """All focus areas of these institutions: the active ones as they were chosen, then those that ended last first."""
    found = uow.session.scalars(
        select(FocusArea)
        .where(focus_area.c.institution_id.in_(list(institution_ids)))
        .order_by(focus_area.c.chosen_at, focus_area.c.id)
    ).all()
    ended = [each for each in found if each.closed_at is not None]
    ended.sort(key=lambda each: each.closed_at or each.chosen_at, reverse=True)
    return [*(each for each in found if each.closed_at is None), *ended]


def focus_areas_with_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, FocusArea]:
    wanted = list(ids)
    if not wanted:
        return {}
    return {each.id: each for each in uow.session.scalars(select(FocusArea).where(focus_area.c.id.in_(wanted)))}


def unfinished_business(uow: UnitOfWork, where: Institution, half_year: HalfYear) -> dict[FocusArea, HalfYear]:
    """The focus areas that go on from an earlier cycle in this half-year and have no successor yet, oldest first.

    With each comes the last half-year of its cycle.
    """
    follower = focus_area.alias("follower")
    rows = uow.session.execute(
        select(FocusArea, Cycle)
        .join(decision, decision.c.id == focus_area.c.decision_id)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .join(cycle, cycle.c.id == dialogue.c.cycle_id)
        .where(
            focus_area.c.institution_id == where.id,
            focus_area.c.closing == Closing.CONTINUED,
            ~exists().where(follower.c.continues == focus_area.c.id),
        )
        .order_by(focus_area.c.closed_at)
    )
    return {area: chosen_in.last_half_year for area, chosen_in in rows if chosen_in.last_half_year < half_year}


def grounds_of(uow: UnitOfWork, areas: Iterable[FocusArea]) -> dict[UUID, tuple[Decision, Dialogue, Reflection]]:
    """R-11: what each focus area rests on, by focus area: the decision that chose it, its dialogue and reflection."""
    rows = uow.session.execute(
        select(focus_area.c.id, Decision, Dialogue, Reflection)
        .join(decision, decision.c.id == focus_area.c.decision_id)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .join(reflection, reflection.c.dialogue_id == dialogue.c.id)
        .where(focus_area.c.id.in_([area.id for area in areas]))
    )
    return {area_id: (chosen_by, held, understood) for area_id, chosen_by, held, understood in rows}
