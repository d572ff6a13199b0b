"""When and where people meet: the fields for it, and a move as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol
from uuid import UUID

from cards import draft, form, refusal
from cards import problems as wrong
from cards.form import Data
from cards.inputs import date_input, text_input, time_input
from cards.kit import Card, below_head
from cards.language import N_, Translator
from cards.layout import Element, capital
from cards.parts import hint, note, said
from domain.errors import NotAllowed, Problems
from domain.quiet import DayOff
from domain.text import SHORT

TO_DAY, TO_CLOCK, TO_OTHER, NO_DAY = "to_day", "to_clock", "to_other", "no_day"
DAYS_OFF = {
    DayOff.FREE: N_("%(day)s is not a working day."),
    DayOff.SCHOOL: N_("%(day)s is in the school holidays."),
}


class Typed(Protocol):
    """A time and a place as typed, whatever for."""

    @property
    def day(self) -> date | None: ...
    @property
    def clock(self) -> time | None: ...
    @property
    def place(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class MoveForm:
    """The new time as typed; `revision` is the one that the card was drawn of."""

    subject_id: UUID
    day: date | None
    clock: time | None
    place: str
    revision: int

    @classmethod
    def read(cls, data: Data) -> "MoveForm":
        return cls(
            subject_id=form.subject_id(data),
            day=form.day(data, "day"),
            clock=form.clock(data, "clock"),
            place=form.text(data, "place"),
            revision=form.number(data, "r"),
        )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Another time, as far as it was written in words; each half is None where nothing was.

    `other` is the day of the weekday that was written beside a date which falls on another, and `is_no_day` says that
    there is no such date.
    """

    day: date | None = None
    clock: time | None = None
    other: date | None = None
    is_no_day: bool = False

    @property
    def is_there(self) -> bool:
        return bool(self.day or self.clock or self.is_no_day)

    def carried(self, subject_id: UUID) -> dict[str, str | int]:
        """What a button carries that opens the form for it."""
        return form.carried(
            subject_id,
            **{
                TO_DAY: self.day.isoformat() if self.day else "",
                TO_CLOCK: f"{self.clock:%H:%M}" if self.clock else "",
                TO_OTHER: self.other.isoformat() if self.other else "",
                NO_DAY: "true" if self.is_no_day else "",
            },
        )


@dataclass(frozen=True, kw_only=True)
class Moving:
    """An appointment that is to be moved, and what was written of its new time."""

    id: UUID
    wanted: Wanted = Wanted()

    @classmethod
    def read(cls, data: Data) -> "Moving":
        wanted = Wanted(
            day=form.day(data, TO_DAY),
            clock=form.clock(data, TO_CLOCK),
            other=form.day(data, TO_OTHER),
            is_no_day=form.is_on(data, NO_DAY),
        )
        return cls(id=form.subject_id(data), wanted=wanted)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What is worth a second look in a day that was understood: another weekday was written, or it is a day off."""

    day: date
    other: date | None = None
    off: DayOff | None = None


def read_back(_: Translator, understood: datetime | None, doubt: Doubt | None) -> list[Element]:
    """What was understood of a time that was written in words, before anything comes of it."""
    found: list[Element] = []
    if understood:
        found.append(note(_("I understood: %(moment)s.", moment=_.moment(understood)), sign="Calendar"))
    if doubt and doubt.other:
        found.append(
            hint(
                _(
                    "You wrote %(weekday)s, and I went by the date: %(day)s. If you meant %(other)s, change the date.",
                    weekday=_.weekday_name(doubt.other),
                    day=_.weekday(doubt.day),
                    other=_.weekday(doubt.other),
                )
            )
        )
    if doubt and doubt.off:
        found.append(hint(_off(_, doubt.day, doubt.off)))
    return found


def with_days_off(_: Translator, card: Card, days: Mapping[date, DayOff]) -> Card:
    """The receipt with a kind word about the days on which people are off; they stand as they were chosen."""
    if not days:
        return card
    told = [*(_off(_, day, why) for day, why in days.items()), _("If you did not mean that, change it.")]
    return below_head(card, hint(" ".join(told), sign="Calendar", spacing="Medium"))


def time_and_place(
    _: Translator,
    day: date | None,
    clock: time | None,
    place: str,
    problems: Problems | None,
    *,
    title: str | None = None,
    limit: int = SHORT,
) -> list[Element]:
    """The three fields; `title` is that of the date, and `limit` the room for the place."""
    return [
        date_input("day", title or _("Date"), value=day, required=True, problem=wrong.at(_, problems, "day")),
        time_input("clock", _("Time of day"), value=clock, required=True, problem=wrong.at(_, problems, "clock")),
        text_input(
            "place",
            _("Place, or the link to the Teams meeting"),
            value=place,
            limit=limit,
            placeholder=_("Optional"),
            problem=wrong.at(_, problems, "place"),
        ),
    ]


def when_and_where(
    _: Translator, starts_at: datetime, place: str, *, title: str | None = None
) -> list[tuple[str, str]]:
    """The rows for the facts of a meeting; the place only where there is one."""
    rows = [(title or _("Time"), _.moment(starts_at))]
    return [*rows, (_("Place"), place)] if place else rows


def _off(_: Translator, day: date, why: DayOff) -> str:
    return _(DAYS_OFF[why], day=capital(_.weekday(day)))


def written(_: Translator, typed: Typed) -> list[Element]:
    """What was typed, to be copied."""
    moment = _.on_day_at(_.date(typed.day) if typed.day else "", _.time_of_day(typed.clock) if typed.clock else "")
    return [said(each) for each in (moment, typed.place) if each]


def refused(_: Translator, typed: Typed) -> Card:
    """For somebody who may not plan or move it: what they typed, and nothing of the matter."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, typed)))
