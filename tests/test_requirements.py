"""The list of requirements names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.findall(r"^\| ([RI][\d, RI-]+) \|[^|]+\| `([^`]+)` \|$", (ROOT / "docs/requirements.md").read_text(), re.M)
INVARIANTS = [f"I{number}" for number in range(7, 22)]


@pytest.mark.parametrize(("requirement", "shown_by"), NAMED)
def test_a_requirement_is_shown_by_a_test_that_exists(requirement: str, shown_by: str) -> None:
    file, _, name = shown_by.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    tests = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in tests if name else any(each.startswith("test_") for each in tests)


def test_every_line_of_the_list_is_read_and_the_gate_is_whole() -> None:
    lines = [each for each in (ROOT / "docs/requirements.md").read_text().splitlines() if re.match(r"\| [RI]", each)]
    assert len(lines) == len(NAMED)
    by_name = dict(NAMED)
    assert set(INVARIANTS) <= set(by_name)
    for invariant in INVARIANTS:
        assert f"test_{invariant.lower()}_" in by_name[invariant]
