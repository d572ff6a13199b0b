"""Who has sent an activity, and all that every turn asks about them first, in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, and_, bindparam, exists, or_, select

from domain.message import Chat
from domain.organisation import Institution, Person, RoleAssignment
from storage.compiled import Compiled, adopted
from storage.message import chat
from storage.organisation import institution, person, role_assignment
from storage.preparation import preparation, preparation_share
from storage.reflection import reflection
from storage.roles import in_force
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A person, where they were reached last, and their roles of the day.

    `is_asked` says whether they were asked to write anything for others: to prepare a dialogue, or to take its notes.
    `places` are the institutions that the roles name, so that the session has them as long as the turn lasts.
    """

    person: Person
    chat: Chat | None
    roles: Sequence[RoleAssignment]
    places: Sequence[Institution]
    is_asked: bool


_is_asked = or_(
    exists().where(reflection.c.note_taker == person.c.id),
    exists().where(preparation.c.handed_to == person.c.id),
    exists().where(preparation_share.c.person_id == person.c.id),
)
_its_role = and_(role_assignment.c.person_id == person.c.id, in_force(bindparam("day", type_=Date)))
_ARRIVED = Compiled(
    select(_is_asked, *person.c, *chat.c, *role_assignment.c, *institution.c)
    .select_from(
        person.outerjoin(chat, chat.c.person_id == person.c.id)
        .outerjoin(role_assignment, _its_role)
        .outerjoin(institution, institution.c.id == role_assignment.c.institution_id),
    )
    .where(person.c.aad_object_id == bindparam("identity"))
)
_PERSON = 1 + len(person.c)
_CHAT = _PERSON + len(chat.c)
_ROLE = _CHAT + len(role_assignment.c)


def arrival_of(uow: UnitOfWork, aad_object_id: str, day: date) -> Arrival | None:
    """The active person with this verified Entra object id, whatever its capitals; None for a stranger."""
    rows = _ARRIVED.rows(uow, identity=aad_object_id.lower(), day=day)
    if not rows:
        return None
    someone = adopted(uow, Person, rows[0][1:_PERSON])
    if not someone.is_active(day):
        return None
    place = rows[0][_PERSON:_CHAT]
    return Arrival(
        person=someone,
        chat=adopted(uow, Chat, place) if place[0] else None,
        roles=[adopted(uow, RoleAssignment, row[_CHAT:_ROLE]) for row in rows if row[_CHAT]],
        places=[adopted(uow, Institution, row[_ROLE:]) for row in rows if row[_ROLE]],
        is_asked=rows[0][0],
    )
