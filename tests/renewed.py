"""One PostgreSQL database that the stories have one after the other, each as the migrations leave it.

A connection that is new is a process of the server's which knows no table and has nothing prepared: to learn, parse and
plan it all anew was more than half of what a story cost the server. So a connection that the program closes is kept for
the next story, with what it has prepared and nothing else. What was set, locked, listened to or made for the session
alone is gone, and one that is still in a transaction is not kept. Whoever else is connected when a story begins is sent
away.
"""

import os
import select
from typing import Any

import psycopg
from psycopg._preparing import PrepareManager
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from tests.postgres import Postgres

# `DISCARD ALL` without what is prepared.
AS_NEW = (
    b"RESET SESSION AUTHORIZATION; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all();"
    b" DISCARD TEMP; DISCARD SEQUENCES"
)
# So often the tables are made anew, so that what is deleted does not pile up in them.
STORIES = 50


class Renewed:
    """The database of this name and what it has in it; `renew` before each story, of which every so many has the tables
    made anew."""

    def __init__(self, server: Postgres, database: str, *, stories: int = STORIES) -> None:
        self.url = server.url(database)
        self._server = server
        self.database = database
        self._process = os.getpid()
        self._number = 0
        self._stories = stories
        self._idle: list[_Connection] = []
        with server.connect(database) as connection:
            # Its counts of rows would be those of the stories before, and have statements planned by them.
            connection.execute("ALTER SYSTEM SET autovacuum = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE SCHEMA kept")
            tables = connection.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
            names = [str(name) for (name,) in tables]
            brought = ""
            for name in names:
                if connection.execute(f"SELECT FROM public.{name} LIMIT 1".encode()).rowcount:
                    connection.execute(f"CREATE TABLE kept.{name} AS TABLE public.{name}".encode())
                    brought += f"INSERT INTO public.{name} SELECT * FROM kept.{name}; "
            deleted = "; ".join(f"DELETE FROM public.{name}" for name in names)
            truncated = "TRUNCATE " + ", ".join(f"public.{name}" for name in names)
            # The server plans what is in a function once.
            for function, emptied in (("deleted", deleted), ("truncated", truncated)):
                body = f"BEGIN {emptied}; {brought} END"
                connection.execute(
                    f"CREATE FUNCTION kept.{function}() RETURNS void LANGUAGE plpgsql AS $${body}$$".encode()
                )
        self._own = self._connected()
        event.listen(Engine, "do_connect", self._connect)

    def renew(self) -> None:
        """Brings back the rows that it had and no others, and ends whoever is still connected."""
        if not _is_alive(self._own):
            self._own = self._connected()
        self._own.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> ALL (%s)",
            [[each.info.backend_pid for each in (self._own, *self._idle)]],
        )
        self._number += 1
        self._own.execute("SELECT kept.deleted()" if self._number % self._stories else "SELECT kept.truncated()")

    def close(self) -> None:
        event.remove(Engine, "do_connect", self._connect)
        for each in (self._own, *self._idle):
            each.pgconn.finish()

    def _connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        connection = self._server.connect(self.database)
        # Then neither the order of the tables is in the way nor a trigger of one that is only ever added to.
        connection.execute("SET session_replication_role = replica")
        return connection

    def _connect(self, _dialect: Any, _record: Any, arguments: list[Any], parameters: dict[str, Any]) -> Any:
        """One of these settings, kept or to be kept; None for whoever does not connect as the program does, here."""
        asked = (parameters.get("port"), parameters.get("dbname"), parameters.get("application_name"))
        if asked != (self._server.port, self.database, "laeringsbot") or os.getpid() != self._process:
            return None
        options = str(parameters["options"])
        for kept in [each for each in reversed(self._idle) if each.options == options]:
            self._idle.remove(kept)
            if _is_alive(kept):
                return kept
        connection = _Connection.connect(*arguments, **parameters)
        connection.kept_in, connection.options = self._idle, options
        connection._prepared = _Lasting()
        connection.prepare_threshold = 2
        return connection


class _Lasting(PrepareManager):
    """What psycopg prepares, which it would have forgotten with each rollback."""

    prepared_max = 1000

    def clear(self) -> bool:
        return False


class _Connection(psycopg.Connection[Any]):
    """Is kept when it is closed, unless anything is amiss with it."""

    kept_in: list["_Connection"]
    options: str
    prepared: Any = None

    def close(self) -> None:
        if self.pgconn.transaction_status == TransactionStatus.IDLE and not self.read_only:
            try:
                self.autocommit = True
                self.execute(AS_NEW)
                self._notice_handlers.clear()
                self.kept_in.append(self)
                return
            except psycopg.Error:
                pass
        super().close()


@event.listens_for(Pool, "close")
def _keep_what_is_prepared(connection: Any, record: ConnectionPoolEntry) -> None:
    """By storage/prepared.py, which finds it with the pool's entry."""
    if isinstance(connection, _Connection):
        connection.prepared = record.info.pop("prepared", None)


@event.listens_for(Pool, "connect")
def _find_what_is_prepared(connection: Any, record: ConnectionPoolEntry) -> None:
    if isinstance(connection, _Connection) and connection.prepared:
        record.info["prepared"] = connection.prepared


def _is_alive(connection: "psycopg.Connection[Any]") -> bool:
    """Whether the server has not let go of it: to one that is idle it says nothing."""
    return not connection.closed and not select.select([connection], [], [], 0)[0]
