"""Finds what a message says and an answer does not go by, so that it is told instead of being left out in silence."""

from collections.abc import Sequence

from dialogs.understanding import not_here, question, wishes
from dialogs.understanding.around import words_at
from dialogs.understanding.indicators import held_against_the_whole
from dialogs.understanding.kept_back import kept_back
from dialogs.understanding.left_beside import asked_besides, left_beside
from dialogs.understanding.limits import classes_in
from dialogs.understanding.moving import is_without_one_on_one
from dialogs.understanding.names import WITH
from dialogs.understanding.one_of_several import asked_who_is_ready, listed_with, others_of_several
from dialogs.understanding.parts import LONGEST_TOLD
from dialogs.understanding.place_and_area import where_of
from dialogs.understanding.placed import is_hardly_known, is_short_for_a_place, stands_for_a_place
from dialogs.understanding.roster import SHORTEST_PART, What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.slots import status_of
from dialogs.understanding.talked_of import SUBJECT
from dialogs.understanding.times_left import times_left
from dialogs.understanding.turned_round import turned_round
from dialogs.understanding.vocabulary import PLACE_KINDS, Hit
from dialogs.understanding.which_ones import left_aside
from domain.slots import AskedStatus
from domain.unused import Unused, Why

_BEFORE_WHAT = (*SUBJECT, *WITH, "af", "of", "blandt", "among")
_NOT_GONE_BY = (
    (question.FOCUS_AREA_STATUS, AskedStatus.OVERDUE),
    (question.DECISION_LIST, AskedStatus.NONE),
    (question.KEY_FIGURES, AskedStatus.NONE),
)
_ALL_HAVE_DATES = (question.AGREEMENT_OVERVIEW, question.DECISION_LIST)
_HAVE_AN_END = (question.AGREEMENT_OVERVIEW, question.DECISION_LIST, question.FOCUS_AREA_STATUS)
# `3'eren` is what people call a place or an area.
_CALLED_BY_NUMBER = "eren"
# Said of the bot and of oneself: in a question they are nothing that is looked for.
_WISHED = frozenset({
    "message_word", "pass_on", "tell_somebody", "ring_somebody", "whom_to_ask", "save_word", "a_robot", "bot_word",
    "are_you", "no_time", "give_feedback", "agenda_word", "put_on", "answer_word", "by_colleague", "my_tasks",
    "others_did", "begin_one", "end_one", "remind", "make_final", "tells", "tells_of", "recommends", "one_parent",
    "one_staff", "formal_board",
})  # fmt: skip


