"""What is in the way where the database does not do what it is asked for, as its driver says it."""

import sqlite3
from collections.abc import Iterator, Mapping
from enum import StrEnum
from errno import EROFS
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError

from storage import postgresql


class Obstacle(StrEnum):
    """What keeps the database from being read, or written to."""

    FULL = "full"
    BROKEN = "broken"
    READ_ONLY = "read only"
    BUSY = "busy"
    DAMAGED = "damaged"
    REFUSED = "refused"
    MISSING = "missing"
    AWAY = "away"


UNWRITTEN = "the database cannot be written"
# What is told wherever an operator looks: by /readyz, doctor and each command.
WORDS: Mapping[Obstacle, str] = MappingProxyType(
    {
        Obstacle.FULL: UNWRITTEN,
        Obstacle.BROKEN: UNWRITTEN,
        Obstacle.READ_ONLY: UNWRITTEN,
        Obstacle.BUSY: "another program has the database, or a table of it, locked",
        Obstacle.DAMAGED: "the database is damaged",
        Obstacle.REFUSED: "the database server does not let the bot's user in",
        Obstacle.MISSING: "the database server has no such database",
        Obstacle.AWAY: "the database cannot be reached",
    }
)
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: Obstacle.FULL,
    sqlite3.SQLITE_IOERR: Obstacle.BROKEN,
    sqlite3.SQLITE_READONLY: Obstacle.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Obstacle.READ_ONLY,
    sqlite3.SQLITE_BUSY: Obstacle.BUSY,
    sqlite3.SQLITE_LOCKED: Obstacle.BUSY,
    sqlite3.SQLITE_CORRUPT: Obstacle.DAMAGED,
    sqlite3.SQLITE_NOTADB: Obstacle.DAMAGED,
}
_OF_POSTGRESQL = {
    "53100": Obstacle.FULL,
    "58030": Obstacle.BROKEN,
    "25006": Obstacle.READ_ONLY,
    "42501": Obstacle.READ_ONLY,
    "55P03": Obstacle.BUSY,
    "57014": Obstacle.BUSY,
    "XX001": Obstacle.DAMAGED,
    "XX002": Obstacle.DAMAGED,
}


def obstacle_in(fault: BaseException) -> Obstacle:
    """What the driver says was in the way; AWAY where it says nothing that is known."""
    for each in _causes(fault):
        if (code := getattr(each, "sqlite_errorcode", None)) is not None and code & 0xFF in _OF_SQLITE:
            return _OF_SQLITE[code & 0xFF]
        if (state := getattr(each, "sqlstate", None)) in _OF_POSTGRESQL:
            return _OF_POSTGRESQL[state]
        if isinstance(each, PermissionError) or (isinstance(each, OSError) and each.errno == EROFS):
            return Obstacle.READ_ONLY
        if postgresql.is_not_let_in(each):
            return Obstacle.REFUSED
        if postgresql.is_without_database(each):
            return Obstacle.MISSING
    return Obstacle.AWAY


def _causes(fault: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = fault
    while seen is not None:
        yield seen
        if isinstance(seen, DBAPIError) and seen.orig is not None:
            yield seen.orig
        seen = seen.__cause__ or seen.__context__
