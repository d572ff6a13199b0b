"""What a person answers for, and so may ask about: their institutions, those of their area, or all there are."""

from collections.abc import Sequence
from uuid import UUID

from dialogs.turn import Turn
from dialogs.understanding import question
from domain.organisation import Role
from domain.roster import Roster
from domain.slots import Candidate, Kind, Slots


def answers_for(turn: Turn, roster: Roster) -> frozenset[UUID]:
    """The institutions that the person leads or is chief of."""
    held = [role for role in turn.viewer.roles if role.role in (Role.LEADER, Role.CHIEF)]
    return frozenset(where.id for where in roster.institutions if any(role.covers(where) for role in held))


def is_outside(turn: Turn, roster: Roster, slots: Slots) -> bool:
    """Whether an institution, an area or a leader is named that the person has no responsibility for.

    The administration has its own sight, which the answers ask for themselves.
    """
    named = {
        Kind.INSTITUTION: set(slots.institutions),
        Kind.AREA: set(slots.areas),
        Kind.LEADER: set(slots.leaders),
    }
    if turn.viewer.has(Role.ADMINISTRATION) or not any(named.values()):
        return False
    mine = within(turn, roster)
    return any(named[kind] - mine[kind] for kind in Kind)


def within(turn: Turn, roster: Roster) -> dict[Kind, set[UUID]]:
    """The institutions, areas and leaders that the person has a responsibility for."""
    mine = answers_for(turn, roster)
    return {
        Kind.INSTITUTION: set(mine),
        Kind.AREA: {where.area_id for where in roster.institutions if where.id in mine},
        Kind.LEADER: {leader.id for leader in roster.leaders if not mine.isdisjoint(leader.leads)},
    }


def is_for_all(turn: Turn, intent: str) -> bool:
    """Whether the question is answered for every place: by what is public, or by the person's own observations.

    The administration is told of all but of what two have agreed.
    """
    own = intent == question.OBSERVATION_OVERVIEW and only_observes(turn)
    told = turn.viewer.has(Role.ADMINISTRATION) and intent not in (
        question.ONE_ON_ONE_RECAP,
        question.AGREEMENT_OVERVIEW,
    )
    return own or told or intent == question.POLITICAL_REPORT


def askable(turn: Turn, roster: Roster, intent: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of the candidates that the person may ask this about: no button leads to a no."""
    if is_for_all(turn, intent) or turn.viewer.has(Role.ADMINISTRATION):
        return tuple(candidates)
    mine = within(turn, roster)
    return tuple(each for each in candidates if each.id in mine[each.kind])


def only_leads(turn: Turn) -> bool:
    return turn.viewer.has(Role.LEADER) and not turn.viewer.has(Role.CHIEF)


def only_observes(turn: Turn) -> bool:
    """Whether the person answers for no institution, so that only their own observations can be meant."""
    return not any(turn.viewer.has(role) for role in (Role.LEADER, Role.CHIEF, Role.ADMINISTRATION))
