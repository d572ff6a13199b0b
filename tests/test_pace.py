"""One limiter for all replicas: turns are taken in the database, whoever sends; and what all of them let rest."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from sqlalchemy import create_engine

from bot.messenger import TeamsMessenger
from cards.kit import Card
from domain.message import Address
from domain.prompt import PromptKind
from scheduler.delivery import Delivery
from scheduler.own_pace import USED, OwnPace
from scheduler.together import Together
from storage import pace
from storage.database import Database
from storage.errors import GivenUp
from storage.unit_of_work import UnitOfWork
from tests.soak.stage import opened
from tests.test_delivery import CARD, Post, crowd, post
from tests.town import NOW

pytestmark = pytest.mark.about_the_database

__all__ = ["post"]

RATE = 20


def busiest_second(times: Sequence[float]) -> int:
    return max(sum(start <= each < start + 1 for each in times) for start in times)


class Ticking:
    """A clock that goes, since turns are waited for."""

    def __init__(self, post: Post) -> None:
        self._began, self._start = time.monotonic(), post.now

    def __call__(self):  # type: ignore[no-untyped-def]
        return self._start + timedelta(seconds=time.monotonic() - self._began)


def worker(post: Post, clock: Ticking, owner: str, database: Database | None = None) -> Delivery:
    return Delivery(database or post.database, post.messenger, post.municipality, clock, rate=RATE, owner=owner)


async def until_done(*workers: Delivery) -> None:
    while any(await asyncio.gather(*(each.deliver_due() for each in workers))):
        pass


class Noting(TeamsMessenger):
    """Notes when each message went: on a machine that is busy the channel, too, is late to look."""

    went: list[float]

    async def send(self, address: Address, card: Card, summary: str, *, before: float | None = None) -> str:
        self.went.append(time.monotonic())
        return await super().send(address, card, summary, before=before)


@asynccontextmanager
async def replicas(post: Post, database_url: str, went: list[float], count: int = 2) -> AsyncIterator[list[Delivery]]:
    """So many workers that run on one database, each with a messenger of its own, and know of one another."""
    clock, made = Ticking(post), list[Delivery]()
    async with AsyncExitStack() as stack:
        for _ in range(count):
            database, messenger = Database(database_url), Noting(post.channel.tokens(), hosts=("127.0.0.1",))
            messenger.went = went
            for each in (database, messenger):
                await each.start()
                stack.push_async_callback(each.close)
            made.append(Delivery(database, messenger, post.municipality, clock, rate=RATE))
        running = [asyncio.create_task(each.run()) for each in made]
        while any(each.pace.part != RATE // count for each in made):
            await asyncio.sleep(0.02)
        try:
            yield made
        finally:
            for each in made:
                each.stop()
            await asyncio.gather(*running)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_replicas_together_never_pass_the_rate_whoever_stands_still(
    post: Post, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.heartbeat.BEAT", 0.2)
    monkeypatch.setattr("scheduler.heartbeat.KNOWN_FOR", 0.6)
    went: list[float] = []
    async with replicas(post, database_url, went) as both:
        people = await crowd(post, RATE)
        for each in both:
            each.wake()
        await post.channel.connector.until(lambda: len(post.channel.connector.messages) == len(people))
        assert busiest_second(went) <= RATE
        assert min(each.pace.messenger.calls for each in both) > 0
        # The turns of one are over when it wakes, and those of the other have come.
        late, soon = (each.pace for each in both)
        now = asyncio.get_running_loop().time()

        async def one(own: OwnPace, turn_at: float) -> None:
            await own.post(turn_at)
            went.append(time.monotonic())

        await asyncio.gather(
            *(one(late, now - number / late.steady) for number in range(RATE - 5)),
            *(one(soon, now + number / soon.steady) for number in range(RATE - 5)),
        )
    assert len(went) == len(people) + 2 * (RATE - 5)
    assert busiest_second(went) <= RATE


async def test_answers_do_not_wait_and_the_next_wave_waits_for_them(post: Post) -> None:
    people = await crowd(post, 10)
    clock = Ticking(post)
    delivery = worker(post, clock, "first")
    await delivery.deliver_due()
    answers = [post.messenger.send(post.address(people[0]), CARD, "x") for _ in range(2 * RATE)]
    began = time.monotonic()
    await asyncio.gather(*answers)
    for each in people:
        await post.plan(each, PromptKind.ASKED)
    await until_done(delivery)
    first = [each.at for each in post.channel.connector.calls][len(people) + 2 * RATE]
    assert first - began >= 1.9, "two seconds' worth of answers"


@pytest.mark.parametrize("why", ["no token", "not an address of Teams", "too late"])
async def test_posts_that_never_called_the_channel_hide_no_answers(
    post: Post, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    people = await crowd(post, 2 * RATE)
    delivery = worker(post, Ticking(post), "first")
    monkeypatch.setattr("bot.tokens.REST_AFTER_FAILURE", 0.0)
    with monkeypatch.context() as patch:
        patch.setattr("bot.messenger._wait", lambda *_: 0.0)
        match why:
            case "no token":
                post.channel.entra.error = "temporarily_unavailable"
            case "too late":
                patch.setattr("scheduler.posting.POSTED_WITHIN", -1.0)
            case _:
                patch.setattr(post.messenger, "_hosts", frozenset())
        assert await delivery.deliver_due() == len(people)
    assert not post.channel.connector.calls
    post.channel.entra.error = ""
    # What is remembered of the last second's posts is over, too.
    await asyncio.sleep(1.1)
    answers = [post.messenger.send(post.address(people[0]), CARD, "x") for _ in range(2 * RATE)]
    began = time.monotonic()
    await asyncio.gather(*answers)
    for each in people[:2]:
        await post.plan(each, PromptKind.ASKED)
    await until_done(delivery)
    first = [each.at for each in post.channel.connector.calls][2 * RATE]
    assert first - began >= 1.9, "two seconds' worth of answers"


async def test_answers_of_long_ago_hold_nobody_up(post: Post) -> None:
    people = await crowd(post, 2)
    clock = Ticking(post)
    delivery = worker(post, clock, "first")
    await delivery.deliver_due()
    post.messenger.calls += 10 * RATE
    await delivery.deliver_due()  # nothing is due, and what was counted is over
    for each in people:
        await post.plan(each, PromptKind.ASKED)
    began = time.monotonic()
    await until_done(delivery)
    assert [each.at for each in post.channel.connector.calls][len(people)] - began < 5


async def test_turns_follow_one_another_and_a_clock_that_was_wrong_holds_nobody_up(database: Database) -> None:
    def slots(count: int, now=NOW, **more: int):  # type: ignore[no-untyped-def]
        return database.write(lambda uow: pace.take_slots(uow, now, count, 10, **more))

    tenth = timedelta(seconds=0.1)
    assert await slots(2) == [NOW, NOW + tenth]
    assert await slots(1) == [NOW + 2 * tenth]
    assert await slots(1, besides=5) == [NOW + 8 * tenth]
    assert await slots(0, besides=5) == []
    assert await slots(1) == [NOW + 9 * tenth]
    later = NOW + timedelta(hours=1)
    assert await slots(1, later) == [later]
    assert await slots(1, NOW) == [NOW]


@pytest.mark.parametrize("replicas", [1, 5])
@pytest.mark.each_on_both
async def test_what_is_for_one_of_all_is_done_by_one(database: Database, replicas: int) -> None:
    def take(now=NOW):  # type: ignore[no-untyped-def]
        return database.write(lambda uow: pace.take_turn(uow, "x", now, now + timedelta(hours=1)))

    assert sum(await asyncio.gather(*(take() for _ in range(replicas)))) == 1
    assert not await take(NOW + timedelta(minutes=59))
    assert sum(await asyncio.gather(*(take(NOW + timedelta(hours=1)) for _ in range(replicas)))) == 1
    await database.write(lambda uow: pace.let_rest(uow, "x", NOW + timedelta(hours=9)))
    await database.write(lambda uow: pace.let_rest(uow, "x", NOW + timedelta(hours=3)))
    assert await database.read(lambda uow: pace.is_resting(uow, "x", NOW + timedelta(hours=8)))
    assert not await database.read(lambda uow: pace.is_resting(uow, "x", NOW + timedelta(hours=9)))
    assert not await database.read(lambda uow: pace.is_resting(uow, "y", NOW))


async def test_turns_that_come_at_once_keep_their_distance_and_no_second_gets_too_many(post: Post) -> None:
    own = OwnPace(post.messenger, RATE)
    clock = asyncio.get_running_loop().time
    began, gone = clock(), list[float]()

    async def one() -> None:
        await own.post(began)
        gone.append(clock() - began)

    await asyncio.gather(*(one() for _ in range(RATE + 2)))
    # Twice as fast as they would have come, and then what the channel takes in a second, and a little less.
    half = 0.5 / RATE
    assert all(at >= number * half for number, at in enumerate(gone[:RATE]))
    assert gone[RATE] >= 1 / USED
    assert gone[RATE + 1] >= 1 / USED + half


async def test_whoever_comes_late_is_remembered_by_when_it_went(post: Post) -> None:
    """The channel counts by when a post came: after a standstill none of the seconds that follow may get too many."""
    own, gone = OwnPace(post.messenger, RATE), list[float]()
    clock = asyncio.get_running_loop().time
    began = clock() + 0.05

    async def one(number: int) -> None:
        await own.post(began + number / own.steady)
        gone.append(clock())

    posting = [asyncio.create_task(one(number)) for number in range(2 * RATE + RATE // 2)]
    await asyncio.sleep(began + 0.5 - clock())
    time.sleep(0.4)  # noqa: ASYNC251  the process stands still
    await asyncio.gather(*posting)
    assert busiest_second(gone) <= RATE
    assert all(later - sooner >= 0.4 / RATE for sooner, later in pairwise(gone))


async def test_turns_that_were_missed_put_off_the_next_of_the_replica_that_missed_them(post: Post) -> None:
    own = OwnPace(post.messenger, RATE)
    clock, step = asyncio.get_running_loop().time, 1 / own.steady
    turns = own.turns([clock() - 1 + number * step for number in range(6)])
    for each in turns[:-1]:
        await own.post(each)
    [soon] = own.turns([clock()])
    assert turns[-1] + 15 * step <= soon <= clock() + 2 * step
    # Those that were planned before are as late, and have been counted; those that are planned now are not late.
    await own.post(turns[-1])
    [next_one] = own.turns([clock()])
    assert soon < next_one <= clock() + 3 * step
    await own.post(next_one)
    assert own.turns([clock()])[0] <= clock() + 2 * step
    assert own.besides() == 0


async def test_what_a_part_holds_back_is_planned_so_and_delays_nobody(post: Post) -> None:
    """Where the other replica comes late to take its turns, this one gets two rows of them that follow one another."""
    own = OwnPace(post.messenger, RATE, lambda: 2)
    step, half, now = 1 / own.steady, own.part, asyncio.get_running_loop().time()

    def row(number: int) -> list[float]:
        return [now + (number * half + each) * step for each in range(half)]

    assert own.turns(row(0)) == pytest.approx(row(0))
    assert own.turns(row(1)) == pytest.approx(row(2)), "not before the second is over"
    # The other one has row 2, and from here on they alternate: it stays as late, and gets no later.
    assert own.turns(row(3)) == pytest.approx(row(4))
    assert own.turns(row(5)) == pytest.approx(row(6))
    assert own.turns(row(8)) == pytest.approx(row(8)), "in its turn once there was room"
    assert own.besides() == 0


async def test_what_is_written_together_fails_alone(database: Database) -> None:
    books, until = Together(database, 0.01), NOW + timedelta(hours=1)

    def rests(name: str):  # type: ignore[no-untyped-def]
        return lambda uow: pace.let_rest(uow, name, until)

    def fails(uow: UnitOfWork) -> None:
        pace.let_rest(uow, "not this", until)
        raise ValueError

    outcomes = await asyncio.gather(
        books.write(rests("one")), books.write(fails), books.write(rests("other")), return_exceptions=True
    )
    assert [type(each) for each in outcomes] == [type(None), ValueError, type(None)]
    kept = [await database.read(partial(pace.is_resting, name=name, now=NOW)) for name in ("one", "other")]
    assert kept == [True, True]
    assert not await database.read(lambda uow: pace.is_resting(uow, "not this", NOW))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_row_that_another_has_locked_holds_up_none_of_what_is_written_together(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules["storage.postgresql"].SETTINGS, "lock_timeout", "50ms")
    until, engine = NOW + timedelta(hours=1), create_engine(database_url)
    async with opened(database_url) as database:
        books = Together(database, 0.01)
        await books.write(partial(pace.let_rest, name="held", until=NOW))
        with engine.connect() as another:
            another.exec_driver_sql("SELECT FROM rest WHERE name = 'held' FOR UPDATE")
            writing = [books.write(partial(pace.let_rest, name=name, until=until)) for name in ("one", "held", "other")]
            outcomes = await asyncio.gather(*writing, return_exceptions=True)
        assert [type(each) for each in outcomes] == [type(None), GivenUp, type(None)]
        kept = [await database.read(partial(pace.is_resting, name=name, now=NOW)) for name in ("one", "held", "other")]
        assert kept == [True, False, True]
    engine.dispose()


async def test_what_is_written_together_does_not_wait_where_something_else_is_written_now(database: Database) -> None:
    books = Together(database, 3600)
    writing = [
        asyncio.create_task(books.write(partial(pace.let_rest, name=name, until=NOW))) for name in ("one", "two")
    ]
    await asyncio.sleep(0)
    books.at_once()
    async with asyncio.timeout(30):
        await asyncio.gather(*writing)


async def test_what_is_asked_for_after_the_others_were_taken_waits_for_its_own_moment(database: Database) -> None:
    books = Together(database, 3600)
    taken = asyncio.create_task(books.write(partial(pace.let_rest, name="one", until=NOW)))
    await asyncio.sleep(0)
    later = asyncio.create_task(books.write(partial(pace.let_rest, name="two", until=NOW)))
    books.at_once()
    async with asyncio.timeout(30):
        await taken
        assert not later.done()
        books.at_once()
        await later
