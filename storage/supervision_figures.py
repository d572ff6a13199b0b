"""The key figures of a scope, by theme: those of one institution, or means of several; and the packages they are in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.sql import ColumnElement

from domain.cycle import Theme
from domain.data_package import KeyFigure, PackageState
from domain.evidence import Average
from domain.facts import FigureFact, SourceKind, SourceRef
from domain.organisation import Institution
from domain.period import HalfYear
from domain.scope import Scope
from storage.among import among
from storage.asked import found_by, rows_of
from storage.data_package import IS_SHOWN, data_package, key_figure, note_what_follows_hidden
from storage.shaped import shaped
from storage.unit_of_work import UnitOfWork

# As many institutions behind a mean as are told apart from the others of its theme.
FEW = 12
OfFew = Mapping[tuple[str, str], Sequence[SourceRef]]


def figures_of_themes(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution], themes: Sequence[Theme]
) -> tuple[
    Mapping[UUID | None, list[FigureFact]],
    Mapping[UUID | None, list[Average]],
    Mapping[UUID | None, list[SourceRef]],
    Mapping[UUID | None, OfFew],
]:
    """The newest half-year in the scope that has any figures: those of one place, or the means of several.

    By theme, in the order of their names (I30); None as key for the local development. With them, the packages that
    they come from, and those of what only a few institutions have.
    """
    newest: HalfYear | None = rows_of(uow, _newest(scope, places))[0][0]
    figures: dict[UUID | None, list[FigureFact]] = defaultdict(list)
    averages: dict[UUID | None, list[Average]] = defaultdict(list)
    packages: dict[UUID | None, list[SourceRef]] = defaultdict(list)
    if newest is None:
        return figures, averages, packages, {}
    packages = _packages(uow, scope, places, newest, [each.id for each in themes])
    if scope.is_one_place:
        figures = _each_figure(uow, scope, places, newest)
    else:
        averages = _averages(uow, scope, places, newest)
    return figures, averages, packages, _of_few(uow, scope, places, newest, averages, packages)


@shaped
def _newest(scope: Scope, places: Collection[UUID]) -> Select[Any]:
    return select(func.max(data_package.c.half_year)).where(*_released(scope, places))


def _released(scope: Scope, places: Collection[UUID]) -> list[ColumnElement[bool]]:
    conditions = [
        among(data_package.c.institution_id, places),
        data_package.c.state == PackageState.RELEASED,
        data_package.c.half_year.between(scope.first, scope.last),
    ]
    if scope.since is not None:
        conditions.append(data_package.c.released_at >= scope.since)
    return conditions


def _of_half_year(query: Select[Any], scope: Scope, places: Collection[UUID], half_year: HalfYear) -> Select[Any]:
    """The figures of the packages of a half-year, those of the scope's theme if it has one."""
    found = (
        query.select_from(data_package)
        .join(key_figure, key_figure.c.package_id == data_package.c.id)
        .where(*_released(scope, places), data_package.c.half_year == half_year)
    )
    return found if scope.theme is None else found.where(key_figure.c.theme_id == scope.theme.id)


def _of_few(
    uow: UnitOfWork,
    scope: Scope,
    places: Mapping[UUID, Institution],
    newest: HalfYear,
    averages: Mapping[UUID | None, Sequence[Average]],
    packages: Mapping[UUID | None, Sequence[SourceRef]],
) -> Mapping[UUID | None, OfFew]:
    """The packages of each mean that fewer institutions have than have any figure of its theme.

    Of more than a few they are not told apart: nobody opens a dozen to see which of them it is not in.
    """
    few = {
        (theme_id, each.indicator, each.unit)
        for theme_id, found in averages.items()
        for each in found
        if each.institutions and each.institutions < len(packages[theme_id]) and each.institutions <= FEW
    }
    if not few:
        return {}
    refs = {ref.id: ref for found in packages.values() for ref in found}
    order = {package_id: number for number, package_id in enumerate(refs)}
    columns = (key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit, data_package.c.id)
    query = _of_half_year(select(*columns), scope, places, newest)
    named = key_figure.c.indicator.in_({indicator for _theme, indicator, _unit in few})
    rows = rows_of(uow, query.where(IS_SHOWN, named))
    made: dict[UUID | None, dict[tuple[str, str], list[SourceRef]]] = defaultdict(lambda: defaultdict(list))
    for theme_id, indicator, unit, package_id in sorted(rows, key=lambda row: order.get(row[3], 0)):
        if (theme_id, indicator, unit) in few and package_id in refs:
            made[theme_id][indicator, unit].append(refs[package_id])
    return made


