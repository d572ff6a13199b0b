"""What can go wrong with the database itself, in words that need no knowledge of its driver."""

from pathlib import Path

from sqlalchemy.exc import NoResultFound

# What was to be there is not: a rule for how long it is kept has deleted it, or the id is nobody's.
Gone = NoResultFound


class DatabaseError(Exception):
    """Nothing of the unit of work was kept, unless the error says otherwise."""


class LockedByAnother(DatabaseError):
    """Another process has the SQLite database."""

    def __init__(self, database: Path, process: str, doing: str) -> None:
        whose = f"process {process}" if process else "another process"
        busy = f" ({doing})" if doing else ""
        super().__init__(
            f"The database {database} is in use by {whose}{busy}. SQLite serves one process at a time: "
            "stop that one first, or use PostgreSQL to run several."
        )
        self.database = database
        self.process = process
        self.doing = doing


class Unavailable(DatabaseError):
    """The database could not be reached, was lost before the commit, or could not do it: another program has a table of
    it locked, its disk is full, it is damaged. Its text is one of `storage.obstacle.WORDS`."""


class GivenUp(Unavailable):
    """The database is there, and has given up this unit of work alone: by somebody else's lock, by its limit of time,
    or by what is damaged where it was to read. Another one, of other tables or rows, may go well meanwhile."""


class Unconfirmed(DatabaseError):
    """The database was lost during the commit: what was done may have been kept, or not."""


class Overtaken(DatabaseError):
    """Someone else changed the same row first."""


class OnlyReading(DatabaseError):
    """This database was opened for reading beside the process that serves it."""


def would_be_the_same_for_others(fault: Exception) -> bool:
    """Whether it is the database's own, which whatever else is asked of it just now would meet as well."""
    return isinstance(fault, DatabaseError) and not isinstance(fault, GivenUp)
