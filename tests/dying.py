"""Processes that carry out what was approved, blank the cards, and kill themselves on the way.

    python -m tests.dying DATABASE CHANNEL KEY

For each line `SECONDS STEPS` that it reads it makes a process, waits for its end and tells its exit code. Each
statement that such a process sends to the database is a step, and each commit; after so many it is killed as with
`kill -9`. Whoever comes to the end before that ends by itself. `SECONDS` is what time it is.
"""

import asyncio
import os
import signal
import sys
import traceback
from base64 import b64decode
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from sqlalchemy import Engine, event

from bot.messenger import TeamsMessenger
from scheduler import heartbeat
from scheduler.anonymising import carry_out
from scheduler.delivery import Delivery
from storage.database import Database
from tests.channel import Channel
from tests.town import MUNICIPALITY


async def carry_on(url: str, channel: Channel, key: str, seconds: str, steps: str) -> None:
    now, left = datetime.fromtimestamp(float(seconds), UTC), int(steps)
    database = Database(url, text_keys=[b64decode(key)])
    await database.start()

    def step(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    messenger = TeamsMessenger(channel.tokens(), hosts=("127.0.0.1",))
    await messenger.start()
    worker = Delivery(database, messenger, MUNICIPALITY, lambda: now, rate=50)
    with mock.patch.object(heartbeat, "DEAD_AFTER", 0.0):
        # Whoever was killed before stands still.
        for _ in range(2):
            await worker.beat()
    for _ in range(2):
        await carry_out(database, now, MUNICIPALITY)
        while await worker.deliver_due():
            pass
    await messenger.close()
    await database.close()


def main(url: str, channel_url: str, key: str) -> None:
    channel = Channel(url=channel_url)
    for line in sys.stdin:
        # What is imported once is there in each of them.
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(carry_on(url, channel, key, *line.split()))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
