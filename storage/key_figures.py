"""Key figures of a scope over its half-years: of one institution as they are, of several the mean of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.data_package import PackageState
from domain.facts import SourceKind, SourceRef
from domain.key_figures import Behind, FigureRow, Point
from domain.organisation import Institution
from domain.period import HalfYear
from domain.scope import Scope
from storage.among import among
from storage.asked import rows_of
from storage.data_package import IS_SHOWN, data_package, key_figure
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork

Key = tuple[UUID | None, str, str]
# Where the institutions that are looked through first for a figure's packages end, in times of how many are wanted.
STEPS = (2, 4)


def figure_rows(uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int) -> Sequence[FigureRow]:
    """Each indicator over the half-years, in the order of the names (I30).

    I29: a figure of fewer than five people is in no mean. A row has the packages of the first `most` institutions as
    its sources: of one institution those of each half-year, of several those of the newest.
    """
    places = places_seen(scope, viewer, Record.DATA_PACKAGE)
    points: dict[Key, dict[HalfYear, Point]] = defaultdict(dict)
    for theme_id, indicator, unit, half_year, value, shown in rows_of(uow, _means(scope, places)):
        mean = None if value is None else round(float(value), 1 if len(places) > 1 else 2)
        points[theme_id, indicator, unit][half_year] = Point(value=mean, institutions=shown)
    wanted = {key: found if len(places) == 1 else {max(found)} for key, found in points.items()}
    sources = _packages(uow, scope, places, wanted, most)
    return [
        FigureRow(
            theme_id=key[0],
            indicator=key[1],
            unit=key[2],
            points=dict(sorted(found.items())),
            sources=sources[key],
        )
        for key, found in sorted(points.items(), key=lambda each: (each[0][1], each[0][2]))
    ]


def packages_behind(uow: UnitOfWork, viewer: Viewer, scope: Scope, rows: Sequence[FigureRow], *, most: int) -> Behind:
    """The packages of all the half-years that any of these rows is made of, beside those that are their sources.

    With `most`, the sources are those of so many institutions.
    """
    places = places_seen(scope, viewer, Record.DATA_PACKAGE)
    told = {ref.id for row in rows for ref in row.sources}
    named: list[ColumnElement[bool]] = [key_figure.c.indicator.in_({row.indicator for row in rows})]
    if scope.theme is not None:
        named.append(key_figure.c.theme_id == scope.theme.id)
    has_any = exists().where(key_figure.c.package_id == data_package.c.id, *named)
    numbers = select(func.count(), func.max(data_package.c.released_at)).where(*_released(scope, places), has_any)
    number, latest = uow.session.execute(numbers.where(data_package.c.id.not_in(told))).one()
    if not most:
        return Behind(number=number, latest=latest)
    some = dict(list(places.items())[:most])
    sources = _packages(uow, scope, some, {row.key: set(row.points) for row in rows}, most * len(scope.half_years))
    known = {ref.id for refs in sources.values() for ref in refs} - told
    return Behind(number=number - len(known), latest=latest, sources=sources)


@shaped
def _means(scope: Scope, places: Collection[UUID]) -> Select[Any]:
    columns = (key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit, data_package.c.half_year)
    # As many figures as institutions, as in storage/supervision_figures.py: each stands once in the package (I5).
    found = (func.avg(case((IS_SHOWN, key_figure.c.value))), func.count(case((IS_SHOWN, 1))))
    return _figures(select(*columns, *found), scope, places).group_by(*columns)


def _figures(query: Select[Any], scope: Scope, places: Collection[UUID]) -> Select[Any]:
    conditions = _released(scope, places)
    if scope.theme is not None:
        conditions.append(key_figure.c.theme_id == scope.theme.id)
    joined = query.select_from(data_package).join(key_figure, key_figure.c.package_id == data_package.c.id)
    return joined.where(*conditions)


def _released(scope: Scope, places: Collection[UUID]) -> list[ColumnElement[bool]]:
    conditions = [
        among(data_package.c.institution_id, places),
        data_package.c.state == PackageState.RELEASED,
        data_package.c.half_year.between(scope.first, scope.last),
    ]
    if scope.since is not None:
        conditions.append(data_package.c.released_at >= scope.since)
    return conditions


def _packages(
    uow: UnitOfWork,
    scope: Scope,
    places: Mapping[UUID, Institution],
    wanted: Mapping[Key, Collection[HalfYear]],
    most: int,
) -> Mapping[Key, Sequence[SourceRef]]:
    """The first packages that have a figure of the indicator in one of the half-years that are wanted of it, the newest
    half-year first and then by institution."""
    found: dict[Key, dict[tuple[HalfYear, UUID], SourceRef]] = {key: {} for key in wanted}
    columns = (
        *(key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit, data_package.c.half_year),
        *(data_package.c.id, data_package.c.institution_id, data_package.c.released_at),
    )
    in_these = data_package.c.half_year.in_({each for half_years in wanted.values() for each in half_years})
    # Most indicators are found at the first few institutions; the next are gone through for the rest alone.
    ids, ends = list(places), [0, *(step * most for step in STEPS), len(places)]
    for some in (ids[begin:end] for begin, end in pairwise(ends)):
        lacking = {key for key, refs in found.items() if len(refs) < most}
        if not some or not lacking:
            break
        near = _figures(select(*columns), scope, some).where(in_these)
        if len(lacking) < len(found):
            near = near.where(key_figure.c.indicator.in_({indicator for _theme, indicator, _unit in lacking}))
        for theme_id, indicator, unit, half_year, package_id, institution_id, released_at in rows_of(uow, near):
            key = (theme_id, indicator, unit)
            if key in lacking and half_year in wanted[key]:
                found[key][half_year, institution_id] = SourceRef(
                    kind=SourceKind.FIGURES, id=package_id, institution_id=institution_id, at=released_at
                )
    order = {place: number for number, place in enumerate(places)}
    newest_first = {key: sorted(refs, key=lambda each: order[each[1]]) for key, refs in found.items()}
    for each in newest_first.values():
        each.sort(key=lambda at: at[0], reverse=True)
    return {key: tuple(found[key][at] for at in each[:most]) for key, each in newest_first.items()}
