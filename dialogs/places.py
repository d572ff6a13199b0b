"""Whose records somebody can ask for by typing a word, and the institution that is named with it."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from dialogs.turn import Turn
from dialogs.words import normalise
from domain.access import Record, Sight
from domain.organisation import Institution
from storage.organisation import institutions_led_by, institutions_of_administration, institutions_of_chief

SHORTEST = 3
NAMED = 80


def places_to_read(turn: Turn, record: Record) -> Sequence[Institution]:
    """The institutions that the person leads, or is the chief of, or reads as administration, A to Å.

    Administration reads what the policy lets it: those where this kind of record is shown in full.
    """
    own = institutions_led_by(turn.uow, turn.viewer) or institutions_of_chief(turn.uow, turn.viewer)
    found = own or institutions_of_administration(turn.uow, turn.viewer)
    return [where for where in found if turn.viewer.sight(record, where) >= Sight.FULL]


def named_in(text: str, words: Sequence[str], places: Sequence[Institution]) -> list[Institution]:
    """Those whose name stands in what was typed besides the words of the question; none where nothing does."""
    wanted = named_words(text, words)
    scored = [(score(wanted, [where.name, *where.aliases]), where) for where in places] if wanted else []
    best = max((each for each, _where in scored), default=0)
    return [where for each, where in scored if each == best and each >= NAMED]


def named_words(text: str, words: Sequence[str]) -> str:
    """What was typed, but for the words of the question and those too short to name anything."""
    own = {word for wording in words for word in normalise(wording).split()}
    return " ".join(each for each in normalise(text).split() if each not in own and len(each) >= SHORTEST)


def score(words: str, names: Sequence[str]) -> float:
    """How well the words name it, 0 to 100: whole words count, and words in common that are too short do not."""
    long_ones = [" ".join(each for each in normalise(name).split() if len(each) >= SHORTEST) for name in names]
    return max((fuzz.token_set_ratio(words, name) for name in long_ones if name), default=0)
