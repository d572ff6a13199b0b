"""What children, young people, parents and staff tell, how they were heard, and who has not been."""

from dataclasses import replace

from sqlalchemy import select

from domain.identity import new_id
from domain.organisation import AgeRange, Role
from domain.period import HalfYear
from domain.perspective import Group, Perspective, missing_groups
from domain.slots import AskedStatus, Relative
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.asker import ask, refusal
from tests.test_perspective import GOOD, SAID
from tests.test_summary import first
from tests.town import Someone, Town, buttons, options, words

INTENT = "perspective_summary"


async def test_what_each_group_tells_and_what_became_of_it(seeded: Database) -> None:
    shown = words(await ask(await first(seeded, Role.CHIEF), INTENT))
    for told in (
        "16 perspektiver: børn 4 · unge 4 · forældre 8",
        "Sådan er de blevet hørt",
        "Det er der sket med anbefalingerne",
        "8 af 8 tilbud",
    ):
        assert told in shown


async def test_one_group_is_answered_alone(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = words(await ask(chief, INTENT, groups=(Group.PARENTS,)))
    assert "8 perspektiver: forældre 8" in shown
    assert " · Forældre" in shown
    assert "Unge" not in shown


async def test_of_the_last_one_there_is_one_of_each_institution(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = words(await chief.says("seneste perspektiv"))
    assert "8 perspektiver: " in shown
    assert "kun de seneste" in shown
    assert "Sådan er de blevet hørt" not in shown

    def often(uow: UnitOfWork) -> None:
        """More than an answer is traced to, at each institution that stands before the last of them."""
        told = uow.session.scalars(select(Perspective)).all()
        uow.add(*(replace(each, id=new_id()) for each in told for _more in range(40)))

    await seeded.write(often)
    assert "8 perspektiver: " in words(await chief.says("seneste perspektiv"))
    assert "Bygger på 1 kilde, " in words(await chief.says("seneste perspektiv på Elmeskolen"))


async def test_r43_which_institutions_have_not_heard_a_group(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    card = await ask(chief, INTENT, groups=(Group.CHILDREN,), status=AskedStatus.NONE, half_year=HalfYear(2024, 2))
    assert "Ikke hørt i perioden" in words(card)
    assert "Elmeskolen" in words(card)
    assert "Det fortæller de" not in words(card)
    assert "kun der, hvor der ikke er noget" in words(card)
    sources = await chief.presses(card, "Vis kilder")
    for value in options(sources, "source").values():
        assert "Det er registreret" in words(await chief.presses(sources, "Åbn kilden", source=value))


async def test_where_every_group_was_heard_none_is_lacking(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = words(await ask(chief, INTENT, groups=(Group.CHILDREN,), status=AskedStatus.NONE))
    assert "Der mangler ingen gruppe i noget tilbud." in shown
    # The children were heard at fewer institutions than that lets expect, and the card says why.
    assert "4 af 8 tilbud" in shown
    assert "Hvor de unge er hørt, mangler børnenes perspektiv ikke." in shown


async def test_a_half_year_without_any_says_so(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = words(await ask(chief, INTENT, half_year=Relative.NEXT))
    assert "Der er ikke registreret nogen perspektiver i perioden." in shown


async def test_i25_every_source_opens(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief, INTENT), "Vis kilder")
    for value in options(sources, "source").values():
        assert "Kilden kan ikke åbnes" not in words(await chief.presses(sources, "Åbn kilden", source=value))


async def test_who_may_have_it_and_who_gets_what_is_known_across(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.leader, town.chief, town.administrator, town.consultant):
        card = await ask(Someone(database, someone), INTENT, institutions=(town.school.id,))
        assert "Elmeskolen · forår 2026" in words(card)
    for someone in (town.other_leader, town.teacher):
        assert (
            await refusal(Someone(database, someone), INTENT, institutions=(town.school.id,))
            == "outside_responsibility"
        )
    assert "Videnbasen" in buttons(await Someone(database, town.other_chief).says("perspektiver på Elmeskolen"))


async def test_a_leader_who_names_nothing_gets_their_own_to_write(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    assert "Nyt perspektiv" in buttons(await Someone(database, town.leader).says("perspektiver"))


async def young_people_told(database: Database) -> Town:
    """A school whose student council has told something as young people, and nobody as children."""
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    return town


async def test_what_the_young_people_said_is_told_to_whoever_asks_of_the_pupils(database: Database) -> None:
    chief = Someone(database, (await young_people_told(database)).chief)
    assert SAID not in words(await chief.says("hvad siger børnene"))
    for text in ("hvad siger eleverne", "elevrådet på Elmeskolen", "what does the student council say"):
        assert SAID in words(await chief.says(text)), text


async def test_r43_where_the_young_people_were_heard_no_childrens_perspective_is_lacking(database: Database) -> None:
    """S13: "børnenes perspektiv … (0-18-års perspektiv)"; the young people are a group of their own all the same."""
    chief = Someone(database, (await young_people_told(database)).chief)
    for text in ("tilsynsresumé for Elmeskolen", "hvad mangler på Elmeskolen", "perspektiver på Elmeskolen"):
        lacking = words(await chief.says(text)).casefold()
        assert "børneperspektiv" not in lacking, text
        assert "forældre" in lacking, text
    assert missing_groups({Group.YOUTH}, AgeRange.OLDER) == (Group.PARENTS,)
    assert missing_groups({Group.CHILDREN}, AgeRange.OLDER) == (Group.YOUTH, Group.PARENTS)
    assert missing_groups({Group.PARENTS}, AgeRange.YOUNGER) == (Group.CHILDREN,)
