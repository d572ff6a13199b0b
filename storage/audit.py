"""The audit of reads, to which rows are only ever added: triggers refuse anything else, by whatever program."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    DDL,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    event,
    insert,
    select,
    union,
    union_all,
)

from domain.access import Record, Viewer
from domain.audit import AUDITED, AuditEvent, Export
from domain.identity import new_id
from domain.organisation import Institution, Person, Role, a_to_aa
from domain.retention import LONGEST_REFERENCE
from storage.bulk import insert_all
from storage.compiled import Compiled
from storage.feedback import feedback
from storage.observation import observation
from storage.one_on_one import one_on_one
from storage.organisation import called_for, institution, person, role_assignment
from storage.roles import in_force
from storage.types import Utc, id_param, identity, metadata
from storage.unit_of_work import UnitOfWork

MOST = 1_000
SAME_READING = timedelta(minutes=15)
FEW = 5

audit_event = Table(
    "audit_event",
    metadata,
    identity(),
    Column("at", Utc, nullable=False),
    Column("reader_id", ForeignKey("person.id"), nullable=False),
    Column("concerns_id", ForeignKey("person.id"), nullable=False),
    # Words and no CHECK: what is read grows with the flows, and what was read stays.
    Column("record", String(40), nullable=False),
    Column("subject_id", identity().type, nullable=False),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Index("ix_audit_event_concerns_id_at", "concerns_id", "at"),
    Index("ix_audit_event_reader_id_at", "reader_id", "at"),
)

# Everything about a person, written out to answer a request of theirs: by whom on the list, where that is known, and
# for which case.
export_event = Table(
    "export_event",
    metadata,
    identity(),
    Column("at", Utc, nullable=False),
    Column("concerns_id", ForeignKey("person.id"), nullable=False),
    Column("by_id", ForeignKey("person.id")),
    Column("case", String(LONGEST_REFERENCE), nullable=False),
    Column("records", Integer, nullable=False),
    Index("ix_export_event_concerns_id_at", "concerns_id", "at"),
)

# A rule for how long the audit is kept, with an authority's word for it, is the one thing that deletes from it.
PASSES = "EXISTS (SELECT 1 FROM retention_pass WHERE kind = 'audit')"


def _only_grows(table: str) -> dict[str, tuple[str, ...]]:
    why, function = "the audit is only ever added to", f"{table}_only_grows"
    return {
        "sqlite": (
            *(
                f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} {unless}"
                f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
                for what, unless in (("update", ""), ("delete", f"WHEN NOT {PASSES} "))
            ),
            # INSERT OR REPLACE deletes without the triggers of a deletion.
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END",
        ),
        "postgresql": (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' AND {PASSES} THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{why}'; END $$",
            f"CREATE TRIGGER {function} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {function}()",
        ),
    }


_READ = Compiled(insert(audit_event))
# With every answer: whom the same reader has read about just now.
_GOING_ON = Compiled(
    select(audit_event.c.concerns_id, audit_event.c.subject_id).where(
        audit_event.c.reader_id == id_param("reader_id"),
        audit_event.c.at > bindparam("after", type_=Utc),
        audit_event.c.at <= bindparam("until", type_=Utc),
        audit_event.c.record == bindparam("record", type_=String),
    )
)

for _table in (audit_event, export_event):
    for _dialect, _statements in _only_grows(_table.name).items():
        for _statement in _statements:
            event.listen(_table, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


def note_read(
    uow: UnitOfWork,
    *,
    reader_id: UUID,
    record: Record,
    subject_id: UUID,
    concerns: Iterable[UUID],
    where: Institution,
    at: datetime,
) -> None:
    """Keeps that somebody has read a record, a row for each person it concerns, but for the reader's own.

    Drawn again within a quarter of an hour, as a card is while one writes in it, it is the same reading.
    """
    if record not in AUDITED:
        raise ValueError(f"reads of a {record.value} are not audited")
    concerned = list(dict.fromkeys(concerns))
    going_on = set(
        uow.session.scalars(
            select(audit_event.c.concerns_id).where(
                audit_event.c.concerns_id.in_(concerned),
                audit_event.c.at > at - SAME_READING,
                audit_event.c.at <= at,
                audit_event.c.reader_id == reader_id,
                audit_event.c.record == record.value,
                audit_event.c.subject_id == subject_id,
            )
        )
    )
    rows = [
        {
            "id": new_id(),
            "at": at,
            "reader_id": reader_id,
            "concerns_id": each,
            "record": record.value,
            "subject_id": subject_id,
            "institution_id": where.id,
        }
        for each in concerned
        if each != reader_id and each not in going_on
    ]
    if rows:
        uow.session.execute(insert(audit_event), rows)


def note_reads(
    uow: UnitOfWork,
    *,
    reader_id: UUID,
    record: Record,
    places: Iterable[tuple[Institution, Iterable[UUID]]],
    at: datetime,
) -> None:
    """The same for an answer about several institutions, each with those whom it concerns; its subject is the place."""
    if record not in AUDITED:
        raise ValueError(f"reads of a {record.value} are not audited")
    found = _GOING_ON.rows(uow, reader_id=reader_id, after=at - SAME_READING, until=at, record=record.value)
    going_on = {(concerned, subject) for concerned, subject in found}
    rows = [
        (new_id(), at, reader_id, each, record.value, where.id, where.id)
        for where, concerned in places
        for each in dict.fromkeys(concerned)
        if each != reader_id and (each, where.id) not in going_on
    ]
    # All of them at once: of an answer about hundreds, each row sent by itself was a tenth of the work.
    if len(rows) > FEW:
        insert_all(uow, audit_event, rows)
    else:
        for row in rows:
            _READ.run(uow, **dict(zip(audit_event.c.keys(), row, strict=True)))


def note_export(
    uow: UnitOfWork, *, concerns_id: UUID, by_id: UUID | None, case: str, records: int, at: datetime
) -> None:
    """Keeps that everything about a person was written out, which is a read of all of it."""
    row = {"id": new_id(), "at": at, "concerns_id": concerns_id, "by_id": by_id, "case": case, "records": records}
    uow.session.execute(insert(export_event), [row])


def exports_of(uow: UnitOfWork, person_id: UUID) -> Sequence[Export]:
    """When everything about the person was written out, newest first."""
    reader = person.alias("reader")
    rows = uow.session.execute(
        select(export_event.c.at, reader.c.name, export_event.c.case)
        .outerjoin(reader, reader.c.id == export_event.c.by_id)
        .where(export_event.c.concerns_id == person_id)
        .order_by(export_event.c.at.desc())
        .limit(MOST)
    )
    return [Export(at=at, reader=called_for(uow, name or ""), case=case) for at, name, case in rows]


def reads_concerning(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[AuditEvent, Person, Institution]]:
    """The newest reads of what concerns the viewer, with who read and where it belongs; at most `MOST`."""
    return _reads(uow, viewer.person_id)


def reads_concerning_anybody(
    uow: UnitOfWork, viewer: Viewer, concerns_id: UUID
) -> Sequence[tuple[AuditEvent, Person, Institution]]:
    """The same of somebody else, for the data protection officer; `NotAllowed` for everybody else."""
    viewer.require_of_all(Record.AUDIT)
    return _reads(uow, concerns_id)


def people_concerned(uow: UnitOfWork, viewer: Viewer) -> Sequence[Person]:
    """Everybody whom a read that is written down concerns, for the data protection officer to choose from, A to Å."""
    viewer.require_of_all(Record.AUDIT)
    known = union(select(audit_event.c.concerns_id), select(export_event.c.concerns_id))
    found = uow.session.scalars(select(Person).where(person.c.id.in_(known)))
    return sorted(found, key=lambda each: a_to_aa(each.name))


def when_of(uow: UnitOfWork, subject_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each 1:1 was, and the observation of each feedback; nothing for what is neither."""
    wanted = list(subject_ids)
    met = select(one_on_one.c.id, one_on_one.c.starts_at).where(one_on_one.c.id.in_(wanted))
    observed = (
        select(feedback.c.id, observation.c.starts_at)
        .join(observation, observation.c.id == feedback.c.observation_id)
        .where(feedback.c.id.in_(wanted))
    )
    return {row[0]: row[1] for row in uow.session.execute(union_all(met, observed))}


