"""How it goes with a focus area, told again and again between the dialogues: statuses are added and never changed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.errors import Problem, Problems
from domain.focus_area import FocusArea
from domain.identity import new_id
from domain.preparation import Source
from domain.status import Status
from domain.text import LONG, problem_in


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A status as it is written: where they are, what they saw, what it meant, what they learned, what comes next."""

    status: Status | None = None
    seen: str = ""
    meaning: str = ""
    learned: str = ""
    next_step: str = ""
    next_on: date | None = None
    evidence: tuple[Source, ...] = ()
    perspectives: tuple[UUID, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether anything was typed or chosen besides the status itself."""
        data = self.evidence or self.perspectives
        return bool(self.seen or self.meaning or self.learned or self.next_step or self.next_on or data)

    def problems(self, today: date) -> dict[str, Problem]:
        """What must be changed before it is added; R-37 asks for both meaning and learning, and requires neither."""
        names = ("seen", "meaning", "learned", "next_step")
        found = {name: problem for name in names if (problem := problem_in(getattr(self, name), LONG))}
        if self.status is None:
            found["status"] = Problem("no_status")
        if not self.seen:
            found.setdefault("seen", Problem("nothing_seen"))
        if self.status is Status.NEEDS_ATTENTION and not self.next_step:
            found.setdefault("next_step", Problem("no_next_step"))
        if self.next_on is not None and self.next_on < today:
            found["next_on"] = Problem("date_passed")
        return found


@dataclass(kw_only=True, eq=False)
class FocusStatus:
    """I13: "FocusStatus rows are never edited or deleted; the last one is the current status".

    `is_unchanged` marks *Uændret*, which says nothing but that; `is_short` one that came with a preparation.
    """

    focus_area_id: UUID
    author_id: UUID
    written_at: datetime
    status: Status
    seen: str = field(default="", repr=False)
    meaning: str = field(default="", repr=False)
    learned: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
    next_on: date | None = None
    evidence: tuple[Source, ...] = ()
    perspectives: tuple[UUID, ...] = ()
    is_unchanged: bool = False
    is_short: bool = False
    id: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, about: FocusArea, what: Seen, *, by: UUID, now: datetime, today: date) -> "FocusStatus":
        """A new status; raises `Problems` at the fields, and `Expired` when the focus area has been closed."""
        about.require_active()
        if found := what.problems(today):
            raise Problems(found)
        assert what.status is not None
        made = cls(
            focus_area_id=about.id,
            author_id=by,
            written_at=now,
            status=what.status,
            seen=what.seen,
            meaning=what.meaning,
            learned=what.learned,
            next_step=what.next_step,
            next_on=what.next_on,
            evidence=what.evidence,
            perspectives=what.perspectives,
        )
        about.take_status(made.status)
        return made

    @classmethod
    def unchanged(cls, about: FocusArea, last: "FocusStatus | None", *, by: UUID, now: datetime) -> "FocusStatus":
        """*Uændret*: the last status once more, with today's date."""
        status = last.status if last else Status.JUST_BEGUN
        made = cls(focus_area_id=about.id, author_id=by, written_at=now, status=status, is_unchanged=True)
        about.take_status(made.status)
        return made

    @classmethod
    def short(cls, about: FocusArea, status: Status, *, by: UUID, now: datetime) -> "FocusStatus":
        """The one word that a preparation brings along."""
        made = cls(focus_area_id=about.id, author_id=by, written_at=now, status=status, is_short=True)
        about.take_status(made.status)
        return made
