"""Arrows point to the rules: what each part of the house may import, as README and pyproject.toml promise it."""

import sys
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "scheduler", "dialogs", "cards", "storage", "domain")
HOMES = {
    "aiohttp": "bot",
    "apscheduler": "scheduler.clock",
    "botbuilder": "bot",
    "botframework": "bot",
    "docx": "cards.document",
    "fontTools": "cards.document",
    "fpdf": "cards.document",
    "msal": "bot",
    "sqlalchemy": "storage",
}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def importers(imports: grimp.ImportGraph, package: str) -> set[str]:
    found = [each for each in imports.modules if each.partition(".")[0] == package]
    assert found, f"nobody imports {package} any more: take it off this list"
    return {who for module in found for who in imports.find_modules_that_directly_import(module)}


def test_no_import_points_the_wrong_way() -> None:
    assert lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0


@pytest.mark.parametrize(("package", "home"), HOMES.items())
def test_a_library_stays_in_its_home(imports: grimp.ImportGraph, package: str, home: str) -> None:
    strangers = {who for who in importers(imports, package) if who != home and not who.startswith(f"{home}.")}
    assert not strangers


def test_the_rules_need_the_standard_library_and_each_other() -> None:
    rules = grimp.build_graph("domain", include_external_packages=True, cache_dir=None)
    others = {module.partition(".")[0] for module in rules.modules} - {"domain"} - sys.stdlib_module_names
    assert not others


def test_cards_and_storage_know_nothing_of_each_other(imports: grimp.ImportGraph) -> None:
    for one, other in (("cards", "storage"), ("storage", "cards")):
        assert not imports.find_shortest_chains(importer=one, imported=other)
