"""Figures and perspectives of a scope, by theme and side by side: "kvalitative og kvantitative data er ligeværdige"."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.cycle import Theme
from domain.facts import VoiceFact
from domain.organisation import Institution
from domain.perspective import Group, Perspective, Recommendation, Response
from domain.scope import Scope
from domain.supervision import Found, ThemeData
from storage.among import among
from storage.asked import found_by, rows_of
from storage.counted import Counted, each_counted, first_places, in_order, no_more_than
from storage.cycle import themes_valid_in
from storage.focus_area import focus_area
from storage.perspective import perspective
from storage.recommendation import recommendation
from storage.shaped import Asking, shaped
from storage.supervision import places_seen
from storage.supervision_feedback import feedback_by_theme
from storage.supervision_figures import figures_of_themes
from storage.supervision_priorities import priority_facts
from storage.told import heard_by_theme, near_focus_area, query_of, told_in
from storage.unit_of_work import UnitOfWork

VOICES = 3
QUOTED = 2
PRIORITIES = 40


def voice_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int, groups: Sequence[Group] = ()
) -> Found[VoiceFact, Group]:
    """What children, young people, parents and staff have told in the half-years, newest first in each institution.

    With `groups`, what those alone have told.
    """
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    said, of = tuple(Group), tuple(groups)
    counted = Counted.in_columns(rows_of(uow, _groups_by_place(scope, places, groups=of)), said, is_dated=True)
    wanted = first_places(counted.by_place, places, most)
    facts = _voices(uow, places, _newest_told(scope, places, wanted, most, groups=of))
    return counted.found(said, in_order(facts, wanted)[:most])


def last_voices(uow: UnitOfWork, viewer: Viewer, scope: Scope, *, groups: Sequence[Group] = ()) -> Sequence[VoiceFact]:
    """What each institution was told last in the half-years, from A to Å."""
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    return in_order(_voices(uow, places, _last_told(scope, places, groups=tuple(groups))), list(places))


@shaped
def _groups_by_place(scope: Scope, places: Collection[UUID], *, groups: Sequence[Group]) -> Select[Any]:
    place = perspective.c.institution_id
    numbers = each_counted(perspective.c.group, tuple(Group))
    counts = query_of(scope, place, *numbers, func.max(perspective.c.written_at))
    return counts.where(*told_in(scope, places, groups)).group_by(place)


@shaped
def _newest_told(
    scope: Scope, places: Collection[UUID], wanted: Collection[UUID], most: int, *, groups: Sequence[Group]
) -> Select[Any]:
    told = _told(*told_in(scope, places, groups), among(perspective.c.institution_id, wanted))
    return no_more_than(most, wanted, told)


@shaped
def _last_told(scope: Scope, places: Collection[UUID], *, groups: Sequence[Group]) -> Select[Any]:
    number = func.row_number().over(
        partition_by=perspective.c.institution_id, order_by=(perspective.c.written_at.desc(), perspective.c.id)
    )
    newest = query_of(scope, perspective.c.id, number.label("number")).where(*told_in(scope, places, groups)).subquery()
    return _told(perspective.c.id.in_(select(newest.c.id).where(newest.c.number == 1)))


@shaped
def _told_as(ids: Collection[UUID]) -> Select[Any]:
    return _told(among(perspective.c.id, ids))


def _told(*conditions: ColumnElement[bool]) -> Select[Any]:
    """What was told and recommended, with the theme that it is near to, the newest first."""
    return (
        near_focus_area(select(perspective, recommendation, focus_area.c.theme_id).select_from(perspective))
        .outerjoin(recommendation, recommendation.c.perspective_id == perspective.c.id)
        .where(*conditions)
        .order_by(perspective.c.written_at.desc(), perspective.c.id)
    )


def recommendation_counts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, groups: Sequence[Group] = ()
) -> Mapping[Response, int]:
    """What became of what they recommend, in the order of the answers."""
    places = places_seen(scope, viewer, Record.PERSPECTIVE)
    found: dict[Response, int] = dict(rows_of(uow, _responses(scope, places, groups=tuple(groups))))
    return {each: found[each] for each in Response if each in found}


@shaped
def _responses(scope: Scope, places: Collection[UUID], *, groups: Sequence[Group]) -> Select[Any]:
    query = query_of(scope, recommendation.c.response, func.count()).join(
        recommendation, recommendation.c.perspective_id == perspective.c.id
    )
    return query.where(*told_in(scope, places, groups)).group_by(recommendation.c.response)


def theme_data(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    now: datetime,
    most: int,
    most_traced: int,
    known: Sequence[VoiceFact] = (),
    traced: Sequence[VoiceFact] = (),
) -> Sequence[ThemeData]:
    """R-39: "order is by theme, not by kind": figures and what was told about each theme, and the local development.

    Of one institution there are its figures, of several the mean of each. Local priorities belong to the local
    development. Of the perspectives that are counted, `known` and `traced` are sources besides the newest; of the
    feedback, the first `most` and others, `most_traced` in all.
    """
    themes = _themes(uow, scope)
    figures, averages, packages, of_few = figures_of_themes(
        uow, scope, places_seen(scope, viewer, Record.DATA_PACKAGE), themes
    )
    heard, voices = _heard_by_theme(uow, scope, places_seen(scope, viewer, Record.PERSPECTIVE))
    there = {each.perspective.id for some in voices.values() for each in some}
    of_themes: list[dict[UUID | None, list[VoiceFact]]] = [defaultdict(list), defaultdict(list)]
    for more, told in zip(of_themes, (known, traced), strict=True):
        for fact in told:
            if fact.perspective.id not in there:
                there.add(fact.perspective.id)
                more[fact.theme_id].append(fact)
    also, others = of_themes
    observed, given = feedback_by_theme(uow, viewer, scope, now=now, most=most_traced)
    priorities = priority_facts(uow, viewer, scope, most=PRIORITIES)
    data = []
    for each in (*themes, *(() if scope.theme else (None,))):
        key = each.id if each else None
        part = ThemeData(
            theme=each,
            figures=figures[key],
            averages=averages[key],
            heard={group: heard[key][group] for group in Group if heard[key].get(group)},
            voices=[*voices[key], *also[key]],
            traced=others[key],
            quoted=voices[key][:QUOTED] if scope.is_one_place else (),
            observed=observed[key],
            feedback=given[key][:most],
            feedback_traced=given[key][most:],
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
    figures, averages, packages, of_few = figures_of_themes(
        uow, scope, places_seen(scope, viewer, Record.DATA_PACKAGE), themes
    )
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


def _voices(uow: UnitOfWork, places: Mapping[UUID, Institution], told: Asking) -> list[VoiceFact]:
    return [
        VoiceFact(where=places[said.institution_id], perspective=said, recommendation=recommended, theme_id=theme_id)
        for said, recommended, theme_id in found_by(uow, told, Perspective, Recommendation)
    ]


def _heard_by_theme(
    uow: UnitOfWork, scope: Scope, places: Mapping[UUID, Institution]
) -> tuple[Mapping[UUID | None, Mapping[Group, int]], Mapping[UUID | None, list[VoiceFact]]]:
    """How often each group has told of each theme, and the newest of what each has told."""
    heard: dict[UUID | None, dict[Group, int]] = defaultdict(dict)
    numbers, newest = heard_by_theme(uow, scope, places, VOICES)
    for (theme_id, group), number in numbers.items():
        heard[theme_id][group] = number
    voices: dict[UUID | None, list[VoiceFact]] = defaultdict(list)
    for each in _voices(uow, places, _told_as(newest)):
        voices[each.theme_id].append(each)
    return heard, voices
