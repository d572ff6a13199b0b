"""When and where people meet: the fields for it, and a move as it is typed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol
from uuid import UUID

from cards import draft, form, refusal
from cards import problems as wrong
from cards.form import Data
from cards.inputs import date_input, text_input, time_input
from cards.kit import Card
from cards.language import Translator
from cards.layout import Element
from cards.parts import said
from domain.errors import NotAllowed, Problems
from domain.text import SHORT


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


def written(_: Translator, typed: Typed) -> list[Element]:
    """What was typed, to be copied."""
    moment = _.on_day_at(_.date(typed.day) if typed.day else "", _.time_of_day(typed.clock) if typed.clock else "")
    return [said(each) for each in (moment, typed.place) if each]


def refused(_: Translator, typed: Typed) -> Card:
    """For somebody who may not plan or move it: what they typed, and nothing of the matter."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, typed)))
