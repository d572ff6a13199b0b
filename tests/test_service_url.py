"""A service URL leads the bot's token nowhere else: not by its form, not by a redirect, not by a proxy."""

import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.keys import SigningKeys
from bot.messenger import TeamsMessenger
from bot.service_url import is_allowed
from bot.settings import TEAMS_SERVICE_HOSTS
from bot.tokens import CHANNEL, NoToken, Tokens, with_managed_identity
from domain.message import Address
from scheduler.messenger import Unreachable
from tests.bot import running_bot
from tests.channel import Channel
from tests.channel.activities import APP, TENANT
from tests.sockets import watched
from tests.town import Town

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
OURS = "smba.trafficmanager.net"
HOSTILE = {
    "plain http": f"http://{OURS}/emea/",
    "another scheme": f"ftp://{OURS}/emea/",
    "a file": "file:///etc/passwd",
    "data": "data:text/plain,x",
    "no scheme": f"//{OURS}/",
    "one slash": f"https:/{OURS}/",
    "no slash": f"https:{OURS}/",
    "three slashes": f"https:///{OURS}/",
    "empty": "",
    "no host": "https://",
    "another host": "https://evil.example/",
    "a host below ours": f"https://evil.{OURS}/",
    "a host beside ours": "https://evil.trafficmanager.net/",
    "ours as a prefix": f"https://{OURS}.evil.example/",
    "ours as a suffix": f"https://evil{OURS}/",
    "ours as the user": f"https://{OURS}@evil.example/",
    "ours as user and word": f"https://{OURS}:443@evil.example/",
    "a user before ours": f"https://user:word@{OURS}/",
    "an empty user": f"https://@{OURS}/",
    "two at signs": f"https://evil.example@{OURS}@evil.example/",
    "an encoded at sign": f"https://evil.example%40{OURS}/",
    "backslash and at": f"https://evil.example\\@{OURS}/",
    "backslashes": f"https:\\\\{OURS}\\emea",
    "fragment and at": f"https://evil.example#@{OURS}/",
    "question mark and at": f"https://evil.example?@{OURS}/",
    "a query": f"https://{OURS}/emea/?next=https://evil.example",
    "a fragment": f"https://{OURS}/emea/#x",
    "another port": f"https://{OURS}:8443/",
    "port 0": f"https://{OURS}:0/",
    "port without digits": f"https://{OURS}:/",
    "port beyond all": f"https://{OURS}:99999/",
    "port of letters": f"https://{OURS}:https/",
    "port in Arabic digits": f"https://{OURS}:\u0664\u0664\u0663/",
    "port with a sign": f"https://{OURS}:+443/",
    "port 443 with noughts": f"https://{OURS}:00443/",
    "a trailing dot": f"https://{OURS}./emea/",
    "a doubled dot": "https://smba..trafficmanager.net/",
    "full-width letters": "https://\uff53mba.trafficmanager.net/",
    "ideographic dots": "https://smba\u3002trafficmanager\u3002net/",
    "a Cyrillic letter": "https://smb\u0430.trafficmanager.net/",
    "punycode": "https://xn--smb-8cd.trafficmanager.net/",
    "a soft hyphen": "https://smba\u00ad.trafficmanager.net/",
    "a fraction slash": f"https:/\u2044{OURS}/",
    "percent in the host": "https://smba%2etrafficmanager.net/",
    "a blank before": f" https://{OURS}/",
    "a blank after": f"https://{OURS}/ ",
    "a line break after": f"https://{OURS}/\n",
    "a line break within": "https://smba.traffic\nmanager.net/",
    "a tab within": "https://smba.traffic\tmanager.net/",
    "a header in the path": f"https://{OURS}/\r\nX-Evil: 1",
    "NUL": f"https://{OURS}\x00.evil.example/",
    "an encoded path": f"https://{OURS}/%2e%2e/",
    "loopback": "http://127.0.0.1/",
    "loopback over https": "https://127.0.0.1/",
    "localhost": "https://localhost:8080/",
    "the rest of loopback": "https://127.8.8.8/",
    "loopback in decimal": "https://2130706433/",
    "loopback in hex": "https://0x7f000001/",
    "loopback in octal": "https://0177.0.0.1/",
    "short loopback": "https://127.1/",
    "nothing but nought": "https://0/",
    "all addresses": "https://0.0.0.0/",
    "the machine's own metadata": "http://169.254.169.254/latest/meta-data/",
    "its metadata by name": "http://metadata.google.internal/",
    "a private address": "https://10.0.0.4/",
    "IPv6 loopback": "https://[::1]/",
    "IPv6 of an IPv4": "https://[::ffff:169.254.169.254]/",
    "IPv6 with a zone": "https://[fe80::1%25eth0]/",
    "IPv6 left open": "https://[::1/",
    "IPv6 around ours": f"https://[{OURS}]/",
    "IPv6 of the future": "https://[v1.x]/",
    "very long": f"https://{OURS}/" + "a" * 2_000 + "?",
}


