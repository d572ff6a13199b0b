"""The letters of a PDF: which fonts a document needs, and what stands for what none of them has."""

import re
from functools import cache
from importlib.resources import files

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import CoreFont, TTFFont

from cards.document import Document, Facts, Paragraph, Quote, Section, Table
from cards.document import legible as without_controls

FONT = "Source Sans"
# What the font has no letters for is looked up in these, in this order; a file only holds the letters that it uses.
OTHERS = ("KurintoSans", "KurintoSansSC", "KurintoSansJP", "KurintoSansKR")
# How letters are joined: whoever reads a file is not told it, since there each letter has its place.
JOINING = {"GDEF", "GPOS", "GSUB"}
# None of them has the faces of U+1F600 and after: a plain one stands for them, rather than an empty box.
FACES, FACE = re.compile("[\U0001f600-\U0001f64f]"), "\u263a"

Fonts = dict[str, CoreFont | TTFFont]


def add_fonts(pages: FPDF, document: Document, known: Fonts) -> None:
    """Has the pages know each font that the document's words need.

    Those that are `known` were read for other pages of the same document; they are added to it where there are none.
    """
    if not known:
        _read_fonts(pages, document)
        known.update(pages.fonts)
    pages.fonts.update(known)
    used = [name for name in OTHERS if name.lower() in known]
    if used:
        pages.set_fallback_fonts(used, exact_match=False)
        # Letters that join, or that run from right to left, are put together as their scripts do.
        pages.set_text_shaping(True)


def _read_fonts(pages: FPDF, document: Document) -> None:
    missing = set(_all_words(document)) - _letters("source-sans/ttf/SourceSans3-Regular.ttf") - set("\n\t")
    pages.add_font(FONT, "", _path("source-sans/ttf/SourceSans3-Regular.ttf"))
    pages.add_font(FONT, "B", _path("source-sans/ttf/SourceSans3-Semibold.ttf"))
    for name in OTHERS:
        known = missing & _letters(f"kurinto/ttf/{name}-Rg.ttf")
        if known:
            pages.add_font(name, "", _path(f"kurinto/ttf/{name}-Rg.ttf"))
        missing -= known
    for font in pages.fonts.values():
        assert isinstance(font, TTFFont)
        # No file holds them, but all of them would be read before they are left out.
        for table in JOINING & set(font.ttfont.keys()):
            del font.ttfont[table]


def legible(text: str) -> str:
    """The text in letters that one of the fonts has."""
    return FACES.sub(FACE, without_controls(text))


def _all_words(part: object) -> str:
    """Every word of the document, to see which letters it needs."""
    match part:
        case str():
            return legible(part)
        case tuple():
            return "".join(_all_words(each) for each in part)
        case Document() | Section() | Paragraph() | Quote() | Facts() | Table():
            return "".join(_all_words(each) for each in vars(part).values())
        case _:
            return ""


def _path(font: str) -> str:
    return str(files("weblate_fonts") / "static" / "weblate_fonts" / font)


@cache
def _letters(font: str) -> frozenset[str]:
    with TTFont(_path(font), lazy=True) as found:
        return frozenset(chr(code) for code in found.getBestCmap())
