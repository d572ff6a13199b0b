"""What the bot says of its own accord: sent once where that can be known, never silently lost, and never too much."""

import asyncio
import random
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, select

from bot.doctor import examine
from bot.messenger import TeamsMessenger
from bot.settings import Settings
from domain.dialogue import Dialogue, DialogueState
from domain.identity import new_id
from domain.message import Address, SentCard
from domain.municipality import Municipality
from domain.organisation import Person
from domain.prompt import Occasion, Prompt, PromptKind, PromptState
from scheduler.delivery import Delivery
from scheduler.planner import plan
from scheduler.posting import FAULT_AGAIN_AFTER
from scheduler.scheduler import Scheduler
from storage import message, prompt, prompt_claim, prompt_outcome, prompt_standing
from storage.database import Database
from storage.reach import unreached
from storage.unit_of_work import UnitOfWork
from tests.channel import Channel
from tests.channel.activities import TENANT
from tests.channel.connector import BLOCKED, GATEWAY, LOST, Fault
from tests.record import all_of
from tests.soak.stage import opened
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, person, words

pytestmark = pytest.mark.about_the_database

NIGHT = NOW.replace(hour=20)
REPEATED = "Du har måske allerede fået dette kort."
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [], "fallbackText": "Min oversigt"}


@dataclass
class Post:
    """The post office of a story: one database, one channel, a clock that stands still until it is set."""

    database: Database
    channel: Channel
    messenger: TeamsMessenger
    town: Town
    now: datetime = NOW
    municipality: Municipality = MUNICIPALITY
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.delivery = self.worker("first")

    def worker(self, owner: str, database: Database | None = None) -> Delivery:
        return Delivery(
            database or self.database, self.messenger, self.municipality, lambda: self.now, rate=50, owner=owner
        )

    async def meet(self, *people: Person) -> None:
        """These people have the app, and their chats are known."""
        await self.database.write(lambda uow: [self._remember(uow, each) for each in people])

    def _remember(self, uow: UnitOfWork, someone: Person) -> None:
        message.remember_chat(uow, uow.session.get_one(Person, someone.id), self.address(someone), self.now)

    def address(self, someone: Person) -> Address:
        return Address(
            service_url=self.channel.service_url,
            conversation_id=f"a:{someone.aad_object_id}",
            user_id=f"29:{someone.aad_object_id}",
            bot_id="28:bot",
            tenant_id=TENANT,
        )

    async def plan(self, someone: Person, kind: PromptKind = PromptKind.REMINDER, **more: Any) -> str:
        """Something to say to a person now: their overview, which always has a card."""
        key = str(new_id())
        values = {"view": "overview", "subject_id": someone.id, "due_at": self.now, **more}
        values.setdefault("expires_at", self.now + timedelta(days=2))
        occasion = Occasion(key=key, person_id=someone.id, kind=kind, **values)
        await self.database.write(lambda uow: prompt.plan(uow, occasion))
        return key

    async def deliver(self) -> int:
        return await self.delivery.deliver_due()

    def chat(self, someone: Person) -> list[str]:
        """What the person reads, message by message."""
        return [words(each.card or {}) for each in self.channel.connector.in_chat(f"a:{someone.aad_object_id}")]

    async def states(self, *keys: str) -> list[PromptState]:
        def work(uow: UnitOfWork) -> list[PromptState]:
            found = {each.occasion: each.state for each in uow.session.scalars(select(Prompt))}
            return [found[key] for key in keys]

        return await self.database.read(work)

    async def prompt(self, key: str) -> Prompt:
        return await self.database.read(
            lambda uow: uow.session.scalars(select(Prompt).where(prompt.prompt.c.occasion == key)).one()
        )


@pytest_asyncio.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    town = Town()
    await database.write(town.build)
    async with Channel().serving() as channel:
        messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
        await messenger.start()
        made = Post(database, channel, messenger, town)
        await made.meet(*town.people())
        yield made
        await messenger.close()


async def test_a_reminder_is_sent_once_and_recorded(post: Post) -> None:
    key = await post.plan(post.town.leader)
    assert await post.deliver() == 1
    assert await post.deliver() == 0
    assert len(post.chat(post.town.leader)) == 1
    sent = await post.prompt(key)
    assert (sent.state, sent.sent_at, sent.copies) == (PromptState.SENT, NOW, 1)
    assert sent.message_id in post.channel.connector.messages


