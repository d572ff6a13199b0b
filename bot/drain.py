"""Serving until told to stop, in a way that a proxy in front notices before anybody is turned away.

Told to stop, the replica says at `/readyz` and `/openz` that it goes, and asks for every connection to be closed after
its answer. It goes on serving for as long as the proxy may take to notice; then it stops listening and finishes what is
under way.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.web import runner_of

log = logging.getLogger(__name__)

# What each says of a replica that is stopping.
STOPPING = {
    "/readyz": {"ready": False, "problems": ["the bot is stopping"]},
    "/openz": {"open": False, "reasons": ["the bot is stopping"]},
}


async def serve_until(
    app: web.Application,
    stopping: asyncio.Event,
    *,
    host: str,
    port: int,
    drain: float,
    listening: Callable[[str], None] = lambda _address: None,
) -> None:
    """Serves the application until `stopping` is set, and `drain` seconds longer; `listening` is told the address."""

    @web.middleware
    async def closes_connections(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if stopping.is_set() and request.path in STOPPING:
            response: web.StreamResponse = web.json_response(STOPPING[request.path], status=503)
        else:
            response = await handler(request)
        if stopping.is_set():
            response.force_close()
        return response

    app.middlewares.append(closes_connections)
    runner = runner_of(app)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as fault:
            where = f"{host}:{port} (LAERINGSBOT_HOST and LAERINGSBOT_PORT)"
            raise OSError(f"The bot cannot listen on {where}: {fault.strerror}") from None
        found = runner.addresses[0]
        log.info("listening on %s:%s", found[0], found[1])
        listening(f"http://{found[0]}:{found[1]}")
        await stopping.wait()
        if drain:
            log.info("stopping in %g seconds", drain)
            await asyncio.sleep(drain)
    finally:
        await runner.cleanup()
