"""Which texts are sealed with which key, and sealing them all with the newest."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, String, Table, case, cast, func, not_, select, update

from storage.database import UnitOfWork
from storage.sealed import MARK, Keyring, SealedDocument, SealedJson, SealedText
from storage.types import metadata

BATCH = 200
SEALED = MARK.strip("\u0002")


def sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column whose texts are sealed where there is a key."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, SealedText | SealedDocument | SealedJson):
                yield table, column


def standing(uow: UnitOfWork) -> Mapping[str, int]:
    """How many texts there are by the name of the key they are sealed with; those under the empty name are plain."""
    found: dict[str, int] = {}
    for table, column in sealed_columns():
        raw = cast(column, String)
        start = func.instr(raw, SEALED) if uow.dialect == "sqlite" else func.strpos(raw, SEALED)
        name = case((start > 0, func.substr(raw, start + len(SEALED), 8)), else_="").label("name")
        each = select(name).select_from(table).where(column.is_not(None)).subquery()
        for key, count in uow.session.execute(select(each.c.name, func.count()).group_by(each.c.name)):
            found[key] = found.get(key, 0) + count
    return found


def seal_batch(uow: UnitOfWork, keyring: Keyring) -> int:
    """Seals up to `BATCH` texts with the newest key that are not; 0 when all of them are."""
    assert keyring.newest is not None
    for table, column in sealed_columns():
        key = list(table.primary_key)[0]
        old = not_(cast(column, String).contains(f"{SEALED}{keyring.newest}:"))
        rows: Sequence[Any] = uow.session.execute(
            select(key, column).where(column.is_not(None), old).limit(BATCH).with_for_update()
        ).all()
        for kept_id, value in rows:
            uow.session.execute(update(table).where(key == kept_id).values({column.name: value}))
        if rows:
            return len(rows)
    return 0
