"""Sharing practice: writing it, seeing it as others do, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input, text_input, toggle
from cards.kit import Action, Card, again, card, open_url, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, facts, hint, names_hint, note, said, text
from cards.which import which
from cards.words import theme_title
from domain.cycle import Theme
from domain.draft import digest
from domain.errors import Expired, NotAllowed, Problems, Refusal
from domain.organisation import AgeRange, Institution, Person
from domain.practice import Account, Practice
from domain.text import SHORT

BEGIN = "practice.begin"
CHOOSE = "practice.choose"
DRAFT = "practice.draft"
PREVIEW = "practice.preview"
SHARE = "practice.share"
CORRECT = "practice.correct"
OPEN = "practice.open"
ASK_WITHDRAW = "practice.ask_withdraw"
WITHDRAW = "practice.withdraw"
SEARCH = "practice.search"
REFLECTION = "reflection.open"

CHAT = "https://teams.microsoft.com/l/chat/0/0?users="
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
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


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
            hint(_("This is what you have written before. Change it so that it is for others."))
            if is_prefilled
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
        go_on=press(_("Go on"), CORRECT, carried(sheet.practice.id), primary=True),
    )


def preview(_: Translator, sheet: Sheet, *, was_changed: bool = False) -> Card:
    """Exactly what the others will read, before they do."""
    kept = sheet.practice
    assert kept is not None
    return card(
        _,
        _("This is how others see it"),
        subtitle=sheet.institution.name,
        state=State(_("Not shared yet"), "accent", "Eye"),
        seen_by=_("only the leaders of the institution, until you share it"),
        body=[
            note(_("Somebody has changed the text meanwhile. This is how it stands now."), sign="PeopleTeam")
            if was_changed
            else None,
            *_told(_, sheet, kept.draft),
            note(_seen_when_shared(_, sheet), sign="Eye"),
        ],
        actions=[
            press(_("Share practice"), SHARE, carried(kept.id, v=digest(kept.draft)), primary=True),
            press(_("Correct"), CORRECT, carried(kept.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Share practice: %(institution)s", institution=sheet.institution.name),
    )


def show(_: Translator, sheet: Sheet) -> Card:
    """What is shared, as everyone reads it; for its own leaders with the ways to change it."""
    kept = sheet.practice
    assert kept is not None
    assert kept.shared is not None
    when = _.date(kept.shared_at) if kept.shared_at else ""
    return card(
        _,
        _("Shared practice"),
        subtitle=f"{sheet.institution.name} · {when}",
        state=State(_("Shared"), "good") if sheet.leads else None,
        seen_by=everyone(_),
        body=[
            *_told(_, sheet, kept.shared),
            note(_("You have written a correction that is not shared yet."), sign="Document")
            if sheet.leads and kept.has_correction
            else None,
            note(
                _("Next step: others find it when they write “practice”. You can withdraw it at any time."),
                sign="ArrowRight",
            )
            if sheet.leads and not kept.has_correction
            else None,
        ],
        actions=_leaders_buttons(_, sheet, kept) if sheet.leads else _readers_buttons(_, sheet),
        refresh=again(OPEN, _reading(sheet, kept)),
        summary=_("Shared practice from %(institution)s", institution=sheet.institution.name),
    )


def ask_withdraw(_: Translator, sheet: Sheet) -> Card:
    """Asks once more."""
    assert sheet.practice is not None
    return card(
        _,
        _("Withdraw it?"),
        subtitle=sheet.line,
        seen_by=_("only you"),
        body=[
            text(_("Nobody else can find or read it any more. The text stays with you as a draft."), spacing="Medium"),
        ],
        actions=[
            press(_("Withdraw"), WITHDRAW, carried(sheet.practice.id), destructive=True),
            press(_("Keep it shared"), OPEN, carried(sheet.practice.id)),
        ],
    )


def withdrawn(_: Translator, sheet: Sheet) -> Card:
    """It is gone for everyone else, and the text is still the institution's."""
    kept = sheet.practice
    assert kept is not None
    return card(
        _,
        _("The practice is withdrawn"),
        subtitle=sheet.line,
        state=State(_("Draft"), "accent", "Document"),
        seen_by=_("the leaders of the institution"),
        body=[
            *_told(_, sheet, kept.draft),
            note(_("Next step: correct the text and share it again, if you like – you."), sign="ArrowRight"),
        ],
        actions=[
            press(_("Correct"), CORRECT, carried(kept.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("The practice is withdrawn"),
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


def _told(_: Translator, sheet: Sheet, account: Account) -> list[Element]:
    """The matter, what was done and why it worked, and whom one may ask."""
    ages = _.age_range(_range(sheet))
    rows = [(_("Theme"), f"{theme_title(_, sheet.theme)} · {ages}") if sheet.theme else (_("Age range"), ages)]
    if sheet.contact:
        rows.append((_("Contact"), sheet.contact.name))
    parts: list[Element] = [text(sheet.title, strong=True, spacing="Medium"), facts(rows, spacing="Small")]
    for name in ("did", "why"):
        parts += [
            text(label(_, name), small=True, subtle=True, spacing="Medium"),
            said(getattr(account, name), spacing="ExtraSmall"),
        ]
    return parts


def _range(sheet: Sheet) -> AgeRange:
    return sheet.theme.age_range if sheet.theme else sheet.institution.age_range


def _seen_when_shared(_: Translator, sheet: Sheet) -> str:
    who = _("When you share it, it is seen by %(everyone)s.", everyone=everyone(_))
    name = (
        _("The name of your institution stands with it, and %(who)s as contact.", who=sheet.contact.name)
        if sheet.contact
        else _("The name of your institution stands with it, and no person's.")
    )
    return f"{who} {name}"


def _leaders_buttons(_: Translator, sheet: Sheet, kept: Practice) -> list[Action | None]:
    return [
        press(_("Correct"), CORRECT, carried(kept.id)),
        press(_("Withdraw"), ASK_WITHDRAW, carried(kept.id)),
        _back(_, sheet),
    ]


def _readers_buttons(_: Translator, sheet: Sheet) -> list[Action | None]:
    about = {"d": str(sheet.dialogue_id)} if sheet.dialogue_id else {}
    theme = {"theme": str(sheet.theme.id)} if sheet.theme else {}
    return [
        open_url(_("Write in Teams"), CHAT + quote(sheet.contact.email)) if sheet.contact else None,
        press(_("More shared practice"), SEARCH, carried(None, **theme, **about)),
        _back(_, sheet),
    ]


def _back(_: Translator, sheet: Sheet) -> Action:
    if sheet.dialogue_id:
        return press(_("Back to the reflection"), REFLECTION, carried(sheet.dialogue_id))
    return press(_("My overview"), overview.OPEN, carried())


def _reading(sheet: Sheet, kept: Practice) -> dict[str, str | int]:
    return carried(kept.id, **({"d": str(sheet.dialogue_id)} if sheet.dialogue_id else {}))


def _stored_words(_: Translator, sheet: Sheet, name: str) -> str:
    if name == "contact_id":
        return sheet.contact.name if sheet.contact else _("Nobody")
    return str(getattr(sheet.account, name))
