"""The facts that an answer tells, each with where it comes from, which its reader may open (I25)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.agreement import Agreement
from domain.cycle import Theme
from domain.data_package import KeyFigure
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea
from domain.observation import Observation, Progress
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.perspective import Group, Perspective, Recommendation
from domain.priority import LocalPriority
from domain.status import Status


class SourceKind(StrEnum):
    """What a source is; the record that opens. PLACE is what an institution has registered, for what is not there."""

    FOCUS_AREA = "focus area"
    FIGURES = "figures"
    PERSPECTIVE = "perspective"
    PRIORITY = "priority"
    DIALOGUE = "dialogue"
    OBSERVATION = "observation"
    FEEDBACK = "feedback"
    AGREEMENT = "agreement"
    ONE_ON_ONE = "one-on-one"
    PLACE = "place"


@dataclass(frozen=True, kw_only=True)
class SourceRef:
    """One source: what it is, where it belongs and from when it is."""

    kind: SourceKind
    id: UUID
    institution_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FocusFact:
    """A focus area with the last word about it in the period; `status` is None before the first.

    `seen` is what its people told with the word.
    """

    where: Institution
    area: FocusArea
    theme: Theme
    status: Status | None
    at: datetime
    seen: str = field(default="", repr=False)

    @property
    def source(self) -> SourceRef:
        return SourceRef(
            kind=SourceKind.FOCUS_AREA, id=self.area.id, institution_id=self.where.id, at=self.at
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FigureFact:
    """A key figure of an institution's current data package."""

    where: Institution
    figure: KeyFigure
    half_year: HalfYear
    released_at: datetime

    @property
    def source(self) -> SourceRef:
        return SourceRef(
            kind=SourceKind.FIGURES, id=self.figure.package_id, institution_id=self.where.id, at=self.released_at
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class VoiceFact:
    """What one group has told, with what they recommend; `theme_id` is the theme of its focus area."""

    where: Institution
    perspective: Perspective
    recommendation: Recommendation | None = None
    theme_id: UUID | None = None

    @property
    def source(self) -> SourceRef:
        return SourceRef(
            kind=SourceKind.PERSPECTIVE,
            id=self.perspective.id,
            institution_id=self.where.id,
            at=self.perspective.written_at,
        )


@dataclass(frozen=True, kw_only=True)
class PriorityFact:
    """What an institution gives priority to in a half-year."""

    where: Institution
    priority: LocalPriority

    @property
    def source(self) -> SourceRef:
        _by, at = self.priority.last_written
        return SourceRef(kind=SourceKind.PRIORITY, id=self.priority.id, institution_id=self.where.id, at=at)


@dataclass(frozen=True, kw_only=True)
class DialogueFact:
    """A learning dialogue with its saved decisions, oldest first.

    `has_begun` is one whose time has come and of which nothing is recorded yet.
    """

    where: Institution
    dialogue: Dialogue
    decisions: Sequence[Decision] = ()
    has_begun: bool = False

    @property
    def source(self) -> SourceRef:
        return SourceRef(
            kind=SourceKind.DIALOGUE, id=self.dialogue.id, institution_id=self.where.id, at=self.dialogue.starts_at
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ObservationFact:
    """An observation by how far it is.

    I26: of its feedback there is nothing before it was acknowledged, or is 14 days old. `feedback_id` is the feedback
    from then on, `brings` what the host takes to the learning dialogue, once the preparation it is for is ready.
    """

    where: Institution
    observation: Observation
    progress: Progress
    is_acknowledged: bool = False
    feedback_id: UUID | None = None
    brings: str = field(default="", repr=False)
    focus_area_id: UUID | None = None

    @property
    def at(self) -> datetime:
        """When the visit is or was, whenever somebody wrote of it; before there is a time, when it was asked about."""
        found = self.observation.starts_at or self.observation.asked_at
        assert found is not None
        return found

    @property
    def source(self) -> SourceRef:
        kind, subject = SourceKind.OBSERVATION, self.observation.id
        if self.feedback_id:
            kind, subject = SourceKind.FEEDBACK, self.feedback_id
        return SourceRef(kind=kind, id=subject, institution_id=self.where.id, at=self.at)


class AgreementWord(StrEnum):
    """Where agreements stand; *overskredet* is derived from the date."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    CONTINUED = "continued"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class AgreementFact:
    """An agreement of a 1:1. I26: "never … 1:1 note text (only agreements)".

    `until` is the end of the period that is told of: what ended later is from the day it was made.
    """

    where: Institution
    agreement: Agreement
    leader: Person
    word: AgreementWord
    until: datetime | None = None

    @property
    def source(self) -> SourceRef:
        ended_at = self.agreement.ended_at
        is_in_period = ended_at is not None and (self.until is None or ended_at < self.until)
        return SourceRef(
            kind=SourceKind.AGREEMENT,
            id=self.agreement.id,
            institution_id=self.where.id,
            at=ended_at if ended_at is not None and is_in_period else self.agreement.made_at,
        )


class Gap(StrEnum):
    """What is not there; named neutrally, as something to ask about and no fault of anybody's."""

    NO_FIGURES = "no figures"
    NO_FOCUS_AREA = "no focus area"
    NO_STATUS = "no status"
    NOT_RECORDED = "not recorded"
    NO_CHILDREN = "no children"
    NO_YOUTH = "no youth"
    NO_PARENTS = "no parents"
    UNANSWERED = "unanswered recommendations"
    NO_OBSERVATION = "no observation"

    @classmethod
    def of_group(cls, group: Group) -> "Gap | None":
        """R-43: the three groups are asked for systematically; the staff are not one of them."""
        return {Group.CHILDREN: cls.NO_CHILDREN, Group.YOUTH: cls.NO_YOUTH, Group.PARENTS: cls.NO_PARENTS}.get(group)


@dataclass(frozen=True, kw_only=True)
class GapFact:
    """Something that is not there at an institution. Its source is what the institution has registered."""

    where: Institution
    gap: Gap
    at: datetime

    @property
    def source(self) -> SourceRef:
        return SourceRef(kind=SourceKind.PLACE, id=self.where.id, institution_id=self.where.id, at=self.at)
