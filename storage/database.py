"""One way to work with the database, whichever it is: a plain function of a unit of work, in one transaction.

On SQLite one thread writes, on PostgreSQL a few do. Units of work that wait while all are busy are run one after the
other and committed together, and nobody is answered before that commit; where one of them fails, it is run again by
itself, and so are the others. On PostgreSQL so is one that another one got in the way of, or whose connection was lost
before the commit. So `work` must do nothing outside its unit of work; what is to happen once it is kept goes into
`after_commit`.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.errors import DatabaseError, LockedByAnother, OnlyReading, Overtaken, Unavailable, Unconfirmed
from storage.looking import LooksFirst, Searches
from storage.patience import Patience
from storage.sealed import Keyring, using
from storage.threads import Outcome, Run, Threads, Work
from storage.unit_of_work import Kind, UnitOfWork
from storage.writing import PAUSES, Writer, translated

__all__ = [
    "Database",
    "LockedByAnother",
    "OnlyReading",
    "Overtaken",
    "Unavailable",
    "Unconfirmed",
]

T = TypeVar("T")

# Of each, PostgreSQL makes at least one transaction below that of the commit, and of each open transaction it has 64 of
# those at hand: of more than that, everybody who meets one of their rows has to look them up.
MOST_TOGETHER = 32


class Database:
    """A database by its URL: `sqlite:///file` or `postgresql+psycopg://…`.

    Texts that are kept sealed are so with the first of `text_keys`, and opened with any of them.

    With `lock=False` it may be read beside the process that serves it, and `write` is refused. `failed` counts by kind
    what the database itself could not do.
    """

    def __init__(
        self,
        url: str,
        *,
        read_threads: int = 4,
        write_threads: int = 4,
        lock: bool = True,
        text_keys: Sequence[bytes] = (),
    ) -> None:
        self.url = parse_url(url)
        self.dialect: Kind = "sqlite" if self.url.get_backend_name() == "sqlite" else "postgresql"
        self._read_threads = read_threads
        self._write_threads = write_threads
        self._locks = lock
        self.keyring = Keyring.of(text_keys)
        self._lock: sqlite.Lock | None = None
        self._engines: list[Engine] = []
        self._readers: Threads | None = None
        self._writers: Threads | None = None
        self._writing: list[Writer] = []
        self._patience = Patience()
        self.failed: Counter[str] = Counter()
        self._searches = Searches()

    async def start(self) -> None:
        """Opens the database; raises `LockedByAnother` if another process has it, `Unavailable` if it cannot be used.

        PostgreSQL is connected to on first use, so that a bot can start before its database.
        """
        # A table that points at another must find it, whichever of them the caller happens to have imported.
        import_module("storage.tables")
        if self.dialect == "postgresql":
            self._start_postgresql()
            return
        try:
            self._start_sqlite()
        except DBAPIError as error:
            raise translated(error) from error

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Runs `work` and commits it durably. Once asked for it is done, even if the caller is cancelled.

        Whatever `work` raises undoes all of it and is raised here; so are the errors of storage/errors.py. What it
        needs to have looked for is looked for meanwhile, however long that takes.
        """
        found: dict[Hashable, Any] = {}
        while True:
            try:
                return await self.write_with(found, work)
            except LooksFirst as wanted:
                found[wanted.key] = await self.look(wanted)

    async def write_with(self, found: Mapping[Hashable, Any], work: Callable[[UnitOfWork], T]) -> T:
        """As `write`, with what was looked for already; raises `LooksFirst` for what is still to be."""
        if not self._locks:
            raise OnlyReading("the database was opened for reading only")

        def knowing(uow: UnitOfWork) -> T:
            uow.know(found)
            return work(uow)

        result: T = await self._counted(self._writers, knowing)
        return result

    async def look(self, wanted: LooksFirst) -> Any:
        """What a unit of work needs before it can be run, read beside everybody else."""
        return await self._searches.found(wanted, self.read)

    async def note(self, work: Callable[[UnitOfWork], T]) -> T:
        """As `write`, for a row or two that are only added: also beside the process that serves the database.

        On SQLite it waits for its turn like anybody who writes to the file.
        """
        result: T = await self._counted(self._writers, work)
        return result

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Runs `work` on one committed state of the database; an attempt to change anything fails."""
        result: T = await self._counted(self._readers, work)
        return result

    async def rehearse(self, work: Callable[[UnitOfWork], T]) -> T:
        """Runs `work` as `write` would, but keeps nothing of it and makes none of its calls.

        Allowed beside the process that serves the database, whose writing waits for nothing that is looked for here.
        """
        rehearsed: list[T] = []
        found: dict[Hashable, Any] = {}

        def work_and_undo(uow: UnitOfWork) -> None:
            uow.know(found)
            rehearsed[:] = [work(uow)]
            uow.session.flush()
            raise _Rehearsed

        while True:
            try:
                await self._threads(self._writers).do(work_and_undo)
            except LooksFirst as wanted:
                found[wanted.key] = await self.look(wanted)
            except _Rehearsed:
                return rehearsed[0]

    def free_bytes(self) -> int | None:
        """How much room there is for it on its disk; None where that is another machine's to know."""
        return sqlite.free_bytes(sqlite.file_of(self.url)) if self.dialect == "sqlite" else None

    def is_read_by_others(self) -> bool:
        """Whether everybody on the machine may read it; never so where a server keeps it."""
        return self.dialect == "sqlite" and sqlite.is_read_by_others(sqlite.file_of(self.url))

    async def scrub(self) -> None:
        """Lets nothing be read out of a SQLite file but what is in it now; PostgreSQL is its server's to look after."""
        if not self._locks:
            raise OnlyReading("the database was opened for reading only")
        if self.dialect == "sqlite":
            self._let_go()
            await asyncio.to_thread(sqlite.scrub, sqlite.file_of(self.url))

    async def close(self) -> None:
        """Returns when everything that was asked for is done; lets go of the file."""
        for threads in (self._writers, self._readers):
            if threads:
                await threads.close()
        self._writers = self._readers = None
        self._let_go()
        self._writing.clear()
        self._engines.clear()
        if self._lock:
            self._lock.release()
            self._lock = None

    def _start_sqlite(self) -> None:
        file = sqlite.file_of(self.url)
        if self._locks:
            self._lock = sqlite.Lock(file)
            self._lock.take("serving")
        elif not file.exists():
            raise FileNotFoundError(f"there is no database at {file}")
        writer, reader = sqlite.writer(file, is_serving=True), sqlite.reader(file, self._read_threads)
        self._engines = [writer, reader]
        with writer.connect():
            pass  # makes the file, which readers do not
        self._begin(writer, reader, write_threads=1)

    def _start_postgresql(self) -> None:
        engine = postgresql.engine(self.url, self._read_threads + self._write_threads)
        # Repeatable read, as on SQLite: every query of one unit of work sees the same state.
        reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._engines = [engine]
        self._begin(engine, reader, write_threads=self._write_threads)

    def _begin(self, writer: Engine, reader: Engine, *, write_threads: int) -> None:
        self._writing = [Writer(writer, self.dialect, self._patience) for _ in range(write_threads)]
        self._writers = Threads("writer", [self._keyed(each.run) for each in self._writing], MOST_TOGETHER)
        read = self._keyed(lambda group: ([_read(reader, self.dialect, self._patience, each)] for each in group))
        self._readers = Threads("reader", [read] * self._read_threads)

    def _let_go(self) -> None:
        """Closes all connections that nobody works on."""
        for writer in self._writing:
            writer.let_go()
        for engine in self._engines:
            engine.dispose()

    async def _counted(self, threads: Threads | None, work: Work) -> Any:
        try:
            return await self._threads(threads).do(work)
        except DatabaseError as fault:
            kind = Unavailable if isinstance(fault, Unavailable) else type(fault)
            self.failed[kind.__name__] += 1
            raise

    def _keyed(self, run: Run) -> Run:
        """The same with this database's keys for what is kept sealed."""

        def with_keys(group: Sequence[Work]) -> Iterator[Sequence[Outcome]]:
            with using(self.keyring):
                yield from run(group)

        return with_keys

    def _threads(self, threads: Threads | None) -> Threads:
        if threads is None:
            raise RuntimeError("the database is not started")
        return threads


