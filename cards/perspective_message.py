"""*Gem som perspektiv*: the words of a message in the card of a perspective, in a dialog that one person sees.

So stands what a leader types of their own accord: `forældrene siger, at …`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form, perspective, perspective_form
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import hint, note, said, text
from cards.perspective import Sheet
from domain.organisation import Institution
from domain.perspective import FormalBody, Group, Voice
from domain.text import LONG, SHORT, clean

BEGIN = "perspective.begin"
TITLE = N_("Save as perspective")


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What stood in a message, as much of it as there is room for; `was_cut` where that is not all.

    What was typed to the bot itself `is_typed`; it says of which `group` it is, through which `body`, and what they
    `recommend`.
    """

    words: str = field(repr=False)
    was_cut: bool = False
    is_typed: bool = False
    group: Group | None = None
    body: FormalBody | None = None
    recommend: str = field(default="", repr=False)

    @classmethod
    def of(
        cls,
        words: str,
        *,
        is_typed: bool = False,
        group: Group | None = None,
        body: FormalBody | None = None,
        recommend: str = "",
    ) -> "Quoted":
        whole = clean(words)
        return cls(
            words=whole[:LONG].rstrip(),
            was_cut=len(whole) > LONG,
            is_typed=is_typed,
            group=group,
            body=body,
            recommend=recommend,
        )


@dataclass(frozen=True, kw_only=True)
class BeginForm:
    """Which institution the message is about, and the message."""

    institution_id: UUID
    quoted: Quoted

    @classmethod
    def read(cls, data: Data) -> "BeginForm":
        words = form.text(data, "words")[:LONG]
        quoted = Quoted(
            words=words,
            was_cut=form.text(data, "was_cut") == "yes",
            is_typed=form.text(data, "is_typed") == "yes",
            group=form.choice(data, "of", Group),
            body=form.choice(data, "through", FormalBody),
            recommend=form.text(data, "recommended")[:SHORT],
        )
        return cls(institution_id=form.subject_id(data), quoted=quoted)


def ask(_: Translator, sheet: Sheet, quoted: Quoted) -> Card:
    """The card of a new perspective that begins with the words of the message."""
    group = quoted.group if quoted.group in Group.of(sheet.institution.age_range) else None
    body = quoted.body if quoted.body in FormalBody.of(sheet.institution.age_range) else None
    voice = Voice(group=group, body=body, said=quoted.words, recommend=quoted.recommend)
    typed = perspective.Form(institution_id=sheet.institution.id, perspective_id=None, voice=voice)
    return perspective_form.ask(_, sheet, typed=typed, above=_about(_, quoted))


def choose_place(_: Translator, places: Sequence[Institution], quoted: Quoted) -> Card:
    """For somebody who leads several: which of them it is about."""
    options = [(str(where.id), where.name) for where in places]
    data = carried(
        words=quoted.words,
        was_cut="yes" if quoted.was_cut else "no",
        is_typed="yes" if quoted.is_typed else "no",
        of=quoted.group or "",
        through=quoted.body or "",
        recommended=quoted.recommend,
    )
    return card(
        _,
        _("Which institution?"),
        seen_by=_("only you"),
        body=[
            choices("id", _("Institution"), options, chosen=options[0][0], compact=len(options) > 4),
            *_shown(_, quoted),
        ],
        actions=[press(_("Next"), BEGIN, data, primary=True)],
    )


def leaders_only(_: Translator) -> Card:
    """For somebody who leads nowhere."""
    return card(
        _,
        _("Only leaders save perspectives"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "Perspectives belong to an institution, and its leader writes them down. "
                    "You are welcome to forward the message to the leader."
                ),
                spacing="Medium",
            ),
            text(_("I have kept nothing of the message."), spacing="Small"),
        ],
    )


def saved(_: Translator, *, has_chat: bool) -> str:
    """The last word of the dialog: what is kept, who sees it, and where it is."""
    kept = _(
        "The perspective is saved. It is seen by the leaders of the institution, your chief and the administration."
    )
    where = (
        _("The receipt comes in our own chat, where you can correct it.")
        if has_chat
        else _("Write “perspectives” to me in our own chat to see it.")
    )
    return f"{kept} {where}"


def _shown(_: Translator, quoted: Quoted) -> list[Element]:
    if not quoted.words:
        return []
    return [
        text(_("From the message"), small=True, subtle=True, spacing="Medium"),
        said(quoted.words, spacing="ExtraSmall"),
    ]


def _about(_: Translator, quoted: Quoted) -> list[Element]:
    """What of the message is here, and what is not."""
    if not quoted.words:
        return [note(_("There are no words in the message that I can use. Write what they tell below."))]
    about = (
        _("I take this to be something they told. Here it is as you wrote it. Nothing is kept before you save.")
        if quoted.is_typed
        else _("The text is from the message. I do not keep who wrote it. Take out names before you save.")
    )
    parts = [note(about)]
    if quoted.was_cut:
        parts.append(hint(_("The message is too long. The end of it is left out.")))
    return parts
