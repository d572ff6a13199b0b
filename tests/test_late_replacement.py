"""A worker that stood still, and another that has replaced the same card meanwhile by one that says it is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.messenger import TeamsMessenger
from domain.anonymisation import GONE_VIEW
from domain.identity import new_id
from domain.message import SentCard
from domain.prompt import Occasion, Prompt, PromptKind, PromptState
from scheduler.delivery import Delivery
from storage import prompt, prompt_outcome
from tests.left_behind import LeftBehind, left
from tests.record import all_of
from tests.town import MUNICIPALITY

pytestmark = pytest.mark.about_the_database

__all__ = ["left"]

GONE = "Kortets indhold er fjernet"


async def plans_another(left: LeftBehind, number: str) -> str:
    """The focus area's card in the chief's chat is to be drawn anew."""
    key = str(new_id())
    occasion = Occasion(
        key=key,
        person_id=left.town.chief.id,
        kind=PromptKind.UPDATE,
        view="focus_area",
        subject_id=left.area_id,
        due_at=left.now,
        expires_at=left.now + timedelta(days=2),
        replaces=number,
    )
    await left.database.write(lambda uow: prompt.plan(uow, occasion))
    return key


@asynccontextmanager
async def slow(left: LeftBehind) -> AsyncIterator[Delivery]:
    """A worker by itself, with a messenger and tokens of its own."""
    messenger = TeamsMessenger(left.channel.tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    yield Delivery(left.database, messenger, MUNICIPALITY, lambda: left.now, rate=50, owner="slow")
    await messenger.close()


async def is_replaced_and_blanked(left: LeftBehind, number: str) -> None:
    """The slow one is taken for dead, another does its work, and the leader is anonymised."""
    assert await left.database.write(lambda uow: prompt_outcome.leave(uow, "slow", left.now)) == 1
    await left.delivers()
    await left.proposes()
    await left.approves()
    await left.carries_out()
    await left.delivers()
    await left.carries_out()
    assert GONE in left.reads(number)


async def shown_as(left: LeftBehind, number: str) -> set[str]:
    return {each.view for each in await all_of(left.database, SentCard) if each.message_id == number}


async def state(left: LeftBehind, key: str) -> PromptState:
    (found,) = [each for each in await all_of(left.database, Prompt) if each.occasion == key]
    return found.state


async def test_a_worker_that_stood_still_puts_no_old_card_over_one_that_was_blanked(
    left: LeftBehind, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await left.has_a_card(left.town.chief, "focus_area", left.area_id)
    key = await plans_another(left, number)
    asked, left.channel.entra.hold = left.channel.entra.asked, asyncio.Event()
    async with slow(left) as worker:
        with monkeypatch.context() as patch:
            patch.setattr("scheduler.posting.POSTED_WITHIN", 0.3)
            delivering = asyncio.create_task(worker.deliver_due())
            while left.channel.entra.asked == asked:
                await asyncio.sleep(0.01)
        assert await state(left, key) is PromptState.SENDING
        await is_replaced_and_blanked(left, number)
        await asyncio.sleep(0.4)
        left.channel.entra.hold.set()
        await delivering
    assert GONE in left.reads(number)
    assert await shown_as(left, number) == {GONE_VIEW}
    assert await state(left, key) is PromptState.SENT


async def test_an_answer_that_comes_late_changes_nothing_of_what_is_known_of_the_card(left: LeftBehind) -> None:
    number = await left.has_a_card(left.town.chief, "focus_area", left.area_id)
    key, before = await plans_another(left, number), left.reads(number)
    connector, answers = left.channel.connector, asyncio.Event()
    connector.answering = answers
    async with slow(left) as worker:
        delivering = asyncio.create_task(worker.deliver_due())
        while left.reads(number) == before:
            await asyncio.sleep(0.01)
        # Only the first waits for its answer.
        connector.answering = asyncio.Event()
        connector.answering.set()
        await is_replaced_and_blanked(left, number)
        answers.set()
        await delivering
    assert worker.outcomes["sent"] == 1
    assert GONE in left.reads(number)
    assert await shown_as(left, number) == {GONE_VIEW}
    assert await state(left, key) is PromptState.SENT
