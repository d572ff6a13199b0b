"""What is to be told when data have come into the wrong hands: who could have seen what in a span, and who did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, null, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import POLICY, Record, Relation, Sight, Viewer
from domain.my_data import Reading
from domain.organisation import Institution, Person, Role, RoleAssignment
from storage.acknowledgement import feedback_share
from storage.audit import audit_event, export_event
from storage.dialogue import dialogue
from storage.feedback import feedback
from storage.kept import HOLDINGS
from storage.observation import observation
from storage.one_on_one import one_on_one
from storage.organisation import institution, person, role_assignment
from storage.preparation import preparation, preparation_share
from storage.reflection import reflection
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Access:
    """That somebody could read these kinds of records of an institution, from a day to a day.

    `role` is what let them: a role, or what they are to some of the records.
    """

    who: str
    email: str
    role: Role | Relation
    place: str
    from_on: date
    to_on: date
    records: tuple[Record, ...]


# What a colleague reads by having been asked to prepare a dialogue, or to take its notes, or by having been shown a
# feedback: the policy says which records are theirs, and here is which of them go with what they were asked.
_ASKED = (Record.FOCUS_AREA, Record.PERSPECTIVE, Record.LOCAL_PRIORITY)
_TO_PREPARE = (Record.PREPARATION_DRAFT, Record.PREPARATION, *_ASKED)
_TO_NOTE = (Record.REFLECTION_DRAFT, Record.REFLECTION, Record.DECISION, *_ASKED)
_SHOWN = (Record.FEEDBACK_UNREAD, Record.FEEDBACK, Record.TAKEN_HOME)
_VISITED = (Record.OBSERVATION,)


def places_of(uow: UnitOfWork, person_id: UUID) -> Sequence[Institution]:
    """Where the person leads or led, wrote, or was written about: the institutions that their data belong to."""
    found: set[UUID] = set()
    for holding in HOLDINGS:
        named = holding.names(person_id)
        if holding.place is not None and named is not None and holding.table is not audit_event:
            found |= set(uow.session.scalars(select(holding.place).where(named).select_from(holding.table).distinct()))
    own = select(role_assignment.c.institution_id).where(role_assignment.c.person_id == person_id)
    found |= set(uow.session.scalars(own))
    ids = [each for each in found if each is not None]
    return uow.session.scalars(select(Institution).where(institution.c.id.in_(ids)).order_by(institution.c.name)).all()


def could_see(uow: UnitOfWork, places: Iterable[Institution], first: date, last: date) -> Sequence[Access]:
    """Everybody whose role reached one of the institutions on a day of the span, and what it let them read in full."""
    rows = uow.session.execute(
        select(RoleAssignment, Person)
        .join(person, person.c.id == role_assignment.c.person_id)
        .where(
            role_assignment.c.from_on <= last,
            or_(role_assignment.c.to_on.is_(None), role_assignment.c.to_on >= first),
            or_(person.c.ended_on.is_(None), person.c.ended_on >= first),
        )
        .order_by(person.c.name, role_assignment.c.from_on)
    ).all()
    found = []
    for where in places:
        for held, who in rows:
            day = max(first, held.from_on)
            relations = set(Viewer.on(day, who.id, [held]).relations(where))
            if held.facilitates(where.type):
                relations.add(Relation.OWN_NETWORK)
            records = tuple(
                record for record, sights in POLICY.items() if any(sights[each] is Sight.FULL for each in relations)
            )
            if records and (held.covers(where) or held.role is Role.OBSERVER):
                found.append(_access(who, held, held.role, where, day, last, records))
    return found


def had_a_part(uow: UnitOfWork, places: Sequence[Institution], first: date, last: date) -> Sequence[Access]:
    """Whoever was asked or shown something of the institutions, or invited to observe there, and could read it then.

    Nothing tells since when somebody was asked to prepare or to take notes: it counts as the whole span.
    """
    by_id = {each.id: each for each in places}
    found: dict[tuple[UUID, UUID, Relation, UUID], Access] = {}
    for relation, place, part, since, which, asked in PARTS:
        rows = uow.session.execute(
            select(place, since, RoleAssignment, Person)
            .select_from(asked)
            .join(person, person.c.id == part)
            .join(role_assignment, role_assignment.c.person_id == person.c.id)
            .where(
                place.in_(by_id),
                role_assignment.c.from_on <= last,
                or_(role_assignment.c.to_on.is_(None), role_assignment.c.to_on >= first),
                or_(person.c.ended_on.is_(None), person.c.ended_on >= first),
            )
            .order_by(person.c.name, role_assignment.c.from_on)
        ).all()
        for place_id, since_at, held, who in rows:
            day = max(first, held.from_on, *([since_at.date()] if since_at else []))
            until = min(each for each in (held.to_on, who.ended_on, last) if each is not None)
            # A colleague's part ends with their work at the institution, an observer's with their last role anywhere.
            is_there = relation is Relation.VISITOR or held.institution_id == place_id
            if day > until or not is_there:
                continue
            key = (place_id, who.id, relation, held.id)
            before = found.get(key)
            records = {each for each in which if POLICY[each][relation] is Sight.FULL}
            if before is not None:
                day, records = min(day, before.from_on), records | set(before.records)
            ordered = tuple(each for each in POLICY if each in records)
            found[key] = _access(who, held, relation, by_id[place_id], day, last, ordered)
    return list(found.values())


def _access(
    who: Person,
    held: RoleAssignment,
    role: Role | Relation,
    where: Institution,
    day: date,
    last: date,
    records: tuple[Record, ...],
) -> Access:
    return Access(
        who=who.name,
        email=who.email,
        role=role,
        place=where.name,
        from_on=day,
        to_on=min(each for each in (held.to_on, who.ended_on, last) if each is not None),
        records=records,
    )


# What somebody is to it, the institution, the person, since when, what they read by it, and where that is kept.
PARTS = (
    (
        Relation.COLLEAGUE,
        dialogue.c.institution_id,
        preparation.c.handed_to,
        null(),
        _TO_PREPARE,
        preparation.join(dialogue, dialogue.c.id == preparation.c.dialogue_id),
    ),
    (
        Relation.COLLEAGUE,
        dialogue.c.institution_id,
        preparation_share.c.person_id,
        preparation_share.c.shared_at,
        _TO_PREPARE,
        preparation_share.join(preparation, preparation.c.id == preparation_share.c.preparation_id).join(
            dialogue, dialogue.c.id == preparation.c.dialogue_id
        ),
    ),
    (
        Relation.COLLEAGUE,
        dialogue.c.institution_id,
        reflection.c.note_taker,
        null(),
        _TO_NOTE,
        reflection.join(dialogue, dialogue.c.id == reflection.c.dialogue_id),
    ),
    (
        Relation.COLLEAGUE,
        feedback.c.institution_id,
        feedback_share.c.person_id,
        feedback_share.c.shared_at,
        _SHOWN,
        feedback_share.join(feedback, feedback.c.id == feedback_share.c.feedback_id),
    ),
    (
        Relation.VISITOR,
        observation.c.institution_id,
        observation.c.observer_id,
        observation.c.asked_at,
        _VISITED,
        observation,
    ),
)


def met_in_one_on_ones(uow: UnitOfWork, person_id: UUID, start: datetime, end: datetime) -> Sequence[tuple[str, str]]:
    """Whoever shared a 1:1 with the person that was held before the end, by name and e-mail: they read its notes."""
    mine = or_(one_on_one.c.chief_id == person_id, one_on_one.c.leader_id == person_id)
    rows = uow.session.execute(
        select(person.c.name, person.c.email)
        .join(one_on_one, or_(one_on_one.c.chief_id == person.c.id, one_on_one.c.leader_id == person.c.id))
        .where(mine, person.c.id != person_id, one_on_one.c.starts_at < end)
        .distinct()
        .order_by(person.c.name)
    )
    return [(name, email) for name, email in rows]


def reads_about(
    uow: UnitOfWork, places: Sequence[Institution], person_id: UUID | None, start: datetime, end: datetime
) -> Sequence[Reading]:
    """The audited reads in the span of what concerns the person or, without one, belongs to the institutions."""
    which = (
        audit_event.c.concerns_id == person_id
        if person_id is not None
        else audit_event.c.institution_id.in_([each.id for each in places])
    )
    written_out = [] if person_id is None else _exports(uow, export_event.c.concerns_id == person_id, start, end)
    return [*_reads(uow, which, start, end), *written_out]


def reads_by(uow: UnitOfWork, person_id: UUID, start: datetime, end: datetime) -> Sequence[Reading]:
    """What was read by the person's account, by whomever it was used."""
    written_out = _exports(uow, export_event.c.by_id == person_id, start, end)
    return [*_reads(uow, audit_event.c.reader_id == person_id, start, end), *written_out]


