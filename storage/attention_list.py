"""What waits in a scope: of each kind how many there are, and the first of them by the date since when it waits.

Each kind takes the viewer, and looks only at the institutions whose record of it they may see. The number comes with
the rows, so that nothing is loaded to be counted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.agreement import Agreement, AgreementState
from domain.attention_list import Waiting, WaitingFact, Waits
from domain.cycle import Theme
from domain.dialogue import PREPARABLE, UNPREPARED_FROM, Dialogue, DialogueState, unrecorded_before
from domain.facts import Gap, SourceKind
from domain.focus_area import FocusArea
from domain.observation import Observation, ObservationState
from domain.organisation import a_to_aa
from domain.perspective import Group, Perspective, Recommendation, Response
from domain.quiet import QuietTimes
from domain.scope import Places, Scope
from domain.status import Status
from domain.supervision import Found
from storage.acknowledgement import acknowledgement
from storage.agreement import agreement
from storage.among import among
from storage.asked import rows_of
from storage.cycle import theme
from storage.dialogue import dialogue
from storage.feedback import feedback
from storage.focus_area import focus_area
from storage.focus_status import focus_status
from storage.observation import observation
from storage.perspective import perspective
from storage.recommendation import recommendation
from storage.reflection import RECORDED_WITHIN
from storage.supervision import places_seen
from storage.supervision_agreements import agreements_seen, is_past
from storage.told import not_heard_at
from storage.unit_of_work import UnitOfWork

Row = tuple[WaitingFact, int]
# A theme is that of focus areas, and of what was recommended about one.
OF_A_THEME = (Waiting.FOCUS_AREA, Waiting.RECOMMENDATION)


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Who looks, where and when; with `is_bounded` only at what waits since a time in the half-years of the scope."""

    uow: UnitOfWork
    viewer: Viewer
    scope: Scope
    now: datetime
    quiet: QuietTimes
    most: int
    leader_ids: Sequence[UUID] = ()
    is_bounded: bool = False

    def places(self, record: Record, least: Sight = Sight.FULL) -> Places:
        """The institutions that something can wait for: no longer where one has closed."""
        found = places_seen(self.scope, self.viewer, record, least)
        if not self.scope.closed:
            return found
        return Places((id, where) for id, where in found.items() if not self.scope.has_closed(where))

    def rows(self, query: Select[*tuple[Any, ...]], id: ColumnElement[UUID], at: ColumnElement[Any]) -> Sequence[Any]:
        """The first rows by time, each with the number of all of them behind it; `id` is what tells them apart."""
        if self.is_bounded:
            query = query.where(at >= self.scope.start, at < self.scope.end)
        # By id, too: of many from the same moment, PostgreSQL would show others each time.
        # What is counted is not read with all its words: there may be thousands, of which a handful is shown.
        counted = query.with_only_columns(id, func.count().over())
        first: dict[UUID, int] = dict(rows_of(self.uow, counted.order_by(at, id).limit(self.most)))
        if not first:
            return []
        total = next(iter(first.values()))
        return [(*row, total) for row in self.uow.session.execute(query.where(among(id, first)).order_by(at, id)).all()]


def waiting_facts(looking: Looking, kinds: Iterable[Waiting] = tuple(Waiting)) -> Waits:
    """What waits, by kind in the order of the kinds; of a theme, what belongs to one."""
    asked = [each for each in Waiting if each in set(kinds)]
    if looking.scope.theme:
        asked = [each for each in asked if each in OF_A_THEME]
    found = {each: _found(_KINDS[each](looking)) for each in asked}
    return {each: part for each, part in found.items() if part.total}


def _found(rows: Sequence[Row]) -> Found[WaitingFact, Waiting]:
    facts = sorted((fact for fact, _total in rows), key=lambda fact: (fact.at.date(), a_to_aa(fact.where.name)))
    return Found(
        total=rows[0][1] if rows else 0,
        places=len({fact.where.id for fact in facts}),
        facts=facts,
    )


def _focus_areas(looking: Looking) -> list[Row]:
    """Those that the leader has said need attention, since that was said."""
    places = looking.places(Record.FOCUS_AREA)
    about: list[ColumnElement[bool]] = [among(focus_area.c.institution_id, places), focus_area.c.closed_at.is_(None)]
    if looking.scope.theme:
        about.append(focus_area.c.theme_id == looking.scope.theme.id)
    last = focus_status.alias("last")
    is_last = last.c.id == (
        select(focus_status.c.id)
        .where(focus_status.c.focus_area_id == focus_area.c.id)
        .order_by(focus_status.c.written_at.desc(), focus_status.c.id.desc())
        .limit(1)
        .correlate(focus_area)
        .scalar_subquery()
    )
    query = (
        select(FocusArea, Theme, last.c.written_at)
        .select_from(focus_area)
        .join(theme, theme.c.id == focus_area.c.theme_id)
        .join(last, is_last)
        .where(*about, last.c.status == Status.NEEDS_ATTENTION)
    )
    return [
        (
            WaitingFact(
                where=places[area.institution_id],
                waiting=Waiting.FOCUS_AREA,
                at=written_at,
                kind=SourceKind.FOCUS_AREA,
                id=area.id,
                title=area.title,
                theme=near,
            ),
            total,
        )
        for area, near, written_at, total in looking.rows(query, focus_area.c.id, last.c.written_at)
    ]


def _not_prepared(looking: Looking) -> list[Row]:
    """ "ikke forberedt": from two days before, and only a word."""
    states = (DialogueState.PLANNED, DialogueState.OPEN)
    coming = dialogue.c.starts_at.between(looking.now, looking.now + UNPREPARED_FROM)
    return _dialogues(looking, Waiting.NOT_PREPARED, Record.PREPARATION_DRAFT, dialogue.c.state.in_(states), coming)


