"""A person's own preparation for a 1:1, and the choice to have one at all."""

from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.meeting import OPEN as TO_MEETING
from cards.meeting import Meeting, line, toast
from cards.parts import State, bullets, hint, names_hint, said, text
from domain.errors import NotAllowed, Problems

WRITE = "personal_note.write"
SAVE = "personal_note.save"
TURN_ON = "personal_note.on"
TURN_OFF = "personal_note.off"
AGENDA = "agenda.open"
QUESTION = N_("What do you want to remember?")


@dataclass(frozen=True, kw_only=True)
class Form:
    """The note as typed; `was` is the version that the card was drawn of."""

    one_on_one_id: UUID
    text: str = field(repr=False)
    was: int

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(one_on_one_id=form.subject_id(data), text=form.text(data, "text"), was=form.number(data, "v"))


def choose(_: Translator, *, is_on: bool, meeting: Meeting | None = None) -> Card:
    """What such a note is, and whether the person wants any; off unless they say so."""
    return card(
        _,
        _("My preparation note"),
        state=State(_("on"), "good") if is_on else State(_("off"), "neutral", "Circle"),
        seen_by=_("only you"),
        body=[
            text(_("A note of your own to each 1:1, for what you want to remember."), spacing="Medium"),
            bullets(
                [
                    _("Only you see it. It is not part of the agenda or of the shared note."),
                    _("It is deleted 30 days after the meeting."),
                    _("It may be subject to the right of access."),
                ],
                spacing="Small",
            ),
            hint(_("What you have written already stays until it is deleted.")) if is_on else None,
        ],
        actions=[
            press(_("Write the note"), WRITE, carried(meeting.one_on_one.id), primary=True)
            if is_on and meeting
            else None,
            press(_("Turn it off"), TURN_OFF, carried())
            if is_on
            else press(_("Turn it on"), TURN_ON, carried(), primary=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def ask(
    _: Translator,
    meeting: Meeting,
    *,
    kept: str,
    version: int,
    typed: Form | None = None,
    problems: Problems | None = None,
    was_saved: bool = False,
) -> Card:
    """The note, to be written in; saving leaves it open."""
    meanwhile = (
        bool(problems)
        and problems is not None
        and "written_elsewhere" in {each.code for each in problems.fields.values()}
    )
    return card(
        _,
        _("My preparation note"),
        subtitle=line(_, meeting),
        state=State(_("Saved"), "good") if was_saved else None,
        seen_by=_("only you"),
        body=[
            hint(
                _(
                    "My preparation note – only you. Deleted 30 days after the meeting. "
                    "May be subject to the right of access."
                ),
                sign="LockClosed",
                spacing="Medium",
            ),
            said(kept or _("(empty)"), by=_("What you wrote in another place"), spacing="Medium")
            if meanwhile
            else None,
            long_input(
                "text",
                _(QUESTION),
                value=typed.text if typed else kept,
                problem=wrong.at(_, problems, "text"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save the note"), SAVE, carried(meeting.one_on_one.id, v=version), primary=True),
            press(_("To the 1:1"), TO_MEETING, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=toast(_, meeting.one_on_one.starts_at),
    )


def refused(_: Translator, typed: Form) -> Card:
    written: list[Element] = [said(typed.text, spacing="Small")] if typed.text else []
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written))
