"""`make understanding`: how well the messages of both halves are understood, and each error of the one worked on.

Of the half that is only measured on, nothing but the counts is shown, unless it is asked for by `--errors held_out`.
"""

import argparse
import json

from tests.understanding.measure import HERE, measure, messages_in, roster


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", choices=["develop", "held_out", "none"], default="develop")
    wanted = parser.parse_args().errors
    names = roster()
    for half in ("develop", "held_out"):
        if not (HERE / f"{half}.csv").exists():
            continue
        report = measure(messages_in(f"{half}.csv"), names)
        for language, part in (("all", report), ("Danish", report.of(False)), ("English", report.of(True))):
            print(
                f"{half:9} {language:8} {len(part.results):4} messages  intents {part.intents:5.1f} %  "
                f"slots {part.slots:5.1f} %  wrong institutions {part.wrong_institutions}"
            )
        print(f"{half:9} median {report.quantile(0.5):.1f} ms, 99 % within {report.quantile(0.99):.1f} ms")
        if half == wanted:
            for each in report.errors:
                print(f"  {each.message.text!r}")
                print(f"    meant {each.message.intent} {json.dumps(each.message.slots, ensure_ascii=False)}")
                print(f"    found {each.intent} {json.dumps(each.slots, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
