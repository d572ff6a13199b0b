"""Where somebody stands in everything that is kept.

What is found by reading is what is changed by writing: a preview is the very search that the change begins with. What
others have written stays, with the name left out; what the person wrote for themselves, and what a pair wrote about the
person as a leader, loses its words; what only says how to reach them, or what they asked last, goes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    String,
    Table,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.sql import ColumnElement

from domain.anonymisation import (
    EMPTIED,
    NOBODY_AT,
    Anonymisation,
    Place,
    Treatment,
    roles_that_bind,
)
from domain.kept import Kind
from domain.organisation import Institution, Person, RoleAssignment
from domain.political_report import ReportState
from domain.retention import LegalHold
from domain.saved_summary import SummaryState
from domain.sought import Sought, around
from storage.database import UnitOfWork
from storage.deleting import is_held
from storage.kept import HOLDINGS, Concerns, Holding
from storage.my_data import texts_in
from storage.organisation import institution, person, role_assignment
from storage.retention import holds
from storage.sealed import MARK, SealedDocument, SealedJson, SealedText
from storage.types import metadata

_dialogue = metadata.tables["dialogue"]
_one_on_one = metadata.tables["one_on_one"]
_summary = metadata.tables["saved_summary"]
_remark = metadata.tables["summary_remark"]
_report = metadata.tables["political_report"]

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
_MORE_WORDS = {"perspective": ("body_name",)}
# Rows that only say how to reach somebody, or what they asked last; of kept answers also those of others that name
# them.
FORGOTTEN = ("asked_before", "asked_bounds", "asked_summary", "reach", "answer")
# Who stands in these is told apart from what they wrote: the person, the way to them, and their proposals.
_OF_ITSELF = frozenset({"person", "role_assignment", "chat", "prompt", "sent_card", "legal_hold", "anonymisation"})


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


@dataclass
class Found:
    """The rows, what is to be in the place of their words, and which holds are in the way."""

    places: list[Place] = field(default_factory=list)
    held: set[str] = field(default_factory=set)


def search_for(uow: UnitOfWork, about: Anonymisation) -> Search:
    """What to look for: the parts of a name that nobody else there has count near to the person, and the whole name
    everywhere."""
    if about.person_id is None:
        shared = {part for name in _names_of_all(uow) for part in name.split()}
        sought = Sought(name=about.name, shared=shared, parts_too=about.parts_too)
        return Search(sought=sought, record_id=about.record_id, on=holds(uow))
    someone = uow.session.get_one(Person, about.person_id)
    places = places_of(uow, someone.id)
    exact = [each for each in (someone.email,) if not each.endswith(NOBODY_AT)]
    sought = Sought(
        name=about.name,
        exact=exact,
        shared={part for name in _names_around(uow, someone.id, places) for part in name.split()},
        parts_too=about.parts_too,
    )
    return Search(sought=sought, person_id=someone.id, places=places, on=holds(uow))


def places_of(uow: UnitOfWork, person_id: UUID) -> frozenset[UUID]:
    """The institutions at which the person ever had a role of their own."""
    return frozenset(
        uow.session.scalars(
            select(role_assignment.c.institution_id)
            .where(role_assignment.c.person_id == person_id, role_assignment.c.institution_id.is_not(None))
            .distinct()
        )
    )


def found(uow: UnitOfWork, search: Search) -> Found:
    """Every place, kind by kind; nothing is written."""
    into = Found(held={each.case for each in search.holds_on_the_person})
    for holding in (*HOLDINGS, *ELSEWHERE):
        name = holding.table.name
        if name in FORGOTTEN:
            _find_forgotten(uow, search, holding, into)
        elif name not in _OF_ITSELF:
            into.places += _find(uow, search, holding, into)
    return into


def record_of(uow: UnitOfWork, record_id: UUID) -> str | None:
    """The table in which the record is that has this id; None where there is none with words in it."""
    for holding in (*HOLDINGS, *ELSEWHERE):
        name = holding.table.name
        if name in _OF_ITSELF or name in FORGOTTEN or "id" not in holding.table.c or not words_of(holding):
            continue
        if uow.session.scalar(select(holding.table.c.id).where(holding.table.c.id == record_id)):
            return name
    return None


def roles_of(uow: UnitOfWork, person_id: UUID) -> Sequence[RoleAssignment]:
    return uow.session.scalars(select(RoleAssignment).where(role_assignment.c.person_id == person_id)).all()


def binding(uow: UnitOfWork, someone: Person, day: date) -> Sequence[RoleAssignment]:
    """The roles that somebody must have ended before they are anonymised."""
    return roles_that_bind(roles_of(uow, someone.id), day)


def people_to_anonymise(uow: UnitOfWork) -> Sequence[Person]:
    """Everybody on the list who is somebody still, whether they have left or not."""
    return uow.session.scalars(select(Person).where(person.c.anonymised_on.is_(None))).all()


def related(uow: UnitOfWork, search: Search, places: Iterable[Place]) -> set[UUID]:
    """The ids of everything that a card about these rows, or about what the person wrote, can be drawn of."""
    by_table: dict[str, set[UUID]] = {}
    for each in places:
        if each.id:
            by_table.setdefault(each.table, set()).add(each.id)
    ids: set[UUID] = set()
    for holding in (*HOLDINGS, *ELSEWHERE):
        table = holding.table
        if table.name in _OF_ITSELF or table.name in FORGOTTEN:
            continue
        columns = [each for each in table.c if _is_subject(each)]
        mine = holding.names(search.person_id) if search.person_id else None
        which = [] if mine is None else [mine]
        touched = sorted(by_table.get(table.name, ()))
        which += [table.c.id.in_(touched[start : start + 500]) for start in range(0, len(touched), 500)]
        for condition in which if columns else ():
            for row in uow.session.execute(select(*columns).where(condition)):
                ids.update(each for each in row if each is not None)
    return ids


def _is_subject(column: "Column[Any]") -> bool:
    """An id of the row or of what it belongs to, but for whom and where: those are the subjects of other cards."""
    general = {"person", "institution", "area", "theme", "cycle", "political_round", "perspective_tool"}
    of = {key.column.table.name for key in column.foreign_keys}
    if column.name == "id" or (column.name == "subject_id" and column.table.name == "rectification"):
        return True
    return bool(of) and not of & general


def _find(uow: UnitOfWork, search: Search, holding: Holding, into: Found) -> Iterator[Place]:
    words = words_of(holding)
    if not words:
        return
    table, own = holding.table, own_rows(search, holding)
    where, near = holding.place, near_to(search, holding)
    among = table.c.id == search.record_id if search.record_id else true()
    rows = uow.session.execute(
        select(
            table.c.id,
            *(table.c[name] for name in words),
            (where if where is not None else literal(None)).label("at_place"),
            (table.c[holding.since] if holding.since else literal(None)).label("kept_since"),
            func.coalesce(near, false()).label("is_near"),
            func.coalesce(own, false()).label("is_own"),
            *(
                func.coalesce(is_held(holding, [each]), false()).label(f"held_{number}")
                for number, each in enumerate(search.on)
            ),
        ).where(among, or_(own, _may_name(table, words, search.sought)))
    ).mappings()
    for row in rows:
        place = _place(uow, search, holding, row, words)
        if place is None:
            continue
        if place.treatment is not Treatment.UNSURE:
            into.held |= {each.case for number, each in enumerate(search.on) if row[f"held_{number}"]}
        yield place


def _place(uow: UnitOfWork, search: Search, holding: Holding, row: Any, words: Sequence[str]) -> Place | None:
    sought, is_near = search.sought, bool(row["is_near"])
    emptied = own_words(holding) if row["is_own"] else ()
    texts = [text for name in words if name not in emptied for text in texts_in(row[name])]
    own = [text for name in emptied for text in texts_in(row[name]) if text != EMPTIED]
    sure = [(text, sought.sure(text, near=is_near)) for text in texts]
    unsure = [(text, sought.unsure(text, near=is_near)) for text in texts]
    times, shown = sum(len(spans) for _text, spans in sure), sure
    if own:
        treatment, times = Treatment.EMPTIED, len(own)
    elif times:
        treatment = Treatment.RENAMED
    else:
        treatment, shown, times = Treatment.UNSURE, unsure, sum(len(spans) for _text, spans in unsure)
    if not times:
        return None
    name = _final(uow, holding.table, row["id"])
    where = uow.session.get(Institution, row["at_place"]) if row["at_place"] else None
    at = row["kept_since"]
    return Place(
        kind=holding.kind,
        table=holding.table.name,
        id=row["id"],
        treatment=Treatment.FIXED if name and treatment is not Treatment.UNSURE else treatment,
        times=times,
        at=at if isinstance(at, datetime) else None,
        institution_id=where.id if where else None,
        institution=where.name if where else "",
        name=name,
        words=tuple(each for text, spans in shown for each in around(text, spans)),
    )


def _find_forgotten(uow: UnitOfWork, search: Search, holding: Holding, into: Found) -> None:
    """What goes as a whole: one place for each kind of it, since nobody has to look at a single one."""
    table, which = holding.table, _forgotten(uow, search, holding)
    if which is None:
        return
    keys = uow.session.scalars(select(key_of(table)).where(which)).all()
    into.places += [
        Place(kind=holding.kind, table=table.name, id=None, treatment=Treatment.FORGOTTEN, times=1, name=str(key))
        for key in keys
    ]
    for each in search.on if keys else ():
        held = func.coalesce(is_held(holding, [each]), false())
        if uow.session.scalar(select(key_of(table)).where(which, held).limit(1)) is not None:
            into.held.add(each.case)


def _forgotten(uow: UnitOfWork, search: Search, holding: Holding) -> ColumnElement[bool] | None:
    table = holding.table
    mine = table.c.person_id == search.person_id if search.person_id else false()
    if table.name != "answer":
        return mine if search.person_id else None
    rows = uow.session.execute(
        select(table.c.key, table.c.card).where(_may_name(table, ("card",), search.sought), table.c.card.is_not(None))
    )
    naming = [key for key, card in rows if any(search.sought.sure(text, near=False) for text in texts_in(card))]
    return or_(mine, table.c.key.in_(naming))


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


def _may_name(table: Table, words: Sequence[str], sought: Sought) -> ColumnElement[bool]:
    """A first look in the database, which leaves out most of what names nobody; sealed texts must be opened."""
    if not sought.needles:
        return true()
    found: list[ColumnElement[bool]] = []
    for name in words:
        raw = cast(table.c[name], String)
        found += [func.lower(raw).like(f"%{needle}%") for needle in sorted(sought.needles)]
        if isinstance(table.c[name].type, SealedText | SealedDocument | SealedJson):
            # As a text begins, or as JSON writes it.
            found += [raw.like(f"{MARK}%"), raw.like("%u0002sealed:%")]
    return or_(*found)


def _final(uow: UnitOfWork, table: Table, row_id: UUID) -> str:
    """What a final record is called by, that nobody changes any more; empty for all else."""
    if table is _summary or table is _remark:
        query = select(_summary.c.year, _summary.c.number).where(_summary.c.state == SummaryState.FINAL)
        if table is _remark:
            query = query.join(_remark, _remark.c.summary_id == _summary.c.id).where(_remark.c.id == row_id)
        else:
            query = query.where(_summary.c.id == row_id)
        numbered = uow.session.execute(query).one_or_none()
        return f"{numbered.year}-{numbered.number}" if numbered else ""
    if table is _report:
        kept = uow.session.execute(
            select(_report.c.number).where(_report.c.id == row_id, _report.c.state == ReportState.FINAL)
        ).one_or_none()
        return f"political report {kept.number}" if kept else ""
    return ""


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
