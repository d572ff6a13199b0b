"""The cards that are looked at, by flow: each a function of the translator with fixed data and nonce.

An example that shows what people typed or imported takes it as `words`, with something readable by default:
the checks draw it again with markup, a link and a date in it, and look where they end up.
"""

import inspect
from typing import Any

from cards.kit import Card
from cards.language import Translator
from tests.cards import flow_examples, kit_examples
from tests.cards.by_name import Example

LANGUAGES = ("da", "en")
EXAMPLES: dict[str, Example] = {
    "kit_form": kit_examples.form,
    "kit_overview": kit_examples.overview,
    "kit_repeated": kit_examples.repeated,
    "kit_receipt": kit_examples.receipt,
    **flow_examples.EXAMPLES,
}


def drawn(name: str, language: str, words: str | None = None) -> Card:
    """The example as a person with this language sees it."""
    given = {"words": words} if words is not None else {}
    card: Card = _with_fixed_marks(EXAMPLES[name](Translator.of(language), **given))
    return card


def _with_fixed_marks(part: Any) -> Any:
    """The card with the same mark on every button, which is a fresh one whenever a card is drawn."""
    if isinstance(part, list):
        return [_with_fixed_marks(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {**value, "k": "mark"} if name == "data" and "k" in value else _with_fixed_marks(value)
        for name, value in part.items()
    }


def shows_words(name: str) -> bool:
    return "words" in inspect.signature(EXAMPLES[name]).parameters
