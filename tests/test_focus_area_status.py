"""Where the focus areas are: by their last word, with its date and its source, for whoever answers for them."""

import json

from domain.organisation import Role
from domain.period import HalfYear
from domain.slots import AskedStatus
from storage.database import Database
from tests.asker import ask, refusal
from tests.test_summary import everybody, first
from tests.town import Someone, Town, buttons, options, parts, words

INTENT = "focus_area_status"


async def test_a_chief_sees_the_last_word_about_each_counted_first(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    card = await ask(chief, INTENT)
    assert "Status på fokusområder" in words(card)
    assert "8 fokusområder: " in words(card)
    assert "Ses af: kun dig" in words(card)
    assert len(json.dumps(card, ensure_ascii=False).encode()) < 25_000


async def test_what_goes_on_today_is_told_of_no_half_year_that_is_only_coming(seeded: Database) -> None:
    card = await ask(await first(seeded, Role.CHIEF), INTENT, half_year=HalfYear(2031, 1))
    assert "Perioden begynder 1. januar 2031." in words(card)
    assert "Der er ikke arbejdet med et fokusområde i perioden." in words(card)
    assert "fokusområder: " not in words(card)


async def test_a_chart_has_its_numbers_where_none_is_drawn(seeded: Database) -> None:
    card = await ask(await first(seeded, Role.CHIEF), INTENT)
    chart = next(each for each in parts(card) if str(each.get("type")).startswith("Chart."))
    told = words(chart["fallback"])
    for row in chart["data"]:
        assert f"{row['x']}: {row['y']}" in told


async def test_what_needs_attention_is_all_that_is_shown_when_asked_for(seeded: Database) -> None:
    for someone, held in await everybody(seeded):
        if not any(each.role is Role.ADMINISTRATION for each in held):
            continue
        card = await ask(Someone(seeded, someone), INTENT, status=AskedStatus.NEEDS_ATTENTION)
        assert "kun det, der har brug for opmærksomhed" in words(card)
        assert "På vej" not in words(card)
        assert "Uden fokusområde" not in words(card)


async def test_i25_every_line_leads_to_its_source_and_back_to_this_answer(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = await ask(chief, INTENT)
    sources = await chief.presses(shown, "Vis kilder")
    for value in options(sources, "source").values():
        opened = await chief.presses(sources, "Åbn kilden", source=value)
        assert "Kilden kan ikke åbnes" not in words(opened)
    again = await chief.presses(await chief.presses(opened, "Tilbage til kilderne"), "Tilbage")
    assert words(again) == words(shown)


async def test_i30_institutions_stand_from_a_to_z_and_never_by_how_it_goes(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    card = await ask(chief, INTENT)
    places = [line.split(" · ")[0] for line in words(card).splitlines() if " · " in line and "fokusområder" not in line]
    named = [each for each in places if not each.startswith(("Tilbud i", "Bygger"))]
    assert len(named) > 4
    assert named == sorted(named, key=lambda name: name.replace("Å", "~"))


async def test_a_leader_who_names_nothing_gets_their_own_card_to_work_on(seeded: Database) -> None:
    leader = await first(seeded, Role.LEADER)
    bare = await leader.says("fokusområder")
    assert "Status på fokusområder" not in words(bare)
    named = await ask(leader, INTENT, half_year=HalfYear(2026, 1))
    assert "Status på fokusområder" in words(named)


async def test_a_leader_has_nothing_to_narrow_down_to_of_one_institution(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await ask(Someone(database, town.leader), INTENT, institutions=(town.school.id,))
    assert "Afgræns" not in buttons(card)
    assert "Der er ikke arbejdet med et fokusområde i perioden." in words(card)


async def test_others_get_a_kind_no_and_another_chief_the_way_to_what_is_known_across(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.other_leader, town.teacher):
        assert (
            await refusal(Someone(database, someone), INTENT, institutions=(town.school.id,))
            == "outside_responsibility"
        )
    card = await Someone(database, town.other_chief).says("fokusområder på Elmeskolen")
    assert "Videnbasen" in buttons(card)
    assert "Elmeskolen" not in words(card)


async def test_a_theme_of_the_other_age_range_is_told(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await ask(Someone(database, town.other_chief), INTENT, areas=(town.south.id,), theme=town.theme.id)
    assert "Temaet ”Overgange og deltagelse” gælder 6–18 år" in words(card)


async def test_only_what_is_new_is_all_of_it_the_first_time(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    never = await ask(chief, INTENT, since_last=True)
    assert "Du har ikke set netop det her før" in words(never)


async def test_a_forged_answer_is_answered_like_a_foreign_one(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = await ask(chief, INTENT)
    pressed = next(each for each in parts(shown) if each.get("title") == "Vis kilder")
    forged = {**shown, "actions": [{**pressed, "data": {**pressed["data"], "answer": "welcome"}}]}
    assert "Det kan ikke lade sig gøre" in words(await chief.presses(forged, "Vis kilder"))
