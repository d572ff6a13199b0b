"""How a typed message is understood: its words, the names and times in it, and the question that is left.

No language model, no database and no memory of its own: the same words mean the same thing, for the same names and day.
"""

from collections.abc import Set
from dataclasses import replace
from datetime import date
from uuid import UUID

from dialogs.understanding import question
from dialogs.understanding.adding import together, with_earlier
from dialogs.understanding.answered import answered_by, asked_again, chosen
from dialogs.understanding.around import covered, words_at
from dialogs.understanding.beside_it import one_beside
from dialogs.understanding.follow_up import (
    Earlier,
    asked_on,
    asks_what_is_new,
    before_what_was_asked,
    goes_on,
    is_dropped,
    merged,
    says_which_alone,
    the_opposite,
    without_what_is_chosen_anew,
    without_what_is_left_out,
)
from dialogs.understanding.found import CLARIFY, REFUSE, UNKNOWN_INSTITUTION, Understanding
from dialogs.understanding.letters import words_of
from dialogs.understanding.limits import reason_against
from dialogs.understanding.meant import Choice
from dialogs.understanding.not_together import either_of
from dialogs.understanding.of_the_same import (
    asks_what_they_say,
    is_about_a_theme_alone,
    is_held_against,
    is_of_the_same,
    of_the_same,
)
from dialogs.understanding.question import (
    HELP,
    SET_LANGUAGE,
    SMALLTALK,
    THE_TWELVE,
    intent_of,
    is_loose,
)
from dialogs.understanding.roster import Strength, Thing, What, index_of
from dialogs.understanding.said import Said
from dialogs.understanding.several import first_of
from dialogs.understanding.slots import candidates, slots_of
from dialogs.understanding.telling import asks, tells, told_by
from dialogs.understanding.unused import strange_places_in, unused_in
from dialogs.understanding.vocabulary import vocabulary
from dialogs.understanding.wishes import OF_ONES_OWN
from domain.organisation import InstitutionType, a_to_aa
from domain.roster import Roster
from domain.slots import Reason, Slots
from domain.unused import Unused, Why

__all__ = [
    "CLARIFY", "HELP", "REFUSE", "SET_LANGUAGE", "SMALLTALK", "THE_TWELVE", "UNKNOWN_INSTITUTION", "Earlier",
    "OF_ONES_OWN", "Understanding", "asks", "chosen", "greets", "of_all_named", "tells", "told_by", "understand",
]  # fmt: skip

_SMALL = (HELP, SMALLTALK, SET_LANGUAGE)


def understand(
    text: str, roster: Roster, today: date, *, earlier: Earlier | None = None, mine: frozenset[UUID] = frozenset()
) -> Understanding:
    """The question that the text asks, on this day; `earlier` is what was asked just before.

    `mine` are the institutions that the asker answers for: of two leaders with one first name, the one there is meant.
    Of several questions the first is answered, and it is told that the others were not.
    """

    def understood(part: str, before: Earlier | None = None) -> Understanding:
        return _understood(part, roster, today, before, mine)

    whole = understood(text, earlier)
    return (first_of(text, understood, earlier) or whole) if whole.question in THE_TWELVE else whole


def _understood(
    text: str, roster: Roster, today: date, earlier: Earlier | None, mine: frozenset[UUID]
) -> Understanding:
    said = Said(text, index_of(roster), today, mine)
    reason = reason_against(said)
    # `Fjern Loftet`, after a question of several, deletes nothing.
    is_of_scope = (
        earlier is not None and reason is Reason.NO_DELETE_BY_CHAT and any(each.start == 0 for each in said.left_out)
    )
    if reason is not None and not is_of_scope:
        return Understanding(REFUSE, replace(slots_of(said, REFUSE, today).places_alone(), reason=reason))
    intent = intent_of(said)
    if earlier is not None and (answered := answered_by(said, earlier, slots_of(said, earlier.intent, today))):
        return answered
    if earlier is not None and asks_what_is_new(said, intent, earlier):
        intent = earlier.intent
    if earlier is not None and is_about_a_theme_alone(said, intent, earlier.intent):
        intent = None
    if earlier is not None and asks_what_they_say(said, intent, earlier.slots):
        intent = question.PERSPECTIVE_SUMMARY
    if intent in (*_SMALL, *OF_ONES_OWN):
        return Understanding(intent, Slots(), unused=unused_in(said, intent))
    slots = slots_of(said, intent, today)
    told_falsely: set[Why] = set()
    if earlier is not None and is_held_against(said, intent, slots, earlier.slots):
        return Understanding(REFUSE, replace(slots.places_alone(), reason=Reason.NO_RANKING))
    opposite = the_opposite(said, intent, earlier) if earlier is not None else None
    if earlier is not None and opposite:
        intent, earlier = earlier.intent, Earlier(earlier.intent, replace(earlier.slots, status=None))
    more = earlier is not None and (
        opposite is not None or goes_on(said, intent, slots) or says_which_alone(said, intent, earlier, today)
    )
    if earlier is not None and not more and is_of_the_same(said, intent, slots, earlier.intent, earlier.slots):
        assert intent is not None
        more, earlier = True, Earlier(earlier.intent, of_the_same(earlier.slots, intent, earlier.intent, slots))
    if earlier is not None and more:
        intent = asked_on(said, intent, earlier, today)
        asked_back = [*said.choices, *(Choice(options=each.nearest) for each in said.strangers)]
        without = without_what_is_left_out(earlier.slots, said)
        told_falsely = {Why.LEFT_OUT} if is_dropped(earlier.slots, without) else set()
        kept = without_what_is_chosen_anew(without, asked_back)
        new = before_what_was_asked(said, kept, slots_of(said, intent, today), today)
        told_falsely |= {Why.HALF_YEARS} if kept.half_year and any(each.is_before for each in said.times) else set()
        if beside := one_beside(said, earlier.slots, new):
            new = replace(new, types=(), institutions=tuple(each.id for each in beside) if len(beside) == 1 else ())
            told_falsely |= {Why.KINDS}
        new = with_earlier(kept, new, said.index, mine) if said.has("adds") else new
        slots = merged(kept, new, is_everywhere=said.is_of_everywhere)
        if again := asked_again(said, earlier, intent, slots):
            return again
        if len(beside) > 1:
            which = candidates(_sorted(Choice(options=beside), roster))
            slots = replace(slots.without_places(), candidates=which)
            return Understanding(CLARIFY, slots, intent, unused=_but_for(unused_in(said, intent), told_falsely))
    is_sure = intent is not None and not is_loose(said)
    if intent is None:
        intent = _of_scope_alone(said, slots)
        slots = replace(slots, indicator=said.indicator if intent == question.KEY_FIGURES else None)
    if intent is None:
        return Understanding(None, slots, is_sure=False, unused=strange_places_in(said))
    unused = _but_for(unused_in(said, intent), told_falsely)
    if opposite:
        unused = tuple(dict.fromkeys((*unused, Unused(Why.UNKNOWN, words_at(said, *opposite)))))
    choices = [candidates(_sorted(choice, roster)) for choice in said.choices]
    if either := either_of(said):
        slots = replace(slots, institutions=(), leaders=(), candidates=candidates(_sorted(either, roster)))
        return Understanding(CLARIFY, slots, intent, left=tuple(choices), is_sure=is_sure, unused=unused)
    if unknown := next(iter(said.strangers), None):
        return Understanding(
            UNKNOWN_INSTITUTION,
            replace(slots, candidates=candidates(_within(said, unknown.nearest))),
            intent,
            left=tuple(choices),
            is_unknown_person=unknown.is_person,
            is_sure=is_sure,
            unused=unused,
        )
    if choices:
        first, *left = choices
        slots = replace(slots, candidates=first)
        return Understanding(CLARIFY, slots, intent, left=tuple(left), is_sure=is_sure, unused=unused)
    return Understanding(intent, slots, is_sure=is_sure, is_everywhere=said.is_of_everywhere, unused=unused)