def unused_in(said: Said, intent: str | None) -> tuple[Unused, ...]:
    """What the answer to this question leaves aside, in the words of the message."""
    if intent == wishes.ONE_ON_ONE and is_without_one_on_one(said):
        return (Unused(Why.NO_ONE_ON_ONE, ""),)
    if intent not in question.THE_TWELVE:
        return ()
    # A month is told together with its year; of a half-year nothing is left aside.
    in_times = said.by_time | said.by_date
    now = {hit.start for heading in ("now_word", "weekday") for hit in said.all(heading)}
    found = [
        Unused(Why.HALF_YEARS, _words(said, hit))
        for hit in _whole_ones([*said.all("short_time"), *said.all("weekday")])
        if in_times.isdisjoint(range(hit.start, hit.stop))
        and not (intent == question.ATTENTION_LIST and hit.start in now)
    ]
    found += times_left(said, intent)
    where = where_of(said)
    if intent != question.POLITICAL_REPORT and where.types:
        kinds = dict.fromkeys(_words(said, hit) for hit in _whole_ones(said.narrower_kinds))
        found += [Unused(Why.KINDS, ", ".join(kinds)[:LONGEST_TOLD])] if kinds else []
    found += [Unused(Why.LEFT_OUT, words_at(said, each.start, each.stop)) for each in said.left_out if each.is_told]
    found += [Unused(Why.CLASSES, each) for each in classes_in(said)]
    found += [Unused(Why.NOT_SENT, "")] if not_here.sends_to_somebody(said) else []
    if intent == question.DIALOGUE_OVERVIEW and (not_met := question.not_met_in(said)):
        found.append(Unused(Why.DIALOGUES_HELD, words_at(said, *not_met)))
    if intent == question.DIALOGUE_OVERVIEW and status_of(said, intent) is None:
        found += [Unused(Why.UNKNOWN, words_at(said, *span)) for span in asked_who_is_ready(said)]
    if intent == question.DIALOGUE_OVERVIEW and question.asks_who_lacks(said):
        found.append(Unused(Why.NOT_PREPARED, words_at(said, 0, len(said.words))[:LONGEST_TOLD]))
    found += [Unused(Why.AREA_BESIDE, "")] if intent == question.KEY_FIGURES and held_against_the_whole(said) else []
    counted = _counted_in_vain(said, intent)
    found += [Unused(Why.NO_FIGURE, counted)] if counted else []
    beside = left_beside(said)
    in_beside = {index for each in beside for index in range(*each)}
    others = [
        (hit.start, hit.stop + 1)
        for hit in said.all("others")
        if hit.start not in in_beside | said.left_at and _is_of_places(said, hit.stop)
    ]
    unknown = [] if counted else [each for each in _unknown(said, intent) if each not in in_beside]
    found += [Unused(Why.UNKNOWN, words_at(said, *each)[:LONGEST_TOLD]) for each in [*beside, *others]]
    unknown += listed_with(said, unknown)
    found += [Unused(Why.UNKNOWN, said.words[index].said) for index in unknown]
    found += others_of_several(said, intent)
    found += [Unused(Why.ONE_AT_A_TIME, _words(said, each)) for each in asked_besides(said, intent)]
    # The first is asked about; of the others it is told that they are nobody's names as well.
    found += [Unused(Why.UNKNOWN, words_at(said, each.start, each.stop)) for each in said.strangers[1:]]
    # Of `ikke åbne eller overskredne` the whole is told.
    turned = dict(sorted(span for each in AskedStatus if (span := turned_round(said, each))))
    found += [Unused(Why.UNKNOWN, words_at(said, *span)) for span in turned.items()]
    found += [Unused(Why.UNKNOWN, _words(said, hit)) for hit in _statuses_left(said, intent)]
    found += [Unused(Why.UNKNOWN, _words(said, hit)) for hit in _groups_left(said, intent)]
    found += left_aside(said, intent)
    found += where.unused
    committee = [hit for hit in said.all("staff_committee") if hit.start not in said.left_at]
    found += [Unused(Why.UNKNOWN, words_at(said, hit.start, hit.stop)) for hit in _whole_ones(committee)]
    found += [Unused(Why.KEPT_BACK, words_at(said, *span)) for span in kept_back(said)]
    if intent == question.ATTENTION_LIST and status_of(said, intent) is AskedStatus.UNANSWERED:
        groups = _whole_ones([hit for heading in GROUPS for hit in said.all(heading)])
        found += [Unused(Why.UNKNOWN, _words(said, hit)) for hit in groups]
    if intent in (question.AGREEMENT_OVERVIEW, question.FOCUS_AREA_STATUS, question.DECISION_LIST):
        found += [Unused(Why.UNKNOWN, _words(said, hit)) for hit in _longest(said.all("by_oneself"))[:1]]
    if intent in _ALL_HAVE_DATES:
        found += [Unused(Why.HAS_DATE, _words(said, hit)) for hit in said.all("without_date")[:1]]
    if intent == question.COMPARE_HALF_YEARS:
        found += [Unused(Why.WHOLE_HALF_YEARS, _words(said, hit)) for hit in _longest(said.all("since"))[:1]]
    return tuple(dict.fromkeys(found))


def strange_places_in(said: Said) -> tuple[Unused, ...]:
    """The places that are named and are not there, or are a class, of a message that is no question by itself."""
    places = (each for each in said.strangers if not each.is_person)
    return (
        *(Unused(Why.UNKNOWN, words_at(said, each.start, each.stop)) for each in places),
        *(Unused(Why.CLASSES, each) for each in classes_in(said)),
    )


