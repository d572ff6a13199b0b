"""What the two will talk about: what each of them adds, and what is on it by itself.

R-52: "Agenda is built from focus areas, dialogues and open agreements". Those are read anew each time, until the
note is shared and they are kept with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import NotAllowed, Problem, Problems
from domain.identity import new_id
from domain.one_on_one import OneOnOne
from domain.text import SHORT, clean, problem_in

MOST_ADDED = 5


class AgendaSource(StrEnum):
    MANUAL = "manual"
    FOCUS_AREA = "focus area"
    AGREEMENT = "agreement"
    DIALOGUE = "dialogue"


@dataclass(kw_only=True, eq=False)
class AgendaItem:
    """One line of an agenda. `is_private` keeps it to the one who added it until the meeting begins.

    `source_id` is what it stands for where it came by itself, `carried_from` the line of the earlier 1:1 that was not
    reached, and `done` whether it was talked about.
    """

    one_on_one_id: UUID
    text: str = field(repr=False)
    added_by: UUID
    added_at: datetime
    source: AgendaSource = AgendaSource.MANUAL
    source_id: UUID | None = None
    is_private: bool = False
    done: bool = False
    carried_from: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def add(
        cls, to: OneOnOne, text: str, *, is_private: bool, by: UUID, now: datetime, others: Sequence["AgendaItem"]
    ) -> "AgendaItem":
        """A line of somebody's own; raises `Problems` at `text`, `Expired` once the agenda is closed."""
        to.require_agenda()
        text = clean(text)
        found = problem_in(text, SHORT) if text else Problem("empty")
        own = [each for each in others if each.added_by == by and each.is_manual and each.carried_from is None]
        if found is None and len(own) >= MOST_ADDED:
            found = Problem("agenda_full", {"most": MOST_ADDED})
        if found:
            raise Problems({"text": found})
        return cls(one_on_one_id=to.id, text=text, added_by=by, added_at=now, is_private=is_private)

    @property
    def is_manual(self) -> bool:
        return self.source is AgendaSource.MANUAL

    def is_kept_private(self, about: OneOnOne, now: datetime) -> bool:
        """`Kun mig indtil mødet`: its author's alone before the meeting has begun, and for ever if it never does."""
        return self.is_private and not about.has_begun(now)

    def write(self, text: str, *, is_private: bool) -> None:
        """Corrects it; raises `Problems` at `text`."""
        text = clean(text)
        if found := problem_in(text, SHORT) if text else Problem("empty"):
            raise Problems({"text": found})
        self.text, self.is_private = text, is_private

    def require_author(self, person_id: UUID) -> None:
        if self.added_by != person_id or not self.is_manual:
            raise NotAllowed

    def carry(self, to: OneOnOne, now: datetime, *, was_seen: bool) -> "AgendaItem":
        """The same line on the next agenda; what both have seen is shared there."""
        return AgendaItem(
            one_on_one_id=to.id,
            text=self.text,
            added_by=self.added_by,
            added_at=now,
            is_private=self.is_private and not was_seen,
            carried_from=self.id,
        )
