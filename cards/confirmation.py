"""The shared note with its agreements: what the leader confirms or remarks on, and what both can read later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.agenda import Entry
from cards.agreement_owner import as_one_of, owner_and_due, who_does_it
from cards.form import Data, carried
from cards.inputs import long_input
from cards.kit import Action, Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.meeting import SHOW_NOTE, Meeting, line, the_two, the_two_and, toast
from cards.note import TEXTS, WRITE, answer, label
from cards.parts import State, bullets, hint, names_hint, note, said, section, text
from cards.words import REMARK_ASKED, signed
from domain.agreement import Agreement, AgreementState, Owner
from domain.errors import NotAllowed, Problems
from domain.note import NoteVersion, Remark
from domain.organisation import Person

OPEN = SHOW_NOTE
CONFIRM = "confirmation.confirm"
ASK_REMARK = "confirmation.ask_remark"
REMARK = "confirmation.remark"
LATER = "confirmation.later"
ADD_AGREEMENT = "agreement.begin"
EDIT_AGREEMENT = "agreement.choose"

AGREEMENT_STATES = {
    AgreementState.OPEN: N_("open"),
    AgreementState.DONE: N_("done"),
    AgreementState.CONTINUED: N_("goes on"),
    AgreementState.DROPPED: N_("dropped"),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A shared note as one of the two reads it; `previous` is the version before, where it was corrected.

    `waits` says that the leader has not confirmed everything, `is_late` that 14 days have passed without an answer,
    and `mark` tells which note and agreements the reader has before them. `can_write` is False for a chief who has left
    and reads only what they wrote themselves.
    """

    meeting: Meeting
    version: NoteVersion
    entries: Sequence[Entry]
    agreements: Sequence[Agreement]
    closed: Sequence[Agreement]
    remarks: Sequence[tuple[Remark, Person]]
    mark: str
    waits: bool
    is_late: bool = False
    is_last_reminder: bool = False
    previous: NoteVersion | None = None
    was_changed: bool = False
    can_write: bool = True

    @property
    def is_about_agreements(self) -> bool:
        """Whether the note is confirmed, and only agreements that came after it wait."""
        return self.waits and self.meeting.one_on_one.confirmed_at is not None

    @property
    def state(self) -> tuple[str, str]:
        if not self.waits:
            return N_("confirmed"), "good"
        has_remark = any(author.id == self.meeting.leader.id for _remark, author in self.remarks)
        if has_remark and self.meeting.one_on_one.answered_at is not None:
            return N_("with a remark"), "neutral"
        return (N_("not confirmed"), "neutral") if self.is_late else (N_("awaits confirmation"), "accent")


@dataclass(frozen=True, kw_only=True)
class ConfirmForm:
    """*Bekræft*, of what the card showed."""

    one_on_one_id: UUID
    mark: str

    @classmethod
    def read(cls, data: Data) -> "ConfirmForm":
        return cls(one_on_one_id=form.subject_id(data), mark=form.text(data, "v"))


@dataclass(frozen=True, kw_only=True)
class RemarkForm:
    one_on_one_id: UUID
    remark: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "RemarkForm":
        return cls(one_on_one_id=form.subject_id(data), remark=form.text(data, "remark"))


