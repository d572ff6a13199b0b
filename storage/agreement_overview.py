"""Agreements by how they stand: how many there are of each word, and the first of them, as the reader may see them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, select

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
from storage.shaped import shaped
from storage.supervision_agreements import (
    agreement_word,
    agreements_by_state,
    agreements_seen,
    agreements_told_of,
    of_word,
)
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
    seen = agreements_seen(scope, viewer)
    counted = Counted()
    by_word: dict[AgreementWord, Counter[UUID]] = defaultdict(Counter)
    rows = rows_of(uow, agreements_by_state(scope, *seen.about, leader_ids, today, latest=is_latest))
    for institution_id, state, overdue, number, at in rows:
        word = agreement_word(state, bool(overdue))
        if word in words:
            counted.add(institution_id, word, number)
            counted.note(at)
            by_word[word][institution_id] += number
    facts: list[AgreementFact] = []
    for word in AgreementWord:
        if not by_word[word]:
            continue
        wanted = first_places(by_word[word], seen.places, most)
        about = (*seen.about, leader_ids, today, wanted, most)
        query = _first_of_word(scope, *about, word=word, number=len(wanted), latest=is_latest)
        found = [
            AgreementFact(
                where=seen.places[each.institution_id], agreement=each, leader=leader, word=word, until=scope.end
            )
            for each, leader in found_with_people(uow, query, Agreement, Person)
        ]
        facts += in_order(found, wanted)
    return counted.found(tuple(AgreementWord), facts)


@shaped
def _first_of_word(
    scope: Scope,
    whole: Collection[UUID],
    own: Collection[UUID],
    reader_id: UUID,
    leader_ids: Collection[UUID],
    today: date,
    wanted: Sequence[UUID],
    most: int,
    *,
    word: AgreementWord,
    number: int,
    latest: bool,
) -> Select[Any]:
    """The agreements that a word is told of, by the `number` of wanted institutions in their order, there by date."""
    return (
        select(agreement, person)
        .join(person, person.c.id == agreement.c.leader_id)
        .where(
            *agreements_told_of(scope, whole, own, reader_id, leader_ids, latest=latest),
            of_word(word, today),
            among(agreement.c.institution_id, wanted),
        )
        .order_by(case({wanted[place]: place for place in range(number)}, value=agreement.c.institution_id))
        .order_by(agreement.c.due, agreement.c.id)
        .limit(most)
    )


def without_agreements(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, leader_ids: Sequence[UUID] = ()
) -> Sequence[Institution]:
    """The institutions, from A to Å, with no agreement that was open in the period or ended in it; none of a period
    that is only coming."""
    if not scope.has_begun:
        return ()
    seen = agreements_seen(scope, viewer)
    conditions = agreements_told_of(scope, *seen.about, leader_ids)
    there = set(uow.session.scalars(select(agreement.c.institution_id).where(*conditions).distinct()))
    return [where for where in seen.places.values() if where.id not in there and scope.waits_for(where)]
