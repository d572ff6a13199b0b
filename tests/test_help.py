"""A way forward, whatever was typed."""

import pytest

from domain.organisation import AgeRange, Institution, InstitutionType
from storage.database import Database
from tests.every_answer import recorded
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


async def test_a_chief_of_many_that_nobody_leads_is_asked_about_in_no_more_questions(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    chief, counts = Someone(database, town.chief), []
    kind = {"type": InstitutionType.DAYCARE, "age_range": AgeRange.YOUNGER, "area_id": town.north.id}
    for some in range(3):
        with recorded() as sent:
            assert "”tilsynsresumé for Elmeskolen i foråret”" in words(await chief.says("hjælp"))
        counts.append(len(sent))
        unled = [Institution(name=f"Agerhønen {some} {n}", **kind) for n in range(10)]
        await database.write(lambda uow, unled=unled: uow.add(*unled))  # type: ignore[misc]
    assert counts[1] == counts[2] <= counts[0]


@pytest.mark.parametrize("typed", ["", "hvad bliver vejret", "x" * 10_000, "<at>bot</at>", "DROP TABLE person"])
async def test_what_is_not_understood_gets_a_kind_word_and_the_same_help(database: Database, typed: str) -> None:
    town = Town()
    await database.write(town.build)
    card = await Someone(database, town.chief).says(typed)
    assert "Det forstod jeg ikke. Her er det, jeg kan hjælpe med." in words(card)
    assert "”min oversigt”" in words(card)
    assert "”forbered”" not in words(card), "a chief prepares no dialogue"
