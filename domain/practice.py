"""Practice that an institution shares with the others: what they did, and why it worked.

R-08: "'Del praksis': share an action that worked with peers with the same theme". The institution decides what is told
and when, and can take it back; there are no likes and no order but the day it was shared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.focus_area import Closing, FocusArea, FocusStatus, Measure, MeasureState
from domain.identity import new_id
from domain.status import Status
from domain.text import LONG, SHORT, problem_in

GOES_WELL = (Status.GOING_WELL, Status.ROOTED)
LASTING = (Closing.REACHED, Closing.ROOTED)


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
    """One focus area's or one measure's practice. `draft` is what is being written, `shared` what others read.

    `title` and `shared` are as they were previewed: what is written later is seen by nobody else until it is shared.
    """

    institution_id: UUID
    theme_id: UUID | None
    focus_area_id: UUID | None = None
    measure_id: UUID | None = None
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
    def of(cls, about: FocusArea | Measure, theme_id: UUID | None, *, by: UUID, now: datetime) -> "Practice":
        """A new one, with nothing in it; raises `Expired` for what did not go so far that it can be shared."""
        require_shareable(about)
        is_area = isinstance(about, FocusArea)
        return cls(
            institution_id=about.institution_id,
            theme_id=theme_id,
            focus_area_id=about.id if is_area else None,
            measure_id=None if is_area else about.id,
            title=title_of(about),
            written_by=by,
            written_at=now,
        )

    @property
    def about_id(self) -> UUID:
        found = self.focus_area_id or self.measure_id
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

    def share(self, about: FocusArea | Measure, now: datetime) -> None:
        """The others see the draft from now on; a correction keeps the day on which it was first shared."""
        if not self.is_shared:
            require_shareable(about)
        if found := self.draft.problems() or self.draft.missing():
            raise Problems(found)
        if not self.is_shared:
            self.shared_at, self.withdrawn_at = now, None
        self.title, self.shared = title_of(about), self.draft

    def withdraw(self, now: datetime) -> None:
        """Nobody else sees it from now on; the text stays with the institution."""
        if self.is_shared:
            self.withdrawn_at = now


def title_of(about: FocusArea | Measure) -> str:
    return about.title if isinstance(about, FocusArea) else about.text


def is_shareable(about: FocusArea | Measure) -> bool:
    """A focus area that goes on, or that was reached or rooted; a measure that is done."""
    if isinstance(about, FocusArea):
        return about.is_active or about.closing in LASTING
    return about.state is MeasureState.DONE


def require_shareable(about: FocusArea | Measure) -> None:
    if not is_shareable(about):
        raise Expired("focus_area_not_reached" if isinstance(about, FocusArea) else "measure_not_done")


def goes_well(about: FocusArea, last: FocusStatus | None) -> bool:
    """*Går godt* and *Forankret*: where sharing is offered without being asked for."""
    if not about.is_active:
        return about.closing in LASTING
    return last is not None and last.status in GOES_WELL


def begun_from(about: FocusArea | Measure, history: Sequence[FocusStatus]) -> Account:
    """Nobody writes a thing twice: what was learned, or what came of it, may be why it worked."""
    if isinstance(about, FocusArea):
        words = next((each.learned for each in reversed(history) if each.learned), "")
    else:
        words = about.outcome
    return Account(why=words if len(words) <= SHORT else "")
