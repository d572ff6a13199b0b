"""Larger parts with a meaning of their own: a key figure, a note, what is missing, the way we are on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cards.language import Translator
from cards.parts import Element, Space, beside, group, icon, run, spaced, text

Place = Literal["theme", "focus", "dialogue", "supervision", "council"]


@dataclass(frozen=True)
class Change:
    """How a figure moved since last time: the words say it, the arrow shows it, and nothing judges it."""

    words: str
    way: Literal["up", "down", "same", "unknown"] = "unknown"


def figure(
    value: str,
    label: str,
    *,
    change: Change | None = None,
    comparison: str | None = None,
    note: str | None = None,
) -> Element:
    """A key figure as a tile: the number, what it counts, how it moved, what it is compared with, its basis."""
    items = [
        {**text(run(value, size="ExtraLarge"), strong=True)},
        text(label, small=True, subtle=True, spacing="None"),
    ]
    if change:
        sign = {"up": "ArrowUp", "down": "ArrowDown", "same": "Subtract", "unknown": "Info"}[change.way]
        items.append(
            spaced(beside(icon(sign, size="xxSmall", filled=True), text(change.words, small=True)), "Small")
        )
    for line in filter(None, (comparison, note)):
        items.append(text(line, small=True, subtle=True, spacing="ExtraSmall"))
    return {"type": "Container", "style": "emphasis", "roundedCorners": True, "items": items}


def note(words: str, *, lead: str | None = None, sign: str = "Info", spacing: Space = "Medium") -> Element:
    """Something worth knowing now, in a tinted box."""
    row = beside(icon(sign, tone="accent", filled=True), text(words, lead=lead))
    return {
        "type": "Container",
        "style": "accent",
        "roundedCorners": True,
        "items": [row],
        "spacing": spacing,
    }


def hint(words: str, *, sign: str = "Info", spacing: Space = "Small") -> Element:
    """A small subtle line that helps on the way."""
    return spaced(beside(icon(sign, size="xxSmall"), text(words, small=True, subtle=True)), spacing)


def names_hint(_: Translator) -> Element:
    """The fixed hint under all free text."""
    return hint(
        _("Do not write names of children or staff, civil registration numbers or health information."),
        sign="Info",
        spacing="Medium",
    )


def problem(words: str, *, missing: Sequence[str] = (), lead: str | None = None) -> Element:
    """What stops a form, on top of it: one sentence, and a line for each thing that is missing."""
    column = [text(words, lead=lead, strong=not lead)]
    column += [
        spaced(beside({"type": "TextBlock", "text": "•", "wrap": True}, text(each)), "ExtraSmall")
        for each in missing
    ]
    row = beside(icon("ErrorCircle", tone="attention", filled=True), *column)
    return {
        "type": "Container",
        "style": "attention",
        "roundedCorners": True,
        "items": [row],
        "spacing": "Medium",
    }


def conflict(_: Translator, *, who: str, when: str, words: str, field: str) -> Element:
    """What somebody else wrote in the same field meanwhile; the reader's own words stay in the input."""
    head = text(
        _("%(who)s changed this %(when)s, while you wrote.", who=who, when=when),
        lead=field,
    )
    row = beside(
        icon("PeopleTeam", tone="attention", filled=True),
        head,
        *[text(line or " ", spacing="ExtraSmall") for line in words.splitlines()],
        text(
            _("Your own text is still in the field. What you save now replaces this."),
            small=True,
            spacing="Small",
        ),
    )
    return {
        "type": "Container",
        "style": "warning",
        "roundedCorners": True,
        "items": [row],
        "spacing": "Medium",
    }


def loop(
    _: Translator,
    place: Place,
    *,
    dialogue: int = 1,
) -> Element:
    """The way from theme to council with the present place strong: Tema → Fokusområde → … → Byråd."""
    ways = {
        "theme": _("Theme"),
        "focus": _("Focus area"),
        "dialogue": _("Learning dialogue %(number)s of 4", number=dialogue),
        "supervision": _("Supervision"),
        "council": _("City council"),
    }
    runs: list[Element] = []
    for name, words in ways.items():
        if runs:
            runs.append(run(" → ", isSubtle=True))
        runs.append(run(words, weight="Bolder") if name == place else run(words, isSubtle=True))
    return {"type": "RichTextBlock", "inlines": runs, "spacing": "Medium"}


def progress(_: Translator, step: int, steps: int, name: str) -> Element:
    """Trin 1 af 3 – Data, with a bar."""
    words = text(
        _("Step %(step)s of %(steps)s", step=step, steps=steps),
        run(f" \u2013 {name}"),
        small=True,
        subtle=True,
    )
    bar = {
        "type": "ProgressBar",
        "value": step,
        "max": steps,
        "color": "Accent",
        "spacing": "ExtraSmall",
        "fallback": "drop",
    }
    return group(words, bar, spacing="Medium")
