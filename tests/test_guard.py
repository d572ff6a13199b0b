"""The front door, over real HTTP: who gets in, and what each of the others is told."""

import asyncio
import json
import logging
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from typing import Any

import jwt
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from cryptography.hazmat.primitives import serialization
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.guard import LARGEST_BODY, MOST_VERIFIED, Admitted, Guard, Reason, Refused
from bot.keys import FIVE_MINUTES, HALF_A_MINUTE, SigningKeys
from bot.settings import TEAMS_SERVICE_HOSTS
from tests.channel.activities import APP, NOT_GIVEN, PERSON, SERVICE_URL, TENANT, activity, press
from tests.channel.openid import ISSUER, OpenId, Signer, claims_with, unsigned

OURS, ELSEWHERE, STRANGER = Signer("ours"), Signer("elsewhere", endorsements=["webchat"]), Signer("stranger")
BARE = Signer("bare", endorsements=[])
OTHER_TENANT = "5d9a3a36-0a53-4e6b-9c68-5c4ab7a6f001"
JSON = {"Content-Type": "application/json; charset=utf-8"}
HOUR = 3600


class Door:
    """A guard behind a real server; `knock` posts and says the status and why."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.last: Admitted | Refused | None = None
        self.client: TestClient[web.Request, web.Application]

    async def answer(self, request: web.Request) -> web.Response:
        self.last = None
        self.last = await self.guard.admit(request)
        status = self.last.status if isinstance(self.last, Refused) else 200
        return web.json_response({}, status=status)

    async def knock(
        self, token: str | None = None, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        given = dict(JSON)
        if token is not None:
            given["Authorization"] = f"Bearer {token}"
        data = body if isinstance(body, bytes) else json.dumps(activity() if body is None else body).encode()
        async with self.client.post("/api/messages", data=data, headers={**given, **(headers or {})}) as answer:
            why = self.last.reason.value if isinstance(self.last, Refused) else ""
            return answer.status, why


async def open_door(guard: Guard) -> AsyncIterator[Door]:
    door = Door(guard)
    app = web.Application()
    app.router.add_route("*", "/api/messages", door.answer)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        door.client = client
        yield door


@pytest_asyncio.fixture
async def openid() -> AsyncIterator[OpenId]:
    async with OpenId([OURS, ELSEWHERE, BARE]).serving() as openid:
        yield openid


@pytest_asyncio.fixture
async def keys(openid: OpenId) -> AsyncIterator[SigningKeys]:
    keys = SigningKeys(openid.url)
    await keys.start()
    yield keys
    await keys.close()


@pytest_asyncio.fixture
async def door(keys: SigningKeys) -> AsyncIterator[Door]:
    guard = Guard(app_id=APP, tenant_id=TENANT, service_hosts=TEAMS_SERVICE_HOSTS, keys=keys)
    async for door in open_door(guard):
        yield door


@pytest_asyncio.fixture
async def local() -> AsyncIterator[Door]:
    async for door in open_door(Guard.local()):
        yield door


def now() -> int:
    return int(time.time())


def confused() -> str:
    """The old trick: the public key's own text as the secret of a symmetric signature."""
    head = urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "ours"}).encode()).rstrip(b"=").decode()
    claims = urlsafe_b64encode(json.dumps(claims_with()).encode()).rstrip(b"=").decode()
    pem = OURS.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(f"{head}.{claims}".encode(), pem)
    return f"{head}.{claims}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def altered(**claims: Any) -> str:
    """A good token with other claims under the good signature."""
    head, _, signature = OURS.mint().split(".")
    body = urlsafe_b64encode(json.dumps(claims_with(**claims)).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


RS = {"alg": "RS256", "kid": "ours", "typ": "JWT"}

FORGED: dict[str, tuple[Callable[[], str], int, Reason]] = {
    "empty": (lambda: "", 401, Reason.NO_TOKEN),
    "garbage": (lambda: "garbage", 401, Reason.NO_TOKEN),
    "two parts": (lambda: OURS.mint().rpartition(".")[0], 401, Reason.NO_TOKEN),
    "four parts": (lambda: OURS.mint() + ".AAAA", 401, Reason.NO_TOKEN),
    "five parts, encrypted": (lambda: "a.b.c.d.e", 401, Reason.NO_TOKEN),
    "no signature": (lambda: OURS.mint().rpartition(".")[0] + ".", 401, Reason.NO_TOKEN),
    "ordinary base64": (lambda: "a+b.c/d.e=", 401, Reason.NO_TOKEN),
    "blank inside": (lambda: OURS.mint().replace(".", ". ", 1), 401, Reason.NO_TOKEN),
    "not JSON": (lambda: unsigned(b"{", b"{"), 401, Reason.TOKEN),
    "not UTF-8": (lambda: unsigned(b"\xff\xfe", b"\xff"), 401, Reason.TOKEN),
    "no objects": (lambda: unsigned([], 7), 401, Reason.TOKEN),
    "null claims": (lambda: unsigned(RS, None), 401, Reason.TOKEN),
    "deeply nested claims": (lambda: unsigned(RS, b"[" * 2500), 401, Reason.TOKEN),
    "impossible base64": (lambda: "a.a.a", 401, Reason.TOKEN),
    "alg none": (lambda: unsigned({"alg": "none", "kid": "ours"}, claims_with()), 401, Reason.TOKEN),
    "alg None, spelt oddly": (
        lambda: unsigned({"alg": "nOnE", "kid": "ours"}, claims_with()),
        401,
        Reason.TOKEN,
    ),
    "alg HS256 by the public key": (confused, 401, Reason.TOKEN),
    "alg RS384": (lambda: OURS.mint(alg="RS384"), 401, Reason.TOKEN),
    "alg RS512": (lambda: OURS.mint(alg="RS512"), 401, Reason.TOKEN),
    "alg PS256": (lambda: OURS.mint(alg="PS256"), 401, Reason.TOKEN),
    "alg a list": (lambda: unsigned({**RS, "alg": ["RS256"]}, claims_with()), 401, Reason.TOKEN),
    "no alg": (lambda: unsigned({"kid": "ours"}, claims_with()), 401, Reason.TOKEN),
    "no kid": (lambda: unsigned({"alg": "RS256"}, claims_with()), 401, Reason.TOKEN),
    "empty kid": (lambda: unsigned({**RS, "kid": ""}, claims_with()), 401, Reason.TOKEN),
    "kid a number": (lambda: unsigned({**RS, "kid": 1}, claims_with()), 401, Reason.TOKEN),
    "kid an object": (lambda: unsigned({**RS, "kid": {}}, claims_with()), 401, Reason.TOKEN),
    "kid endless": (lambda: unsigned({**RS, "kid": "k" * 300}, claims_with()), 401, Reason.TOKEN),
    "issuer missing": (lambda: OURS.mint(iss=NOT_GIVEN), 401, Reason.TOKEN),
    "issuer the emulator's v1": (
        lambda: OURS.mint(iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
        401,
        Reason.TOKEN,
    ),
    "issuer the emulator's v2": (
        lambda: OURS.mint(iss="https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0"),
        401,
        Reason.TOKEN,
    ),
    "issuer our own tenant, as a skill's": (
        lambda: OURS.mint(iss=f"https://login.microsoftonline.com/{TENANT}/v2.0", ver="2.0", azp=APP),
        401,
        Reason.TOKEN,
    ),
    "issuer with a slash more": (lambda: OURS.mint(iss=f"{ISSUER}/"), 401, Reason.TOKEN),
    "issuer in capitals": (lambda: OURS.mint(iss=ISSUER.upper()), 401, Reason.TOKEN),
    "issuer among others": (
        lambda: unsigned(RS, claims_with(iss=[ISSUER])),
        401,
        Reason.TOKEN,
    ),
    "issuer the government's": (
        lambda: OURS.mint(iss="https://api.botframework.us"),
        401,
        Reason.TOKEN,
    ),
    "audience missing": (lambda: OURS.mint(aud=NOT_GIVEN), 401, Reason.TOKEN),
    "audience empty": (lambda: OURS.mint(aud=""), 401, Reason.TOKEN),
    "audience another bot": (lambda: OURS.mint(aud=OTHER_TENANT), 401, Reason.TOKEN),
    "audience a list with ours": (lambda: OURS.mint(aud=[OTHER_TENANT, APP]), 401, Reason.TOKEN),
    "audience the tenant": (lambda: OURS.mint(aud=TENANT), 401, Reason.TOKEN),
    "expiry missing": (lambda: OURS.mint(exp=NOT_GIVEN), 401, Reason.TOKEN),
    "expired an hour ago": (lambda: OURS.mint(exp=now() - HOUR), 401, Reason.TOKEN),
    "expired beyond the tolerance": (lambda: OURS.mint(exp=now() - 301), 401, Reason.TOKEN),
    "expiry a text": (lambda: unsigned(RS, claims_with(exp=str(now() + HOUR))), 401, Reason.TOKEN),
    "expiry true": (lambda: unsigned(RS, claims_with(exp=True)), 401, Reason.TOKEN),
    "expiry null": (lambda: unsigned(RS, claims_with(exp=None)), 401, Reason.TOKEN),
    "expiry infinite": (lambda: unsigned(RS, b'{"exp":Infinity}'), 401, Reason.TOKEN),
    "expiry beyond floats": (lambda: unsigned(RS, b'{"exp":1e999}'), 401, Reason.TOKEN),
    "expiry of 5000 digits": (lambda: unsigned(RS, b'{"exp":' + b"9" * 5000 + b"}"), 401, Reason.TOKEN),
    "not yet valid": (lambda: OURS.mint(nbf=now() + HOUR), 401, Reason.TOKEN),
    "issued tomorrow": (lambda: OURS.mint(iat=now() + 24 * HOUR), 401, Reason.SIGNATURE),
    "unknown key": (lambda: STRANGER.mint(), 401, Reason.KEY),
    "a stranger's key under our key's name": (lambda: STRANGER.mint(kid="ours"), 401, Reason.SIGNATURE),
    "key endorsed for another channel": (lambda: ELSEWHERE.mint(), 401, Reason.ENDORSEMENT),
    "key endorsed for nothing": (lambda: BARE.mint(), 401, Reason.ENDORSEMENT),
    "another channel's key under our key's name": (lambda: ELSEWHERE.mint(kid="ours"), 401, Reason.SIGNATURE),
    "claims altered after signing": (lambda: altered(jti="x"), 401, Reason.SIGNATURE),
    "signature of zeros": (lambda: OURS.mint().rpartition(".")[0] + "." + "A" * 342, 401, Reason.SIGNATURE),
    "signature cut short": (lambda: OURS.mint()[:-8], 401, Reason.SIGNATURE),
    "header with its own key": (
        lambda: STRANGER.mint(kid="ours", headers={"jwk": STRANGER.published()}),
        401,
        Reason.SIGNATURE,
    ),
    "header that points to its own keys": (
        lambda: STRANGER.mint(headers={"jku": "https://keys.example/keys"}),
        401,
        Reason.KEY,
    ),
    "header with an unknown must-know": (
        lambda: OURS.mint(headers={"crit": ["b65"], "b65": True}),
        401,
        Reason.SIGNATURE,
    ),
    "no service URL claim": (lambda: OURS.mint(serviceurl=NOT_GIVEN), 401, Reason.SERVICE_URL_CLAIM),
    "service URL claim of another region": (
        lambda: OURS.mint(serviceurl="https://smba.trafficmanager.net/amer/"),
        401,
        Reason.SERVICE_URL_CLAIM,
    ),
    "service URL claim a list": (
        lambda: OURS.mint(serviceurl=[SERVICE_URL]),
        401,
        Reason.SERVICE_URL_CLAIM,
    ),
    "padding": (lambda: OURS.mint() + "==", 401, Reason.NO_TOKEN),
    "detached claims": (lambda: "..".join(OURS.mint().split(".")[::2]), 401, Reason.NO_TOKEN),
    "alg in lower case": (lambda: unsigned({**RS, "alg": "rs256"}, claims_with()), 401, Reason.TOKEN),
    "alg with a blank": (lambda: unsigned({**RS, "alg": "RS256 "}, claims_with()), 401, Reason.TOKEN),
    "alg ES256": (lambda: unsigned({**RS, "alg": "ES256"}, claims_with()), 401, Reason.TOKEN),
    "alg EdDSA": (lambda: unsigned({**RS, "alg": "EdDSA"}, claims_with()), 401, Reason.TOKEN),
    "alg twice, the right one last": (
        lambda: unsigned(b'{"alg":"none","alg":"RS256","kid":"ours"}', claims_with()),
        401,
        Reason.SIGNATURE,
    ),
    "alg twice, none last": (
        lambda: unsigned(b'{"alg":"RS256","alg":"none","kid":"ours"}', claims_with()),
        401,
        Reason.TOKEN,
    ),
    "audience twice, ours last": (
        lambda: unsigned(RS, b'{"aud":"x",' + json.dumps(claims_with()).encode()[1:]),
        401,
        Reason.SIGNATURE,
    ),
    "audience twice, ours first": (
        lambda: unsigned(RS, json.dumps(claims_with()).encode()[:-1] + b',"aud":"x"}'),
        401,
        Reason.TOKEN,
    ),
    "kid a path": (lambda: STRANGER.mint(kid="../../../dev/null"), 401, Reason.KEY),
    "kid an address": (lambda: STRANGER.mint(kid="https://keys.example/ours"), 401, Reason.KEY),
    "kid a statement": (lambda: STRANGER.mint(kid="ours' OR '1'='1"), 401, Reason.KEY),
    "kid in capitals": (lambda: OURS.mint(kid="OURS"), 401, Reason.KEY),
    "kid with a blank": (lambda: OURS.mint(kid="ours "), 401, Reason.KEY),
    "kid null": (lambda: unsigned({**RS, "kid": None}, claims_with()), 401, Reason.TOKEN),
    "header that points to a certificate": (
        lambda: STRANGER.mint(kid="ours", headers={"x5u": "https://keys.example/certificate.pem"}),
        401,
        Reason.SIGNATURE,
    ),
    "header with a certificate": (
        lambda: STRANGER.mint(kid="ours", headers={"x5c": ["MIIB"], "x5t": "ours"}),
        401,
        Reason.SIGNATURE,
    ),
    "issuer Entra's, for our tenant": (
        lambda: OURS.mint(iss=f"https://sts.windows.net/{TENANT}/", tid=TENANT, appid=APP),
        401,
        Reason.TOKEN,
    ),
    "issuer Entra's, for another tenant": (
        lambda: OURS.mint(iss=f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0", tid=OTHER_TENANT),
        401,
        Reason.TOKEN,
    ),
    "issuer by plain http": (lambda: OURS.mint(iss="http://api.botframework.com"), 401, Reason.TOKEN),
    "audience the address of the service": (lambda: OURS.mint(aud=ISSUER), 401, Reason.TOKEN),
    "audience ours in capitals": (lambda: OURS.mint(aud=APP.upper()), 401, Reason.TOKEN),
    "expiry before all time": (lambda: OURS.mint(exp=-1), 401, Reason.TOKEN),
    "valid from a text": (lambda: unsigned(RS, claims_with(nbf=str(now()))), 401, Reason.TOKEN),
    "service URL claim empty": (lambda: OURS.mint(serviceurl=""), 401, Reason.SERVICE_URL_CLAIM),
    "service URL claim without its slash": (
        lambda: OURS.mint(serviceurl=SERVICE_URL.rstrip("/")),
        401,
        Reason.SERVICE_URL_CLAIM,
    ),
    "service URL claim in another name": (
        lambda: OURS.mint(serviceurl=NOT_GIVEN, serviceUrl=SERVICE_URL),
        401,
        Reason.SERVICE_URL_CLAIM,
    ),
}


def test_the_table_of_forged_tokens_is_long_enough() -> None:
    assert len(FORGED) >= 48


async def test_the_word_before_a_token_may_be_written_in_any_case(door: Door) -> None:
    for word in ("bearer", "BEARER", "Bearer"):
        assert await door.knock(headers={"Authorization": f"{word} {OURS.mint()}"}) == (200, "")


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_token_is_refused_for_what_is_wrong_with_it(name: str, door: Door) -> None:
    make, status, reason = FORGED[name]
    assert await door.knock(make()) == (status, reason.value)


async def test_a_good_token_is_let_in_within_the_clocks_tolerance(door: Door) -> None:
    assert await door.knock(OURS.mint()) == (200, "")
    assert isinstance(door.last, Admitted)
    assert door.last.raw == activity()
    assert (door.last.identity, door.last.claims["aud"]) == (PERSON, APP)
    assert await door.knock(OURS.mint(exp=now() - 200)) == (200, "")
    assert await door.knock(OURS.mint(), body=press()) == (200, "")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic " + b64encode(b"a:b").decode()},
        {"Authorization": "Bearer  a.b.c"},
        {"Authorization": "Bearer\ta.b.c"},
        {"Authorization": "Bearer a.b.c, Bearer d.e.f"},
        {"X-Authorization": "Bearer a.b.c"},
    ],
    ids=repr,
)
async def test_no_single_bearer_token_means_401(headers: dict[str, str], door: Door) -> None:
    assert await door.knock(headers=headers) == (401, "no_token")


async def test_two_tokens_are_none_even_when_both_are_good(door: Door) -> None:
    token = OURS.mint()
    body = json.dumps(activity()).encode()
    # Written by hand, since an honest client sends only one of two headers of a name.
    once = f"Authorization: Bearer {token}\r\n"
    assert await sent_raw(door, once, body) == 200
    assert await sent_raw(door, once * 2, body) == 401
    assert door.last == Refused(401, Reason.NO_TOKEN)


async def sent_raw(door: Door, headers: str, body: bytes) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.client.port)
    head = f"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}"
    writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1])