def _counted_in_vain(said: Said, intent: str | None) -> str:
    """`Hvor mange børn mistrives`: what is to be counted and is none of the figures; empty where it may be one."""
    if intent != question.KEY_FIGURES or not said.has("how_many") or said.indicator or said.things(What.THEME):
        return ""
    if said.has("figures", "measured"):
        return ""
    start = said.first("how_many")
    return words_at(said, start, len(said.words))[:LONGEST_TOLD]


def _unknown(said: Said, intent: str | None) -> list[int]:
    """The words that stand where it is said whom or what the question is about, and are nothing that is known: `åbne
    aftaler karen`, `beslutninger om skærme`."""
    known = said.by_time | said.by_date | said.names.taken | said.left_at
    known |= {index for hit in said.hits if hit.heading not in _WISHED for index in range(hit.start, hit.stop)}
    numbers = _numbers(said)
    known -= said.talked_of | numbers
    known -= {index for index in range(len(said.words)) if is_hardly_known(said, index)}
    known |= {index for each in said.strangers for index in range(each.start, each.stop)}
    asked_for = [hit for heading in question.NOUNS for hit in said.all(heading)]
    # `Gennemsnitlige nøgletal`, `nøgletal karen`.
    nouns = {hit.stop for hit in asked_for} | {hit.start - 1 for hit in asked_for}
    if not asked_for and intent == question.SUPERVISION_SUMMARY:
        # Of a place alone all there is is shown: `apv elmeskolen`, `nationale test i nord`.
        nouns = set(range(len(said.words)))
    return [
        index
        for index, word in enumerate(said.words)
        if index not in known
        and (len(word.norm) >= SHORTEST_PART or not asked_for or is_short_for_a_place(said, index))
        and (word.norm.isalpha() or index in numbers or word.norm.endswith(_CALLED_BY_NUMBER))
        and (
            index in nouns | said.talked_of
            or is_short_for_a_place(said, index)
            or (index and said.words[index - 1].norm in _BEFORE_WHAT)
            or stands_for_a_place(said, index)
            or _ends_after_name(said, index)
        )
    ]


def _numbers(said: Said) -> set[int]:
    """`Nøgletal 8000`: what is no time, no age and nobody's name."""
    numbers = {
        index for index, word in enumerate(said.words) if word.norm.isdecimal() and len(word.norm) >= SHORTEST_PART
    }
    return numbers - said.by_time - said.by_date - said.names.taken - said.left_at


def _statuses_left(said: Said, intent: str | None) -> Sequence[Hit]:
    """`Hvor mangler der beslutninger`: which of them are asked for, where the answer shows all there are."""
    if intent in _HAVE_AN_END and said.has("carried_out") and not said.has("open"):
        return said.all("carried_out")[:1]
    if intent in (question.DECISION_LIST, question.KEY_FIGURES) and said.has("missing"):
        return said.all("missing")[:1]
    status = status_of(said, intent)
    return _longest(said.all(status))[:1] if status and (intent, status) in _NOT_GONE_BY else []


def _groups_left(said: Said, intent: str) -> list[Hit]:
    """`Nøgletal for unge`: figures and summaries are of places, and of nobody who goes there."""
    if intent not in (question.KEY_FIGURES, question.SUPERVISION_SUMMARY):
        return []
    groups = _whole_ones([hit for heading in GROUPS for hit in said.all(heading) if hit.start not in said.left_at])
    return [hit for hit in groups if hit.start and said.words[hit.start - 1].norm in ("for", "blandt", "among")]


def _ends_after_name(said: Said, index: int) -> bool:
    return index == len(said.words) - 1 and index - 1 in said.names.taken


def _is_of_places(said: Said, index: int) -> bool:
    """`De andre områder`: which those are, nobody can say."""
    return index < len(said.words) and not said.known.headings(said.words[index].norm).isdisjoint(PLACE_KINDS)


def _whole_ones(hits: Sequence[Hit]) -> list[Hit]:
    """`Inden fredag`, and not `fredag` as well."""
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.stop <= other.stop and other.stop - other.start > hit.stop - hit.start
            for other in hits
        )
    ]


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """`Siden sidste tilsynsresumé`, and not the shorter words in it."""
    return sorted(hits, key=lambda hit: hit.start - hit.stop)


def _words(said: Said, hit: Hit) -> str:
    return " ".join(word.said for word in said.words[hit.start : hit.stop])
