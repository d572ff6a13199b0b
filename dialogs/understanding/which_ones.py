"""Which of the things are asked for, in words that no answer goes by: `fokusområder uden børneperspektiv`, `planlagte
observationer`, `tilsynsresumé uden aftaler`. They are told, and change nothing about what is asked."""

from collections.abc import Iterable

from dialogs.understanding import question
from dialogs.understanding.around import words_at
from dialogs.understanding.names import WITH
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.vocabulary import Hit
from domain.slots import AskedStatus
from domain.unused import Unused, Why

_LISTED = {
    question.FOCUS_AREA_STATUS: ("focus_area", "focus"),
    question.DIALOGUE_OVERVIEW: ("dialogue", "prepare", "not_recorded", "not_prepared"),
    question.DECISION_LIST: ("decision", "measure"),
    question.OBSERVATION_OVERVIEW: ("observation",),
    question.PERSPECTIVE_SUMMARY: ("perspective", "recommendation", *GROUPS),
    question.AGREEMENT_OVERVIEW: ("agreement", "agreed"),
}
_OF_GROUPS = (question.FOCUS_AREA_STATUS, question.DECISION_LIST, question.OBSERVATION_OVERVIEW)
_THINGS = ("focus_area", "measure", "decision", "agreement", "observation", "perspective", "recommendation", "figures")
_ALONE = frozenset({"kun", "only", "bare", "just"})
_OF_WHOM = frozenset({"hvor", "med", "af", "fra", "where", "with", "by", "from"})
_LACKS = ("none", "missing")
_FURTHEST = 3


def lacking_something_else(said: Said, intent: str | None) -> tuple[int, int] | None:
    """Where it is said that the things, which stand before it, lack another: `fokusområder uden børneperspektiv`; never
    that there are none of them."""
    own = _LISTED.get(intent or "")
    if own is None or not said.has(*own):
        return None
    begins = min(hit.start for hit in _hits(said, own))
    for hit in (each for each in _hits(said, _LACKS) if each.start > begins):
        for found in _nouns_behind(said, hit.stop):
            if not said.known.headings(said.words[found.start].norm).isdisjoint(own):
                break
            return hit.start, found.stop
    return None


def lacks_a_status(said: Said, intent: str | None) -> bool:
    """`Fokusområder uden status`: told as well, and nearest to where there is no focus area."""
    lacking = lacking_something_else(said, intent)
    return lacking is not None and said.known.has("status_word", said.words[lacking[1] - 1].norm)


def left_aside(said: Said, intent: str) -> list[Unused]:
    """What says which of them and is not gone by."""
    if intent == question.SUPERVISION_SUMMARY:
        return _parts_of_a_summary(said)
    if intent not in _LISTED:
        return []
    spans = [(hit.start, hit.stop) for hit in said.all("which_state") if not _is_gone_by(said, hit)]
    if lacking := lacking_something_else(said, intent):
        spans.append(lacking)
    spans += _having(said, _LISTED[intent])
    if intent in _OF_GROUPS:
        spans += [
            (hit.start, hit.stop)
            for hit in _hits(said, GROUPS)
            if hit.start and said.words[hit.start - 1].norm in _OF_WHOM and hit.start not in said.left_at
        ]
    return [Unused(Why.UNKNOWN, words_at(said, *span)) for span in sorted(set(spans))]


def _having(said: Said, own: Iterable[str]) -> list[tuple[int, int]]:
    """`Fokusområder med indsatser`: those that have another thing are shown with those that have none."""
    begins = min((hit.start for hit in _hits(said, own)), default=len(said.words))
    return [
        (hit.start, hit.stop)
        for hit in _hits(said, _THINGS)
        if hit.start > begins
        and said.words[hit.start - 1].norm in WITH
        and said.known.headings(said.words[hit.start].norm).isdisjoint(own)
    ]


def _parts_of_a_summary(said: Said) -> list[Unused]:
    """A summary has all its sections, whatever is to be in it alone or not at all."""
    marks = [(hit.start, hit.stop, Why.LEFT_OUT) for hit in _hits(said, ("none", "but_for", "left_out"))]
    marks += [(at, at + 1, Why.UNKNOWN) for at, word in enumerate(said.words) if word.norm in _ALONE]
    found = []
    for start, stop, why in marks:
        parts = [each for each in _nouns_behind(said, stop) if each.heading not in ("supervision", "summary")]
        if parts and start not in said.left_at:
            found.append(Unused(why, words_at(said, start, parts[0].stop)))
    return list(dict.fromkeys(found))


def _nouns_behind(said: Said, start: int) -> list[Hit]:
    """The nouns that follow soon, the nearest first."""
    near = [
        hit for hit in _hits(said, (*question.NOUNS, "status_word", "one_on_one")) if 0 <= hit.start - start < _FURTHEST
    ]
    return sorted(near, key=lambda hit: hit.start)


def _is_gone_by(said: Said, hit: Hit) -> bool:
    """Whether the word is part of more that is said: `ikke går godt`, a half-year, a time."""
    others = _hits(said, (*AskedStatus, "not_recorded", "without_date", "met", "how_goes", "short_time"))
    is_part = any(
        other.start <= hit.start and hit.stop <= other.stop and other.stop - other.start > hit.stop - hit.start
        for other in others
    )
    return is_part or hit.start in said.by_time


def _hits(said: Said, headings: Iterable[str]) -> list[Hit]:
    return [hit for heading in headings for hit in said.all(heading)]
