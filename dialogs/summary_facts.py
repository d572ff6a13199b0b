"""What a supervision summary is made of: the seven sections of a scope, as somebody may see them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogs.answer import MOST_TRACED, traced
from dialogs.turn import Turn
from domain.access import Viewer
from domain.identity import new_id
from domain.key_figures import HALF_YEARS_SHOWN, FigureRow
from domain.organisation import Role, RoleAssignment
from domain.scope import Scope
from domain.supervision import F, Found, K, Summary
from storage.key_figures import figure_rows
from storage.supervision import dialogue_facts, focus_facts
from storage.supervision_agreements import agreement_facts
from storage.supervision_data import theme_data, voice_facts
from storage.supervision_gaps import gap_facts
from storage.supervision_observations import observation_facts


def summary_of(turn: Turn, scope: Scope, *, most: int, is_traced: bool = False) -> Summary:
    """The seven sections of the scope, at most so many facts of each; `is_traced` with the sources of all it counts.

    A leader looks with the eyes of the chief, so that the two see the same; of the agreements, the leader's own.
    """
    uow, today = turn.uow, turn.today
    as_leader = is_own(turn, scope)
    viewer = _chiefs_eyes(turn, scope) if as_leader else turn.viewer
    leader_id = turn.person.id if as_leader else None

    def found(find: Callable[[int], Found[F, K]]) -> Found[F, K]:
        return traced(find, most, is_traced=is_traced)

    voices = voice_facts(uow, viewer, scope, most=most)
    others = voice_facts(uow, viewer, scope, most=MOST_TRACED) if is_traced and voices.more else voices
    return Summary(
        scope=scope,
        focus_areas=found(lambda most: focus_facts(uow, viewer, scope, most=most)),
        data=theme_data(
            uow,
            viewer,
            scope,
            now=turn.now,
            most=most,
            most_traced=MOST_TRACED if is_traced else most,
            known=voices.facts,
            traced=others.facts,
        ),
        voices=voices.with_traced(others.sources),
        dialogues=found(lambda most: dialogue_facts(uow, viewer, scope, now=turn.now, most=most)),
        observations=found(lambda most: observation_facts(uow, viewer, scope, now=turn.now, most=most)),
        agreements=found(lambda most: agreement_facts(uow, viewer, scope, today=today, most=most, leader_id=leader_id)),
        gaps=gap_facts(uow, viewer, scope, now=turn.now, quiet=turn.municipality.quiet, most=most),
        rows=_over_time(turn, viewer, scope),
    )


def _over_time(turn: Turn, viewer: Viewer, scope: Scope) -> Sequence[FigureRow]:
    """The theme's figures of one institution over the half-years up to the last, where a theme is asked about.

    A mean of several institutions is one of others each time. Of all themes, a card has no room for it; and of what is
    new alone there is nothing that came before.
    """
    if scope.theme is None or not scope.is_one_place or scope.since:
        return ()
    about = replace(scope, first=min(scope.first, scope.last.plus(1 - HALF_YEARS_SHOWN)))
    return figure_rows(turn.uow, viewer, about, most=len(about.half_years))


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
