"""Finds what a message says and an answer does not go by, so that it is told instead of being left out in silence."""

from collections.abc import Sequence

from dialogs.understanding import not_here, question, wishes
from dialogs.understanding.indicators import held_against_the_whole
from dialogs.understanding.left_beside import asked_besides, left_beside
from dialogs.understanding.limits import classes_in
from dialogs.understanding.moving import is_without_one_on_one
from dialogs.understanding.names import WITH
from dialogs.understanding.parts import LONGEST_TOLD
from dialogs.understanding.placed import is_hardly_known, is_short_for_a_place, stands_for_a_place
from dialogs.understanding.roster import SHORTEST_PART, What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.slots import asked_about, cycle_of_years, cycle_years_in, status_of
from dialogs.understanding.talked_of import SUBJECT
from dialogs.understanding.times import Time
from dialogs.understanding.vocabulary import Hit
from dialogs.understanding.which_ones import left_aside
from dialogs.understanding.years import SINCE, Year
from domain.key_figures import HALF_YEARS_SHOWN
from domain.period import HalfYear
from domain.slots import AskedStatus, Unused, Why, resolved

_UNTIL = frozenset({"til", "to", "og", "med", "frem", "op", "and", "until", "through", "up", "nu", "det", "den"})
_UNTIL_ALONE = frozenset({"til", "to", "until", "through"})
_BETWEEN = ("mellem", "between")
_AND_ON = (("og", "frem"), ("og", "fremad"), ("og", "fremefter"), ("frem",), ("onwards",), ("and", "onwards"), ("on",))
_BEFORE_WHAT = (*SUBJECT, *WITH, "af", "of", "blandt", "among")
_NOT_GONE_BY = (
    (question.FOCUS_AREA_STATUS, AskedStatus.OVERDUE),
    (question.DECISION_LIST, AskedStatus.NONE),
    (question.KEY_FIGURES, AskedStatus.NONE),
)
_ALL_HAVE_DATES = (question.AGREEMENT_OVERVIEW, question.DECISION_LIST)
_HAVE_AN_END = (question.AGREEMENT_OVERVIEW, question.DECISION_LIST, question.FOCUS_AREA_STATUS)
_OF_NO_HALF = (question.COMPARE_HALF_YEARS, question.ATTENTION_LIST, question.DIALOGUE_OVERVIEW)
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
    spans = _spans(said) if intent not in (question.COMPARE_HALF_YEARS, question.ATTENTION_LIST) else []
    in_spans = {index for start, stop in spans for index in range(start, stop)}
    compared = _other_halves(said) if intent == question.COMPARE_HALF_YEARS else None
    found += [compared] if compared else []
    of_halves = [
        _of_year(said, intent, each)
        for each in said.years
        if each.start not in in_spans and not _is_all_there(said, intent, each) and not compared
    ]
    found += [each for each in of_halves if not _is_shown(said, intent, each)]
    found += [Unused(Why.MORE_THAN_ONE, _said(said, *each)) for each in spans]
    of_times = [_of_time(said, intent, each) for each in _other_times(said, intent) if each.start not in in_spans]
    found += [each for each in of_times if not _is_shown(said, intent, each)]
    found += [Unused(each.why, _said(said, each.start, each.stop)) for each in said.asides]
    if intent != question.POLITICAL_REPORT:
        kinds = dict.fromkeys(_words(said, hit) for hit in _whole_ones(said.narrower_kinds))
        found += [Unused(Why.KINDS, ", ".join(kinds)[:LONGEST_TOLD])] if kinds else []
    found += [Unused(Why.LEFT_OUT, _said(said, each.start, each.stop)) for each in said.left_out if each.is_told]
    found += [Unused(Why.CLASSES, each) for each in classes_in(said)]
    found += [Unused(Why.NOT_SENT, "")] if not_here.sends_to_somebody(said) else []
    if intent == question.DIALOGUE_OVERVIEW and (not_met := question.not_met_in(said)):
        found.append(Unused(Why.DIALOGUES_HELD, _said(said, *not_met)))
    if intent == question.DIALOGUE_OVERVIEW and question.asks_who_lacks(said):
        found.append(Unused(Why.NOT_PREPARED, _said(said, 0, len(said.words))[:LONGEST_TOLD]))
    found += [Unused(Why.AREA_BESIDE, "")] if intent == question.KEY_FIGURES and held_against_the_whole(said) else []
    counted = _counted_in_vain(said, intent)
    found += [Unused(Why.NO_FIGURE, counted)] if counted else []
    beside = left_beside(said)
    in_beside = {index for each in beside for index in range(*each)}
    unknown = [] if counted else [each for each in _unknown(said, intent) if each not in in_beside]
    found += [Unused(Why.UNKNOWN, _said(said, *each)[:LONGEST_TOLD]) for each in beside]
    found += [Unused(Why.UNKNOWN, said.words[index].said) for index in unknown]
    found += [Unused(Why.ONE_AT_A_TIME, _words(said, each)) for each in asked_besides(said, intent)]
    # The first is asked about; of the others it is told that they are nobody's names as well.
    found += [Unused(Why.UNKNOWN, _said(said, each.start, each.stop)) for each in said.strangers[1:]]
    found += [Unused(Why.UNKNOWN, _words(said, hit)) for hit in _statuses_left(said, intent)]
    found += left_aside(said, intent)
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
        *(Unused(Why.UNKNOWN, _said(said, each.start, each.stop)) for each in places),
        *(Unused(Why.CLASSES, each) for each in classes_in(said)),
    )


