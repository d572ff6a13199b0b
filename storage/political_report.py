"""Political reports that are kept: a draft for those who make it, and for everybody once it is final."""

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, select

from domain.access import Record, Sight, Viewer
from domain.cycle import Cycle, PoliticalRound
from domain.political_report import PoliticalReport, ReportState
from storage.cycle import political_round
from storage.political_kept import dump, load
from storage.types import Document, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

political_report = Table(
    "political_report",
    metadata,
    identity(),
    Column("round_id", ForeignKey("political_round.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", enum_type(ReportState), nullable=False),
    Column("content", Document(dump, load), nullable=False),
    Column("drawn_by", ForeignKey("person.id"), nullable=False),
    Column("final_at", Utc),
    Column("final_by", ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    UniqueConstraint("round_id", "number"),
)

registry.map_imperatively(PoliticalReport, political_report, version_id_col=political_report.c.version)


def round_of(uow: UnitOfWork, about: Cycle, *, lock: bool = False) -> PoliticalRound | None:
    """The round that looks back on a cycle, None before it has begun; locked until the end of the transaction, so that
    two who keep a report at once keep one."""
    years = [each.year for each in about.half_years if each.term == 1]
    query = (
        select(PoliticalRound)
        .where(political_round.c.age_range == about.age_range, political_round.c.year.in_(years))
        .order_by(political_round.c.year.desc())
        .limit(1)
    )
    return uow.session.scalar(query.with_for_update() if lock else query)


def report_for(uow: UnitOfWork, viewer: Viewer, about: PoliticalRound | None) -> PoliticalReport | None:
    """The newest report of a round that the viewer may read: a draft is for those who make it; None without any."""
    if about is None:
        return None
    query = select(PoliticalReport).where(political_report.c.round_id == about.id)
    if viewer.sight_of_all(Record.POLITICAL_REPORT) < Sight.FULL:
        return None
    if viewer.sight_of_all(Record.POLITICAL_REPORT_DRAFT) < Sight.FULL:
        query = query.where(political_report.c.state == ReportState.FINAL)
    return uow.session.scalar(query.order_by(political_report.c.number.desc()).limit(1))