async def test_a_header_over_8_kb_is_never_looked_into(door: Door) -> None:
    request = make_mocked_request(
        "POST", "/api/messages", headers={**JSON, "Authorization": f"Bearer {OURS.mint(padding='x' * 7000)}"}
    )
    assert len(request.headers["Authorization"]) > 8 * 1024
    assert await door.guard.admit(request) == Refused(401, Reason.NO_TOKEN)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
async def test_only_posts_are_let_in(method: str, door: Door) -> None:
    headers = {"Authorization": f"Bearer {OURS.mint()}", **JSON}
    async with door.client.request(method, "/api/messages", headers=headers) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/jsonp"},
        {"Content-Type": ""},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/json; charset=æ"},
        {"Content-Encoding": "gzip"},
        {"Content-Encoding": "deflate"},
    ],
    ids=repr,
)
async def test_another_kind_of_content_means_415_before_anything_else(headers: dict[str, str], door: Door) -> None:
    status, _ = await door.knock(body=b"{}", headers=headers)
    assert status in (400, 415)
    assert isinstance(door.last, Refused | None)


async def test_the_body_of_a_stranger_is_not_read(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    answering = door.client.post("/api/messages", data=endless(), headers=JSON)
    async with answering as answer:
        assert answer.status == 401


async def test_a_body_over_256_kib_means_413_with_its_length_told_or_not(door: Door) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * (LARGEST_BODY // 4)

    token = OURS.mint()
    assert await door.knock(token, body=b" " * (LARGEST_BODY + 1)) == (413, "too_large")
    headers = {"Authorization": f"Bearer {token}", **JSON}
    async with door.client.post("/api/messages", data=in_pieces(), headers=headers) as answer:
        assert answer.status == 413
    full = json.dumps(activity(text="x" * (LARGEST_BODY - 2000))).encode()
    assert len(full) <= LARGEST_BODY
    assert await door.knock(token, body=full) == (200, "")


def nested(depth: int) -> dict[str, Any]:
    """An activity this many levels deep in all."""
    value: Any = {}
    for _ in range(depth - 2):
        value = {"deeper": value}
    return activity(value=value)


MALFORMED: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b"   ",
    "half an object": b'{"type": "message"',
    "two objects": b"{}{}",
    "trailing comma": b'{"type":"message",}',
    "an array": b"[]",
    "a text": b'"message"',
    "a number": b"1",
    "null": b"null",
    "NaN": json.dumps(activity(value=float("nan"))).encode(),
    "Infinity": json.dumps(activity(value=float("inf"))).encode(),
    "a number beyond 64 bits": json.dumps(activity(value=2**70)).encode(),
    "a number beyond floats": json.dumps(activity(value=1)).replace('"value": 1', '"value": 1e999').encode(),
    "a number of 5000 digits": json.dumps(activity())[:-1].encode() + b',"n":' + b"9" * 5000 + b"}",
    "UTF-16": json.dumps(activity()).encode("utf-16"),
    "Latin-1": json.dumps(activity(text="Ærø"), ensure_ascii=False).encode("latin-1"),
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps(activity()).encode(),
    "a cut-off character": json.dumps(activity()).encode()[:-1] + b"\xc3",
    "an overlong character": b'{"type":"\xc0\xaf"}',
    "a lone surrogate": json.dumps(activity(text="\ud83d")).encode(),
    "a lone surrogate in a name": json.dumps(activity(value={"\udc00": 1})).encode(),
    "a NUL": json.dumps(activity(text="a\x00b")).encode(),
    "a NUL after a backslash": json.dumps(activity(text="a\\\x00b")).encode(),
    "a control character as it is": b'{"type":"mess\x01age"}',
    "brackets only": b"[" * 200_000,
    "braces only": b'{"a":' * 50_000,
    "41 levels": json.dumps(nested(41)).encode(),
    "XML": b"<activity/>",
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_body_that_is_no_activity_means_400(name: str, door: Door) -> None:
    assert await door.knock(OURS.mint(), body=MALFORMED[name]) == (400, "body")


@pytest.mark.parametrize(
    "body",
    [
        nested(40),
        activity(text="\\u0000 er ikke et tegn"),
        activity(text="😀 er to surrogater i JSON"),
        activity(text=NOT_GIVEN),
        activity(type="aNewKindOfActivity"),
        activity(value="a text", entities=None, attachments=[{"contentType": "text/html"}]),
        activity(somethingNew={"of": ["any", "kind"]}),
        activity(replyToId="", locale=None),
        activity(conversation={"id": "19:team", "isGroup": True, "conversationType": "channel"}),
    ],
    ids=range(9),
)
async def test_what_is_unusual_but_sound_is_let_in(body: dict[str, Any], door: Door) -> None:
    assert await door.knock(OURS.mint(), body=body) == (200, "")


SENDER, CHAT = activity()["from"], activity()["conversation"]

MISSHAPEN: list[dict[str, Any]] = [
    *(activity(**{name: NOT_GIVEN}) for name in ("type", "id", "from", "conversation", "recipient")),
    *(activity(**{name: NOT_GIVEN}) for name in ("channelId", "serviceUrl")),
    activity(type=7),
    activity(type=""),
    activity(type="x" * 200),
    activity(type="mess\nage"),
    activity(id=17),
    activity(id="x" * 201),
    activity(recipient={"id": "28:" + "x" * 198}),
    activity(replyToId="x" * 201),
    activity(conversation={"id": "a:" + "x" * 499, "conversationType": "personal"}),
    activity(channelId="webchat"),
    activity(channelId=["msteams"]),
    activity(serviceUrl=None),
    activity(**{"from": "29:1a2b"}),
    activity(**{"from": {**SENDER, "id": 7}}),
    activity(**{"from": {**SENDER, "aadObjectId": 7}}),
    activity(conversation="a:1"),
    activity(conversation={**CHAT, "id": None}),
    activity(conversation={**CHAT, "conversationType": 1}),
    activity(conversation={**CHAT, "isGroup": "no"}),
    activity(recipient={}),
    activity(channelData="tenant"),
    activity(channelData={"tenant": TENANT}),
    activity(text=["overblik"]),
    activity(locale=7),
    activity(entities={}),
    activity(entities=["mention"]),
    activity(attachments="file"),
    activity(membersAdded=[{}]),
    activity(membersAdded={"id": "x"}),
    activity(replyToId=7),
    activity(name={}),
    press(value=None),
    press(value="text"),
    press(value={}),
    press(value={"action": []}),
    press(value={"action": {"data": {}}}),
    press(value={"action": {"verb": 7, "data": {}}}),
    press(value={"action": {"verb": "v" * 500}}),
    press(value={"action": {"verb": "preparation.save", "data": "text"}}),
    press(value={"action": {"verb": "preparation.save"}, "trigger": {}}),
]


@pytest.mark.parametrize("body", MISSHAPEN, ids=range(len(MISSHAPEN)))
async def test_a_field_of_the_wrong_kind_means_400(body: dict[str, Any], door: Door) -> None:
    assert await door.knock(OURS.mint(), body=body) == (400, "shape")


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/emea/",
        "https://evil.trafficmanager.net/emea/",
        "https://evil.example/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://evil.example#@smba.trafficmanager.net/",
        "https://evil.example?smba.trafficmanager.net",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net./emea/",
        "https://smba.trafficmanager.net/emea/?next=https://evil.example",
        "https:/\u2044smba.trafficmanager.net/",
        "https://smba。trafficmanager。net/",
        "https:smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "https://127.0.0.1/",
        "http://localhost:8080/",
        "http://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        " https://smba.trafficmanager.net/",
        "https://",
        "x",
    ],
)
async def test_answers_are_never_sent_to_another_host(url: str, door: Door) -> None:
    assert await door.knock(OURS.mint(serviceurl=url), body=activity(serviceUrl=url)) == (403, "service_url")


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net",
        "https://SMBA.trafficmanager.net:443/teams/",
        f"{SERVICE_URL}{TENANT}/",
    ],
)
async def test_every_form_of_teams_own_service_url_is_let_in(url: str, door: Door) -> None:
    assert await door.knock(OURS.mint(serviceurl=url), body=activity(serviceUrl=url)) == (200, "")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (activity(channelData=None), Reason.TENANT),
        (activity(channelData={}), Reason.TENANT),
        (activity(channelData={"tenant": {}}), Reason.TENANT),
        (activity(channelData={"tenant": {"id": [TENANT]}}), Reason.TENANT),
        (activity(channelData={"tenant": {"id": OTHER_TENANT}}), Reason.TENANT),
        (activity(conversation={**CHAT, "tenantId": OTHER_TENANT}), Reason.TENANT),
        (activity(conversation={**CHAT, "tenantId": ""}), Reason.TENANT),
        (activity(**{"from": {"id": "29:1a2b"}}), Reason.IDENTITY),
        (activity(**{"from": {**SENDER, "aadObjectId": ""}}), Reason.IDENTITY),
        (activity(**{"from": {**SENDER, "aadObjectId": "astrid"}}), Reason.IDENTITY),
        (activity(**{"from": {**SENDER, "aadObjectId": f"{PERSON}0"}}), Reason.IDENTITY),
    ],
)
async def test_another_tenant_and_nobody_in_particular_mean_403(
    body: dict[str, Any], reason: Reason, door: Door
) -> None:
    assert await door.knock(OURS.mint(), body=body) == (403, reason.value)


