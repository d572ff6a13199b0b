"""Runs the programs and prints what they counted, as rows for docs/reliability.md: python -m tests.soak [NAME …]"""

import asyncio
import sys
import time
import traceback

from tests.soak import PROGRAMS, program
from tests.soak.tally import NAMES


async def main(names: list[str], *, long: bool) -> int:
    failed = []
    print("| what | " + " | ".join(NAMES) + " | besides |")
    print("|---|" + "--:|" * len(NAMES) + "---|")
    for name in names:
        began = time.monotonic()
        try:
            for each in await program(name).run(long=long):
                print(each.row(), flush=True)
        except (AssertionError, TimeoutError) as fault:
            failed.append(name)
            place = traceback.extract_tb(fault.__traceback__)[-1]
            print(f"| **{name}: {fault or place.line}** (line {place.lineno} of {place.name}) |", flush=True)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return len(failed)


if __name__ == "__main__":
    asked = [each for each in sys.argv[1:] if not each.startswith("--")]
    sys.exit(asyncio.run(main(asked or list(PROGRAMS), long="--short" not in sys.argv)))
