"""Rounds whose themes wait to be sent out, and what each institution has done with those that were."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, exists, func, not_, or_, select

from domain.access import Record, Sight, Viewer
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.errors import NotAllowed
from domain.organisation import Institution, a_to_aa
from domain.period import HalfYear
from domain.theme import AGAIN_AFTER, DISCUSSED_AFTER, DiscussedWith, ThemeReceipt
from storage.asked import found_by
from storage.cycle import political_round, theme
from storage.organisation import institution
from storage.types import Document, Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork


def _plain(talks: Mapping[UUID, tuple[DiscussedWith, ...]]) -> dict[str, list[str]]:
    return {str(theme_id): list(people) for theme_id, people in talks.items()}


def _read(kept: Mapping[str, Sequence[str]]) -> dict[UUID, tuple[DiscussedWith, ...]]:
    return {UUID(theme_id): tuple(DiscussedWith(each) for each in people) for theme_id, people in kept.items()}


theme_receipt = Table(
    "theme_receipt",
    metadata,
    identity(),
    Column("round_id", ForeignKey("political_round.id"), nullable=False),
    Column("institution_id", ForeignKey("institution.id"), nullable=False, index=True),
    Column("sent_at", Utc, nullable=False),
    Column("seen_at", Utc),
    Column("seen_by", ForeignKey("person.id")),
    Column("discussed_at", Utc),
    Column("discussed_by", ForeignKey("person.id")),
    Column("discussed_with", Document(list, lambda kept: tuple(DiscussedWith(each) for each in kept)), nullable=False),
    Column("version", Integer, nullable=False),
    Column("talks", Document(_plain, _read), nullable=False, server_default="{}"),
    UniqueConstraint("round_id", "institution_id"),
)

registry.map_imperatively(ThemeReceipt, theme_receipt, version_id_col=theme_receipt.c.version)


def all_rounds(uow: UnitOfWork) -> Sequence[PoliticalRound]:
    return uow.session.scalars(select(PoliticalRound).order_by(political_round.c.year)).all()


def round_with_id(uow: UnitOfWork, round_id: UUID) -> PoliticalRound:
    """The round, locked until the end of the transaction, so that it is sent once; `NotAllowed` when there is none."""
    query = select(PoliticalRound).where(political_round.c.id == round_id).with_for_update()
    found = uow.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotAllowed
    return found


def themes_of(uow: UnitOfWork, round_id: UUID) -> Sequence[Theme]:
    return uow.session.scalars(select(Theme).where(theme.c.round_id == round_id).order_by(theme.c.title)).all()


def institutions_of_round(uow: UnitOfWork, decided: PoliticalRound, day: date) -> Sequence[Institution]:
    """The open institutions of the round's age range, A to Å."""
    is_open = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day)
    found = uow.session.scalars(select(Institution).where(institution.c.age_range == decided.age_range, is_open))
    return sorted(found, key=lambda each: a_to_aa(each.name))


def institutions_without(uow: UnitOfWork, decided: PoliticalRound, day: date) -> Sequence[Institution]:
    """Those of them that have no receipt of the round yet."""
    is_open = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day)
    has = exists().where(theme_receipt.c.round_id == decided.id, theme_receipt.c.institution_id == institution.c.id)
    found = uow.session.scalars(select(Institution).where(institution.c.age_range == decided.age_range, is_open, ~has))
    return sorted(found, key=lambda each: a_to_aa(each.name))


def is_received(uow: UnitOfWork, decided: PoliticalRound) -> bool:
    """Whether any institution has a receipt of the round."""
    found = select(theme_receipt.c.id).where(theme_receipt.c.round_id == decided.id).limit(1)
    return uow.session.scalar(found) is not None


def send_to(
    uow: UnitOfWork, decided: PoliticalRound, places: Sequence[Institution], now: datetime, *, was_out: bool = False
) -> None:
    """A receipt for each of the institutions that has none yet; set already, where the themes are known to them."""
    have = set(
        uow.session.scalars(select(theme_receipt.c.institution_id).where(theme_receipt.c.round_id == decided.id))
    )
    for where in places:
        if where.id not in have:
            uow.add(
                ThemeReceipt(
                    round_id=decided.id, institution_id=where.id, sent_at=now, seen_at=now if was_out else None
                )
            )


def rounds_sent(uow: UnitOfWork, half_year: HalfYear) -> Sequence[PoliticalRound]:
    """The rounds whose themes are out and of which one applies in the half-year or later, oldest first."""
    applies = exists().where(theme.c.round_id == political_round.c.id, theme.c.valid_to >= half_year)
    return uow.session.scalars(
        select(PoliticalRound)
        .where(political_round.c.state == RoundState.SENT, applies)
        .order_by(political_round.c.year)
    ).all()


def rounds_over(uow: UnitOfWork, half_year: HalfYear) -> Sequence[PoliticalRound]:
    """The rounds whose themes are out and do not apply any more in the half-year."""
    applies = exists().where(theme.c.round_id == political_round.c.id, theme.c.valid_to >= half_year)
    has_themes = exists().where(theme.c.round_id == political_round.c.id)
    return uow.session.scalars(
        select(PoliticalRound).where(political_round.c.state == RoundState.SENT, has_themes, not_(applies))
    ).all()


def receipts_to_tell(uow: UnitOfWork, since: datetime, until: datetime) -> Sequence[tuple[ThemeReceipt, Institution]]:
    """The receipts of rounds that are out of which something is due between the two, with the institution: that the
    themes were sent, that nobody has seen them, or that they were to be discussed."""
    kept, out = theme_receipt.c, select(political_round.c.id).where(political_round.c.state == RoundState.SENT)
    rows = found_by(
        uow,
        select(theme_receipt, institution)
        .join(institution, institution.c.id == kept.institution_id)
        .where(
            kept.round_id.in_(out),
            institution.c.ended_on.is_(None),
            or_(
                kept.sent_at.between(since, until),
                kept.seen_at.is_(None) & kept.sent_at.between(since - AGAIN_AFTER, until - AGAIN_AFTER),
                func.coalesce(kept.discussed_at, kept.seen_at).between(
                    since - DISCUSSED_AFTER, until - DISCUSSED_AFTER
                ),
            ),
        ),
        ThemeReceipt,
        Institution,
    )
    return [(receipt, where) for receipt, where in rows]


def receipt_for(
    uow: UnitOfWork, viewer: Viewer, receipt_id: UUID, least: Sight = Sight.FULL
) -> tuple[ThemeReceipt, Institution]:
    """The receipt and its institution as the viewer may see them; `NotAllowed` otherwise, and for none."""
    found = uow.session.get(ThemeReceipt, receipt_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    viewer.require(Record.THEME_RECEIPT, where, least)
    return found, where


def latest_receipts(uow: UnitOfWork, places: Sequence[Institution]) -> dict[UUID, ThemeReceipt]:
    """The newest receipt of each institution, by institution; several can have come on one day."""
    query = (
        select(ThemeReceipt)
        .join(political_round, political_round.c.id == theme_receipt.c.round_id)
        .where(theme_receipt.c.institution_id.in_([where.id for where in places]))
        .order_by(political_round.c.year, theme_receipt.c.sent_at)
    )
    return {each.institution_id: each for each in uow.session.scalars(query)}
