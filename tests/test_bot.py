"""The whole bot over HTTP: real tokens at the door, a real database behind, and a channel that can fail."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio

from storage.database import Database
from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.channel.activities import TENANT
from tests.channel.channel import SECRET, stranger
from tests.channel.connector import LOST, Fault
from tests.channel.entra import TOKEN
from tests.channel.openid import Signer
from tests.town import NOW, Town, buttons, words

SECRET_WORDS = "Kanarienote om overgange"


class Clock:
    """The story's time: an evening, on which nobody is reminded of anything, until the story moves it."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(hours=12)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def inhabited_url(database_url: str, town: Town) -> str:
    """The URL of a database with the town in it."""
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    await database.close()
    return database_url


@pytest_asyncio.fixture
async def bot(inhabited_url: str, channel: Channel, clock: Clock) -> AsyncIterator[str]:
    async with running_bot(inhabited_url, channel, now=clock) as address:
        yield address


@pytest.fixture
def leader(bot: str, channel: Channel, town: Town) -> Persona:
    return channel.persona(town.leader)


async def test_from_the_clock_to_a_prepared_dialogue(leader: Persona, clock: Clock) -> None:
    await leader.installs()
    assert "Velkommen" in words(leader.newest)
    clock.now = NOW
    await leader.channel.connector.until(lambda: len(leader.chat) == 2)
    await leader.presses("Forbered")
    await leader.presses("Næste", sources="observation", interpretation=SECRET_WORDS)
    assert "Trin 2 af 3" in words(leader.newest)
    await leader.presses("Næste", children="Lettere i små grupper.", parents_by="2026-04-20")
    await leader.presses("Klar til samtalen", wishes="Hverdagen")
    assert "Forberedelsen er klar" in words(leader.newest)
    assert [each.method for each in leader.channel.connector.calls] == ["POST"] * 2 + ["PUT"] * 4


async def test_a_press_that_teams_sends_twice_is_done_once_and_answered_alike(leader: Persona) -> None:
    await leader.writes("forbered")
    press = leader.press("Gem kladde", interpretation=SECRET_WORDS)
    answers = await asyncio.gather(*(leader.channel.posts(press) for _ in range(3)))
    assert answers[0][0] == 200
    assert answers[0] == answers[1] == answers[2]


async def test_of_the_replacements_that_wait_for_one_message_only_the_newest_is_made(
    leader: Persona, channel: Channel
) -> None:
    """Each who presses has their own answer at once. A message of the same id in another chat is another message."""

    def made(place: str) -> list[Any]:
        calls = [each for each in channel.connector.calls if (each.method, each.conversation_id) == ("PUT", place)]
        return [each.body["attachments"][0]["content"] for each in calls]

    elsewhere = {"id": "a:elsewhere", "conversationType": "personal", "tenantId": TENANT}
    await leader.writes("forbered")
    form = replace(leader.chat[-1])
    channel.connector.answering.clear()
    answers = []
    for number in range(6):
        press = leader.press("Gem kladde", form, interpretation=f"{SECRET_WORDS} {number}")
        answers.append((await channel.posts(press))[1]["value"])
        await channel.posts({**press, "id": channel.next_id(), "conversation": elsewhere})
    channel.connector.answering.set()
    here = leader.conversation_id
    await channel.connector.until(lambda: len(made(here)) == len(made("a:elsewhere")) == 2)
    assert made(here)[-1] == answers[-1]


@pytest.mark.parametrize("changes", [{"channelData": {"tenant": {"id": str(UUID(int=5))}}}, {"from": {"id": "29:x"}}])
async def test_another_tenant_and_a_guest_without_identity_are_stopped_at_the_door(
    leader: Persona, changes: dict[str, Any]
) -> None:
    status, _ = await leader.channel.posts(leader.activity(**changes))
    assert status in (400, 403)
    assert leader.chat == []


async def test_somebody_who_is_not_on_the_list_is_refused_kindly_and_told_nothing(leader: Persona) -> None:
    unknown = stranger(leader.channel)
    card = await unknown.writes("overblik")
    assert "Elmeskolen" not in words(card)
    assert buttons(card) == []
    unknown.locale = "en-US"
    assert "I do not know you yet" in words(await unknown.writes("overview"))


async def test_a_stranger_at_the_door_gets_401_and_nothing_happens(leader: Persona) -> None:
    token = Signer("a key of nobody").mint(serviceurl=leader.channel.service_url)
    assert (await leader.channel.posts(leader.activity(), token))[0] == 401
    assert leader.chat == []


