"""The leader networks' word on the evidence: the discussion "er kvalificeret af de faglige ledernetværk".

R-25: "Each of the three networks can give a qualifying statement … on the aggregate before the political discussion; it
is printed beside the figures". One statement per network and round, theme by theme, until the round is discussed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.cycle import PoliticalRound, RoundState
from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.organisation import InstitutionType
from domain.perspective import Count
from domain.preparation import Reminder
from domain.text import LONG, SHORT, problem_in

REMINDED_AFTER_DAYS = (0, 7, 21)
LAST_LASTS = timedelta(days=21)


class Recognition(StrEnum):
    """Whether the network can recognise the picture that the evidence gives."""

    YES = "ja"
    PARTLY = "delvist"
    NO = "nej"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a network says of one theme; `contributors` belongs to the whole statement and is asked for at the end."""

    recognition: Recognition | None = None
    tell: str = field(default="", repr=False)
    lacking: str = field(default="", repr=False)
    contributors: Count | None = None

    def problems(self) -> dict[str, Problem]:
        limits = {"tell": LONG, "lacking": SHORT}
        found = {name: problem_in(getattr(self, name), limit) for name, limit in limits.items()}
        return {name: problem for name, problem in found.items() if problem}

    def missing(self, *, is_last: bool) -> dict[str, Problem]:
        """A yes may stand alone; a picture that is not recognised needs words."""
        found: dict[str, Problem] = {}
        if self.recognition is None:
            found["recognition"] = Problem("no_recognition")
        elif self.recognition is not Recognition.YES and not self.tell:
            found["tell"] = Problem("nothing_to_tell")
        if is_last and self.contributors is None:
            found["contributors"] = Problem("no_contributors")
        return found


@dataclass(kw_only=True, eq=False)
class NetworkStatement:
    """One network's word on one round; a draft until `saved_at`.

    `theme_ids` are the themes of the evidence when the networks were asked; without any there is one answer, about the
    picture as a whole. `step` is the answer that is open, from 0.
    """

    round_id: UUID
    network: InstitutionType
    theme_ids: tuple[UUID, ...] = ()
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    contributors: Count | None = None
    step: int = 0
    written_by: UUID | None = None
    written_at: datetime | None = None
    saved_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def steps(self) -> int:
        return max(len(self.theme_ids), 1)

    @property
    def is_saved(self) -> bool:
        return self.saved_at is not None

    @property
    def is_begun(self) -> bool:
        return self.written_at is not None

    def theme_of(self, step: int) -> UUID | None:
        return self.theme_ids[step] if step < len(self.theme_ids) else None

    def is_last(self, step: int) -> bool:
        return step == self.steps - 1

    def content(self, step: int) -> Answer:
        """The answer of a step as its card holds it."""
        found = self.answers[step] if step < len(self.answers) else Answer()
        return replace(found, contributors=self.contributors if self.is_last(step) else None)

    def answer_about(self, theme_id: UUID | None) -> Answer | None:
        """What is said of a theme, or of the picture as a whole where there were no themes."""
        about: Sequence[UUID | None] = self.theme_ids or (None,)
        return self.content(about.index(theme_id)) if theme_id in about else None

    def write(self, step: int, content: Answer, *, by: UUID, now: datetime) -> None:
        """Takes one answer as it stands; raises `Problems` for what must not be stored at all.

        A saved statement stays saved while it is corrected, as long as it stays whole.
        """
        if found := content.problems():
            raise Problems(found)
        if self.is_saved and (lacking := content.missing(is_last=self.is_last(step))):
            raise Problems(lacking)
        kept = [self.content(each) for each in range(self.steps)]
        kept[step] = content
        self.answers = tuple(replace(each, contributors=None) for each in kept)
        if self.is_last(step):
            self.contributors = content.contributors
        self.written_by, self.written_at = by, now

    def save(self, now: datetime) -> None:
        """Gives the statement; where something is missing it opens at the first such step and raises `Problems`."""
        for step in range(self.steps):
            if found := self.content(step).missing(is_last=self.is_last(step)):
                self.step = step
                raise Problems(found)
        self.saved_at = self.saved_at or now


def require_in_networks(about: PoliticalRound) -> None:
    """A statement is written and corrected while the round is with the networks, and stays as it is from then on."""
    if about.state is not RoundState.NETWORKS:
        raise Expired("round_discussed")


def reminders(networks_at: datetime, zone: ZoneInfo) -> tuple[Reminder, ...]:
    """When a network's facilitators are asked: at once, and after 7 and 21 days; each gives way to the next.

    Days are counted on the local clock.
    """
    local = networks_at.astimezone(zone)
    due = [(local + timedelta(days=days)).astimezone(UTC) for days in REMINDED_AFTER_DAYS]
    ends = [*due[1:], due[-1] + LAST_LASTS]
    return tuple(
        Reminder(f"{days}_days", at, end) for days, at, end in zip(REMINDED_AFTER_DAYS, due, ends, strict=True)
    )