def _of_year(said: Said, intent: str | None, year: Year) -> Unused:
    """`2025` has two halves, of which one is answered: the other is offered."""
    words = _said(said, year.start, year.stop)
    if year.is_part:
        return Unused(Why.HALF_YEARS, words)
    return _of_one_half(said, intent, words, year.other)


def _of_time(said: Said, intent: str | None, time: Time) -> Unused:
    """`Sidste år`, of which the later half is answered; and `forår` of `efterår og forår`."""
    words = _said(said, time.start, time.stop)
    if other := resolved(time.value, said.today):
        is_asked = intent not in _OF_NO_HALF and other.starts_on <= said.today
        is_said = isinstance(asked_about(said.times, said.today), HalfYear)
        return Unused(Why.OTHER_HALF if is_said else Why.MORE_THAN_ONE, words, other if is_asked else None)
    spring = HalfYear(said.today.year - 1, 1) if len(said.times) == 1 else None
    return _of_one_half(said, intent, words, spring)


def _other_halves(said: Said) -> Unused | None:
    """`Skoleåret 24/25 med 25/26`: one half of each is compared, and the others can be."""
    others = [each.other for each in said.years if not each.is_part]
    if len(others) != 2 or len(said.times) != 2 or not all(each and each.starts_on <= said.today for each in others):
        return None
    return Unused(Why.HALVES_COMPARED, "", *others)


def _is_shown(said: Said, intent: str | None, unused: Unused) -> bool:
    """Whether the answer shows the other half as well: key figures are told with the half-years before."""
    asked = resolved(asked_about(said.times, said.today), said.today)
    if intent != question.KEY_FIGURES or unused.other is None or asked is None:
        return False
    return asked.plus(1 - HALF_YEARS_SHOWN) <= unused.other <= asked


def _of_one_half(said: Said, intent: str | None, words: str, other: HalfYear | None) -> Unused:
    if other is None or intent in _OF_NO_HALF or len(said.times) > 1 or other.starts_on > said.today:
        return Unused(Why.MORE_THAN_ONE, words)
    return Unused(Why.ONE_HALF, words, other)


def _counted_in_vain(said: Said, intent: str | None) -> str:
    """`Hvor mange børn mistrives`: what is to be counted and is none of the figures; empty where it may be one."""
    if intent != question.KEY_FIGURES or not said.has("how_many") or said.indicator or said.things(What.THEME):
        return ""
    if said.has("figures", "measured"):
        return ""
    start = said.first("how_many")
    return _said(said, start, len(said.words))[:LONGEST_TOLD]


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
        and (word.norm.isalpha() or index in numbers)
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


def _ends_after_name(said: Said, index: int) -> bool:
    return index == len(said.words) - 1 and index - 1 in said.names.taken


def _is_all_there(said: Said, intent: str | None, year: Year) -> bool:
    """In spring `i år` is the half-year so far; but of the dialogues in a year, some are to come. `Cyklus 2024-2026` is
    a cycle."""
    if cycle_years_in(said) == year and cycle_of_years(said) is not None:
        return True
    is_since = said.words[year.start].norm in SINCE
    return year.is_so_far and (is_since or intent != question.DIALOGUE_OVERVIEW)


def _spans(said: Said) -> list[tuple[int, int]]:
    """Where more half-years than one are said by the first and the last: `fra efterår 2024 til forår 2026`, `siden
    efteråret`."""
    found = []
    for first, last in zip(said.times, said.times[1:], strict=False):
        between = [word.norm for word in said.words[first.stop : last.start]]
        before = said.words[first.start - 1].norm if first.start else ""
        is_until = bool(between) and set(between) <= _UNTIL and not _UNTIL_ALONE.isdisjoint(between)
        is_dashed = not between and said.words[last.start].before.strip() in ("-", "–", "—")
        if is_until or is_dashed or (between in (["og"], ["and"]) and before in _BETWEEN):
            found.append((first.start - (before in (*SINCE, *_BETWEEN)), last.stop))
    for time in said.times:
        before = said.words[time.start - 1].norm if time.start else ""
        after = tuple(word.norm for word in said.words[time.stop : time.stop + 2])
        is_on = before in ("fra", "from") and (after in _AND_ON or after[:1] in _AND_ON)
        is_inside = any(start <= time.start < stop for start, stop in found)
        is_past = resolved(time.value, said.today) != HalfYear.of(said.today)
        if not is_inside and (is_on or before in ("siden", "since")) and is_past:
            found.append((time.start - 1, time.stop))
    return found


def _other_times(said: Said, intent: str | None) -> list[Time]:
    """The half-years that are said besides the one that is answered: `efteråret 2024 og foråret 2025`; and the last
    year, of which one is answered."""
    if intent == question.COMPARE_HALF_YEARS:
        return []
    years = {each.start for each in said.years}
    first = next(iter(said.times), None)
    return [
        each
        for each in said.times
        if each.start not in years
        and (each.value is None or (intent != question.ATTENTION_LIST and first and each.value != first.value))
    ]


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


def _said(said: Said, start: int, stop: int) -> str:
    """Word for word with what stands between them: `2025/26`."""
    first, *others = said.words[start:stop]
    return first.said + "".join(f"{word.before}{word.said}" for word in others)
