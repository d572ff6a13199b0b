"""The shared reflection of a learning dialogue: who took part, the data it rested on, and how they understand it.

"Den fælles refleksion … er derfor nødvendig før der træffes beslutninger eller udvælges lokale fokusområder": while
it is being written it is a draft like any other, and `save` is what opens the gate to decisions.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.dialogue import last_reminder_at, unrecorded_from
from domain.errors import Problem, Problems
from domain.identity import new_id
from domain.preparation import Reminder, Source
from domain.quiet import QuietTimes
from domain.text import LONG, SHORT, problem_in

FEWEST_PARTICIPANTS = 2


class ReflectionStep(StrEnum):
    """The two halves of its card: what it rested on, and what was understood."""

    BASIS = "basis"
    UNDERSTANDING = "understanding"

    @property
    def number(self) -> int:
        return list(ReflectionStep).index(self) + 1


class Participant(StrEnum):
    MANAGEMENT = "management"
    STAFF = "staff"
    CHIEF = "chief"
    CONSULTANT = "consultant"
    BOARD = "board"
    CHILDREN = "children"
    PARENTS = "parents"
    OTHERS = "others"


OF_THE_INSTITUTION = frozenset(
    {Participant.MANAGEMENT, Participant.STAFF, Participant.BOARD, Participant.CHILDREN, Participant.PARENTS}
)


class Across(StrEnum):
    """Where cross-cutting knowledge comes from ("tværgående viden")."""

    NETWORK = "network"
    RESEARCH = "research"
    OTHER_INSTITUTION = "other_institution"
    SHARED_PRACTICE = "shared_practice"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Who took part, and which data they talked from."""

    participants: tuple[Participant, ...] = ()
    figures: tuple[UUID, ...] = ()
    sources: tuple[Source, ...] = ()
    perspectives: tuple[UUID, ...] = ()

    def problems(self) -> dict[str, Problem]:
        return {}

    def missing(self) -> dict[str, Problem]:
        """I8: "Reflection has ≥2 participants (shared), ≥1 of them from the institution"; I7: "≥1 data ref"."""
        found: dict[str, Problem] = {}
        if len(self.participants) < FEWEST_PARTICIPANTS:
            found["participants"] = Problem("not_shared")
        elif not OF_THE_INSTITUTION & set(self.participants):
            found["participants"] = Problem("nobody_of_the_institution")
        if not self.figures and not self.sources and not self.perspectives:
            found["figures"] = Problem("no_data")
        return found

    @property
    def one_kind_only(self) -> bool:
        """R-39: "a check warns (does not block) if a reflection rests on one kind only"."""
        return bool(self.figures) != bool(self.sources or self.perspectives)


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What was interpreted and what was analysed, which are two acts, and the knowledge from across."""

    interpretation: str = ""
    analysis: str = ""
    across: tuple[Across, ...] = ()
    cross: str = ""

    def problems(self) -> dict[str, Problem]:
        limits = {"interpretation": LONG, "analysis": LONG, "cross": SHORT}
        found = {name: problem_in(getattr(self, name), limit) for name, limit in limits.items()}
        return {name: problem for name, problem in found.items() if problem}

    def missing(self) -> dict[str, Problem]:
        """R-33: "Først når data bliver tolket og analyseret, bliver data værdifuld"."""
        found: dict[str, Problem] = {}
        if not self.interpretation:
            found["interpretation"] = Problem("not_understood")
        if not self.analysis:
            found["analysis"] = Problem("not_analysed")
        return found


ReflectionContent = Basis | Understanding


@dataclass(kw_only=True, eq=False)
class Reflection:
    """What the participants of one dialogue have understood together; a draft until `saved_at`.

    `note_taker` is the colleague, "referent", whom a leader has asked to write it and the decisions.
    """

    dialogue_id: UUID
    step: ReflectionStep = ReflectionStep.BASIS
    basis: Basis = field(default_factory=Basis, repr=False)
    understanding: Understanding = field(default_factory=Understanding, repr=False)
    written_by: UUID | None = None
    written_at: datetime | None = None
    saved_at: datetime | None = None
    note_taker: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_saved(self) -> bool:
        """Whether the gate is open: the reflection is whole, and was saved as such."""
        return self.saved_at is not None

    @property
    def is_begun(self) -> bool:
        return self.written_at is not None

    @property
    def names_knowledge_across(self) -> bool:
        """Half of I11: "Choosing needs … cross-cutting knowledge text or ref"."""
        return bool(self.understanding.across or self.understanding.cross)

    def content(self, step: ReflectionStep) -> ReflectionContent:
        return self.basis if step is ReflectionStep.BASIS else self.understanding

    def write(self, content: ReflectionContent, *, by: UUID, now: datetime) -> None:
        """Takes one half as it stands, complete or not; raises `Problems` for what must not be stored at all.

        A saved reflection stays saved while it is corrected, as long as it stays whole.
        """
        if found := content.problems():
            raise Problems(found)
        if self.is_saved and (lacking := content.missing()):
            raise Problems(lacking)
        if isinstance(content, Basis):
            self.basis = content
        else:
            self.understanding = content
        self.written_by, self.written_at = by, now

    def save(self, now: datetime) -> None:
        """Opens the gate; raises `Problems` with everything that is still missing."""
        if found := {**self.basis.missing(), **self.understanding.missing()}:
            raise Problems(found)
        self.saved_at = self.saved_at or now


def reminders(starts_at: datetime, zone: ZoneInfo, quiet: QuietTimes) -> tuple[Reminder, ...]:
    """When the leaders hear that it can be written: as the dialogue begins, after 2 hours, after 3 and 10 days.

    Days are counted on the local clock. Each gives way to the next, and the last to "mangler opsamling": it waits for
    the end of the holidays, since "the leader is told first".
    """
    local = starts_at.astimezone(zone)
    two_hours = starts_at + timedelta(hours=2)
    three_days = (local + timedelta(days=3)).astimezone(UTC)
    last = last_reminder_at(starts_at, quiet)
    due = [("start", starts_at), ("2_hours", two_hours), ("3_days", three_days), ("10_days", last)]
    ends = [two_hours, three_days, last, unrecorded_from(starts_at, quiet)]
    return tuple(Reminder(name, at, end) for (name, at), end in zip(due, ends, strict=True))
