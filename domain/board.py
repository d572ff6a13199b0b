"""The board as part of the chain: when it was informed of a learning dialogue, and what it said.

"Tættere sammenhæng mellem niveauerne; fra det løbende tilsyn i ledelseslinjen og bestyrelserne til byrådets politiske
opfølgning": what the board said stands with the decisions, and is read by whoever reads those.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.dialogue import Dialogue, DialogueState
from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.text import LONG, problem_in


@dataclass(frozen=True, kw_only=True)
class Told:
    """The day on which the board was informed, and what it said, if it said anything."""

    informed_on: date | None = None
    said: str = field(default="", repr=False)

    def problems(self, *, held_on: date, today: date) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        if self.informed_on is None:
            found["informed_on"] = Problem("no_day")
        elif self.informed_on > today:
            found["informed_on"] = Problem("day_to_come")
        elif self.informed_on < held_on:
            found["informed_on"] = Problem("before_dialogue")
        if wrong := problem_in(self.said, LONG):
            found["said"] = wrong
        return found


@dataclass(kw_only=True, eq=False)
class BoardNote:
    """R-12: "a record of when the board was informed and what it said".

    A dialogue that is open has one, which its leaders correct. What comes after it was closed is added beside it,
    signed with author and time, and stays (I14).
    """

    dialogue_id: UUID
    author_id: UUID
    written_at: datetime
    informed_on: date
    said: str = field(default="", repr=False)
    is_added: bool = False
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, about: Dialogue, told: Told, *, by: UUID, now: datetime, held_on: date, today: date) -> "BoardNote":
        """A new one; raises `Problems` at the fields, and `Expired` before anything is decided."""
        require_decided(about)
        if found := told.problems(held_on=held_on, today=today):
            raise Problems(found)
        assert told.informed_on is not None
        return cls(
            dialogue_id=about.id,
            author_id=by,
            written_at=now,
            informed_on=told.informed_on,
            said=told.said,
            is_added=about.state is DialogueState.CLOSED,
        )

    @property
    def told(self) -> Told:
        return Told(informed_on=self.informed_on, said=self.said)

    def write(self, about: Dialogue, told: Told, *, by: UUID, now: datetime, held_on: date, today: date) -> None:
        """Corrects it while its dialogue is open; raises `Expired` afterwards, `Problems` at the fields."""
        if self.is_added or about.state is DialogueState.CLOSED:
            raise Expired("dialogue_closed")
        if found := told.problems(held_on=held_on, today=today):
            raise Problems(found)
        assert told.informed_on is not None
        self.informed_on, self.said = told.informed_on, told.said
        self.author_id, self.written_at = by, now


def require_decided(about: Dialogue) -> None:
    """Raises `Expired` as long as there is nothing to tell a board: it hears what was decided."""
    if about.state is DialogueState.CANCELLED:
        raise Expired("dialogue_cancelled")
    if about.state not in (DialogueState.RECORDED, DialogueState.CLOSED):
        raise Expired("dialogue_not_recorded")
