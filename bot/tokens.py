"""Tokens for the channel and for Graph: fetched off the event loop, kept until shortly before they expire.

The SDK builds its credentials anew for every turn, with an empty cache, and fetches on the event loop: a wave of a
thousand messages would ask a thousand times. Here everyone shares one token, and one fetch at a time.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

log = logging.getLogger(__name__)

CHANNEL = "https://api.botframework.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
AUTHORITY = "https://login.microsoftonline.com"
FETCH_WITHIN = 15.0
RENEW_BEFORE = 300.0
REST_AFTER_FAILURE = 5.0

Fetch = Callable[[str], Mapping[str, Any]]


class NoToken(Exception):
    """No token could be had; `reason` is the service's own short code and never a secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenSource(Protocol):
    """Whoever can say what stands in the Authorization header."""

    async def header(self, scope: str) -> Mapping[str, str]:
        """The header with a valid token; `NoToken` when none can be had."""
        ...

    def forget(self, scope: str) -> None:
        """The token was refused: the next header has a new one."""
        ...


class NoAuthentication:
    """For the local development mode: no header at all."""

    async def header(self, scope: str) -> Mapping[str, str]:
        return {}

    def forget(self, scope: str) -> None:
        """There is nothing to forget."""


@dataclass
class _Kept:
    token: str = field(repr=False)
    expires_at: float
    renew_at: float


class Tokens:
    """Tokens by scope. `fetch` is called in a thread and answers as msal does.

    A token that is still valid is given out while a new one cannot be had, and a failure rests for some seconds before
    the next attempt, so that a service that is down is not asked by every message.
    """

    def __init__(self, fetch: Fetch, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._failed: dict[str, tuple[float, str]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def header(self, scope: str) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {await self._token(scope)}"}

    def forget(self, scope: str) -> None:
        self._kept.pop(scope, None)

    async def _token(self, scope: str) -> str:
        kept = self._kept.get(scope)
        if kept and self._clock() < kept.renew_at:
            return kept.token
        async with self._locks.setdefault(scope, asyncio.Lock()):
            kept = self._kept.get(scope)
            if kept and self._clock() < kept.renew_at:
                return kept.token
            try:
                return await self._renew(scope)
            except NoToken:
                if kept and self._clock() < kept.expires_at:
                    return kept.token
                raise

    async def _renew(self, scope: str) -> str:
        failed_at, reason = self._failed.get(scope, (float("-inf"), ""))
        if self._clock() - failed_at < REST_AFTER_FAILURE:
            raise NoToken(reason)
        try:
            async with asyncio.timeout(FETCH_WITHIN):
                answer = await asyncio.to_thread(self._fetch, scope)
        except TimeoutError:
            answer = {"error": "timeout"}
        except Exception as fault:
            answer = {"error": type(fault).__name__}
        token, lasts = answer.get("access_token"), float(answer.get("expires_in") or 0)
        if not token or lasts <= 0:
            reason = str(answer.get("error") or "no token")[:60]
            self._failed[scope] = (self._clock(), reason)
            log.warning("no token: %s", reason)
            raise NoToken(reason)
        now = self._clock()
        renew_at = now + max(lasts - RENEW_BEFORE, lasts / 2)
        self._kept[scope] = _Kept(str(token), expires_at=now + lasts, renew_at=renew_at)
        return str(token)


def with_secret(
    app_id: str, secret: str | Mapping[str, str], tenant_id: str, *, authority: str = AUTHORITY, http_client: Any = None
) -> Fetch:
    """Fetches as a single-tenant application with a client secret, or with what msal signs an assertion with.

    `http_client` is msal's own seam, as for a proxy.
    """
    made: list[Any] = []

    def fetch(scope: str) -> Mapping[str, Any]:
        import msal

        if not made:
            # Made in the thread of the first fetch: msal asks the authority about itself already here.
            made.append(
                msal.ConfidentialClientApplication(
                    app_id,
                    authority=f"{authority}/{tenant_id}",
                    client_credential=secret,
                    http_client=http_client,
                    instance_discovery=False,
                )
            )
        # Tokens are kept here: msal would give out the one that was refused again, until it runs out.
        made[0].remove_tokens_for_client()
        answer: Mapping[str, Any] = made[0].acquire_token_for_client(scopes=[scope])
        return answer

    return fetch


def with_managed_identity(client_id: str, *, http_client: Any = None) -> Fetch:
    """Fetches as a user-assigned managed identity of the machine the bot runs on."""

    def fetch(scope: str) -> Mapping[str, Any]:
        import msal
        import requests

        identity = msal.UserAssignedManagedIdentity(client_id=client_id)
        client = msal.ManagedIdentityClient(identity, http_client=http_client or requests.Session())
        answer: Mapping[str, Any] = client.acquire_token_for_client(resource=scope.removesuffix("/.default"))
        return answer

    return fetch
