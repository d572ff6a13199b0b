"""Themes on their way back: they "sendes tilbage til de lokale tilbud, der drøfter temaerne"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.cycle import PoliticalRound, RoundState, rounds_out_of_turn
from domain.errors import Expired, Problem, Problems, Refusal
from domain.identity import new_id

AGAIN_AFTER = timedelta(days=21)
DISCUSSED_AFTER = timedelta(days=14)


class DiscussedWith(StrEnum):
    """R-27: who took part in the local discussion."""

    STAFF = "staff"
    MANAGEMENT = "management"
    BOARD = "board"
    CHILDREN = "children"
    PARENTS = "parents"
    NOBODY_YET = "nobody_yet"


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """Whom the themes were discussed with, in the order of the list, however they were pressed."""

    discussed: tuple[DiscussedWith, ...] = ()

    @classmethod
    def of(cls, people: Iterable[DiscussedWith]) -> "Discussion":
        chosen = set(people)
        return cls(discussed=tuple(each for each in DiscussedWith if each in chosen))


@dataclass(kw_only=True, eq=False)
class ThemeReceipt:
    """What one institution has done with the themes of a round: when they were sent, set, and discussed with whom."""

    round_id: UUID
    institution_id: UUID
    sent_at: datetime
    seen_at: datetime | None = None
    seen_by: UUID | None = None
    discussed_at: datetime | None = None
    discussed_by: UUID | None = None
    discussed_with: tuple[DiscussedWith, ...] = ()
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def discussion(self) -> Discussion:
        return Discussion.of(self.discussed_with)

    @property
    def is_discussed(self) -> bool:
        return bool(set(self.discussed_with) - {DiscussedWith.NOBODY_YET})

    @property
    def asks_again_at(self) -> datetime | None:
        """When the leaders are asked whom they have discussed the themes with; None before *Set* and afterwards."""
        if self.seen_at is None or self.is_discussed:
            return None
        return (self.discussed_at or self.seen_at) + DISCUSSED_AFTER

    def see(self, by: UUID, now: datetime) -> None:
        """*Set*: the first one counts, whoever of the leaders it was."""
        if self.seen_at is None:
            self.seen_at, self.seen_by = now, by

    def discuss(self, people: tuple[DiscussedWith, ...], *, by: UUID, now: datetime) -> None:
        """Whom the themes were discussed with; raises `Problems` for nobody, and for nobody and somebody."""
        if not people:
            raise Problems({"discussed": Problem("nobody_chosen")})
        if DiscussedWith.NOBODY_YET in people and len(people) > 1:
            raise Problems({"discussed": Problem("nobody_and_somebody")})
        self.see(by, now)
        self.discussed_with, self.discussed_by, self.discussed_at = people, by, now


def send(decided: PoliticalRound, rounds: Iterable[PoliticalRound]) -> None:
    """R-23: "har hvert andet år fokus på hhv. 0-6-års området og 6-18-års området": its themes go out, once.

    Raises `Expired` when they were sent before, and `Refusal` for a round of the same age range as the one before.
    """
    if decided.state in (RoundState.SENT, RoundState.CLOSED):
        raise Expired("themes_sent")
    if decided.state is not RoundState.DECIDED or decided in rounds_out_of_turn(rounds):
        raise Refusal("round_out_of_turn")
    decided.state = RoundState.SENT
