"""Which question a message asks, once its names and times are known."""

from dialogs.understanding.around import asks_of_something, covered, is_all
from dialogs.understanding.board import asks_what_the_board_said
from dialogs.understanding.briefed import is_briefed_on_a_theme, is_briefed_on_somebody
from dialogs.understanding.indicators import held_against_the_whole
from dialogs.understanding.kept_back import is_summary_beside_talks
from dialogs.understanding.names import WITH
from dialogs.understanding.roster import What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.wishes import wish_in
from domain.organisation import InstitutionType

SUPERVISION_SUMMARY = "supervision_summary"
FOCUS_AREA_STATUS = "focus_area_status"
DIALOGUE_OVERVIEW = "dialogue_overview"
DECISION_LIST = "decision_list"
OBSERVATION_OVERVIEW = "observation_overview"
PERSPECTIVE_SUMMARY = "perspective_summary"
AGREEMENT_OVERVIEW = "agreement_overview"
ONE_ON_ONE_RECAP = "one_on_one_recap"
KEY_FIGURES = "key_figures"
ATTENTION_LIST = "attention_list"
COMPARE_HALF_YEARS = "compare_half_years"
POLITICAL_REPORT = "political_report"
HELP = "help"
SMALLTALK = "smalltalk"
SET_LANGUAGE = "set_language"

THE_TWELVE = (
    SUPERVISION_SUMMARY,
    FOCUS_AREA_STATUS,
    DIALOGUE_OVERVIEW,
    DECISION_LIST,
    OBSERVATION_OVERVIEW,
    PERSPECTIVE_SUMMARY,
    AGREEMENT_OVERVIEW,
    ONE_ON_ONE_RECAP,
    KEY_FIGURES,
    ATTENTION_LIST,
    COMPARE_HALF_YEARS,
    POLITICAL_REPORT,
)

# The nouns that name a question, and how much each says: a dialogue is where decisions are made and heard of, and a
# figure or a status can be of anything.
TOPICS = (
    ("focus_area", FOCUS_AREA_STATUS, 3),
    ("perspective", PERSPECTIVE_SUMMARY, 3),
    ("agreement", AGREEMENT_OVERVIEW, 3),
    ("decision", DECISION_LIST, 3),
    ("observation", OBSERVATION_OVERVIEW, 3),
    ("recommendation", PERSPECTIVE_SUMMARY, 3),
    ("measure", DECISION_LIST, 2),
    ("figures", KEY_FIGURES, 2),
    ("prepare", DIALOGUE_OVERVIEW, 2),
    ("dialogue", DIALOGUE_OVERVIEW, 2),
    ("not_recorded", DIALOGUE_OVERVIEW, 2),
    ("agreed", AGREEMENT_OVERVIEW, 1),
    ("focus", FOCUS_AREA_STATUS, 1),
    ("measured", KEY_FIGURES, 1),
)
NOUNS = ("supervision", "summary", *(name for name, _intent, _weight in TOPICS))
_STATUSES = ("not_prepared", "awaiting_acknowledgement", "needs_attention", "overdue", "open", "missing")
_WORDS_AFTER_NOT = 3
_AROUND_A_LANGUAGE = ("language", "language_around", "greeting", "thanks", "common", "asks_if", "help")
_NO_HELP = ("whom_to_ask", "supervision", "political", "compare", "one_on_one", "attention", "practice", "others_did")


def intent_of(said: Said) -> str | None:
    """The question, or None where nothing tells one."""
    return (
        _small(said) or wish_in(said) or _whole(said) or _not_met(said) or _of_two(said) or _topic(said) or _loose(said)
    )


def is_loose(said: Said) -> bool:
    """Whether no noun of a question is named, so that a command in the same words comes first."""
    return all(each(said) is None for each in _SURE)


def _small(said: Said) -> str | None:
    """A greeting, a word of thanks, the language, or help; each alone, and not as the beginning of a question."""
    has_names = any(each.what is not What.THEME for each in said.named) or bool(said.choices)
    if has_names or said.times:
        return None
    if said.has("asks_meaning") and is_all(said, "asks_meaning", "common", "more_than", *NOUNS, "one_on_one"):
        return HELP
    if said.has(*(name for name, _intent, _weight in TOPICS), "attention"):
        return None
    if _is_told_of_a_language(said):
        return None
    if said.has("language") and is_all(said, "language", "language_around", "greeting", "thanks"):
        return SET_LANGUAGE
    if said.has("language_name") and not said.has("how_goes") and is_all(said, *_AROUND_A_LANGUAGE):
        return SET_LANGUAGE
    if _asks_for_help(said) and not said.groups and not said.has(*_NO_HELP):
        return HELP
    is_asked_how = said.has("wellbeing") and not asks_of_something(said) and not said.asks_where_or_who
    if is_asked_how and is_all(said, "wellbeing", "greeting", "thanks", "common"):
        return SMALLTALK
    if (
        said.has("greeting", "thanks", "goodbye")
        and not (said.has("when_word", "visit") or said.groups)
        and is_all(said, "greeting", "thanks", "goodbye", "common", "wellbeing")
    ):
        return SMALLTALK
    return None


