"""Local focus areas, "som lægger sig op ad de politiske bestemte temaer", and how they are followed over the years.

"Formålet er at vælge og følge udviklingen i de lokale fokusområder": one is chosen by a decision of a dialogue, its
statuses are added and never changed, and it ends by a decision, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.aims import FourAims
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.identity import new_id
from domain.organisation import Institution
from domain.period import HalfYear
from domain.status import Status
from domain.text import LONG, SHORT, TITLE, problem_in

USUAL_MOST = 3
# Weeks between two askings, the usual one second; none of them is an answer, too.
ASKED_EVERY = (4, 8, 12, 0)
USUALLY_EVERY = 8


class FocusAreaState(StrEnum):
    CHOSEN = "valgt"
    UNDER_WAY = "i gang"
    CLOSED = "afsluttet"


class Closing(StrEnum):
    """How it ended; `CONTINUED` goes on as a new one in the next cycle."""

    REACHED = "nået"
    ROOTED = "forankret"
    CONTINUED = "videreført"
    DROPPED = "droppet"


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What the institution wants with it: the theme, the title, why this one, the signs to look for, a first step.

    `owner` is who answers for it, a person or a function; every `asked_every` weeks its leaders are asked, 0 for never.
    """

    theme_id: UUID | None = None
    title: str = ""
    why: str = ""
    signs: str = ""
    first_step: str = ""
    first_step_on: date | None = None
    aims: tuple[FourAims, ...] = ()
    owner: str = ""
    asked_every: int = USUALLY_EVERY

    def problems(self) -> dict[str, Problem]:
        limits = {"title": TITLE, "why": LONG, "signs": SHORT, "first_step": SHORT, "owner": TITLE}
        found = {name: problem_in(getattr(self, name), limit) for name, limit in limits.items()}
        return {name: problem for name, problem in found.items() if problem}

    def missing(self) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        if self.theme_id is None:
            found["theme"] = Problem("no_theme")
        if not self.title:
            found["title"] = Problem("no_title")
        if not self.why:
            found["why"] = Problem("no_why")
        if not self.signs:
            found["signs"] = Problem("no_signs")
        if self.asked_every not in ASKED_EVERY:
            found["asked_every"] = Problem("no_rhythm")
        return found


