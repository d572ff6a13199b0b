"""Perspectives: what children, young people, parents and staff have told, who was heard, and by which methods."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, bindparam, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.errors import NotAllowed
from domain.organisation import Institution, a_to_aa
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Heard, Perspective, PerspectiveTool
from storage.compiled import Compiled
from storage.method import perspective_tool
from storage.organisation import institution
from storage.types import HalfYearType, Utc, enum_type, four_aims, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

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

registry.map_imperatively(Perspective, perspective, version_id_col=perspective.c.version)

# Asked whenever a perspective is saved.
_GROUPS_AT = Compiled(
    select(perspective.c.group)
    .where(perspective.c.institution_id == id_param("where"), perspective.c.half_year == bindparam("half_year"))
    .distinct()
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