class TestI38:
    """I38: "At most one unprompted message per person per working day (urgent time changes excepted); none in quiet
    hours or school holidays"."""

    async def test_i38_a_second_reminder_waits_for_the_next_working_day(self, post: Post) -> None:
        leader = post.town.leader
        await post.plan(leader)
        await post.deliver()
        later = await post.plan(leader)
        post.now = NOW + timedelta(hours=4)
        await post.deliver()
        assert len(post.chat(leader)) == 1
        post.now = NOW + timedelta(days=1)
        await post.deliver()
        assert len(post.chat(leader)) == 2
        assert await post.states(later) == [PromptState.SENT]

    async def test_i38_several_reminders_are_gathered_into_one_list(self, post: Post) -> None:
        leader = post.town.leader
        keys = [await post.plan(leader) for _ in range(3)]
        await post.deliver()
        post.now = NOW + timedelta(days=1)
        await post.deliver()
        assert len(post.chat(leader)) == 1
        assert "Min oversigt" in post.chat(leader)[0]
        assert await post.states(*keys) == [PromptState.GATHERED] * 3

    @pytest.mark.parametrize(
        ("when", "waits_until"),
        [
            ("2026-04-14T05:29+00:00", "2026-04-14T05:30+00:00"),  # before 7.30
            ("2026-04-14T14:30+00:00", "2026-04-15T05:30+00:00"),  # from 16.30
            ("2026-04-18T09:00+00:00", "2026-04-20T05:30+00:00"),  # Saturday
            ("2026-02-10T09:00+00:00", "2026-02-16T06:30+00:00"),  # week 7
            ("2026-07-15T09:00+00:00", "2026-08-10T05:30+00:00"),  # weeks 27 to 32
        ],
    )
    async def test_i38_nothing_in_quiet_hours_or_school_holidays(self, post: Post, when: str, waits_until: str) -> None:
        leader = post.town.leader
        post.now = datetime.fromisoformat(when)
        await post.plan(leader, expires_at=post.now + timedelta(days=60))
        assert await post.deliver() == 0
        post.now = datetime.fromisoformat(waits_until) - timedelta(seconds=1)
        assert await post.deliver() == 0
        post.now = datetime.fromisoformat(waits_until)
        assert await post.deliver() == 1

    async def test_i38_a_change_of_time_is_told_besides_the_one_a_day(self, post: Post) -> None:
        leader = post.town.leader
        await post.plan(leader)
        await post.deliver()
        await post.plan(leader, PromptKind.URGENT)
        await post.deliver()
        assert len(post.chat(leader)) == 2

    async def test_i38_a_change_of_time_waits_for_morning_only_where_the_matter_does(self, post: Post) -> None:
        post.now = NIGHT
        waits = await post.plan(post.town.leader, PromptKind.URGENT, expires_at=NIGHT + timedelta(days=2))
        cannot = await post.plan(post.town.chief, PromptKind.URGENT, expires_at=NIGHT + timedelta(hours=9))
        await post.deliver()
        assert await post.states(waits, cannot) == [PromptState.PENDING, PromptState.SENT]

    async def test_i38_what_was_asked_for_comes_at_once_also_at_night(self, post: Post) -> None:
        post.now = NIGHT
        await post.plan(post.town.leader, PromptKind.ASKED)
        assert await post.deliver() == 1

    @pytest.mark.parametrize("personal", [False, True], ids=["repeated", "parked"])
    async def test_i38_a_message_that_may_have_arrived_counts_as_the_one_of_the_day(
        self, post: Post, personal: bool
    ) -> None:
        leader = post.town.leader
        post.channel.connector.next_faults.append(LOST)
        first = await post.plan(leader, personal=personal)
        await post.deliver()
        second = await post.plan(leader)
        assert await post.deliver() == 0
        post.now += timedelta(minutes=1)
        await post.deliver()
        is_then = PromptState.UNCERTAIN if personal else PromptState.SENT
        assert await post.states(first, second) == [is_then, PromptState.PENDING]
        assert [REPEATED in each for each in post.chat(leader)] == [False] + [True] * (not personal)
        post.now = NOW + timedelta(days=1)
        assert await post.deliver() == 1
        assert await post.states(second) == [PromptState.SENT]


async def test_a_person_who_pauses_is_told_of_changes_of_time_alone(post: Post) -> None:
    def pause(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, post.town.leader.id).paused_until = (NOW + timedelta(days=7)).date()

    await post.database.write(pause)
    reminder = await post.plan(post.town.leader)
    moved = await post.plan(post.town.leader, PromptKind.URGENT)
    await post.deliver()
    assert await post.states(reminder, moved) == [PromptState.PENDING, PromptState.SENT]
    post.now = NOW + timedelta(days=8)
    await post.plan(post.town.chief)
    await post.deliver()
    assert len(post.chat(post.town.leader)) == 1, "it expired meanwhile"


async def test_a_card_that_was_put_off_comes_again_when_it_suits(post: Post) -> None:
    mette = Someone(post.database, post.town.leader)
    card = await mette.presses(await mette.says("forbered"), "Ikke nu", interpretation="Påbegyndt")
    await mette.presses(card, "På mandag")
    await post.meet(post.town.leader)
    post.now = datetime.fromisoformat("2026-04-20T05:59:59+00:00")
    assert await post.deliver() == 0
    post.now += timedelta(seconds=1)
    assert await post.deliver() == 1
    assert "Påbegyndt" in post.chat(post.town.leader)[0]


