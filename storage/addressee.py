"""Whom a message goes to, and all that is asked about them before it is drawn, in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Date, and_, bindparam, select

from domain.message import Chat
from domain.organisation import Person, RoleAssignment
from storage.compiled import Compiled, adopted
from storage.message import chat
from storage.organisation import person, role_assignment
from storage.roles import in_force
from storage.types import id_param
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """A person, their chat as long as the app is in it, and their roles of the day."""

    person: Person
    chat: Chat | None
    roles: Sequence[RoleAssignment]


_its_chat = and_(chat.c.person_id == person.c.id, chat.c.removed_at.is_(None))
_its_role = and_(role_assignment.c.person_id == person.c.id, in_force(bindparam("day", type_=Date)))
_ADDRESSEE = Compiled(
    select(*person.c, *chat.c, *role_assignment.c)
    .select_from(person.outerjoin(chat, _its_chat).outerjoin(role_assignment, _its_role))
    .where(person.c.id == id_param("which"))
)
_CHAT, _ROLE = len(person.c), len(person.c) + len(chat.c)


def addressee(uow: UnitOfWork, person_id: UUID, day: date) -> Addressee | None:
    """The person of that id, None where there is none any more."""
    rows = _ADDRESSEE.rows(uow, which=person_id, day=day)
    if not rows:
        return None
    place, held = rows[0][_CHAT:_ROLE], [row[_ROLE:] for row in rows]
    return Addressee(
        person=adopted(uow, Person, rows[0][:_CHAT]),
        chat=adopted(uow, Chat, place) if place[0] else None,
        roles=[adopted(uow, RoleAssignment, each) for each in held if each[0]],
    )
