"""The cards as they were last looked at: `python -m tests.cards.golden` writes them anew."""

import json
from pathlib import Path

from cards.kit import Card
from tests.cards.examples import EXAMPLES, LANGUAGES, drawn

GOLDEN = Path(__file__).parent / "golden"


def file_of(name: str, language: str) -> Path:
    return GOLDEN / f"{name}.{language}.json"


def written(card: Card) -> str:
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    wanted = {file_of(name, language): drawn(name, language) for name in EXAMPLES for language in LANGUAGES}
    for file in set(GOLDEN.glob("*.json")) - set(wanted):
        file.unlink()
        print(f"removed {file.name}")
    for file, card in wanted.items():
        if not file.exists() or file.read_text(encoding="utf-8") != written(card):
            file.write_text(written(card), encoding="utf-8")
            print(f"wrote {file.name}")


if __name__ == "__main__":
    main()
