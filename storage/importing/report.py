"""What an import has done, and how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass, field

# Called with what is being done ("reading people.csv"), how many lines are done, and how many there are.
Progress = Callable[[str, int, int], None]
STEP = 1_000


# A list that is cut short ends a municipality; so many may be missing from one without a question.
FEW = 5
ONE_IN = 10
# Of a small municipality a few are nearly all, and half of them never end at once.
HALF = 2


@dataclass(frozen=True)
class Ending:
    """What a list lacks, of a kind of which `there` were in force: how many, and the first of them."""

    file: str
    kind: str
    number: int
    there: int
    first: str = field(repr=False)

    def is_meant(self, ending: int) -> bool:
        """Whether it was said that so many end, or they are few anyway."""
        of_course = max(FEW, self.there // ONE_IN)
        # One of two or three is what a list can well be about; so many more are half of them.
        is_half = self.number > 1 and self.number * HALF >= self.there
        return self.number <= ending or (self.number <= of_course and not is_half)

    def __str__(self) -> str:
        return (
            f"{self.number} of {self.there} {self.kind} are not in it and would end, the first of them {self.first}; "
            f"is the list cut short? If they are to end, say --ending {self.number}"
        )


@dataclass
class Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0

    def count(self, *, is_new: bool = False, is_changed: bool = False) -> None:
        if is_new:
            self.new += 1
        elif is_changed:
            self.changed += 1
        else:
            self.unchanged += 1


@dataclass
class ImportReport:
    """How much of each is new, changed, unchanged or ended; the same files again leave all unchanged."""

    areas: Counts = field(default_factory=Counts)
    institutions: Counts = field(default_factory=Counts)
    people: Counts = field(default_factory=Counts)
    roles: Counts = field(default_factory=Counts)
    rounds: Counts = field(default_factory=Counts)
    themes: Counts = field(default_factory=Counts)
    cycles: Counts = field(default_factory=Counts)
    dialogues: Counts = field(default_factory=Counts)
    packages: Counts = field(default_factory=Counts)
    figures: Counts = field(default_factory=Counts)

    endings: list["Ending"] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, Counts]:
        return {name: each for name, each in vars(self).items() if isinstance(each, Counts)}

    @property
    def changes_nothing(self) -> bool:
        return not any(each.new or each.changed or each.ended for each in self.counts.values())
