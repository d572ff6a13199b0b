"""What is kept about one person, found in every table by the register of them all."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, literal, not_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Pair, Record, Relation, Sight, Viewer
from domain.errors import NotAllowed
from domain.kept import RECORDS, Kind
from domain.my_data import Entry, Everything, Held, Part, Post, Reading, Text
from domain.one_on_one import OneOnOne
from domain.organisation import Institution, Person, RoleAssignment
from storage.audit import audit_event, export_event
from storage.feedback import feedback_for
from storage.holding import Holding
from storage.kept import HOLDINGS
from storage.kept_as import kept_as
from storage.observation import observation_for
from storage.one_on_one_line import pair_of
from storage.organisation import area, called_for, institution, person, role_assignment
from storage.preparation import is_shared_with
from storage.saved_summary import summary_for
from storage.unit_of_work import UnitOfWork

_PLACE, _RECORD = "at_institution", "counted_as"
_OF_ALL = {
    Kind.NETWORK: Record.NETWORK_DRAFT,
    Kind.GUIDE: Record.GUIDE,
    Kind.POLITICAL_REPORT: Record.POLITICAL_REPORT_DRAFT,
}


@dataclass(frozen=True, kw_only=True)
class _Share:
    """Rows of a table in which a person has the same part: what each counts as, and the columns with words for them."""

    part: Part
    which: ColumnElement[bool]
    record: ColumnElement[str]
    words: Sequence[str] = ()


def held_of(uow: UnitOfWork, person_id: UUID, now: datetime) -> Sequence[Held]:
    """How much there is of each kind, and of that by what it counts as, in the order of the kinds."""
    counts: dict[tuple[Kind, Record | None], Counter[str]] = defaultdict(Counter)
    for holding in HOLDINGS:
        for share in _shares(holding, person_id, now):
            query = select(share.record.label(_RECORD), func.count()).select_from(holding.table).where(share.which)
            for name, number in uow.session.execute(query.group_by(_RECORD)):
                counts[holding.kind, Record(name) if name else None][share.part.value] += number
    order = [None, *Record]
    return [
        Held(kind=kind, record=record, **counts[kind, record])
        for kind in Kind
        for record in sorted((record for of, record in counts if of is kind), key=order.index)
    ]


def kept_to_authors(uow: UnitOfWork, person_id: UUID, now: datetime) -> Mapping[Kind, int]:
    """How much others have written about the person for themselves alone; for who decides on access, and no card."""
    found: dict[Kind, int] = {}
    for holding in HOLDINGS:
        which = holding.kept_to_authors(person_id, now)
        count = which is not None and uow.session.scalar(select(func.count()).select_from(holding.table).where(which))
        if count:
            found[holding.kind] = found.get(holding.kind, 0) + count
    return found


def everything_about(uow: UnitOfWork, someone: Person, now: datetime, *, viewer: Viewer | None) -> Everything:
    """All of it, oldest first within each kind.

    With a `viewer` the texts are those which that person may read today. Without one, as the municipality answers a
    request, they are all that the person wrote, and what others have shown them, whatever role they have by now.
    """
    people = {row.id: called_for(uow, row.name) for row in uow.session.execute(select(person.c.id, person.c.name))}
    places = {each.id: each for each in uow.session.scalars(select(Institution))}
    entries = [
        _entry(uow, holding, row, share, someone, now, viewer, people, places)
        for holding in HOLDINGS
        if holding.kind is not Kind.AUDIT
        for share in _shares(holding, someone.id, now)
        for row in _rows(uow, holding, share)
    ]
    order = list(Kind)
    entries.sort(key=lambda each: (order.index(each.kind), each.at.timestamp() if each.at else 0.0))
    return Everything(
        posts=tuple(posts_of(uow, someone.id)),
        entries=tuple(entries),
        read_by=_newest(
            _reads(uow, audit_event.c.concerns_id == someone.id, people, places),
            _exports(uow, export_event.c.concerns_id == someone.id, people),
        ),
        has_read=_newest(
            _reads(uow, audit_event.c.reader_id == someone.id, people, places),
            _exports(uow, export_event.c.by_id == someone.id, people),
        ),
    )


def posts_of(uow: UnitOfWork, person_id: UUID) -> Sequence[Post]:
    """Every role that the person has or had, newest first."""
    rows = uow.session.execute(
        select(RoleAssignment, institution.c.name, area.c.name)
        .outerjoin(institution, institution.c.id == role_assignment.c.institution_id)
        .outerjoin(area, area.c.id == role_assignment.c.area_id)
        .where(role_assignment.c.person_id == person_id)
        .order_by(role_assignment.c.from_on.desc(), role_assignment.c.id)
    )
    return [
        Post(
            role=held.role,
            reach=where or district or (held.network.value if held.network else ""),
            from_on=held.from_on,
            to_on=held.to_on,
        )
        for held, where, district in rows
    ]


def latest_reads(uow: UnitOfWork, person_id: UUID) -> Mapping[Record, tuple[int, str, datetime]]:
    """Of each kind of record that concerns the person: how often it was read by others, by whom last, and when."""
    rows = uow.session.execute(
        select(audit_event.c.record, func.count(), func.max(audit_event.c.at))
        .where(audit_event.c.concerns_id == person_id)
        .group_by(audit_event.c.record)
    )
    found = {}
    for record, count, last in rows:
        name = uow.session.scalar(
            select(person.c.name)
            .join(audit_event, audit_event.c.reader_id == person.c.id)
            .where(audit_event.c.concerns_id == person_id, audit_event.c.record == record, audit_event.c.at == last)
            .limit(1)
        )
        found[Record(record)] = (int(count), called_for(uow, name or ""), last)
    return found


def plain(value: Any) -> Any:
    """A kept value as JSON has it: entities by their fields, times and ids as text."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes():
            return ""
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case None | str() | int() | float():
            return value
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return str(value)


