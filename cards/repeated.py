"""The line on a card that is sent once more, because nobody knows whether the first one arrived."""

from cards.kit import Card, below_head
from cards.language import Translator
from cards.parts import hint


def with_repeated_line(_: Translator, card: Card) -> Card:
    """The same card with the line below its head; answering either copy replaces both."""
    line = hint(_("You may already have this card. Answer either of them."), sign="ArrowRepeatAll")
    return below_head(card, line)
