"""Browser stories need Chromium and Node.js: without them they are skipped, except where CI promises both."""

import asyncio
import os
import shutil
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.demo import ChildFailed
from bot.demo.playground import find_node, install
from tests.e2e.client import chromium, chromium_program
from tests.e2e.stage import ROOT, Stage

# Away from the demo's own ports, and different for stories that run at the same time.
FIRST_PORT, APART, LANES = 20_000, 40, 200
HERE = Path(__file__).parent


# Each story is several programs and a browser: two of them at once wait for each other longer than they save. What
# fails is told once more from the beginning, and fails if it fails again: half of what is in play is other people's.
# The end of the run names what was told twice, in tests/conftest.py.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.flaky(reruns=1))


def missing(what: str) -> NoReturn:
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    report = outcome.get_result()
    if report.when == "call":
        item.stash[FAILED] = report.failed


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def program() -> Path:
    """The installed Playground."""
    if chromium_program() is None:
        missing("The browser stories need Chromium: install the system's package of that name.")
    try:
        find_node()
    except ChildFailed as failed:
        missing(str(failed))
    return install(ROOT / ".demo" / "playground")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all stories; each page that a story opens has cookies and a cache of its own."""
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def stage(
    program: Path, browser: Browser, sqlite_template: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Stage]:
    lane = zlib.crc32(request.node.nodeid.encode()) % LANES
    stage = Stage(tmp_path, program, browser, FIRST_PORT + lane * APART)
    shutil.copyfile(sqlite_template, stage.file)
    try:
        await stage.start()
        yield stage
        for client in stage.clients:
            if not request.node.stash.get(FAILED, False):
                await client.never_unsupported()
    finally:
        if request.node.stash.get(FAILED, True):
            await stage.keep_evidence(request.node.name)
        await asyncio.shield(stage.close())
