"""What every command needs of the settings: the municipality, and the database, opened or told why not.

Nothing of Teams or HTTP is imported here, so that a command that speaks to neither starts at once.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bot.settings import Settings
from domain.municipality import Municipality
from scheduler.calendar import DaysOff
from storage import sqlite
from storage.database import Database, parse_url
from storage.obstacle import WORDS, Obstacle, obstacle_in
from storage.rotation import NEWEST, KeysLost, lost_keys
from storage.schema import Fit, fit_of

log = logging.getLogger(__name__)

# Where the database does not open, and why is known.
ADVICE: Mapping[Obstacle, str] = MappingProxyType(
    {
        Obstacle.DAMAGED: "stop every serve and restore the last backup, as docs/operations.md says; what was written "
        "since is lost where the backup lacks it, so keep the damaged one",
        Obstacle.REFUSED: "correct user and password in LAERINGSBOT_DATABASE_URL, or let that user log in; psql "
        "with the same address, without +psycopg, says why",
        Obstacle.MISSING: "correct its name in LAERINGSBOT_DATABASE_URL; a new one is made with createdb and "
        "laeringsbot migrate",
        Obstacle.BUSY: "see who has it locked, and run this again: laeringsbot doctor",
    }
)


class NoDatabase(Exception):
    """Where the settings say that the SQLite database is, there is none."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"there is no database at {file}: correct LAERINGSBOT_DATABASE_URL; laeringsbot migrate makes a new one"
        )


class NotMigrated(Exception):
    """The database lacks the newest schema."""

    def __init__(self) -> None:
        super().__init__("The database is not of this version yet. Run: laeringsbot migrate")


class TooNew(Exception):
    """The database has a schema that this program cannot work with any more."""

    def __init__(self) -> None:
        super().__init__("The database is newer than this program can work with: run the newer release.")


class Unreachable(Exception):
    """Nothing can be said of the database's schema, for whatever reason the driver has."""

    def __init__(self, fault: Exception) -> None:
        found = obstacle_in(fault)
        what = WORDS[found if found in ADVICE else Obstacle.AWAY].capitalize()
        advice = ADVICE.get(found, "check LAERINGSBOT_DATABASE_URL")
        super().__init__(f"{what} ({type(fault).__name__}): {advice}")


def municipality_of(settings: Settings, *, local: bool = False) -> Municipality:
    """What the municipality has set; in the local mode the bot's own address is this machine's."""
    municipality = settings.municipality(DaysOff())
    if local and not municipality.public_url:
        return replace(municipality, public_url=f"http://127.0.0.1:{settings.port}")
    return municipality


def asked(settings: Settings) -> Fit:
    """How the database's schema fits this program; Unreachable if it cannot be asked."""
    try:
        return fit_of(settings.database_url)
    except Exception as fault:
        raise Unreachable(fault) from fault


def is_migrated(settings: Settings) -> bool:
    """Whether the database has a schema that this program can work with; NoDatabase, TooNew, or Unreachable if not.

    During an upgrade it may have the newer release's already, which only adds to this one's.
    """
    fit = asked(settings)
    url = parse_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not (file := sqlite.file_of(url)).exists():
        raise NoDatabase(file)
    if fit is Fit.TOO_NEW:
        raise TooNew
    if fit is Fit.NEWER:
        log.warning("the database is newer than this program, as it is during an upgrade")
    return fit is not Fit.OLDER


@asynccontextmanager
async def opened(settings: Settings, *, lock: bool = True) -> AsyncIterator[Database]:
    """The database, started; or NoDatabase, Unreachable, NotMigrated, TooNew, LockedByAnother or KeysLost."""
    if not await asyncio.to_thread(is_migrated, settings):
        raise NotMigrated
    database = Database(settings.database_url, lock=lock, text_keys=settings.keys_of_texts)
    await database.start()
    try:
        # A look through years of texts would keep everybody waiting; /readyz does it later, and doctor at once.
        if lost := await database.read(lambda uow: lost_keys(uow, database.keyring, NEWEST)):
            raise KeysLost(lost)
        yield database
    finally:
        await database.close()
