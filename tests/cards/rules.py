"""The house rules of a card and what makes it readable for everyone: functions that yield complaints."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from cards.catalogue import kept
from cards.inputs import REQUIRED_MARK
from cards.which import LEADING_ON
from tests.cards.schema import schema_complaints

Node = dict[str, Any]
Found = Iterator[str]

# What people typed, as nobody may read it: markup, a link and a date that a client would evaluate.
CANARY = "**kanariefugl** [her](https://example.invalid) {{DATE(2026-01-01,SHORT)}} <at>x</at>"
CANARY_WORD = "kanariefugl"

MOST_BYTES = 25_000
NEWER = ("Badge", "Icon", "ProgressBar", "ProgressRing", "Rating", "CompoundButton", "CodeBlock", "Carousel")
EMOJI = re.compile("[\U0001f000-\U0001ffff\u2600-\u27bf\u2b50\u2b55\ufe0f]")
SEEN_BY = {"da": "Ses af: ", "en": "Seen by: "}
# Where a value may stand in a heading: nothing in it can be markup.
VALUE = r"[\w .,:;–·'’()-]*"


class Complaints(AssertionError):
    """Everything that is wrong with a card, a line each."""


def check(card: Node, *, canary: str | None = None) -> None:
    """Raises `Complaints` with all there is to say; `canary` is a word that only people's own text holds."""
    found = [*schema_complaints(card)]
    for rule in RULES:
        found += [f"{rule.__name__}: {each}" for each in rule(card)]
    if canary:
        found += [f"words_stay_words: {each}" for each in words_stay_words(card, canary)]
    if found:
        raise Complaints("\n".join(found))


def head_is_whole(card: Node) -> Found:
    for key in ("speak", "fallbackText"):
        if not str(card.get(key, "")).strip():
            yield f"no {key}"
    if card.get("lang") not in SEEN_BY:
        yield f"lang is {card.get('lang')!r}"
    if card.get("version") != "1.5":
        yield f"version is {card.get('version')!r}"


def second_line_says_who_sees_it(card: Node) -> Found:
    wanted = SEEN_BY.get(str(card.get("lang")), SEEN_BY["da"])
    lines = [
        _words(node) for node in _nodes(card.get("body", [])) if node.get("type") in ("TextBlock", "RichTextBlock")
    ]
    seen = [line for line in lines[:3] if line.startswith(wanted) and len(line) > len(wanted)]
    if not seen:
        yield f"the first lines are {lines[:3]}"


def heading_comes_first(card: Node) -> Found:
    headings = [node for node in _nodes(card.get("body", [])) if node.get("style") == "heading"]
    first = next(
        (node for node in _nodes(card.get("body", [])) if node.get("type") in ("TextBlock", "RichTextBlock")),
        {},
    )
    if not headings or headings[0] is not first or first.get("size") != "Large":
        yield "a card begins with its one large heading"
    if sum(node.get("size") == "Large" for node in headings) > 1:
        yield "more than one large heading"


def inputs_have_labels(card: Node) -> Found:
    labels: list[str] = []
    ids: list[str] = []
    for node in _inputs(card):
        label = str(node.get("label", "")).strip()
        if not label:
            yield f"{node.get('id')} has no label"
        labels.append(label)
        ids.append(str(node.get("id")))
        if node.get("isRequired") and not node.get("errorMessage"):
            yield f"{node.get('id')} is required and does not say what is missing"
        values = [choice.get("value") for choice in node.get("choices", [])]
        chosen = str(node.get("value", "")).split(",") if node.get("isMultiSelect") else [node.get("value", "")]
        if values and any(each and each not in values for each in chosen):
            yield f"{node.get('id')} is set to {node.get('value')!r}, which is no choice"
    for each in sorted({each for each in labels if labels.count(each) > 1}):
        yield f"two inputs are called {each!r}"
    for each in sorted({each for each in ids if ids.count(each) > 1}):
        yield f"two inputs have the id {each!r}"


def inputs_are_few(card: Node) -> Found:
    shown = [node for node in _visible(card.get("body", [])) if _is_input(node)]
    if len(shown) > 5:
        yield f"{len(shown)} inputs are visible: {[node.get('id') for node in shown]}"
    long = [node for node in shown if node.get("isMultiline") and str(node.get("label", "")).endswith(REQUIRED_MARK)]
    # The one exception: the framework asks for both, since data are "tolket og analyseret".
    if len(long) > 1 and [node.get("id") for node in long] != ["interpretation", "analysis"]:
        yield f"more than one long text is required: {[node.get('id') for node in long]}"


def drafts_are_not_blocked(card: Node) -> Found:
    """An empty required input keeps the client from sending any press that takes the inputs along."""
    required = [node.get("id") for node in _inputs(card) if node.get("isRequired")]
    taking = [each["title"] for each in _actions(card) if each.get("verb") and each.get("associatedInputs") != "none"]
    if required and len(taking) > 1:
        yield f"{required} would block {taking[1:]}"


def text_wraps(card: Node) -> Found:
    for node in _nodes(card):
        if node.get("type") in ("TextBlock", "Input.ChoiceSet", "Input.Toggle") and node.get("wrap") is not True:
            yield f"{_name(node)} does not wrap"


