"""Finds the opposite of what can be looked for: `aftaler der ikke er overskredne`, `ikke de åbne`, `observationer med
kvittering`, and `og hvem er klar` after those who are not.

No answer is of it, and none is of what it is the opposite of.
"""

from collections.abc import Sequence

from dialogs.understanding.names import WITH
from dialogs.understanding.said import Said
from dialogs.understanding.vocabulary import COMMON, Hit
from domain.slots import AskedStatus

_BETWEEN = frozenset(
    {
        "er", "are", "is", "de", "dem", "the", "those", "som", "der", "har", "have", "has", "laengere", "mere",
        "longer", "any", "more",
    }
)  # fmt: skip
_OF_WHICH = frozenset(
    {
        "der", "som", "that", "which", "who", "er", "are", "is", "de", "dem", "they", "men", "but", "og", "and", "do",
        "does",
    }
)  # fmt: skip
_LINKS = frozenset({"og", "and", "eller", "or"})
_DENIED = (AskedStatus.OPEN, AskedStatus.OVERDUE, AskedStatus.NEEDS_ATTENTION)

Span = tuple[int, int]


def turned_round(said: Said, status: AskedStatus) -> Span | None:
    """Where it is said, of all that is said of the status; None where any of it asks for the status itself."""
    spans = [_opposite(said, status, hit) for hit in _whole(said.all(status))]
    found = [span for span in spans if span is not None]
    return min(found) if found and len(found) == len(spans) else None


def asks_the_opposite(said: Said, status: AskedStatus | None) -> Span | None:
    """Where it is said, after those of the status were asked for."""
    if status is None:
        return None
    if status is AskedStatus.NOT_PREPARED and not said.has("not_prepared", "none", "missing", "not"):
        return next(((hit.start, hit.stop) for hit in said.all("ready_word")), None)
    turned = (turned_round(said, each) for each in (status, *_DENIED))
    return next((span for span in turned if span), None)


def _opposite(said: Said, status: AskedStatus, hit: Hit) -> Span | None:
    before = hit.start - 1
    if status is AskedStatus.AWAITING_ACKNOWLEDGEMENT:
        return (before, hit.stop) if before >= 0 and said.words[before].norm in WITH else None
    if status not in _DENIED or said.known.has("asks_if", said.words[0].norm):
        return None
    denied = _denied_at(said)
    while before > 0 and _leads_on(said, before, denied):
        before -= 1
    if before < 0 or before in denied or not said.known.has("not", said.words[before].norm):
        return None
    # `Har vi ikke åbne aftaler` asks for the open ones.
    is_parted = before == 0 or "," in said.words[before].before
    return (before, hit.stop) if is_parted or said.words[before - 1].norm in _OF_WHICH else None


def _leads_on(said: Said, index: int, denied: frozenset[int]) -> bool:
    """Whether what is said before the word goes for what is behind it: `ikke længere åbne`, `ikke åbne eller
    overskredne`."""
    word = said.words[index]
    if "," in said.words[index + 1].before or said.known.has("not", word.norm):
        return False
    is_link = word.norm in _LINKS and index - 1 in denied
    return is_link or index in denied or word.norm in _BETWEEN or said.known.has(COMMON, word.norm)


def _denied_at(said: Said) -> frozenset[int]:
    return frozenset(index for each in _DENIED for hit in said.all(each) for index in range(hit.start, hit.stop))


def _whole(hits: Sequence[Hit]) -> list[Hit]:
    """`Brug for opmærksomhed`, and not `opmærksomhed` once more."""
    return [
        hit
        for hit in hits
        if not any(each != hit and each.start <= hit.start and hit.stop <= each.stop for each in hits)
    ]
