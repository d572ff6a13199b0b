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
        "priority", "practice", "network",
    }
)  # fmt: skip


# What is kept by these is read by nobody but those who write it; they are asked before it goes on to others.
_KEPT_FOR_ONESELF = frozenset({"draft", "later"})


def asked_about(turn: Turn, button: Button[Any], verb: str, data: Mapping[str, Any], form: object) -> Card | None:
    """The same form, with a tick at the field; None where nothing is to be asked, or it was ticked."""
    if button.again is None or button.only_shows or is_on(data, cards.UNNAMED):
        return None
    fields = _fields(verb, data)
    if not fields:
        return None
    turn.was_refused = True
    card = button.again(turn, form, Problems({name: Problem("single_child") for name in fields}))
    return cards.with_tick(turn._, card, fields)


def ticked_still(turn: Turn, card: Card, verb: str, data: Mapping[str, Any]) -> Card:
    """The form that comes back for another reason, with the tick that was given: nobody is asked twice."""
    fields = _fields(verb, data) if is_on(data, cards.UNNAMED) else []
    return cards.with_tick_given(turn._, card, {name: data[name] for name in fields}) if fields else card


def _fields(verb: str, data: Mapping[str, Any]) -> list[str]:
    flow, _, press = verb.partition(".")
    if flow not in ASKED_IN or press in _KEPT_FOR_ONESELF:
        return []
    return [name for name, typed in data.items() if isinstance(typed, str) and may_be_of_one_child(typed)]
