"""Which of what is kept waits, and since when: the statements of the list of what waits, by its kinds."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.sql import ColumnElement

from domain.agreement import AgreementState, Owner
from domain.attention_list import Waiting
from domain.dialogue import PREPARABLE, DialogueState
from domain.observation import ObservationState
from domain.perspective import Response
from domain.scope import Scope
from domain.status import Status
from storage.acknowledgement import acknowledgement
from storage.agreement import agreement
from storage.among import among
from storage.cycle import theme
from storage.dialogue import dialogue
from storage.feedback import feedback
from storage.focus_area import focus_area
from storage.focus_status import focus_status
from storage.observation import observation
from storage.perspective import perspective
from storage.recommendation import recommendation
from storage.shaped import shaped
from storage.supervision_agreements import agreements_of


@dataclass(frozen=True)
class _Kind:
    """What is told of something that waits, by which id and time it is told apart, and which of it waits."""

    query: Select[Any]
    id: ColumnElement[UUID]
    at: ColumnElement[datetime]
    which: Callable[[Scope, Collection[UUID]], Sequence[ColumnElement[bool]]]


@shaped
def numbered(
    scope: Scope,
    places: Collection[UUID],
    after: datetime | None,
    before: datetime | None,
    most: int,
    *,
    waiting: Waiting,
    is_bounded: bool,
) -> Select[*tuple[Any, ...]]:
    """The first ids by time, each with the number of all of them and the newest time."""
    kind = _QUERIES[waiting]
    conditions = [*kind.which(scope, places)]
    if after is not None and before is not None:
        conditions.append(kind.at.between(after, before))
    if is_bounded:
        conditions += [kind.at >= scope.start, kind.at < scope.end]
    counted = kind.query.where(*conditions).with_only_columns(kind.id, func.count().over(), func.max(kind.at).over())
    # By id, too: of many from the same moment, PostgreSQL would show others each time.
    return counted.order_by(kind.at, kind.id).limit(most)


@shaped
def these(ids: Collection[UUID], *, waiting: Waiting) -> Select[Any]:
    """What is told of these, by time."""
    kind = _QUERIES[waiting]
    return kind.query.where(among(kind.id, ids)).order_by(kind.at, kind.id)


@shaped
def overdue(
    whole: Collection[UUID],
    own: Collection[UUID],
    reader_id: UUID,
    leader_ids: Collection[UUID],
    today: date,
    first: date | None,
    last: date | None,
    most: int,
    *,
    by_chief: bool | None,
) -> Select[*tuple[Any, ...]]:
    """The first open agreements past their date, each with the number of all of them and the day that the newest was
    made; due between two days if given, and those that the chief carries out alone, or the others, if that is said."""
    conditions = [
        agreements_of(whole, own, reader_id),
        agreement.c.state == AgreementState.OPEN,
        agreement.c.due < today,
    ]
    if by_chief is not None:
        conditions.append(agreement.c.owner.in_([each for each in Owner if (each is Owner.CHIEF) == by_chief]))
    if leader_ids:
        conditions.append(among(agreement.c.leader_id, leader_ids))
    if first is not None and last is not None:
        conditions.append(agreement.c.due.between(first, last))
    query = select(agreement, func.count().over(), func.max(agreement.c.made_at).over()).where(*conditions)
    return query.order_by(agreement.c.due, agreement.c.id).limit(most)


_last = focus_status.alias("last")
_is_last = _last.c.id == (
    select(focus_status.c.id)
    .where(focus_status.c.focus_area_id == focus_area.c.id)
    .order_by(focus_status.c.written_at.desc(), focus_status.c.id.desc())
    .limit(1)
    .correlate(focus_area)
    .scalar_subquery()
)


def _needing_attention(scope: Scope, places: Collection[UUID]) -> Sequence[ColumnElement[bool]]:
    return [
        among(focus_area.c.institution_id, places),
        focus_area.c.closed_at.is_(None),
        *([focus_area.c.theme_id == scope.theme.id] if scope.theme is not None else []),
        _last.c.status == Status.NEEDS_ATTENTION,
    ]


def _in_states(*states: DialogueState) -> Callable[[Scope, Collection[UUID]], Sequence[ColumnElement[bool]]]:
    return lambda _scope, places: [among(dialogue.c.institution_id, places), dialogue.c.state.in_(states)]


def _unanswered(scope: Scope, places: Collection[UUID]) -> Sequence[ColumnElement[bool]]:
    conditions = [among(recommendation.c.institution_id, places), recommendation.c.response == Response.OPEN]
    if scope.theme is not None:
        near = select(focus_area.c.id).where(focus_area.c.theme_id == scope.theme.id)
        conditions.append(perspective.c.focus_area_id.in_(near))
    return conditions


def _not_acknowledged(_scope: Scope, places: Collection[UUID]) -> Sequence[ColumnElement[bool]]:
    return [
        among(observation.c.institution_id, places),
        observation.c.state == ObservationState.DONE,
        feedback.c.submitted_at.is_not(None),
        # The column that was joined by stands in the index, so that no acknowledgement is read for it.
        acknowledgement.c.feedback_id.is_(None),
    ]


_QUERIES: dict[Waiting, _Kind] = {
    Waiting.FOCUS_AREA: _Kind(
        select(focus_area, theme, _last.c.written_at)
        .select_from(focus_area)
        .join(theme, theme.c.id == focus_area.c.theme_id)
        .join(_last, _is_last),
        focus_area.c.id,
        _last.c.written_at,
        _needing_attention,
    ),
    Waiting.NOT_PREPARED: _Kind(
        select(dialogue), dialogue.c.id, dialogue.c.starts_at, _in_states(DialogueState.PLANNED, DialogueState.OPEN)
    ),
    Waiting.NOT_RECORDED: _Kind(
        select(dialogue), dialogue.c.id, dialogue.c.starts_at, _in_states(*PREPARABLE, DialogueState.HELD)
    ),
    Waiting.RECOMMENDATION: _Kind(
        select(recommendation, perspective)
        .select_from(recommendation)
        .join(perspective, perspective.c.id == recommendation.c.perspective_id),
        recommendation.c.id,
        recommendation.c.written_at,
        _unanswered,
    ),
    Waiting.ACKNOWLEDGEMENT: _Kind(
        select(observation, feedback.c.submitted_at)
        .select_from(observation)
        .join(feedback, feedback.c.observation_id == observation.c.id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id),
        observation.c.id,
        feedback.c.submitted_at,
        _not_acknowledged,
    ),
}
