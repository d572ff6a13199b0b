"""Data packages and their key figures."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    UniqueConstraint,
    event,
    or_,
    select,
)

from domain.data_package import SMALLEST_SHOWN, DataPackage, KeyFigure, PackageState
from domain.errors import NotAllowed
from domain.organisation import Institution, InstitutionType
from domain.period import HalfYear
from storage.among import among
from storage.asked import rows_of
from storage.organisation import institution
from storage.shaped import shaped
from storage.types import HalfYearType, PartialIndex, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

data_package = Table(
    "data_package",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("half_year", HalfYearType, nullable=False),
    Column("template", enum_type(InstitutionType), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("state", enum_type(PackageState), nullable=False),
    Column("released_at", Utc),
    UniqueConstraint("institution_id", "half_year", "edition"),
    Index("ix_data_package_released_at", "released_at"),
)
key_figure = Table(
    "key_figure",
    metadata,
    identity(),
    Column("package_id", ForeignKey("data_package.id"), nullable=False),
    Column("indicator", String(200), nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("source", String(200), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("n", Integer),
    Column("previous", Float),
    Column("comparison", Float),
    Column("theme_id", ForeignKey("theme.id"), index=True),
    # Both together: with one for each, SQLite goes through a theme's figures to see whether a package has any of it.
    Index("ix_key_figure_package_id_theme_id", "package_id", "theme_id"),
    # A mean counts the figures in place of the institutions, and an indicator is chosen in a preparation by its name.
    Index("uq_key_figure_package_id_indicator", "package_id", "indicator", unique=True),
)
# I5: at most one released edition per institution and half-year, held by the database itself.
PartialIndex(
    "uq_data_package_released",
    data_package.c.institution_id,
    data_package.c.half_year,
    unique=True,
    where=data_package.c.state == PackageState.RELEASED,
)

# I29: "key figures with n < 5 are shown as 'færre end 5'", and are in no mean, whichever answer it stands in.
IS_SHOWN = or_(key_figure.c.n.is_(None), key_figure.c.n >= SMALLEST_SHOWN)

registry.map_imperatively(DataPackage, data_package)
registry.map_imperatively(KeyFigure, key_figure)


@event.listens_for(DataPackage, "before_insert")
def _has_the_template_of_its_institution(mapper: Any, connection: Connection, package: DataPackage) -> None:
    """I6: "Package template type equals institution type", whatever code makes one."""
    kind = connection.scalar(select(institution.c.type).where(institution.c.id == package.institution_id))
    if kind is not package.template:
        raise ValueError("a package has the template of its institution")


@event.listens_for(KeyFigure, "before_update")
def _released_figures_stay(mapper: Any, connection: Connection, figure: KeyFigure) -> None:
    """I5: "released figures are never changed, only superseded", by whatever code."""
    state = connection.scalar(select(data_package.c.state).where(data_package.c.id == figure.package_id))
    if state is not PackageState.IN_PREPARATION:
        raise TypeError("a released figure is superseded, never changed")


def package_with_id(uow: UnitOfWork, package_id: UUID) -> tuple[DataPackage, Institution]:
    """The package and its institution; `NotAllowed` when there is none, as for one that may not be seen."""
    found = uow.session.get(DataPackage, package_id)
    if found is None:
        raise NotAllowed
    return found, uow.session.get_one(Institution, found.institution_id)


def released_package(uow: UnitOfWork, where: Institution, half_year: HalfYear) -> DataPackage | None:
    """The edition of the package that counts now, if one is released (I5)."""
    return uow.session.scalar(
        select(DataPackage).where(
            data_package.c.institution_id == where.id,
            data_package.c.half_year == half_year,
            data_package.c.state == PackageState.RELEASED,
        )
    )


def latest_released_package(uow: UnitOfWork, where: Institution) -> DataPackage | None:
    return uow.session.scalar(
        select(DataPackage)
        .where(data_package.c.institution_id == where.id, data_package.c.state == PackageState.RELEASED)
        .order_by(data_package.c.half_year.desc())
        .limit(1)
    )


def packages_released_since(
    uow: UnitOfWork, since: datetime, *, of: HalfYear
) -> Sequence[tuple[DataPackage, Institution]]:
    """The packages of this half-year or a later one, released since then, that still count, with their institutions."""
    rows = uow.session.execute(
        select(DataPackage, Institution)
        .join(institution, institution.c.id == data_package.c.institution_id)
        .where(
            data_package.c.released_at >= since,
            data_package.c.state == PackageState.RELEASED,
            data_package.c.half_year >= of,
        )
    )
    return [(package, where) for package, where in rows]


def figures_of(uow: UnitOfWork, package: DataPackage | None) -> Sequence[KeyFigure]:
    """The package's figures: those of the themes first, then those of the local development, each A to Å."""
    if package is None:
        return []
    found = uow.session.scalars(
        select(KeyFigure)
        .where(key_figure.c.package_id == package.id)
        .order_by(key_figure.c.theme_id.is_(None), key_figure.c.indicator)
    ).all()
    note_what_follows_hidden(uow, found)
    return found


def figures_with_ids(uow: UnitOfWork, ids: Iterable[UUID]) -> Sequence[KeyFigure]:
    wanted = list(ids)
    if not wanted:
        return []
    found = uow.session.scalars(
        select(KeyFigure).where(key_figure.c.id.in_(wanted)).order_by(key_figure.c.indicator)
    ).all()
    note_what_follows_hidden(uow, found)
    return found


def note_what_follows_hidden(uow: UnitOfWork, figures: Iterable[KeyFigure]) -> None:
    """Marks those among the figures whose change would tell a figure of fewer than five people (I29)."""
    asked = [each for each in figures if each.change is not None]
    of = {each: uow.session.get_one(DataPackage, each) for each in {figure.package_id for figure in asked}}
    if not of:
        return
    places, before = {each.institution_id for each in of.values()}, {each.half_year.previous for each in of.values()}
    hidden = {tuple(row) for row in rows_of(uow, _hidden_in(list(places), min(before), max(before)))}
    for each in asked:
        package = of[each.package_id]
        each.follows_hidden = (package.institution_id, package.half_year.previous, each.indicator) in hidden


@shaped
def _hidden_in(places: Collection[UUID], first: HalfYear, last: HalfYear) -> Select[Any]:
    """The figures of these institutions and half-years that are hidden."""
    return (
        select(data_package.c.institution_id, data_package.c.half_year, key_figure.c.indicator)
        .join(key_figure, key_figure.c.package_id == data_package.c.id)
        .where(
            among(data_package.c.institution_id, places),
            data_package.c.half_year.between(first, last),
            data_package.c.state == PackageState.RELEASED,
            key_figure.c.n < SMALLEST_SHOWN,
        )
    )
