"""The words of a message that somebody chose in Teams, without the people in it.

Teams sends the message as HTML. Its words and line breaks stay; mentions, pictures, attachments, the message it is a
reply to, and who wrote a forwarded one are left out.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, Final

# Many times what is kept of it: the rest of a longer message could not be saved anyway.
LONGEST: Final = 20_000

_LINES: Final = re.compile(r"blockquote|codeblock|div|d[ldt]|h[1-6]|hr|li|ol|p|pre|section|table|tr|ul")
_LEFT_OUT: Final = re.compile(r"at|attachment|audio|head|object|script|style|svg|title|video")
_EMPTY: Final = re.compile(r"base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_PREFORMATTED: Final = frozenset({"pre", "codeblock"})
_NAMES: Final = frozenset({"mri", "time"})
# The parser of the standard library needs seconds for a text full of tags that never end: those are words to it.
_NO_TAG = re.compile(r"""<(?!/?[a-zA-Z](?:[^<>"']|"[^"<]*"|'[^'<]*')*>)""")
_BLANKS = re.compile(r"[^\S\n]+")


def words_of(payload: Any) -> str:
    """The text of a message's payload; empty for one without words, and for anything that is no message."""
    body = payload.get("body") if isinstance(payload, dict) else None
    if not isinstance(body, dict) or not isinstance(content := body.get("content"), str):
        return ""
    return content[:LONGEST].strip() if body.get("contentType") == "text" else plain(content)


def plain(html: str) -> str:
    """The words of a piece of HTML, with a line for each of its lines and at most one empty one between two."""
    shown = html[:LONGEST]
    if len(html) > LONGEST:
        shown = shown[: shown.rfind("<")] if shown.rfind("<") > shown.rfind(">") else shown
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", shown))
    reader.close()
    lines = [_BLANKS.sub(" ", line).strip() for line in "".join(reader.found).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects words and line breaks; `_inside` are the open elements that are left out with all they hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside: list[str] = []
        self._preformatted = 0
        self._has_begun = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._inside:
            if not _EMPTY.fullmatch(tag):
                self._inside.append(tag)
        elif _is_left_out(tag, given):
            self._inside.append(tag)
        elif tag == "br":
            self._break_line()
        elif tag == "emoji":
            self._write(given.get("alt", ""))
        elif _LINES.fullmatch(tag):
            self._begin_line("– " if tag == "li" else "")
            self._preformatted += tag in _PREFORMATTED
        elif tag in ("td", "th"):
            self._write(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            # What was opened within and never closed ends with what it stands in.
            if tag in self._inside:
                del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]
        elif _LINES.fullmatch(tag):
            self._begin_line()
            self._preformatted -= tag in _PREFORMATTED and self._preformatted > 0

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._write(data if self._preformatted else data.replace("\n", " "))

    def _write(self, words: str) -> None:
        self.found.append(words)
        self._has_begun = self._has_begun or bool(words.strip(" "))

    def _break_line(self) -> None:
        self.found.append("\n")
        self._has_begun = False

    def _begin_line(self, sign: str = "") -> None:
        """A block begins on a line of its own, and adds no empty one where a line has just begun."""
        if self._has_begun:
            self._break_line()
        self.found.append(sign)


def _is_left_out(tag: str, given: dict[str, str]) -> bool:
    if _EMPTY.fullmatch(tag):
        return False
    is_earlier = tag == "blockquote" and given.get("itemtype", "").endswith("/Reply")
    return bool(_LEFT_OUT.fullmatch(tag)) or is_earlier or given.get("itemprop") in _NAMES
