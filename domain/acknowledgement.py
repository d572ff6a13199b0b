"""The host has read a feedback, which is not to agree with it, and says what it is brought to."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.aims import FourAims
from domain.errors import Expired, Problem, Problems
from domain.feedback import Feedback
from domain.identity import new_id
from domain.observation import Observation
from domain.organisation import Institution, Person
from domain.text import LONG, problem_in


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the host brings to the dialogue, the focus area it belongs to, and a comment that the observer reads.

    R-01: the `aims` say which of the four the feedback is about, as the host sees it; any of them, or none.
    """

    bring: str = ""
    focus_area_id: UUID | None = None
    comment: str = ""
    aims: tuple[FourAims, ...] = ()

    def problems(self) -> dict[str, Problem]:
        found = {name: problem_in(getattr(self, name), LONG) for name in ("bring", "comment")}
        return {name: problem for name, problem in found.items() if problem}


@dataclass(kw_only=True, eq=False)
class Acknowledgement:
    """One per feedback, by whichever leader of the host read it first; `thanked_at` is when they said thank you.

    `focus_area_id` is the reply's once more, by which feedback is counted without a look at what somebody wrote. Where
    `area_is_plain` is False, only the reply has it.
    """

    feedback_id: UUID
    by_id: UUID
    at: datetime
    reply: Reply = field(default_factory=Reply, repr=False)
    thanked_at: datetime | None = None
    focus_area_id: UUID | None = None
    area_is_plain: bool = False
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, feedback: Feedback, reply: Reply, *, by: UUID, now: datetime) -> "Acknowledgement":
        """Raises `Expired` for one that is not sent, and `Problems` at the fields."""
        if not feedback.is_sent:
            raise Expired("feedback_open")
        if found := reply.problems():
            raise Problems(found)
        return cls(
            feedback_id=feedback.id,
            by_id=by,
            at=now,
            reply=reply,
            focus_area_id=reply.focus_area_id,
            area_is_plain=True,
        )


@dataclass(kw_only=True, eq=False)
class FeedbackShare:
    """A leader's choice to show a feedback to a colleague at the same institution: "own leader (+team by choice)"."""

    feedback_id: UUID
    person_id: UUID
    shared_by: UUID
    shared_at: datetime
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A feedback with what is shown beside it: its author, both institutions, and whether it was acknowledged."""

    feedback: Feedback
    about: Observation
    host: Institution
    home: Institution
    author: Person
    acknowledged: Acknowledgement | None = None


def attached_at(feedback: Feedback, acknowledged: Acknowledgement | None) -> datetime | None:
    """When it became, or becomes, data for the next preparation: at the acknowledgement, or 14 days after sending."""
    latest = feedback.attaches_at
    if latest is None:
        return None
    return min(acknowledged.at, latest) if acknowledged else latest


def is_attached(feedback: Feedback, acknowledged: Acknowledgement | None, now: datetime) -> bool:
    at = attached_at(feedback, acknowledged)
    return at is not None and at <= now
