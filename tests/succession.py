"""A chief, a leader who has made agreements with the chief, and the one who takes over on Monday 11 May 2026."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs import handover, new_leader
from domain.agreement import Agreement
from domain.organisation import Institution, Person, Role, RoleAssignment
from domain.prompt import Occasion
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.pair import AGREED, agrees, birgit, confirms, mette, planned_by, plans, shares, town
from tests.record import all_of
from tests.town import Someone, Town, options, person

SINCE = date(2026, 5, 11)
MONDAY = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
INVITES = AGREED["text"]
HALL = "Birgit undersøger lån af hallen"


async def ends(database: Database, who: Person, where: Institution, last_day: date) -> None:
    """The person leads the institution until this day."""

    def work(uow: UnitOfWork) -> None:
        for each in uow.session.query(RoleAssignment).filter_by(
            person_id=who.id, institution_id=where.id, role=Role.LEADER, to_on=None
        ):
            each.to_on = last_day

    await database.write(work)


async def begins(database: Database, who: Person, where: Institution, day: date, to_on: date | None = None) -> UUID:
    """The person, known or not, leads the institution from this day; the id of the role."""
    role = RoleAssignment(person_id=who.id, role=Role.LEADER, from_on=day, to_on=to_on, institution_id=where.id)

    def work(uow: UnitOfWork) -> None:
        if uow.get(Person, who.id) is None:
            uow.add(who)
            uow.session.flush()
        uow.add(role)

    await database.write(work)
    return role.id


@pytest.fixture
def successor() -> Person:
    return person("Emil Ry")


@pytest_asyncio.fixture
async def agreed(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    """A 1:1 with a note and two agreements that the leader has confirmed."""
    await plans(birgit)
    card = await shares(birgit)
    card = await birgit.presses(card, "Tilføj en aftale mere", **AGREED)
    await agrees(birgit, card, text=HALL, owner="chef", due="2026-06-04")
    await confirms(mette, birgit)


@pytest_asyncio.fixture
async def emil(agreed: None, database: Database, town: Town, successor: Person) -> Someone:  # noqa: F811
    """The new leader, on the first morning."""
    await ends(database, town.leader, town.school, SINCE - timedelta(days=1))
    await begins(database, successor, town.school, SINCE)
    return Someone(database, successor, now=MONDAY)


@pytest.fixture
def chief(emil: Someone, birgit: Someone) -> Someone:  # noqa: F811
    """The same chief, on the new leader's first morning."""
    birgit.now = MONDAY
    return birgit


async def role_of(database: Database, who: Person) -> UUID:
    """The newest role of the person as leader."""
    roles = [each for each in await all_of(database, RoleAssignment) if each.person_id == who.id]
    return max((each for each in roles if each.role is Role.LEADER), key=lambda each: each.from_on).id


async def decides(someone: Someone, card: Card, *fates: str) -> Card:
    """Chooses by the titles of the choices, one after the other, and saves."""
    typed = {f"c{number}": options(card, f"c{number}")[fate] if fate else "" for number, fate in enumerate(fates)}
    return await someone.presses(card, "Gem", **typed)


async def told_by(database: Database, at: datetime) -> list[Occasion]:
    """What both clocks derive to be due at that time and not over."""
    found = [each for clock in (handover.clock, new_leader.clock) for each in await planned_by(database, clock, at)]
    return [each for each in found if at < each.expires_at]


async def by_text(database: Database) -> dict[str, Agreement]:
    return {each.text: each for each in await all_of(database, Agreement)}


__all__ = ["agreed", "birgit", "chief", "emil", "mette", "successor", "town"]
