"""The statuses of focus areas, which are only ever added, and what was said last."""

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
    ScalarSelect,
    Table,
    Text,
    event,
    func,
    or_,
    select,
)

from domain.focus_area import ASKED_EVERY, FocusArea
from domain.focus_status import FocusStatus
from domain.organisation import Institution, Person
from domain.preparation import Source
from domain.status import Status
from storage.focus_area import focus_area
from storage.organisation import institution, person
from storage.types import Document, Utc, enum_type, identity, ids, metadata, registry
from storage.unit_of_work import UnitOfWork

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
