"""key_figures.csv: each institution's data package for a half-year, as a whole.

The file's figures for an institution and a half-year are its package. If they differ from the released one,
they are a new edition of it (I5: "released figures are never changed, only superseded").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from domain.cycle import Theme
from domain.data_package import DataPackage, PackageState
from domain.identity import new_id
from domain.organisation import Institution
from domain.period import HalfYear
from storage import data_package as tables
from storage.bulk import insert_all
from storage.importing import values
from storage.importing.intake import Intake
from storage.importing.names import key_of
from storage.importing.report import STEP
from storage.importing.sheet import Row, Sheet


class Figure(NamedTuple):
    """A key figure as plain values: a hundred thousand of them stay small."""

    indicator: str
    value: float
    unit: str
    source: str
    as_of: date
    n: int | None
    previous: float | None
    comparison: float | None
    theme_id: UUID | None


_FIELDS = Figure._fields
assert tables.key_figure.c.keys() == ["id", "package_id", *_FIELDS]
_Key = tuple[UUID, HalfYear]


@dataclass
class _Package:
    """What the file says of an institution's half-year; `lines` has the line of each indicator."""

    institution: Institution
    figures: list[Figure] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)


def take_figures(intake: Intake, sheet: Sheet) -> None:
    """Packages of half-years that the file does not speak of stay as they are."""
    packages = {key: (each.institution, each.figures) for key, each in _packages(intake, sheet).items()}
    released, editions = _known(intake)
    to_write: list[tuple[DataPackage, list[Figure]]] = []
    unchanged = _unchanged(intake, released, {key: figures for key, (_, figures) in packages.items()})
    for key, (institution, figures) in packages.items():
        if key in unchanged:
            intake.report.packages.count()
            intake.report.figures.unchanged += len(figures)
            continue
        package = DataPackage.of(institution, key[1], edition=editions.get(key, 0) + 1)
        package.release(intake.now)
        before = released.get(key)
        if before is None:
            intake.report.packages.count(is_new=True)
            intake.report.figures.new += len(figures)
        else:
            before.supersede()
            intake.report.packages.count(is_changed=True)
            intake.report.figures.changed += len(figures)
        to_write.append((package, figures))
    intake.new.append((tables.data_package, [package for package, _ in to_write]))
    total = sum(len(figures) for _, figures in to_write)
    intake.after.append(lambda: insert_all(intake.uow, tables.key_figure, _rows(intake, to_write, total)))


def _rows(intake: Intake, packages: list[tuple[DataPackage, list[Figure]]], total: int) -> Iterator[tuple[Any, ...]]:
    """In the order of the table's columns."""
    done = 0
    for package, figures in packages:
        for figure in figures:
            if done % STEP == 0:
                intake.progress("writing key figures", done, total)
            done += 1
            yield (new_id(), package.id, *figure)
    intake.progress("writing key figures", total, total)


def _known(intake: Intake) -> tuple[dict[_Key, DataPackage], dict[_Key, int]]:
    """The released packages, and the newest edition of each."""
    session, package = intake.uow.session, tables.data_package.c
    released = {
        (each.institution_id, each.half_year): each
        for each in session.scalars(select(DataPackage).where(package.state == PackageState.RELEASED))
    }
    newest = select(package.institution_id, package.half_year, func.max(package.edition)).group_by(
        package.institution_id, package.half_year
    )
    return released, {(institution, half_year): edition for institution, half_year, edition in session.execute(newest)}


def _unchanged(intake: Intake, released: dict[_Key, DataPackage], packages: dict[_Key, list[Figure]]) -> set[_Key]:
    """The packages whose released figures are just those of the file."""
    keys = {package.id: key for key, package in released.items() if key in packages}
    if not keys:
        return set()
    figure = tables.key_figure.c
    rows = intake.uow.session.execute(
        select(figure.package_id, *(figure[name] for name in _FIELDS))
        .join(tables.data_package, tables.data_package.c.id == figure.package_id)
        .where(tables.data_package.c.state == PackageState.RELEASED),
        execution_options={"yield_per": 5_000},
    )
    left = {key: set(packages[key]) for key in keys.values()}
    counted = dict.fromkeys(keys.values(), 0)
    for package_id, *kept in rows:
        key = keys.get(package_id)
        if key is not None:
            left[key].discard(Figure(*kept))
            counted[key] += 1
    return {key for key, rest in left.items() if not rest and counted[key] == len(packages[key])}


def _packages(intake: Intake, sheet: Sheet) -> dict[_Key, _Package]:
    packages: dict[_Key, _Package] = {}
    # Both give the same text for the same cell, so that what comes again is held in memory once.
    long, short = values.text(200), values.text(40)
    for row in sheet.rows():
        institution = intake.institution_of(row)
        half_year = row.take("half_year", values.half_year)
        indicator = row.take("indicator", long)
        value = row.take("value", values.number)
        unit = row.take_any("unit", short, "")
        source = row.take("source", long)
        as_of = row.take("as_of", values.day)
        n = row.take_any("n", values.whole_number, None)
        previous = row.take_any("previous", values.number, None)
        comparison = row.take_any("comparison", values.number, None)
        title = row.take_any("theme", str, "")
        if not row.is_sound or institution is None:
            continue
        theme = _theme(intake, row, title, institution, half_year) if title else None
        package = packages.get((institution.id, half_year))
        if package is None:
            package = packages[institution.id, half_year] = _Package(institution)
        first = package.lines.setdefault(key_of(indicator), row.line)
        if first != row.line:
            row.wrong("indicator", f"“{indicator}” of {institution.name} in {half_year} is on line {first} already")
        theme_id = theme.id if theme else None
        package.figures.append(Figure(indicator, value, unit, source, as_of, n, previous, comparison, theme_id))
    return packages


def _theme(intake: Intake, row: Row, title: str, institution: Institution, half_year: HalfYear) -> Theme | None:
    themes = intake.themes.find(title)
    if themes is None:
        if not intake.themes.is_doubtful(title):
            row.wrong("theme", intake.themes.unknown(title))
        return None
    of_range = [each for each in themes if each.age_range is institution.age_range]
    if not of_range:
        row.wrong(
            "theme",
            f"“{title}” is for {themes[0].age_range}, and {institution.name} is {institution.age_range}",
        )
        return None
    for each in of_range:
        if each.is_valid(half_year):
            return each
    spans = " and ".join(f"{each.valid_from} to {each.valid_to}" for each in of_range)
    row.wrong("theme", f"“{title}” is valid from {spans}, not in {half_year}")
    return None
