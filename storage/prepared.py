"""Statements that a PostgreSQL connection has prepared, run by libpq itself.

psycopg's cursor looks at each statement anew and waits for its answer in Python, which takes four times what libpq
needs for a whole statement. Values and rows go through psycopg's own adapters here too, as text, and what fails is
psycopg's own error. The wait is libpq's, which knows no end but those set for the connection: what the server allows a
statement, and how long a network may be silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, OperationalError, RawCursor
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


@dataclass(frozen=True)
class Found:
    """What a statement has found or done, as a cursor tells it."""

    rows: Sequence[tuple[Any, ...]]
    rowcount: int

    def fetchall(self) -> Sequence[tuple[Any, ...]]:
        return self.rows


class Prepared:
    """Those of one connection; they end with it."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._server = connection.pgconn
        self._adapters: Any = Transformer(connection)
        self._names: dict[str, bytes] = {}
        self._number = 0

    def run(self, sql: str, values: Sequence[Any], *, is_kept: bool = True) -> Any:
        """Runs a statement with values for `$1`, `$2` …

        One that is not kept is planned each time for the values it has: an answer asks for much or for little.

        The first of a transaction goes by psycopg, which begins it as the connection is set to.
        """
        if self._server.transaction_status != TransactionStatus.INTRANS:
            return RawCursor(self._connection).execute(sql.encode(), values)
        given = self._adapters.dump_sequence(values, [PyFormat.TEXT] * len(values))
        if not is_kept:
            return self._found(self._server.exec_params(sql.encode(), given))
        name = self._names.get(sql)
        if name is None:
            name = f"laeringsbot_{self._number}".encode()
            self._number += 1
            self._checked(self._server.prepare(name, sql.encode()))
            self._names[sql] = name
        return self._found(self._server.exec_prepared(name, given))

    def _found(self, result: PGresult) -> Found:
        self._checked(result)
        self._adapters.set_pgresult(result)
        return Found(self._adapters.load_rows(0, result.ntuples, tuple), result.command_tuples or 0)

    def belong_to(self, connection: object) -> bool:
        return self._connection is connection

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in _DONE:
            return result
        if self._connection.closed and not result.error_field(DiagnosticField.SQLSTATE):
            raise OperationalError("the connection is lost")
        fault = error_from_result(result, encoding=self._connection.info.encoding)
        if isinstance(fault, FeatureNotSupported):
            # A table was migrated under them, and what they find is of another kind: the next ones are prepared anew.
            self._names.clear()
        raise fault
