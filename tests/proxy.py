"""What stands in front of replicas: Caddy as it is deployed, and a reverse proxy of a few lines that does as it does.

It asks each replica whether it is open, takes turns among those that are, tries another only where no connection was
made, so that no request is ever sent twice, and waits a while where there is none.
"""

import asyncio
import itertools
import os
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

ASKED_EVERY = 0.1
TRIED_FOR = 10.0
PASSED_ON = ("/api/messages", "/files/")
CADDYFILE = Path(__file__).resolve().parents[1] / "deploy" / "Caddyfile"
CADDY = shutil.which("caddy")


@asynccontextmanager
async def in_front_of(replicas: Sequence[str], port: int) -> AsyncIterator[str]:
    """The address of Caddy with the file that is deployed, or of the proxy below on a machine without Caddy."""
    if CADDY is None:
        async with Proxy(replicas).serving() as proxy:
            yield proxy.url
        return
    addresses = " ".join(each.removeprefix("http://") for each in replicas)
    text, found = re.subn("replica-1:3978 replica-2:3978", addresses, CADDYFILE.read_text(encoding="utf-8"))
    assert found == 1
    with tempfile.TemporaryDirectory(prefix="laeringsbot-caddy-") as folder:
        (Path(folder) / "Caddyfile").write_text(text, encoding="utf-8")
        url = f"http://127.0.0.1:{port}"
        own = {"PUBLIC_HOST": url, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        command = [CADDY, "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]
        process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **own}, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(60):
                while not await _listens(port):
                    assert process.returncode is None, "Caddy has ended by itself"
                    await asyncio.sleep(0.05)
            yield url
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


class Proxy:
    """`url` is where it listens; a request that a replica took and did not answer is answered with 502."""

    def __init__(self, replicas: Sequence[str]) -> None:
        self.url = ""
        self._replicas = replicas
        self._open: set[str] = set()
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
            for each in self._replicas:
                try:
                    async with self._session.get(f"{each}/openz", timeout=aiohttp.ClientTimeout(2)) as answer:
                        is_open = answer.status == 200
                except TimeoutError:
                    continue  # slow is not gone
                except (aiohttp.ClientError, OSError):
                    is_open = False
                (self._open.add if is_open else self._open.discard)(each)
            await asyncio.sleep(ASKED_EVERY)

    async def _pass_on(self, request: web.Request) -> web.Response:
        if not request.path.startswith(PASSED_ON):
            return web.Response(status=404)
        body, turn, until = await request.read(), next(self._turns), time.monotonic() + TRIED_FOR
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "connection")}
        while time.monotonic() < until:
            there = sorted(self._open)
            for replica in there[turn % len(there) :] + there[: turn % len(there)] if there else ():
                try:
                    return await self._ask_one(replica, request, body, headers)
                except aiohttp.ClientConnectorError:
                    continue
                except (aiohttp.ClientError, OSError):
                    return web.Response(status=502)
            await asyncio.sleep(ASKED_EVERY)
        return web.Response(status=503)

    async def _ask_one(self, replica: str, request: web.Request, body: bytes, headers: dict[str, str]) -> web.Response:
        url = replica + request.path_qs
        async with self._session.request(request.method, url, data=body, headers=headers) as answer:
            kept = {"Content-Type": answer.headers["Content-Type"]} if "Content-Type" in answer.headers else {}
            return web.Response(body=await answer.read(), status=answer.status, headers=kept)