def of_all_named(slots: Slots, roster: Roster, mine: frozenset[UUID]) -> Slots:
    """The places by themselves, where a place and others that it is none of are asked about together."""
    return together(slots, index_of(roster), mine)


def greets(text: str) -> bool:
    """Whether a small word is a greeting or a question about the bot, and not thanks or a goodbye."""
    return any(hit.heading in ("greeting", "wellbeing") for hit in vocabulary().hits(words_of(text)))


def _of_scope_alone(said: Said, slots: Slots) -> str | None:
    """A name alone asks for everything that is known of the place, and people at it for what they have said."""
    if said.has("one_on_one", "practice", "political_round", "prepare"):
        return None
    if said.indicator and len(said.words) == 1:
        # With a place it is asked of the theme that is called so, with its figures and all that is told of it.
        return question.KEY_FIGURES
    has_place = slots.names_a_place or any(not each.is_person for each in said.strangers)
    if said.things(What.LEADER) and said.has(*InstitutionType):
        # `Karens skole`.
        return question.SUPERVISION_SUMMARY
    if slots.groups and (has_place or question.is_of_groups_alone(said)):
        return question.PERSPECTIVE_SUMMARY
    names_something = slots.institutions or slots.areas or slots.types or slots.theme or said.choices
    is_all_but = said.left_out and said.has("unnamed", "everywhere")
    if _only_begins_a_name(said):
        return None
    is_name = any(unknown.stop - unknown.start == len(said.words) for unknown in said.strangers)
    if not names_something and not is_all_but and not is_name and not question.is_of_everywhere_alone(said):
        return None
    return question.SUPERVISION_SUMMARY


def _only_begins_a_name(said: Said) -> bool:
    """`Husk mælk og brød`: all that names a place is the beginning of a name, in small letters among other words."""
    found = said.names.found
    is_said_to_be_one = any(
        each.strength is not Strength.PART
        or said.words[each.start].is_capital
        or (each.start and said.known.has("place", said.words[each.start - 1].norm))
        for each in found
    )
    around = (
        "follow",
        "place",
        "look",
        "thanks",
        "greeting",
        "unnamed",
        "area",
        *(each.value for each in InstitutionType),
    )
    others = len(said.words) - len(covered(said, *around) | said.names.taken | said.by_time)
    return bool(found) and not is_said_to_be_one and others > 0 and not asks(said.text)


def _but_for(unused: tuple[Unused, ...], told_falsely: Set[Why]) -> tuple[Unused, ...]:
    """Without what the question before makes good: one of the kind is answered about, or what is dropped was in it."""
    return tuple(each for each in unused if each.why not in told_falsely)


def _within(said: Said, nearest: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Of the places there are, those in the area that is said, where any is."""
    areas, institutions = said.things(What.AREA), said.index.institutions
    inside = (each for each in nearest if each.what is What.INSTITUTION and institutions[each.id].area_id in areas)
    return tuple(inside) or nearest


def _sorted(choice: Choice, roster: Roster) -> tuple[Thing, ...]:
    """All that an unclear name may mean: areas first, then from A to Å."""
    return tuple(
        sorted(choice.options, key=lambda each: (each.what is not What.AREA, a_to_aa(roster.name_of(each.id))))
    )
