"""Asking for a correction of what somebody else wrote about one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cards import form, my_data, overview
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, long_input, text_input
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import hint, names_hint, text
from cards.rectification import ASK, LABELS, matter_words, notes
from domain.errors import Problems
from domain.organisation import Person
from domain.rectification import Matter


@dataclass(frozen=True, kw_only=True)
class Written:
    """Something that another person wrote about the reader: what it is, where, when and by whom."""

    matter: Matter
    subject_id: UUID
    place: str
    at: datetime
    author: Person

    @property
    def value(self) -> str:
        return f"{self.matter.value}:{self.subject_id}"


@dataclass(frozen=True, kw_only=True)
class AskForm:
    """A request as typed; `rectification_id` is its own from the moment the card was drawn."""

    rectification_id: UUID
    what: str
    wanted: str = field(repr=False)
    reason: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "AskForm":
        return cls(
            rectification_id=form.subject_id(data),
            what=form.text(data, "what"),
            wanted=form.text(data, "wanted"),
            reason=form.text(data, "reason"),
        )


def begin(
    _: Translator,
    found: Sequence[Written],
    rectification_id: UUID,
    *,
    contact: str,
    typed: AskForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """Which note or feedback, what is wrong in it, and what is right; the request has its id before it is sent."""
    if not found:
        return card(
            _,
            _("Ask for a correction"),
            seen_by=_("only you"),
            body=[
                text(
                    _("There is no note from a 1:1 and no feedback that others have written to you."), spacing="Medium"
                ),
                hint(_("What you have written yourself you correct where it stands.")),
                hint(_("If something else is wrong, write to %(who)s.", who=contact)),
            ],
            actions=[
                press(_("My data"), my_data.OPEN, carried(), inputs="none"),
                press(_("My overview"), overview.OPEN, carried(), inputs="none"),
            ],
        )
    options = [(each.value, _line(_, each)) for each in found]
    chosen = typed.what if typed else options[0][0] if len(options) == 1 else ""
    return card(
        _,
        _("Ask for a correction"),
        seen_by=_("you and whoever wrote it"),
        minutes=3,
        body=[
            *notes(_, problems),
            text(
                _(
                    "Whoever wrote it gets your request, and answers within a month. Nothing is overwritten: what "
                    "stood before stays beside the correction."
                ),
                spacing="Medium",
            ),
            choices(
                "what",
                _("What is it about?"),
                options,
                chosen=chosen,
                compact=len(options) > 4,
                required=True,
                problem=wrong.at(_, problems, "what"),
            ),
            long_input(
                "wanted",
                _(LABELS["wanted"]),
                value=typed.wanted if typed else "",
                required=True,
                problem=wrong.at(_, problems, "wanted"),
            ),
            text_input(
                "reason",
                _(LABELS["reason"]),
                value=typed.reason if typed else "",
                problem=wrong.at(_, problems, "reason"),
            ),
            names_hint(_),
            hint(_("If something else is wrong, write to %(who)s.", who=contact)),
        ],
        actions=[
            press(_("Send the request"), ASK, carried(rectification_id), primary=True),
            press(_("My data"), my_data.OPEN, carried(), inputs="none"),
        ],
    )


def _line(_: Translator, each: Written) -> str:
    return " · ".join((matter_words(_, each.matter), each.place, _.date(each.at), each.author.name))