def is_overseen(uow: UnitOfWork, day: date) -> bool:
    """Whether anybody is the data protection officer on the day, who sees what is kept here."""
    held = select(role_assignment.c.id).where(role_assignment.c.role == Role.PROTECTION_OFFICER, in_force(day)).limit(1)
    return uow.session.scalar(held) is not None


def _reads(uow: UnitOfWork, concerns_id: UUID) -> list[tuple[AuditEvent, Person, Institution]]:
    rows = uow.session.execute(
        select(audit_event, Person, Institution)
        .join(person, person.c.id == audit_event.c.reader_id)
        .join(institution, institution.c.id == audit_event.c.institution_id)
        .where(audit_event.c.concerns_id == concerns_id)
        .order_by(audit_event.c.at.desc(), audit_event.c.id.desc())
        .limit(MOST)
    )
    found = []
    for row in rows:
        kept = row._mapping
        made = AuditEvent(
            id=kept[audit_event.c.id],
            at=kept[audit_event.c.at],
            reader_id=kept[audit_event.c.reader_id],
            concerns_id=kept[audit_event.c.concerns_id],
            record=Record(kept[audit_event.c.record]),
            subject_id=kept[audit_event.c.subject_id],
            institution_id=kept[audit_event.c.institution_id],
        )
        found.append((made, row.Person, row.Institution))
    return found
