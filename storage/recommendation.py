"""What perspectives recommend: what was answered, and what still waits for an answer or for the report back."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from domain.access import Viewer
from domain.dialogue import DialogueState
from domain.errors import NotAllowed
from domain.organisation import Institution
from domain.perspective import Perspective, Recommendation, Response
from storage.among import among
from storage.compiled import Compiled
from storage.dialogue import dialogue
from storage.organisation import institution
from storage.perspective import perspective_for
from storage.types import PartialIndex, Utc, enum_type, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

recommendation = Table(
    "recommendation",
    metadata,
    identity(),
    Column("perspective_id", ForeignKey("perspective.id"), nullable=False, unique=True),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("response", enum_type(Response), nullable=False),
    Column("reason", Text, nullable=False),
    Column("responded_at", Utc),
    Column("reported_on", Date),
    Column("version", Integer, nullable=False),
    Column("responded_by", identity().type),
    Index("ix_recommendation_institution_id_response_written_at", "institution_id", "response", "written_at"),
    # All that is counted of the recommendations of many perspectives, so that none of them is looked up for it.
    Index("ix_recommendation_perspective_id_response", "perspective_id", "response", "responded_at", "written_at"),
)
# Of ten years' recommendations, the few that still wait: each minute the clock asks for them.
PartialIndex(
    "ix_recommendation_not_reported",
    recommendation.c.institution_id,
    recommendation.c.written_at,
    recommendation.c.responded_at,
    recommendation.c.version,
    where=recommendation.c.reported_on.is_(None),
)

registry.map_imperatively(Recommendation, recommendation, version_id_col=recommendation.c.version)

_RECOMMENDATION_IN = Compiled(
    select(recommendation).where(recommendation.c.perspective_id == id_param("perspective_id"))
)
# Only what is answered is reported back, so that this is what waits for either. What no dialogue has come after yet is
# left where it is: that may be all there has ever been.
_WAITING = select(
    recommendation.c.id,
    recommendation.c.institution_id,
    recommendation.c.written_at,
    recommendation.c.responded_at,
).where(
    recommendation.c.reported_on.is_(None),
    or_(
        recommendation.c.responded_at.is_not(None),
        exists().where(
            dialogue.c.institution_id == recommendation.c.institution_id,
            dialogue.c.starts_at > recommendation.c.written_at,
            dialogue.c.starts_at <= bindparam("now", type_=Utc()),
            dialogue.c.state != DialogueState.CANCELLED,
        ),
    ),
)
_ALL_WAITING = Compiled(_WAITING)
# Found in the index alone.
_WAITING_AT = Compiled(
    select(
        recommendation.c.institution_id,
        func.count(),
        func.sum(recommendation.c.version),
        func.max(recommendation.c.written_at),
        func.max(recommendation.c.responded_at),
    )
    .where(recommendation.c.reported_on.is_(None))
    .group_by(recommendation.c.institution_id)
)


def recommendation_in(uow: UnitOfWork, about: Perspective) -> Recommendation | None:
    return _RECOMMENDATION_IN.entity(uow, Recommendation, perspective_id=about.id)


def recommendations_in(uow: UnitOfWork, about: Iterable[Perspective]) -> dict[UUID, Recommendation]:
    """What these perspectives recommend, by perspective."""
    ids = [each.id for each in about]
    found = uow.session.scalars(select(Recommendation).where(recommendation.c.perspective_id.in_(ids)))
    return {each.perspective_id: each for each in found}


def recommendation_for(
    uow: UnitOfWork, viewer: Viewer, recommendation_id: UUID
) -> tuple[Recommendation, Perspective, Institution]:
    """The recommendation, its perspective and institution as the viewer may read them."""
    found = uow.session.get(Recommendation, recommendation_id)
    if found is None:
        raise NotAllowed
    about, where = perspective_for(uow, viewer, found.perspective_id)
    return found, about, where


def open_recommendations(
    uow: UnitOfWork, institution_ids: Iterable[UUID] | None = None
) -> Sequence[tuple[Recommendation, Institution]]:
    """What waits for an answer or a report back, of these institutions or of all, oldest first."""
    query = (
        select(Recommendation, Institution)
        .join(institution, institution.c.id == recommendation.c.institution_id)
        .where(recommendation.c.reported_on.is_(None))
        .order_by(recommendation.c.written_at)
    )
    if institution_ids is not None:
        query = query.where(recommendation.c.institution_id.in_(list(institution_ids)))
    return [(each, where) for each, where in uow.session.execute(query)]


def latest_recommendations(
    uow: UnitOfWork, institution_ids: Iterable[UUID], most: int
) -> Sequence[tuple[Recommendation, Institution]]:
    """What was recommended to these institutions, answered or not, newest first, at most so many."""
    query = (
        select(Recommendation, Institution)
        .join(institution, institution.c.id == recommendation.c.institution_id)
        .where(recommendation.c.institution_id.in_(list(institution_ids)))
        .order_by(recommendation.c.written_at.desc(), recommendation.c.id)
        .limit(most)
    )
    return [(each, where) for each, where in uow.session.execute(query)]


class FollowedUp(NamedTuple):
    """What a reminder must know of a recommendation that waits for an answer, or for the report back."""

    id: UUID
    institution_id: UUID
    written_at: datetime
    responded_at: datetime | None


def followed_up(uow: UnitOfWork, now: datetime, places: Collection[UUID] | None = None) -> Sequence[FollowedUp]:
    """What waits for an answer after a dialogue that has begun since, or for the report back, in no order.

    Of these institutions, or of all.
    """
    if places is None:
        return [FollowedUp(*row) for row in _ALL_WAITING.rows(uow, now=now)]
    if not places:
        return ()
    at_them = _WAITING.where(among(recommendation.c.institution_id, places))
    return [FollowedUp(*row) for row in uow.session.execute(at_them, {"now": now})]


def followed_up_at(uow: UnitOfWork) -> dict[UUID, tuple[Any, ...]]:
    """Something that is never the same once anything of it has changed that a reminder goes by, by institution.

    What is written, answered and reported back changes their number or raises the latest of their times; and each
    change of a row counts up its version, where somebody else has written at a later time.
    """
    return {where: tuple(found) for where, *found in _WAITING_AT.rows(uow)}


def recommendations_at(places: Collection[UUID]) -> Select[tuple[UUID]] | None:
    """Whichever there are of these institutions, for a statement that asks for what is about them.

    One that was taken back is not among them; its reminders were dropped with it.
    """
    return select(recommendation.c.id).where(among(recommendation.c.institution_id, places)) if places else None
