"""What waits for somebody: by its kind, and the longest first, which is a date and no order of worth (I30)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.agreement import Agreement
from domain.cycle import Theme
from domain.dialogue import Dialogue
from domain.facts import SourceKind, SourceRef
from domain.organisation import Institution
from domain.perspective import Group
from domain.supervision import Found


class Waiting(StrEnum):
    """What can wait, in the order in which it is told; OTHERS is what a leader's chief is to do of their agreements."""

    FOCUS_AREA = "focus area"
    NOT_PREPARED = "not prepared"
    NOT_RECORDED = "not recorded"
    AGREEMENT = "agreement"
    RECOMMENDATION = "recommendation"
    ACKNOWLEDGEMENT = "acknowledgement"
    PERSPECTIVE = "perspective"
    OTHERS = "others"


@dataclass(frozen=True, kw_only=True)
class WaitingFact:
    """One thing that waits at an institution since `at`, with the record it is about.

    `title` and `words` are the leader's own, of what the reader may read in full. I26: of a feedback that is not
    acknowledged there is the word alone.
    """

    where: Institution
    waiting: Waiting
    at: datetime
    kind: SourceKind
    id: UUID
    title: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    theme: Theme | None = None
    dialogue: Dialogue | None = None
    agreement: Agreement | None = None
    group: Group | None = None

    @property
    def source(self) -> SourceRef:
        # An agreement is from the day that it was made, and waits since the day that it was due.
        at = self.agreement.made_at if self.agreement else self.at
        return SourceRef(kind=self.kind, id=self.id, institution_id=self.where.id, at=at)


# What waits of each kind; a kind with nothing in it is left out.
Waits = Mapping[Waiting, Found[WaitingFact, Waiting]]
