"""Another question that names no place: `hvornår er deres næste samtale`, after the key figures of Byskolen.

It is of the places, the people and the theme that were just asked about, whatever the question and its wording.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.understanding.around import covered, is_all
from dialogs.understanding.question import (
    ATTENTION_LIST,
    COMPARE_HALF_YEARS,
    KEY_FIGURES,
    NOUNS,
    PERSPECTIVE_SUMMARY,
    THE_TWELVE,
    is_loose,
)
from dialogs.understanding.roster import What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.whom import ABOUT, AGAINST, WITH
from domain.indicator import Indicator
from domain.slots import Slots

MOST_WORDS = 8
_POINTING = frozenset(
    {
        "dem", "deres", "hun", "ham", "hende", "hendes", "hans", "they", "them", "their", "theirs", "she", "hers", "he",
        "him", "his", "its", "dens", "dets",
    }
)  # fmt: skip
# Behind `de` and `her` these are of somebody.
_DONE = frozenset({"ready_word", "agreed", "talk"})
_HERS = frozenset({*NOUNS, "next_word", "last_word"})
_I = frozenset({"jeg", "i"})
_MEANT = frozenset({"mente", "mener", "meant", "mean"})
_MINE = frozenset({"jeg", "min", "mit", "mine", "my", "vores", "our"})
# `Vis mig beslutningerne` is of oneself no more than `vis beslutningerne`; `hvad venter på mig` is.
_ME = frozenset({"mig", "os", "me", "us", "vi", "we"})
_WHO = frozenset({"hvem", "who"})
# What may be said beside the noun of a question, with no place in it.
_AROUND = (
    "common", "follow", "say", "they_say", "recommends", "asks_if", "asks_which", "when_word", "next_word", "latest",
    "open", "overdue", "needs_attention", "not_prepared", "awaiting_acknowledgement", "unanswered", "none", "missing",
    "is_ready", "ready_word", "carried_out", "pdf", "docx", "short", "thanks", "greeting",
)  # fmt: skip


def is_of_the_same(said: Said, intent: str | None, slots: Slots, before: str, earlier: Slots) -> bool:
    """Whether another question than `before` is asked of what that was asked of: it names no place and nobody, and
    points back, or says no more than what is looked for.

    Who of several it is, is asked anew once one place alone was spoken of.
    """
    if intent not in THE_TWELVE or len(said.words) > MOST_WORDS or not _is_of_something(earlier):
        return False
    names_others = slots.names_a_place or said.choices or said.strangers or said.left_out or said.is_of_everywhere
    if names_others or said.has("of_us", "unnamed", "area") or intent == COMPARE_HALF_YEARS:
        return False
    norms = [word.norm for word in said.words]
    is_meant = any(first in _I and second in _MEANT for first, second in zip(norms, norms[1:], strict=False))
    if not is_meant and not _MINE.isdisjoint(norms):
        return False
    if is_meant or _points_back(said, norms):
        return True
    is_one = len(earlier.institutions) + len(earlier.leaders) == 1
    if is_loose(said) and not said.has(*NOUNS) and (intent != before or is_one or not _ME.isdisjoint(norms)):
        return False
    return _is_bare(said) and not (is_one and norms[0] in _WHO)


def asks_what_they_say(said: Said, intent: str | None, earlier: Slots) -> bool:
    """`Hvad siger de`, of a place that was just spoken of."""
    return intent is None and _is_of_something(earlier) and said.has("they_say") and is_all(said, "they_say", "common")


def is_held_against(said: Said, intent: str | None, slots: Slots, earlier: Slots) -> bool:
    """`Sammenlign med Friskolen`, after the figures of Byskolen: one place beside another, which would rank them."""
    named = next((each for each in said.names.found if each.start), None)
    if intent != COMPARE_HALF_YEARS or said.times or named is None or not earlier.names_a_place:
        return False
    is_beside = said.words[named.start - 1].norm in WITH | AGAINST
    others = {*slots.institutions, *slots.areas, *slots.leaders}
    return is_beside and bool(others - {*earlier.institutions, *earlier.areas, *earlier.leaders})


def is_about_a_theme_alone(said: Said, intent: str | None, before: str) -> bool:
    """`Om fravær`, after what the staff say: what they say of it, though absence is a figure as well."""
    if intent != KEY_FIGURES or not 1 < len(said.words) <= MOST_WORDS or said.words[0].norm not in ABOUT:
        return False
    names_it = bool(said.things(What.THEME)) or before == KEY_FIGURES
    return names_it and len(covered(said, *Indicator, "common", "measured") | said.names.taken) == len(said.words)


def of_the_same(earlier: Slots, intent: str, before: str, new: Slots) -> Slots:
    """What stays of the earlier question: the places, the people, the theme and the time of it; of the same question
    also which of them were asked for. What is next, last or waits is of no earlier time."""
    kept = replace(earlier, latest=False, coming=False, since_last=False, dialogue_no=None)
    if new.coming or new.latest or intent == ATTENTION_LIST:
        kept = replace(kept, half_year=None, cycle=None)
    if intent == before:
        return kept
    groups = earlier.groups if intent == PERSPECTIVE_SUMMARY else ()
    return replace(kept, status=None, indicator=None, compare_to=None, groups=groups)


def _is_of_something(earlier: Slots) -> bool:
    return earlier.names_a_place or bool(earlier.candidates or earlier.theme)


def _points_back(said: Said, norms: Sequence[str]) -> bool:
    """`De` is an article as well, and `her` a place to whoever writes Danish: `de nyeste sager her`."""
    return any(
        norm in _POINTING
        or (norm, after) in (("de", ""), ("with", "her"))
        or (norm == "de" and said.known.headings(after) & _DONE)
        or (norm == "her" and said.known.headings(after) & _HERS)
        for norm, after in zip(norms, [*norms[1:], ""], strict=True)
    )


def _is_bare(said: Said) -> bool:
    themes = {
        index
        for each in said.names.found
        if all(option.what is What.THEME for option in each.options)
        for index in range(each.start, each.stop)
    }
    digits = {index for index, word in enumerate(said.words) if word.norm.isdecimal()}
    around = covered(said, *NOUNS, *GROUPS, *_AROUND, *Indicator) | themes | digits | said.by_time
    return len(around) == len(said.words)
