"""How far the observations are, by a word for each; and never what was written before it may be told."""

from domain.organisation import Role
from domain.slots import AskedStatus
from storage.database import Database
from tests.asker import ask, refusal
from tests.test_summary import first
from tests.town import Someone, Town, options, words

INTENT = "observation_overview"


async def test_how_far_they_are_and_what_is_brought_to_the_dialogue(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    card = await ask(chief, INTENT)
    assert "2 observationer: 1 afventer skriftlig tilbagemelding · 1 afsluttet" in words(card)
    assert "Tages med til samtalen: " in words(card)
    assert "Uden en gennemført observation i perioden" in words(card)


async def test_the_last_one_is_one(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    all_of_them = words(await chief.says("observationer på Elmeskolen"))
    assert "2 observationer: " in all_of_them
    last = words(await chief.says("seneste observation på Elmeskolen"))
    assert "kun de seneste" in last
    assert "Bygger på 1 kilde, " in last
    leader = await first(seeded, Role.LEADER)
    # What a visit gave is its feedback.
    visit = words(await leader.says("hvilke anbefalinger fik vi ved sidste besøg"))
    assert "Læringsmiljøobservation" in visit


async def test_only_those_that_await_acknowledgement_or_are_open(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    none = await ask(chief, INTENT, status=AskedStatus.AWAITING_ACKNOWLEDGEMENT)
    assert "Ingen tilbagemelding afventer kvittering." in words(none)
    assert "kun det, der afventer kvittering" in words(none)
    open_ones = await ask(chief, INTENT, status=AskedStatus.OPEN)
    assert "afventer skriftlig tilbagemelding" in words(open_ones)
    assert "Tages med til samtalen" not in words(open_ones)


async def test_i26_a_visit_opens_as_a_word_before_its_feedback_may_be_read(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief, INTENT), "Vis kilder")
    values = list(options(sources, "source").values())
    assert {each.partition(":")[0] for each in values} >= {"observation", "feedback", "place"}
    for value in values:
        opened = await chief.presses(sources, "Åbn kilden", source=value)
        assert "Kilden kan ikke åbnes" not in words(opened)
        if value.startswith("observation"):
            assert "Tilbagemeldingen vises, når den er kvitteret" in words(opened)


async def test_where_nobody_has_observed(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await ask(Someone(database, town.chief), INTENT, status=AskedStatus.NONE)
    assert "Ingen observation gennemført i perioden" in words(card)
    for someone in (town.other_leader, town.other_chief, town.teacher):
        assert (
            await refusal(Someone(database, someone), INTENT, institutions=(town.school.id,))
            == "outside_responsibility"
        )


async def test_a_leader_who_names_nothing_gets_their_own_to_open(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    assert "Uden en gennemført" not in words(await Someone(database, town.leader).says("observationer"))
