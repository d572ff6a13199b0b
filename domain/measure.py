"""Measures: what a decision sets going, who does it by when, and what came of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.decision import Decision, DecisionKind
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.identity import new_id
from domain.organisation import Institution
from domain.text import LONG, problem_in


class MeasureState(StrEnum):
    OPEN = "i gang"
    DONE = "gennemført"
    DROPPED = "bortfaldet"


@dataclass(kw_only=True, eq=False)
class Measure:
    """Something that is set going by a decision: who does it by when, and what came of it."""

    institution_id: UUID
    decision_id: UUID
    text: str = field(repr=False)
    owner: str = field(repr=False)
    due: date
    focus_area_id: UUID | None = None
    state: MeasureState = MeasureState.OPEN
    outcome: str = field(default="", repr=False)
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, decision: Decision, where: Institution) -> "Measure":
        """What a saved decision of kind "indsats" sets going; `NotAllowed` for any other."""
        if not decision.is_saved or decision.kind is not DecisionKind.MEASURE or decision.who.due is None:
            raise NotAllowed
        return cls(
            institution_id=where.id,
            decision_id=decision.id,
            text=decision.what.text,
            owner=decision.who.owner,
            due=decision.who.due,
            focus_area_id=decision.focus_area_id,
        )

    def follow(self, decision: Decision) -> None:
        """The decision was corrected while its dialogue was open: so is what it set going."""
        if self.state is MeasureState.OPEN and decision.who.due is not None:
            self.text, self.owner, self.due = decision.what.text, decision.who.owner, decision.who.due

    def end(self, state: MeasureState, outcome: str, *, by: UUID, now: datetime) -> None:
        """Done or dropped, and what came of it: required, since the next dialogue starts from it."""
        if self.state is not MeasureState.OPEN:
            raise Expired("measure_ended")
        if state is MeasureState.OPEN:
            raise Problems({"state": Problem("no_measure_state")})
        found = problem_in(outcome, LONG)
        if not outcome:
            found = Problem("no_reason" if state is MeasureState.DROPPED else "no_outcome")
        if found:
            raise Problems({"outcome": found})
        self.state, self.outcome, self.ended_by, self.ended_at = state, outcome, by, now
