"""Whether an appointment is to be moved or called off, or it is asked when or with whom one meets."""

from dialogs.understanding.around import PRONOUNS, asks_of_others, covered, is_all
from dialogs.understanding.letters import plain
from dialogs.understanding.said import Said
from dialogs.understanding.years import MONTHS
from dialogs.when import WEEKDAYS

MOVE = "move"
ONE_ON_ONE = "one_on_one"
HELD = "note_unplanned"
# Why an appointment is called off: `Birgit er syg, så vi må aflyse`.
ILL = frozenset({"syg", "syge", "ill", "sick"})
_LONGEST_NAME = 2
_ALL = frozenset({"alt", "everything"})
# `Flyt det til fredag d. 30/4 kl. 13`
_OF_A_DATE = frozenset({"d", "kl", "klokken"})
_WE = frozenset({"jeg", "vi", "i", "we"})
_JUST = frozenset({"lige", "just", "netop"})
_SEES = frozenset({"ser", "see"})
_MOST_BESIDES = 4
_THAT = frozenset({"at", "to"})
_AND = frozenset({"og", "and"})
# `Haft en god 1:1`: what may stand before it, and one word more.
_BEFORE_ONE = frozenset({"en", "et", "a", "an", "i", "lige", "just", "netop"})
_MOST_BEFORE_ONE = 1
_DAYS = frozenset(plain(name) for names in WEEKDAYS.values() for name in names)


def moved(said: Said) -> str | None:
    """An appointment to move, when two meet, or with whom nobody has met."""
    moves = said.has("move", "call_off") and not asks_of_others(said)
    is_ill = any(word.norm in ILL for word in said.words)
    of_one = said.has("dialogue", "one_on_one", "meeting", "observation", "visit", "invitation_word")
    if moves and (is_ill or of_one):
        return MOVE
    of_a_date = {index for index, word in enumerate(said.words) if word.norm in _OF_A_DATE}
    has_day = said.has("weekday", "short_time")
    # `Kan vi tage 1:1 med Mette kl. 14 i stedet`, `rykke Mette til på mandag`.
    if said.has("in_place_of") and of_one and (has_day or of_a_date) and not said.times:
        return MOVE
    if moves and has_day and said.names_a_person and not said.has("agreement", "focus_area", "figures"):
        return MOVE
    # `Kan vi rykke den til torsdag`, `jeg kan ikke komme på torsdag`: which one, the card asks.
    around = ("common", "move", "call_off", "cannot", "come", "weekday", "short_time", "follow", "asks_if", "place")
    is_it = any(word.norm in (*PRONOUNS, *_ALL) for word in said.words)
    after_all = any(word.norm == "alligevel" for word in said.words)
    cannot = said.has("cannot") and (after_all or said.has("come") or has_day)
    to_when = _weeks_and_months(said)
    known = covered(said, *around) | of_a_date | to_when | _who_cannot(said)
    is_all_of_it = len(known | {i for i, word in enumerate(said.words) if word.norm in _ALL}) == len(said.words)
    if (cannot or (said.has("move", "call_off") and (is_it or to_when))) and is_all_of_it:
        return MOVE
    two = said.names_a_person or said.has("lead") or is_all(said, "when_word", "meet", "common", "goodbye")
    with_whom = ("asks_which", "meet", "common", "now_word", "short_time", "weekday", "place", "with")
    asks_whom = (
        bool(said.words)
        and said.words[0].norm in ("hvem", "who", "whom")
        and is_all(said, *with_whom)
        and not said.groups
    )
    meets = said.has("meet") and ((said.has("when_word") and two) or asks_whom)
    return ONE_ON_ONE if meets or says_when_they_meet(said) or is_without_one_on_one(said) else None


