"""The cards that are looked at, by flow: each a function of the translator with fixed data and nonce.

An example that shows what people typed or imported takes it as `words`, with something readable by default:
the checks draw it again with markup, a link and a date in it, and look where they end up.
"""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

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


# A test for each flow, told by the first word, and not for each card and language of it: that there are so many would
# cost more than what they do.
every_flow = pytest.mark.parametrize("flow", sorted({name.partition("_")[0] for name in EXAMPLES}))


def in_each(flow: str, holds: Callable[[str, str], None]) -> None:
    """Tries each card of the flow in each language, and tells of all in which it does not hold."""
    faults = []
    for name in sorted(EXAMPLES):
        for language in LANGUAGES if name.partition("_")[0] == flow else ():
            try:
                holds(name, language)
            except AssertionError as fault:
                faults.append(f"{name} ({language}): {fault}")
    assert not faults, "\n".join(faults)


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
