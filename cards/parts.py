"""The parts of a card: words, states and groups, as plain dicts that already follow the house rules.

What people typed, and everything else that did not stand in our code, goes into text runs: they wrap, and
read nothing as markup, link or date. Only a heading is a TextBlock, since nothing else is a heading to a
screen reader; it takes our own words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Element = dict[str, Any]
Tone = Literal["neutral", "accent", "good", "warning", "attention"]
Space = Literal["None", "ExtraSmall", "Small", "Default", "Medium", "Large"]

NARROW, WIDE = "atMost:Narrow", "atLeast:Standard"
_DATE_MACRO = re.compile(r"\{\{(?=\s*(?:DATE|TIME)\s*\()", re.IGNORECASE)


def plain(text: str) -> str:
    """The text with nothing a client would evaluate: `{{DATE(...)}}` stays as it was typed."""
    return _DATE_MACRO.sub("{\u2060{", text)


def run(text: str, **look: Any) -> Element:
    """A stretch of text, for `text(...)` to put together: `weight="Bolder"`, `isSubtle=True`."""
    return {"type": "TextRun", "text": plain(text), **look}


def text(
    *words: str | Element,
    lead: str | None = None,
    small: bool = False,
    subtle: bool = False,
    strong: bool = False,
    attention: bool = False,
    spacing: Space | None = None,
) -> Element:
    """A paragraph of one or several strings or runs; `lead` stands before it in bold, and a blank."""
    look: dict[str, Any] = {}
    if small:
        look["size"] = "Small"
    if subtle:
        look["isSubtle"] = True
    if attention:
        look["color"] = "Attention"
    runs = [run(lead + " ", weight="Bolder")] if lead else []
    runs += [run(word) if isinstance(word, str) else word for word in words]
    if strong:
        look["weight"] = "Bolder"
    return spaced({"type": "RichTextBlock", "inlines": [{**each, **look} for each in runs]}, spacing)


def said(words: str, *, by: str | None = None, spacing: Space | None = None) -> Element:
    """What somebody wrote, as they wrote it, set apart from our own words; `by` says who and when."""
    parts = [text(line or " ", spacing="None") for line in words.splitlines()] or [text(" ")]
    if by:
        parts.append(text(by, small=True, subtle=True, spacing="ExtraSmall"))
    return spaced({"type": "Container", "style": "emphasis", "roundedCorners": True, "items": parts}, spacing)


def section(title: str, *, spacing: Space = "Large") -> Element:
    """A heading inside the card, in our own words."""
    return {
        "type": "TextBlock",
        "text": title,
        "wrap": True,
        "weight": "Bolder",
        "size": "Medium",
        "style": "heading",
        "spacing": spacing,
    }


def bullets(items: Sequence[str], *, spacing: Space | None = None) -> Element:
    """A short list; every line hangs behind its own sign."""
    rows = [beside({"type": "TextBlock", "text": "•", "wrap": True}, text(item)) for item in items]
    return group(*[spaced(row, "ExtraSmall") for row in rows], spacing=spacing)


def icon(name: str, *, tone: Tone = "neutral", size: str = "xSmall", filled: bool = False) -> Element:
    """A sign beside words that say the same; without icons the words stand alone."""
    colour = {"neutral": "Default", "accent": "Accent", "good": "Good", "warning": "Warning"}.get(
        tone, "Attention"
    )
    style = "Filled" if filled else "Regular"
    return {"type": "Icon", "name": name, "size": size, "color": colour, "style": style, "fallback": "drop"}


@dataclass(frozen=True)
class State:
    """Where something stands: a word, its colour and its icon, always together."""

    word: str
    tone: Tone = "neutral"
    icon: str | None = None

    @property
    def sign(self) -> str:
        return (
            self.icon
            or {
                "neutral": "Circle",
                "accent": "Clock",
                "good": "CheckmarkCircle",
                "warning": "Clock",
                "attention": "ErrorCircle",
            }[self.tone]
        )


def badge(
    state: State, *, spacing: Space | None = None, only: str | None = None, right: bool = False
) -> Element:
    """A state as a badge; `only` is the width it is meant for."""
    style = {"neutral": "Informative"}.get(state.tone, state.tone.capitalize())
    where: dict[str, Any] = {"targetWidth": only} if only else {}
    if spacing:
        where["spacing"] = spacing
    return {
        "type": "Badge",
        "text": plain(state.word),
        "style": style,
        "appearance": "Tint",
        "icon": state.sign,
        "size": "Large",
        "horizontalAlignment": "Right" if right else "Left",
        **where,
        "fallback": {**text(state.word, strong=True), **where},
    }


def heading(title: str, *, subtitle: str | None = None, state: State | None = None) -> list[Element]:
    """The head of a card: title, one subtle line, and the state at the right, or below on a phone."""
    words: list[Element] = [
        {
            "type": "TextBlock",
            "text": title,
            "wrap": True,
            "size": "Large",
            "weight": "Bolder",
            "style": "heading",
        }
    ]
    if subtitle:
        words.append(text(subtitle, subtle=True, spacing="None"))
    if not state:
        return words
    beside = {"type": "Column", "width": "auto", "targetWidth": WIDE, "items": [badge(state, right=True)]}
    return [
        {"type": "ColumnSet", "columns": [{"type": "Column", "width": "stretch", "items": words}, beside]},
        badge(state, spacing="Small", only=NARROW),
    ]


def facts(rows: Mapping[str, str] | Sequence[tuple[str, str]], *, spacing: Space | None = None) -> Element:
    """Names and values below each other; a name stands above its value, side by side where there is room."""
    pairs = list(rows.items() if isinstance(rows, Mapping) else rows)
    items = [
        group(text(name, small=True, subtle=True), text(value, spacing="None"), spacing="Small")
        for name, value in pairs
    ]
    return flow(*items, at_least=240, spacing=spacing)


def group(*items: Element, spacing: Space | None = None) -> Element:
    """Elements that belong together."""
    return spaced({"type": "Container", "items": list(items)}, spacing)


def columns(*items: Element | Sequence[Element], spacing: Space | None = None) -> Element:
    """Side by side also on a phone: the first takes what is left, the others what they need."""
    return spaced(
        {
            "type": "ColumnSet",
            "columns": [
                {
                    "type": "Column",
                    "width": "auto" if number else "stretch",
                    "items": [item] if isinstance(item, dict) else list(item),
                    "verticalContentAlignment": "Center",
                }
                for number, item in enumerate(items)
            ],
        },
        spacing,
    )


def flow(*items: Element, at_least: int = 132, spacing: Space | None = "Medium") -> Element:
    """Side by side as long as each has `at_least` so many pixels, below each other on a phone."""
    layout = {
        "type": "Layout.Flow",
        "itemFit": "Fill",
        "minItemWidth": f"{at_least}px",
        "columnSpacing": "Small",
        "rowSpacing": "Small",
    }
    return spaced({"type": "Container", "items": list(items), "layouts": [layout]}, spacing)


def picture(url: str, *, alt: str, width: int | None = None) -> Element:
    """An image with the words that say what it shows."""
    size = {"width": f"{width}px"} if width else {}
    return {"type": "Image", "url": url, "altText": plain(alt), **size}


def beside(sign: Element, *words: Element) -> Element:
    """Words that hang behind a small sign, on a phone as well."""
    return {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "auto", "items": [sign]},
            {"type": "Column", "width": "stretch", "items": list(words), "spacing": "Small"},
        ],
    }


def spaced(element: Element, spacing: Space | None) -> Element:
    """The element with its distance to the one before."""
    return {**element, "spacing": spacing} if spacing else element
