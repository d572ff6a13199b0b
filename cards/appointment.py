"""Times to choose from as they are typed: a day and a time of day each."""

from cards import form
from cards import problems as wrong
from cards.form import Data
from cards.inputs import date_input, time_input
from cards.language import Translator
from cards.layout import Element
from domain.appointment import Slot
from domain.errors import Problems
from domain.invitation import MOST_TIMES


def slots_in(data: Data, most: int = MOST_TIMES) -> tuple[Slot, ...]:
    """The times as typed, each at its place, up to the last that holds something."""
    slots = [Slot(form.day(data, f"day{place}"), form.clock(data, f"clock{place}")) for place in range(1, most + 1)]
    while slots and slots[-1].is_empty:
        slots.pop()
    return tuple(slots)


def slot_inputs(
    _: Translator, place: int, slot: Slot, problems: Problems | None, *, alone: bool = False
) -> list[Element]:
    """A day and a time of day."""
    day = _("Date") if alone else _("Date %(place)s", place=place)
    clock = _("Time of day") if alone else _("Time of day %(place)s", place=place)
    return [
        date_input(f"day{place}", day, value=slot.day, problem=wrong.at(_, problems, f"day{place}")),
        time_input(
            f"clock{place}", clock, value=slot.clock, problem=wrong.at(_, problems, f"clock{place}"), spacing="Small"
        ),
    ]
