"""What stands in the place of an answer that takes longer than Teams waits: it comes by itself."""

from collections.abc import Sequence

from cards.form import Data
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import hint, said, text


def searching(_: Translator, verb: str = "", data: Data | None = None, typed: Sequence[str] = ()) -> Card:
    """The answer to a press whose `verb` and `data` are given, with what was `typed` in it, or to a message.

    The button is for when the answer never comes, as where the bot was restarted: it carries all that was typed.
    """
    return card(
        _,
        _("I am still looking"),
        seen_by=_("only you"),
        body=[
            text(
                _("I go through everything that is kept, and that takes a while. The answer comes here by itself."),
                spacing="Medium",
            ),
            *[said(each, spacing="Medium") for each in typed],
            hint(
                _("Nothing is lost: if there is no answer in a few minutes, press “Try again”.")
                if verb
                else _("If there is no answer in a few minutes, write it again.")
            ),
        ],
        actions=[press(_("Try again"), verb, data or {}) if verb else None],
    )
