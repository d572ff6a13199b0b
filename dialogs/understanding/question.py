"""Which question a message asks, once its names and times are known."""

from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
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
WHO_HAS_SEEN = "who_has_seen"
WHO_SEES_WHAT = "who_sees_what"
MOVE = "move"
CONTINUE = "continue"
ONE_ON_ONE = "one_on_one"
# What is asked of one's own, whatever it is the question of to others.
OF_ONES_OWN = (WHO_HAS_SEEN, WHO_SEES_WHAT, MOVE, CONTINUE, ONE_ON_ONE)

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
_TOPICS = (
    ("focus_area", FOCUS_AREA_STATUS, 3),
    ("perspective", PERSPECTIVE_SUMMARY, 3),
    ("agreement", AGREEMENT_OVERVIEW, 3),
    ("decision", DECISION_LIST, 3),
    ("observation", OBSERVATION_OVERVIEW, 3),
    ("figures", KEY_FIGURES, 2),
    ("prepare", DIALOGUE_OVERVIEW, 2),
    ("dialogue", DIALOGUE_OVERVIEW, 2),
    ("agreed", AGREEMENT_OVERVIEW, 1),
    ("focus", FOCUS_AREA_STATUS, 1),
    ("measured", KEY_FIGURES, 1),
)
_STATUSES = ("not_prepared", "awaiting_acknowledgement", "needs_attention", "overdue", "open", "missing")
_TALK_WORDS = 4
_ABOUT = ("med", "with")
_THE_BOT = ("dig", "jer", "you", "alt")


def intent_of(said: Said) -> str | None:
    """The question, or None where nothing tells one."""
    return (
        _small(said) or _read_by(said) or _of_own(said) or _whole(said) or _of_two(said) or _topic(said) or _loose(said)
    )


def _read_by(said: Said) -> str | None:
    """`Har Birgit læst min forberedelse`: whether somebody else has read what is one's own."""
    begins = said.words and said.known.has("asks_whether", said.words[0].norm)
    # Whether a feedback was read is told by its observation; `set` and `åbnet` are said of figures and places as well.
    is_other = said.has("none", "observation", "awaiting_acknowledgement", "figures", "measured")
    is_of_mine = said.has("was_read") and _writes_of_mine(said) and not said.things(What.THEME)
    return WHO_HAS_SEEN if begins and is_of_mine and not is_other else None


def _of_own(said: Said) -> str | None:
    """What somebody asks to do with what is their own: to move an appointment, or to go on where they left it."""
    if said.has("move", "call_off") and said.has("dialogue", "one_on_one", "meeting", "observation", "visit"):
        return MOVE
    if said.has("when_word") and said.has("meet") and (said.names_a_person or said.has("lead")):
        return ONE_ON_ONE
    if said.is_of_ones_own_draft and said.has("was_read", "can_be_read") and said.has("lead"):
        return WHO_SEES_WHAT
    around = ("go_on", "draft", "of_mine", "common", "follow", "place")
    # What goes on can be named by what is written: `fortsæt min tilbagemelding`.
    written = ("what_is_written", "observation", "prepare", "decision", "perspective", "practice", "dialogue")
    begins = said.has("go_on") or said.is_of_ones_own_draft
    return CONTINUE if begins and _is_all(said, *around, *written) else None


def _writes_of_mine(said: Said) -> bool:
    """Whether something written is one's own: `mine noter`, `mit sidste notat`, and not `vores skoler`."""
    written = {hit.start for hit in said.all("what_is_written")}
    return any(written & {hit.stop, hit.stop + 1} for hit in said.all("of_mine"))


def is_loose(said: Said) -> bool:
    """Whether no noun of a question is named, so that a command in the same words comes first."""
    return all(each(said) is None for each in _SURE)


def _small(said: Said) -> str | None:
    """A greeting, a word of thanks, the language, or help; each alone, and not as the beginning of a question."""
    has_names = any(each.what is not What.THEME for each in said.named) or bool(said.choices)
    if has_names or said.times or said.has(*(name for name, _intent, _weight in _TOPICS), "attention"):
        return None
    if said.has("language") and _is_all(said, "language", "language_around", "greeting", "thanks"):
        return SET_LANGUAGE
    if said.has("help") and not said.has("supervision", "political", "compare", "one_on_one", "attention"):
        return HELP
    if (
        said.has("wellbeing")
        and not _asks_of_something(said)
        and _is_all(said, "wellbeing", "greeting", "thanks", "common")
    ):
        return SMALLTALK
    if said.has("greeting", "thanks", "goodbye") and _is_all(
        said, "greeting", "thanks", "goodbye", "common", "wellbeing"
    ):
        return SMALLTALK
    return None


