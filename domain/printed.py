"""The printed line of an answer: words with the sources they rest on, the same on a card, in a file and when kept."""

from dataclasses import dataclass, field
from datetime import datetime
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
    `is_count` then. Of many, the others are `traced` only once the sources are asked for: `unseen` more there are, and
    `latest` is when the newest of all is from, if `is_dated`. `is_of_others` that another line counts them too.
    """

    section: Section
    lead: str = field(default="", repr=False)
    rest: str = field(default="", repr=False)
    small: str = field(default="", repr=False)
    quote: str = field(default="", repr=False)
    theme: str = ""
    side: Side | None = None
    is_count: bool = False
    unseen: int = 0
    latest: datetime | None = None
    is_dated: bool = True
    is_of_others: bool = False
    sources: tuple[SourceRef, ...] = ()
    traced: tuple[SourceRef, ...] = ()
