"""What an invitation to observe holds, in three steps that are kept as they are typed."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.appointment import MINUTES, Slot
from domain.errors import Problem
from domain.text import SHORT, TITLE, problem_in

MOST_TIMES = 3


class InvitationStep(StrEnum):
    WHOM = "whom"
    WHAT = "what"
    WHEN = "when"

    @property
    def number(self) -> int:
        return list(InvitationStep).index(self) + 1

    @property
    def next(self) -> "InvitationStep":
        return list(InvitationStep)[min(self.number, len(InvitationStep) - 1)]

    @property
    def previous(self) -> "InvitationStep":
        return list(InvitationStep)[max(self.number - 2, 0)]


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Step 1: who is to be invited."""

    observer_id: UUID | None = None

    def problems(self) -> dict[str, Problem]:
        return {}

    def missing(self) -> dict[str, Problem]:
        return {} if self.observer_id else {"observer_id": Problem("no_observer")}


@dataclass(frozen=True, kw_only=True)
class What:
    """Step 2: where the observer will be, and what to look for; `points` are places in the guide's list."""

    where: str = ""
    focus: str = ""
    points: tuple[int, ...] = ()
    focus_area_id: UUID | None = None

    def problems(self) -> dict[str, Problem]:
        found = {name: problem_in(getattr(self, name), limit) for name, limit in (("where", TITLE), ("focus", SHORT))}
        return {name: problem for name, problem in found.items() if problem}

    def missing(self) -> dict[str, Problem]:
        """R-48: "Focus agreed before the visit; cannot be 'done' without one"."""
        found: dict[str, Problem] = {}
        if not self.where:
            found["where"] = Problem("no_where")
        if not self.focus:
            found["focus"] = Problem("no_focus")
        return found


@dataclass(frozen=True, kw_only=True)
class When:
    """Step 3: one to three times as they were typed, for how long, and whether the staff have been informed."""

    slots: tuple[Slot, ...] = ()
    minutes: int = MINUTES[1]
    informed: bool = False

    def problems(self) -> dict[str, Problem]:
        return {}

    def missing(self) -> dict[str, Problem]:
        return {} if any(not each.is_empty for each in self.slots) else {"day1": Problem("no_time")}


InvitationContent = Whom | What | When
