"""C11: the note from a 1:1, which the chief writes and the leader sees at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.agenda import Entry
from cards.form import Data, carried
from cards.inputs import choices, long_input, toggle
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.meeting import Meeting, line, the_two, toast
from cards.one_on_one_plan import CHOOSE_UNPLANNED
from cards.parts import hint, names_hint, said, text
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.note import Note, NoteVersion

WRITE = "note.write"
DRAFT = "note.draft"
SHARE = "note.share"
LATER = "note.later"
MOVE = "note.move"
MOST_TALKED = 20

LABELS = {
    "talked": N_("What did you talk about?"),
    "leading": N_("How is leading the quality development going?"),
    "works": N_("What is working?"),
    "attention": N_("What needs special attention?"),
    "counts": N_("The yearly school development talk"),
}
TEXTS = ("leading", "works", "attention")


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The note that is being written: what is kept of it, and what stood on the agenda."""

    meeting: Meeting
    kept: Note
    entries: Sequence[Entry]
    shared: NoteVersion | None = None

    @property
    def is_school(self) -> bool:
        return bool(self.meeting.schools)


@dataclass(frozen=True, kw_only=True)
class Form:
    """The note as typed; `was` marks what it held when the card was drawn."""

    one_on_one_id: UUID
    note: Note = field(repr=False)
    was: str

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            one_on_one_id=form.subject_id(data),
            note=Note(
                talked=form.ids(data, "talked"),
                leading=form.text(data, "leading"),
                works=form.text(data, "works"),
                attention=form.text(data, "attention"),
                counts=form.text(data, "counts") == "true",
            ),
            was=form.text(data, "v"),
        )


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The questions, with what is kept or was typed, and what is wrong with it."""
    meeting = sheet.meeting
    content = typed.note if typed else sheet.kept
    data = carried(meeting.one_on_one.id, v=digest(sheet.kept))
    shared_at = sheet.shared.written_at if sheet.shared else None
    return card(
        _,
        _("Note from the 1:1"),
        subtitle=line(_, meeting),
        seen_by=the_two(_, meeting),
        minutes=3,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=meeting.viewer,
                written_by=meeting.chief,
                written_at=shared_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, name),
            ),
            hint(
                _("What you save now is a new version, and %(who)s is asked again.", who=meeting.leader.name)
                if sheet.shared
                else _("A draft is yours alone. %(who)s sees the note when you share it.", who=meeting.leader.name),
                spacing="Medium",
            ),
            _talked(_, sheet, content) if sheet.entries else None,
            *[
                long_input(
                    name,
                    label(_, name),
                    value=getattr(content, name),
                    required=name == "leading",
                    placeholder=None if name == "leading" else _("Optional"),
                    problem=wrong.at(_, problems, name),
                )
                for name in TEXTS
            ],
            toggle(
                "counts",
                label(_, "counts"),
                _("Counts as the yearly school development talk"),
                on=content.counts,
                problem=wrong.at(_, problems, "counts"),
            )
            if sheet.is_school
            else None,
            hint(
                _(
                    "The note is about the quality development of the institution. "
                    "Personnel matters and health do not belong here."
                ),
                spacing="Medium",
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save and share"), SHARE, data, primary=True),
            press(_("Save draft"), DRAFT, data),
            press(_("Not now"), LATER, data),
            press(_("It did not take place"), MOVE, data) if meeting.one_on_one.is_movable else None,
        ],
        summary=_("Note: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def saved_draft(_: Translator, meeting: Meeting) -> Card:
    return draft.saved(
        _,
        line(_, meeting),
        seen_by=_("only you"),
        go_on=press(_("Continue"), WRITE, carried(meeting.one_on_one.id), primary=True),
    )


def nothing_to_write(_: Translator, *, is_named: bool = False, is_chief: bool = False) -> Card:
    """`is_named` is said where somebody, or a day, was named with whom no 1:1 has begun; a chief may tell of one."""
    whom = [text(_("I find no 1:1 that has begun and fits."), spacing="Medium")] if is_named else []
    return card(
        _,
        _("No note to write"),
        seen_by=_("only you"),
        body=[*whom, text(_("A chief writes the note once a 1:1 has begun."), spacing="Medium")],
        actions=[
            press(_("Note a 1:1"), CHOOSE_UNPLANNED, carried(), inputs="none") if is_chief else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def answer(_: Translator, name: str, words: str) -> list[Element]:
    """A question with what was written, nothing where nothing was."""
    if not words:
        return []
    return [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words, spacing="ExtraSmall")]


def written(_: Translator, typed: Form) -> list[Element]:
    """What was typed, to be given back."""
    return content(_, typed.note)


def content(_: Translator, note: Note) -> list[Element]:
    """What is written in a note, question by question."""
    return [part for name in TEXTS for part in answer(_, name, getattr(note, name))]


def refused(_: Translator, typed: Form) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, typed)))


def _talked(_: Translator, sheet: Sheet, content: Note) -> Element:
    return choices(
        "talked",
        label(_, "talked"),
        [(str(each.id), each.words) for each in sheet.entries[:MOST_TALKED]],
        chosen=[str(each) for each in content.talked],
        many=True,
    )


def _stored_words(_: Translator, sheet: Sheet, name: str) -> str:
    """What a field holds, as words."""
    value = getattr(sheet.kept, name)
    if name == "talked":
        return _.join(each.words for each in sheet.entries if each.id in value)
    if name == "counts":
        return _("Yes") if value else _("No")
    return str(value)
