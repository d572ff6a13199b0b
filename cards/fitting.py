"""An answer's card however much there is: fewer lines of each section, and shorter words, until it can be sent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import orjson

from cards.kit import Card
from cards.layout import Element
from domain.printed import Line

# Teams takes 25 KB at most, with a little around the card.
AT_MOST = 24_000
LONGEST_QUOTE = 160
# A card has so many letters of what somebody wrote; a file has all of it.
LONGEST_TOLD = 200
# So many letters' worth of a card stand around each text of a line.
AROUND_A_TEXT = 150


def shortened(words: str, most: int = LONGEST_QUOTE) -> str:
    """Somebody's words in one line, cut between two words where they are long; the whole stands at the source."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def in_one_line(words: str) -> str:
    """Somebody's words with nothing left out, as a line of an answer has them."""
    return " ".join(words.split())


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
        told = replace(self, letters=min(self.letters, LONGEST_TOLD))
        is_whole = len(rows) <= self.lines and len(line.small) <= self.letters
        if is_whole and told.letters >= max(map(len, (line.lead, line.rest, *rows))):
            return line
        quote = [told.words(each) for each in rows[: self.lines]]
        if len(rows) > self.lines:
            quote.append("…")
        return replace(
            line,
            lead=told.words(line.lead),
            rest=told.words(line.rest),
            small=self.words(line.small),
            quote="\n".join(quote),
        )

    def weight(self, line: Line) -> int:
        """About how much of a card the line takes, with its texts cut: their letters, and what is around each."""
        texts = [line.lead, line.rest, line.small, *line.quote.splitlines()[: self.lines]]
        letters = min(self.letters, LONGEST_TOLD)
        return sum(AROUND_A_TEXT + min(len(each), letters) for each in texts if each)


EVERYTHING = Room(lines=1_000, letters=10_000)
ROOMS = (
    Room(lines=8, letters=160),
    Room(lines=5, letters=120),
    Room(lines=3, letters=90),
    Room(lines=2, letters=60),
    Room(lines=1, letters=60),
)


def fitted(draw: Callable[[Room], Card], shown: Callable[[Room], Iterable[Line]] = lambda room: ()) -> Card:
    """The card with the most of it that can be sent.

    `shown` are the lines, uncut, that there is so much room for. By them a room is passed over in which the card would
    be too large even if what stands around its lines became less with them.
    """
    card = draw(EVERYTHING)
    if (size := size_of(card)) <= AT_MOST:
        return card
    whole = _weight(EVERYTHING, shown)
    for room in ROOMS:
        if room is not ROOMS[-1] and size * _weight(room, shown) > AT_MOST * whole:
            continue
        card = draw(room)
        if size_of(card) <= AT_MOST:
            break
    return card


def drawn_below(card: Card, element: Element, drawn: Sequence[Element]) -> Card:
    """The card with a chart below one of its elements where there is room for it: it is left out before a line is."""
    if not drawn or element not in card["body"]:
        return card
    place = card["body"].index(element) + 1
    made = {**card, "body": [*card["body"][:place], *drawn, *card["body"][place:]]}
    return made if size_of(made) <= AT_MOST else card


def _weight(room: Room, shown: Callable[[Room], Iterable[Line]]) -> int:
    return sum(room.weight(line) for line in shown(room))


def size_of(card: Card) -> int:
    """The bytes of the card on its way."""
    return len(orjson.dumps(card))
