"""The way of records to the journal: entered once, made once, and handed over until each has arrived.

Every step is committed before the next. What is handed over is made before the first attempt and kept until the last,
so that an attempt that is repeated, after a crash or a lost answer, hands over the same bytes under the same name.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from dialogs import journal
from dialogs.journal import Drawn
from domain.journal import JournalEntry, JournalState, Made
from domain.municipality import Municipality
from storage import hold
from storage import journal as kept
from storage.database import Database
from storage.errors import DatabaseError
from storage.journal_new import enter_new
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

POLL = 60.0
AT_ONCE = 10
GONE = "deleted before it was handed over"
UNFIT = "it could not be made"


class NotNow(Exception):
    """It did not arrive, for a `reason` that may pass by itself, after `retry_after` seconds where that is known."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


class Never(Exception):
    """It did not arrive, and will not until somebody has mended what the `reason` says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Package:
    """What is handed over: a PDF/A and its metadata, under one name and one key for ever."""

    key: UUID
    name: str
    content: bytes = field(repr=False)
    told: Mapping[str, Any] = field(repr=False)
    sha256: str


class Place(Protocol):
    """Where records are handed over to. `name` is "folder" or "webhook"."""

    @property
    def name(self) -> str: ...

    async def hand_over(self, package: Package) -> str:
        """Returns the journal's own reference, empty where it gives none; handed over twice it is there once.

        Raises `NotNow` or `Never`.
        """
        ...


@dataclass
class Journaling:
    """Hands records over, for one process of any number; nothing is done where no place is set.

    As long as the sending of messages is held back, as after a restore, nothing is handed over either.
    """

    database: Database
    places: Sequence[Place]
    municipality: Municipality
    now: Callable[[], datetime]
    watches: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _is_away: bool = field(default=False, init=False)

    @property
    def is_on(self) -> bool:
        return bool(self.places) and self.municipality.journal is not None

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Hands over what is due until it is cancelled, which may be at any time: every step can be done twice."""
        while self.is_on:
            try:
                await self.once()
            except DatabaseError as fault:
                log.warning("the journal waits for the database: %s", type(fault).__name__)
            except Exception as fault:
                log.error("the journal goes on after a fault: %s", type(fault).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL)
            self._woken.clear()

    async def once(self) -> int:
        """Enters what is new and hands over what is due; returns how many records have arrived."""
        if not self.is_on or await self.database.write(lambda uow: hold.is_held(uow, watches=self.watches)):
            return 0
        now, zone = self.now(), self.municipality.zone
        while await self.database.write(lambda uow: enter_new(uow, now, zone)):
            pass
        done = 0
        while taken := await self.database.write(lambda uow: [each.id for each in kept.take(uow, now, AT_ONCE)]):
            for number, entry_id in enumerate(taken):
                self._is_away = False
                done += await self._see_to(entry_id)
                if self._is_away:
                    # Nothing else would arrive there now either, and each attempt may take its whole time.
                    for left in taken[number + 1 :]:
                        await self._settle(left, lambda entry, now: entry.let_go(now))
                    return done
        return done

    async def _see_to(self, entry_id: UUID) -> bool:
        """One record as far as it goes; whether it has arrived wherever it is to."""
        try:
            package = await self._package(entry_id)
        except DatabaseError:
            raise
        except Exception as fault:
            log.error("journal entry %s cannot be made: %s", entry_id, type(fault).__name__)
            await self._settle(entry_id, lambda entry, now: entry.put_off(UNFIT, now))
            return False
        if package is None:
            await self._settle(entry_id, lambda entry, now: entry.fail(GONE))
            return False
        arrived = True
        for place in self.places:
            arrived = await self._hand_over(entry_id, package, place) and arrived
        if arrived:
            await self.database.write(lambda uow: self._deliver(uow, entry_id))
        return arrived

    async def _package(self, entry_id: UUID) -> Package | None:
        """What is handed over, made now or before; None where there is nothing left to make it of."""

        def look(uow: UnitOfWork) -> tuple[str, Made | None, Drawn | None]:
            entry = kept.entry_with_id(uow, entry_id)
            made = entry.made
            drawn = None if made else journal.draw(uow, entry, self.now(), self.municipality)
            return entry.name, made, drawn

        name, made, drawn = await self.database.read(look)
        if made is None:
            if drawn is None:
                return None
            fresh, additions = await asyncio.to_thread(_written, name, drawn), drawn.additions

            def keep(uow: UnitOfWork) -> Made:
                entry = kept.entry_with_id(uow, entry_id)
                if entry.made is None:
                    entry.keep(fresh, additions)
                return entry.made or fresh

            made = await self.database.write(keep)
        return Package(key=entry_id, name=name, content=made.content, told=made.told, sha256=made.sha256)

    async def _hand_over(self, entry_id: UUID, package: Package, place: Place) -> bool:
        if await self.database.read(lambda uow: getattr(kept.entry_with_id(uow, entry_id), f"{place.name}_at")):
            return True
        try:
            reference = await place.hand_over(package)
        except NotNow as why:
            reason, wait = f"{place.name}: {why.reason}", why.retry_after
            log.warning("journal entry %s waits: %s", entry_id, reason)
            await self._settle(entry_id, lambda entry, now: entry.put_off(reason, now, wait))
            self._is_away = True
            return False
        except Never as why:
            reason = f"{place.name}: {why.reason}"
            log.error("journal entry %s has failed: %s", entry_id, reason)
            await self._settle(entry_id, lambda entry, now: entry.fail(reason))
            return False
        await self._settle(entry_id, lambda entry, now: entry.arrived(place.name, reference, now))
        return True

    async def _settle(self, entry_id: UUID, what: Callable[[JournalEntry, datetime], None]) -> None:
        now = self.now()
        await self.database.write(lambda uow: what(kept.entry_with_id(uow, entry_id), now))

    def _deliver(self, uow: UnitOfWork, entry_id: UUID) -> None:
        entry, now = kept.entry_with_id(uow, entry_id), self.now()
        if entry.state is not JournalState.DELIVERED:
            entry.deliver(now)
            uow.session.flush()
            journal.tell(uow, entry, now, self.municipality)


def _written(name: str, drawn: Drawn) -> Made:
    # Imported here, as everywhere: PDF costs every start-up otherwise.
    from cards.document import pdf

    content = pdf.write_archival(drawn.document)
    sha256 = hashlib.sha256(content).hexdigest()
    told = {
        **drawn.told,
        "file_name": f"{name}.pdf",
        "media_type": "application/pdf",
        "format": "PDF/A-2u",
        "size": len(content),
        "sha256": sha256,
    }
    return Made(content=content, told=told, sha256=sha256)
