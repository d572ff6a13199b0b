"""The observation guide: what is read before an observation, and how the administration writes a new edition."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input
from cards.kit import Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import bullets, hint, note, said, section, text
from domain.draft import digest
from domain.errors import Expired, NotAllowed, Problems
from domain.guide import LONGEST_LINE, MOST_LINES, GuideText, ObservationGuide
from domain.organisation import Person

OPEN = "guide.open"
WRITE = "guide.write"
SAVE = "guide.save"
PREVIEW = "guide.preview"
PUBLISH = "guide.publish"
INVITE = "observation.begin"

DANISH = ("definition", "points", "rules")
ENGLISH = ("definition_en", "points_en", "rules_en")
LABELS = {
    "definition": N_("What is a learning environment? In Danish"),
    "points": N_("Focus points in Danish, a line each"),
    "rules": N_("Ground rules in Danish, a line each"),
    "definition_en": N_("What is a learning environment? In English"),
    "points_en": N_("Focus points in English, a line each"),
    "rules_en": N_("Ground rules in English, a line each"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


def definition_of(_: Translator, guide: ObservationGuide) -> str:
    """The definition in the reader's language."""
    return guide.text.definition_en if _.language == "en" else guide.text.definition


def points_of(_: Translator, guide: ObservationGuide) -> tuple[str, ...]:
    """The focus points in the reader's language, in the order by which they are chosen."""
    return guide.text.points_en if _.language == "en" else guide.text.points


def rules_of(_: Translator, guide: ObservationGuide) -> tuple[str, ...]:
    return guide.text.rules_en if _.language == "en" else guide.text.rules


def folded(_: Translator, guide: ObservationGuide, *, with_rules: bool = True) -> Element:
    """The guide's points, and its rules where they do not stand beside it, behind a button: nothing typed is left."""
    inside = _content(_, guide, with_definition=False, with_rules=with_rules)
    return toggle_more(_("Read the guide"), "guide", *inside, spacing="Small")


@dataclass(frozen=True, kw_only=True)
class Form:
    """The next edition as typed; `was` marks what it held when the card was drawn."""

    text: GuideText = field(repr=False)
    was: str

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            text=GuideText(
                definition=form.text(data, "definition"),
                points=form.lines(data, "points"),
                rules=form.lines(data, "rules"),
                definition_en=form.text(data, "definition_en"),
                points_en=form.lines(data, "points_en"),
                rules_en=form.lines(data, "rules_en"),
            ),
            was=form.text(data, "v"),
        )


def show(_: Translator, guide: ObservationGuide, *, leads: bool, administers: bool) -> Card:
    """The present edition, for everybody."""
    return card(
        _,
        _("The observation guide"),
        subtitle=_edition(_, guide),
        seen_by=_("everyone who uses Læringsbot"),
        body=_content(_, guide),
        actions=[
            press(_("Invite an observer"), INVITE, carried(), primary=True) if leads else None,
            press(_("Write a new edition"), WRITE, carried()) if administers else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("The observation guide"),
    )


def ask(
    _: Translator,
    next_one: ObservationGuide,
    *,
    viewer: Person,
    written_by: Person | None,
    typed: Form | None = None,
    problems: Problems | None = None,
) -> Card:
    """The next edition, in both languages, one of which is folded away."""
    shown = typed.text if typed else next_one.text
    data = carried(v=digest(next_one.text))
    # The language in which something is wrong is the one that is open; Danish first.
    wrong_in = [names for names in (DANISH, ENGLISH) if any(wrong.at(_, problems, name) for name in names)]
    first = wrong_in[0] if wrong_in else DANISH
    return card(
        _,
        _("A new edition of the guide"),
        seen_by=_("you and the rest of the administration. Everyone sees it when you publish it."),
        minutes=10,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=viewer,
                written_by=written_by,
                written_at=next_one.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _words(getattr(next_one.text, name)),
            ),
            hint(_("All six fields are filled in before it can be published, so that both languages say the same.")),
            *[_input(_, shown, name, problems) for name in first],
            toggle_more(
                _("The English text") if first is DANISH else _("The Danish text"),
                "other",
                *[_input(_, shown, name, problems) for name in (ENGLISH if first is DANISH else DANISH)],
            ),
        ],
        actions=[
            press(_("See it before publishing"), PREVIEW, data, primary=True),
            press(_("Save draft"), SAVE, data),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("A new edition of the observation guide"),
    )


