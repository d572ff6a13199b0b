"""Cards posted over aiohttp and nothing else, at a pace: what a proactive message costs before it is one.

    python -m tests.peers.bare_post CHANNEL_URL COUNT RATE

prints the milliseconds of CPU of each.
"""

import asyncio
import json
import sys
import time
from typing import Any

import aiohttp

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "x" * 90, "wrap": True}] * 12}


async def main(channel: str, count: int, rate: float) -> None:
    # The channel's own word; it is imported from nowhere, since a bare post knows nothing of the tests either.
    headers = {"Authorization": "Bearer a-token-of-the-bot", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def post(number: int) -> None:
            attached = {"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD}
            body: dict[str, Any] = {"type": "message", "summary": "x", "attachments": [attached]}
            url = f"{channel}/emea/v3/conversations/bare-{number}/activities"
            async with session.post(url, data=json.dumps(body).encode()) as answer:
                await answer.read()
                answer.raise_for_status()

        await post(0)
        began, used, under_way = time.monotonic(), time.process_time(), []
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            under_way.append(asyncio.create_task(post(number)))
        await asyncio.gather(*under_way)
        print(1000 * (time.process_time() - used) / count)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
