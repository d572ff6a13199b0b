"""Which key figure is named: in a message, and by an indicator of the municipality's own list."""

from functools import lru_cache

from dialogs.understanding.letters import words_of
from dialogs.understanding.vocabulary import vocabulary
from domain.indicator import Indicator


@lru_cache(maxsize=1_000)
def counted_by(indicator: str) -> frozenset[Indicator]:
    """What an indicator such as `Elevfravær` counts, by the same words that people ask with; not what was typed."""
    said = {hit.heading for hit in vocabulary().hits(words_of(indicator))}
    return frozenset(each for each in Indicator if each.value in said)
