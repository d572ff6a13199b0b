"""What somebody leads, where they may read a kind of record, and the institution named with the word they typed.

That is what they lead, what they are chief of, or what the administration sees.
"""

from collections.abc import Sequence
from uuid import UUID

from rapidfuzz import fuzz

from dialogs.turn import Turn
from dialogs.words import normalise, words_of
from domain.access import Record, Sight
from domain.errors import NotAllowed
from domain.organisation import Institution
from storage.organisation import open_institutions
from storage.roles import institutions_led_by, institutions_of_chief

SHORTEST = 3
NAMED = 80


def led_by(turn: Turn, institution_id: UUID | None) -> Institution:
    """The open institution of this id, if the person leads it; `NotAllowed` for any other, and for none."""
    for where in institutions_led_by(turn.uow, turn.viewer):
        if where.id == institution_id:
            return where
    raise NotAllowed


def places_to_read(turn: Turn, record: Record, *, least: Sight = Sight.FULL) -> Sequence[Institution]:
    """The institutions, A to Å, of which the person sees this much of the record; those led come before all others."""
    led = institutions_led_by(turn.uow, turn.viewer)
    places = led or institutions_of_chief(turn.uow, turn.viewer) or open_institutions(turn.uow, turn.today)
    return [where for where in places if turn.viewer.sight(record, where) >= least]


def named_in(text: str, words: Sequence[str], places: Sequence[Institution]) -> list[Institution]:
    """Those whose name stands in what was typed besides the `words` of the question; none where nothing does.

    A whole name comes before one that is only like what was typed.
    """
    said = f" {normalise(text)} "
    if whole := [where for where in places if any(f" {' '.join(words_of(name))} " in said for name in _names(where))]:
        return whole
    wanted = named_words(text, words)
    scored = [(score(wanted, _names(where)), where) for where in places] if wanted else []
    best = max((each for each, _where in scored), default=0)
    return [where for each, where in scored if each == best and each >= NAMED]


def named_words(text: str, words: Sequence[str]) -> str:
    """What was typed, but for the words of the question and those too short to name anything."""
    own = {word for wording in words for word in words_of(wording)}
    return " ".join(each for each in normalise(text).split() if each not in own and len(each) >= SHORTEST)


def score(words: str, names: Sequence[str]) -> float:
    """How well the words name it, 0 to 100: whole words count, and words in common that are too short do not."""
    long_ones = [" ".join(each for each in words_of(name) if len(each) >= SHORTEST) for name in names]
    return max((fuzz.token_set_ratio(words, name) for name in long_ones if name), default=0)


def _names(where: Institution) -> Sequence[str]:
    return (where.name, *where.aliases)
