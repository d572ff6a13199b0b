"""What somebody asks of their own, whatever the same words ask of others: who sees it, to move or mend it, to go on.

Each is answered by the flow that has it, and none by what is known of an area.
"""

from collections.abc import Sequence

from dialogs.understanding.around import PRONOUNS, asks_of_others, covered, is_all
from dialogs.understanding.moving import HELD, has_met, moved
from dialogs.understanding.moving import MOVE as MOVE
from dialogs.understanding.moving import ONE_ON_ONE as ONE_ON_ONE
from dialogs.understanding.not_here import (
    ASKS_FOR_HOW,
    NO_MESSAGES,
    NO_REMINDERS,
    PRESS_THERE,
    SAVED_SUMMARIES,
    SAVING,
    SETTLE,
    WHAT_I_AM,
    WHOM_TO_ASK,
    WRITTEN,
    made_final,
    not_done_here,
    settled,
)
from dialogs.understanding.rooms import classes_at
from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
from domain.indicator import Indicator

WHO_HAS_SEEN = "who_has_seen"
WHO_SEES_WHAT = "who_sees_what"
CORRECT = "correct"
CONTINUE = "continue"
INVITE = "invite"
OVERVIEW = "overview"
LATER = "later"
PRACTICE = "practice"
THEMES = "themes"
FEEDBACK = "feedback"
AGENDA = "agenda"
PREPARE = "prepare"
MY_DATA = "my_data"
OF_ONES_OWN = (
    WHO_HAS_SEEN, WHO_SEES_WHAT, MOVE, CORRECT, CONTINUE, ONE_ON_ONE, INVITE, OVERVIEW, LATER, PRACTICE, NO_MESSAGES,
    WHOM_TO_ASK, SAVING, THEMES, WHAT_I_AM, PRESS_THERE, FEEDBACK, AGENDA, PREPARE, MY_DATA, SETTLE, NO_REMINDERS,
    SAVED_SUMMARIES, HELD,
)  # fmt: skip

_WHAT_HAS = (["hvad", "har"], ["what", "has"])
_WHAT_CAN = (["hvad", "kan"], ["hvad", "maa"], ["what", "can"], ["what", "may"])
# Who asks for themselves, to see it and not to know who does.
_ONESELF = frozenset({"jeg", "vi", "man", "du", "i", "we", "you", "one"})
# `Kan du invitere Rune`, and not a sentence in which somebody is invited to something.
MOST_INVITED = 4
_TO_REMEMBER = frozenset({"husk", "remember"})
_AROUND_A_DAY = ("common", "follow", "weekday", "short_time", "now_word", "of_mine", "next_word", "when_word")
_AROUND = (
    "common", "lead", "colleague", "children", "youth", "pupils", "parents", "staff", "unnamed", "can_be_read",
    "was_read", "asks_whether", "observer_word",
)  # fmt: skip


def wish_in(said: Said) -> str | None:
    """What is asked of one's own, or None."""
    if asks_who_sees(said) or _asks_what_somebody(said, _WHAT_CAN, "can_be_read") or said.has("data_kept"):
        return WHO_SEES_WHAT
    return (
        _seen(said)
        or (HELD if has_met(said) else None)
        or moved(said)
        or _mended(said)
        or _gone_on_with(said)
        or settled(said)
        or made_final(said)
        or _asked_of_others(said)
        or not_done_here(said)
        or _themes(said)
        or _put_off(said)
    )


def asks_who_sees(said: Said) -> bool:
    """`Kan forældrene se det jeg skriver`, `hvem læser mine noter`: who can read what is one's own."""
    if not said.words or not said.has("can_be_read", "is_shown"):
        return False
    first = said.words[0].norm
    second = said.words[1].norm if len(said.words) > 1 else ""
    is_of_who = first in ("hvem", "who") and second not in ("har", "has", "have")
    is_whether = said.known.has("asks_if", first) and bool(second) and second not in _ONESELF
    if not (is_of_who or is_whether):
        return False
    return said.has("i_write") or _has_of_mine(said, *WRITTEN) or _is_of_it_alone(said, "is_shown", "asks_if")


def _seen(said: Said) -> str | None:
    """`Har Birgit læst min forberedelse`: whether somebody has read what is one's own, or a summary."""
    if _asks_who_read_a_summary(said) or _asks_what_somebody(said, _WHAT_HAS, "was_read"):
        return WHO_HAS_SEEN
    begins = said.words and said.known.has("asks_whether", said.words[0].norm)
    if not begins or not said.has("was_read") or said.things(What.THEME):
        return None
    # Whether a feedback was read is told by its observation; `set` and `åbnet` are said of figures and places as well.
    is_other = said.has("none", "observation", "awaiting_acknowledgement", "figures", "measured", *Indicator)
    is_of_mine = _has_of_mine(said, "what_is_written")
    return WHO_HAS_SEEN if (is_of_mine and not is_other) or _is_of_it_alone(said) else None


def _asks_who_read_a_summary(said: Said) -> bool:
    """`Hvem har læst tilsynsresuméet for Elmeskolen`: the log, and not the summary."""
    first = [word.norm for word in said.words[:2]]
    if len(first) < 2 or first[0] not in ("hvem", "who") or first[1] not in ("har", "has", "have"):
        return False
    summaries = {hit.start for name in ("supervision", "summary") for hit in said.all(name)}
    return any(summaries & {hit.stop, hit.stop + 1} for hit in said.all("was_read"))


