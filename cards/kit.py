"""A card and its buttons.

`card(...)` puts a card together: head line, who sees it, how long it takes, the parts, the buttons. The parts
come from `cards.parts` and `cards.layout`, questions from `cards.inputs`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from cards.inputs import required_hint
from cards.language import Translator
from cards.layout import Element, Space, beside, group, icon
from cards.parts import State, heading, text

Card = dict[str, Any]
Action = dict[str, Any]

TITLE_LIMIT = 24
ACTION_LIMIT = 6
SHOWN = 3


def card(
    _: Translator,
    title: str,
    *,
    seen_by: str,
    body: Iterable[Element | None],
    actions: Sequence[Action | None] = (),
    subtitle: str | None = None,
    state: State | None = None,
    minutes: int | None = None,
    summary: str | None = None,
    speak: str | None = None,
    refresh: Action | None = None,
    wide: bool = False,
) -> Card:
    """A whole card, version 1.5. What is None among `body` and `actions` is left out.

    `title` is short and of our own words; `subtitle` tells where and when, and may hold names. `seen_by` is
    who sees it, without "Seen by". `summary` is what a toast shows, and a client that cannot draw the card:
    title and subtitle unless given, and never what somebody wrote. `speak` begins what a screen reader says,
    the same unless given. Three buttons are shown, the others wait behind the dots. `refresh` is for
    receipts and overviews only.
    """
    parts = [part for part in body if part]
    head = " · ".join(filter(None, (title, subtitle)))
    starred = required_hint(_, parts)
    lines = [_line("LockClosed", _("Seen by: %(who)s", who=seen_by))]
    time = _.ngettext("Takes about %(n)s minute.", "Takes about %(n)s minutes.", minutes) if minutes else None
    if time or starred:
        lines.append(_line("Clock" if time else "Info", " ".join(filter(None, (time, starred)))))
    made: Card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": _.language,
        "speak": " ".join(filter(None, (_sentence(speak or head), time))),
        "fallbackText": summary or head,
        "body": [*heading(title, subtitle=subtitle, state=state), group(*lines, spacing="Small"), *parts],
    }
    if buttons := _arranged([each for each in actions if each]):
        made["actions"] = buttons
    if wide:
        made["msteams"] = {"width": "full"}
    if refresh:
        made["refresh"] = {"action": refresh}
    return made


def below_head(card: Card, *parts: Element) -> Card:
    """The same card with more between its head, which stays as it is, and its first part."""
    body = card["body"]
    lines = next(place for place, part in enumerate(body) if part["type"] == "Container")
    return {**card, "body": [*body[: lines + 1], *parts, *body[lines + 1 :]]}


def summary_of(card: Card) -> str:
    """What a toast may show of this card."""
    return str(card["fallbackText"])


def press(
    title: str,
    verb: str,
    data: Mapping[str, Any],
    *,
    primary: bool = False,
    inputs: Literal["auto", "none"] = "auto",
    sign: str | None = None,
    destructive: bool = False,
    hidden: bool = False,
) -> Action:
    """A button that the bot answers. `inputs="none"` lets it be pressed whatever the questions hold.

    `hidden` puts it behind the dots wherever it stands.
    """
    action = {
        **_titled("Action.Execute", title, sign),
        "verb": verb,
        "data": dict(data),
        "associatedInputs": inputs,
    }
    if primary or destructive:
        action["style"] = "destructive" if destructive else "positive"
    return {**action, "mode": "secondary"} if hidden else action


def open_url(title: str, url: str, *, sign: str | None = None) -> Action:
    """A button that opens a page; only https leads out of the card, and on this machine the bot itself."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError(f"not an https address: {url}")
    return {**_titled("Action.OpenUrl", title, sign), "url": url}


def again(verb: str, data: Mapping[str, Any]) -> Action:
    """What a client presses by itself to have a receipt or an overview anew: `card(refresh=again(...))`."""
    return {"type": "Action.Execute", "verb": verb, "data": dict(data), "associatedInputs": "none"}


def toggle_more(title: str, id: str, *items: Element, spacing: Space = "Medium", is_open: bool = False) -> Element:
    """Details behind a button; `is_open` shows them from the start, as when one of them has a problem."""
    button = {**_titled("Action.ToggleVisibility", title, "ChevronDown"), "targetElements": [id]}
    return group(
        {"type": "ActionSet", "actions": [button]},
        {"type": "Container", "id": id, "isVisible": is_open, "items": list(items), "spacing": "Small"},
        spacing=spacing,
    )


def buttons(*actions: Action, spacing: Space = "Small") -> Element:
    """Buttons inside the card, beside what they belong to; they count among the card's six."""
    return {"type": "ActionSet", "actions": list(actions), "spacing": spacing}


def _titled(kind: str, title: str, sign: str | None) -> Action:
    if not 0 < len(title) <= TITLE_LIMIT:
        raise ValueError(f"a button's title has 1 to {TITLE_LIMIT} characters: {title!r}")
    return {"type": kind, "title": title, **({"iconUrl": f"icon:{sign}"} if sign else {})}


def _arranged(actions: Sequence[Action]) -> list[Action]:
    if len(actions) > ACTION_LIMIT:
        raise ValueError(f"at most {ACTION_LIMIT} buttons: {[each['title'] for each in actions]}")
    if sum(each.get("style") == "positive" for each in actions) > 1:
        raise ValueError("one primary button at most")
    return [{**each, "mode": "secondary"} if number >= SHOWN else each for number, each in enumerate(actions)]


def _line(sign: str, words: str) -> Element:
    row = beside(icon(sign), text(words, small=True, subtle=True))
    return {**row, "spacing": "ExtraSmall"}


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", ":")) else words + "."
