"""One of each shape in which a document has ever been kept, as it lies in the database, for each column that holds any.

    python -m tests.kept_documents

adds those in which the municipality of `tests/crowd.py` is kept now. None is ever taken away: what was kept is read
for as long as the database is, and the release before reads what this one keeps, while one takes over from the other.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, select, type_coerce

from storage.database import Database
from storage.migrating import migrate
from storage.types import Document, metadata
from storage.unit_of_work import UnitOfWork
from tests.crowd import Crowd

FILE = Path(__file__).with_suffix(".json")


def columns() -> dict[str, Document]:
    """How each column reads and writes its documents, by table and name; plain maps have no parts that are known."""
    return {
        f"{table.name}.{column.name}": column.type
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Document) and column.type.load is not dict
    }


def kept_in(uow: UnitOfWork) -> dict[str, list[Any]]:
    """One of each shape that is there, of each column that has any."""
    found: dict[str, list[Any]] = {}
    for name in columns():
        table, _, column = name.partition(".")
        rows = uow.session.scalars(select(type_coerce(metadata.tables[table].c[column], JSON())))
        documents = sorted((each for each in rows if each is not None), key=lambda each: len(json.dumps(each)))
        some = {shape(each): shrunk(each) for each in documents}
        if some:
            found[name] = [some[each] for each in sorted(some)]
    return found


def shape(plain: Any) -> str:
    """What it is made of, whatever is said there and how many there are of a kind."""
    if isinstance(plain, dict):
        parts = sorted({f"{'id' if is_id(name) else name}: {shape(each)}" for name, each in plain.items()})
        return "{" + ", ".join(parts) + "}"
    return "[" + ", ".join(sorted({shape(each) for each in plain})) + "]" if isinstance(plain, list) else ""


def shrunk(plain: Any) -> Any:
    """The same with one of each kind where there are several; a few values in a row may each mean something else."""
    if isinstance(plain, list) and all(isinstance(each, dict | list) for each in plain):
        return list({shape(each): shrunk(each) for each in plain}.values())
    if isinstance(plain, dict):
        first = {"id" if is_id(name) else name: name for name in reversed(plain)}
        return {name: shrunk(plain[name]) for name in reversed(first.values())}
    return plain


def with_a_part_more(plain: Any) -> Any:
    """As a newer release might keep it, with a part more wherever there are parts that have names."""
    if isinstance(plain, list):
        return [with_a_part_more(each) for each in plain]
    if isinstance(plain, dict):
        more = {name: with_a_part_more(each) for name, each in plain.items()}
        return more if any(map(is_id, more)) else {**more, "of_a_newer_release": "1"}
    return plain


def is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def known() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def new_shapes(kept: dict[str, list[Any]], before: dict[str, list[Any]]) -> Iterator[tuple[str, Any]]:
    """Those in which nothing was kept before."""
    for name, documents in kept.items():
        shapes = {shape(each) for each in before.get(name, ())}
        yield from ((name, each) for each in documents if shape(each) not in shapes)


async def _of_the_crowd() -> dict[str, list[Any]]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/crowd.db"
        migrate(url)
        database = Database(url)
        await database.start()
        try:
            await database.write(Crowd.gather)
            return await database.read(kept_in)
        finally:
            await database.close()


def main(tell: Callable[[str], None] = print) -> None:
    all_of_them = known() if FILE.exists() else {}
    for name, document in list(new_shapes(asyncio.run(_of_the_crowd()), all_of_them)):
        all_of_them.setdefault(name, []).append(document)
        tell(f"{name}: {shape(document)}")
    told = json.dumps(dict(sorted(all_of_them.items())), ensure_ascii=False, indent=1)
    FILE.write_text(f"{told}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
