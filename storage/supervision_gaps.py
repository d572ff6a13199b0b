"""What is not there in a scope: asked once of all its institutions, and named without blame."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select

from domain.access import Record, Viewer
from domain.data_package import PackageState
from domain.dialogue import RECORDABLE, Dialogue, DialogueState
from domain.facts import Gap, GapFact
from domain.observation import ObservationState
from domain.organisation import Institution
from domain.perspective import Group, Response
from domain.quiet import QuietTimes
from domain.scope import Scope
from domain.supervision import Found
from storage.among import among
from storage.asked import each_by, rows_of
from storage.data_package import data_package
from storage.dialogue import dialogue
from storage.focus_area import focus_area
from storage.focus_status import focus_status
from storage.observation import observation, observed_at
from storage.recommendation import recommendation
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.told import not_heard_at
from storage.unit_of_work import UnitOfWork


def gap_facts(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    now: datetime,
    quiet: QuietTimes,
    most: int,
    only: Collection[Gap] = tuple(Gap),
    record: Record = Record.SUPERVISION_SUMMARY,
) -> Found[GapFact, Gap]:
    """What each institution of the scope lacks in the period, in the order of the sections.

    With `only`, nothing else is asked for; `record` is what the viewer must be able to read to be told.
    """
    if scope.since or not only or not scope.has_begun:
        # What is not there is not new, and in a half-year to come it is not lacking.
        return Found()
    places = {id: where for id, where in places_seen(scope, viewer, record).items() if scope.waits_for(where)}
    lacks = _lacking(uow, scope, places, now, quiet, only)
    at = scope.as_of(now)
    named = [gap for gap in Gap if lacks[gap]]
    facts = [
        GapFact(where=where, gap=gap, at=at) for where in places.values() for gap in named if where.id in lacks[gap]
    ]
    counts = Counter(fact.gap for fact in facts)
    return Found(
        total=len(facts),
        places=len({fact.where.id for fact in facts}),
        counts={gap: counts[gap] for gap in Gap if counts[gap]},
        facts=facts[:most],
    )


def _lacking(
    uow: UnitOfWork,
    scope: Scope,
    places: Mapping[UUID, Institution],
    now: datetime,
    quiet: QuietTimes,
    only: Collection[Gap],
) -> Mapping[Gap, set[UUID]]:
    everybody = set(places)
    lacks: dict[Gap, set[UUID]] = defaultdict(set)
    if Gap.NO_FOCUS_AREA in only or Gap.NO_STATUS in only:
        active, told_of = _focus_areas(uow, scope, places)
        # A theme of the other age range, or of another time, is lacking nowhere.
        asked = {id for id, where in places.items() if scope.suits(where)}
        lacks |= {Gap.NO_FOCUS_AREA: asked - active, Gap.NO_STATUS: active - told_of}
    if Gap.NO_FIGURES in only:
        lacks[Gap.NO_FIGURES] = everybody - _with_figures(uow, scope, places)
    if Gap.NOT_RECORDED in only:
        lacks[Gap.NOT_RECORDED] = _unrecorded(uow, scope, places, now, quiet)
    if Gap.UNANSWERED in only:
        lacks[Gap.UNANSWERED] = _unanswered(uow, scope, places)
    if Gap.NO_OBSERVATION in only:
        lacks[Gap.NO_OBSERVATION] = everybody - _observed(uow, scope, places)
    by_group = {gap: group for group in Group if (gap := Gap.of_group(group)) in only and gap}
    # Of a theme too: whoever was asked about another one has been asked.
    unheard = not_heard_at(uow, replace(scope, theme=None), places, list(by_group.values()))
    lacks |= {gap: unheard[group] for gap, group in by_group.items()}
    return {gap: lacks[gap] if gap in only else set() for gap in Gap}


def _focus_areas(uow: UnitOfWork, scope: Scope, ids: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The institutions that worked with a focus area in the period, and those that told of each of them in it."""
    rows = rows_of(uow, _told_by_place(scope, ids))
    return {where for where, _told in rows}, {where for where, told in rows if told}


@shaped
def _told_by_place(scope: Scope, ids: Collection[UUID]) -> Select[Any]:
    """Of each institution with a focus area in the period, whether each of them was told of in it."""
    has_status = (
        select(focus_status.c.id)
        .where(
            focus_status.c.focus_area_id == focus_area.c.id,
            focus_status.c.written_at >= scope.start,
            focus_status.c.written_at < scope.end,
        )
        .exists()
    )
    # One that was chosen or closed in the period has told of itself.
    is_told = or_(
        focus_area.c.chosen_at >= scope.start,
        and_(focus_area.c.closed_at.is_not(None), focus_area.c.closed_at < scope.end),
        has_status,
    )
    return (
        select(focus_area.c.institution_id, func.min(case((is_told, 1), else_=0)))
        .where(
            among(focus_area.c.institution_id, ids),
            focus_area.c.chosen_at < scope.end,
            or_(focus_area.c.closed_at.is_(None), focus_area.c.closed_at >= scope.start),
            *([focus_area.c.theme_id == scope.theme.id] if scope.theme is not None else []),
        )
        .group_by(focus_area.c.institution_id)
    )


def _with_figures(uow: UnitOfWork, scope: Scope, ids: Collection[UUID]) -> set[UUID]:
    return {where for (where,) in rows_of(uow, _released(scope, ids))}


@shaped
def _released(scope: Scope, ids: Collection[UUID]) -> Select[Any]:
    return (
        select(data_package.c.institution_id)
        .where(
            among(data_package.c.institution_id, ids),
            data_package.c.state == PackageState.RELEASED,
            data_package.c.half_year.between(scope.first, scope.last),
        )
        .distinct()
    )


def _unrecorded(uow: UnitOfWork, scope: Scope, ids: Collection[UUID], now: datetime, quiet: QuietTimes) -> set[UUID]:
    """ "mangler opsamling": the word that stands in the chief's overview."""
    found = each_by(uow, _begun(scope, ids, now), Dialogue)
    return {each.institution_id for each in found if each.is_unrecorded(now, quiet)}


@shaped
def _begun(scope: Scope, ids: Collection[UUID], now: datetime) -> Select[Any]:
    """The dialogues that have begun and can be recorded."""
    return select(dialogue).where(
        among(dialogue.c.institution_id, ids),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state.in_([each for each in RECORDABLE if each is not DialogueState.RECORDED]),
        dialogue.c.starts_at < now,
    )


def _unanswered(uow: UnitOfWork, scope: Scope, ids: Collection[UUID]) -> set[UUID]:
    return {where for (where,) in rows_of(uow, _recommended(scope, ids))}


@shaped
def _recommended(scope: Scope, ids: Collection[UUID]) -> Select[Any]:
    return (
        select(recommendation.c.institution_id)
        .where(
            among(recommendation.c.institution_id, ids),
            recommendation.c.response == Response.OPEN,
            recommendation.c.written_at >= scope.start,
            recommendation.c.written_at < scope.end,
        )
        .distinct()
    )


def _observed(uow: UnitOfWork, scope: Scope, ids: Collection[UUID]) -> set[UUID]:
    return {where for (where,) in rows_of(uow, _visited(scope, ids))}


@shaped
def _visited(scope: Scope, ids: Collection[UUID]) -> Select[Any]:
    return (
        select(observation.c.institution_id)
        .where(
            among(observation.c.institution_id, ids),
            observation.c.state == ObservationState.DONE,
            observed_at >= scope.start,
            observed_at < scope.end,
        )
        .distinct()
    )
