"""Finds what a message says and an answer does not go by, so that it is told instead of being left out in silence."""

from collections.abc import Sequence

from dialogs.understanding import question
from dialogs.understanding.said import Said
from dialogs.understanding.times import Time
from dialogs.understanding.vocabulary import Hit
from domain.slots import Unused, Why

_ALL_HAVE_DATES = (question.AGREEMENT_OVERVIEW, question.DECISION_LIST)


def unused_in(said: Said, intent: str | None) -> tuple[Unused, ...]:
    """What the answer to this question leaves aside, in the words of the message."""
    if intent not in question.THE_TWELVE:
        return ()
    # A month is told together with its year; of a half-year nothing is left aside.
    in_times = said.by_time | {index for each in said.years for index in range(each.start, each.stop)}
    now = {hit.start for hit in said.all("now_word")}
    found = [
        Unused(Why.HALF_YEARS, _words(said, hit))
        for hit in said.all("short_time")
        if in_times.isdisjoint(range(hit.start, hit.stop))
        and not (intent == question.ATTENTION_LIST and hit.start in now)
    ]
    found += [
        Unused(Why.HALF_YEARS if each.is_part else Why.MORE_THAN_ONE, _said(said, each.start, each.stop))
        for each in said.years
    ]
    found += [Unused(Why.MORE_THAN_ONE, _said(said, each.start, each.stop)) for each in _other_times(said, intent)]
    if intent in _ALL_HAVE_DATES:
        found += [Unused(Why.HAS_DATE, _words(said, hit)) for hit in said.all("without_date")[:1]]
    if intent == question.COMPARE_HALF_YEARS:
        found += [Unused(Why.WHOLE_HALF_YEARS, _words(said, hit)) for hit in _longest(said.all("since"))[:1]]
    return tuple(dict.fromkeys(found))


def _other_times(said: Said, intent: str | None) -> list[Time]:
    """The half-years that are said besides the one that is answered: `efteråret 2024 og foråret 2025`."""
    if intent in (question.COMPARE_HALF_YEARS, question.ATTENTION_LIST):
        return []
    years = {each.start for each in said.years}
    times = [each for each in said.times if each.value is not None]
    return [each for each in times[1:] if each.value != times[0].value and each.start not in years]


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """`Siden sidste tilsynsresumé`, and not the shorter words in it."""
    return sorted(hits, key=lambda hit: hit.start - hit.stop)


def _words(said: Said, hit: Hit) -> str:
    return " ".join(word.said for word in said.words[hit.start : hit.stop])


def _said(said: Said, start: int, stop: int) -> str:
    """Word for word with what stands between them: `2025/26`."""
    first, *others = said.words[start:stop]
    return first.said + "".join(f"{word.before}{word.said}" for word in others)