def _each_figure(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution], newest: HalfYear
) -> dict[UUID | None, list[FigureFact]]:
    figures: dict[UUID | None, list[FigureFact]] = defaultdict(list)
    for figure, institution_id, released_at in found_by(uow, _figures_of(scope, places, newest), KeyFigure):
        assert released_at is not None
        figures[figure.theme_id].append(
            FigureFact(where=places[institution_id], figure=figure, half_year=newest, released_at=released_at)
        )
    note_what_follows_hidden(uow, [fact.figure for found in figures.values() for fact in found])
    return figures


@shaped
def _figures_of(scope: Scope, places: Collection[UUID], half_year: HalfYear) -> Select[Any]:
    query = select(key_figure, data_package.c.institution_id, data_package.c.released_at)
    return _of_half_year(query, scope, places, half_year).order_by(key_figure.c.indicator)


def _packages(
    uow: UnitOfWork,
    scope: Scope,
    places: Mapping[UUID, Institution],
    newest: HalfYear,
    themes: Sequence[UUID],
) -> dict[UUID | None, list[SourceRef]]:
    """The packages that the figures of each theme come from, by institution in the order of the places."""
    rows = rows_of(uow, _packages_with(scope, places, newest, themes, number=len(themes)))
    keys = [*themes, *([] if scope.theme else [None])]
    order = {each: number for number, each in enumerate(places)}
    found: dict[UUID | None, list[SourceRef]] = defaultdict(list)
    for package_id, institution_id, at, *has in sorted(rows, key=lambda row: order[row[1]]):
        ref = SourceRef(kind=SourceKind.FIGURES, id=package_id, institution_id=institution_id, at=at)
        for theme_id, has_one in zip(keys, has, strict=True):
            if has_one:
                found[theme_id].append(ref)
    return found


@shaped
def _packages_with(
    scope: Scope, places: Collection[UUID], half_year: HalfYear, themes: Sequence[UUID], *, number: int
) -> Select[Any]:
    """The packages of a half-year, and whether there are figures in it of each of the `number` of themes; of no single
    theme, of the local development, too.
    """
    # Whether there is one is asked of an index: to go through all figures for it takes three times as long.
    of_each = [key_figure.c.theme_id == themes[place] for place in range(number)]
    if scope.theme is None:
        of_each.append(key_figure.c.theme_id.is_(None))
    has_any = [exists().where(key_figure.c.package_id == data_package.c.id, each) for each in of_each]
    return select(data_package.c.id, data_package.c.institution_id, data_package.c.released_at, *has_any).where(
        *_released(scope, places), data_package.c.half_year == half_year
    )


def _averages(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution], newest: HalfYear
) -> dict[UUID | None, list[Average]]:
    averages: dict[UUID | None, list[Average]] = defaultdict(list)
    for theme_id, indicator, unit, value, institutions in rows_of(uow, _means(scope, places, newest)):
        mean = None if value is None else float(value)
        averages[theme_id].append(
            Average(
                indicator=indicator,
                unit=unit,
                value=mean,
                institutions=None if mean is None else institutions,
                has_few_people=mean is None,
            )
        )
    return averages


@shaped
def _means(scope: Scope, places: Collection[UUID], half_year: HalfYear) -> Select[Any]:
    columns = (key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit)
    query = select(
        *columns,
        func.avg(case((IS_SHOWN, key_figure.c.value))),
        # As many figures as institutions: an indicator stands once in a package, and of one half-year each has one
        # package (I5). To count the institutions, PostgreSQL would put all rows in order.
        func.count(case((IS_SHOWN, 1))),
    )
    found = _of_half_year(query, scope, places, half_year).group_by(*columns)
    return found.order_by(key_figure.c.indicator, key_figure.c.unit)