def pictures_are_told(card: Node) -> Found:
    for node in _nodes(card):
        if node.get("type") == "Image" and not str(node.get("altText", "")).strip():
            yield f"an image without words: {node.get('url')}"
        if str(node.get("type")).startswith("Chart.") and not node.get("title"):
            yield "a chart without a title"


def newer_elements_fall_back(card: Node) -> Found:
    for node in _nodes(card):
        kind = str(node.get("type"))
        if kind not in NEWER and not kind.startswith("Chart."):
            continue
        fallback = node.get("fallback")
        if fallback is None:
            yield f"{kind} has no fallback"
        elif isinstance(fallback, dict):
            for key in ("targetWidth", "isVisible"):
                if fallback.get(key) != node.get(key):
                    yield f"the fallback of {kind} does not repeat {key}"
        elif kind == "Badge" or kind.startswith("Chart."):
            yield f"{kind} holds words or numbers, and its fallback drops them"


def text_is_readable(card: Node) -> Found:
    for node in _nodes(card):
        if node.get("type") in ("TextBlock", "TextRun") and node.get("color") in ("Good", "Warning"):
            yield f"{node['color']} is too faint for text: {_words(node)!r}"


def colours_say_nothing_alone(card: Node) -> Found:
    """A state is a word, a sign and a colour together; what stands out by its colour has a sign and words beside it."""
    for node in _nodes(card):
        if node.get("type") == "Badge":
            lacking = [part for part in ("text", "icon", "style") if not str(node.get(part, "")).strip()]
            if lacking:
                yield f"the state {node.get('text')!r} has no {' and no '.join(lacking)}"
    rows = [[*_nodes(node)] for node in _nodes(card) if node.get("type") == "ColumnSet"]
    signs, told = [], []
    for row in rows:
        has_sign = any(node.get("type") == "Icon" for node in row)
        has_words = any(_words(node).strip() for node in row)
        signs += [id(node) for node in row if has_words]
        told += [id(node) for node in row if has_sign]
    for node in _nodes(card):
        stands_out = node.get("color") not in (None, "Default")
        if stands_out and node.get("type") == "Icon" and id(node) not in signs:
            yield f"the sign {node.get('name')} has a colour and no words beside it"
        if stands_out and node.get("type") in ("TextBlock", "TextRun") and id(node) not in told:
            yield f"only its colour makes {_words(node)!r} stand out"


def buttons_are_few(card: Node) -> Found:
    buttons = [each for each in card.get("actions", []) if isinstance(each, dict)]
    if len(buttons) > 6:
        yield f"{len(buttons)} buttons"
    if sum(each.get("mode") != "secondary" for each in buttons) > 3:
        yield "more than three buttons are shown"
    if sum(each.get("style") == "positive" for each in _actions(card)) > 1:
        yield "more than one primary button"
    titles = [str(each.get("title", "")) for each in _actions(card)]
    for title in titles:
        if not 0 < len(title) <= 24:
            yield f"a title of {len(title)} characters: {title!r}"
    for title in sorted({each for each in titles if titles.count(each) > 1}):
        yield f"two buttons are called {title!r}"


def buttons_keep_inputs_apart(card: Node) -> Found:
    """What a button carries and what was typed come back in one object."""
    ids = {str(node.get("id")) for node in _inputs(card)}
    for each in _actions(card):
        data = each.get("data", {})
        # In a dialog the verb is carried.
        verb = {"Action.Execute": each.get("verb"), "Action.Submit": data.get("verb")}.get(str(each.get("type")), "a.b")
        if not re.fullmatch(r"[a-z_]+\.[a-z_]+", str(verb)):
            yield f"the verb is {verb!r}"
        for key in sorted(ids & set(data if isinstance(data, dict) else {})):
            yield f"{key!r} is an input and also carried by {each.get('title')!r}"


def toggles_have_targets(card: Node) -> Found:
    ids = {node.get("id") for node in _nodes(card)}
    for each in _actions(card):
        for target in each.get("targetElements", []):
            if (target if isinstance(target, str) else target.get("elementId")) not in ids:
                yield f"{each.get('title')!r} shows {target!r}, which is not there"


def tone_is_calm(card: Node) -> Found:
    for text in _all_text(card):
        if "!" in text:
            yield f"an exclamation mark: {text!r}"
        if EMOJI.search(text):
            yield f"an emoji: {text!r}"


def danish_is_written_well(card: Node) -> Found:
    """One kind of quotation marks, and the half-year in its definite form inside a sentence."""
    if card.get("lang") != "da":
        return
    for text in _all_text(card):
        if re.search("[“„«»]", text):
            yield f"other quotation marks than ”…”: {text!r}"
        if re.search(r"\b(i|for|til|fra) (forår|efterår) \d{4}", text):
            yield f"a half-year without its article: {text!r}"


