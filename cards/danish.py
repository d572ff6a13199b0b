"""The Danish words, read from the catalogue's source.

Babel, with which it is written, needs ten times as long to read it, at the start and in each command. What stands in
the file is what `cards.catalogue` leaves there: no message has a context, none is doubtful or out of date, and there is
one plural. Anything else is a ValueError.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr|msgstr\[[01]\]) )?"(.*)"')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL = "nplurals=2; plural=(n != 1);"


class Words:
    """Sentences by their English; what has no translation stays as it is."""

    def __init__(self, catalogue: Path | None = None) -> None:
        """Those of a catalogue's file; English without."""
        self._said: dict[str, str] = {}
        self._counted: dict[str, tuple[str, str]] = {}
        for entry in _entries(catalogue.read_text(encoding="utf-8")) if catalogue else ():
            if "msgid_plural" in entry:
                self._counted[entry["msgid"]] = entry["msgstr[0]"], entry["msgstr[1]"]
                self._said[entry["msgid"]] = entry["msgstr[0]"]
            elif entry["msgid"]:
                self._said[entry["msgid"]] = entry["msgstr"]
            elif _PLURAL not in entry["msgstr"]:
                raise ValueError(f"{catalogue}: another plural than {_PLURAL}")

    def gettext(self, message: str) -> str:
        return self._said.get(message) or message

    def ngettext(self, one: str, many: str, n: int) -> str:
        said = self._counted.get(one, ("", ""))[n != 1]
        return said or (many if n != 1 else one)


def _entries(source: str) -> Iterator[dict[str, str]]:
    for block in source.split("\n\n"):
        entry: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#") and not line.startswith(("#~", "#, fuzzy")):
                continue
            found = _LINE.fullmatch(line)
            if found is None:
                raise ValueError(f"not a line of the catalogue: {line}")
            keyword = found[1] or keyword
            said = found[2]
            if "\\" in said:
                said = _ESCAPED.sub(lambda each: _ESCAPES.get(each[1], each[1]), said)
            entry[keyword] = entry.get(keyword, "") + said
        if entry:
            yield entry
