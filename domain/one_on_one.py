"""1:1 leadership follow-up: "rygraden i det løbende arbejde med tilsyn i ledelseslinjen".

R-51: "1:1 is a separate record from the dialogue, only between chief and leader in the same line". It is planned,
its agenda opens five days before, it is held, its note is shared, and the leader confirms it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.appointment import EARLIEST, LATEST
from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.note import Note
from domain.text import SHORT, problem_in

AGENDA_BEFORE = timedelta(days=5)
LASTS = timedelta(hours=1)
FARTHEST = timedelta(days=366)
NOTED_WITHIN = timedelta(days=30)


class OneOnOneState(StrEnum):
    PLANNED = "planlagt"
    AGENDA_OPEN = "dagsorden åben"
    HELD = "holdt"
    SHARED = "notat delt"
    CONFIRMED = "bekræftet"
    CANCELLED = "aflyst"


COMING = (OneOnOneState.PLANNED, OneOnOneState.AGENDA_OPEN)
NOTED = (OneOnOneState.SHARED, OneOnOneState.CONFIRMED)


@dataclass(kw_only=True, eq=False)
class OneOnOne:
    """One meeting of one chief with one leader. `institution_ids` are those that it is about.

    I22: "OneOnOne's chief has responsibility for the leader's institution on the date": whoever plans, moves or notes
    it passes in the institutions for which that holds, and none is refused. `meets_on` is the meeting's date on the
    municipality's clocks, `revision` rises when it is moved, and `scheduled_at` is when its time was last set.
    `fine_by` are those who have pressed *Det ser fint ud*. `draft` is the chief's note before *Gem og del*, and nobody
    else's. `asked_at` is when the leader was last asked whether the note and the agreements fit, and `answered_at` when
    that question was answered.
    """

    chief_id: UUID
    leader_id: UUID
    institution_ids: tuple[UUID, ...]
    starts_at: datetime
    meets_on: date
    scheduled_at: datetime
    place: str = field(default="", repr=False)
    state: OneOnOneState = OneOnOneState.PLANNED
    revision: int = 1
    fine_by: tuple[UUID, ...] = ()
    draft: Note | None = field(default=None, repr=False)
    shared_at: datetime | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_note: int | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def plan(
        cls,
        chief_id: UUID,
        leader_id: UUID,
        institution_ids: tuple[UUID, ...],
        *,
        starts_at: datetime,
        place: str,
        now: datetime,
        local: datetime,
        same_day: datetime | None = None,
    ) -> "OneOnOne":
        """A new one; `local` is its time on the municipality's clocks, `same_day` that of another one of the pair.

        Raises `Problems` at `leader`, `day`, `clock` or `place`.
        """
        if not institution_ids:
            raise Problems({"leader": Problem("not_in_line")})
        _require_time(starts_at, place, now=now, local=local, same_day=same_day)
        return cls(
            chief_id=chief_id,
            leader_id=leader_id,
            institution_ids=institution_ids,
            starts_at=starts_at,
            meets_on=local.date(),
            scheduled_at=now,
            place=place,
        )

    @classmethod
    def met(
        cls,
        chief_id: UUID,
        leader_id: UUID,
        institution_ids: tuple[UUID, ...],
        *,
        starts_at: datetime,
        place: str,
        now: datetime,
        local: datetime,
        same_day: datetime | None = None,
    ) -> "OneOnOne":
        """One that was not planned and has been held: its note is to be written, within a month as that of any other.

        `same_day` is another one that was not called off. Raises `Problems` at `leader`, `day`, `clock` or `place`.
        """
        if not institution_ids:
            raise Problems({"leader": Problem("not_in_line")})
        _require_place_and_hour(place, local)
        if starts_at > now:
            raise Problems({"day": Problem("one_on_one_to_come")})
        if starts_at < now - NOTED_WITHIN:
            raise Problems({"day": Problem("one_on_one_long_ago", {"days": NOTED_WITHIN.days})})
        if same_day is not None:
            raise Problems({"day": Problem("met_that_day", {"starts_at": same_day})})
        return cls(
            chief_id=chief_id,
            leader_id=leader_id,
            institution_ids=institution_ids,
            starts_at=starts_at,
            meets_on=local.date(),
            scheduled_at=now,
            place=place,
            state=OneOnOneState.HELD,
        )

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be held: nothing of it is written down yet."""
        return self.state in COMING

    @property
    def is_movable(self) -> bool:
        """Whether it can be moved and cancelled: it is coming, or no more than a draft of its note is kept."""
        return self.is_coming or self.state is OneOnOneState.HELD

    @property
    def is_noted(self) -> bool:
        return self.state in NOTED

    @property
    def was_planned(self) -> bool:
        """Whether it was arranged before it began, so that both have heard of it."""
        return self.scheduled_at < self.starts_at

    @property
    def agenda_opens_at(self) -> datetime:
        return self.starts_at - AGENDA_BEFORE

    def has_begun(self, now: datetime) -> bool:
        return self.state is not OneOnOneState.CANCELLED and now >= self.starts_at

    def other(self, person_id: UUID) -> UUID:
        """The one of the two who is not this person."""
        return self.leader_id if person_id == self.chief_id else self.chief_id

    def open_agenda(self) -> None:
        if self.state is OneOnOneState.PLANNED:
            self.state = OneOnOneState.AGENDA_OPEN

    def find_fine(self, person_id: UUID) -> None:
        """*Det ser fint ud*: this one of the two need not be reminded of the agenda."""
        self.require_agenda()
        if person_id not in self.fine_by:
            self.fine_by = (*self.fine_by, person_id)

    def move(
        self,
        starts_at: datetime,
        place: str,
        institution_ids: tuple[UUID, ...],
        *,
        now: datetime,
        local: datetime,
        same_day: datetime | None = None,
    ) -> None:
        """To another time or place, by either of the two; raises `Problems` at the fields.

        A draft of its note stays, and opens again where it was left.
        """
        self.require_movable()
        if not institution_ids:
            raise Problems({"day": Problem("not_in_line_then")})
        if (starts_at, place) == (self.starts_at, self.place):
            raise Problems({"day": Problem("same_one_on_one_time")})
        _require_time(starts_at, place, now=now, local=local, same_day=same_day)
        self.starts_at, self.place, self.institution_ids = starts_at, place, institution_ids
        self.meets_on, self.scheduled_at, self.fine_by = local.date(), now, ()
        self.revision += 1
        self.state = OneOnOneState.PLANNED if now < self.agenda_opens_at else OneOnOneState.AGENDA_OPEN

    def cancel(self) -> None:
        """A draft of its note stays, the chief's alone."""
        self.require_movable()
        self.state = OneOnOneState.CANCELLED

    def keep_draft(self, note: Note, now: datetime) -> None:
        """The chief's own half-written note; raises `Problems` for what must not be stored at all."""
        self.require_notable(now)
        if found := note.problems():
            raise Problems(found)
        self.draft = note
        if self.is_coming:
            self.state = OneOnOneState.HELD

    def share(self, institution_ids: tuple[UUID, ...], now: datetime) -> None:
        """I24: "A shared note is visible to both at once"; a new version is to be answered anew.

        What it is about is settled by the first version.
        """
        self.require_notable(now)
        if not self.is_noted:
            self.institution_ids = institution_ids
        self.state, self.draft = OneOnOneState.SHARED, None
        self.shared_at, self.asked_at, self.answered_at = now, now, None

    def correct(self, now: datetime) -> None:
        """The leader has asked for a correction: another version, also of what was confirmed, to be answered anew."""
        self.require_noted()
        self.state, self.draft = OneOnOneState.SHARED, None
        self.shared_at, self.asked_at, self.answered_at = now, now, None
        self.confirmed_at = self.confirmed_note = None

    def ask_again(self, now: datetime) -> None:
        """An agreement has come or was changed: what was answered is not what is asked now."""
        self.require_noted()
        self.asked_at, self.answered_at = now, None

    def confirm(self, note_number: int, now: datetime) -> None:
        """By the leader, of the version that was read."""
        self.require_noted()
        self.state, self.answered_at, self.confirmed_at = OneOnOneState.CONFIRMED, now, now
        self.confirmed_note = note_number

    def answer(self, now: datetime) -> None:
        """The leader has added a remark, which is an answer and no confirmation."""
        self.require_noted()
        self.answered_at = self.answered_at or now

    def require_movable(self) -> None:
        """Raises `Expired` when nothing of its time can be changed any more (I36)."""
        if self.state is OneOnOneState.CANCELLED:
            raise Expired("one_on_one_cancelled")
        if not self.is_movable:
            raise Expired("one_on_one_held")

    def require_agenda(self) -> None:
        """Raises `Expired` when the agenda is closed: cancelled, or the note is shared."""
        if self.state is OneOnOneState.CANCELLED:
            raise Expired("one_on_one_cancelled")
        if self.is_noted:
            raise Expired("one_on_one_noted")

    def require_notable(self, now: datetime) -> None:
        """Raises `Expired` when no note can be written: not begun, cancelled, or confirmed by the leader."""
        if self.state is OneOnOneState.CANCELLED:
            raise Expired("one_on_one_cancelled")
        if now < self.starts_at:
            raise Expired("one_on_one_not_begun")
        if self.state is OneOnOneState.CONFIRMED:
            raise Expired("one_on_one_confirmed")

    def require_noted(self) -> None:
        if self.state is OneOnOneState.CANCELLED:
            raise Expired("one_on_one_cancelled")
        if not self.is_noted:
            raise Expired("one_on_one_not_noted")


def school_year_of(day: date) -> int:
    """The year in which the day's school year began: 1 August to 31 July."""
    return day.year if day.month >= 8 else day.year - 1


def _require_time(
    starts_at: datetime, place: str, *, now: datetime, local: datetime, same_day: datetime | None
) -> None:
    _require_place_and_hour(place, local)
    if starts_at <= now:
        raise Problems({"day": Problem("time_passed")})
    if starts_at > now + FARTHEST:
        raise Problems({"day": Problem("too_far_ahead")})
    if same_day is not None:
        raise Problems({"day": Problem("one_that_day", {"starts_at": same_day})})


def _require_place_and_hour(place: str, local: datetime) -> None:
    if found := problem_in(place, SHORT):
        raise Problems({"place": found})
    if not EARLIEST <= local.time() <= LATEST:
        raise Problems({"clock": Problem("not_in_the_day")})
