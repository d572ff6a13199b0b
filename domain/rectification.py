"""A request to correct what somebody else wrote about one: answered by its author, and never by overwriting.

A note from a 1:1 gets another version, with the reason signed beside it; a feedback that was sent gets a signed
addendum (I17). What stood before stays to be read.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.text import LONG, SHORT, clean, problem_in

# One month is the law's; the author is reminded while there is time.
ANSWER_WITHIN = timedelta(days=30)
REMINDED_AFTER = (timedelta(days=7), timedelta(days=21))


class Matter(StrEnum):
    NOTE = "note"
    FEEDBACK = "feedback"


class RectificationState(StrEnum):
    ASKED = "asked"
    CORRECTED = "corrected"
    DECLINED = "declined"


@dataclass(kw_only=True, eq=False)
class Rectification:
    """`subject_id` is the 1:1 of the note, or the feedback; `case` the municipality's own number, where an
    administrator asks on the person's behalf."""

    matter: Matter
    subject_id: UUID
    asked_by: UUID
    author_id: UUID
    wanted: str = field(repr=False)
    reason: str = field(repr=False)
    asked_at: datetime
    case: str = ""
    state: RectificationState = RectificationState.ASKED
    answer: str = field(default="", repr=False)
    answered_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def ask(
        cls,
        matter: Matter,
        subject_id: UUID,
        *,
        of: UUID,
        by: UUID,
        wanted: str,
        reason: str,
        now: datetime,
        case: str = "",
    ) -> "Rectification":
        """A new request to the author `of` it; raises `Problems` at `wanted` or `reason`."""
        wanted, reason = clean(wanted), clean(reason)
        found = {
            "wanted": problem_in(wanted, LONG) if wanted else Problem("empty"),
            "reason": problem_in(reason, SHORT),
        }
        if problems := {name: each for name, each in found.items() if each}:
            raise Problems(problems)
        return cls(
            matter=matter,
            subject_id=subject_id,
            asked_by=by,
            author_id=of,
            wanted=wanted,
            reason=reason,
            asked_at=now,
            case=clean(case),
        )

    @property
    def is_open(self) -> bool:
        return self.state is RectificationState.ASKED

    @property
    def answer_by(self) -> datetime:
        return self.asked_at + ANSWER_WITHIN

    def correct(self, answer: str, now: datetime) -> None:
        """The author has corrected it; a word on why is theirs to add."""
        self._answer(RectificationState.CORRECTED, answer, now)

    def decline(self, answer: str, now: datetime) -> None:
        """The author finds it right as it is, and says why; raises `Problems` at `answer` without a reason."""
        if not clean(answer):
            raise Problems({"answer": Problem("no_reason")})
        self._answer(RectificationState.DECLINED, answer, now)

    def _answer(self, state: RectificationState, answer: str, now: datetime) -> None:
        if not self.is_open:
            raise Expired("rectification_answered")
        answer = clean(answer)
        if found := problem_in(answer, LONG):
            raise Problems({"answer": found})
        self.state, self.answer, self.answered_at = state, answer, now
