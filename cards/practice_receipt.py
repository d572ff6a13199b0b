"""Practice as the others see it: before it is shared, while it is, and when it is taken back."""

from urllib.parse import quote

from cards import overview
from cards.form import carried
from cards.kit import Action, Card, again, card, open_url, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import State, facts, note, said, text
from cards.practice import CORRECT, OPEN, REFLECTION, SEARCH, Sheet, everyone, label
from cards.words import theme_title
from domain.draft import digest
from domain.organisation import AgeRange
from domain.practice import Account, Practice

SHARE = "practice.share"
ASK_WITHDRAW = "practice.ask_withdraw"
WITHDRAW = "practice.withdraw"

CHAT = "https://teams.microsoft.com/l/chat/0/0?users="


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
            note(_("Somebody has changed the text in the meantime. This is how it reads now."), sign="PeopleTeam")
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
        summary=_("Withdraw it?"),
        seen_by=_("only you"),
        body=[
            text(_("Nobody else can find or read it any more. The text stays with you as a draft."), spacing="Medium"),
        ],
        actions=[
            press(_("Withdraw"), WITHDRAW, carried(sheet.practice.id), destructive=True),
            press(_("Leave it shared"), OPEN, carried(sheet.practice.id)),
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
            note(_("Next step for you: correct the text and share it again, if you like."), sign="ArrowRight"),
        ],
        actions=[
            press(_("Correct"), CORRECT, carried(kept.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("The practice is withdrawn"),
    )


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
        _("The name of your institution is shown with it, and %(who)s as contact.", who=sheet.contact.name)
        if sheet.contact
        else _("The name of your institution is shown with it, and nobody's own name.")
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
