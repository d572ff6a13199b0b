"""A learning dialogue that is going on, and how a leader records it: reflection, decisions, focus areas."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import select

from cards.kit import Card
from dialogs.conversation import show
from dialogs.turn import Turn
from domain.cycle import PoliticalRound, RoundState
from domain.dialogue import Dialogue
from domain.organisation import Person
from domain.prompt import Prompt, PromptKind, PromptState
from scheduler.planner import plan
from storage import prompt_claim
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.town import MUNICIPALITY, STARTS, Someone, Town, buttons, options, values

AFTER = STARTS + timedelta(hours=1)
TOLKNING = "Flere elever siger noget i timerne, når de først har talt sammen to og to."
ANALYSE = "Vi giver tid til at tænke, før nogen svarer."
WHO = {
    "children": "med til at fortolke",
    "parents": "hørt",
    "owner": "Teamet på 5. årgang",
    "due": "2026-06-12",
}


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, an hour into the dialogue."""
    await database.write(town.build)
    return Someone(database, town.leader, now=AFTER)


async def reflects(someone: Someone, *, cross: str = "Netværkets erfaringer") -> Card:
    """Saves a shared reflection, with knowledge from across unless there is none."""
    card = await someone.says("refleksion")
    card = await someone.presses(card, "Næste", participants="management,staff", sources="observation,youth")
    return await someone.presses(
        card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=ANALYSE, cross=cross
    )


async def decides(someone: Someone, kind: str, text: str, card: Card | None = None, **more: str) -> Card:
    """Writes one decision through both steps, from the card given or from the word, and saves it.

    Where something is missing in the first, that is as far as it gets.
    """
    card = card or await someone.says("beslutning")
    what = {name: more.pop(name) for name in ("focus_area", "based") if name in more}
    card = await someone.presses(card, "Næste", kind=kind, text=text, **{"based": "observation", **what})
    if "Gem beslutning" not in buttons(card):
        return card
    due = (someone.now + timedelta(days=52)).date().isoformat()
    return await someone.presses(card, "Gem beslutning", **{**WHO, "due": due, **more})


async def chooses(someone: Someone, title: str, card: Card | None = None) -> Card:
    """Decides on a focus area and describes it."""
    card = await decides(someone, "vælg fokusområde", f"Vi vælger: {title}", card)
    theme = next(iter(options(card, "theme").values()))
    return await someone.presses(card, "Gem fokusområdet", theme=theme, title=title, signs="Flere siger noget")


async def sends_themes(database: Database, town: Town, now: datetime) -> None:
    """The administration sends out the round, as if it had only just been decided."""
    await change(database, PoliticalRound, state=RoundState.DECIDED)
    nis = Someone(database, town.administrator, now=now)
    await nis.presses(await nis.says("send temaer"), "Send ud")


async def delivered(database: Database, now: datetime) -> list[tuple[str, UUID]]:
    """What is sent at this moment, as the views and whom they go to; what has nothing to say is not."""
    await plan(database, now, MUNICIPALITY)

    def work(uow: UnitOfWork) -> list[tuple[str, UUID]]:
        sent = []
        for claimed in prompt_claim.claim(uow, owner="story", now=now, limit=50, rate=25, quiet=MUNICIPALITY.quiet):
            each = uow.session.get_one(Prompt, claimed.id)
            who = uow.session.get_one(Person, each.person_id)
            turn = Turn.of(who, uow, now, MUNICIPALITY, is_reminder=each.kind is PromptKind.REMINDER)
            if show(turn, each.view, each.subject_id) is None:
                each.state = PromptState.CANCELLED
                continue
            each.state, each.sent_at, each.copies = PromptState.SENT, now, 1
            sent.append((each.view, each.person_id))
        return sent

    return await database.write(work)


async def all_of(database: Database, entity: type[Any]) -> list[Any]:
    return await database.read(lambda uow: list(uow.session.scalars(select(entity)).all()))


async def dialogue_of(database: Database, town: Town) -> Dialogue:
    return await database.read(lambda uow: uow.session.get_one(Dialogue, town.dialogue.id))


async def is_told(database: Database, view: str, at: datetime) -> None:
    """What waits to be sent of this view by then is sent."""

    def work(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(Prompt)):
            if (each.view, each.state) == (view, PromptState.PENDING) and each.due_at <= at:
                each.state, each.sent_at = PromptState.SENT, at

    await database.write(work)


async def change(database: Database, entity: type[Any], **values: Any) -> None:
    """Sets the attributes of every row of the entity."""

    def work(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(entity)):
            for name, value in values.items():
                setattr(each, name, value)

    await database.write(work)


__all__ = [
    "AFTER",
    "WHO",
    "all_of",
    "change",
    "chooses",
    "decides",
    "delivered",
    "dialogue_of",
    "is_told",
    "mette",
    "reflects",
    "sends_themes",
    "town",
    "values",
]
