"""Proposals to anonymise, for those who propose and approve them, and whom they can be about."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, select

from domain.access import Record, Viewer
from domain.anonymisation import Anonymisation, AnonymisationState, Counts, roles_that_bind
from domain.errors import NotAllowed
from domain.organisation import Person, Role, RoleAssignment
from storage.organisation import person, role_assignment
from storage.roles import in_force, is_active
from storage.sealed import SealedText
from storage.types import Document, Names, Utc, enum_type, identity, known_parts, metadata, registry
from storage.unit_of_work import UnitOfWork

# The last ones on a list: those before are in the table.
MOST = 20
UNDER_WAY = (AnonymisationState.APPROVED, AnonymisationState.CARRIED_OUT)

anonymisation = Table(
    "anonymisation",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id")),
    Column("record_id", identity().type),
    Column("name", SealedText("anonymisation.name"), nullable=False),
    Column("case", String(120), nullable=False),
    Column("parts_too", Boolean, nullable=False),
    Column("proposed_by", ForeignKey("person.id"), nullable=False),
    Column("proposed_at", Utc, nullable=False),
    Column("state", enum_type(AnonymisationState), nullable=False),
    Column("answered_by", ForeignKey("person.id")),
    Column("answered_at", Utc),
    Column("carried_out_at", Utc),
    Column("done_at", Utc),
    Column("counts", Document(vars, lambda kept: Counts(**known_parts(Counts, kept)))),
    Column("fixed", Names, nullable=False),
    Column("open_key", String(60), unique=True),
    Column("version", Integer, nullable=False),
    Index("ix_anonymisation_state_proposed_at", "state", "proposed_at"),
)

registry.map_imperatively(Anonymisation, anonymisation, version_id_col=anonymisation.c.version)


def anonymisation_for(uow: UnitOfWork, viewer: Viewer, anonymisation_id: UUID) -> Anonymisation:
    """The proposal, for the administration of the whole municipality; `NotAllowed` for everyone else, and for none."""
    require_administration(viewer)
    found = uow.session.get(Anonymisation, anonymisation_id)
    if found is None:
        raise NotAllowed
    return found


def require_administration(viewer: Viewer) -> None:
    """A person's words are spread over all institutions: a part of the municipality is not enough."""
    viewer.require_of_all(Record.ANONYMISATION)
    if not viewer.administers_all:
        raise NotAllowed


def administrators(uow: UnitOfWork, day: date) -> Sequence[Person]:
    """The active people who are administration of the whole municipality on the day, in no order."""
    reach = role_assignment.c
    return uow.session.scalars(
        select(Person)
        .join(role_assignment, reach.person_id == person.c.id)
        .where(
            reach.role == Role.ADMINISTRATION,
            reach.institution_id.is_(None),
            reach.area_id.is_(None),
            in_force(day),
            is_active(day),
        )
        .distinct()
    ).all()


def open_of(uow: UnitOfWork, person_id: UUID | None, record_id: UUID | None) -> Anonymisation | None:
    """The one that is proposed or under way of the same person, or in the same record; of two at once the first."""
    about = anonymisation.c.person_id == person_id if person_id else anonymisation.c.record_id == record_id
    return uow.session.scalar(
        select(Anonymisation).where(about, anonymisation.c.state.in_([AnonymisationState.PROPOSED, *UNDER_WAY]))
    )


def anonymisations(uow: UnitOfWork) -> Sequence[Anonymisation]:
    """The newest ones, newest first."""
    return uow.session.scalars(select(Anonymisation).order_by(anonymisation.c.proposed_at.desc()).limit(MOST)).all()


def unanswered(uow: UnitOfWork) -> Sequence[Anonymisation]:
    """Those that wait for somebody's word, oldest first."""
    return uow.session.scalars(
        select(Anonymisation)
        .where(anonymisation.c.state == AnonymisationState.PROPOSED)
        .order_by(anonymisation.c.proposed_at)
    ).all()


def under_way(uow: UnitOfWork) -> Sequence[UUID]:
    """Those that are decided on and not done, oldest first."""
    return uow.session.scalars(
        select(anonymisation.c.id).where(anonymisation.c.state.in_(UNDER_WAY)).order_by(anonymisation.c.proposed_at)
    ).all()


def locked(uow: UnitOfWork, anonymisation_id: UUID) -> Anonymisation:
    """As it is now; nobody else goes on with it until the end of the transaction."""
    return uow.session.scalars(
        select(Anonymisation)
        .where(anonymisation.c.id == anonymisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def roles_of(uow: UnitOfWork, person_id: UUID) -> Sequence[RoleAssignment]:
    return uow.session.scalars(select(RoleAssignment).where(role_assignment.c.person_id == person_id)).all()


def binding(uow: UnitOfWork, someone: Person, day: date) -> Sequence[RoleAssignment]:
    """The roles that somebody must have ended before they are anonymised."""
    return roles_that_bind(roles_of(uow, someone.id), day)


def people_to_anonymise(uow: UnitOfWork) -> Sequence[Person]:
    """Everybody on the list who is somebody still, whether they have left or not."""
    return uow.session.scalars(select(Person).where(person.c.anonymised_on.is_(None))).all()
