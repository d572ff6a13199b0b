"""A rhythm suggests the next 1:1 to the chief, and plans none by itself."""

from datetime import date, timedelta

from dialogs import rhythm as flow
from dialogs.conversation import Kind
from domain.one_on_one import OneOnOne
from domain.rhythm import Rhythm
from storage.database import Database
from tests.pair import MEETS, birgit, mette, planned_by, plans, shares, town  # noqa: F401
from tests.record import all_of
from tests.test_one_on_one import end_role
from tests.town import Someone, Town, button, buttons, values, words

DUE = MEETS + timedelta(weeks=6)


async def sets(birgit: Someone, weeks: int) -> None:  # noqa: F811
    card = await birgit.presses(await birgit.says("1:1 med Mette"), "Rytme")
    await birgit.presses(card, "Gem rytmen", weeks=str(weeks))


async def test_there_is_none_until_the_chief_sets_one_and_it_suggests_without_planning(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    assert values(await birgit.presses(await birgit.says("1:1 med Mette"), "Rytme"))["weeks"] == "0"
    await shares(birgit)
    assert await planned_by(database, flow.clock, DUE) == []
    await sets_later(birgit, database)
    suggested_at = DUE - timedelta(days=14)
    assert await planned_by(database, flow.clock, suggested_at - timedelta(minutes=1)) == []
    [due] = await planned_by(database, flow.clock, suggested_at)
    assert due.person_id == town.chief.id
    birgit.now = suggested_at
    card = await birgit.sees("rhythm", due.subject_id)
    assert "Du vil mødes hver 6. uge." in words(card)
    assert (values(card)["day"], values(card)["clock"]) == ("2026-06-04", "10:00")
    assert "Ikke nu" in buttons(card)
    assert len(await all_of(database, OneOnOne)) == 1
    await birgit.presses(card, "Planlæg 1:1")
    assert len(await all_of(database, OneOnOne)) == 2
    assert await birgit.gets("rhythm", due.subject_id) is None
    assert await planned_by(database, flow.clock, suggested_at) == []


async def sets_later(birgit: Someone, database: Database) -> None:  # noqa: F811
    """Sets it on a 1:1 that has been held."""
    [kept] = await all_of(database, OneOnOne)
    shown = await birgit.sees("one_on_one", kept.id)
    await birgit.presses(await birgit.presses(shown, "Rytme"), "Gem rytmen", weeks="6")


async def test_it_is_changed_taken_away_and_the_chiefs_alone(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await sets(birgit, 6)
    await sets(birgit, 8)
    [kept] = await all_of(database, Rhythm)
    assert kept.weeks == 8
    shown = await mette.says("1:1")
    assert "Rytme" not in buttons(shown)
    reply = await mette.does(
        Kind.PRESSED, verb="rhythm.set", data={"id": button(shown, "Flyt mødet")["data"]["id"], "weeks": "4"}
    )
    assert reply.card is not None
    assert "Det har du ikke adgang til" in words(reply.card)
    assert await mette.gets("rhythm", kept.id) is None
    await sets(birgit, 0)
    assert await all_of(database, Rhythm) == []


async def test_nothing_is_suggested_outside_of_the_line(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await sets(birgit, 4)
    await shares(birgit)
    await end_role(database, town.leader, date(2026, 5, 1))
    [kept] = await all_of(database, Rhythm)
    birgit.now = DUE
    assert await planned_by(database, flow.clock, DUE) == []
    assert await birgit.gets("rhythm", kept.id) is None


async def test_one_set_long_after_the_last_meeting_suggests_at_once(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await shares(birgit)
    birgit.now = MEETS + timedelta(weeks=20)
    await sets_later(birgit, database)
    [due] = await planned_by(database, flow.clock, birgit.now)
    assert due.due_at == birgit.now
    assert due.expires_at > birgit.now
    assert values(await birgit.sees("rhythm", due.subject_id))["day"] == "2026-09-11"
    assert len(await planned_by(database, flow.clock, birgit.now + timedelta(days=3))) == 1


async def test_what_falls_into_the_holidays_is_suggested_when_they_are_over(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await sets(birgit, 12)
    await shares(birgit)
    [due] = await planned_by(database, flow.clock, MEETS + timedelta(weeks=12))
    assert due.due_at.date() == date(2026, 7, 2)
    assert due.expires_at.date() > date(2026, 8, 10)
