"""Writing down what others may learn from: the form, its draft, and what can be shared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input, text_input, toggle
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, hint, names_hint, said, text
from cards.which import which
from domain.cycle import Theme
from domain.draft import digest
from domain.errors import Expired, NotAllowed, Problems, Refusal
from domain.organisation import Institution, Person
from domain.practice import Account, Practice
from domain.text import SHORT

BEGIN = "practice.begin"
CHOOSE = "practice.choose"
DRAFT = "practice.draft"
PREVIEW = "practice.preview"
CORRECT = "practice.correct"
OPEN = "practice.open"
SEARCH = "practice.search"
REFLECTION = "reflection.open"

SHOWN_TITLE = 80
LABELS = {
    "did": N_("What did you do?"),
    "why": N_("Why did it work?"),
    "contact": N_("May others contact you?"),
}
# What a field of the domain is called on the card.
_ASKED_AS = {"contact_id": "contact"}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[_ASKED_AS.get(name, name)])


def everyone(_: Translator) -> str:
    """Who sees what is shared."""
    return _("all leaders, observers, network facilitators, chiefs and the administration in the municipality")


def short(words: str, most: int = SHOWN_TITLE) -> str:
    """The words, cut between two of them where they are longer than that."""
    if len(words) <= most:
        return words
    room = words[: most - 1]
    return (room.rpartition(" ")[0] or room).rstrip(" ,·") + "…"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A practice, kept or about to be written; read for one person, the `viewer`.

    `about_id` is the focus area or the measure, `account` what stands in the form. `contact` is whom others may write
    to of what is shown, while that person leads there, and `dialogue_id` the reflection from which it was looked up.
    """

    institution: Institution
    about_id: UUID
    title: str
    theme: Theme | None
    practice: Practice | None
    account: Account = field(repr=False)
    viewer: Person
    leads: bool = True
    contact: Person | None = None
    written_by: Person | None = None
    dialogue_id: UUID | None = None
    is_brought_home: bool = False

    @property
    def is_shared(self) -> bool:
        return self.practice is not None and self.practice.is_shared

    @property
    def line(self) -> str:
        return f"{short(self.title)} · {self.institution.name}"


@dataclass(frozen=True, kw_only=True)
class Form:
    """A practice as typed; `contact` is the answer of the person who typed, `was` what was kept when it was drawn."""

    about_id: UUID
    did: str = field(repr=False)
    why: str = field(repr=False)
    contact: bool = False
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            about_id=form.subject_id(data),
            did=form.text(data, "did"),
            why=form.text(data, "why"),
            contact=form.text(data, "contact") == "true",
            was=form.text(data, "v"),
        )


@dataclass(frozen=True, kw_only=True)
class ShareForm:
    """The press that shares: `seen` marks what the person saw before pressing."""

    practice_id: UUID
    seen: str

    @classmethod
    def read(cls, data: Data) -> "ShareForm":
        return cls(practice_id=form.subject_id(data), seen=form.text(data, "v"))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Which practice is read, and the reflection to go back to, if it was looked up from one."""

    practice_id: UUID
    dialogue_id: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "Reading":
        return cls(practice_id=form.subject_id(data), dialogue_id=form.optional_id(data, "d"))


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The three questions, with what is kept or was typed, and what is wrong with it."""
    account, kept = sheet.account, sheet.practice
    did, why = (typed.did, typed.why) if typed else (account.did, account.why)
    is_mine = account.contact_id == sheet.viewer.id
    data = carried(sheet.about_id, v=digest(kept.draft) if kept else "")
    is_prefilled = kept is None and typed is None and bool(account.why)
    was_home = kept is None and typed is None and sheet.is_brought_home
    return card(
        _,
        _("Correct shared practice") if sheet.is_shared else _("Share practice"),
        subtitle=sheet.line,
        state=None if sheet.is_shared else State(_("Draft"), "accent", "Document"),
        seen_by=_("only the leaders of the institution, until you share it"),
        minutes=3,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=kept.written_at if kept else None,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, name),
            ),
            long_input(
                "did",
                label(_, "did"),
                value=did,
                required=True,
                placeholder=_("So that another institution can try it"),
                problem=wrong.at(_, problems, "did"),
            ),
            text_input(
                "why",
                label(_, "why"),
                value=why,
                required=True,
                placeholder=_("What do you think made the difference?"),
                limit=SHORT,
                problem=wrong.at(_, problems, "why"),
            ),
            hint(_("You have written this before. Change it so that it is for others.")) if is_prefilled else None,
            hint(_("This was brought home from an observation. Change it so that it is for others, and name no place."))
            if was_home
            else None,
            toggle(
                "contact",
                label(_, "contact"),
                _("Yes, my name may be shown, and others may write to me in Teams"),
                on=typed.contact if typed else is_mine,
            ),
            hint(_("At present they may write to %(who)s.", who=sheet.contact.name))
            if sheet.contact and not is_mine
            else None,
            hint(
                _(
                    "When you share it, it is seen by %(everyone)s, with the name of your institution.",
                    everyone=everyone(_),
                ),
                sign="Eye",
                spacing="Medium",
            ),
            names_hint(_),
        ],
        actions=[
            press(_("See it as others do"), PREVIEW, data, primary=True),
            press(_("Save draft"), DRAFT, data),
            press(_("Back"), OPEN, carried(kept.id), inputs="none") if kept and sheet.is_shared else None,
        ],
        summary=_("Share practice: %(institution)s", institution=sheet.institution.name),
    )


def saved_draft(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; what has been shared stays as it is until it is shared anew."""
    assert sheet.practice is not None
    return draft.saved(
        _,
        sheet.line,
        seen_by=_("the leaders of the institution"),
        body=[text(_("What you have shared stays as it is until you share it again."), spacing="Medium")]
        if sheet.is_shared
        else [],
        go_on=press(_("Continue"), CORRECT, carried(sheet.practice.id), primary=True),
    )


def how_far(_: Translator, kept: Practice | None) -> str:
    """A word for what has become of it; nothing before it is begun."""
    if kept is None:
        return ""
    if kept.is_shared and kept.shared_at:
        return _("shared %(day)s", day=_.date(kept.shared_at))
    return _("withdrawn") if kept.withdrawn_at else _("draft")


def choose(_: Translator, rows: Sequence[tuple[UUID, str, str]]) -> Card:
    """Which focus area or measure it is about."""
    cut = [(about_id, short(title), short(line, 120)) for about_id, title, line in rows]
    return which(_, _("What will you share?"), _("Focus area or measure"), cut, BEGIN)


def nothing_to_share(_: Translator) -> Card:
    return card(
        _,
        _("Nothing to share yet"),
        seen_by=_("only you"),
        body=[
            text(
                _("You share what a focus area has taught you, or a measure that is done. Both begin with a decision."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def given_back(_: Translator, typed: Form, why: Refusal | None = None) -> Card:
    """For somebody who may not write here, or no longer: why, their own words, and nothing of what is kept."""
    written: list[Element] = []
    for name in ("did", "why"):
        if words := getattr(typed, name):
            written += [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words)]
    return refusal.show(_, why or NotAllowed(), written=draft.given_back(_, written))


def expired(_: Translator, typed: Form, why: Expired) -> Card:
    return given_back(_, typed, why)


def _stored_words(_: Translator, sheet: Sheet, name: str) -> str:
    if name == "contact_id":
        return sheet.contact.name if sheet.contact else _("Nobody")
    return str(getattr(sheet.account, name))
