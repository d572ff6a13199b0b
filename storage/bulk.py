"""Many rows of one table at once, by the driver's own way: `executemany` on SQLite, COPY on PostgreSQL.

SQLAlchemy makes a dictionary of each row and asks for each value what it becomes. Here that is asked once for each
column of some thousands of rows, at a third of the cost; and COPY costs a third of what `executemany` does.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert

from storage.unit_of_work import UnitOfWork

# Each is a statement of its own, so that none takes as long as a statement may.
CHUNK = 2_000


def insert_all(uow: UnitOfWork, table: Table, rows: Iterable[Sequence[object]]) -> None:
    """Inserts rows that have a value for every column, in the table's order; none becomes an entity of the session."""
    dialect = uow.connection.dialect
    becomes = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.c]
    copies = uow.dialect == "postgresql"
    sql = _copy(table) if copies else str(insert(table).compile(dialect=dialect))
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        columns = [
            column if become is None else map(become, column)
            for become, column in zip(becomes, zip(*chunk, strict=True), strict=True)
        ]
        uow.send(sql, zip(*columns, strict=True), how=_copied if copies else _executed)


def _copy(table: Table) -> str:
    return f"COPY {table.name} ({', '.join(table.c.keys())}) FROM STDIN"


def _executed(cursor: Any, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    cursor.executemany(sql, rows)


def _copied(cursor: Any, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(sql) as copying:
        for row in rows:
            copying.write_row(row)
