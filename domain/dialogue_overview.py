"""*Områdeoverblik*: where each institution is in its learning dialogues, by name and never by anything else (I30)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.dialogue import UNPREPARED_FROM, Dialogue, DialogueState
from domain.facts import SourceKind, SourceRef
from domain.organisation import Institution
from domain.quiet import QuietTimes


class Waiting(StrEnum):
    """What is waited for, in the words that the chief is told anyway: "ikke forberedt", "mangler opsamling"."""

    PREPARATION = "preparation"
    RECORD = "record"

    @classmethod
    def of(cls, about: Dialogue, now: datetime, quiet: QuietTimes) -> "tuple[Waiting, datetime] | None":
        """What is waited for, and since when; None where nothing is."""
        if about.is_unrecorded(now, quiet):
            return cls.RECORD, about.starts_at
        if about.is_unprepared(now) and now < about.starts_at:
            return cls.PREPARATION, about.starts_at - UNPREPARED_FROM
        return None


@dataclass(frozen=True, kw_only=True)
class PlaceFact:
    """One dialogue of an institution in the period, or that it has none; and its focus areas, said once of each.

    `told` is the word for how far the dialogue is, None of one that has begun and is not recorded yet; `at` is the
    moment of the answer, for an institution without a dialogue.
    """

    where: Institution
    at: datetime
    dialogue: Dialogue | None = None
    told: DialogueState | None = None
    focus_areas: Sequence[SourceRef] | None = None
    waiting: tuple[Waiting, datetime] | None = None

    @property
    def source(self) -> SourceRef:
        if self.dialogue is None:
            return SourceRef(kind=SourceKind.PLACE, id=self.where.id, institution_id=self.where.id, at=self.at)
        about = self.dialogue
        return SourceRef(
            kind=SourceKind.DIALOGUE, id=about.id, institution_id=self.where.id, at=about.starts_at
        )  # fmt: skip
