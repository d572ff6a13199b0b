"""An answer's card however much there is: fewer lines of each section, and shorter words, until it can be sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import orjson

from cards.kit import Card
from domain.printed import Line

# Teams takes 25 KB at most, with a little around the card.
AT_MOST = 24_000
LONGEST_QUOTE = 160


def shortened(words: str, most: int = LONGEST_QUOTE) -> str:
    """Somebody's words in one line, cut between two words where they are long; the whole stands at the source."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


@dataclass(frozen=True, kw_only=True)
class Room:
    """What there is room for: so many `lines` of each section, and so many `letters` of each text in a line."""

    lines: int
    letters: int

    def words(self, words: str) -> str:
        """The words, cut between two of them where they are longer than that."""
        return words if len(words) <= self.letters else shortened(words, self.letters)

    def line(self, line: Line) -> Line:
        """The same line with its texts cut, each row of a quote for itself; the line itself if nothing is cut.

        Most are too short for that, and what was drawn of them for one room is then good for the next.
        """
        rows = line.quote.splitlines() if line.quote else []
        if len(rows) <= self.lines and self.letters >= max(map(len, (line.lead, line.rest, line.small, *rows))):
            return line
        quote = [self.words(each) for each in rows[: self.lines]]
        if len(rows) > self.lines:
            quote.append("…")
        return replace(
            line,
            lead=self.words(line.lead),
            rest=self.words(line.rest),
            small=self.words(line.small),
            quote="\n".join(quote),
        )


EVERYTHING = Room(lines=1_000, letters=10_000)
ROOMS = (
    EVERYTHING,
    Room(lines=8, letters=160),
    Room(lines=5, letters=120),
    Room(lines=3, letters=90),
    Room(lines=2, letters=60),
    Room(lines=1, letters=60),
)


def fitted(draw: Callable[[Room], Card]) -> Card:
    """The card with the most of it that can be sent."""
    for room in ROOMS:
        card = draw(room)
        if size_of(card) <= AT_MOST:
            break
    return card


def size_of(card: Card) -> int:
    """The bytes of the card on its way."""
    return len(orjson.dumps(card))