@pytest.mark.parametrize(
    "fault",
    [BLOCKED, Fault(403, "BotNotInConversationRoster"), Fault(404, "ConversationNotFound"), Fault(413, "TooBig")],
    ids=lambda fault: fault.code,
)
@pytest.mark.each_on_both
async def test_somebody_who_cannot_be_reached_is_told_to_the_operator_and_not_tried_again(
    post: Post, database_url: str, fault: Fault
) -> None:
    post.channel.connector.next_faults.append(fault)
    key = await post.plan(post.town.leader)
    await post.deliver()
    assert await post.deliver() == 0
    failed = await post.prompt(key)
    assert (failed.state, failed.reason) == (PromptState.FAILED, fault.code)
    told = [each.what for each in await examine(Settings.load(None, database_url=database_url), post.now)]
    assert f"a message is failed ({fault.code})" in told


@pytest.mark.parametrize("fault", [LOST, GATEWAY], ids=["lost", "gateway"])
@pytest.mark.each_on_both
async def test_a_lost_answer_is_repeated_once_with_a_line_that_says_so_and_then_parked(
    post: Post, fault: Fault
) -> None:
    leader = post.town.leader
    key = await post.plan(leader)
    post.channel.connector.next_faults.extend([fault, fault])
    await post.deliver()
    assert await post.deliver() == 0, "not at once"
    post.now += timedelta(seconds=31)
    await post.deliver()
    first, second = post.chat(leader)
    assert REPEATED not in first
    assert REPEATED in second
    assert await post.states(key) == [PromptState.UNCERTAIN]
    post.now += timedelta(hours=1)
    assert await post.deliver() == 0


async def test_personal_content_is_parked_at_once(post: Post) -> None:
    post.channel.connector.next_faults.append(LOST)
    key = await post.plan(post.town.leader, personal=True)
    await post.deliver()
    post.now += timedelta(hours=1)
    assert await post.deliver() == 0
    assert await post.states(key) == [PromptState.UNCERTAIN]


