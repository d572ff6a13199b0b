"""A dialog over Teams, from the three dots on a message to the receipt, over HTTP and against the channel."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.dialog import in_dialog
from cards.kit import Card
from storage.database import Database
from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.channel.activities import NOT_GIVEN, TENANT
from tests.channel.channel import stranger
from tests.town import NOW, Town, parts, values, words

SECRET_WORDS = "Kanarienote om små grupper"
AUTHOR = "Forfatter Kanariefugl"
GOOD = {"group": "unge", "via": "elevrådet", "count": "5-9"}
CHANNEL = {"id": "19:teachers@thread.skype;messageid=1776760000000", "conversationType": "channel", "isGroup": True}
GROUP = {"id": "19:group@thread.v2", "conversationType": "groupChat", "isGroup": True}
BETWEEN_TWO = {"id": "19:one_two@unq.gbl.spaces", "conversationType": "personal"}


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def inhabited_url(database_url: str, town: Town) -> str:
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    await database.close()
    return database_url


@pytest_asyncio.fixture
async def leader(inhabited_url: str, channel: Channel, town: Town) -> AsyncIterator[Persona]:
    """The leader, on an evening on which nobody is reminded of anything."""
    async with running_bot(inhabited_url, channel, now=lambda: NOW - timedelta(hours=12)):
        yield channel.persona(town.leader)


def message(html: str = f"<p><at id='0'>Læringsbot</at> {SECRET_WORDS}<br>Ro</p>") -> dict[str, Any]:
    """A message as Teams sends it along."""
    user = {"userIdentityType": "aadUser", "id": "0197f7a0-0000-7000-8000-000000000abc", "displayName": AUTHOR}
    return {
        "id": "1776760000000",
        "replyToId": None,
        "createdDateTime": "2026-04-13T12:52:24.833Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/19:teachers@thread.skype/1776760000000",
        "deleted": False,
        "importance": "normal",
        "locale": "da-dk",
        "body": {"contentType": "html", "content": html},
        "from": {"device": None, "conversation": None, "user": user, "application": None},
        "reactions": [],
        "mentions": [],
        "attachments": [],
    }


def invoke(someone: Persona, name: str, place: dict[str, Any], **value: Any) -> dict[str, Any]:
    about = {"commandId": "save_as_perspective", "commandContext": "message", "context": {"theme": "default"}, **value}
    return someone.activity(
        type="invoke",
        name=f"composeExtension/{name}",
        text=NOT_GIVEN,
        conversation={**place, "tenantId": TENANT},
        value=about,
    )


async def chooses(someone: Persona, place: dict[str, Any] = CHANNEL, **value: Any) -> dict[str, Any]:
    """Chooses *Gem som perspektiv*: what Teams is told to show."""
    raw = invoke(someone, "fetchTask", place, **{"messagePayload": message(), **value})
    status, body = await someone.channel.posts(raw)
    assert status == 200, body
    assert body["task"]["type"] == "continue"
    shown: dict[str, Any] = body["task"]["value"]
    return shown


def card_in(shown: dict[str, Any]) -> Card:
    assert shown["card"]["contentType"] == "application/vnd.microsoft.card.adaptive"
    card: Card = shown["card"]["content"]
    return card


def submission(someone: Persona, card: Card, place: dict[str, Any] = CHANNEL, **typed: str) -> dict[str, Any]:
    """The press of the dialog's first button, with what is typed."""
    [first, *_others] = [each for each in parts(card) if each.get("type") == "Action.Submit"]
    data = {**values(card), **typed, **first["data"]}
    return invoke(someone, "submitAction", place, data=data, messagePayload=message())


@pytest.mark.parametrize("place", [CHANNEL, GROUP, BETWEEN_TWO], ids=["channel", "group", "between two"])
async def test_from_the_three_dots_on_a_message_to_the_receipt_in_the_personal_chat(
    leader: Persona, place: dict[str, Any]
) -> None:
    await leader.writes("hjælp")
    shown = await chooses(leader, place)
    assert (shown["title"], shown["width"], shown["height"]) == ("Gem som perspektiv", "medium", "large")
    card = card_in(shown)
    assert values(card)["said"] == f"{SECRET_WORDS}\nRo"
    status, body = await leader.channel.posts(submission(leader, card, place, **GOOD))
    assert status == 200
    assert body["task"]["type"] == "message"
    assert body["task"]["value"].startswith("Perspektivet er gemt.")
    await leader.channel.connector.until(lambda: len(leader.chat) == 2)
    assert SECRET_WORDS in words(leader.newest)
    assert values(await leader.presses("Ret"))["said"] == f"{SECRET_WORDS}\nRo"
    assert leader.channel.connector.in_chat(place["id"]) == [], "the chat of the message gets nothing"


async def test_a_dialog_only_has_buttons_that_it_can_press(leader: Persona) -> None:
    card = card_in(await chooses(leader))
    kinds = {str(each.get("type")) for each in parts(card)}
    assert {each for each in kinds if each.startswith("Action.")} == {"Action.Submit", "Action.ToggleVisibility"}
    actions = [each for each in parts(card) if each.get("type") == "Action.Submit"]
    assert [(each["type"], each["title"]) for each in actions] == [("Action.Submit", "Gem perspektivet")]
    assert actions[0]["data"]["verb"] == "perspective.save"