def _asks_for_help(said: Said) -> bool:
    """And does not thank for it: `tak for din hjælp`."""
    thanked = {index for hit in said.all("thanks") for index in range(hit.start, hit.stop)}
    return any(hit.stop - 1 not in thanked for hit in said.all("help"))


def _is_told_of_a_language(said: Said) -> bool:
    """`Fortæl om sprog`: what children learn, and not what is written here."""
    at = {hit.start for hit in said.all("language") if hit.stop - hit.start == 1}
    return any(index and said.words[index - 1].norm in ("om", "about") for index in at) and not said.has(
        "language_name"
    )


def _whole(said: Said) -> str | None:
    """What is about the whole, whatever else is named: politics, a comparison."""
    works_with_themes = said.has("theme_word") and said.has("works_with", "chose")
    if said.is_political and not said.has("political_round") and not works_with_themes:
        return POLITICAL_REPORT
    if held_against_the_whole(said):
        return KEY_FIGURES
    if said.has("compare", "turned"):
        return COMPARE_HALF_YEARS
    if said.is_held_against_a_time and _can_be_held_against_a_time(said):
        return COMPARE_HALF_YEARS
    is_against = len(said.times) > 1 and said.has("against", "change")
    if is_against or (said.has("change") and said.times and said.has("against")):
        return COMPARE_HALF_YEARS
    return None


def _can_be_held_against_a_time(said: Said) -> bool:
    """Whether figures, the supervision or nothing else is named: `i forhold til` may say no more than `about`."""
    if said.has("figures", "measured", "supervision"):
        return True
    if said.has(*(each for each in _STATUSES if each != "missing")):
        return False
    # What is missing in comparison is found by comparing.
    asked = _of_two(said) or _topic(said) or _loose(said)
    return asked in (None, SUPERVISION_SUMMARY) or (asked == ATTENTION_LIST and said.has("missing"))


def _not_met(said: Said) -> str | None:
    """`Hvilke steder har jeg ikke snakket med`: where there has been no learning dialogue."""
    return DIALOGUE_OVERVIEW if not_met_in(said) else None


def not_met_in(said: Said) -> tuple[int, int] | None:
    """Where it is said that no place of several was talked with or visited; None where it is somebody who is named."""
    is_other = said.names_a_person or said.groups or said.has("one_on_one", *(name for name, _i, _w in TOPICS))
    if is_other or not (said.has("unnamed", "asks_which") or said.types):
        return None
    for hit in said.all("met"):
        for start in range(max(hit.start - _WORDS_AFTER_NOT, 0), hit.start):
            if said.known.has("not", said.words[start].norm):
                return start, hit.stop
    return None


def _of_two(said: Said) -> str | None:
    """What a chief and a leader talked about."""
    if is_summary_beside_talks(said):
        return SUPERVISION_SUMMARY
    is_last = said.is_of_the_last
    if said.has("one_on_one"):
        if said.has("agreement"):
            return AGREEMENT_OVERVIEW
        if is_last or (said.times and not said.is_of_a_day) or said.ends_with_somebodys_one_on_one:
            return ONE_ON_ONE_RECAP
        if said.has("recap", "talk", "agreed", "how_goes", "brief_me", "prepare"):
            return ONE_ON_ONE_RECAP
        return None
    if said.has("supervision", "observation", "dialogue", "focus_area", "perspective"):
        return None
    leads_a_place = said.has("lead", "one_leader") and bool(said.things(What.INSTITUTION))
    with_somebody = said.names_a_person or leads_a_place
    if said.has("talk") and (with_somebody or is_last):
        return ONE_ON_ONE_RECAP
    if said.has("agreed") and is_last and not said.has("agreement"):
        return ONE_ON_ONE_RECAP
    if any(hit.stop + 1 in said.leaders_at and said.words[hit.stop].norm in WITH for hit in said.all("recap")):
        return ONE_ON_ONE_RECAP
    if with_somebody and (is_last or said.has("brief_me", "meeting")) and said.has("recap", "brief_me"):
        return ONE_ON_ONE_RECAP
    return ONE_ON_ONE_RECAP if is_briefed_on_somebody(said, [name for name, _i, _w in TOPICS]) else None