def saved(_: Translator) -> Card:
    return draft.saved(
        _,
        _("A new edition of the guide"),
        seen_by=_("you and the rest of the administration"),
        go_on=press(_("Continue"), WRITE, carried(), primary=True),
    )


def preview(_: Translator, next_one: ObservationGuide) -> Card:
    """What everyone will read, in both languages, before it is published."""
    danish, english = Translator.of("da", _.zone), Translator.of("en", _.zone)
    return card(
        _,
        _("Publish the guide?"),
        seen_by=_("you and the rest of the administration. Everyone sees it when you publish it."),
        body=[
            hint(_("New invitations show this edition. Those that have been sent keep the one they were sent with.")),
            *_content(_, next_one, language=danish),
            section(_("In English")),
            *_content(_, next_one, language=english),
        ],
        actions=[
            press(_("Publish"), PUBLISH, carried(v=digest(next_one.text)), primary=True),
            press(_("Correct"), WRITE, carried()),
        ],
        summary=_("A new edition of the observation guide"),
    )


def published(_: Translator, guide: ObservationGuide) -> Card:
    return card(
        _,
        _("The guide is published"),
        subtitle=_edition(_, guide),
        seen_by=_("everyone who uses Læringsbot"),
        body=[note(_("Next step: invitations from now on show this edition."), sign="ArrowRight")],
        actions=[
            press(_("See the guide"), OPEN, carried(), primary=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write it: their own words, and nothing of the draft."""
    return refusal.show(_, NotAllowed(), written=_given_back(_, typed))


def over(_: Translator, why: Expired, typed: Form | None = None) -> Card:
    """The draft has been published meanwhile."""
    return card(
        _,
        _("The card is out of date"),
        seen_by=_("only you"),
        body=[
            text(_("The new edition has been published in the meantime, so it stays as it is."), spacing="Medium"),
            *(_given_back(_, typed) if typed else []),
        ],
        actions=[
            press(_("See the guide"), OPEN, carried(), primary=True, inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def _input(_: Translator, shown: GuideText, name: str, problems: Problems | None) -> Element:
    is_list = not name.startswith("definition")
    return long_input(
        name,
        label(_, name),
        value=_words(getattr(shown, name)),
        placeholder=_("At most %(lines)s lines of %(letters)s characters", lines=MOST_LINES, letters=LONGEST_LINE)
        if is_list
        else None,
        problem=wrong.at(_, problems, name),
    )


def _content(
    _: Translator,
    guide: ObservationGuide,
    *,
    with_definition: bool = True,
    with_rules: bool = True,
    language: Translator | None = None,
) -> list[Element]:
    """The guide in one `language`, the reader's unless given, under headings in the reader's."""
    words = language or _
    points, rules = points_of(words, guide), rules_of(words, guide)
    return [
        *([said(definition_of(words, guide), spacing="Medium")] if with_definition else []),
        *([section(_("What to look for"), spacing="Medium"), bullets(points, spacing="Small")] if points else []),
        *(
            [section(_("Ground rules"), spacing="Medium"), bullets(rules, spacing="Small")]
            if rules and with_rules
            else []
        ),
    ]


def _edition(_: Translator, guide: ObservationGuide) -> str:
    """Udgave 2 · 21. april 2026"""
    edition = _("Edition %(number)s", number=guide.edition or "")
    # The first came with the bot, and its date says nothing.
    return f"{edition} · {_.date(guide.published_at)}" if guide.published_at and guide.published_by else edition


def _words(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _given_back(_: Translator, typed: Form) -> list[Element]:
    written: list[Element] = []
    for name in (*DANISH, *ENGLISH):
        if words := _words(getattr(typed.text, name)):
            written += [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words)]
    return draft.given_back(_, written)
