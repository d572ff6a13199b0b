"""The names there are on a day, for the understanding of what people type: four plain queries, no entities."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from domain.organisation import Role
from domain.roster import AreaName, InstitutionName, LeaderName, Roster, ThemeName
from storage.cycle import theme
from storage.organisation import area, in_force, institution, is_active, person, role_assignment
from storage.unit_of_work import UnitOfWork


def roster_on(uow: UnitOfWork, day: date) -> Roster:
    """The open institutions, all areas, the leaders of the day, and every theme there has been."""
    places = select(
        institution.c.id,
        institution.c.name,
        institution.c.aliases,
        institution.c.type,
        institution.c.age_range,
        institution.c.area_id,
    ).where(or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day))
    led = (
        select(person.c.id, person.c.name, role_assignment.c.institution_id)
        .join(role_assignment, role_assignment.c.person_id == person.c.id)
        .where(
            role_assignment.c.role == Role.LEADER,
            role_assignment.c.institution_id.is_not(None),
            in_force(day),
            is_active(day),
        )
    )
    leads: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for person_id, name, place_id in uow.session.execute(led):
        leads[person_id, name].append(place_id)
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
        institutions=tuple(InstitutionName(*row) for row in uow.session.execute(places.order_by(institution.c.name))),
        areas=tuple(AreaName(*row) for row in uow.session.execute(areas.order_by(area.c.name))),
        leaders=tuple(LeaderName(*who, tuple(sorted(places))) for who, places in sorted(leads.items())),
        themes=tuple(
            ThemeName(*row) for row in uow.session.execute(themes.order_by(theme.c.title, theme.c.valid_from))
        ),
    )
