"""A document as a Word file, in styles that its reader can change in one place."""

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx import Document as Word
from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section, Table, legible

LINE = Cm(16)
NAMES = Cm(4.2)
MOST_TOGETHER = 8
FIRST, LAST = 2, 4
UNBROKEN = 1_000
LONGEST_PROPERTY = 255
FONT = "Calibri"
INK, QUIET, RULE, SHADE = "1B3A57", "595959", "BFC7CF", "EEF2F5"
LANGUAGES = {"da": "da-DK", "en": "en-GB"}


def write(document: Document) -> bytes:
    """The bytes of a .docx on A4, with headings, repeated table heads and page numbers."""
    made = Word()
    _page(made, document)
    _styles(made, document)
    made.add_paragraph(legible(document.title), style="Title")
    for line in document.lines:
        below = made.add_paragraph(legible(line), style="Subtitle")
        below.paragraph_format.space_after = Pt(10 if line is document.lines[-1] else 0)
    _add(made, document.parts, level=1)
    properties = made.core_properties
    properties.title = legible(document.title)[:LONGEST_PROPERTY]
    properties.subject = legible(document.footer)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = LANGUAGES[document.language]
    # Word files keep their times without a zone, in UTC.
    properties.created = properties.modified = document.made_at.replace(tzinfo=None)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _add(made: WordFile, parts: Sequence[Part], *, level: int) -> None:
    for part, after in zip_longest(parts, parts[1:]):
        match part:
            case Section(title, inner):
                made.add_heading(legible(title), level)
                _add(made, inner, level=level + 1)
            case Paragraph(text, lead):
                words = made.add_paragraph()
                _text(words, text, lead)
                words.paragraph_format.keep_with_next = isinstance(after, Facts) or None
            case Quote(text, by):
                said = made.add_paragraph(legible(text), style="Quote")
                said.paragraph_format.keep_together = len(text) <= UNBROKEN or None
                if by:
                    said.paragraph_format.keep_with_next = True
                    said.paragraph_format.space_after = Pt(0)
                    made.add_paragraph(legible(by), style="Quote by")
            case Facts(rows):
                _facts(made, rows)
            case Table():
                _table(made, part)


def _text(into: WordParagraph, text: str, lead: str) -> None:
    if lead:
        into.add_run(legible(lead) + " ").bold = True
    into.add_run(legible(text))


def _facts(made: WordFile, rows: Sequence[tuple[str, str]]) -> None:
    table = _new_table(made, [NAMES, Length(LINE - NAMES)], len(rows))
    for row, (name, value) in zip(table.rows, rows, strict=True):
        _fill(row.cells[0], name, strong=True)
        _fill(row.cells[1], value)
        # A few facts stay together on one page.
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = len(rows) <= MOST_TOGETHER
    _end(made)


def _table(made: WordFile, part: Table) -> None:
    rows, style = part.rows, "Fine cell" if part.is_fine else "Cell"
    shares = [Length(LINE * width // sum(part.widths)) for width in part.widths]
    table = _new_table(made, shares, len(rows) + 1)
    for cell, name in zip(table.rows[0].cells, part.header, strict=True):
        _fill(cell, name, strong=True, style=style)
        _set(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=SHADE)
    _set(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
    for row, values in zip(list(table.rows)[1:], rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            _fill(cell, value, style=style)
    # The head and the first rows stay together, and so do the last: a few rows do not stand on a page by themselves.
    kept = {*range(FIRST), *range(len(rows) - LAST + 1, len(rows))}
    for row in (table.rows[index] for index in kept if 0 <= index < len(rows)):
        for cell in row.cells:
            for words in cell.paragraphs:
                words.paragraph_format.keep_with_next = True
    _end(made)


def _new_table(made: WordFile, widths: Sequence[Length], rows: int) -> WordTable:
    table: WordTable = made.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        _set(borders, f"w:{side}", val="single", sz="4", space="0", color=RULE)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _set(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def _fill(cell: _Cell, words: str, *, strong: bool = False, style: str = "Cell") -> None:
    into = cell.paragraphs[0]
    into.style = style
    into.add_run(legible(words)).bold = strong


def _end(made: WordFile) -> None:
    """The distance below a table, which has none of its own: a line too low to begin a page with."""
    below = made.add_paragraph(style="Cell").paragraph_format
    below.line_spacing_rule, below.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    below.space_before = below.space_after = Pt(0)


def _page(made: WordFile, document: Document) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2.2)
    foot = page.footer.paragraphs[0]
    foot.style = "Footer"
    foot.paragraph_format.tab_stops.add_tab_stop(LINE, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(legible(document.footer) + "\t")
    before, _, rest = document.numbering.partition(PAGE)
    between, _, after = rest.partition(PAGES)
    foot.add_run(before)
    _field(foot, "PAGE")
    foot.add_run(between)
    _field(foot, "NUMPAGES")
    foot.add_run(after)


def _field(into: WordParagraph, name: str) -> None:
    """A number that Word counts itself: the only fields there are, and none of them of what anybody typed."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    into._p.append(field)


def _styles(made: WordFile, document: Document) -> None:
    styles = made.styles
    for name in ("Cell", "Fine cell", "Quote by"):
        styles.add_style(name, 1).base_style = styles["Normal"]
    looks: dict[str, tuple[float, bool, str, float, float]] = {
        "Normal": (11, False, "000000", 0, 6),
        "Title": (24, True, INK, 0, 4),
        "Subtitle": (12, False, QUIET, 0, 0),
        "Heading 1": (15, True, INK, 18, 4),
        "Heading 2": (12, True, INK, 12, 3),
        "Quote": (11, False, "000000", 2, 6),
        "Quote by": (9.5, False, QUIET, 0, 8),
        "Cell": (10.5, False, "000000", 2, 2),
        "Fine cell": (9.5, False, "000000", 1, 1),
        "Footer": (9, False, QUIET, 0, 0),
    }
    for name, (size, bold, colour, before, after) in looks.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        _typeface(style)
    for name in ("Quote", "Quote by"):
        _rule_at_the_left(styles[name])
    # The template has a rule below its title, and other stops in its footer.
    for name, found in (("Title", "w:pBdr"), ("Footer", "w:tabs")):
        properties = styles[name].element.get_or_add_pPr()
        for each in properties.findall(qn(found)):
            properties.remove(each)
    language = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for found in language.findall(qn("w:lang")):
        language.remove(found)
    _set(language, "w:lang", val=LANGUAGES[document.language], eastAsia="zh-CN", bidi="ar-SA")


def _typeface(style: ParagraphStyle) -> None:
    """The font by its name; the template's own names a theme, which would win."""
    properties: Any = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:rFonts")):
        properties.remove(found)
    style.font.name = FONT
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    for found in properties.findall(qn("w:spacing")):
        properties.remove(found)


def _rule_at_the_left(style: Any) -> None:
    style.paragraph_format.left_indent = Cm(0.5)
    borders = OxmlElement("w:pBdr")
    _set(borders, "w:left", val="single", sz="18", space="8", color=RULE)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )


def _set(into: Any, name: str, **values: str) -> None:
    """A property of Word's that python-docx has no name for."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    into.append(made)
