"""Figure 13: two people who edit the same thing at once, a thousand times.

"No lost update, each loser is shown what changed."
"""

import asyncio

from sqlalchemy import select

from domain.organisation import Role, RoleAssignment
from domain.preparation import Preparation
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.channel.connector import Connector
from tests.postgres import Postgres
from tests.soak.stage import BOTH, databases, opened
from tests.soak.tally import Tally, compared
from tests.town import Someone, Town, values, words

SAVE = "Gem kladde"


async def run(*, long: bool, postgres: Postgres | None = None) -> list[Tally]:
    return [await _edited(dialect, 1_000 if long else 10, postgres) for dialect in BOTH]


async def _edited(dialect: str, rounds: int, postgres: Postgres | None) -> Tally:
    town, lost, shown = Town(), 0, 0
    with databases(dialect, postgres) as url:
        async with opened(url) as database:
            await database.write(lambda uow: _two_leaders(uow, town))
            mette, sara = Someone(database, town.leader), Someone(database, town.deputy)
            for number in range(rounds):
                both = (mette, sara) if number % 2 else (sara, mette)
                told = await _round(database, both, number)
                shown += told
                lost += not told
    told_of = compared(f"two who edit at once on {dialect}", [], Connector())
    told_of.lost, told_of.more = lost, {"rounds": rounds, "losers who were shown what changed": shown}
    assert (lost, shown) == (0, rounds), told_of
    return told_of


def _two_leaders(uow: UnitOfWork, town: Town) -> None:
    town.build(uow)
    uow.session.flush()
    first = uow.session.scalars(select(RoleAssignment).filter_by(person_id=town.leader.id)).one()
    uow.add(
        RoleAssignment(
            person_id=town.deputy.id, role=Role.LEADER, from_on=first.from_on, institution_id=first.institution_id
        )
    )


async def _round(database: Database, both: tuple[Someone, Someone], number: int) -> bool:
    """Both open the same card, write in the same field, and save at once. One is kept; whether the other was shown it,
    still has their own words, and can save them after all."""
    cards = [await each.says("forbered") for each in both]
    texts = [f"Skrevet af {each.who.name} i runde {number}" for each in both]
    presses = zip(both, cards, texts, strict=True)
    answers = await asyncio.gather(
        *(who.presses(card, "Gem kladde", interpretation=text) for who, card, text in presses)
    )
    kept = await _kept(database)
    assert kept in texts, kept
    loser = 1 - texts.index(kept)
    answer = answers[loser]
    if f"{both[1 - loser].who.name} har ændret dette" not in words(answer) or kept not in words(answer):
        return False
    assert values(answer)["interpretation"] == texts[loser]
    await both[loser].presses(answer, SAVE)
    assert await _kept(database) == texts[loser]
    return True


async def _kept(database: Database) -> str:
    found = await database.read(lambda uow: uow.session.scalars(select(Preparation)).one())
    return found.data.interpretation
