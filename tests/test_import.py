"""`laeringsbot import`: what comes in from files, what is told when they are wrong, all or nothing."""

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain.cycle import Cycle, PoliticalRound
from domain.data_package import DataPackage, KeyFigure, PackageState
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Language, Person, Role, RoleAssignment
from domain.period import HalfYear
from storage.data_package import data_package, key_figure
from storage.database import Database
from storage.dialogue import dialogue
from storage.importing import ImportProblems, ImportReport, import_folder
from storage.organisation import institution, person, role_assignment
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)

INSTITUTIONS = """name,type,age_range,area,aliases
Solstrålen,dagtilbud,0-6,Nord,Solen;Børnehuset Solstrålen
Æblehaven,daycare,0-6,Syd,
Åskolen,skole,6-18,Nord,
"""
PEOPLE = """name,email,aad_object_id,role,scope,language
Lea Holm,lea@example.dk,11111111-0000-0000-0000-000000000001,leder,Solstrålen;Æblehaven,da
Ole Bro,ole@example.dk,11111111-0000-0000-0000-000000000002,chef,Nord,da
Ida Lund,ida@example.dk,11111111-0000-0000-0000-000000000003,observatør,åskolen,en
Ida Lund,ida@example.dk,11111111-0000-0000-0000-000000000003,leder,Åskolen,en
Pia Eng,PIA@example.dk,{11111111-0000-0000-0000-00000000000A},administration,*,
"""
THEMES = """title,title_en,age_range,description,valid_from,valid_to,aliases,aims
Sprog i hverdagen,Everyday language,0-6,Om sprog,2025H2,2027H1,sprog,Trivsel;learning
Trivsel,Well-being,6-18,,2024H2,2026H1,,
"""
DIALOGUES = """institution,starts_at,place,number
Solen,2025-10-07 09:00,Solstrålen,
Solen,2026-04-21 09:00,Solstrålen,
Solen,2026-05-05 09:00,Solstrålen,ekstra
Åskolen,2024-11-05 13:00,,1
Åskolen,2026-04-22 13:00,,3
"""
FIGURES = """institution,half_year,indicator,value,unit,n,previous,comparison,theme,source,as_of
Solstrålen,2025H2,Sprogvurdering,"72,5",%,40,70,71.5,Sprog i hverdagen,LIS,2025-12-31
Solstrålen,2025H2,Sygefravær,"1.234,5",dage,,,,,LIS,31-12-2025
Åskolen,efterår 2025,Fravær,6,%,4,,,,LIS,2025-12-31
"""
ALL = {
    "institutions.csv": INSTITUTIONS,
    "people.csv": PEOPLE,
    "themes.csv": THEMES,
    "dialogues.csv": DIALOGUES,
    "key_figures.csv": FIGURES,
}


def quiet(what: str, done: int, total: int) -> None:
    pass


def folder_of(folder: Path, files: dict[str, str | bytes]) -> Path:
    place = folder / f"files{len(list(folder.iterdir()))}"
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return place


async def bring_in(
    database: Database, folder: Path, files: dict[str, str | bytes], now: datetime = NOW, *, ending: int = 0
) -> ImportReport:
    place = folder_of(folder, files)
    return await database.write(lambda uow: import_folder(uow, place, now=now, progress=quiet, ending=ending))


async def problems_of(
    database: Database, folder: Path, files: dict[str, str | bytes], now: datetime = NOW
) -> list[str]:
    with pytest.raises(ImportProblems) as found:
        await bring_in(database, folder, files, now)
    return [str(each) for each in found.value.problems]


def rows(uow: UnitOfWork) -> dict[str, int]:
    return {
        table.name: uow.session.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }


