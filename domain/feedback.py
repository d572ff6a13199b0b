"""What an observer gives back in writing: "Feedback gives både mundtligt og skriftligt".

A draft is the author's alone (I20). Once it is sent nobody changes it (I17); its author may add signed remarks.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.text import LONG, SHORT, problem_in

ATTACHED_AFTER = timedelta(days=14)
# Room for the notes of a whole visit, which stand in the field to begin with.
SAW = 3_000


class FeedbackStep(StrEnum):
    """The two halves of its card: what was seen, and what it made the observer curious about."""

    SEEN = "seen"
    TAKEN = "taken"

    @property
    def number(self) -> int:
        return list(FeedbackStep).index(self) + 1


@dataclass(frozen=True, kw_only=True)
class Described:
    """What the observer saw and heard, and what supported taking part and learning."""

    saw: str = ""
    supports: str = ""

    def problems(self) -> dict[str, Problem]:
        return _texts(self, saw=SAW, supports=SHORT)

    def missing(self) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        if not self.saw:
            found["saw"] = Problem("nothing_described")
        if not self.supports:
            found["supports"] = Problem("nothing_supports")
        return found


@dataclass(frozen=True, kw_only=True)
class Curious:
    """What made the observer curious, what is taken home (R-46), the oral feedback, and that nobody is named."""

    wonder: str = ""
    home: str = ""
    oral_on: date | None = None
    oral_later: bool = False
    unnamed: bool = False

    def problems(self) -> dict[str, Problem]:
        return _texts(self, wonder=LONG, home=LONG)

    def missing(self) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        if not self.wonder:
            found["wonder"] = Problem("no_question")
        if self.oral_on is None and not self.oral_later:
            found["oral_on"] = Problem("no_oral")
        if not self.unnamed:
            found["unnamed"] = Problem("names_unchecked")
        return found

    @property
    def asks(self) -> bool:
        """Whether it is written as questions, as far as a question mark tells."""
        return "?" in self.wonder


FeedbackContent = Described | Curious


@dataclass(kw_only=True, eq=False)
class Feedback:
    """The written feedback of one observation. `home_id` is the institution the observer came from."""

    observation_id: UUID
    institution_id: UUID
    home_id: UUID
    author_id: UUID
    step: FeedbackStep = FeedbackStep.SEEN
    described: Described = field(default_factory=Described, repr=False)
    curious: Curious = field(default_factory=Curious, repr=False)
    written_at: datetime | None = None
    submitted_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_begun(self) -> bool:
        return self.written_at is not None

    @property
    def is_sent(self) -> bool:
        return self.submitted_at is not None

    @property
    def attaches_at(self) -> datetime | None:
        """I19: attached to the next preparation "when acknowledged, or 14 days after submission": the latter moment."""
        return self.submitted_at + ATTACHED_AFTER if self.submitted_at else None

    def content(self, step: FeedbackStep) -> FeedbackContent:
        return self.described if step is FeedbackStep.SEEN else self.curious

    def write(self, content: FeedbackContent, now: datetime) -> None:
        """Takes one half as it stands, complete or not; raises `Expired` once it is sent (I17)."""
        self.require_open()
        if found := content.problems():
            raise Problems(found)
        if isinstance(content, Described):
            self.described = content
        else:
            self.curious = content
        self.written_at = now

    def send(self, now: datetime) -> None:
        """Gives it to the host; raises `Problems` with everything that is still missing."""
        self.require_open()
        if found := {**self.described.missing(), **self.curious.missing()}:
            raise Problems(found)
        self.submitted_at = now

    def require_open(self) -> None:
        if self.is_sent:
            raise Expired("feedback_sent")


@dataclass(kw_only=True, eq=False)
class FeedbackAddendum:
    """I17: "Submitted feedback is immutable; addendum only by its author"."""

    feedback_id: UUID
    author_id: UUID
    written_at: datetime
    text: str = field(repr=False)
    id: UUID = field(default_factory=new_id)

    @classmethod
    def to(cls, feedback: Feedback, text: str, *, by: UUID, now: datetime) -> "FeedbackAddendum":
        if not feedback.is_sent:
            raise Expired("feedback_open")
        if found := Problem("empty") if not text else problem_in(text, LONG):
            raise Problems({"addendum": found})
        return cls(feedback_id=feedback.id, author_id=by, written_at=now, text=text)


def _texts(content: FeedbackContent, **limits: int) -> dict[str, Problem]:
    found = {name: problem_in(getattr(content, name), limit) for name, limit in limits.items()}
    return {name: problem for name, problem in found.items() if problem}
