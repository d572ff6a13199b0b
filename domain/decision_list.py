"""What was decided in learning dialogues, where the measures are that it has set going, and what the boards said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.board import BoardNote
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.facts import SourceKind, SourceRef
from domain.measure import Measure, MeasureState
from domain.organisation import Institution


class MeasureWord(StrEnum):
    """Where a measure stands; *overskredet* is derived from the date."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"

    @classmethod
    def of(cls, state: MeasureState, is_past: bool) -> "MeasureWord":
        if state is MeasureState.OPEN:
            return cls.OVERDUE if is_past else cls.OPEN
        return cls.DONE if state is MeasureState.DONE else cls.DROPPED


@dataclass(frozen=True, kw_only=True)
class DecisionFact:
    """A saved decision of a dialogue; its source is the dialogue, where all of them stand with what they rest on."""

    where: Institution
    dialogue: Dialogue
    decision: Decision

    @property
    def source(self) -> SourceRef:
        return _source_of(self.dialogue)


@dataclass(frozen=True, kw_only=True)
class MeasureFact:
    """A measure, with the dialogue that decided it."""

    where: Institution
    dialogue: Dialogue
    measure: Measure
    word: MeasureWord

    @classmethod
    def on(cls, today: date, where: Institution, dialogue: Dialogue, measure: Measure) -> "MeasureFact":
        word = MeasureWord.of(measure.state, measure.due < today)
        return cls(where=where, dialogue=dialogue, measure=measure, word=word)

    @property
    def source(self) -> SourceRef:
        return _source_of(self.dialogue)


@dataclass(frozen=True, kw_only=True)
class BoardFact:
    """What a board was told and said of a dialogue; it is read with the decisions, at the same source."""

    where: Institution
    dialogue: Dialogue
    note: BoardNote

    @property
    def source(self) -> SourceRef:
        return _source_of(self.dialogue)


def _source_of(about: Dialogue) -> SourceRef:
    return SourceRef(
        kind=SourceKind.DIALOGUE, id=about.id, institution_id=about.institution_id, at=about.starts_at
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The dialogues of what is counted and not told one by one: how many, and when the last of them was.

    Those that the decisions are of, and those that the measures are of, are looked up where somebody asks for them, and
    the number is that of the others.
    """

    number: int = 0
    latest: datetime | None = None
    of_decisions: Sequence[SourceRef] = ()
    of_measures: Sequence[SourceRef] = ()
