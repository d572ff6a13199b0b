"""Colleagues who observe one another: a school that is visited, and people from two other institutions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs import acknowledgement, feedback_day, invitation, visit
from dialogs.flow import Planning
from domain.feedback import Feedback
from domain.observation import Observation
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.prompt import Occasion, Prompt
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of
from tests.town import MUNICIPALITY, NOW, Someone, Town, options, person

FOCUS = "Hvem kommer til orde i kredsen, og hvordan?"
SAW = "Tolv børn sad i en kreds. Fire talte, og de andre så på dem."
WONDER = "Hvad ville der ske, hvis kredsen var mindre?"
HOME = "Vi vil prøve at begynde to og to."
SUPPORTS = "En voksen ventede, til der blev svaret."
# A Tuesday at nine, ten and half past one by the clocks of Copenhagen.
FIRST, SECOND, THIRD = (datetime(2026, 4, 28, hour, minute, tzinfo=UTC) for hour, minute in ((7, 0), (8, 0), (11, 30)))
ENDS = FIRST + timedelta(minutes=90)
WHEN = {"day1": "2026-04-28", "clock1": "09:00"}
WRITTEN = {"saw": SAW, "supports": SUPPORTS}
TAKEN = {"wonder": WONDER, "home": HOME, "oral_on": "2026-04-28", "unnamed": "true"}


@dataclass
class Neighbours(Town):
    """The town, with one more school in the south: its leader, and a teacher who observes."""

    neighbour: Person = field(default_factory=lambda: person("Anders Lyng"))
    rune: Person = field(default_factory=lambda: person("Rune Sol"))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.other_school = Institution(
            name="Fyrreskolen", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=self.south.id
        )

    def build(self, uow: UnitOfWork) -> None:
        super().build(uow)
        uow.add(self.other_school)
        uow.session.flush()
        since = date(2024, 8, 1)
        for someone, role in ((self.neighbour, Role.LEADER), (self.rune, Role.OBSERVER)):
            uow.add(RoleAssignment(person_id=someone.id, role=role, from_on=since, institution_id=self.other_school.id))


@pytest.fixture
def town() -> Neighbours:
    return Neighbours()


@pytest_asyncio.fixture
async def mette(database: Database, town: Neighbours) -> Someone:
    """The leader of the school that is visited, a fortnight before."""
    await database.write(town.build)
    return Someone(database, town.leader)


@pytest.fixture
def rune(database: Database, town: Neighbours, mette: Someone) -> Someone:
    """A teacher from another school, who is invited."""
    return Someone(database, town.rune)


async def writes(mette: Someone, who: Person, **what: str) -> Card:
    """The third step of an invitation to this person, filled in."""
    card = await mette.says("inviter observatør")
    chosen = next((value for title, value in options(card, "observer_id").items() if title.startswith(who.name)), "")
    card = await mette.presses(card, "Næste", observer_id=chosen)
    return await mette.presses(card, "Næste", **{"where": "2. årgang", "focus": FOCUS, "points": "1,3", **what})


async def invites(mette: Someone, who: Person, **when: str) -> Card:
    return await mette.presses(await writes(mette, who), "Send invitation", **{**WHEN, **when})


async def observed(database: Database) -> Observation:
    found: list[Observation] = await all_of(database, Observation)
    return max(found, key=lambda each: each.id.int)


async def accepts(rune: Someone, **more: Any) -> Card:
    return await rune.presses(await rune.says("invitationer"), "Ja – tirsdag kl. 9.00")


async def agreed(mette: Someone, rune: Someone, **what: str) -> Observation:
    """A visit that both have agreed on."""
    await mette.presses(await writes(mette, rune.who, **what), "Send invitation", **WHEN)
    await accepts(rune)
    return await observed(mette.database)


async def visited(mette: Someone, rune: Someone, **what: str) -> Observation:
    """A visit that took place, an hour ago."""
    about = await agreed(mette, rune, **what)
    mette.now = rune.now = ENDS + timedelta(hours=1)
    await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    return about


async def feeds_back(rune: Someone, card: Card | None = None, **more: str) -> Card:
    """Writes the feedback in both steps, and sends it."""
    card = card or await rune.says("feedback")
    first = {name: value for name, value in {**WRITTEN, **more}.items() if name in WRITTEN}
    card = await rune.presses(card, "Næste", **first)
    second = {name: value for name, value in {**TAKEN, **more}.items() if name not in WRITTEN}
    return await rune.presses(card, "Send tilbagemelding", **second)


async def given(mette: Someone, rune: Someone, **what: str) -> Feedback:
    """A feedback that the host has got."""
    await visited(mette, rune, **what)
    await feeds_back(rune)
    [kept] = await all_of(mette.database, Feedback)
    return kept


CLOCKS = (invitation.clock, visit.clock, feedback_day.clock, acknowledgement.clock)


async def due(database: Database, at: datetime) -> dict[str, list[Occasion]]:
    """What the clocks of the observations have due at a time, and not yet over, by view."""

    def work(uow: UnitOfWork) -> list[Occasion]:
        planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
        derived: Iterable[Occasion] = [each for clock in CLOCKS for each in clock(planning)]
        return [each for each in derived if each.due_at <= at < each.expires_at]

    found: dict[str, list[Occasion]] = {}
    for each in await database.write(work):
        found.setdefault(each.view, []).append(each)
    return found


async def told(database: Database, someone: Person) -> list[str]:
    """The views that were planned for this person by what somebody pressed."""
    prompts: list[Prompt] = await all_of(database, Prompt)
    return [each.view for each in sorted(prompts, key=lambda each: each.id.int) if each.person_id == someone.id]


__all__ = ["NOW", "mette", "rune", "town"]
