"""A supervision summary that is kept: about one institution, remarked on by its leaders, then final and immutable.

`kladde → læst af chef → hos leder til bemærkning → endelig`. It is what the records said when it was made: nobody takes
a line out of it, and whoever wants another has it made anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.facts import SourceKind, SourceRef
from domain.identity import new_id
from domain.organisation import Language
from domain.period import HalfYear
from domain.printed import Line
from domain.text import LONG, problem_in

REMARK_WITHIN = timedelta(days=7)
REMINDED_AFTER = (timedelta(days=3), timedelta(days=6))


class SummaryState(StrEnum):
    DRAFT = "kladde"
    READ = "læst af chef"
    SENT = "hos leder til bemærkning"
    FINAL = "endelig"


@dataclass(frozen=True, kw_only=True)
class About:
    """What a saved summary is about: one institution in these half-years, and one theme where it was narrowed to it."""

    institution_id: UUID
    first: HalfYear
    last: HalfYear
    theme_id: UUID | None = None

    @property
    def key(self) -> str:
        """The same for the same matter: of one matter there is one summary on its way, and a row of final ones."""
        return (
            f"{self.institution_id.hex}:{self.first.code}:{self.last.code}:{self.theme_id.hex if self.theme_id else ''}"
        )


@dataclass(frozen=True, kw_only=True)
class Printed:
    """The lines as they were made, in the language of whom they were made for, with the words for their scope."""

    scope: str
    lines: tuple[Line, ...] = field(repr=False)
    language: Language


@dataclass(kw_only=True, eq=False)
class SavedSummary:
    """One kept summary. `year` and `number` are its name once it is final; `replaces_id` the edition before it."""

    institution_id: UUID
    author_id: UUID
    about_key: str
    open_key: str | None
    first: HalfYear
    last: HalfYear
    theme_id: UUID | None
    scope: str
    lines: tuple[Line, ...] = field(repr=False)
    language: Language
    made_at: datetime
    state: SummaryState = SummaryState.DRAFT
    read_at: datetime | None = None
    sent_at: datetime | None = None
    sent_by: UUID | None = None
    answered_at: datetime | None = None
    final_at: datetime | None = None
    final_by: UUID | None = None
    year: int | None = None
    number: int | None = None
    replaces_id: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(
        cls, about: About, printed: Printed, *, by: UUID, now: datetime, replaces: "SavedSummary | None"
    ) -> "SavedSummary":
        """I28: "A final summary is immutable; a change makes a new version", which names the one that it `replaces`."""
        return cls(
            institution_id=about.institution_id,
            author_id=by,
            about_key=about.key,
            open_key=about.key,
            first=about.first,
            last=about.last,
            theme_id=about.theme_id,
            scope=printed.scope,
            lines=printed.lines,
            language=printed.language,
            made_at=now,
            replaces_id=replaces.id if replaces else None,
        )

    @property
    def about(self) -> About:
        return About(institution_id=self.institution_id, first=self.first, last=self.last, theme_id=self.theme_id)

    @property
    def mark(self) -> str:
        """Which lines somebody has had before them."""
        return self.made_at.isoformat()

    @property
    def is_with_chief(self) -> bool:
        """Whether it has not been sent to the leader yet."""
        return self.state in (SummaryState.DRAFT, SummaryState.READ)

    @property
    def is_final(self) -> bool:
        return self.state is SummaryState.FINAL

    @property
    def remark_until(self) -> datetime | None:
        """When the seven days of the leader are over."""
        return self.sent_at + REMARK_WITHIN if self.sent_at else None

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """The records that it rests on, each once; all that an institution has registered is no record of its own."""
        found = {(ref.kind, ref.id): ref for line in self.lines for ref in line.sources}
        return tuple(ref for ref in found.values() if ref.kind is not SourceKind.PLACE)

    def make_anew(self, printed: Printed, *, by: UUID, now: datetime) -> None:
        """The lines as the records say them now; they are to be read anew."""
        self._require_with_chief()
        self.scope, self.lines, self.language = printed.scope, printed.lines, printed.language
        self.author_id, self.made_at = by, now
        self.state, self.read_at = SummaryState.DRAFT, None

    def read(self, now: datetime) -> None:
        """A chief has read the draft; read again it stays as it is."""
        if self.state is SummaryState.DRAFT:
            self.state, self.read_at = SummaryState.READ, now

    def require_unsent(self) -> None:
        """Raises `Expired` once the leader has it."""
        self._require_with_chief()

    def send(self, mark: str, *, by: UUID, now: datetime) -> None:
        """To the leader for a remark, as the chief has read it; raises `Expired` if it was made anew meanwhile.

        Whoever sends the lines that they have had before them has read them.
        """
        self._require_with_chief()
        if mark != self.mark:
            raise Expired("summary_made_anew")
        self.read(now)
        self.state, self.sent_at, self.sent_by = SummaryState.SENT, now, by

    def answer(self, now: datetime) -> None:
        """A leader has answered: one answer ends the wait, and each is possible until it is final."""
        if self.is_final:
            raise Expired("summary_final")
        if self.state is not SummaryState.SENT:
            raise Expired("summary_not_sent")
        self.answered_at = now

    def can_be_final(self, now: datetime) -> bool:
        """I27: "requires that the leader has had the summary for comment ≥ 7 days or answered"."""
        until = self.remark_until
        return self.state is SummaryState.SENT and until is not None and (self.answered_at is not None or now >= until)

    def require_can_be_final(self, now: datetime) -> None:
        """Raises `Expired` before I27 is met, and of one that is final."""
        if self.is_final:
            raise Expired("summary_final")
        if not self.can_be_final(now):
            raise Expired("summary_waits")

    def make_final(self, *, year: int, number: int, by: UUID, now: datetime) -> None:
        """Gives it its name for ever; whatever changes from then on is another edition."""
        self.require_can_be_final(now)
        self.state, self.final_at, self.final_by = SummaryState.FINAL, now, by
        self.year, self.number, self.open_key = year, number, None

    def _require_with_chief(self) -> None:
        if self.is_final:
            raise Expired("summary_final")
        if not self.is_with_chief:
            raise Expired("summary_sent")


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a leader remarks; nothing where it fits as it is."""

    remark: str = field(default="", repr=False)

    def problems(self) -> dict[str, Problem]:
        found = problem_in(self.remark, LONG)
        return {"remark": found} if found else {}


