"""What somebody has begun and not finished, or else what is on their table: a row with a button for each."""

from collections.abc import Sequence

from cards import overview
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import text
from cards.task import Task
from cards.task_list import rows

MOST = 5


def choose(_: Translator, tasks: Sequence[Task], *, are_begun: bool) -> Card:
    """Several that were begun; or what waits, where nothing was."""
    body = []
    if not are_begun:
        body.append(text(_("I find nothing that you have begun. This waits for you:"), spacing="Medium"))
    body += rows(_, tasks[:MOST])
    return card(
        _,
        _("Continue where you were") if are_begun else _("I find nothing begun"),
        seen_by=_("only you"),
        body=body,
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def nothing(_: Translator) -> Card:
    return card(
        _,
        _("I find nothing begun"),
        seen_by=_("only you"),
        body=[
            text(
                _("I find nothing that you have begun, and nothing that waits for you."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )
