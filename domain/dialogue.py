"""The learning dialogue: four in two years, "i centrum for den styrkede dialog om kvalitetsudvikling og tilsyn"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.cycle import HALF_YEARS, Cycle
from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.period import HalfYear
from domain.quiet import QuietTimes
from domain.text import LONG, clean, problem_in

OPENS_BEFORE = timedelta(days=21)
UNPREPARED_FROM = timedelta(days=2)
LAST_REMINDED = timedelta(days=10)
UNRECORDED_FROM = timedelta(days=14)
# Longer than any holidays put off that the chief is told.
LONGEST_UNTOLD = timedelta(days=120)
CLOSES_AFTER = timedelta(days=14)
NOTICE = timedelta(days=3)
NOTICE_AFTER = CLOSES_AFTER - NOTICE
# A place may be the link to a Teams meeting, and those are long.
LONGEST_PLACE = 500


class DialogueState(StrEnum):
    PLANNED = "planlagt"
    OPEN = "forberedelse åben"
    READY = "klar"
    HELD = "afholdt"
    RECORDED = "opsamlet"
    CLOSED = "afsluttet"
    CANCELLED = "aflyst"


PREPARABLE = (DialogueState.PLANNED, DialogueState.OPEN, DialogueState.READY)
# As one says of it that it was held.
HELD = (DialogueState.HELD, DialogueState.RECORDED, DialogueState.CLOSED)
RECORDABLE = (*PREPARABLE, DialogueState.HELD, DialogueState.RECORDED)


@dataclass(kw_only=True, eq=False)
class Dialogue:
    """One learning dialogue. `number` is 1 to 4 within the cycle, None for an extra one that is not counted.

    `revision` rises when the dialogue is moved, so that what was planned for the old time can be told apart.
    `announced_at` is the time that the municipality's own list last gave; a leader's move from it stands.
    `recorded_at` is when its first decision was saved, or the last focus area decided about was seen to, from which it
    closes by itself.
    """

    institution_id: UUID
    cycle_id: UUID
    half_year: HalfYear
    starts_at: datetime
    place: str = ""
    number: int | None = None
    state: DialogueState = DialogueState.PLANNED
    revision: int = 1
    announced_at: datetime | None = None
    recorded_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def plan(
        cls,
        where_id: UUID,
        cycle: Cycle | None,
        others: Iterable["Dialogue"],
        *,
        starts_at: datetime,
        place: str,
        is_extra: bool,
        now: datetime,
        zone_day: date,
    ) -> "Dialogue":
        """A new one at this time, whose local date is `zone_day`; `others` are the institution's of the cycle.

        R-30: "Exactly four numbered slots per institution and cycle, one per half-year. Extra meetings are allowed as
        'ekstra', never counted." Raises `Problems` at `day`, `kind` or `place`.
        """
        if found := problem_in(place, LONGEST_PLACE):
            raise Problems({"place": found})
        if starts_at <= now:
            raise Problems({"day": Problem("time_passed")})
        half_year = HalfYear.of(zone_day)
        if cycle is None or half_year not in cycle:
            raise Problems({"day": Problem("outside_cycle")})
        made = cls(
            institution_id=where_id,
            cycle_id=cycle.id,
            half_year=half_year,
            starts_at=starts_at,
            place=place,
            number=None if is_extra else cycle.half_years.index(half_year) + 1,
        )
        if not is_extra:
            made._take_number([each for each in others if each.number and each.state is not DialogueState.CANCELLED])
        return made

    def _take_number(self, counted: list["Dialogue"]) -> None:
        """Its place among the four in time order; the later ones, which are all still to come, may have to move up."""
        if len(counted) >= HALF_YEARS:
            raise Problems({"kind": Problem("four_already")})
        if any(each.half_year == self.half_year for each in counted):
            raise Problems({"kind": Problem("half_year_taken", {"half_year": self.half_year})})
        counted = sorted(counted, key=lambda each: each.starts_at)
        before = [each.number or 0 for each in counted if each.starts_at < self.starts_at]
        later = [each for each in counted if each.starts_at >= self.starts_at]
        least, most = max(before, default=0) + 1, HALF_YEARS - len(later)
        if least > most:
            raise Problems({"kind": Problem("four_already")})
        self.number = min(max(self.number or 1, least), most)

    @property
    def can_be_prepared(self) -> bool:
        return self.state in PREPARABLE

    def is_open(self, now: datetime) -> bool:
        """Whether it can be prepared and the time for it has come, whether or not the clock has told so yet."""
        return self.can_be_prepared and (
            self.state is not DialogueState.PLANNED or now >= self.starts_at - OPENS_BEFORE
        )

    def is_unprepared(self, now: datetime) -> bool:
        """Whether the chief is told "ikke forberedt": from two days before, and it never blocks the meeting."""
        not_ready = self.state in (DialogueState.PLANNED, DialogueState.OPEN)
        return not_ready and now >= self.starts_at - UNPREPARED_FROM

    def has_begun(self, now: datetime) -> bool:
        """Whether its time has come and nobody has said yet that it was held."""
        return self.can_be_prepared and self.starts_at <= now

    def told_state(self, now: datetime) -> DialogueState | None:
        """The state that people are told of it; None where it has begun, since nobody knows yet whether it was held."""
        return None if self.has_begun(now) else self.state

    def open_preparation(self) -> None:
        if self.state is DialogueState.PLANNED:
            self.state = DialogueState.OPEN

    def mark_ready(self) -> None:
        self.require_preparable()
        self.state = DialogueState.READY

    def reopen(self) -> None:
        """Back from ready: the leader corrects the preparation before the dialogue begins."""
        self.require_preparable()
        self.state = DialogueState.OPEN

    def move(self, starts_at: datetime, place: str, *, now: datetime, zone_day: date, cycle: Cycle) -> None:
        """To another time in the same half-year; an extra one anywhere in its `cycle`. `zone_day` is the local date.

        Raises `Problems` at `day` for a time that has passed, or lies in another half-year, where the institution's
        other numbered dialogue belongs (I4), or is the one it has; and at `place` for what must not be kept.
        """
        self.require_preparable()
        if found := problem_in(place, LONGEST_PLACE):
            raise Problems({"place": found})
        if (starts_at, place) == (self.starts_at, self.place):
            raise Problems({"day": Problem("same_time")})
        if starts_at <= now:
            raise Problems({"day": Problem("time_passed")})
        if self.number is not None and zone_day not in self.half_year:
            raise Problems({"day": Problem("other_half_year", {"half_year": self.half_year})})
        if HalfYear.of(zone_day) not in cycle:
            raise Problems({"day": Problem("outside_cycle")})
        self.half_year = HalfYear.of(zone_day)
        self.starts_at = starts_at
        self.place = place
        self.revision += 1

    def cancel(self) -> None:
        self.require_preparable()
        self.state = DialogueState.CANCELLED

    def hold(self, now: datetime) -> None:
        """It has been held: "by leader or chief; after start time only"."""
        self.require_recordable(now)
        if self.can_be_prepared:
            self.state = DialogueState.HELD

    def record(self, now: datetime) -> None:
        """With its first decision, which may be that there are no new ones: "→opsamlet: reflection saved and ≥1"."""
        self.hold(now)
        if self.state is DialogueState.HELD:
            self.state, self.recorded_at = DialogueState.RECORDED, now

    def follow(self, now: datetime) -> None:
        """What was decided about a focus area has been done: the time until it closes by itself begins anew."""
        if self.state is DialogueState.RECORDED:
            self.recorded_at = now

    def is_unrecorded(self, now: datetime, quiet: QuietTimes) -> bool:
        """Whether the chief is told "mangler opsamling": 14 days after, when the leader is no longer reminded."""
        not_recorded = self.state in (*PREPARABLE, DialogueState.HELD)
        return not_recorded and now >= unrecorded_from(self.starts_at, quiet)

    def close(self) -> None:
        """ "→afsluttet: leader confirms; or by itself after 14 days with notice. Then read-only" (I14)."""
        if self.state is not DialogueState.RECORDED:
            raise Expired("dialogue_closed" if self.state is DialogueState.CLOSED else "dialogue_not_recorded")
        self.state = DialogueState.CLOSED

    def notice_at(self, quiet: QuietTimes) -> datetime | None:
        """When the leaders are told that it closes soon: on a working day, three days before at the latest."""
        if self.state is not DialogueState.RECORDED or self.recorded_at is None:
            return None
        return quiet.next_open(self.recorded_at + NOTICE_AFTER)

    def closes_at(self, quiet: QuietTimes, told_at: datetime | None = None) -> datetime | None:
        """When it closes by itself: 14 days after it was recorded, and never without three days' notice.

        `told_at` is when the notice was sent; before that it is the earliest that can be foreseen.
        """
        notice_at = told_at or self.notice_at(quiet)
        if notice_at is None or self.recorded_at is None or self.state is not DialogueState.RECORDED:
            return None
        return max(self.recorded_at + CLOSES_AFTER, notice_at + NOTICE)

    def require_recordable(self, now: datetime) -> None:
        """Raises `Expired` while there is nothing to record: cancelled, closed, or not begun yet (I14, I36)."""
        if self.state is DialogueState.CANCELLED:
            raise Expired("dialogue_cancelled")
        if self.state not in RECORDABLE:
            raise Expired("dialogue_closed")
        if now < self.starts_at:
            raise Expired("dialogue_not_begun")

    def require_preparable(self) -> None:
        """Raises `Expired` when the dialogue is past preparing: cancelled, held or closed (I14, I36)."""
        if self.state is DialogueState.CANCELLED:
            raise Expired("dialogue_cancelled")
        if not self.can_be_prepared:
            raise Expired("dialogue_closed")


@dataclass(kw_only=True, eq=False)
class Addendum:
    """I14: "A closed Dialogue's records are read-only; addenda show author and time"."""

    dialogue_id: UUID
    author_id: UUID
    written_at: datetime
    text: str = field(repr=False)
    id: UUID = field(default_factory=new_id)

    @classmethod
    def to(cls, dialogue: Dialogue, author_id: UUID, text: str, now: datetime) -> "Addendum":
        text = clean(text)
        if not text:
            raise Problems({"addendum": Problem("empty")})
        if found := problem_in(text, LONG):
            raise Problems({"addendum": found})
        return cls(dialogue_id=dialogue.id, author_id=author_id, written_at=now, text=text)


def last_reminder_at(starts_at: datetime, quiet: QuietTimes) -> datetime:
    """When the leaders are reminded for the last time: ten days after on the local clock, or after the holidays."""
    local = starts_at.astimezone(quiet.zone)
    return quiet.next_open((local + LAST_REMINDED).astimezone(UTC))


def unrecorded_from(starts_at: datetime, quiet: QuietTimes) -> datetime:
    """From when the chief sees "mangler opsamling": 14 days after, and four days after the last reminder at least."""
    local = starts_at.astimezone(quiet.zone)
    left = UNRECORDED_FROM - LAST_REMINDED
    return max((local + UNRECORDED_FROM).astimezone(UTC), last_reminder_at(starts_at, quiet) + left)


def unrecorded_before(now: datetime, quiet: QuietTimes) -> datetime:
    """The time before which a dialogue must have begun to be told as "mangler opsamling" now, to the minute."""
    # A fortnight is an hour shorter or longer where the clocks change in it.
    earliest, latest = now - LONGEST_UNTOLD, now - UNRECORDED_FROM + timedelta(hours=2)
    while latest - earliest > timedelta(minutes=1):
        middle = earliest + (latest - earliest) / 2
        if unrecorded_from(middle, quiet) <= now:
            earliest = middle
        else:
            latest = middle
    return latest


def moved_up(made: Dialogue, others: Iterable[Dialogue]) -> list[tuple[Dialogue, int]]:
    """Which of the later dialogues get which number now that `made` has its own, the last one first.

    The municipality's list may have given numbers as they came, so that none was free in between (I4).
    """
    counted = [each for each in others if each.number and each.state is not DialogueState.CANCELLED]
    later = sorted((each for each in counted if each.starts_at >= made.starts_at), key=lambda each: each.starts_at)
    moved = []
    for least, each in enumerate(later, (made.number or 0) + 1):
        if each.number is not None and each.number < least:
            moved.append((each, least))
    return moved[::-1] if made.number is not None else []


def numbering_faults(cycle: Cycle, dialogues: Iterable[Dialogue]) -> list[tuple[Dialogue, str]]:
    """What breaks I4 among one institution's dialogues of a cycle, as the dialogue and a code.

    I4: "An institution has at most one numbered Dialogue per half-year and at most four per cycle, numbered 1–4 in
    time order; 'ekstra' is unnumbered." Codes: outside_cycle, number_out_of_range, number_twice, half_year_twice,
    out_of_order.
    """
    faults: list[tuple[Dialogue, str]] = []
    numbered = [d for d in dialogues if d.number is not None and d.state is not DialogueState.CANCELLED]
    ordered = sorted(numbered, key=lambda each: each.starts_at)
    for position, dialogue in enumerate(ordered):
        earlier = ordered[:position]
        number = dialogue.number or 0
        if dialogue.half_year not in cycle:
            faults.append((dialogue, "outside_cycle"))
        if not 1 <= number <= HALF_YEARS:
            faults.append((dialogue, "number_out_of_range"))
        if any(each.number == number for each in earlier):
            faults.append((dialogue, "number_twice"))
        elif any((each.number or 0) > number for each in earlier):
            faults.append((dialogue, "out_of_order"))
        if any(each.half_year == dialogue.half_year for each in earlier):
            faults.append((dialogue, "half_year_twice"))
    return faults