def _asks_what_somebody(said: Said, begins: Sequence[list[str]], sees: str) -> bool:
    """`Hvad har Birgit set`, `hvad kan min chef læse`: who has read what is one's own, or can."""
    first = [word.norm for word in said.words[:2]]
    read = next(iter(said.all(sees)), None)
    if first not in begins or read is None or read.stop < len(said.words) or said.has("observer_word"):
        return False
    named = covered(said, "of_mine", "lead") | set(said.leaders_at)
    whom = range(2, read.start)
    are_theirs = (index in named or not said.known.headings(said.words[index].norm) for index in whom)
    return bool(whom) and not said.has_place and not said.groups and all(are_theirs)


def _mended(said: Said) -> str | None:
    """`Jeg skrev forkert i beslutningen`: what was written is to be corrected, once it is said what."""
    begins = said.words and said.known.has("mend", said.words[0].norm)
    if (begins or said.has("wrongly", "to_mend")) and said.has("about_me", *CORRECTED):
        return CORRECT
    # `Hvad har Birgit skrevet om mig`: what is kept about oneself, whoever wrote it, as far as one may read it.
    return MY_DATA if said.has("told_of_me") else None


def _gone_on_with(said: Said) -> str | None:
    if said.is_of_ones_own_draft and said.has("was_read", "can_be_read") and said.has("lead"):
        return WHO_SEES_WHAT
    around = ("go_on", "draft", "of_mine", "common", "follow", "place")
    # What goes on can be named by what is written: `fortsæt min tilbagemelding`.
    written = ("what_is_written", "observation", "prepare", "decision", "perspective", "practice", "dialogue")
    begins = said.has("go_on") or said.is_of_ones_own_draft
    return CONTINUE if begins and is_all(said, *around, *written) else None


def _asked_of_others(said: Said) -> str | None:
    """`En kollega ud og se på vores frikvarter`; and `er der noget nyt`, which is what waits for oneself."""
    is_wish = said.has("wish", "invite_word")
    comes = said.has("comes_to_see") and said.has("colleague", "observer_word") and is_wish
    if comes or said.has("want_observer") or (said.has("invite_word") and said.has("colleague", "observer_word")):
        return INVITE
    if _invites(said):
        return INVITE
    if said.has("meeting") and is_all(said, "meeting", *_AROUND_A_DAY):
        return ONE_ON_ONE
    is_day = said.has("news", "programme") and not said.times and is_all(said, "news", "programme", *_AROUND_A_DAY)
    tasks = said.has("my_tasks") and is_all(said, "my_tasks", "now_word", "weekday", "greeting", "follow")
    if is_day or tasks:
        return OVERVIEW
    looks_for = any(hit.start == 0 for hit in said.all("observation"))
    if said.has("give_feedback") and not looks_for and not said.has("none", "not") and not asks_of_others(said):
        return FEEDBACK
    if said.has("by_colleague") and not asks_of_others(said):
        return PREPARE
    first = said.words[0].norm if said.words else ""
    if said.has("agenda_word") and said.known.has("put_on", first):
        return AGENDA
    is_asked = any(word.norm in ASKS_FOR_HOW for word in said.words)
    if said.has("agenda_word", "one_on_one") and first in _TO_REMEMBER and not is_asked:
        return AGENDA
    asks = said.words and said.words[0].norm in ASKS_FOR_HOW
    # `Hvilke gode idéer har børnene på Elmeskolen`: theirs, and not what others have done.
    return PRACTICE if said.has("others_did") and asks and not said.groups else None


def _invites(said: Said) -> bool:
    """`Inviter Rune`, `inviter Rune på besøg næste tirsdag kl. 9`, `inviter Rune til 6.a`."""
    begins = bool(said.words) and said.known.has("invite_word", said.words[0].norm)
    if not begins or said.groups or said.has("meeting", "dialogue"):
        return False
    around = ("common", "visit", "observation", "weekday", "short_time", "place", "wish")
    rooms = classes_at(said.words)
    left = len(said.words) - len(covered(said, *around) | said.by_time | said.by_date | rooms)
    return len(said.words) <= MOST_INVITED or bool((said.has("visit", "observation") or rooms) and left < MOST_INVITED)


def _put_off(said: Said) -> str | None:
    """`Jeg har ikke tid`: what waits comes back later."""
    around = ("no_time", "common", "now_word", "short_time", "weekday", "none", "not", "follow", "place", "this_word")
    return LATER if said.has("no_time") and is_all(said, *around) else None


def _themes(said: Said) -> str | None:
    """`Hvad er det politiske tema`, `temaer 0-6`: which they are, and neither who works with them nor a report."""
    if not said.has("theme_word") or said.has("works_with", "chose", "summary", "report", "compare"):
        return None
    if said.named or said.choices or said.strangers:
        return None
    around = covered(said, "theme_word", "political", "common", "place", "asks_which", "of_mine", "now_word", "of_us")
    return THEMES if len(around | said.by_time) == len(said.words) else None


def _has_of_mine(said: Said, *headings: str) -> bool:
    """Whether something is one's own: `mine noter`, `mit sidste notat`, and not `vores skoler`."""
    written = {hit.start for heading in headings for hit in said.all(heading)}
    return any(written & {hit.stop, hit.stop + 1} for hit in said.all("of_mine"))


def _is_of_it_alone(said: Said, *headings: str) -> bool:
    """`Har nogen set det`, after a card: who may be named, and nothing is but a word for it."""
    around = covered(said, *_AROUND, *headings, "of_mine") | set(said.leaders_at)
    is_it = any(word.norm in PRONOUNS for word in said.words)
    return is_it and not said.times and len(around | said.names.taken) == len(said.words)


# The words for what is to be corrected; `own` knows which flow has each.
CORRECTED = (
    "prepare", "reflection", "decision", "perspective", "agreement", "focus_area", "status_word", "observation",
    "recap", "one_on_one", "practice", "figures", "measured",
)  # fmt: skip
