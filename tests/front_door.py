"""What stands outside the front door in its tests: a channel's keys and tokens, and the activities it sends.

Small on purpose, and able to do what no honest channel does: sign anything, answer anything, and count.
"""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

APP = "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11"
TENANT = "0b4f7a52-88a3-4f0e-8a66-5d2c70a1f3d9"
PERSON = "3f8c1c7e-5b7d-4a6a-9a43-7d1f0c52b9aa"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
ISSUER = "https://api.botframework.com"
NOT_GIVEN = object()


@dataclass
class Signer:
    """One signing key of the channel; `mint` makes tokens that differ from a good one in what is given."""

    kid: str = "key-1"
    endorsements: list[str] = field(default_factory=lambda: ["msteams", "webchat"])
    size: int = 2048

    def __post_init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=self.size)

    def mint(
        self,
        *,
        kid: str | None = None,
        alg: str = "RS256",
        headers: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        return jwt.encode(
            claims_with(**claims),
            self.private,
            algorithm=alg,
            headers={"kid": self.kid if kid is None else kid, **(headers or {})},
        )

    def published(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**public, "use": "sig", "kid": self.kid, "endorsements": self.endorsements}


def claims_with(**claims: Any) -> dict[str, Any]:
    """A good token's claims with these instead; NOT_GIVEN leaves one out."""
    good = {"iss": ISSUER, "aud": APP, "serviceurl": SERVICE_URL, "nbf": int(time.time()) - 60}
    good["exp"] = int(time.time()) + 3600
    return {name: value for name, value in {**good, **claims}.items() if value is not NOT_GIVEN}


def unsigned(head: Any, claims: Any, signature: str = "AAAA") -> str:
    """A token of any two JSON values, or of any bytes, with a signature that is nobody's."""
    parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (head, claims)]
    return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), signature])


@dataclass
class OpenId:
    """The channel's OpenID document and key set on a port of this machine, with the faults one wishes for."""

    signers: list[Signer]
    url: str = ""
    reads: int = 0
    status: int = 200
    keys: Any = None
    keys_url: Any = None
    document: bytes | None = None
    hold: asyncio.Event | None = None
    read: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def _openid(self, _: web.Request) -> web.Response:
        async with self.read:
            self.reads += 1
            self.read.notify_all()
        if self.hold:
            await self.hold.wait()
        if self.document is not None:
            return web.Response(body=self.document, status=self.status)
        address = self.url.replace("/openid", "/keys") if self.keys_url is None else self.keys_url
        return web.json_response({"issuer": ISSUER, "jwks_uri": address}, status=self.status)

    async def _keys(self, _: web.Request) -> web.Response:
        keys = [signer.published() for signer in self.signers] if self.keys is None else self.keys
        return web.json_response({"keys": keys})

    async def has_been_read(self, times: int) -> None:
        async with self.read:
            await self.read.wait_for(lambda: self.reads >= times)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["OpenId"]:
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        async with TestServer(app, host="127.0.0.1") as server:
            self.url = str(server.make_url("/openid"))
            yield self


def activity(**changes: Any) -> dict[str, Any]:
    """A message as Teams sends it, with these fields instead; NOT_GIVEN leaves one out."""
    good: dict[str, Any] = {
        "type": "message",
        "id": "1776761999999",
        "timestamp": "2026-04-21T07:00:00.1234567Z",
        "localTimestamp": "2026-04-21T09:00:00.1234567+02:00",
        "localTimezone": "Europe/Copenhagen",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "from": {"id": "29:1a2b", "name": "Astrid Holm", "aadObjectId": PERSON},
        "conversation": {"id": "a:1xyz", "conversationType": "personal", "tenantId": TENANT},
        "recipient": {"id": f"28:{APP}", "name": "Læringsbot"},
        "textFormat": "plain",
        "text": "overblik",
        "locale": "da-DK",
        "entities": [{"type": "clientInfo", "locale": "da-DK", "country": "DK", "timezone": "Europe/Copenhagen"}],
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}},
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not NOT_GIVEN}


def press(**changes: Any) -> dict[str, Any]:
    """A press of a card's button as Teams sends it."""
    data = {"id": "0197f7a0-0000-7000-8000-000000000001", "v": "a1", "k": "n1", "note": "Vi øver tal " * 40}
    return activity(
        **{
            "type": "invoke",
            "name": "adaptiveCard/action",
            "text": NOT_GIVEN,
            "replyToId": "1776761000000",
            "value": {
                "action": {"type": "Action.Execute", "verb": "preparation.save", "data": data},
                "trigger": "manual",
            },
            **changes,
        }
    )
