"""What the words of a message say of where, when, whose and how; for each question only what can be asked of it."""

from collections.abc import Sequence
from datetime import date

from dialogs.understanding import question
from dialogs.understanding.board import asks_what_the_board_said
from dialogs.understanding.not_here import sends_to_somebody
from dialogs.understanding.place_and_area import where_of
from dialogs.understanding.roster import Thing, What
from dialogs.understanding.said import Said
from dialogs.understanding.times import Time
from dialogs.understanding.turned_round import turned_round
from dialogs.understanding.vocabulary import Hit
from dialogs.understanding.which_ones import lacking_something_else, lacks_a_status
from dialogs.understanding.years import SINCE, Year
from domain.cycle import HALF_YEARS
from domain.period import HalfYear
from domain.slots import AskedStatus, Candidate, Kind, Relative, Slots, resolved

_KINDS = {What.INSTITUTION: Kind.INSTITUTION, What.AREA: Kind.AREA, What.LEADER: Kind.LEADER}

# The first that is said counts: what waits to be acknowledged is open as well, and what nobody has prepared is lacking.
_STATUSES = {
    question.FOCUS_AREA_STATUS: (AskedStatus.NEEDS_ATTENTION, AskedStatus.OVERDUE, AskedStatus.NONE, AskedStatus.OPEN),
    question.DIALOGUE_OVERVIEW: (AskedStatus.NOT_PREPARED, AskedStatus.OVERDUE, AskedStatus.NONE, AskedStatus.OPEN),
    question.DECISION_LIST: (
        AskedStatus.BOARD,
        AskedStatus.OVERDUE,
        AskedStatus.NONE,
        AskedStatus.OPEN,
        AskedStatus.MEASURE,
    ),  # fmt: skip
    question.OBSERVATION_OVERVIEW: (AskedStatus.AWAITING_ACKNOWLEDGEMENT, AskedStatus.NONE, AskedStatus.OPEN),
    question.PERSPECTIVE_SUMMARY: (AskedStatus.NONE,),
    question.AGREEMENT_OVERVIEW: (AskedStatus.OVERDUE, AskedStatus.OPEN, AskedStatus.NONE),
    question.ONE_ON_ONE_RECAP: (),
    question.KEY_FIGURES: (AskedStatus.NONE,),
    question.ATTENTION_LIST: (AskedStatus.OVERDUE,),
}
_CAN_BE_MISSING = (question.FOCUS_AREA_STATUS, question.PERSPECTIVE_SUMMARY, question.OBSERVATION_OVERVIEW)
_HAVE_A_LAST = (
    question.DIALOGUE_OVERVIEW,
    question.DECISION_LIST,
    question.OBSERVATION_OVERVIEW,
    question.PERSPECTIVE_SUMMARY,
    question.AGREEMENT_OVERVIEW,
    question.ONE_ON_ONE_RECAP,
)

# What has a next one, by the noun that it is called.
_NEXT_OF = {question.DIALOGUE_OVERVIEW: "dialogue", question.OBSERVATION_OVERVIEW: "observation"}


def slots_of(said: Said, intent: str | None, today: date) -> Slots:
    half_year, compare_to = _times(said, intent, today)
    where = where_of(said)
    names_a_place = where.institutions or where.areas
    return Slots(
        institutions=where.institutions,
        areas=where.areas,
        types=where.types,
        age_range=where.age_range,
        theme=next(iter(said.things(What.THEME)), None),
        indicator=said.indicator if intent == question.KEY_FIGURES else None,
        half_year=half_year,
        compare_to=compare_to,
        cycle=_cycle(said),
        leaders=() if names_a_place and sends_to_somebody(said) else where.leaders,
        groups=said.groups if intent in (None, question.PERSPECTIVE_SUMMARY) else (),
        status=status_of(said, intent),
        dialogue_no=next((each.number for each in said.dialogue_numbers), None),
        is_short=_is_short(said),
        format="pdf" if said.has("pdf") else "docx" if said.has("docx") else None,
        since_last=said.has("since"),
        latest=said.is_of_the_last and intent in _HAVE_A_LAST,
        coming=intent in _NEXT_OF and said.is_of_the_next(_NEXT_OF[intent]),
    )