async def test_a_card_is_replaced_however_often_it_takes(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.messenger._wait", lambda *_: 0.0)
    leader = post.town.leader
    shown = await post.prompt(await post.plan(leader))
    await post.deliver()
    shown = await post.prompt(shown.occasion)
    post.channel.connector.fault = lambda method, _: Fault(502, is_kept=True) if method == "PUT" else None
    update = await post.plan(leader, PromptKind.UPDATE, replaces=shown.message_id)
    await post.deliver()
    assert await post.states(update) == [PromptState.PENDING]
    post.channel.connector.fault = lambda *_: None
    post.now += timedelta(minutes=1)
    await post.deliver()
    assert await post.states(update) == [PromptState.SENT]
    assert len(post.chat(leader)) == 1


async def test_a_message_that_has_become_a_form_since_is_not_replaced(post: Post) -> None:
    leader = post.town.leader
    key = await post.plan(leader)
    await post.deliver()
    shown = (await post.prompt(key)).message_id
    assert shown
    update = await post.plan(leader, PromptKind.UPDATE, replaces=shown)
    place = f"a:{leader.aad_object_id}"
    await post.database.write(lambda uow: message.set_card_aside(uow, leader, place, shown))
    await post.deliver()
    assert await post.states(update) == [PromptState.CANCELLED]
    assert [each.method for each in post.channel.connector.calls].count("PUT") == 0


async def test_too_many_requests_put_it_off_and_count_for_no_copy(post: Post) -> None:
    leader = post.town.leader
    post.channel.connector.next_faults.append(Fault(429, "TooManyRequests", retry_after=90))
    key = await post.plan(leader)
    await post.deliver()
    waiting = await post.prompt(key)
    assert (waiting.state, waiting.copies, waiting.due_at) == (PromptState.PENDING, 0, NOW + timedelta(seconds=90))
    post.now += timedelta(seconds=91)
    await post.deliver()
    assert [REPEATED in each for each in post.chat(leader)] == [False]


@pytest.mark.parametrize("fault", [Fault(429, "TooManyRequests", 0), Fault(412, "PreconditionFailed", 0)], ids=str)
async def test_a_channel_that_asks_for_no_wait_is_left_alone_for_a_while_all_the_same(post: Post, fault: Fault) -> None:
    """It has refused each attempt: whoever is due at once would call it without end."""
    key = await post.plan(post.town.leader)
    post.channel.connector.fault = lambda *_: fault
    await post.deliver()
    calls = len(post.channel.connector.calls)
    waiting = await post.prompt(key)
    assert (waiting.state, waiting.copies, waiting.due_at) == (PromptState.PENDING, 0, NOW + timedelta(seconds=30))
    assert await post.deliver() == 0
    assert len(post.channel.connector.calls) == calls
    post.channel.connector.fault = lambda *_: None
    post.now += timedelta(seconds=31)
    await post.deliver()
    assert [REPEATED in each for each in post.chat(post.town.leader)] == [False]


async def crowd(post: Post, size: int) -> list[Person]:
    people = [person(f"Ida {number}") for number in range(size)]
    await post.database.write(lambda uow: uow.add(*people))
    await post.meet(*people)
    for each in people:
        await post.plan(each)
    return people


async def until_quiet(post: Post, *workers: Delivery) -> None:
    """Delivers, and lets time pass, until nothing is left to be sent."""
    for _ in range(20):
        await asyncio.gather(*(worker.deliver_due() for worker in workers))
        post.now += timedelta(seconds=31)


async def test_a_storm_loses_nothing_and_doubles_only_what_was_uncertain(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.messenger._wait", lambda *_: 0.0)
    chance = random.Random(4711)
    kept_without_answer: set[str] = set()

    def storm(method: str, conversation_id: str) -> Fault | None:
        roll = chance.random()
        if roll < 0.05:
            return Fault(429, "TooManyRequests", retry_after=1)
        if roll < 0.08 and conversation_id not in kept_without_answer:
            kept_without_answer.add(conversation_id)
            return GATEWAY
        return Fault(412, "PreconditionFailed") if roll < 0.09 else None

    post.channel.connector.fault, post.channel.connector.cap = storm, 50
    people = await crowd(post, 100)
    await until_quiet(post, post.delivery)
    got = post.channel.connector.posts()
    assert kept_without_answer
    assert {name: got[name] for name in (f"a:{each.aad_object_id}" for each in people)} == {
        f"a:{each.aad_object_id}": 2 if f"a:{each.aad_object_id}" in kept_without_answer else 1 for each in people
    }


async def test_two_workers_never_send_the_same(post: Post, database_url: str) -> None:
    other = post.database
    if database_url.startswith("postgresql"):
        other = Database(database_url)
        await other.start()
    people = await crowd(post, 60)
    await until_quiet(post, post.delivery, post.worker("second", other))
    assert set(post.channel.connector.posts().values()) == {1}
    assert len(post.channel.connector.messages) == len(people)
    if other is not post.database:
        await other.close()


async def test_a_worker_that_was_replaced_changes_nothing(post: Post) -> None:
    key = await post.plan(post.town.leader)

    def claim(uow: UnitOfWork) -> list[UUID]:
        taken = prompt_claim.claim(uow, owner="paused", now=post.now, limit=5, rate=50, quiet=post.municipality.quiet)
        return [each.id for each in taken]

    (claimed,) = await post.database.write(claim)
    await post.database.write(lambda uow: prompt_outcome.leave(uow, "paused", post.now))
    await post.deliver()
    changes: list[Callable[[UnitOfWork], bool]] = [
        lambda uow: prompt_outcome.mark_sending(uow, claimed, "paused"),
        lambda uow: prompt_outcome.record_sent(uow, claimed, "paused", "m", post.now),
        lambda uow: prompt_outcome.record_failed(uow, claimed, "paused", "x"),
        lambda uow: prompt_outcome.record_uncertain(uow, claimed, "paused", post.now, post.now, "x"),
        lambda uow: prompt_outcome.record_not_sent(uow, claimed, "paused", post.now, "x"),
    ]
    assert [await post.database.write(change) for change in changes] == [False] * len(changes)
    assert await post.states(key) == [PromptState.SENT]
    assert len(post.chat(post.town.leader)) == 1


@asynccontextmanager
async def held(post: Post, *people: Person, **planned: Any) -> AsyncIterator[Delivery]:
    """A worker that has claimed a message for each and stands still where it would post the first, until it may go on:
    its token is slow to come, and it has room for one message at a time."""
    await post.messenger.send(post.address(post.town.administrator), CARD, "Min oversigt")
    asked, post.channel.entra.hold = post.channel.entra.asked, asyncio.Event()
    messenger = TeamsMessenger(post.channel.tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    worker = post.worker("held")
    worker.messenger, worker.in_flight = messenger, 1
    for number, each in enumerate(people):
        await post.plan(each, due_at=post.now - timedelta(seconds=len(people) - number), **planned)
    delivering = asyncio.create_task(worker.deliver_due())
    while post.channel.entra.asked == asked:
        await asyncio.sleep(0.01)
    yield worker
    post.channel.entra.hold.set()
    await delivering
    await messenger.close()


async def test_a_worker_that_was_replaced_in_the_middle_sends_only_what_it_had_marked(post: Post) -> None:
    """The message it had marked goes twice, which nobody can know; those it had only claimed are the other worker's."""
    marked, claimed = post.town.leader, post.town.chief
    async with held(post, marked, claimed):
        assert await post.database.write(lambda uow: prompt_outcome.leave(uow, "held", post.now)) == 2
        assert await post.deliver() == 2
    assert [REPEATED in each for each in post.chat(marked)] == [True, False]
    assert len(post.chat(claimed)) == 1
    assert (await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))).by_state == {"sent": 2}
    # Both copies stand in the chat, and whoever replaces cards there has to know of both.
    kept = {each.message_id for each in await all_of(post.database, SentCard) if each.person_id == marked.id}
    assert kept == {each.id for each in post.channel.connector.in_chat(post.address(marked).conversation_id)}


class Stalling:
    """A clock that stands still for whoever first reads it in a thread of the database's, in the middle of a mark."""

    def __init__(self, post: Post) -> None:
        self._post, self._once = post, threading.Lock()
        self.stands, self.go_on = threading.Event(), threading.Event()

    def __call__(self) -> datetime:
        if threading.current_thread() is not threading.main_thread() and self._once.acquire(blocking=False):
            self.stands.set()
            assert self.go_on.wait(60)
        return self._post.now

    async def has_stalled(self) -> None:
        assert await asyncio.to_thread(self.stands.wait, 60)


async def test_a_worker_that_stood_still_between_mark_and_post_sends_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others may have taken it for dead by then, and the message with it."""
    key, clock = await post.plan(post.town.leader), Stalling(post)
    post.delivery.now = clock
    with monkeypatch.context() as patch:
        patch.setattr("scheduler.posting.POSTED_WITHIN", 0.3)
        delivering = asyncio.create_task(post.deliver())
        await clock.has_stalled()
        await asyncio.sleep(0.4)
        clock.go_on.set()
        await delivering
    kept = await post.prompt(key)
    assert (kept.state, kept.copies, kept.reason) == (PromptState.PENDING, 0, "too late")
    assert not post.channel.connector.calls
    await post.deliver()
    assert (await post.states(key), len(post.chat(post.town.leader))) == ([PromptState.SENT], 1)


async def test_a_worker_whose_token_took_long_sends_nothing_when_it_is_there_at_last(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been paused meanwhile, and the message be another worker's."""
    leader = post.town.leader
    with monkeypatch.context() as patch:
        patch.setattr("scheduler.posting.POSTED_WITHIN", 0.3)
        async with held(post, leader):
            calls = len(post.channel.connector.calls)
            await asyncio.sleep(0.4)
    assert len(post.channel.connector.calls) == calls
    stands = await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))
    assert stands.by_state == {"pending": 1}
    await post.deliver()
    assert [REPEATED in each for each in post.chat(leader)] == [False]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_mark_that_takes_long_holds_up_none_of_its_batch_and_is_the_next_worker_s(post: Post) -> None:
    """On SQLite one thread marks them all."""
    people, clock = await crowd(post, 3), Stalling(post)
    post.delivery.now = clock
    delivering = asyncio.create_task(post.deliver())
    await clock.has_stalled()
    try:
        await post.channel.connector.until(lambda: len(post.channel.connector.messages) == len(people) - 1)
        while (await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))).by_state.get("sent") != 2:
            await asyncio.sleep(0.05)
        assert await post.database.write(lambda uow: prompt_outcome.leave(uow, "first", post.now)) == 1
        assert await post.worker("second").deliver_due() == 1
    finally:
        clock.go_on.set()
        await delivering
    assert list(post.channel.connector.posts().values()) == [1] * len(people)
    assert not any(REPEATED in text for each in people for text in post.chat(each))


