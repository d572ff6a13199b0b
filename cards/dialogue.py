"""Choosing one of several learning dialogues, and moving one: the new time, and the word to those who take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from cards import form, overview, preparation
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import date_input, text_input, time_input
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import facts, note, text
from cards.which import which
from cards.words import dialogue_line, dialogue_name
from domain.dialogue import LONGEST_PLACE, Dialogue
from domain.errors import Expired, Problems
from domain.organisation import Institution

MOVE = "dialogue.move"
SET = "dialogue.set"


@dataclass(frozen=True, kw_only=True)
class MoveForm:
    """The new time as typed; `revision` is the one that the card was drawn of."""

    dialogue_id: UUID
    day: date | None
    clock: time | None
    place: str
    revision: int

    @classmethod
    def read(cls, data: Data) -> "MoveForm":
        return cls(
            dialogue_id=form.subject_id(data),
            day=form.day(data, "day"),
            clock=form.clock(data, "clock"),
            place=form.text(data, "place"),
            revision=form.number(data, "r"),
        )


def choose(_: Translator, found: Sequence[tuple[Dialogue, Institution]], verb: str) -> Card:
    """Which of several dialogues, in the order given."""
    rows = [
        (dialogue.id, where.name, f"{where.name} · {dialogue_name(_, dialogue)} · {_.moment(dialogue.starts_at)}")
        for dialogue, where in found
    ]
    return which(_, _("Which dialogue?"), _("Dialogue"), rows, verb)


def ask_move(
    _: Translator,
    dialogue: Dialogue,
    where: Institution,
    *,
    typed: MoveForm | None = None,
    problems: Problems | None = None,
) -> Card:
    local = dialogue.starts_at.astimezone(_.zone)
    return card(
        _,
        _("Move the dialogue"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("you; the participants and your chief see the new time"),
        body=[
            date_input(
                "day",
                _("New date"),
                value=typed.day if typed else local.date(),
                error=_("Choose a date."),
                problem=wrong.at(_, problems, "day"),
            ),
            time_input(
                "clock",
                _("Time of day"),
                value=typed.clock if typed else local.time(),
                error=_("Choose a time of day."),
                problem=wrong.at(_, problems, "clock"),
            ),
            text_input(
                "place",
                _("Place"),
                value=typed.place if typed else dialogue.place,
                limit=LONGEST_PLACE,
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, "place"),
            ),
        ],
        actions=[
            press(_("Move it"), SET, carried(dialogue.id, r=dialogue.revision), primary=True),
            press(_("Back"), preparation.BEGIN, carried(dialogue.id), inputs="none"),
        ],
    )


def moved(_: Translator, dialogue: Dialogue, where: Institution, *, by_me: bool) -> Card:
    """The new time: a receipt for who moved it, news for the others."""
    rows = [(_("New time"), _.moment(dialogue.starts_at))]
    if dialogue.place:
        rows.append((_("Place"), dialogue.place))
    next_step = (
        _("Next step: I tell the other participants now. What you have written has moved with it.")
        if by_me
        else _("Next step: put the new time into your calendar.")
    )
    prepare = press(_("Go on preparing"), preparation.BEGIN, carried(dialogue.id), primary=True) if by_me else None
    return card(
        _,
        _("The dialogue has been moved"),
        subtitle=f"{dialogue_name(_, dialogue)} · {where.name}",
        seen_by=_("the participants, and the chief for the institution"),
        body=[facts(rows, spacing="Medium"), note(next_step, sign="ArrowRight")],
        actions=[prepare, press(_("My overview"), overview.OPEN, carried())],
        summary=_(
            "Moved: %(dialogue)s, %(moment)s", dialogue=dialogue_name(_, dialogue), moment=_.moment(dialogue.starts_at)
        ),
    )


def over(_: Translator, dialogue: Dialogue, where: Institution, why: Expired) -> Card:
    """A dialogue that can no longer be moved."""
    reason = (
        _("It has been cancelled, so there is nothing to move.")
        if why.code == "dialogue_cancelled"
        else _("It has been held, so there is nothing to move.")
    )
    return card(
        _,
        _("The card is out of date"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[text(reason, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )
