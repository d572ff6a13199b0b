"""The bot's own tokens: one for everybody, renewed in time, and never in a log."""

import asyncio
import logging
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
import requests

from bot.tokens import CHANNEL, GRAPH, RENEW_BEFORE, REST_AFTER_FAILURE, NoToken, Tokens, with_managed_identity
from tests.channel import Channel
from tests.channel.channel import SECRET
from tests.channel.entra import TOKEN


class Service:
    """A token service of a few lines: counts, and answers what the story says."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: Mapping[str, Any] | None = None
        self.now = 0.0

    def __call__(self, scope: str) -> Mapping[str, Any]:
        self.asked += 1
        return self.answer or {"access_token": f"token {self.asked}", "expires_in": 3600}

    def clock(self) -> float:
        return self.now


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def tokens(service: Service) -> Tokens:
    return Tokens(service, clock=service.clock)


async def header(tokens: Tokens, scope: str = CHANNEL) -> str:
    return (await tokens.header(scope))["Authorization"]


async def test_everybody_shares_one_token_for_each_scope(tokens: Tokens, service: Service) -> None:
    assert set(await asyncio.gather(*(header(tokens) for _ in range(50)))) == {"Bearer token 1"}
    assert await header(tokens, GRAPH) == "Bearer token 2"
    assert service.asked == 2


async def test_it_is_renewed_before_it_expires(tokens: Tokens, service: Service) -> None:
    await header(tokens)
    service.now = 3600 - RENEW_BEFORE - 1
    assert await header(tokens) == "Bearer token 1"
    service.now += 2
    assert await header(tokens) == "Bearer token 2"


async def test_an_hour_of_messages_asks_for_two_tokens_at_most(tokens: Tokens, service: Service) -> None:
    """Figure 12: "at most two token requests an hour"; of a token that lasts an hour, as Entra's shortest do."""
    hours = []
    for hour in range(6):
        asked = service.asked
        for second in range(0, 3600, 20):
            service.now = 3600.0 * hour + second
            await asyncio.gather(*(header(tokens) for _ in range(5)))
        hours.append(service.asked - asked)
    assert max(hours) <= 2, hours
    assert sum(hours) > 1


async def test_a_late_refusal_of_the_old_token_leaves_the_new_one_alone(tokens: Tokens, service: Service) -> None:
    first = await tokens.header(CHANNEL)
    tokens.forget(CHANNEL, first)
    assert await header(tokens) == "Bearer token 2"
    tokens.forget(CHANNEL, first)
    assert await header(tokens) == "Bearer token 2"
    assert service.asked == 2


async def test_an_old_token_is_given_out_while_no_new_one_can_be_had(tokens: Tokens, service: Service) -> None:
    await header(tokens)
    service.answer = {"error": "temporarily_unavailable"}
    service.now = 3500
    assert await header(tokens) == "Bearer token 1"
    service.now = 3601
    with pytest.raises(NoToken, match="temporarily_unavailable"):
        await header(tokens)


async def test_a_service_that_is_down_is_left_alone_for_some_seconds(tokens: Tokens, service: Service) -> None:
    service.answer = {"error": "server_error"}
    for _ in range(20):
        with pytest.raises(NoToken, match="server_error"):
            await header(tokens)
    assert service.asked == 1
    service.answer, service.now = None, REST_AFTER_FAILURE + 1
    assert await header(tokens) == "Bearer token 2"


async def test_a_service_that_hangs_holds_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.tokens.FETCH_WITHIN", 0.05)
    free = threading.Event()

    def hangs(_: str) -> Mapping[str, Any]:
        free.wait(10)
        return {}

    with pytest.raises(NoToken, match="timeout"):
        await header(Tokens(hangs))
    free.set()


async def test_a_service_that_hangs_costs_one_thread_and_what_it_says_at_last_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.tokens.FETCH_WITHIN", 0.02)
    monkeypatch.setattr("bot.tokens.REST_AFTER_FAILURE", 0.0)
    service, free = Service(), threading.Event()

    def hangs(scope: str) -> Mapping[str, Any]:
        answer = service(scope)
        free.wait(10)
        return answer

    tokens, before = Tokens(hangs), threading.active_count()
    for _ in range(20):
        with pytest.raises(NoToken, match="timeout"):
            await header(tokens)
    assert (service.asked, threading.active_count() - before) == (1, 1)
    assert tokens.failed == {"timeout": 20}
    async with asyncio.timeout(5):
        assert await asyncio.to_thread(lambda: "others have their threads") == "others have their threads"
        free.set()
        await until_had(tokens)
    assert (await header(tokens), service.asked) == ("Bearer token 1", 1)


async def until_had(tokens: Tokens) -> None:
    while True:
        with suppress(NoToken):
            await header(tokens)
            return
        await asyncio.sleep(0.01)


async def test_while_the_old_token_is_good_nobody_waits_for_a_service_that_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.tokens.RENEW_WITHIN", 0.02)
    service, free = Service(), threading.Event()
    free.set()

    def hangs(scope: str) -> Mapping[str, Any]:
        free.wait(10)
        return service(scope)

    tokens = Tokens(hangs, clock=service.clock)
    await header(tokens)
    free.clear()
    service.now = 3400
    async with asyncio.timeout(5):
        assert set(await asyncio.gather(*(header(tokens) for _ in range(50)))) == {"Bearer token 1"}
    free.set()
    service.now += REST_AFTER_FAILURE + 1
    await asyncio.sleep(0.05)
    assert await header(tokens) == "Bearer token 2"


async def test_a_secret_gets_a_token_by_msal(channel: Channel) -> None:
    tokens = channel.tokens()
    assert await header(tokens) == f"Bearer {TOKEN}"
    assert await header(tokens) == f"Bearer {TOKEN}"
    assert channel.entra.scopes == [CHANNEL]


async def test_a_managed_identity_asks_the_machine_for_the_resource() -> None:
    asked: list[dict[str, Any]] = []

    class Machine:
        def get(self, url: str, params: dict[str, Any], **_: Any) -> requests.Response:
            asked.append(params)
            response = requests.Response()
            response.status_code = 200
            response._content = b'{"access_token": "of the machine", "expires_in": "3600", "resource": "x"}'
            return response

    tokens = Tokens(with_managed_identity("6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11", http_client=Machine()))
    assert await header(tokens) == "Bearer of the machine"
    assert asked[0]["resource"] == "https://api.botframework.com"
    assert asked[0]["client_id"] == "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11"


async def test_neither_secret_nor_token_is_told(channel: Channel, caplog: pytest.LogCaptureFixture) -> None:
    tokens = channel.tokens()
    with caplog.at_level(logging.DEBUG):
        await header(tokens)
        channel.entra.error = "invalid_client"
        with pytest.raises(NoToken) as no_token:
            await header(channel.tokens())
    for canary in (SECRET, TOKEN):
        assert canary not in caplog.text + repr(vars(tokens)) + repr(no_token.value)
