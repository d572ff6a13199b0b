"""Keeps the Danish catalogue in step with the code: `python -m cards.catalogue`, with `--check` only looking.

New messages come in untranslated and vanished ones leave; nothing is guessed, so no entry is ever fuzzy.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from cards.language import LOCALE

CARDS = Path(__file__).parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
# Relative to the folder that is read: a pattern that begins with its name finds nothing, and says nothing.
PATTERN = [("**.py", "python")]

_UNKEPT = (
    '"POT-Creation',
    '"PO-Revision',
    '"Report-Msgid',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)


def extracted() -> Catalog:
    """Every message of the cards as the code has it now."""
    found = Catalog(project="Læringsbot", charset="utf-8")
    for file, _line, message, _comments, context in extract_from_dir(CARDS, PATTERN, keywords=KEYWORDS):
        # No line numbers: every change of a module would change the catalogue with it.
        found.add(message, locations=[(f"cards/{Path(file).as_posix()}", 0)], context=context)
    return found


def kept(language: str = "da") -> Catalog:
    """The catalogue as it stands in the repository."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Læringsbot", charset="utf-8")
    return read_po(BytesIO(path.read_bytes()), locale=language)


def updated(language: str = "da") -> Catalog:
    """The kept catalogue with the code's messages: what is new is empty, what is gone is gone."""
    catalog = kept(language)
    catalog.update(extracted(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return catalog


def complaints(code: Catalog, catalog: Catalog) -> list[str]:
    """What a reader would stumble over: missing, fuzzy or outdated entries, and placeholders that differ."""
    current = {message.id for message in code if message.id}
    if not current:
        return ["no message was found in the code"]
    known = {message.id for message in catalog if message.id}
    return [
        *[f"not in the catalogue: {each}" for each in sorted(map(str, current - known))],
        *[f"no longer in the code: {each}" for each in sorted(map(str, known - current))],
        *[each for message in catalog if message.id for each in _of(message)],
    ]


def _of(message: Message) -> Iterator[str]:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    filled = [text for text in texts if text]
    if len(filled) < len(texts):
        yield f"not translated: {message.id}"
        return
    if message.fuzzy:
        yield f"fuzzy: {message.id}"
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted = _placeholders(ids[-1])
    for number, text in enumerate(filled, start=1):
        has = _placeholders(text)
        # "1 dag" may do without the number that "5 dage" needs.
        if has != wanted and not (number < len(filled) and has < wanted):
            yield f"placeholders differ: {message.id}"


def _placeholders(text: str) -> set[str]:
    class Names(dict[str, str]):
        def __missing__(self, name: str) -> str:
            used.add(name)
            return "1"

    used: set[str] = set()
    if "%(" in text:
        text % Names()
    return used


def _written(catalog: Catalog) -> str:
    """The catalogue's source, with no date or name in its head that would change at every run."""
    made = BytesIO()
    catalog.header_comment = "# The Danish words of Læringsbot. New messages come in with: python -m cards.catalogue"
    catalog.fuzzy = False
    write_po(made, catalog, width=110, sort_output=True, include_lineno=False)
    kept_lines = [line for line in made.getvalue().decode().splitlines() if not line.startswith(_UNKEPT)]
    return "\n".join(kept_lines).strip() + "\n"


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "laeringsbot.po"


def main() -> int:
    """Updates the catalogue, or with `--check` leaves it; 1 while there is work by hand."""
    if "--check" not in sys.argv[1:]:
        _path("da").parent.mkdir(parents=True, exist_ok=True)
        _path("da").write_text(_written(updated()), encoding="utf-8")
    found = complaints(extracted(), kept())
    for each in found:
        print(each)
    print(f"{len([m for m in kept() if m.id])} messages, {len(found)} to be looked at")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
