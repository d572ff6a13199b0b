"""A 1:1 that was held without having been planned: when it was, before its note is written."""

from collections.abc import Sequence

from cards import overview
from cards import problems as wrong
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.one_on_one_plan import CHOOSE_UNPLANNED, PlanForm
from cards.parts import problem, text
from cards.time_and_place import time_and_place
from domain.errors import Problems
from domain.organisation import Institution, Person

KEEP = "note.write_unplanned"


def ask(
    _: Translator,
    leader: Person,
    places: Sequence[Institution],
    typed: PlanForm,
    *,
    problems: Problems | None = None,
) -> Card:
    """When and where the two met, as far as it was understood, to be corrected in the fields."""
    at_leader = wrong.at(_, problems, "leader")
    return card(
        _,
        _("A 1:1 that was not planned"),
        subtitle=f"{leader.name} · {_.join(where.name for where in places)}",
        seen_by=_("you. %(who)s sees when and where you met, and the note once you share it.", who=leader.name),
        minutes=1,
        body=[
            problem(at_leader) if at_leader else None,
            text(_("When did you meet? Then comes the note, and after it what you agreed on."), spacing="Medium"),
            *time_and_place(_, typed.day, typed.clock, typed.place, problems),
        ],
        actions=[
            press(_("Write the note"), KEEP, carried(leader.id), primary=True),
            press(_("Another leader"), CHOOSE_UNPLANNED, carried()),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("A 1:1 that was not planned"),
    )
