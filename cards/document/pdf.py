"""A document as a PDF file. Its fonts are part of the file, so that it looks the same wherever it is opened."""

from collections.abc import Sequence
from typing import Literal

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout, VAlign
from fpdf.fonts import FontFace

from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.document.pdf_letters import FONT, Fonts, add_fonts, legible
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
# What stands for the number of pages until it is known: letters that nobody can type, since `legible` takes them out.
TOTAL = "\ue000\ue001"
ARCHIVAL = "PDF/A-2U"
Style = Literal["", "B"]
# The lines that words make in a width, a size and a style: they are the same wherever on a page the words stand.
Broken = dict[tuple[str, float, float, str], list[str]]


def write(document: Document) -> bytes:
    """The bytes of a PDF on A4, with headings in its outline, repeated table heads and page numbers."""
    return _laid_out(document)


def write_archival(document: Document) -> bytes:
    """The same as PDF/A-2u: whole in itself, with its colours defined and every letter readable as text."""
    return _laid_out(document, enforce_compliance=ARCHIVAL)


def _laid_out(document: Document, *, enforce_compliance: str | None = None) -> bytes:
    """With no page that has only a few lines, and no last one that a little less distance saves."""

    broken: Broken = {}
    # Each try at the pages has the same letters, and to read the fonts takes as long as to lay out a page.
    fonts: Fonts = {}

    def pages(foot: float, distance: float) -> _Pages:
        return _Pages(document, broken, fonts, foot=foot, distance=distance, enforce_compliance=enforce_compliance)

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
    def __init__(
        self,
        document: Document,
        broken: Broken,
        fonts: Fonts,
        *,
        foot: float,
        distance: float,
        enforce_compliance: str | None,
    ) -> None:
        super().__init__(format="A4", enforce_compliance=enforce_compliance)
        self.distance = distance
        self.document = document
        self.broken = broken
        self.is_measuring = False
        self.ends: list[float] = []
        self.laid: dict[int, Rows] = {}
        self.alias_nb_pages(TOTAL)
        self.set_margins(MARGIN, 22, MARGIN)
        self.set_auto_page_break(True, foot)
        add_fonts(self, document, fonts)
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

    @property
    def accept_page_break(self) -> bool:
        """Not while words are measured: each page that they would go on to would have its foot set."""
        return super().accept_page_break and not self.is_measuring

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
            pieces = [broken] if is_whole else in_pieces(broken, MOST_LINES)
            for cells in pieces:
                row = table.row()
                for place, (value, lines) in enumerate(zip(each, cells, strict=True)):
                    told = legible(value) if is_whole else "\n".join(lines)
                    row.cell(told, style=FontFace(emphasis="BOLD") if is_named and place == 0 else None)
                table.heights.append(2 * above + line * max(1, *map(len, cells)))
        return table

    def _look(self, part: Facts | Table) -> tuple[float, float, float]:
        size, line, above = FINE if isinstance(part, Table) and part.is_fine else CELL
        return size, line, above * self.distance

    def _broken(self, words: str, width: float, line: float) -> list[str]:
        """The lines that words make which have this much room; to break them is nearly all that a file costs."""
        key = words, width, self.font_size_pt, self.font_style
        if key not in self.broken:
            self.is_measuring = True
            found = self.multi_cell(
                width + 2 * self.c_margin,
                line,
                legible(words),
                align=Align.L,
                dry_run=True,
                output=MethodReturnValue.LINES,
            )
            self.is_measuring = False
            assert isinstance(found, list)
            self.broken[key] = found
        return self.broken[key]

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
