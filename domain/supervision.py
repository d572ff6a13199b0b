"""What the records say together: the knowledge for "det løbende tilsyn i ledelseslinjen", each line with its sources.

A `Scope` bounds a question to institutions and half-years. A section of the summary is a `Found`: how many there are,
counted by their words, and the first of them as facts, by institution from A to Å and then by time, and never by a
value (I30). Each fact carries its sources, which its reader may open (I25).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.agreement import Agreement
from domain.cycle import Theme
from domain.data_package import KeyFigure
from domain.decision import Decision
from domain.dialogue import Dialogue, DialogueState
from domain.evidence import Average
from domain.focus_area import FocusArea
from domain.indicator import Indicator
from domain.observation import Observation, Progress
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Person
from domain.period import HalfYear
from domain.perspective import Group, Perspective, Recommendation
from domain.priority import LocalPriority
from domain.slots import AskedStatus
from domain.status import Status


class Section(StrEnum):
    """The seven sections of a supervision summary, in their order."""

    FOCUS_AREAS = "fokusområder"
    DATA = "data"
    PERSPECTIVES = "perspektiver"
    DIALOGUES = "samtaler"
    OBSERVATIONS = "observationer"
    AGREEMENTS = "aftaler"
    GAPS = "mangler"


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


class Places(dict[UUID, Institution]):
    """Institutions by their ids, in their order."""

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """Their ids as 32 digits each: an answer about hundreds says them in one statement after another."""
        return tuple([each.hex for each in self])


@dataclass(frozen=True, kw_only=True)
class SourceRef:
    """One source: what it is, where it belongs and from when it is."""

    kind: SourceKind
    id: UUID
    institution_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a question is about: `institutions` from A to Å, and the half-years from `first` to `last`.

    `areas`, `types`, `age_range` and `theme` are what it was narrowed down to. `since` leaves out what is older, when
    only what is new is asked for. By `today` an institution of it may have closed.
    """

    institutions: tuple[Institution, ...]
    first: HalfYear
    last: HalfYear
    zone: ZoneInfo
    areas: tuple[Area, ...] = ()
    types: tuple[InstitutionType, ...] = ()
    age_range: AgeRange | None = None
    theme: Theme | None = None
    since: datetime | None = None
    today: date | None = None

    @cached_property
    def places(self) -> Places:
        return Places((where.id, where) for where in self.institutions)

    @property
    def is_one_place(self) -> bool:
        return len(self.institutions) == 1

    def has_closed(self, where: Institution) -> bool:
        return self.today is not None and not where.is_open(self.today)

    @cached_property
    def closed(self) -> tuple[Institution, ...]:
        """Those of the institutions that have closed by now."""
        return tuple(where for where in self.institutions if self.has_closed(where))

    def waits_for(self, where: Institution) -> bool:
        """Whether something can be lacking there: not where it closed before the period was over."""
        return not self.has_closed(where) or where.is_open(self.last.ends_on)

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        found = [self.first]
        while found[-1] < self.last:
            found.append(found[-1].next)
        return tuple(found)

    @property
    def begins(self) -> datetime:
        """The first moment of the half-years, in UTC."""
        return datetime.combine(self.first.starts_on, time(), self.zone).astimezone(UTC)

    @property
    def start(self) -> datetime:
        """The first moment that counts, in UTC."""
        return max(self.begins, self.since) if self.since else self.begins

    @property
    def end(self) -> datetime:
        """The first moment after, in UTC."""
        return datetime.combine(self.last.ends_on + timedelta(days=1), time(), self.zone).astimezone(UTC)

    def as_of(self, now: datetime) -> datetime:
        """The moment that is told of: now, or the last one of the half-years."""
        return min(now, self.end - timedelta(microseconds=1))


K = TypeVar("K", bound=Hashable)
F = TypeVar("F")


@dataclass(frozen=True, kw_only=True)
class Found(Generic[F, K]):
    """A section: `counts` by word in the order of the words, `total` facts in all, and the first `facts` of them.

    `places` is how many institutions they come from.
    """

    total: int = 0
    places: int = 0
    counts: Mapping[K, int] = field(default_factory=dict)
    facts: Sequence[F] = ()

    @property
    def more(self) -> int:
        return self.total - len(self.facts)


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
    """A learning dialogue with its saved decisions, oldest first."""

    where: Institution
    dialogue: Dialogue
    decisions: Sequence[Decision] = ()

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
        about = self.observation
        found = about.done_at or about.starts_at or about.asked_at
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


@dataclass(frozen=True, kw_only=True)
class ThemeData:
    """R-39: what is known of one theme, figures and qualitative data side by side with equal rank.

    `theme` is None for the local development. Of one institution there are its `figures`, of several the `averages`;
    `heard` counts the perspectives by group, `voices` are what was told, and `quoted` the newest of it that is printed;
    `observed` are the feedbacks that belong to the theme, and `priorities` the local ones, which belong to the local
    development. `sources` are the packages that the figures come from, and `of_few` those of a mean, by its indicator
    and unit, that only a few of the institutions have.
    """

    theme: Theme | None
    figures: Sequence[FigureFact] = ()
    averages: Sequence[Average] = ()
    heard: Mapping[Group, int] = field(default_factory=dict)
    voices: Sequence[VoiceFact] = ()
    quoted: Sequence[VoiceFact] = ()
    observed: Sequence[ObservationFact] = ()
    priorities: "Found[PriorityFact, HalfYear]" = field(default_factory=lambda: Found())
    sources: Sequence[SourceRef] = ()
    of_few: Mapping[tuple[str, str], Sequence[SourceRef]] = field(default_factory=dict)

    def sources_of(self, mean: Average) -> tuple[SourceRef, ...]:
        return tuple(self.of_few.get((mean.indicator, mean.unit), self.sources))


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything a supervision summary shows of its scope."""

    scope: Scope
    focus_areas: Found[FocusFact, Status | None]
    data: Sequence[ThemeData]
    voices: Found[VoiceFact, Group]
    dialogues: Found[DialogueFact, DialogueState]
    observations: Found[ObservationFact, Progress]
    agreements: Found[AgreementFact, AgreementWord]
    gaps: Found[GapFact, Gap]

    @property
    def more(self) -> Mapping[Section, int]:
        """How many facts of each section are not among those that it shows."""
        return {
            Section.FOCUS_AREAS: self.focus_areas.more,
            Section.PERSPECTIVES: self.voices.more,
            Section.DIALOGUES: self.dialogues.more,
            Section.OBSERVATIONS: self.observations.more,
            Section.AGREEMENTS: self.agreements.more,
            Section.GAPS: self.gaps.more,
        }


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What a question was narrowed down to, as a card carries it from press to press; nothing narrows nothing.

    Whoever presses is asked anew what they may see of it: bounds are no right to anything. `latest` is the last one of
    its kind, `coming` the next one, and `is_short` an answer in a few lines. `is_whole` is an answer for a file, which
    no button carries. `saved_id` is the saved summary that they belong to, if any.
    """

    institution_ids: tuple[UUID, ...] = ()
    area_ids: tuple[UUID, ...] = ()
    types: tuple[InstitutionType, ...] = ()
    age_range: AgeRange | None = None
    theme_id: UUID | None = None
    indicator: Indicator | None = None
    first: HalfYear | None = None
    last: HalfYear | None = None
    since: datetime | None = None
    groups: tuple[Group, ...] = ()
    status: AskedStatus | None = None
    leader_ids: tuple[UUID, ...] = ()
    dialogue_no: int | None = None
    latest: bool = False
    coming: bool = False
    is_short: bool = False
    is_whole: bool = False
    saved_id: UUID | None = None
