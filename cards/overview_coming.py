"""What one is to come to, in *Min oversigt*: the next 1:1, and the visits that an observer has agreed to make."""

from collections.abc import Sequence

from cards.form import carried
from cards.kit import Action, buttons, press
from cards.language import Translator
from cards.layout import Element, columns
from cards.meeting import OPEN, Meeting
from cards.parts import section, text
from domain.observation import Observation
from domain.organisation import Institution

TO_VISIT = "visit.open"


def meeting(_: Translator, found: Meeting) -> list[Element]:
    """The next 1:1: with whom and when, and nothing of what is in it."""
    told = [found.other.name, _.moment(found.one_on_one.starts_at)]
    return [section(_("Next 1:1")), _row(told, press(_("See the 1:1"), OPEN, carried(found.one_on_one.id)))]


def visits(_: Translator, found: Sequence[tuple[Observation, Institution]]) -> list[Element]:
    """The visits to come: where and when; no two buttons are called the same, since they can be read without them."""
    parts: list[Element] = [section(_("Your visits to come"))]
    for number, (about, host) in enumerate(found, 1):
        assert about.starts_at is not None
        where = " · ".join(filter(None, (host.name, about.what.where)))
        title = _("See the visit")
        shown = title if number == 1 else _("%(title)s no. %(number)s", title=title, number=number)
        parts.append(_row([where, _.moment(about.starts_at)], press(shown, TO_VISIT, carried(about.id))))
    return parts


def _row(told: Sequence[str], button: Action) -> Element:
    what, when = told
    words = [text(what, strong=True), text(when, small=True, subtle=True, spacing="None")]
    return columns(words, buttons(button, spacing="None"), spacing="Small")