async def test_what_is_wrong_comes_back_in_the_dialog_with_all_that_was_typed(leader: Persona) -> None:
    card = card_in(await chooses(leader))
    _, body = await leader.channel.posts(submission(leader, card, **{**GOOD, "group": "", "recommend": "Mere ro"}))
    again = card_in(body["task"]["value"])
    assert "Vælg, hvis perspektiv det er." in words(again)
    assert (values(again)["said"], values(again)["recommend"]) == (f"{SECRET_WORDS}\nRo", "Mere ro")
    _, body = await leader.channel.posts(submission(leader, again, group="unge"))
    assert body["task"]["type"] == "message"


async def test_a_submission_that_teams_sends_again_is_answered_alike(leader: Persona) -> None:
    raw = submission(leader, card_in(await chooses(leader)), **GOOD)
    first, second = [await leader.channel.posts(raw) for _ in range(2)]
    assert first == second


async def test_whoever_leads_nowhere_and_strangers_get_a_kind_word(leader: Persona, town: Town) -> None:
    chief = leader.channel.persona(town.chief)
    assert "Kun ledere gemmer perspektiver" in words(card_in(await chooses(chief)))
    unknown = card_in(await chooses(stranger(leader.channel)))
    assert "Jeg kender dig ikke endnu" in words(unknown)


JUNK: dict[str, Any] = {
    "no message": {"messagePayload": None},
    "a word": {"messagePayload": "besked"},
    "a list": {"messagePayload": [[[]]]},
    "no body": {"messagePayload": {"body": None, "from": 7}},
    "nested": {"messagePayload": {"body": {"content": {"content": [{"a": {}}]}}}},
    "200 KB": {"messagePayload": message("<div><b>ord</b> " * 12_500)},
    "200 KB of nothing": {"messagePayload": message("<a " * 65_000)},
    "no command": {"commandId": None},
    "another command": {"commandId": "x" * 5_000},
    "a command that is none": {"commandId": {"a": 1}},
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=list(JUNK))
async def test_a_payload_that_is_none_is_answered_with_a_card(leader: Persona, junk: dict[str, Any]) -> None:
    assert "Ses af:" in words(card_in(await chooses(leader, **junk)))


@pytest.mark.parametrize(
    "value",
    [None, "x", [], {}, {"data": None}, {"data": "x"}, {"data": {"verb": ["perspective.save"]}}, {"data": {"verb": 1}}],
)
@pytest.mark.parametrize("name", ["fetchTask", "submitAction"])
@pytest.mark.each_on_both
async def test_a_value_that_is_none_never_fails(leader: Persona, name: str, value: Any) -> None:
    raw = {**invoke(leader, name, GROUP), "value": value}
    status, body = await leader.channel.posts(raw)
    assert status == 200
    assert "Det har du ikke adgang til" in words(card_in(body["task"]["value"]))


async def test_who_wrote_the_message_is_neither_shown_nor_kept(
    leader: Persona, caplog: pytest.LogCaptureFixture, inhabited_url: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        shown = await chooses(leader)
        _, body = await leader.channel.posts(submission(leader, card_in(shown), **GOOD))
    for canary in (AUTHOR, "0197f7a0-0000-7000-8000-000000000abc", "teams.microsoft.com/l/message"):
        assert canary not in caplog.text
        assert canary not in str(shown)
        assert canary not in str(body)
    assert SECRET_WORDS not in caplog.text
    if inhabited_url.startswith("sqlite"):
        kept = sqlite3.connect(inhabited_url.removeprefix("sqlite:///"))
        everything = "\n".join(kept.iterdump())
        kept.close()
        assert SECRET_WORDS in everything
        assert AUTHOR not in everything


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_while_the_database_cannot_be_written_the_dialog_carries_what_was_typed_to_the_next_try(
    leader: Persona, inhabited_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.sqlite.BUSY_SECONDS", 0.1)
    card = card_in(await chooses(leader))
    other = sqlite3.connect(inhabited_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    status, body = await leader.channel.posts(submission(leader, card, **GOOD))
    other.execute("ROLLBACK")
    other.close()
    assert status == 200
    fault = card_in(body["task"]["value"])
    assert SECRET_WORDS in words(fault)
    assert SECRET_WORDS not in caplog.text
    _, body = await leader.channel.posts(submission(leader, fault))
    assert body["task"]["value"].startswith("Perspektivet er gemt.")


async def test_other_invokes_of_a_message_extension_are_none_of_ours(leader: Persona) -> None:
    status, body = await leader.channel.posts(invoke(leader, "query", GROUP))
    assert (status, body["statusCode"]) == (200, 501)


def test_what_unfolds_stays_and_what_leads_elsewhere_goes() -> None:
    toggle = {"type": "Action.ToggleVisibility", "title": "Mere", "targetElements": ["more"]}
    inner = {"type": "Action.Execute", "title": "Andet", "verb": "b.c", "data": {"k": "1"}}
    ours = {"type": "Action.Execute", "title": "Gem", "verb": "a.b", "data": {"k": "1"}, "associatedInputs": "auto"}
    card = {
        "type": "AdaptiveCard",
        "refresh": {"action": inner},
        "body": [
            {"type": "ActionSet", "actions": [toggle]},
            {"type": "ActionSet", "actions": [inner]},
            {"type": "Container", "items": [{"type": "ActionSet", "actions": [inner, ours]}]},
        ],
        "actions": [inner],
    }
    submit = {"type": "Action.Submit", "title": "Gem", "data": {"k": "1", "verb": "a.b"}, "associatedInputs": "auto"}
    assert in_dialog(card, frozenset({"a.b"})) == {
        "type": "AdaptiveCard",
        "body": [
            {"type": "ActionSet", "actions": [toggle]},
            {"type": "Container", "items": [{"type": "ActionSet", "actions": [submit]}]},
        ],
    }
