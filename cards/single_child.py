"""What is asked where a text looks as if it tells of one child: a tick, beside the field that it stands in."""

from collections.abc import Collection, Mapping
from typing import Any

from cards.inputs import toggle
from cards.kit import Card
from cards.language import Translator

UNNAMED = "unnamed"


def with_tick(_: Translator, drawn: Card, fields: Collection[str]) -> Card:
    """The same card with the tick after the first of the fields."""
    body = list(drawn["body"])
    return {**drawn, "body": _placed(body, set(fields), _tick(_)) or [*body, _tick(_)]}


def with_tick_given(_: Translator, drawn: Card, typed: Mapping[str, str]) -> Card:
    """The tick, as it was given, where one of the fields comes back with what was `typed`; else the card as it is."""
    body = list(drawn["body"])
    back = {name for name, words in typed.items() if _is_back(body, name, words.strip())}
    found = _placed(body, back, _tick(_, is_on=True))
    return {**drawn, "body": found} if found else drawn


def _tick(_: Translator, *, is_on: bool = False) -> dict[str, Any]:
    return toggle(
        UNNAMED,
        _("Can a child be recognised?"),
        _("No child can be recognised by what I have written"),
        on=is_on,
        spacing="Small",
    )


def _is_back(parts: list[Any], name: str, words: str) -> bool:
    return any(
        (part.get("id") == name and str(part.get("value", "")).strip() == words)
        or any(_is_back(part.get(inside, []), name, words) for inside in ("items", "columns"))
        for part in parts
    )


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
