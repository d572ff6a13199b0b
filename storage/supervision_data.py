"""Figures and perspectives of a scope, by theme and side by side: "kvalitative og kvantitative data er ligeværdige"."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import case, exists, func, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.cycle import Theme
from domain.data_package import DataPackage, KeyFigure, PackageState
from domain.evidence import Average
from domain.facts import FigureFact, ObservationFact, SourceKind, SourceRef, VoiceFact
from domain.organisation import Institution
from domain.period import HalfYear
from domain.perspective import Group, Perspective, Recommendation, Response
from domain.scope import Scope
from domain.supervision import Found, ThemeData
from storage.among import among
from storage.asked import found_by, rows_of
from storage.counted import Counted, each_counted, first_places, in_order, no_more_than
from storage.cycle import themes_valid_in
from storage.data_package import IS_SHOWN, data_package, key_figure
from storage.focus_area import focus_area
from storage.perspective import perspective, recommendation
from storage.supervision import places_seen
from storage.supervision_priorities import priority_facts
from storage.told import heard_by_theme, near_focus_area, query_of, told_in
from storage.unit_of_work import UnitOfWork

VOICES = 3
QUOTED = 2
PRIORITIES = 40
# As many institutions behind a mean as are told apart from the others of its theme.
FEW = 12
OfFew = Mapping[tuple[str, str], Sequence[SourceRef]]


def voice_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int, groups: Sequence[Group] = ()
) -> Found[VoiceFact, Group]:
    """What children, young people, parents and staff have told in the half-years, newest first in each institution.

    With `groups`, what those alone have told.
    """
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    conditions = told_in(scope, places, groups)
    said, place = tuple(Group), perspective.c.institution_id
    query = query_of(scope, place, *each_counted(perspective.c.group, said))
    counted = Counted.in_columns(rows_of(uow, query.where(*conditions).group_by(place)), said)
    wanted = first_places(counted.by_place, places, most)
    facts = _voices(uow, places, *conditions, among(perspective.c.institution_id, wanted), most=most, of=wanted)
    return counted.found(said, in_order(facts, wanted)[:most])


def recommendation_counts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, groups: Sequence[Group] = ()
) -> Mapping[Response, int]:
    """What became of what they recommend, in the order of the answers."""
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    query = query_of(scope, recommendation.c.response, func.count()).join(
        recommendation, recommendation.c.perspective_id == perspective.c.id
    )
    rows = rows_of(uow, query.where(*told_in(scope, places, groups)).group_by(recommendation.c.response))
    found: dict[Response, int] = dict(rows)
    return {each: found[each] for each in Response if each in found}


def theme_data(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, observed: Sequence[ObservationFact] = (), *, most: int = PRIORITIES
) -> Sequence[ThemeData]:
    """R-39: "order is by theme, not by kind": figures and what was told about each theme, and the local development.

    Of one institution there are its figures, of several the mean of each; `observed` are the feedbacks to place. Local
    priorities, `most` of them, belong to the local development.
    """
    themes = _themes(uow, scope)
    figures, averages, packages, of_few = _figures(uow, scope, places_seen(scope, viewer, Record.DATA_PACKAGE), themes)
    heard, voices = _heard_by_theme(uow, scope, places_seen(scope, viewer, Record.PERSPECTIVE))
    seen = _observed_by_theme(uow, observed)
    priorities = priority_facts(uow, viewer, scope, most=most)
    data = []
    for each in (*themes, *(() if scope.theme else (None,))):
        key = each.id if each else None
        part = ThemeData(
            theme=each,
            figures=figures[key],
            averages=averages[key],
            heard={group: heard[key][group] for group in Group if heard[key].get(group)},
            voices=voices[key],
            quoted=voices[key][:QUOTED] if scope.is_one_place else (),
            observed=seen[key],
            priorities=Found() if each else priorities,
            sources=packages[key],
            of_few=of_few.get(key, {}),
        )
        if each or part.figures or part.averages or part.heard or part.observed or part.priorities.total:
            data.append(part)
    return data


def figures_by_theme(uow: UnitOfWork, viewer: Viewer, scope: Scope) -> Sequence[ThemeData]:
    """The figures of `theme_data` alone, for whoever counts what was told elsewhere: half of its work."""
    themes = _themes(uow, scope)
    figures, averages, packages, of_few = _figures(uow, scope, places_seen(scope, viewer, Record.DATA_PACKAGE), themes)
    keys = [(each, each.id if each else None) for each in (*themes, None)]
    return [
        ThemeData(
            theme=each,
            figures=figures[key],
            averages=averages[key],
            sources=packages[key],
            of_few=of_few.get(key, {}),
        )
        for each, key in keys
        if figures[key] or averages[key]
    ]


def _themes(uow: UnitOfWork, scope: Scope) -> Sequence[Theme]:
    """The themes that were sent out for the scope's age ranges and half-years, or the one it is about."""
    if scope.theme:
        return [scope.theme]
    return themes_valid_in(uow, {where.age_range for where in scope.institutions}, scope.first, scope.last)


