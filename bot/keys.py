"""The keys the channel signs its tokens with: fetched without blocking, and kept while a refetch fails.

The OpenID document names the key set, and the key set says for each key which channels it is endorsed for.
Both are fetched on start and once a day. A token with an unknown key asks for one more fetch, for everybody
together: a change of keys is noticed at once. A flood of made-up keys costs two fetches in five minutes. The second
comes half a minute after the first, since the channel may change its keys just after a flood has had them fetched: its
new tokens are let in then, and at worst five minutes later.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from bot.values import is_loopback

log = logging.getLogger(__name__)

DAY = 24 * 60 * 60.0
FIVE_MINUTES = 5 * 60.0
HALF_A_MINUTE = 30.0
TIMEOUT = 5.0
LARGEST_DOCUMENT = 1024 * 1024
SMALLEST_KEY = 2048

# Whoever waits for a fetch holds a connection and a body of 256 KiB at most, and does so for `TIMEOUT` at most: made-up
# keys must not be able to collect them. Few would shut out the channel's first new tokens together with a flood.
MOST_WAITING = 200


@dataclass(frozen=True)
class SigningKey:
    """One RSA key and the channels it may sign for, such as "msteams"."""

    id: str
    public: RSAPublicKey = field(repr=False)
    endorsements: frozenset[str]


class SigningKeys:
    """The keys of the OpenID document at `url`.

        keys = SigningKeys(settings.openid_metadata_url)
        await keys.start()
        key = await keys.find("kid of a token")   # None if there is no such key

    `start` raises nothing when the keys cannot be had: it goes on trying, and `problem` says so meanwhile.
    """

    def __init__(
        self,
        url: str,
        *,
        fresh_for: float = DAY,
        pause: float = FIVE_MINUTES,
        timeout: float = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._fresh_for, self._pause, self._timeout = fresh_for, pause, timeout
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetching: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._session: aiohttp.ClientSession | None = None
        self._asked_at = self._fetched_at = float("-inf")
        self._until_next = pause
        self._failures = self._waiting = 0

    async def start(self) -> None:
        self._session = aiohttp.ClientSession()
        await self.refresh()

    async def refresh(self) -> None:
        """Fetches the keys now, or waits for the fetch under way. A failure is logged and tried again."""
        # Shielded: one caller who hangs up must not stop the fetch that others wait for.
        await asyncio.shield(self._begin())

    async def find(self, kid: str) -> SigningKey | None:
        """The key of this id, waiting for a fetch where one is due or under way; None if the channel has none such."""
        if key := self._keys.get(kid):
            return key
        is_too_soon = self._clock() - self._asked_at < self._until_next
        if self._session is None or self._waiting >= MOST_WAITING or (is_too_soon and not self._fetching):
            return None
        self._waiting += 1
        try:
            await self.refresh()
        finally:
            self._waiting -= 1
        return self._keys.get(kid)

    def has(self, key: SigningKey) -> bool:
        """Whether this very key is one of the channel's; false for all keys from before the last fetch."""
        return self._keys.get(key.id) is key

    def problem(self) -> str | None:
        """What is wrong with the keys, for the readiness check; None while they are good."""
        if not self._keys:
            return "the channel's signing keys could not be fetched yet; nobody can be let in"
        if self._clock() - self._fetched_at > 2 * self._fresh_for:
            return "the channel's signing keys could not be renewed; a change of keys would go unnoticed"
        return None

    async def close(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._fetching:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _begin(self) -> asyncio.Task[None]:
        if self._fetching is None:
            now = self._clock()
            is_the_first = now - self._asked_at >= self._pause
            self._asked_at, self._until_next = now, min(HALF_A_MINUTE, self._pause) if is_the_first else self._pause
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                self._keys = await self._read()
        except Exception as fault:
            self._failures += 1
            log.warning("signing keys: not fetched (%s), %d kept", type(fault).__name__, len(self._keys))
        else:
            self._failures, self._fetched_at = 0, self._clock()
            log.info("signing keys: %d fetched", len(self._keys))
        finally:
            self._fetching = None
        self._plan_next()

    def _plan_next(self) -> None:
        if self._timer:
            self._timer.cancel()
        delay = min(2.0 ** min(self._failures, 10), self._pause) if self._failures else self._fresh_for
        self._timer = asyncio.get_running_loop().call_later(delay, self._begin)

    async def _read(self) -> Mapping[str, SigningKey]:
        document = await self._document(self._url)
        keys_url = document.get("jwks_uri")
        if not isinstance(keys_url, str) or not _is_trustworthy(keys_url):
            raise ValueError("the OpenID document names no https address of keys")
        listed = (await self._document(keys_url)).get("keys")
        if not isinstance(listed, list):
            raise ValueError("the key set has no list of keys")
        keys = [key for entry in listed if (key := _signing_key(entry))]
        if not keys:
            # An empty set is a fault of theirs; believing it would shut everybody out.
            raise ValueError("the key set has no usable key")
        return {key.id: key for key in keys}

    async def _document(self, url: str) -> dict[str, Any]:
        if self._session is None:
            raise RuntimeError("the keys are not started")
        async with self._session.get(url, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"answered {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > LARGEST_DOCUMENT:
                    raise ValueError("the document is too large")
        document = json.loads(body)
        if not isinstance(document, dict):
            raise ValueError("the document is no JSON object")
        return document


def _is_trustworthy(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def _signing_key(entry: Any) -> SigningKey | None:
    """A key of the set, None for one of another kind or too weak: one bad entry must not cost the others."""
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig":
        return None
    kid, endorsements = entry.get("kid"), entry.get("endorsements")
    if not isinstance(kid, str) or not kid:
        return None
    try:
        public = RSAAlgorithm.from_jwk({name: entry[name] for name in ("kty", "n", "e")})
    except (InvalidKeyError, KeyError, ValueError, TypeError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < SMALLEST_KEY:
        return None
    names = endorsements if isinstance(endorsements, list) else []
    return SigningKey(kid, public, frozenset(name for name in names if isinstance(name, str)))
