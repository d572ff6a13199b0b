"""How a thread writes: what waits for it together is committed together, and whatever fails does so alone.

Nobody is answered before that commit. Where one of several fails, it is run again in a transaction of its own, and so
are those before it and those after it, together; unless the database is not to be reached: that all are told at once.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Literal

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from storage import postgresql, sqlite
from storage.errors import GivenUp, Overtaken, Unavailable, Unconfirmed
from storage.obstacle import WORDS, Obstacle, obstacle_in
from storage.patience import Patience
from storage.threads import Outcome, Work
from storage.unit_of_work import Kind, UnitOfWork

PAUSES = (0.05, 0.25)

Step = Literal["begin", "work", "commit"]


class _Undone(Exception):
    """None of those that were to be committed together is kept, for its cause; `at` is how far they had come, and
    `number` which of them was worked on last."""

    def __init__(self, at: Step, number: int) -> None:
        super().__init__(at, number)
        self.at, self.number = at, number


class Writer:
    """One thread's. It keeps its connection for as long as all goes well: to fetch one from the pool and to have it
    looked after there for each press was a twentieth of what the thread does.
    """

    def __init__(self, engine: Engine, dialect: Kind, patience: Patience) -> None:
        self._engine = engine
        self._dialect = dialect
        self._patience = patience
        self._connection: Connection | None = None

    def run(self, group: Sequence[Work]) -> Iterator[Sequence[Outcome]]:
        """An outcome for each in their order, as soon as it is known; on PostgreSQL it is tried up to three times.

        Repeated is what is known to have left nothing behind: somebody else was faster (a changed row, a row that
        is there by now, a deadlock), or the connection was lost before COMMIT was sent. Later, nobody can tell.
        """
        for pause in (*PAUSES, None):
            try:
                outcomes = self._committed(group)
            except _Undone as undone:
                at, number, why = undone.at, undone.number, undone.__cause__ or undone
            else:
                yield outcomes
                return
            self._patience.heard(why, alone=len(group) == 1)
            is_served, is_unreachable = self._dialect == "postgresql", postgresql.is_unreachable(why)
            if at == "commit" and is_unreachable and postgresql.is_unanswered(why):
                lost = caused(Unconfirmed("the database was lost during the commit"), why)
                yield [Outcome(error=lost)] * len(group)
                return
            if len(group) > 1 and not is_unreachable and (is_served or at == "work"):
                # Which of them fails a commit is not told.
                one = slice(number, number + 1)
                apart = (
                    [group[:number], group[one], group[number + 1 :]] if at == "work" else [[work] for work in group]
                )
                has_waited = at == "work" and self._patience.is_lost and postgresql.is_locked(why)
                for part in filter(None, apart):
                    if has_waited and part is apart[1]:
                        yield [Outcome(error=translated(why))]
                    else:
                        yield from self.run(part)
                return
            if pause is None or not is_served or not (is_unreachable or postgresql.is_overtaken(why)):
                yield [Outcome(error=translated(why))] * len(group)
                return
            time.sleep(pause)
        raise AssertionError("unreachable")

    def let_go(self) -> None:
        """Gives its connection back; it takes another one when there is something to write."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _committed(self, group: Sequence[Work]) -> list[Outcome]:
        """All of them in one transaction. Nearly always all go well, and no savepoint between them is paid for."""
        at: Step = "begin"
        outcomes: list[Outcome] = []
        try:
            with self._connected() as connection, ExitStack() as ended, connection.begin():
                at = "work"
                for work in group:
                    first_of = 0 if outcomes else len(group)
                    outcomes.append(self._done(connection, work, ended, first_of=first_of))
                at = "commit"
            return outcomes
        except BaseException as error:
            raise _Undone(at, len(outcomes)) from error

    def _done(self, connection: Connection, work: Work, ended: ExitStack, *, first_of: int) -> Outcome:
        session = Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)
        uow = UnitOfWork(session, self._dialect, connection)
        # Not before it is known whether one that comes after it fails, or the commit.
        ended.push(lambda kind, *_: uow.forget() if kind else session.close())
        try:
            if first_of:
                self._patience.limit(uow, together=first_of > 1)
            result = work(uow)
            session.flush()
        except BaseException:
            if self._dialect == "sqlite" and sqlite.is_lost(connection):
                connection.invalidate()
            raise
        return Outcome(result, calls=uow.calls)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        connection, self._connection = self._kept() or self._engine.connect(), None
        try:
            yield connection
        except BaseException:
            # The pool undoes whatever is still under way there, also a commit that has failed.
            connection.close()
            raise
        self._connection = connection

    def _kept(self) -> Connection | None:
        """The connection that it has kept, unless the server has ended it meanwhile."""
        kept = self._connection
        if kept and self._dialect == "postgresql" and postgresql.is_ended(kept.connection.driver_connection):
            # What is sent first may be a commit, of which nobody could tell afterwards whether it was done.
            kept.invalidate()
            self.let_go()
        return self._connection


def translated(error: BaseException) -> BaseException:
    """The same in the words of storage/errors.py, where it is one of those."""
    if isinstance(error, StaleDataError):
        return caused(Overtaken("someone else changed the same row first"), error)
    is_given_up = postgresql.is_given_up(error)
    if is_given_up or postgresql.is_unreachable(error) or sqlite.is_unavailable(error):
        obstacle = obstacle_in(error)
        kind = GivenUp if is_given_up or obstacle is Obstacle.DAMAGED else Unavailable
        return caused(kind(WORDS[obstacle]), error)
    return error


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error
