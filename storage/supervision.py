"""What is known in a scope, counted by the database: focus areas and dialogues.

Every function takes the viewer, and looks only at the institutions of the scope whose record the viewer may read in
full. Of many rows the first `most` come as facts; how many there are, and of which kind, is counted where they lie.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select, and_, case, func, or_, select, true
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.cycle import Theme
from domain.decision import Decision
from domain.dialogue import HELD, PREPARABLE, Dialogue, DialogueState
from domain.facts import DialogueFact, FocusFact
from domain.focus_area import FocusArea, FocusAreaState
from domain.scope import Places, Scope
from domain.status import Status
from domain.supervision import Found
from storage.among import among
from storage.asked import each_by, found_by, rows_of
from storage.counted import Counted, each_counted, first_places, in_order, no_more_than
from storage.cycle import theme
from storage.decision import decision
from storage.dialogue import dialogue
from storage.focus_area import focus_area
from storage.focus_status import focus_status
from storage.shaped import shaped
from storage.unit_of_work import Kind, UnitOfWork

# None is what has begun and is not recorded yet.
WORDS = (*PREPARABLE, None, *HELD)


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

    With `only`, those of which it is that word; with `open_only`, those that go on. In a period that is only coming,
    none has been.
    """
    if not scope.has_begun:
        return Found()
    places = places_seen(scope, viewer, Record.FOCUS_AREA)
    words = (None, *Status)
    numbers = _words_by_place(scope, places, kind=uow.dialect, only=only, open_only=open_only)
    counted = Counted.in_columns(rows_of(uow, numbers), words, is_dated=True)
    wanted = first_places(counted.by_place, places, most)
    query = _first_with_words(scope, places, wanted, most, kind=uow.dialect, only=only, open_only=open_only)
    facts = [
        FocusFact(
            where=places[area.institution_id],
            area=area,
            theme=near,
            status=status,
            at=written_at or area.chosen_at,
            seen=seen or "",
        )
        for area, near, status, written_at, seen in found_by(uow, query, FocusArea, Theme)
    ]
    return counted.found(words, in_order(facts, wanted)[:most])


def focus_areas_in_both(uow: UnitOfWork, viewer: Viewer, earlier: Scope, later: Scope) -> int:
    """How many focus areas were worked with in both of two periods."""
    places = places_seen(later, viewer, Record.FOCUS_AREA)
    return int(rows_of(uow, _in_both(earlier, later, places))[0][0])


@shaped
def _in_both(earlier: Scope, later: Scope, places: Collection[UUID]) -> Select[Any]:
    return select(func.count(focus_area.c.id)).where(_worked_with(earlier, places), _worked_with(later, places))


@shaped
def _words_by_place(
    scope: Scope, places: Collection[UUID], *, kind: Kind, only: Status | None, open_only: bool
) -> Select[Any]:
    """How many focus areas of each institution there are of each last word."""
    last, is_last = _last_words(kind, scope)
    return (
        select(
            focus_area.c.institution_id,
            *each_counted(last.c.status, (None, *Status)),
            func.max(func.coalesce(last.c.written_at, focus_area.c.chosen_at)),
        )
        .select_from(focus_area)
        .outerjoin(last, is_last)
        .where(*_of_words(scope, places, last, only, open_only))
        .group_by(focus_area.c.institution_id)
    )


@shaped
def _first_with_words(
    scope: Scope,
    places: Collection[UUID],
    wanted: Collection[UUID],
    most: int,
    *,
    kind: Kind,
    only: Status | None,
    open_only: bool,
) -> Select[Any]:
    """The same focus areas of some of the institutions, each with its theme and the last word about it."""
    last, is_last = _last_words(kind, scope)
    query = (
        select(focus_area, theme, last.c.status, last.c.written_at, last.c.seen)
        .join(theme, theme.c.id == focus_area.c.theme_id)
        .outerjoin(last, is_last)
        .where(*_of_words(scope, places, last, only, open_only), among(focus_area.c.institution_id, wanted))
        .order_by(focus_area.c.chosen_at, focus_area.c.id)
    )
    return no_more_than(most, wanted, query)


def _of_words(
    scope: Scope, places: Collection[UUID], last: FromClause, only: Status | None, open_only: bool
) -> list[ColumnElement[bool]]:
    conditions = [_worked_with(scope, places)]
    if scope.since is not None:
        conditions.append(func.coalesce(last.c.written_at, focus_area.c.chosen_at) >= scope.since)
    if only:
        conditions.append(last.c.status == only)
    if open_only:
        conditions.append(focus_area.c.state != FocusAreaState.CLOSED)
    return conditions


