"""*Politisk afrapportering*: what is known of one age range, as politicians get it, with what the networks say of it.

R-11: "Trace any line of a political report down to anonymised sources and up to the theme". I29: "no personal names,
and no cell from fewer than 3 institutions". What is kept is only what may be shown, as it was on the day it was drawn.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import Expired
from domain.evidence import Breakdown, Evidence, Tally
from domain.identity import new_id
from domain.name_words import Names
from domain.network import Answer, NetworkStatement
from domain.organisation import InstitutionType
from domain.perspective import Count

# What stands where a name was left out; the same in every language, since a final report is kept as it was.
LEFT_OUT = "[…]"


class ReportState(StrEnum):
    DRAFT = "udkast"
    FINAL = "endelig"


class BoardWord(StrEnum):
    """R-12: "a record of when the board was informed and what it said": how far a board is part of the chain."""

    SAID = "har sagt noget"
    INFORMED = "er orienteret"
    NOT_YET = "ikke endnu"


class BasisKind(StrEnum):
    """What kind of record a line rests on."""

    FOCUS_AREA = "focus area"
    STATUS = "status"
    PERSPECTIVE = "perspective"
    RECOMMENDATION = "recommendation"
    FIGURE = "figure"
    PRACTICE = "practice"
    DIALOGUE = "dialogue"
    BOARD_NOTE = "board note"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The anonymised sources of one line: records of a kind from so many institutions, and the months they are of.

    `number` is None where it must not be told how many, since those of fewer could be worked out from it. `months`,
    each as its first day, are only those in which enough institutions have such a record: a day, or a month of few,
    would single one out. `latest` is what a report has instead that was kept before there were months: it may be of one
    institution, and is told to nobody. `word` says which line it is: the group, the answer, the indicator. `source` is
    where key figures come from.
    """

    kind: BasisKind
    institutions: int
    number: int | None
    months: tuple[date, ...] = ()
    latest: date | None = None
    theme_id: UUID | None = None
    word: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What one network has given, as it is printed in a report."""

    network: InstitutionType
    theme_ids: tuple[UUID, ...]
    answers: tuple[Answer, ...] = field(repr=False)
    contributors: Count | None
    written_at: datetime | None

    @classmethod
    def of(cls, given: NetworkStatement, names: Names) -> "Printed":
        """The statement without these names: I29 holds for what a network wrote, too."""
        return cls(
            network=given.network,
            theme_ids=given.theme_ids,
            answers=tuple(
                replace(
                    each,
                    tell=without_names(each.tell, names),
                    lacking=without_names(each.lacking, names),
                    contributors=None,
                )
                for each in (given.content(step) for step in range(given.steps))
            ),
            contributors=given.contributors,
            written_at=given.written_at,
        )

    def answer_about(self, theme_id: UUID | None) -> Answer | None:
        """What is said of a theme, or of the picture as a whole where there were no themes."""
        about: Sequence[UUID | None] = self.theme_ids or (None,)
        return self.answers[about.index(theme_id)] if theme_id in about else None


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything a report says: nothing in it is of fewer institutions than may be shown, and nothing has a name.

    `practices` are those shared about a theme (R-08), by theme; `boards` the institutions that have held dialogues, by
    how far their boards are; `bases` what the lines rest on.
    """

    evidence: Evidence
    statements: tuple[Printed, ...] = field(default=(), repr=False)
    practices: Mapping[UUID, Tally | None]
    boards: Breakdown[BoardWord]
    bases: tuple[Basis, ...]
    drawn_at: datetime

    def basis(self, kind: BasisKind, *, theme_id: UUID | None = None, word: str = "") -> Basis | None:
        """What a line rests on, None where too little may be told."""
        wanted = (kind, theme_id, word)
        return next((each for each in self.bases if (each.kind, each.theme_id, each.word) == wanted), None)


@dataclass(kw_only=True, eq=False)
class PoliticalReport:
    """The report of one round, a draft until the administration makes it final; a change then has a new number."""

    round_id: UUID
    content: Content = field(repr=False)
    drawn_by: UUID
    number: int = 1
    state: ReportState = ReportState.DRAFT
    final_at: datetime | None = None
    final_by: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_final(self) -> bool:
        return self.state is ReportState.FINAL

    def draw(self, content: Content, *, by: UUID) -> None:
        """Takes the figures of today in place of those of an earlier day; raises `Expired` once it is final."""
        if self.is_final:
            raise Expired("report_final")
        self.content, self.drawn_by = content, by

    def finish(self, *, seen: datetime | None, by: UUID, now: datetime) -> None:
        """Makes final what was `seen`, told by the time it was drawn; from then on nothing in it is changed.

        Raises `Expired` where it is final already, and where somebody has drawn it anew meanwhile.
        """
        if self.is_final:
            raise Expired("report_final")
        if seen != self.content.drawn_at:
            raise Expired("report_drawn_anew")
        self.state, self.final_at, self.final_by = ReportState.FINAL, now, by


def next_number(earlier: PoliticalReport | None) -> int:
    return earlier.number + 1 if earlier else 1


def without_names(words: str, names: Names) -> str:
    """The words with each of these names left out, also in the genitive."""
    folded = words.casefold()
    found = sorted({each for each in names.all if each and each.casefold() in folded}, key=len, reverse=True)
    for name in found:
        pattern = r"(?<!\w)" + re.escape(name) + r"(?:['’]?s|['’])?(?!\w)"
        words = re.sub(pattern, LEFT_OUT, words, flags=re.IGNORECASE if names.is_one_in_small_letters(name) else 0)
    return words
