"""Agreements by how they stand: how many there are of each word, and the first of them, as the reader may see them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.sql import ColumnElement

from domain.access import Viewer
from domain.agreement import Agreement
from domain.facts import AgreementFact, AgreementWord
from domain.organisation import Institution, Person
from domain.scope import Scope
from domain.supervision import Found
from storage.agreement import agreement
from storage.among import among
from storage.asked import rows_of
from storage.counted import Counted, first_places, in_order
from storage.organisation import found_with_people, person
from storage.supervision_agreements import agreement_word, agreements_in_period, agreements_seen, is_past, of_word
from storage.unit_of_work import UnitOfWork


def agreements_by_word(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    today: date,
    most: int,
    words: Collection[AgreementWord] = tuple(AgreementWord),
    leader_ids: Sequence[UUID] = (),
    is_latest: bool = False,
) -> Found[AgreementFact, AgreementWord]:
    """The agreements that were open in the period or ended in it, at most so many facts of each word.

    Those of the chief's institutions, or one's own; with `leader_ids`, of these leaders alone. By word, then by
    institution from A to Å, and there by date. With `is_latest`, those of the last 1:1 that made any with each leader.
    """
    places, seen = agreements_seen(scope, viewer)
    conditions: list[ColumnElement[bool]] = [seen, *agreements_in_period(scope)]
    if leader_ids:
        conditions.append(among(agreement.c.leader_id, leader_ids))
    if is_latest:
        conditions.append(agreement.c.one_on_one_id == _last_meeting())
    late = is_past(uow, agreement.c.due, today)
    columns = (agreement.c.institution_id, agreement.c.state, late)
    counted = Counted()
    by_word: dict[AgreementWord, Counter[UUID]] = defaultdict(Counter)
    for institution_id, state, overdue, number in rows_of(
        uow, select(*columns, func.count()).where(*conditions).group_by(*columns)
    ):
        word = agreement_word(state, bool(overdue))
        if word in words:
            counted.add(institution_id, word, number)
            by_word[word][institution_id] += number
    facts: list[AgreementFact] = []
    for word in AgreementWord:
        if not by_word[word]:
            continue
        wanted = first_places(by_word[word], places, most)
        rows = found_with_people(
            uow,
            select(agreement, person)
            .join(person, person.c.id == agreement.c.leader_id)
            .where(*conditions, of_word(uow, word, today), among(agreement.c.institution_id, wanted))
            .order_by(case({each: n for n, each in enumerate(wanted)}, value=agreement.c.institution_id))
            .order_by(agreement.c.due, agreement.c.id)
            .limit(most),
            Agreement,
            Person,
        )
        found = [
            AgreementFact(where=places[each.institution_id], agreement=each, leader=leader, word=word, until=scope.end)
            for each, leader in rows
        ]
        facts += in_order(found, wanted)
    return counted.found(tuple(AgreementWord), facts)


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


def without_agreements(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, leader_ids: Sequence[UUID] = ()
) -> Sequence[Institution]:
    """The institutions, from A to Å, with no agreement that was open in the period or ended in it."""
    places, seen = agreements_seen(scope, viewer)
    query = select(agreement.c.institution_id).where(seen, *agreements_in_period(scope)).distinct()
    if leader_ids:
        query = query.where(among(agreement.c.leader_id, leader_ids))
    there = set(uow.session.scalars(query))
    return [where for where in places.values() if where.id not in there and scope.waits_for(where)]