def _last_words(kind: Kind, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    """The last word about each focus area until the end of the period, and how it is joined.

    Looked up for each focus area in its index: to put all statuses of all areas in order takes ten times as long.
    """
    columns = (focus_status.c.status, focus_status.c.written_at, focus_status.c.seen)
    newest = (
        select(*(columns if kind == "postgresql" else [focus_status.c.id]))
        .where(focus_status.c.focus_area_id == focus_area.c.id, focus_status.c.written_at < scope.end)
        .order_by(focus_status.c.written_at.desc(), focus_status.c.id.desc())
        .limit(1)
        .correlate(focus_area)
    )
    if kind == "postgresql":
        # All that is counted stands in the index, and the row is not looked up once more.
        return newest.lateral("last"), true()
    last = focus_status.alias("last")
    return last, last.c.id == newest.scalar_subquery()


def _worked_with(scope: Scope, places: Collection[UUID]) -> ColumnElement[bool]:
    of_theme = [focus_area.c.theme_id == scope.theme.id] if scope.theme is not None else []
    return and_(
        among(focus_area.c.institution_id, places),
        focus_area.c.chosen_at < scope.end,
        or_(focus_area.c.closed_at.is_(None), focus_area.c.closed_at >= scope.start),
        *of_theme,
    )


def dialogue_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, most: int
) -> Found[DialogueFact, DialogueState | None]:
    """The learning dialogues of the half-years with their saved decisions; cancelled ones are left out.

    They are counted by their states, and under None where they have begun and nothing is recorded yet.
    """
    places = places_seen(scope, viewer, Record.DECISION)
    counted = Counted.in_columns(rows_of(uow, _dialogues_by_place(scope, places, now)), WORDS, is_dated=True)
    wanted = first_places(counted.by_place, places, most)
    found: list[Dialogue] = each_by(uow, _first_dialogues(scope, places, wanted, most), Dialogue)
    decided = decided_in(uow, [each.id for each in found])
    facts = [
        DialogueFact(
            where=places[each.institution_id],
            dialogue=each,
            decisions=decided.get(each.id, ()),
            has_begun=each.has_begun(now),
        )
        for each in found
    ]
    return counted.found(WORDS, in_order(facts, wanted)[:most])


@shaped
def _dialogues_by_place(scope: Scope, places: Collection[UUID], now: datetime) -> Select[Any]:
    begun = dialogue.c.starts_at <= now
    return (
        select(
            dialogue.c.institution_id,
            *each_counted(told_state(now), WORDS),
            func.max(case((begun, dialogue.c.starts_at))),
        )
        .where(*_of_dialogues(scope, places))
        .group_by(dialogue.c.institution_id)
    )


def told_state(now: datetime) -> ColumnElement[Any]:
    """As `Dialogue.told_state`, of rows that are counted."""
    is_told = or_(dialogue.c.state.not_in(PREPARABLE), dialogue.c.starts_at > now)
    return case((is_told, dialogue.c.state))


@shaped
def _first_dialogues(scope: Scope, places: Collection[UUID], wanted: Collection[UUID], most: int) -> Select[Any]:
    query = (
        select(dialogue)
        .where(*_of_dialogues(scope, places), among(dialogue.c.institution_id, wanted))
        .order_by(dialogue.c.starts_at, dialogue.c.id)
    )
    return no_more_than(most, wanted, query)


def _of_dialogues(scope: Scope, places: Collection[UUID]) -> list[ColumnElement[bool]]:
    conditions = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state != DialogueState.CANCELLED,
    ]
    if scope.since is not None:
        is_held = and_(dialogue.c.state.in_(HELD), dialogue.c.starts_at >= scope.since)
        conditions.append(or_(dialogue.c.recorded_at >= scope.since, is_held))
    return conditions


def decided_in(uow: UnitOfWork, dialogue_ids: Collection[UUID]) -> dict[UUID, list[Decision]]:
    """The saved decisions of these dialogues, by dialogue, oldest first."""
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for each in each_by(uow, _decided(dialogue_ids), Decision):
        found[each.dialogue_id].append(each)
    return found


@shaped
def _decided(dialogue_ids: Collection[UUID]) -> Select[Any]:
    return (
        select(decision)
        .where(
            among(decision.c.dialogue_id, dialogue_ids),
            decision.c.saved_at.is_not(None),
            decision.c.withdrawn_at.is_(None),
        )
        .order_by(decision.c.saved_at, decision.c.id)
    )
