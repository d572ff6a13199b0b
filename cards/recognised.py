"""What is asked where a text looks as if one child or one employee is meant: a tick, beside the field of the text."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cards.inputs import toggle
from cards.kit import Card
from cards.language import Translator

UNRECOGNISED = "unrecognised"
# What the feedback asks of everybody. It was given before anything was seen, and makes way for the question.
_STANDING = "unnamed"


def fields_of(drawn: Card) -> frozenset[str]:
    """The fields that can be typed in."""
    return frozenset(str(each["id"]) for each in _elements(drawn["body"]) if each.get("type") == "Input.Text")


def with_tick(_: Translator, drawn: Card, fields: Collection[str]) -> Card:
    """The same card with the tick after the first of the fields, in place of one that it has of its own."""
    body = _without_standing(drawn["body"])
    return {**drawn, "body": _placed(body, set(fields), _tick(_)) or [*body, _tick(_)]}


def with_tick_given(_: Translator, drawn: Card, typed: Mapping[str, str]) -> Card:
    """The tick, as it was given, where one of the fields comes back with what was `typed`; else the card as it is."""
    body = _without_standing(drawn["body"])
    back = {name for name, words in typed.items() if _is_back(body, name, words)}
    found = _placed(body, back, _tick(_, is_on=True))
    return {**drawn, "body": found} if found else drawn


def _tick(_: Translator, *, is_on: bool = False) -> dict[str, Any]:
    return toggle(
        UNRECOGNISED,
        _("Can anybody be recognised?"),
        _("No child and no employee can be recognised by what I have written"),
        on=is_on,
        spacing="Small",
    )


def _without_standing(parts: list[Any]) -> list[Any]:
    """The parts without that tick, and without what is wrong with it."""
    return [
        part for part in parts if _STANDING not in (part.get("id"), *(each.get("id") for each in part.get("items", [])))
    ]


def _is_back(parts: list[Any], name: str, words: str) -> bool:
    return any(each.get("id") == name and str(each.get("value", "")).strip() == words for each in _elements(parts))


def _elements(parts: list[Any]) -> Iterator[dict[str, Any]]:
    """The parts, and what is inside them."""
    for part in parts:
        yield part
        for inside in ("items", "columns"):
            yield from _elements(part.get(inside, []))


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
