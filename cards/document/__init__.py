"""A document to hand out, as plain values: a title, sections, and in them paragraphs, quotes, facts and tables.

`cards.document.word`, `.pdf` and `.plain` write the same document as a file or as text. All words in it are words:
a writer makes no field, formula or link of them.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.text import clean

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
PAGE, PAGES = "{page}", "{pages}"
# What XML 1.0 has no place for, though it is Unicode; `clean` has taken the control characters out before.
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Paragraph:
    """Words of ours, or of those who hand the document out; `lead` stands before them in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Quote:
    """What somebody said, set apart; `by` tells who and when."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Facts:
    """Names and their values, one pair in a row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings that is repeated on each page; `widths` are the columns' shares of the line.

    A fine one is to look things up in, such as a list of sources, and takes less room.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    is_fine: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with what belongs below it; a section in a section has the smaller heading."""

    title: str
    parts: "tuple[Part, ...]"


Part: TypeAlias = Paragraph | Quote | Facts | Table | Section


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document in one `language`.

    `lines` stand below the title and tell of what and when, `footer` stands at the foot of each page, with `numbering`,
    a sentence that holds `{page}` and `{pages}`. `made_at` is the time that the file says it was made.
    """

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    footer: str
    numbering: str
    language: str
    made_at: datetime


def legible(text: str) -> str:
    """The text with nothing that a file could stumble over or that nobody would see; its lines stay."""
    return _FORBIDDEN.sub("", clean(text))
