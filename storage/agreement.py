"""Agreements of 1:1s: open until they are closed, whoever is chief or leader by then."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, and_, exists, or_, select

from domain.access import Pair, Record, Viewer
from domain.agreement import Agreement, AgreementState, Owner
from domain.errors import NotAllowed
from domain.one_on_one import OneOnOne
from domain.organisation import Institution
from storage.asked import each_by, found_by
from storage.organisation import institution
from storage.roles import institutions_of_chief
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

agreement = Table(
    "agreement",
    metadata,
    identity(),
    Column("one_on_one_id", ForeignKey("one_on_one.id"), nullable=False, index=True),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("chief_id", ForeignKey("person.id"), nullable=False),
    Column("leader_id", ForeignKey("person.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", enum_type(Owner), nullable=False),
    Column("due", Date, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("state", enum_type(AgreementState), nullable=False),
    Column("result", Text, nullable=False),
    Column("extended", Integer, nullable=False),
    Column("bring_up_since", Utc),
    Column("confirmed_at", Utc),
    Column("ended_at", Utc),
    Column("ended_by", ForeignKey("person.id")),
    Column("ended_in", ForeignKey("one_on_one.id"), index=True),
    Column("carried_from", ForeignKey("agreement.id"), unique=True),
    Column("moved_from", ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    Index("ix_agreement_institution_id_state_due", "institution_id", "state", "due", "made_at", "ended_at"),
    Index("ix_agreement_leader_id_state", "leader_id", "state"),
    Index("ix_agreement_state_due", "state", "due"),
)

registry.map_imperatively(Agreement, agreement, version_id_col=agreement.c.version)


def agreement_for(uow: UnitOfWork, viewer: Viewer, agreement_id: UUID) -> tuple[Agreement, Institution]:
    """The agreement and its institution as the viewer may read it; `NotAllowed` otherwise, and for none."""
    found = uow.session.get(Agreement, agreement_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    pair = Pair(chief_id=found.chief_id, leader_id=found.leader_id, places=(where,))
    viewer.require_in(Record.AGREEMENT, pair)
    return found, where


def open_agreements_with(uow: UnitOfWork, leader_id: UUID, places: Iterable[Institution]) -> Sequence[Agreement]:
    """I23: the open agreements of a leader about these institutions, whichever chief made them.

    Those that were to be brought up come first, then by the day they are due.
    """
    query = (
        select(agreement)
        .where(
            agreement.c.leader_id == leader_id,
            agreement.c.institution_id.in_([where.id for where in places]),
            agreement.c.state == AgreementState.OPEN,
        )
        .order_by(agreement.c.due, agreement.c.id)
    )
    return sorted(each_by(uow, query, Agreement), key=lambda each: each.bring_up_since is None)


def open_agreements_of(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Agreement, Institution]]:
    """The open agreements that the viewer is part of: as their leader, or as chief of the institution now, by date.

    I23: an agreement is open until it is closed, and so it is when its institution has.
    """
    gone = [where for where in closed_with_open_agreements(uow, viewer.day) if viewer.is_chief_of(where)]
    places = [where.id for where in (*institutions_of_chief(uow, viewer), *gone)]
    rows = uow.session.execute(
        select(Agreement, Institution)
        .join(institution, institution.c.id == agreement.c.institution_id)
        .where(
            or_(agreement.c.leader_id == viewer.person_id, agreement.c.institution_id.in_(places)),
            agreement.c.state == AgreementState.OPEN,
        )
        .order_by(agreement.c.due, agreement.c.id)
    )
    return [
        (each, where)
        for each, where in rows
        if where.id in places or (each.leader_id == viewer.person_id and viewer.leads(where))
    ]


def closed_with_open_agreements(uow: UnitOfWork, day: date) -> Sequence[Institution]:
    """The institutions that closed before the day and have agreements that are open; who may see them is asked then."""
    waits = and_(agreement.c.institution_id == institution.c.id, agreement.c.state == AgreementState.OPEN)
    return each_by(uow, select(institution).where(institution.c.ended_on < day, exists().where(waits)), Institution)


def agreements_in(uow: UnitOfWork, about: OneOnOne) -> Sequence[Agreement]:
    """What was agreed in this 1:1, oldest first, but for what a new leader has taken over (I23)."""
    query = (
        select(agreement)
        .where(agreement.c.one_on_one_id == about.id, agreement.c.leader_id == about.leader_id)
        .order_by(agreement.c.made_at, agreement.c.id)
    )
    return each_by(uow, query, Agreement)


def closed_in(uow: UnitOfWork, about: OneOnOne) -> Sequence[Agreement]:
    """The earlier agreements that the two closed in this 1:1, oldest first."""
    return uow.session.scalars(
        select(Agreement).where(agreement.c.ended_in == about.id).order_by(agreement.c.ended_at, agreement.c.id)
    ).all()


def agreements_due(uow: UnitOfWork, start: date, end: date) -> Sequence[tuple[Agreement, Institution]]:
    """The open agreements that fall due between two days, with their institutions, for the clock."""
    rows = found_by(
        uow,
        select(agreement, institution)
        .join(institution, institution.c.id == agreement.c.institution_id)
        .where(agreement.c.state == AgreementState.OPEN, agreement.c.due.between(start, end))
        .order_by(agreement.c.due, agreement.c.id),
        Agreement,
        Institution,
    )
    return [(each, where) for each, where in rows]