def _asks_of_something(said: Said) -> bool:
    """Whether `hvordan går det` goes on to what it asks about, and is no greeting: `hvordan går det med trivslen`."""
    words = [word.norm for word in said.words]
    after = (words[hit.stop : hit.stop + 2] for hit in said.all("wellbeing"))
    return any(len(each) == 2 and each[0] in _ABOUT and each[1] not in _THE_BOT for each in after)


def _whole(said: Said) -> str | None:
    """What is about the whole, whatever else is named: politics, a comparison."""
    if said.is_political and not said.has("political_round"):
        return POLITICAL_REPORT
    if said.has("compare"):
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


def _of_two(said: Said) -> str | None:
    """What a chief and a leader talked about."""
    is_last = said.is_of_the_last
    if said.has("one_on_one"):
        if said.has("agreement"):
            return AGREEMENT_OVERVIEW
        if is_last or (said.times and not said.is_of_a_day) or said.ends_with_somebodys_one_on_one:
            return ONE_ON_ONE_RECAP
        if said.has("recap", "talk", "agreed", "how_goes", "brief_me"):
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
    if with_somebody and (is_last or said.has("brief_me", "meeting")) and said.has("recap", "brief_me"):
        return ONE_ON_ONE_RECAP
    return None


def _topic(said: Said) -> str | None:
    """The noun that says most; of two that say as much, the one that comes first."""
    if said.has("one_on_one"):
        return None
    if said.has("supervision"):
        return SUPERVISION_SUMMARY
    found = [(-weight, said.first(name), intent) for name, intent, weight in _TOPICS if said.has(name)]
    if said.groups and said.has("say"):
        found.append((-3, said.first("say"), PERSPECTIVE_SUMMARY))
    if (counted := said.indicator) and not said.things(What.THEME):
        found.append((-1, said.first(counted), KEY_FIGURES))
    if said.has("chose") and said.things(What.THEME):
        found.append((-1, said.first("chose"), FOCUS_AREA_STATUS))
    if not found:
        return None
    return min(found)[2]


def _loose(said: Said) -> str | None:
    """What needs attention, and what is asked in so many words of a place."""
    if said.has("one_on_one", "practice", "political_round"):
        return None
    if said.has("not_prepared"):
        return DIALOGUE_OVERVIEW
    if said.has("status_word") and said.things(What.THEME):
        return FOCUS_AREA_STATUS
    has_place = said.has_place or bool(said.age_range) or any(not each.is_person for each in said.strangers)
    if said.has("awaiting_acknowledgement"):
        return OBSERVATION_OVERVIEW
    if said.has("visit") and has_place:
        return OBSERVATION_OVERVIEW
    if said.has("summary") and (has_place or said.times or said.things(What.THEME)):
        return SUPERVISION_SUMMARY
    if said.has("attention", "overdue"):
        return ATTENTION_LIST
    if said.has("missing") and _names_nothing_but_places(said, "missing", "common"):
        return ATTENTION_LIST
    has_time = said.has("since") or (said.has("how_goes") and said.has("short_time"))
    if said.has("how_goes", "status_word", "since", "change") and (has_place or has_time):
        return SUPERVISION_SUMMARY
    if said.has("summary") and not said.has("report"):
        return SUPERVISION_SUMMARY if len(said.words) > 2 or "resum" in said.words[0].norm else None
    return None


def is_of_everywhere_alone(said: Said) -> bool:
    """`Hele kommunen`, perhaps in a half-year."""
    return said.has("everywhere") and _names_nothing_but_places(said, "common")


def is_of_groups_alone(said: Said) -> bool:
    """`Elevrådet`: who is heard, and nothing else."""
    return _is_all(said, "children", "youth", "pupils", "parents", "staff", "common", "place", "political")


def _is_all(said: Said, *headings: str) -> bool:
    """Whether nothing else is said but this and what goes with it."""
    return len(_covered(said, *headings)) == len(said.words)


def _names_nothing_but_places(said: Said, *headings: str) -> bool:
    """As `_is_all`, with where and when besides: `mangler der noget på Egehaven`."""
    kinds = [each.value for each in InstitutionType]
    covered = _covered(said, *headings, *kinds, "unnamed", "everywhere", "area", "place")
    return len(covered | said.names.taken | said.by_time) == len(said.words)


def _covered(said: Said, *headings: str) -> set[int]:
    return {index for name in headings for hit in said.all(name) for index in range(hit.start, hit.stop)}


# What a noun or the whole of a message tells, in the order in which it counts.
_SURE = (_small, _read_by, _of_own, _whole, _of_two, _topic)
