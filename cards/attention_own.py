"""What waits for whoever asks, above what waits at the places: their own tasks, and whom they meet the next days."""

from collections.abc import Sequence

from cards.answer import Part
from cards.form import carried
from cards.kit import buttons, press
from cards.language import N_, Translator
from cards.layout import Element, columns
from cards.move import OPENS, Appointment, words
from cards.parts import text
from cards.task import Task, rows

_SEE = {"one_on_one": N_("See the 1:1"), "dialogue": N_("See the dialogue"), "visit": N_("See the visit")}


def parts(
    _: Translator, tasks: Sequence[Task], more: int, week: Sequence[Appointment], more_in_week: int
) -> list[Part]:
    """A part for each that there is something of, with a button a row; `more` are in the overview."""
    found = []
    if tasks:
        found.append(Part(title=_("Waiting for you"), drawn=[*rows(_, tasks), *_and_more(_, more)]))
    if week:
        found.append(
            Part(title=_("Today and the next seven days"), drawn=[*_appointments(_, week), *_and_more(_, more_in_week)])
        )
    return found


def _appointments(_: Translator, week: Sequence[Appointment]) -> list[Element]:
    titles: list[str] = []
    made = []
    for each in week:
        title = _(_SEE[each.kind])
        titles.append(title)
        number = titles.count(title)
        shown = title if number == 1 else _("%(title)s no. %(number)s", title=title, number=number)
        opens = press(shown, OPENS[each.kind], carried(each.id))
        made.append(columns(words(_, each), buttons(opens, spacing="None"), spacing="Small"))
    return made


def _and_more(_: Translator, more: int) -> list[Element]:
    if not more:
        return []
    return [text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True)]