async def test_who_removed_the_app_or_left_between_claim_and_post_gets_nothing(post: Post) -> None:
    removed, left, last = post.town.chief, post.town.other_chief, post.town.consultant

    def change(uow: UnitOfWork) -> None:
        message.forget_chat(uow, uow.session.get_one(Person, removed.id), post.now)
        uow.session.get_one(Person, left.id).ended_on = (NOW - timedelta(days=1)).date()

    async with held(post, post.town.leader, removed, left, last):
        await post.database.write(change)
    assert [len(post.chat(each)) for each in (post.town.leader, removed, left, last)] == [1, 0, 0, 1]
    stands = await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))
    assert stands.by_state == {"pending": 2, "sent": 2}
    await post.meet(removed)
    assert await post.deliver() == 1
    assert len(post.chat(removed)) == 1


@pytest.mark.parametrize(("was_marked", "personal", "copies"), [(False, True, 1), (True, False, 2), (True, True, 1)])
@pytest.mark.each_on_both
async def test_a_worker_that_died_is_found_by_its_counter_standing_still(
    post: Post, monkeypatch: pytest.MonkeyPatch, was_marked: bool, personal: bool, copies: int
) -> None:
    """What was claimed was surely not sent; what was being sent is repeated with its line, or parked if personal."""
    monkeypatch.setattr("scheduler.heartbeat.DEAD_AFTER", 0.0)
    leader = post.town.leader
    key = await post.plan(leader, personal=personal)
    died = post.worker("died")
    await died.beat()

    def die(uow: UnitOfWork) -> None:
        (taken,) = prompt_claim.claim(uow, owner="died", now=post.now, limit=5, rate=50, quiet=post.municipality.quiet)
        if was_marked:
            assert prompt_outcome.mark_sending(uow, taken.id, "died")

    await post.database.write(die)
    if was_marked:
        await post.messenger.send(post.address(leader), CARD, "Min oversigt")
    await post.delivery.beat()
    await post.delivery.beat()
    await post.deliver()
    chat = post.chat(leader)
    assert len(chat) == copies
    assert (REPEATED in chat[-1]) is (copies == 2)
    expected = PromptState.UNCERTAIN if was_marked and personal else PromptState.SENT
    assert await post.states(key) == [expected]


