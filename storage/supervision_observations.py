"""The observations of a scope by how far they are, and the feedback of each once it may be told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, not_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.acknowledgement import Acknowledgement, Given, attached_at, is_attached
from domain.dialogue import DialogueState
from domain.errors import NotAllowed
from domain.facts import ObservationFact
from domain.feedback import Feedback
from domain.observation import OPEN, Observation, ObservationState, Progress
from domain.organisation import Institution
from domain.scope import Scope
from domain.slots import AskedStatus
from domain.supervision import Found
from storage.acknowledgement import acknowledgement
from storage.among import among
from storage.asked import found_by, rows_of
from storage.counted import Counted, first_places, in_order, no_more_than
from storage.dialogue import dialogue
from storage.feedback import feedback
from storage.observation import observation, observed_at
from storage.preparation import preparation
from storage.shaped import Asking, shaped
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork

# By the column that was joined by: it stands in the index, so that no acknowledgement is read for it.
is_sent, _is_read = feedback.c.submitted_at.is_not(None), acknowledgement.c.feedback_id.is_not(None)
_has_oral = observation.c.oral_on.is_not(None)


def observation_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, most: int, only: AskedStatus | None = None
) -> Found[ObservationFact, Progress]:
    """The observations of the period by how far they are, and, once it is attached, the feedback of each.

    `only` are those that are open, or that await acknowledgement.

    What came to nothing is left out: who declined, and what was cancelled, is nobody else's business.
    """
    places = places_seen(scope, viewer, Record.OBSERVATION, Sight.STATUS)
    counted = Counted()
    for institution_id, state, sent, oral, number, at in rows_of(
        uow, _observed_by_place(scope, places, now, only=only)
    ):
        counted.add(institution_id, _progress(state, sent, oral), number)
        counted.note(at)
    wanted = first_places(counted.by_place, places, most)
    facts = _facts(uow, viewer, places, _first_observed(scope, places, wanted, most, only=only), now)
    return counted.found(tuple(Progress), in_order(facts, wanted)[:most])


def last_observations(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, only: AskedStatus | None = None
) -> Sequence[ObservationFact]:
    """The last one of each institution that has begun by now, from A to Å, of those of `observation_facts`."""
    places = places_seen(scope, viewer, Record.OBSERVATION, Sight.STATUS)
    return in_order(_facts(uow, viewer, places, _last_observed(scope, places, now, only=only), now), list(places))


def _facts(
    uow: UnitOfWork, viewer: Viewer, places: Mapping[UUID, Institution], query: Asking, now: datetime
) -> list[ObservationFact]:
    rows = found_by(uow, query, Observation, Feedback, Acknowledgement)
    shown = _shown_with_preparation(uow, [(sent, read) for _about, sent, read in rows])
    return [
        _observed(viewer, places[about.institution_id], about, sent, read, now, shown) for about, sent, read in rows
    ]


@shaped
def _observed_by_place(
    scope: Scope, places: Collection[UUID], now: datetime, *, only: AskedStatus | None
) -> Select[Any]:
    columns = (observation.c.institution_id, observation.c.state, is_sent, _has_oral)
    latest = func.max(case((observed_at <= now, observed_at)))
    counts = with_feedback(select(*columns, func.count(), latest).select_from(observation))
    return counts.where(*of_observations(scope, places, only)).group_by(*columns)


@shaped
def _first_observed(
    scope: Scope, places: Collection[UUID], wanted: Collection[UUID], most: int, *, only: AskedStatus | None
) -> Select[Any]:
    query = (
        with_feedback(select(observation, feedback, acknowledgement))
        .where(*of_observations(scope, places, only), among(observation.c.institution_id, wanted))
        .order_by(observed_at, observation.c.id)
    )
    return no_more_than(most, wanted, query)


@shaped
def _last_observed(scope: Scope, places: Collection[UUID], now: datetime, *, only: AskedStatus | None) -> Select[Any]:
    number = func.row_number().over(
        partition_by=observation.c.institution_id, order_by=(observed_at.desc(), observation.c.id)
    )
    begun = with_feedback(select(observation.c.id, number.label("number")).select_from(observation))
    newest = begun.where(*of_observations(scope, places, only), observed_at <= now).subquery()
    last = observation.c.id.in_(select(newest.c.id).where(newest.c.number == 1))
    return with_feedback(select(observation, feedback, acknowledgement)).where(last)


def with_feedback(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(feedback, feedback.c.observation_id == observation.c.id).outerjoin(
        acknowledgement, acknowledgement.c.feedback_id == feedback.c.id
    )


def of_observations(scope: Scope, places: Collection[UUID], only: AskedStatus | None) -> list[ColumnElement[bool]]:
    conditions = [
        among(observation.c.institution_id, places),
        observation.c.state.in_((*OPEN, ObservationState.DONE)),
        observed_at >= scope.begins,
        observed_at < scope.end,
    ]
    if scope.since is not None:
        changed_at = func.coalesce(observation.c.done_at, observation.c.changed_at, observation.c.asked_at)
        conditions.append(changed_at >= scope.since)
    is_done = observation.c.state == ObservationState.DONE
    if only is AskedStatus.OPEN:
        conditions.append(not_(and_(is_done, is_sent, _has_oral)))
    if only is AskedStatus.AWAITING_ACKNOWLEDGEMENT:
        conditions.append(and_(is_done, is_sent, _has_oral, not_(_is_read)))
    return conditions


def observation_fact(uow: UnitOfWork, viewer: Viewer, observation_id: UUID, now: datetime) -> ObservationFact:
    """How far one observation is, for whoever may know; `NotAllowed` otherwise, and for what came to nothing."""
    row = uow.session.execute(
        select(Observation, Feedback, Acknowledgement)
        .outerjoin(feedback, feedback.c.observation_id == observation.c.id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id)
        .where(observation.c.id == observation_id, observation.c.state.in_((*OPEN, ObservationState.DONE)))
    ).first()
    if row is None:
        raise NotAllowed
    about, sent, read = row
    where = uow.session.get_one(Institution, about.institution_id)
    viewer.require(Record.OBSERVATION, where, Sight.STATUS)
    return _observed(viewer, where, about, sent, read, now, _shown_with_preparation(uow, [(sent, read)]))


def brought(uow: UnitOfWork, viewer: Viewer, given: Given) -> str:
    """What the host brings of a feedback to the dialogue, for whoever is told it in an answer; empty for others."""
    if viewer.sight(Record.FEEDBACK, given.host) < Sight.FULL or given.acknowledged is None:
        return ""
    shown = _shown_with_preparation(uow, [(given.feedback, given.acknowledged)])
    return given.acknowledged.reply.bring if given.acknowledged.id in shown else ""


def _shown_with_preparation(
    uow: UnitOfWork, answered: Sequence[tuple[Feedback | None, Acknowledgement | None]]
) -> set[UUID]:
    """The acknowledgements whose words have been brought: the preparation of the dialogue they are for is ready.

    Before that they are in a draft, whoever asks; the dialogue is the first after the feedback was attached (I19).
    """
    replies = {
        read.id: (sent.institution_id, at)
        for sent, read in answered
        if sent is not None and read is not None and read.reply.bring and (at := attached_at(sent, read))
    }
    if not replies:
        return set()
    places = {where for where, _at in replies.values()}
    later = rows_of(uow, _prepared_after(places, min(at for _where, at in replies.values())))
    shown = set()
    for read_id, (where, at) in replies.items():
        ready_at = next((ready for place, starts, ready in later if place == where and starts > at), None)
        if ready_at is not None:
            shown.add(read_id)
    return shown


@shaped
def _prepared_after(places: Collection[UUID], at: datetime) -> Select[Any]:
    """The dialogues after that moment, by time, each with when its preparation was ready."""
    return (
        select(dialogue.c.institution_id, dialogue.c.starts_at, preparation.c.ready_at)
        .outerjoin(preparation, preparation.c.dialogue_id == dialogue.c.id)
        .where(
            among(dialogue.c.institution_id, places),
            dialogue.c.state != DialogueState.CANCELLED,
            dialogue.c.starts_at > at,
        )
        .order_by(dialogue.c.starts_at)
    )


def _progress(state: ObservationState, sent: bool, oral: bool) -> Progress:
    """As `Observation.progress`, of a row that was counted."""
    if state is not ObservationState.DONE:
        return {
            ObservationState.INVITED: Progress.INVITED,
            ObservationState.COUNTERED: Progress.COUNTERED,
            ObservationState.AGREED: Progress.AGREED,
        }[state]
    if not sent:
        return Progress.AWAITS_FEEDBACK
    return Progress.COMPLETE if oral else Progress.AWAITS_ORAL


def _observed(
    viewer: Viewer,
    where: Institution,
    about: Observation,
    sent: Feedback | None,
    read: Acknowledgement | None,
    now: datetime,
    shown: set[UUID],
) -> ObservationFact:
    """I26: "unacknowledged feedback inside its 14 days" stays out, whoever asks."""
    is_there = sent is not None and sent.is_sent
    fact = ObservationFact(
        where=where,
        observation=about,
        progress=about.progress(is_sent=is_there),
        is_acknowledged=read is not None,
    )
    if sent is None or not is_attached(sent, read, now) or viewer.sight(Record.FEEDBACK, where) < Sight.FULL:
        return fact
    return replace(
        fact,
        feedback_id=sent.id,
        brings=read.reply.bring if read and read.id in shown else "",
        focus_area_id=(read.reply.focus_area_id if read else None) or about.what.focus_area_id,
    )