async def test_ids_are_compared_without_regard_to_case(door: Door) -> None:
    body = activity(
        channelData={"tenant": {"id": TENANT.upper()}}, **{"from": {**SENDER, "aadObjectId": PERSON.upper()}}
    )
    assert await door.knock(OURS.mint(), body=body) == (200, "")
    assert isinstance(door.last, Admitted)
    assert door.last.identity == PERSON


async def test_a_verified_token_stops_counting_when_its_key_is_withdrawn(
    door: Door, openid: OpenId, keys: SigningKeys
) -> None:
    token = OURS.mint()
    assert await door.knock(token) == (200, "")
    openid.signers = [Signer("next")]
    await keys.refresh()
    assert await door.knock(token) == (401, "key")


async def test_a_verified_token_is_still_checked_against_each_activity(door: Door) -> None:
    token = OURS.mint()
    assert await door.knock(token) == (200, "")
    other = activity(serviceUrl="https://smba.trafficmanager.net/amer/")
    assert await door.knock(token, body=other) == (401, "service_url_claim")
    assert await door.knock(token, body=activity(channelData={})) == (403, "tenant")
    assert await door.knock(token[:-4] + "AAAA") == (401, "signature")


async def test_a_verified_token_stops_counting_when_it_expires(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    token = OURS.mint(exp=now() + 60)
    assert await door.knock(token) == (200, "")
    later = time.time() + HOUR
    monkeypatch.setattr("bot.bearer.time.time", lambda: later)
    assert await door.knock(token) == (401, "token")


async def test_the_memory_of_verified_tokens_is_bounded(door: Door) -> None:
    for number in range(MOST_VERIFIED + 20):
        assert await door.knock(OURS.mint(jti=str(number))) == (200, "")
    assert len(door.guard._verified) == MOST_VERIFIED


async def test_a_change_of_keys_under_a_flood_lets_all_in_half_a_minute_after_it_and_the_old_ones_out(
    openid: OpenId,
) -> None:
    now, known, new = [1000.0], OURS.mint(), Signer("new")
    keys = SigningKeys(openid.url, clock=lambda: now[0])
    await keys.start()
    guard = Guard(app_id=APP, tenant_id=TENANT, service_hosts=TEAMS_SERVICE_HOSTS, keys=keys)

    async def flooded(door: Door, token: str) -> list[tuple[int, str]]:
        made_up = [door.knock(STRANGER.mint(kid=f"made-up-{number}")) for number in range(100)]
        answers = await asyncio.gather(*made_up, *(door.knock(token) for _ in range(20)))
        assert answers[:100] == [(401, "key")] * 100
        return answers[100:]

    async for door in open_door(guard):
        now[0] += FIVE_MINUTES
        assert await flooded(door, known) == [(200, "")] * 20
        openid.signers = [new]
        first = new.mint()
        now[0] += HALF_A_MINUTE - 1
        assert await flooded(door, first) == [(401, "key")] * 20
        assert await flooded(door, known) == [(200, "")] * 20
        assert openid.reads == 2
        now[0] += 1
        assert await flooded(door, first) == [(200, "")] * 20
        assert await flooded(door, known) == [(401, "key")] * 20
        assert openid.reads == 3
    await keys.close()


async def test_a_new_key_gets_in_with_its_first_token(openid: OpenId) -> None:
    keys = SigningKeys(openid.url, pause=0)
    await keys.start()
    guard = Guard(app_id=APP, tenant_id=TENANT, service_hosts=TEAMS_SERVICE_HOSTS, keys=keys)
    async for door in open_door(guard):
        assert await door.knock(STRANGER.mint()) == (401, "key")
        openid.signers = [STRANGER]
        assert await door.knock(STRANGER.mint()) == (200, "")
    await keys.close()


@pytest.mark.parametrize(("app_id", "tenant_id"), [("", TENANT), (APP, ""), ("", "")])
async def test_a_guard_without_app_id_or_tenant_cannot_be_built(app_id: str, tenant_id: str, keys: SigningKeys) -> None:
    with pytest.raises(ValueError, match="app id"):
        Guard(app_id=app_id, tenant_id=tenant_id, service_hosts=TEAMS_SERVICE_HOSTS, keys=keys)


AT_HOME = "http://localhost:56150/_connector"


async def test_locally_this_machines_programs_need_no_token(local: Door) -> None:
    assert await local.knock(body=activity(serviceUrl=AT_HOME)) == (200, "")
    assert await local.knock(body=press(serviceUrl="http://127.0.0.1:56150/_connector")) == (200, "")
    assert isinstance(local.last, Admitted)
    assert local.last.claims == {}
    assert await local.knock(body=activity(serviceUrl=AT_HOME, channelData={})) == (200, "")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (activity(), {}, 403),
        (activity(serviceUrl="http://10.0.0.4:56150/"), {}, 403),
        (activity(serviceUrl=AT_HOME, channelId="emulator"), {}, 400),
        (activity(serviceUrl=AT_HOME, **{"from": {"id": "user"}}), {}, 403),
        (activity(serviceUrl=AT_HOME), {"Host": "bot.evil.example"}, 403),
        (activity(serviceUrl=AT_HOME), {"Host": "127.0.0.1.evil.example:3978"}, 403),
        (activity(serviceUrl=AT_HOME), {"X-Forwarded-For": "203.0.113.7"}, 403),
        (activity(serviceUrl=AT_HOME), {"Forwarded": "for=203.0.113.7"}, 403),
        (activity(serviceUrl=AT_HOME), {"Content-Type": "text/plain"}, 415),
    ],
)
async def test_locally_everybody_else_stays_out(
    body: dict[str, Any], headers: dict[str, str], status: int, local: Door
) -> None:
    assert (await local.knock(body=body, headers=headers))[0] == status


