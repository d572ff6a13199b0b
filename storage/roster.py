"""The names there are on a day, for the understanding of what people type: four plain queries, no entities."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select

from domain.organisation import Role
from domain.roster import AreaName, InstitutionName, LeaderName, Roster, ThemeName
from storage.cycle import theme
from storage.organisation import area, institution, person, role_assignment
from storage.roles import in_force, is_active
from storage.unit_of_work import UnitOfWork


def roster_on(uow: UnitOfWork, day: date) -> Roster:
    """The institutions, closed ones too, all areas, the leaders of the day and the former ones, and every theme.

    Nobody is told more for it: what may be seen of a place or a half-year is asked of whoever asks, on that day.
    """
    places = select(
        institution.c.id,
        institution.c.name,
        institution.c.aliases,
        institution.c.type,
        institution.c.age_range,
        institution.c.area_id,
        and_(institution.c.ended_on.is_not(None), institution.c.ended_on < day),
    )
    leads_now = and_(in_force(day), is_active(day))
    led = (
        select(person.c.id, person.c.name, leads_now, role_assignment.c.institution_id)
        .join(role_assignment, role_assignment.c.person_id == person.c.id)
        .where(
            role_assignment.c.role == Role.LEADER,
            role_assignment.c.institution_id.is_not(None),
            role_assignment.c.from_on <= day,
            person.c.anonymised_on.is_(None),
        )
    )
    leads: dict[tuple[UUID, str], dict[bool, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for person_id, name, is_now, place_id in uow.session.execute(led):
        leads[person_id, name][bool(is_now)].add(place_id)
    themes = select(
        theme.c.id,
        theme.c.title,
        theme.c.title_en,
        theme.c.aliases,
        theme.c.age_range,
        theme.c.valid_from,
        theme.c.valid_to,
    )
    areas = select(area.c.id, area.c.name, area.c.aliases)
    return Roster(
        institutions=tuple(
            InstitutionName(id, name, aliases, kind, age_range, area_id, bool(is_closed))
            for id, name, aliases, kind, age_range, area_id, is_closed in uow.session.execute(
                places.order_by(institution.c.name)
            )
        ),
        areas=tuple(AreaName(*row) for row in uow.session.execute(areas.order_by(area.c.name))),
        leaders=tuple(
            LeaderName(*who, tuple(sorted(led.get(True) or led[False])), is_former=True not in led)
            for who, led in sorted(leads.items())
        ),
        themes=tuple(
            ThemeName(*row) for row in uow.session.execute(themes.order_by(theme.c.title, theme.c.valid_from))
        ),
    )
