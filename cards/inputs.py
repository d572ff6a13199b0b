"""Questions on a card. Every one has a label, and keeps its problem beside it.

What is required is marked in the label and checked on the server, so that a half-filled draft can always be
kept; where there is no draft to keep, `error` lets the client itself hold the press back with those words.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from cards.language import Translator
from cards.layout import Element, Space, beside, icon, plain, unlinked
from cards.parts import text

LONG = 1_000
# The client cuts without a word what is pasted beyond its bound. So it takes twice what may be kept, and whoever pastes
# too much is told at the field, with the text there. More would not fit into a card where several are too long at once.
ROOM = 2
# It goes with the last word of a label, and never stands alone in a line.
REQUIRED_MARK = "\N{NO-BREAK SPACE}*"


def text_input(
    id: str,
    label: str,
    *,
    value: str = "",
    required: bool = False,
    error: str | None = None,
    placeholder: str | None = None,
    problem: str | None = None,
    limit: int = 300,
    spacing: Space = "Medium",
) -> Element:
    """One line of text, of which at most `limit` characters can be kept."""
    look = {"maxLength": limit * ROOM}
    return _input("Input.Text", id, label, value, required, error, placeholder, problem, spacing, look)


def long_input(
    id: str,
    label: str,
    *,
    value: str = "",
    required: bool = False,
    error: str | None = None,
    placeholder: str | None = None,
    problem: str | None = None,
    limit: int = LONG,
    spacing: Space = "Medium",
) -> Element:
    """Several lines of text, of which at most `limit` characters can be kept."""
    look = {"isMultiline": True, "maxLength": limit * ROOM}
    return _input("Input.Text", id, label, value, required, error, placeholder, problem, spacing, look)


def choices(
    id: str,
    label: str,
    options: Mapping[str, str] | Sequence[tuple[str, str]],
    *,
    chosen: str | Iterable[str] = "",
    many: bool = False,
    compact: bool = False,
    searchable: bool = False,
    required: bool = False,
    error: str | None = None,
    placeholder: str | None = None,
    problem: str | None = None,
    spacing: Space = "Medium",
) -> Element:
    """One choice, or `many`. `options` maps each value to its title; `compact` folds them into a list.

    A `searchable` list narrows as one writes. Clients read the titles as Markdown, unlike the label.
    """
    pairs = list(options.items() if isinstance(options, Mapping) else options)
    values = [chosen] if isinstance(chosen, str) else list(chosen)
    if any("," in value for value, _ in pairs) and many:
        raise ValueError(f"{id}: Teams joins several choices by commas, so none may hold one")
    look = {
        "choices": [{"title": unlinked(title), "value": value} for value, title in pairs],
        "style": "filtered" if searchable else "compact" if compact else "expanded",
        "wrap": True,
        **({"isMultiSelect": True} if many else {}),
    }
    value = ",".join(filter(None, values))
    return _input("Input.ChoiceSet", id, label, value, required, error, placeholder, problem, spacing, look)


def date_input(
    id: str,
    label: str,
    *,
    value: date | str | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    required: bool = False,
    error: str | None = None,
    problem: str | None = None,
    spacing: Space = "Medium",
) -> Element:
    """A day; `value` may be what was typed, so that nothing is lost when it was wrong."""
    look = {name: day.isoformat() for name, day in (("min", earliest), ("max", latest)) if day}
    typed = value.isoformat() if isinstance(value, date) else value or ""
    return _input("Input.Date", id, label, typed, required, error, None, problem, spacing, look)


def time_input(
    id: str,
    label: str,
    *,
    value: time | str | None = None,
    required: bool = False,
    error: str | None = None,
    problem: str | None = None,
    spacing: Space = "Medium",
) -> Element:
    typed = value.strftime("%H:%M") if isinstance(value, time) else value or ""
    return _input("Input.Time", id, label, typed, required, error, None, problem, spacing, {})


def toggle(
    id: str,
    label: str,
    title: str,
    *,
    on: bool = False,
    required: bool = False,
    error: str | None = None,
    problem: str | None = None,
    spacing: Space = "Medium",
) -> Element:
    """Yes or no: `label` names the matter, `title` stands at the box. The value is `true` or `false`."""
    look = {"title": unlinked(title), "wrap": True, "valueOn": "true", "valueOff": "false"}
    value = "true" if on else "false"
    return _input("Input.Toggle", id, label, value, required, error, None, problem, spacing, look)


def required_hint(_: Translator, body: Iterable[Element]) -> str | None:
    """What the mark means, where a question of this card carries it."""
    # Looked for in every card that is drawn, nearly always in vain.
    left = list(body)
    for element in left:
        if inside := element.get("items") or element.get("columns"):
            left += inside
        elif "label" in element and element["label"].endswith(REQUIRED_MARK):
            return _("* must be filled in before you finish.")
    return None


def _input(
    kind: str,
    id: str,
    label: str,
    value: str,
    required: bool,
    error: str | None,
    placeholder: str | None,
    problem: str | None,
    spacing: Space,
    look: Mapping[str, Any],
) -> Element:
    if not label.strip():
        raise ValueError(f"{id}: an input needs a label")
    mark = REQUIRED_MARK if required and not error else ""
    element: Element = {"type": kind, "id": id, "label": plain(label) + mark, **look}
    if value:
        element["value"] = value
    if error:
        element |= {"isRequired": True, "errorMessage": error}
    if placeholder:
        element["placeholder"] = placeholder
    if not problem:
        return {**element, "spacing": spacing}
    at_field = beside(
        icon("ErrorCircle", tone="attention", filled=True),
        text(problem, small=True, attention=True),
    )
    return {
        "type": "Container",
        "items": [element, {**at_field, "spacing": "ExtraSmall"}],
        "spacing": spacing,
    }
