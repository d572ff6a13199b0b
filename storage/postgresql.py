"""PostgreSQL: the engine for several replicas, and the failures after which work may be repeated.

Its driver and SQLAlchemy's words for it are imported where they are used: a bot on SQLite starts the sooner without.
"""

import json
import re
import select
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

CONNECT_SECONDS = 5
SETTINGS = {
    "timezone": "UTC",
    # Where the server has it, PostgreSQL compiles a statement that it thinks is dear: that takes longer than an answer.
    "jit": "off",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}

# Serialisation failure, deadlock, a row that someone else has just inserted: one of two must begin again.
_OVERTAKEN = {"40001", "40P01", "23505"}
# The server is ending, has crashed or is starting.
_GOING = {"57P01", "57P02", "57P03"}
# Nothing may be written here, or no transaction begun that may: the server is a copy of another one, after a failover.
_READ_ONLY = {"25006", "0A000"}
# What the server lacks: a connection, resources such as room on its disk, files that can be read and written.
_LACKING = ("08", "53", "58")
# A lock was waited for in vain, or a statement took longer than it may, most often by waiting for one; and pages or an
# index that cannot be read as what they are.
_GIVEN_UP, _DAMAGED = {"55P03", "57014"}, {"XX001", "XX002"}
# Of whoever is not let in libpq keeps no code, only the server's words, which are English unless it is set otherwise.
_NOT_LET_IN = re.compile(
    r"password authentication failed|no password supplied|is not permitted to log in|role \".*\" does not exist"
    r"|no pg_hba\.conf entry|permission denied for database"
)
_NO_SUCH_DATABASE = re.compile(r"FATAL: +database \".*\" does not exist")


@lru_cache
def words() -> Dialect:
    """In which words statements are written that are given to the server itself: their values are $1, $2 …"""
    from sqlalchemy.dialects.postgresql import psycopg as driver

    made: Dialect = driver.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
    return made


def engine(url: URL, size: int) -> Engine:
    """A pool of `size` connections, none of which waits for ever for anything.

    None is tried before use, which is a way to the server and back for each unit of work. One that the server has ended
    meanwhile is not used, and all that are as old are let go of with it. Where it is lost without a word, the unit of
    work is run again, unless what was lost with it was its commit.
    """
    made = create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        # No column is of this kind, and to find out whether the server knows it is four ways there and back.
        use_native_hstore=False,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "laeringsbot",
            # What nearly every press sends is prepared by storage/prepared.py. psycopg would prepare the rest, and
            # after a rollback have the server forget all that is prepared, ours too.
            "prepare_threshold": None,
            "options": " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()),
            # A server that has vanished without a word is given up after about half a minute.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        },
    )
    event.listen(made, "handle_error", _leave_a_copy)
    event.listen(made, "connect", _read_ids)
    event.listen(made, "before_cursor_execute", _send_first)
    event.listen(made, "commit", _commit)
    event.listen(made.pool, "reset", _forget)
    event.listen(made.pool, "checkin", _as_the_server_has_it)
    event.listen(made.pool, "checkout", _leave_what_has_ended)
    return made


def is_ended(connection: Any) -> bool:
    """Whether the server, or the network, has ended a driver's connection of which nobody has asked anything.

    Asked of this machine alone, in a hundredth of what the shortest way to the server takes. Whatever else a server may
    say unasked is no loss to miss: another connection is taken.
    """
    if connection.closed:
        return True
    unasked = select.poll()
    unasked.register(connection.pgconn.socket, select.POLLIN)
    return bool(unasked.poll(0))


def _leave_what_has_ended(connection: Any, _record: object, _handed: object) -> None:
    if is_ended(connection):
        raise InvalidatePoolError


def _send_first(connection: Connection, *_: object) -> None:
    """What waits in storage/prepared.py is sent before anything else is."""
    prepared = connection.info.get("prepared")
    if prepared is not None:
        try:
            prepared.send()
        except Exception as fault:
            connection._handle_dbapi_exception(fault, None, None, None, None)


