"""What the leader networks say of the evidence: one statement per network and round."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, select

from domain.access import Record, Relation, Viewer
from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.errors import NotAllowed
from domain.network import Answer, NetworkStatement, Recognition
from domain.organisation import InstitutionType
from domain.perspective import Count
from domain.political_round import NETWORKS
from storage.cycle import political_round
from storage.types import Document, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

network_statement = Table(
    "network_statement",
    metadata,
    identity(),
    Column("round_id", ForeignKey("political_round.id"), nullable=False),
    Column("network", enum_type(InstitutionType, "network"), nullable=False),
    Column(
        "theme_ids",
        Document(lambda ids: [str(each) for each in ids], lambda kept: tuple(UUID(each) for each in kept)),
        nullable=False,
    ),
    Column(
        "answers",
        Document(
            lambda answers: [
                {"recognition": each.recognition, "tell": each.tell, "lacking": each.lacking} for each in answers
            ],
            lambda kept: tuple(
                Answer(
                    recognition=Recognition(each["recognition"]) if each["recognition"] else None,
                    tell=each["tell"],
                    lacking=each["lacking"],
                )
                for each in kept
            ),
        ),
        nullable=False,
    ),
    Column("contributors", enum_type(Count, "contributors")),
    Column("step", Integer, nullable=False),
    Column("written_by", ForeignKey("person.id")),
    Column("written_at", Utc),
    Column("saved_at", Utc),
    Column("version", Integer, nullable=False),
    UniqueConstraint("round_id", "network"),
)

registry.map_imperatively(NetworkStatement, network_statement, version_id_col=network_statement.c.version)


def ask_networks(uow: UnitOfWork, about: PoliticalRound, themes: Sequence[Theme]) -> None:
    """A statement to be written for each of the three networks, about these themes."""
    for network in NETWORKS:
        uow.add(NetworkStatement(round_id=about.id, network=network, theme_ids=tuple(each.id for each in themes)))


def statement_for(uow: UnitOfWork, viewer: Viewer, statement_id: UUID) -> tuple[NetworkStatement, PoliticalRound]:
    """The statement and its round as the viewer may read it: a draft is its network's facilitators' alone."""
    found = uow.session.get(NetworkStatement, statement_id)
    if found is None:
        raise NotAllowed
    own = {Relation.OWN_NETWORK} if viewer.facilitates(found.network) else set()
    viewer.require_of_all(Record.NETWORK_STATEMENT if found.is_saved else Record.NETWORK_DRAFT, also=own)
    return found, uow.session.get_one(PoliticalRound, found.round_id)


def statement_to_write(uow: UnitOfWork, viewer: Viewer, statement_id: UUID) -> tuple[NetworkStatement, PoliticalRound]:
    """The same for the facilitators of its network, who alone write in it."""
    found, about = statement_for(uow, viewer, statement_id)
    if not viewer.facilitates(found.network):
        raise NotAllowed
    return found, about


def statements_to_write(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[NetworkStatement, PoliticalRound]]:
    """The statements of the viewer's networks on the rounds that are with the networks, given ones included."""
    rows = uow.session.execute(
        select(NetworkStatement, PoliticalRound)
        .join(political_round, political_round.c.id == network_statement.c.round_id)
        .where(political_round.c.state == RoundState.NETWORKS)
    )
    mine = [(each, about) for each, about in rows if viewer.facilitates(each.network)]
    return sorted(mine, key=lambda found: (found[1].year, NETWORKS.index(found[0].network)))


def statements_waiting(uow: UnitOfWork) -> Sequence[tuple[NetworkStatement, datetime]]:
    """Every statement that is asked for and not given, with the time its round went to the networks, for the clock."""
    rows = uow.session.execute(
        select(NetworkStatement, PoliticalRound)
        .join(political_round, political_round.c.id == network_statement.c.round_id)
        .where(
            political_round.c.state == RoundState.NETWORKS,
            network_statement.c.saved_at.is_(None),
        )
    )
    return [(each, about.networks_at) for each, about in rows if about.networks_at]


def statements_of(uow: UnitOfWork, about: PoliticalRound) -> Sequence[NetworkStatement]:
    """How far the networks are with a round, for its administration: day-care, school, leisure."""
    found = uow.session.scalars(select(NetworkStatement).where(network_statement.c.round_id == about.id))
    return sorted(found, key=lambda each: NETWORKS.index(each.network))


def statements_about(uow: UnitOfWork, viewer: Viewer, cycle: Cycle) -> Sequence[NetworkStatement]:
    """What the networks have given on the evidence of a cycle, printed beside it for all who may read it."""
    viewer.require_of_all(Record.NETWORK_STATEMENT)
    years = [each.year for each in cycle.half_years if each.term == 1]
    found = uow.session.scalars(
        select(NetworkStatement)
        .join(political_round, political_round.c.id == network_statement.c.round_id)
        .where(
            political_round.c.age_range == cycle.age_range,
            political_round.c.year.in_(years),
            network_statement.c.saved_at.is_not(None),
        )
    )
    return sorted(found, key=lambda each: NETWORKS.index(each.network))
