"""The rows of a table in a PDF: which of them stay together on a page, and how one that is too long goes on."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from fpdf.table import RowLayoutInfo, Table

# What stays together is no higher than this, so that no page is left half empty for it.
MOST_TOGETHER = 100
# Rows below the head of a table, and at its end: fewer do not stand on a page by themselves.
FIRST, LAST = 2, 4


class Rows(Table):
    """A table whose first rows stay with its head, and whose last rows stay together, where they fit on one page.

    `heights` has that of each row, none of whose cells reaches over another's place.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.heights: list[float] = []

    @property
    def first_height(self) -> float:
        """How much room the table begins with: its head, and the rows that do not leave it."""
        begin = self._num_heading_rows
        first = self._together(self.heights, begin) if len(self.heights) > begin else 0
        return sum(self.heights[:begin]) + first

    def _compute_rows_info(self) -> Iterator[RowLayoutInfo]:
        """By the heights that are known: the library would set each cell once more to see how high it is."""
        for index, (row, height) in enumerate(zip(self.rows, self.heights, strict=True)):
            cells = dict.fromkeys(range(len(row.cells)), height)
            yield RowLayoutInfo(height, self._together(self.heights, index), cells, [0, height])

    def _together(self, heights: Sequence[float], index: int) -> float:
        """How high the row is, with those after it that must be on its page."""
        begin, end = self._num_heading_rows, len(heights) - 1
        through = index
        if begin <= index < begin + FIRST:
            through = min(begin + FIRST - 1, end)
        if through > end - LAST:
            through = end
        while through > index >= begin and sum(heights[index : through + 1]) > MOST_TOGETHER:
            through -= 1
        return sum(heights[index : through + 1]) if index >= begin else heights[index]


def in_pieces(cells: Sequence[Sequence[str]], most: int) -> Iterator[Sequence[Sequence[str]]]:
    """A row, given as the lines of each cell, in rows of at most so many lines."""
    columns = [[lines[start : start + most] for start in range(0, len(lines), most)] for lines in cells]
    yield from zip_longest(*columns, fillvalue=())
