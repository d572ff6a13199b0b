"""Cards on their way into chats, over real HTTP: what arrived, what surely did not, and what nobody can know."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.messenger import WITHIN, TeamsMessenger
from domain.message import Address
from scheduler.messenger import NotSent, Uncertain, Unreachable
from tests.channel import Channel
from tests.channel.activities import TENANT
from tests.channel.connector import GATEWAY, LOST, THROTTLED, Fault

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Læringssamtale på Åen"}]}
KNOWN_NOT_TO_HAVE_ARRIVED = [THROTTLED, Fault(412, "PreconditionFailed")]
MAY_HAVE_ARRIVED = [LOST, GATEWAY, Fault(504, is_kept=True), Fault(500, is_kept=True), Fault(408, is_kept=True)]


@pytest_asyncio.fixture
async def messenger(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TeamsMessenger]:
    """A messenger that waits no longer between attempts than the story needs."""
    monkeypatch.setattr("bot.messenger._wait", lambda *_: 0.0)
    messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1", "smba.trafficmanager.net"))
    await messenger.start()
    yield messenger
    await messenger.close()


@pytest.fixture
def address(channel: Channel) -> Address:
    return Address(
        service_url=channel.service_url,
        conversation_id="a:19/æøå;x=1",
        user_id="29:mette",
        bot_id="28:bot",
        tenant_id=TENANT,
    )


async def test_a_card_arrives_alone_with_its_summary_and_its_tenant(
    channel: Channel, messenger: TeamsMessenger, address: Address
) -> None:
    message_id = await messenger.send(address, CARD, "Forbered samtalen")
    message = channel.connector.messages[message_id]
    assert message.conversation_id == address.conversation_id
    assert message.card == CARD
    assert message.activity["summary"] == "Forbered samtalen"
    assert message.activity["conversation"]["tenantId"] == TENANT
    assert "text" not in message.activity


async def test_another_card_takes_its_place(channel: Channel, messenger: TeamsMessenger, address: Address) -> None:
    message_id = await messenger.send(address, CARD, "x")
    await messenger.update(address, message_id, {**CARD, "lang": "da"}, "Kvittering")
    (message,) = channel.connector.in_chat(address.conversation_id)
    assert message.card == {**CARD, "lang": "da"}


@pytest.mark.parametrize("fault", KNOWN_NOT_TO_HAVE_ARRIVED, ids=str)
async def test_what_surely_did_not_arrive_is_repeated(
    channel: Channel, messenger: TeamsMessenger, address: Address, fault: Fault
) -> None:
    channel.connector.next_faults.extend([fault, fault])
    await messenger.send(address, CARD, "x")
    assert [each.status for each in channel.connector.calls] == [fault.status, fault.status, 201]
    channel.connector.next_faults.extend([fault] * 3)
    with pytest.raises(NotSent) as not_sent:
        await messenger.send(address, CARD, "x")
    assert (not_sent.value.reason, not_sent.value.retry_after) == (fault.code, fault.retry_after)
    assert len(channel.connector.messages) == 1


async def test_a_long_wait_is_left_to_the_delivery(
    channel: Channel, messenger: TeamsMessenger, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    channel.connector.next_faults.append(Fault(429, "TooManyRequests", retry_after=WITHIN))
    with pytest.raises(NotSent) as not_sent:
        await messenger.send(address, CARD, "x")
    assert not_sent.value.retry_after == WITHIN
    assert len(channel.connector.calls) == 1


@pytest.mark.parametrize("fault", MAY_HAVE_ARRIVED, ids=str)
async def test_what_may_have_arrived_is_never_posted_again(
    channel: Channel, messenger: TeamsMessenger, address: Address, fault: Fault
) -> None:
    channel.connector.next_faults.append(fault)
    with pytest.raises(Uncertain):
        await messenger.send(address, CARD, "x")
    assert len(channel.connector.calls) == len(channel.connector.messages) == 1


@pytest.mark.parametrize("fault", MAY_HAVE_ARRIVED, ids=str)
async def test_a_replacement_may_always_be_repeated(
    channel: Channel, messenger: TeamsMessenger, address: Address, fault: Fault
) -> None:
    message_id = await messenger.send(address, CARD, "x")
    channel.connector.next_faults.extend([fault, fault])
    await messenger.update(address, message_id, CARD, "x")
    assert [each.method for each in channel.connector.calls] == ["POST", "PUT", "PUT", "PUT"]


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, "ConversationBlockedByUser"), (404, "ConversationNotFound"), (413, "MessageSizeTooBig"), (400, "")],
)
async def test_somebody_who_cannot_be_reached_is_told_by_the_channels_own_word(
    channel: Channel, messenger: TeamsMessenger, address: Address, status: int, code: str
) -> None:
    channel.connector.next_faults.append(Fault(status, code))
    with pytest.raises(Unreachable) as unreachable:
        await messenger.send(address, CARD, "x")
    assert unreachable.value.reason == (code or str(status))
    assert len(channel.connector.calls) == 1


async def test_a_token_that_is_refused_or_not_had_sends_nothing(
    channel: Channel, messenger: TeamsMessenger, address: Address
) -> None:
    channel.connector.next_faults.append(Fault(401, "Unauthorized"))
    with pytest.raises(NotSent, match="Unauthorized"):
        await messenger.send(address, CARD, "x")
    channel.entra.error = "invalid_client"
    other = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
    await other.start()
    with pytest.raises(NotSent, match="token: invalid_client"):
        await other.send(address, CARD, "x")
    await other.close()
    assert len(channel.connector.calls) == 1


async def test_a_closed_port_is_surely_not_sent(messenger: TeamsMessenger, address: Address) -> None:
    with pytest.raises(NotSent, match="connect"):
        await messenger.send(replace(address, service_url="http://127.0.0.1:9/"), CARD, "x")


@pytest.mark.parametrize(
    "answer",
    [{"status": 302, "headers": {"Location": "/elsewhere"}}, {"status": 400, "text": "<html>no"}],
    ids=["redirect", "no json"],
)
async def test_an_answer_that_leads_elsewhere_or_says_nothing_is_not_followed(
    messenger: TeamsMessenger, address: Address, answer: dict[str, Any]
) -> None:
    seen: list[str] = []

    async def odd(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.Response(**answer)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", odd)
    async with TestServer(app, host="127.0.0.1") as server:
        with pytest.raises(Unreachable, match=str(answer["status"])):
            await messenger.send(replace(address, service_url=str(server.make_url("/"))), CARD, "x")
    assert len(seen) == 1


async def test_a_message_without_an_id_may_have_arrived(messenger: TeamsMessenger, address: Address) -> None:
    async def no_id(_: web.Request) -> web.Response:
        return web.json_response({}, status=201)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", no_id)
    async with TestServer(app, host="127.0.0.1") as server:
        with pytest.raises(Uncertain):
            await messenger.send(replace(address, service_url=str(server.make_url("/"))), CARD, "x")


@pytest.mark.parametrize(
    "service_url",
    [
        "https://evil.example/",
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://user:word@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "http://localhost/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "",
    ],
)
async def test_a_service_url_that_is_not_allowed_opens_no_socket(
    channel: Channel,
    messenger: TeamsMessenger,
    address: Address,
    service_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("aiohttp.TCPConnector.connect", no_socket)
    with pytest.raises(Unreachable, match="ServiceUrlNotAllowed"):
        await messenger.send(replace(address, service_url=service_url), CARD, "x")
    assert channel.entra.asked == 0


async def test_a_wave_asks_for_one_token(channel: Channel, messenger: TeamsMessenger, address: Address) -> None:
    await asyncio.gather(*(messenger.send(address, CARD, "x") for _ in range(100)))
    assert len(channel.connector.messages) == 100
    assert channel.entra.asked == 1
