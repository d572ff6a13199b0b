"""The chiefs' signed remarks on focus areas, and who may read and write them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Table, event, select

from domain.access import Record, Sight, Viewer
from domain.errors import NotAllowed
from domain.focus_area import FocusArea
from domain.focus_remark import FocusRemark
from domain.organisation import Institution, Person
from storage.focus_area import focus_area_for
from storage.organisation import person
from storage.sealed import SealedText
from storage.types import Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

focus_remark = Table(
    "focus_remark",
    metadata,
    identity(),
    Column("focus_area_id", ForeignKey("focus_area.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("text", SealedText("focus_remark.text"), nullable=False),
    Index("ix_focus_remark_focus_area_id_written_at", "focus_area_id", "written_at"),
)

registry.map_imperatively(FocusRemark, focus_remark)


@event.listens_for(FocusRemark, "before_update")
def _a_remark_stays_as_it_is(mapper: Any, connection: Any, kept: FocusRemark) -> None:
    """What somebody has signed is never changed, by whatever code."""
    raise TypeError("a remark is added, never changed")


def may_remark(viewer: Viewer, where: Institution) -> bool:
    """R-13: the chief alone; whoever leads the institution as well words the focus area instead."""
    return viewer.is_chief_of(where) and not viewer.leads(where)


def focus_area_to_remark_on(uow: UnitOfWork, viewer: Viewer, focus_area_id: UUID) -> tuple[FocusArea, Institution]:
    """The focus area and its institution for its chief; `NotAllowed` for everybody else, and for none."""
    found, where = focus_area_for(uow, viewer, focus_area_id)
    viewer.require(Record.FOCUS_REMARK, where)
    if not may_remark(viewer, where):
        raise NotAllowed
    return found, where


def remarks_on(
    uow: UnitOfWork, viewer: Viewer, about: FocusArea, where: Institution
) -> Sequence[tuple[FocusRemark, Person]]:
    """All remarks on the focus area with their authors, newest first; none for somebody who may not read them."""
    if viewer.sight(Record.FOCUS_REMARK, where) < Sight.FULL:
        return ()
    rows = uow.session.execute(
        select(FocusRemark, Person)
        .join(person, person.c.id == focus_remark.c.author_id)
        .where(focus_remark.c.focus_area_id == about.id)
        .order_by(focus_remark.c.written_at.desc(), focus_remark.c.id.desc())
    )
    return [(remark, author) for remark, author in rows]