async def test_who_comes_with_a_later_list_begins_that_day(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    newcomer = "Bo Krag,bo@example.dk,11111111-0000-0000-0000-0000000000ff,administration,*,da\n"
    await bring_in(database, tmp_path, {"people.csv": ALL["people.csv"].rstrip("\n") + "\n" + newcomer})

    def look(uow: UnitOfWork) -> date:
        bo = uow.session.scalars(select(Person).where(person.c.email == "bo@example.dk")).one()
        return uow.session.scalars(select(RoleAssignment).where(role_assignment.c.person_id == bo.id)).one().from_on

    assert await database.read(look) == date(2026, 3, 2)


async def test_five_files_become_a_municipality(database: Database, tmp_path: Path) -> None:
    report = await bring_in(database, tmp_path, dict(ALL))

    assert {name: each.new for name, each in report.counts.items()} == {
        "areas": 2, "institutions": 3, "people": 4, "roles": 6, "rounds": 2, "themes": 2, "cycles": 2,
        "dialogues": 5, "packages": 2, "figures": 3,
    }  # fmt: skip

    def look(uow: UnitOfWork) -> None:
        one = uow.session.scalars
        sun = one(select(Institution).where(institution.c.name == "Solstrålen")).one()
        assert sun.aliases == ("Solen", "Børnehuset Solstrålen")
        pia = one(select(Person).where(person.c.email == "pia@example.dk")).one()
        assert pia.aad_object_id == "11111111-0000-0000-0000-00000000000a"
        assert pia.language is None, "until Teams or the person says"
        reach = one(select(RoleAssignment).where(role_assignment.c.person_id == pia.id)).one()
        assert (reach.role, reach.institution_id, reach.area_id) == (Role.ADMINISTRATION, None, None)
        assert reach.from_on == date(2024, 1, 1), "the first list tells who answers already, not who begins today"
        of_sun = one(select(Dialogue).where(dialogue.c.institution_id == sun.id).order_by(dialogue.c.starts_at)).all()
        assert [(each.number, each.half_year.code, each.state) for each in of_sun] == [
            (1, "2025H2", DialogueState.CLOSED),
            (2, "2026H1", DialogueState.PLANNED),
            (None, "2026H1", DialogueState.PLANNED),
        ]
        assert of_sun[1].starts_at == datetime(2026, 4, 21, 7, 0, tzinfo=UTC)
        figures = one(select(KeyFigure).order_by(key_figure.c.indicator)).all()
        assert [(each.indicator, each.value, each.is_hidden) for each in figures] == [
            ("Fravær", 6.0, True),
            ("Sprogvurdering", 72.5, False),
            ("Sygefravær", 1234.5, False),
        ]
        assert [each.theme_id is not None for each in figures] == [False, True, False]
        assert {each.year: each.age_range for each in one(select(PoliticalRound))} == {
            2024: AgeRange.OLDER,
            2025: AgeRange.YOUNGER,
        }

    await database.read(look)


async def test_the_same_files_again_change_nothing(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    before = await database.read(rows)

    report = await bring_in(database, tmp_path, dict(ALL), now=LATER)

    assert report.changes_nothing
    assert report.institutions.unchanged == 3
    assert report.figures.unchanged == 3
    assert await database.read(rows) == before


async def test_danish_words_semicolons_a_byte_order_mark_and_windows_line_ends_are_fine(
    database: Database, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {
        "institutions.csv": b"\xef\xbb\xbf"
        + "Navn;Type;Aldersområde;Område\r\nSolstrålen;Dagtilbud;0–6 år;Nord\r\n;;;\r\n".encode(),
        "dialogues.csv": 'sep=;\r\nTilbud;Tidspunkt;Sted\r\n"Solstrålen";21.04.2026 kl. 9.00;"Stuen; til venstre"\r\n',
        "key_figures.csv": "institution;halvår;indikator;værdi;kilde;opgjort\r\n"
        "solstrålen;forår 2026;Sprog;12,5;LIS;1/3/2026\r\n",
    }
    report = await bring_in(database, tmp_path, files)
    assert (report.institutions.new, report.dialogues.new, report.figures.new) == (1, 1, 1)
    kept = await database.read(lambda uow: uow.session.scalars(select(Dialogue)).one())
    assert (kept.starts_at, kept.place) == (datetime(2026, 4, 21, 7, 0, tzinfo=UTC), "Stuen; til venstre")


async def test_who_is_missing_from_a_later_file_is_ended_and_can_come_back(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    fewer = {
        "institutions.csv": INSTITUTIONS.replace("Æblehaven,daycare,0-6,Syd,\n", ""),
        "people.csv": "\n".join(PEOPLE.replace(";Æblehaven", "").splitlines()[:2]),
    }
    report = await bring_in(database, tmp_path, dict(fewer), now=LATER, ending=5)
    assert (report.institutions.ended, report.people.ended, report.roles.ended) == (1, 3, 5)

    def ended(uow: UnitOfWork) -> list[tuple[str, date]]:
        people = uow.session.scalars(select(Person).order_by(person.c.name))
        return [(each.name, each.ended_on) for each in people if each.ended_on]

    yesterday = date(2026, 3, 31)
    assert await database.read(ended) == [
        ("Ida Lund", yesterday),
        ("Ole Bro", yesterday),
        ("Pia Eng", yesterday),
    ]
    again = await bring_in(database, tmp_path, dict(fewer), now=LATER)
    assert again.changes_nothing

    back = await bring_in(database, tmp_path, dict(ALL), now=LATER)
    # Of Lea, who stayed, the one role that was taken begins anew.
    assert (back.institutions.changed, back.people.changed, back.roles.changed, back.roles.new) == (1, 3, 4, 1)
    assert await database.read(ended) == []


SCHOOLS = [f"Skole {number:02}" for number in range(16)]
MANY = {
    "institutions.csv": "name,type,age_range,area\n" + "".join(f"{each},skole,6-18,Nord\n" for each in SCHOOLS),
    "people.csv": "name,email,role,scope\n"
    + "".join(f"Leder {each[-2:]},l{each[-2:]}@example.dk,leder,{each}\n" for each in SCHOOLS),
}


def first_lines(name: str, lines: int) -> dict[str, str]:
    return {name: "".join(MANY[name].splitlines(keepends=True)[: lines + 1])}


async def test_a_list_that_is_cut_short_ends_nothing_without_a_question(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(MANY))
    assert await problems_of(database, tmp_path, dict(first_lines("institutions.csv", 2)), LATER) == [
        "institutions.csv: 14 of 16 institutions are not in it and would end, the first of them Skole 02; "
        "is the list cut short? If they are to end, say --ending 14"
    ]
    people = await problems_of(database, tmp_path, dict(first_lines("people.csv", 1)), LATER)
    assert [each.split(" and would")[0] for each in people] == [
        "people.csv: 15 of 16 people are not in it",
        "people.csv: 15 of 16 roles are not in it",
    ]
    assert (await bring_in(database, tmp_path, dict(MANY), LATER)).changes_nothing


async def test_half_of_a_small_municipality_ends_not_without_a_question(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(first_lines("institutions.csv", 6)))
    for left, ended in ((1, 5), (3, 3)):
        [problem] = await problems_of(database, tmp_path, dict(first_lines("institutions.csv", left)), LATER)
        assert f"{ended} of 6 institutions" in problem
    report = await bring_in(database, tmp_path, dict(first_lines("institutions.csv", 4)), LATER)
    assert report.institutions.ended == 2


async def test_who_had_another_role_in_between_did_not_keep_the_first(database: Database, tmp_path: Path) -> None:
    """4.1: "history decides who could see what *then*"."""

    def led(uow: UnitOfWork) -> list[tuple[date, date | None]]:
        mine = select(RoleAssignment).join(person, person.c.id == role_assignment.c.person_id)
        mine = mine.where(person.c.email == "ida@example.dk", role_assignment.c.role == Role.LEADER)
        return sorted((each.from_on, each.to_on) for each in uow.session.scalars(mine))

    await bring_in(database, tmp_path, dict(ALL))
    [(began, _)] = await database.read(led)
    observes = {"people.csv": "".join(each for each in PEOPLE.splitlines(keepends=True) if "leder,Åskolen" not in each)}
    await bring_in(database, tmp_path, dict(observes), LATER)
    await bring_in(database, tmp_path, {"people.csv": PEOPLE}, LATER + timedelta(days=6))
    assert await database.read(led) == [(began, date(2026, 3, 31)), (date(2026, 4, 7), None)]


async def test_so_many_end_as_was_said_and_a_few_without_a_word(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(MANY))
    assert (await bring_in(database, tmp_path, dict(first_lines("people.csv", 11)), LATER)).people.ended == 5
    place = folder_of(tmp_path, dict(first_lines("people.csv", 2)))

    def work(uow: UnitOfWork, ending: int) -> ImportReport:
        return import_folder(uow, place, now=LATER, progress=quiet, ending=ending)

    with pytest.raises(ImportProblems, match="9 of 11 people"):
        await database.write(partial(work, ending=8))
    assert (await database.write(partial(work, ending=9))).people.ended == 9
    assert (await database.write(partial(work, ending=0))).changes_nothing


async def test_a_role_that_has_only_just_ended_goes_on_as_it_was(database: Database, tmp_path: Path) -> None:
    """4.1: "history decides who could see what *then*"; nobody is a new leader who was here all along."""

    def held(uow: UnitOfWork) -> list[tuple[date, date | None]]:
        lea = uow.session.scalars(select(Person).where(person.c.email == "lea@example.dk")).one()
        mine = select(RoleAssignment).where(role_assignment.c.person_id == lea.id).order_by(role_assignment.c.from_on)
        return sorted((each.from_on, each.to_on) for each in uow.session.scalars(mine))

    await bring_in(database, tmp_path, dict(ALL))
    before = await database.read(held)
    without = {"people.csv": "\n".join(each for each in PEOPLE.splitlines() if not each.startswith("Lea"))}
    await bring_in(database, tmp_path, dict(without), LATER)
    assert {to_on for _from, to_on in await database.read(held)} == {date(2026, 3, 31)}
    report = await bring_in(database, tmp_path, {"people.csv": PEOPLE}, LATER + timedelta(days=1))
    assert (report.roles.new, report.roles.changed) == (0, 2)
    assert await database.read(held) == before
    # Who comes back after more than a week begins that day.
    await bring_in(database, tmp_path, dict(without), LATER)
    await bring_in(database, tmp_path, {"people.csv": PEOPLE}, LATER + timedelta(days=8))
    assert {from_on for from_on, to_on in await database.read(held) if to_on is None} == {date(2026, 4, 9)}


async def test_a_list_without_ids_knows_people_by_e_mail_and_keeps_the_ids_that_are_known(
    database: Database, tmp_path: Path
) -> None:
    def ids(uow: UnitOfWork) -> dict[str, str | None]:
        return {each.email: each.aad_object_id for each in uow.session.scalars(select(Person))}

    empty = re.sub(r",\{?11111111-[-0-9A-F]+\}?,", ",,", PEOPLE)
    report = await bring_in(database, tmp_path, {**ALL, "people.csv": empty})
    assert (report.people.new, report.roles.new) == (4, 6)
    assert set((await database.read(ids)).values()) == {None}
    await bring_in(database, tmp_path, {"people.csv": PEOPLE})
    known = await database.read(ids)
    assert len(set(known.values())) == 4
    assert None not in known.values()
    without = "\n".join(",".join(line.split(",")[:2] + line.split(",")[3:]) for line in PEOPLE.splitlines())
    for again in (empty, without):
        report = await bring_in(database, tmp_path, {"people.csv": again})
        assert (report.people.new, report.people.changed, report.people.ended) == (0, 0, 0)
        assert await database.read(ids) == known


async def test_a_person_keeps_the_language_they_have_chosen(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))

    def choose(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(Person)):
            each.language = Language.ENGLISH

    await database.write(choose)
    assert (await bring_in(database, tmp_path, dict(ALL))).changes_nothing


async def test_an_institution_that_lists_its_old_name_keeps_its_history(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    renamed = INSTITUTIONS.replace("Solstrålen,dagtilbud,0-6,Nord,Solen;Børnehuset Solstrålen",
                                   "Nye Solstrålen,dagtilbud,0-6,Nord,Solstrålen")  # fmt: skip
    report = await bring_in(database, tmp_path, {"institutions.csv": renamed})
    assert (report.institutions.new, report.institutions.changed, report.institutions.ended) == (0, 1, 0)


async def test_an_institution_can_move_to_an_area_that_is_new(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    report = await bring_in(database, tmp_path, {"institutions.csv": INSTITUTIONS.replace("Syd", "Øst")})
    assert (report.areas.new, report.institutions.changed) == (1, 1)


async def test_a_dialogue_with_another_time_is_moved_and_its_revision_rises(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    moved = DIALOGUES.replace("2026-04-21 09:00", "2026-04-28 10:00")
    report = await bring_in(database, tmp_path, {"dialogues.csv": moved})
    assert (report.dialogues.new, report.dialogues.changed, report.dialogues.unchanged) == (0, 1, 4)

    next_half_year = DIALOGUES.replace("2026-04-21 09:00,Solstrålen,", "2026-09-01 10:00,Solstrålen,2")
    await bring_in(database, tmp_path, {"dialogues.csv": next_half_year})

    def second(uow: UnitOfWork) -> Dialogue:
        return uow.session.scalars(select(Dialogue).where(dialogue.c.number == 2)).one()

    kept = await database.read(second)
    assert (kept.half_year.code, kept.revision) == ("2026H2", 3)


async def test_a_released_figure_is_superseded_and_never_changed(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    corrected = FIGURES.replace('"72,5"', "73")
    report = await bring_in(database, tmp_path, {"key_figures.csv": corrected}, now=LATER)
    assert (report.packages.changed, report.packages.unchanged) == (1, 1)

    def look(uow: UnitOfWork) -> list[tuple[int, PackageState, int]]:
        found = []
        for each in uow.session.scalars(select(DataPackage).order_by(data_package.c.edition)):
            count = uow.session.scalar(
                select(func.count()).select_from(KeyFigure).where(key_figure.c.package_id == each.id)
            )
            found.append((each.edition, each.state, count or 0))
        return sorted(found, key=lambda each: (each[0], -each[2]))

    assert await database.read(look) == [
        (1, PackageState.SUPERSEDED, 2),
        (1, PackageState.RELEASED, 1),
        (2, PackageState.RELEASED, 2),
    ]
    assert (await bring_in(database, tmp_path, {"key_figures.csv": corrected})).changes_nothing


async def test_dialogues_before_the_themes_get_cycles_in_step_with_theirs(database: Database, tmp_path: Path) -> None:
    files = dict(ALL)
    files["dialogues.csv"] = (
        "institution,starts_at\nSolen,2022-03-01 09:00\nSolen,2023-03-01 09:00\nSolen,2026-09-01 09:00\n"
        "Solen,2027-09-01 09:00\n"
    )
    await bring_in(database, tmp_path, dict(files))

    def firsts(uow: UnitOfWork) -> list[str]:
        younger = [each for each in uow.session.scalars(select(Cycle)) if each.age_range is AgeRange.YOUNGER]
        return sorted(each.first_half_year.code for each in younger)

    assert await database.read(firsts) == ["2021H2", "2025H2", "2027H2"]


async def test_without_themes_cycles_are_counted_from_the_first_dialogue(database: Database, tmp_path: Path) -> None:
    files = {
        "institutions.csv": INSTITUTIONS,
        "dialogues.csv": "institution,starts_at\nSolen,2025-03-01 09:00\n",
    }
    await bring_in(database, tmp_path, dict(files))
    cycle = await database.read(lambda uow: uow.session.scalars(select(Cycle)).one())
    assert cycle.half_years[0] == HalfYear(2025, 1)


async def test_a_file_alone_is_understood_from_what_is_there_already(database: Database, tmp_path: Path) -> None:
    for name, content in ALL.items():
        await bring_in(database, tmp_path, {name: content})
    assert (await bring_in(database, tmp_path, dict(ALL))).changes_nothing


async def test_nothing_is_kept_when_anything_is_wrong(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, dict(ALL))
    before = await database.read(rows)
    files = dict(ALL)
    files["institutions.csv"] += "Bakken,dagtilbud,0-6,Øst,\n"
    files["key_figures.csv"] += "Bakken,2025H2,Sprog,mange,%,,,,,LIS,2025-12-31\n"

    assert len(await problems_of(database, tmp_path, dict(files))) == 1

    assert await database.read(rows) == before
    assert await database.read(lambda uow: len(uow.session.scalars(select(Area)).all())) == 2


async def test_progress_is_told_step_by_step_to_the_end(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """*With progress* (G10): a step is a thousand lines, and one here."""
    for each in ("sheet", "figures"):
        monkeypatch.setattr(f"storage.importing.{each}.STEP", 1)
    seen: list[tuple[str, int, int]] = []
    place = folder_of(tmp_path, dict(ALL))
    await database.write(lambda uow: import_folder(uow, place, now=NOW, progress=lambda *step: seen.append(step)))
    last = {what: (done, total) for what, done, total in seen}
    assert set(last) == {*(f"reading {name}" for name in ALL), "writing key figures"}
    assert all(done == total for done, total in last.values())
    told = {name: [done for what, done, _ in seen if what == name] for name in last}
    assert told["writing key figures"] == [0, 1, 2, 3]
    assert told["reading people.csv"] == [2, 3, 4, 5, 6, 6]
    assert all(steps == sorted(steps) for steps in told.values())


async def test_a_wrong_line_is_told_once_and_not_wherever_it_is_named(database: Database, tmp_path: Path) -> None:
    files = dict(ALL)
    files["institutions.csv"] = INSTITUTIONS.replace("dagtilbud,0-6", "cirkus,0-6")
    assert await problems_of(database, tmp_path, dict(files)) == [
        "institutions.csv:2:type: “cirkus” is none of dagtilbud, daycare, day-care, skole, school, "
        "fritidstilbud, fritid, leisure"
    ]
    files["institutions.csv"] = INSTITUTIONS.replace("name,type", "navn,slags")
    assert await problems_of(database, tmp_path, dict(files)) == [
        "institutions.csv:1:slags: is no column of this file",
        "institutions.csv:1:type: the column is missing: the first line should be name,type,age_range,area,aliases",
    ]


def plus(name: str, *lines: str) -> Callable[[dict[str, str | bytes]], None]:
    """The good files with lines added to one of them."""

    def change(files: dict[str, str | bytes]) -> None:
        files[name] = ALL[name] + "".join(f"{line}\n" for line in lines)

    return change


def only(name: str, content: str | bytes) -> Callable[[dict[str, str | bytes]], None]:
    """The good files with one of them replaced, or added."""

    def change(files: dict[str, str | bytes]) -> None:
        files[name] = content

    return change


def swap(name: str, old: str, new: str) -> Callable[[dict[str, str | bytes]], None]:
    assert old in ALL[name]
    return only(name, ALL[name].replace(old, new))


ID = "22222222-0000-0000-0000-000000000001"
LINE = "Solen,2025H2,Ny,{},%,,,,,LIS,2025-12-31"
WRONG = [
    # What the file itself is like.
    (only("peoples.csv", "x"), "peoples.csv: is none of", "did you mean “people.csv”"),
    (only("people.csv", ""), "people.csv: is empty", "name,email,aad_object_id,role,scope,language"),
    (only("people.csv", PEOPLE.splitlines()[0] + "\n"), "people.csv: has no lines below its header", "leave"),
    (only("people.csv", PEOPLE.encode("utf-16")), "people.csv: is not UTF-8", "save it as “CSV UTF-8”"),
    (
        only("institutions.csv", INSTITUTIONS.encode("cp1252")),
        "institutions.csv:2: is not UTF-8",
        "“Solstrålen”",
    ),
    (swap("people.csv", "email,", "emial,"), "people.csv:1:emial: is no column", "did you mean “email”"),
    (swap("people.csv", "email,", "emial,"), "people.csv:1:email: the column is missing", "name,email"),
    (swap("people.csv", "email,aad", "name,aad"), "people.csv:1:name: is the column name a second time", ""),
    (
        plus("dialogues.csv", "Solen,2026-09-01 09:00"),
        "dialogues.csv:7: has 2 cells where the header has 4",
        "",
    ),
    (
        plus("dialogues.csv", "Solen,2026-09-01 09:00,a,b,c"),
        "dialogues.csv:7: has 5 cells",
        "quotation marks",
    ),
    (
        plus("dialogues.csv", 'Solen,"2026-09-01 09:00,a,b'),
        "dialogues.csv:7: the line cannot be read",
        "quotation",
    ),
    # Institutions.
    (plus("institutions.csv", ",skole,6-18,Nord,"), "institutions.csv:5:name: is empty", ""),
    (
        plus("institutions.csv", "SOLSTRÅLEN,skole,6-18,Nord,"),
        "institutions.csv:5:name: “SOLSTRÅLEN” is on line 2",
        "",
    ),
    (
        plus("institutions.csv", "Ny,skole,6-18,Nord,solen"),
        "institutions.csv:5:aliases: “solen” is what line 2",
        "",
    ),
    (
        plus("institutions.csv", "Ny,skol,6-18,Nord,"),
        "institutions.csv:5:type: “skol”",
        "did you mean “skole”",
    ),
    (
        plus("institutions.csv", "Ny,skole,7-18,Nord,"),
        "institutions.csv:5:age_range: “7-18” is none of 0-6, 6-18",
        "",
    ),
    (plus("institutions.csv", "Ny,skole,6-18,,"), "institutions.csv:5:area: is empty", ""),
    (
        plus("institutions.csv", "Ny 010190-1234,skole,6-18,Nord,"),
        "institutions.csv:5:name: holds what",
        "CPR",
    ),
    (
        plus("institutions.csv", f"{'x' * 201},skole,6-18,Nord,"),
        "institutions.csv:5:name: has 201",
        "at most 200",
    ),
    # People.
    (plus("people.csv", f"A,a@example.dk,{ID},chef,,da"), "people.csv:7:scope: is empty", ""),
    (
        plus("people.csv", f"A,a@example.dk,{ID},chef,Solstrålen,da"),
        "people.csv:7:scope: a chief has an area",
        "Nord",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},chef,Nrd,da"),
        "people.csv:7:scope: there is no area “Nrd”",
        "“Nord”",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},leder,Solstråln,da"),
        "people.csv:7:scope: there is no institution",
        "did you mean “Solstrålen”",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},leder,Nord,da"),
        "people.csv:7:scope: a leader leads institutions",
        "",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},leder,*,da"),
        "people.csv:7:scope: a leader leads institutions",
        "",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},observer,Vest,da"),
        "people.csv:7:scope: there is no institution or area",
        "",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},konge,*,da"),
        "people.csv:7:role: “konge” is none of leder",
        "",
    ),
    (
        plus("people.csv", f"A,a.example.dk,{ID},chef,Nord,da"),
        "people.csv:7:email: “a.example.dk” is no e-mail",
        "",
    ),
    (
        plus("people.csv", "A,a@example.dk,1234,chef,Nord,da"),
        "people.csv:7:aad_object_id: “1234” is no Entra",
        "32",
    ),
    (
        plus("people.csv", f"A,a@example.dk,{ID},chef,Nord,se"),
        "people.csv:7:language: “se” is none of da",
        "",
    ),
    (
        plus("people.csv", f"Lea Holm,lea@example.dk,{ID},chef,Nord,da"),
        "people.csv:7:email: is on line 2 with",
        "",
    ),
    (
        plus("people.csv", "Ole Bro,o@example.dk,11111111-0000-0000-0000-000000000002,chef,Syd,da"),
        "people.csv:7:aad_object_id: is on line 3 with another e-mail",
        "",
    ),
    (
        plus("people.csv", "Ole Bo,ole@example.dk,11111111-0000-0000-0000-000000000002,chef,Syd,da"),
        "people.csv:7:name: is another than on line 3",
        "",
    ),
    (
        plus("people.csv", "Ole Bro,ole@example.dk,11111111-0000-0000-0000-000000000002,chef,Nord,da"),
        "people.csv:7:scope: the same role and place are on line 3",
        "",
    ),
    # Themes and cycles.
    (
        plus("themes.csv", "Ny,,0-6,,2027H2,2029H1,,trivsel;glæde"),
        "themes.csv:4:aims: “glæde” is none of læring, learning",
        "",
    ),
    (
        plus("themes.csv", "Ny,,0-6,,2026H3,2027H1,,"),
        "themes.csv:4:valid_from: “2026H3” is no half-year",
        "2026H1",
    ),
    (plus("themes.csv", "Ny,,0-6,,2027H2,2027H1,,"), "themes.csv:4:valid_to: 2027H1 is before 2027H2", ""),
    (
        plus("themes.csv", "Ny,,0-6,,2026H2,2028H1,,"),
        "themes.csv:4:valid_from: the cycle of 0-6 from 2025H2 to 2027H1",
        "(line 2) overlaps",
    ),
    (
        plus("themes.csv", "Ny,,6-18,,2028H2,2030H1,,", "Ny,,0-6,,2029H1,2030H2,,"),
        "themes.csv:5:age_range: the political round of 2028 is about",
        "take turns",
    ),
    (
        plus("themes.csv", "Ny,,0-6,,2027H2,2029H1,,"),
        "themes.csv:4:age_range: the political round before that of 2027",
        "two successive rounds",
    ),
    (
        plus("themes.csv", "sprog I hverdagen,,0-6,,2025H2,2027H1,,"),
        "themes.csv:4:title:",
        "is on line 2 already",
    ),
    # Dialogues.
    (
        plus("dialogues.csv", "Solstråle,2026-09-01 09:00,,"),
        "dialogues.csv:7:institution: there is no institution",
        "did you mean “Solstrålen”",
    ),
    (
        plus("dialogues.csv", "Æblehaven,2026-02-30 09:00,,"),
        "dialogues.csv:7:starts_at:",
        "no day in the calendar",
    ),
    (
        plus("dialogues.csv", "Æblehaven,2026-04-01,,"),
        "dialogues.csv:7:starts_at:",
        "no day and time: write it as",
    ),
    (
        plus("dialogues.csv", "Æblehaven,01-04-26 09:00,,"),
        "dialogues.csv:7:starts_at:",
        "no date: write it as",
    ),
    (plus("dialogues.csv", "Æblehaven,2026-04-01 25:00,,"), "dialogues.csv:7:starts_at:", "no time of day"),
    (plus("dialogues.csv", "Æblehaven,2026-03-29 02:30,,"), "dialogues.csv:7:starts_at:", "put forward"),
    (
        plus("dialogues.csv", "Æblehaven,2026-10-25 02:30,,"),
        "dialogues.csv:7:starts_at:",
        "write 2026-10-25 02:30+0200 or 2026-10-25 02:30+0100",
    ),
    (
        plus("dialogues.csv", "Æblehaven,2026-04-01 09:00,,5"),
        "dialogues.csv:7:number: “5” is none of 1, 2, 3, 4",
        "",
    ),
    (
        plus(
            "dialogues.csv",
            "Solen,2026-09-01 09:00,,",
            "Solen,2027-03-01 09:00,,",
            "Solen,2027-04-01 09:00,,",
        ),
        "dialogues.csv:9:starts_at: 2027H1 has a numbered dialogue already",
        "write ekstra",
    ),
    (
        plus("dialogues.csv", "Åskolen,2025-09-01 09:00,,1"),
        "dialogues.csv:7:number: number 1 is taken in the cycle",
        "line 5 has it",
    ),
    (
        plus("dialogues.csv", "Åskolen,2025-09-01 09:00,,4"),
        "dialogues.csv:6:number: number 3 is smaller than",
        "",
    ),
    (
        plus("dialogues.csv", "Solstrålen,2026-04-21 09:00,,ekstra"),
        "dialogues.csv:7:starts_at: Solstrålen has a",
        "line 3",
    ),
    # Key figures.
    (
        plus("key_figures.csv", LINE.format("mange")),
        "key_figures.csv:5:value: “mange” is not a number",
        "1234,5",
    ),
    (plus("key_figures.csv", LINE.format("NaN")), "key_figures.csv:5:value: “NaN” is not a number", ""),
    (plus("key_figures.csv", LINE.format("12 %")), "key_figures.csv:5:value: “12 %” is not a number", ""),
    (
        plus("key_figures.csv", LINE.format("1.234")),
        "key_figures.csv:5:value: “1.234” can be read in two ways",
        "1234",
    ),
    (plus("key_figures.csv", LINE.format("")), "key_figures.csv:5:value: is empty", ""),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,-4,,,,LIS,2025-12-31"),
        "key_figures.csv:5:n: “-4” is not a whole",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,4.5,,,,LIS,2025-12-31"),
        "key_figures.csv:5:n: “4.5” is not a",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,,x,,,LIS,2025-12-31"),
        "key_figures.csv:5:previous: “x” is not",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,,,x,,LIS,2025-12-31"),
        "key_figures.csv:5:comparison: “x” is not",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,,,,,,2025-12-31"),
        "key_figures.csv:5:source: is empty",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,,,,,LIS,i går"),
        "key_figures.csv:5:as_of: “i går” is no date",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025,Ny,1,%,,,,,LIS,2025-12-31"),
        "key_figures.csv:5:half_year: “2025” is no",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,sygefravær,1,%,,,,,LIS,2025-12-31"),
        "key_figures.csv:5:indicator:",
        "is on line 3 already",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,,,,Sprg i hverdagen,LIS,2025-12-31"),
        "key_figures.csv:5:theme: there is no theme",
        "did you mean “Sprog i hverdagen”",
    ),
    (
        plus("key_figures.csv", "Solen,2025H2,Ny,1,%,,,,Trivsel,LIS,2025-12-31"),
        "key_figures.csv:5:theme: “Trivsel” is for 6-18",
        "",
    ),
    (
        plus("key_figures.csv", "Solen,2025H1,Ny,1,%,,,,sprog,LIS,2025-12-31"),
        "key_figures.csv:5:theme: “sprog” is valid from 2025H2 to 2027H1, not in 2025H1",
        "",
    ),
]


@pytest.mark.parametrize(("spoil", "place", "what_is_right"), WRONG, ids=[each[1] for each in WRONG])
async def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(
    spoil: Callable[[dict[str, str | bytes]], None],
    place: str,
    what_is_right: str,
    sqlite_database: Database,
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = dict(ALL)
    spoil(files)
    found = await problems_of(sqlite_database, tmp_path, files)
    assert any(each.startswith(place) and what_is_right in each for each in found), found
    assert len(found) <= 2, found


async def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_files(
    sqlite_database: Database, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {
        name: content.replace("Nord", "", 1).replace("2025-10-07", "i går").replace("LIS", "")
        for name, content in ALL.items()
    }
    places = [each.rpartition(": ")[0] for each in await problems_of(sqlite_database, tmp_path, files)]
    assert [place.split(": ")[0] for place in places] == [
        "institutions.csv:2:area",
        "people.csv:3:scope",
        "dialogues.csv:2:starts_at",
        "key_figures.csv:2:source",
        "key_figures.csv:3:source",
        "key_figures.csv:4:source",
    ]


async def test_what_is_there_already_stands_in_the_way_of_a_wrong_file(
    sqlite_database: Database, tmp_path: Path
) -> None:
    await bring_in(sqlite_database, tmp_path, dict(ALL))

    held = DIALOGUES.replace("2025-10-07 09:00", "2025-10-08 09:00")
    found = await problems_of(sqlite_database, tmp_path, {"dialogues.csv": held})
    assert found == [
        "dialogues.csv:2:starts_at: the dialogue of 2025H2 was on 2025-10-07 09:00 and is over (afsluttet): "
        "write that time, or ekstra for another one"
    ]
    past = DIALOGUES.replace("2026-04-21 09:00", "2026-02-21 09:00")
    found = await problems_of(sqlite_database, tmp_path, {"dialogues.csv": past})
    assert found == ["dialogues.csv:3:starts_at: the dialogue of 2026H1 is still to come, and that time has passed"]
    overlapping = "title,age_range,valid_from,valid_to\nNy,0-6,2026H1,2027H2\n"
    [problem] = await problems_of(sqlite_database, tmp_path, {"themes.csv": overlapping})
    assert "the political round of 2025" not in problem
    assert "overlaps" in problem
    someone_else = PEOPLE.replace("lea@example.dk", "ole@example.dk").replace("Ole Bro,ole@", "Ole Bro,bro@")
    [problem] = await problems_of(sqlite_database, tmp_path, {"people.csv": someone_else})
    assert problem == "people.csv:2:email: belongs to someone with another aad_object_id until now"


async def test_a_folder_that_is_none_or_has_nothing_in_it_is_told(sqlite_database: Database, tmp_path: Path) -> None:
    [problem] = await problems_of(sqlite_database, tmp_path, {})
    assert "has none of institutions.csv, people.csv" in problem
    with pytest.raises(ImportProblems, match="is no folder"):
        await sqlite_database.write(lambda uow: import_folder(uow, tmp_path / "nowhere", now=NOW, progress=quiet))


DAMAGE = [
    *(b"\0", b"\xff", b"\xc3", b'"', b";", b",", b"\r", b"\n", b"-", b"*", b" ", "\u202e".encode()),
    *(b"2026H1", b"ekstra", b"nan", b"1e999", b"99999999999", b"Solen", b"T25:99", b"+99:99", b"0000-00-00"),
]


async def test_a_damaged_file_is_told_about_whatever_the_damage(sqlite_database: Database, tmp_path: Path) -> None:
    await bring_in(sqlite_database, tmp_path, dict(ALL))
    before = await sqlite_database.read(rows)
    chance = random.Random(2026)
    refused = 0
    for _ in range(150):
        files: dict[str, str | bytes] = dict(ALL)
        for name, content in ALL.items():
            damaged = content.encode()
            for _ in range(chance.choice((0, 0, 1, 3))):
                start = chance.randrange(len(damaged))
                damaged = damaged[:start] + chance.choice(DAMAGE) + damaged[start + chance.choice((0, 1, 9)) :]
            files[name] = damaged
        place = folder_of(tmp_path, files)
        try:
            await sqlite_database.rehearse(partial(import_folder, folder=place, now=NOW, progress=quiet))
        except ImportProblems:
            refused += 1
    assert refused > 100
    assert await sqlite_database.read(rows) == before


async def test_a_leaders_move_is_not_overruled_by_a_list_that_says_what_it_said_before(
    database: Database, tmp_path: Path
) -> None:
    rows = "institution,starts_at,place,number\nElmeskolen,{},Aulaen,\n"
    institutions = "name,type,age_range,area,aliases\nElmeskolen,skole,6-18,Nord,\n"
    (tmp_path / "institutions.csv").write_text(institutions, encoding="utf-8")

    async def bring_in(starts_at: str) -> tuple[datetime, int]:
        (tmp_path / "dialogues.csv").write_text(rows.format(starts_at), encoding="utf-8")
        now = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
        await database.write(lambda uow: import_folder(uow, tmp_path, now=now, progress=lambda *_: None))
        return await database.read(lambda uow: _only(uow))

    def _only(uow: UnitOfWork) -> tuple[datetime, int]:
        found = uow.session.scalars(select(Dialogue)).one()
        return found.starts_at, found.revision

    def move(uow: UnitOfWork) -> None:
        found = uow.session.scalars(select(Dialogue)).one()
        to = datetime(2026, 4, 23, 8, 0, tzinfo=UTC)
        cycle = uow.session.get_one(Cycle, found.cycle_id)
        found.move(to, "Biblioteket", now=datetime(2026, 3, 2, 8, 0, tzinfo=UTC), zone_day=to.date(), cycle=cycle)

    assert await bring_in("2026-04-21 09:00") == (datetime(2026, 4, 21, 7, 0, tzinfo=UTC), 1)
    await database.write(move)
    assert await bring_in("2026-04-21 09:00") == (datetime(2026, 4, 23, 8, 0, tzinfo=UTC), 2)
    assert await bring_in("2026-04-28 10:00") == (datetime(2026, 4, 28, 8, 0, tzinfo=UTC), 3)


@pytest.mark.parametrize(
    ("scope", "networks"),
    [
        ("dagtilbud", [InstitutionType.DAYCARE]),
        ("Skole; fritid", [InstitutionType.SCHOOL, InstitutionType.LEISURE]),
        ("*", [None]),
    ],
)
async def test_a_facilitators_scope_is_the_networks_they_are_for(
    database: Database, tmp_path: Path, scope: str, networks: list[InstitutionType | None]
) -> None:
    people = PEOPLE + f"Tove Ask,tove@example.dk,11111111-0000-0000-0000-00000000000b,facilitator,{scope},da\n"
    files: dict[str, str | bytes] = {**ALL, "people.csv": people}
    await bring_in(database, tmp_path, files)
    again = await bring_in(database, tmp_path, files, LATER)
    assert (again.counts["roles"].new, again.counts["roles"].ended) == (0, 0)

    def held(uow: UnitOfWork) -> list[tuple[object, object, object]]:
        query = select(RoleAssignment).where(role_assignment.c.role == Role.FACILITATOR)
        return [(each.institution_id, each.area_id, each.network) for each in uow.session.scalars(query)]

    assert sorted(await database.read(held), key=str) == sorted([(None, None, each) for each in networks], key=str)


@pytest.mark.parametrize("scope", ["Solstrålen", "Nord", "børnehave"])
async def test_a_facilitator_of_a_place_is_told_what_a_network_is(
    database: Database, tmp_path: Path, scope: str
) -> None:
    people = PEOPLE + f"Tove Ask,tove@example.dk,11111111-0000-0000-0000-00000000000b,facilitator,{scope},da\n"
    assert await problems_of(database, tmp_path, {**ALL, "people.csv": people}) == [
        f"people.csv:7:scope: a facilitator has a network, and “{scope}” is none: "
        "write dagtilbud, skole, fritidstilbud, or * for all"
    ]
