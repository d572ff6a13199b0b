"""A document and its three writers: what is typed is words in all of them, whatever it is."""

import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cards.document import Document, Facts, Paragraph, Quote, Section, Table, legible, pdf, plain, word

NOW = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
HOSTILE = (
    '=HYPERLINK("https://evil.example") {nb} {page} {{DATE(2026-01-01)}} **b** __u__ [a](https://evil.example) '
    '<w:fldSimple w:instr="DATE"/> <b>x</b> &amp; "]]> MERGEFIELD \\h \x00\x07\x0b\x1b\ufffe\uffff\u202e%(who)s'
)
WRITERS = pytest.mark.parametrize("write", [word.write, pdf.write], ids=["word", "pdf"])


def document(words: str = "Ord", **more: object) -> Document:
    return Document(
        **{  # type: ignore[arg-type]
            "title": f"Uddrag {words}",
            "lines": (f"Elmeskolen {words}", words),
            "parts": (
                Paragraph(words, lead=words),
                Section(words, (Table((words, "Kilde"), ((words, words), ("b", words)), (60, 40)),)),
                Section("Ydre", (Section(words, (Facts(((words, words), ("Navn", words))),)), Quote(words, words))),
            ),
            "footer": f"Uddrag · {words}",
            "numbering": "Side {page} af {pages}",
            "language": "da",
            "made_at": NOW,
            **more,
        }
    )


