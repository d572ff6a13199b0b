"""How much of a long list a card shows, and its words for what is left."""

from collections.abc import Sequence
from typing import TypeVar

from cards.language import Translator
from cards.layout import Element
from cards.parts import text

T = TypeVar("T")


def first(items: Sequence[T], most: int) -> tuple[Sequence[T], int]:
    """The first `most`, and how many are left; a single one is shown, since *og 1 mere* takes the room that it does."""
    shown = items if len(items) == most + 1 else items[:most]
    return shown, len(items) - len(shown)


def rest_words(_: Translator, more: int) -> str:
    return _.ngettext("and %(n)s more", "and %(n)s more", more)


def and_more(_: Translator, more: int) -> Element | None:
    return text(rest_words(_, more), small=True, subtle=True) if more > 0 else None