@dataclass(kw_only=True, eq=False)
class FocusArea:
    """What one institution works on. `decision_id` chose it, `closed_by` ended it, `continues` is what it follows.

    `bring_up_since` is when the leader chose to take it to the next 1:1; nobody else sets it. `written_by` is who
    described, adjusted or closed it last.
    """

    institution_id: UUID
    theme_id: UUID
    decision_id: UUID
    title: str = field(repr=False)
    why: str = field(repr=False)
    signs: str = field(repr=False)
    first_step: str = field(default="", repr=False)
    first_step_on: date | None = None
    aims: tuple[FourAims, ...] = ()
    owner: str = field(default="", repr=False)
    asked_every: int = USUALLY_EVERY
    chosen_at: datetime
    state: FocusAreaState = FocusAreaState.CHOSEN
    closing: Closing | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    outcome: str = field(default="", repr=False)
    continues: UUID | None = None
    bring_up_since: datetime | None = None
    written_by: UUID | None = None
    written_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def choose(
        cls,
        decision: Decision,
        aim: Aim,
        *,
        where: Institution,
        themes: Sequence[Theme],
        half_year: HalfYear,
        by: UUID,
        today: date,
        now: datetime,
        continues: "FocusArea | None" = None,
        until: HalfYear | None = None,
    ) -> "FocusArea":
        """I9: "A FocusArea reaches valgt only through a Decision of kind 'vælg fokusområde'", and a saved one.

        `themes` are those that were sent out. I10: the theme is "decided, sent out, valid in that half-year, and its
        age range equals the institution's". *Videreført* "creates a successor in the next cycle": `continues` ended as
        such at this institution, and `until` is the last half-year of its cycle. Raises `Problems` at the fields,
        `NotAllowed` without such a decision.
        """
        if not decision.waits or decision.kind is not DecisionKind.CHOOSE:
            raise NotAllowed
        found = aim.problems() or aim.missing()
        if "theme" not in found and (wrong := theme_problem(aim.theme_id, themes, where, half_year)):
            found["theme"] = wrong
        if aim.first_step_on is not None and aim.first_step_on < today:
            found["first_step_on"] = Problem("date_passed")
        if continues is not None and not (
            continues.closing is Closing.CONTINUED
            and continues.institution_id == where.id
            and until is not None
            and until < half_year
        ):
            found["continues"] = Problem("not_to_continue")
        if found:
            raise Problems(found)
        assert aim.theme_id is not None
        made = cls(
            institution_id=where.id,
            theme_id=aim.theme_id,
            decision_id=decision.id,
            title=aim.title,
            why=aim.why,
            signs=aim.signs,
            first_step=aim.first_step,
            first_step_on=aim.first_step_on,
            aims=aim.aims,
            owner=aim.owner,
            asked_every=aim.asked_every,
            chosen_at=now,
            continues=continues.id if continues else None,
            written_by=by,
            written_at=now,
        )
        decision.lead_to(made.id, now)
        return made

    @property
    def is_active(self) -> bool:
        return self.state is not FocusAreaState.CLOSED

    @property
    def aim(self) -> Aim:
        return Aim(
            theme_id=self.theme_id,
            title=self.title,
            why=self.why,
            signs=self.signs,
            first_step=self.first_step,
            first_step_on=self.first_step_on,
            aims=self.aims,
            owner=self.owner,
            asked_every=self.asked_every,
        )

    def asks_at(self, last_word: datetime, until: datetime) -> tuple[int, datetime] | None:
        """R-02: "light, frequent touches": which time since the last word it is asked about, and when.

        The latest one before `until`; None before the first, and where the leaders want none.
        """
        every = timedelta(weeks=self.asked_every)
        number = (until - last_word) // every if every else 0
        return (number, last_word + number * every) if number > 0 else None

    def adjust(self, aim: Aim, *, decision: Decision, by: UUID, today: date, now: datetime) -> None:
        """Another title, reason or sign by a saved decision; the theme stays. Raises `Problems` at the fields."""
        self.require_active()
        if not decision.waits or (decision.kind, decision.focus_area_id) != (DecisionKind.ADJUST, self.id):
            raise NotAllowed
        found = aim.problems() or aim.missing()
        found.pop("theme", None)
        is_new = aim.first_step_on != self.first_step_on
        if is_new and aim.first_step_on is not None and aim.first_step_on < today:
            found["first_step_on"] = Problem("date_passed")
        if found:
            raise Problems(found)
        self.title, self.why, self.signs = aim.title, aim.why, aim.signs
        self.first_step, self.first_step_on = aim.first_step, aim.first_step_on
        self.aims, self.owner, self.asked_every = aim.aims, aim.owner, aim.asked_every
        self.written_by, self.written_at = by, now
        decision.lead_to(self.id, now)

    def close(self, closing: Closing | None, outcome: str, *, decision: Decision, by: UUID, now: datetime) -> None:
        """It ends by a saved decision to close it; raises `Problems` at the fields, `NotAllowed` without one."""
        self.require_active()
        if not decision.waits or (decision.kind, decision.focus_area_id) != (DecisionKind.CLOSE, self.id):
            raise NotAllowed
        found: dict[str, Problem] = {}
        if closing is None:
            found["closing"] = Problem("no_closing")
        if too_much := problem_in(outcome, LONG):
            found["outcome"] = too_much
        if found:
            raise Problems(found)
        self.state, self.closing, self.outcome = FocusAreaState.CLOSED, closing, outcome
        self.closed_at, self.closed_by, self.bring_up_since = now, decision.id, None
        self.written_by, self.written_at = by, now
        decision.lead_to(self.id, now)

    def take_status(self, status: Status) -> None:
        """It is under way from its first status on."""
        self.require_active()
        self.state = FocusAreaState.UNDER_WAY
        if status is not Status.NEEDS_ATTENTION:
            self.bring_up_since = None

    def bring_up(self, wanted: bool, now: datetime) -> None:
        """Whether it goes on the next 1:1's agenda: the leader decides."""
        self.require_active()
        self.bring_up_since = now if wanted else None

    def require_active(self) -> None:
        if not self.is_active:
            raise Expired("focus_area_closed")


def theme_problem(
    theme_id: UUID | None, themes: Sequence[Theme], where: Institution, half_year: HalfYear
) -> Problem | None:
    """Why a theme cannot be chosen by this institution now, with those that can."""
    found = next((each for each in themes if each.id == theme_id), None)
    open_ones = [each for each in themes if each.age_range is where.age_range and each.is_valid(half_year)]
    if found is None:
        return Problem("no_theme")
    values = {"theme": found, "current": open_ones}
    if found.age_range is not where.age_range:
        return Problem("theme_other_range", {**values, "range": found.age_range})
    if not found.is_valid(half_year):
        return Problem("theme_not_valid", {**values, "half_year": half_year})
    return None
