"""A document as a PDF file. Its fonts are part of the file, so that it looks the same wherever it is opened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Literal

from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, TableBordersLayout, VAlign
from fpdf.fonts import FontFace
from fpdf.table import RowLayoutInfo
from fpdf.table import Table as Rows

from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.document import legible as without_controls

MARGIN, WIDTH, FOOT = 25, 160, 22
NAMES = 42
# A few facts stay together on one page, and with the words and the heading before them.
HEADING, MOST_TOGETHER = 12, 100
# A row of a table must fit on a page: what is longer goes on in a row of its own. A letter is at most so wide.
MOST_LINES, WIDEST = 36, 4
INK, BLACK, QUIET, RULE, SHADE = (27, 58, 87), (0, 0, 0), (89, 89, 89), (191, 199, 207), (238, 242, 245)
FONT = "Source Sans"
# What the font has no letters for is looked up in these, in this order; a file only holds the letters that it uses.
OTHERS = ("KurintoSans", "KurintoSansSC", "KurintoSansJP", "KurintoSansKR")
# None of them has the faces of U+1F600 and after: a plain one stands for them, rather than an empty box.
FACES, FACE = re.compile("[\U0001f600-\U0001f64f]"), "\u263a"
# What stands for the number of pages until it is known: letters that nobody can type, since `legible` takes them out.
TOTAL = "\ue000\ue001"
ARCHIVAL = "PDF/A-2U"
Style = Literal["", "B"]


def write(document: Document) -> bytes:
    """The bytes of a PDF on A4, with headings in its outline, repeated table heads and page numbers."""
    return bytes(_Pages(document).output())


def write_archival(document: Document) -> bytes:
    """The same as PDF/A-2u: whole in itself, with its colours defined and every letter readable as text."""
    return bytes(_Pages(document, enforce_compliance=ARCHIVAL).output())


class _Pages(FPDF):
    def __init__(self, document: Document, *, enforce_compliance: str | None = None) -> None:
        super().__init__(format="A4", enforce_compliance=enforce_compliance)
        self.document = document
        self.alias_nb_pages(TOTAL)
        self.set_margins(MARGIN, 22, MARGIN)
        self.set_auto_page_break(True, FOOT)
        self._fonts()
        self.set_lang(document.language)
        self.set_title(legible(document.title))
        self.set_subject(legible(document.footer))
        self.set_creation_date(document.made_at)
        # What a reader shows, and reads aloud, is the title and not the file's name.
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_draw_color(*RULE)
        self.add_page()
        self._words(document.title, 24, style="B", colour=INK, height=10)
        self.ln(1)
        for line in document.lines:
            self._words(line, 12, colour=QUIET, height=6)
        self.ln(3)
        self._add(document.parts, level=0)

    def footer(self) -> None:
        self.set_y(-15)
        numbers = self.document.numbering.replace(PAGE, str(self.page_no())).replace(PAGES, TOTAL)
        self._pen(9, "", QUIET)
        self.cell(0, 5, numbers, align=Align.R)
        self.set_x(MARGIN)
        self.cell(0, 5, legible(self.document.footer))

    def _add(self, parts: Sequence[Part], *, level: int) -> None:
        for part in parts:
            match part:
                case Section(title, inner):
                    self._heading(title, level, _room(inner))
                    self._add(inner, level=level + 1)
                case Paragraph(text, lead):
                    self._paragraph(text, lead)
                case Quote(text, by):
                    self._quote(text, by)
                case Facts(rows):
                    self._facts(rows)
                case Table(header, rows, widths):
                    self._table(header, rows, widths)

    def _heading(self, title: str, level: int, room: float) -> None:
        """A heading is never the last line of a page: with it comes what it has `room` for."""
        self.ln(4 if level == 0 else 2)
        if self.will_page_break(HEADING + room):
            self.add_page()
        self._pen(15 if level == 0 else 12, "B", INK)
        self.start_section(legible(title), level=min(level, 2), strict=False)
        self._words(title, 15 if level == 0 else 12, style="B", colour=INK, height=7 if level == 0 else 6)
        self.ln(1)

    def _paragraph(self, text: str, lead: str) -> None:
        self.set_x(MARGIN)
        if lead:
            self._pen(11, "B", BLACK)
            self.write(5.5, legible(lead) + " ")
        self._pen(11, "", BLACK)
        self.write(5.5, legible(text))
        self.ln(7.5)

    def _quote(self, text: str, by: str) -> None:
        """The rule at the left is drawn page by page, since a quote may go on on the next."""
        started_on, top = self.page, self.get_y()
        self.set_left_margin(MARGIN + 5)
        self._words(text, 11, height=5.5)
        if by:
            self._words(by, 9.5, colour=QUIET, height=5)
        self.set_left_margin(MARGIN)
        ended_on, bottom = self.page, self.get_y()
        self.set_line_width(0.8)
        for page in range(started_on, ended_on + 1):
            self.page = page
            first = top if page == started_on else self.t_margin
            last = bottom if page == ended_on else self.h - FOOT
            self.line(MARGIN + 1, first + 0.5, MARGIN + 1, last - 0.5)
        self.page = ended_on
        self.set_line_width(0.2)
        self.set_xy(MARGIN, bottom + 3)

    def _facts(self, rows: Sequence[tuple[str, str]]) -> None:
        self._pen(10.5, "", BLACK)
        height = _height(rows)
        if height < MOST_TOGETHER and self.will_page_break(height):
            self.add_page()
        table = _Rows(
            self,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=(NAMES, WIDTH - NAMES),
            first_row_as_headings=False,
            line_height=5.2,
            padding=(1.2, 1, 1.2, 1),
            text_align=Align.L,
            v_align=VAlign.T,
            width=WIDTH,
        )
        for name, value in _that_fit(rows, (NAMES, WIDTH - NAMES)):
            row = table.row()
            row.cell(name, style=FontFace(emphasis="BOLD"))
            row.cell(value)
        table.render()
        self.ln(3)

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        self._pen(10.5, "", BLACK)
        table = _Rows(
            self,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            headings_style=FontFace(emphasis="BOLD", fill_color=SHADE),
            line_height=5.2,
            padding=(1.2, 1.5, 1.2, 1.5),
            text_align=Align.L,
            v_align=VAlign.T,
            width=WIDTH,
        )
        shares = [WIDTH * width // sum(widths) for width in widths]
        for each in _that_fit((header, *rows), shares):
            row = table.row()
            for value in each:
                row.cell(value)
        table.render()
        self.ln(3)

    def _words(
        self,
        words: str,
        size: float,
        *,
        height: float,
        style: Style = "",
        colour: tuple[int, int, int] = BLACK,
    ) -> None:
        self._pen(size, style, colour)
        self.set_x(self.l_margin)
        self.multi_cell(0, height, legible(words), align=Align.L, new_x="LMARGIN", new_y="NEXT")

    def _pen(self, size: float, style: Style, colour: tuple[int, int, int]) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def _fonts(self) -> None:
        missing = set(_all_words(self.document)) - _letters("source-sans/ttf/SourceSans3-Regular.ttf") - set("\n\t")
        self.add_font(FONT, "", _path("source-sans/ttf/SourceSans3-Regular.ttf"))
        self.add_font(FONT, "B", _path("source-sans/ttf/SourceSans3-Semibold.ttf"))
        used = []
        for name in OTHERS:
            known = missing & _letters(f"kurinto/ttf/{name}-Rg.ttf")
            if known:
                self.add_font(name, "", _path(f"kurinto/ttf/{name}-Rg.ttf"))
                used.append(name)
            missing -= known
        if used:
            self.set_fallback_fonts(used, exact_match=False)
            # Letters that join, or that run from right to left, are put together as their scripts do.
            self.set_text_shaping(True)


class _Rows(Rows):
    """A table in which neither the first row nor the last stands alone on a page, where two fit on one."""

    def _compute_rows_info(self) -> Iterator[RowLayoutInfo]:
        found = list(super()._compute_rows_info())
        head, last = self._num_heading_rows, len(found) - 1
        room = self._fpdf.page_break_trigger - self._fpdf.t_margin - sum(each.height for each in found[:head])
        for index, each in enumerate(found):
            # Of three rows the second is kept with the last, and so the first with both.
            through = last if index == head == last - 2 else index + 1
            together = sum(one.height for one in found[index : through + 1])
            is_kept = head <= index < last and index in (head, last - 1) and together <= room
            yield replace(each, pagebreak_height=together) if is_kept else each


def _room(parts: Sequence[Part]) -> float:
    """About how much of a page must be left for a heading and the first of what comes below it."""
    match parts:
        case [Section(_, inner), *_]:
            return HEADING + _room(inner)
        case [Paragraph(text, _), Facts(rows), *_] if _height(rows) < MOST_TOGETHER:
            return 5.5 * (len(text) // 80 + 1) + _height(rows)
        case [Facts(rows), *_] if _height(rows) < MOST_TOGETHER:
            return _height(rows)
        case [Facts(rows), *_]:
            return _height(rows[:2])
        case [Table(header, rows, widths), *_]:
            return _first_rows(header, rows, widths)
        case _:
            return 16


def _first_rows(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> float:
    """About how high the head of a table is, with those of its rows that stay with it."""
    shares = [WIDTH * width // sum(widths) for width in widths]
    kept = (header, *(rows if len(rows) <= 3 else rows[:2]))
    lines = [
        max(
            sum(2 * len(line) // share + 1 for line in value.split("\n"))
            for value, share in zip(row, shares, strict=True)
        )
        for row in kept
    ]
    return min(sum(2.4 + 5.2 * each for each in lines), MOST_TOGETHER)


def _height(rows: Sequence[tuple[str, str]]) -> float:
    """About how high a table of facts is."""
    lines = [max(len(name) // 22, len(value) // 66 + value.count("\n")) for name, value in rows]
    return sum(7.6 + 5.2 * each for each in lines)


def legible(text: str) -> str:
    """The text in letters that one of the fonts has."""
    return FACES.sub(FACE, without_controls(text))


def _that_fit(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows with each that is higher than a page in several."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        cells = [_pieces(legible(value), width // WIDEST) for value, width in zip(row, widths, strict=True)]
        found += zip_longest(*cells, fillvalue="")
    return found


def _pieces(text: str, letters: int) -> list[str]:
    """The text in pieces of so many lines as a row may have, of which each has so many letters at least."""
    pieces, used = [""], 0
    for line in text.split("\n"):
        for start in range(0, max(len(line), 1), letters):
            if used == MOST_LINES:
                whole, blank, begun = pieces[-1].rpartition(" ")
                if blank:
                    pieces[-1] = whole
                pieces.append(begun if blank else "")
                used = 0
            pieces[-1] += line[start : start + letters]
            used += 1
        pieces[-1] += "\n"
    return [each.strip("\n") for each in pieces]


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
