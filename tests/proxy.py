"""A reverse proxy of a few lines, as Caddy stands in front of replicas: it asks each whether it is open, takes turns
among those that are, tries another only where no connection was made, so that no request is ever sent twice, and waits
a while where there is none."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

ASKED_EVERY = 0.1
TRIED_FOR = 10.0
PASSED_ON = ("/api/messages", "/files/")


class Proxy:
    """`broken` counts the requests that a replica took and did not answer, `by_replica` how many each answered."""

    def __init__(self, replicas: Sequence[str]) -> None:
        self.by_replica = dict.fromkeys(replicas, 0)
        self.ready: set[str] = set()
        self.broken = 0
        self.url = ""
        self._turns = itertools.count()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Proxy"]:
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        runner = web.AppRunner(app, access_log=None)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as self._session:
            asking = asyncio.create_task(self._ask())
            await runner.setup()
            try:
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
                yield self
            finally:
                await runner.cleanup()
                asking.cancel()

    async def _ask(self) -> None:
        while True:
            for each in self.by_replica:
                try:
                    async with self._session.get(f"{each}/openz", timeout=aiohttp.ClientTimeout(2)) as answer:
                        is_ready = answer.status == 200
                except TimeoutError:
                    continue  # slow is not gone
                except (aiohttp.ClientError, OSError):
                    is_ready = False
                (self.ready.add if is_ready else self.ready.discard)(each)
            await asyncio.sleep(ASKED_EVERY)

    async def _pass_on(self, request: web.Request) -> web.Response:
        if not request.path.startswith(PASSED_ON):
            return web.Response(status=404)
        body, turn, until = await request.read(), next(self._turns), time.monotonic() + TRIED_FOR
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "connection")}
        while time.monotonic() < until:
            ready = sorted(self.ready)
            for replica in ready[turn % len(ready) :] + ready[: turn % len(ready)] if ready else ():
                try:
                    return await self._ask_one(replica, request, body, headers)
                except aiohttp.ClientConnectorError:
                    continue
                except (aiohttp.ClientError, OSError):
                    self.broken += 1
                    return web.Response(status=502)
            await asyncio.sleep(ASKED_EVERY)
        return web.Response(status=503)

    async def _ask_one(self, replica: str, request: web.Request, body: bytes, headers: dict[str, str]) -> web.Response:
        url = replica + request.path_qs
        async with self._session.request(request.method, url, data=body, headers=headers) as answer:
            self.by_replica[replica] += 1
            kept = {"Content-Type": answer.headers["Content-Type"]} if "Content-Type" in answer.headers else {}
            return web.Response(body=await answer.read(), status=answer.status, headers=kept)
