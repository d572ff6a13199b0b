"""The forms of a learning dialogue's time: moving one, and planning one more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from cards import form, overview, preparation
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.time_and_place import MoveForm, time_and_place
from cards.words import dialogue_line
from domain.dialogue import LONGEST_PLACE, Dialogue
from domain.errors import Problems
from domain.organisation import Institution

SET = "dialogue.set"
PLAN = "dialogue.plan"
NUMBERED, EXTRA = "numbered", "extra"


@dataclass(frozen=True, kw_only=True)
class PlanForm:
    """A new dialogue as typed."""

    institution_id: UUID
    day: date | None
    clock: time | None
    place: str
    is_extra: bool

    @classmethod
    def read(cls, data: Data) -> "PlanForm":
        return cls(
            institution_id=form.subject_id(data),
            day=form.day(data, "day"),
            clock=form.clock(data, "clock"),
            place=form.text(data, "place"),
            is_extra=form.text(data, "kind") != NUMBERED,
        )


def ask_move(
    _: Translator,
    dialogue: Dialogue,
    where: Institution,
    *,
    typed: MoveForm | None = None,
    problems: Problems | None = None,
    above: Sequence[Element] = (),
) -> Card:
    """The time as it is or was typed; `above` reads back what was written of it in words."""
    local = dialogue.starts_at.astimezone(_.zone)
    return card(
        _,
        _("Move the dialogue"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("you; the participants and your chief see the new time"),
        body=[
            *above,
            *time_and_place(
                _,
                typed.day if typed else local.date(),
                typed.clock if typed else local.time(),
                typed.place if typed else dialogue.place,
                problems,
                title=_("New date"),
                limit=LONGEST_PLACE,
            ),
        ],
        actions=[
            press(_("Move it"), SET, carried(dialogue.id, r=dialogue.revision), primary=True),
            press(_("Back"), preparation.BEGIN, carried(dialogue.id), inputs="none"),
        ],
    )


def ask_plan(
    _: Translator,
    where: Institution,
    *,
    typed: PlanForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """When and where a new dialogue is, and whether it is one of the four."""
    kind = NUMBERED if typed is not None and not typed.is_extra else EXTRA
    return card(
        _,
        _("Plan a dialogue"),
        subtitle=where.name,
        seen_by=_("you; the participants and your chief see the time"),
        body=[
            choices(
                "kind",
                _("Which kind?"),
                [(EXTRA, _("An extra one, which is not counted")), (NUMBERED, _("One of the four"))],
                chosen=kind,
                problem=wrong.at(_, problems, "kind"),
            ),
            *time_and_place(
                _,
                typed.day if typed else None,
                typed.clock if typed else None,
                typed.place if typed else "",
                problems,
                limit=LONGEST_PLACE,
            ),
        ],
        actions=[
            press(_("Plan it"), PLAN, carried(where.id), primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )
