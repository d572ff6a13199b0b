"""The first meeting: once per person, with the facts everyone is owed; and who is not let in."""

import json
from dataclasses import replace

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from dialogs.conversation import Kind
from domain.message import Chat
from domain.organisation import Person
from domain.preparation import Preparation
from domain.prompt import Occasion
from domain.quiet import QuietTimes
from storage.database import Database
from storage.message import chat
from storage.prompt import plan
from storage.unit_of_work import UnitOfWork
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, buttons, person, words


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    await database.write(town.build)
    return Someone(database, town.leader)


async def test_the_welcome_comes_once_however_often_the_app_is_installed(mette: Someone) -> None:
    first = await mette.does(Kind.INSTALLED)
    assert first.card is not None
    assert "Jeg vurderer ikke dig eller dit tilbud, og jeg laver ingen ranglister." in words(first.card)
    assert "højst én gang om dagen" in words(first.card)
    assert (await mette.does(Kind.INSTALLED)).card is None
    assert (await mette.does(Kind.INSTALLED)).card is None
    # Without quiet times, as in the demo, what waits comes at once, and nothing else is promised.
    mette.municipality = replace(MUNICIPALITY, quiet=QuietTimes.none())
    for card in (await mette.says("hej"), await mette.says("genoptag påmindelser")):
        assert "Jeg skriver, når noget nærmer sig eller venter på dig." in words(card)


async def test_the_facts_of_the_information_duty_are_on_the_first_card(mette: Someone) -> None:
    card = (await mette.does(Kind.INSTALLED)).card
    facts = MUNICIPALITY.facts
    for owed in vars(facts).values():
        assert owed in words(card or {})
    assert "Du kan klage til Datatilsynet (datatilsynet.dk)." in words(card or {})


async def test_what_waits_for_an_answer_comes_back_when_the_app_is_opened_anew(
    mette: Someone, database: Database, town: Town
) -> None:
    await mette.does(Kind.INSTALLED)
    occasion = Occasion(
        key="preparation:1", person_id=town.leader.id, view="preparation", subject_id=town.dialogue.id,
        due_at=NOW, expires_at=STARTS,
    )  # fmt: skip
    await database.write(lambda uow: plan(uow, occasion))
    await database.write(sent)
    await mette.does(Kind.INSTALLED)
    views = await database.read(lambda uow: [row[0] for row in uow.session.execute(AGAIN)])
    assert views == ["preparation"]


def sent(uow: UnitOfWork) -> None:
    from domain.prompt import Prompt, PromptState

    for each in uow.session.scalars(select(Prompt)):
        each.state, each.sent_at, each.message_id = PromptState.SENT, NOW, "m1"


def _again() -> object:
    from storage.prompt import prompt

    return select(prompt.c.view).where(prompt.c.occasion.like("again:%"))


AGAIN = _again()


async def test_who_can_see_what_is_told_at_any_time_in_both_languages(mette: Someone) -> None:
    assert "Ses af: kun dig" in words(await mette.says("hvem kan se hvad"))
    await mette.says("english")
    card = await mette.says("who can see what")
    assert "No points, no rankings and no automatic verdicts: the professional judgement is yours." in words(card)
    assert "My overview" in buttons(card)


async def test_a_stranger_is_refused_politely_and_nothing_is_kept(database: Database, mette: Someone) -> None:
    stranger = Someone(database, person("Ukendt Gæst"))
    for kind in (Kind.SAID, Kind.PRESSED, Kind.INSTALLED):
        reply = await stranger.does(kind, text="forbered", verb="preparation.begin", data={})
        assert reply.card is not None
        assert "Jeg kender dig ikke endnu" in words(reply.card)
        assert "Elmeskolen" not in words(reply.card)
    assert await database.read(lambda uow: uow.session.scalar(select(func.count()).select_from(chat))) == 0


async def test_who_has_left_is_a_stranger_from_the_next_day(mette: Someone, database: Database, town: Town) -> None:
    def leave(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, town.leader.id).ended_on = NOW.date()

    await database.write(leave)
    assert "Jeg kender dig ikke endnu" not in words(await mette.says("forbered"))
    mette.now = NOW.replace(day=NOW.day + 1)
    assert "Jeg kender dig ikke endnu" in words(await mette.says("forbered"))


async def test_in_a_group_the_bot_points_to_the_personal_chat(mette: Someone) -> None:
    card = await mette.says("min oversigt", is_personal=False)
    assert "Skriv til mig i vores egen chat" in words(card)
    assert "Elmeskolen" not in words(card)


async def test_removing_the_app_forgets_the_address_and_keeps_the_records(mette: Someone, database: Database) -> None:
    await mette.presses(await mette.says("forbered"), "Gem kladde", interpretation="Der er mere ro i timerne")
    await mette.does(Kind.REMOVED)
    kept = await database.read(lambda uow: uow.session.scalars(select(Chat)).one())
    assert (kept.removed_at, kept.conversation_id) == (NOW, "")
    written = await database.read(lambda uow: uow.session.scalars(select(Preparation)).one())
    assert written.data.interpretation == "Der er mere ro i timerne"
    assert "Der er mere ro i timerne" in json.dumps(await mette.says("forbered"), ensure_ascii=False)
    assert (await database.read(lambda uow: uow.session.scalars(select(Chat)).one())).removed_at is None
