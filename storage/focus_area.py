"""Focus areas, and their statuses, which are only ever added."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    ScalarSelect,
    String,
    Table,
    Text,
    event,
    func,
    or_,
    select,
)

from domain.access import Record, Viewer
from domain.cycle import Cycle
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.errors import NotAllowed
from domain.focus_area import ASKED_EVERY, Closing, FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.preparation import Source
from domain.reflection import Reflection
from domain.status import Status
from storage.compiled import Compiled
from storage.cycle import cycle
from storage.decision import decision
from storage.dialogue import dialogue
from storage.organisation import institution, person
from storage.reflection import reflection
from storage.types import Document, PartialIndex, Utc, enum_type, four_aims, id_param, identity, ids, metadata, registry
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
focus_status = Table(
    "focus_status",
    metadata,
    identity(),
    Column("focus_area_id", ForeignKey("focus_area.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("status", enum_type(Status), nullable=False),
    Column("seen", Text, nullable=False),
    Column("meaning", Text, nullable=False),
    Column("learned", Text, nullable=False),
    Column("next_step", Text, nullable=False),
    Column("next_on", Date),
    Column("evidence", Document(list, lambda kept: tuple(Source(each) for each in kept)), nullable=False),
    Column("is_unchanged", Boolean, nullable=False),
    Column("is_short", Boolean, nullable=False),
    Column("perspectives", ids(), nullable=False, server_default="[]"),
    Index("ix_focus_status_focus_area_id_written_at_id", "focus_area_id", "written_at", "id", "status"),
)

registry.map_imperatively(FocusArea, focus_area, version_id_col=focus_area.c.version)
registry.map_imperatively(FocusStatus, focus_status)


@event.listens_for(FocusStatus, "before_update")
@event.listens_for(FocusStatus, "before_delete")
def _statuses_only_ever_grow(mapper: Any, connection: Any, status: FocusStatus) -> None:
    """I13: "FocusStatus rows are never edited or deleted", by whatever code; by whatever program, see below."""
    raise TypeError("a status is added, never changed")


# Two things get past: an anonymisation that two people decided on leaves a name out of a status, and a rule for how
# long focus areas are kept deletes them with theirs.
PASSES = {
    "update": "EXISTS (SELECT 1 FROM retention_pass WHERE kind = 'anonymisation')",
    "delete": "EXISTS (SELECT 1 FROM retention_pass WHERE kind = 'focus area')",
}
GUARDS = {
    "sqlite": (
        *(
            f"CREATE TRIGGER focus_status_no_{what} BEFORE {what} ON focus_status WHEN NOT {passes} "
            "BEGIN SELECT RAISE(ABORT, 'statuses are only ever added to'); END"
            for what, passes in PASSES.items()
        ),
        # REPLACE deletes without the trigger above.
        "CREATE TRIGGER focus_status_no_replace BEFORE insert ON focus_status "
        "WHEN EXISTS (SELECT 1 FROM focus_status WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'statuses are only ever added to'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION focus_status_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'UPDATE' AND {PASSES['update']} THEN RETURN NEW; END IF; "
        f"IF TG_OP = 'DELETE' AND {PASSES['delete']} THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'statuses are only ever added to'; END $$",
        "CREATE TRIGGER focus_status_only_grows BEFORE UPDATE OR DELETE ON focus_status "
        "FOR EACH ROW EXECUTE FUNCTION focus_status_only_grows()",
        "CREATE TRIGGER focus_status_is_kept BEFORE TRUNCATE ON focus_status "
        "EXECUTE FUNCTION focus_status_only_grows()",
    ),
}
for _dialect, _statements in GUARDS.items():
    for _statement in _statements:
        event.listen(focus_status, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


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
        select(FocusArea, Institution)
        .join(institution, institution.c.id == focus_area.c.institution_id)
        .where(focus_area.c.state != FocusAreaState.CLOSED, institution.c.ended_on.is_(None))
        .order_by(focus_area.c.chosen_at)
    )
    if institution_ids is not None:
        query = query.where(focus_area.c.institution_id.in_(list(institution_ids)))
    return [(each, where) for each, where in uow.session.execute(query)]


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
    followers = select(focus_area.c.continues).where(focus_area.c.continues.is_not(None))
    rows = uow.session.execute(
        select(FocusArea, Cycle)
        .join(decision, decision.c.id == focus_area.c.decision_id)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .join(cycle, cycle.c.id == dialogue.c.cycle_id)
        .where(
            focus_area.c.institution_id == where.id,
            focus_area.c.closing == Closing.CONTINUED,
            focus_area.c.id.not_in(followers),
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


def history_of(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, list[tuple[FocusStatus, Person]]]:
    """All statuses of these focus areas with their authors, by focus area, oldest first."""
    history: dict[UUID, list[tuple[FocusStatus, Person]]] = {each: [] for each in ids}
    rows = uow.session.execute(
        select(FocusStatus, Person)
        .join(person, person.c.id == focus_status.c.author_id)
        .where(focus_status.c.focus_area_id.in_(list(history)))
        .order_by(focus_status.c.written_at, focus_status.c.id)
    )
    for status, author in rows:
        history[status.focus_area_id].append((status, author))
    return history


def last_status_of(uow: UnitOfWork, about: FocusArea) -> FocusStatus | None:
    """I13: "the last one is the current status"."""
    return uow.session.scalar(
        select(FocusStatus)
        .where(focus_status.c.focus_area_id == about.id)
        .order_by(focus_status.c.written_at.desc(), focus_status.c.id.desc())
        .limit(1)
    )


def newest_status() -> ScalarSelect[UUID]:
    """The id of the newest status of a focus area, in a query about focus areas; found in the index, each by itself.
    To put all statuses of all areas in order takes many times that."""
    return (
        select(focus_status.c.id)
        .where(focus_status.c.focus_area_id == focus_area.c.id)
        .correlate(focus_area)
        .order_by(focus_status.c.written_at.desc(), focus_status.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def quiet_focus_areas(
    uow: UnitOfWork, until: datetime
) -> Sequence[tuple[FocusArea, Institution, UUID | None, datetime]]:
    """The active focus areas that are to be asked about by then, each with its institution, its newest status, if there
    is one, and when the last word about it was said, for the clock."""
    said_at = func.coalesce(focus_status.c.written_at, focus_area.c.chosen_at)
    is_asked = [
        (focus_area.c.asked_every == weeks) & (said_at <= until - timedelta(weeks=weeks))
        for weeks in ASKED_EVERY
        if weeks
    ]
    rows = uow.session.execute(
        select(FocusArea, Institution, focus_status.c.id, said_at)
        .join(institution, institution.c.id == focus_area.c.institution_id)
        .outerjoin(focus_status, focus_status.c.id == newest_status())
        .where(
            # The same as its state, and what its index is of.
            focus_area.c.closed_at.is_(None),
            institution.c.ended_on.is_(None),
            or_(*is_asked, focus_area.c.asked_every.not_in(ASKED_EVERY)),
        )
        .order_by(focus_area.c.chosen_at)
    )
    return [(area, where, last, said) for area, where, last, said in rows]
