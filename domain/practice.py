"""Practice that an institution shares with the others: what they did, and why it worked.

R-08: "'Del praksis': share an action that worked with peers with the same theme". The institution decides what is told
and when, and can take it back; there are no likes and no order but the day it was shared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.feedback import Feedback
from domain.focus_area import Closing, FocusArea
from domain.focus_status import FocusStatus
from domain.identity import new_id
from domain.measure import Measure, MeasureState
from domain.status import Status
from domain.text import LONG, SHORT, TITLE, problem_in

GOES_WELL = (Status.GOING_WELL, Status.ROOTED)
LASTING = (Closing.REACHED, Closing.ROOTED)
# What is shared: what a focus area taught, a measure that is done, or what somebody took home from observing.
Matter = FocusArea | Measure | Feedback


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is told: what they did, why it worked, and whom others may contact, if anybody."""

    did: str = ""
    why: str = ""
    contact_id: UUID | None = None

    def problems(self) -> dict[str, Problem]:
        limits = {"did": LONG, "why": SHORT}
        found = {name: problem_in(getattr(self, name), limit) for name, limit in limits.items()}
        return {name: problem for name, problem in found.items() if problem}

    def missing(self) -> dict[str, Problem]:
        codes = {"did": "nothing_done", "why": "no_why_it_worked"}
        return {name: Problem(code) for name, code in codes.items() if not getattr(self, name)}

    def with_contact(self, person_id: UUID, wanted: bool) -> "Account":
        """Everybody answers for themselves: a yes is one's own, and a no takes back nobody else's."""
        others = self.contact_id if self.contact_id != person_id else None
        return Account(did=self.did, why=self.why, contact_id=person_id if wanted else others)


@dataclass(kw_only=True, eq=False)
class Practice:
    """The practice of one focus area, measure or feedback. `draft` is what is being written, `shared` what others read.

    `title` and `shared` are as they were previewed: what is written later is seen by nobody else until it is shared.
    """

    institution_id: UUID
    theme_id: UUID | None
    focus_area_id: UUID | None = None
    measure_id: UUID | None = None
    feedback_id: UUID | None = None
    title: str = field(repr=False)
    draft: Account = field(default_factory=Account, repr=False)
    shared: Account | None = field(default=None, repr=False)
    written_by: UUID
    written_at: datetime
    shared_at: datetime | None = None
    withdrawn_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, about: Matter, theme_id: UUID | None, *, by: UUID, now: datetime) -> "Practice":
        """A new one, with nothing in it; raises `Expired` for what did not go so far that it can be shared."""
        require_shareable(about)
        return cls(
            institution_id=place_of(about),
            theme_id=theme_id,
            focus_area_id=about.id if isinstance(about, FocusArea) else None,
            measure_id=about.id if isinstance(about, Measure) else None,
            feedback_id=about.id if isinstance(about, Feedback) else None,
            title=title_of(about),
            written_by=by,
            written_at=now,
        )

    @property
    def about_id(self) -> UUID:
        found = self.focus_area_id or self.measure_id or self.feedback_id
        assert found is not None
        return found

    @property
    def is_shared(self) -> bool:
        return self.shared is not None and self.withdrawn_at is None

    @property
    def has_correction(self) -> bool:
        """Whether something has been written that the others do not see yet."""
        return self.is_shared and self.draft != self.shared

    def write(self, account: Account, *, by: UUID, now: datetime) -> None:
        """Keeps the draft, complete or not; raises `Problems` for what must not be stored."""
        if found := account.problems():
            raise Problems(found)
        self.draft, self.written_by, self.written_at = account, by, now

    def share(self, about: Matter, now: datetime) -> None:
        """The others see the draft from now on; a correction keeps the day on which it was first shared."""
        if not self.is_shared:
            require_shareable(about)
        if found := self.draft.problems() or self.draft.missing():
            raise Problems(found)
        if not self.is_shared:
            self.shared_at, self.withdrawn_at = now, None
        self.title, self.shared = title_of(about, self.draft), self.draft

    def withdraw(self, now: datetime) -> None:
        """Nobody else sees it from now on; the text stays with the institution."""
        if self.is_shared:
            self.withdrawn_at = now


def place_of(about: Matter) -> UUID:
    """The institution whose practice it is; what was taken home is that of whoever took it there."""
    return about.home_id if isinstance(about, Feedback) else about.institution_id


def title_of(about: Matter, account: Account | None = None) -> str:
    """What it is called. What was taken home has no title, and is called as its account begins: it names no host."""
    match about:
        case FocusArea():
            return about.title
        case Measure():
            return about.text
        case Feedback():
            words = (account.did if account else "") or about.curious.home
            first = words.partition("\n")[0]
            return first if len(first) <= TITLE else first[: TITLE - 1].rstrip() + "…"


def is_shareable(about: Matter) -> bool:
    """A focus area that goes on, or that was reached or rooted; a measure that is done; what was taken home."""
    match about:
        case FocusArea():
            return about.is_active or about.closing in LASTING
        case Measure():
            return about.state is MeasureState.DONE
        case Feedback():
            return about.is_sent and bool(about.curious.home)


def require_shareable(about: Matter) -> None:
    if not is_shareable(about):
        codes = {FocusArea: "focus_area_not_reached", Measure: "measure_not_done", Feedback: "feedback_open"}
        raise Expired(codes[type(about)])


def goes_well(about: FocusArea, last: FocusStatus | None) -> bool:
    """*Går godt* and *Forankret*: where sharing is offered without being asked for."""
    if not about.is_active:
        return about.closing in LASTING
    return last is not None and last.status in GOES_WELL


def begun_from(about: Matter, history: Sequence[FocusStatus]) -> Account:
    """Nobody writes a thing twice: what was learned, or what came of it, may be why it worked."""
    if isinstance(about, Feedback):
        return Account(did=about.curious.home)
    if isinstance(about, FocusArea):
        words = next((each.learned for each in reversed(history) if each.learned), "")
    else:
        words = about.outcome
    return Account(why=words if len(words) <= SHORT else "")
