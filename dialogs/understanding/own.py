"""What is said of one's own: which appointments, with whom, whether they are called off, what is to be corrected, or
that one goes on."""

from collections.abc import Collection

from dialogs.understanding.letters import ONE_ON_ONE, words_of
from dialogs.understanding.question import NOUNS
from dialogs.understanding.rooms import classes_at
from dialogs.understanding.vocabulary import COMMON, PLACE_KINDS, vocabulary
from dialogs.understanding.wishes import CORRECTED, MOST_INVITED

# By what people call an appointment: a meeting is a 1:1.
_KINDS = {
    "dialogue": ("dialogue",),
    "one_on_one": ("one_on_one", "meeting"),
    "visit": ("visit", "observation"),
    "invitation": ("invitation_word",),
}
# After these a word is a name, whatever else it may be: `med Bo`.
_BEFORE_NAMES = frozenset({"med", "with", "hos", "paa", "at"})

_WE = frozenset({"jeg", "vi", "i", "we"})

_TELL_NOTHING = frozenset(
    {
        *NOUNS,
        *PLACE_KINDS,
        "everywhere",
        "of_mine",
        "short_time",
        "length_unit",
        "weekday",
        "now_word",
        "season",
        "holiday",
    }
)
_SMALL = frozenset(
    {
        "paa", "i", "med", "fra", "for", "til", "om", "ved", "hos", "af", "og", "den", "det", "de", "alle", "mit",
        "min", "mine", "vores", "sidste", "seneste", "naeste", "gang", "on", "in", "with", "from", "of", "at", "and",
        "the", "all", "my", "our", "last", "next", "time", "status",
    }
)  # fmt: skip
_LEAST_TOLD = 2
# The words of the framework that are explained to who asks, those that say more before those that say less.
EXPLAINED = (
    "focus_area", "measure", "one_on_one", "dialogue", "reflection", "recommendation", "perspective", "observation",
    "agreement", "decision", "supervision", "ready_word",
)  # fmt: skip
# Beside these it is asked who has prepared, or how far they are, whatever verb it is asked with.
_ASKS_HOW_FAR = frozenset(
    {"not", "none", "missing", "not_prepared", "when_word", "asks_which", "status_word", "how_goes"}
)
_IN_A_LANGUAGE = frozenset({"paa", "in"})


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of appointment that are spoken of."""
    said = {hit.heading for hit in vocabulary().hits(words_of(text))}
    return frozenset(kind for kind, headings in _KINDS.items() if said & set(headings))


def tells_when_they_meet(text: str) -> bool:
    """Whether it is told that two meet, and not asked: `jeg mødes med Mette mandag kl. 10`."""
    words = words_of(text)
    return bool(words) and words[0].norm in _WE and any(vocabulary().has("meet", word.norm) for word in words)


def is_any_meeting(text: str) -> bool:
    """Whether a meeting is spoken of that may be of any kind: `hvornår er næste møde`."""
    return "meeting" in {hit.heading for hit in vocabulary().hits(words_of(text))} and ONE_ON_ONE not in [
        word.norm for word in words_of(text)
    ]


def beside(text: str, heading: str) -> str | None:
    """What is said besides what stands under the heading and small words; None where nothing does."""
    words = words_of(text)
    if not any(vocabulary().has(heading, word.norm) for word in words):
        return None
    return " ".join(word.said for word in words if not vocabulary().has(heading, word.norm) and word.norm not in _SMALL)


def is_not_fluent(text: str) -> bool:
    """Whether a language is named by who does not know it: `jeg forstår ikke engelsk så godt`, `my Danish is bad`."""
    hits = vocabulary().hits(words_of(text))
    said = {hit.heading for hit in hits}
    knows = [hit.start for hit in hits if hit.heading == "of_mine"]
    is_own = any(hit.start - 1 in knows for hit in hits if hit.heading == "language_name")
    return "not_fluent" in said or (is_own and bool(said & {"not", "none", "poorly"}))


def is_in_a_language(text: str) -> bool:
    """Whether something is asked for in a language: `på engelsk`, and not `skift sprog til engelsk`."""
    words = words_of(text)
    named = (index for index in range(1, len(words)) if vocabulary().has("language_name", words[index].norm))
    return any(words[index - 1].norm in _IN_A_LANGUAGE for index in named)


def reads_preparation(text: str) -> bool:
    """Whether somebody's preparation is to be read: `læs forberedelsen for Elmeskolen`, `hvad har Mette skrevet i
    forberedelsen`; and not who has prepared, or how far they are."""
    words = words_of(text)
    said = {hit.heading for hit in vocabulary().hits(words)}
    if not words or "prepare" not in said or said & _ASKS_HOW_FAR:
        return False
    first = vocabulary().headings(words[0].norm)
    return "prepare" in first or ("reads_it" in said and not first & {"asks_which", "asks_whether"})


def takes_back(text: str) -> bool:
    """Whether something is to be taken back that is not said: `fortryd`, `kan jeg fortryde det`."""
    words = words_of(text)
    hits = [hit for hit in vocabulary().hits(words) if hit.heading in ("undo", COMMON, "asks_if")]
    covered = {index for hit in hits for index in range(hit.start, hit.stop)}
    return any(hit.heading == "undo" for hit in hits) and len(covered) == len(words)


def meaning_asked_in(text: str) -> str:
    """The heading of the one word whose meaning is asked for, `hvad er en indsats`; empty where more is said."""
    words = words_of(text)
    hits = vocabulary().hits(words)
    if not any(hit.heading == "asks_meaning" and hit.start == 0 for hit in hits):
        return ""
    asks = {index for hit in hits if hit.heading == "asks_meaning" for index in range(hit.start, hit.stop)}
    named = {hit.heading: hit for hit in hits if hit.heading in EXPLAINED and hit.start not in asks}
    around = asks | {index for hit in hits if hit.heading == COMMON for index in range(hit.start, hit.stop)}
    for heading in EXPLAINED:
        if heading in named and len(around | set(range(named[heading].start, named[heading].stop))) == len(words):
            return heading
    return ""


def speaks_of(text: str, heading: str) -> bool:
    """Whether something is spoken of that stands under the heading."""
    return heading in {hit.heading for hit in vocabulary().hits(words_of(text))}


def begins_one(text: str) -> bool:
    """Whether something is begun, and not ended: `ny indsats`."""
    said = {hit.heading for hit in vocabulary().hits(words_of(text))}
    return "begin_one" in said and "end_one" not in said


def settled_in(text: str) -> tuple[str, str]:
    """What is begun or ended, by its heading, and the words that tell which: `luk aftalen om netværket`; a focus area
    where nothing is named."""
    said = {hit.heading for hit in vocabulary().hits(words_of(text))}
    about = next((each for each in ("agreement", "measure", "focus_area") if each in said), "focus_area")
    return about, _without(text, "begin_one", "end_one", about, COMMON)


def invited_in(text: str) -> list[str]:
    """Who is to be invited: `inviter Rune`; nobody where it is only said that somebody is."""
    words = words_of(text)
    begins = bool(words) and vocabulary().has("invite_word", words[0].norm)
    is_alone = len(words) <= MOST_INVITED or "visit" in {hit.heading for hit in vocabulary().hits(words)}
    is_alone |= bool(classes_at(words))
    return names_in(text) if begins and is_alone else []


def names_a_class(text: str) -> bool:
    """Whether a school class is where somebody is to come: `inviter Rune til 6.a`."""
    return bool(classes_at(words_of(text)))


def calls_off(text: str) -> bool:
    """Whether something is called off, and not moved."""
    said = {hit.heading for hit in vocabulary().hits(words_of(text))}
    return "call_off" in said and "move" not in said


def names_in(text: str) -> list[str]:
    """The words that can be names: what stands after `med`, and what is no other word."""
    known, words = vocabulary(), words_of(text)
    in_rows = {index for hit in known.hits(words) if hit.stop - hit.start > 1 for index in range(hit.start, hit.stop)}
    found = []
    for index, word in enumerate(words):
        headings = known.headings(word.norm)
        is_named = index > 0 and words[index - 1].norm in _BEFORE_NAMES
        if index not in in_rows and (not headings or (is_named and headings == {COMMON})):
            found.append(word.norm)
    return found


def corrected_in(text: str) -> str:
    """What is to be corrected: the heading of what stands first; `about_me` for what somebody else wrote."""
    said = {hit.heading: hit.start for hit in reversed(vocabulary().hits(words_of(text)))}
    found = [(said[each], each) for each in CORRECTED if each in said]
    return "about_me" if "about_me" in said or not found else min(found)[1]


def tells(text: str, names: Collection[str]) -> bool:
    """Whether words are left that tell something, once those of a question, of places, of people and of times are
    taken away: `på alle fokusområder i mit dagtilbud` and `på aftalerne fra sidste gang` tell nothing."""
    words = words_of(text)
    named = {index for index, word in enumerate(words) if index and words[index - 1].norm in _BEFORE_NAMES}
    hits = [hit for hit in vocabulary().hits(words) if hit.heading in _TELL_NOTHING]
    covered = {index for hit in hits for index in range(hit.start, hit.stop)}
    left = [
        word.norm
        for index, word in enumerate(words)
        if not (index in covered or (index in named and word.is_capital) or word.norm in names or word.norm in _SMALL)
    ]
    return len(left) >= _LEAST_TOLD


def begins_with_no_preposition(text: str) -> bool:
    """Whether it is no `med Mette` or `om netværket`, which tell whose or what something is."""
    words = words_of(text)
    return bool(words) and words[0].norm not in _SMALL | _BEFORE_NAMES and not vocabulary().has("place", words[0].norm)


def without_asking_of_others(text: str) -> str:
    """What others have done something about: `hvad har andre gjort med overgange` is about `overgange`."""
    return _without(text, "others_did", "asks_which", COMMON)


def without_going_on(text: str) -> str:
    """What is left beside the words for going on: `fortsæt min tilbagemelding` is about the `tilbagemelding`."""
    return _without(text, "go_on", "of_mine", "draft")


def _without(text: str, *headings: str) -> str:
    words = words_of(text)
    hits = [hit for hit in vocabulary().hits(words) if hit.heading in headings]
    covered = {index for hit in hits for index in range(hit.start, hit.stop)}
    return " ".join(word.norm for index, word in enumerate(words) if index not in covered)
