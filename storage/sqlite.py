"""SQLite: one file, one process, one writer."""

import fcntl
import json
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from errno import ENOENT
from functools import partial
from pathlib import Path
from typing import IO
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from storage.errors import LockedByAnother

BUSY_SECONDS = 10
MIGRATION_SECONDS = 60
# Between taking the lock and writing its purpose beside it, a holder's file still says what the last one did.
_PURPOSE_SECONDS = 0.5
# A file that says nothing is held by somebody who is about to say it, and may have to wait for the processor.
_NAMELESS_SECONDS = 10
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -16000",
    # What is deleted, or written over, is not to be read out of the file and its copies afterwards.
    "secure_delete = ON",
)
_UNUSABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}


def file_of(url: URL) -> Path:
    """The database's file; ValueError for a database in memory, which no second thread could see."""
    if not url.database or url.database == ":memory:":
        raise ValueError("a SQLite database must be a file: sqlite:///laeringsbot.db")
    return Path(url.database).absolute()


def writer(file: Path, *, is_serving: bool = False) -> Engine:
    """An engine whose every transaction takes the write lock at once, and is durable once committed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Whoever else has an account on the machine reads nothing, also where the shell would let them.
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    engine = _engine(file, size=1, begin="BEGIN IMMEDIATE", mode="rwc")
    if is_serving:
        # What a savepoint could go back to is put aside: in a file, that is about a sixth of what this thread does for
        # a press. A migration puts the rows of a whole table in order, which may be more than there is memory.
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA temp_store = MEMORY"))
    return engine


def reader(file: Path, size: int) -> Engine:
    """An engine whose transactions each see one committed state, and can change nothing."""
    engine = _engine(file, size=size, begin="BEGIN", mode="rw")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    return engine


def is_read_by_others(file: Path) -> bool:
    """Whether everybody on the machine may read the database."""
    return bool(file.stat().st_mode & stat.S_IROTH)


def free_bytes(file: Path) -> int:
    """How much room the disk has that the database lies on."""
    return shutil.disk_usage(file.parent).free


def back_up(file: Path, to: Path) -> None:
    """A whole and checked copy of the database, made beside whoever serves it; `to` must not be there yet."""
    if not file.exists():
        raise FileNotFoundError(f"there is no database at {file}")
    # Made here, so that nobody else may read it, and nothing that is there is overwritten.
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(_connect(file, "rw")) as live, closing(sqlite3.connect(to)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            found = copy.execute("PRAGMA integrity_check").fetchone()
        if found != ("ok",):
            raise OSError(f"the copy of {file} is not whole: {found[0]}")
    except BaseException:
        to.unlink()
        raise


def scrub(file: Path) -> None:
    """Writes the file anew from what is in it, so that nothing else can be read out of it or its log.

    For whoever holds the one-process lock; it takes as much room again while it runs.
    """
    with closing(_connect(file, "rw")) as live:
        live.execute("VACUUM")
        (is_busy, *_) = live.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise OSError(f"{file} is being read by another process; end that one and run this again")


def is_lost(connection: Connection) -> bool:
    """Whether SQLite has given up the whole transaction by itself, as it does when the disk is full."""
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and not driver.in_transaction


def is_unavailable(error: BaseException) -> bool:
    """Whether the file could not be used: held too long by another, read only or damaged, a full or broken disk."""
    seen: BaseException | None = error
    while seen is not None:
        code = getattr(getattr(seen, "orig", None), "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _UNUSABLE:
            return True
        # A full disk ends the transaction, and what is raised at last is that its savepoint is gone.
        seen = seen.__context__ if isinstance(seen, DBAPIError) else None
    return False


def is_refused(error: BaseException) -> bool:
    """Whether somebody who was only to read has tried to write."""
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY


def _engine(file: Path, *, size: int, begin: str, mode: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=partial(_connect, file, mode),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    event.listen(engine, "begin", partial(_begin, begin))
    return engine


def _begin(statement: str, connection: Connection) -> None:
    """By the driver itself: SQLAlchemy's own way to it is a twentieth of what a press costs the thread that writes."""
    try:
        connection.connection.driver_connection.execute(statement)  # type: ignore[union-attr]
    except Exception as fault:
        connection._handle_dbapi_exception(fault, statement, (), None, None)


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    if mode != "rwc" and not file.exists():
        raise FileNotFoundError(f"there is no database at {file}")
    # Without an isolation level the driver begins nothing by itself: BEGIN and savepoints are ours alone.
    connection = sqlite3.connect(
        f"file:{quote(str(file))}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def held(file: Path, purpose: str) -> Iterator[None]:
    """Holds the one-process lock while something is done."""
    lock = Lock(file)
    lock.take(purpose)
    try:
        yield
    finally:
        lock.release()


class Lock:
    """The lock file beside the database. The system frees it when the process ends, however it ends."""

    def __init__(self, file: Path) -> None:
        self._database = file
        self._path = file.with_name(file.name + ".lock")
        self._file: IO[str] | None = None

    def take(self, purpose: str) -> None:
        """Raises `LockedByAnother` with a sentence; waits only for a migration, which ends by itself.

        Where there is no folder none is made, and it says so: the name may be mistyped.
        """
        folder = self._path.parent
        if not folder.is_dir():
            raise FileNotFoundError(
                ENOENT, "there is no such folder: make it, or correct the database's URL", str(folder)
            )
        file = open(self._path, "a+", encoding="utf-8")  # noqa: SIM115
        begun = time.monotonic()
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                process, _, doing = _holder(file).partition(" ")
                patience = {"migrating": MIGRATION_SECONDS, "": _NAMELESS_SECONDS}.get(doing, _PURPOSE_SECONDS)
                if time.monotonic() < begun + patience:
                    time.sleep(0.05)
                    continue
                file.close()
                raise LockedByAnother(self._database, process, doing) from None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()} {purpose}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.readline().strip()
