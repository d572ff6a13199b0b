"""Requests to correct what others wrote about one, for whoever asked and for whom they ask."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, select

from domain.access import Record, Relation, Viewer
from domain.errors import NotAllowed
from domain.rectification import Matter, Rectification, RectificationState
from storage.sealed import SealedText
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

rectification = Table(
    "rectification",
    metadata,
    identity(),
    Column("matter", enum_type(Matter), nullable=False),
    Column("subject_id", identity().type, nullable=False),
    Column("asked_by", ForeignKey("person.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("wanted", SealedText("rectification.wanted"), nullable=False),
    Column("reason", SealedText("rectification.reason"), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("case", String(120), nullable=False),
    Column("state", enum_type(RectificationState), nullable=False),
    Column("answer", SealedText("rectification.answer"), nullable=False),
    Column("answered_at", Utc),
    Column("version", Integer, nullable=False),
    Index("ix_rectification_state_asked_at", "state", "asked_at"),
)

registry.map_imperatively(Rectification, rectification, version_id_col=rectification.c.version)


def rectification_for(uow: UnitOfWork, viewer: Viewer, rectification_id: UUID) -> Rectification:
    """The request, for whoever asked and whom it asks; `NotAllowed` for everyone else, and for none."""
    found = uow.session.get(Rectification, rectification_id)
    if found is None:
        raise NotAllowed
    part = {Relation.CONCERNED} if viewer.person_id == found.asked_by else viewer.if_author(found.author_id)
    viewer.require_of_all(Record.RECTIFICATION, also=part)
    return found


def open_rectifications(uow: UnitOfWork, since: datetime) -> Sequence[Rectification]:
    """Everybody's that wait for an answer and were asked since then, for the clock."""
    return uow.session.scalars(
        select(Rectification)
        .where(rectification.c.state == RectificationState.ASKED, rectification.c.asked_at >= since)
        .order_by(rectification.c.asked_at)
    ).all()
