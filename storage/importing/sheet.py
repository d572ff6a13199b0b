"""A CSV file as rows whose cells know where they stand."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast

from domain.text import clean
from storage.importing.layout import Layout
from storage.importing.names import key_of, nearest
from storage.importing.problems import Findings
from storage.importing.report import STEP, Progress
from storage.importing.values import Wrong

T = TypeVar("T")


class Row:
    """One line. What is wrong with a cell is noted; `is_sound` says whether the values may be used."""

    __slots__ = ("_cells", "_sheet", "is_sound", "line")

    def __init__(self, sheet: "Sheet", line: int, cells: list[str]) -> None:
        self._sheet = sheet
        self._cells = cells
        self.line = line
        self.is_sound = True

    def take(self, column: str, parse: Callable[[str], T]) -> T:
        """The value of a cell that may not be empty."""
        cell = self._cells[self._sheet.places[column]]
        if not cell:
            self.wrong(column, "is empty, and has to be filled in")
            return cast(T, None)
        # Written out here and below: of a million cells, every call beside the parsing itself is felt.
        try:
            return parse(cell)
        except Wrong as wrong:
            self.wrong(column, str(wrong))
            return cast(T, None)

    def take_any(self, column: str, parse: Callable[[str], T], default: T) -> T:
        """The value of a cell, or the default where it is empty or the file has no such column."""
        place = self._sheet.places.get(column)
        cell = "" if place is None else self._cells[place]
        if not cell:
            return default
        try:
            return parse(cell)
        except Wrong as wrong:
            self.wrong(column, str(wrong))
            return cast(T, None)

    def wrong(self, column: str, message: str) -> None:
        self.is_sound = False
        self._sheet.wrong(self.line, column, message)


class Sheet:
    """One file. `rows` gives its lines; a file whose header cannot be understood has none."""

    def __init__(self, path: Path, layout: Layout, findings: Findings, progress: Progress) -> None:
        self.name = layout.file
        self.places: dict[str, int] = {}
        self._headers: dict[str, str] = {}
        self._findings = findings
        self._progress = progress
        self._separator = ","
        self._header_line = 1
        self._text = self._decoded(path.read_bytes())
        self._width = self._read_header(layout)

    def rows(self) -> Iterator[Row]:
        if not self._width:
            return
        total, found = self._text.count("\n"), 0
        try:
            for line, cells in self._records():
                cells = _tidy(cells)
                if line <= self._header_line or not any(cells):
                    continue
                if found % STEP == 0:
                    self._progress(f"reading {self.name}", min(line, total), total)
                found += 1
                if self._has_all_cells(line, cells):
                    yield Row(self, line, cells)
        except csv.Error as error:
            self.wrong(
                self._reader.line_num,
                "",
                f"the line cannot be read as CSV ({error}): check its quotation marks",
            )
        self._progress(f"reading {self.name}", total, total)
        if not found:
            self.wrong(0, "", "has no lines below its header: leave the file out if there is nothing to import")

    @property
    def is_readable(self) -> bool:
        return bool(self._width)

    def wrong(self, line: int, column: str, message: str) -> None:
        self._findings.add(self.name, line, self._headers.get(column, column), message)

    def _decoded(self, content: bytes) -> str:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
            self.wrong(0, "", "is not UTF-8 text: save it as “CSV UTF-8”")
            return ""
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            word = re.split(rb"[,;\r\n]", content[: error.start])[-1] + content[error.start : error.start + 12]
            seen = re.split(r"[,;\r\n]", word.decode("cp1252", "replace"))[0].strip()
            self.wrong(line, "", f"is not UTF-8 from “{seen}” on: save the file as “CSV UTF-8”")
            return ""

    def _read_header(self, layout: Layout) -> int:
        lines = self._text.split("\n", 2)
        if re.fullmatch(r"sep=[,;]\r?", lines[0].strip().casefold()):
            # Excel's own way to name the separator.
            self._header_line = 2
        header = lines[self._header_line - 1] if len(lines) >= self._header_line else ""
        self._separator = ";" if header.count(";") > header.count(",") else ","
        if not header.strip():
            if not any(each.file == self.name for each in self._findings.problems):
                self.wrong(0, "", f"is empty: its first line must be {_line(layout)}")
            return 0
        cells = [clean(cell) for cell in next(csv.reader([header], delimiter=self._separator))]
        sound = self._place_columns(layout, cells)
        return len(cells) if sound else 0

    def _place_columns(self, layout: Layout, cells: list[str]) -> bool:
        words = {_plain(word): column.name for column in layout.columns for word in column.words}
        sound = True
        for place, cell in enumerate(cells):
            name = words.get(_plain(cell))
            if name is None and not cell:
                continue
            if name is None:
                choices = [word for column in layout.columns for word in column.words]
                self.wrong(self._header_line, cell, f"is no column of this file{nearest(cell, choices)}")
                sound = False
            elif name in self.places:
                self.wrong(self._header_line, cell, f"is the column {name} a second time")
                sound = False
            else:
                self.places[name], self._headers[name] = place, cell
        for column in layout.columns:
            if column.name not in self.places and not column.is_optional:
                self.wrong(
                    self._header_line,
                    column.name,
                    f"the column is missing: the first line should be {_line(layout)}",
                )
                sound = False
        return sound

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        self._reader = csv.reader(_lines_of(self._text), delimiter=self._separator, strict=True)
        before = 0
        for cells in self._reader:
            yield before + 1, cells
            before = self._reader.line_num

    def _has_all_cells(self, line: int, cells: list[str]) -> bool:
        if len(cells) < self._width or any(cells[self._width :]):
            self.wrong(
                line,
                "",
                f"has {len(cells)} cells where the header has {self._width}: a text with “{self._separator}” "
                "in it must stand in quotation marks",
            )
            return False
        return True


def _lines_of(text: str) -> Iterator[str]:
    # One at a time: a StringIO would take four times the size of the text.
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _tidy(cells: list[str]) -> list[str]:
    # Nearly every line is printable, and to look at each character would take most of the time.
    if "".join(cells).isprintable():
        return [cell.strip() for cell in cells]
    return [clean(cell) for cell in cells]


def _plain(word: str) -> str:
    return re.sub(r"[\s_.\-]+", " ", key_of(word)).strip()


def _line(layout: Layout) -> str:
    return ",".join(column.name for column in layout.columns)
