"""The whole bot, as `serve` runs it, against the channel of the tests.

    python -m tests.bot CHANNEL_URL PORT DATABASE_URL [DRAIN_SECONDS]

runs it as a program of its own, for stories in which it is killed.
"""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from bot.drain import serve_until
from bot.serve import keep_what_is_loaded, on_a_loop, service, utc_now
from bot.settings import Settings
from tests.channel import Channel

FACTS = dict.fromkeys(
    ("controller", "purpose", "basis", "recipients", "storage", "contact", "dpo"), "Skovkøbing Kommune"
)


@asynccontextmanager
async def running_bot(
    database_url: str,
    channel: Channel,
    *,
    now: Callable[[], datetime] = utc_now,
    port: int = 0,
    quiet: bool = True,
    **more: Any,
) -> AsyncIterator[str]:
    """The bot, listening; its address, which the channel knows too. `more` are settings besides the channel's."""
    given = {**channel.settings(), **FACTS, "quiet": quiet, "send_rate": 50, **more}
    settings = Settings.load(None, **given, database_url=database_url)
    stopping, listening = asyncio.Event(), asyncio.Event()

    def tell(address: str) -> None:
        channel.bot_url = address
        listening.set()

    async with service(settings, tokens=channel.tokens(), now=now, graph_url=channel.graph_url) as app:
        serving = asyncio.create_task(
            serve_until(app, stopping, host="127.0.0.1", port=port, drain=settings.drain_seconds, listening=tell)
        )
        ready = asyncio.create_task(listening.wait())
        await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if serving.done():
                await serving
            yield channel.bot_url
        finally:
            ready.cancel()
            stopping.set()
            await serving


async def main(channel_url: str, port: int, database_url: str, drain: float = 0) -> None:
    channel = Channel(url=channel_url)
    channel.openid.url = f"{channel_url}/openid"
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with running_bot(database_url, channel, port=port, quiet=False, drain_seconds=drain):
        keep_what_is_loaded()
        print("ready", flush=True)
        await stopped.wait()


if __name__ == "__main__":
    # As `serve` does, until all is loaded.
    gc.disable()
    on_a_loop(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], float((*sys.argv, "0")[4])))
