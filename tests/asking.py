"""Questions put by what they are about, however they were typed."""

from uuid import UUID

from cards.kit import Card
from dialogs import QUESTIONS
from dialogs.flow import Asked
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.organisation import Person
from domain.slots import Slots
from storage.unit_of_work import UnitOfWork
from tests.town import MUNICIPALITY, Someone


async def asks(someone: Someone, intent: str, slots: Slots | None = None) -> Card:
    """The answer to the question with these slots."""

    def work(uow: UnitOfWork) -> Card:
        who = uow.session.get_one(Person, someone.who.id)
        turn = Turn.of(who, uow, someone.now, MUNICIPALITY)
        found: Card = QUESTIONS[intent].handle(turn, Asked("", slots=slots or Slots()))
        return found

    return await someone.database.write(work)


async def refusal_of(someone: Someone, intent: str, *places: UUID) -> str:
    """The code of the refusal that somebody gets who asks about these institutions; empty where they get an answer."""
    try:
        await asks(someone, intent, Slots(institutions=places))
    except Refusal as refused:
        return refused.code
    return ""
