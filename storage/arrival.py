"""Who has sent an activity, and all that every turn asks about them first, in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, and_, bindparam, exists, or_, select

from domain.message import Chat
from domain.organisation import Person, RoleAssignment
from storage.compiled import Compiled, adopted
from storage.database import UnitOfWork
from storage.message import chat
from storage.organisation import in_force, person, role_assignment
from storage.preparation import preparation
from storage.reflection import reflection


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A person, where they were reached last, and their roles of the day.

    `is_asked` says whether they were asked to write anything for others: to prepare a dialogue, or to take its notes.
    """

    person: Person
    chat: Chat | None
    roles: Sequence[RoleAssignment]
    is_asked: bool


_is_asked = or_(
    exists().where(reflection.c.note_taker == person.c.id), exists().where(preparation.c.handed_to == person.c.id)
)
_its_role = and_(role_assignment.c.person_id == person.c.id, in_force(bindparam("day", type_=Date)))
_ARRIVED = Compiled(
    select(_is_asked, *person.c, *chat.c, *role_assignment.c)
    .select_from(
        person.outerjoin(chat, chat.c.person_id == person.c.id).outerjoin(role_assignment, _its_role),
    )
    .where(person.c.aad_object_id == bindparam("identity"))
)
_PERSON, _CHAT = 1 + len(person.c), 1 + len(person.c) + len(chat.c)


def arrival_of(uow: UnitOfWork, aad_object_id: str, day: date) -> Arrival | None:
    """The active person with this verified Entra object id, whatever its capitals; None for a stranger."""
    rows = _ARRIVED.rows(uow, identity=aad_object_id.lower(), day=day)
    if not rows:
        return None
    someone = adopted(uow, Person, rows[0][1:_PERSON])
    if not someone.is_active(day):
        return None
    place, held = rows[0][_PERSON:_CHAT], [row[_CHAT:] for row in rows]
    return Arrival(
        person=someone,
        chat=adopted(uow, Chat, place) if place[0] else None,
        roles=[adopted(uow, RoleAssignment, each) for each in held if each[0]],
        is_asked=rows[0][0],
    )
