"""Every read of what is audited is kept, shown to whom it concerns, and never changed again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dialogs.turn import Turn
from domain.access import Record
from domain.identity import new_id
from domain.one_on_one import OneOnOne
from domain.organisation import Person, Role, RoleAssignment
from storage.database import Database
from storage.errors import DatabaseError
from storage.unit_of_work import UnitOfWork
from tests.town import MUNICIPALITY, NOW, Someone, Town, buttons, person, words

pytestmark = pytest.mark.about_the_database

FEEDBACK, NOTE = new_id(), new_id()


async def reads(database: Database, reader: Person, town: Town, *, minutes: int = 0, note: bool = False) -> None:
    def work(uow: UnitOfWork) -> None:
        who = uow.session.get_one(Person, reader.id)
        turn = Turn.of(who, uow, NOW + timedelta(minutes=minutes), MUNICIPALITY)
        record, subject = (Record.ONE_ON_ONE_NOTE, NOTE) if note else (Record.FEEDBACK, FEEDBACK)
        turn.reads(record, subject, concerns=[town.leader.id, town.teacher.id], where=town.school)

    await database.write(work)


async def test_i33_who_has_read_what_is_shown_to_the_person_it_concerns_and_to_nobody_else(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette, jonas = Someone(database, town.leader), Someone(database, town.teacher)
    assert "andre end dig har læst noget" in words(await mette.says("hvem har set det"))
    await reads(database, town.chief, town)
    await reads(database, town.chief, town, minutes=30)
    await reads(database, town.consultant, town, minutes=40, note=True)
    await reads(database, town.leader, town, minutes=50)
    told = words(await mette.says("hvem har set det?"))
    assert "Birgit Dam\nTilbagemelding på en observation · Elmeskolen" in told
    assert "14. april 2026 kl. 10.30 · 2 gange den dag" in told
    assert told.index("Kaya Friis\nNotat fra en 1:1") < told.index("Birgit Dam")
    assert "Mette Holm" not in told
    assert "Mette Holm" in words(await jonas.says("who has seen it"))
    assert "andre end dig har læst noget" in words(await Someone(database, town.chief).says("hvem har set det"))


async def test_i33_two_reads_of_two_notes_can_be_told_apart(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    held = [datetime(2026, month, 9, 8, 0, tzinfo=UTC) for month in (2, 3)]
    met = [
        OneOnOne(
            chief_id=town.chief.id,
            leader_id=town.leader.id,
            institution_ids=(town.school.id,),
            starts_at=at,
            meets_on=at.date(),
            scheduled_at=at,
        )
        for at in held
    ]

    def work(uow: UnitOfWork) -> None:
        uow.add(*met)
        uow.session.flush()
        turn = Turn.of(uow.session.get_one(Person, town.leader.id), uow, NOW, MUNICIPALITY)
        for each in met:
            turn.reads(Record.ONE_ON_ONE_NOTE, each.id, concerns=[town.chief.id], where=town.school)

    await database.write(work)
    seen = words(await Someone(database, town.chief).says("hvem har set det"))
    for month in ("februar", "marts"):
        assert f"Mette Holm\nNotat fra 1:1 den 9. {month} 2026 · Elmeskolen" in seen


async def test_i33_the_data_protection_officer_sees_who_has_read_what_of_whom_and_nothing_of_what_was_read(
    database: Database,
) -> None:
    """Framework 4.4: "Audit on my records … DPO ✔"."""
    town, officer = Town(), person("Dorte Poulsen")
    await database.write(town.build)
    mette, dorte = Someone(database, town.leader), Someone(database, officer)
    assert "Ses af: kun dig" in words(await mette.says("hvem har set det"))
    held = RoleAssignment(person_id=officer.id, role=Role.PROTECTION_OFFICER, from_on=date(2024, 8, 1))

    def employs(uow: UnitOfWork) -> None:
        uow.add(officer)
        uow.session.flush()
        uow.add(held)

    await database.write(employs)
    assert "nogen har læst noget" in words(await dorte.says("hvem har set det"))
    await reads(database, town.chief, town)
    card = await dorte.says("hvem har set det")
    assert buttons(card) == ["Jonas Berg", "Mette Holm"]
    told = words(await dorte.presses(card, "Mette Holm"))
    assert "Mette Holm\nSes af: dig og Mette Holm" in told
    for typed in ("har nogen læst vores noter om Mette Holm", "hvem har set Mettes notat", "hvem har set Mette"):
        assert "Mette Holm\nSes af: dig og Mette Holm" in words(await dorte.says(typed)), typed
    assert "Birgit Dam\nTilbagemelding på en observation · Elmeskolen" in told
    assert "Ses af: dig og databeskyttelsesrådgiveren" in words(await mette.says("hvem har set det"))
    # Everybody else who gets hold of the button is answered as for an id that there is not.
    for someone in (town.leader, town.chief, town.administrator, town.consultant):
        refused = await Someone(database, someone).presses(card, "Jonas Berg")
        assert "Det har du ikke adgang til" in words(refused)
    for typed in ("tilsynsresumé for Elmeskolen", "fokusområder", "observationer", "aftaler", "notat", "perspektiver"):
        assert "Birgit Dam" not in words(await dorte.says(typed))
    await database.write(lambda uow: setattr(uow.session.get_one(RoleAssignment, held.id), "to_on", NOW.date()))
    dorte.now += timedelta(days=1)
    assert "Det har du ikke adgang til" in words(await dorte.presses(card, "Mette Holm"))


async def test_a_row_of_the_audit_cannot_be_put_in_the_place_of_another(sqlite_database: Database) -> None:
    town = Town()
    await sqlite_database.write(town.build)
    await reads(sqlite_database, town.chief, town)
    forged = (
        "INSERT OR REPLACE INTO audit_event SELECT id, at, concerns_id, concerns_id, record, subject_id, "
        "institution_id FROM audit_event"
    )
    with pytest.raises((DBAPIError, DatabaseError)):
        await sqlite_database.write(lambda uow: uow.session.execute(text(forged)))
    assert "Birgit Dam" in words(await Someone(sqlite_database, town.leader).says("hvem har set det"))


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET record = 'x'", "DELETE FROM audit_event"])
@pytest.mark.each_on_both
async def test_the_audit_is_only_ever_added_to_by_whatever_code(database: Database, statement: str) -> None:
    town = Town()
    await database.write(town.build)
    await reads(database, town.chief, town)
    with pytest.raises((DBAPIError, DatabaseError)):
        await database.write(lambda uow: uow.session.execute(text(statement)))
    assert "Birgit Dam" in words(await Someone(database, town.leader).says("hvem har set det"))


async def test_what_is_not_audited_cannot_be_noted_by_mistake(database: Database) -> None:
    town = Town()
    await database.write(town.build)

    def work(uow: UnitOfWork) -> None:
        turn = Turn.of(uow.session.get_one(Person, town.chief.id), uow, NOW, MUNICIPALITY)
        turn.reads(Record.DECISION, new_id(), concerns=[town.leader.id], where=town.school)

    with pytest.raises(ValueError, match="not audited"):
        await database.write(work)


async def test_many_reads_of_one_matter_on_a_day_are_one_line_and_hide_no_other(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    await reads(database, town.consultant, town, note=True)
    for number in range(1, 32):
        await reads(database, town.chief, town, minutes=15 * number)
    told = words(await Someone(database, town.leader).says("hvem har set det"))
    assert "31 gange den dag" in told
    assert "Kaya Friis" in told


async def test_the_card_has_thirty_lines(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for days in range(31):
        await reads(database, town.chief, town, minutes=days * 24 * 60)
    told = words(await Someone(database, town.leader).says("hvem har set det"))
    assert told.count("Birgit Dam") == 30
