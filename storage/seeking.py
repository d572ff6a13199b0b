"""Whom to look for, and what in each table is theirs: what others have written stays, with the name left out; what the
person wrote for themselves, and what a pair wrote about the person as a leader, loses its words; what only says how to
reach them, or what they asked last, goes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, String, Table, cast, false, func, or_, select, true
from sqlalchemy.sql import ColumnElement

from domain.anonymisation import NOBODY_AT, Whom
from domain.kept import Kind
from domain.organisation import Person
from domain.retention import LegalHold
from domain.sought import Sought
from storage.holding import Concerns, Holding
from storage.kept import HOLDINGS
from storage.organisation import institution, person, role_assignment
from storage.sealed import MARK, SealedDocument, SealedJson, SealedText
from storage.types import metadata
from storage.unit_of_work import UnitOfWork

_dialogue = metadata.tables["dialogue"]
_one_on_one = metadata.tables["one_on_one"]

# Words that stand where no person is said to have written them.
ELSEWHERE = (
    Holding(
        table=_dialogue,
        kind=Kind.DECISION,
        words=("place",),
        since="starts_at",
        place=_dialogue.c.institution_id,
    ),
)
EVERYWHERE = (*HOLDINGS, *ELSEWHERE)
_MORE_WORDS = {"perspective": ("body_name",)}
# Rows that only say how to reach somebody, or what they asked last; of kept answers also those of others that name
# them.
FORGOTTEN = ("asked_before", "asked_bounds", "asked_summary", "reach", "answer")
# The municipality's own references, with the day that each is of. A case must be found again in its journal under the
# words that it has there: what names somebody is told of, and never changed.
REFERENCES = {
    "anonymisation": ("case", "proposed_at"),
    "rectification": ("case", "asked_at"),
    "export_event": ("case", "at"),
    "legal_hold": ("case", "placed_at"),
    "retention_rule": ("authority", "set_at"),
    "deletion": ("authority", "at"),
    "journal_entry": ("reference", "planned_at"),
}
# Who stands in these is told apart from what they wrote: the person, the way to them, and their proposals.
OF_ITSELF = frozenset({"person", "role_assignment", "chat", "prompt", "sent_card", "legal_hold", "anonymisation"})


def _led_in(table: Table, key: str) -> Concerns:
    """What belongs to the 1:1s in which the person was the leader, whichever of the two wrote it."""

    def condition(person_id: UUID) -> ColumnElement[bool]:
        return table.c[key].in_(select(_one_on_one.c.id).where(_one_on_one.c.leader_id == person_id))

    return condition


def _written(table: str, column: str, *, until: str = "") -> Concerns:
    """What the person wrote there and, with `until`, never sent."""
    columns = metadata.tables[table].c

    def condition(person_id: UUID) -> ColumnElement[bool]:
        mine = columns[column] == person_id
        return mine & columns[until].is_(None) if until else mine

    return condition


def _asked_or_answered(person_id: UUID) -> ColumnElement[bool]:
    columns = metadata.tables["rectification"].c
    return or_(columns.asked_by == person_id, columns.author_id == person_id)


# Of a 1:1 the place and time stay, and how many there were; of what nobody else ever read, that it was there.
OWN: Mapping[str, tuple[Concerns, tuple[str, ...]]] = {
    "one_on_one": (_led_in(_one_on_one, "id"), ("draft",)),
    **{
        name: (_led_in(metadata.tables[name], "one_on_one_id"), (words,))
        for name, words in (("agenda_item", "text"), ("note_version", "content"), ("remark", "text"))
    },
    "personal_note": (_written("personal_note", "author_id"), ("text",)),
    "visit_note": (_written("visit_note", "author_id"), ("text",)),
    "feedback": (_written("feedback", "author_id", until="submitted_at"), ("described", "curious")),
    "rectification": (_asked_or_answered, ("wanted", "reason", "answer")),
}


@dataclass(frozen=True, kw_only=True)
class Search:
    """Whom to look for and where they belong: `person_id` for somebody on the list, `record_id` for a name in one."""

    sought: Sought
    person_id: UUID | None = None
    record_id: UUID | None = None
    places: frozenset[UUID] = frozenset()
    on: Sequence[LegalHold] = ()

    @property
    def holds_on_the_person(self) -> list[LegalHold]:
        """Those of everything, of the person, and of an institution that they belonged to."""
        return [
            each
            for each in self.on
            if each.is_of_everything
            or (each.person_id is not None and each.person_id == self.person_id)
            or each.institution_id in self.places
        ]


def search_for(uow: UnitOfWork, whom: Whom, on: Sequence[LegalHold]) -> Search:
    """What to look for: the parts of a name that nobody else there has count near to the person, and the whole name
    everywhere. `on` are the holds that may be in the way."""
    if whom.person_id is None:
        shared = {part for name in _names_of_all(uow) for part in name.split()}
        sought = Sought(name=whom.name, shared=shared, parts_too=whom.parts_too)
        return Search(sought=sought, record_id=whom.record_id, on=on)
    someone = uow.session.get_one(Person, whom.person_id)
    places = places_of(uow, someone.id)
    exact = [each for each in (someone.email,) if not each.endswith(NOBODY_AT)]
    sought = Sought(
        name=whom.name,
        exact=exact,
        shared={part for name in _names_around(uow, someone.id, places) for part in name.split()},
        parts_too=whom.parts_too,
    )
    return Search(sought=sought, person_id=someone.id, places=places, on=on)


def places_of(uow: UnitOfWork, person_id: UUID) -> frozenset[UUID]:
    """The institutions at which the person ever had a role of their own."""
    return frozenset(
        uow.session.scalars(
            select(role_assignment.c.institution_id)
            .where(role_assignment.c.person_id == person_id, role_assignment.c.institution_id.is_not(None))
            .distinct()
        )
    )


def words_of(holding: Holding) -> tuple[str, ...]:
    return (*holding.words, *_MORE_WORDS.get(holding.table.name, ()))


def own_rows(search: Search, holding: Holding) -> ColumnElement[bool]:
    if search.person_id is None or holding.table.name not in OWN:
        return false()
    return OWN[holding.table.name][0](search.person_id)


def own_words(holding: Holding) -> tuple[str, ...]:
    return OWN[holding.table.name][1]


def near_to(search: Search, holding: Holding) -> ColumnElement[bool]:
    """Where a first name alone means the person: what they have a part in, and their institutions."""
    if search.person_id is None:
        return true()
    mine = holding.names(search.person_id)
    at = holding.place.in_(search.places) if holding.place is not None and search.places else false()
    return or_(at, false() if mine is None else mine)


def may_name(table: Table, words: Sequence[str], sought: Sought) -> ColumnElement[bool]:
    """A first look in the database, which leaves out most of what names nobody; sealed texts must be opened."""
    if not sought.needles:
        return true()
    found: list[ColumnElement[bool]] = []
    for name in words:
        raw = cast(table.c[name], String)
        small = func.lower(raw)
        found += [small.like(f"%{needle}%") for needle in sorted(sought.needles)]
        if isinstance(table.c[name].type, SealedText | SealedDocument | SealedJson):
            # As a text begins, or as JSON writes it.
            found += [raw.like(f"{MARK}%"), raw.like("%u0002sealed:%")]
    return or_(*found)


def _names_around(uow: UnitOfWork, person_id: UUID, places: Collection[UUID]) -> Sequence[str]:
    """The names of the others who have or had to do with the person's institutions; of everybody without any."""
    if not places:
        return [name for each_id, name in _all_names(uow) if each_id != person_id]
    areas = select(institution.c.area_id).where(institution.c.id.in_(places))
    reach = role_assignment.c
    whole = reach.institution_id.is_(None) & reach.area_id.is_(None)
    return uow.session.scalars(
        select(person.c.name)
        .join(role_assignment, reach.person_id == person.c.id)
        .where(or_(reach.institution_id.in_(places), reach.area_id.in_(areas), whole), person.c.id != person_id)
        .distinct()
    ).all()


def _names_of_all(uow: UnitOfWork) -> list[str]:
    return [name for _id, name in _all_names(uow)]


def _all_names(uow: UnitOfWork) -> Sequence[Any]:
    return uow.session.execute(select(person.c.id, person.c.name).where(person.c.anonymised_on.is_(None))).all()


def key_of(table: Table) -> "Column[Any]":
    (key,) = table.primary_key
    return key
