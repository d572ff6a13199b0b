"""A signed remark beside something that stays as it is: asked for, and given back where it may not be added."""

from cards import draft, refusal
from cards import problems as wrong
from cards.inputs import long_input
from cards.kit import Card
from cards.language import Translator
from cards.layout import Element, Space
from cards.parts import names_hint, said
from domain.errors import NotAllowed, Problems


def asked(
    _: Translator, name: str, title: str, typed: str, problems: Problems | None, *, spacing: Space = "Medium"
) -> list[Element]:
    """The field `name` for it, with what was typed, and a word about names below."""
    return [
        long_input(
            name,
            title,
            value=typed,
            placeholder=_("It is signed with your name and the date"),
            problem=wrong.at(_, problems, name),
            spacing=spacing,
        ),
        names_hint(_),
    ]


def refused(_: Translator, typed: str) -> Card:
    """For somebody who may not add one: their own words, and nothing of what it would be about."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(typed)] if typed else []))
