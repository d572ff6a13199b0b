"""The channel in a process of its own, so that what it takes is not in what is measured.

It is forked with the keys of the process that asks for it, which can therefore mint the channel's tokens.
"""

import asyncio
import gc
import multiprocessing
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.demo import free_port
from tests.channel import Channel

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
IS_POST = "/activities"


@dataclass
class Counted:
    """What the connector was asked since it was last told to begin anew; times are seconds of its own clock."""

    sent: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    first: float = 0.0
    last: float = 0.0
    tokens: int = 0
    connections: int = 0


@asynccontextmanager
async def apart() -> AsyncIterator["Apart"]:
    """The channel, serving; it ends with the block."""
    channel, port = Channel(), free_port(26_000)
    # Made before they part, so that both have it.
    _ = channel.signer.private
    serving = multiprocessing.get_context("fork").Process(target=_serve, args=(channel, port), daemon=True)
    serving.start()
    channel.url = f"http://127.0.0.1:{port}"
    channel.openid.url = f"{channel.url}/openid"
    try:
        async with aiohttp.ClientSession() as session:
            found = Apart(channel, session)
            await found.ready()
            yield found
    finally:
        serving.terminate()
        serving.join()


@dataclass
class Apart:
    channel: Channel
    session: aiohttp.ClientSession

    async def ready(self) -> None:
        for _ in range(200):
            try:
                await self.counted()
                return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        raise TimeoutError("the channel does not listen")

    async def begins(self, *, latency: float, cap: int | None) -> None:
        """From now on it answers so late, and so many in any second; what was counted is forgotten."""
        async with self.session.post(f"{self.channel.url}/counted", json={"latency": latency, "cap": cap}) as answer:
            answer.raise_for_status()

    async def counted(self) -> Counted:
        async with self.session.get(f"{self.channel.url}/counted") as answer:
            told: dict[str, Any] = await answer.json()
        statuses = Counter({int(status): count for status, count in told.pop("statuses").items()})
        return Counted(sent=Counter(told.pop("sent")), statuses=statuses, **told)


def _serve(channel: Channel, port: int) -> None:
    # What it is told is kept to the end. If all that was forked with it were looked through for rubbish, and all calls,
    # it would stand still for a fifth of a second, and see the posts of that time in one moment.
    gc.freeze()
    gc.disable()
    asyncio.run(_serving(channel, port))


async def _serving(channel: Channel, port: int) -> None:
    connector, open_now, most, forgotten = channel.connector, set[Any](), 0, 0

    @web.middleware
    async def connections(request: web.Request, handler: Handler) -> web.StreamResponse:
        nonlocal most
        if IS_POST in request.path:
            open_now.difference_update([each for each in open_now if each is None or each.is_closing()])
            open_now.add(request.transport)
            most = max(most, len(open_now))
        return await handler(request)

    async def begin(request: web.Request) -> web.Response:
        nonlocal most, forgotten
        told = await request.json()
        connector.latency, connector.cap, most = told["latency"], told["cap"], 0
        connector.calls.clear()
        forgotten = channel.entra.asked
        return web.Response()

    async def counted(_: web.Request) -> web.Response:
        posts = [each for each in connector.calls if each.method == "POST"]
        sent = [each for each in posts if each.status == 201]
        told = {
            "sent": Counter(each.conversation_id for each in sent),
            "statuses": Counter(each.status for each in posts),
            "first": sent[0].at if sent else 0.0,
            "last": sent[-1].at if sent else 0.0,
            "tokens": channel.entra.asked - forgotten,
            "connections": most,
        }
        return web.json_response(told)

    more = [web.get("/counted", counted), web.post("/counted", begin)]
    async with channel.serving(port, *more, middlewares=[connections]):
        await asyncio.Event().wait()
