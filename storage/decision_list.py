"""The decisions of a scope and the measures that they set going, counted by the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Date, and_, cast, exists, func, literal, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind
from domain.decision_list import DecisionFact, MeasureFact, MeasureWord
from domain.dialogue import Dialogue, DialogueState
from domain.measure import Measure, MeasureState
from domain.organisation import Institution
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
from storage.organisation import institution
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
    conditions = _decided(scope, places, number, cycles)
    if latest:
        nth = func.rank().over(partition_by=dialogue.c.institution_id, order_by=dialogue.c.starts_at.desc())
        ranked = (
            select(dialogue.c.id, nth.label("place"))
            .join(decision, decision.c.dialogue_id == dialogue.c.id)
            .where(*conditions)
            .subquery()
        )
        conditions = [*conditions, dialogue.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1))]
    kinds = tuple(DecisionKind)
    rows = rows_of(
        uow,
        select(dialogue.c.institution_id, *each_counted(decision.c.kind, kinds))
        .select_from(decision)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .where(*conditions)
        .group_by(dialogue.c.institution_id),
    )
    counted = Counted.in_columns(rows, kinds)
    wanted = first_places(counted.by_place, places, most)
    facts = [
        DecisionFact(where=places[about.institution_id], dialogue=about, decision=each)
        for each, about in found_by(
            uow,
            no_more_than(
                most,
                wanted,
                select(decision, dialogue)
                .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
                .where(*conditions, among(dialogue.c.institution_id, wanted))
                .order_by(decision.c.saved_at, decision.c.id),
            ),
            Decision,
            Dialogue,
        )
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
    rows = found_by(
        uow,
        select(decision, dialogue)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(*_decided(scope, places, number, cycles, withdrawn=True))
        .order_by(institution.c.name, decision.c.withdrawn_at, decision.c.id)
        .limit(most),
        Decision,
        Dialogue,
    )
    return [DecisionFact(where=places[about.institution_id], dialogue=about, decision=each) for each, about in rows]


def measure_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, today: date, most: int, only: AskedStatus | None = None
) -> Found[MeasureFact, MeasureWord]:
    """The measures that went on in the period, by their date in each institution; `only` the open, or the overdue."""
    places = places_seen(scope, viewer, Record.DECISION)
    day = cast(literal(today), Date) if uow.dialect == "postgresql" else literal(today)
    conditions: list[ColumnElement[bool]] = [
        among(measure.c.institution_id, places),
        decision.c.withdrawn_at.is_(None),
        decision.c.saved_at < scope.end,
        or_(measure.c.ended_at.is_(None), measure.c.ended_at >= scope.start),
    ]
    if scope.since:
        conditions.append(func.coalesce(measure.c.ended_at, decision.c.saved_at) >= scope.since)
    if scope.theme:
        conditions.append(_near(scope.theme))
    if only in (AskedStatus.OPEN, AskedStatus.OVERDUE):
        conditions.append(measure.c.state == MeasureState.OPEN)
    is_past = measure.c.due < day
    if only is AskedStatus.OVERDUE:
        conditions.append(is_past)
    columns = (measure.c.institution_id, measure.c.state, is_past.label("is_past"))
    counts = (
        select(*columns, func.count())
        .select_from(measure)
        .join(decision, decision.c.id == measure.c.decision_id)
        .where(*conditions)
        .group_by(measure.c.institution_id, measure.c.state, "is_past")
    )
    counted = Counted()
    for institution_id, state, past, number in rows_of(uow, counts):
        counted.add(institution_id, MeasureWord.of(state, bool(past)), number)
    wanted = first_places(counted.by_place, places, most)
    facts = [
        MeasureFact.on(today, places[each.institution_id], about, each)
        for each, about in found_by(
            uow,
            no_more_than(
                most,
                wanted,
                select(measure, dialogue)
                .join(decision, decision.c.id == measure.c.decision_id)
                .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
                .where(*conditions, among(measure.c.institution_id, wanted))
                .order_by(measure.c.due, measure.c.id),
            ),
            Measure,
            Dialogue,
        )
    ]
    return counted.found(tuple(MeasureWord), in_order(facts, wanted)[:most])


def _decided(
    scope: Scope,
    places: Mapping[UUID, Institution],
    number: int | None,
    cycles: Sequence[UUID],
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
    if scope.since:
        conditions.append(at >= scope.since)
    if number:
        conditions.append(dialogue.c.number == number)
    if cycles:
        conditions.append(dialogue.c.cycle_id.in_(cycles))
    if scope.theme:
        conditions.append(_near(scope.theme))
    return conditions


def _near(about: Theme) -> ColumnElement[bool]:
    """Whether a decision is about, or has chosen, a focus area that is close to the theme."""
    is_its = or_(focus_area.c.id == decision.c.focus_area_id, focus_area.c.decision_id == decision.c.id)
    return exists().where(and_(focus_area.c.theme_id == about.id, is_its))
