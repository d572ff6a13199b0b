"""The figures of a cycle as they were last shown, beside what they rest on, so that they are not counted again.

Thousands of figures make a few dozen means. A figure is never changed once its package is released (I5): as long as the
packages are the same, and what was shown before is, the same may be shown.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Column, ForeignKey, String, Table, select
from sqlalchemy.sql import ColumnElement

from domain.cycle import Cycle
from domain.data_package import SMALLEST_SHOWN
from domain.evidence import Average
from domain.period import HalfYear
from storage.evidence_kept import State, kept_or_counted, newest_states
from storage.evidence_packages import FIGURE, Figure, figures_in, packages_in
from storage.evidence_rows import VALUES, Part
from storage.evidence_shown import told_of
from storage.types import Document, Utc, metadata
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FigureShown:
    """A figure as it is shown: the mean of its values, of how many institutions and people, the day of the newest, and
    the source if all have one. The number of people is None where the source does not tell it."""

    theme_id: UUID | None
    indicator: str
    unit: str
    mean: float
    institutions: int
    people: int | None
    latest: str
    source: str

    @classmethod
    def of(cls, about: Figure, part: Part) -> "FigureShown":
        if not part:
            return cls(
                about.theme_id, about.indicator, about.unit, mean=0, institutions=0, people=0, latest="", source=""
            )
        # Column by column: a report has thousands of these rows.
        values, numbers, of_people, as_of, first, last = zip(*part.values(), strict=True)
        people, sources = [each for each in of_people if each is not None], {*first, *last}
        return cls(
            theme_id=about.theme_id,
            indicator=about.indicator,
            unit=about.unit,
            # The same in whatever order they are added.
            mean=math.fsum(values) / sum(numbers),
            institutions=len(part),
            people=sum(people) if people else None,
            latest=max(as_of),
            source=sources.pop() if len(sources) == 1 else "",
        )

    def average(self, fewest: int) -> Average:
        return Average.of(
            self.indicator,
            self.unit,
            self.mean,
            institutions=self.institutions,
            people=self.people,
            fewest=fewest,
        )


def _dump(figures: Sequence[FigureShown]) -> list[Any]:
    return [[str(each.theme_id) if each.theme_id else None, *astuple(each)[1:]] for each in figures]


def _load(kept: list[Any]) -> list[FigureShown]:
    return [FigureShown(UUID(theme_id) if theme_id else None, *rest) for theme_id, *rest in kept]


evidence_figures = Table(
    "evidence_figures",
    metadata,
    Column("cycle_id", ForeignKey("cycle.id"), primary_key=True),
    Column("basis", String(32), nullable=False),
    Column("taken_at", Utc, nullable=False),
    Column("figures", Document(_dump, _load), nullable=False),
)


@dataclass(frozen=True)
class FiguresShown:
    """The figures of a cycle in the order of their names (I30), and since when the oldest of them is shown."""

    figures: Sequence[FigureShown] = ()
    taken_at: datetime | None = None


def figures_shown(
    uow: UnitOfWork,
    about: Cycle,
    half_year: HalfYear | None,
    open_ones: ColumnElement[bool],
    last: Mapping[str, State],
    *,
    fewest: int,
    now: datetime,
) -> FiguresShown:
    """As they may be shown now, where `last` is how each block of the cycle was shown last."""
    if half_year is None:
        return FiguresShown()
    packages = packages_in(uow, half_year, open_ones)
    basis = _basis(packages, last, fewest)
    there = select(evidence_figures.c.figures, evidence_figures.c.taken_at)
    row = uow.session.execute(
        there.where(evidence_figures.c.cycle_id == about.id, evidence_figures.c.basis == basis)
    ).first()
    if row is not None:
        return FiguresShown(*row)
    counted = figures_in(uow, half_year, open_ones)
    if not counted:
        return FiguresShown()
    blocks = kept_or_counted(
        uow,
        about,
        {each.block: {VALUES: part} for each, part in counted.items()},
        last,
        lambda block, rows: told_of(block, rows, (), fewest),
        fewest=fewest,
        now=now,
    )
    found = [FigureShown.of(each, blocks[each.block].rows[VALUES]) for each in counted]
    taken_at = min(each.taken_at for each in blocks.values())
    # What was new has been kept, and is from now on held against.
    basis = _basis(packages, newest_states(uow, about), fewest)
    values = {"basis": basis, "taken_at": taken_at, "figures": found}
    insert = uow.insert(evidence_figures).values(cycle_id=about.id, **values)
    uow.session.execute(insert.on_conflict_do_update(index_elements=["cycle_id"], set_=values))
    return FiguresShown(found, taken_at)


def _basis(packages: Sequence[str], last: Mapping[str, State], fewest: int) -> str:
    """A digest of all that decides which figures are shown: the packages, how many people are too few, and what they
    are held against."""
    shown = sorted((block, state.number) for block, state in last.items() if block.startswith(FIGURE))
    return blake2b(orjson.dumps([fewest, SMALLEST_SHOWN, packages, shown]), digest_size=16).hexdigest()
