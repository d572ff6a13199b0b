"""With whom a chief has had no 1:1 in the half-year yet: the leaders from A to Å, and the way to plan one.

"How often is 1:1? … reminder not rule": it is a list to plan from, and says nothing of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import overview
from cards.answer import more_words
from cards.form import carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import capital, group
from cards.one_on_one_plan import NEW
from cards.parts import hint, text
from cards.which import MANY, MOST_ROWS
from domain.organisation import Institution, Person
from domain.period import HalfYear

WITHOUT = "one_on_one.without"


@dataclass(frozen=True, kw_only=True)
class NotMet:
    """A leader with whom there has been no 1:1; `coming` is one that is planned."""

    leader: Person
    places: Sequence[Institution]
    coming: datetime | None = None


def show(_: Translator, half_year: HalfYear, found: Sequence[NotMet], *, has_leaders: bool) -> Card:
    shown = found[:MOST_ROWS]
    more = len(found) - len(shown)
    rows = [
        group(
            text(_line(_, each), strong=True),
            *([text(_planned(_, each.coming), small=True, subtle=True, spacing="None")] if each.coming else []),
            spacing="Small",
        )
        for each in shown
    ]
    first = next((each for each in shown if each.coming is None), None)
    options = [(str(each.leader.id), _line(_, each)) for each in shown]
    counted = _("Only 1:1s that were planned here are counted.")
    none = (
        _("You have had a 1:1 with each of the leaders in the half-year.")
        if has_leaders
        else _("There are no leaders at your institutions yet to have a 1:1 with.")
    )
    return card(
        _,
        _("No 1:1 yet") if found or not has_leaders else _("You have had 1:1s with all"),
        subtitle=capital(_.half_year(half_year)),
        seen_by=_("only you"),
        body=[
            *(rows or [text(none, spacing="Medium")]),
            text(more_words(_, more), small=True, subtle=True, spacing="Small") if more else None,
            choices(
                "id",
                _("With whom do you want to plan a 1:1?"),
                options,
                chosen=str(first.leader.id) if first else "",
                compact=True,
                searchable=len(options) > MANY,
                placeholder=_("Choose"),
            )
            if options
            else None,
            hint(" ".join([counted, _("The names are from A to Å.")] if shown else [counted]), spacing="Medium")
            if has_leaders
            else None,
        ],
        actions=[
            press(_("Plan a 1:1"), NEW, carried(), primary=True) if options else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def _line(_: Translator, each: NotMet) -> str:
    return f"{each.leader.name} · {_.join(where.name for where in each.places)}"


def _planned(_: Translator, coming: datetime) -> str:
    return _("Planned for %(moment)s", moment=_.moment(coming))