def candidates(things: tuple[Thing, ...]) -> tuple[Candidate, ...]:
    return tuple(Candidate(_KINDS[each.what], each.id) for each in things if each.what in _KINDS)


def _times(
    said: Said, intent: str | None, today: date
) -> tuple[HalfYear | Relative | None, HalfYear | Relative | None]:
    """The half-year asked about, and the one it is held against."""
    if intent == question.ATTENTION_LIST:
        # What is urgent now is asked of today, and of no half-year.
        times = [time for time in said.times if said.words[time.start].norm not in ("nu", "now", "lige", "right")]
        return asked_about(times, today), None
    if intent != question.COMPARE_HALF_YEARS:
        return asked_about(said.times, today), None
    if len(said.times) > 1:
        first, second = said.times[:2]
        if said.has("change") and _word_before(said, first) in ("fra", "from"):
            first, second = second, first
        if second.value is None or _is_one_season_twice(said, first, second):
            return first.value, _year_before(first.value, today)
        return first.value, second.value
    if len(said.times) == 1:
        time = said.times[0]
        if time.value is None:
            return None, _year_before(None, today)
        if said.is_of_two(time):
            return None, None
        if _is_held_against(said, time):
            return None, time.value
        # `Sammenlign dette halvår med det forrige`.
        return time.value, Relative.PREVIOUS if said.has_last_of_something else None
    return None, None


def _is_one_season_twice(said: Said, first: Time, second: Time) -> bool:
    """`Dette efterår med sidste efterår`, after the last autumn and before the next: the one before it is meant."""
    has_years = all(
        any(char.isdecimal() for word in said.words[time.start : time.stop] for char in word.norm)
        for time in (first, second)
    )
    return isinstance(first.value, HalfYear) and first.value == second.value and not has_years


def asked_about(times: Sequence[Time], today: date) -> HalfYear | Relative | None:
    """The half-year that is said first; of the last year the later one, as of any year."""
    if not times:
        return None
    return times[0].value or HalfYear(today.year - 1, 2)


def _is_held_against(said: Said, time: Time) -> bool:
    """`Med sidste halvår`, `siden efteråret`, `compared to last spring`."""
    if _word_before(said, time) in ("med", "with"):
        return True
    return any(hit.start < time.start and time.start - hit.stop <= 2 for hit in said.all("against"))


def _word_before(said: Said, time: Time) -> str:
    before = [word.norm for word in said.words[: time.start] if word.norm not in ("det", "den", "the", "i", "in")]
    return before[-1] if before else ""


def _year_before(said: HalfYear | Relative | None, today: date) -> HalfYear:
    return (resolved(said, today) or HalfYear.of(today)).plus(-2)


def _cycle(said: Said) -> Relative | None:
    if said.has("previous_cycle"):
        return Relative.PREVIOUS
    if said.has("next_cycle"):
        return Relative.NEXT
    if of_years := cycle_of_years(said):
        return of_years
    # `I perioden 2022-2024` is no period that one stands in.
    before_years = {each.start for each in said.years}
    return Relative.CURRENT if any(hit.stop not in before_years for hit in said.all("current_cycle")) else None


def cycle_of_years(said: Said) -> Relative | None:
    """`Cyklus 2024-2026`: four half-years from an autumn on, where it is the present one or the one before."""
    span = cycle_years_in(said)
    if span is None or span.first_year is None:
        return None
    begins, now = HalfYear(span.first_year, 2), HalfYear.of(said.today)
    if begins <= now < begins.plus(HALF_YEARS):
        return Relative.CURRENT
    return Relative.PREVIOUS if begins.plus(HALF_YEARS) <= now < begins.plus(2 * HALF_YEARS) else None


