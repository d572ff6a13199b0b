"""people.csv: who has which role where from now on. Someone with several roles has several lines.

The very first list tells who answers already, and not who begins today: its roles reach back over the figures and
dialogues that come with it, as long as a two-year period is.

Who has no id there is known by the e-mail, and gets one when the directory is asked; an id that is known stays.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from domain.cycle import HALF_YEARS
from domain.organisation import InstitutionType, Language, Person, Role, RoleAssignment
from domain.period import HalfYear
from storage import organisation
from storage.importing import values
from storage.importing.intake import Intake, change
from storage.importing.names import key_of
from storage.importing.sheet import Row, Sheet

EVERYWHERE = "*"
# A list that was cut short on the Friday is put right on the Monday.
GOES_ON_WITHIN = timedelta(days=7)

# Role, institution id, area id, network: none of them is the whole municipality.
_Reach = tuple[Role, UUID | None, UUID | None, InstitutionType | None]


@dataclass(frozen=True)
class _Line:
    row: Row
    name: str
    email: str
    aad_object_id: str | None
    role: Role
    language: Language | None
    reaches: tuple[_Reach, ...]

    @property
    def key(self) -> str:
        """What tells this person from the others of the file."""
        return self.aad_object_id or self.email


def take_people(intake: Intake, sheet: Sheet) -> None:
    """Whoever the file lacks is ended, with all roles, from today; so is a role that it lacks."""
    by_person: dict[str, list[_Line]] = defaultdict(list)
    for line in _lines(intake, sheet):
        by_person[line.key].append(line)
    session = intake.uow.session
    known = list(session.scalars(select(Person)))
    by_id = {each.aad_object_id: each for each in known if each.aad_object_id}
    by_email = {each.email: each for each in known}
    held: dict[UUID, list[RoleAssignment]] = defaultdict(list)
    lately = intake.today - GOES_ON_WITHIN
    still = or_(organisation.role_assignment.c.to_on.is_(None), organisation.role_assignment.c.to_on >= lately)
    for assignment in session.scalars(select(RoleAssignment).where(still)):
        held[assignment.person_id].append(assignment)
    there = sum(each.to_on is None or each.to_on >= intake.today for some in held.values() for each in some)
    since = intake.today if known else HalfYear.of(intake.today).plus(-HALF_YEARS).starts_on
    new: list[Person] = []
    roles: list[RoleAssignment] = []
    kept: set[UUID] = set()
    for lines in by_person.values():
        line, gone_on = lines[0], None
        found = by_id.get(line.aad_object_id or "") or by_email.get(line.email)
        if found is None:
            found = Person(name=line.name, email=line.email, aad_object_id=line.aad_object_id, language=line.language)
            new.append(found)
            intake.report.people.count(is_new=True)
        elif found.id in kept or by_email.get(line.email, found) is not found:
            line.row.wrong("email", "belongs to someone with another aad_object_id until now")
            continue
        else:
            gone_on = found.ended_on
            # The language is the person's own to set, once they are here.
            identity = line.aad_object_id or found.aad_object_id
            changed = change(found, name=line.name, email=line.email, aad_object_id=identity, ended_on=None)
            intake.report.people.count(is_changed=changed)
        kept.add(found.id)
        wanted = dict.fromkeys(reach for each in lines for reach in each.reaches)
        roles.extend(_assign(intake, found, wanted, held[found.id], since, gone_on))
    lacking = [each for each in known if each.id not in kept]
    left = [each for each in lacking if each.ended_on is None or each.ended_on > intake.yesterday]
    here = len(left) + sum(each.id in kept for each in known)
    for each in lacking:
        _assign(intake, each, (), held[each.id], since)
    for each in left:
        each.ended_on = intake.yesterday
        intake.report.people.ended += 1
    intake.ends(sheet, "people", (each.name for each in left), there=here)
    without = [each for each in known if any(one.to_on == intake.yesterday for one in held[each.id])]
    intake.ends(
        sheet, "roles", (f"one of {each.name}’s" for each in without), there=there, number=intake.report.roles.ended
    )
    intake.new.append((organisation.person, new))
    intake.new.append((organisation.role_assignment, roles))


def _assign(
    intake: Intake,
    someone: Person,
    wanted: Iterable[_Reach],
    held: list[RoleAssignment],
    since: date,
    gone_on: date | None = None,
) -> list[RoleAssignment]:
    """The roles that are new, from the day `since`; those no longer wanted end yesterday.

    Where the whole person was gone, a role that has only just ended with them goes on as it was, as after a list that
    was cut short and has been put right: to begin anew would make a new leader of somebody who has been here all along.
    A role that was taken from somebody who stayed begins anew, for in between they did not have it.
    """
    in_order = sorted(held, key=lambda each: each.to_on or date.max)
    known = {(each.role, each.institution_id, each.area_id, each.network): each for each in in_order}
    have = {reach: each for reach, each in known.items() if each.to_on is None or each.to_on >= intake.today}
    new: list[RoleAssignment] = []
    for reach in wanted:
        if have.pop(reach, None) is not None:
            intake.report.roles.count()
        elif (before := known.get(reach)) is not None and before.to_on == gone_on:
            before.to_on = None
            intake.report.roles.count(is_changed=True)
        else:
            role, institution_id, area_id, network = reach
            new.append(
                RoleAssignment(
                    person_id=someone.id, role=role, from_on=since, institution_id=institution_id,
                    area_id=area_id, network=network,
                )
            )  # fmt: skip
            intake.report.roles.count(is_new=True)
    for surplus in have.values():
        surplus.to_on = intake.yesterday
        intake.report.roles.ended += 1
    return new


def _lines(intake: Intake, sheet: Sheet) -> list[_Line]:
    lines: list[_Line] = []
    ids: dict[str, _Line] = {}
    emails: dict[str, _Line] = {}
    given: dict[tuple[str, _Reach], int] = {}
    for row in sheet.rows():
        role = row.take("role", values.one_of(values.ROLES))
        scope = row.take("scope", str)
        line = _Line(
            row=row,
            name=row.take("name", values.text(200)),
            email=row.take("email", values.email),
            aad_object_id=row.take_any("aad_object_id", values.guid, None),
            role=role,
            language=row.take_any("language", values.one_of(values.LANGUAGES), None),
            reaches=tuple(_reaches(intake, row, role, scope)) if role and scope else (),
        )
        if not row.is_sound:
            continue
        same_id = ids.setdefault(line.key, line)
        same_email = emails.setdefault(line.email, line)
        if same_id.email != line.email:
            row.wrong("aad_object_id", f"is on line {same_id.row.line} with another e-mail address")
        elif same_email.aad_object_id != line.aad_object_id:
            row.wrong("email", f"is on line {same_email.row.line} with another aad_object_id")
        elif same_id.name != line.name:
            row.wrong("name", f"is another than on line {same_id.row.line}, with the same e-mail address")
        for reach in line.reaches:
            first = given.setdefault((line.key, reach), row.line)
            if first != row.line:
                row.wrong("scope", f"the same role and place are on line {first} already")
        lines.append(line)
    return lines


def _reaches(intake: Intake, row: Row, role: Role, scope: str) -> Iterable[_Reach]:
    for name in dict.fromkeys(part.strip() for part in scope.split(";")):
        if not name:
            continue
        institution, area = intake.institutions.find(name), intake.areas.find(name)
        if name == EVERYWHERE:
            if role is Role.LEADER:
                row.wrong("scope", "a leader leads institutions: name them, with ; between")
            yield role, None, None, None
        elif role is Role.PROTECTION_OFFICER:
            row.wrong("scope", "a data protection officer is of the whole municipality: write *")
        elif role is Role.FACILITATOR:
            # The word of a field, also where an institution or an area happens to have it as a name.
            network = values.TYPES.get(key_of(name))
            if network is None:
                fields = ", ".join(each.value for each in InstitutionType)
                row.wrong("scope", f"a facilitator has a network, and “{name}” is none: write {fields}, or * for all")
            yield role, None, None, network
        elif institution and not (area and role is Role.CHIEF):
            if role is Role.CHIEF:
                row.wrong("scope", f"a chief has an area, and “{name}” is an institution{_areas(intake)}")
            elif area and role is not Role.LEADER:
                row.wrong("scope", f"“{name}” is an area and an institution: give one of them another name")
            yield role, institution.id, None, None
        elif area:
            if role is Role.LEADER:
                row.wrong("scope", f"a leader leads institutions, and “{name}” is an area: name the institutions")
            yield role, None, area.id, None
        elif intake.institutions.is_doubtful(name) or intake.areas.is_doubtful(name):
            row.is_sound = False
        elif role is Role.CHIEF:
            row.wrong("scope", intake.areas.unknown(name))
        elif role is Role.LEADER:
            row.wrong("scope", intake.institutions.unknown(name))
        else:
            row.wrong("scope", intake.places_unknown(name))


def _areas(intake: Intake) -> str:
    return f": write one of {', '.join(sorted(intake.areas.names, key=key_of)[:10])}"
