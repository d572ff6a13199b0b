"""What waits for whoever asks, above what waits at the places: their own tasks, and whom they meet the next days."""

from collections.abc import Sequence

from cards.answer import Part
from cards.form import carried
from cards.kit import buttons, press
from cards.language import Translator
from cards.layout import Element, columns
from cards.more import and_more
from cards.move import OPENS, SEE, Appointment, titled, words
from cards.task import Task
from cards.task_list import rows


def parts(
    _: Translator, tasks: Sequence[Task], more: int, week: Sequence[Appointment], more_in_week: int
) -> list[Part]:
    """A part for each that there is something of, with a button a row; `more` are in the overview."""
    found = []
    if tasks:
        found.append(Part(title=_("Waiting for you"), drawn=[*rows(_, tasks), *_left(_, more)]))
    if week:
        found.append(
            Part(title=_("Today and the next seven days"), drawn=[*_appointments(_, week), *_left(_, more_in_week)])
        )
    return found


def _appointments(_: Translator, week: Sequence[Appointment]) -> list[Element]:
    made = []
    for each, title in zip(week, titled(_, week, SEE), strict=True):
        opens = press(title, OPENS[each.kind], carried(each.id))
        made.append(columns(words(_, each), buttons(opens, spacing="None"), spacing="Small"))
    return made


def _left(_: Translator, more: int) -> list[Element]:
    left = and_more(_, more)
    return [left] if left else []
