"""What is due, derived anew every minute from what is true; any number of replicas may do it at once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from dialogs import CLOCKS
from dialogs.flow import Planning
from domain.kept import Kind
from domain.municipality import Municipality
from storage import deleting, message, prompt, retention
from storage.database import Database
from storage.errors import DatabaseError
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AHEAD = timedelta(days=1)


async def plan(database: Database, now: datetime, municipality: Municipality) -> None:
    """Inserts every occasion that falls due within a day, once; cancels what has lost its reason; ends what is over."""

    def work(uow: UnitOfWork) -> None:
        planning = Planning(uow=uow, now=now, until=now + AHEAD, municipality=municipality)
        derived = [occasion for clock in CLOCKS for occasion in clock(planning)]
        coming = [each for each in derived if now < each.expires_at and each.due_at <= planning.until]
        known = prompt.waiting(uow)
        prompt.plan_all(uow, prompt.not_yet_planned(uow, coming, known), is_planned=True)
        cancelled = prompt.cancel_what_no_clock_derives(uow, {each.key for each in derived}, known)
        expired = prompt.expire(uow, now)
        if cancelled or expired:
            log.info("planned: %s cancelled, %s expired", cancelled, expired)

    await database.write(work)


async def tidy(database: Database, now: datetime) -> None:
    """Drops what is kept only for a while: answers to repeated presses, marks of old cards, and what a rule says.

    What cannot be done is left for the next night, and keeps nothing else from being done.
    """
    with _left_for_the_next_night("what is kept for a while"):
        await database.write(lambda uow: message.tidy(uow, now))
    kinds: list[Kind] = []
    with _left_for_the_next_night("the rules of deletion"):
        kinds = sorted(await database.read(retention.rules))
    for kind in kinds:
        with _left_for_the_next_night(f"deletion of {kind.value}"):
            await _delete(database, kind, now)


async def _delete(database: Database, kind: Kind, now: datetime) -> None:
    """A batch in a transaction of its own, as long as there is one and no other replica is at it."""

    def batch(uow: UnitOfWork) -> dict[str, int]:
        return deleting.delete_batch(uow, kind, now) if deleting.is_alone(uow) else {}

    while deleted := await database.write(batch):
        for table, count in deleted.items():
            log.info("deleted by its rule: %s of %s", count, table)


@contextmanager
def _left_for_the_next_night(what: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as fault:
        log.warning("%s waits for the database: %s", what, type(fault).__name__)
    except Exception as fault:
        # Such as a statement that took too long, or a row that came to point at what was to go.
        log.error("%s is left for the next night: %s", what, type(fault).__name__)
