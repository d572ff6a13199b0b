"""The cards of *Send til bestyrelsen*: what is in the extract and the ways to get it, and what the board said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.board_extract import Extract, contents
from cards.decision import OPEN as DECISIONS
from cards.decision_minutes import board_notes
from cards.form import Data, carried
from cards.inputs import date_input, long_input
from cards.kit import Card, again, card, open_url, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import bullets, hint, names_hint, note, said, section, text
from cards.words import dialogue_line, dialogue_name
from domain.board import BoardNote, Told
from domain.dialogue import Dialogue, DialogueState
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution, Person

OPEN = "board.open"
COPY = "board.copy"
ASK = "board.ask"
SAVE = "board.save"

LABELS = {"informed_on": N_("When was the board informed?"), "said": N_("What did the board say?")}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the card shows one leader: the extract, the links to its files where there are any, and the record."""

    extract: Extract
    notes: Sequence[tuple[BoardNote, Person]] = ()
    word: str | None = None
    pdf: str | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is written into: `note` is the one that can be corrected, where there is one, and `note_id` the id under
    which this one is kept, from one drawing to the next, so that pressing twice makes one."""

    institution: Institution
    dialogue: Dialogue
    note_id: UUID
    note: BoardNote | None
    viewer: Person
    written_by: Person | None = None

    @property
    def is_added(self) -> bool:
        """Whether it is added, signed, to a dialogue that is closed (I14)."""
        return self.dialogue.state is DialogueState.CLOSED

    @property
    def told(self) -> Told:
        return self.note.told if self.note else Told()


@dataclass(frozen=True, kw_only=True)
class Form:
    """A record as typed; `note_id` is its own from the first drawing on, `was` marks what it held then."""

    dialogue_id: UUID
    note_id: UUID
    told: Told = field(repr=False)
    was: str
    was_open: bool

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            dialogue_id=form.subject_id(data),
            note_id=form.subject_id(data, "n"),
            told=Told(informed_on=form.day(data, "informed_on"), said=form.text(data, "said")),
            was=form.text(data, "v"),
            was_open=form.text(data, "open") == "yes",
        )


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of the extract as text, counted from 1."""

    dialogue_id: UUID
    number: int

    @classmethod
    def read(cls, data: Data) -> "Piece":
        return cls(dialogue_id=form.subject_id(data), number=max(1, form.number(data, "piece")))


def show(_: Translator, sheet: Sheet) -> Card:
    """What is in the extract, what to think of before it is shared, and the record."""
    made, about = sheet.extract, carried(sheet.extract.dialogue.id)
    has_files = sheet.word is not None and sheet.pdf is not None
    return card(
        _,
        _("Send to the board"),
        subtitle=dialogue_line(_, made.dialogue, made.institution),
        seen_by=_("only you, until you share it. What the board said is read with the decisions.")
        if sheet.notes
        else _("only you, until you share it"),
        body=[
            text(_("The extract contains:"), spacing="Medium"),
            bullets(contents(_, made), spacing="Small"),
            note(
                _("When you share it outside the municipality, the document is no longer internal."), sign="ShieldError"
            ),
            hint(_("It has no names but those you have written yourselves. Read it through before you share it.")),
            hint(_("Few took part in one of the perspectives. Take extra care that nobody can be recognised."))
            if made.may_point_at_somebody
            else None,
            hint(_("The files can be fetched for 15 minutes; “New links” gives you another 15."), sign="Clock")
            if has_files
            else hint(
                _("Files cannot be fetched, because the municipality has not set that up. Copy the text instead.")
            ),
            *_record(_, sheet.notes),
        ],
        actions=[
            open_url(_("Get as Word"), sheet.word) if sheet.word else None,
            open_url(_("Get as PDF"), sheet.pdf) if sheet.pdf else None,
            None if has_files else press(_("Copy as text"), COPY, {**about, "piece": 1}, primary=True, inputs="none"),
            press(_("Note what the board said"), ASK, about, inputs="none"),
            press(_("New links"), OPEN, about, inputs="none") if has_files else None,
            press(_("Copy as text"), COPY, {**about, "piece": 1}, inputs="none") if has_files else None,
            press(_("To the decisions"), DECISIONS, about, inputs="none"),
        ],
        refresh=again(OPEN, about),
        summary=_("Send to the board: %(dialogue)s", dialogue=dialogue_name(_, made.dialogue)),
    )


