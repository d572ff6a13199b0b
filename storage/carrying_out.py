"""An anonymisation from its preview to its end, each step in a transaction of its own and done again without harm.

The search reads beside everybody else; what it found is then changed in one short transaction together with the plan of
what is to be replaced in the chats. Whoever dies in between leaves the next one to go on from what is written down.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from domain.anonymisation import Anonymisation, AnonymisationState, Counts, Place, Survey, Treatment, Whom
from domain.organisation import Person
from domain.retention import LegalHold
from storage.anonymisation import binding, locked
from storage.anonymised_card import forget_way_to, plan_replacements, replaced, standing
from storage.anonymising import found, related
from storage.journal import copies_of, make_anew
from storage.retention import holds, settled_holds
from storage.seeking import search_for
from storage.taking_away import take_away, wipe
from storage.unit_of_work import UnitOfWork


def foreseen(uow: UnitOfWork, whom: Whom) -> Survey:
    """The survey for a unit of work that writes, done before it; another one where a hold came or went since."""
    return uow.looked_up((whom, _ids(holds(uow))), partial(survey, whom=whom))


def survey(uow: UnitOfWork, whom: Whom) -> Survey:
    """Everything that would be changed, and what stands in the way; nothing is written."""
    search = search_for(uow, whom, holds(uow))
    there = found(uow, search)
    ids = related(uow, search, _touched(there.places))
    cards = standing(uow, search.person_id, search.places, ids)
    return Survey(
        places=tuple(there.places),
        cards=sum(each.is_reached for each in cards),
        unreached=sum(not each.is_reached for each in cards),
        copies=tuple(copies_of(uow, ids)),
        held=tuple(sorted(there.held)),
        on=_ids(search.on),
    )


def begin(uow: UnitOfWork, anonymisation_id: UUID, seen: Survey, now: datetime, day: date) -> Anonymisation:
    """Takes away what was found, wipes who it was, and plans what is replaced in the chats; all of it or nothing.

    What came in its way since it was approved stops it: a hold, or that the person has a role again. Where the holds
    are others than those that were looked at, nothing is done yet.
    """
    about = locked(uow, anonymisation_id)
    if about.state is not AnonymisationState.APPROVED:
        return about
    someone = uow.session.get(Person, about.person_id) if about.person_id else None
    if seen.held or (someone is not None and binding(uow, someone, day)):
        about.end(AnonymisationState.STOPPED, now)
        return about
    on = settled_holds(uow)
    if _ids(on) != seen.on:
        return about
    search = search_for(uow, about.whom, on)
    # Before anything is changed: what is found by the name is not found by it afterwards.
    ids = related(uow, search, _touched(seen.places))
    cards = standing(uow, search.person_id, search.places, ids)
    counts = take_away(uow, search, seen.places)
    make_anew(uow, ids)
    about = locked(uow, anonymisation_id)
    if about.person_id is not None:
        wipe(uow, about.person_id, day)
    plan_replacements(uow, about.id, cards, now)
    about.counts = _with_cards(counts, cards=sum(each.is_reached for each in cards), all_cards=len(cards))
    about.fixed = tuple(dict.fromkeys([*(each.name for each in seen.of(Treatment.FIXED)), *copies_of(uow, ids)]))
    about.state, about.carried_out_at = AnonymisationState.CARRIED_OUT, now
    return about


def go_on(uow: UnitOfWork, anonymisation_id: UUID, seen: Survey, now: datetime) -> bool:
    """What was written while it was carried out goes as well; False once nothing is left and the name is forgotten."""
    about = locked(uow, anonymisation_id)
    if about.state is not AnonymisationState.CARRIED_OUT or not about.name:
        return False
    on = settled_holds(uow)
    if _ids(on) != seen.on:
        return True
    search = search_for(uow, about.whom, on)
    # What has become final meanwhile is not changed either.
    about.fixed = tuple(dict.fromkeys([*about.fixed, *(each.name for each in seen.of(Treatment.FIXED))]))
    left = [each for each in _touched(seen.places) if each.treatment is not Treatment.FIXED]
    if not left or seen.held:
        about.name = ""
        return False
    ids = related(uow, search, left)
    cards = standing(uow, search.person_id, search.places, ids)
    more = take_away(uow, search, left)
    make_anew(uow, ids)
    about = locked(uow, anonymisation_id)
    plan_replacements(uow, about.id, cards, now)
    assert about.counts is not None
    about.counts = about.counts.with_more(more)
    return True


def finish(uow: UnitOfWork, anonymisation_id: UUID, now: datetime) -> bool:
    """Ends it once every card is replaced or given up, and forgets the way to the person; whether it did."""
    about = locked(uow, anonymisation_id)
    if about.state is not AnonymisationState.CARRIED_OUT or about.name:
        return False
    how = replaced(uow, about.id)
    if how.waiting:
        return False
    person_id, counts = about.person_id, about.counts or Counts()
    about.counts = _with_cards(counts, cards=how.done, all_cards=how.done + how.unreached + counts.unreached)
    about.end(AnonymisationState.DONE, now)
    uow.session.flush()
    if person_id is not None:
        forget_way_to(uow, person_id)
    return True


def _ids(on: Sequence[LegalHold]) -> frozenset[UUID]:
    return frozenset(each.id for each in on)


def _with_cards(counts: Counts, *, cards: int, all_cards: int) -> Counts:
    return Counts(**{**vars(counts), "cards": cards, "unreached": all_cards - cards})


def _touched(places: Sequence[Place]) -> list[Place]:
    """What is not as it was afterwards, or names the person for good: a card or a copy of it does, too."""
    return [each for each in places if each.treatment is not Treatment.UNSURE]
