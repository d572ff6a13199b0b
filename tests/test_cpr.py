"""I31: "Free text that matches a CPR number … is rejected before storing" — in whatever way people type one."""

import pytest

from domain.perspective import Perspective
from storage.database import Database
from tests.record import all_of
from tests.test_perspective import GOOD
from tests.town import Someone, Town, values, words


@pytest.fixture
async def mette(database: Database) -> Someone:
    town = Town()
    await database.write(town.build)
    return Someone(database, town.leader)


@pytest.mark.parametrize(
    "typed",
    [
        "Om 010203-1234",
        "0102031234",
        "cpr.010203-1234",
        "Cprnr.0102031234",
        "nr,010203-1234",
        "(010203 1234)",
        "010203 - 1234",
        "010203–1234.",
        "010203\u00a01234",
        "０１０２０３-１２３４",
        "010203-1234 og 22 33 44 55",
    ],
)
async def test_i31_a_cpr_number_is_refused_however_it_is_typed(mette: Someone, database: Database, typed: str) -> None:
    card = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "recommend": typed})
    assert "cpr-nummer" in words(card)
    assert values(card)["recommend"] == typed
    assert await all_of(database, Perspective) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Tallet steg fra 1,0102031234 til 2,0",
        "I alt 0102031234567 kr.",
        "Ring 22 33 44 55",
        "Journal 991399-1234",
        "Frist 311226\n2026 er året",
        "3.010203 og 1.234",
    ],
)
async def test_i31_other_numbers_are_not_taken_for_one(mette: Someone, database: Database, typed: str) -> None:
    card = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "recommend": typed})
    assert "cpr-nummer" not in words(card)
    assert [each.recommend for each in await all_of(database, Perspective)] == [typed]