def show(_: Translator, sheet: Sheet) -> Card:
    """The note, what was agreed and what was added; for the leader, the question whether it fits."""
    meeting = sheet.meeting
    word, tone = sheet.state
    asks = sheet.waits and not meeting.is_chief
    return card(
        _,
        _title(_, sheet, asks=asks),
        subtitle=line(_, meeting),
        state=State(_(word), tone) if sheet.can_write else None,  # type: ignore[arg-type]
        seen_by=the_two_and(_, meeting) if sheet.agreements or sheet.closed else the_two(_, meeting),
        minutes=2 if asks else None,
        body=[
            None
            if sheet.can_write
            else note(
                _("You are no longer the chief here. You see what you wrote yourself, and nothing that came later.")
            ),
            note(_("Something has been agreed since you answered. It stands under Agreements."), sign="Info")
            if asks and sheet.is_about_agreements
            else None,
            note(
                _("%(who)s has changed something while you read. Read it once more.", who=meeting.chief.name),
                sign="ArrowSync",
            )
            if sheet.was_changed
            else None,
            *_note(_, sheet),
            *_agreements(_, sheet),
            *_remarks(_, sheet),
            *(_question(_, sheet) if asks else []),
        ],
        actions=_chiefs(_, sheet) if meeting.is_chief else _leaders(_, sheet),
        summary=_("Note: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def ask_remark(_: Translator, meeting: Meeting, *, typed: str = "", problems: Problems | None = None) -> Card:
    return card(
        _,
        _("Add a remark"),
        subtitle=line(_, meeting),
        seen_by=the_two(_, meeting),
        minutes=1,
        body=[
            text(
                _("The remark stands under the note with your name and the time. The note stays as it is."),
                spacing="Medium",
            ),
            long_input(
                "remark",
                _(REMARK_ASKED),
                value=typed,
                required=True,
                problem=wrong.at(_, problems, "remark"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save the remark"), REMARK, carried(meeting.one_on_one.id), primary=True),
            press(_("Back"), OPEN, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Note: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def written(_: Translator, words: str) -> list[Element]:
    return [said(words, spacing="Small")] if words else []


def refused(_: Translator, words: str) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, words)))


def agreement_row(_: Translator, each: Agreement, *, reader: Owner, more: str = "", is_past: bool = False) -> Element:
    """An agreement as the two read it: what, who and when; `is_past` without a date that was changed later."""
    if is_past and each.extended:
        terms = who_does_it(_, each.owner, reader)
    else:
        terms = owner_and_due(_, each.owner, each.due, reader=reader)
    detail = " · ".join(filter(None, (terms, more)))
    return group(
        text(each.text, spacing="None"), text(detail, small=True, subtle=True, spacing="None"), spacing="Small"
    )


def _title(_: Translator, sheet: Sheet, *, asks: bool) -> str:
    if not asks:
        return _("Note and agreements from the 1:1")
    return _("Confirm the agreements") if sheet.is_about_agreements else _("Confirm the note and the agreements")


def _note(_: Translator, sheet: Sheet) -> list[Element]:
    content = sheet.version.content
    parts: list[Element] = []
    if sheet.version.number > 1:
        parts.append(
            hint(
                _(
                    "Corrected %(when)s. This is version %(number)s.",
                    when=_.stamp(sheet.version.written_at),
                    number=sheet.version.number,
                ),
                spacing="Medium",
            )
        )
    reached = [each.words for each in sheet.entries if each.done]
    if reached:
        parts += [
            text(label(_, "talked"), small=True, subtle=True, spacing="Medium"),
            bullets(reached, spacing="Small"),
        ]
    for name in TEXTS:
        parts += answer(_, name, getattr(content, name))
    if content.counts:
        parts.append(hint(_("Counts as the yearly school development talk."), sign="CheckmarkCircle", spacing="Medium"))
    if sheet.previous is not None:
        before = [
            part
            for name in TEXTS
            if getattr(sheet.previous.content, name) != getattr(content, name)
            for part in answer(_, name, getattr(sheet.previous.content, name) or _("(empty)"))
        ]
        if before:
            parts.append(toggle_more(_("What it said before"), "before", *before))
    return parts


def _agreements(_: Translator, sheet: Sheet) -> list[Element]:
    parts: list[Element] = [section(_("Agreements"))]
    note_confirmed = sheet.meeting.one_on_one.confirmed_at is not None
    reader = as_one_of(is_chief=sheet.meeting.is_chief)
    for each in sheet.agreements:
        is_new = note_confirmed and each.confirmed_at is None
        state = "" if each.is_open else _(AGREEMENT_STATES[each.state])
        if not sheet.can_write:
            parts.append(agreement_row(_, each, reader=reader, is_past=True))
        else:
            more = _("not confirmed yet") if is_new and each.is_open else state
            parts.append(agreement_row(_, each, reader=reader, more=more))
    if not sheet.agreements:
        parts.append(text(_("No new agreements."), subtle=True, spacing="Small"))
    if sheet.closed:
        parts.append(text(_("From last time"), small=True, subtle=True, spacing="Medium"))
        lines = [
            " · ".join(filter(None, (each.text, _(AGREEMENT_STATES[each.state]), each.result))) for each in sheet.closed
        ]
        parts.append(bullets(lines, spacing="Small"))
    return parts


def _remarks(_: Translator, sheet: Sheet) -> list[Element]:
    if not sheet.remarks:
        return []
    return [
        section(_("Remarks")),
        *[said(each.text, by=signed(_, author, each.written_at), spacing="Small") for each, author in sheet.remarks],
    ]


def _question(_: Translator, sheet: Sheet) -> list[Element]:
    parts = [note(_("Is this right? If not, add a remark. It stands beside the note."), sign="QuestionCircle")]
    if sheet.is_last_reminder:
        parts.append(
            hint(_("I will not remind you of it again. It will then say “not confirmed”, and nothing else happens."))
        )
    return parts


def _leaders(_: Translator, sheet: Sheet) -> list[Action | None]:
    id_ = sheet.meeting.one_on_one.id
    home = press(_("My overview"), overview.OPEN, carried(), inputs="none")
    if not sheet.can_write:
        return [home]
    return [
        press(_("Confirm"), CONFIRM, carried(id_, v=sheet.mark), primary=True, inputs="none") if sheet.waits else None,
        press(_("Add a remark"), ASK_REMARK, carried(id_), inputs="none"),
        press(_("Not now"), LATER, carried(id_), inputs="none") if sheet.waits else None,
        home,
    ]


def _chiefs(_: Translator, sheet: Sheet) -> list[Action | None]:
    about = sheet.meeting.one_on_one
    home = press(_("My overview"), overview.OPEN, carried(), inputs="none")
    if not sheet.can_write:
        return [home]
    can_correct = about.confirmed_at is None
    can_edit = any(each.is_open and each.confirmed_at is None for each in sheet.agreements)
    return [
        press(_("Correct the note"), WRITE, carried(about.id), inputs="none") if can_correct else None,
        press(_("Add an agreement"), ADD_AGREEMENT, carried(about.id), inputs="none"),
        press(_("Correct an agreement"), EDIT_AGREEMENT, carried(about.id), inputs="none") if can_edit else None,
        press(_("Add a remark"), ASK_REMARK, carried(about.id), inputs="none"),
        home,
    ]
