"""Where the institutions of a scope are in their learning dialogues, counted by the database."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.dialogue import HELD, Dialogue, DialogueState
from domain.dialogue_overview import PlaceFact, Waiting
from domain.quiet import QuietTimes
from domain.scope import Scope
from domain.slots import AskedStatus
from domain.supervision import Found
from storage.among import among
from storage.asked import each_by, rows_of
from storage.counted import Counted, each_counted
from storage.dialogue import dialogue
from storage.focus_area import focus_area
from storage.supervision import STATES, places_seen
from storage.unit_of_work import UnitOfWork

NOT_PREPARED = (DialogueState.PLANNED, DialogueState.OPEN)
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
) -> Found[PlaceFact, DialogueState]:
    """Each institution of the scope with each of its dialogues of the half-years, from A to Å; cancelled ones are left
    out. Those of the first `most` institutions are all there.

    `number` is one of the four, of these `cycles` where any are given, `only` those that are not prepared, or are
    open; or the institutions where none was held; and `latest` the one of each that began last. With any of them,
    there is nothing of the institutions where there are no such dialogues.
    """
    places = places_seen(scope, viewer, Record.PREPARATION_DRAFT, Sight.STATUS)
    conditions: list[ColumnElement[bool]] = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
        dialogue.c.state != DialogueState.CANCELLED,
    ]
    if number:
        conditions.append(dialogue.c.number == number)
    if cycles:
        conditions.append(dialogue.c.cycle_id.in_(cycles))
    if only is AskedStatus.NOT_PREPARED:
        conditions.append(dialogue.c.state.in_(NOT_PREPARED))
    if only is AskedStatus.OPEN:
        conditions.append(dialogue.c.state != DialogueState.CLOSED)
    if scope.since:
        conditions.append(or_(dialogue.c.recorded_at >= scope.since, dialogue.c.starts_at >= scope.since))
    if latest:
        conditions.append(dialogue.c.starts_at <= now)
        nth = func.rank().over(partition_by=dialogue.c.institution_id, order_by=dialogue.c.starts_at.desc())
        ranked = select(dialogue.c.id, nth.label("place")).where(*conditions).subquery()
        conditions = [dialogue.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1))]
    rows = rows_of(
        uow,
        select(dialogue.c.institution_id, *each_counted(dialogue.c.state, STATES))
        .where(*conditions)
        .group_by(dialogue.c.institution_id),
    )
    counted = Counted.in_columns(rows, STATES)
    numbers = counted.by_place
    if only is AskedStatus.NONE:
        # One that is planned has not been had yet.
        query = select(dialogue.c.institution_id).where(*conditions, dialogue.c.state.in_(HELD))
        had = {where for (where,) in rows_of(uow, query)}
        shown = [each for each in places if each not in had]
        counted = Counted()
    elif number or latest or scope.since or only in (AskedStatus.NOT_PREPARED, AskedStatus.OPEN):
        shown = [each for each in places if each in counted.by_place]
    else:
        shown = list(places)
    wanted = shown[:most]
    of_place: dict[UUID, list[Dialogue]] = defaultdict(list)
    for each in each_by(
        uow,
        select(dialogue).where(*conditions, among(dialogue.c.institution_id, wanted)).order_by(dialogue.c.starts_at),
        Dialogue,
    ):
        of_place[each.institution_id].append(each)
    working = _focus_areas(uow, scope, wanted)
    facts = []
    for each_id in wanted:
        focus_areas: int | None = working.get(each_id, 0)
        for about in (*of_place[each_id],) or (None,):
            facts.append(
                PlaceFact(
                    where=places[each_id],
                    at=scope.as_of(now),
                    dialogue=about,
                    focus_areas=focus_areas,
                    waiting=Waiting.of(about, now, quiet) if about else None,
                )
            )
            focus_areas = None
    return Found(
        total=sum(numbers[each] or 1 for each in shown),
        places=len(shown),
        counts={state: counted.by_word[state] for state in STATES if counted.by_word[state]},
        facts=facts,
    )


def coming_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, quiet: QuietTimes, most: int
) -> Found[PlaceFact, DialogueState]:
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
            waiting=Waiting.of(each, now, quiet),
        )
        for each in found
    ]
    return Found(total=total, places=len({fact.where.id for fact in facts}), facts=facts)


def _focus_areas(uow: UnitOfWork, scope: Scope, ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many focus areas each worked with in the period."""
    rows = rows_of(
        uow,
        select(focus_area.c.institution_id, func.count())
        .where(
            among(focus_area.c.institution_id, ids),
            and_(
                focus_area.c.chosen_at < scope.end,
                or_(focus_area.c.closed_at.is_(None), focus_area.c.closed_at >= scope.begins),
            ),
        )
        .group_by(focus_area.c.institution_id),
    )
    return dict(rows)
