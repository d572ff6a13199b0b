"""Whether somebody is to be briefed about what they name: `brief mig om Karen`, `brief mig om Nord`, and not about the
1:1 that comes next.

A 1:1 is of two: of what is named and not found, nobody's is shown.
"""

from collections.abc import Sequence
from datetime import date

from dialogs.understanding.letters import Word, words_of
from dialogs.understanding.roster import What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.times import Times
from dialogs.understanding.vocabulary import COMMON, PLACE_KINDS, Vocabulary, vocabulary
from dialogs.understanding.whom import behind_brief_me

# What the next 1:1 itself is called by, one of which is said; what may stand around it, and what makes it another.
_OF_THE_MEETING = frozenset({
    "one_on_one", "meeting", "next_word", "last_word", "latest", "agreed", "agreement", "talk", "recap", "weekday",
    "short_time",
})  # fmt: skip
_AROUND = frozenset({COMMON, "of_mine", "of_us", "this_word", "short", "follow", "place"})
_OF_OTHERS = frozenset({*PLACE_KINDS, *GROUPS, "everywhere", "all_of_it", "the_whole", "lead", "one_leader"})


def names_something(text: str, today: date) -> bool:
    """Whether more stands behind `brief mig om` than the 1:1 itself, be it known or not: a name, a time, a matter."""
    return _names_something(words_of(text), vocabulary(), today)


def is_briefed_on_somebody(said: Said, others: Sequence[str]) -> bool:
    """Whether a 1:1 in short is asked for, of whom or what is named; with one of the `others` it is asked for that."""
    if not said.has("briefs") or said.has(*others) or said.things(What.THEME):
        return False
    is_named = said.has_place or said.names_a_person or said.strangers or said.age_range
    return bool(is_named) or _names_something(said.words, said.known, said.today)


def is_briefed_on_a_theme(said: Said) -> bool:
    """`Brief mig om trivsel`: what is known of it, which is in no 1:1."""
    return said.has("briefs") and bool(said.things(What.THEME)) and not said.has("one_on_one")


def _names_something(words: Sequence[Word], known: Vocabulary, today: date) -> bool:
    behind = behind_brief_me(words, known)
    if not behind:
        return False
    times = Times(behind, known, today, frozenset())
    said = {hit.heading for hit in known.hits(behind)}
    is_of_the_meeting = (
        bool(said & _OF_THE_MEETING)
        and not said & _OF_OTHERS
        and all(known.headings(word.norm) & (_OF_THE_MEETING | _AROUND) for word in behind)
    )
    return bool(times.found or times.years) or not is_of_the_meeting
