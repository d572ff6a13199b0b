"""`make understanding`: how well the collected messages are understood, each error, and what of it falls short.

Ends with 1 if anything does. Who works on understanding leaves the errors of what is only measured on unread, by
naming the others after `--errors`.
"""

import argparse
import asyncio
import json

from tests.understanding.measure import Report, measure, messages_in, shortfalls, town_of

# The messages, and the town they are asked in.
COLLECTED = {
    "develop": "town",
    "develop2": "town",
    "develop3": "town",
    "develop4": "town",
    "develop5": "town",
    "develop6": "town",
    "develop7": "town",
    "develop8": "town",
    "develop9": "town",
    "develop10": "town",
    "develop11": "town",
    "second_town": "second_town",
    "held_out": "town",
    "held_out2": "town",
}
MEASURED_ONLY = ("held_out", "held_out2")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", nargs="*", choices=[*COLLECTED, "none"], default=list(COLLECTED))
    parser.add_argument("--only", nargs="*", choices=list(COLLECTED), default=list(COLLECTED))
    wanted = parser.parse_args()
    short = []
    for name in wanted.only:
        report = asyncio.run(_measured(name))
        _tell(name, report, with_errors=name in wanted.errors)
        short += [f"{name:11} {each}" for each in shortfalls(report, is_measured_only=name in MEASURED_ONLY)]
    if short:
        print("\nFalls short:", *short, sep="\n  ")
        raise SystemExit(1)


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
