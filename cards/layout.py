"""How parts stand to each other: groups, rows that stack on a phone, small signs, distances.

Large space before a section, default between fields, small inside a row.
"""

import re
from collections.abc import Sequence
from typing import Any, Literal

Element = dict[str, Any]
Tone = Literal["neutral", "accent", "good", "warning", "attention"]
Space = Literal["None", "ExtraSmall", "Small", "Default", "Medium", "Large"]

NARROW, WIDE = "atMost:Narrow", "atLeast:Standard"
_DATE_MACRO = re.compile(r"\{\{(?=\s*(?:DATE|TIME)\s*\()", re.IGNORECASE)
# The first half of what Markdown makes a link of, and the place to part it from the other half.
_LINK = re.compile(r"\](?=[(\[:])|<(?=[a-z][\w+.-]*:|[\w.+-]+@)", re.IGNORECASE)

# The blanks in a day, in a time of day and in "fewer than 5", in both languages. It begins with the blank, which is
# found at once.
_IN_A_DAY = re.compile(
    r" (?:(?<=\d\. )(?=[a-zæøå])|"
    r"(?=\d)(?:(?<=\bden )|(?<=\bkl\. )|(?<=\bat )|(?<=\bend )|(?<=\bthan )|"
    # The last letters of a month, before its year.
    r"(?<=(?:uar|rts|ril|maj|uni|uli|ust|ber|ary|rch|May|une|uly) )(?=20\d\d\b))|"
    r"(?<=\d )(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b))"
)


def plain(text: str) -> str:
    """The text with nothing a client would evaluate: `{{DATE(...)}}` stays as it was typed."""
    # Nearly always there is nothing, and a card has hundreds of texts.
    return _DATE_MACRO.sub("{\u2060{", text) if "{{" in text else text


def unbroken(text: str) -> str:
    """The same, whose lines end in no day and no time of day, however narrow they are: `21. april 2026`, `kl. 9.00`."""
    return _IN_A_DAY.sub("\u00a0", text)


def unlinked(text: str) -> str:
    """As `plain`, for the few places that a client reads as Markdown: `[a](https://b)` stays as it was typed."""
    return _LINK.sub("\\g<0>\u2060", plain(text))


def icon(name: str, *, tone: Tone = "neutral", size: str = "xSmall", filled: bool = False) -> Element:
    """A sign beside words that say the same; without icons the words stand alone."""
    colour = {"neutral": "Default", "accent": "Accent", "good": "Good", "warning": "Warning"}.get(tone, "Attention")
    style = "Filled" if filled else "Regular"
    return {"type": "Icon", "name": name, "size": size, "color": colour, "style": style, "fallback": "drop"}


def capital(words: str) -> str:
    """The words as they begin a line of their own."""
    return words[:1].upper() + words[1:]


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


def flow(*items: Element, at_least: int = 180, gap: Space = "Small", spacing: Space | None = "Medium") -> Element:
    """Side by side as long as each has `at_least` so many pixels, below each other on a phone."""
    layout = {
        "type": "Layout.Flow",
        "itemFit": "Fill",
        "minItemWidth": f"{at_least}px",
        "columnSpacing": gap,
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
