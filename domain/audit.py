"""Who has read what of whom: every read of a 1:1 note or of feedback by someone other than its author."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Record
from domain.identity import new_id

AUDITED = (Record.FEEDBACK, Record.ONE_ON_ONE_NOTE, Record.SUPERVISION_SUMMARY)


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """I33: "Each read … gives an AuditEvent, visible to the person concerned". Only ever added, by whatever code.

    `record` and `subject_id` say what was read, `concerns_id` whom it is about, `institution_id` where.
    """

    at: datetime
    reader_id: UUID
    concerns_id: UUID
    record: Record
    subject_id: UUID
    institution_id: UUID
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class Export:
    """That everything about a person was written out to answer a request; `reader` is empty where nobody was named."""

    at: datetime
    reader: str
    case: str
