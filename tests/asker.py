"""Somebody who asks: the answer's card to the slots of a question, however it was typed, or why there is none."""

from typing import Any

from cards.kit import Card
from dialogs import QUESTIONS
from dialogs.flow import Asked
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.organisation import Person
from domain.slots import Slots
from storage.unit_of_work import UnitOfWork
from tests.town import Someone, options, words

OPENED = 60


async def ask(someone: Someone, intent: str, **slots: Any) -> Card:
    def work(uow: UnitOfWork) -> Card:
        turn = Turn.of(uow.session.get_one(Person, someone.who.id), uow, someone.now, someone.municipality)
        return QUESTIONS[intent].handle(turn, Asked("", slots=Slots(**slots)))

    return await someone.database.write(work)


async def refusal(someone: Someone, intent: str, **slots: Any) -> str:
    """The code of the refusal; empty where the question is answered."""
    try:
        await ask(someone, intent, **slots)
    except Refusal as refused:
        return refused.code
    return ""


async def opens_every_source(someone: Someone, card: Card) -> int:
    """Opens each source that the card has, and says how many there were; each leads back to the same list (I25)."""
    listed = await someone.presses(card, "Vis kilder")
    found = options(listed, "source")
    for title, value in list(found.items())[:OPENED]:
        opened = words(await someone.presses(listed, "Åbn kilden", source=value))
        assert "Kilden kan ikke åbnes" not in opened, title
    again = await someone.presses(listed, "Tilbage")
    assert words(again) == words(card)
    return len(found)
