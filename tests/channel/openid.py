"""The channel's signing keys, the tokens they make, and the OpenID document that publishes them.

Able to do what no honest channel does: sign anything, answer anything, and count.
"""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.channel.activities import APP, NOT_GIVEN, SERVICE_URL

ISSUER = "https://api.botframework.com"


@dataclass
class Signer:
    """One signing key of the channel; `mint` makes tokens that differ from a good one in what is given."""

    kid: str = "key-1"
    endorsements: list[str] = field(default_factory=lambda: ["msteams", "webchat"])
    size: int = 2048

    @cached_property
    def private(self) -> rsa.RSAPrivateKey:
        """Made when something is to be signed: a bot that runs by itself has the channel's address alone."""
        return rsa.generate_private_key(public_exponent=65537, key_size=self.size)

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

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/openid", self._openid), web.get("/keys", self._keys)]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["OpenId"]:
        """The document alone, on a port of its own."""
        app = web.Application()
        app.add_routes(self.routes())
        async with TestServer(app, host="127.0.0.1") as server:
            self.url = str(server.make_url("/openid"))
            yield self
