"""What an observer typed during a visit: kept as notes, for their author alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.asking import TRY
from cards.form import Data, carried
from cards.kit import Card, below_head, buttons, card, press
from cards.language import Translator
from cards.layout import Element, beside, icon, spaced
from cards.parts import hint, note, said, text
from cards.visit import NOTES, WRITE_FEEDBACK, Visit, visit_line, written_when
from domain.errors import NotAllowed, Problem
from domain.observation import ObservationState
from domain.visit import Note

KEEP = "visit.keep"
UNDO = "visit.undo"


@dataclass(frozen=True, kw_only=True)
class UndoForm:
    """The note that is taken back: a second press of an old card takes back no other."""

    observation_id: UUID
    note_id: UUID | None = field(default=None)

    @classmethod
    def read(cls, data: Data) -> "UndoForm":
        return cls(observation_id=form.subject_id(data), note_id=form.optional_id(data, "n"))


@dataclass(frozen=True, kw_only=True)
class SaidForm:
    """What was typed and answered as a command, to be kept as a note of this visit."""

    observation_id: UUID
    text: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "SaidForm":
        return cls(observation_id=form.subject_id(data), text=form.text(data, "t"))


def offer(_: Translator, answer: Card, visit: Visit, typed: str) -> Card:
    """The answer to a command, with a line below its head for whoever meant what they typed as a note."""
    line = hint(_where_it_stands(_, visit), sign="Note")
    keep = press(_("Keep as a note"), KEEP, carried(visit.observation.id, t=typed), inputs="none")
    return below_head(answer, line, buttons(keep))


def without_names(_: Translator, answer: Card, visit: Visit) -> Card:
    """The answer to what may tell of one child, with a word on how a visit is written of, once there has been one."""
    line = hint(
        _(
            "If it is from your visit to %(institution)s, write it without the name in the feedback.",
            institution=visit.host.name,
        ),
        sign="Note",
    )
    write = press(_("Write the feedback"), WRITE_FEEDBACK, carried(visit.observation.id))
    return below_head(answer, line, *([buttons(write)] if visit.is_over else []))


def ask(_: Translator, visit: Visit, typed: str) -> Card:
    """Whether what was understood as nothing else is a note of the visit."""
    return card(
        _,
        _("Is it a note from the visit?"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=_("only you"),
        body=[
            text(_("I did not understand it as a question, and have not kept it yet."), spacing="Medium"),
            said(typed),
        ],
        actions=[
            press(_("Keep as a note"), KEEP, carried(visit.observation.id, t=typed), primary=True, inputs="none"),
            press(_("What you can write"), TRY, carried(words=_("help")), inputs="none"),
        ],
        summary=_("Is it a note from the visit?"),
    )


def _where_it_stands(_: Translator, visit: Visit) -> str:
    """Why the words may be a note. Of a visit that is over only its observer knows whether it took place."""
    host = visit.host.name
    if visit.observation.state is ObservationState.DONE:
        return _("You have observed at %(institution)s. If this was a note, only you will see it.", institution=host)
    if visit.is_over:
        return _(
            "You had a visit planned at %(institution)s. If this was a note, only you will see it.", institution=host
        )
    if not visit.has_begun:
        return _("You are soon to visit %(institution)s. If this was a note, only you will see it.", institution=host)
    return _("You are on a visit. If this was a note, only you will see it.")


def written(_: Translator, typed: SaidForm) -> list[Element]:
    return draft.given_back(_, [said(typed.text)])


def refused(_: Translator, typed: SaidForm) -> Card:
    """For somebody who was not the observer: their own words, and nothing of the visit."""
    return refusal.show(_, NotAllowed(), written=written(_, typed))


def note_kept(
    _: Translator, visit: Visit, kept: Note, count: int, *, asked: str = "", is_of_somebody: bool = False
) -> Card:
    """The brief answer to a note: that it is kept, for whom, and how to take it back.

    What is `asked` may be a question to the bot as well, and is answered by a press. In what `is_of_somebody` one child
    or employee may be recognised, which is the author's own as long as nobody else reads it.
    """
    return card(
        _,
        _("Noted"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=_("only you"),
        body=[
            text(
                _("It stands in the feedback when you write that. Only you can see your notes.")
                if visit.is_over
                else _("Write freely – only you can see your notes."),
                spacing="Medium",
            ),
            text(_.ngettext("You have %(n)s note.", "You have %(n)s notes.", count), subtle=True, spacing="None"),
            hint(_("Remember to take the name out before you send it on, so that nobody can be recognised."))
            if is_of_somebody
            else None,
        ],
        actions=[
            press(_("Write the feedback"), WRITE_FEEDBACK, carried(visit.observation.id)) if visit.is_over else None,
            press(_("Undo the last one"), UNDO, carried(visit.observation.id, n=str(kept.id))),
            press(_("See my notes"), NOTES, carried(visit.observation.id)),
            press(_("Answer it"), TRY, carried(words=asked), inputs="none") if asked else None,
        ],
        summary=_("Noted, for you alone"),
    )


def note_refused(_: Translator, problem: Problem) -> Card:
    """A note that must not be kept: why, and that it still stands in the chat."""
    return card(
        _,
        _("I have not kept that note"),
        seen_by=_("only you"),
        body=[
            spaced(
                beside(
                    icon("ErrorCircle", tone="attention", filled=True),
                    text(wrong.sentence(_, problem), attention=True),
                ),
                "Medium",
            ),
            text(_("What you wrote still stands in the chat. Change it, and send it again."), spacing="Small"),
        ],
    )


def notes(
    _: Translator, visit: Visit, found: Sequence[Note], *, undone: bool = False, is_to_press: bool = False
) -> Card:
    """All notes of the visit, for their author alone; `is_to_press` says how one is deleted, to who asks for that."""
    last = found[-1] if found else None
    return card(
        _,
        _("Your notes"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=_("only you"),
        body=[
            note(_("The note is deleted."), sign="Delete") if undone else None,
            text(
                _("I delete nothing on a typed word. “Undo the last one” below deletes the last note."),
                spacing="Medium",
            )
            if is_to_press
            else None,
            *[said(each.text, by=written_when(_, visit, each), spacing="Small") for each in _latest(found)],
            None if found else text(_("You have no notes from this visit."), spacing="Medium"),
            hint(_what_becomes(_, visit)) if found else None,
        ],
        actions=[
            press(_("Undo the last one"), UNDO, carried(visit.observation.id, n=str(last.id))) if last else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Your notes"),
    )


def _what_becomes(_: Translator, visit: Visit) -> str:
    if visit.observation.state is ObservationState.CANCELLED:
        return _("The observation is cancelled, so they go into no feedback. Copy what you want to keep.")
    return _("They are already in the feedback, and are deleted when you send it.")


def no_notes(_: Translator) -> Card:
    return card(
        _,
        _("Your notes"),
        seen_by=_("only you"),
        body=[
            text(
                _("From 15 minutes before a visit until two hours after it, I keep what you write to me as notes."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
        summary=_("Your notes"),
    )


def _latest(found: Sequence[Note]) -> Sequence[Note]:
    """As many of the newest as a card holds."""
    room, kept = 10_000, 0
    for each in reversed(found):
        room -= len(each.text) + 300
        if room < 0:
            break
        kept += 1
    return found[len(found) - kept :]
