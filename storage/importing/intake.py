"""What the parts of one import share: what is known so far, what is new, and what was found wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table

from domain.cycle import Cycle, Theme
from domain.organisation import Area, Institution, a_to_aa
from storage import organisation
from storage.bulk import insert_all
from storage.importing.names import Named, nearest
from storage.importing.problems import Findings
from storage.importing.report import Ending, ImportReport, Progress
from storage.importing.sheet import Row, Sheet
from storage.unit_of_work import UnitOfWork


@dataclass
class Intake:
    """`institutions`, `areas`, `themes` and `cycles` are those in force once everything is written.

    New entities wait in `new` until all files are found right; what is there already is changed in place, and
    undone with the whole unit of work if anything is wrong.
    """

    uow: UnitOfWork
    now: datetime
    zone: ZoneInfo
    progress: Progress
    findings: Findings = field(default_factory=Findings)
    report: ImportReport = field(default_factory=ImportReport)
    institutions: Named[Institution] = field(default_factory=lambda: Named("institution"))
    areas: Named[Area] = field(default_factory=lambda: Named("area"))
    themes: Named[list[Theme]] = field(default_factory=lambda: Named("theme"))
    cycles: list[Cycle] = field(default_factory=list)
    new_areas: list[Area] = field(default_factory=list)
    new: list[tuple[Table, list[Any]]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def yesterday(self) -> date:
        """The last day of what ends now."""
        return self.today - timedelta(days=1)

    def institution_of(self, row: Row) -> Institution | None:
        """The institution that the line names; None, and the line is not sound, if there is no such one."""
        name = row.take("institution", str)
        found = self.institutions.find(name) if name else None
        if found is None:
            row.is_sound = False
            if name and not self.institutions.is_doubtful(name):
                row.wrong("institution", self.institutions.unknown(name))
        return found

    def places_unknown(self, name: str) -> str:
        """The sentence for a name that neither an area nor an institution has."""
        similar = nearest(name, (*self.institutions.names, *self.areas.names))
        return f"there is no institution or area “{name}”{similar}"

    def ends(self, sheet: Sheet, kind: str, lacking: Iterable[str], *, there: int, number: int | None = None) -> None:
        """Keeps what the list lacks of those that were in force, by name, for the question whether that is meant."""
        names = sorted(lacking, key=a_to_aa)
        if names:
            number = len(names) if number is None else number
            self.report.endings.append(Ending(sheet.name, kind, number, there, names[0]))

    def refuse_endings(self, ending: int) -> None:
        """A problem for each kind of which more would end than was said, and than is a matter of course."""
        for each in self.report.endings:
            if not each.is_meant(ending):
                self.findings.add(each.file, 0, "", str(each))

    def write(self) -> None:
        """Changes before what is new, so that a name or a place that was given up can be taken again.

        Only new areas come first, since an institution may have moved to one.
        """
        with self.uow.session.no_autoflush:
            self._insert_entities(organisation.area, self.new_areas)
        self.uow.session.flush()
        for table, entities in self.new:
            self._insert_entities(table, entities)
        for write in self.after:
            write()

    def _insert_entities(self, table: Table, entities: Iterable[Any]) -> None:
        # attrgetter gives a single value, and no tuple, for a single name; every table has an id and more.
        values = attrgetter(*table.c.keys())
        insert_all(self.uow, table, map(values, entities))


def change(entity: object, **values: object) -> bool:
    """Sets what is different; whether anything was."""
    differing = {name: value for name, value in values.items() if getattr(entity, name) != value}
    for name, value in differing.items():
        setattr(entity, name, value)
    return bool(differing)
