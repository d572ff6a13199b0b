"""A message that goes on from the one before: `og i efteråret?`, `kun skolerne`, `som pdf`, `hvad med Tilst?`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dialogs.understanding.around import is_all
from dialogs.understanding.meant import Choice
from dialogs.understanding.question import (
    COMPARE_HALF_YEARS,
    PERSPECTIVE_SUMMARY,
    SUPERVISION_SUMMARY,
    is_loose,
)
from dialogs.understanding.roster import What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.slots import slots_of
from dialogs.understanding.turned_round import asks_the_opposite
from dialogs.understanding.wishes import OVERVIEW
from domain.organisation import InstitutionType
from domain.period import HalfYear
from domain.slots import Slots

_MOST_WORDS = 8
_WHAT = frozenset({"hvad", "what"})
_OF_THEM = frozenset({"hvilke", "hvilken", "hvilket", "which"})
_WHICH = ("open", "overdue", "needs_attention", "not_prepared", "awaiting_acknowledgement", "unanswered")
_ONESELF = frozenset({"jeg", "mig", "mit", "min", "mine", "vi", "os", "me", "my", "we"})


@dataclass(frozen=True)
class Earlier:
    """What was asked before, and about what."""

    intent: str
    slots: Slots


def goes_on(said: Said, intent: str | None, slots: Slots) -> bool:
    """Whether the message says only what is different: no question of its own, or one that begins with `og`."""
    if len(said.words) > _MOST_WORDS:
        return False
    if intent is not None:
        is_more = _begins_with_follow(said) or _is_new_alone(said)
        return is_more or _holds_against(said, intent, slots)
    if said.choices or said.strangers or said.is_of_everywhere or said.left_out:
        return True
    return bool(slots) and not (_ONESELF & {word.norm for word in said.words} and _says_how_alone(slots))


def _says_how_alone(slots: Slots) -> bool:
    """Whether no place, time or theme is said: `hvor er mit kort` asks for no shorter answer."""
    how = replace(slots, is_short=False, status=None, latest=False, since_last=False)
    return not how


def asked_on(said: Said, intent: str | None, earlier: Earlier, today: date) -> str:
    """The question that a message goes on with: its own, or the earlier one, of which it may say only which: `og dem,
    der er over tiden?`."""
    if intent is None:
        # `Og forældrene?`: what they say, whatever was told of the place before.
        return PERSPECTIVE_SUMMARY if said.groups else earlier.intent
    if says_which_alone(said, intent, earlier, today):
        return earlier.intent
    is_narrower = _begins_with_follow(said) and is_loose(said) and not said.has("of_mine")
    if is_narrower and slots_of(said, earlier.intent, today).status is not None:
        return earlier.intent
    return intent


def the_opposite(said: Said, intent: str | None, earlier: Earlier) -> tuple[int, int] | None:
    """Where a message asks for those that were not asked for before: `ikke de åbne`, `og hvem er klar`."""
    goes_on_so = intent in (None, earlier.intent) or is_loose(said) or _begins_with_follow(said)
    is_short = len(said.words) <= _MOST_WORDS
    return asks_the_opposite(said, earlier.slots.status) if is_short and goes_on_so else None


def _begins_with_follow(said: Said) -> bool:
    return any(hit.start == 0 for hit in said.all("follow"))


def asks_what_is_new(said: Said, intent: str | None, earlier: Earlier) -> bool:
    """`Hvad er nyt siden sidst`, after a summary: what is new in it; at any other time what waits for oneself."""
    return intent == OVERVIEW and earlier.intent == SUPERVISION_SUMMARY and _is_new_alone(said)


def _is_new_alone(said: Said) -> bool:
    return said.has("news") and said.has("since") and not said.has_place


def says_which_alone(said: Said, intent: str | None, earlier: Earlier, today: date) -> bool:
    """`Overskredne?`, after the agreements with Karen: those of them, and not all that waits."""
    if not said.has(*_WHICH) or not is_loose(said) or said.has("of_mine", "attention"):
        return False
    first = said.words[0].norm
    asks = first in _WHAT or (said.has("asks_which") and first not in _OF_THEM)
    is_alone = not asks and is_all(said, *_WHICH, "follow", "common", "asks_if", "asks_which")
    return intent is not None and is_alone and slots_of(said, earlier.intent, today).status is not None


def _holds_against(said: Said, intent: str, slots: Slots) -> bool:
    """`Sammenlign med efteråret`: what was just asked about is held against it, since nothing else is named."""
    is_alone = not slots.names_a_place and not said.choices and not said.strangers
    return intent == COMPARE_HALF_YEARS and is_alone and bool(slots.compare_to) and not slots.half_year


def before_what_was_asked(said: Said, earlier: Slots, new: Slots, today: date) -> Slots:
    """`Og foråret før`, after a question of an autumn: the one before it."""
    time = next(iter(said.times), None)
    if time is None or not time.is_before or earlier.half_year is None:
        return new
    asked, found = earlier.period(today), time.value
    if not isinstance(found, HalfYear):
        return replace(new, half_year=asked.previous)
    while found >= asked:
        found = found.plus(-2)
    return replace(new, half_year=found)


def without_what_is_left_out(earlier: Slots, said: Said) -> Slots:
    """`Ikke skolerne`, after a question of the schools: what was asked before, and not for them."""
    named = {option.id for found in said.names.found if found.start in said.left_at for option in found.options}
    types = {each for each in InstitutionType for hit in said.all(each.value) if hit.start in said.left_at}
    groups = {
        group
        for heading, several in GROUPS.items()
        for hit in said.all(heading)
        for group in several
        if hit.start in said.left_at
    }
    return replace(
        earlier,
        institutions=tuple(each for each in earlier.institutions if each not in named),
        areas=tuple(each for each in earlier.areas if each not in named),
        leaders=tuple(each for each in earlier.leaders if each not in named),
        types=tuple(each for each in earlier.types if each not in types),
        groups=tuple(each for each in earlier.groups if each not in groups),
        theme=None if earlier.theme in named else earlier.theme,
    )


def is_dropped(earlier: Slots, without: Slots) -> bool:
    """Whether what is left out was asked for by itself, so that the others are answered: of an area without its
    schools, all is."""
    said = ("institutions", "areas", "leaders", "types", "groups")
    changed = [each for each in said if getattr(earlier, each) != getattr(without, each)]
    return bool(changed) and all(getattr(without, each) for each in changed)


def without_what_is_chosen_anew(earlier: Slots, choices: Sequence[Choice]) -> Slots:
    """What one of several is to be chosen for stands no more: `hvad med Tilst?`, after a question of Elmeskolen."""
    kinds = {option.what for choice in choices for option in choice.options}
    if not kinds & {What.INSTITUTION, What.AREA, What.LEADER}:
        return earlier
    kept = replace(earlier, institutions=(), leaders=())
    if kinds != {What.LEADER}:
        kept = replace(kept, areas=())
    return kept if What.AREA in kinds else replace(kept, types=(), age_range=None)


def merged(earlier: Slots, new: Slots, *, is_everywhere: bool = False) -> Slots:
    """The whole scope: what is said now takes the place of what it is about, and the rest stays.

    `Og for hele kommunen` leaves no place and nobody of what was asked before.
    """
    # A file is of the one answer that it was asked for.
    found = replace(earlier, candidates=(), left=(), reason=None, format=None)
    if is_everywhere:
        found = replace(found, institutions=(), areas=(), types=(), age_range=None, leaders=())
    if new.institutions:
        found = replace(found, institutions=new.institutions, areas=(), types=(), age_range=None, leaders=())
    elif new.areas:
        found = replace(found, areas=new.areas, institutions=(), leaders=())
    elif new.leaders:
        found = replace(found, institutions=(), areas=(), types=(), age_range=None)
    if new.types:
        found = replace(found, types=new.types, age_range=None)
        if not new.institutions:
            found = replace(found, institutions=(), leaders=())
    if new.age_range:
        found = replace(found, age_range=new.age_range, types=new.types)
        if not new.institutions:
            found = replace(found, institutions=(), leaders=())
    if new.areas and new.institutions:
        found = replace(found, areas=new.areas)
    if new.leaders:
        found = replace(found, leaders=new.leaders)
    if new.theme:
        found = replace(found, indicator=None)
    kept = {
        name: getattr(new, name)
        for name in (
            "theme", "indicator", "half_year", "compare_to", "cycle", "groups", "status", "dialogue_no", "is_short",
            "format", "since_last", "latest", "coming",
        )
        if getattr(new, name)
    }  # fmt: skip
    return replace(found, **kept)
