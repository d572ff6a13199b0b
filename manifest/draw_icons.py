"""Draws the app's two icons: a speech bubble inside a learning circle of three arcs.

`python -m manifest.draw_icons` writes color.png (192x192, full colour) and outline.png (32x32, white on
transparent) beside this file. Everything is drawn large and scaled down, so that edges are smooth.
"""

from math import cos, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
PETROL, WHITE, MINT, SAND = "#17525c", "#ffffff", "#8ed0c3", "#f2c879"
LARGE = 1536
ARC, GAP = 120, 30


def color() -> Image.Image:
    """192x192: the mark keeps to the middle 120x120, since Teams rounds the corners off."""
    mark = _mark(arcs=(WHITE, MINT, SAND), bubble=WHITE, dots=PETROL, radius=0.284, stroke=0.056)
    icon = Image.new("RGBA", (LARGE, LARGE), PETROL)
    icon.alpha_composite(mark)
    return icon.resize((192, 192), Image.Resampling.BOX)


def outline() -> Image.Image:
    """32x32: every pixel is white, only its opacity differs."""
    mark = _mark(arcs=(WHITE, WHITE, WHITE), bubble=WHITE, dots=None, radius=0.43, stroke=0.075)
    opacity = mark.getchannel("A").resize((32, 32), Image.Resampling.BOX)
    icon = Image.new("RGBA", (32, 32), WHITE)
    icon.putalpha(opacity)
    return icon


def _mark(*, arcs: tuple[str, str, str], bubble: str, dots: str | None, radius: float, stroke: float) -> Image.Image:
    """The mark on a transparent square; `radius` and `stroke` are parts of its width."""
    picture = Image.new("RGBA", (LARGE, LARGE), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(arcs):
        _arc(draw, start=-90 + GAP / 2 + number * ARC, colour=colour, radius=radius, stroke=stroke)
    _bubble(draw, bubble, dots, width=radius * 1.08)
    return picture


def _arc(draw: ImageDraw.ImageDraw, *, start: float, colour: str, radius: float, stroke: float) -> None:
    middle, reach, half = LARGE / 2, radius * LARGE, stroke * LARGE / 2
    end = start + ARC - GAP
    box = (middle - reach - half, middle - reach - half, middle + reach + half, middle + reach + half)
    draw.arc(box, start, end, fill=colour, width=round(half * 2))
    for angle in (start, end):
        x, y = middle + reach * cos(radians(angle)), middle + reach * sin(radians(angle))
        draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)


def _bubble(draw: ImageDraw.ImageDraw, colour: str, dots: str | None, *, width: float) -> None:
    wide, high = width * LARGE, width * LARGE * 0.74
    middle, lift = LARGE / 2, LARGE * width * 0.07
    left, top, right, bottom = (
        middle - wide / 2,
        middle - high / 2 - lift,
        middle + wide / 2,
        middle + high / 2 - lift,
    )
    draw.rounded_rectangle((left, top, right, bottom), radius=high * 0.36, fill=colour)
    draw.polygon(
        [
            (left + wide * 0.22, bottom - 2),
            (left + wide * 0.22, bottom + high * 0.3),
            (left + wide * 0.52, bottom - 2),
        ],
        fill=colour,
    )
    if dots:
        size = wide * 0.065
        for step in (-1, 0, 1):
            x, y = middle + step * wide * 0.235, (top + bottom) / 2
            draw.ellipse((x - size, y - size, x + size, y + size), fill=dots)


if __name__ == "__main__":
    color().save(HERE / "color.png", optimize=True)
    outline().save(HERE / "outline.png", optimize=True)
