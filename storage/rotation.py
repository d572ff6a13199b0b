"""Which texts are sealed with which key, and sealing them all with the newest."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, String, Table, case, cast, func, select, update

from storage.sealed import MARK, Keyring, SealedDocument, SealedJson, SealedText
from storage.types import metadata
from storage.unit_of_work import UnitOfWork

BATCH = 200
# How many of the newest texts of each column tell whether the keys are those in use.
NEWEST = 100
_NAME = re.compile(r"[0-9a-f]{8}:")


class KeysLost(Exception):
    """Texts are sealed with keys that are not set: nobody can read them, and what is written now would be plain."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Notes and feedback are encrypted with {', '.join(names)}, not among LAERINGSBOT_TEXT_KEYS: "
            "put back the key of that name"
        )


def sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column whose texts are sealed where there is a key."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, SealedText | SealedDocument | SealedJson):
                yield table, column


def standing(uow: UnitOfWork, newest: int | None = None) -> Mapping[str, int]:
    """How many texts there are by the name of the key they are sealed with; those under the empty name are plain.

    With `newest` so many of each column are looked at, and not all. What people typed is never taken for a name,
    whatever they wrote.
    """
    found: dict[str, int] = {}
    for table, column in sealed_columns():
        raw, before = cast(column, String), _before_name(column)
        is_sealed = func.substr(raw, 1, len(before)) == before
        name = case((is_sealed, func.substr(raw, len(before) + 1, 9)), else_="").label("name")
        texts = select(name).select_from(table).where(column.is_not(None))
        if newest is not None:
            # Ids grow with time, so that the newest stand at one end of their index.
            texts = texts.order_by(*(key.desc() for key in table.primary_key)).limit(newest)
        each = texts.subquery()
        for named, count in uow.session.execute(select(each.c.name, func.count()).group_by(each.c.name)):
            key = named.removesuffix(":") if _NAME.fullmatch(named) else ""
            found[key] = found.get(key, 0) + count
    return found


def lost_keys(uow: UnitOfWork, keyring: Keyring, newest: int | None = None) -> Sequence[str]:
    """The names of the keys that texts are sealed with, and that are not set; with `newest` as in `standing`."""
    return sorted(name for name in standing(uow, newest) if name and name not in keyring.keys)


def seal_batch(uow: UnitOfWork, keyring: Keyring) -> int:
    """Seals up to `BATCH` texts with the newest key that are not; 0 when all of them are."""
    assert keyring.newest is not None
    for table, column in sealed_columns():
        key = list(table.primary_key)[0]
        begins = f"{_before_name(column)}{keyring.newest}:"
        old = func.substr(cast(column, String), 1, len(begins)) != begins
        rows: Sequence[Any] = uow.session.execute(
            select(key, column).where(column.is_not(None), old).limit(BATCH).with_for_update()
        ).all()
        for kept_id, value in rows:
            uow.session.execute(update(table).where(key == kept_id).values({column.name: value}))
        if rows:
            return len(rows)
    return 0


def _before_name(column: Column[Any]) -> str:
    """What a sealed value begins with as the database holds it, up to the key's name; JSON writes the mark its way."""
    return MARK if isinstance(column.type, SealedText) else json.dumps({"sealed": MARK}).removesuffix('"}')
