"""The channel's signing keys: fetched when needed, never more, and kept through every fault."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.keys import DAY, FIVE_MINUTES, HALF_A_MINUTE, MOST_WAITING, SigningKeys
from tests.channel.openid import OpenId, Signer

OLD, NEW = Signer("old"), Signer("new")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest_asyncio.fixture
async def openid() -> AsyncIterator[OpenId]:
    async with OpenId([OLD]).serving() as openid:
        yield openid


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def keys(openid: OpenId, clock: Clock) -> AsyncIterator[SigningKeys]:
    keys = SigningKeys(openid.url, clock=clock, timeout=2)
    await keys.start()
    yield keys
    await keys.close()


async def test_a_known_key_is_found_with_its_endorsements_and_without_another_fetch(
    keys: SigningKeys, openid: OpenId
) -> None:
    for _ in range(100):
        key = await keys.find("old")
    assert key is not None
    assert key.public.public_numbers() == OLD.private.public_key().public_numbers()
    assert key.endorsements == {"msteams", "webchat"}
    assert openid.reads == 1
    assert keys.problem() is None


async def test_a_new_key_is_found_with_its_first_token_and_the_withdrawn_one_is_gone(
    keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    before = await keys.find("old")
    assert before is not None
    assert keys.has(before)
    openid.signers = [NEW]
    clock.now += FIVE_MINUTES
    assert await keys.find("new") is not None
    assert not keys.has(before)
    assert await keys.find("old") is None
    assert openid.reads == 2


async def test_a_flood_of_unknown_keys_costs_two_fetches_in_five_minutes(
    keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    clock.now += FIVE_MINUTES
    fetched_after = []
    for second in range(12 * 60):
        before = openid.reads
        assert not any(await asyncio.gather(*(keys.find(f"made-up-{number}") for number in range(5))))
        if openid.reads > before:
            fetched_after.append(second)
        clock.now += 1
    assert fetched_after == [0, 30, 330, 360, 660, 690]


@pytest.mark.parametrize(
    ("changed_after", "at_most"), [(0, HALF_A_MINUTE), (29, HALF_A_MINUTE), (31, FIVE_MINUTES), (200, FIVE_MINUTES)]
)
async def test_a_change_of_keys_under_a_flood_is_noticed_in_half_a_minute_and_at_worst_in_five(
    changed_after: int, at_most: float, keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    clock.now += FIVE_MINUTES
    for second in range(12 * 60):
        if second == changed_after + 1:
            openid.signers = [NEW]
        await asyncio.gather(*(keys.find(f"made-up-{number}") for number in range(5)))
        if second > changed_after and await keys.find("new"):
            break
        clock.now += 1
    assert second - changed_after <= at_most
    assert await keys.find("old") is None


async def test_while_a_fetch_hangs_known_keys_are_served_and_few_wait(
    keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    openid.hold = asyncio.Event()
    clock.now += FIVE_MINUTES
    waiting = [asyncio.create_task(keys.find(f"made-up-{number}")) for number in range(MOST_WAITING * 2)]
    await openid.has_been_read(2)
    assert await keys.find("old") is not None
    assert sum(not task.done() for task in waiting) == MOST_WAITING
    openid.hold.set()
    assert not any(await asyncio.gather(*waiting))
    assert openid.reads == 2


async def test_one_who_hangs_up_does_not_stop_the_fetch_of_the_others(
    keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    openid.hold, openid.signers = asyncio.Event(), [OLD, NEW]
    clock.now += FIVE_MINUTES
    first, second = (asyncio.create_task(keys.find("new")) for _ in range(2))
    await openid.has_been_read(2)
    first.cancel()
    openid.hold.set()
    assert await second is not None


FAULTS: list[dict[str, Any]] = [
    {"status": 503},
    {"status": 302},
    {"document": b"<html>maintenance</html>"},
    {"document": b"[]"},
    {"document": b"[" * 100_000},
    {"document": b"{}"},
    {"document": b" " * (2 * 1024 * 1024)},
    {"document": b"\xff\xfe"},
    {"keys_url": "http://keys.example/keys"},
    {"keys_url": "file:///etc/passwd"},
    {"keys_url": 7},
    {"keys": []},
    {"keys": {}},
    {"keys": [None, 1, "key", {}]},
    {"keys": [{"kty": "oct", "kid": "old", "k": "c2VjcmV0"}]},
    {"keys": [{"kty": "RSA", "kid": "old", "n": "!", "e": "AQAB"}]},
    {"keys": [{"kty": "RSA", "kid": "", "n": "AQAB", "e": "AQAB"}]},
    {"keys": [Signer("weak", size=1024).published()]},
    {"keys": [{**Signer("encrypts").published(), "use": "enc"}]},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(fault))
async def test_old_keys_serve_through_every_fault_of_a_refetch(
    fault: dict[str, Any], keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    for name, value in fault.items():
        setattr(openid, name, value)
    clock.now += FIVE_MINUTES
    assert await keys.find("new") is None
    assert await keys.find("old") is not None
    assert openid.reads == 2


async def test_one_bad_key_does_not_cost_the_others(keys: SigningKeys, openid: OpenId) -> None:
    openid.keys = [{"kty": "RSA"}, None, {**NEW.published(), "endorsements": "msteams"}, OLD.published()]
    await keys.refresh()
    new = await keys.find("new")
    assert new is not None
    assert new.endorsements == frozenset()
    assert await keys.find("old") is not None


async def test_a_start_without_the_channel_tells_so_and_recovers_by_itself(openid: OpenId) -> None:
    openid.status = 503
    keys = SigningKeys(openid.url, pause=0.01)
    await keys.start()
    assert "nobody can be let in" in (keys.problem() or "")
    openid.status = 200
    await openid.has_been_read(2)
    await keys.refresh()
    assert keys.problem() is None
    await keys.close()


async def test_the_keys_are_renewed_without_being_asked_for(openid: OpenId) -> None:
    keys = SigningKeys(openid.url, fresh_for=0.01)
    await keys.start()
    openid.signers = [NEW]
    await openid.has_been_read(4)
    assert await keys.find("new") is not None
    await keys.close()


async def test_keys_that_could_not_be_renewed_for_two_days_are_reported(keys: SigningKeys, clock: Clock) -> None:
    clock.now += 2 * DAY + 1
    assert "could not be renewed" in (keys.problem() or "")


async def test_nobody_is_kept_waiting_by_a_channel_that_never_answers(openid: OpenId) -> None:
    openid.hold = asyncio.Event()
    keys = SigningKeys(openid.url, timeout=0.05)
    await keys.start()
    assert await keys.find("old") is None
    openid.hold.set()
    await keys.close()


async def test_closing_in_the_middle_of_a_fetch_leaves_nothing_behind(
    keys: SigningKeys, openid: OpenId, clock: Clock
) -> None:
    openid.hold = asyncio.Event()
    clock.now += FIVE_MINUTES
    waiting = asyncio.create_task(keys.find("new"))
    await openid.has_been_read(2)
    await keys.close()
    with contextlib.suppress(asyncio.CancelledError):
        assert await waiting is None
    assert await keys.find("new") is None
    openid.hold.set()
