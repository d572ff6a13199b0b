"""What is done in one transaction, and what of it reaches the database by a shorter way than the session's."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.orm import Session, make_transient

from storage import postgresql
from storage.looking import LooksFirst

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql as postgresql_words
    from sqlalchemy.dialects import sqlite as sqlite_words

    from storage.prepared import Prepared

Kind = Literal["sqlite", "postgresql"]
T = TypeVar("T")
E = TypeVar("E")


def insert_on(dialect: Kind, table: Table) -> "postgresql_words.Insert | sqlite_words.Insert":
    """An INSERT that can say what is to happen ON CONFLICT; the words of the other database are not loaded for it."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


class UnitOfWork:
    """Everything that is kept, or not, as one. `session` is for storage/ only."""

    def __init__(self, session: Session, dialect: Kind, connection: Connection | None = None) -> None:
        self.session = session
        self.dialect = dialect
        if connection is not None:
            # The session asks itself for it at the cost of a statement, and begins a transaction of its own for that.
            self.connection = connection
        self._is_kept = False
        self._kept_added = 0
        self._added: list[object] = []
        self._calls: list[Callable[[], None]] = []
        self._kept_calls = 0
        self._found: Mapping[Hashable, Any] | None = None

    @cached_property
    def connection(self) -> Connection:
        """The connection of this unit of work's transaction."""
        return self.session.connection()

    @property
    def words(self) -> Dialect:
        """In which words `send` wants its statements."""
        return postgresql.words() if self.dialect == "postgresql" else self.connection.dialect

    @cached_property
    def _driver(self) -> Any:
        """The driver's own connection: to ask the pool's stand-in for each cursor costs as much as the cursor."""
        return self.connection.connection.driver_connection

    def add(self, *entities: object) -> None:
        self.session.add_all(entities)
        self._added.extend(entities)

    def wrote(self, entity: object) -> None:
        """Of an entity that was inserted past the session: what is undone has never been added."""
        self._added.append(entity)

    def has_added(self, id: object) -> bool:
        """Whether something of this id is new: no other row can be about it yet."""
        return any(getattr(each, "id", None) == id for each in self._added)

    def get(self, cls: type[E], id: object) -> E | None:
        # Most are loaded already, and the session's own look takes five times as long.
        found = self.loaded(cls, id)
        return found if found is not None else self.session.get(cls, id)

    def loaded(self, cls: type[E], id: object) -> E | None:
        """The entity if the session has it."""
        found: E | None = self.session.identity_map.get((cls, (id,), None))
        return found

    def insert(self, table: Table) -> "postgresql_words.Insert | sqlite_words.Insert":
        """An INSERT that can say what is to happen ON CONFLICT, in this database's words."""
        return insert_on(self.dialect, table)

    @cached_property
    def _prepared(self) -> "Prepared":
        # Here, so that a bot on SQLite does without the driver.
        from storage.prepared import Prepared

        made: Prepared | None = self.connection.info.get("prepared")
        if made is None or not made.belong_to(self._driver):
            made = self.connection.info["prepared"] = Prepared(self._driver)
        return made

    def send(
        self,
        sql: str,
        parameters: Any = (),
        how: Callable[[Any, str, Any], None] | None = None,
        *,
        is_seldom: bool = False,
    ) -> Any:
        """What has the rows of what is given to the driver as it is; its errors are raised as SQLAlchemy's.

        A statement has `?` on SQLite and `$1` on PostgreSQL where a value goes. `how` does with a cursor what is done
        otherwise than by `execute`. What `is_seldom` sent so, PostgreSQL plans each time anew.
        """
        cursor: Any = None
        try:
            if self.dialect == "sqlite" and how is None:
                return self._driver.execute(sql, parameters)
            if how is None:
                return self._prepared.run(sql, parameters, is_kept=not is_seldom)
            if self.dialect == "postgresql":
                self._prepared.send()
            cursor = self._driver.cursor()
            how(cursor, sql, parameters)
            return cursor
        except Exception as fault:
            # It raises, and lets go of a connection that is lost.
            self.connection._handle_dbapi_exception(fault, sql, parameters, cursor, None)

    def send_along(self, sql: str, parameters: Any = ()) -> Callable[[], Sequence[Any]]:
        """As `send`, where nobody asks for rows yet: on PostgreSQL it goes with what is sent next, and fails there.

        Called, what is returned has the rows, for which it is sent at the latest.
        """
        if self.dialect == "sqlite":
            rows: Sequence[Any] = self.send(sql, parameters).fetchall()
            return lambda: rows
        try:
            left = self._prepared.leave(sql, parameters)
        except Exception as fault:
            self.connection._handle_dbapi_exception(fault, sql, parameters, None, None)

        def found() -> Sequence[Any]:
            try:
                return self._prepared.found(left).rows
            except Exception as fault:
                self.connection._handle_dbapi_exception(fault, sql, parameters, None, None)

        return found

    def know(self, found: Mapping[Hashable, Any]) -> None:
        """What was looked for before it began: from now on it looks for nothing by itself."""
        self._found = found

    def looked_up(self, key: Hashable, search: "Callable[[UnitOfWork], T]") -> T:
        """What the search finds, which takes long and only reads.

        In a unit of work that writes it is done before, on what is committed by then, so that nobody waits for it who
        writes, too: see storage/looking.py. The key says what is sought, and under which conditions.
        """
        if self._found is None:
            return search(self)
        if key not in self._found:
            raise LooksFirst(key, search)
        found: T = self._found[key]
        return found

    def keep(self) -> None:
        """What is done so far stays, even if `undo` follows; an exception still undoes all of it."""
        # Not by the session: its own way to a savepoint costs as much as ten statements do that are compiled once.
        self.session.flush()
        if self._is_kept:
            self.send_along("RELEASE SAVEPOINT kept")
        self.send_along("SAVEPOINT kept")
        self._is_kept, self._kept_calls, self._kept_added = True, len(self._calls), len(self._added)

    def undo(self) -> None:
        """Back to the last `keep`; what was loaded is read again where it is asked for."""
        if not self._is_kept:
            raise RuntimeError("nothing was kept that could be gone back to")
        self._forget(self._added[self._kept_added :])
        for entity in self.session.deleted:
            self.session.expunge(entity)
            self.session.add(entity)
        self.send_along("ROLLBACK TO SAVEPOINT kept")
        self.session.expire_all()
        del self._calls[self._kept_calls :]
        del self._added[self._kept_added :]

    def forget(self) -> None:
        """Ends it once it is lost: what it added can be added again, as it was, by whoever does the work anew."""
        self._forget(self._added)
        self.session.close()

    def _forget(self, added: Iterable[object]) -> None:
        for entity in added:
            if entity in self.session:
                self.session.expunge(entity)
            make_transient(entity)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Has `call` made on the event loop once all is committed, before `write` returns, in this order."""
        self._calls.append(call)

    @property
    def calls(self) -> tuple[Callable[[], None], ...]:
        return tuple(self._calls)
