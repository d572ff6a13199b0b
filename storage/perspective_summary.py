"""How the groups were heard in a scope: by which methods and bodies, and at how many of the institutions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from domain.access import Record, Viewer
from domain.perspective import FormalBody, Group, PerspectiveTool
from domain.perspective_summary import Way
from domain.scope import Scope
from storage.among import among
from storage.asked import each_by, rows_of
from storage.method import perspective_tool
from storage.perspective import perspective
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.told import heard_at, query_of, told_in
from storage.unit_of_work import UnitOfWork


def ways_heard(uow: UnitOfWork, viewer: Viewer, scope: Scope, groups: Sequence[Group] = ()) -> Sequence[Way]:
    """The methods and the bodies, in no order of their numbers (I30); bodies of the institutions' own are one."""
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    rows = rows_of(uow, _by_way(scope, places, groups=tuple(groups)))
    used = {tool_id for tool_id, _b, _n in rows if tool_id}
    tools = {each.id: each for each in each_by(uow, _tools(used), PerspectiveTool)} if used else {}
    found = [
        Way(number=number, tool=tools.get(tool_id) if body is None else None, body=body)
        for tool_id, body, number in rows
    ]
    tools_first = [each for each in found if each.body is None]
    bodies = [each for body in FormalBody for each in found if each.body is body]
    return [*sorted(tools_first, key=lambda way: way.tool.name if way.tool else ""), *bodies]


@shaped
def _tools(ids: Collection[UUID]) -> Select[Any]:
    return select(perspective_tool).where(among(perspective_tool.c.id, ids))


@shaped
def _by_way(scope: Scope, places: Collection[UUID], *, groups: Sequence[Group]) -> Select[Any]:
    columns = (perspective.c.tool_id, perspective.c.body)
    return query_of(scope, *columns, func.count()).where(*told_in(scope, places, groups)).group_by(*columns)


def coverage(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, groups: Sequence[Group] = ()
) -> Mapping[Group, tuple[int, int]]:
    """R-43: "coverage shown per half-year": at how many institutions each group was heard, and of how many."""
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    heard = heard_at(uow, scope, places, groups or tuple(Group))
    found = {}
    for group, told in heard.items():
        asked = sum(group in Group.of(where.age_range) for where in places.values())
        if asked:
            found[group] = (len(told), asked)
    return found
