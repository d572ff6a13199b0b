"""Where we are, the next date and what waits; for a chief, a date and a word."""

from datetime import UTC, datetime

from storage.database import Database
from tests.town import Someone, Town, buttons, parts, words


async def built(database: Database) -> Town:
    town = Town()
    await database.write(town.build)
    return town


async def test_a_leader_sees_the_place_in_the_cycle_the_next_date_and_the_tasks(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("min oversigt")
    assert "Tema" in words(card)
    assert "Læringssamtale 2 af 4" in words(card)
    assert "tirsdag den 21. april kl. 9.00" in words(card)
    assert "efterår 2025 – forår 2027" in words(card)
    assert buttons(card) == ["Forbered", "Åbn"]
    assert "Trin 1 af 3" in words(await mette.presses(card, "Forbered"))


async def test_r29_the_loop_stands_with_its_five_places_in_order_and_the_present_one_strong(database: Database) -> None:
    """R-29: "Where are we in the period?" as text: `Tema → Fokusområde → Læringssamtale 2 af 4 → Tilsyn → Byråd`."""
    town = await built(database)
    card = await Someone(database, town.leader).says("min oversigt")
    [drawn] = [each["inlines"] for each in parts(card) if "→" in words({"body": [each]}) and "inlines" in each]
    told = "".join(each["text"] for each in drawn).replace("\u00a0", " ")
    assert told == "Tema → Fokusområde → Læringssamtale 2 af 4 → Tilsyn → Byråd"
    strong = [each["text"].replace("\u00a0", " ") for each in drawn if each.get("weight") == "Bolder"]
    assert strong == ["Læringssamtale 2 af 4"]


async def test_a_task_that_is_done_does_not_wait_any_more(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", sources="observation", interpretation="Vi ser flere stemmer i timerne.")
    card = await mette.presses(card, "Næste", children="a", parents="b")
    await mette.presses(card, "Klar til samtalen")
    assert buttons(await mette.says("min oversigt")) == []


async def test_a_dialogue_far_ahead_is_no_task_yet(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    assert "Forbered" not in buttons(await mette.says("overblik"))


async def test_a_chief_sees_a_date_and_a_word_for_each_own_institution_and_no_other(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    await mette.presses(await mette.says("forbered"), "Gem kladde", interpretation="Hemmelig kladde")
    card = await Someone(database, town.chief).says("min oversigt")
    assert "Elmeskolen" in words(card)
    assert "under forberedelse" in words(card).lower()
    assert "Hemmelig kladde" not in words(card)
    other = await Someone(database, town.other_chief).says("min oversigt")
    assert "Elmeskolen" not in words(other)
    assert "Børnehuset Åen" in words(other)


async def test_two_days_before_the_chief_sees_that_it_is_not_prepared_and_no_more(database: Database) -> None:
    town = await built(database)
    chief = Someone(database, town.chief, now=datetime(2026, 4, 19, 6, 0, tzinfo=UTC))
    assert "ikke forberedt" not in words(await chief.says("min oversigt")).lower()
    chief.now = datetime(2026, 4, 19, 7, 0, tzinfo=UTC)
    assert "ikke forberedt" in words(await chief.says("min oversigt")).lower()


async def test_someone_with_nothing_to_do_is_told_so(database: Database) -> None:
    town = await built(database)
    card = await Someone(database, town.teacher).says("my overview")
    assert "Ikke noget lige nu." in words(card)


async def test_the_overview_is_shown_to_the_person_themselves_only(database: Database) -> None:
    town = await built(database)
    assert await Someone(database, town.chief).gets("overview", town.leader.id) is None
