"""The invented municipality of the demo: whenever it is begun, everything that README names has something to show."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.feedback import Feedback
from domain.organisation import Institution, Person, Role, RoleAssignment
from domain.perspective import Perspective
from domain.preparation import Preparation
from scheduler.calendar import DaysOff
from storage.database import Database
from storage.demo import seed
from storage.demo_town import PERSONAS
from storage.perspective import perspective
from storage.unit_of_work import UnitOfWork
from tests.record import all_of
from tests.test_readme import cells
from tests.town import COPENHAGEN, Someone, buttons, options, words

A_TUESDAY_NIGHT = datetime(2026, 4, 14, 20, 40, tzinfo=UTC)
A_SUNDAY_MORNING = datetime(2026, 10, 18, 5, 10, tzinfo=UTC)
A_MONDAY_AT_EIGHT = datetime(2026, 11, 9, 7, 0, tzinfo=UTC)
BEFORE_CHRISTMAS = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)


async def played(database: Database, now: datetime) -> dict[str, Someone]:
    """The demo as it stands when it is begun at that time, and its three people."""
    await database.write(lambda uow: seed(uow, now, COPENHAGEN, DaysOff()))

    def people(uow: UnitOfWork) -> dict[str, Person]:
        known = {each.aad_object_id: each for each in uow.session.scalars(select(Person))}
        return {each.key: known[each.aad_object_id] for each in PERSONAS}

    found = await database.read(people)
    return {key: Someone(database, who, now=now) for key, who in found.items()}


@pytest.mark.parametrize("now", [A_TUESDAY_NIGHT, A_SUNDAY_MORNING, A_MONDAY_AT_EIGHT, BEFORE_CHRISTMAS])
async def test_everybody_wrote_and_met_in_working_hours(database: Database, now: datetime) -> None:
    await played(database, now)

    def moments(uow: UnitOfWork) -> list[datetime]:
        kinds = (Decision, Feedback, Perspective, Preparation)
        written = [each.written_at for kind in kinds for each in uow.session.scalars(select(kind))]
        begun = [each.starts_at for each in uow.session.scalars(select(Dialogue))]
        return [*(each for each in written if each), *begun]

    found = [each.astimezone(COPENHAGEN) for each in await database.read(moments)]
    assert len(found) > 100
    assert {each.hour for each in found} <= set(range(8, 17))
    days = {each.starts_at.astimezone(COPENHAGEN).date() for each in await all_of(database, Dialogue)}
    assert [each for each in days if each.weekday() > 4 or each in DaysOff()] == []

    def of_chief(uow: UnitOfWork) -> list[list[datetime]]:
        areas: dict[Person, set[UUID | None]] = {}
        for role in uow.session.scalars(select(RoleAssignment)):
            if role.role is Role.CHIEF:
                areas.setdefault(uow.session.get_one(Person, role.person_id), set()).add(role.area_id)
        led = {each.id: each.area_id for each in uow.session.scalars(select(Institution))}
        held = list(uow.session.scalars(select(Dialogue)))
        return [[each.starts_at for each in held if led[each.institution_id] in reach] for reach in areas.values()]

    for chief in await database.read(of_chief):
        times = sorted(chief)
        assert len(times) > 20
        assert all(after - before >= timedelta(minutes=90) for before, after in itertools.pairwise(times))


@pytest.mark.parametrize("now", [A_TUESDAY_NIGHT, A_MONDAY_AT_EIGHT])
async def test_every_word_of_the_readme_has_something_to_show(database: Database, now: datetime) -> None:
    people = await played(database, now)
    mette, rune, birgit = people["leader"], people["observer"], people["chief"]
    told = await database.read(lambda uow: set(uow.session.scalars(select(perspective.c.said))))
    assert "Birgit Dalum" in words(await mette.says("hvem har set det"))
    assert "Elmeskolen" in words(await mette.says("min oversigt"))
    assert "Trin 1 af 3" in words(await mette.says("forbered"))
    assert "I fire af seks klasser" in words(await mette.says("forbered"))
    reflection = await mette.says("refleksion")
    assert any(each.startswith("Unge, ") for each in options(reflection, "sources"))
    assert any(each in words(reflection) for each in told)
    assert "fælles refleksion" in words(await mette.says("beslutning"))
    for word in ("perspektiv", "inviter observatør", "dagsorden", "praksis"):
        assert "Det har du ikke adgang til" not in words(await mette.says(word))
    assert "Tilbagemelding på en observation" in words(await rune.says("feedback"))
    for word in ("notat", "aftaler", "fokusområder", "videnbase"):
        assert "Det har du ikke adgang til" not in words(await birgit.says(word))


async def test_every_example_of_what_a_chief_can_type_is_answered_in_the_demo(database: Database) -> None:
    birgit = (await played(database, A_TUESDAY_NIGHT))["chief"]
    for row in cells("### What a chief can type"):
        for typed in [example for told in row[1:] for example in told.split(", ")]:
            seen = words(await birgit.says(typed))
            for no in ("Det forstod jeg ikke", "Det kan jeg ikke svare på", "kender jeg ikke", "mener du?"):
                assert no not in seen, typed


async def test_every_word_that_opens_something_opens_it_in_the_demo(database: Database) -> None:
    people = await played(database, A_TUESDAY_NIGHT)
    for row in cells("### Words that open something"):
        who = people["observer" if row[0] == "observations" else "leader"]
        for word in re.findall(r"`([^`]+)`", row[1]):
            seen = words(await who.says(word))
            assert "Det forstod jeg ikke" not in seen, word
            assert "kender jeg ikke" not in seen, word


async def test_the_last_dialogue_of_the_leader_is_decided_and_has_an_extract_for_the_board(database: Database) -> None:
    people = await played(database, A_TUESDAY_NIGHT)
    mette = people["leader"]

    def closed(uow: UnitOfWork) -> Decision:
        return uow.session.scalars(select(Decision).where(Decision.author_id == mette.who.id)).first()  # type: ignore[arg-type, return-value]

    found = await database.read(closed)
    card = await mette.sees("decision", found.dialogue_id)
    assert "Faste makkerpar i dansk på 5. årgang" in words(card)
    assert {"Send til bestyrelsen", "Kopiér til referat"} <= set(buttons(card))
    extract = words(await mette.presses(card, "Send til bestyrelsen"))
    assert "internt" in extract
    assert "Faste makkerpar" in words(await people["chief"].sees("decision", found.dialogue_id))
