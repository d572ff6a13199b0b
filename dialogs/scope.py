"""From bounds to a scope: which institutions somebody may see there now, and the half-years that are meant.

Nobody is shown less than was asked for in silence: what was named and lies outside the reader's responsibility is a
polite no (I32), and what was not named is everything that the reader may see.
"""

import hashlib
import json
from collections.abc import Sequence
from uuid import UUID

from cards.scope import PERIODS, Choices, carry
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.errors import NotAllowed, Refusal
from domain.organisation import Institution, Role
from domain.period import HalfYear
from domain.supervision import Bounds, Scope
from storage.cycle import themes_valid_in, themes_with_ids
from storage.organisation import areas_with_ids, institutions_led_by, open_institutions


class OutsideResponsibility(Refusal):
    """What was asked for belongs to institutions that the person does not answer for."""

    def __init__(self) -> None:
        super().__init__("outside_responsibility")


def scope_of(turn: Turn, bounds: Bounds, record: Record, *, least: Sight = Sight.FULL) -> Scope:
    """The scope of these bounds for the turn's person; `OutsideResponsibility` where nothing is left of it.

    Without a half-year the present one is meant.
    """
    visible = [where for where in open_institutions(turn.uow, turn.today) if turn.viewer.sight(record, where) >= least]
    places = [where for where in visible if _is_within(where, bounds)]
    if bounds.institution_ids and {where.id for where in places} != set(bounds.institution_ids):
        raise OutsideResponsibility
    if bounds.area_ids and not set(bounds.area_ids) <= {where.area_id for where in visible}:
        raise OutsideResponsibility
    if not places:
        raise OutsideResponsibility
    theme = themes_with_ids(turn.uow, [bounds.theme_id] if bounds.theme_id else []).get(bounds.theme_id or UUID(int=0))
    if bounds.theme_id and theme is None:
        raise NotAllowed
    last = bounds.last or bounds.first or HalfYear.of(turn.today)
    areas = areas_with_ids(turn.uow, bounds.area_ids or _areas_of(turn, places))
    return Scope(
        institutions=tuple(places),
        first=min(bounds.first or last, last),
        last=last,
        zone=turn.municipality.zone,
        areas=tuple(areas),
        type=bounds.type,
        age_range=bounds.age_range,
        theme=theme,
        since=bounds.since,
    )


def key_of(bounds: Bounds) -> str:
    """What is asked about, as a short text: the same for the same bounds."""
    return hashlib.sha256(json.dumps(carry(bounds), sort_keys=True).encode()).hexdigest()


def choices_for(turn: Turn, record: Record, scope: Scope) -> Choices:
    """What the scope can be narrowed down to: the reader's areas and kinds of institution, themes and half-years."""
    visible = [where for where in open_institutions(turn.uow, turn.today) if turn.viewer.sight(record, where)]
    present = HalfYear.of(turn.today)
    return Choices(
        areas=areas_with_ids(turn.uow, {where.area_id for where in visible}),
        types=[each for each in type(visible[0].type) if any(where.type is each for where in visible)],
        themes=themes_valid_in(turn.uow, {where.age_range for where in scope.institutions}, scope.first, scope.last),
        half_years=[present.plus(-step) for step in range(PERIODS)],
    )


def _is_within(where: Institution, bounds: Bounds) -> bool:
    return (
        (not bounds.institution_ids or where.id in bounds.institution_ids)
        and (not bounds.area_ids or where.area_id in bounds.area_ids)
        and (bounds.type is None or where.type is bounds.type)
        and (bounds.age_range is None or where.age_range is bounds.age_range)
    )


def _areas_of(turn: Turn, places: Sequence[Institution]) -> Sequence[UUID]:
    """The areas that a chief answers for, which are read back; nobody else has areas of their own."""
    held = [each.area_id for each in turn.viewer.roles if each.role is Role.CHIEF and each.area_id]
    return [] if institutions_led_by(turn.uow, turn.viewer) else [each for each in held if any(
        where.area_id == each for where in places
    )]  # fmt: skip
