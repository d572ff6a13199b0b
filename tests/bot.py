"""The whole bot, as `serve` runs it, against the channel of the tests.

    python -m tests.bot CHANNEL_URL PORT DATABASE_URL

runs it as a program of its own, for stories in which it is killed.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.serve import service, utc_now
from bot.settings import Settings
from bot.web import runner_of
from tests.channel import Channel

FACTS = dict.fromkeys(("controller", "purpose", "basis", "storage", "contact", "dpo"), "Skovkøbing Kommune")


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
    async with service(settings, tokens=channel.tokens(), now=now, graph_url=channel.graph_url) as app:
        runner = runner_of(app)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            channel.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield channel.bot_url
        finally:
            await runner.cleanup()


async def main(channel_url: str, port: int, database_url: str) -> None:
    channel = Channel(url=channel_url)
    channel.openid.url = f"{channel_url}/openid"
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with running_bot(database_url, channel, port=port, quiet=False):
        print("ready", flush=True)
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
