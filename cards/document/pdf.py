"""A document as a PDF file. Its fonts are part of the file, so that it looks the same wherever it is opened."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout, VAlign
from fpdf.fonts import FontFace

from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.document import legible as without_controls
from cards.document.pdf_rows import MOST_TOGETHER, Rows, in_pieces

MARGIN, WIDTH = 25, 160
NAMES = 42
# What must be free at the foot, and how much of the usual distances is kept: tried in turn.
USUAL, TIGHT, LOWER = (22, 1.0), (20, 0.5), ((34, 1.0), (46, 1.0), (58, 1.0))
# A page has more on it than a handful of lines needs; a last one with less than that is better saved.
HANDFUL, WORTH = 45, 100
# Words up to this height stand on one page.
UNBROKEN = 60
LINE, BY = 5.5, 5
# The letters of a table, its lines, and the room above and below those of a row; a fine one takes less.
CELL, FINE = (10.5, 5.2, 1.2), (9.5, 4.6, 0.8)
# A row of a table must fit on a page: what is longer goes on in a row of its own.
MOST_LINES = 38
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
    return _laid_out(document)


def write_archival(document: Document) -> bytes:
    """The same as PDF/A-2u: whole in itself, with its colours defined and every letter readable as text."""
    return _laid_out(document, enforce_compliance=ARCHIVAL)


def _laid_out(document: Document, *, enforce_compliance: str | None = None) -> bytes:
    """With no page that has only a few lines, and no last one that a little less distance saves."""

    def pages(foot: float, distance: float) -> _Pages:
        return _Pages(document, foot=foot, distance=distance, enforce_compliance=enforce_compliance)

    made = pages(*USUAL)
    if made.is_last_worth_saving:
        tight = pages(*TIGHT)
        lower = (pages(*each) for each in LOWER) if made.has_short_page else iter(())
        if len(tight.pages) < len(made.pages) and not tight.has_short_page:
            made = tight
        else:
            made = next((each for each in lower if not each.has_short_page), made)
    return bytes(made.output())


class _Pages(FPDF):
    def __init__(self, document: Document, *, foot: float, distance: float, enforce_compliance: str | None) -> None:
        super().__init__(format="A4", enforce_compliance=enforce_compliance)
        self.distance = distance
        self.document = document
        self.ends: list[float] = []
        self.laid: dict[int, Rows] = {}
        self.alias_nb_pages(TOTAL)
        self.set_margins(MARGIN, 22, MARGIN)
        self.set_auto_page_break(True, foot)
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

    @property
    def has_short_page(self) -> bool:
        """Whether one page of several has less on it than a handful of lines."""
        ends = [*self.ends, self.get_y()]
        return len(ends) > 1 and min(ends) - self.t_margin < HANDFUL

    @property
    def is_last_worth_saving(self) -> bool:
        return self.has_short_page or (len(self.pages) > 1 and self.get_y() - self.t_margin < WORTH)

    def footer(self) -> None:
        self.ends.append(self.get_y())
        self.set_y(-15)
        numbers = self.document.numbering.replace(PAGE, str(self.page_no())).replace(PAGES, TOTAL)
        self._pen(9, "", QUIET)
        self.cell(0, 5, numbers, align=Align.R)
        self.set_x(MARGIN)
        # As much of it as stands beside the number.
        told, room = legible(self.document.footer), WIDTH - self.get_string_width(numbers) - 8
        first = self._broken(told, room, 5)[:1]
        self.cell(0, 5, told if first == [told] else "".join(first) + " …")

    def _add(self, parts: Sequence[Part], *, level: int) -> None:
        for place, part in enumerate(parts):
            match part:
                case Section(title, inner):
                    self._heading(title, level, self._room(inner, level + 1))
                    self._add(inner, level=level + 1)
                case Paragraph() | Quote():
                    self._has_room(self._room(parts[place:], level))
                    self._paragraph(part) if isinstance(part, Paragraph) else self._quote(part)
                case Facts() | Table():
                    self._pen(self._look(part)[0], "", BLACK)
                    self._rows(part).render()
                    self.ln(3 * self.distance)

    def _has_room(self, height: float) -> None:
        if self.will_page_break(height):
            self.add_page()

    def _room(self, parts: Sequence[Part], level: int) -> float:
        """How much of a page must be left for the first of what comes, with what is not to be parted from it."""
        match parts:
            case [Section(title, inner), *_]:
                return self._heading_height(title, level) + self._room(inner, level + 1)
            case [Paragraph(text, lead), *rest]:
                height = self._lines(f"{lead} {text}", LINE) + 2
                after = self._room(rest, level) if rest and isinstance(rest[0], Facts | Table) else 0
                return height + after if height + after <= MOST_TOGETHER else min(height, 3 * LINE)
            case [Quote(text, by), *_]:
                height = self._lines(text, LINE, indent=5) + (BY if by else 0) + 3
                return height if height <= UNBROKEN else 3 * LINE
            case [(Facts() | Table()) as part, *_]:
                return self._rows(part).first_height
            case _:
                return 0

    def _heading(self, title: str, level: int, room: float) -> None:
        """A heading is never the last line of a page: with it comes what it has `room` for."""
        self._has_room(self._heading_height(title, level) + room)
        self.ln((4 if level == 0 else 2) * self.distance)
        self._pen(15 if level == 0 else 12, "B", INK)
        self.start_section(legible(title), level=min(level, 2), strict=False)
        self._words(title, 15 if level == 0 else 12, style="B", colour=INK, height=7 if level == 0 else 6)
        self.ln(1)

    def _heading_height(self, title: str, level: int) -> float:
        if level == 0:
            return 5 + self._lines(title, 7, size=15, style="B")
        return 3 + self._lines(title, 6, size=12, style="B")

    def _paragraph(self, part: Paragraph) -> None:
        self.set_x(MARGIN)
        if part.lead:
            self._pen(11, "B", BLACK)
            self.write(LINE, legible(part.lead) + " ")
        self._pen(11, "", BLACK)
        self.write(LINE, legible(part.text))
        self.ln(LINE + 2)

    def _quote(self, part: Quote) -> None:
        """The rule at the left is drawn page by page, since a quote may go on on the next."""
        started_on, top = self.page, self.get_y()
        self.set_left_margin(MARGIN + 5)
        self._words(part.text, 11, height=LINE)
        if part.by:
            self._words(part.by, 9.5, colour=QUIET, height=BY)
        self.set_left_margin(MARGIN)
        ended_on, bottom = self.page, self.get_y()
        self.set_line_width(0.8)
        for page in range(started_on, ended_on + 1):
            self.page = page
            first = top if page == started_on else self.t_margin
            last = bottom if page == ended_on else self.page_break_trigger
            self.line(MARGIN + 1, first + 0.5, MARGIN + 1, last - 0.5)
        self.page = ended_on
        self.set_line_width(0.2)
        self.set_xy(MARGIN, bottom + 3)

    def _rows(self, part: Facts | Table) -> Rows:
        """The table, made once: how high its rows are is asked before it is drawn."""
        if id(part) not in self.laid:
            self.laid[id(part)] = self._made_rows(part)
        return self.laid[id(part)]

    def _made_rows(self, part: Facts | Table) -> Rows:
        is_named = isinstance(part, Facts)
        size, line, above = self._look(part)
        widths = (NAMES, WIDTH - NAMES) if isinstance(part, Facts) else part.widths
        side = 1 if is_named else 1.5
        self._pen(size, "", BLACK)
        table = Rows(
            self,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            first_row_as_headings=not is_named,
            headings_style=FontFace(emphasis="BOLD", fill_color=SHADE),
            line_height=line,
            padding=(above, side, above, side),
            text_align=Align.L,
            v_align=VAlign.T,
            width=WIDTH,
        )
        shares = [WIDTH * width / sum(widths) - 2 * side for width in widths]
        for number, each in enumerate(part.rows if isinstance(part, Facts) else (part.header, *part.rows)):
            strong = [place == 0 if is_named else number == 0 for place in range(len(widths))]
            broken = []
            for value, share, is_strong in zip(each, shares, strong, strict=True):
                self._pen(size, "B" if is_strong else "", BLACK)
                broken.append(self._broken(value, share, line))
            self._pen(size, "", BLACK)
            is_whole = max(map(len, broken)) <= MOST_LINES
            for values in [tuple(map(legible, each))] if is_whole else in_pieces(broken, MOST_LINES):
                row = table.row()
                for place, value in enumerate(values):
                    row.cell(value, style=FontFace(emphasis="BOLD") if is_named and place == 0 else None)
                table.heights.append(2 * above + line * max(1, *(min(len(each), MOST_LINES) for each in broken)))
        return table

    def _look(self, part: Facts | Table) -> tuple[float, float, float]:
        size, line, above = FINE if isinstance(part, Table) and part.is_fine else CELL
        return size, line, above * self.distance

    def _broken(self, words: str, width: float, line: float) -> list[str]:
        """The lines that words make which have this much room."""
        found = self.multi_cell(
            width + 2 * self.c_margin,
            line,
            legible(words),
            align=Align.L,
            dry_run=True,
            output=MethodReturnValue.LINES,
        )
        assert isinstance(found, list)
        return found

    def _lines(self, words: str, line: float, *, indent: float = 0, size: float = 11, style: Style = "") -> float:
        """How high the words are as lines of this height."""
        self._pen(size, style, BLACK)
        return line * max(1, len(self._broken(words, WIDTH - indent - 2 * self.c_margin, line)))

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
