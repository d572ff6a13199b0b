"""What is asked where a text looks as if it tells of one child: a tick, beside the field that it stands in."""

from collections.abc import Collection
from typing import Any

from cards.inputs import toggle
from cards.kit import Card
from cards.language import Translator

UNNAMED = "unnamed"


def with_tick(_: Translator, drawn: Card, fields: Collection[str]) -> Card:
    """The same card with the tick after the first of the fields."""
    tick = toggle(
        UNNAMED,
        _("Can a child be recognised?"),
        _("No child can be recognised by what I have written"),
        spacing="Small",
    )
    body = list(drawn["body"])
    found = _placed(body, set(fields), tick)
    return {**drawn, "body": found or [*body, tick]}


def _placed(parts: list[Any], fields: set[str], tick: dict[str, Any]) -> list[Any] | None:
    """The parts with the tick in its place; None where none of the fields is among them."""
    for place, part in enumerate(parts):
        if part.get("id") in fields and str(part.get("type")).startswith("Input."):
            # What is wrong with the field stands right after it, and speaks of the tick below.
            after = place + 2 if parts[place + 1 : place + 2] and parts[place + 1]["type"] == "ColumnSet" else place + 1
            return [*parts[:after], tick, *parts[after:]]
        for inside in ("items", "columns"):
            if (found := _placed(part.get(inside, []), fields, tick)) is not None:
                return [*parts[:place], {**part, inside: found}, *parts[place + 1 :]]
    return None
