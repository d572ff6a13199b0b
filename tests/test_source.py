"""What stands behind a line of an answer opens as its reader may see it, whichever flow it belongs to."""

from datetime import timedelta

from cards.kit import SHOWN
from cards.source import OPEN
from dialogs import BUTTONS
from dialogs.source import OPENS
from domain.facts import SourceKind
from domain.organisation import Role
from storage.database import Database
from tests.test_one_on_one_recap import reads
from tests.test_summary import ask, first
from tests.town import Someone, button, options, words


def test_every_kind_of_source_has_a_card() -> None:
    assert set(OPENS) | {SourceKind.PLACE, SourceKind.OBSERVATION} == set(SourceKind)
    assert BUTTONS[OPEN].only_shows


async def test_what_is_not_registered_is_shown_as_what_is(seeded: Database) -> None:
    """A line of what is not there rests on all that is: the reader counts for themselves."""
    chief: Someone = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief), "Vis kilder")
    place = next(each for each in _values(sources) if each.startswith("place:"))
    card = await chief.presses(sources, "Åbn kilden", source=place)
    assert "Det er registreret" in words(card)
    assert "intet registreret" in words(card)


async def test_i33_the_sources_and_what_is_registered_are_a_read_as_well(seeded: Database) -> None:
    chief: Someone = await first(seeded, Role.CHIEF)
    card = await ask(chief)
    before = await reads(seeded)
    chief.now += timedelta(hours=1)
    sources = await chief.presses(card, "Vis kilder")
    listed = await reads(seeded)
    assert listed > before
    chief.now += timedelta(hours=1)
    place = next(each for each in _values(sources) if each.startswith("place:"))
    await chief.presses(sources, "Åbn kilden", source=place)
    assert await reads(seeded) > listed


async def test_whoever_has_chosen_no_source_is_asked_for_one_on_the_same_page(seeded: Database) -> None:
    chief: Someone = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await chief.presses(await ask(chief), "Vis kilder"), "De næste")
    again = await chief.presses(sources, "Åbn kilden")
    assert "Vælg en kilde fra listen." in words(again)
    assert "Kilden kan ikke åbnes" not in words(again)
    assert _values(again) == _values(sources)
    opened = await chief.presses(again, "Åbn kilden", source=_values(again)[0])
    assert "Vælg en kilde fra listen." not in words(opened)
    assert _values(await chief.presses(opened, "Tilbage til kilderne")) == _values(sources)
    way = button(opened, "Tilbage til kilderne")
    shown = [each["title"] for each in opened["actions"] if each.get("mode") != "secondary"]
    assert way["title"] in shown, "a way back behind the dots is found by few"
    assert len(shown) <= SHOWN


async def test_a_page_that_is_no_longer_there_is_the_last_one(seeded: Database) -> None:
    chief: Someone = await first(seeded, Role.CHIEF)
    listed = await chief.presses(await ask(chief), "Vis kilder")
    last = await chief.presses(listed, "Åbn kilden", page="999")
    assert "Vælg en kilde fra listen." in words(last)
    assert _values(last)


def _values(card: dict[str, object]) -> list[str]:
    return list(options(card, "source").values())
