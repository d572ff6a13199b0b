"""The connector: the chats the bot writes into, with the channel's own limits and the faults one wishes for."""

import asyncio
import itertools
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.channel.entra import TOKEN

PAGE = 2


@dataclass(frozen=True)
class Fault:
    """How one call fails. `is_kept` is a message that arrived although its answer tells nothing of it; with no
    status at all the connection breaks instead of an answer."""

    status: int | None = None
    code: str = ""
    retry_after: float | None = None
    is_kept: bool = False


LOST = Fault(is_kept=True)
BLOCKED = Fault(403, "ConversationBlockedByUser")
GONE = Fault(404, "ConversationNotFound")
THROTTLED = Fault(429, "TooManyRequests", retry_after=1)
GATEWAY = Fault(502, "BadGateway", is_kept=True)


@dataclass(frozen=True)
class Call:
    """A request of the bot's as it came in, and the status it was answered with; None for a broken connection."""

    at: float
    method: str
    conversation_id: str
    message_id: str
    body: Mapping[str, Any]
    status: int | None


@dataclass
class Message:
    """A message in a chat as it stands now; `activity` is what the bot posted, or put in its place."""

    id: str
    conversation_id: str
    activity: Mapping[str, Any]

    @property
    def card(self) -> dict[str, Any] | None:
        """Its Adaptive Card, None for plain text."""
        attachments = self.activity.get("attachments") or []
        return attachments[0]["content"] if attachments else None


@dataclass
class Connector:
    """`calls` is the log that stories and benchmarks compare with the database; `messages` what people see.

    `next_faults` are used up one by one by the calls that come. `fault` is asked about every call, before those.
    `latency` is the time in seconds until an answer, `cap` the most requests in any second, as Teams enforces it; while
    `answering` is cleared nobody is answered.
    """

    latency: float = 0.0
    cap: int | None = None
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    next_faults: deque[Fault | None] = field(default_factory=deque)
    fault: Callable[[str, str], Fault | None] = lambda method, conversation_id: None
    members: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1_776_000_000_000))
    _recent: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.answering.set()

    def routes(self) -> list[web.RouteDef]:
        base = "/emea/v3/conversations"
        return [
            web.post(base, self._create),
            web.get(base + "/{conversation}/pagedmembers", self._paged_members),
            web.post(base + "/{conversation}/activities", self._post),
            web.put(base + "/{conversation}/activities/{message}", self._put),
            web.delete(base + "/{conversation}/activities/{message}", self._delete),
        ]

    def in_chat(self, conversation_id: str) -> list[Message]:
        """What stands in a chat, oldest first."""
        return [each for each in self.messages.values() if each.conversation_id == conversation_id]

    def posts(self) -> "Counter[str]":
        """How many messages each chat has got, repeated and lost ones included."""
        return Counter(each.conversation_id for each in self.messages.values())

    async def until(self, is_so: Callable[[], bool], within: float = 10.0) -> None:
        """Returns once `is_so`, asked after every call; TimeoutError after `within` seconds."""
        async with asyncio.timeout(within), self.changed:
            await self.changed.wait_for(is_so)

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        return await self._answered(request, "new", body, lambda: {"id": f"a:new-{next(self._ids)}"})

    async def _paged_members(self, request: web.Request) -> web.Response:
        place = request.match_info["conversation"]
        start = int(request.query.get("continuationToken") or 0)
        everybody = self.members.get(place, [])
        size = min(int(request.query.get("pageSize") or PAGE), PAGE)
        page: dict[str, Any] = {"members": everybody[start : start + size]}
        if start + size < len(everybody):
            page["continuationToken"] = str(start + size)
        return await self._answered(request, place, {}, lambda: page)

    async def _post(self, request: web.Request) -> web.Response:
        place, activity = request.match_info["conversation"], await request.json()

        def keep() -> dict[str, Any]:
            message_id = str(next(self._ids))
            self.messages[message_id] = Message(message_id, place, activity)
            # As in Teams: text and a card in one message come back without an id.
            return {} if activity.get("text") and activity.get("attachments") else {"id": message_id}

        return await self._answered(request, place, activity, keep, 201)

    async def _put(self, request: web.Request) -> web.Response:
        message_id, activity = request.match_info["message"], await request.json()

        def replace() -> dict[str, Any]:
            if message_id in self.messages:
                self.messages[message_id].activity = activity
            return {"id": message_id}

        is_known = message_id in self.messages
        return await self._answered(request, request.match_info["conversation"], activity, replace, known=is_known)

    async def _delete(self, request: web.Request) -> web.Response:
        message_id = request.match_info["message"]

        def delete() -> dict[str, Any]:
            self.messages.pop(message_id, None)
            return {}

        return await self._answered(request, request.match_info["conversation"], {}, delete)

    async def _answered(
        self,
        request: web.Request,
        place: str,
        body: Mapping[str, Any],
        act: Callable[[], dict[str, Any]],
        status: int = 200,
        *,
        known: bool = True,
    ) -> web.Response:
        fault = self._fault_of(request, place) or (None if known else GONE)
        answer = act() if fault is None or fault.is_kept else {}
        if self.latency:
            await asyncio.sleep(self.latency)
        await self.answering.wait()
        given = fault.status if fault else status
        message_id = str(answer.get("id") or request.match_info.get("message", ""))
        async with self.changed:
            self.calls.append(Call(time.monotonic(), request.method, place, message_id, body, given))
            self.changed.notify_all()
        if fault is None:
            return web.json_response(answer, status=status)
        if fault.status is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after is not None else {}
        return web.json_response({"error": {"code": fault.code, "message": ""}}, status=fault.status, headers=headers)

    def _fault_of(self, request: web.Request, place: str) -> Fault | None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Fault(401, "Unauthorized")
        if self.cap is not None and self._is_over_the_cap():
            return THROTTLED
        return self.fault(request.method, place) or (self.next_faults.popleft() if self.next_faults else None)

    def _is_over_the_cap(self) -> bool:
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        assert self.cap is not None
        if len(self._recent) >= self.cap:
            return True
        self._recent.append(now)
        return False
