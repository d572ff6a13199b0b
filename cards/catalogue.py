"""Keeps the Danish catalogue in step with the code: `python -m cards.catalogue`, with `--check` only looking.

New messages come in untranslated and vanished ones leave; nothing is guessed, so no entry is ever fuzzy.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from cards.language import LOCALE

ROOT = Path(__file__).parents[1]
FOLDERS = ("cards", "dialogs")
# The calls that name a message, and how many of their arguments are its text.
MARKS = {"_": 1, "N_": 1, "NN_": 2, "ngettext": 2}
# Where lines are broken: another width would change half the catalogue, and meet everybody's own changes.
WIDTH = 110

_UNKEPT = (
    '"POT-Creation',
    '"PO-Revision',
    '"Report-Msgid',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)


def extracted() -> Catalog:
    """Every message of the cards and dialogs as the code has it now."""
    found = Catalog(project="Læringsbot", charset="utf-8")
    for file in _modules():
        # No line numbers: every change of a module would change the catalogue with it.
        place = [(file.relative_to(ROOT).as_posix(), 0)]
        for texts in messages_in(file.read_text(encoding="utf-8")):
            found.add(texts[0] if len(texts) == 1 else texts, locations=place)
    return found


def hidden() -> list[str]:
    """The places where a message is put together from pieces, so that no catalogue can have it."""
    return [
        f"not one literal text: {file.relative_to(ROOT).as_posix()}:{line}"
        for file in _modules()
        for line in hidden_in(file.read_text(encoding="utf-8"))
    ]


def messages_in(source: str) -> Iterator[tuple[str, ...]]:
    """The texts that a module marks as messages, wherever they stand: Babel's own reader skips those in f-strings."""
    for _line, _mark, texts in _marked(source):
        literal = tuple(each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str))
        if literal and len(literal) == len(texts):
            yield literal


def hidden_in(source: str) -> Iterator[int]:
    """The lines where a text is given to `_` that is neither literal nor kept under a name, where `N_` marks it."""
    for line, mark, texts in _marked(source):
        for each in texts:
            is_literal = isinstance(each, ast.Constant) and isinstance(each.value, str)
            is_named = isinstance(each, ast.Name | ast.Attribute | ast.Subscript | ast.Call) and mark not in (
                "N_",
                "NN_",
            )
            if not is_literal and not is_named:
                yield line


def _marked(source: str) -> Iterator[tuple[int, str, list[ast.expr]]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func
            mark = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            if mark in MARKS:
                yield node.lineno, mark, node.args[: MARKS[mark]]


def _modules() -> list[Path]:
    return sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))


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


def drifted(language: str = "da") -> list[str]:
    """Whether writing the catalogue anew would change a line of it: its order, its line breaks, its modules' names."""
    if _path(language).read_text(encoding="utf-8") == _written(updated(language)):
        return []
    return ["the catalogue is not as it is written: run python -m cards.catalogue"]


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
    write_po(made, catalog, width=WIDTH, sort_output=True, include_lineno=False)
    kept_lines = [line for line in made.getvalue().decode().splitlines() if not line.startswith(_UNKEPT)]
    return "\n".join(kept_lines).strip() + "\n"


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "laeringsbot.po"


def main() -> int:
    """Updates the catalogue, or with `--check` leaves it; 1 while there is work by hand."""
    if "--check" not in sys.argv[1:]:
        _path("da").parent.mkdir(parents=True, exist_ok=True)
        _path("da").write_text(_written(updated()), encoding="utf-8")
    found = [*hidden(), *complaints(extracted(), kept()), *drifted()]
    for each in found:
        print(each)
    print(f"{len([m for m in kept() if m.id])} messages, {len(found)} to be looked at")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
