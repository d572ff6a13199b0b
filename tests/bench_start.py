"""How soon the bot is ready, and what it holds in memory then: python -m tests.bench_start

Beside it, in the same run, a Python that only imports the SDK and aiohttp: what nobody who uses them goes below.
"""

import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bot.demo import Child, free_port, wait_until_ready
from bot.demonstration import FACTS, fill
from storage.migrating import migrate

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
SDK_ALONE = "import aiohttp.web, botbuilder.core.teams, time; print('ready', flush=True); time.sleep(60)"


async def the_bot(folder: Path, url: str) -> tuple[float, int]:
    port = free_port(24_000)
    began = time.perf_counter()
    child = await Child.start(
        "The bot",
        [sys.executable, "-m", "bot", "serve", "--local"],
        log=folder / "bot.log",
        environment={**FACTS, "LAERINGSBOT_DATABASE_URL": url, "LAERINGSBOT_PORT": str(port)},
        folder=ROOT,
    )
    await wait_until_ready(child, port)
    return await _measured(child, began)


async def the_sdk_alone(folder: Path, _: str) -> tuple[float, int]:
    began = time.perf_counter()
    child = await Child.start(
        "The SDK", [sys.executable, "-c", SDK_ALONE], log=folder / "sdk.log", environment={}, folder=ROOT
    )
    while "ready" not in child.output():
        await asyncio.sleep(0.01)
    return await _measured(child, began)


async def _measured(child: Child, began: float) -> tuple[float, int]:
    took = time.perf_counter() - began
    await asyncio.sleep(1)
    resident = psutil.Process(child.process.pid).memory_info().rss
    await child.stop()
    return took, resident


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), f"sqlite:///{name}/laeringsbot.db"
        migrate(url)
        await fill(url, datetime.now(UTC))
        for what, run in (("the bot, ready", the_bot), ("the SDK and aiohttp alone", the_sdk_alone)):
            seen = [await run(folder, url) for _ in range(RUNS)]
            times, memory = sorted(each[0] for each in seen), sorted(each[1] for each in seen)
            middle = RUNS // 2
            print(f"{what:28} {times[middle]:.2f} s ({times[0]:.2f}-{times[-1]:.2f})   {memory[middle] / 2**20:.0f} MB")


if __name__ == "__main__":
    os.environ.pop("LAERINGSBOT_DATABASE_URL", None)
    asyncio.run(main())
