"""Finds the opposite of what can be looked for: `aftaler der ikke er overskredne`, `ikke de åbne`, `observationer med
kvittering`, and `og hvem er klar` after those who are not.

No answer is of it, and none is of what it is the opposite of.
"""

from dialogs.understanding.names import WITH
from dialogs.understanding.said import Said
from dialogs.understanding.vocabulary import Hit
from domain.slots import AskedStatus

_BETWEEN = frozenset({"er", "are", "is", "de", "dem", "the", "those", "som", "der"})
_OF_WHICH = frozenset({"der", "som", "that", "which", "who", "er", "are", "is", "dem", "men", "but", "og", "and"})
_DENIED = (AskedStatus.OPEN, AskedStatus.OVERDUE, AskedStatus.NEEDS_ATTENTION)

Span = tuple[int, int]


def turned_round(said: Said, status: AskedStatus) -> Span | None:
    """Where it is said, of all that is said of the status; None where any of it asks for the status itself."""
    spans = [_opposite(said, status, hit) for hit in said.all(status)]
    found = [span for span in spans if span is not None]
    return min(found) if found and len(found) == len(spans) else None


def asks_the_opposite(said: Said, status: AskedStatus | None) -> Span | None:
    """Where it is said, after those of the status were asked for."""
    if status is None:
        return None
    if status is AskedStatus.NOT_PREPARED and not said.has("not_prepared", "none", "missing", "not"):
        return next(((hit.start, hit.stop) for hit in said.all("ready_word")), None)
    return turned_round(said, status)


def _opposite(said: Said, status: AskedStatus, hit: Hit) -> Span | None:
    before = hit.start - 1
    if status is AskedStatus.AWAITING_ACKNOWLEDGEMENT:
        return (before, hit.stop) if before >= 0 and said.words[before].norm in WITH else None
    if status not in _DENIED or said.known.has("asks_if", said.words[0].norm):
        return None
    while before > 0 and said.words[before].norm in _BETWEEN:
        before -= 1
    if before < 0 or not said.known.has("not", said.words[before].norm):
        return None
    # `Har vi ikke åbne aftaler` asks for the open ones.
    is_of_which = before == 0 or said.words[before - 1].norm in _OF_WHICH
    return (before, hit.stop) if is_of_which else None
