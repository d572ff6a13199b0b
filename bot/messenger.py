"""Posts cards into chats: one kept session, one shared token, and the channel's own rules for trying again.

A POST whose answer was lost, or that a server in between failed after taking, may have arrived: it is never repeated
here but handed out as `Uncertain`. What surely did not arrive is repeated a few times; all else may always be repeated.
"""

import asyncio
import logging
import random
import re
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import aiohttp
import orjson

from bot.service_url import is_allowed
from bot.tokens import CHANNEL, NoToken, TokenSource
from cards.kit import Card
from domain.message import Address
from scheduler.messenger import NotSent, TooLate, Uncertain, Unreachable

log = logging.getLogger(__name__)

WITHIN: Final = 15.0
CONNECT_WITHIN: Final = 5.0
SHORTEST_CALL: Final = 5.0
ATTEMPTS: Final = 3
CONNECTIONS: Final = 32
MOST_PAGES: Final = 20

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True)
class _Answer:
    status: int
    body: Mapping[str, Any]
    retry_after: float | None
    asked_with: Mapping[str, str] = field(repr=False)


class TeamsMessenger:
    """`scheduler.messenger.Messenger` over HTTP. `local` also lets through plain http to this machine."""

    def __init__(self, tokens: TokenSource, *, hosts: Collection[str], local: bool = False) -> None:
        self._tokens = tokens
        self._hosts = frozenset(host.lower() for host in hosts)
        self._local = local
        self._session: aiohttp.ClientSession | None = None
        self.calls = 0
        self.in_turn = 0

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS),
            # Neither cookies nor redirects: an answer must not be able to lead the token elsewhere.
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def send(self, address: Address, card: Card, summary: str, *, before: float | None = None) -> str:
        body = {**_message(address), "summary": summary, "attachments": [_attached(card)]}
        return await self._post(address, body, before)

    async def say(self, address: Address, text: str) -> str:
        return await self._post(address, {**_message(address), "text": text, "textFormat": "plain"})

    async def update(
        self, address: Address, message_id: str, card: Card, summary: str, *, before: float | None = None
    ) -> None:
        body = {**_message(address), "id": message_id, "summary": summary, "attachments": [_attached(card)]}
        await self._call("PUT", self._url(address, message_id), body, before)

    async def members(self, address: Address) -> Sequence[Mapping[str, Any]]:
        """Who is in a chat besides the bot, as the channel has them."""
        found: list[Mapping[str, Any]] = []
        token = ""
        for _ in range(MOST_PAGES):
            url = f"{self._chat_url(address)}/pagedmembers?pageSize=50"
            answer = await self._call("GET", f"{url}&continuationToken={quote(token, safe='')}" if token else url)
            page = answer.body.get("members")
            found += [each for each in page if isinstance(each, dict)] if isinstance(page, list) else []
            token = str(answer.body.get("continuationToken") or "")
            if not token:
                break
        return found

    async def _post(self, address: Address, body: Mapping[str, Any], before: float | None = None) -> str:
        answer = await self._call("POST", self._url(address), body, before)
        message_id = answer.body.get("id")
        if not isinstance(message_id, str) or not message_id:
            raise Uncertain("no id")
        return message_id

    def _url(self, address: Address, message_id: str | None = None) -> str:
        url = f"{self._chat_url(address)}/activities"
        return f"{url}/{quote(message_id, safe='')}" if message_id else url

    def _chat_url(self, address: Address) -> str:
        """Where to call; `Unreachable` before any socket is opened for a service URL that is not allowed."""
        if not is_allowed(address.service_url, self._hosts, local=self._local):
            raise Unreachable("ServiceUrlNotAllowed")
        base = address.service_url.rstrip("/")
        return f"{base}/v3/conversations/{quote(address.conversation_id, safe='')}"

    async def _call(
        self, method: str, url: str, body: Mapping[str, Any] | None = None, before: float | None = None
    ) -> _Answer:
        """Calls until there is an answer to act on; raises one of the messenger's three exceptions otherwise.

        All of it ends `WITHIN` seconds: what the channel wants to have waited for longer is the delivery's to put off.
        """
        may_repeat = method != "POST"
        payload = None if body is None else orjson.dumps(body)
        reason, retry_after = "", None
        ends_at = asyncio.get_running_loop().time() + WITHIN
        has_turn = before is not None
        for attempt in range(ATTEMPTS):
            if attempt and not await _waited(attempt, retry_after, ends_at):
                break
            try:
                token = await self._token(ends_at)
                # The last moment to look: a token can take long, and so can what is waited for before a repetition.
                if before is not None and time.monotonic() > before:
                    raise TooLate
                self.calls += 1
                self.in_turn += has_turn
                has_turn = False
                answer = await self._once(method, url, payload, token, ends_at)
            except TooLate:
                raise
            except NotSent as why:
                reason, retry_after = why.reason, why.retry_after
                continue
            except Uncertain as why:
                if not may_repeat:
                    raise
                reason, retry_after = why.reason, None
                continue
            if answer.status in (200, 201, 202):
                return answer
            code = _code(answer)
            if answer.status in (429, 412):
                reason, retry_after = code, answer.retry_after
            elif answer.status >= 500 or answer.status == 408:
                if not may_repeat:
                    raise Uncertain(code)
                reason, retry_after = code, answer.retry_after
            elif answer.status == 401:
                self._tokens.forget(CHANNEL, answer.asked_with)
                raise NotSent(code)
            else:
                raise Unreachable(code)
        raise NotSent(reason, retry_after)

    async def _token(self, ends_at: float) -> Mapping[str, str]:
        if self._session is None:
            raise NotSent("not started")
        try:
            async with asyncio.timeout_at(ends_at):
                return await self._tokens.header(CHANNEL)
        except NoToken as why:
            raise NotSent(f"token: {why.reason}") from None
        except TimeoutError:
            raise NotSent("token: timeout") from None

    async def _once(
        self, method: str, url: str, payload: bytes | None, token: Mapping[str, str], ends_at: float
    ) -> _Answer:
        assert self._session is not None
        headers = {**token, "Content-Type": "application/json; charset=utf-8"}
        left = max(0.1, ends_at - asyncio.get_running_loop().time())
        timeout = aiohttp.ClientTimeout(total=left, sock_connect=CONNECT_WITHIN)
        try:
            async with self._session.request(
                method, url, data=payload, headers=headers, allow_redirects=False, timeout=timeout
            ) as response:
                return _Answer(response.status, await _body(response), retry_after_of(response.headers), token)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            # No connection was made, so nothing was sent.
            raise NotSent("connect") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise Uncertain(type(fault).__name__) from None