def says_when_they_meet(said: Said) -> bool:
    """`Jeg mødes med Mette mandag kl. 10`: a 1:1 to plan, as it is told."""
    if not _is_told_by_one_of_them(said) or not said.has("meet") or said.groups:
        return False
    of_a_date = {index for index, word in enumerate(said.words) if word.norm in _OF_A_DATE}
    has_day = said.has("weekday", "short_time") or any(word.norm in _DAYS for word in said.words)
    has_day = has_day or bool(of_a_date | said.by_date)
    around = covered(said, "common", "meet", "meeting", "one_on_one", "weekday", "short_time", "next_word", "place")
    around |= said.by_time | said.by_date
    # Beside it the place and the matter may be told; `jeg ser Mettes tal mandag` is of the figures.
    only_sees = all(said.words[hit.start].norm in _SEES for hit in said.all("meet"))
    besides = len(said.words) - len(around | of_a_date | said.names.taken)
    is_of_else = said.has("figures", "measured", "summary", "supervision", "recap")
    return said.names_a_person and has_day and not is_of_else and besides <= (0 if only_sees else _MOST_BESIDES)


def has_met(said: Said) -> bool:
    """`Jeg har lige haft 1:1 med Mette`: one that was held, as one of the two tells it before anything else.

    What is to be moved or called off, and what is asked, wins: `jeg har haft travlt, flyt mit 1:1 med Mette`.
    """
    norms = {word.norm for word in said.words}
    asks = said.has("asks_which", "when_word", "how_many", "briefs", "brief_me") or norms & {"hvad", "what"}
    if asks or said.text.rstrip().endswith("?") or not _is_told_by_one_of_them(said):
        return False
    # What two have agreed to move is told.
    if any(said.words[hit.start - 1].norm not in _THAT for name in ("move", "call_off") for hit in said.all(name)):
        return False
    stop = _end_of_first_clause(said)
    told = [hit.stop for hit in said.all("had_one") if hit.stop <= stop]
    met = [
        hit.start for name in ("one_on_one", *(("meeting",) if said.names_a_person else ())) for hit in said.all(name)
    ]
    between = covered(said, "of_mine", "short_time", "weekday") | {
        index for index, word in enumerate(said.words) if word.norm in _BEFORE_ONE
    }
    is_one = any(
        had <= at < stop and len(set(range(had, at)) - between) <= _MOST_BEFORE_ONE for had in told for at in met
    )
    is_denied = any(hit.start < stop for name in ("not", "none", "missing") for hit in said.all(name))
    return is_one and not is_denied


def _end_of_first_clause(said: Said) -> int:
    """Where what is told first ends: at a comma, a colon, a new sentence, or `og`."""
    for index, word in enumerate(said.words[1:], 1):
        is_new_sentence = "." in word.before and word.is_capital
        if is_new_sentence or word.norm in _AND or any(mark in word.before for mark in ",;:!\n"):
            return index
    return len(said.words)


def _is_told_by_one_of_them(said: Said) -> bool:
    norms = [word.norm for word in said.words[:2]]
    return bool(norms) and (norms[0] in _WE | _JUST or norms[-1] in _JUST)


def _weeks_and_months(said: Said) -> set[int]:
    """`Til uge 50`, `til januar`: the words of it."""
    norms = [word.norm for word in said.words]
    weeks = {at for at in range(1, len(norms)) if norms[at - 1] in ("uge", "week") and norms[at].isdecimal()}
    months = {at for at in range(1, len(norms)) if norms[at] in MONTHS and norms[at - 1] in ("til", "to")}
    return months | weeks | {at - 1 for at in weeks}


def _who_cannot(said: Said) -> set[int]:
    """`Birgit kan ikke på onsdag`: who it is, by one name or two."""
    first = min((hit.start for hit in said.all("cannot")), default=0)
    return set(range(first)) if first <= _LONGEST_NAME and not said.groups else set()


def is_without_one_on_one(said: Said) -> bool:
    """`Hvem har jeg ikke haft 1:1 med`: of which there is no list."""
    is_without = said.has("not", "none", "missing") and said.has("asks_which")
    return said.has("one_on_one") and is_without and not said.names_a_person and not said.has("recap", "agreement")
