"""From bounds to a scope: which institutions somebody may see there now, and the half-years that are meant.

Nobody is shown less than was asked for in silence: what was named and lies outside the reader's responsibility is a
polite no (I32), and what was not named is everything that the reader may see.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from cards.kit import Card
from cards.scope import PERIODS, Choices, carry
from dialogs.turn import Turn
from domain.access import Record, Relation, Sight
from domain.cycle import HALF_YEARS
from domain.errors import NotAllowed, Refusal
from domain.organisation import AgeRange, Institution, Role, a_to_aa
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from domain.slots import Relative, Slots, resolved
from storage.agreement import closed_with_open_agreements
from storage.cycle import cycle_in, theme_called_alike, themes_valid_in, themes_with_ids
from storage.organisation import areas_with_ids, institutions_with_ids, open_institutions_near
from storage.roles import institutions_led_by, once_led, places_led


class OutsideResponsibility(Refusal):
    """What was asked for belongs to institutions that the person does not answer for; `card` says what there is."""

    def __init__(self, card: Card | None = None) -> None:
        super().__init__("outside_responsibility")
        self.card = card


def scope_of(turn: Turn, bounds: Bounds, record: Record, *, least: Sight = Sight.FULL) -> Scope:
    """The scope of these bounds for the turn's person; `OutsideResponsibility` where nothing is left of it.

    Without a half-year the present one is meant.
    """
    visible = [where for where in _near(turn, bounds, record) if sight_of(turn, record, where) >= least]
    places = [where for where in visible if is_within(where, bounds)]
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
    held = [] if bounds.institution_ids else _areas_of(turn, places)
    areas = areas_with_ids(turn.uow, bounds.area_ids or held)
    return Scope(
        institutions=tuple(places),
        first=min(bounds.first or last, last),
        last=last,
        zone=turn.municipality.zone,
        areas=tuple(areas),
        types=bounds.types,
        age_range=bounds.age_range,
        theme=theme,
        since=bounds.since,
        today=turn.today,
        is_named=bool(bounds.institution_ids),
    )


def _near(turn: Turn, bounds: Bounds, record: Record) -> Sequence[Institution]:
    """The institutions that were open on any day of the period, or are: of hundreds, those alone that the bounds name.

    DESIGN 8: one that closed is "ended, not deleted", and who names it is told of it. Of agreements I23 holds as well:
    they are open until they are closed, and their institution may have been for years.
    """
    day = min(turn.today, _first(turn, bounds).starts_on)
    if not (bounds.institution_ids or bounds.area_ids):
        found = turn.places_since(day)
    else:
        found = open_institutions_near(turn.uow, day, bounds.institution_ids, bounds.area_ids)
    if record is not Record.AGREEMENT or bounds.institution_ids:
        return found
    known = {where.id for where in found}
    gone = [where for where in closed_with_open_agreements(turn.uow, turn.today) if where.id not in known]
    return sorted([*found, *gone], key=lambda each: a_to_aa(each.name)) if gone else found


def _first(turn: Turn, bounds: Bounds) -> HalfYear:
    return min(filter(None, (bounds.first, bounds.last)), default=HalfYear.of(turn.today))


def bounds_of(turn: Turn, slots: Slots) -> Bounds:
    """What the words of a question narrow it down to; a leader stands for what they lead now."""
    first = last = resolved(slots.half_year, turn.today)
    led = [where.id for each in slots.leaders for where in _places_of(turn, each, slots.areas, first, last)]
    named = tuple(dict.fromkeys((*slots.institutions, *led)))
    if slots.cycle and last is None:
        first, last = _half_years_of(turn, slots, named)
    if last is None:
        first = last = _last_of(turn, named)
    meant = last or HalfYear.of(turn.today)
    theme_id = slots.theme and theme_called_alike(turn.uow, slots.theme, first or meant, meant)
    return Bounds(
        institution_ids=named,
        area_ids=slots.areas,
        types=slots.types,
        age_range=slots.age_range,
        theme_id=theme_id,
        indicator=slots.indicator,
        first=first,
        last=last,
        groups=slots.groups,
        status=slots.status,
        leader_ids=slots.leaders,
        dialogue_no=slots.dialogue_no,
        latest=slots.latest,
        coming=slots.coming,
        is_short=slots.is_short,
    )


def _places_of(
    turn: Turn, leader_id: UUID, areas: Sequence[UUID], first: HalfYear | None, last: HalfYear | None
) -> Sequence[Institution]:
    """What a leader leads, in the areas where any is named; of one who leads elsewhere, too, what the person answers
    for.

    Of one who leads nothing any more, what they led in the period, or in the end where none is named.
    """
    led = places_led(turn.uow, leader_id, turn.today)
    if not led:
        once = once_led(turn.uow, leader_id)
        start = first.starts_on if first else max((held.to_on or turn.today for held, _where in once), default=None)
        end = last.ends_on if last else turn.today
        led = [where for held, where in once if start and held.from_on <= end and (held.to_on or end) >= start]
    led = [where for where in led if not areas or where.area_id in areas]
    if not led:
        # Nothing that they led then or there is not everything there is.
        raise OutsideResponsibility
    return [where for where in led if turn.viewer.is_chief_of(where) or turn.viewer.leads(where)] or led


def _last_of(turn: Turn, named: Sequence[UUID]) -> HalfYear | None:
    """The last half-year of the institutions that are named, where all have closed; None where one of them goes on."""
    ends = [where.ended_on for where in institutions_with_ids(turn.uow, named).values()]
    closed = [day for day in ends if day and day < turn.today]
    return HalfYear.of(max(closed)) if closed and len(closed) == len(ends) else None


def _half_years_of(turn: Turn, slots: Slots, named: Sequence[UUID]) -> tuple[HalfYear | None, HalfYear | None]:
    """The first and last half-year of the cycle that is meant, for the age range of the places; of both, where they
    are of both."""
    present = HalfYear.of(turn.today)
    step = {Relative.PREVIOUS: -HALF_YEARS, Relative.NEXT: HALF_YEARS}.get(slots.cycle or Relative.CURRENT, 0)
    begin = []
    for age_range in _age_ranges_of(turn, slots, named):
        if meant := cycle_in(turn.uow, age_range, present.plus(step)):
            begin.append(meant.first_half_year)
        elif now := cycle_in(turn.uow, age_range, present):
            # One that is not known lies beside the present one, and is as long.
            begin.append(now.first_half_year.plus(step))
    if not begin:
        # Where none is known, it is the time that it would have been; never the present one in silence.
        return (present.plus(step), present.plus(step)) if step else (None, None)
    return min(begin), max(begin).plus(HALF_YEARS - 1)


def _age_ranges_of(turn: Turn, slots: Slots, named: Sequence[UUID]) -> list[AgeRange]:
    """Those of the places that are meant: the named ones, or those that the person answers for."""
    if slots.age_range:
        return [slots.age_range]
    if named:
        places = list(institutions_with_ids(turn.uow, named).values())
    else:
        around = Bounds(area_ids=slots.areas, types=slots.types)
        places = [where for where in turn.places_since(turn.today) if is_within(where, around)]
        places = [where for where in places if turn.viewer.is_chief_of(where) or turn.viewer.leads(where)] or places
    found = {where.age_range for where in places}
    return [each for each in AgeRange if not found or each in found]


def matter_of(bounds: Bounds, scope: Scope) -> Bounds:
    """What these bounds ask about, however it was said: the half-year may go without saying, and so may the one
    institution that the person answers for."""
    found = replace(bounds, first=scope.first, last=scope.last, since=None, is_short=False)
    if not scope.is_one_place:
        return found
    return replace(found, institution_ids=(scope.institutions[0].id,), area_ids=(), types=(), age_range=None)


def key_of(bounds: Bounds) -> str:
    """What is asked about, as a short text: the same for the same bounds."""
    return hashlib.sha256(json.dumps(carry(bounds), sort_keys=True).encode()).hexdigest()


def choices_for(turn: Turn, record: Record, scope: Scope, bounds: Bounds, *, least: Sight = Sight.FULL) -> Choices:
    """What the scope can be narrowed down to: the reader's areas, kinds of institution and institutions, and more."""
    since = turn.places_since(min(turn.today, scope.first.starts_on))
    visible = [where for where in since if sight_of(turn, record, where) >= least] or list(scope.institutions)
    present = HalfYear.of(turn.today)
    around = replace(bounds, institution_ids=()) if bounds.types or bounds.area_ids else Bounds()
    return Choices(
        places=[where for where in visible if is_within(where, around)],
        areas=areas_with_ids(turn.uow, {where.area_id for where in visible}),
        types=[each for each in type(visible[0].type) if any(where.type is each for where in visible)],
        themes=themes_valid_in(turn.uow, {where.age_range for where in scope.institutions}, scope.first, scope.last),
        half_years=[present.plus(-step) for step in range(PERIODS)],
    )


def sight_of(turn: Turn, record: Record, where: Institution) -> Sight:
    """How much the person sees of such records there; a leader is one of the pair in what the two share."""
    part = {Relation.PAIR_LEADER} if turn.viewer.leads(where) else set()
    return turn.viewer.sight(record, where, also=part)


def is_within(where: Institution, bounds: Bounds) -> bool:
    return (
        (not bounds.institution_ids or where.id in bounds.institution_ids)
        and (not bounds.area_ids or where.area_id in bounds.area_ids)
        and (not bounds.types or where.type in bounds.types)
        and (bounds.age_range is None or where.age_range is bounds.age_range)
    )


def _areas_of(turn: Turn, places: Sequence[Institution]) -> Sequence[UUID]:
    """The areas that a chief answers for, which are read back; nobody else has areas of their own."""
    held = [each.area_id for each in turn.viewer.roles if each.role is Role.CHIEF and each.area_id]
    return [] if institutions_led_by(turn.uow, turn.viewer) else [each for each in held if any(
        where.area_id == each for where in places
    )]  # fmt: skip
