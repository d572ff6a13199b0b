"""Where a text looks as if it tells of one child, its author is asked before it is kept, and nothing typed is lost.

An observer is asked so of every feedback. What leaders and chiefs write is asked about only where it may be needed.
"""

from collections.abc import Mapping
from typing import Any

from cards import single_child as cards
from cards.form import is_on
from cards.kit import Card
from dialogs.flow import Button
from dialogs.turn import Turn
from domain.errors import Problem, Problems
from domain.single_child import may_be_of_one_child

# What others read of children, young people and those around them.
ASKED_IN = frozenset(
    {
        "preparation", "reflection", "decision", "perspective", "note", "focus_area", "focus_status", "measure",
        "priority",
    }
)  # fmt: skip


def asked_about(turn: Turn, button: Button[Any], verb: str, data: Mapping[str, Any], form: object) -> Card | None:
    """The same form, with a tick at the field; None where nothing is to be asked, or it was ticked."""
    if button.again is None or button.only_shows or verb.partition(".")[0] not in ASKED_IN:
        return None
    if is_on(data, cards.UNNAMED):
        return None
    fields = [name for name, typed in data.items() if isinstance(typed, str) and may_be_of_one_child(typed)]
    if not fields:
        return None
    turn.was_refused = True
    card = button.again(turn, form, Problems({name: Problem("single_child") for name in fields}))
    return cards.with_tick(turn._, card, fields)
