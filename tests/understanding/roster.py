"""The names of a town as plain data, for what needs no database."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from domain.organisation import AgeRange, InstitutionType
from domain.period import HalfYear
from domain.roster import AreaName, InstitutionName, LeaderName, Roster, ThemeName

HERE = Path(__file__).parent


def roster(town: str = "town") -> Roster:
    """The town's names as the import would take them."""
    areas: dict[str, AreaName] = {}
    places: dict[str, InstitutionName] = {}
    ids = _ids()
    for row in _rows(town, "institutions"):
        area = areas.setdefault(row["area"], AreaName(next(ids), row["area"]))
        places[row["name"]] = InstitutionName(
            next(ids),
            row["name"],
            _names(row["aliases"]),
            InstitutionType(row["type"]),
            AgeRange(row["age_range"]),
            area.id,
        )
    leads: dict[str, list[str]] = defaultdict(list)
    for row in _rows(town, "people"):
        if row["role"] == "leader":
            leads[row["name"]] += _names(row["scope"])
    themes = tuple(
        ThemeName(
            next(ids), row["title"], row["title_en"], _names(row["aliases"]), AgeRange(row["age_range"]),
            HalfYear.parse(row["valid_from"]), HalfYear.parse(row["valid_to"]),
        )
        for row in _rows(town, "themes")
    )  # fmt: skip
    return Roster(
        institutions=tuple(places.values()),
        areas=tuple(areas.values()),
        leaders=tuple(
            LeaderName(next(ids), name, tuple(places[each].id for each in led)) for name, led in leads.items()
        ),
        themes=themes,
    )


def _ids() -> Iterator[UUID]:
    number = 0
    while True:
        number += 1
        yield UUID(int=number)


def _rows(town: str, name: str) -> list[dict[str, str]]:
    with (HERE / town / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
