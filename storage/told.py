"""What was told in a scope: which perspectives those are, where each group was heard, and the newest of each theme."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from heapq import nlargest
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, literal, or_, select, type_coerce
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import NullType

from domain.organisation import Institution
from domain.perspective import Group, missing_groups
from domain.scope import Scope
from storage.among import among
from storage.asked import rows_of
from storage.focus_area import focus_area
from storage.organisation import institution
from storage.perspective import perspective
from storage.shaped import shaped
from storage.unit_of_work import UnitOfWork

About = tuple[UUID | None, Group]


def told_in(scope: Scope, places: Collection[UUID], groups: Sequence[Group] = ()) -> list[ColumnElement[bool]]:
    """What makes a perspective, beside its focus area, one of the scope."""
    return [among(perspective.c.institution_id, places), *_told(scope, groups)]


def _told(scope: Scope, groups: Sequence[Group]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [perspective.c.half_year.between(scope.first, scope.last)]
    if scope.since is not None:
        conditions.append(perspective.c.written_at >= scope.since)
    if scope.theme is not None:
        conditions.append(focus_area.c.theme_id == scope.theme.id)
    if groups:
        conditions.append(perspective.c.group.in_(groups))
    return conditions


def query_of(scope: Scope, *columns: ColumnElement[Any]) -> Select[Any]:
    """A query of perspectives to which the conditions of `told_in` can be added.

    Focus areas are joined for their themes alone: SQLite looks each one up even if nothing of it is asked for.
    """
    query = select(*columns).select_from(perspective)
    return near_focus_area(query) if scope.theme is not None else query


def near_focus_area(query: Select[Any]) -> Select[Any]:
    """The query of perspectives with the focus areas that they belong to, if any."""
    return query.outerjoin(focus_area, focus_area.c.id == perspective.c.focus_area_id)


def heard_at(
    uow: UnitOfWork, scope: Scope, places: Collection[UUID], groups: Sequence[Group] = tuple(Group)
) -> dict[Group, set[UUID]]:
    """R-43: at which of the institutions each group has told something in the scope."""
    rows = rows_of(uow, _heard_by_place(scope, places, groups=tuple(groups)))
    return {group: {row[0] for row in rows if row[number]} for number, group in enumerate(groups, 1)}


@shaped
def _heard_by_place(scope: Scope, places: Collection[UUID], *, groups: Sequence[Group]) -> Select[Any]:
    # One is enough, and the index finds it at once: to read all of them takes ten times as long over ten years.
    has_any = [
        query_of(scope, literal(1))
        .where(perspective.c.institution_id == institution.c.id, *_told(scope, [group]))
        .exists()
        for group in groups
    ]
    return select(institution.c.id, *has_any).where(among(institution.c.id, places))


def not_heard_at(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution], groups: Collection[Group]
) -> dict[Group, set[UUID]]:
    """At which of the institutions each of these groups is lacking in the scope."""
    # Who was heard among the children and the young people is told of both.
    asked = [each for each in Group if each in groups or (each is Group.YOUTH and Group.CHILDREN in groups)]
    heard = heard_at(uow, scope, places, asked) if asked else {}
    lacking: dict[Group, set[UUID]] = {each: set() for each in groups}
    for id, where in places.items():
        if not scope.waits_for(where):
            continue
        told = {each for each in asked if id in heard[each]}
        for each in missing_groups(told, where.age_range):
            if each in lacking:
                lacking[each].add(id)
    return lacking


def heard_by_theme(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution], newest: int
) -> tuple[Mapping[About, int], Sequence[UUID]]:
    """How often each group has told of each theme, None for no theme, and which are the `newest` of each of them.

    To find those, a database puts all in order. Instead it counts by institution, with the moment of the newest: of as
    many institutions as are wanted, those with the latest have all of them. Only there it is looked at one by one.
    """
    numbers: Counter[tuple[Any, Any]] = Counter()
    latest: dict[tuple[Any, Any], list[tuple[Any, Any]]] = defaultdict(list)
    for theme_id, group, where, number, at in rows_of(uow, _numbers_by_theme(scope, places)):
        numbers[theme_id, group] += number
        latest[theme_id, group].append((at, where))
    since = {
        about: nlargest(newest, (at for at, _where in some))[-1]
        for about, some in latest.items()
        # Of fewer institutions than that, an older one of the same may be among the newest.
        if len(some) >= newest
    }
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for about, some in latest.items():
        wanted[about[1]].update(where for at, where in some if _is_from(at, since.get(about)))
    # A group is looked at from its earliest of those moments on, if there is one for each of its themes.
    earliest = {
        group: min(since[about] for about in latest if about[1] == group)
        for group in wanted
        if all(about in since for about in latest if about[1] == group)
    }
    found: dict[tuple[Any, Any], list[tuple[Any, Any]]] = defaultdict(list)
    for theme_id, group, id, at in _one_by_one(uow, scope, wanted, earliest):
        if _is_from(at, since.get((theme_id, group))):
            found[theme_id, group].append((at, id))
    ids: list[UUID] = []
    for some in found.values():
        some.sort(key=lambda each: each[1])
        some.sort(key=lambda each: each[0], reverse=True)
        ids += [_id(id) for _at, id in some[:newest]]
    return {(_id(theme) if theme else None, Group(group)): number for (theme, group), number in numbers.items()}, ids


@shaped
def _numbers_by_theme(scope: Scope, places: Collection[UUID]) -> Select[Any]:
    columns = (focus_area.c.theme_id, perspective.c.group, perspective.c.institution_id)
    plain = [_as_it_is(each) for each in columns]
    query = near_focus_area(
        select(*plain, func.count(), _as_it_is(func.max(perspective.c.written_at))).select_from(perspective)
    )
    return query.where(*told_in(scope, places)).group_by(*columns)


def _one_by_one(
    uow: UnitOfWork, scope: Scope, wanted: Mapping[Any, Collection[Any]], earliest: Mapping[Any, Any]
) -> Sequence[Any]:
    """The perspectives of each group from its earliest moment on, at any of these: theme, group, id and moment."""
    columns = (focus_area.c.theme_id, perspective.c.group, perspective.c.id, perspective.c.written_at)
    query = near_focus_area(select(*[_as_it_is(each) for each in columns]).select_from(perspective))
    group = _as_it_is(perspective.c.group)
    of_groups = [
        and_(
            group == literal(each, NullType()),
            *([_as_it_is(perspective.c.written_at) >= literal(earliest[each], NullType())] if each in earliest else []),
        )
        for each in wanted
    ]
    if not of_groups:
        return ()
    # All groups at once: each by itself would go through the same half-years again.
    near = among(perspective.c.institution_id, {_id(each) for places in wanted.values() for each in places})
    return rows_of(uow, query.where(near, *_told(scope, ()), or_(*of_groups)))


def _is_from(at: Any, since: Any) -> bool:
    return since is None or bool(at >= since)


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """As the driver has it: what is only held against its like, in thousands of rows, is made no id or time of."""
    return type_coerce(column, NullType())


def _id(plain: Any) -> UUID:
    return UUID(str(plain))
