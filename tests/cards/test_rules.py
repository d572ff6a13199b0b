"""The checks can fail: cards with one thing wrong each, and what is said about it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from cards.chart import bars
from cards.inputs import choices, text_input
from cards.kit import Card, card, open_url, press
from cards.language import Translator
from cards.parts import State, figure, text
from cards.which import short
from tests.cards.examples import drawn
from tests.cards.rules import CANARY, CANARY_WORD, Complaints, check

DATA = {"id": "1", "v": "2", "k": "3"}
Break = Callable[[Card], Any]


def whole() -> Card:
    _ = Translator.of("da")
    return card(
        _,
        _("Theme"),
        subtitle="Elmeskolen",
        state=State("Klar", "good"),
        seen_by="kun dig",
        body=[
            text("Noget at læse"),
            text_input("wonder", "Hvad undrer I jer over?"),
            choices("kind", "Hvad har I besluttet?", {"a": "Vælge", "b": "Justere"}),
            figure("5", "børn"),
        ],
        actions=[press("Gem", "kit.save", DATA, primary=True), press("Ikke nu", "kit.later", DATA)],
    )


def last(made: Card, offset: int = 0) -> dict[str, Any]:
    """The parts from the end: the figure, the choices, the input, the text."""
    part: dict[str, Any] = made["body"][-1 - offset]
    return part


def many_inputs(made: Card) -> None:
    made["body"] += [text_input(f"more{number}", f"Nummer {number}") for number in range(4)]


def many_buttons(made: Card) -> None:
    made["actions"] += [{**press(f"Nummer {number}", "kit.more", DATA), "mode": "secondary"} for number in range(5)]


def two_long_texts(made: Card) -> None:
    long = {"type": "Input.Text", "isMultiline": True}
    made["body"] += [
        {**long, "id": "x", "label": "Et\N{NO-BREAK SPACE}*"},
        {**long, "id": "y", "label": "To\N{NO-BREAK SPACE}*"},
    ]


def image(**more: str) -> dict[str, str]:
    return {"type": "Image", "url": "https://example.invalid/a.png", **more}


def chart(**more: Any) -> dict[str, Any]:
    return {"type": "Chart.VerticalBar", "data": [{"x": "a", "y": 1}], **more}


BROKEN: dict[str, tuple[Break, str]] = {
    "an unknown key": (lambda c: last(c, 2).update(hint="x"), "Input.Text has no 'hint'"),
    "a key in the wrong case": (lambda c: last(c, 2).update(maxlength=3), "Input.Text has no 'maxlength'"),
    "a value that does not exist": (lambda c: last(c).update(style="Emphasis"), "'Emphasis' is none of"),
    "an unknown element": (
        lambda c: c["body"].append({"type": "Paragraph"}),
        "'Paragraph' has no place here",
    ),
    "an action among the elements": (
        lambda c: c["body"].append(c["actions"][0]),
        "'Action.Execute' has no place",
    ),
    "an element among the actions": (
        lambda c: c["actions"].append(text("x")),
        "'RichTextBlock' has no place here",
    ),
    "a run outside a paragraph": (
        lambda c: c["body"].append({"type": "TextRun", "text": "x"}),
        "TextRun has no place",
    ),
    "a paragraph inside a paragraph": (
        lambda c: last(c, 3)["inlines"].append(text("x")),
        "RichTextBlock has no place",
    ),
    "a column on its own": (
        lambda c: c["body"].append({"type": "Column", "items": []}),
        "Column has no place here",
    ),
    "a missing key": (lambda c: last(c, 3).pop("inlines"), "RichTextBlock without 'inlines'"),
    "a button without a verb": (lambda c: c["actions"][0].pop("verb"), "Action.Execute without 'verb'"),
    "a number as text": (lambda c: last(c, 2).update(maxLength="3"), "'3' is not"),
    "a yes as text": (lambda c: last(c, 1).update(wrap="true"), "'true' is not bool"),
    "a null": (lambda c: last(c, 2).update(placeholder=None), "placeholder: None is not str"),
    "no one said to speak": (lambda c: c.pop("speak"), "no speak"),
    "nothing for old clients": (lambda c: c.update(fallbackText=" "), "no fallbackText"),
    "no language": (lambda c: c.pop("lang"), "lang is None"),
    "another version": (lambda c: c.update(version="1.6"), "version is '1.6'"),
    "not said who sees it": (lambda c: c["body"].pop(2), "second_line_says_who_sees_it"),
    "said too late who sees it": (
        lambda c: c["body"].append(c["body"].pop(2)),
        "second_line_says_who_sees_it",
    ),
    "no heading": (lambda c: c["body"].pop(0), "heading_comes_first"),
    "an input without a label": (lambda c: last(c, 2).update(label=" "), "wonder has no label"),
    "two inputs of one name": (lambda c: last(c, 2).update(id="kind"), "two inputs have the id 'kind'"),
    "two inputs of one label": (
        lambda c: last(c, 2).update(label=last(c, 1)["label"]),
        "two inputs are called",
    ),
    "required without a word": (lambda c: last(c, 2).update(isRequired=True), "does not say what is missing"),
    "a draft that is blocked": (
        lambda c: last(c, 2).update(isRequired=True, errorMessage="Skriv noget."),
        "would block ['Ikke nu']",
    ),
    "set to no choice": (lambda c: last(c, 1).update(value="c"), "is no choice"),
    "too many inputs": (many_inputs, "6 inputs are visible"),
    "two long texts": (two_long_texts, "more than one long text is required"),
    "text that does not wrap": (lambda c: last(c, 1).update(wrap=False), "does not wrap"),
    "a heading that does not wrap": (
        lambda c: c["body"][0]["columns"][0]["items"][0].pop("wrap"),
        "does not wrap",
    ),
    "an image without words": (lambda c: c["body"].append(image()), "an image without words"),
    "an axis with halves": (lambda c: c["body"].append(chart(yMin=0, yMax=2)), "an axis from 0 to 2"),
    "an axis that Teams chooses": (lambda c: c["body"].append(chart()), "an axis from None to None"),
    "a name cut in a word": (
        lambda c: c["actions"][1].update(title="Noget at l…"),
        "'Noget at l…' is cut in a word",
    ),
    "a name that leads on": (
        lambda c: c["actions"][1].update(title="Noget at…"),
        "'Noget at…' ends with a word that leads on",
    ),
    "a chart without a title": (
        lambda c: c["body"].append(chart(fallback=text("1"))),
        "a chart without a title",
    ),
    "a chart that phones drop": (lambda c: c["body"].append(chart(title="a", fallback="drop")), "drops them"),
    "a badge without fallback": (lambda c: c["body"][1].pop("fallback"), "Badge has no fallback"),
    "a fallback at every width": (
        lambda c: c["body"][1]["fallback"].pop("targetWidth"),
        "the fallback of Badge does not repeat targetWidth",
    ),
    "text in the colour of warnings": (
        lambda c: last(c, 3)["inlines"][0].update(color="Warning"),
        "too faint",
    ),
    "text in the colour of success": (lambda c: last(c, 3)["inlines"][0].update(color="Good"), "too faint"),
    "a state without a sign": (
        lambda c: c["body"][0]["columns"][1]["items"][0].update(icon=""),
        "the state 'Klar' has no icon",
    ),
    "a sign with a colour and no words": (
        lambda c: c["body"].append({"type": "Icon", "name": "Flag", "color": "Good", "fallback": "drop"}),
        "the sign Flag has a colour and no words beside it",
    ),
    "words that only a colour sets apart": (
        lambda c: last(c, 3)["inlines"][0].update(color="Attention"),
        "only its colour makes 'Noget at læse' stand out",
    ),
    "two primary buttons": (
        lambda c: c["actions"][1].update(style="positive"),
        "more than one primary button",
    ),
    "a long title": (lambda c: c["actions"][0].update(title="Gem og gå til beslutningerne"), "28 characters"),
    "too many buttons": (many_buttons, "7 buttons"),
    "too many shown": (
        lambda c: c["actions"].extend([press("A", "kit.a", DATA), press("B", "kit.b", DATA)]),
        "more than three buttons are shown",
    ),
    "two buttons of one name": (
        lambda c: c["actions"][1].update(title="Gem"),
        "two buttons are called 'Gem'",
    ),
    "a verb that is no verb": (lambda c: c["actions"][0].update(verb="save"), "the verb is 'save'"),
    "an input that a button overwrites": (
        lambda c: c["actions"][0]["data"].update(wonder="x"),
        "also carried by",
    ),
    "a toggle of nothing": (
        lambda c: c["actions"].append(
            {"type": "Action.ToggleVisibility", "title": "Mere", "targetElements": ["nothing"]}
        ),
        "which is not there",
    ),
    "an exclamation mark": (lambda c: c["body"].append(text("Godt gået!")), "an exclamation mark"),
    "an emoji": (lambda c: c["body"].append(text("Godt \U0001f44d")), "an emoji"),
    "quotation marks of another language": (lambda c: c["body"].append(text("Tryk “Gem”.")), "other quotation marks"),
    "a half-year without its article": (lambda c: c["body"].append(text("Det gælder i forår 2026.")), "its article"),
    "a name as a heading": (
        lambda c: c["body"][0]["columns"][0]["items"][0].update(text="*Elmeskolen*"),
        "not from the catalogue",
    ),
    "facts that read markup": (
        lambda c: c["body"].append({"type": "FactSet", "facts": [{"title": "a", "value": "b"}]}),
        "a FactSet reads its values as markup",
    ),
    "a date that is evaluated": (
        lambda c: last(c, 3)["inlines"][0].update(text="{{DATE(2026-01-01,SHORT)}}"),
        "a client would evaluate",
    ),
    "too large": (lambda c: c["body"].extend(text("æ" * 700) for _ in range(20)), "bytes"),
}


def test_a_whole_card_passes() -> None:
    check(whole())


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_card_is_caught(name: str) -> None:
    broken = deepcopy(whole())
    change, said = BROKEN[name]
    change(broken)
    with pytest.raises(Complaints) as caught:
        check(broken)
    assert said in str(caught.value)


@pytest.mark.parametrize("place", ["fallbackText", "speak"])
def test_what_people_typed_is_caught_in_a_toast(place: str) -> None:
    card = drawn("kit_receipt", "da", words=CANARY)
    card[place] = CANARY
    with pytest.raises(Complaints, match=f"what people typed stands in {place}"):
        check(card, canary=CANARY_WORD)


def test_what_people_typed_is_caught_in_a_text_that_reads_markup() -> None:
    card = drawn("kit_receipt", "da", words=CANARY)
    card["body"].append({"type": "TextBlock", "text": CANARY, "wrap": True})
    with pytest.raises(Complaints, match="what people typed stands in a TextBlock"):
        check(card, canary=CANARY_WORD)


def test_a_canary_that_does_not_show_proves_nothing() -> None:
    with pytest.raises(Complaints, match="nothing is proved"):
        check(whole(), canary=CANARY_WORD)


@pytest.mark.parametrize(
    "make",
    [
        lambda: press("En alt for lang titel på en knap", "kit.save", DATA),
        lambda: open_url("Se mere", "http://example.invalid"),
        lambda: text_input("x", " "),
        lambda: choices("x", "Hvad?", {"a,b": "A"}, many=True),
        lambda: card(
            Translator.of("da"),
            "Tema",
            seen_by="dig",
            body=[],
            actions=[press("A", "k.a", DATA, primary=True), press("B", "k.b", DATA, primary=True)],
        ),
        lambda: card(
            Translator.of("da"),
            "Tema",
            seen_by="dig",
            body=[],
            actions=[press(f"Knap {number}", "k.a", DATA) for number in range(7)],
        ),
    ],
)
def test_the_kit_refuses_what_no_card_may_have(make: Callable[[], Any]) -> None:
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Elmeskolen", "Elmeskolen"),
        ("Leg og sprog i hverdagen", "Leg og sprog i hverdagen"),
        ("Makkerpar i dansk og matematik", "Makkerpar i dansk…"),
        ("Mette inviterer en leder fra et andet tilbud", "Mette inviterer…"),
        ("Børnehuset Ved Åen og Mølledammen", "Børnehuset Ved Åen…"),
        ("Overgangsarbejdsgruppekoordinering", "Overgangsarbejdsgruppek…"),
    ],
)
def test_a_name_is_cut_between_two_words(name: str, shown: str) -> None:
    assert short(name) == shown


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 4), (1, 4), (4, 4), (5, 8), (11, 12), (13, 16), (97, 100), (321, 400), (5_000, 6_000)]
)
def test_an_axis_ends_at_a_round_number_with_three_whole_ones_below_it(largest: int, top: int) -> None:
    made = bars(Translator.of("da"), "Aftaler", "Så mange er der.", [("åben", largest), ("gennemført", 0)])
    (drawn_,) = (each for each in made["items"] if each["type"].startswith("Chart."))
    assert (drawn_["yMin"], drawn_["yMax"]) == (0, top)
