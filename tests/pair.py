"""A chief and a leader in one line, and their 1:1 from the plan to the confirmed note."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs.flow import Planning
from domain.organisation import Person
from domain.prompt import Occasion, Prompt, PromptState
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of
from tests.town import MUNICIPALITY, Someone, Town

# Tuesday 14 April 2026, 10.00 on the clocks; the 1:1 is on Thursday the week after.
NOW = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
MEETS = datetime(2026, 4, 23, 8, 0, tzinfo=UTC)
AFTER = MEETS + timedelta(hours=1)
LEADING = "Teamet tager selv initiativ til at se på data sammen."
AGREED = {"text": "Mette inviterer til en observation", "owner": "leder", "due": "2026-05-21"}


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def birgit(database: Database, town: Town) -> Someone:
    """The chief of the area in which the school is."""
    await database.write(town.build)
    return Someone(database, town.chief, now=NOW)


@pytest.fixture
def mette(birgit: Someone, database: Database, town: Town) -> Someone:
    """The leader of the school."""
    return Someone(database, town.leader, now=NOW)


async def plans(chief: Someone, text: str = "1:1 med Mette den 23. april kl. 10", **typed: str) -> Card:
    """Types it and plans it."""
    return await chief.presses(await chief.says(text), "Planlæg 1:1", **typed)


async def shares(chief: Someone, **typed: str) -> Card:
    """Shares the note after the meeting; the card that follows is about the agreements."""
    chief.now = max(chief.now, AFTER)
    return await chief.presses(await chief.says("notat"), "Gem og del", **{"leading": LEADING, **typed})


async def agrees(chief: Someone, card: Card, **terms: str) -> Card:
    return await chief.presses(card, "Gem aftalen", **{**AGREED, **terms})


async def confirms(leader: Someone, chief: Someone) -> Card:
    leader.now = chief.now
    return await leader.presses(await leader.says("notat"), "Bekræft")


async def planned_by(
    database: Database, clock: Callable[[Planning], object], at: datetime, *, ahead: timedelta = timedelta()
) -> list[Occasion]:
    """What a clock derives at that time, in a transaction that is kept."""

    def work(uow: UnitOfWork) -> list[Occasion]:
        found = clock(Planning(uow=uow, now=at, until=at + ahead, municipality=MUNICIPALITY))
        return [each for each in found if each.due_at <= at + ahead]  # type: ignore[attr-defined]

    return await database.write(work)


async def told(database: Database, view: str) -> dict[Person, list[Prompt]]:
    """The prompts of a view that are still to be sent, by person id."""
    prompts = [each for each in await all_of(database, Prompt) if each.view == view]
    found: dict = {}
    for each in prompts:
        if each.state is PromptState.PENDING:
            found.setdefault(each.person_id, []).append(each)
    return found


__all__ = ["birgit", "mette", "town"]