def text_of_word(content: bytes) -> str:
    read = Word(BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


def text_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def xml_of(content: bytes) -> str:
    """Every part of a Word file, each of which must be well-formed."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("word/"))


def test_what_is_written_is_read_back_from_each_file() -> None:
    made = document("Æblegrød på Åen")
    for text in (text_of_word(word.write(made)), text_of_pdf(pdf.write(made)), plain.write(made)):
        assert text.count("Æblegrød på Åen") >= 10


def test_word_has_headings_repeated_table_heads_a4_and_the_readers_language() -> None:
    content = word.write(document())
    read, xml = Word(BytesIO(content)), xml_of(content)
    assert [each.style.name for each in read.paragraphs if each.style and each.style.name.startswith("Heading")] == [
        "Heading 1",
        "Heading 1",
        "Heading 2",
    ]
    assert xml.count("<w:tblHeader") == 1
    assert 'w:val="da-DK"' in xml
    assert round((read.sections[0].page_width or 0) / 36_000) == 210
    assert read.core_properties.author == ""
    assert read.core_properties.created == NOW


def test_pdf_numbers_its_pages_and_names_its_sections() -> None:
    long = tuple(Section(f"Afsnit {number}", (Paragraph("Ord " * 300),)) for number in range(9))
    read = PdfReader(BytesIO(pdf.write(document(parts=long))))
    assert len(read.pages) > 3
    for number, page in enumerate(read.pages, start=1):
        assert f"Side {number} af {len(read.pages)}" in page.extract_text()
    assert [each["/Title"] for each in read.outline] == [f"Afsnit {number}" for number in range(9)]
    assert read.root_object["/Lang"] == "da"
    assert read.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_hostile_words_stay_words_in_word() -> None:
    content = word.write(document(HOSTILE))
    xml = xml_of(content)
    assert re.findall(r'<w:fldSimple w:instr="([^"]*)"', xml) == ["PAGE", "NUMPAGES"]
    for forbidden in ("<w:hyperlink", "<w:instrText", "<w:fldChar", "<w:altChunk", "<w:object", "TargetMode"):
        assert forbidden not in xml
    assert '=HYPERLINK("https://evil.example") {nb} {page}' in text_of_word(content)


def test_hostile_words_stay_words_in_a_pdf() -> None:
    content = pdf.write(document(HOSTILE))
    read = PdfReader(BytesIO(content))
    for page in read.pages:
        assert "/Annots" not in page
    assert not {"/AA", "/AcroForm", "/Names"} & set(read.root_object)
    # Where it opens, which is a place on its first page and no action.
    assert isinstance(read.root_object["/OpenAction"], list)
    text = " ".join(text_of_pdf(content).split())
    assert "{nb} {page} {{DATE(2026-01-01)}} **b** __u__" in text
    assert f"Side 1 af {len(read.pages)}" in text


def test_any_script_is_written_with_a_letter_of_a_font_that_the_file_holds() -> None:
    words = "Ж Ω ½ → ✓ 👍 עברית مرحبا 中文 한국 ひら"
    content = pdf.write(document(words))
    fonts = [each for page in PdfReader(BytesIO(content)).pages for each in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert len(fonts) > 2
    for font in fonts:
        inside = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in inside
    text = text_of_pdf(content)
    for letter in ["Ж", "Ω", "½", "→", "✓", "👍", "中", "한", "ひ"]:
        assert letter in text


def test_a_face_that_no_font_has_becomes_a_plain_one_in_a_pdf_and_stays_itself_elsewhere() -> None:
    made = document("Godt 😀")
    assert "Godt \u263a" in text_of_pdf(pdf.write(made))
    assert "Godt 😀" in text_of_word(word.write(made))
    assert "Godt 😀" in plain.write(made)


@WRITERS
@pytest.mark.parametrize("words", ["", "x" * 2_000, "a\n" * 200, "ord " * 500, "\t\n \u00a0"])
def test_no_length_and_no_emptiness_keeps_a_file_from_being_made(write: object, words: str) -> None:
    assert len(write(document(words))) > 1_000  # type: ignore[operator]


@WRITERS
def test_a_table_without_rows_and_one_row_longer_than_a_page_are_written_whole(write: object) -> None:
    words = " ".join(f"ord{number}" for number in range(1_500))
    tables = (Table(("A", "B"), (), (1, 1)), Table(("A", "B"), ((words, "x"),), (1, 3)), Facts((("Navn", words),)))
    content = write(document(parts=tables))  # type: ignore[operator]
    text = text_of_word(content) if write is word.write else text_of_pdf(content)
    found = Counter(re.findall(r"ord\d+", text))
    assert found == {f"ord{number}": 2 for number in range(1_500)}


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_anything_that_is_text_can_be_written(words: str) -> None:
    assert text_of_word(word.write(document(words)))
    kept = legible(words)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ue000]", kept)


@given(st.text(max_size=3_000), st.integers(min_value=8, max_value=400))
def test_a_long_text_comes_in_pieces_that_are_small_enough_and_lose_nothing(words: str, most: int) -> None:
    pieces = plain.pieces_of(words, most)
    assert all(len(each.encode()) <= most for each in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", words)


def test_the_libraries_are_not_loaded_before_a_file_is_made() -> None:
    program = "import sys, dialogs; print(sorted({'docx', 'fpdf', 'fontTools', 'lxml', 'PIL'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_neither_the_first_rows_of_a_table_in_word_nor_the_last_stand_on_a_page_by_themselves() -> None:
    rows = tuple((str(number), "x") for number in range(12))
    (table,) = Word(BytesIO(word.write(document(parts=(Table(("Nr.", "Hvad"), rows, (1, 3)),))))).tables
    kept = [
        all(words.paragraph_format.keep_with_next for cell in row.cells for words in cell.paragraphs)
        for row in table.rows
    ]
    # The head with the first row and the second, and the last four.
    assert kept == [True, True, *[False] * 7, True, True, True, False]


@pytest.mark.parametrize("before", range(0, 60, 3))
@pytest.mark.parametrize("of", [Table, Facts])
def test_no_row_of_a_table_in_a_pdf_stands_alone_on_a_page(before: int, of: type) -> None:
    rows = tuple((f"Navn{number:02}", f"Række{number:02}") for number in range(30))
    table = Table(("Nr.", "Hvad"), rows, (1, 3)) if of is Table else Facts(rows)
    above = tuple(Paragraph("Ord") for _number in range(before))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.write(document(parts=(*above, table))))).pages]
    found = [[row for _name, row in rows if row in page] for page in pages]
    assert [row for page in found for row in page] == [row for _name, row in rows]
    assert 1 not in map(len, found)
    if of is Table:
        assert [("Hvad" in page) for page in pages] == [bool(some) for some in found]


@pytest.mark.parametrize("before", range(0, 36, 2))
@pytest.mark.parametrize("of", [2, 3, 4])
def test_a_heading_and_the_rows_of_a_short_table_are_not_parted_in_a_pdf(before: int, of: int) -> None:
    rows = tuple((f"Navn{number}", "En linje\nog en til\nog den sidste") for number in range(of))
    parts = (
        *(Paragraph("Ord") for _number in range(before)),
        Section("Overskrift", (Table(("Nr.", "Hvad"), rows, (1, 3)),)),
    )
    read = PdfReader(BytesIO(pdf.write(document(parts=parts))))
    found = [[row for row, _words in rows if row in page.extract_text()] for page in read.pages]
    assert 1 not in [len(each) for each in found]
    begins = next(page for page, some in zip(read.pages, found, strict=True) if some)
    assert "Overskrift" in begins.extract_text()


def lines_of_pages(content: bytes, foot: str = "Uddrag · Ord") -> list[list[str]]:
    """The lines of each page, without the one at its foot."""
    pages = [page.extract_text().splitlines() for page in PdfReader(BytesIO(content)).pages]
    return [[line for line in page if line.strip() and foot not in line] for page in pages]


@pytest.mark.parametrize("before", range(0, 36, 3))
@pytest.mark.parametrize("end", ["table", "fine table", "quote", "facts", "paragraph"])
def test_no_page_of_a_pdf_has_less_on_it_than_a_handful_of_lines(before: int, end: str) -> None:
    rows = tuple((f"[{number}]", f"Kilde {number}") for number in range(7))
    last = {
        "table": Table(("Nr.", "Hvad"), rows, (1, 9)),
        "fine table": Table(("Nr.", "Hvad"), rows, (1, 9), is_fine=True),
        "quote": Quote("Vi er enige.", "Mette Holm"),
        "facts": Facts(rows),
        "paragraph": Paragraph("Der er ikke registreret noget."),
    }[end]
    above = Section("Forløb", (Table(("Nr.", "Hvad"), tuple((str(each), "Ord") for each in range(26)), (1, 9)),))
    parts = (above, *(Paragraph("Ord") for _number in range(before)), Section("Slutning", (last,)))
    pages = lines_of_pages(pdf.write(document(parts=parts)))
    assert min(map(len, pages)) >= 5
    assert "Slutning" not in [page[-1] for page in pages]


@WRITERS
def test_as_long_a_text_as_may_be_written_stands_in_one_row(write: object) -> None:
    """Half as wide as the page, and longer than a third of it: it goes onto the next one as a whole."""
    texts = [" ".join(f"række{row}ord{number:02}" for number in range(70)) for row in range(5)]
    rows, facts = tuple((text, "Kilde") for text in texts), Facts(tuple(("Aftale", text) for text in texts))
    content = write(document(parts=(Table(("Hvad", "Kilde"), rows, (50, 50)), facts)))  # type: ignore[operator]
    if write is word.write:
        tables = Word(BytesIO(content)).tables
        assert [len(table.rows) for table in tables] == [6, 5]
        assert xml_of(content).count("<w:cantSplit") == 11
        return
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    for row in range(5):
        counts = [len(re.findall(f"række{row}ord", page)) for page in pages]
        assert sorted(set(counts)) in ([0, 70], [0, 140]), counts


def test_what_stands_at_the_foot_of_a_pdf_leaves_room_for_the_number() -> None:
    footer = "Tilsynsresumé · " + "Dagtilbud og skoler i område Nord og Øst · " * 4
    told = text_of_pdf(pdf.write(document(footer=footer)))
    (foot,) = re.findall(r"Tilsynsresumé · .*", told)
    assert foot.endswith("· …")
    assert len(foot) < 120
    assert "Side 1 af 1" in told