def copied(_: Translator, made: Extract, pieces: Sequence[str], number: int) -> Card:
    """The extract as clean text, piece by piece where it is long, in a field that one can mark and copy."""
    about, piece = carried(made.dialogue.id), pieces[number - 1]
    of = _("Part %(number)s of %(of)s", number=number, of=len(pieces))
    return card(
        _,
        _("For the board"),
        subtitle=dialogue_line(_, made.dialogue, made.institution),
        seen_by=_("only you"),
        body=[
            hint(_("Mark it all and copy it. When you share it outside the municipality, it is no longer internal.")),
            long_input(
                "extract", _("The extract as text") if len(pieces) == 1 else of, value=piece, limit=len(piece) + 1
            ),
        ],
        actions=[
            press(_("Next part"), COPY, {**about, "piece": number + 1}, primary=True, inputs="none")
            if number < len(pieces)
            else None,
            press(_("Back"), OPEN, about, inputs="none"),
        ],
    )


def ask(
    _: Translator,
    record: Record,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
    has_closed: bool = False,
) -> Card:
    """The day and what was said; `has_closed` tells that the dialogue was closed while it was written."""
    told = typed.told if typed else record.told
    kept = record.note
    data = carried(
        record.dialogue.id,
        n=str(record.note_id),
        v=digest(kept.told) if kept else "",
        open="no" if record.is_added else "yes",
    )
    closed = _("The dialogue was closed while you wrote. What you save now is added with your name and the date.")
    is_closed = _("The dialogue is closed, so this is added with your name and the date, and stays as it is.")
    return card(
        _,
        _("The board was informed"),
        subtitle=dialogue_line(_, record.dialogue, record.institution),
        seen_by=_("the leaders of the institution, your chief and the administration, when you save it"),
        minutes=1,
        body=[
            note(closed, sign="LockClosed") if has_closed else None,
            hint(is_closed, sign="LockClosed") if record.is_added and not has_closed else None,
            *draft.notes(
                _,
                problems,
                viewer=record.viewer,
                written_by=record.written_by,
                written_at=kept.written_at if kept else None,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, record, name),
            ),
            date_input(
                "informed_on",
                label(_, "informed_on"),
                value=told.informed_on,
                required=True,
                problem=wrong.at(_, problems, "informed_on"),
            ),
            long_input(
                "said",
                label(_, "said"),
                value=told.said,
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, "said"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save"), SAVE, data, primary=True),
            press(_("Back"), OPEN, carried(record.dialogue.id), inputs="none"),
        ],
        summary=_("The board was informed"),
    )


def saved(_: Translator, record: Record, notes: Sequence[tuple[BoardNote, Person]]) -> Card:
    """The receipt: what stands now, and where it stands."""
    next_step = (
        _("You will find it with the decisions and in the minutes.")
        if record.is_added
        else _("You will find it with the decisions and in the minutes. You can correct it until the dialogue closes.")
    )
    return card(
        _,
        _("The board was informed"),
        subtitle=dialogue_line(_, record.dialogue, record.institution),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[*board_notes(_, notes, spacing="Medium"), note(next_step, sign="ArrowRight")],
        actions=[
            press(_("To the decisions"), DECISIONS, carried(record.dialogue.id), primary=True, inputs="none"),
            press(
                _("Note what the board said") if record.is_added else _("Correct"),
                ASK,
                carried(record.dialogue.id),
                inputs="none",
            ),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("The board was informed"),
    )


def nothing_yet(_: Translator) -> Card:
    return card(
        _,
        _("Nothing for the board yet"),
        seen_by=_("only you"),
        body=[text(_("You can send an extract of a learning dialogue once something has been decided in it."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write it: their own words, and nothing of what is kept."""
    written = [text(label(_, "said"), small=True, subtle=True, spacing="Medium"), said(typed.told.said)]
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written if typed.told.said else []))


def _record(_: Translator, notes: Sequence[tuple[BoardNote, Person]]) -> list[Element]:
    return [section(_("What the board said")), *board_notes(_, notes, spacing="Small")] if notes else []


def _stored_words(_: Translator, record: Record, name: str) -> str:
    if record.note is None:
        return ""
    return _.date(record.note.informed_on) if name == "informed_on" else record.note.said
