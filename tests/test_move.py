"""What somebody has an appointment about can be moved in their own words, whoever it is with."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.one_on_one import OneOnOne
from storage.database import Database
from storage.message import mark_blocked
from tests.pair import birgit as birgit
from tests.pair import mette as mette
from tests.pair import plans
from tests.pair import town as town
from tests.record import all_of
from tests.town import COPENHAGEN, STARTS, Someone, Town, buttons, values, words
from tests.visits import FIRST, Neighbours, agreed, invites


@pytest.mark.parametrize(
    "text",
    [
        "flyt mødet med birgit",
        "kan vi rykke vores 1:1",
        "Birgit og jeg må flytte mødet",
        "move the meeting with Birgit",
    ],
)
async def test_a_leader_moves_the_meeting_with_the_chief_by_first_name(
    birgit: Someone, mette: Someone, database: Database, text: str
) -> None:
    await plans(birgit)
    card = await mette.says(text)
    assert "Flyt 1:1" in words(card)
    await mette.presses(card, "Flyt", day="2026-05-07")
    [kept] = await all_of(database, OneOnOne)
    assert kept.starts_at.date().isoformat() == "2026-05-07"


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("flyt mødet med mette til torsdag kl 14", "2026-04-16", "14:00"),
        ("flyt 1:1 med mette til torsdag d 30/4", "2026-04-30", "10:00"),
        ("kan vi flytte vores 1:1 til mandag", "2026-04-20", "10:00"),
        ("flyt mødet med mette fra den 23. april til den 30. april kl. 9", "2026-04-30", "09:00"),
        ("ryk 1:1 med mette en uge", "2026-04-30", "10:00"),
        ("flyt mødet med mette to dage tidligere", "2026-04-21", "10:00"),
        ("flyt mødet til ugen efter kl. 13", "2026-04-30", "13:00"),
        ("move the meeting with mette to next week", "2026-04-30", "10:00"),
        ("mødet med mette skal flyttes til tirsdag kl 9", "2026-04-21", "09:00"),
        ("kan vi tage 1:1 med mette kl 14 i stedet", "2026-04-23", "14:00"),
        ("rykke mette til på mandag", "2026-04-20", "10:00"),
        ("flyt 1:1 med mette en halv time tidligere", "2026-04-23", "09:30"),
        ("flyt 1:1 med mette en time", "2026-04-23", "11:00"),
        ("flyt 1:1 med mette til uge 21", "2026-05-21", "10:00"),
        ("kan vi udsætte mødet med mette til juni", "2026-06-04", "10:00"),
    ],
)
async def test_the_new_time_that_was_written_stands_in_the_form_and_is_read_back(
    birgit: Someone, database: Database, text: str, day: str, clock: str
) -> None:
    await plans(birgit)
    card = await birgit.says(text)
    assert "Flyt 1:1" in words(card)
    assert (values(card)["day"], values(card)["clock"]) == (day, clock)
    assert "Forstået som: " in words(card)
    await birgit.presses(card, "Flyt")
    [kept] = await all_of(database, OneOnOne)
    assert kept.starts_at.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M") == f"{day} {clock}"


async def test_what_cannot_be_of_a_new_time_is_said_in_the_form(birgit: Someone) -> None:
    await plans(birgit)
    card = await birgit.says("flyt 1:1 med mette til fredag d 30/4")
    assert "gået efter datoen: torsdag den 30. april. Mener du fredag den 1. maj" in words(card)
    assert "Tidspunktet er passeret." in words(await birgit.says("flyt mødet med mette til i dag kl. 8"))
    assert "Den dato findes ikke." in words(await birgit.says("flyt mødet med mette til den 31. februar"))
    birgit.now = datetime(2026, 4, 30, 8, tzinfo=UTC)
    await plans(birgit, "1:1 med Mette den 6. maj kl. 10")
    for passed in ("til uge 18", "til april"):
        card = await birgit.says(f"flyt mødet med mette {passed}")
        assert "Den dato findes ikke." in words(card), "there is no Wednesday left in it"
    for none in ("en halv dag", "en halv uge", "to a time"):
        card = await birgit.says(f"flyt mødet med mette {none}")
        assert (values(card)["day"], values(card)["clock"]) == ("2026-05-06", "10:00"), none


async def test_the_new_time_goes_along_to_whichever_is_chosen(birgit: Someone, mette: Someone) -> None:
    await plans(birgit)
    which = await mette.says("flyt det til fredag d 30/4 kl 13")
    for title in ("Flyt mødet", "Flyt samtalen"):
        card = await mette.presses(which, title)
        assert (values(card)["day"], values(card)["clock"]) == ("2026-04-30", "13:00")
        assert "Mener du fredag den 1. maj" in words(card)
    dialogue = await mette.says("rykke samtalen en uge")
    assert (values(dialogue)["day"], values(dialogue)["clock"]) == ("2026-04-28", "09:00")
    moved = await mette.presses(await mette.says("flyt læringssamtalen til 4/5 kl 10"), "Flyt")
    assert "mandag den 4. maj kl. 10.00" in words(moved)


@pytest.mark.parametrize(
    "text",
    [
        "jeg kan ikke til mødet på torsdag",
        "jeg er syg på torsdag, flyt mit 1:1",
        "flyt 1:1 på torsdag",
        "aflys mødet på torsdag",
        "birgit kan ikke på torsdag",
    ],
)
async def test_the_day_of_an_appointment_says_which_one_and_is_no_new_time(
    birgit: Someone, mette: Someone, text: str
) -> None:
    await plans(birgit, "1:1 med Mette den 20. april kl. 10")
    card = await mette.says(text)
    assert "der passer." in words(card)
    assert "day" not in values(card)
    await plans(birgit, "1:1 med Mette den 16. april kl. 11")
    card = await mette.says(text)
    assert "torsdag den 16. april" in words(card)
    assert values(card).get("day", "2026-04-16") == "2026-04-16"


async def test_the_day_chooses_and_the_new_time_stands_behind_til(birgit: Someone, mette: Someone) -> None:
    await plans(birgit, "1:1 med Mette den 20. april kl. 10")
    await plans(birgit, "1:1 med Mette den 16. april kl. 11")
    for text, day, clock in (
        ("flyt mødet på torsdag til kl 14", "2026-04-16", "14:00"),
        ("jeg er syg på torsdag, flyt mødet til fredag", "2026-04-17", "11:00"),
        ("flyt mødet på torsdag en uge tilbage", "2026-04-16", "11:00"),
    ):
        card = await mette.says(text)
        assert (values(card)["day"], values(card)["clock"]) == (day, clock), text
    assert "kan betyde både tidligere og senere" in words(card)


async def test_a_day_that_there_is_not_goes_along_to_whichever_is_chosen(birgit: Someone, mette: Someone) -> None:
    await plans(birgit)
    which = await mette.says("flyt det til 31/2 kl 13")
    assert "Den dato findes ikke." in words(which)
    for title in ("Flyt mødet", "Flyt samtalen"):
        assert "Den dato findes ikke." in words(await mette.presses(which, title))


async def test_a_chief_moves_the_meeting_with_a_leader(birgit: Someone) -> None:
    await plans(birgit)
    for text in ("flyt mødet med mette", "flyt mødet med Mette Holm", "flyt mødet med Mette på Elmeskolen"):
        assert "Flyt 1:1" in words(await birgit.says(text)), text
    assert "Flyt mødet" in buttons(await birgit.says("aflys mødet med mette"))


async def test_a_leader_who_calls_off_a_1_to_1_hears_who_does_that(birgit: Someone, mette: Someone) -> None:
    await plans(birgit)
    for text in ("aflys 1:1 med birgit", "aflys 1:1 på onsdag"):
        card = await mette.says(text)
        assert "Det er Birgit Dam, der kan aflyse jeres 1:1. Du kan flytte den her." in words(card), text
        assert "Aflys mødet" not in buttons(card), text
    assert "Aflys mødet" in buttons(await birgit.says("aflys alt på torsdag den 23. april"))


async def test_what_is_not_found_is_not_guessed_at(birgit: Someone, mette: Someone) -> None:
    await plans(birgit)
    for text in (
        "flyt mødet med Gurli",
        "flyt mødet med Anders",
        "flyt mødet med Mette Sørensen",
        "flyt mødet med Gurli på Elmeskolen",
    ):
        card = await birgit.says(text)
        assert "Jeg finder ikke noget planlagt, der passer." in words(card), text
        assert "Mette Holm" in words(card)
        assert "day" not in values(card), text
    assert "Det her kan du aflyse:" in words(await birgit.says("aflys mødet med Gurli"))
    card = await birgit.says("flyt samtalen på Elmeskolen")
    assert "En læringssamtale flyttes af tilbuddets leder." in words(card)
    assert "Flyt 1:1" not in words(card)
    assert "Flyt 1:1" in words(await birgit.presses(card, "Flyt mødet"))


async def test_a_leader_moves_the_dialogue_or_is_asked_which(birgit: Someone, mette: Someone) -> None:
    card = await mette.says("flyt samtalen")
    assert "day" in values(card)
    await plans(birgit)
    which = await mette.says("jeg vil gerne flytte en aftalt samtale eller et møde")
    assert "Hvad vil du flytte?" in words(which)
    assert "Elmeskolen" in words(which)
    # The day after, the dialogue that nobody has recorded is no appointment; where nothing else is meant, it is.
    mette.now = STARTS + timedelta(days=1)
    assert "Læringssamtale" not in words(await mette.says("jeg vil gerne flytte en aftalt samtale eller et møde"))
    mette.now = STARTS + timedelta(days=10)
    assert "day" in values(await mette.says("flyt samtalen"))


async def test_nothing_planned_is_said_kindly(birgit: Someone) -> None:
    card = await birgit.says("flyt mødet med mette")
    assert "Der er ikke noget at flytte" in words(card)


async def test_the_visit_is_moved_by_both(database: Database) -> None:
    town = Neighbours()
    await database.write(town.build)
    mette, rune = Someone(database, town.leader), Someone(database, town.rune)
    await agreed(mette, rune)
    rune.now = FIRST - timedelta(hours=3)
    for text in ("vi må desværre aflyse besøget i dag", "jeg er nødt til at aflyse besøget i dag"):
        assert "Jeg finder ikke noget" not in words(await rune.says(text)), text
    rune.now = mette.now
    for someone, text in ((rune, "flyt besøget"), (rune, "flyt besøget hos mette"), (mette, "flyt besøget med rune")):
        card = await someone.says(f"{text} til onsdag den 29. april kl. 12")
        assert (values(card)["day1"], values(card)["clock1"]) == ("2026-04-29", "12:00"), text
    moved = await mette.presses(card, "Flyt")
    assert "Jeg giver den anden besked nu" in words(moved)
    assert "Observatøren får besked med det samme." in words(await mette.presses(moved, "Aflys"))
    # Whom the bot cannot write to is promised nothing of.
    await database.write(lambda uow: mark_blocked(uow, town.rune.id, mette.now))
    opened = await mette.says("aflys besøget med rune")
    assert "Sig det selv til Rune Sol" in words(await mette.presses(opened, "Aflys"))
    again = await mette.presses(await mette.presses(moved, "Flyt besøget"), "Flyt", day1="2026-04-30")
    assert "Sig det selv til Rune Sol" in words(again)


async def test_an_invitation_that_waits_for_an_answer_is_called_off_by_name(database: Database) -> None:
    town = Neighbours()
    await database.write(town.build)
    mette, rune = Someone(database, town.leader), Someone(database, town.rune)
    sent = await invites(mette, town.rune, day1="2026-05-02")
    assert "Lørdag den 2. maj er ikke en arbejdsdag. Hvis det ikke var meningen, kan du rette det." in words(sent)
    for text in ("aflys invitationen til rune", "træk invitationen tilbage", "aflys besøget af rune"):
        assert "Aflys" in buttons(await mette.says(text)), text
    assert "Ikke denne gang" in buttons(await rune.presses(await rune.says("aflys invitationen fra mette"), "Svar"))
    off = await mette.presses(
        await mette.presses(await mette.says("aflys invitationen til rune"), "Aflys"), "Ja, aflys"
    )
    assert "Observationen er aflyst" in words(off)
    assert "Jeg finder ikke noget planlagt, der passer." in words(await mette.says("aflys invitationen til rune"))


async def test_i32_nobody_moves_what_is_of_others(birgit: Someone, database: Database, town: Town) -> None:
    await plans(birgit)
    for someone in (town.other_leader, town.other_chief, town.administrator, town.teacher):
        card = await Someone(database, someone).says("flyt mødet med birgit")
        assert "Mette" not in words(card)
        assert "Flyt 1:1" not in words(card)
