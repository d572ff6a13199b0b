"""Two half-years of the same institutions side by side: numbers, and no word for what they mean (I30)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.dialogue import DialogueState
from domain.facts import AgreementFact, AgreementWord, DialogueFact, FocusFact, ObservationFact, SourceRef, VoiceFact
from domain.observation import Progress
from domain.period import HalfYear
from domain.perspective import Group
from domain.status import Status
from domain.supervision import Found, ThemeData


@dataclass(frozen=True, kw_only=True)
class Level:
    """A key figure of one half-year: of one institution its own, of several the mean; `value` is None where hidden."""

    indicator: str
    unit: str
    value: float | None
    institutions: int | None
    sources: Sequence[SourceRef] = ()


@dataclass(frozen=True, kw_only=True)
class Half:
    """What is registered of one half-year. `agreements` is None for a reader to whom none belong."""

    half_year: HalfYear
    focus_areas: Found[FocusFact, Status | None] = field(default_factory=Found)
    voices: Found[VoiceFact, Group] = field(default_factory=Found)
    dialogues: Found[DialogueFact, DialogueState | None] = field(default_factory=Found)
    observations: Found[ObservationFact, Progress] = field(default_factory=Found)
    agreements: Found[AgreementFact, AgreementWord] | None = None
    data: Sequence[ThemeData] = ()

    @property
    def levels(self) -> Sequence[Level]:
        """The key figures by name; of what stands under two themes, the first."""
        found: dict[tuple[str, str], Level] = {}
        for each in self.data:
            for fact in each.figures:
                about = fact.figure
                level = Level(
                    indicator=about.indicator,
                    unit=about.unit,
                    value=None if about.is_hidden else about.value,
                    institutions=None,
                    sources=(fact.source,),
                )
                found.setdefault((about.indicator, about.unit), level)
            refs = tuple(each.sources)
            for mean in [] if each.figures else each.averages:
                level = Level(
                    indicator=mean.indicator,
                    unit=mean.unit,
                    value=mean.value,
                    institutions=mean.institutions,
                    sources=each.sources_of(mean) if each.of_few else refs,
                )
                found.setdefault((mean.indicator, mean.unit), level)
        return [found[key] for key in sorted(found)]
