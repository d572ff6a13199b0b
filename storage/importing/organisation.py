"""institutions.csv: the institutions there are from now on, and the areas they belong to."""

from dataclasses import dataclass

from sqlalchemy import select

from domain.organisation import AgeRange, Area, Institution, InstitutionType
from storage import organisation
from storage.importing import values
from storage.importing.intake import Intake, change
from storage.importing.names import key_of
from storage.importing.sheet import Row, Sheet


@dataclass(frozen=True)
class _Line:
    row: Row
    name: str
    type: InstitutionType
    age_range: AgeRange
    area: str
    aliases: tuple[str, ...]


def take_institutions(intake: Intake, sheet: Sheet | None) -> None:
    """Without a file, everything stays as it is. An institution that the file lacks is ended."""
    session = intake.uow.session
    for area in session.scalars(select(Area)):
        intake.areas.put(area, area.name, area.aliases)
    known = {key_of(each.name): each for each in session.scalars(select(Institution))}
    if sheet is None:
        for each in known.values():
            if each.ended_on is None:
                intake.institutions.put(each, each.name, each.aliases)
        return
    lines = _lines(intake, sheet)
    present = {key_of(line.name) for line in lines}
    new: list[Institution] = []
    kept: set[int] = set()
    for line in lines:
        area = _area(intake, line.area)
        before = known.get(key_of(line.name)) or _renamed(line, known, present)
        if before is None:
            found = Institution(
                name=line.name,
                type=line.type,
                age_range=line.age_range,
                area_id=area.id,
                aliases=line.aliases,
            )
            new.append(found)
            intake.report.institutions.count(is_new=True)
        else:
            found = before
            changed = change(
                found, name=line.name, type=line.type, age_range=line.age_range, area_id=area.id,
                aliases=line.aliases, ended_on=None,
            )  # fmt: skip
            intake.report.institutions.count(is_changed=changed)
        kept.add(id(found))
        intake.institutions.put(found, found.name, found.aliases)
    there = [each for each in known.values() if each.ended_on is None or id(each) in kept]
    lacking = [each for each in there if id(each) not in kept]
    for each in lacking:
        each.ended_on = intake.yesterday
        intake.report.institutions.ended += 1
    intake.ends(sheet, "institutions", (each.name for each in lacking), there=len(there))
    intake.new.append((organisation.institution, new))


def _lines(intake: Intake, sheet: Sheet) -> list[_Line]:
    lines: list[_Line] = []
    taken: dict[str, int] = {}
    for row in sheet.rows():
        line = _Line(
            row=row,
            name=row.take("name", values.text(200)),
            type=row.take("type", values.one_of(values.TYPES)),
            age_range=row.take("age_range", values.age_range),
            area=row.take("area", values.text(120)),
            aliases=row.take_any("aliases", values.names(200), ()),
        )
        if line.name:
            if (first := taken.setdefault(key_of(line.name), row.line)) != row.line:
                row.wrong("name", f"“{line.name}” is on line {first} already")
            elif line.name == "*" or ";" in line.name:
                row.wrong("name", f"“{line.name}” cannot be told from a list: leave out * and ;")
        if row.is_sound:
            lines.append(line)
        else:
            intake.institutions.doubt(line.name, *(line.aliases or ()))
            intake.areas.doubt(line.area)
    intake.institutions.is_incomplete = intake.areas.is_incomplete = not sheet.is_readable
    for line in lines:
        for alias in line.aliases:
            first = taken.setdefault(key_of(alias), line.row.line)
            if first != line.row.line:
                line.row.wrong("aliases", f"“{alias}” is what line {first} is called")
    return lines


def _renamed(line: _Line, known: dict[str, Institution], present: set[str]) -> Institution | None:
    """The institution that had one of the aliases as its name until now, so that its history follows it."""
    for alias in line.aliases:
        before = known.get(key_of(alias))
        if before is not None and key_of(before.name) not in present:
            return before
    return None


def _area(intake: Intake, name: str) -> Area:
    found = intake.areas.find(name)
    if found is None:
        found = Area(name=name)
        intake.new_areas.append(found)
        intake.areas.put(found, name)
        intake.report.areas.count(is_new=True)
    return found
