"""What a button says it is about is believed of nobody: whatever stands there, an answer comes, or a polite no."""

import json
from typing import Any

import pytest

from dialogs import BUTTONS
from dialogs.conversation import Kind
from dialogs.source import ANSWERS
from storage.database import Database
from tests.town import Someone, Town

OPENING = sorted(each for each in BUTTONS if each.rpartition(".")[0] in ANSWERS and each.endswith((".open", ".narrow")))
OUT_OF_ALL_REASON: tuple[dict[str, Any], ...] = (
    {"last": "1900H1"},
    {"first": "1900H1", "last": "2200H2"},
    {"last": "2200H2"},
    {"since": "0001-01-01T00:00:00+23:59"},
    {"since": "9999-12-31T23:59:59-23:59"},
    {"to_period": "2200H2"},
    {"to_period": "1900H1"},
    {"dialogue": "0"},
    {"types": "ingen", "age": "12", "groups": "x", "status": "x"},
)


@pytest.fixture
async def town(database: Database) -> Town:
    town = Town()
    await database.write(town.build)
    return town


@pytest.mark.parametrize("verb", [*OPENING, "summary.new", "saved_summary.begin", "source.all", "source.open"])
@pytest.mark.each_on_both
async def test_bounds_out_of_all_reason_are_answered(database: Database, town: Town, verb: str) -> None:
    for who in (town.chief, town.leader):
        for typed in OUT_OF_ALL_REASON:
            for answer in ANSWERS if verb.startswith("source.") else ("",):
                data = {"places": str(town.school.id), **typed, "answer": answer, "source": f"place:{town.school.id}"}
                reply = await Someone(database, who).does(Kind.PRESSED, verb=verb, data=data)
                assert reply.card is not None, (verb, typed)


@pytest.mark.parametrize(
    "typed",
    [
        {"slots": "[" * 19_000},
        {"left": "[" * 19_000},
        {"slots": json.dumps({"dialogue_no": 10**30}), "intent": "decision_list"},
        {"slots": json.dumps({"dialogue_no": 10**30}), "intent": "dialogue_overview"},
        {"slots": json.dumps({"half_year": "1900H1"}), "intent": "compare_half_years"},
        {"slots": json.dumps({"half_year": "1900H1"}), "intent": "key_figures"},
        {"slots": json.dumps({"half_year": "2200H2", "cycle": "next"}), "intent": "dialogue_overview"},
        {"slots": json.dumps({"half_year": "1900H1"}), "intent": "decision_list"},
        {"slots": json.dumps({"half_year": "1900H1"}), "intent": "political_report"},
        {"slots": json.dumps({"candidates": ["area:1"]})},
        {"slots": json.dumps({"half_year": "2200H2"}), "intent": "supervision_summary"},
    ],
)
@pytest.mark.each_on_both
async def test_a_choice_out_of_all_reason_is_answered(database: Database, town: Town, typed: dict[str, str]) -> None:
    asked = {"intent": "supervision_summary", "slots": "{}", "left": "[]", "chosen": f"institution:{town.school.id}"}
    for who in (town.chief, town.leader):
        reply = await Someone(database, who).does(Kind.PRESSED, verb="asking.choose", data={**asked, **typed})
        assert reply.card is not None