def parse_url(url: str) -> Any:
    """The URL with our driver in it; ValueError with a sentence for anything but SQLite and PostgreSQL."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError:
        backend = ""
    if backend == "sqlite":
        sqlite.file_of(parsed)
        return parsed
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError("the database URL must begin with sqlite:/// or postgresql+psycopg://")


class _Rehearsed(Exception):
    """Ends a rehearsal, so that all of it is undone."""


def _read(engine: Engine, dialect: Kind, patience: Patience, work: Work) -> Outcome:
    for pause in (*PAUSES, None):
        try:
            with Session(engine, expire_on_commit=False) as session:
                uow = UnitOfWork(session, dialect)
                patience.limit(uow)
                return Outcome(_reading(uow, work))
        except BaseException as error:
            patience.heard(error)
            if sqlite.is_refused(error):
                # Not the file's fault, as it is where somebody is to write.
                return Outcome(error=error)
            if pause is None or dialect == "sqlite" or not postgresql.is_unreachable(error):
                return Outcome(error=translated(error))
            time.sleep(pause)
    raise AssertionError("unreachable")


def _reading(uow: UnitOfWork, work: Work) -> Any:
    result = work(uow)
    # Without this, a change that no query happened to flush would be dropped without a word.
    uow.session.flush()
    return result