async def test_somebody_without_a_chat_waits_visibly_and_gets_it_when_they_write(post: Post) -> None:
    newcomer = person("Ny Leder")
    await post.database.write(lambda uow: uow.add(newcomer))
    key = await post.plan(newcomer)
    assert await post.deliver() == 0
    found = await post.database.read(lambda uow: unreached(uow, post.now, post.now.date()))
    assert [each.person.name for each in found] == ["Ny Leder"]
    await post.meet(newcomer)
    assert await post.deliver() == 1
    assert await post.states(key) == [PromptState.SENT]


async def test_nothing_goes_to_a_chat_from_which_the_app_was_removed_nor_to_somebody_who_left(post: Post) -> None:
    def change(uow: UnitOfWork) -> None:
        message.forget_chat(uow, uow.session.get_one(Person, post.town.leader.id), post.now)
        uow.session.get_one(Person, post.town.chief.id).ended_on = (NOW - timedelta(days=1)).date()

    keys = [await post.plan(each) for each in (post.town.leader, post.town.chief)]
    await post.database.write(change)
    assert await post.deliver() == 0
    assert await post.states(*keys) == [PromptState.PENDING] * 2
    assert not post.channel.connector.calls


async def test_what_has_lost_its_reason_is_not_sent(post: Post) -> None:
    somebody_else = await post.plan(post.town.leader, subject_id=post.town.chief.id)
    unseen = await post.plan(post.town.other_leader, view="preparation", subject_id=post.town.dialogue.id)
    await post.deliver()
    assert await post.states(somebody_else, unseen) == [PromptState.CANCELLED] * 2
    assert not post.channel.connector.calls


async def test_a_card_that_was_answered_is_not_repeated(post: Post) -> None:
    leader = post.town.leader
    post.channel.connector.next_faults.append(LOST)
    key = await post.plan(leader)
    await post.deliver()
    await post.database.write(lambda uow: prompt.answered(uow, leader.id, leader.id))
    post.now += timedelta(minutes=1)
    assert await post.deliver() == 0
    assert await post.states(key) == [PromptState.ANSWERED]


