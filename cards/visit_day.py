"""Around the visit: the calendar, the day before, the notes, and the question how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cards import form, overview, refusal
from cards.appointment import slot_inputs, slots_in
from cards.form import Data, carried
from cards.guide import folded, rules_of
from cards.invitation import written
from cards.kit import Card, card, open_url, press
from cards.language import Translator
from cards.later import put_off
from cards.layout import Element
from cards.parts import bullets, facts, hint, note, section, text
from cards.unreached import tell_yourself
from cards.visit import (
    ASK_CANCEL,
    ASK_MOVE,
    CALENDAR,
    INFORM,
    OPEN,
    Visit,
    details,
    lasts,
    of_visit,
    progress_state,
    seen_by_both,
    visit_line,
)
from domain.appointment import Slot
from domain.errors import NotAllowed, Problems
from domain.observation import ObservationState
from domain.organisation import Person

DONE = "visit.done"
MOVE = "visit.move"
CANCEL = "visit.cancel"
LATER = "visit.later"


@dataclass(frozen=True, kw_only=True)
class Press:
    """A press about one visit; `revision` is the one the card was drawn of."""

    observation_id: UUID
    revision: int

    @classmethod
    def read(cls, data: Data) -> "Press":
        return cls(observation_id=form.subject_id(data), revision=form.number(data, "r"))


@dataclass(frozen=True, kw_only=True)
class MoveForm:
    """The new time as typed."""

    observation_id: UUID
    revision: int
    slots: tuple[Slot, ...]

    @classmethod
    def read(cls, data: Data) -> "MoveForm":
        return cls(observation_id=form.subject_id(data), revision=form.number(data, "r"), slots=slots_in(data, 1))


def calendar(_: Translator, visit: Visit, link: str | None) -> Card:
    """The way to a calendar entry: a file where the bot can be reached; what to write into it stands in the head."""
    about = visit.observation
    out = about.state is ObservationState.CANCELLED
    if link:
        words = (
            _("Open the file, and Outlook removes the visit. The link is yours alone and good for 15 minutes.")
            if out
            else _("Open the file, and Outlook asks you to save it. The link is yours alone and good for 15 minutes.")
        )
    else:
        words = (
            _("Delete it in your calendar yourself: I have no file for you here.")
            if out
            else _("Put it into your calendar yourself: I have no file for you here.")
        )
    return card(
        _,
        _("Remove from your calendar") if out else _("Add to your calendar"),
        subtitle=visit_line(_, about, visit.host),
        seen_by=_("only you"),
        body=[
            facts([lasts(_, about)], spacing="Medium"),
            text(words, spacing="Medium"),
            None
            if out
            else hint(
                _("The entry says where and when, and nothing of the focus, since others may see your calendar.")
            ),
        ],
        actions=[
            open_url(_("Open the calendar file"), link, sign="CalendarAdd") if link else None,
            press(_("Back"), OPEN, carried(about.id)),
        ],
        summary=_("An observation at %(institution)s", institution=visit.host.name),
    )


def coming(_: Translator, visit: Visit) -> Card:
    """The day before: the focus and the guide, and for the host once more the question about the staff."""
    about = visit.observation
    return card(
        _,
        _("The observation is near"),
        subtitle=visit_line(_, about, visit.host),
        state=progress_state(_, visit),
        seen_by=seen_by_both(_, visit),
        minutes=2,
        body=[
            note(_("Do the staff know that an observer is coming? They must, before the visit."), sign="PeopleTeam")
            if visit.can_inform
            else None,
            *details(_, visit),
            section(_("Ground rules"), spacing="Medium"),
            bullets(rules_of(_, visit.guide), spacing="Small"),
            folded(_, visit.guide, with_rules=False),
            None
            if visit.leads
            else hint(_("During the visit you can simply write to me: I keep it as notes, and only you can see them.")),
        ],
        actions=[
            press(_("The staff know now"), INFORM, of_visit(visit), primary=True) if visit.can_inform else None,
            press(_("Add to my calendar"), CALENDAR, of_visit(visit), primary=not visit.can_inform),
            put_off(_, "visit.coming", about.id),
            press(_("Move the visit"), ASK_MOVE, of_visit(visit)),
            press(_("Cancel it"), ASK_CANCEL, of_visit(visit)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("The observation at %(institution)s is near", institution=visit.host.name),
    )


def ask_how(_: Translator, visit: Visit) -> Card:
    """At the end time: what became of the visit."""
    return card(
        _,
        _("How did it go?"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=seen_by_both(_, visit),
        body=[text(_("Then you write the feedback, and your notes are in it already."), spacing="Medium")],
        actions=[
            press(_("It took place"), DONE, of_visit(visit), primary=True),
            press(_("It was moved"), ASK_MOVE, of_visit(visit)),
            press(_("It was cancelled"), ASK_CANCEL, of_visit(visit)),
            press(_("Not now"), LATER, of_visit(visit)),
        ],
        summary=_("How did the observation at %(institution)s go?", institution=visit.host.name),
    )


def ask_move(
    _: Translator,
    visit: Visit,
    *,
    typed: MoveForm | None = None,
    problems: Problems | None = None,
    above: Sequence[Element] = (),
) -> Card:
    """The time as it is or was typed; `above` reads back what was written of it in words."""
    about = visit.observation
    local = about.starts_at.astimezone(_.zone) if about.starts_at else None
    kept = Slot(local.date(), local.time()) if local and about.starts_at and about.starts_at > visit.now else Slot()
    slot = (typed.slots[0] if typed.slots else Slot()) if typed else kept
    return card(
        _,
        _("Move the visit"),
        subtitle=visit_line(_, about, visit.host),
        seen_by=seen_by_both(_, visit),
        body=[
            text(
                _("Choose the time that the two of you have agreed on. The other is told at once."),
                spacing="Medium",
            ),
            *above,
            *slot_inputs(_, 1, slot, problems, alone=True),
        ],
        actions=[
            press(_("Move it"), MOVE, of_visit(visit), primary=True),
            press(_("Back"), OPEN, carried(about.id), inputs="none"),
        ],
    )


def ask_cancel(_: Translator, visit: Visit, *, unreached: Sequence[Person] = ()) -> Card:
    """Asks once more, and says who hears of it, and who does not."""
    about = visit.observation
    telling = _("The observer is told at once.") if visit.leads else _("The other is told at once.")
    if unreached:
        telling = tell_yourself(_, _.join(each.name for each in unreached))
    lost = "" if visit.leads else _("What you have noted in the chat is deleted.")
    return card(
        _,
        _("Cancel the observation?"),
        subtitle=visit_line(_, about, visit.host),
        seen_by=_("only you"),
        body=[
            text(" ".join(filter(None, (telling, lost))), spacing="Medium"),
            hint(_("If it should only be on another day, move it instead.")) if visit.can_move else None,
        ],
        actions=[
            press(_("Yes, cancel it"), CANCEL, of_visit(visit), destructive=True, inputs="none"),
            press(_("Move the visit"), ASK_MOVE, of_visit(visit), inputs="none") if visit.can_move else None,
            press(_("Back"), OPEN, carried(about.id), inputs="none"),
        ],
    )


def refused(_: Translator, typed: MoveForm) -> Card:
    """For somebody to whom the card was forwarded: what they typed, and nothing of the matter."""
    return refusal.show(_, NotAllowed(), written=written(_, typed.slots))
