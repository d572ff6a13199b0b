"""Every answer can be had as Word and as PDF, by one way: its own lines, their sources, and who sees it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.files import Files, Found
from cards.kit import Card
from dialogs.understanding import THE_TWELVE
from domain.access import Record
from domain.organisation import AgeRange, Role
from storage.audit import audit_event
from storage.database import Database
from tests.asker import ask
from tests.test_board import REACHABLE, links
from tests.test_document import text_of_pdf, text_of_word
from tests.test_summary import first
from tests.town import NOW, Someone, Town, buttons, parts, words

OF_THEIR_OWN = ("political_report", "one_on_one_recap")
ANSWERS = [each for each in THE_TWELVE if each not in OF_THEIR_OWN]
# What waits for whoever asks is on the card alone: it is left out where something else is named.
OF_PLACES: dict[str, dict[str, Any]] = {"attention_list": {"age_range": AgeRange.OLDER}}


async def a_chief(database: Database) -> Someone:
    return replace(await first(database, Role.CHIEF), municipality=REACHABLE)


async def read(someone: Someone, card: Card, title: str) -> str:
    """What stands in the file of the link, on one line."""
    found = await Files(someone.database, someone.municipality, lambda: someone.now).get(links(card)[title])
    assert isinstance(found, Found), title
    reads = text_of_pdf if title == "Hent som PDF" else text_of_word
    return " ".join(reads(found.body).split())


def lines(card: Card) -> list[str]:
    """What is in bold in the lines of the answer: the first words of each."""
    return [
        str(each["text"]).strip()
        for each in parts(card)
        if each.get("type") == "TextRun" and each.get("weight") == "Bolder" and "size" not in each
    ]


@pytest.mark.parametrize("intent", ANSWERS)
@pytest.mark.each_on_both
async def test_every_answer_is_a_file_with_its_scope_its_lines_its_sources_and_who_sees_it(
    seeded: Database, intent: str
) -> None:
    chief = await a_chief(seeded)
    answer = await ask(chief, intent, **OF_PLACES.get(intent, {}))
    asked_for = await ask(chief, intent, format="pdf", **OF_PLACES.get(intent, {}))
    assert "Ses af: kun dig, indtil du deler det" in words(asked_for)
    assert list(links(asked_for)) == ["Hent som PDF"]
    both = await chief.presses(asked_for, "Nye links")
    assert sorted(links(both)) == ["Hent som PDF", "Hent som Word"]
    for title in links(both):
        text = await read(chief, both, title)
        scope = words(answer).splitlines()[1]
        assert " ".join(scope.split()) in text
        assert f"af {chief.who.name}" in text
        assert "Uddrag – ingen vurdering" in text
        assert "Kilder" in text
        assert "[1]" in text
        missing = [each for each in lines(answer) if " ".join(each.split()) not in text]
        assert missing == [], title
    again = await chief.presses(both, "Se svaret")
    assert words(again) == words(answer)


@pytest.mark.parametrize("intent", [each for each in ANSWERS if each != "supervision_summary"])
async def test_the_way_to_the_file_is_on_the_card_and_not_behind_the_dots(seeded: Database, intent: str) -> None:
    chief = await a_chief(seeded)
    card = await ask(chief, intent)
    assert "Word og PDF" in buttons({"body": card["body"]}), "in the card itself"
    assert "Nye links" in buttons(await chief.presses(card, "Word og PDF"))


async def test_the_summarys_files_and_its_saving_are_seen_on_a_phone(seeded: Database) -> None:
    chief = await a_chief(seeded)
    card = await ask(chief, "supervision_summary")
    assert "Gem som tilsynsresumé" in buttons({"body": card["body"]})
    assert sorted(links({"body": card["body"]})) == ["Hent som PDF", "Hent som Word"]
    assert [each for each in card["actions"] if each.get("mode") == "secondary"] == []


async def test_reading_the_file_is_written_down_for_the_leaders(seeded: Database) -> None:
    chief = await a_chief(seeded)
    card = await ask(chief, "decision_list", format="docx")
    count = select(func.count()).where(
        audit_event.c.reader_id == chief.who.id, audit_event.c.record == Record.SUPERVISION_SUMMARY.value
    )
    before: Any = await seeded.read(lambda uow: uow.session.scalar(count))
    await read(chief, card, "Hent som Word")
    after: Any = await seeded.read(lambda uow: uow.session.scalar(count))
    assert after > before


async def test_a_file_is_of_the_one_answer_that_it_was_asked_for(seeded: Database) -> None:
    chief = await a_chief(seeded)
    await chief.says("beslutninger i foråret")
    assert list(links(await chief.says("som pdf"))) == ["Hent som PDF"]
    assert links(await chief.says("og i efteråret?")) == {}


@pytest.mark.parametrize("typed", ["beslutninger", "tilsynsresumé"])
async def test_a_file_of_what_is_new_since_last_is_of_that_alone_and_says_so(seeded: Database, typed: str) -> None:
    chief = await a_chief(seeded)
    asks_first = await chief.says(f"{typed} siden sidst som word")
    assert "Du har ikke set netop det her før" in words(asks_first)
    everything = await read(chief, asks_first, "Hent som Word")
    assert "[1]" in everything
    await chief.says(typed)
    later = replace(chief, now=NOW + timedelta(days=2))
    card = await later.says(f"{typed} siden sidst som word")
    assert "nyt siden" in words(card)
    assert "Du har ikke set netop det her før" not in words(card)
    told = await read(later, card, "Hent som Word")
    assert "nyt siden" in told.lower()
    assert "[1]" not in told, "nothing has come since"


async def test_what_two_have_talked_about_is_no_file_and_it_is_told_kindly(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    birgit = Someone(database, town.chief, municipality=REACHABLE)
    card = await birgit.says("hvad talte jeg med Mette om sidst, som pdf")
    assert "En 1:1 bliver ikke til en fil" in words(card)
    assert links(card) == {}
    assert "Word og PDF" not in buttons(card)


async def test_without_an_address_of_its_own_it_says_that_there_are_no_files(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await ask(Someone(database, town.chief), "dialogue_overview", format="pdf")
    assert "Filer hentes med et link i chatten, og det har kommunen ikke sat op." in words(card)
    assert links(card) == {}
