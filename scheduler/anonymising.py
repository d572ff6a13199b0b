"""What two people have decided on is carried out, step by step, by whichever replica comes first."""

import logging
from datetime import date, datetime
from functools import partial
from uuid import UUID

from dialogs.anonymising import end_what_is_over, tell_both
from domain.anonymisation import Anonymisation, AnonymisationState, Survey
from domain.municipality import Municipality
from storage.anonymisation import unanswered, under_way
from storage.carrying_out import begin, finish, go_on, survey
from storage.database import Database
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

# What people write about somebody in the very seconds in which it is taken away, once more and once more.
MOST_ROUNDS = 5


async def carry_out(database: Database, now: datetime, municipality: Municipality) -> None:
    """Ends what nobody has answered in time, and goes on with what is approved as far as it can go now."""
    if await database.read(lambda uow: [each.id for each in unanswered(uow) if each.is_over(now)]):
        await database.write(lambda uow: end_what_is_over(uow, now))
    for anonymisation_id in await database.read(under_way):
        try:
            await _carry_out(database, anonymisation_id, now, municipality)
        except Exception as fault:
            # One that cannot be carried out now keeps no other from it; the next minute tries again.
            log.error("anonymisation %s: %s", anonymisation_id, type(fault).__name__)


async def _carry_out(database: Database, anonymisation_id: UUID, now: datetime, municipality: Municipality) -> None:
    day = now.astimezone(municipality.zone).date()
    for _round in range(MOST_ROUNDS):
        about = await database.read(lambda uow: uow.session.get_one(Anonymisation, anonymisation_id))
        if about.state is AnonymisationState.CARRIED_OUT and not about.name:
            break
        seen = await database.read(partial(survey, whom=about.whom))
        if about.state is AnonymisationState.APPROVED:
            done = await database.write(partial(_begin, anonymisation_id=anonymisation_id, seen=seen, now=now, day=day))
            log.info("anonymisation %s: %s", anonymisation_id, done.state.value)
            if done.state is not AnonymisationState.CARRIED_OUT:
                return
        elif not await database.write(partial(go_on, anonymisation_id=anonymisation_id, seen=seen, now=now)):
            break
    await database.write(partial(_finish, anonymisation_id=anonymisation_id, now=now))


def _begin(uow: UnitOfWork, anonymisation_id: UUID, seen: Survey, now: datetime, day: date) -> Anonymisation:
    about = begin(uow, anonymisation_id, seen, now, day)
    if about.state is AnonymisationState.STOPPED:
        tell_both(uow, about, now)
    return about


def _finish(uow: UnitOfWork, anonymisation_id: UUID, now: datetime) -> None:
    if finish(uow, anonymisation_id, now):
        tell_both(uow, uow.session.get_one(Anonymisation, anonymisation_id), now)
