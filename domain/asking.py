"""What somebody asked last, for as long as a message may go on from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.slots import Slots

GOES_ON_FOR = timedelta(minutes=30)


@dataclass(kw_only=True, eq=False)
class AskedBefore:
    """A question and its scope, never the words; each person has one, the last."""

    person_id: UUID
    intent: str
    slots: Slots
    asked_at: datetime
