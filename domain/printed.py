"""The printed line of an answer: words with the sources they rest on, the same on a card, in a file and when kept."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.facts import SourceRef
from domain.supervision import Section


class Side(StrEnum):
    """R-39: the two sides of a theme, which stand side by side with equal rank."""

    FIGURES = "figures"
    TOLD = "told"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed line: `lead` in bold, `rest`, a `small` line below, and a `quote` of somebody's own words.

    `theme` and `side` place it in the section of the data. A line that counts has the sources of what it counts, and
    `is_count` then.
    """

    section: Section
    lead: str = field(default="", repr=False)
    rest: str = field(default="", repr=False)
    small: str = field(default="", repr=False)
    quote: str = field(default="", repr=False)
    theme: str = ""
    side: Side | None = None
    is_count: bool = False
    sources: tuple[SourceRef, ...] = ()
