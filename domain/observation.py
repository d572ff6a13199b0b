"""Colleagues observe one another: a leader invites somebody from another institution to see the learning environment.

"Kolleger fra andre tilbud inviteres til at observere læringsmiljøet i egne tilbud ud fra en fælles forståelse af, hvad
et læringsmiljø er, og hvad observationerne har fokus på."
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.appointment import MINUTES, moments
from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.invitation import InvitationContent, InvitationStep, What, When, Whom
from domain.observer import Candidate

ANSWERED_WITHIN = timedelta(days=14)
LATEST_DUE = timedelta(days=60)


class ObservationState(StrEnum):
    DRAFT = "kladde"
    INVITED = "inviteret"
    COUNTERED = "nyt tidspunkt foreslået"
    AGREED = "planlagt"
    DONE = "gennemført"
    DECLINED = "afslået"
    EXPIRED = "udløbet"
    CANCELLED = "aflyst"


UNANSWERED = (ObservationState.INVITED, ObservationState.COUNTERED)
OPEN = (*UNANSWERED, ObservationState.AGREED)
CAME_TO_NOTHING = (ObservationState.DECLINED, ObservationState.EXPIRED, ObservationState.CANCELLED)


class Progress(StrEnum):
    """How far an observation is, as a word that says nothing of what was seen; it is all that a chief is told of it."""

    DRAFT = "draft"
    INVITED = "invited"
    COUNTERED = "countered"
    AGREED = "agreed"
    AWAITS_FEEDBACK = "awaits feedback"
    AWAITS_ORAL = "awaits oral feedback"
    COMPLETE = "complete"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(kw_only=True, eq=False)
class Observation:
    """One invitation and the visit it leads to.

    `host_id` is the leader who wrote it, `offered` the times that wait for an answer since `asked_at`, `is_host_asked`
    whether it is the host that is to answer, and `starts_at` the time that was agreed. `revision` rises with every
    change of times, so that an older card can be told apart and a calendar knows the newer entry. `feedback_due` is a
    deadline that the two have agreed on anew.
    """

    institution_id: UUID
    host_id: UUID
    guide_id: UUID
    state: ObservationState = ObservationState.DRAFT
    step: InvitationStep = InvitationStep.WHOM
    whom: Whom = field(default_factory=Whom)
    what: What = field(default_factory=What, repr=False)
    when: When = field(default_factory=When)
    written_at: datetime | None = None
    observer_id: UUID | None = None
    observer_institution_id: UUID | None = None
    offered: tuple[datetime, ...] = ()
    minutes: int = MINUTES[1]
    asked_at: datetime | None = None
    is_host_asked: bool = False
    starts_at: datetime | None = None
    changed_at: datetime | None = None
    is_informed: bool = False
    done_at: datetime | None = None
    oral_on: date | None = None
    feedback_due: date | None = None
    revision: int = 1
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_draft(self) -> bool:
        return self.state is ObservationState.DRAFT

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def expires_at(self) -> datetime | None:
        """ "Expires after 14 days": counted from the last question that was put."""
        return self.asked_at + ANSWERED_WITHIN if self.asked_at and self.is_unanswered else None

    def content(self, step: InvitationStep) -> InvitationContent:
        match step:
            case InvitationStep.WHOM:
                return self.whom
            case InvitationStep.WHAT:
                return self.what
            case InvitationStep.WHEN:
                return self.when

    def write(self, content: InvitationContent, now: datetime) -> None:
        """Takes one step as it stands, complete or not; raises `Problems` for what must not be stored at all."""
        if found := content.problems():
            raise Problems(found)
        match content:
            case Whom():
                self.whom = content
            case What():
                self.what = content
            case When():
                self.when = content
        self.written_at = now

    def send(self, candidates: Iterable[Candidate], *, now: datetime, zone: ZoneInfo) -> None:
        """Invites the observer, who must be among the `candidates` of this moment (I15).

        Raises `Problems` with everything that is still missing, and `Expired` for one that has been sent.
        """
        if not self.is_draft:
            raise Expired("observation_sent")
        known = {each.person_id: each for each in candidates}
        found = {**self.whom.missing(), **self.what.missing(), **self.when.missing()}
        chosen = known.get(self.whom.observer_id) if self.whom.observer_id else None
        if chosen is None:
            found["observer_id"] = Problem("no_observer")
        times: tuple[datetime, ...] = ()
        try:
            times = moments(self.when.slots, now=now, zone=zone)
        except Problems as wrong:
            found |= wrong.fields
        if found or chosen is None:
            raise Problems(found)
        self.observer_id, self.observer_institution_id = chosen.person_id, chosen.institution_id
        self.is_informed = self.when.informed
        self._ask(ObservationState.INVITED, times, self.when.minutes, now)

    def accept(self, time: datetime, *, by_host: bool, revision: int, now: datetime) -> None:
        """Agrees on one of the times that the other has offered; raises `Expired` for what is no longer on offer."""
        self._require_turn(by_host, revision, now)
        if time not in self.offered:
            raise Expired("observation_changed")
        if time <= now:
            raise Expired("time_passed")
        # I16: "focus question non-empty before `accepteret`".
        if not self.what.focus:
            raise Expired("observation_changed")
        self.state, self.starts_at, self.changed_at = ObservationState.AGREED, time, now
        self.revision += 1

    def propose(self, times: tuple[datetime, ...], *, by_host: bool, revision: int, now: datetime) -> None:
        """Other times, and the other of the two is asked."""
        self._require_turn(by_host, revision, now)
        self._ask(ObservationState.INVITED if by_host else ObservationState.COUNTERED, times, self.minutes, now)

    def decline(self, *, revision: int, now: datetime) -> None:
        """R-44: "observer may decline without reason"; none is asked for, and none is kept.

        A time that the observer has proposed and nobody has answered is taken back in the same way.
        """
        self._require(UNANSWERED, revision)
        self._require_in_time(now)
        self.state = ObservationState.DECLINED
        self.revision += 1

    def expire(self) -> None:
        if self.is_unanswered:
            self.state = ObservationState.EXPIRED
            self.revision += 1

    def cancel(self, *, revision: int, now: datetime) -> None:
        self._require(OPEN, revision)
        self.state, self.changed_at = ObservationState.CANCELLED, now
        self.revision += 1

    def move(self, starts_at: datetime, *, revision: int, now: datetime) -> None:
        """To another time, which the two have agreed on already; a deadline of the old one is none of the new."""
        self._require((ObservationState.AGREED,), revision)
        if starts_at == self.starts_at:
            raise Problems({"day1": Problem("same_visit")})
        self.starts_at, self.changed_at, self.feedback_due = starts_at, now, None
        self.revision += 1

    def inform(self) -> None:
        """The staff have been informed, which they are before the visit."""
        self._require((*OPEN, ObservationState.DONE))
        self.is_informed = True

    def do(self, now: datetime) -> None:
        """I16: "`gennemført` not before agreed time"; said twice, it stays as it is."""
        if self.state is ObservationState.DONE:
            return
        self._require((ObservationState.AGREED,))
        if self.starts_at is None or now < self.starts_at:
            raise Expired("visit_not_begun")
        self.state, self.done_at = ObservationState.DONE, now

    def give_oral(self, on: date | None, *, zone: ZoneInfo, today: date) -> None:
        """When the oral feedback was given; raises `Problems` at `oral_on` for a day before the visit or to come."""
        if found := self.problem_with_oral(on, zone=zone, today=today):
            raise Problems({"oral_on": found})
        if on is not None:
            self.oral_on = on

    def problem_with_oral(self, on: date | None, *, zone: ZoneInfo, today: date) -> Problem | None:
        if on is None or self.starts_at is None:
            return None
        if on > today:
            return Problem("day_to_come")
        return Problem("before_visit") if on < self.starts_at.astimezone(zone).date() else None

    def agree_due(self, day: date, *, revision: int, zone: ZoneInfo, today: date) -> None:
        """A new deadline for the written feedback.

        Raises `Problems` at `due` for a day that is not ahead, far off, or before the visit.
        """
        self._require((ObservationState.AGREED, ObservationState.DONE), revision)
        if not today < day <= today + LATEST_DUE:
            raise Problems({"due": Problem("due_range", {"days": LATEST_DUE.days})})
        if self.starts_at is not None and day < self.starts_at.astimezone(zone).date():
            raise Problems({"due": Problem("before_visit")})
        self.feedback_due = day
        self.revision += 1

    def require_done(self) -> None:
        """I16: "No written feedback before `gennemført`"; `Expired` otherwise, also after it was cancelled."""
        if self.state is not ObservationState.DONE:
            raise Expired(_WHY.get(self.state, "visit_not_done"))

    def progress(self, *, is_sent: bool) -> Progress:
        """I18: "Observation is complete ⇔ oral date and submitted written feedback both exist"; whether the feedback
        was acknowledged is told beside it."""
        if self.state is not ObservationState.DONE:
            return _PROGRESS[self.state]
        if not is_sent:
            return Progress.AWAITS_FEEDBACK
        return Progress.COMPLETE if self.oral_on is not None else Progress.AWAITS_ORAL

    def _ask(self, state: ObservationState, times: tuple[datetime, ...], minutes: int, now: datetime) -> None:
        self.state, self.offered, self.minutes, self.asked_at = state, times, minutes, now
        self.is_host_asked = state is ObservationState.COUNTERED
        self.revision += 1

    def _require_turn(self, by_host: bool, revision: int, now: datetime) -> None:
        """Raises `Expired` for whoever is not asked, and after the 14 days."""
        self._require((ObservationState.COUNTERED if by_host else ObservationState.INVITED,), revision)
        self._require_in_time(now)

    def _require_in_time(self, now: datetime) -> None:
        """Raises `Expired` after the 14 days, also before the clock has ended it."""
        if self.expires_at is not None and now >= self.expires_at:
            raise Expired(_WHY[ObservationState.EXPIRED])

    def _require(self, states: tuple[ObservationState, ...], revision: int | None = None) -> None:
        """Raises `Expired` when the matter has moved on since the card was drawn (I36)."""
        if self.state not in states:
            raise Expired(_WHY.get(self.state, "observation_changed"))
        if revision is not None and revision != self.revision:
            raise Expired("observation_changed")


_WHY = {
    ObservationState.AGREED: "observation_agreed",
    ObservationState.DONE: "observation_done",
    ObservationState.DECLINED: "observation_declined",
    ObservationState.EXPIRED: "observation_expired",
    ObservationState.CANCELLED: "observation_cancelled",
}
_PROGRESS = {
    ObservationState.DRAFT: Progress.DRAFT,
    ObservationState.INVITED: Progress.INVITED,
    ObservationState.COUNTERED: Progress.COUNTERED,
    ObservationState.AGREED: Progress.AGREED,
    ObservationState.DECLINED: Progress.DECLINED,
    ObservationState.EXPIRED: Progress.EXPIRED,
    ObservationState.CANCELLED: Progress.CANCELLED,
}
