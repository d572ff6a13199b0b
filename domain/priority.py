"""What an institution puts first in a half-year: "Lokale perspektiver, prioriteringer og observationer …".

R-42: a local priority is qualitative data of its own, beside perspectives and observations: one text for an institution
and a half-year, that its leaders write once, and that everything which rests on it shows as it stands.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.identity import new_id
from domain.organisation import AgeRange
from domain.period import HalfYear
from domain.preparation import Source
from domain.text import LONG, problem_in


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A local priority as it is written."""

    text: str = field(default="", repr=False)

    def problems(self) -> dict[str, Problem]:
        found = Problem("no_priority") if not self.text else problem_in(self.text, LONG)
        return {"text": found} if found else {}


@dataclass(kw_only=True, eq=False)
class LocalPriority:
    """What one institution gives priority to in one half-year.

    The author and the day stay; who corrected it last, and when, stand beside them.
    """

    institution_id: UUID
    half_year: HalfYear
    author_id: UUID
    text: str = field(repr=False)
    written_at: datetime
    corrected_by: UUID | None = None
    corrected_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, stated: Stated, where_id: UUID, half_year: HalfYear, *, by: UUID, now: datetime) -> "LocalPriority":
        """A new one; raises `Problems` at the field."""
        if found := stated.problems():
            raise Problems(found)
        return cls(institution_id=where_id, half_year=half_year, author_id=by, text=stated.text, written_at=now)

    @property
    def stated(self) -> Stated:
        return Stated(text=self.text)

    @property
    def last_written(self) -> tuple[UUID, datetime]:
        """By whom and when it got the words it has now."""
        return self.corrected_by or self.author_id, self.corrected_at or self.written_at

    def write(self, stated: Stated, *, by: UUID, now: datetime) -> None:
        """Corrects it; raises `Problems` at the field."""
        if found := stated.problems():
            raise Problems(found)
        self.text, self.corrected_by, self.corrected_at = stated.text, by, now


def sources_of(
    age_range: AgeRange, priority: LocalPriority | None, chosen: Collection[Source] = ()
) -> tuple[Source, ...]:
    """The qualitative data to choose among: a local priority once it can be read, and what is chosen already stays."""
    return tuple(
        each for each in Source.of(age_range) if each is not Source.PRIORITY or priority is not None or each in chosen
    )


def is_open(half_year: HalfYear, today: date) -> bool:
    """Whether the priority of a half-year is written now: while it goes on, and in the one before it."""
    return HalfYear.of(today) in (half_year, half_year.previous)


def require_open(half_year: HalfYear, today: date) -> None:
    """Raises `Expired` for a half-year that is over: what was decided in it rests on the words as they were then."""
    if half_year < HalfYear.of(today):
        raise Expired("half_year_over")
    if not is_open(half_year, today):
        raise NotAllowed
