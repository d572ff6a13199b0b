"""Draws every example card: `python -m tests.gallery OUT`, see `--help`."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from PIL import Image

from tests.cards.examples import EXAMPLES, LANGUAGES, drawn
from tests.gallery.browser import Picture, chromium, draw, drawing_page, install
from tests.gallery.page import Shown, index

PAGES = 2
Wanted = tuple[str, str, dict[str, Any]]
Drawn = tuple[str, str, Image.Image, list[Picture]]


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
    try:
        install()
        cards = _chosen(options.only, options.language or LANGUAGES, options.card)
        found = asyncio.run(_draw_all([_opened(card) for card in cards] if options.open else cards))
    except RuntimeError as missing:
        print(missing, file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    count = _keep_sheets(found, options.out) if options.sheet else _keep_pictures(found, options.out)
    complaints = [
        f"{name}.{language} {picture.width} {picture.theme}: {each}"
        for name, language, _sheet, pictures in found
        for picture in pictures
        for each in picture.complaints
    ]
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


async def _draw_all(cards: list[Wanted]) -> list[Drawn]:
    """Draws on a few pages at once, in the order given."""
    waiting = list(enumerate(cards))[::-1]
    done: dict[int, Drawn] = {}
    async with chromium() as browser:

        async def work() -> None:
            page = await drawing_page(browser)
            while waiting:
                number, (name, language, card) = waiting.pop()
                done[number] = (name, language, *await draw(page, card))

        await asyncio.gather(*[work() for _ in range(min(PAGES, len(cards)))])
    return [done[number] for number in sorted(done)]


def _keep_sheets(found: list[Drawn], out: Path) -> int:
    for name, language, sheet, _pictures in found:
        sheet.save(out / f"{name}.{language}.png", compress_level=3)
    return len(found)


def _keep_pictures(found: list[Drawn], out: Path) -> int:
    """Writes the single pictures and the page that shows them."""
    cards: dict[str, list[Shown]] = {}
    for name, language, _sheet, pictures in found:
        for picture in pictures:
            file = f"{name}.{language}.{picture.width}.{picture.theme}.png"
            picture.image.save(out / file, compress_level=3)
            shown = Shown(file, language, picture.theme, picture.width, picture.image.size, picture.complaints)
            cards.setdefault(name, []).append(shown)
    (out / "index.html").write_text(index(cards), encoding="utf-8")
    return sum(map(len, cards.values()))


if __name__ == "__main__":
    sys.exit(main())
