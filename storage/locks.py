"""Who has locked tables of ours on PostgreSQL, so that others wait: a VACUUM FULL, an index that is made, a LOCK."""

from collections.abc import Sequence

from sqlalchemy import text

from storage.types import metadata
from storage.unit_of_work import UnitOfWork

# Those that let others read or write no more. Whoever only reads or writes a row has none of them.
_LOCKED = text(
    "SELECT kept.relname, held.pid FROM pg_locks held JOIN pg_class kept ON kept.oid = held.relation"
    " WHERE held.granted AND held.pid <> pg_backend_pid()"
    " AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND held.mode IN ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock')"
    " ORDER BY kept.relname, held.pid"
)


def locked(uow: UnitOfWork) -> Sequence[tuple[str, int]]:
    """Each table that is locked just now, with the number of the session that has it; none on SQLite."""
    if uow.dialect == "sqlite":
        return []
    return [(name, session) for name, session in uow.session.execute(_LOCKED) if name in metadata.tables]


def locked_warning(tables: Sequence[tuple[str, int]]) -> str | None:
    """What to say of them, None where there are none."""
    if not tables:
        return None
    names = ", ".join(dict.fromkeys(name for name, _ in tables))
    sessions = ", ".join(str(each) for each in sorted({session for _, session in tables}))
    return f"another program has locked {names} (session {sessions}): whoever needs them waits"
