"""An integrated institution, from the youngest to the oldest: two lines of the list of institutions, and one leader.

"An institution may have units with different age ranges; each unit's range decides the cycle": each has its own themes,
figures, dialogues and focus areas, and its leader sees both on one table.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from cards.kit import Card
from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.theme import ThemeReceipt
from storage.database import Database
from storage.observer import candidates_for
from storage.roles import institutions_led_by, viewer_on
from storage.unit_of_work import UnitOfWork
from tests.record import ANALYSE, TOLKNING, WHO, all_of
from tests.test_import import LATER, bring_in
from tests.town import NOW, SPRING, STARTS, Someone, Town, buttons, options, parts, words

SMALL, BIG = "Skovbyen 0-6", "Skovbyen 6-18"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def karla(database: Database, town: Town) -> Someone:
    """The leader of both parts, with a dialogue in each within a week."""

    def second(uow: UnitOfWork) -> None:
        town.school.name = BIG
        small = Institution(name=SMALL, type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=town.north.id)
        cycle = Cycle(age_range=AgeRange.YOUNGER, first_half_year=SPRING)
        decided = PoliticalRound(year=2026, age_range=AgeRange.YOUNGER, state=RoundState.SENT)
        town.build(uow)
        uow.add(small, decided, cycle)
        uow.session.flush()
        package = DataPackage.of(small, SPRING)
        package.release(NOW - timedelta(days=20))
        uow.add(
            Theme(
                round_id=decided.id,
                title="Leg",
                title_en="Play",
                age_range=AgeRange.YOUNGER,
                valid_from=SPRING,
                valid_to=HalfYear(2027, 2),
            ),
            Dialogue(
                institution_id=small.id,
                cycle_id=cycle.id,
                half_year=SPRING,
                starts_at=STARTS + timedelta(days=1),
                place="Det lille hus",
                number=1,
            ),
            RoleAssignment(
                person_id=town.leader.id, role=Role.LEADER, from_on=date(2025, 8, 1), institution_id=small.id
            ),
            package,
            ThemeReceipt(round_id=decided.id, institution_id=small.id, sent_at=NOW - timedelta(days=40)),
            ThemeReceipt(round_id=town.round.id, institution_id=town.school.id, sent_at=NOW - timedelta(days=200)),
        )

    await database.write(second)
    return Someone(database, town.leader)


async def chosen(someone: Someone, word: str, place: str) -> Card:
    """The card of a word, by way of the choice between the two where it asks for one."""
    card = await someone.says(word)
    if title := next((each for each in buttons(card) if place in each), None):
        return await someone.presses(card, title)
    if any(each.get("id") == "id" for each in parts(card)):
        lines = options(card, "id")
        return await someone.presses(card, buttons(card)[0], id=next(lines[each] for each in lines if place in each))
    return card


async def test_i10_a_leader_of_both_age_ranges_sees_the_two_on_one_table(karla: Someone) -> None:
    seen = words(await karla.says("min oversigt"))
    for line in (SMALL, BIG, "Læringssamtale 1 af 4", "Læringssamtale 2 af 4", "Leg", "Overgange og deltagelse"):
        assert line in seen
    assert seen.count("Forbered læringssamtalen") == 2


async def test_i10_a_half_year_of_an_integrated_institution(karla: Someone, database: Database, town: Town) -> None:
    """Each part has its own preparation, reflection, decision and focus area, close to the theme of its age range."""
    for place, mine, foreign in ((SMALL, "Leg", "Overgange og deltagelse"), (BIG, "Overgange og deltagelse", "Leg")):
        karla.now = NOW
        for word in ("temaer", "datapakke", "lokal prioritering", "perspektiv"):
            assert place in words(await chosen(karla, word, place)), word
        card = await chosen(karla, "lokal prioritering", place)
        await karla.presses(card, "Gem prioriteringen", text=f"Det vigtigste i {place}")
        card = await chosen(karla, "forbered", place)
        assert place in words(card)
        assert ("youth" in options(card, "sources").values()) is (place == BIG)
        card = await karla.presses(card, "Næste", sources="observation,priority", interpretation=TOLKNING)
        card = await karla.presses(card, "Næste", children="De siger mere.", parents="De er trygge.")
        assert mine in options(card, "theme1")
        assert foreign not in options(card, "theme1")
        await karla.presses(card, "Klar til samtalen")
        karla.now = STARTS + timedelta(days=1, hours=2)
        card = await chosen(karla, "refleksion", place)
        assert place in words(card)
        card = await karla.presses(card, "Næste", participants="management,staff", sources="observation,priority")
        card = await karla.presses(
            card, "Gem og gå til beslutning", interpretation=TOLKNING, analysis=ANALYSE, cross="Netværket"
        )
        card = await karla.presses(
            card, "Næste", kind="vælg fokusområde", text=f"Vi vælger i {place}", based="observation"
        )
        card = await karla.presses(card, "Gem beslutning", **WHO)
        assert list(options(card, "theme")) == [mine]
        card = await karla.presses(
            card, "Gem fokusområdet", theme=options(card, "theme")[mine], title=f"Flere med, {place}", signs="Flere"
        )
        assert place in words(card)
    areas = {each.institution_id: each.title for each in await all_of(database, FocusArea)}
    assert len(areas) == 2
    seen = words(await karla.says("min oversigt"))
    for place in (SMALL, BIG):
        assert place in seen
    status = words(await karla.says("status"))
    assert f"Flere med, {SMALL}" in status
    assert f"Flere med, {BIG}" in status
    chief = Someone(database, town.chief, now=karla.now)
    for place, other in ((SMALL, BIG), (BIG, SMALL)):
        summary = words(await chief.says(f"tilsynsresumé for {place} i foråret 2026"))
        assert f"Flere med, {place}" in summary
        assert f"Flere med, {other}" not in summary
        assert f"Det vigtigste i {place}" in summary


async def test_the_name_that_both_have_in_common_is_asked_back(karla: Someone, database: Database, town: Town) -> None:
    """One name for the house means either part: the chief chooses, and nothing is guessed."""

    def named(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(Institution)):
            if each.name in (SMALL, BIG):
                each.aliases = ("Skovbyen",)

    await database.write(named)
    chief = Someone(database, town.chief)
    card = await chief.says("tilsynsresumé for Skovbyen i foråret 2026")
    assert buttons(card) == [SMALL, BIG]
    answer = words(await chief.presses(card, SMALL))
    assert f"{SMALL} · forår 2026" in answer
    assert BIG not in answer


async def test_r45_nobody_observes_where_the_same_person_leads(karla: Someone, database: Database, town: Town) -> None:
    """R-45: "Observer ≠ own institution (nor one they lead or share leadership with)"."""
    day = NOW.date()

    def offered(uow: UnitOfWork) -> set[str]:
        small = uow.session.scalars(select(Institution).where(Institution.name == SMALL)).one()  # type: ignore[arg-type]
        return {each.name for each in candidates_for(uow, small, day, NOW - timedelta(days=700))}

    assert await database.read(offered) == {town.other_leader.name}, "not the colleagues of the other part"

    def parts_ways(uow: UnitOfWork) -> None:
        for held in uow.session.scalars(select(RoleAssignment)):
            if held.person_id == town.leader.id and held.institution_id != town.school.id:
                held.to_on = day - timedelta(days=1)

    await database.write(parts_ways)
    assert {town.teacher.name, town.deputy.name, town.leader.name} <= await database.read(offered)


INSTITUTIONS = """name,type,age_range,area,aliases
Skovbyen 0-6,dagtilbud,0-6,Nord,Skovbyen
Skovbyen 6-18,fritidstilbud,6-18,Nord,
"""
PEOPLE = """name,email,aad_object_id,role,scope,language
Karla Eng,karla@example.dk,11111111-0000-0000-0000-000000000001,leder,Skovbyen 0-6;Skovbyen 6-18,da
Stig Holt,stig@example.dk,11111111-0000-0000-0000-000000000002,leder,Skovbyen 0-6;Skovbyen 6-18,da
"""


async def test_the_two_lines_are_imported_with_one_leader_and_whoever_stands_in(
    database: Database, tmp_path: Path
) -> None:
    """`deputy_for`: whoever stands in for a leader is a line of their own, for as long as they do."""
    files = {"institutions.csv": INSTITUTIONS, "people.csv": PEOPLE}
    await bring_in(database, tmp_path, files)

    def led(uow: UnitOfWork) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for who in uow.session.scalars(select(Person).order_by(Person.name)):  # type: ignore[arg-type]
            viewer = viewer_on(uow, who, LATER.date())
            found[who.name] = [where.name for where in institutions_led_by(uow, viewer)]
        return found

    assert await database.read(led) == {"Karla Eng": [SMALL, BIG], "Stig Holt": [SMALL, BIG]}
    alone = PEOPLE.rpartition("Stig")[0]
    await bring_in(database, tmp_path, {"people.csv": alone}, LATER, ending=2)
    assert (await database.read(led))["Stig Holt"] == []
