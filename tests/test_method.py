"""The register of methods: everybody's, in words, and only leaders add to it."""

from datetime import date

import pytest

from dialogs.conversation import Kind
from domain.organisation import Role, RoleAssignment
from domain.perspective import PerspectiveTool, ToolExperience
from storage.database import Database
from tests.record import all_of
from tests.town import Someone, Town, button, words


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
    assert "Mit ord" in words(await stranger.presses(one, "Gem erfaringen", experience="Mit ord"))
    assert len(await all_of(database, PerspectiveTool)) == before
    assert await all_of(database, ToolExperience) == []


async def test_an_experience_is_signed_with_the_institution_it_was_opened_for(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    both = RoleAssignment(
        person_id=town.leader.id, role=Role.LEADER, from_on=date(2024, 8, 1), institution_id=town.day_care.id
    )
    await database.write(lambda uow: uow.add(both))
    mette = Someone(database, town.leader)
    for place in ("Elmeskolen", "Børnehuset Åen"):
        listed = await mette.presses(await mette.says("metoder"), place)
        one = await mette.presses(await mette.presses(listed, "Erfaringer"), "Spørgeskema")
        assert place in words(one)
        card = await mette.presses(one, "Gem erfaringen", experience=f"Set på {place}")
        assert f"{place} · 14. april 2026" in words(card)
    told = {each.institution_id: each.text for each in await all_of(database, ToolExperience)}
    assert told == {town.school.id: "Set på Elmeskolen", town.day_care.id: "Set på Børnehuset Åen"}


async def test_an_experience_from_a_card_without_its_institution_is_given_back(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    one = await mette.presses(await mette.presses(await mette.says("metoder"), "Erfaringer"), "Fokusgruppe")
    found = button(one, "Gem erfaringen")
    for where in ("", str(town.day_care.id), "intet id"):
        data = {**found["data"], "where": where, "experience": "Mine ord"}
        reply = await mette.does(Kind.PRESSED, verb=found["verb"], data=data)
        assert "Mine ord" in words(reply.card or {})
    assert await all_of(database, ToolExperience) == []


async def test_a_method_that_was_just_added_is_seen_however_many_there_are(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    for number in range(9):
        new = await mette.presses(await mette.says("metoder"), "Tilføj en metode")
        card = await mette.presses(new, "Tilføj metoden", name=f"Åben dør {number}", how="Sådan")
        assert f"Åben dør {number}" in words(card)
    assert "flere under" in words(card)
