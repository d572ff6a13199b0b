"""The observation guide has editions, in both languages, written by the administration."""

import pytest
import pytest_asyncio

from domain.guide import ObservationGuide
from storage.database import Database
from tests.record import all_of
from tests.town import Someone, Town, buttons, values, words
from tests.visits import Neighbours, invites, observed
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

NEW = {
    "definition": "Rammer og fællesskab.",
    "points": "- Leg\n- Samtale\n",
    "rules": "Du er gæst",
    "definition_en": "Setting and community.",
    "points_en": "Play\nTalk",
    "rules_en": "You are a guest",
}


@pytest_asyncio.fixture
async def nis(database: Database, town: Town, mette: Someone) -> Someone:
    """The administration of the whole municipality."""
    return Someone(database, town.administrator)


async def test_r47_everybody_reads_the_guide_in_their_language(mette: Someone, database: Database, town: Town) -> None:
    for someone in (town.leader, town.teacher, town.chief, town.consultant):
        card = await Someone(database, someone).says("observationsguide")
        assert "Et læringsmiljø er det, børn og unge møder i hverdagen" in words(card)
        assert "Skriv en ny udgave" not in buttons(card)
    await mette.says("english")
    assert "A learning environment is what children" in words(await mette.says("observation guide"))


async def test_r47_the_administration_publishes_an_edition_and_visits_keep_theirs(
    mette: Someone, nis: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    before = await observed(database)
    card = await nis.presses(await nis.says("observationsguide"), "Skriv en ny udgave")
    assert "Deltagelse" in values(card)["points"]
    card = await nis.presses(card, "Gem kladde", **NEW)
    card = await nis.presses(card, "Fortsæt")
    assert values(card)["points"] == "Leg\nSamtale"
    card = await nis.presses(card, "Se den før udgivelse")
    assert "Rammer og fællesskab." in words(card)
    assert "Setting and community." in words(card)
    assert "Rammer og fællesskab." not in words(await mette.says("observationsguide"))
    published = await nis.presses(card, "Udgiv")
    assert "Udgave 2" in words(published)
    assert "Rammer og fællesskab." in words(await mette.says("observationsguide"))
    # A second press of the same card publishes nothing more.
    assert "Udgave 2" in words(await nis.presses(card, "Udgiv"))
    assert sorted(each.edition or 0 for each in await all_of(database, ObservationGuide)) == [1, 2]
    assert (await observed(database)).guide_id == before.guide_id
    asked = words(await Someone(database, town.rune).says("invitationer"))
    assert "Et læringsmiljø er det" in asked
    assert "Rammer og fællesskab." in words(await mette.says("inviter observatør"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"definition": ""}, "Skriv, hvad et læringsmiljø er, på begge sprog."),
        ({"points_en": ""}, "Skriv mindst ét fokuspunkt på begge sprog."),
        ({"points_en": "Play"}, "Fokuspunkter på dansk: 2. Skriv lige så mange her i samme rækkefølge."),
        ({"rules": " \n - "}, "Skriv mindst én spilleregel på begge sprog."),
        ({"points": "\n".join("abcdefghi")}, "Skriv højst 8 linjer."),
        ({"rules": "x" * 121}, "121 tegn"),
        ({"definition_en": "Call 010203-1234"}, "cpr-nummer"),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    nis: Someone, database: Database, typed: dict[str, str], sentence: str
) -> None:
    card = await nis.presses(await nis.says("observationsguide"), "Skriv en ny udgave")
    card = await nis.presses(card, "Se den før udgivelse", **{**NEW, **typed})
    assert sentence in words(card)
    stays = {name: NEW[name].replace("- ", "").strip() for name in NEW if name not in typed}
    assert {name: values(card)[name] for name in stays} == stays
    assert all(each.edition in (1, None) for each in await all_of(database, ObservationGuide))


async def test_two_who_write_at_once_lose_nothing(nis: Someone) -> None:
    first = await nis.presses(await nis.says("observationsguide"), "Skriv en ny udgave")
    second = await nis.presses(await nis.says("observationsguide"), "Skriv en ny udgave")
    await nis.presses(first, "Gem kladde", definition="Det ene")
    card = await nis.presses(second, "Gem kladde", definition="Det andet")
    assert "Det ene" in words(card)
    assert values(card)["definition"] == "Det andet"


async def test_only_the_administration_of_the_whole_municipality_writes_it(
    nis: Someone, database: Database, town: Town
) -> None:
    card = await nis.presses(await nis.says("observationsguide"), "Skriv en ny udgave")
    for someone in (town.leader, town.chief, town.consultant):
        refused = await Someone(database, someone).presses(card, "Gem kladde", **NEW)
        assert "Det har du ikke adgang til" in words(refused)
        assert "Rammer og fællesskab." in words(refused)
    assert len(await all_of(database, ObservationGuide)) == 1


async def test_a_draft_that_was_published_meanwhile_gives_the_words_back(nis: Someone) -> None:
    card = await nis.presses(await nis.says("observationsguide"), "Skriv en ny udgave")
    shown = await nis.presses(card, "Se den før udgivelse", **NEW)
    await nis.presses(shown, "Udgiv")
    again = await nis.presses(shown, "Udgiv", k="another")
    assert "Guiden er udgivet" in words(again)
