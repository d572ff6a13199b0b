"""What was decided in learning dialogues, and where the measures are that it has set going."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
        at = self.decision.saved_at
        assert at is not None
        return SourceRef(kind=SourceKind.DIALOGUE, id=self.dialogue.id, institution_id=self.where.id, at=at)


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
        return SourceRef(
            kind=SourceKind.DIALOGUE, id=self.dialogue.id, institution_id=self.where.id, at=self.dialogue.starts_at
        )  # fmt: skip
