"""*Ikke nu*: the draft is kept, and the card comes again when it suits."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dialogs.conversation import Kind
from domain.prompt import Prompt
from storage.database import Database
from tests.town import STARTS, Someone, Town, buttons, values, words


@pytest.mark.parametrize(
    ("title", "due_at"),
    [
        ("I morgen", datetime(2026, 4, 8, 6, 0, tzinfo=UTC)),
        ("På mandag", datetime(2026, 4, 13, 6, 0, tzinfo=UTC)),
        ("I næste uge", datetime(2026, 4, 15, 6, 0, tzinfo=UTC)),
    ],
)
async def test_the_draft_is_kept_and_the_card_comes_again_when_it_suits(
    database: Database, title: str, due_at: datetime
) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader, now=datetime(2026, 4, 7, 8, 0, tzinfo=UTC))
    card = await mette.presses(await mette.says("forbered"), "Ikke nu", interpretation="Påbegyndt")
    answer = await mette.presses(card, title)
    assert "Jeg vender tilbage" in words(answer)
    planned = await database.read(lambda uow: uow.session.scalars(select(Prompt)).one())
    assert (planned.view, planned.subject_id, planned.due_at) == ("preparation", town.dialogue.id, due_at)
    again = await mette.sees("preparation", town.dialogue.id)
    assert values(again)["interpretation"] == "Påbegyndt"


async def test_putting_off_what_one_may_not_see_brings_nothing(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    # On the day before it only the one who may see it is told that it is near.
    near = {"now": STARTS - timedelta(hours=20)}
    mette, stranger = Someone(database, town.leader, **near), Someone(database, town.other_leader, **near)
    offered = []
    for someone, subject_id in ((mette, town.dialogue.id), (stranger, town.dialogue.id), (stranger, UUID(int=7))):
        data = {"id": str(subject_id), "view": "preparation"}
        reply = await someone.does(Kind.PRESSED, verb="later.ask", data=data)
        offered.append(buttons(reply.card or {}))
    assert "På mandag" not in offered[0]
    assert offered[1] == offered[2]
    assert "På mandag" in offered[1]
    data = {"id": str(town.dialogue.id), "view": "preparation", "when": "tomorrow"}
    await stranger.does(Kind.PRESSED, verb="later.choose", data=data)
    assert await stranger.gets("preparation", town.dialogue.id) is None


async def test_a_view_that_does_not_exist_is_refused(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    data = {"id": str(town.dialogue.id), "view": "no.such.view", "when": "tomorrow"}
    reply = await mette.does(Kind.PRESSED, verb="later.choose", data=data)
    assert "Det har du ikke adgang til" in words(reply.card or {})


async def test_with_nothing_waiting_there_is_nothing_to_put_off(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    assert "Der venter ikke noget" in words(await Someone(database, town.leader).says("ikke nu"))