async def test_a_restart_in_the_middle_of_a_draft_loses_nothing(
    inhabited_url: str, channel: Channel, clock: Clock, town: Town
) -> None:
    leader = channel.persona(town.leader)
    async with running_bot(inhabited_url, channel, now=clock):
        await leader.writes("forbered")
        await leader.presses("Næste", sources="observation", interpretation=SECRET_WORDS)
    async with running_bot(inhabited_url, channel, now=clock):
        await leader.presses("Tilbage")
        assert SECRET_WORDS in words(leader.newest)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_typed_stays_in_the_card_while_the_database_cannot_be_written(
    inhabited_url: str,
    channel: Channel,
    clock: Clock,
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The invoke is answered with an error, so that the client keeps the card; the next press goes through."""
    monkeypatch.setattr("storage.sqlite.BUSY_SECONDS", 0.1)
    leader = channel.persona(town.leader)
    other = sqlite3.connect(inhabited_url.removeprefix("sqlite:///"), isolation_level=None)
    async with running_bot(inhabited_url, channel, now=clock):
        card = await leader.writes("forbered")
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.DEBUG):
            status, body = await channel.posts(leader.press("Gem kladde", interpretation=SECRET_WORDS))
        assert (status, body["statusCode"]) == (200, 500)
        assert body["value"]["code"] in body["value"]["message"]
        assert SECRET_WORDS not in caplog.text
        other.execute("ROLLBACK")
        assert leader.newest == card
        assert "Din kladde er gemt" in words(await leader.presses("Gem kladde", interpretation=SECRET_WORDS))
    other.close()


class TestAnAnswerThatSurelyDidNotArrive:
    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_it_comes_once_it_can_and_before_the_answer_to_what_was_typed_next(
        self, leader: Persona, channel: Channel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.answers.AGAIN_AFTER", 0.05)
        channel.connector.next_faults.extend([Fault(401, "Unauthorized")] * 3)
        await leader.writes("forbered")
        assert len(leader.chat) == 1
        assert "Læringssamtale" in words(leader.newest)
        channel.connector.next_faults.append(Fault(401, "Unauthorized"))
        await asyncio.gather(leader.writes("hjælp"), leader.writes("mine data"))
        await channel.connector.until(lambda: len(leader.chat) == 3)

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_what_may_have_arrived_is_not_sent_again(
        self, leader: Persona, channel: Channel, bot: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.answers.AGAIN_AFTER", 0.05)
        channel.connector.next_faults.append(LOST)
        await leader.writes("forbered")
        await leader.writes("hjælp")
        assert len(leader.chat) == 2
        async with aiohttp.ClientSession() as session, session.get(f"{bot}/metrics") as answer:
            shown = await answer.text()
        assert 'laeringsbot_answers_total{outcome="uncertain"} 1.0' in shown
        assert 'laeringsbot_answers_total{outcome="sent"} 1.0' in shown

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_a_bot_that_stops_tries_once_more_and_waits_no_longer(
        self, inhabited_url: str, channel: Channel, clock: Clock, town: Town
    ) -> None:
        leader = channel.persona(town.leader)
        async with running_bot(inhabited_url, channel, now=clock):
            channel.connector.next_faults.append(Fault(429, "TooManyRequests", retry_after=300))
            assert (await channel.posts(leader.activity(text="forbered")))[0] == 200
            assert not leader.chat
        assert len(leader.chat) == 1


async def test_a_message_in_a_group_is_answered_with_the_way_to_the_personal_chat(leader: Persona) -> None:
    place = {"id": "19:group@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}
    status, _ = await leader.channel.posts(leader.activity(text="overblik", conversation=place))
    assert status == 200
    (message,) = leader.channel.connector.in_chat("19:group@thread.v2")
    assert "Elmeskolen" not in words(message.card)


@pytest.mark.parametrize("told", [{}, {"conversationType": None}, {"conversationType": ""}])
async def test_where_it_is_not_said_that_a_chat_is_personal_nothing_of_it_is_shown(
    leader: Persona, told: dict[str, object]
) -> None:
    """Teams always says so; what does not say it may be a group, where others read along."""
    place = {"id": leader.conversation_id, "tenantId": TENANT, **told}
    for text in ("overblik", "tilsynsresumé", "forbered"):
        status, _ = await leader.channel.posts(leader.activity(text=text, conversation=place))
        assert status == 200
        assert "Elmeskolen" not in words(leader.chat[-1].card)
        assert "chat" in words(leader.chat[-1].card)
    await leader.writes("overblik")
    assert "Elmeskolen" in words(leader.chat[-1].card), "the same words in the personal chat"


@pytest.mark.parametrize("kind", ["event", "typing", "messageReaction", "endOfConversation", "somethingNew"])
async def test_kinds_of_activity_that_nobody_knows_change_nothing(leader: Persona, kind: str) -> None:
    status, _ = await leader.channel.posts(leader.activity(type=kind, name="x", value={"a": [1]}))
    assert status == 200
    assert leader.chat == []


async def test_what_an_operator_looks_at(bot: str, leader: Persona) -> None:
    await leader.writes("overblik")
    async with aiohttp.ClientSession() as session:
        for path in ("/healthz", "/readyz"):
            async with session.get(bot + path) as response:
                assert response.status == 200, await response.text()
        async with session.get(bot + "/metrics") as response:
            metrics = await response.text()
    assert 'laeringsbot_turns_total{kind="message",outcome="answered"} 1.0' in metrics
    assert leader.name not in metrics


async def test_names_notes_and_secrets_reach_no_log(leader: Persona, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await leader.writes("forbered")
        await leader.presses("Gem kladde", interpretation=SECRET_WORDS)
        await leader.writes(SECRET_WORDS)
    for canary in (SECRET_WORDS, leader.name, leader.identity, SECRET, TOKEN):
        assert canary not in caplog.text
    summaries = [str(each.body.get("summary")) for each in leader.channel.connector.calls]
    assert summaries
    assert not any(SECRET_WORDS in summary for summary in summaries)
