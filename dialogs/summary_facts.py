"""What a supervision summary is made of: the seven sections of a scope, as somebody may see them."""

from dialogs.turn import Turn
from domain.access import Viewer
from domain.identity import new_id
from domain.organisation import Role, RoleAssignment
from domain.scope import Scope
from domain.supervision import Summary
from storage.supervision import dialogue_facts, focus_facts
from storage.supervision_agreements import agreement_facts
from storage.supervision_data import theme_data, voice_facts
from storage.supervision_gaps import gap_facts
from storage.supervision_observations import observation_facts


def summary_of(turn: Turn, scope: Scope, *, most: int) -> Summary:
    """The seven sections of the scope, at most so many facts of each.

    A leader looks with the eyes of the chief, so that the two see the same; of the agreements, the leader's own.
    """
    uow, today = turn.uow, turn.today
    as_leader = is_own(turn, scope)
    viewer = _chiefs_eyes(turn, scope) if as_leader else turn.viewer
    observations = observation_facts(uow, viewer, scope, now=turn.now, most=most)
    return Summary(
        scope=scope,
        focus_areas=focus_facts(uow, viewer, scope, most=most),
        data=theme_data(uow, viewer, scope, observations.facts),
        voices=voice_facts(uow, viewer, scope, most=most),
        dialogues=dialogue_facts(uow, viewer, scope, now=turn.now, most=most),
        observations=observations,
        agreements=agreement_facts(
            uow, viewer, scope, today=today, most=most, leader_id=turn.person.id if as_leader else None
        ),
        gaps=gap_facts(uow, viewer, scope, now=turn.now, quiet=turn.municipality.quiet, most=most),
    )


def is_own(turn: Turn, scope: Scope) -> bool:
    """Whether a leader asks about what they lead, and is not its chief at the same time."""
    return all(turn.viewer.leads(where) for where in scope.institutions) and not any(
        turn.viewer.is_chief_of(where) for where in scope.institutions
    )


def _chiefs_eyes(turn: Turn, scope: Scope) -> Viewer:
    """A chief of the institutions' areas, whoever that is: what is seen follows from the role."""
    somebody = new_id()
    areas = {where.area_id for where in scope.institutions}
    roles = [
        RoleAssignment(person_id=somebody, role=Role.CHIEF, from_on=turn.today, area_id=each) for each in sorted(areas)
    ]
    return Viewer.on(turn.today, somebody, roles)
