"""Runs the programs and prints what they counted, as rows for docs/reliability.md: python -m tests.soak [NAME …]"""

import asyncio
import sys
import time
import traceback

from tests.soak import ALONE, PROGRAMS, program
from tests.soak.tally import NAMES

# Most of their time is waiting: for a rate, for the dead to be found, for a hanging service to be given up.
AT_ONCE = 2


async def main(names: list[str], *, long: bool) -> int:
    """All that are named, two at a time where they may, each in a process of its own; how many have failed."""
    print("| what | " + " | ".join(NAMES) + " | besides |")
    print("|---|" + "--:|" * len(NAMES) + "---|", flush=True)
    if len(names) == 1:
        return await _run(names[0], long=long)
    room = asyncio.Semaphore(AT_ONCE)

    async def beside(name: str) -> int:
        async with room:
            return await _apart(name, long=long)

    failed = await asyncio.gather(*(beside(each) for each in names if each not in ALONE))
    failed += [await _apart(each, long=long) for each in names if each in ALONE]
    return sum(failed)


async def _apart(name: str, *, long: bool) -> int:
    command = [sys.executable, "-m", "tests.soak", name, *([] if long else ["--short"])]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    print("\n".join(said.decode().splitlines()[2:]), flush=True)
    return int(process.returncode != 0)


async def _run(name: str, *, long: bool) -> int:
    began, failed = time.monotonic(), 0
    try:
        for each in await program(name).run(long=long):
            print(each.row(), flush=True)
    except (AssertionError, TimeoutError) as fault:
        failed = 1
        place = traceback.extract_tb(fault.__traceback__)[-1]
        print(f"| **{name}: {fault or place.line}** (line {place.lineno} of {place.name}) |", flush=True)
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return failed


if __name__ == "__main__":
    asked = [each for each in sys.argv[1:] if not each.startswith("--")]
    sys.exit(asyncio.run(main(asked or list(PROGRAMS), long="--short" not in sys.argv)))
