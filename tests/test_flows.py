"""A flow is complete, in both languages, or the missing part is named."""

from pathlib import Path

import pytest

import dialogs
from cards.language import Translator
from dialogs import FLOWS
from dialogs.flow import Button, Flow, Question, collect
from dialogs.words import Understood, understand
from tests.cards.flow_examples import EXAMPLES

ROOT = Path(__file__).parent.parent
PARTS = ("domain", "storage", "cards", "dialogs", "tests")
of_every_flow = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


def missing_parts(flow: Flow) -> list[str]:
    """What a flow lacks and has not said it does without."""
    modules = {
        part: (ROOT / part / (f"test_{flow.name}.py" if part == "tests" else f"{flow.name}.py")).exists()
        for part in PARTS
    }
    tables = {name: bool(getattr(flow, name)) for name in ("buttons", "questions", "views", "clock")}
    there = modules | tables
    return [
        *[
            f"{flow.name} has no {part}"
            for part, is_there in there.items()
            if not is_there and part not in flow.without
        ],
        *[f"{flow.name} says it is without {part}, and has it" for part in flow.without if there[part]],
    ]


@of_every_flow
def test_a_flow_has_all_its_parts(flow: Flow) -> None:
    assert missing_parts(flow) == []


def test_a_missing_part_is_named() -> None:
    flow = Flow(name="nowhere", without=frozenset({"views", "clock", "questions", "buttons"}))
    assert missing_parts(flow) == [f"nowhere has no {part}" for part in PARTS]


@of_every_flow
def test_the_verbs_of_a_flow_begin_with_its_name(flow: Flow) -> None:
    assert [verb for verb in flow.buttons if not verb.startswith(f"{flow.name}.")] == []


@of_every_flow
def test_a_view_of_a_flow_is_named_after_it(flow: Flow) -> None:
    assert [view for view in flow.views if view != flow.name and not view.startswith(f"{flow.name}.")] == []


@pytest.mark.parametrize("part", ["buttons", "questions", "views"])
def test_a_name_that_two_flows_claim_raises_at_start_up(part: str) -> None:
    value = {
        "buttons": Button(dict, lambda turn, form: {}),
        "questions": Question(("hej",), lambda turn, asked: {}),
        "views": lambda turn, subject_id: None,
    }[part]
    twice = [Flow(name="one", **{part: {"same": value}}), Flow(name="two", **{part: {"same": value}})]  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'same' is claimed twice"):
        collect(twice, part)


def test_every_verb_on_a_card_has_a_handler() -> None:
    drawn = [example(Translator.of(language)) for example in EXAMPLES.values() for language in ("da", "en")]
    verbs = {verb for card in drawn for verb in verbs_in(card)}
    assert verbs <= set(dialogs.BUTTONS)
    assert set(dialogs.BUTTONS) <= verbs, "a button that no example card draws"


def verbs_in(part: object) -> list[str]:
    if isinstance(part, list):
        return [verb for each in part for verb in verbs_in(each)]
    if isinstance(part, dict):
        own = [str(part["verb"])] if part.get("type") == "Action.Execute" else []
        own += [str(part["data"]["verb"])] if part.get("type") == "Action.Submit" else []
        return own + [verb for each in part.values() for verb in verbs_in(each)]
    return []


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("forbered", "prepare"),
        ("Forbered!", "prepare"),
        ("fobered", "prepare"),
        ("forberd samtalen", "prepare"),
        ("vil gerne forberede læringssamtalen", "prepare"),
        ("PREPARE", "prepare"),
        ("Min oversigt", "overview"),
        ("minoversigt", "overview"),
        ("min over sigt", "overview"),
        ("my overveiw please", "overview"),
        ("nøgletal", "data_package"),
        ("noegletal", "data_package"),
        ("nogletal", "data_package"),
        ("datapakken", "data_package"),
        ("data pakke", "data_package"),
        ("key figures", "data_package"),
        ("hvem kan se hvad?", "who_sees_what"),
        ("who can see what", "who_sees_what"),
        ("hjælp", "help"),
        ("hjaelp", "help"),
        ("hjelp", "help"),
        ("help", "help"),
        ("sprog", "set_language"),
        ("english", "set_english"),
        ("dansk", "set_danish"),
        ("pause påmindelser", "pause"),
        ("pause paamindelser", "pause"),
        ("stille i 2 uger", "pause"),
        ("ikke nu", "later"),
        ("fotsæt", "continue"),
        ("hej", "welcome"),
        ("Hello", "welcome"),
    ],
)
def test_typed_words_are_understood_in_both_languages(typed: str, intent: str) -> None:
    found = understand(typed, dialogs.QUESTIONS)
    assert isinstance(found, Understood)
    assert found.intent == intent


@pytest.mark.parametrize(
    "typed", ["", "   ", "🙂🙂", "zzz qqq", "1234567890", "vejret i morgen", "fortæl", "a" * 10_000]
)
def test_other_text_is_not_guessed_at(typed: str) -> None:
    assert not isinstance(understand(typed, dialogs.QUESTIONS), Understood)
