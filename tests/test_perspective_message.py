"""*Gem som perspektiv*: a message in Teams becomes a perspective, and nothing of it is kept before it is saved."""

import logging
from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from cards.kit import Card
from dialogs.conversation import Kind, Reply
from domain.message import Answer, Chat, SentCard
from domain.organisation import Language, RoleAssignment
from domain.perspective import Group, Perspective, Recommendation
from domain.prompt import Prompt, PromptKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of, change
from tests.town import Someone, Town, button, buttons, options, person, values, words

SAID = "Det er lettere at sige noget i små grupper.\nDet er rart med ro."
GOOD = {"group": "unge", "via": "elevrådet", "count": "5-9", "recommend": "Flere små grupper"}
ACTION = "save_as_perspective"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, who has a personal chat with the bot."""
    await database.write(town.build)
    mette = Someone(database, town.leader)
    await mette.says("hjælp")
    return mette


async def chooses(someone: Someone, text: str = SAID, **more: Any) -> Reply:
    """Chooses the action on a message, in a channel unless told otherwise."""
    more = {"is_personal": False, "action": ACTION, **more}
    return await someone.does(Kind.MESSAGE_ACTION, text=text, **more)


async def submits(someone: Someone, card: Card, title: str, /, **typed: str) -> Reply:
    found = button(card, title)
    data = {**values(card), **typed, **found["data"]}
    return await someone.does(Kind.SUBMITTED, verb=found["verb"], data=data, action=ACTION, is_personal=False)


async def kept_answers(database: Database) -> list[str]:
    """The keys of the answers to dialogs that are kept, so that a repeated press gets the same one."""
    return [each.key for each in await all_of(database, Answer) if not each.key.startswith("said:")]


def shown(reply: Reply) -> Card:
    assert reply.dialog is not None
    assert not reply.dialog.closing
    assert reply.card is not None
    return reply.card


def closing(reply: Reply) -> str:
    assert reply.dialog is not None
    return reply.dialog.closing


async def test_r17_a_message_becomes_a_perspective_and_its_receipt_comes_to_the_personal_chat(
    mette: Someone, database: Database, town: Town
) -> None:
    reply = await chooses(mette)
    card = shown(reply)
    assert reply.dialog is not None
    assert reply.dialog.title == "Gem som perspektiv"
    assert values(card)["said"] == SAID
    assert "Jeg gemmer ikke, hvem der skrev den." in words(card)
    assert await all_of(database, Perspective) == []
    assert await all_of(database, Prompt) == []

    done = await submits(mette, card, "Gem perspektivet", **GOOD)
    assert closing(done).startswith("Perspektivet er gemt. Det ses af tilbuddets ledere")
    assert "vores egen chat" in closing(done)
    assert done.has_planned
    [kept] = await all_of(database, Perspective)
    assert (kept.institution_id, kept.group, kept.said) == (town.school.id, Group.YOUTH, SAID)
    assert len(await all_of(database, Recommendation)) == 1
    [receipt] = await all_of(database, Prompt)
    assert (receipt.kind, receipt.view, receipt.subject_id) == (PromptKind.ASKED, "perspective", kept.id)
    card = await mette.sees(receipt.view, receipt.subject_id)
    card = await mette.presses(await mette.presses(card, "Ret"), "Gem perspektivet", said="Rettet")
    assert [each.said for each in await all_of(database, Perspective)] == ["Rettet"]


async def test_i35_a_press_in_a_dialog_that_comes_twice_saves_once_and_ends_alike(
    mette: Someone, database: Database
) -> None:
    card = shown(await chooses(mette))
    first = await submits(mette, card, "Gem perspektivet", **GOOD)
    second = await submits(mette, card, "Gem perspektivet", **GOOD)
    assert closing(first) == closing(second) != ""
    assert len(await all_of(database, Perspective)) == 1
    assert len(await all_of(database, Prompt)) == 1


async def test_what_is_wrong_is_said_in_the_dialog_and_everything_typed_stays(
    mette: Someone, database: Database
) -> None:
    card = shown(await chooses(mette))
    wrong = shown(await submits(mette, card, "Gem perspektivet", **{**GOOD, "group": "", "said": "Se 010203-1234"}))
    assert "Vælg, hvis perspektiv det er." in words(wrong)
    assert "cpr-nummer" in words(wrong)
    assert values(wrong)["said"] == "Se 010203-1234"
    assert values(wrong)["recommend"] == GOOD["recommend"]
    assert await kept_answers(database) == [], "what may not be kept is kept nowhere"
    again = shown(await submits(mette, card, "Gem perspektivet", **{**GOOD, "group": "", "said": "Se 010203-1234"}))
    assert "cpr-nummer" in words(again)
    assert closing(await submits(mette, wrong, "Gem perspektivet", group="unge", said="Rettet"))
    assert len(await all_of(database, Perspective)) == 1


async def test_a_leader_of_several_chooses_which_and_the_words_go_along(
    mette: Someone, database: Database, town: Town
) -> None:
    since = date(2024, 8, 1)
    extra = RoleAssignment(
        person_id=town.leader.id, role=town.roles()[0].role, from_on=since, institution_id=town.day_care.id
    )
    await database.write(lambda uow: uow.add(extra))
    card = shown(await chooses(mette, text="ord " * 400))
    assert set(options(card, "id")) == {"Elmeskolen", "Børnehuset Åen"}
    card = shown(await submits(mette, card, "Næste", id=str(town.day_care.id)))
    assert "Børnehuset Åen" in words(card)
    assert "unge" not in options(card, "group").values()
    assert values(card)["said"] == ("ord " * 250).strip()
    assert "Slutningen er ikke med." in words(card)
    assert closing(await submits(mette, card, "Gem perspektivet", **{**GOOD, "group": "børn", "via": "bestyrelsen"}))
    [kept] = await all_of(database, Perspective)
    assert kept.institution_id == town.day_care.id


async def test_an_institution_one_does_not_lead_is_refused_like_one_that_is_not(
    mette: Someone, database: Database, town: Town
) -> None:
    for where in (town.day_care.id, town.theme.id, "junk"):
        data = {"id": str(where), "words": SAID, "was_cut": "no"}
        reply = await mette.does(Kind.SUBMITTED, verb="perspective.begin", data=data, action=ACTION)
        assert "Det har du ikke adgang til" in words(shown(reply))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Der er ingen tekst i beskeden"), ("x" * 1001, "Beskeden er længere"), ("x" * 1000, "Teksten kommer fra")],
)
async def test_the_card_says_what_of_the_message_is_there(mette: Someone, text: str, sentence: str) -> None:
    card = shown(await chooses(mette, text=text))
    assert sentence in words(card)
    assert values(card)["said"] == text[:1000]


async def test_whoever_leads_nowhere_gets_a_kind_word_and_nothing_is_kept(
    mette: Someone, database: Database, town: Town
) -> None:
    for someone in (town.chief, town.teacher, town.administrator):
        card = shown(await chooses(Someone(database, someone)))
        assert "Du kan sende beskeden videre til lederen." in words(card)
        assert SAID not in words(card)
    assert await kept_answers(database) == []


async def test_who_has_lost_the_role_gets_their_words_back_in_the_dialog(
    mette: Someone, database: Database, town: Town
) -> None:
    card = shown(await chooses(mette))
    await change(database, RoleAssignment, to_on=date(2026, 4, 13))
    refused = shown(await submits(mette, card, "Gem perspektivet", **GOOD))
    assert "Det har du ikke adgang til" in words(refused)
    assert SAID.splitlines()[0] in words(refused)
    assert await all_of(database, Perspective) == []


async def test_a_stranger_is_told_whom_to_ask_and_nothing_else(mette: Someone, database: Database) -> None:
    card = shown(await chooses(Someone(database, person("Ukendt Person"))))
    assert "Jeg kender dig ikke endnu" in words(card)
    assert SAID not in words(card)


@pytest.mark.parametrize("is_personal", [True, False])
async def test_i37_no_chat_over_which_a_dialog_stands_becomes_the_persons_own(
    database: Database, town: Town, is_personal: bool
) -> None:
    """A chat between two people calls itself personal, too; the bot would write its reminders into it."""
    await database.write(town.build)
    mette = Someone(database, town.leader)
    card = shown(await chooses(mette, is_personal=is_personal))
    data = {**values(card), **GOOD, **button(card, "Gem perspektivet")["data"]}
    more: dict[str, Any] = {"reply_to": "", "is_personal": is_personal, "action": ACTION}
    done = await mette.does(Kind.SUBMITTED, verb="perspective.save", data=data, **more)
    assert "Skriv ”perspektiver” til mig i vores egen chat" in closing(done)
    assert len(await all_of(database, Perspective)) == 1
    for entity in (Chat, Prompt, SentCard):
        assert await all_of(database, entity) == []


@pytest.mark.parametrize("verb", ["overview.open", "perspective.open", "preparation.ready", "no.such", ""])
async def test_a_dialog_answers_to_its_own_buttons_only(mette: Someone, town: Town, verb: str) -> None:
    data = {"id": str(town.dialogue.id)}
    reply = await mette.does(Kind.SUBMITTED, verb=verb, data=data, action=ACTION, is_personal=False)
    assert "Det har du ikke adgang til" in words(shown(reply))


@pytest.mark.parametrize("kind", [Kind.MESSAGE_ACTION, Kind.SUBMITTED])
async def test_an_action_that_is_not_offered_is_refused(mette: Someone, kind: Kind) -> None:
    reply = await mette.does(kind, action="no_such_action", verb="perspective.save", data={}, is_personal=False)
    assert "Det har du ikke adgang til" in words(shown(reply))


async def test_a_saved_press_repeated_under_another_action_ends_nothing(mette: Someone) -> None:
    card = shown(await chooses(mette))
    assert closing(await submits(mette, card, "Gem perspektivet", **GOOD))
    data = {**values(card), **GOOD, **button(card, "Gem perspektivet")["data"]}
    reply = await mette.does(Kind.SUBMITTED, verb="perspective.save", data=data, action="other")
    assert "Det har du ikke adgang til" in words(shown(reply))


async def test_it_speaks_the_language_of_the_person(mette: Someone, database: Database) -> None:
    def english(uow: UnitOfWork) -> None:
        uow.session.merge(mette.who).language = Language.ENGLISH

    await database.write(english)
    reply = await chooses(mette)
    assert reply.dialog is not None
    assert reply.dialog.title == "Save as perspective"
    done = await submits(mette, shown(reply), "Save the perspective", **GOOD)
    assert closing(done).startswith("The perspective is saved.")


async def test_nothing_of_a_message_reaches_a_log(mette: Someone, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        card = shown(await chooses(mette))
        await submits(mette, card, "Gem perspektivet", **GOOD)
    assert SAID.splitlines()[0] not in caplog.text
    assert SAID.splitlines()[0] not in card["fallbackText"]
    assert "Min oversigt" in buttons(card), (
        "the card is the same as in the chat; what leads elsewhere is left out at the edge"
    )
