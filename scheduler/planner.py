"""What is due, derived anew every minute from what is true; any number of replicas may do it at once."""

import logging
from datetime import datetime, timedelta

from dialogs import CLOCKS
from dialogs.flow import Planning
from domain.municipality import Municipality
from storage import message, prompt, retention
from storage.database import Database, UnitOfWork

log = logging.getLogger(__name__)

AHEAD = timedelta(days=1)


async def plan(database: Database, now: datetime, municipality: Municipality) -> None:
    """Inserts every occasion that falls due within a day, once; cancels what has lost its reason; ends what is over."""

    def work(uow: UnitOfWork) -> None:
        planning = Planning(uow=uow, now=now, until=now + AHEAD, municipality=municipality)
        derived = [occasion for clock in CLOCKS for occasion in clock(planning)]
        coming = [each for each in derived if now < each.expires_at and each.due_at <= planning.until]
        prompt.plan_all(uow, coming, is_planned=True)
        cancelled = prompt.cancel_what_no_clock_derives(uow, (each.key for each in derived))
        expired = prompt.expire(uow, now)
        if cancelled or expired:
            log.info("planned: %s cancelled, %s expired", cancelled, expired)

    await database.write(work)


async def tidy(database: Database, now: datetime) -> None:
    """Drops what is kept only for a while: answers to repeated presses, marks of old cards, and what a rule says."""
    await database.write(lambda uow: message.tidy(uow, now))
    deleted = await database.write(lambda uow: retention.delete_due(uow, now))
    for table, count in deleted.items():
        log.info("deleted by its rule: %s of %s", count, table)
