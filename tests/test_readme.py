"""What the README and its neighbours promise, held against what there is."""

import importlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from storage.importing.layout import FILES
from tests.readme import README, written

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
PAGES = [README, *(ROOT / name for name in ("CONTRIBUTING.md", "CHANGELOG.md")), *sorted((ROOT / "docs").glob("*.md"))]
DOMAIN = [importlib.import_module(f"domain.{file.stem}") for file in (ROOT / "domain").glob("[a-z]*.py")]


def part(heading: str) -> str:
    """What stands under a heading, up to the next of its rank or above."""
    rank = len(heading.partition(" ")[0])
    assert f"\n{heading}\n" in TEXT, f"no heading {heading!r}"
    return re.split(rf"^#{{1,{rank}}} ", TEXT.partition(f"\n{heading}\n")[2], flags=re.MULTILINE)[0]


def cells(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    rows = [line for line in part(heading).splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_tables_of_settings_and_commands_say_what_the_program_says() -> None:
    assert written(TEXT) == TEXT, "write them anew: python -m tests.readme"


def test_it_tells_in_the_order_a_newcomer_asks() -> None:
    headings = [
        "## Two commands",
        "## How it works",
        "## Running it for real",
        "## Five promises",
        "## Glossary",
        "## To add a flow",
        "## Licence",
    ]
    assert re.findall(r"^## .*", TEXT, re.MULTILINE) == headings
    assert "docs/pictures/" in TEXT.partition(headings[0])[0]


def test_it_works_in_ten_sentences_and_one_diagram() -> None:
    assert re.findall(r"^(\d+)\. ", part("## How it works"), re.MULTILINE) == [str(number) for number in range(1, 11)]
    assert part("## How it works").count("```") == 2


def test_there_are_five_promises() -> None:
    assert len(re.findall(r"^\d\. \*\*", part("## Five promises"), re.MULTILINE)) == 5


def test_a_copy_of_the_repository_has_no_link_to_one_machine_and_nothing_that_is_ignored() -> None:
    """Such as a `.venv` that is a link: `make` would take it for the finished environment, and install nothing."""
    kept = _git("ls-files", "--stage")
    if not kept:
        pytest.skip("not a copy made by git")
    assert [line.partition("\t")[2] for line in kept if line.startswith("120000")] == []
    assert _git("ls-files", "--cached", "--ignored", "--exclude-standard") == []


def _git(*arguments: str) -> list[str]:
    """What git says; nothing where there is no git, or the files came without it."""
    if shutil.which("git") is None:
        return []
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [each for each in targets if not (page.parent / each).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_is_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`python -m ([a-z_.]+)", page.read_text(encoding="utf-8"))
    assert [each for each in named if importlib.util.find_spec(each) is None] == []


def test_the_import_files_have_the_columns_that_the_import_reads() -> None:
    told = {
        row[0].strip("`"): [re.sub(r" \(.*", "", each).strip() for each in re.split(r", (?![^(]*\))", row[1])]
        for row in cells("### Import files")
    }
    assert told == {layout.file: [column.name for column in layout.columns] for layout in FILES}


@pytest.mark.parametrize("row", cells("## Glossary"), ids=lambda row: row[1])
def test_every_word_of_the_glossary_is_in_the_code(row: list[str]) -> None:
    for name in re.findall(r"`([A-Za-z.]+)`", row[2]):
        owner, _, member = name.partition(".")
        found = [getattr(module, owner) for module in DOMAIN if hasattr(module, owner)]
        assert found, f"no {owner} in domain/"
        assert not member or hasattr(found[0], member), f"no {name} in domain/"
