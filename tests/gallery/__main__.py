"""Draws every example card: `python -m tests.gallery OUT`, see `--help`."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from tests.cards.examples import EXAMPLES, LANGUAGES, drawn
from tests.gallery.browser import Picture, chromium, draw, drawing_page, install
from tests.gallery.page import Shown, index

PAGES = 2
Wanted = tuple[str, str, dict[str, Any]]
Keep = Callable[[str, str, Image.Image, list[Picture]], list[Shown]]
Kept = tuple[str, list[Shown]]


def main() -> int:
    """Draws, and tells what is clipped or not understood; 1 if there was anything to tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description="Every example card as a picture.")
    parser.add_argument("out", type=Path, help="folder for the pictures and index.html")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="names to draw, such as 'prepare_*'")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="only this language")
    parser.add_argument("--sheet", action="store_true", help="one picture a card, its four looks side by side")
    parser.add_argument("--open", action="store_true", help="show what waits behind a button as well")
    parser.add_argument("--card", type=Path, action="append", metavar="FILE", help="draw this JSON file instead")
    options = parser.parse_args()
    begun = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    keep = _keep_sheet if options.sheet else _keep_pictures
    try:
        install()
        cards = _chosen(options.only, options.language or LANGUAGES, options.card)
        wanted = [_opened(card) for card in cards] if options.open else cards
        found = asyncio.run(_draw_all(wanted, partial(keep, options.out)))
    except RuntimeError as missing:
        print(missing, file=sys.stderr)
        return 2
    if not options.sheet:
        _index(found, options.out)
    complaints = [
        f"{name}.{each.language} {each.width} {each.theme}: {complaint}"
        for name, shown in found
        for each in shown
        for complaint in each.complaints
    ]
    count = len(found) if options.sheet else sum(len(shown) for _name, shown in found)
    print("\n".join([*complaints, f"{count} pictures in {time.monotonic() - begun:.0f} s: {options.out}"]))
    return 1 if complaints else 0


def _chosen(pattern: str, languages: Sequence[str], files: list[Path] | None) -> list[Wanted]:
    if files:
        cards = [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in files]
        return [(name, str(card.get("lang")), card) for name, card in cards]
    names = [name for name in EXAMPLES if fnmatch(name, pattern)]
    return [(name, language, drawn(name, language)) for name in names for language in languages]


def _opened(wanted: Wanted) -> Wanted:
    name, language, card = wanted
    return name, language, json.loads(json.dumps(card).replace('"isVisible": false', '"isVisible": true'))


async def _draw_all(cards: list[Wanted], keep: Keep) -> list[Kept]:
    """Draws on a few pages at once and keeps each at once: together, undone, they would fill a machine's memory."""
    waiting = list(enumerate(cards))[::-1]
    done: dict[int, Kept] = {}
    async with chromium() as browser:

        async def work() -> None:
            page = await drawing_page(browser)
            while waiting:
                number, (name, language, card) = waiting.pop()
                done[number] = (name, keep(name, language, *await draw(page, card)))

        await asyncio.gather(*[work() for _ in range(min(PAGES, len(cards)))])
    return [done[number] for number in sorted(done)]


def _keep_sheet(out: Path, name: str, language: str, sheet: Image.Image, pictures: list[Picture]) -> list[Shown]:
    file = f"{name}.{language}.png"
    sheet.save(out / file, compress_level=3)
    return [_shown(file, language, each) for each in pictures]


def _keep_pictures(out: Path, name: str, language: str, sheet: Image.Image, pictures: list[Picture]) -> list[Shown]:
    shown = []
    for picture in pictures:
        file = f"{name}.{language}.{picture.width}.{picture.theme}.png"
        picture.image.save(out / file, compress_level=3)
        shown.append(_shown(file, language, picture))
    return shown


def _shown(file: str, language: str, picture: Picture) -> Shown:
    return Shown(file, language, picture.theme, picture.width, picture.image.size, picture.complaints)


def _index(found: list[Kept], out: Path) -> None:
    """Writes the page that shows the single pictures."""
    cards: dict[str, list[Shown]] = {}
    for name, shown in found:
        cards.setdefault(name, []).extend(shown)
    (out / "index.html").write_text(index(cards), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
