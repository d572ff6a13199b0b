"""Whether the database can be written to just now, and what is in the way where it cannot."""

import sqlite3
from collections.abc import Iterator
from enum import StrEnum
from errno import EROFS
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import DatabaseError
from storage.prompt import worker
from storage.unit_of_work import UnitOfWork


class Obstacle(StrEnum):
    """What keeps the database from being written to."""

    FULL = "full"
    BROKEN = "broken"
    READ_ONLY = "read only"
    BUSY = "busy"
    AWAY = "away"


_OF_SQLITE = {
    sqlite3.SQLITE_FULL: Obstacle.FULL,
    sqlite3.SQLITE_IOERR: Obstacle.BROKEN,
    sqlite3.SQLITE_READONLY: Obstacle.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Obstacle.READ_ONLY,
    sqlite3.SQLITE_BUSY: Obstacle.BUSY,
    sqlite3.SQLITE_LOCKED: Obstacle.BUSY,
}
_OF_POSTGRESQL = {
    "53100": Obstacle.FULL,
    "58030": Obstacle.BROKEN,
    "25006": Obstacle.READ_ONLY,
    "42501": Obstacle.READ_ONLY,
    "55P03": Obstacle.BUSY,
    "57014": Obstacle.BUSY,
}
# With less, SQLite finds no room for the files beside the database, and tells it as it does a broken disk.
_LEAST_FREE = 2**20
_ROOM = (
    "CREATE TEMPORARY TABLE trial (filler text) ON COMMIT DROP",
    "INSERT INTO trial SELECT repeat('x', 1900) FROM generate_series(1, 500)",
)


async def tried(database: Database) -> Obstacle | None:
    """Writes, and leaves nothing of it; None where that went well.

    It takes its turn among those who write, and gives up as they would: after ten seconds.
    """
    try:
        await database.note(_leave_nothing)
    except (DatabaseError, DBAPIError) as fault:
        return obstacle_of(fault, database)
    return None


def obstacle_of(fault: BaseException, database: Database) -> Obstacle:
    """What the driver says was in the way."""
    for each in _causes(fault):
        if (code := getattr(each, "sqlite_errorcode", None)) is not None and code & 0xFF in _OF_SQLITE:
            found = _OF_SQLITE[code & 0xFF]
            return Obstacle.FULL if found is Obstacle.BROKEN and _lacks_room(database) else found
        if (state := getattr(each, "sqlstate", None)) in _OF_POSTGRESQL:
            return _OF_POSTGRESQL[state]
        if isinstance(each, PermissionError) or (isinstance(each, OSError) and each.errno == EROFS):
            return Obstacle.READ_ONLY
    return Obstacle.AWAY


def _lacks_room(database: Database) -> bool:
    try:
        free = database.free_bytes()
    except OSError:
        return False
    return free is not None and free < _LEAST_FREE


def _leave_nothing(uow: UnitOfWork) -> None:
    """A row where the workers' counters stand, which is gone before anybody else could see it.

    It is committed: what is undone need not come to the disk. No sign of life is left, by which a restored database
    would be taken for one that is served.
    """
    name = f"trial-{uuid4().hex}"
    uow.session.execute(insert(worker).values(id=name, beats=0))
    uow.session.execute(delete(worker).where(worker.c.id == name))
    if uow.dialect == "postgresql" and uow.session.scalar(
        select(func.has_database_privilege(func.current_database(), "TEMP"))
    ):
        # One row finds room where another one was; on a full disk it is files that cannot grow.
        for statement in _ROOM:
            uow.session.execute(text(statement))


def _causes(fault: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = fault
    while seen is not None:
        yield seen
        if isinstance(seen, DBAPIError) and seen.orig is not None:
            yield seen.orig
        seen = seen.__cause__ or seen.__context__