@dataclass(kw_only=True, eq=False)
class SummaryRemark:
    """A leader's answer, one of each leader: "Det passer", or a remark, which is printed with the summary (I27)."""

    summary_id: UUID
    author_id: UUID
    remark: str = field(repr=False)
    written_at: datetime
    corrected_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, about: SavedSummary, comment: Comment, *, by: UUID, now: datetime) -> "SummaryRemark":
        """A first answer; raises `Problems` at the field."""
        if found := comment.problems():
            raise Problems(found)
        return cls(summary_id=about.id, author_id=by, remark=comment.remark, written_at=now)

    @property
    def comment(self) -> Comment:
        return Comment(remark=self.remark)

    @property
    def last_written(self) -> datetime:
        return self.corrected_at or self.written_at

    def write(self, comment: Comment, now: datetime) -> None:
        if found := comment.problems():
            raise Problems(found)
        self.remark, self.corrected_at = comment.remark, now


def mark_of(answers: Iterable[SummaryRemark]) -> str:
    """Which of the leaders' answers somebody has had before them: how many, and when the last was written."""
    written = [each.last_written for each in answers]
    return f"{len(written)} {max(written).isoformat()}" if written else "0"


def require_a_remark(comment: Comment) -> None:
    """Raises `Problems` where nothing was typed: whoever has nothing to remark says that it fits."""
    if not comment.remark:
        raise Problems({"remark": Problem("no_remark")})


def lines_for(lines: Sequence[Line], hidden: frozenset[UUID]) -> tuple[Line, ...]:
    """The lines without those that rest on an agreement of others: an agreement is only for those who made it."""
    return tuple(
        line for line in lines if not any(ref.kind is SourceKind.AGREEMENT and ref.id in hidden for ref in line.sources)
    )
