"""Which key figure is named: in a message, and by an indicator of the municipality's own list."""

from functools import lru_cache

from dialogs.understanding.letters import words_of
from dialogs.understanding.said import Said
from dialogs.understanding.vocabulary import vocabulary
from domain.indicator import Indicator


@lru_cache(maxsize=1_000)
def counted_by(indicator: str) -> frozenset[Indicator]:
    """What an indicator such as `Elevfravær` counts, by the same words that people ask with; not what was typed."""
    said = {hit.heading for hit in vocabulary().hits(words_of(indicator))}
    return frozenset(each for each in Indicator if each.value in said)


def held_against_the_whole(said: Said) -> bool:
    """`Fravær sammenlignet med kommunen`: a figure beside that of all, and no half-year beside another."""
    is_held = said.has("compare", "held_against") and said.has("the_whole") and not said.times
    return is_held and (said.has("measured", "figures") or said.indicator is not None)
