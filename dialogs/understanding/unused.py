"""Finds what a message says and an answer does not go by, so that it is told instead of being left out in silence."""

from collections.abc import Sequence

from dialogs.understanding import question
from dialogs.understanding.said import Said
from dialogs.understanding.vocabulary import Hit
from domain.slots import Unused, Why

_ALL_HAVE_DATES = (question.AGREEMENT_OVERVIEW, question.DECISION_LIST)


def unused_in(said: Said, intent: str | None) -> tuple[Unused, ...]:
    """What the answer to this question leaves aside, in the words of the message."""
    if intent not in question.THE_TWELVE:
        return ()
    now = {hit.start for hit in said.all("now_word")}
    found = [
        Unused(Why.HALF_YEARS, _words(said, hit))
        for hit in said.all("short_time")
        if hit.start not in said.by_time and not (intent == question.ATTENTION_LIST and hit.start in now)
    ]
    if intent in _ALL_HAVE_DATES:
        found += [Unused(Why.HAS_DATE, _words(said, hit)) for hit in said.all("without_date")[:1]]
    if intent == question.COMPARE_HALF_YEARS:
        found += [Unused(Why.WHOLE_HALF_YEARS, _words(said, hit)) for hit in _longest(said.all("since"))[:1]]
    return tuple(dict.fromkeys(found))


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """`Siden sidste tilsynsresumé`, and not the shorter words in it."""
    return sorted(hits, key=lambda hit: hit.start - hit.stop)


def _words(said: Said, hit: Hit) -> str:
    return " ".join(word.said for word in said.words[hit.start : hit.stop])