def _not_recorded(looking: Looking) -> list[Row]:
    """ "mangler opsamling", as it stands in the overview."""
    states = (*PREPARABLE, DialogueState.HELD)
    before = unrecorded_before(looking.now, looking.quiet)
    begun = dialogue.c.starts_at.between(looking.now - RECORDED_WITHIN, before)
    return _dialogues(looking, Waiting.NOT_RECORDED, Record.REFLECTION_DRAFT, dialogue.c.state.in_(states), begun)


def _dialogues(
    looking: Looking, waiting: Waiting, record: Record, *conditions: ColumnElement[bool]
) -> list[Row]:  # fmt: skip
    places = looking.places(record, Sight.STATUS)
    query = select(Dialogue).select_from(dialogue).where(among(dialogue.c.institution_id, places), *conditions)
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=waiting,
                at=each.starts_at,
                kind=SourceKind.DIALOGUE,
                id=each.id,
                dialogue=each,
            ),
            total,
        )
        for each, total in looking.rows(query, dialogue.c.id, dialogue.c.starts_at)
    ]


def _agreements(looking: Looking) -> list[Row]:
    """The open agreements past their date: the chief's of their institutions, a leader's own."""
    places, seen = agreements_seen(looking.scope, looking.viewer)
    today = looking.now.astimezone(looking.scope.zone).date()
    query = select(Agreement).where(
        seen, agreement.c.state == AgreementState.OPEN, is_past(looking.uow, agreement.c.due, today)
    )
    if looking.leader_ids:
        query = query.where(among(agreement.c.leader_id, looking.leader_ids))
    if looking.is_bounded:
        first, last = looking.scope.first.starts_on, looking.scope.last.ends_on
        query = query.where(agreement.c.due.between(first, last))
    # A day has no hour, so the bounds of it are days as well.
    numbered = query.add_columns(func.count().over()).order_by(agreement.c.due, agreement.c.id).limit(looking.most)
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=Waiting.AGREEMENT,
                at=datetime.combine(each.due, time(), looking.scope.zone).astimezone(UTC),
                kind=SourceKind.AGREEMENT,
                id=each.id,
                title=each.text,
                agreement=each,
            ),
            total,
        )
        for each, total in looking.uow.session.execute(numbered).all()
    ]


def _recommendations(looking: Looking) -> list[Row]:
    places = looking.places(Record.PERSPECTIVE)
    query = (
        select(Recommendation, Perspective)
        .select_from(recommendation)
        .join(perspective, perspective.c.id == recommendation.c.perspective_id)
        .where(among(recommendation.c.institution_id, places), recommendation.c.response == Response.OPEN)
    )
    if looking.scope.theme:
        query = query.join(focus_area, focus_area.c.id == perspective.c.focus_area_id).where(
            focus_area.c.theme_id == looking.scope.theme.id
        )
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=Waiting.RECOMMENDATION,
                at=each.written_at,
                kind=SourceKind.PERSPECTIVE,
                id=told.id,
                words=each.text,
                group=told.group,
            ),
            total,
        )
        for each, told, total in looking.rows(query, recommendation.c.id, recommendation.c.written_at)
    ]


def _feedbacks(looking: Looking) -> list[Row]:
    """I26: of a feedback that nobody has acknowledged, that it is there and since when."""
    places = looking.places(Record.OBSERVATION, Sight.STATUS)
    query = (
        select(Observation, feedback.c.submitted_at)
        .select_from(observation)
        .join(feedback, feedback.c.observation_id == observation.c.id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id)
        .where(
            among(observation.c.institution_id, places),
            observation.c.state == ObservationState.DONE,
            feedback.c.submitted_at.is_not(None),
            # The column that was joined by stands in the index, so that no acknowledgement is read for it.
            acknowledgement.c.feedback_id.is_(None),
        )
    )
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=Waiting.ACKNOWLEDGEMENT,
                at=sent_at,
                kind=SourceKind.OBSERVATION,
                id=each.id,
            ),
            total,
        )
        for each, sent_at, total in looking.rows(query, observation.c.id, feedback.c.submitted_at)
    ]


def _perspectives(looking: Looking) -> list[Row]:
    """R-43: the groups that have not been asked in the half-years of the scope, by institution from A to Å."""
    scope = looking.scope
    if scope.since:
        # What is not there is not new.
        return []
    places = looking.places(Record.PERSPECTIVE)
    asked = [group for group in Group if Gap.of_group(group)]
    unheard = not_heard_at(looking.uow, scope, places, asked)
    lacking = [(where, group) for where in places.values() for group in asked if where.id in unheard[group]]
    return [
        (
            WaitingFact(
                where=where,
                waiting=Waiting.PERSPECTIVE,
                at=scope.begins,
                kind=SourceKind.PLACE,
                id=where.id,
                group=group,
            ),
            len(lacking),
        )
        for where, group in lacking[: looking.most]
    ]


_KINDS: dict[Waiting, Callable[[Looking], list[Row]]] = {
    Waiting.FOCUS_AREA: _focus_areas,
    Waiting.NOT_PREPARED: _not_prepared,
    Waiting.NOT_RECORDED: _not_recorded,
    Waiting.AGREEMENT: _agreements,
    Waiting.RECOMMENDATION: _recommendations,
    Waiting.ACKNOWLEDGEMENT: _feedbacks,
    Waiting.PERSPECTIVE: _perspectives,
}