async def test_locally_a_peer_from_another_machine_stays_out() -> None:
    class Transport(asyncio.Transport):
        def get_extra_info(self, name: str, default: Any = None) -> Any:
            return ("192.0.2.10", 4711) if name == "peername" else default

    request = make_mocked_request("POST", "/api/messages", headers={**JSON, "Host": "localhost"}, transport=Transport())
    assert await Guard.local().admit(request) == Refused(403, Reason.NOT_LOCAL)


async def test_locally_a_tenant_that_is_set_counts(keys: SigningKeys) -> None:
    async for door in open_door(Guard.local(TENANT)):
        assert await door.knock(body=activity(serviceUrl=AT_HOME)) == (200, "")
        other = activity(serviceUrl=AT_HOME, channelData={"tenant": {"id": OTHER_TENANT}})
        assert await door.knock(body=other) == (403, "tenant")


async def test_nothing_of_what_was_sent_stands_in_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "kanariefugl"
    bodies = [activity(text=canary), activity(type=[canary]), press(value={"action": canary})]
    for body in bodies:
        await door.knock(OURS.mint(jti=canary), body=body)
        await door.knock(OURS.mint(aud=canary), body=body)
    assert canary not in caplog.text


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = sorted({*activity(), *press(), "membersAdded", "action", "deliveryMode", "recipient", "attachments"})
CHANGED = st.builds(
    lambda base, changes: json.dumps({**base, **changes}).encode(),
    st.sampled_from([activity(), press()]),
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING, min_size=1, max_size=3),
)
DAMAGED = st.builds(
    lambda base, at, piece: json.dumps(base).encode()[:at] + piece + json.dumps(base).encode()[at:],
    st.sampled_from([activity(), press()]),
    st.integers(0, 1200),
    st.binary(min_size=1, max_size=8),
)


async def test_whatever_is_sent_the_answer_is_one_of_the_known_ones(door: Door) -> None:
    token = OURS.mint()
    loop = asyncio.get_running_loop()

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(CHANGED, DAMAGED, st.binary(max_size=200)), st.booleans())
    def send(body: bytes, is_signed: bool) -> None:
        knocking = door.knock(token if is_signed else None, body=body)
        status, _ = asyncio.run_coroutine_threadsafe(knocking, loop).result(30)
        assert status in ((200, 400, 403, 401) if is_signed else (401,))

    await asyncio.to_thread(send)
