"""Whether this process can do its work, and what an operator should know besides."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.keys import SigningKeys
from bot.tokens import TokenSource
from scheduler.scheduler import Scheduler
from storage import hold, journal, migrating
from storage.database import Database
from storage.errors import DatabaseError
from storage.locks import locked, locked_warning
from storage.obstacle import WORDS, Obstacle, obstacle_in
from storage.rotation import NEWEST, KeysLost, lost_keys
from storage.unit_of_work import UnitOfWork

WITHIN = 5.0
# Planning is every minute; twice it may be late without anything being wrong.
PLANNED_WITHIN = timedelta(minutes=3)
# SQLite writes a change twice before it is where it belongs.
LEAST_FREE = 200 * 1024 * 1024
# It reads all that is sealed; a key is lost under a process only by a restore, or by another one with other keys.
KEYS_EVERY = timedelta(minutes=10)
CLOCK_TOLERANCE = timedelta(seconds=30)

RELEASE = "messages are held back since {:%Y-%m-%d %H:%M} UTC; see what was sent, and run: laeringsbot release"
CLOCK = "this machine's clock is {:.0f} seconds off the database's: mend the time service"


@dataclass
class Health:
    """`problems` keep this process from its work; those that are its own alone keep it `closed` besides, and a proxy
    leaves it out. `warnings` do neither, and want somebody."""

    database: Database
    keys: SigningKeys | None
    scheduler: Scheduler
    tokens: TokenSource
    _keys_asked_at: datetime | None = field(default=None, init=False)
    _lost: Sequence[str] = field(default=(), init=False)

    async def problems(self) -> Sequence[str]:
        """A sentence each, nothing when all is well."""
        found = [await self._database_problem(), await self._text_keys_problem()]
        if self.keys:
            found.append(self.keys.problem())
        found += [self.scheduler.delivery.problem(), self._planning_problem()]
        return [each for each in dict.fromkeys(found) if each]

    async def closed(self) -> Sequence[str]:
        """Why somebody else should answer those who press, a sentence each.

        What all replicas share, such as the database, is no reason: whoever presses is told that their text still
        stands in the card, which nobody could tell them from behind a closed door. Nor is anything waited for here: of
        lost keys it is known what `problems` have last found.
        """
        found = [self._lost_keys(), self.keys.problem() if self.keys else None]
        return [each for each in found if each]

    async def warnings(self) -> Sequence[str]:
        """A sentence each; what only the database knows is left out while it is gone."""
        found = [self._token_warning(), disk_warning(self.database)]
        found += [failing_warning(name, fault) for name, fault in self.scheduler.rounds.failing.items()]
        try:
            async with asyncio.timeout(WITHIN):
                found.append(locked_warning(await self.database.read(locked)))
                found += hold_warnings(await self.database.read(hold.standing))
                found.append(journal_warning(await self.database.read(self._of_journal)))
        except (DatabaseError, TimeoutError):
            pass
        return [each for each in found if each]

    def _of_journal(self, uow: UnitOfWork) -> journal.Standing:
        return journal.standing(uow, self.scheduler.now())

    async def _database_problem(self) -> str | None:
        try:
            async with asyncio.timeout(WITHIN):
                is_behind = await self.database.read(migrating.is_behind)
        except DatabaseError as fault:
            return WORDS[obstacle_in(fault)]
        except TimeoutError:
            return WORDS[Obstacle.AWAY]
        return "the database is not of this version: laeringsbot migrate" if is_behind else None

    async def _text_keys_problem(self) -> str | None:
        now = datetime.now(UTC)
        if self._keys_asked_at is None or now - self._keys_asked_at > KEYS_EVERY:
            # The first answer is waited for by whoever has just started the bot.
            newest = NEWEST if self._keys_asked_at is None else None
            try:
                async with asyncio.timeout(WITHIN):
                    self._lost = await self.database.read(lambda uow: lost_keys(uow, self.database.keyring, newest))
            except (DatabaseError, TimeoutError):
                return None  # told above where the database is gone
            self._keys_asked_at = now
        return self._lost_keys()

    def _lost_keys(self) -> str | None:
        return str(KeysLost(self._lost)) if self._lost else None

    def _planning_problem(self) -> str | None:
        planned = self.scheduler.ticked_at
        if planned and datetime.now(UTC) - planned > PLANNED_WITHIN:
            return f"nothing has been planned since {planned:%H:%M} UTC"
        return None

    def _token_warning(self) -> str | None:
        reason = self.tokens.problem()
        return f"Microsoft gives no token ({reason}), so that nothing can be sent" if reason else None


def failing_warning(flow: str, fault: str = "") -> str:
    """What to say of a flow whose clock fails."""
    return f"the clock of {flow} fails{fault and f' ({fault})'}: nobody is reminded of anything there"


def disk_warning(database: Database) -> str | None:
    """What to say of the disk, None while there is room."""
    free = database.free_bytes()
    if free is None or free >= LEAST_FREE:
        return None
    return f"the disk of the database has {free // 1024**2} MB left: make room"


def journal_warning(stands: journal.Standing) -> str | None:
    """What to say of records that have not arrived in the journal, None while there is nothing to do."""
    if not stands.failed and not stands.overdue:
        return None
    late = f"{stands.overdue} of the records for the journal have waited for more than a day"
    return f"{late}, {stands.failed} have failed: laeringsbot journal"


def hold_warnings(stands: hold.Hold) -> list[str]:
    """What to say of a hold and of the clocks."""
    found = [RELEASE.format(stands.held_at)] if stands.held_at else []
    off = abs((datetime.now(UTC) - stands.clock).total_seconds()) if stands.clock else 0.0
    return [*found, CLOCK.format(off)] if off > CLOCK_TOLERANCE.total_seconds() else found