async def test_answering_one_of_two_copies_answers_both(post: Post) -> None:
    leader = post.town.leader
    post.channel.connector.next_faults.extend([LOST, LOST])
    key = await post.plan(leader)
    await post.deliver()
    post.now += timedelta(minutes=1)
    await post.deliver()
    assert len(post.chat(leader)) == 2
    await post.database.write(lambda uow: prompt.answered(uow, leader.id, leader.id))
    assert await post.states(key) == [PromptState.ANSWERED]
    assert not await post.database.read(prompt_standing.settled_badly)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_became_of_a_message_is_written_down_when_the_database_is_back(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is held by another from the moment the message arrives until the worker has failed to record it."""
    monkeypatch.setattr("storage.sqlite.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("scheduler.posting.WRITE_AGAIN_AFTER", 0.05)
    database, town = Database(database_url), Town()
    await database.start()
    await database.write(town.build)
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    async with Channel().serving() as channel:
        messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
        await messenger.start()
        post = Post(database, channel, messenger, town)
        await post.meet(town.leader)
        key = await post.plan(town.leader)
        channel.connector.fault = lambda *_: other.execute("BEGIN IMMEDIATE") and None
        delivering = asyncio.create_task(post.deliver())
        await channel.connector.until(lambda: bool(channel.connector.calls))
        await asyncio.sleep(0.3)
        assert await post.states(key) == [PromptState.SENDING]
        other.execute("ROLLBACK")
        await delivering
        assert await post.states(key) == [PromptState.SENT]
        await messenger.close()
    other.close()
    await database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_card_that_needs_what_another_has_locked_comes_later_and_is_not_drawn_meanwhile(
    post: Post, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules["storage.postgresql"].SETTINGS, "lock_timeout", "50ms")
    engine = create_engine(database_url)
    async with opened(database_url) as database:
        worker = post.worker("second", database)
        waits = await post.plan(post.town.leader)
        with engine.connect() as another:
            another.exec_driver_sql("LOCK TABLE perspective IN ACCESS EXCLUSIVE MODE")
            assert [await worker.deliver_due() for _ in range(2)] == [1, 0]
        later = (await post.prompt(waits)).due_at
        assert (await post.states(waits), later) == ([PromptState.PENDING], post.now + FAULT_AGAIN_AFTER)
        post.now = later
        assert await worker.deliver_due() == 1
        assert await post.states(waits) == [PromptState.SENT]
    engine.dispose()


async def test_stopping_finishes_what_is_under_way_and_lets_go_of_the_rest(post: Post) -> None:
    people = await crowd(post, 30)
    post.channel.connector.latency = 0.2
    running = asyncio.create_task(post.delivery.run())
    await post.channel.connector.until(lambda: bool(post.channel.connector.calls))
    post.delivery.stop()
    await running
    sent = len(post.channel.connector.messages)
    assert 0 < sent <= len(people)
    assert await post.database.read(prompt_outcome.owners) == set()
    by_state = (await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))).by_state
    assert by_state.get("sent", 0) == sent
    assert by_state.get("pending", 0) == len(people) - sent
    post.channel.connector.latency = 0.0
    await until_quiet(post, post.worker("next"))
    assert set(post.channel.connector.posts().values()) == {1}


async def test_a_stop_is_heard_by_every_wave_that_waits_for_room(post: Post) -> None:
    people = await crowd(post, 60)
    post.channel.connector.latency = 0.2
    post.delivery.rate, post.delivery.in_flight = 1000, 1
    running = asyncio.create_task(post.delivery.run())
    await post.channel.connector.until(lambda: len(post.channel.connector.messages) == 4)
    assert (await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))).by_state.get(
        "pending", 0
    ) == 0
    post.delivery.stop()
    async with asyncio.timeout(10):
        await running
    assert await post.database.read(prompt_outcome.owners) == set()
    by_state = (await post.database.read(lambda uow: prompt_standing.standing(uow, post.now))).by_state
    sent = len(post.channel.connector.messages)
    assert by_state == {"sent": sent, "pending": len(people) - sent}


async def test_what_is_planned_by_the_minute_waits_for_what_is_being_planned(post: Post) -> None:
    asked: list[object] = []

    def now() -> datetime:
        asked.append(asyncio.current_task())
        return post.now

    scheduler = Scheduler(post.database, post.messenger, MUNICIPALITY, now)
    first, second = (asyncio.create_task(scheduler._plan()) for _ in range(2))
    await asyncio.gather(first, second)
    assert asked == [first, first, second, second]


class TestTheDayOfADialogue:
    """C2: "at start time … and +2h"; I38 with its one exception: the agenda and one more, and no third."""

    async def moments(self, post: Post, *moments: datetime) -> None:
        """The planner and the delivery, at each of these times."""
        for post.now in moments:
            await plan(post.database, post.now, MUNICIPALITY)
            while await post.deliver():
                pass

    async def test_the_agenda_becomes_the_reflection_and_two_hours_after_it_is_offered_once(self, post: Post) -> None:
        leader, day = post.town.leader, [STARTS + timedelta(minutes=30 * step) for step in range(-3, 16)]
        before = await self.the_day_before(post)
        await self.moments(post, *day[:3])
        [agenda] = post.chat(leader)[before:]
        assert "Dagsorden for i dag" in agenda
        await self.moments(post, STARTS)
        [turned] = post.chat(leader)[before:]
        assert "Er I i gang?" in turned, "the message that stands there, and no new one"
        await self.moments(post, STARTS + timedelta(minutes=119))
        assert len(post.chat(leader)) == before + 1
        await self.moments(post, STARTS + timedelta(hours=2))
        assert ["Fælles refleksion" in each for each in post.chat(leader)[before:]] == [True, True]
        await post.plan(leader)
        await self.moments(post, *day[8:])
        assert len(post.chat(leader)) == before + 2, "no third that day, whatever else is due"

    async def test_what_is_typed_in_the_agenda_stays_and_the_reflection_is_offered_by_itself(self, post: Post) -> None:
        leader, before = post.town.leader, await self.the_day_before(post)
        await self.moments(post, STARTS - timedelta(minutes=85))
        [agenda] = post.chat(leader)[before:]
        post.now = STARTS
        await plan(post.database, post.now, MUNICIPALITY)
        [turning] = await post.database.read(
            lambda uow: uow.session.scalars(select(Prompt).where(prompt.prompt.c.replaces.is_not(None))).all()
        )
        # A form is opened in the agenda's message after it was planned, and before it is sent.
        place, opened = f"a:{leader.aad_object_id}", turning.replaces
        assert opened
        await post.database.write(lambda uow: message.set_card_aside(uow, leader, place, opened))
        await self.moments(post, STARTS, STARTS + timedelta(minutes=30))
        assert post.chat(leader)[before:] == [agenda]
        await self.moments(post, STARTS + timedelta(hours=2))
        assert ["Fælles refleksion" in each for each in post.chat(leader)[before:]] == [False, True]

    async def the_day_before(self, post: Post) -> int:
        """What came due meanwhile is said; returns how many messages there are."""
        await self.moments(post, STARTS - timedelta(days=1))
        return len(post.chat(post.town.leader))

    async def test_who_has_begun_to_write_hears_nothing_more_that_day(self, post: Post) -> None:
        before = await self.the_day_before(post)
        await self.moments(post, STARTS - timedelta(minutes=85), STARTS)
        mette = Someone(post.database, post.town.leader, now=STARTS + timedelta(minutes=50))
        await mette.presses(await mette.says("refleksion"), "Gem kladde", participants="management,staff")
        await post.meet(post.town.leader)
        await self.moments(post, STARTS + timedelta(hours=2), STARTS + timedelta(hours=5))
        assert len(post.chat(post.town.leader)) == before + 1

    async def test_it_comes_besides_another_reminder_of_the_day_and_not_besides_itself(self, post: Post) -> None:
        leader, before = post.town.leader, await self.the_day_before(post)
        post.now = STARTS - timedelta(minutes=85)
        await post.plan(leader)
        await post.deliver()
        await self.moments(post, STARTS, STARTS + timedelta(hours=2), STARTS + timedelta(hours=6))
        assert ["Fælles refleksion" in each for each in post.chat(leader)[before:]] == [False, True]

    async def test_a_pause_is_kept_on_that_day_too(self, post: Post) -> None:
        def pause(uow: UnitOfWork) -> None:
            uow.session.get_one(Person, post.town.leader.id).paused_until = (STARTS + timedelta(days=7)).date()

        await post.database.write(pause)
        await self.moments(post, STARTS - timedelta(minutes=85), STARTS, STARTS + timedelta(hours=2))
        assert post.chat(post.town.leader) == []

    async def test_the_leader_is_told_before_the_chief_also_when_the_tenth_day_is_a_holiday(self, post: Post) -> None:
        """ "the leader is told first": a dialogue on 23 June, whose tenth day lies in week 27."""
        held = datetime.fromisoformat("2026-06-23T07:00+00:00")

        def move(uow: UnitOfWork) -> None:
            uow.session.get_one(Dialogue, post.town.dialogue.id).starts_at = held

        await post.database.write(move)
        chief = Someone(post.database, post.town.chief, now=held + timedelta(days=16))
        assert "Mangler opsamling" not in words(await chief.says("min oversigt"))
        after = datetime.fromisoformat("2026-08-10T06:00+00:00")
        await self.moments(post, after)
        assert any("Jeg minder dig ikke om det flere gange" in each for each in post.chat(post.town.leader))
        chief.now = after + timedelta(days=3)
        assert "Mangler opsamling" not in words(await chief.says("min oversigt"))
        chief.now = after + timedelta(days=4)
        assert "Mangler opsamling" in words(await chief.says("min oversigt"))

    async def test_a_record_closes_three_days_after_its_notice_was_sent_and_not_while_nobody_hears(
        self, post: Post
    ) -> None:
        recorded = STARTS + timedelta(hours=3)

        def record(uow: UnitOfWork) -> None:
            found = uow.session.get_one(Dialogue, post.town.dialogue.id)
            found.state, found.recorded_at = DialogueState.RECORDED, recorded
            uow.session.get_one(Person, post.town.leader.id).paused_until = (recorded + timedelta(days=28)).date()

        async def state() -> DialogueState:
            found = await post.database.read(lambda uow: uow.session.get_one(Dialogue, post.town.dialogue.id))
            return found.state

        await post.database.write(record)
        await self.moments(post, recorded + timedelta(days=13), recorded + timedelta(days=20))
        assert (await state(), post.chat(post.town.leader)) == (DialogueState.RECORDED, [])
        told = recorded + timedelta(days=29)
        await self.moments(post, told, told + timedelta(days=2))
        assert any("afsluttes snart" in each for each in post.chat(post.town.leader))
        assert await state() is DialogueState.RECORDED
        await self.moments(post, told + timedelta(days=3, minutes=1))
        assert await state() is DialogueState.CLOSED
