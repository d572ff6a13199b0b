"""The decisions of a scope and the measures that they set going, counted by the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, exists, func, or_, select, union
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind
from domain.decision_list import Behind, DecisionFact, MeasureFact, MeasureWord
from domain.dialogue import Dialogue, DialogueState
from domain.facts import SourceKind, SourceRef
from domain.measure import Measure, MeasureState
from domain.scope import Scope
from domain.slots import AskedStatus
from domain.supervision import Found
from storage.among import among
from storage.asked import found_by, rows_of
from storage.counted import Counted, each_counted, first_places, in_order, no_more_than
from storage.decision import decision
from storage.dialogue import dialogue
from storage.focus_area import focus_area
from storage.measure import measure
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork


def decision_facts(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    most: int,
    number: int | None = None,
    cycles: Sequence[UUID] = (),
    latest: bool = False,
) -> Found[DecisionFact, DecisionKind]:
    """The saved decisions of the dialogues of the half-years, oldest first in each institution.

    `number` is that of one dialogue of the four, of these `cycles` where any are given; with `latest`, those of each
    institution's last dialogue that has any.
    """
    places = places_seen(scope, viewer, Record.DECISION)
    about, kinds = (scope, places, number, cycles), tuple(DecisionKind)
    counted = Counted.in_columns(rows_of(uow, _kinds_by_place(*about, latest=latest)), kinds)
    wanted = first_places(counted.by_place, places, most)
    query = _first_decisions(*about, wanted, most, latest=latest)
    facts = [
        DecisionFact(where=places[met.institution_id], dialogue=met, decision=each)
        for each, met in found_by(uow, query, Decision, Dialogue)
    ]
    return counted.found(kinds, in_order(facts, wanted)[:most])


def withdrawn_facts(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    most: int,
    number: int | None = None,
    cycles: Sequence[UUID] = (),
) -> Sequence[DecisionFact]:
    """Those that were taken back, which are counted nowhere; by institution, the first taken back first."""
    places = places_seen(scope, viewer, Record.DECISION)
    rows = found_by(uow, _taken_back(scope, places, number, cycles, most), Decision, Dialogue)
    facts = [DecisionFact(where=places[about.institution_id], dialogue=about, decision=each) for each, about in rows]
    return in_order(facts, list(places))


def measure_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, today: date, most: int, only: AskedStatus | None = None
) -> Found[MeasureFact, MeasureWord]:
    """The measures that went on in the period, by their date in each institution; `only` the open, or the overdue.

    In a period that is only coming, none has gone on.
    """
    if not scope.has_begun:
        return Found()
    places = places_seen(scope, viewer, Record.DECISION)
    counted = Counted()
    for institution_id, state, past, number in rows_of(uow, _words_by_place(scope, places, today, only=only)):
        counted.add(institution_id, MeasureWord.of(state, bool(past)), number)
    wanted = first_places(counted.by_place, places, most)
    query = _first_measures(scope, places, today, wanted, most, only=only)
    facts = [
        MeasureFact.on(today, places[each.institution_id], about, each)
        for each, about in found_by(uow, query, Measure, Dialogue)
    ]
    return counted.found(tuple(MeasureWord), in_order(facts, wanted)[:most])


def dialogues_behind(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    now: datetime,
    today: date,
    most: int,
    told: Collection[UUID],
    withdrawn: Collection[UUID] = (),
    of_decisions: bool,
    of_measures: bool,
    number: int | None = None,
    cycles: Sequence[UUID] = (),
    latest: bool = False,
    only: AskedStatus | None = None,
) -> Behind:
    """The dialogues of decisions and of measures that are counted, but for those that are `told` of one by one.

    Of `withdrawn` decisions, too, the dialogue is known. The sources are the first `most` of each, those told of too.
    """
    places = places_seen(scope, viewer, Record.DECISION)
    columns = (dialogue.c.id, dialogue.c.institution_id, dialogue.c.starts_at)
    near = select(*columns).select_from(decision).join(dialogue, dialogue.c.id == decision.c.dialogue_id)
    decided = near.where(*_made(scope, places, number, cycles, latest=latest))
    set_going = near.join(measure, measure.c.decision_id == decision.c.id)
    set_going = set_going.where(*_going_on(scope, places, today, only))
    behind = union(*([decided] if of_decisions else []), *([set_going] if of_measures else [])).subquery()
    numbers = select(func.count(), func.max(case((behind.c.starts_at <= now, behind.c.starts_at))))
    total, newest = uow.session.execute(numbers.where(behind.c.id.not_in({*told, *withdrawn}))).one()

    def first_of(query: Select[Any]) -> Sequence[SourceRef]:
        by_time = query.distinct().order_by(dialogue.c.starts_at, dialogue.c.id).limit(most)
        return [
            SourceRef(kind=SourceKind.DIALOGUE, id=id, institution_id=where, at=at)
            for id, where, at in uow.session.execute(by_time)
        ]

    by_decisions = first_of(decided) if most and of_decisions else []
    by_measures = first_of(set_going) if most and of_measures else []
    known = {ref.id for ref in (*by_decisions, *by_measures)}.difference(told, withdrawn)
    return Behind(number=total - len(known), latest=newest, of_decisions=by_decisions, of_measures=by_measures)


@shaped
def _kinds_by_place(
    scope: Scope, places: Collection[UUID], number: int | None, cycles: Collection[UUID], *, latest: bool
) -> Select[Any]:
    return (
        select(dialogue.c.institution_id, *each_counted(decision.c.kind, tuple(DecisionKind)))
        .select_from(decision)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .where(*_made(scope, places, number, cycles, latest=latest))
        .group_by(dialogue.c.institution_id)
    )


@shaped
def _first_decisions(
    scope: Scope,
    places: Collection[UUID],
    number: int | None,
    cycles: Collection[UUID],
    wanted: Collection[UUID],
    most: int,
    *,
    latest: bool,
) -> Select[Any]:
    query = (
        select(decision, dialogue)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .where(*_made(scope, places, number, cycles, latest=latest), among(dialogue.c.institution_id, wanted))
        .order_by(decision.c.saved_at, decision.c.id)
    )
    return no_more_than(most, wanted, query)


@shaped
def _taken_back(
    scope: Scope, places: Collection[UUID], number: int | None, cycles: Collection[UUID], most: int
) -> Select[Any]:
    return (
        select(decision, dialogue)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .where(*_decided(scope, places, number, cycles, withdrawn=True))
        .order_by(decision.c.withdrawn_at, decision.c.id)
        .limit(most)
    )


@shaped
def _words_by_place(scope: Scope, places: Collection[UUID], today: date, *, only: AskedStatus | None) -> Select[Any]:
    columns = (measure.c.institution_id, measure.c.state, (measure.c.due < today).label("is_past"))
    return (
        select(*columns, func.count())
        .select_from(measure)
        .join(decision, decision.c.id == measure.c.decision_id)
        .where(*_going_on(scope, places, today, only))
        .group_by(measure.c.institution_id, measure.c.state, "is_past")
    )


@shaped
def _first_measures(
    scope: Scope,
    places: Collection[UUID],
    today: date,
    wanted: Collection[UUID],
    most: int,
    *,
    only: AskedStatus | None,
) -> Select[Any]:
    query = (
        select(measure, dialogue)
        .join(decision, decision.c.id == measure.c.decision_id)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .where(*_going_on(scope, places, today, only), among(measure.c.institution_id, wanted))
        .order_by(measure.c.due, measure.c.id)
    )
    return no_more_than(most, wanted, query)


def _going_on(
    scope: Scope, places: Collection[UUID], today: date, only: AskedStatus | None
) -> list[ColumnElement[bool]]:
    """The measures that went on in the period; `only` the open, or the overdue."""
    conditions: list[ColumnElement[bool]] = [
        among(measure.c.institution_id, places),
        decision.c.withdrawn_at.is_(None),
        decision.c.saved_at < scope.end,
        or_(measure.c.ended_at.is_(None), measure.c.ended_at >= scope.start),
    ]
    if scope.since is not None:
        conditions.append(func.coalesce(measure.c.ended_at, decision.c.saved_at) >= scope.since)
    if scope.theme is not None:
        conditions.append(_near(scope.theme))
    if only in (AskedStatus.OPEN, AskedStatus.OVERDUE):
        conditions.append(measure.c.state == MeasureState.OPEN)
    if only is AskedStatus.OVERDUE:
        conditions.append(measure.c.due < today)
    return conditions


def _made(
    scope: Scope, places: Collection[UUID], number: int | None, cycles: Collection[UUID], *, latest: bool
) -> list[ColumnElement[bool]]:
    """The decisions that stand; of the `latest`, those of each institution's last dialogue that has any."""
    conditions = _decided(scope, places, number, cycles)
    if not latest:
        return conditions
    nth = func.rank().over(partition_by=dialogue.c.institution_id, order_by=dialogue.c.starts_at.desc())
    ranked = (
        select(dialogue.c.id, nth.label("place"))
        .join(decision, decision.c.dialogue_id == dialogue.c.id)
        .where(*conditions)
        .subquery()
    )
    return [*conditions, dialogue.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1))]


def _decided(
    scope: Scope,
    places: Collection[UUID],
    number: int | None,
    cycles: Collection[UUID],
    *,
    withdrawn: bool = False,
) -> list[ColumnElement[bool]]:
    at = decision.c.withdrawn_at if withdrawn else decision.c.saved_at
    conditions: list[ColumnElement[bool]] = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state != DialogueState.CANCELLED,
        decision.c.saved_at.is_not(None),
        decision.c.withdrawn_at.is_not(None) if withdrawn else decision.c.withdrawn_at.is_(None),
    ]
    if scope.since is not None:
        conditions.append(at >= scope.since)
    if number is not None:
        conditions.append(dialogue.c.number == number)
    if cycles:
        conditions.append(among(dialogue.c.cycle_id, cycles))
    if scope.theme is not None:
        conditions.append(_near(scope.theme))
    return conditions


def _near(about: Theme) -> ColumnElement[bool]:
    """Whether a decision is about, or has chosen, a focus area that is close to the theme."""
    is_its = or_(focus_area.c.id == decision.c.focus_area_id, focus_area.c.decision_id == decision.c.id)
    return exists().where(and_(focus_area.c.theme_id == about.id, is_its))
