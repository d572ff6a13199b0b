"""One person who floods the bot: it costs others nothing, nothing they typed is lost, and they are told once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from unittest import mock

import pytest
import pytest_asyncio

from bot.flood import A_SECOND, AT_ONCE, MOST_PEOPLE, Floods, Verdict
from cards.kit import Card
from domain.organisation import Language
from storage.database import Database
from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.channel.channel import stranger
from tests.soak.stage import drafting
from tests.town import NOW, Town, words

TOLD = "Du har sendt mange beskeder på kort tid, og jeg har ikke læst de sidste."


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def frozen() -> Iterator[None]:
    """Nobody's allowance fills up again, however long a busy machine takes."""
    with mock.patch("bot.flood.A_SECOND", 0.0):
        yield


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def bot(database_url: str, town: Town, channel: Channel) -> AsyncIterator[str]:
    town.other_leader.language = Language.DANISH
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    await database.close()
    async with running_bot(database_url, channel, now=lambda: NOW - timedelta(hours=12)) as address:
        yield address


@pytest.fixture
def flooder(bot: str, channel: Channel, town: Town) -> Persona:
    return channel.persona(town.other_leader)


def told(persona: Persona) -> list[Card]:
    return [each.card for each in persona.chat if each.card and TOLD in words(each.card)]


async def test_300_messages_at_once_are_answered_a_little_and_another_is_answered_as_ever(
    flooder: Persona, channel: Channel, town: Town, frozen: None
) -> None:
    other = channel.persona(town.leader)
    draft = await drafting(other)
    presses = [other.press("Gem kladde", draft, interpretation=f"Vi læser videre {number}") for number in range(3)]
    messages = [flooder.activity(text=f"min oversigt {number}") for number in range(300)]
    flood = [asyncio.create_task(channel.posts(each)) for each in messages]
    await asyncio.sleep(0)
    for number, each in enumerate(presses):
        status, body = await channel.posts(each)
        assert (status, body["statusCode"]) == (200, 200)
        # The card was drawn before the first of them: what the next ones type stands in it beside what is kept.
        assert ("Din kladde er gemt" if number == 0 else f"Vi læser videre {number}") in words(body["value"])
    assert not all(each.done() for each in flood), "it is answered in the middle of the flood"
    assert {status for status, _ in await asyncio.gather(*flood)} == {200}, "the channel would send them again"
    await channel.connector.until(lambda: bool(told(flooder)))
    assert len(told(flooder)) == 1, "told once, and not at each"
    await channel.connector.until(lambda: len(flooder.chat) == AT_ONCE + 1)
    assert {status for status, _ in [await channel.posts(flooder.activity(text="hej"))]} == {200}
    assert len(flooder.chat) == AT_ONCE + 1


async def test_the_presses_of_a_flood_keep_what_was_typed_in_the_card(bot: str, channel: Channel, town: Town) -> None:
    leader = channel.persona(town.leader)
    draft = await drafting(leader)
    presses = [leader.press("Gem kladde", draft, interpretation=f"Udkast nummer {number}") for number in range(120)]
    with mock.patch("bot.flood.A_SECOND", 0.0):
        answers = [body for _, body in await asyncio.gather(*(channel.posts(each) for each in presses))]
    kept = [each for each in answers if each["statusCode"] == 200]
    refused = [each for each in answers if each["statusCode"] != 200]
    assert (len(kept), len(refused)) == (AT_ONCE - 1, 120 - AT_ONCE + 1), (
        "the word before them was one of what is taken"
    )
    for each in refused:
        assert (each["statusCode"], each["type"]) == (429, "application/vnd.microsoft.error")
        assert each["value"]["message"] == (
            "Det var meget på én gang. Din tekst står stadig i kortet – prøv igen om et øjeblik."
        )
    assert told(leader) == [], "the card says it, and no message does"
    await asyncio.sleep(8 / A_SECOND)
    await leader.writes("forbered")
    assert "Din kladde er gemt" in words(await leader.presses("Gem kladde", interpretation="Det sidste, jeg skrev"))
    assert "Det sidste, jeg skrev" in words(await leader.writes("forbered")), "it is kept once there is room again"


async def test_a_flood_in_english_and_one_of_a_stranger_are_told_in_their_language(bot: str, channel: Channel) -> None:
    someone = stranger(channel)
    someone.locale = "en-GB"
    await asyncio.gather(*(channel.posts(someone.activity(text=str(number))) for number in range(80)))
    english = "You have sent many messages in a short time"
    await channel.connector.until(lambda: sum(english in words(each.card) for each in someone.chat if each.card) == 1)


async def test_a_flood_in_a_group_is_answered_with_no_flood(flooder: Persona, channel: Channel, frozen: None) -> None:
    place = {
        "id": "19:group",
        "conversationType": "groupChat",
        "tenantId": flooder.activity()["conversation"]["tenantId"],
    }
    await asyncio.gather(*(channel.posts(flooder.activity(text="hej", conversation=place)) for _ in range(100)))
    said = channel.connector.in_chat("19:group")
    assert len(said) <= AT_ONCE
    assert not any(TOLD in words(each.card) for each in said if each.card)


async def test_a_forged_token_takes_nothing_of_anybodys_allowance(flooder: Persona, channel: Channel) -> None:
    forged = [channel.posts(flooder.activity(text="hej"), token="a.b.c") for _ in range(100)]
    assert {status for status, _ in await asyncio.gather(*forged)} == {401}
    assert "Børnehuset Åen" in words(await flooder.writes("min oversigt"))
    assert told(flooder) == []


def test_an_allowance_fills_up_and_a_flood_is_told_of_once() -> None:
    clock = Clock()
    floods = Floods(clock)
    assert [floods.judge("a") for _ in range(AT_ONCE)] == [Verdict.TAKEN] * AT_ONCE
    assert [floods.judge("a") for _ in range(3)] == [Verdict.TOLD, Verdict.TOO_MUCH, Verdict.TOO_MUCH]
    assert floods.judge("b") is Verdict.TAKEN
    clock.now += 1 / A_SECOND
    assert [floods.judge("a"), floods.judge("a")] == [Verdict.TAKEN, Verdict.TOO_MUCH], (
        "it goes on, and is not told anew"
    )
    clock.now += AT_ONCE / A_SECOND
    assert [floods.judge("a") for _ in range(AT_ONCE + 1)][-1] is Verdict.TOLD, "another one is told of"


def test_what_a_client_asks_for_by_itself_takes_nothing_from_what_somebody_does() -> None:
    floods = Floods(Clock())
    drawn = [floods.judge("a", is_automatic=True) for _ in range(AT_ONCE + 5)]
    assert drawn.count(Verdict.TAKEN) == AT_ONCE
    assert floods.judge("a") is Verdict.TAKEN


async def test_one_persons_turns_come_one_after_the_other_and_others_beside_them() -> None:
    floods, under_way, most = Floods(Clock()), {"a": 0, "b": 0}, {"a": 0, "b": 0, "both": 0}

    async def turn(who: str) -> None:
        async with floods.in_turn(who):
            under_way[who] += 1
            most[who] = max(most[who], under_way[who])
            most["both"] = max(most["both"], sum(under_way.values()))
            await asyncio.sleep(0)
            under_way[who] -= 1

    await asyncio.gather(*(turn(who) for who in "ab" * 20))
    assert most == {"a": 1, "b": 1, "both": 2}


def test_no_more_people_are_remembered_than_there_is_room_for() -> None:
    floods = Floods(Clock())
    for number in range(MOST_PEOPLE + 50):
        floods.judge(str(number))
    assert len(floods._people) == MOST_PEOPLE