def _topic(said: Said) -> str | None:
    """The noun that says most; of two that say as much, the one that comes first."""
    if said.has("one_on_one"):
        return None
    if said.has("supervision") or is_briefed_on_a_theme(said):
        return SUPERVISION_SUMMARY
    if asks_what_the_board_said(said):
        return DECISION_LIST
    if said.has("reflection") and said.has("asks_which") and said.has("none", "missing", "not"):
        return ATTENTION_LIST
    if said.has("recommendation") and said.has("unanswered", "attention", "open", "overdue", "missing"):
        return ATTENTION_LIST
    found = [(-weight, said.first(name), intent) for name, intent, weight in TOPICS if said.has(name)]
    asks_what = bool(said.words) and said.words[0].norm in ("hvad", "what")
    if said.has(*GROUPS) and (said.has("say") or (asks_what and said.has("recommends"))):
        found.append((-3, said.first("say" if said.has("say") else "recommends"), PERSPECTIVE_SUMMARY))
    begins_with_group = any(hit.start == 0 for name in GROUPS for hit in said.all(name))
    found += [(-1, 0, PERSPECTIVE_SUMMARY)] if begins_with_group and said.things(What.THEME) else []
    if (counted := said.indicator) and not said.things(What.THEME):
        found.append((-1, said.first(counted), KEY_FIGURES))
    if said.has(*GROUPS) and said.has("how_many"):
        found.append((-1, said.first("how_many"), KEY_FIGURES))
    is_counted = said.things(What.THEME) or said.indicator or said.has("figures", "measured")
    if said.has("over_time") and is_counted:
        found.append((-4, said.first("over_time"), KEY_FIGURES))
    if said.has("theme_word") and said.has("works_with", "chose"):
        found.append((-1, said.first("theme_word"), FOCUS_AREA_STATUS))
    if said.has("chose") and (said.things(What.THEME) or (asks_what and said.things(What.INSTITUTION))):
        found.append((-1, said.first("chose"), FOCUS_AREA_STATUS))
    if not found and said.has("they_say") and (said.has_place or any(not each.is_person for each in said.strangers)):
        return PERSPECTIVE_SUMMARY
    return min(found)[2] if found else None


def _loose(said: Said) -> str | None:
    """What needs attention, and what is asked in so many words of a place."""
    if said.has("one_on_one", "practice", "political_round"):
        return None
    if said.has("not_prepared") or _asks_who_is_ready(said):
        return DIALOGUE_OVERVIEW
    if said.has("status_word") and (said.things(What.THEME) or said.things(What.LEADER)):
        return FOCUS_AREA_STATUS
    has_place = said.has_place or bool(said.age_range) or any(not each.is_person for each in said.strangers)
    if said.has("awaiting_acknowledgement"):
        return OBSERVATION_OVERVIEW
    if said.has("visit") and (has_place or said.has("when_word")):
        return OBSERVATION_OVERVIEW
    if said.has("overview_word") and _names_nothing_but_places(said, "overview_word", "common", "all_of_it"):
        # `Overblik over alle`, `over det hele`: of one place it is all that is known.
        if has_place:
            return SUPERVISION_SUMMARY
        return DIALOGUE_OVERVIEW if said.has("unnamed", "everywhere", "all_of_it") else None
    if said.has("summary") and (has_place or said.times or said.things(What.THEME)):
        return SUPERVISION_SUMMARY
    if said.has("attention", "overdue") or (said.has("needs_attention") and said.has("asks_which")):
        return ATTENTION_LIST
    if asks_who_lacks(said):
        return DIALOGUE_OVERVIEW
    if said.has("missing") and _names_nothing_but_places(said, "missing", "common"):
        return ATTENTION_LIST
    has_place = has_place or said.has("of_us")
    has_time = said.has("since") or (said.has("how_goes") and (said.has("short_time") or said.times))
    if said.has("how_goes", "status_word", "since", "change") and (has_place or has_time):
        return SUPERVISION_SUMMARY
    if said.has("of_mine") and said.times and len(covered(said, "of_mine", "common") | said.by_time) == len(said.words):
        # `Mit forår`.
        return SUPERVISION_SUMMARY
    if said.has("summary") and not said.has("report"):
        return SUPERVISION_SUMMARY if len(said.words) > 2 or "resum" in said.words[0].norm else None
    return None


def asks_who_lacks(said: Said) -> bool:
    """`Hvem mangler`, `hvem mangler stadig`: of all that may be lacking, likeliest that somebody is prepared."""
    asks = bool(said.words) and said.words[0].norm in ("hvem", "who")
    return asks and said.has("missing") and _names_nothing_but_places(said, "missing", "common", "asks_which")


def _asks_who_is_ready(said: Said) -> bool:
    """`Hvem er klar`, `er Mette klar`."""
    if said.has("is_ready") and (said.has("asks_which", "how_many") or said.types):
        return True
    return said.has("asks_if") and said.has("ready_word") and (said.names_a_person or said.has_place)


def is_of_everywhere_alone(said: Said) -> bool:
    """`Hele kommunen`, perhaps in a half-year."""
    return said.has("everywhere") and _names_nothing_but_places(said, "common")


def is_of_groups_alone(said: Said) -> bool:
    """`Elevrådet`: who is heard, and nothing else."""
    return is_all(said, "children", "youth", "pupils", "parents", "staff", "common", "place", "political")


def _names_nothing_but_places(said: Said, *headings: str) -> bool:
    """As `is_all`, with where and when besides: `mangler der noget på Egehaven`."""
    kinds = (*InstitutionType, "unnamed", "everywhere", "area", "place")
    return len(covered(said, *headings, *kinds) | said.names.taken | said.by_time) == len(said.words)


# What a noun or the whole of a message tells, in the order in which it counts.
_SURE = (_small, wish_in, _whole, _not_met, _of_two, _topic)
