"""Agreements of 1:1s in a scope, counted by the database: as their present chief or one of the two may see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, and_, case, func, not_, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.agreement import Agreement, AgreementState
from domain.facts import AgreementFact, AgreementWord
from domain.organisation import Institution, Person
from domain.scope import Scope
from domain.supervision import Found
from storage.agreement import agreement
from storage.among import among
from storage.asked import rows_of
from storage.counted import Counted, first_places, in_order, no_more_than
from storage.organisation import found_with_people, person
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork

_ENDED = {
    AgreementState.DONE: AgreementWord.DONE,
    AgreementState.CONTINUED: AgreementWord.CONTINUED,
    AgreementState.DROPPED: AgreementWord.DROPPED,
}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Whose agreements somebody reads: of the `whole` institutions all, of those that they lead their `own`.

    `places` are both, from A to Å.
    """

    places: Mapping[UUID, Institution]
    whole: Collection[UUID]
    own: Collection[UUID]
    reader_id: UUID

    @property
    def about(self) -> tuple[Collection[UUID], Collection[UUID], UUID]:
        return self.whole, self.own, self.reader_id


def agreements_seen(scope: Scope, viewer: Viewer) -> Seen:
    whole = places_seen(scope, viewer, Record.AGREEMENT)
    own = {where.id for where in scope.institutions if viewer.leads(where)}
    places = {where.id: where for where in scope.institutions if where.id in whole or where.id in own}
    return Seen(places=places, whole=whole, own=own, reader_id=viewer.person_id)


def agreement_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, today: date, most: int, leader_id: UUID | None = None
) -> Found[AgreementFact, AgreementWord]:
    """The agreements that were open in the period or ended in it: those of the chief's institutions, or one's own.

    With `leader_id`, those of one leader alone.
    """
    seen, leader_ids = agreements_seen(scope, viewer), [leader_id] if leader_id else []
    counted = Counted()
    rows = rows_of(uow, agreements_by_state(scope, *seen.about, leader_ids, today))
    for institution_id, state, overdue, number, at in rows:
        counted.add(institution_id, agreement_word(state, bool(overdue)), number)
        counted.note(at)
    wanted = first_places(counted.by_place, seen.places, most)
    query = _first_agreements(scope, *seen.about, leader_ids, wanted, most)
    facts = [
        AgreementFact(
            where=seen.places[each.institution_id],
            agreement=each,
            leader=leader,
            word=agreement_word(each.state, each.due < today),
            until=scope.end,
        )
        for each, leader in found_with_people(uow, query, Agreement, Person)
    ]
    return counted.found(tuple(AgreementWord), in_order(facts, wanted)[:most])


def agreements_in_both(uow: UnitOfWork, viewer: Viewer, earlier: Scope, later: Scope) -> int:
    """How many agreements were open in both of two periods, or ended in them."""
    seen = agreements_seen(later, viewer)
    return int(rows_of(uow, _in_both(earlier, later, *seen.about))[0][0])


@shaped
def _in_both(
    earlier: Scope, later: Scope, whole: Collection[UUID], own: Collection[UUID], reader_id: UUID
) -> Select[Any]:
    about = (whole, own, reader_id, ())
    return select(func.count(agreement.c.id)).where(
        *agreements_told_of(earlier, *about), *agreements_told_of(later, *about)
    )


@shaped
def agreements_by_state(
    scope: Scope,
    whole: Collection[UUID],
    own: Collection[UUID],
    reader_id: UUID,
    leader_ids: Collection[UUID],
    today: date,
    *,
    latest: bool = False,
) -> Select[Any]:
    """How many agreements each institution has of each state, whether their day has passed, and the newest moment."""
    columns = (agreement.c.institution_id, agreement.c.state, agreement.c.due < today)
    conditions = agreements_told_of(scope, whole, own, reader_id, leader_ids, latest=latest)
    # As the source of a fact is dated.
    at = case((agreement.c.ended_at < scope.end, agreement.c.ended_at), else_=agreement.c.made_at)
    return select(*columns, func.count(), func.max(at)).where(*conditions).group_by(*columns)


@shaped
def _first_agreements(
    scope: Scope,
    whole: Collection[UUID],
    own: Collection[UUID],
    reader_id: UUID,
    leader_ids: Collection[UUID],
    wanted: Collection[UUID],
    most: int,
) -> Select[Any]:
    query = (
        select(agreement, person)
        .join(person, person.c.id == agreement.c.leader_id)
        .where(
            *agreements_told_of(scope, whole, own, reader_id, leader_ids),
            among(agreement.c.institution_id, wanted),
        )
        .order_by(agreement.c.due, agreement.c.id)
    )
    return no_more_than(most, wanted, query)


def agreements_told_of(
    scope: Scope,
    whole: Collection[UUID],
    own: Collection[UUID],
    reader_id: UUID,
    leader_ids: Collection[UUID],
    *,
    latest: bool = False,
) -> list[ColumnElement[bool]]:
    """That somebody reads an agreement, and that it was open in the period or ended in it.

    With `since`, that something has come of it; with `leader_ids`, that it is one of theirs; with `latest`, that the
    last 1:1 that made any with a leader made it.
    """
    conditions = [
        agreements_of(whole, own, reader_id),
        agreement.c.made_at < scope.end,
        or_(agreement.c.ended_at.is_(None), agreement.c.ended_at >= scope.start),
    ]
    if scope.since is not None:
        conditions.append(func.coalesce(agreement.c.ended_at, agreement.c.made_at) >= scope.since)
    if leader_ids:
        conditions.append(among(agreement.c.leader_id, leader_ids))
    if latest:
        conditions.append(agreement.c.one_on_one_id == _last_meeting())
    return conditions


def agreements_of(whole: Collection[UUID], own: Collection[UUID], reader_id: UUID) -> ColumnElement[bool]:
    """All agreements of the whole institutions, and the reader's own of those that they lead."""
    theirs = among(agreement.c.institution_id, whole)
    if not own:
        return theirs
    return or_(theirs, and_(among(agreement.c.institution_id, own), agreement.c.leader_id == reader_id))


def _last_meeting() -> ScalarSelect[Any]:
    """The 1:1 in which the last agreement with the same leader about the same institution was made."""
    other = agreement.alias()
    return (
        select(other.c.one_on_one_id)
        .where(other.c.institution_id == agreement.c.institution_id, other.c.leader_id == agreement.c.leader_id)
        .order_by(other.c.made_at.desc(), other.c.id.desc())
        .limit(1)
        .correlate(agreement)
        .scalar_subquery()
    )


def agreement_word(state: AgreementState, is_late: bool) -> AgreementWord:
    if state is AgreementState.OPEN:
        return AgreementWord.OVERDUE if is_late else AgreementWord.OPEN
    return _ENDED[state]


def of_word(word: AgreementWord, today: date) -> ColumnElement[bool]:
    """Which agreements that word is told of."""
    late = agreement.c.due < today
    if word in (AgreementWord.OPEN, AgreementWord.OVERDUE):
        is_open = agreement.c.state == AgreementState.OPEN
        return and_(is_open, late if word is AgreementWord.OVERDUE else not_(late))
    state = next(each for each, said in _ENDED.items() if said is word)
    return agreement.c.state == state
