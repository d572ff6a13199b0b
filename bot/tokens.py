"""Tokens for the channel and for Graph: fetched off the event loop, kept until shortly before they expire.

The SDK builds its credentials anew for every turn, with an empty cache, and fetches on the event loop: a wave of a
thousand messages would ask a thousand times. Here everyone shares one token, and one fetch at a time.
"""

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

log = logging.getLogger(__name__)

CHANNEL = "https://api.botframework.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
AUTHORITY = "https://login.microsoftonline.com"
FETCH_WITHIN = 15.0
# While the old token is good, nobody waits long for a new one.
RENEW_WITHIN = 0.5
ANSWER_WITHIN = 10.0
GIVEN_UP_AFTER = 60.0
RENEW_BEFORE = 300.0
REST_AFTER_FAILURE = 5.0
# Nobody answers, or not in time: neither the secret nor the tenant is the matter.
UNREACHED = ("timeout", "ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError")
# Why there is none, as far as it is known beforehand: the codes of RFC 6749, and the ways in which nobody answers.
REASONS = (
    *("invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"),
    *("invalid_scope", "server_error", "temporarily_unavailable"),
    *UNREACHED,
)

Fetch = Callable[[str], Mapping[str, Any]]


class NoToken(Exception):
    """No token could be had; `reason` is the service's own short code and never a secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenSource(Protocol):
    """Whoever can say what stands in the Authorization header; `failed` counts, by reason, how often it could not."""

    failed: Counter[str]

    async def header(self, scope: str) -> Mapping[str, str]:
        """The header with a valid token; `NoToken` when none can be had."""
        ...

    def forget(self, scope: str, header: Mapping[str, str]) -> None:
        """The token of this header was refused: the next one has a new one, unless it has been renewed meanwhile."""
        ...

    def problem(self) -> str | None:
        """Why the last token asked for could not be had; None if it could, or if none has been asked for."""
        ...


class NoAuthentication:
    """For the local development mode: no header at all."""

    def __init__(self) -> None:
        self.failed: Counter[str] = Counter()

    async def header(self, scope: str) -> Mapping[str, str]:
        return {}

    def forget(self, scope: str, header: Mapping[str, str]) -> None:
        """There is nothing to forget."""

    def problem(self) -> str | None:
        return None


@dataclass
class _Kept:
    token: str = field(repr=False)
    expires_at: float
    renew_at: float


class Tokens:
    """Tokens by scope. `fetch` is called in a thread and answers as msal does.

    A token that is still valid is given out while a new one cannot be had, and a failure rests for some seconds before
    the next attempt, so that a service that is down is not asked by every message. One that hangs is asked once, and
    what it says at last is taken: each call that never returns would cost a thread.
    """

    def __init__(self, fetch: Fetch, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._failed: dict[str, tuple[float, str]] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._asking: dict[str, tuple[float, asyncio.Future[Mapping[str, Any]]]] = {}
        self.failed: Counter[str] = Counter()

    async def header(self, scope: str) -> Mapping[str, str]:
        return _bearer(await self._token(scope))

    def forget(self, scope: str, header: Mapping[str, str]) -> None:
        kept = self._kept.get(scope)
        if kept and _bearer(kept.token) == header:
            del self._kept[scope]

    def problem(self) -> str | None:
        return next((reason for _, reason in self._failed.values()), None)

    async def _token(self, scope: str) -> str:
        kept = self._kept.get(scope)
        if kept and self._clock() < kept.renew_at:
            return kept.token
        async with self._locks.setdefault(scope, asyncio.Lock()):
            kept = self._kept.get(scope)
            if kept and self._clock() < kept.renew_at:
                return kept.token
            is_valid = kept is not None and self._clock() < kept.expires_at
            try:
                return await self._renew(scope, RENEW_WITHIN if is_valid else FETCH_WITHIN)
            except NoToken:
                if kept and self._clock() < kept.expires_at:
                    return kept.token
                raise

    async def _renew(self, scope: str, within: float) -> str:
        failed_at, reason = self._failed.get(scope, (float("-inf"), ""))
        if self._clock() - failed_at < REST_AFTER_FAILURE:
            raise NoToken(reason)
        try:
            async with asyncio.timeout(within):
                answer = await asyncio.shield(self._asked(scope))
            del self._asking[scope]
        except TimeoutError:
            answer = {"error": "timeout"}
        token, lasts = answer.get("access_token"), float(answer.get("expires_in") or 0)
        if not token or lasts <= 0:
            reason = str(answer.get("error") or "no token")[:60]
            self._failed[scope] = (self._clock(), reason)
            self.failed[reason] += 1
            log.warning("no token: %s", reason)
            raise NoToken(reason)
        self._failed.pop(scope, None)
        now = self._clock()
        renew_at = now + max(lasts - RENEW_BEFORE, lasts / 2)
        self._kept[scope] = _Kept(str(token), expires_at=now + lasts, renew_at=renew_at)
        return str(token)

    def _asked(self, scope: str) -> "asyncio.Future[Mapping[str, Any]]":
        """The answer to the question that is under way, or was answered too late for whoever asked, or to a new one."""
        asked_at, answer = self._asking.get(scope, (float("-inf"), None))
        if answer is None or self._clock() - asked_at > GIVEN_UP_AFTER:
            answer = _in_a_thread(lambda: self._fetch(scope))
            self._asking[scope] = (self._clock(), answer)
        return answer


def _bearer(token: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _in_a_thread(fetch: Callable[[], Mapping[str, Any]]) -> "asyncio.Future[Mapping[str, Any]]":
    """What `fetch` answers, or the kind of its failure.

    Its thread is of its own: those that the loop lends out look up host names as well, and are waited for at the end.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Mapping[str, Any]] = loop.create_future()

    def settle(found: Mapping[str, Any]) -> None:
        if not answer.done():
            answer.set_result(found)

    def run() -> None:
        try:
            found = fetch()
        except Exception as fault:
            found = {"error": type(fault).__name__}
        with suppress(RuntimeError):  # the loop is closed, and nobody waits
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=run, name="token", daemon=True).start()
    return answer


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
                    timeout=ANSWER_WITHIN,
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

        session = requests.Session()
        # The machine itself is asked, with a secret of its own: that goes through no proxy which the environment names,
        # and not wherever an answer leads.
        session.trust_env, session.max_redirects = False, 0
        # msal says nothing of time to the client it is given, and requests would wait for ever.
        session.request = partial(session.request, timeout=ANSWER_WITHIN)  # type: ignore[method-assign]
        identity = msal.UserAssignedManagedIdentity(client_id=client_id)
        client = msal.ManagedIdentityClient(identity, http_client=http_client or session)
        answer: Mapping[str, Any] = client.acquire_token_for_client(resource=scope.removesuffix("/.default"))
        return answer

    return fetch