def _message(address: Address) -> dict[str, Any]:
    return {
        "type": "message",
        "from": {"id": address.bot_id},
        "recipient": {"id": address.user_id},
        "conversation": {"id": address.conversation_id, "tenantId": address.tenant_id},
    }


def _attached(card: Card) -> dict[str, Any]:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


async def _body(response: aiohttp.ClientResponse) -> Mapping[str, Any]:
    """What was answered, as far as it is an object; a body that cannot be read does not change what has happened."""
    try:
        found = orjson.loads(await response.content.read(64 * 1024) or b"{}")
    except (ValueError, aiohttp.ClientError, TimeoutError):
        return {}
    return found if isinstance(found, dict) else {}


def _code(answer: _Answer) -> str:
    """The channel's own code for what is wrong, such as ConversationBlockedByUser, or the bare status."""
    error = answer.body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    inner = error.get("innerHttpError") if isinstance(error, dict) else None
    if isinstance(inner, dict) and isinstance(inner.get("body"), dict):
        code = inner["body"].get("code") or code
    return code if isinstance(code, str) and _CODE.fullmatch(code) else str(answer.status)


def retry_after_of(headers: Mapping[str, str]) -> float | None:
    """For how many seconds the service wants to be left alone, where it says so in seconds."""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < 86_400 else None


async def _waited(attempt: int, retry_after: float | None, ends_at: float) -> bool:
    """Waits before another attempt; False at once where that would leave no time for it."""
    wait = _wait(attempt, retry_after)
    if asyncio.get_running_loop().time() + wait + SHORTEST_CALL > ends_at:
        return False
    await asyncio.sleep(wait)
    return True


def _wait(attempt: int, retry_after: float | None) -> float:
    """What the channel asked for, else longer each time; with some of chance, so that not all come back at once."""
    if retry_after is not None:
        return retry_after + random.uniform(0, 0.25)  # noqa: S311
    return float(random.uniform(0.5, 1.0) * 2 ** (attempt - 1))  # noqa: S311
