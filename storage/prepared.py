"""Statements that a PostgreSQL connection has prepared, run by libpq itself.

psycopg's cursor looks at each statement anew and waits for its answer in Python, which takes four times what libpq
needs for a whole statement. Values and rows go through psycopg's own adapters here too, as text, and what fails is
psycopg's own error. What nobody waits for goes to the server with the next statement that somebody does, in one way
there and back: of ten ways that a press took, four are left. The wait knows no end but those set for the connection:
what the server allows a statement, and how long a network may be silent.
"""

import select
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, Error, IsolationLevel, OperationalError
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.PIPELINE_SYNC)


@dataclass(frozen=True)
class Found:
    """What a statement has found or done, as a cursor tells it."""

    rows: Sequence[tuple[Any, ...]]
    rowcount: int

    def fetchall(self) -> Sequence[tuple[Any, ...]]:
        return self.rows


@dataclass
class Left:
    """A statement that is to be sent with what follows; the values that it was given are as the server takes them."""

    sql: str
    values: Sequence[Any] | None = None
    is_kept: bool = True
    result: PGresult | None = None


class Prepared:
    """Those of one connection; they end with it."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._server = connection.pgconn
        self._adapters: Any = Transformer(connection)
        self._names: dict[str, bytes] = {}
        self._number = 0
        self._waiting: list[Left] = []
        self._answers = select.poll()
        self._answers.register(self._server.socket, select.POLLIN)

    def run(self, sql: str, values: Sequence[Any], *, is_kept: bool = True) -> Found:
        """Runs what waits, and then a statement with values for `$1`, `$2` …; begins a transaction where none is.

        One that is not kept is planned each time for the values it has: an answer asks for much or for little.
        """
        return self.found(self.leave(sql, values, is_kept=is_kept))

    def leave(self, sql: str, values: Sequence[Any] = (), *, is_kept: bool = True) -> Left:
        """Has a statement sent before the next one. What becomes of it is told then, but for a value that psycopg
        refuses: that is told at once, while what waits still does.
        """
        if not self._waiting and self._server.transaction_status == TransactionStatus.IDLE:
            self._waiting.append(Left(self._begin()))
        # Not on its way out: in the middle of others it would leave a connection that is good for nothing more.
        dumped = self._adapters.dump_sequence(values, [PyFormat.TEXT] * len(values)) if values else None
        left = Left(sql, dumped, is_kept)
        self._waiting.append(left)
        return left

    def found(self, left: Left) -> Found:
        """What a statement that was left has found, for which it is sent unless it was."""
        if left.result is None:
            self.send()
        result = left.result
        assert result is not None
        self._adapters.set_pgresult(result)
        return Found(self._adapters.load_rows(0, result.ntuples, tuple), result.command_tuples or 0)

    def commit(self) -> None:
        """Ends the transaction that is going on, with all that waits."""
        if self._waiting or self._server.transaction_status == TransactionStatus.INTRANS:
            self.leave("COMMIT")
            self.send()

    def forget(self) -> None:
        """What waits is not to be done."""
        self._waiting.clear()

    def send(self) -> None:
        """Sends all that waits in one go; raises the error of the first that failed."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        begun: list[str] = []
        sent: list[Left] = []
        self._server.enter_pipeline_mode()
        try:
            for left in waiting:
                if left.is_kept and left.sql not in self._names:
                    self._prepare(left.sql)
                    begun.append(left.sql)
                    sent.append(Left(left.sql))
                self._send(left)
                sent.append(left)
            self._server.pipeline_sync()
            results = self._results(len(sent))
        except BaseException:
            # Only a server that is lost leaves it before all is answered: the connection is good for nothing more.
            with suppress(Error):
                self._server.exit_pipeline_mode()
            raise
        self._server.exit_pipeline_mode()
        for left, result in zip(sent, results, strict=True):
            if result.status not in _DONE:
                for sql in begun:
                    del self._names[sql]
                raise self._fault(result)
            left.result = result

    def belong_to(self, connection: object) -> bool:
        return self._connection is connection

    def _begin(self) -> str:
        """As psycopg begins a transaction on a connection that is set so."""
        level, reads = self._connection.isolation_level, self._connection.read_only
        words = ["BEGIN"]
        if level is not None:
            words.append(f"ISOLATION LEVEL {IsolationLevel(level).name.replace('_', ' ')}")
        if reads is not None:
            words.append("READ ONLY" if reads else "READ WRITE")
        return " ".join(words)

    def _prepare(self, sql: str) -> None:
        name = self._names[sql] = f"laeringsbot_{self._number}".encode()
        self._number += 1
        self._server.send_prepare(name, sql.encode())

    def _send(self, left: Left) -> None:
        if left.is_kept:
            self._server.send_query_prepared(self._names[left.sql], left.values)
        else:
            self._server.send_query_params(left.sql.encode(), left.values)

    def _results(self, count: int) -> list[PGresult]:
        """What each statement came to."""
        while self._server.flush():
            self._wait(select.POLLIN | select.POLLOUT)
        found = []
        for _ in range(count):
            result = self._next()
            if result is None:
                raise OperationalError("the connection is lost")
            found.append(result)
            self._next()
        self._next()
        return found

    def _next(self) -> PGresult | None:
        # Nobody else runs while libpq waits for a result by itself.
        while self._server.is_busy():
            self._wait(select.POLLIN)
        return self._server.get_result()

    def _wait(self, what: int) -> None:
        self._answers.modify(self._server.socket, what)
        self._answers.poll()
        self._server.consume_input()

    def _fault(self, result: PGresult) -> Error:
        if self._connection.closed and not result.error_field(DiagnosticField.SQLSTATE):
            return OperationalError("the connection is lost")
        fault = error_from_result(result, encoding=self._connection.info.encoding)
        if isinstance(fault, FeatureNotSupported):
            # A table was migrated under them, and what they find is of another kind: the next ones are prepared anew.
            self._names.clear()
        return fault
