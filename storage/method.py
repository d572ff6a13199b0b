"""The register of methods by which perspectives are collected, and what institutions say of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, Text, bindparam, or_, select

from domain.errors import NotAllowed
from domain.organisation import AgeRange, Institution, a_to_aa
from domain.perspective import PerspectiveTool, ToolExperience
from storage.compiled import Compiled
from storage.organisation import institution
from storage.types import Utc, enum_type, identity, metadata, registry
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
registry.map_imperatively(ToolExperience, tool_experience)

# Asked whenever a perspective is saved.
_TOOLS_FOR = Compiled(
    select(perspective_tool).where(
        or_(perspective_tool.c.age_range == bindparam("age_range"), perspective_tool.c.age_range.is_(None))
    )
)


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
