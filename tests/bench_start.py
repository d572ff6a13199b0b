"""How soon the bot is ready, and what it holds in memory: python -m tests.bench_start [ACTIVITIES]

Beside it, in the same run, a Python that only imports the SDK and aiohttp: what nobody who uses them goes below. Then
from the start to the first saved card, beside the echo of botbuilder's own CloudAdapter, and what the bot holds in
memory after that many activities more (100,000 where nothing is said). Each is started once before it counts, as
whatever is installed has been: Python keeps what it compiled of all of them. CPU is the kernel's own count.
"""

import asyncio
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bot.demo import Child, free_port, wait_until_ready
from bot.demonstration import FACTS, fill
from storage.migrating import migrate
from tests.bench_submit import peer, started
from tests.channel import Channel
from tests.peers import ENVIRONMENT, environment
from tests.peers.pressing import Leaders, Presses, Server, pressing

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
_numbers = itertools.count(1)
SDK_ALONE = "import aiohttp.web, botbuilder.core.teams, time; print('ready', flush=True); time.sleep(60)"


async def the_bot(folder: Path, url: str) -> tuple[float, float, int]:
    port = free_port(24_000)
    began = time.perf_counter()
    child = await Child.start(
        "The bot",
        [sys.executable, "-m", "bot", "serve", "--local"],
        log=folder / "bot.log",
        environment={**ENVIRONMENT, **FACTS, "LAERINGSBOT_DATABASE_URL": url, "LAERINGSBOT_PORT": str(port)},
        folder=ROOT,
    )
    await wait_until_ready(child, port)
    return await _measured(child, began)


async def the_sdk_alone(folder: Path, _: str) -> tuple[float, float, int]:
    began = time.perf_counter()
    child = await Child.start(
        "The SDK", [sys.executable, "-c", SDK_ALONE], log=folder / "sdk.log", environment=ENVIRONMENT, folder=ROOT
    )
    while "ready" not in child.output():
        await asyncio.sleep(0.01)
    return await _measured(child, began)


async def _measured(child: Child, began: float) -> tuple[float, float, int]:
    process = psutil.Process(child.process.pid)
    took, used = time.perf_counter() - began, process.cpu_times()
    await asyncio.sleep(1)
    resident = process.memory_info().rss
    await child.stop()
    return took, used.user + used.system, resident


async def first_card(channel: Channel, folder: Path, url: str, *, is_ours: bool) -> tuple[float, float, int]:
    """Seconds from the start to the answer of the first press, those of CPU, and bytes in memory at rest then."""
    async with AsyncExitStack() as stack:
        began = time.perf_counter()
        server = await _one(stack, channel, folder, url, is_ours=is_ours)
        await pressing(server, [Presses(channel, Leaders().each, numbers=next(_numbers)).request(server)], 1)
        took, used = time.perf_counter() - began, server.cpu()
        await asyncio.sleep(1)
        return took, used, server.resident()


async def after(activities: int, channel: Channel, folder: Path, url: str) -> None:
    """What the bot holds in memory at rest after a fiftieth of so many activities, and after all of them."""
    presses = Presses(channel, Leaders().each, numbers=1_000)
    async with AsyncExitStack() as stack:
        server = await _one(stack, channel, folder, url, is_ours=True)
        held = []
        for many in (activities // 50, activities - activities // 50):
            for _ in range(0, many, 500):
                await pressing(server, [presses.request(server) for _ in range(min(many, 500))], 8)
            await asyncio.sleep(1)
            held.append(server.resident() / 2**20)
        print(f"memory after {activities // 50} activities {held[0]:.0f} MB, after {activities} {held[1]:.0f} MB")


async def _one(stack: AsyncExitStack, channel: Channel, folder: Path, url: str, *, is_ours: bool) -> Server:
    port = free_port(24_500)
    if not is_ours:
        return await peer(stack, channel, "cloud_adapter", port, folder)
    command = [sys.executable, "-m", "tests.bot", channel.url, str(port), url]
    return Server("Læringsbot", await started(stack, "Læringsbot", command, port, folder), port, url=url)


async def beside_the_echo(activities: int) -> None:
    async with Channel().serving() as channel:
        with tempfile.TemporaryDirectory() as name:
            folder, url = Path(name), f"sqlite:///{name}/laeringsbot.db"
            await Leaders().live_in(url)
            environment()
            seen: dict[bool, list[tuple[float, float, int]]] = {True: [], False: []}
            for number in range(RUNS + 1):
                for is_ours in random.sample((True, False), 2):
                    found = await first_card(channel, folder, url, is_ours=is_ours)
                    seen[is_ours] += [found] if number else []
            for what, at, unit in (
                ("start to first card, s", 0, 1),
                ("CPU to first card, s", 1, 1),
                ("memory at rest, MB", 2, 2**20),
            ):
                mine, theirs = ([each[at] / unit for each in seen[is_ours]] for is_ours in (True, False))
                ratio = statistics.median(one / other for one, other in zip(mine, theirs, strict=True))
                ours, echo = statistics.median(mine), statistics.median(theirs)
                print(f"{what:28} {ours:.2f}   CloudAdapter's echo {echo:.2f}   ratio {ratio:.2f}")
            await after(activities, channel, folder, url)


async def main(activities: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), f"sqlite:///{name}/laeringsbot.db"
        migrate(url)
        await fill(url, datetime.now(UTC))
        for what, run in (("the bot, ready", the_bot), ("the SDK and aiohttp alone", the_sdk_alone)):
            seen = [await run(folder, url) for _ in range(RUNS + 1)][1:]
            times, used, memory = (sorted(each[at] for each in seen) for at in range(3))
            middle = RUNS // 2
            print(
                f"{what:28} {times[middle]:.2f} s ({times[0]:.2f}-{times[-1]:.2f})   CPU {used[middle]:.2f} s   "
                f"{memory[middle] / 2**20:.0f} MB"
            )
    await beside_the_echo(activities)


if __name__ == "__main__":
    os.environ.pop("LAERINGSBOT_DATABASE_URL", None)
    asyncio.run(main(int((*sys.argv, 100_000)[1])))
