"""A focus area is chosen in a dialogue, close to a theme that is theirs, and ends by a decision as well."""

from datetime import timedelta
from uuid import UUID

import pytest

from dialogs.conversation import Kind
from domain.cycle import Theme
from domain.decision import Decision
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import Closing, FocusArea, FocusAreaState
from domain.organisation import AgeRange
from domain.period import HalfYear
from storage.database import Database, UnitOfWork
from tests.record import AFTER, all_of, change, chooses, decides, mette, reflects, town  # noqa: F401
from tests.town import Someone, Town, button, buttons, options, values, words


async def about_to_describe(someone: Someone) -> dict[str, object]:
    await reflects(someone)
    return await decides(someone, "vælg fokusområde", "Vi vil høre flere stemmer")


async def test_a_decision_leads_to_the_focus_area_and_its_text_is_the_reason(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await about_to_describe(mette)
    assert values(card)["why"] == "Vi vil høre flere stemmer"
    assert list(options(card, "theme")) == ["Overgange og deltagelse"]
    card = await mette.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Flere siger noget")
    assert "Flere stemmer" in words(card)
    assert "Overgange og deltagelse" in words(card)
    [area] = await all_of(database, FocusArea)
    [decision] = await all_of(database, Decision)
    assert (area.theme_id, area.decision_id, area.state) == (town.theme.id, decision.id, FocusAreaState.CHOSEN)
    assert "Flere stemmer" in words(await mette.presses(card, "Til beslutningerne"))
    assert "Flere stemmer" in words(await mette.says("fokusområder"))


async def test_what_is_missing_is_said_at_each_field_and_nothing_is_lost(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await about_to_describe(mette)
    card = await mette.presses(card, "Gem fokusområdet", title="", signs="", first_step_on="2026-04-01")
    for sentence in ("Giv fokusområdet en kort titel.", "Skriv, hvilke tegn I vil se efter.", "fra i dag og frem"):
        assert sentence in words(card)
    assert values(card)["why"] == "Vi vil høre flere stemmer"
    assert await all_of(database, FocusArea) == []
    cpr = await mette.presses(card, "Gem fokusområdet", title="T", signs="010203-1234", first_step_on="")
    assert "cpr-nummer" in words(cpr)
    assert values(cpr)["signs"] == "010203-1234"


@pytest.mark.parametrize(
    ("age_range", "valid_to", "sentence"),
    [
        (AgeRange.YOUNGER, HalfYear(2027, 1), "Temaet ”Leg” gælder 0–6 år. Jeres aktuelle temaer er: Overgange"),
        (AgeRange.OLDER, HalfYear(2025, 2), "Temaet ”Leg” gælder ikke i forår 2026. Jeres aktuelle temaer er: Overg"),
    ],
)
async def test_i10_a_theme_of_another_age_range_or_no_longer_valid_cannot_be_chosen(
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    age_range: AgeRange,
    valid_to: HalfYear,
    sentence: str,
) -> None:
    def other_theme(uow: UnitOfWork) -> UUID:
        theme = Theme(
            round_id=town.round.id,
            title="Leg",
            title_en="Play",
            age_range=age_range,
            valid_from=HalfYear(2025, 1),
            valid_to=valid_to,
        )
        uow.add(theme)
        return theme.id

    theirs = await database.write(other_theme)
    card = await about_to_describe(mette)
    assert "Leg" not in options(card, "theme")
    card = await mette.presses(card, "Gem fokusområdet", theme=str(theirs), title="Leg mere", signs="Tegn")
    assert sentence in words(card)
    assert values(card)["title"] == "Leg mere"
    assert await all_of(database, FocusArea) == []


async def test_a_focus_area_is_described_once_however_often_it_is_pressed(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await about_to_describe(mette)
    data = {**values(card), **button(card, "Gem fokusområdet")["data"], "title": "Flere stemmer", "signs": "Tegn"}
    first = await mette.does(Kind.PRESSED, verb="focus_area.describe", data=data)
    again = await mette.does(Kind.PRESSED, verb="focus_area.describe", data={**data, "title": "Noget andet", "k": "x"})
    assert first.card is not None
    assert again.card is not None
    assert "Flere stemmer" in words(again.card)
    assert "Noget andet" in words(again.card)
    assert [each.title for each in await all_of(database, FocusArea)] == ["Flere stemmer"]


async def test_the_fourth_gives_a_warning_and_no_hindrance(mette: Someone, database: Database) -> None:  # noqa: F811
    await reflects(mette)
    card = await mette.says("beslutning")
    for title in ("Et", "To", "Tre"):
        card = await mette.presses(await chooses(mette, title, card), "Til beslutningerne")
        card = await mette.presses(card, "Tilføj en beslutning")
    card = await decides(mette, "vælg fokusområde", "Et mere", card)
    assert "I har allerede tre fokusområder." in words(card)
    await mette.presses(card, "Gem fokusområdet", title="Fire", signs="Tegn")
    assert len(await all_of(database, FocusArea)) == 4


async def test_adjusting_keeps_the_theme_and_closing_says_how_it_ended(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    missing = await decides(mette, "justér fokusområde", "Også i matematik", card)
    assert "Vælg, hvilket fokusområde det handler om." in words(missing)
    card = await decides(mette, "justér fokusområde", "Også i matematik", missing, focus_area=str(area.id))
    card = await mette.presses(card, "Gem fokusområdet", title="Flere stemmer i alle fag")
    [area] = await all_of(database, FocusArea)
    assert area.title == "Flere stemmer i alle fag"
    card = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    card = await decides(mette, "afslut fokusområde", "Det sidder nu", card, focus_area=str(area.id))
    assert "Vælg, hvordan det endte." in words(await mette.presses(card, "Afslut fokusområdet"))
    card = await mette.presses(card, "Afslut fokusområdet", closing="forankret")
    assert "Forankret: Det er en del af hverdagen" in words(card)
    [area] = await all_of(database, FocusArea)
    assert (area.state, area.closing) == (FocusAreaState.CLOSED, Closing.ROOTED)
    assert "Skriv en status" not in buttons(card)


async def test_a_decision_whose_focus_area_waits_says_so_until_it_is_described(mette: Someone) -> None:  # noqa: F811
    await about_to_describe(mette)
    card = await mette.says("beslutning")
    assert "Beskriv fokusområdet" in buttons(card)
    card = await mette.presses(card, "Beskriv fokusområdet")
    await mette.presses(card, "Gem fokusområdet", title="Flere stemmer", signs="Tegn")
    assert "Beskriv fokusområdet" not in buttons(await mette.says("beslutning"))


async def test_a_closed_dialogue_chooses_nothing_more_and_gives_the_text_back(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await about_to_describe(mette)
    await change(database, Dialogue, state=DialogueState.CLOSED)
    late = await mette.presses(card, "Gem fokusområdet", title="For sent", signs="Tegn")
    assert "Samtalen er afsluttet" in words(late)
    assert "For sent" in words(late)
    assert await all_of(database, FocusArea) == []


async def test_who_else_sees_a_focus_area(mette: Someone, database: Database, town: Town) -> None:  # noqa: F811
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    [area] = await all_of(database, FocusArea)
    for someone in (town.chief, town.consultant, town.administrator):
        card = await Someone(database, someone, now=AFTER).sees("focus_area", area.id)
        assert "Flere stemmer" in words(card)
        assert "Skriv en status" not in buttons(card)
    for someone in (town.other_leader, town.other_chief, town.deputy):
        assert await Someone(database, someone, now=AFTER).gets("focus_area", area.id) is None
    assert "Flere stemmer" in words(await Someone(database, town.chief, now=AFTER).says("fokusområder"))


async def test_there_are_none_before_a_dialogue_has_chosen_one(mette: Someone) -> None:  # noqa: F811
    assert "Ingen fokusområder endnu" in words(await mette.says("fokusområder"))
    assert "Ingen fokusområder endnu" in words(await mette.says("status"))
    assert AFTER - timedelta(hours=1) < mette.now
