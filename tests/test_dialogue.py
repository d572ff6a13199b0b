"""Moving a learning dialogue: the others hear of it, and what was planned for the old time falls away."""

import pytest
from sqlalchemy import select

from domain.dialogue import Dialogue
from domain.prompt import Prompt, PromptKind
from storage.database import Database
from tests.town import STARTS, Someone, Town, options, values, words


async def built(database: Database) -> Town:
    town = Town()
    await database.write(town.build)
    return town


async def asked_to_move(mette: Someone) -> dict[str, object]:
    return await mette.presses(await mette.says("forbered"), "Flyt samtalen")


async def test_the_participants_hear_of_the_new_time_and_the_mover_does_not(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await asked_to_move(mette)
    assert values(card)["day"] == "2026-04-21"
    assert values(card)["clock"] == "09:00"
    moved = await mette.presses(card, "Flyt", day="2026-05-05", clock="13:15", place="Biblioteket")
    assert "tirsdag den 5. maj kl. 13.15" in words(moved)
    prompts = await database.read(lambda uow: uow.session.scalars(select(Prompt)).all())
    told = {each.person_id for each in prompts if each.view == "dialogue.moved"}
    assert told == {town.chief.id, town.consultant.id}
    assert {each.kind for each in prompts if each.view == "dialogue.moved"} == {PromptKind.URGENT}
    news = await Someone(database, town.chief).sees("dialogue.moved", town.dialogue.id)
    assert "tirsdag den 5. maj kl. 13.15" in words(news)
    assert await Someone(database, town.other_chief).gets("dialogue.moved", town.dialogue.id) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-04-13"}, "Det tidspunkt er forbi."),
        ({"day": "2026-09-01"}, "Samtalen hører til forår 2026."),
        ({"day": "2027-04-21"}, "Samtalen hører til forår 2026."),
        ({"day": ""}, "Vælg en dato."),
        ({"clock": ""}, "Vælg et klokkeslæt."),
        ({"day": "21/4", "clock": "9:00"}, "Vælg en dato."),
        ({"day": "2026-02-30"}, "Vælg en dato."),
    ],
)
async def test_a_time_that_cannot_be_is_said_at_the_field(
    database: Database, typed: dict[str, str], sentence: str
) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.presses(await asked_to_move(mette), "Flyt", place="Nyt sted", **typed)  # type: ignore[arg-type]
    assert sentence in words(card)
    assert values(card)["place"] == "Nyt sted"
    kept = await database.read(lambda uow: uow.session.get_one(Dialogue, town.dialogue.id))
    assert kept.starts_at == STARTS
    assert kept.revision == 1


async def test_an_hour_that_the_clock_change_skips_does_not_exist(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=STARTS.replace(month=3, day=1))
    card = await mette.presses(await asked_to_move(mette), "Flyt", day="2026-03-29", clock="02:30")  # type: ignore[arg-type]
    assert "så klokkeslættet findes ikke" in words(card)


async def test_two_who_move_it_at_once_do_not_overrule_one_another_unseen(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    one, other = await asked_to_move(mette), await asked_to_move(mette)
    await mette.presses(one, "Flyt", day="2026-04-22")  # type: ignore[arg-type]
    answer = await mette.presses(other, "Flyt", day="2026-04-23")  # type: ignore[arg-type]
    assert "Samtalen er imens flyttet til onsdag den 22. april kl. 9.00." in words(answer)


async def test_only_a_leader_of_the_institution_moves_it(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await asked_to_move(mette)
    for stranger in (town.chief, town.other_leader, town.teacher):
        answer = await Someone(database, stranger).presses(card, "Flyt", day="2026-04-22")  # type: ignore[arg-type]
        assert "Det har du ikke adgang til" in words(answer)


async def test_a_text_typed_before_moving_is_kept(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("forbered")
    figure = next(iter(options(card, "figures").values()))
    card = await mette.presses(card, "Flyt samtalen", figures=figure, interpretation="Skrevet inden flytningen")
    card = await mette.presses(card, "Tilbage")
    assert values(card)["interpretation"] == "Skrevet inden flytningen"