def cycle_years_in(said: Said) -> Year | None:
    """The two years apart that are said beside the word for a cycle."""
    stops = {hit.stop for hit in said.all("cycle_word")}
    starts = {hit.start for hit in said.all("cycle_word")}
    for each in said.years:
        before = each.start - 1 if each.start and said.words[each.start - 1].norm in SINCE else each.start
        is_beside = before in stops or each.start in stops or each.stop in starts
        if is_beside and each.first_year is not None and each.last_year == each.first_year + HALF_YEARS // 2:
            return each
    return None


def status_of(said: Said, intent: str | None) -> AskedStatus | None:
    """Which of the things are asked about."""
    # Without a date is not without any, nor is one without something else.
    is_of_others = lacking_something_else(said, intent) is not None and not lacks_a_status(said, intent)
    has_none = _is_without(said) and not is_of_others
    if intent == question.DIALOGUE_OVERVIEW and question.not_met_in(said):
        return AskedStatus.NONE
    lacks = (said.has("prepare") and (has_none or said.has("missing"))) or question.asks_who_lacks(said)
    if intent == question.DIALOGUE_OVERVIEW and lacks:
        return AskedStatus.NOT_PREPARED
    if intent == question.DIALOGUE_OVERVIEW and said.has("not_recorded"):
        return AskedStatus.OVERDUE
    if intent == question.ATTENTION_LIST and said.has("recommendation"):
        return AskedStatus.UNANSWERED
    if intent == question.PERSPECTIVE_SUMMARY and said.has("recommendation"):
        # `Ikke fulgt` says what became of it, and not who has not been heard.
        return None
    for status in _STATUSES.get(intent or "", tuple(AskedStatus) if intent is None else ()):
        if status is AskedStatus.MEASURE and said.has("decision", "dialogue"):
            # What one dialogue decided is told with its decisions.
            continue
        if status is AskedStatus.BOARD and not asks_what_the_board_said(said):
            continue
        if turned_round(said, status):
            continue
        if said.has(status.value) and (status is not AskedStatus.NONE or has_none):
            return status
        is_missing = status is AskedStatus.NONE and intent in _CAN_BE_MISSING and not is_of_others
        if is_missing and any(not _is_said_of_more(said, hit) for hit in said.all("missing")):
            return status
    return None


def _is_without(said: Said) -> bool:
    """`Der ikke er færdige` says which of them, and no more that there are none than `uden frist`."""
    other = [
        hit
        for name in ("without_date", "open", "needs_attention", "not_prepared", "awaiting_acknowledgement")
        for hit in said.all(name)
        if hit.stop - hit.start > 1
    ]
    # `Dialogue no 2`
    numbers = {each.at - 1 for each in said.dialogue_numbers}
    denied = {index for each in AskedStatus if (span := turned_round(said, each)) for index in range(*span)}
    none = [hit for hit in said.all("none") if hit.start not in said.left_at | numbers]
    none = [hit for hit in none if denied.isdisjoint(range(hit.start, hit.stop))]
    return not all(any(_begins_in(each, hit) for each in other) for hit in none)


def _is_said_of_more(said: Said, missing: Hit) -> bool:
    """`Mangler tilbagemelding`: an observation that is there and not done."""
    return any(hit.start == missing.start and hit.stop > missing.stop for hit in said.all("open"))


def _begins_in(hit: Hit, none: Hit) -> bool:
    return none.start in range(hit.start, hit.stop) or (none.start <= hit.start < none.stop < hit.stop)


def _is_short(said: Said) -> bool:
    """A `brief` before a meeting is no less than there is; a brief summary is."""
    nouns = {hit.start for heading in ("recap", "summary", "supervision") for hit in said.all(heading)}
    return any(said.words[hit.start].norm != "brief" or hit.stop in nouns for hit in said.all("short"))
