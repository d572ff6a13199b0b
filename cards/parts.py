"""The parts of a card: words, states, figures and notes, as plain dicts that already follow the house rules.

What people typed, and everything else that did not stand in our code, goes into text runs: they wrap, and
read nothing as markup, link or date. Only a heading is a TextBlock, since nothing else is a heading to a
screen reader; it takes our own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cards.language import Translator
from cards.layout import NARROW, WIDE, Space, Tone, beside, capital, flow, group, icon, plain, spaced, unbroken
from cards.layout import Element as Element

Place = Literal["theme", "focus", "dialogue", "supervision", "council"]
LONGEST_BESIDE = 20  # a longer state would take half of a card of middle width from its title


def run(text: str, **look: Any) -> Element:
    """A stretch of text, for `text(...)` to put together: `weight="Bolder"`, `isSubtle=True`."""
    return {"type": "TextRun", "text": unbroken(plain(text)), **look}


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
    return spaced({"type": "RichTextBlock", "inlines": [{**each, **look} for each in runs] if look else runs}, spacing)


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


def badge(state: State, *, spacing: Space | None = None, only: str | None = None, right: bool = False) -> Element:
    """A state as a badge; `only` is the width it is meant for."""
    word = plain(capital(state.word))
    style = {"neutral": "Informative"}.get(state.tone, state.tone.capitalize())
    where: dict[str, Any] = {"targetWidth": only} if only else {}
    if spacing:
        where["spacing"] = spacing
    return {
        "type": "Badge",
        "text": word,
        "style": style,
        "appearance": "Tint",
        "icon": state.sign,
        "size": "Large",
        "horizontalAlignment": "Right" if right else "Left",
        **where,
        "fallback": {**text(word, strong=True), **where},
    }


def heading(title: str, *, subtitle: str | None = None, state: State | None = None) -> list[Element]:
    """The head of a card: title, one subtle line, and the state."""
    block = {"type": "TextBlock", "text": title, "wrap": True, "size": "Large", "weight": "Bolder", "style": "heading"}
    words = [block, text(subtitle, subtle=True, spacing="None")] if subtitle else [block]
    return stated(words, state) if state else words


def stated(words: Sequence[Element], state: State, *, spacing: Space | None = None) -> list[Element]:
    """Words with their state at the right, or below them on a phone and where it is long."""
    if len(state.word) > LONGEST_BESIDE:
        return [spaced(words[0], spacing), *words[1:], badge(state, spacing="Small")]
    beside = {"type": "Column", "width": "auto", "targetWidth": WIDE, "items": [badge(state, right=True)]}
    row = {"type": "ColumnSet", "columns": [{"type": "Column", "width": "stretch", "items": list(words)}, beside]}
    return [spaced(row, spacing), badge(state, spacing="Small", only=NARROW)]


def facts(rows: Mapping[str, str] | Sequence[tuple[str, str]], *, spacing: Space | None = None) -> Element:
    """Names and values below each other; a name stands above its value, side by side where there is room."""
    pairs = list(rows.items() if isinstance(rows, Mapping) else rows)
    items = [
        group(text(name, small=True, subtle=True), text(value, spacing="None"), spacing="Small")
        for name, value in pairs
    ]
    return flow(*items, at_least=240, gap="Large", spacing=spacing)


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
    """A key figure as a tile: the number, what it counts, how it moved, its comparison and its basis."""
    items = [
        {**text(run(capital(value), size="ExtraLarge"), strong=True)},
        text(label, small=True, subtle=True, spacing="None"),
    ]
    if change:
        sign = {"up": "ArrowUp", "down": "ArrowDown", "same": "Subtract", "unknown": "Info"}[change.way]
        items.append(
            spaced(
                beside(icon(sign, filled=True), text(capital(change.words), small=True)),
                "Small",
            )
        )
    for line in filter(None, (comparison, note)):
        items.append(text(capital(line), small=True, subtle=True, spacing="ExtraSmall"))
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


def hint(words: str, *, sign: str = "Info", spacing: Space = "Default") -> Element:
    """A small subtle line that helps on the way."""
    return spaced(beside(icon(sign), text(words, small=True, subtle=True)), spacing)


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
        spaced(beside({"type": "TextBlock", "text": "•", "wrap": True}, text(each)), "ExtraSmall") for each in missing
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
    changed = (
        _("%(who)s changed this %(when)s, while you wrote.", who=who, when=when)
        if when
        else _("%(who)s changed this while you wrote.", who=who)
    )
    row = beside(
        icon("PeopleTeam", tone="attention", filled=True),
        text(field, strong=True),
        text(changed, spacing="ExtraSmall"),
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
    dialogue: int | None = 1,
) -> Element:
    """The way from theme to council with the present place strong: Tema → Fokusområde → … → Byråd.

    `dialogue` is the number of the learning dialogue in the cycle, None for an extra one.
    """
    ways = {
        "theme": _("Theme"),
        "focus": _("Focus area"),
        "dialogue": _("Learning dialogue %(number)s of 4", number=dialogue)
        if dialogue is not None
        else _("Extra learning dialogue"),
        "supervision": _("Supervision"),
        "council": _("City council"),
    }
    runs: list[Element] = []
    for name, words in ways.items():
        if runs:
            runs.append(run("\u00a0→ ", isSubtle=True))
        words = words.replace(" ", "\u00a0")  # a place breaks between its arrows only
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
