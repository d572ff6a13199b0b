"""What children, young people, parents and staff tell, how they were heard, and who has not been."""

from domain.organisation import Role
from domain.perspective import Group
from domain.slots import AskedStatus, Relative, Slots
from storage.database import Database
from tests.asking import asks, refusal_of
from tests.test_summary import first
from tests.town import Someone, Town, buttons, options, words

INTENT = "perspective_summary"


async def test_what_each_group_tells_and_what_became_of_it(seeded: Database) -> None:
    shown = words(await asks(await first(seeded, Role.CHIEF), INTENT))
    for told in (
        "16 perspektiver: 4 børn · 4 unge · 8 forældre",
        "Sådan er de blevet hørt",
        "Det er der sket med anbefalingerne",
        "Ikke hørt i perioden",
        "8 af 8 tilbud",
    ):
        assert told in shown


async def test_one_group_is_answered_alone(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = words(await asks(chief, INTENT, Slots(groups=(Group.PARENTS,))))
    assert "8 perspektiver: 8 forældre" in shown
    assert " · Forældre" in shown
    assert "Unge" not in shown


async def test_r43_which_institutions_have_not_heard_a_group(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    slots = Slots(groups=(Group.CHILDREN,), status=AskedStatus.NONE)
    card = await asks(chief, INTENT, slots)
    assert "Ikke hørt i perioden" in words(card)
    assert "Elmeskolen" in words(card)
    assert "Det fortæller de" not in words(card)
    assert "kun der, hvor der ikke er noget" in words(card)
    sources = await chief.presses(card, "Vis kilder")
    for value in options(sources, "source").values():
        assert "Det er registreret" in words(await chief.presses(sources, "Åbn kilden", source=value))


async def test_a_half_year_without_any_says_so(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    shown = words(await asks(chief, INTENT, Slots(half_year=Relative.NEXT)))
    assert "Der er ikke registreret nogen perspektiver i perioden." in shown


async def test_i25_every_source_opens(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await asks(chief, INTENT), "Vis kilder")
    for value in options(sources, "source").values():
        assert "Kilden kan ikke åbnes" not in words(await chief.presses(sources, "Åbn kilden", source=value))


async def test_who_may_have_it_and_who_gets_what_is_known_across(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.leader, town.chief, town.administrator, town.consultant):
        card = await asks(Someone(database, someone), INTENT, Slots(institutions=(town.school.id,)))
        assert "Elmeskolen · forår 2026" in words(card)
    for someone in (town.other_leader, town.teacher):
        assert await refusal_of(Someone(database, someone), INTENT, town.school.id) == "outside_responsibility"
    assert "Videnbasen" in buttons(
        await asks(Someone(database, town.other_chief), INTENT, Slots(institutions=(town.school.id,)))
    )


async def test_a_leader_who_names_nothing_gets_their_own_to_write(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    assert "Nyt perspektiv" in buttons(await Someone(database, town.leader).says("perspektiver"))
