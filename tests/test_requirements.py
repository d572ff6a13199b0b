"""The list of requirements names tests that exist, and all of what is built."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES = re.findall(r"^\| ([RI][^|]*) \|.*$", (ROOT / "docs/requirements.md").read_text(), re.M)
NAMED = re.findall(r"^\| ([RI][\d, RI-]+) \|[^|]+\| `([^`]+)` \|$", (ROOT / "docs/requirements.md").read_text(), re.M)


def numbered(letter: str, *spans: tuple[int, int]) -> set[str]:
    digits = 2 if letter == "R" else 1
    return {f"{letter}{'-' * (digits - 1)}{n:0{digits}}" for first, last in spans for n in range(first, last + 1)}


# All that the municipality's text asks, and the invariants that follow from it.
WANTED = numbered("R", (1, 54)) | numbered("I", (1, 38))
# Their tests say by their names which one they hold.
NAMED_BY_THEM = numbered("I", (7, 28))


@pytest.mark.parametrize(("requirement", "shown_by"), NAMED)
def test_a_requirement_is_shown_by_a_test_that_exists(requirement: str, shown_by: str) -> None:
    file, _, name = shown_by.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    tests = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name.startswith("test_")
    assert name in tests


def test_every_line_of_the_list_is_read_and_nothing_is_missing_or_too_much() -> None:
    assert len(LINES) == len(NAMED)
    assert {each for names, _ in NAMED for each in names.split(", ")} == WANTED


@pytest.mark.parametrize("invariant", sorted(NAMED_BY_THEM))
def test_an_invariant_is_held_by_a_test_of_its_name(invariant: str) -> None:
    shown = [shown_by for names, shown_by in NAMED if names == invariant]
    assert shown
    assert any(f"test_{invariant.lower()}_" in each for each in shown)
