"""The register of methods: everybody's, in words, and only leaders add to it."""

import pytest

from domain.perspective import PerspectiveTool, ToolExperience
from storage.database import Database
from tests.record import all_of
from tests.town import Someone, Town, words


@pytest.mark.parametrize("who", ["chief", "deputy", "administrator"])
async def test_only_leaders_add_a_method_or_an_experience(database: Database, who: str) -> None:
    town = Town()
    await database.write(town.build)
    mette, stranger = Someone(database, town.leader), Someone(database, getattr(town, who))
    before = len(await all_of(database, PerspectiveTool))
    listed = await mette.says("metoder")
    new = await mette.presses(listed, "Tilføj en metode")
    refused = await stranger.presses(new, "Tilføj metoden", name="Gåtur", how="To og to")
    assert "Det har du ikke adgang til" in words(refused)
    assert "To og to" in words(refused)
    one = await mette.presses(await mette.presses(listed, "Erfaringer"), "Fokusgruppe")
    assert "Mit ord" in words(await stranger.presses(one, "Fortæl det", experience="Mit ord"))
    assert len(await all_of(database, PerspectiveTool)) == before
    assert await all_of(database, ToolExperience) == []
