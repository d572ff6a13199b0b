"""The channel as a program: python -m tests.channel [PORT]

Prints how a bot is started that speaks with it (`tests/bot.py`), and then every call the bot makes, one line each.
"""

import asyncio
import sys

from tests.channel import Channel


async def main(port: int) -> None:
    channel = Channel()
    async with channel.serving(port) as served:
        print(f"python -m tests.bot {served.url} 3978 sqlite:///laeringsbot.db", flush=True)
        shown = 0
        while True:
            async with channel.connector.changed:
                await channel.connector.changed.wait()
            for call in channel.connector.calls[shown:]:
                print(f"{call.at:.3f} {call.method} {call.conversation_id} {call.message_id} {call.status}", flush=True)
            shown = len(channel.connector.calls)


if __name__ == "__main__":
    try:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4978))
    except KeyboardInterrupt:
        pass
