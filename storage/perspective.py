"""Perspectives, the recommendations in them, and the register of methods by which they are collected."""

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
    String,
    Table,
    Text,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.dialogue import DialogueState
from domain.errors import NotAllowed
from domain.organisation import AgeRange, Institution, a_to_aa
from domain.period import HalfYear
from domain.perspective import (
    Count,
    FormalBody,
    Group,
    Heard,
    Perspective,
    PerspectiveTool,
    Recommendation,
    Response,
    ToolExperience,
)
from storage.among import among
from storage.compiled import Compiled
from storage.dialogue import dialogue
from storage.organisation import institution
from storage.types import HalfYearType, PartialIndex, Utc, enum_type, four_aims, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

perspective_tool = Table(
    "perspective_tool",
    metadata,
    identity(),
    Column("name", String(80), nullable=False),
    Column("how", Text, nullable=False),
    Column("name_en", String(80), nullable=False),
    Column("how_en", Text, nullable=False),
    Column("age_range", enum_type(AgeRange)),
    Column("added_by", ForeignKey("institution.id")),
)
perspective = Table(
    "perspective",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("group", enum_type(Group), nullable=False),
    Column("count", enum_type(Count), nullable=False),
    Column("said", Text, nullable=False),
    Column("recommend", Text, nullable=False),
    Column("tool_id", ForeignKey("perspective_tool.id"), index=True),
    Column("body", enum_type(FormalBody)),
    Column("focus_area_id", ForeignKey("focus_area.id"), index=True),
    Column("half_year", HalfYearType, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body_name", String(80)),
    Column("corrected_by", identity().type),
    Column("corrected_at", Utc),
    Column("aims", four_aims(), nullable=False, server_default="[]"),
    Index(
        "ix_perspective_institution_id_half_year_group",
        "institution_id",
        "half_year",
        "group",
        "focus_area_id",
        "written_at",
        "tool_id",
        "body",
        "id",
    ),  # fmt: skip
)
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
tool_experience = Table(
    "tool_experience",
    metadata,
    identity(),
    Column("tool_id", ForeignKey("perspective_tool.id"), nullable=False, index=True),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", Utc, nullable=False),
)

registry.map_imperatively(PerspectiveTool, perspective_tool)
registry.map_imperatively(Perspective, perspective, version_id_col=perspective.c.version)
registry.map_imperatively(Recommendation, recommendation, version_id_col=recommendation.c.version)
registry.map_imperatively(ToolExperience, tool_experience)

# Both are asked whenever a perspective is saved.
_TOOLS_FOR = Compiled(
    select(perspective_tool).where(
        or_(perspective_tool.c.age_range == bindparam("age_range"), perspective_tool.c.age_range.is_(None))
    )
)
_GROUPS_AT = Compiled(
    select(perspective.c.group)
    .where(perspective.c.institution_id == id_param("where"), perspective.c.half_year == bindparam("half_year"))
    .distinct()
)
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


def perspective_for(uow: UnitOfWork, viewer: Viewer, perspective_id: UUID) -> tuple[Perspective, Institution]:
    """The perspective and its institution as the viewer may read them; `NotAllowed` otherwise, and for none."""
    found = uow.session.get(Perspective, perspective_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    viewer.require(Record.PERSPECTIVE, where)
    return found, where


def perspectives_of(uow: UnitOfWork, viewer: Viewer, where: Institution, half_year: HalfYear) -> Sequence[Perspective]:
    """An institution's perspectives of a half-year, newest first; `NotAllowed` for whoever may not read them."""
    viewer.require(Record.PERSPECTIVE, where)
    return uow.session.scalars(
        select(Perspective)
        .where(perspective.c.institution_id == where.id, perspective.c.half_year == half_year)
        .order_by(perspective.c.written_at.desc())
    ).all()


def groups_heard(uow: UnitOfWork, ids: Iterable[UUID], half_year: HalfYear) -> dict[UUID, set[Group]]:
    """Which groups have been heard in the half-year, by institution; it says nothing of what they told."""
    heard: dict[UUID, set[Group]] = {each: set() for each in ids}
    if len(heard) == 1:
        # As every reminder of them asks, when it is sent.
        ((where, groups),) = heard.items()
        groups.update(group for (group,) in _GROUPS_AT.rows(uow, where=where, half_year=half_year))
        return heard
    rows = uow.session.execute(
        select(perspective.c.institution_id, perspective.c.group)
        .where(perspective.c.institution_id.in_(list(heard)), perspective.c.half_year == half_year)
        .distinct()
    )
    for institution_id, group in rows:
        heard[institution_id].add(group)
    return heard


def focus_areas_heard(uow: UnitOfWork, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these focus areas to which a perspective of children or young people belongs (R-22)."""
    young = (Group.CHILDREN, Group.YOUTH)
    query = select(perspective.c.focus_area_id).where(
        perspective.c.focus_area_id.in_(list(ids)), perspective.c.group.in_(young)
    )
    return {each for each in uow.session.scalars(query) if each}


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


def tools_for(uow: UnitOfWork, age_range: AgeRange) -> Sequence[PerspectiveTool]:
    """The methods of an age range, A to Å."""
    found = _TOOLS_FOR.entities(uow, PerspectiveTool, age_range=age_range)
    return sorted(found, key=lambda each: a_to_aa(each.name))


def tool_with_id(uow: UnitOfWork, tool_id: UUID) -> PerspectiveTool:
    """The method; `NotAllowed` when there is none."""
    found = uow.session.get(PerspectiveTool, tool_id)
    if found is None:
        raise NotAllowed
    return found


def users_of(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of the institutions that have used each of these methods, A to Å (R-20: "who has used it")."""
    rows = uow.session.execute(
        select(perspective.c.tool_id, institution.c.name)
        .join(institution, institution.c.id == perspective.c.institution_id)
        .where(perspective.c.tool_id.in_(list(ids)))
        .distinct()
    )
    users: dict[UUID, list[str]] = {}
    for tool_id, name in rows:
        users.setdefault(tool_id, []).append(name)
    return {tool_id: sorted(names, key=a_to_aa) for tool_id, names in users.items()}


def experiences_of(uow: UnitOfWork, tool: PerspectiveTool) -> Sequence[tuple[ToolExperience, Institution]]:
    """What institutions say of the method, newest first, at most ten."""
    rows = uow.session.execute(
        select(ToolExperience, Institution)
        .join(institution, institution.c.id == tool_experience.c.institution_id)
        .where(tool_experience.c.tool_id == tool.id)
        .order_by(tool_experience.c.written_at.desc())
        .limit(10)
    )
    return [(each, where) for each, where in rows]


def heard_since(uow: UnitOfWork, where: Institution, since: datetime) -> Sequence[Heard]:
    """What has been told at the institution since then, newest first, for those who write about it there."""
    return _heard(uow, (perspective.c.institution_id == where.id) & (perspective.c.written_at >= since))


def heard_with_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> Sequence[Heard]:
    """The perspectives that a preparation, a reflection, a decision or a status names, newest first."""
    return _heard(uow, perspective.c.id.in_(list(ids)))


def _heard(uow: UnitOfWork, which: ColumnElement[bool]) -> Sequence[Heard]:
    rows = uow.session.execute(
        select(Perspective, PerspectiveTool)
        .outerjoin(perspective_tool, perspective_tool.c.id == perspective.c.tool_id)
        .where(which)
        .order_by(perspective.c.written_at.desc(), perspective.c.id)
    )
    return [Heard(perspective=told, tool=tool) for told, tool in rows]
