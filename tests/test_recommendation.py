"""Nobody but the institution's leaders answers what was recommended to it."""

import pytest

from domain.perspective import Recommendation, Response
from storage.database import Database
from tests.record import all_of
from tests.test_perspective import GOOD
from tests.town import Someone, Town, values, words


@pytest.mark.parametrize("who", ["chief", "other_leader", "deputy", "administrator"])
async def test_nobody_else_answers_a_recommendation(database: Database, who: str) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    card = await mette.says("anbefalinger")
    stranger = Someone(database, getattr(town, who))
    refused = await stranger.presses(card, "Gem", response="ikke fulgt", reason="Mit ord")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Mit ord" in words(refused)
    [kept] = await all_of(database, Recommendation)
    assert kept.response is Response.OPEN


async def test_a_cpr_number_in_the_reason_is_not_stored_and_stays_in_the_card(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    card = await mette.presses(await mette.says("anbefalinger"), "Gem", response="delvist", reason="010203-1234")
    assert "cpr-nummer" in words(card)
    assert values(card)["reason"] == "010203-1234"
    [kept] = await all_of(database, Recommendation)
    assert kept.reason == ""


async def test_a_second_answer_is_shown_the_first_and_loses_nothing(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    first, second = await mette.says("anbefalinger"), await mette.says("anbefalinger")
    await mette.presses(first, "Gem", response="delvist", reason="Vi begynder i dansk")
    card = await mette.presses(second, "Gem", response="ikke fulgt", reason="Vi venter")
    assert "Vi begynder i dansk" in words(card)
    assert values(card)["reason"] == "Vi venter"
    await mette.presses(card, "Gem")
    [kept] = await all_of(database, Recommendation)
    assert (kept.response, kept.reason) == (Response.NOT_FOLLOWED, "Vi venter")


@pytest.mark.parametrize("other", ["Større grupper i matematik", ""])
async def test_r19_other_words_for_what_has_been_answered_are_a_perspective_of_their_own(
    database: Database, other: str
) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    saved = await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    await mette.presses(await mette.says("anbefalinger"), "Gem", response="delvist", reason="Vi begynder i dansk")
    card = await mette.presses(saved, "Ret")
    refused = await mette.presses(card, "Gem perspektivet", said="Vi vil sidde sammen to og to", recommend=other)
    assert "Den anbefaling har I svaret på" in words(refused)
    assert values(refused)["said"] == "Vi vil sidde sammen to og to"
    kept = await mette.presses(refused, "Gem perspektivet", recommend=GOOD["recommend"])
    assert "Vi vil sidde sammen to og to" in words(kept)
    # Answered or not, whoever asks for the last one gets it, whatever was told without one since.
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "recommend": ""})
    last = await mette.says("hvilke anbefalinger fik vi sidst")
    assert GOOD["recommend"] in words(last)
    assert values(last)["reason"] == "Vi begynder i dansk"
    [answered] = await all_of(database, Recommendation)
    assert (answered.text, answered.response) == (GOOD["recommend"], Response.PARTLY)


async def test_what_waits_stands_in_the_next_preparation(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    card = await mette.presses(await mette.says("forbered"), "Næste", sources="youth")
    assert "Flere små grupper i dansk" in words(card)
