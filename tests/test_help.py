"""A way forward, whatever was typed."""

import pytest

from storage.database import Database
from tests.town import Someone, Town, words


@pytest.mark.parametrize("typed", ["hjælp", "help", "Hvad kan du?"])
async def test_help_tells_what_one_can_write(database: Database, typed: str) -> None:
    town = Town()
    await database.write(town.build)
    card = await Someone(database, town.leader).says(typed)
    assert "”forbered”" in words(card)
    assert "”flyt mødet med Birgit”" in words(card)
    assert "Det forstod jeg ikke" not in words(card)
    of_chief = words(await Someone(database, town.chief).says(typed))
    for example in (
        "tilsynsresumé for Elmeskolen i foråret",
        "1:1 med Mette på torsdag kl. 10",
        "åbne aftaler med Mette",
    ):
        assert f"”{example}”" in of_chief, "with the names of those they work with"


@pytest.mark.parametrize("typed", ["", "🙂", "hvad bliver vejret", "x" * 10_000, "<at>bot</at>", "DROP TABLE person"])
async def test_what_is_not_understood_gets_a_kind_word_and_the_same_help(database: Database, typed: str) -> None:
    town = Town()
    await database.write(town.build)
    card = await Someone(database, town.chief).says(typed)
    assert "Det forstod jeg ikke. Her er det, jeg kan hjælpe med." in words(card)
    assert "”min oversigt”" in words(card)
    assert "”forbered”" not in words(card), "a chief prepares no dialogue"
