"""The figures of the data packages that are released, as what each institution adds to the means of the evidence base.

Like the other rows, they leave storage only as numbers of several institutions.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.sql import ColumnElement

from domain.cycle import Cycle
from domain.data_package import SMALLEST_SHOWN, PackageState
from domain.period import HalfYear
from storage.data_package import data_package, key_figure
from storage.evidence_rows import Part
from storage.organisation import institution
from storage.unit_of_work import UnitOfWork

FIGURE = "figure:"


@dataclass(frozen=True)
class Figure:
    """Which figure a block is about; its block has a name of its own in each half-year."""

    half_year: HalfYear
    theme_id: UUID | None
    indicator: str
    unit: str

    @property
    def block(self) -> str:
        return f"{FIGURE}{self.half_year.code}:{self.theme_id or ''}:{self.unit}:{self.indicator}"


def packages_in(uow: UnitOfWork, half_year: HalfYear, open_ones: ColumnElement[bool]) -> list[str]:
    """The ids of the packages that the figures of a half-year stand in."""
    query = _packages(half_year, open_ones, cast(data_package.c.id, String)).order_by(data_package.c.id)
    return list(uow.session.scalars(query).all())


def figures_in(uow: UnitOfWork, half_year: HalfYear, open_ones: ColumnElement[bool]) -> dict[Figure, Part]:
    """The figures there are, in the order of their names (I30), with what each institution adds to them: [the sum of
    its values, how many they are, how many people, the newest, its first source, its last]

    I29: "key figures with n < 5 are shown as 'færre end 5'": they add nothing, since the mean of hidden figures times
    the institutions is their sum. One that all of them are hidden of is there with nothing added.
    """
    # Each institution has a figure once, nearly always: to add up thousands of rows in the database costs three times
    # as much as to read them. What only tells one from another is read as text, of which no id or day is made.
    rows = uow.session.execute(
        _packages(
            half_year,
            open_ones,
            cast(key_figure.c.theme_id, String),
            key_figure.c.indicator,
            key_figure.c.unit,
            cast(data_package.c.institution_id, String),
            key_figure.c.value,
            key_figure.c.n,
            cast(key_figure.c.as_of, String),
            key_figure.c.source,
        ).join(key_figure, key_figure.c.package_id == data_package.c.id)
    ).all()
    parts: dict[tuple[str, str, str], Part] = defaultdict(dict)
    for theme_id, indicator, unit, where, value, people, as_of, source in rows:
        part = parts[indicator, unit, theme_id or ""]
        row = part.get(where)
        if people is not None and people < SMALLEST_SHOWN:
            continue
        if row is None:
            part[where] = [value, 1, people, as_of, source, source]
        else:
            more = row[2] if people is None else (row[2] or 0) + people
            row[:] = [row[0] + value, row[1] + 1, more, max(row[3], as_of), min(row[4], source), max(row[5], source)]
    return {
        Figure(half_year, UUID(theme_id) if theme_id else None, indicator, unit): part
        for (indicator, unit, theme_id), part in sorted(parts.items(), key=lambda each: each[0])
    }


def _packages(half_year: HalfYear, open_ones: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns)
        .select_from(institution)
        .join(data_package, data_package.c.institution_id == institution.c.id)
        .where(open_ones, data_package.c.state == PackageState.RELEASED, data_package.c.half_year == half_year)
    )


def half_year_of_figures(
    uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool], day: date, fewest: int
) -> HalfYear | None:
    """The newest half-year of the cycle for which enough institutions have figures."""
    return uow.session.scalar(
        select(data_package.c.half_year)
        .join(institution, institution.c.id == data_package.c.institution_id)
        .where(
            open_ones,
            data_package.c.state == PackageState.RELEASED,
            data_package.c.half_year.between(about.first_half_year, min(about.last_half_year, HalfYear.of(day))),
        )
        .group_by(data_package.c.half_year)
        .having(func.count() >= fewest)
        .order_by(data_package.c.half_year.desc())
        .limit(1)
    )