def _commit(connection: Connection) -> None:
    """COMMIT goes in one way with what waits in storage/prepared.py, and psycopg has nothing left to do."""
    prepared = connection.info.get("prepared")
    if prepared is not None:
        try:
            prepared.commit()
        except Exception as fault:
            connection._handle_dbapi_exception(fault, "COMMIT", (), None, None)


def _forget(_connection: object, record: Any, _state: object) -> None:
    """What was still to be sent in a transaction that is undone is not sent."""
    prepared = record.info.get("prepared")
    if prepared is not None:
        prepared.forget()


def _as_the_server_has_it(connection: Any, _record: object) -> None:
    """Whether whoever has it next may write is the server's to say. SQLAlchemy leaves a connection that somebody has
    read on as one that insists on writing, also where an operator lets nobody write."""
    if connection is None or connection.closed or connection.info.transaction_status != 0:
        # Nothing can be said of one that the server has left.
        return
    if connection.read_only is False:
        connection.read_only = None


@lru_cache(maxsize=10_000)
def _id(digits: bytes) -> UUID:
    return UUID(digits.decode())


def _read_ids(connection: Any, _record: object) -> None:
    """Has ids looked up by what was made of the same digits before, as `storage.types.Id` does on SQLite: to make them
    anew was a tenth of what an answer about everything worked."""
    from psycopg.adapt import Loader

    class Ids(Loader):
        def load(self, data: Any) -> UUID:
            return _id(bytes(data))

    connection.adapters.register_loader("uuid", Ids)


def _leave_a_copy(failed: ExceptionContext) -> None:
    """Lets go of every connection once one that is to write leads to a copy: it would stay good for reading for ever.

    Whoever only reads has asked for it, and is told as before.
    """
    import psycopg

    if isinstance(failed.original_exception, psycopg.Error) and failed.original_exception.sqlstate in _READ_ONLY:
        reads = failed.connection and failed.connection.get_execution_options().get("postgresql_readonly")
        failed.is_disconnect = not reads


def is_unreachable(error: BaseException) -> bool:
    """Whether the server could not be reached, went away, or lacks what it needs to keep anything."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    import psycopg

    if not isinstance(error.orig, psycopg.Error):
        return False
    state = error.orig.sqlstate
    if state is None:
        # An operational error without a code comes from the client library: no connection, or a broken one.
        return error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    return error.connection_invalidated or state in _GOING or state.startswith(_LACKING)


def is_given_up(error: BaseException) -> bool:
    """Whether the server has given up a statement, which then has done nothing: by a lock that another has, or its own
    limit of time; or finds damaged what it was to read. It was waited for once, and is not again."""
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) in _GIVEN_UP | _DAMAGED


def is_not_let_in(fault: BaseException) -> bool:
    """Whether the server refuses this user, or their password; False too where its words are in another language."""
    return _is_told_at_the_door(fault) and bool(_NOT_LET_IN.search(str(fault)))


def is_without_database(fault: BaseException) -> bool:
    """Whether the server has no database of this name; False too where its words are in another language."""
    return _is_told_at_the_door(fault) and bool(_NO_SUCH_DATABASE.search(str(fault)))


def _is_told_at_the_door(fault: BaseException) -> bool:
    # The driver is imported by nobody who is on SQLite.
    return type(fault).__module__.partition(".")[0] == "psycopg" and getattr(fault, "sqlstate", None) is None


def is_unanswered(error: BaseException) -> bool:
    """Of an unreachable server's: whether nobody can tell what it did last. What it refuses, it has not done."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state is None or state.startswith(("08", "57"))


def is_locked(error: BaseException) -> bool:
    """Whether a lock that another has was waited for in vain."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == "55P03"


def is_overtaken(error: BaseException) -> bool:
    """Whether someone else was faster: a changed row, a row that is there already, a deadlock."""
    if isinstance(error, StaleDataError):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _OVERTAKEN
