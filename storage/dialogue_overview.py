"""Where the institutions of a scope are in their learning dialogues, counted by the database."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.dialogue import HELD, PREPARABLE, UNPREPARED_FROM, Dialogue, DialogueState, unrecorded_before
from domain.dialogue_overview import PlaceFact, Waiting
from domain.facts import SourceKind, SourceRef
from domain.quiet import QuietTimes
from domain.scope import Scope
from domain.slots import AskedStatus
from domain.supervision import Found
from storage.among import among
from storage.asked import each_by, rows_of
from storage.counted import Counted, each_counted
from storage.dialogue import dialogue
from storage.focus_area import focus_area
from storage.shaped import shaped
from storage.supervision import WORDS, places_seen, told_state
from storage.unit_of_work import UnitOfWork

NOT_PREPARED = (DialogueState.PLANNED, DialogueState.OPEN)
NOT_RECORDED = (*PREPARABLE, DialogueState.HELD)
_NARROWER = (AskedStatus.NOT_PREPARED, AskedStatus.OPEN, AskedStatus.OVERDUE)
OVER = (DialogueState.RECORDED, DialogueState.CLOSED)


def place_facts(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    now: datetime,
    quiet: QuietTimes,
    most: int,
    number: int | None = None,
    cycles: Sequence[UUID] = (),
    only: AskedStatus | None = None,
    latest: bool = False,
) -> Found[PlaceFact, DialogueState | None]:
    """Each institution of the scope with each of its dialogues of the half-years, from A to Å; cancelled ones are left
    out. Those of the first `most` institutions are all there.

    `number` is one of the four, of these `cycles` where any are given, `only` those that are not prepared, are open or
    lack their record; or the institutions where none was held; and `latest` the one of each that began last. With any
    of them, there is nothing of the institutions where there are no such dialogues.

    S10: "status ikke forberedt is visible to chief from −2": before that nobody is told not to be prepared, and a
    fortnight after a dialogue nobody is told to lack its record.
    """
    places = places_seen(scope, viewer, Record.PREPARATION_DRAFT, Sight.STATUS)
    until = (
        {
            AskedStatus.NOT_PREPARED: now + UNPREPARED_FROM,
            AskedStatus.OVERDUE: unrecorded_before(now, quiet) if only is AskedStatus.OVERDUE else None,
        }.get(only)
        if only
        else None
    )
    asked = (scope, places, number, cycles, now if latest else None, until)
    counted = Counted.in_columns(rows_of(uow, _by_place(*asked, now, only=only)), WORDS, is_dated=True)
    numbers = counted.by_place
    if only is AskedStatus.NONE and not scope.has_begun:
        shown, counted = [], Counted()
    elif only is AskedStatus.NONE:
        # One that is planned has not been had yet.
        had = {where for (where,) in rows_of(uow, _had(*asked))}
        shown = [each for each in places if each not in had]
        counted = Counted()
    elif number or latest or scope.since or only in _NARROWER:
        shown = [each for each in places if each in counted.by_place]
    else:
        shown = list(places)
    wanted = shown[:most]
    of_place: dict[UUID, list[Dialogue]] = defaultdict(list)
    for each in each_by(uow, _of_places(*asked, wanted, only=only), Dialogue):
        of_place[each.institution_id].append(each)
    working: dict[UUID, list[SourceRef]] = defaultdict(list)
    for id, where, at in rows_of(uow, _focus_areas(scope, wanted)):
        working[where].append(SourceRef(kind=SourceKind.FOCUS_AREA, id=id, institution_id=where, at=at))
    facts = []
    for each_id in wanted:
        focus_areas: Sequence[SourceRef] | None = working[each_id]
        for about in (*of_place[each_id],) or (None,):
            facts.append(
                PlaceFact(
                    where=places[each_id],
                    at=scope.as_of(now),
                    dialogue=about,
                    told=about.told_state(now) if about else None,
                    focus_areas=focus_areas,
                    waiting=Waiting.of(about, now, quiet) if about else None,
                )
            )
            focus_areas = None
    return Found(
        total=sum(numbers[each] or 1 for each in shown),
        places=len(shown),
        counts={word: counted.by_word[word] for word in WORDS if counted.by_word[word]},
        facts=facts,
        latest=counted.latest,
        is_dated=counted.is_dated,
    )


@shaped
def _by_place(
    scope: Scope,
    places: Collection[UUID],
    number: int | None,
    cycles: Collection[UUID],
    begun: datetime | None,
    until: datetime | None,
    now: datetime,
    *,
    only: AskedStatus | None,
) -> Select[Any]:
    newest = func.max(case((dialogue.c.starts_at <= now, dialogue.c.starts_at)))
    return (
        select(dialogue.c.institution_id, *each_counted(told_state(now), WORDS), newest)
        .where(*_which(scope, places, number, cycles, begun, until, only))
        .group_by(dialogue.c.institution_id)
    )


@shaped
def _had(
    scope: Scope,
    places: Collection[UUID],
    number: int | None,
    cycles: Collection[UUID],
    begun: datetime | None,
    until: datetime | None,
) -> Select[Any]:
    which = _which(scope, places, number, cycles, begun, until, AskedStatus.NONE)
    return select(dialogue.c.institution_id).where(*which, dialogue.c.state.in_(HELD))


@shaped
def _of_places(
    scope: Scope,
    places: Collection[UUID],
    number: int | None,
    cycles: Collection[UUID],
    begun: datetime | None,
    until: datetime | None,
    wanted: Collection[UUID],
    *,
    only: AskedStatus | None,
) -> Select[Any]:
    return (
        select(dialogue)
        .where(*_which(scope, places, number, cycles, begun, until, only), among(dialogue.c.institution_id, wanted))
        .order_by(dialogue.c.starts_at)
    )


def _which(
    scope: Scope,
    places: Collection[UUID],
    number: int | None,
    cycles: Collection[UUID],
    begun: datetime | None,
    until: datetime | None,
    only: AskedStatus | None,
) -> list[ColumnElement[bool]]:
    """The dialogues that are told of, `until` then; where it is asked which had `begun` by then, the last of each
    institution."""
    conditions: list[ColumnElement[bool]] = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state != DialogueState.CANCELLED,
    ]
    if number is not None:
        conditions.append(dialogue.c.number == number)
    if cycles:
        conditions.append(among(dialogue.c.cycle_id, cycles))
    if only is AskedStatus.NOT_PREPARED:
        conditions.append(dialogue.c.state.in_(NOT_PREPARED))
    if only is AskedStatus.OVERDUE:
        conditions.append(dialogue.c.state.in_(NOT_RECORDED))
    if until is not None:
        conditions.append(dialogue.c.starts_at <= until)
    if only is AskedStatus.OPEN:
        conditions.append(dialogue.c.state != DialogueState.CLOSED)
    if scope.since is not None:
        conditions.append(or_(dialogue.c.recorded_at >= scope.since, dialogue.c.starts_at >= scope.since))
    if begun is None:
        return conditions
    nth = func.rank().over(partition_by=dialogue.c.institution_id, order_by=dialogue.c.starts_at.desc())
    ranked = select(dialogue.c.id, nth.label("place")).where(*conditions, dialogue.c.starts_at <= begun).subquery()
    return [dialogue.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1))]


def coming_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, quiet: QuietTimes, most: int
) -> Found[PlaceFact, DialogueState | None]:
    """The dialogues of the half-years that are to come, each by itself and the next one first: dates have an order, and
    it says nothing of the institutions."""
    places = places_seen(scope, viewer, Record.PREPARATION_DRAFT, Sight.STATUS)
    conditions = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state != DialogueState.CANCELLED,
        dialogue.c.starts_at >= now,
    ]
    total = uow.session.scalar(select(func.count()).where(*conditions)) or 0
    found = uow.session.scalars(
        select(Dialogue).where(*conditions).order_by(dialogue.c.starts_at, dialogue.c.id).limit(most)
    )
    facts = [
        PlaceFact(
            where=places[each.institution_id],
            at=now,
            dialogue=each,
            told=each.told_state(now),
            waiting=Waiting.of(each, now, quiet),
        )
        for each in found
    ]
    return Found(total=total, places=len({fact.where.id for fact in facts}), facts=facts)


@shaped
def _focus_areas(scope: Scope, ids: Collection[UUID]) -> Select[Any]:
    """The focus areas that each worked with in the period."""
    return (
        select(focus_area.c.id, focus_area.c.institution_id, focus_area.c.chosen_at)
        .where(
            among(focus_area.c.institution_id, ids),
            and_(
                focus_area.c.chosen_at < scope.end,
                or_(focus_area.c.closed_at.is_(None), focus_area.c.closed_at >= scope.begins),
            ),
        )
        .order_by(focus_area.c.chosen_at, focus_area.c.id)
    )