def headings_are_ours(card: Node) -> Found:
    """What reads markup comes from the catalogue, with plain values."""
    for node in _nodes(card):
        if node.get("type") == "FactSet":
            yield "a FactSet reads its values as markup"
        if node.get("type") == "TextBlock" and node.get("text") not in ("•",):
            if not any(each.fullmatch(str(node.get("text"))) for each in _catalogue(str(card.get("lang")))):
                yield f"not from the catalogue: {node.get('text')!r}"
    for text in _all_text(card, "text", "title", "label", "placeholder", "altText"):
        if re.search(r"\{\{(DATE|TIME)\(", text):
            yield f"a client would evaluate {text!r}"


def titles_are_whole_words(card: Node) -> Found:
    """A name that is cut to fit on a button is cut between two words, and the last of them leads on to nothing."""
    told = " ".join(_words(node) for node in _nodes(card))
    for action in _actions(card):
        title = str(action.get("title", ""))
        kept = title.removesuffix("…").rstrip()
        if kept == title or title.endswith(" …"):
            continue
        last = kept.split()[-1]
        if last in LEADING_ON:
            yield f"{title!r} ends with a word that leads on"
        if re.search(re.escape(kept) + r"\w", told):
            yield f"{title!r} is cut in a word"


def axes_have_no_fractions(card: Node) -> Found:
    """Teams divides an axis into four, and writes a fraction with a point: half an agreement, and no Danish."""
    for chart in _nodes(card):
        if not str(chart.get("type")).startswith("Chart."):
            continue
        numbers = [point["y"] for each in chart["data"] for point in each.get("values", [each])]
        if any(number < 0 for number in numbers):
            continue
        if chart.get("yMin") != 0 or chart.get("yMax", 1) % 4 or chart["yMax"] < max(numbers, default=0):
            yield f"{chart.get('title')}: an axis from {chart.get('yMin')} to {chart.get('yMax')}"


def size_is_safe(card: Node) -> Found:
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MOST_BYTES:
        yield f"{size} bytes"


def words_stay_words(card: Node, canary: str) -> Found:
    """What people typed stands in text runs and in inputs, and never in what a toast or a speaker tells."""
    if not any(canary in text for text in _all_text(card)):
        yield "what people typed does not show at all, so nothing is proved"
    for node in _nodes(card):
        if node.get("type") in ("TextBlock", "FactSet", "Badge") and canary in json.dumps(node, ensure_ascii=False):
            yield f"what people typed stands in a {node['type']}"
    for key in ("fallbackText", "speak"):
        if canary in str(card.get(key)):
            yield f"what people typed stands in {key}"


RULES: tuple[Callable[[Node], Found], ...] = (
    head_is_whole,
    second_line_says_who_sees_it,
    heading_comes_first,
    inputs_have_labels,
    inputs_are_few,
    drafts_are_not_blocked,
    text_wraps,
    pictures_are_told,
    newer_elements_fall_back,
    text_is_readable,
    colours_say_nothing_alone,
    buttons_are_few,
    buttons_keep_inputs_apart,
    toggles_have_targets,
    tone_is_calm,
    danish_is_written_well,
    headings_are_ours,
    titles_are_whole_words,
    axes_have_no_fractions,
    size_is_safe,
)


def _nodes(value: object) -> Iterator[Node]:
    """Every object in reading order, but for what buttons carry and what stands in for newer elements."""
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each)
    elif isinstance(value, dict):
        yield value
        for key, each in value.items():
            if key not in ("fallback", "refresh") and not (
                key == "data" and str(value.get("type")).startswith("Action.")
            ):
                yield from _nodes(each)


def _visible(value: object) -> Iterator[Node]:
    if isinstance(value, list):
        for each in value:
            yield from _visible(each)
    elif isinstance(value, dict) and value.get("isVisible") is not False:
        yield value
        for key in ("items", "columns"):
            yield from _visible(value.get(key, []))


def _is_input(node: Node) -> bool:
    return str(node.get("type")).startswith("Input.")


def _inputs(card: Node) -> list[Node]:
    return [node for node in _nodes(card) if _is_input(node)]


def _actions(card: Node) -> list[Node]:
    return [node for node in _nodes(card) if str(node.get("type")).startswith("Action.")]


def _words(node: Node) -> str:
    if "inlines" in node:
        return "".join(each if isinstance(each, str) else str(each.get("text", "")) for each in node["inlines"])
    return str(node.get("text", ""))


TOLD = ("text", "title", "label", "placeholder", "errorMessage", "altText", "value", "speak", "fallbackText")


def _all_text(card: Node, *keys: str) -> Iterator[str]:
    for node in _nodes(card):
        for key in keys or TOLD:
            if isinstance(node.get(key), str):
                yield node[key]


def _name(node: Node) -> str:
    return f"{node.get('type')} {node.get('id') or node.get('text') or ''}".strip()


@cache
def _catalogue(language: str) -> tuple[re.Pattern[str], ...]:
    found: set[str] = set()
    for message in kept("da"):
        told = message.id if language == "en" else message.string
        found.update(told if isinstance(told, tuple | list) else [str(told)])
    told = [re.sub(r"%\\\(\w+\\\)s", lambda _: VALUE, re.escape(each)) for each in found if each]
    return tuple(re.compile(each) for each in told)
