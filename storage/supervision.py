"""What is known in a scope, counted by the database: focus areas, dialogues and observations.

Every function takes the viewer, and looks only at the institutions of the scope whose record the viewer may read in
full. Of many rows the first `most` come as facts; how many there are, and of which kind, is counted where they lie.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import FromClause, and_, func, not_, or_, select, true
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.acknowledgement import Acknowledgement, attached_at, is_attached
from domain.cycle import Theme
from domain.decision import Decision
from domain.dialogue import HELD, Dialogue, DialogueState
from domain.errors import NotAllowed
from domain.facts import DialogueFact, FocusFact, ObservationFact
from domain.feedback import Feedback
from domain.focus_area import FocusArea, FocusAreaState
from domain.observation import OPEN, Observation, ObservationState, Progress
from domain.organisation import Institution
from domain.scope import Places, Scope
from domain.slots import AskedStatus
from domain.status import Status
from domain.supervision import Found
from storage.acknowledgement import acknowledgement
from storage.among import among
from storage.asked import each_by, found_by, rows_of
from storage.counted import Counted, each_counted, first_places, in_order, no_more_than
from storage.cycle import theme
from storage.decision import decision
from storage.dialogue import dialogue
from storage.feedback import feedback
from storage.focus_area import focus_area
from storage.focus_status import focus_status
from storage.observation import observation
from storage.preparation import preparation
from storage.unit_of_work import UnitOfWork

STATES = tuple(each for each in DialogueState if each is not DialogueState.CANCELLED)


def places_seen(scope: Scope, viewer: Viewer, record: Record, least: Sight = Sight.FULL) -> Places:
    """The institutions of the scope whose record the viewer reads in full, from A to Å."""
    seen = [where for where in scope.institutions if viewer.sight(record, where) >= least]
    if len(seen) == len(scope.institutions):
        # Nearly always, and then the same for each record.
        return scope.places
    return Places((where.id, where) for where in seen)


def focus_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int, only: Status | None = None, open_only: bool = False
) -> Found[FocusFact, Status | None]:
    """The focus areas that were worked with in the period, by the last word about each until its end.

    With `only`, those of which it is that word; with `open_only`, those that go on.
    """
    places = places_seen(scope, viewer, Record.FOCUS_AREA)
    about = _worked_with(scope, places)
    last, is_last = _last_words(uow, scope)
    changed_at = func.coalesce(last.c.written_at, focus_area.c.chosen_at)
    conditions = [about, *([changed_at >= scope.since] if scope.since else [])]
    if only:
        conditions.append(last.c.status == only)
    if open_only:
        conditions.append(focus_area.c.state != FocusAreaState.CLOSED)
    words = (None, *Status)
    rows = rows_of(
        uow,
        select(focus_area.c.institution_id, *each_counted(last.c.status, words))
        .select_from(focus_area)
        .outerjoin(last, is_last)
        .where(*conditions)
        .group_by(focus_area.c.institution_id),
    )
    counted = Counted.in_columns(rows, words)
    wanted = first_places(counted.by_place, places, most)
    facts = [
        FocusFact(
            where=places[area.institution_id],
            area=area,
            theme=near,
            status=status,
            at=written_at or area.chosen_at,
            seen=seen or "",
        )
        for area, near, status, written_at, seen in found_by(
            uow,
            no_more_than(
                most,
                wanted,
                select(focus_area, theme, last.c.status, last.c.written_at, last.c.seen)
                .join(theme, theme.c.id == focus_area.c.theme_id)
                .outerjoin(last, is_last)
                .where(*conditions, among(focus_area.c.institution_id, wanted))
                .order_by(focus_area.c.chosen_at, focus_area.c.id),
            ),
            FocusArea,
            Theme,
        )
    ]
    return counted.found(words, in_order(facts, wanted)[:most])


def _last_words(uow: UnitOfWork, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    """The last word about each focus area until the end of the period, and how it is joined.

    Looked up for each focus area in its index: to put all statuses of all areas in order takes ten times as long.
    """
    columns = (focus_status.c.status, focus_status.c.written_at, focus_status.c.seen)
    newest = (
        select(*(columns if uow.dialect == "postgresql" else [focus_status.c.id]))
        .where(focus_status.c.focus_area_id == focus_area.c.id, focus_status.c.written_at < scope.end)
        .order_by(focus_status.c.written_at.desc(), focus_status.c.id.desc())
        .limit(1)
        .correlate(focus_area)
    )
    if uow.dialect == "postgresql":
        # All that is counted stands in the index, and the row is not looked up once more.
        return newest.lateral("last"), true()
    last = focus_status.alias("last")
    return last, last.c.id == newest.scalar_subquery()


def _worked_with(scope: Scope, places: Mapping[UUID, Institution]) -> ColumnElement[bool]:
    of_theme = [focus_area.c.theme_id == scope.theme.id] if scope.theme else []
    return and_(
        among(focus_area.c.institution_id, places),
        focus_area.c.chosen_at < scope.end,
        or_(focus_area.c.closed_at.is_(None), focus_area.c.closed_at >= scope.start),
        *of_theme,
    )


def dialogue_facts(uow: UnitOfWork, viewer: Viewer, scope: Scope, *, most: int) -> Found[DialogueFact, DialogueState]:
    """The learning dialogues of the half-years with their saved decisions; cancelled ones are left out."""
    places = places_seen(scope, viewer, Record.DECISION)
    conditions = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state != DialogueState.CANCELLED,
    ]
    if scope.since:
        is_held = and_(dialogue.c.state.in_(HELD), dialogue.c.starts_at >= scope.since)
        conditions.append(or_(dialogue.c.recorded_at >= scope.since, is_held))
    rows = rows_of(
        uow,
        select(dialogue.c.institution_id, *each_counted(dialogue.c.state, STATES))
        .where(*conditions)
        .group_by(dialogue.c.institution_id),
    )
    counted = Counted.in_columns(rows, STATES)
    wanted = first_places(counted.by_place, places, most)
    query = (
        select(dialogue)
        .where(*conditions, among(dialogue.c.institution_id, wanted))
        .order_by(dialogue.c.starts_at, dialogue.c.id)
    )
    found: list[Dialogue] = each_by(uow, no_more_than(most, wanted, query), Dialogue)
    decided = decided_in(uow, [each.id for each in found])
    facts = [
        DialogueFact(where=places[each.institution_id], dialogue=each, decisions=decided.get(each.id, ()))
        for each in found
    ]
    return counted.found(STATES, in_order(facts, wanted)[:most])


def decided_in(uow: UnitOfWork, dialogue_ids: Sequence[UUID]) -> dict[UUID, list[Decision]]:
    """The saved decisions of these dialogues, by dialogue, oldest first."""
    found: dict[UUID, list[Decision]] = defaultdict(list)
    query = (
        select(decision)
        .where(
            among(decision.c.dialogue_id, dialogue_ids),
            decision.c.saved_at.is_not(None),
            decision.c.withdrawn_at.is_(None),
        )
        .order_by(decision.c.saved_at, decision.c.id)
    )
    for each in each_by(uow, query, Decision):
        found[each.dialogue_id].append(each)
    return found


def observation_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, most: int, only: AskedStatus | None = None
) -> Found[ObservationFact, Progress]:
    """The observations of the period by how far they are, and, once it is attached, the feedback of each.

    `only` are those that are open, or that await acknowledgement.

    What came to nothing is left out: who declined, and what was cancelled, is nobody else's business.
    """
    places = places_seen(scope, viewer, Record.OBSERVATION, Sight.STATUS)
    at = func.coalesce(observation.c.starts_at, observation.c.asked_at)
    conditions = [
        among(observation.c.institution_id, places),
        observation.c.state.in_((*OPEN, ObservationState.DONE)),
        at >= scope.begins,
        at < scope.end,
    ]
    if scope.since:
        changed_at = func.coalesce(observation.c.done_at, observation.c.changed_at, observation.c.asked_at)
        conditions.append(changed_at >= scope.since)
    # By the column that was joined by: it stands in the index, so that no acknowledgement is read for it.
    is_sent, is_read = feedback.c.submitted_at.is_not(None), acknowledgement.c.feedback_id.is_not(None)
    has_oral = observation.c.oral_on.is_not(None)
    is_done = observation.c.state == ObservationState.DONE
    if only is AskedStatus.OPEN:
        conditions.append(not_(and_(is_done, is_sent, has_oral)))
    if only is AskedStatus.AWAITING_ACKNOWLEDGEMENT:
        conditions.append(and_(is_done, is_sent, has_oral, not_(is_read)))
    columns = (observation.c.institution_id, observation.c.state, is_sent, has_oral)
    joined = (
        select(*columns, func.count())
        .select_from(observation)
        .outerjoin(feedback, feedback.c.observation_id == observation.c.id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id)
    )
    counted = Counted()
    for institution_id, state, sent, oral, number in rows_of(uow, joined.where(*conditions).group_by(*columns)):
        counted.add(institution_id, _progress(state, sent, oral), number)
    wanted = first_places(counted.by_place, places, most)
    query = (
        select(observation, feedback, acknowledgement)
        .outerjoin(feedback, feedback.c.observation_id == observation.c.id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id)
        .where(*conditions, among(observation.c.institution_id, wanted))
        .order_by(at, observation.c.id)
    )
    rows = found_by(uow, no_more_than(most, wanted, query), Observation, Feedback, Acknowledgement)
    shown = _shown_with_preparation(uow, [(sent, read) for _about, sent, read in rows])
    facts = [
        _observed(viewer, places[about.institution_id], about, sent, read, now, shown) for about, sent, read in rows
    ]
    return counted.found(tuple(Progress), in_order(facts, wanted)[:most])


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


def _shown_with_preparation(
    uow: UnitOfWork, answered: Sequence[tuple[Feedback | None, Acknowledgement | None]]
) -> set[UUID]:
    """The acknowledgements whose words have been brought: the preparation of the dialogue they are for is ready.

    Before that they are in a draft, whoever asks; the dialogue is the first after the feedback was attached (I19).
    """
    brought = {
        read.id: (sent.institution_id, at)
        for sent, read in answered
        if sent is not None and read is not None and read.reply.bring and (at := attached_at(sent, read))
    }
    if not brought:
        return set()
    later = rows_of(
        uow,
        select(dialogue.c.institution_id, dialogue.c.starts_at, preparation.c.ready_at)
        .outerjoin(preparation, preparation.c.dialogue_id == dialogue.c.id)
        .where(
            dialogue.c.institution_id.in_({where for where, _at in brought.values()}),
            dialogue.c.state != DialogueState.CANCELLED,
            dialogue.c.starts_at > min(at for _where, at in brought.values()),
        )
        .order_by(dialogue.c.starts_at),
    )
    shown = set()
    for read_id, (where, at) in brought.items():
        ready_at = next((ready for place, starts, ready in later if place == where and starts > at), None)
        if ready_at is not None:
            shown.add(read_id)
    return shown


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
