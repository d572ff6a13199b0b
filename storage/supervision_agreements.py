"""Agreements of 1:1s in a scope, counted by the database: as their present chief or one of the two may see them."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, and_, cast, func, literal, not_, or_, select
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
from storage.supervision import places_seen
from storage.unit_of_work import UnitOfWork

_ENDED = {
    AgreementState.DONE: AgreementWord.DONE,
    AgreementState.CONTINUED: AgreementWord.CONTINUED,
    AgreementState.DROPPED: AgreementWord.DROPPED,
}


def agreement_facts(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, today: date, most: int, leader_id: UUID | None = None
) -> Found[AgreementFact, AgreementWord]:
    """The agreements that were open in the period or ended in it: those of the chief's institutions, or one's own.

    With `leader_id`, those of one leader alone.
    """
    places, seen = agreements_seen(scope, viewer)
    conditions: list[ColumnElement[bool]] = [seen, *agreements_in_period(scope)]
    if leader_id:
        conditions.append(agreement.c.leader_id == leader_id)
    columns = (agreement.c.institution_id, agreement.c.state, is_past(uow, agreement.c.due, today))
    counted = Counted()
    for institution_id, state, overdue, number in rows_of(
        uow, select(*columns, func.count()).where(*conditions).group_by(*columns)
    ):
        counted.add(institution_id, agreement_word(state, bool(overdue)), number)
    wanted = first_places(counted.by_place, places, most)
    rows = found_with_people(
        uow,
        no_more_than(
            most,
            wanted,
            select(agreement, person)
            .join(person, person.c.id == agreement.c.leader_id)
            .where(*conditions, among(agreement.c.institution_id, wanted))
            .order_by(agreement.c.due, agreement.c.id),
        ),
        Agreement,
        Person,
    )
    facts = [
        AgreementFact(
            where=places[each.institution_id],
            agreement=each,
            leader=leader,
            word=agreement_word(each.state, each.due < today),
            until=scope.end,
        )
        for each, leader in rows
    ]
    return counted.found(tuple(AgreementWord), in_order(facts, wanted)[:most])


def agreements_seen(scope: Scope, viewer: Viewer) -> tuple[dict[UUID, Institution], ColumnElement[bool]]:
    """The institutions of the scope, from A to Å, whose agreements the viewer reads, and which those are.

    Of what they are chief of, all; of what they lead, their own.
    """
    seen = places_seen(scope, viewer, Record.AGREEMENT)
    led = {where.id: where for where in scope.institutions if viewer.leads(where)}
    places = {where.id: where for where in scope.institutions if where.id in seen or where.id in led}
    theirs: ColumnElement[bool] = among(agreement.c.institution_id, seen)
    if led:
        own = and_(among(agreement.c.institution_id, led), agreement.c.leader_id == viewer.person_id)
        theirs = or_(theirs, own)
    return places, theirs


def agreements_in_period(scope: Scope) -> list[ColumnElement[bool]]:
    """That an agreement was open in the period or ended in it; with `since`, that something has come of it."""
    conditions = [
        agreement.c.made_at < scope.end,
        or_(agreement.c.ended_at.is_(None), agreement.c.ended_at >= scope.start),
    ]
    if scope.since:
        conditions.append(func.coalesce(agreement.c.ended_at, agreement.c.made_at) >= scope.since)
    return conditions


def is_past(uow: UnitOfWork, day: ColumnElement[date], today: date) -> ColumnElement[bool]:
    """Whether a day has passed, told the same way wherever the rows are grouped by it."""
    return day < cast(literal(today), Date) if uow.dialect == "postgresql" else day < today


def agreement_word(state: AgreementState, is_late: bool) -> AgreementWord:
    if state is AgreementState.OPEN:
        return AgreementWord.OVERDUE if is_late else AgreementWord.OPEN
    return _ENDED[state]


def of_word(uow: UnitOfWork, word: AgreementWord, today: date) -> ColumnElement[bool]:
    """Which agreements that word is told of."""
    late = is_past(uow, agreement.c.due, today)
    if word in (AgreementWord.OPEN, AgreementWord.OVERDUE):
        is_open = agreement.c.state == AgreementState.OPEN
        return and_(is_open, late if word is AgreementWord.OVERDUE else not_(late))
    state = next(each for each, said in _ENDED.items() if said is word)
    return agreement.c.state == state
