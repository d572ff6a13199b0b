"""A card in a dialog over Teams, and the end of one: the answers to an action on a message.

A dialog knows `Action.Submit` only, and gets another card in answer to it or closes; the verb travels in the data.
"""

from collections.abc import Mapping
from typing import Any

from cards.kit import Card, summary_of
from dialogs.conversation import Dialog

CARD = "application/vnd.microsoft.card.adaptive"


def shown(card: Card, dialog: Dialog) -> dict[str, Any]:
    """The answer that shows a card in the dialog, opened by it or open already."""
    value = {
        "title": dialog.title or summary_of(card),
        "height": "large",
        "width": "medium",
        "card": {"contentType": CARD, "content": in_dialog(card, dialog.verbs)},
    }
    return {"task": {"type": "continue", "value": value}}


def closed(words: str) -> dict[str, Any]:
    """The answer that ends the dialog with a few words."""
    return {"task": {"type": "message", "value": words}}


def in_dialog(card: Card, verbs: frozenset[str]) -> Card:
    """The card with the buttons that a dialog can press: what leads elsewhere belongs to the chat, and is left out."""
    made = {name: value for name, value in card.items() if name != "refresh"}
    found: Card = _part(made, verbs)
    return {name: value for name, value in found.items() if name != "actions" or value}


def _part(part: Any, verbs: frozenset[str]) -> Any:
    if isinstance(part, list):
        return [_part(each, verbs) for each in part if not _leads_elsewhere(each, verbs)]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "Action.Execute":
        return _submit(part)
    return {name: _part(value, verbs) for name, value in part.items()}


def _leads_elsewhere(part: Any, verbs: frozenset[str]) -> bool:
    if not isinstance(part, dict):
        return False
    if part.get("type") == "ActionSet":
        return all(_leads_elsewhere(each, verbs) for each in part["actions"])
    return part.get("type") == "Action.Execute" and part.get("verb") not in verbs


def _submit(execute: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in execute.items() if name != "verb"}
    return {**kept, "type": "Action.Submit", "data": {**execute.get("data", {}), "verb": execute["verb"]}}
