"""What a 1:1 was about, written by the chief and seen by the leader at once: never about the person.

R-54: "Ask about leading the development, not about the person". A version is never changed: correcting adds another,
and once the leader has confirmed one, there are only signed remarks.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Problem, Problems
from domain.identity import new_id
from domain.text import LONG, clean, problem_in

UNCONFIRMED_FROM = timedelta(days=14)
CONFIRM_REMINDERS = (timedelta(days=2), timedelta(days=7))


@dataclass(frozen=True, kw_only=True)
class Note:
    """The five fields of C11. `talked` are the ids of what stood on the agenda and was talked about.

    `counts` says that it is the yearly school development talk.
    """

    talked: tuple[UUID, ...] = ()
    leading: str = ""
    works: str = ""
    attention: str = ""
    counts: bool = False

    def problems(self) -> dict[str, Problem]:
        """What must not be stored at all, draft or not."""
        names = ("leading", "works", "attention")
        found = {name: problem_in(getattr(self, name), LONG) for name in names}
        return {name: problem for name, problem in found.items() if problem}

    def missing(self) -> dict[str, Problem]:
        return {} if self.leading else {"leading": Problem("nothing_on_leading")}


@dataclass(kw_only=True, eq=False)
class NoteVersion:
    """A note as it was shared: the last version is the note, the earlier ones show what was corrected."""

    one_on_one_id: UUID
    number: int
    author_id: UUID
    content: Note = field(repr=False)
    written_at: datetime
    id: UUID = field(default_factory=new_id)


@dataclass(kw_only=True, eq=False)
class Remark:
    """A signed addition to a shared note, by either of the two: a comment, and no edit."""

    one_on_one_id: UUID
    author_id: UUID
    text: str = field(repr=False)
    written_at: datetime
    id: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, one_on_one_id: UUID, text: str, *, by: UUID, now: datetime) -> "Remark":
        text = clean(text)
        found = problem_in(text, LONG) if text else Problem("empty")
        if found:
            raise Problems({"remark": found})
        return cls(one_on_one_id=one_on_one_id, author_id=by, text=text, written_at=now)


@dataclass(kw_only=True, eq=False)
class SchoolTalk:
    """That a 1:1 is the school development talk of one school and one school year; there is one a year."""

    one_on_one_id: UUID
    institution_id: UUID
    school_year: int
    held_at: datetime
    id: UUID = field(default_factory=new_id)
