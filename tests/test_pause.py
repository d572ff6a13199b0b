"""A pause from reminders, and the end of it."""

from datetime import UTC, date, datetime, timedelta

from domain.organisation import Person
from storage.database import Database
from tests.town import Someone, Town, words


async def paused_until(database: Database, town: Town) -> date | None:
    return await database.read(lambda uow: uow.session.get_one(Person, town.leader.id).paused_until)


async def test_a_pause_lasts_as_long_as_was_chosen_and_can_be_ended(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    card = await mette.presses(await mette.says("pause påmindelser"), "I 2 uger")
    assert "På pause til og med 28. april 2026." in words(card)
    assert await paused_until(database, town) == date(2026, 4, 28)
    card = await mette.presses(card, "Slå påmindelser til")
    assert "Påmindelser er slået til" in words(card)
    assert await paused_until(database, town) is None
    await mette.presses(card, "Pause i 2 uger")
    await mette.says("genoptag påmindelser")
    assert await paused_until(database, town) is None


async def test_the_time_that_is_typed_is_read_back_and_a_press_away(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    for typed, until in (
        ("pause til maj", "30. april 2026"),
        ("pause til den 4. maj", "3. maj 2026"),
        ("pause i 3 uger", "5. maj 2026"),
        ("pause 3 uger", "5. maj 2026"),
        ("pause indtil maj", "30. april 2026"),
        ("pause i en måned", "14. maj 2026"),
        ("pause til og med 4. maj", "4. maj 2026"),
        ("pause til uge 20", "10. maj 2026"),
    ):
        assert f"Forstået som: pause til og med {until}." in words(await mette.says(typed)), typed
    assert "Forstået som" not in words(await mette.says("pause om 2 uger"))
    card = await mette.says("pause til januar")
    assert "En pause varer højst otte uger." in words(card)
    assert "til og med 9. juni 2026" in words(await mette.presses(card, "Hold pause til da"))
    assert await paused_until(database, town) == date(2026, 6, 9)


async def test_until_christmas_is_until_the_day_before_it(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader, now=datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
    for typed, until in (
        ("pause til jul", "23. december 2026"),
        ("pause til nytår", "31. december 2026"),
        ("pause til uge 2", "10. januar 2027"),
        ("pause til og med 3. januar", "3. januar 2027"),
    ):
        assert f"Forstået som: pause til og med {until}." in words(await mette.says(typed)), typed


async def test_a_day_that_has_passed_ends_no_later_pause(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    old = await mette.says("pause til den 20. april")
    mette.now += timedelta(days=10)
    await mette.presses(await mette.says("pause"), "I 4 uger")
    card = await mette.presses(old, "Hold pause til da")
    assert "Dagen på det kort er gået, så der er ikke ændret noget." in words(card)
    assert await paused_until(database, town) == date(2026, 5, 22)


async def test_no_pause_is_longer_than_eight_weeks(database: Database) -> None:
    from dialogs.conversation import Kind

    town = Town()
    await database.write(town.build)
    await Someone(database, town.leader).does(Kind.PRESSED, verb="pause.set", data={"weeks": 500})
    assert await paused_until(database, town) == date(2026, 6, 9)
