"""Whom the host may invite to observe: suggestions, and who is found by a name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from rapidfuzz import fuzz

from dialogs.turn import Turn
from dialogs.words import normalise
from domain.observation import Observation
from domain.observer import SUGGESTED, Candidate, nearest
from domain.organisation import Institution
from domain.period import HalfYear
from storage.cycle import cycle_in
from storage.observer import candidates_for, unwilling_at

# Without a cycle, two years back count as one.
TWO_YEARS = timedelta(days=731)
ALIKE = 85


def candidates_at(turn: Turn, where: Institution) -> Sequence[Candidate]:
    return candidates_for(turn.uow, where, turn.today, since_cycle(turn, where))


def ids_of(candidates: Sequence[Candidate]) -> set[UUID]:
    return {each.person_id for each in candidates}


def since_cycle(turn: Turn, where: Institution) -> datetime:
    """When the present two-year period of the institution began."""
    cycle = cycle_in(turn.uow, where.age_range, HalfYear.of(turn.today))
    if cycle is None:
        return turn.now - TWO_YEARS
    return turn.municipality.quiet.start_of_day(
        datetime.combine(cycle.first_half_year.starts_on, datetime.min.time(), turn.municipality.zone)
    )


def suggested_for(turn: Turn, earlier: Observation, where: Institution) -> Sequence[Candidate]:
    """Three others than the one who was asked, and than those who declined or did not answer in this cycle."""
    left_out = unwilling_at(turn.uow, where, since_cycle(turn, where)) | {earlier.observer_id}
    others = (each for each in candidates_at(turn, where) if each.person_id not in left_out)
    return nearest(others, where)[:SUGGESTED]


def found_by(candidates: Sequence[Candidate], searched: str) -> Sequence[Candidate]:
    """Those whose name or institution holds every word that was typed, give or take a letter."""
    words = normalise(searched).split()

    def fits(each: Candidate) -> bool:
        name = normalise(f"{each.name} {each.institution}")
        return all(word in name or (len(word) > 3 and fuzz.partial_ratio(word, name) >= ALIKE) for word in words)

    return [each for each in candidates if words and fits(each)]
