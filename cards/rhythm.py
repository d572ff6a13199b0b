"""How often a chief wants to meet one leader."""

from dataclasses import dataclass
from uuid import UUID

from cards import form, overview
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.meeting import OPEN as TO_MEETING
from cards.meeting import Meeting
from cards.parts import State, hint, note
from domain.rhythm import RHYTHMS

OPEN = "rhythm.open"
SET = "rhythm.set"
LATER = "rhythm.later"


@dataclass(frozen=True, kw_only=True)
class RhythmForm:
    """Every so many weeks, 0 for no rhythm."""

    one_on_one_id: UUID
    weeks: int

    @classmethod
    def read(cls, data: Data) -> "RhythmForm":
        weeks = form.number(data, "weeks")
        return cls(one_on_one_id=form.subject_id(data), weeks=weeks if weeks in RHYTHMS else 0)


def ask(_: Translator, meeting: Meeting, weeks: int) -> Card:
    options = [("0", _("No rhythm"))]
    options += [(str(each), _.ngettext("Every %(n)s week", "Every %(n)s weeks", each)) for each in RHYTHMS]
    return card(
        _,
        _("Rhythm of the 1:1s"),
        subtitle=meeting.other.name,
        seen_by=_("only you"),
        body=[
            choices("weeks", _("How often do you want to meet?"), options, chosen=str(weeks)),
            hint(_("Six to eight weeks is usual. I suggest the next one to you, and plan nothing by myself.")),
        ],
        actions=[
            press(_("Save the rhythm"), SET, carried(meeting.one_on_one.id), primary=True),
            press(_("Back"), TO_MEETING, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Rhythm of the 1:1s"),
    )


def saved(_: Translator, meeting: Meeting, weeks: int) -> Card:
    return card(
        _,
        _("Rhythm of the 1:1s"),
        subtitle=meeting.other.name,
        state=State(_("Saved"), "good"),
        seen_by=_("only you"),
        body=[
            note(
                _(
                    "Next step: I suggest the next 1:1 two weeks ahead, so that you meet every %(weeks)s weeks.",
                    weeks=weeks,
                )
                if weeks
                else _("Next step: none. You plan the 1:1s when it suits you."),
                sign="ArrowRight",
            )
        ],
        actions=[
            press(_("Back"), TO_MEETING, carried(meeting.one_on_one.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Rhythm of the 1:1s"),
    )


def not_now(_: Translator, rhythm_id: UUID) -> Action:
    """Puts the suggestion off."""
    return press(_("Not now"), LATER, carried(rhythm_id), inputs="none")
