"""A political round a year, the two age ranges in turn, moved on by the administration one step at a time."""

from pathlib import Path

import pytest

from dialogs.conversation import Kind
from domain.cycle import PoliticalRound, RoundState
from domain.errors import Refusal
from domain.network import NetworkStatement
from domain.organisation import AgeRange
from domain.political_round import begin, next_year, present_round, turn_of
from storage.database import Database
from storage.importing import import_folder
from storage.theme import all_rounds
from storage.unit_of_work import UnitOfWork
from tests.across import Across, across, nis, to_networks, to_politicians  # noqa: F401
from tests.record import all_of
from tests.town import NOW, Someone, Town, button, buttons, values, words

THEMES = """title,title_en,age_range,description,valid_from,valid_to
Fælles leg,Shared play,0-6,,2026H2,2028H1
"""


async def rounds(database: Database) -> dict[int, PoliticalRound]:
    return {each.year: each for each in await database.read(all_rounds)}


async def brings_themes(database: Database, folder: Path, themes: str = THEMES) -> None:
    (folder / "themes.csv").write_text(themes, encoding="utf-8")
    await database.write(lambda uow: import_folder(uow, folder, now=NOW, progress=lambda *_: None))


async def test_r23_a_round_goes_through_its_whole_life_one_step_at_a_time(
    nis: Someone,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    card = await nis.says("politisk runde")
    assert "2025 · 6–18 år" in words(card)
    assert "Temaer sendt ud: nu" in words(card)
    card = await nis.presses(card, "Begynd næste runde")
    assert "2026 · 0–6 år" in words(card)
    assert "De to aldersområder skiftes, og nu er det 0–6 år." in words(card)
    assert 2026 not in await rounds(database)
    card = await nis.presses(card, "Begynd runden")
    assert "Forberedes: nu" in words(card)
    card = await nis.presses(card, "Spørg ledernetværkene")
    assert "Ledernetværket for dagtilbud: 2 tovholdere" in words(card)
    assert "Ledernetværket for fritid har ingen tovholder på personlisten" in words(card)
    assert await all_of(database, NetworkStatement) == []
    card = await nis.presses(card, "Spørg ledernetværkene")
    assert "I ledernetværkene: nu" in words(card)
    assert "Ledernetværket for skole: ikke begyndt" in words(card)
    card = await nis.presses(card, "Til politisk drøftelse")
    assert "0 af 3 netværk har givet deres kvalificering." in words(card)
    card = await nis.presses(card, "Til politisk drøftelse")
    assert "Drøftes politisk: nu" in words(card)
    await brings_themes(database, tmp_path)
    card = await nis.presses(await nis.says("politisk runde"), "Temaerne er besluttet")
    assert "Fælles leg" in words(card)
    assert values(card)["discussed_on"] == "2026-04-14"
    card = await nis.presses(card, "Temaerne er besluttet", discussed_on="2026-04-08")
    assert "8. april 2026" in words(card)
    card = await nis.presses(card, "Send temaerne ud")
    await nis.presses(card, "Send ud")
    card = await nis.says("politisk runde")
    assert "Temaer sendt ud: nu" in words(card)
    card = await nis.presses(await nis.presses(card, "Afslut runden"), "Afslut runden")
    assert "Runden afsluttet: gjort" in words(card)
    assert (await rounds(database))[2026].state is RoundState.CLOSED


async def test_i1_successive_rounds_have_different_age_ranges_whatever_is_pressed(
    nis: Someone,  # noqa: F811
    database: Database,
) -> None:
    data = {"year": 2026, "range": "6-18"}
    reply = await nis.does(Kind.PRESSED, verb="political_round.begin", data=data)
    assert reply.card is not None
    assert "nu er det 0–6 år" in words(reply.card)
    assert set(await rounds(database)) == {2024, 2025}


def test_i1_the_domain_begins_no_round_of_the_same_range_twice_and_none_beside_another() -> None:
    day = NOW.date()
    older = PoliticalRound(year=2025, age_range=AgeRange.OLDER, state=RoundState.SENT)
    with pytest.raises(Refusal) as refused:
        begin([older], AgeRange.OLDER, day)
    assert refused.value.code == "round_out_of_turn"
    made = begin([older], AgeRange.YOUNGER, day)
    assert (made.year, made.age_range, made.state) == (2026, AgeRange.YOUNGER, RoundState.PREPARED)
    with pytest.raises(Refusal) as refused:
        begin([older, made], AgeRange.OLDER, day)
    assert refused.value.code == "round_under_way"
    assert turn_of([made, older]) is AgeRange.OLDER
    assert present_round([made, older]) is made
    assert next_year([PoliticalRound(year=2022, age_range=AgeRange.OLDER)], day) == 2026


async def test_the_first_round_asks_which_age_range_begins(database: Database) -> None:
    town = Town()

    def without_rounds(uow: UnitOfWork) -> None:
        uow.add(town.north, town.administrator)
        uow.session.flush()
        uow.add(*[each for each in town.roles() if each.person_id == town.administrator.id])

    await database.write(without_rounds)
    nis = Someone(database, town.administrator)  # noqa: F811
    card = await nis.presses(await nis.says("political round"), "Begynd runden")
    assert "Vælg, hvilket aldersområde den første runde handler om." in words(card)
    assert "2026 · 6–18 år" in words(await nis.presses(card, "Begynd runden", range="6-18"))


async def test_two_who_press_at_once_take_one_step(nis: Someone, database: Database) -> None:  # noqa: F811
    card = await nis.presses(await nis.says("politisk runde"), "Begynd næste runde")
    again = await nis.says("politisk runde")
    card = await nis.presses(card, "Begynd runden")
    late = await nis.presses(again, "Begynd næste runde")
    assert "Forberedes: nu" in words(late), "the one that was begun"
    preview = await nis.presses(card, "Spørg ledernetværkene")
    second = await nis.presses(card, "Spørg ledernetværkene")
    await nis.presses(preview, "Spørg ledernetværkene")
    late = await nis.presses(second, "Spørg ledernetværkene")
    assert "En anden har flyttet runden videre i mellemtiden." in words(late)
    assert (await rounds(database))[2026].state is RoundState.NETWORKS
    assert len(await all_of(database, NetworkStatement)) == 3


async def test_themes_that_nobody_has_imported_are_not_decided(
    nis: Someone,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    await to_networks(nis)
    await to_politicians(nis)
    card = await nis.presses(await nis.says("politisk runde"), "Temaerne er besluttet")
    assert "Der er endnu ingen temaer til runden." in words(card)
    assert buttons(card) == ["Tilbage"]
    data = {"id": button(card, "Tilbage")["data"]["id"], "was": "drøftes", "discussed_on": "2026-04-08"}
    await nis.does(Kind.PRESSED, verb="political_round.move", data=data)
    assert (await rounds(database))[2026].state is RoundState.DISCUSSED
    await brings_themes(database, tmp_path)
    assert (await rounds(database))[2026].state is RoundState.DISCUSSED, "a list decides nothing"
    card = await nis.presses(await nis.says("politisk runde"), "Temaerne er besluttet")
    for day, sentence in (("", "Vælg en dato."), ("2026-05-01", "Vælg en dato, der ikke ligger i fremtiden.")):
        wrong = await nis.presses(card, "Temaerne er besluttet", discussed_on=day)
        assert sentence in words(wrong)
    assert "Ingen temaer at sende" in words(await nis.says("send temaer"))
    await nis.presses(wrong, "Temaerne er besluttet", discussed_on="2026-04-08")
    assert "Fælles leg" in words(await nis.says("send temaer"))


async def test_a_closed_round_lets_its_themes_stand_and_tells_no_new_institution(
    nis: Someone,  # noqa: F811
    across: Across,  # noqa: F811
) -> None:
    card = await nis.presses(await nis.says("politisk runde"), "Alle runder")
    card = await nis.presses(card, "2024 · 0–6 år")
    assert "Temaer sendt ud: nu" in words(card)
    assert "Begynd næste runde" not in buttons(card), "that is the newest round's"
    card = await nis.presses(card, "Afslut runden")
    assert "Nye tilbud får ikke længere temaerne" in words(card)
    await nis.presses(card, "Afslut runden")
    assert "Leg" in words(await nis.says("videnbase 0-6"))


async def test_only_the_administration_of_the_whole_municipality_moves_a_round(
    nis: Someone,  # noqa: F811
    database: Database,
    across: Across,  # noqa: F811
) -> None:
    card = await nis.presses(await nis.says("politisk runde"), "Begynd næste runde")
    for someone in (across.leader, across.chief, across.consultant, across.deputy, across.facilitator):
        who = Someone(database, someone)
        assert "Det har du ikke adgang til" in words(await who.says("politisk runde"))
        assert "Det har du ikke adgang til" in words(await who.presses(card, "Begynd runden"))
    assert set(await rounds(database)) == {2024, 2025}
