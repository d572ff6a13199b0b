"""What the records say together: the knowledge for "det løbende tilsyn i ledelseslinjen", each line with its sources.

A `Scope` bounds a question to institutions and half-years. A section of the summary is a `Found`: how many there are,
counted by their words, and the first of them as facts, by institution from A to Å and then by time, and never by a
value (I30). Each fact carries its sources, which its reader may open (I25).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from domain.cycle import Theme
from domain.dialogue import DialogueState
from domain.evidence import Average
from domain.facts import (
    AgreementFact,
    AgreementWord,
    DialogueFact,
    FigureFact,
    FocusFact,
    Gap,
    GapFact,
    ObservationFact,
    PriorityFact,
    SourceRef,
    VoiceFact,
)
from domain.key_figures import FigureRow
from domain.observation import Progress
from domain.period import HalfYear
from domain.perspective import Group
from domain.scope import Scope
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


K = TypeVar("K", bound=Hashable)


class Fact(Protocol):
    """What is told with where it comes from."""

    @property
    def source(self) -> SourceRef: ...


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, kw_only=True)
class Found(Generic[F, K]):
    """A section: `counts` by word in the order of the words, `total` facts in all, and the first `facts` of them.

    `places` is how many institutions they come from. With `is_dated`, `latest` is when the newest of them is from; what
    is only planned is from no day yet. `traced` are the sources of what is counted beyond the facts, where
    somebody asks for them.
    """

    total: int = 0
    places: int = 0
    counts: Mapping[K, int] = field(default_factory=dict)
    facts: Sequence[F] = ()
    latest: datetime | None = None
    is_dated: bool = False
    traced: Sequence[SourceRef] = ()

    @property
    def more(self) -> int:
        return self.total - len(self.facts)

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """Those of the facts."""
        return tuple(fact.source for fact in self.facts)

    def with_traced(self, refs: Iterable[SourceRef]) -> "Found[F, K]":
        """The same with these sources of what it counts."""
        known = {ref.id for ref in self.sources}
        return replace(self, traced=tuple(ref for ref in refs if ref.id not in known))


@dataclass(frozen=True, kw_only=True)
class ThemeData:
    """R-39: what is known of one theme, figures and qualitative data side by side with equal rank.

    `theme` is None for the local development. Of one institution there are its `figures`, of several the `averages`;
    `heard` counts the perspectives by group, `voices` are those of them that are known, `traced` the others where
    somebody asks for them, and `quoted` the newest, which are printed; `observed` is how many feedbacks belong to the
    theme, `feedback` the first of them and `feedback_traced` others; and `priorities` are the local ones, which belong
    to the local development. `sources` are the packages that the figures come from, and `of_few` those of a mean, by
    its indicator and unit, that few of the institutions have.
    """

    theme: Theme | None
    figures: Sequence[FigureFact] = ()
    averages: Sequence[Average] = ()
    heard: Mapping[Group, int] = field(default_factory=dict)
    voices: Sequence[VoiceFact] = ()
    traced: Sequence[VoiceFact] = ()
    quoted: Sequence[VoiceFact] = ()
    observed: int = 0
    feedback: Sequence[SourceRef] = ()
    feedback_traced: Sequence[SourceRef] = ()
    priorities: "Found[PriorityFact, HalfYear]" = field(default_factory=lambda: Found())
    sources: Sequence[SourceRef] = ()
    of_few: Mapping[tuple[str, str], Sequence[SourceRef]] = field(default_factory=dict)

    def sources_of(self, mean: Average) -> tuple[SourceRef, ...]:
        return tuple(self.of_few.get((mean.indicator, mean.unit), self.sources))


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Everything a supervision summary shows of its scope.

    Of one institution and one theme, `rows` are the figures over the half-years.
    """

    scope: Scope
    focus_areas: Found[FocusFact, Status | None]
    data: Sequence[ThemeData]
    voices: Found[VoiceFact, Group]
    dialogues: Found[DialogueFact, DialogueState | None]
    observations: Found[ObservationFact, Progress]
    agreements: Found[AgreementFact, AgreementWord]
    gaps: Found[GapFact, Gap]
    rows: Sequence[FigureRow] = ()

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