def texts_in(value: Any) -> Iterator[str]:
    """The words in a kept value, without its ids, states and times."""
    for _name, words in named_texts_in(value):
        yield words


def named_texts_in(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The same, each after the name of the innermost field in which it stands."""
    if type(value) is str:
        if value.strip():
            yield name, value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from named_texts_in(each, name)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from named_texts_in(each, name)
    elif is_dataclass(value):
        for each in fields(value):
            yield from named_texts_in(getattr(value, each.name), each.name)


def _shares(holding: Holding, person_id: UUID, now: datetime) -> Iterator[_Share]:
    """Each part a person has in a table, so that a row is in one of them; and what they keep beside rows of theirs."""
    record, before = kept_as(holding.table, RECORDS.get(holding.kind), now), list[ColumnElement[bool]]()
    written = [name for name in holding.words if name not in holding.apart]
    wrote = holding.wrote(person_id)
    for part, which, words in (
        (Part.WROTE, wrote, written),
        (Part.CONCERNED, holding.concerns(person_id, now), holding.told),
        (Part.ACTED, holding.acted_in(person_id), ()),
    ):
        if which is not None:
            # A column that may be empty makes a comparison neither true nor false.
            rest = (not_(func.coalesce(each, literal(False))) for each in before)
            yield _Share(part=part, which=and_(which, *rest), record=record, words=words)
            before.append(which)
    for name, apart in holding.apart.items():
        if wrote is not None:
            beside = and_(wrote, holding.table.c[name].is_not(None))
            yield _Share(part=Part.WROTE, which=beside, record=literal(apart.value), words=(name,))


def _rows(uow: UnitOfWork, holding: Holding, share: _Share) -> Sequence[Row[Any]]:
    place = holding.place
    columns = [*holding.table.c, share.record.label(_RECORD), *([place.label(_PLACE)] if place is not None else [])]
    return uow.session.execute(select(*columns).where(share.which)).all()


def _entry(
    uow: UnitOfWork,
    holding: Holding,
    row: Row[Any],
    share: _Share,
    someone: Person,
    now: datetime,
    viewer: Viewer | None,
    people: Mapping[UUID, str],
    places: Mapping[UUID, Institution],
) -> Entry:
    kept = row._mapping
    where = places.get(kept[_PLACE]) if holding.place is not None else None
    of_row = {each.name: kept[each] for each in holding.table.c}
    told: Mapping[str, Any] = {name: of_row[name] for name in share.words}
    if share.part is Part.CONCERNED and holding.told_as:
        told = holding.told_as(told, of_row, someone.id)
    texts = tuple(Text(*each) for name, value in told.items() for each in named_texts_in(value, name))
    sees = not texts or viewer is None or _sees(uow, viewer, holding, kept, where, share.part, now)
    facts = {name: value for name, value in of_row.items() if name not in holding.words}
    authors = dict.fromkeys(kept[holding.table.c[name]] for name in holding.by)
    at = kept[holding.table.c[holding.since]] if holding.since else None
    return Entry(
        kind=holding.kind,
        table=holding.table.name,
        id=kept[holding.table.c.id] if "id" in holding.table.c else None,
        part=share.part,
        at=at if isinstance(at, datetime) else None,
        author=", ".join(people[each] for each in authors if each in people),
        place=where.name if where else "",
        record=Record(kept[_RECORD]) if kept[_RECORD] else None,
        texts=texts if sees else (),
        facts={name: plain(value) for name, value in {**facts, **(told if sees else {})}.items()},
        held_back=not sees,
    )


def _sees(
    uow: UnitOfWork,
    viewer: Viewer,
    holding: Holding,
    kept: Any,
    where: Institution | None,
    part: Part,
    now: datetime,
) -> bool:
    """Whether the viewer may read the texts of this row today, asked of the policy as a card would ask it."""
    columns, record = holding.table.c, RECORDS.get(holding.kind)
    is_author = part is Part.WROTE
    try:
        match holding.kind:
            case Kind.ONE_ON_ONE | Kind.PERSONAL_NOTE:
                about = uow.session.get_one(OneOnOne, kept[columns.get("one_on_one_id", columns.id)])
                author = viewer.person_id if is_author else None
                return _in_pair(viewer, Record.ONE_ON_ONE_NOTE, pair_of(uow, about, viewer.day), author)
            case Kind.AGREEMENT if where is not None:
                pair = Pair(chief_id=kept[columns.chief_id], leader_id=kept[columns.leader_id], places=(where,))
                return _in_pair(viewer, Record.AGREEMENT, pair, None)
            case Kind.FEEDBACK:
                feedback_for(uow, viewer, kept[columns.get("feedback_id", columns.id)], now)
                return True
            case Kind.OBSERVATION:
                observation_for(uow, viewer, kept[columns.id])
                return True
            case Kind.SUMMARY:
                summary_for(uow, viewer, kept[columns.get("summary_id", columns.id)])
                return True
            case Kind.NETWORK if viewer.facilitates(kept[columns.network]):
                return True
            case Kind.NETWORK | Kind.GUIDE | Kind.POLITICAL_REPORT:
                return viewer.sight_of_all(_OF_ALL[holding.kind]) is Sight.FULL
            case Kind.METHOD | Kind.VISIT_NOTE | Kind.MESSAGE | Kind.RIGHT:
                return is_author or part is Part.CONCERNED
    except NotAllowed:
        return False
    if record is None or where is None:
        return is_author
    asked = holding.kind in (Kind.PREPARATION, Kind.REFLECTION) and viewer.works_at(where)
    handed = asked and viewer.person_id in [kept[columns[name]] for name in holding.about]
    if asked and holding.kind is Kind.PREPARATION:
        handed = handed or is_shared_with(uow, kept[columns.id], viewer.person_id)
    also = {*(viewer.if_author(viewer.person_id) if is_author else ()), *({Relation.COLLEAGUE} if handed else ())}
    return viewer.sight(record, where, also=also) is Sight.FULL


def _in_pair(viewer: Viewer, record: Record, pair: Pair, author_id: UUID | None) -> bool:
    return viewer.sight_in(record, pair, author_id=author_id) is Sight.FULL


def _reads(
    uow: UnitOfWork, which: ColumnElement[bool], people: Mapping[UUID, str], places: Mapping[UUID, Institution]
) -> Iterator[Reading]:
    rows = uow.session.execute(select(audit_event).where(which).order_by(audit_event.c.at.desc()))
    for row in rows:
        yield Reading(
            at=row.at,
            reader=people[row.reader_id],
            concerns=people[row.concerns_id],
            record=Record(row.record),
            place=places[row.institution_id].name,
        )


def _exports(uow: UnitOfWork, which: ColumnElement[bool], people: Mapping[UUID, str]) -> Iterator[Reading]:
    """Everything about somebody, written out to answer a request, is read as well."""
    for row in uow.session.execute(select(export_event).where(which)):
        yield Reading(
            at=row.at,
            reader=people.get(row.by_id, ""),
            concerns=people[row.concerns_id],
            record=Record.EVERYTHING,
            place=row.case,
        )


def _newest(*readings: Iterator[Reading]) -> tuple[Reading, ...]:
    return tuple(sorted((each for some in readings for each in some), key=lambda each: each.at, reverse=True))
