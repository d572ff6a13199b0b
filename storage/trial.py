"""Whether the database can be written to just now, and what is in the way where it cannot."""

from uuid import uuid4

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import DatabaseError
from storage.obstacle import Obstacle, obstacle_in
from storage.prompt import worker
from storage.unit_of_work import UnitOfWork

# With less, SQLite finds no room for the files beside the database, and tells it as it does a broken disk.
_LEAST_FREE = 2**20
_ROOM = (
    "CREATE TEMPORARY TABLE trial (filler text) ON COMMIT DROP",
    "INSERT INTO trial SELECT repeat('x', 1900) FROM generate_series(1, 500)",
)


async def tried(database: Database) -> Obstacle | None:
    """Writes, and leaves nothing of it; None where that went well.

    It takes its turn among those who write, and gives up as they would: after ten seconds.
    """
    try:
        await database.note(_leave_nothing)
    except (DatabaseError, DBAPIError) as fault:
        return obstacle_of(fault, database)
    return None


def obstacle_of(fault: BaseException, database: Database) -> Obstacle:
    """What the driver says was in the way, and of a disk that fails whether it is full."""
    found = obstacle_in(fault)
    return Obstacle.FULL if found is Obstacle.BROKEN and _lacks_room(database) else found


def _lacks_room(database: Database) -> bool:
    try:
        free = database.free_bytes()
    except OSError:
        return False
    return free is not None and free < _LEAST_FREE


def _leave_nothing(uow: UnitOfWork) -> None:
    """A row where the workers' counters stand, which is gone before anybody else could see it.

    It is committed: what is undone need not come to the disk. No sign of life is left, by which a restored database
    would be taken for one that is served.
    """
    name = f"trial-{uuid4().hex}"
    uow.session.execute(insert(worker).values(id=name, beats=0))
    uow.session.execute(delete(worker).where(worker.c.id == name))
    if uow.dialect == "postgresql" and uow.session.scalar(
        select(func.has_database_privilege(func.current_database(), "TEMP"))
    ):
        # One row finds room where another one was; on a full disk it is files that cannot grow.
        for statement in _ROOM:
            uow.session.execute(text(statement))
