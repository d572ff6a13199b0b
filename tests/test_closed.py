"""An institution that closed, and a leader who has left, stay with those who answer for what was done there."""

from datetime import UTC, date, datetime, timedelta

import pytest_asyncio
from sqlalchemy import update

from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from storage.database import Database
from storage.organisation import institution, role_assignment
from storage.unit_of_work import UnitOfWork
from tests.asker import ask, opens_every_source
from tests.pair import AGREED, plans, shares
from tests.pair import birgit as birgit
from tests.pair import town as town
from tests.town import Someone, Town, options, person, words

CLOSED = date(2026, 9, 30)
AFTER = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
A_YEAR_ON = datetime(2027, 11, 26, 9, 0, tzinfo=UTC)


async def closes(database: Database, town: Town) -> None:
    """As an import without the school ends it, and the roles of those who were there."""

    def work(uow: UnitOfWork) -> None:
        uow.session.execute(update(institution).where(institution.c.id == town.school.id).values(ended_on=CLOSED))
        roles = update(role_assignment).where(role_assignment.c.institution_id == town.school.id)
        uow.session.execute(roles.values(to_on=CLOSED))

    await database.write(work)


async def opens(database: Database, town: Town, *aliases: str) -> Institution:
    """Another school in the same area, with a leader of her own."""
    where = Institution(
        name="Pileskolen",
        type=InstitutionType.SCHOOL,
        age_range=AgeRange.OLDER,
        area_id=town.north.id,
        aliases=aliases,
    )
    leader = person("Mette Lund")

    def work(uow: UnitOfWork) -> None:
        uow.add(where, leader)
        uow.session.flush()
        held = {"from_on": date(2024, 8, 1), "institution_id": where.id}
        uow.add(RoleAssignment(person_id=leader.id, role=Role.LEADER, **held))

    await database.write(work)
    return where


@pytest_asyncio.fixture
async def after(birgit: Someone, database: Database, town: Town) -> Someone:
    """The chief in the half-year in which the school has closed, with an agreement that is open."""
    await plans(birgit)
    await birgit.presses(await shares(birgit), "Gem aftalen", **AGREED)
    await closes(database, town)
    birgit.now = AFTER
    return birgit


async def test_what_closed_is_found_by_its_name_and_marked_and_its_last_half_year_is_meant(after: Someone) -> None:
    """DESIGN 8: "ended, not deleted"."""
    for text in ("tilsynsresumé for Elmeskolen forår 2026", "beslutninger på Elmeskolen forår 2026"):
        assert "Elmeskolen (lukket 30. september 2026) · forår 2026" in words(await after.says(text)), text
    after.now = A_YEAR_ON
    assert "Elmeskolen (lukket 30. september 2026) · efterår 2026" in words(
        await after.says("tilsynsresumé for Elmeskolen")
    )


async def test_an_area_says_what_has_closed_and_nothing_is_lacking_where_the_doors_are_closed(
    after: Someone, database: Database, town: Town
) -> None:
    await opens(database, town)
    now = words(await after.says("tilsynsresumé for Nord"))
    assert "lukket: Elmeskolen" in now
    assert "Pileskolen" in now.partition("Mangler")[2]
    assert "Elmeskolen" not in now.partition("Mangler")[2]
    for text in ("tilsynsresumé for Nord forår 2026", "læringssamtaler i Nord forår 2026"):
        assert "2 tilbud · lukket: Elmeskolen" in words(await after.says(text)), text
    after.now = A_YEAR_ON
    assert "2 tilbud · lukket: Elmeskolen" in words(await after.says("tilsynsresumé for Nord forår 2026"))
    assert "Elmeskolen" not in words(await after.says("tilsynsresumé for Nord"))


async def test_i23_an_agreement_is_open_until_it_is_closed_also_where_the_institution_is(
    after: Someone, database: Database, town: Town
) -> None:
    """I23: "Open agreements appear … until closed"."""
    await opens(database, town)
    for now in (AFTER, A_YEAR_ON):
        after.now = now
        for text in ("aftaler", "hvilke aftaler er åbne", "aftaler i Nord"):
            assert AGREED["text"] in words(await after.says(text)), text
        waits = await ask(after, "attention_list")
        assert AGREED["text"] in words(waits)
        assert await opens_every_source(after, waits) >= 1
        assert "Elmeskolen" not in words(waits).partition("Grupper uden et perspektiv")[2]
        assert AGREED["text"] not in words(await ask(Someone(database, town.other_chief, now=now), "attention_list"))
    card = await ask(after, "agreement_overview")
    opened = await after.presses(card, "Åbn aftalen", id=next(iter(options(card, "id").values())))
    # Whoever was to do it is gone, and it is the chief's to close.
    await after.presses(opened, "Gennemført", result="Den blev holdt")
    assert AGREED["text"] not in words(await after.says("hvilke aftaler er åbne"))


async def test_nobody_sees_more_than_before(after: Someone, database: Database, town: Town) -> None:
    """I32: by role in force on the day of reading."""
    for who in (town.other_chief, town.leader, town.other_leader, town.deputy):
        someone = Someone(database, who, now=AFTER)
        for text in (
            "tilsynsresumé for Elmeskolen forår 2026",
            "aftaler på Elmeskolen",
            "tilsynsresumé for Mette Holm",
        ):
            card = words(await someone.says(text))
            assert "lukket" not in card, (who.name, text)
            assert AGREED["text"] not in card, (who.name, text)


async def test_a_name_that_is_somebody_elses_now_is_theirs(after: Someone, database: Database, town: Town) -> None:
    await opens(database, town, "Elmeskolen")
    card = words(await after.says("tilsynsresumé for Elmeskolen forår 2026"))
    assert "Pileskolen · forår 2026" in card
    assert "lukket" not in card


async def test_a_former_leader_is_found_by_the_whole_name(after: Someone, database: Database, town: Town) -> None:
    await opens(database, town)
    card = words(await after.says("tilsynsresumé for Mette Holm forår 2026"))
    assert "Elmeskolen (lukket 30. september 2026) · forår 2026" in card
    assert AGREED["text"] in words(await after.says("aftaler med Mette Holm"))
    # The one who is here needs no surname.
    assert "Pileskolen · forår 2026" in words(await after.says("tilsynsresumé for Mette forår 2026"))


async def test_who_was_made_nameless_is_no_name_to_ask_by(after: Someone, database: Database, town: Town) -> None:
    def work(uow: UnitOfWork) -> None:
        someone = uow.session.get_one(Person, town.leader.id)
        someone.name, someone.anonymised_on, someone.ended_on = "En tidligere leder", CLOSED, CLOSED

    await database.write(work)
    said = words(await after.says("tilsynsresumé for Mette Holm forår 2026"))
    assert "Det navn kender jeg ikke" in said
    assert "forår 2026" not in said


async def test_a_former_leader_stands_for_what_they_led_then(birgit: Someone, database: Database, town: Town) -> None:
    """The school goes on with another leader."""

    def work(uow: UnitOfWork) -> None:
        mine = role_assignment.c.person_id == town.leader.id
        uow.session.execute(update(role_assignment).where(mine).values(to_on=CLOSED))
        held = {"from_on": CLOSED + timedelta(days=1), "institution_id": town.school.id}
        uow.add(RoleAssignment(person_id=town.deputy.id, role=Role.LEADER, **held))

    await database.write(work)
    birgit.now = AFTER
    said = words(await birgit.says("tilsynsresumé for Mette Holm forår 2026"))
    assert "Elmeskolen · forår 2026" in said
    assert "Elmeskolen" not in words(await birgit.says("tilsynsresumé for Mette Holm forår 2027"))
