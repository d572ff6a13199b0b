"""Two half-years side by side: numbers beside numbers, the earlier first, and no word for what they mean."""

import json
import re

from sqlalchemy import select

from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.slots import Relative
from storage.database import Database
from storage.demo_town import PERSONAS
from tests.asker import ask, opens_every_source, refusal
from tests.town import Someone, parts, words

INTENT = "compare_half_years"
VERDICTS = ("bedre", "værre", "fremgang", "tilbagegang", "steget", "faldet", "højere", "lavere")
SPRING, AUTUMN = HalfYear(2026, 1), HalfYear(2025, 2)


async def named(database: Database, name: str) -> Someone:
    who = await database.read(lambda uow: uow.session.scalars(select(Person).where(Person.name == name)).one())
    return Someone(database, who)


async def the_school(database: Database) -> Institution:
    query = select(Institution).where(Institution.name == "Elmeskolen")
    return await database.read(lambda uow: uow.session.scalars(query).one())


async def test_the_numbers_of_both_stand_side_by_side_with_their_sources(seeded: Database) -> None:
    birgit, school = await named(seeded, PERSONAS[2].name), await the_school(seeded)
    card = await ask(birgit, INTENT, institutions=(school.id,), half_year=SPRING, compare_to=AUTUMN)
    said = words(card)
    assert "Elmeskolen · efterår 2025 og forår 2026" in said
    assert re.search(r"efterår 2025: [\d,]+\s% · forår 2026: [\d,]+\s%", said)
    assert await opens_every_source(birgit, card) > 3
    for verdict in VERDICTS:
        assert verdict not in said.lower()


async def test_every_chart_has_its_numbers_in_words(seeded: Database) -> None:
    card = await ask(await named(seeded, PERSONAS[2].name), INTENT)
    charts = [each for each in parts(card) if str(each.get("type")).startswith("Chart.")]
    assert charts
    for each in charts:
        drawn = [value["y"] for series in each["data"] for value in series["values"]]
        told = json.dumps(each["fallback"], ensure_ascii=False)
        assert each["title"]
        for number in drawn:
            assert f"{number:g}".replace(".", ",") in told, (number, told)


async def test_i30_the_earlier_stands_first_however_it_is_asked(seeded: Database) -> None:
    birgit = await named(seeded, PERSONAS[2].name)
    one = words(await ask(birgit, INTENT, half_year=SPRING, compare_to=AUTUMN))
    other = words(await ask(birgit, INTENT, half_year=AUTUMN, compare_to=SPRING))
    assert one == other
    assert one == words(await ask(birgit, INTENT, half_year=Relative.CURRENT))


async def test_half_years_without_anything_say_so(seeded: Database) -> None:
    birgit = await named(seeded, PERSONAS[2].name)
    card = await ask(birgit, INTENT, half_year=HalfYear(2012, 1), compare_to=HalfYear(2011, 1))
    assert "Der er ikke registreret noget i nogen af de to halvår." in words(card)


async def test_another_half_year_is_chosen_and_the_one_before_stands_beside_it(seeded: Database) -> None:
    birgit = await named(seeded, PERSONAS[2].name)
    form = await birgit.presses(await ask(birgit, INTENT), "Afgræns")
    card = words(await birgit.presses(form, "Vis", to_period=AUTUMN.code))
    assert "forår 2025 og efterår 2025" in card


async def test_a_leader_compares_their_own_and_an_observer_nothing(seeded: Database) -> None:
    mette, school = await named(seeded, PERSONAS[0].name), await the_school(seeded)
    assert "Elmeskolen" in words(await ask(mette, INTENT))
    rune = await named(seeded, PERSONAS[1].name)
    assert await refusal(rune, INTENT, institutions=(school.id,)) == "outside_responsibility"