def kept_of(uow: UnitOfWork, places: Sequence[Institution], person_id: UUID | None) -> Sequence[tuple[str, int]]:
    """How many records of each kind there are of the person or, without one, of the institutions."""
    counts: dict[str, int] = {}
    ids = [each.id for each in places]
    for holding in HOLDINGS:
        if person_id is not None:
            which = holding.names(person_id)
        else:
            which = holding.place.in_(ids) if holding.place is not None else None
        if which is not None:
            found = uow.session.scalar(select(func.count()).select_from(holding.table).where(which)) or 0
            counts[holding.kind.value] = counts.get(holding.kind.value, 0) + found
    return [(kind, count) for kind, count in counts.items() if count]


def _reads(uow: UnitOfWork, which: ColumnElement[bool], start: datetime, end: datetime) -> Sequence[Reading]:
    reader, concerned = person.alias(), person.alias()
    rows = uow.session.execute(
        select(audit_event, reader.c.name.label("reader"), concerned.c.name.label("concerned"), institution.c.name)
        .join(reader, reader.c.id == audit_event.c.reader_id)
        .join(concerned, concerned.c.id == audit_event.c.concerns_id)
        .join(institution, institution.c.id == audit_event.c.institution_id)
        .where(and_(which, audit_event.c.at >= start, audit_event.c.at < end))
        .order_by(audit_event.c.at, audit_event.c.id)
    )
    return [
        Reading(at=row.at, reader=row.reader, concerns=row.concerned, record=Record(row.record), place=row.name)
        for row in rows
    ]


def _exports(uow: UnitOfWork, which: ColumnElement[bool], start: datetime, end: datetime) -> list[Reading]:
    """Everything about a person, written out to answer a request; whoever did it may not be on the list."""
    reader, concerned = person.alias(), person.alias()
    at = export_event.c.at
    rows = uow.session.execute(
        select(at, export_event.c.case, reader.c.name.label("reader"), concerned.c.name.label("concerned"))
        .outerjoin(reader, reader.c.id == export_event.c.by_id)
        .join(concerned, concerned.c.id == export_event.c.concerns_id)
        .where(which, at >= start, at < end)
        .order_by(at)
    )
    return [
        Reading(
            at=row.at,
            reader=row.reader or "(access-export)",
            concerns=row.concerned,
            record=Record.EVERYTHING,
            place=row.case,
        )
        for row in rows
    ]