def _voices(
    uow: UnitOfWork,
    places: Mapping[UUID, Institution],
    *conditions: ColumnElement[bool],
    most: int = 0,
    of: Collection[UUID] = (),
) -> list[VoiceFact]:
    """The newest first; where they are `of` one place, no more than `most`."""
    query = (
        near_focus_area(select(perspective, recommendation, focus_area.c.theme_id).select_from(perspective))
        .outerjoin(recommendation, recommendation.c.perspective_id == perspective.c.id)
        .where(*conditions)
        .order_by(perspective.c.written_at.desc(), perspective.c.id)
    )
    return [
        VoiceFact(where=places[told.institution_id], perspective=told, recommendation=recommended, theme_id=theme_id)
        for told, recommended, theme_id in found_by(uow, no_more_than(most, of, query), Perspective, Recommendation)
    ]


def _figures(
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
    current: list[ColumnElement[bool]] = [
        among(data_package.c.institution_id, places),
        data_package.c.state == PackageState.RELEASED,
        data_package.c.half_year.between(scope.first, scope.last),
    ]
    if scope.since:
        current.append(data_package.c.released_at >= scope.since)
    newest: HalfYear | None = rows_of(uow, select(func.max(data_package.c.half_year)).where(*current))[0][0]
    figures: dict[UUID | None, list[FigureFact]] = defaultdict(list)
    averages: dict[UUID | None, list[Average]] = defaultdict(list)
    packages: dict[UUID | None, list[SourceRef]] = defaultdict(list)
    if newest is None:
        return figures, averages, packages, {}
    current.append(data_package.c.half_year == newest)
    keys = [*(each.id for each in themes), *([] if scope.theme else [None])]
    packages = _packages(uow, current, places, keys)
    if scope.theme:
        current.append(key_figure.c.theme_id == scope.theme.id)
    if scope.is_one_place:
        figures = _each_figure(uow, current, places)
    else:
        averages = _averages(uow, current)
    return figures, averages, packages, _of_few(uow, current, averages, packages)


def _of_few(
    uow: UnitOfWork,
    current: Sequence[ColumnElement[bool]],
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
    rows = rows_of(
        uow,
        select(key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit, data_package.c.id)
        .select_from(data_package)
        .join(key_figure, key_figure.c.package_id == data_package.c.id)
        .where(*current, IS_SHOWN, key_figure.c.indicator.in_({indicator for _theme, indicator, _unit in few})),
    )
    made: dict[UUID | None, dict[tuple[str, str], list[SourceRef]]] = defaultdict(lambda: defaultdict(list))
    for theme_id, indicator, unit, package_id in sorted(rows, key=lambda row: order.get(row[3], 0)):
        if (theme_id, indicator, unit) in few and package_id in refs:
            made[theme_id][indicator, unit].append(refs[package_id])
    return made


def _each_figure(
    uow: UnitOfWork, current: Sequence[ColumnElement[bool]], places: Mapping[UUID, Institution]
) -> dict[UUID | None, list[FigureFact]]:
    figures: dict[UUID | None, list[FigureFact]] = defaultdict(list)
    rows = found_by(
        uow,
        select(data_package, key_figure)
        .join(key_figure, key_figure.c.package_id == data_package.c.id)
        .where(*current)
        .order_by(key_figure.c.indicator),
        DataPackage,
        KeyFigure,
    )
    for package, figure in rows:
        assert package.released_at is not None
        figures[figure.theme_id].append(
            FigureFact(
                where=places[package.institution_id],
                figure=figure,
                half_year=package.half_year,
                released_at=package.released_at,
            )
        )
    return figures


def _packages(
    uow: UnitOfWork,
    current: Sequence[ColumnElement[bool]],
    places: Mapping[UUID, Institution],
    themes: Sequence[UUID | None],
) -> dict[UUID | None, list[SourceRef]]:
    """The packages that the figures of each theme come from, by institution in the order of the places."""
    # Whether there is one is asked of an index: to go through all figures for it takes three times as long.
    has_any = [
        exists().where(key_figure.c.package_id == data_package.c.id, key_figure.c.theme_id == each) for each in themes
    ]
    rows = rows_of(
        uow,
        select(data_package.c.id, data_package.c.institution_id, data_package.c.released_at, *has_any).where(*current),
    )
    order = {each: number for number, each in enumerate(places)}
    found: dict[UUID | None, list[SourceRef]] = defaultdict(list)
    for package_id, institution_id, at, *has in sorted(rows, key=lambda row: order[row[1]]):
        ref = SourceRef(kind=SourceKind.FIGURES, id=package_id, institution_id=institution_id, at=at)
        for theme_id, has_one in zip(themes, has, strict=True):
            if has_one:
                found[theme_id].append(ref)
    return found


def _averages(uow: UnitOfWork, current: Sequence[ColumnElement[bool]]) -> dict[UUID | None, list[Average]]:
    averages: dict[UUID | None, list[Average]] = defaultdict(list)
    columns = (key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit)
    for theme_id, indicator, unit, value, institutions in rows_of(
        uow,
        select(
            *columns,
            func.avg(case((IS_SHOWN, key_figure.c.value))),
            # As many figures as institutions: an indicator stands once in a package, and of one half-year each has one
            # package (I5). To count the institutions, PostgreSQL would put all rows in order.
            func.count(case((IS_SHOWN, 1))),
        )
        .select_from(data_package)
        .join(key_figure, key_figure.c.package_id == data_package.c.id)
        .where(*current)
        .group_by(*columns)
        .order_by(key_figure.c.indicator, key_figure.c.unit),
    ):
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


def _heard_by_theme(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution]
) -> tuple[Mapping[UUID | None, Mapping[Group, int]], Mapping[UUID | None, list[VoiceFact]]]:
    """How often each group has told of each theme, and the newest of what each has told."""
    heard: dict[UUID | None, dict[Group, int]] = defaultdict(dict)
    numbers, newest = heard_by_theme(uow, scope, places, VOICES)
    for (theme_id, group), number in numbers.items():
        heard[theme_id][group] = number
    voices: dict[UUID | None, list[VoiceFact]] = defaultdict(list)
    for each in _voices(uow, places, among(perspective.c.id, newest)):
        voices[each.theme_id].append(each)
    return heard, voices


def _observed_by_theme(
    uow: UnitOfWork, observed: Sequence[ObservationFact]
) -> Mapping[UUID | None, list[ObservationFact]]:
    """The feedbacks that belong to each theme, by the focus area that they were linked to."""
    given = [each for each in observed if each.feedback_id]
    ids = {each.focus_area_id for each in given if each.focus_area_id}
    rows = rows_of(uow, select(focus_area.c.id, focus_area.c.theme_id).where(among(focus_area.c.id, ids)))
    themes: dict[UUID, UUID] = dict(rows)
    found: dict[UUID | None, list[ObservationFact]] = defaultdict(list)
    for each in given:
        found[themes.get(each.focus_area_id) if each.focus_area_id else None].append(each)
    return found
