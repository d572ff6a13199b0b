"""`make understanding`: how well the collected messages are understood, and each error of those that are worked on.

Of the messages that are only measured on, nothing but the counts is shown, unless they are asked for by
`--errors held_out`.
"""

import argparse
import asyncio
import json

from tests.understanding.measure import HERE, Report, measure, messages_in, town_of

# The messages, and the town they are asked in.
COLLECTED = {
    "develop": "town",
    "develop2": "town",
    "develop3": "town",
    "develop4": "town",
    "develop5": "town",
    "develop6": "town",
    "second_town": "second_town",
    "held_out": "town",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--errors",
        nargs="*",
        choices=[*COLLECTED, "none"],
        default=[each for each in COLLECTED if each.startswith("develop")],
    )
    parser.add_argument("--only", nargs="*", choices=list(COLLECTED), default=list(COLLECTED))
    wanted = parser.parse_args()
    for name in wanted.only:
        if (HERE / f"{name}.csv").exists():
            report = asyncio.run(_measured(name))
            _tell(name, report, with_errors=name in wanted.errors)


async def _measured(name: str) -> Report:
    async with town_of(COLLECTED[name]) as database:
        return await measure(messages_in(f"{name}.csv"), database)


def _tell(name: str, report: Report, *, with_errors: bool) -> None:
    for language, part in (("all", report), ("Danish", report.of(False)), ("English", report.of(True))):
        print(
            f"{name:11} {language:8} {len(part.results):4} messages  intents {part.intents:5.1f} %  "
            f"slots {part.slots:5.1f} %  wrong institutions {part.wrong('institution')}, areas {part.wrong('area')}, "
            f"leaders {part.wrong('leader')}  help by chance {part.help_by_chance}"
        )
    print(f"{name:11} median {report.quantile(0.5):.1f} ms, 99 % within {report.quantile(0.99):.1f} ms")
    for each in report.errors if with_errors else ():
        print(f"  {each.message.text!r}")
        print(f"    meant {each.message.intent} {json.dumps(each.message.slots, ensure_ascii=False)}")
        print(f"    found {each.intent} {json.dumps(each.slots, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