class Unasked:
    """A source of tokens that must not be asked: the address is judged before anything else."""

    async def header(self, scope: str) -> dict[str, str]:
        raise AssertionError("a token was asked for")

    def forget(self, scope: str, header: Mapping[str, str]) -> None:
        raise AssertionError("a token was sent")


def address_of(url: str) -> Address:
    return Address(service_url=url, conversation_id="a:1", user_id="29:x", bot_id="28:x", tenant_id=TENANT)


@pytest_asyncio.fixture
async def careful() -> AsyncIterator[TeamsMessenger]:
    messenger = TeamsMessenger(Unasked(), hosts=TEAMS_SERVICE_HOSTS)
    await messenger.start()
    yield messenger
    await messenger.close()


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_socket_is_opened_for_an_address_that_is_not_teams_own(name: str, careful: TeamsMessenger) -> None:
    address = address_of(HOSTILE[name])
    with watched() as called:
        for calling in (
            careful.send(address, CARD, "x"),
            careful.say(address, "x"),
            careful.update(address, "1", CARD, "x"),
            careful.members(address),
        ):
            with pytest.raises(Unreachable, match="ServiceUrlNotAllowed"):
                await calling
    assert called == []


@pytest.mark.parametrize("url", [f"https://{OURS}", f"https://{OURS}/emea/", f"https://{OURS.upper()}:443/teams/"])
def test_two_readers_of_an_address_that_is_allowed_find_the_same_host(url: str) -> None:
    assert is_allowed(url, TEAMS_SERVICE_HOSTS, local=False)
    assert URL(url).host == OURS


async def test_the_watch_on_sockets_sees_what_is_called() -> None:
    with watched() as called:
        async with aiohttp.ClientSession() as session:
            for each in ("http://127.0.0.1:9/", "http://nowhere.invalid/"):
                with pytest.raises(aiohttp.ClientError):
                    await session.get(each)
        with socket.socket() as direct:
            direct.connect_ex(("127.0.0.1", 9))
    assert called == ["127.0.0.1:9", "nowhere.invalid", "127.0.0.1:9"]


async def test_the_whole_bot_calls_nobody_for_a_hostile_address(database_url: str, channel: Channel) -> None:
    async with running_bot(database_url, channel):
        leader = channel.persona(Town().leader)
        with watched() as called:
            for url in filter(None, HOSTILE.values()):
                if url in (HOSTILE["loopback"], HOSTILE["loopback over https"]):
                    continue  # The channel of the stories lives there, so that this bot is told to allow it.
                status, _ = await channel.posts(leader.activity(serviceUrl=url), channel.signer.mint(serviceurl=url))
                assert status in (400, 403), url
        assert {each.rpartition(":")[0] for each in called} <= {"127.0.0.1"}
        assert channel.connector.calls == []


@asynccontextmanager
async def elsewhere(answer: dict[str, Any]) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A place that answers everything alike and keeps what it was asked."""
    seen: list[web.Request] = []

    async def take(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(**answer)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/")), seen


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_takes_the_token_along(status: int, channel: Channel) -> None:
    messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    async with (
        elsewhere({}) as (target, stolen),
        elsewhere({"status": status, "headers": {"Location": target}}) as (
            url,
            seen,
        ),
    ):
        for calling in (
            messenger.send(address_of(url), CARD, "x"),
            messenger.update(address_of(url), "1", CARD, "x"),
            messenger.members(address_of(url)),
        ):
            with pytest.raises(Unreachable, match=str(status)):
                await calling
        keys = SigningKeys(url)
        await keys.start()
        assert keys.problem()
        await keys.close()
    await messenger.close()
    assert len(seen) == 4
    assert stolen == []


async def test_no_proxy_of_the_environment_sees_the_token(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    async with elsewhere({}) as (proxy, stolen):
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy)
            monkeypatch.setenv(name.lower(), proxy)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
        await messenger.start()
        assert await messenger.send(address_of(channel.service_url), CARD, "x")
        await messenger.close()
        keys = SigningKeys(channel.openid.url)
        await keys.start()
        assert keys.problem() is None
        await keys.close()
    assert stolen == []


async def test_the_machines_own_secret_goes_to_no_proxy_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        elsewhere({}) as (other, stolen),
        elsewhere({"status": 307, "headers": {"Location": other}}) as (url, seen),
    ):
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, other)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        # As App Service tells a program of its own identity.
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{url}msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "the secret of the machine")
        with pytest.raises(NoToken):
            await Tokens(with_managed_identity(APP)).header(CHANNEL)
    assert [each.headers["X-IDENTITY-HEADER"] for each in seen] == ["the secret of the machine"]
    assert stolen == []
