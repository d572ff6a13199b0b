"""A chief plans a 1:1 by typing; both see it, both can move it, and nothing of it goes anywhere else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

import dialogs
from cards.kit import summary_of
from dialogs.conversation import Kind
from dialogs.words import Understood, understand
from domain.one_on_one import OneOnOne, OneOnOneState
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.prompt import PromptKind
from domain.quiet import QuietTimes
from scheduler.calendar import DaysOff
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.pair import MEETS, NOW, birgit, mette, plans, told, town  # noqa: F401
from tests.record import all_of
from tests.town import COPENHAGEN, MUNICIPALITY, Someone, Town, button, buttons, options, person, values, words


async def hire(database: Database, town: Town, name: str, at: str, area_id: UUID) -> Person:  # noqa: F811
    """One more leader, of an institution of their own."""
    someone = person(name)
    where = Institution(name=at, type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=area_id)

    def work(uow: UnitOfWork) -> None:
        uow.add(someone, where)
        uow.session.flush()
        uow.add(
            RoleAssignment(person_id=someone.id, role=Role.LEADER, from_on=date(2024, 8, 1), institution_id=where.id)
        )

    await database.write(work)
    return someone


async def test_a_chief_finds_with_whom_there_has_been_no_1_1_and_plans_one_from_there(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await hire(database, town, "Åse Vig", "Havbo", town.north.id)
    await hire(database, town, "Bo Elm", "Lunden", town.north.id)
    await plans(birgit)
    found = await birgit.presses(await birgit.says("1:1"), "Ledere uden 1:1")
    assert list(options(found, "id")) == ["Bo Elm · Lunden", "Mette Holm · Elmeskolen", "Åse Vig · Havbo"]
    assert "Planlagt til torsdag den 23. april kl. 10.00" in words(found)
    form = await birgit.presses(found, "Planlæg en 1:1", id=options(found, "id")["Åse Vig · Havbo"])
    assert "Åse Vig · Havbo" in words(form)
    birgit.now = MEETS + timedelta(hours=2)
    later = await birgit.says("hvem har jeg ikke haft 1:1 med")
    assert list(options(later, "id")) == ["Bo Elm · Lunden", "Åse Vig · Havbo"]
    birgit.now = NOW + timedelta(days=200)
    assert "Efterår 2026" in words(await birgit.says("uden 1:1"))
    assert len(options(await birgit.says("uden 1:1"), "id")) == 3
    assert "Bo Elm" not in words(await mette.says("uden 1:1"))


async def end_role(database: Database, who: Person, on: date) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in uow.session.query(RoleAssignment).filter_by(person_id=who.id):
            each.to_on = on

    await database.write(work)


async def test_r51_a_chief_plans_by_typing_and_the_leader_hears_at_once(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await birgit.says("1:1 med Mette på torsdag kl. 10 i mødelokale 2")
    assert "Forstået som: torsdag den 16. april kl. 10.00." in words(card)
    assert "Mette Holm · Elmeskolen" in words(card)
    assert (values(card)["day"], values(card)["clock"], values(card)["place"]) == (
        "2026-04-16",
        "10:00",
        "mødelokale 2",
    )
    assert await all_of(database, OneOnOne) == []
    planned = await birgit.presses(card, "Planlæg 1:1")
    assert "torsdag den 16. april kl. 10.00" in words(planned)
    # Mette has not met the bot: nothing is promised that cannot be.
    assert "Sig det selv til Mette Holm" in words(planned)
    assert "besked nu" not in words(planned)
    [kept] = await all_of(database, OneOnOne)
    assert (kept.chief_id, kept.leader_id, kept.institution_ids, kept.state) == (
        town.chief.id,
        town.leader.id,
        (town.school.id,),
        OneOnOneState.PLANNED,
    )
    [[prompt]] = (await told(database, "one_on_one.planned")).values()
    assert (prompt.person_id, prompt.kind) == (town.leader.id, PromptKind.URGENT)
    news = await mette.sees("one_on_one.planned", kept.id)
    assert "Birgit Dam" in words(news)
    assert "dig og Birgit Dam. Ingen andre." in words(news)
    assert "Mette" not in summary_of(news)
    assert "Birgit" not in summary_of(news)
    assert summary_of(news) == "1:1 torsdag den 16. april"


@pytest.mark.parametrize(
    ("typed", "day", "clock"),
    [
        ("1:1 med Mette", "", ""),
        ("1:1 Mette i morgen", "2026-04-15", ""),
        ("1-1 med mete holm næste onsdag kl. 10.30", "2026-04-22", "10:30"),
        ("en til en med Mettes den 3. maj kl. halv ti", "2026-05-03", "09:30"),
        ("one on one with Mette tomorrow at 9", "2026-04-15", "09:00"),
        ("planlæg en 1:1 med Holm 3/5 kl. 10", "2026-05-03", "10:00"),
        ("1:1 med Elmeskolen på fredag kl. 8", "2026-04-17", "08:00"),
        ("1 : 1 med Mette om status og fokusområder på fredag kl. 8", "2026-04-17", "08:00"),
    ],
)
async def test_a_leader_and_a_time_are_understood_however_they_are_typed(
    birgit: Someone,  # noqa: F811
    typed: str,
    day: str,
    clock: str,
) -> None:
    found = understand(typed, dialogs.QUESTIONS)
    assert isinstance(found, Understood)
    assert found.intent == "one_on_one"
    card = await birgit.says(typed)
    assert "Mette Holm" in words(card)
    if "om status" not in typed:
        assert (values(card)["day"], values(card)["clock"]) == (day, clock)


@pytest.mark.parametrize("typed", ["1:1", "1:1!", "en til en", "one on one", "1 til 1"])
async def test_the_word_alone_shows_what_is_planned(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    typed: str,
) -> None:
    assert "Der er ikke planlagt en 1:1." in words(await birgit.says(typed))
    assert "Din Børn og Unge-chef planlægger dem" in words(await mette.says(typed))
    await plans(birgit)
    assert "torsdag den 23. april kl. 10.00" in words(await birgit.says(typed))
    assert "torsdag den 23. april kl. 10.00" in words(await mette.says(typed))


async def test_other_words_with_ones_in_them_are_no_one_on_one() -> None:
    for typed in ("stille i 1 uge fra 1 maj", "1/1", "11", "kl. 1:15"):
        found = understand(typed, dialogs.QUESTIONS)
        assert not isinstance(found, Understood) or found.intent != "one_on_one"


async def test_without_a_time_the_card_asks_and_keeps_what_is_typed(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await birgit.says("1:1 med Mette")
    again = await birgit.presses(card, "Planlæg 1:1", place="Rådhuset")
    assert "Vælg en dato." in words(again)
    assert values(again)["place"] == "Rådhuset"
    again = await birgit.presses(again, "Planlæg 1:1", day="2026-04-23")
    assert "Vælg et klokkeslæt." in words(again)
    assert await all_of(database, OneOnOne) == []
    # A day on which people are off is told of, and stands.
    birgit.municipality = replace(MUNICIPALITY, quiet=QuietTimes(zone=COPENHAGEN, holidays=DaysOff()))
    planned = await birgit.presses(again, "Planlæg 1:1", day="2026-12-24", clock="10:00")
    assert "Torsdag den 24. december er ikke en arbejdsdag. Hvis det ikke var meningen, kan du rette det." in words(
        planned
    )
    moving = await birgit.presses(planned, "Flyt mødet")
    for day, said in (("2026-07-07", "Tirsdag den 7. juli ligger i skoleferien."), ("2026-06-08", "")):
        moved = await birgit.presses(moving, "Flyt", day=day)
        assert said in words(moved)
        assert ("kan du rette det" in words(moved)) is bool(said)
        moving = await birgit.presses(moved, "Flyt mødet")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-04-13", "clock": "10:00"}, "Tidspunktet er passeret."),
        ({"day": "2026-04-14", "clock": "09:59"}, "Tidspunktet er passeret."),
        ({"day": "2028-04-13", "clock": "10:00"}, "Vælg et tidspunkt inden for det kommende år."),
        ({"day": "2026-10-25", "clock": "02:30"}, "kommer to gange"),
        ({"day": "2027-03-28", "clock": "02:30"}, "så klokkeslættet findes ikke"),
        ({"day": "2026-04-20", "clock": "23:00"}, "mellem kl. 6.00 og 22.00"),
        ({"day": "2026-04-20", "clock": "05:59"}, "mellem kl. 6.00 og 22.00"),
        ({"day": "21/4", "clock": "10:00"}, "Vælg en dato."),
        ({"day": "2026-04-20", "clock": "10:00", "place": "Hos 010203-1234"}, "cpr-nummer"),
    ],
)
async def test_a_time_that_cannot_be_is_said_at_the_field_and_the_rest_stays(
    birgit: Someone,  # noqa: F811
    database: Database,
    typed: dict[str, str],
    sentence: str,
) -> None:
    card = await birgit.presses(await birgit.says("1:1 med Mette"), "Planlæg 1:1", **{"place": "Kontoret", **typed})
    assert sentence in words(card)
    assert values(card)["place"] == typed.get("place", "Kontoret")
    assert values(card)["clock"] == typed["clock"]
    assert await all_of(database, OneOnOne) == []


async def test_a_typed_time_that_cannot_be_is_said_before_it_is_planned(birgit: Someone) -> None:  # noqa: F811
    assert "Tidspunktet er passeret." in words(await birgit.says("1:1 med Mette i dag kl. 8"))
    for typed in ("1:1 med Mette i går kl. 10", "1:1 with Mette yesterday at 10"):
        card = await birgit.says(typed)
        assert "Tidspunktet er passeret." in words(card)
        assert values(card)["place"] == ""
    assert "Den dato findes ikke." in words(await birgit.says("1:1 med Mette den 31. februar kl. 8"))
    seen = words(await birgit.says("1:1 med Mette torsdag den 25. april kl. 8"))
    assert "Du skrev torsdag, og jeg er gået efter datoen: lørdag den 25. april." in seen
    assert "Lørdag den 25. april er ikke en arbejdsdag." in seen


async def test_several_of_a_name_are_asked_about_with_a_button_each(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await hire(database, town, "Mette Skov", "Børnehuset Skoven", town.north.id)
    await hire(database, town, "Mette Syd", "Børnehuset Syd", town.south.id)
    card = await birgit.says("1:1 med Mette på fredag kl. 9")
    assert "Mette Skov" in buttons(card)
    assert "Mette Holm" in buttons(card)
    assert "Mette Syd" not in words(card)
    card = await birgit.presses(card, "Mette Skov")
    assert "Mette Skov · Børnehuset Skoven" in words(card)
    assert (values(card)["day"], values(card)["clock"]) == ("2026-04-17", "09:00")


async def test_an_unknown_name_gets_the_nearest_three_and_keeps_the_time(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    for name in ("Karen Vestergaard", "Lone Vang", "Per Hede"):
        await hire(database, town, name, f"Hus {name}", town.north.id)
    card = await birgit.says("1:1 med Karla Vestergren på fredag kl. 9")
    assert "Jeg kender ingen med det navn blandt dine ledere." in words(card)
    assert "Karen Vestergaard" in buttons(card)
    assert len([each for each in buttons(card) if each not in ("Alle mine ledere", "Min oversigt")]) == 3
    card = await birgit.presses(card, "Alle mine ledere")
    assert values(await birgit.presses(card, "Mette Holm"))["clock"] == "09:00"


async def test_many_leaders_are_a_list(birgit: Someone, database: Database, town: Town) -> None:  # noqa: F811
    for number in range(5):
        await hire(database, town, f"Leder {number}", f"Hus {number}", town.north.id)
    card = await birgit.presses(await birgit.says("1:1"), "Planlæg en 1:1")
    assert "Vælg, hvem du vil mødes med." in words(await birgit.presses(card, "Fortsæt"))
    assert "Mette Holm" in words(await birgit.presses(card, "Fortsæt", id=str(town.leader.id)))


async def test_i22_a_chief_without_responsibility_plans_nothing(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await birgit.says("1:1 med Mette den 23. april kl. 10")
    for someone in (town.other_chief, town.leader, town.deputy, town.consultant):
        answer = await Someone(database, someone, now=NOW).presses(card, "Planlæg 1:1")
        assert "Det har du ikke adgang til" in words(answer)
    forged = {**values(card), "id": str(town.other_leader.id)}
    reply = await birgit.does(Kind.PRESSED, verb="one_on_one.plan", data=forged)
    assert reply.card is not None
    assert "Det har du ikke adgang til" in words(reply.card)
    assert "Ali" not in words(await birgit.says("1:1 med Ali i morgen kl. 9"))
    await end_role(database, town.chief, date(2026, 4, 20))
    late = await birgit.presses(card, "Planlæg 1:1")
    assert "Den dag har du ikke ansvar for et tilbud, som lederen leder." in words(late)
    assert await all_of(database, OneOnOne) == []


async def test_who_may_not_plan_or_move_it_any_more_gets_back_what_was_typed(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await birgit.says("1:1 med Mette den 23. april kl. 10")
    stranger = Someone(database, town.other_chief, now=NOW)
    asked = await birgit.presses(await birgit.presses(card, "Planlæg 1:1"), "Flyt mødet")
    for form, title in ((card, "Planlæg 1:1"), (asked, "Flyt")):
        refused = await stranger.presses(form, title, place="Lokale 4")
        assert "Det har du ikke adgang til" in words(refused)
        assert "23. april 2026 kl. 10.00" in words(refused)
        assert "Lokale 4" in words(refused)
        assert "Mette" not in words(refused)
    shown = await mette.says("1:1")
    asked = await mette.presses(shown, "Flyt mødet")
    await birgit.presses(await birgit.presses(await birgit.says("1:1 med Mette"), "Aflys mødet"), "Ja, aflys")
    late = await mette.presses(asked, "Flyt", day="2026-04-24", place="Hos os")
    assert "24. april 2026 kl. 10.00" in words(late)
    assert "Hos os" in words(late)


async def test_the_day_of_a_planned_one_shows_it(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await plans(birgit)
    assert "Flyt mødet" in buttons(await birgit.says("1:1 med Mette den 23. april"))
    assert "Planlæg 1:1" in buttons(await birgit.says("1:1 med Mette den 24. april"))
    assert "Planlæg 1:1" in buttons(await birgit.says("1:1 med Mette den 23. april kl. 14"))
    assert "Flyt mødet" in buttons(await mette.says("jeg mødes med Birgit den 23. april kl. 10"))
    another = await mette.says("jeg mødes med Birgit den 24. april kl. 10 om den nye vagtplan")
    assert "23. april" not in words(another)
    assert "planlægger 1:1" in words(another)
    meets = await birgit.says("jeg mødes med mette mandag kl. 10 på rådhuset")
    assert [values(meets)[name] for name in ("day", "clock", "place")] == ["2026-04-20", "10:00", "rådhuset"]


async def test_i22_it_is_about_those_of_a_leaders_institutions_that_this_chief_has_responsibility_for(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    extra = RoleAssignment(
        person_id=town.leader.id, role=Role.LEADER, from_on=date(2024, 8, 1), institution_id=town.day_care.id
    )
    await database.write(lambda uow: uow.add(extra))
    await plans(birgit)
    [kept] = await all_of(database, OneOnOne)
    assert kept.institution_ids == (town.school.id,)


async def test_the_same_press_twice_plans_one_and_another_that_day_is_refused(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    card = await birgit.says("1:1 med Mette den 23. april kl. 10")
    first = await birgit.presses(card, "Planlæg 1:1")
    assert await birgit.presses(card, "Planlæg 1:1") == first
    other = await plans(birgit, "1:1 med Mette den 23. april kl. 14")
    assert "I har allerede en 1:1 den dag: torsdag den 23. april kl. 10.00." in words(other)
    assert len(await all_of(database, OneOnOne)) == 1


@pytest.mark.parametrize("mover", ["birgit", "mette"])
async def test_both_move_it_and_the_other_hears_of_it_as_an_urgent_change(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    mover: str,
) -> None:
    await plans(birgit)
    one, other = (birgit, mette) if mover == "birgit" else (mette, birgit)
    asking = await one.presses(await one.says("dagsorden"), "Flyt mødet")
    moved = await one.presses(asking, "Flyt", day="2026-04-24", clock="13:15")
    assert "fredag den 24. april kl. 13.15" in words(moved)
    told_now = "Sig det selv til Mette Holm" if mover == "birgit" else "Jeg giver Birgit Dam besked nu"
    assert told_now in words(moved)
    prompts = await told(database, "one_on_one.moved")
    assert {each: [prompt.kind for prompt in found] for each, found in prompts.items()} == {
        other.who.id: [PromptKind.URGENT]
    }
    [kept] = await all_of(database, OneOnOne)
    assert kept.revision == 2
    assert "fredag den 24. april kl. 13.15" in words(await other.sees("one_on_one.moved", kept.id))


@pytest.mark.parametrize("mover", ["birgit", "mette"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-04-13", "clock": "10:00"}, "Tidspunktet er passeret."),
        ({"day": "2026-04-14", "clock": "09:59"}, "Tidspunktet er passeret."),
        ({"day": "2028-04-13", "clock": "10:00"}, "Vælg et tidspunkt inden for det kommende år."),
        ({"day": "2026-10-25", "clock": "02:30"}, "kommer to gange"),
        ({"day": "2027-03-28", "clock": "02:30"}, "så klokkeslættet findes ikke"),
        ({"day": "2026-04-24", "clock": "23:00"}, "mellem kl. 6.00 og 22.00"),
        ({"day": "21/4", "clock": "10:00"}, "Vælg en dato."),
        ({"day": "2026-04-24", "clock": ""}, "Vælg et klokkeslæt."),
        ({"day": "2026-04-24", "clock": "10:00", "place": "Hos 010203-1234"}, "cpr-nummer"),
    ],
)
async def test_a_time_it_cannot_be_moved_to_is_said_at_the_field_and_nothing_is_lost_or_told(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    typed: dict[str, str],
    sentence: str,
    mover: str,
) -> None:
    """A time in the past, in the hour that the clocks leave out, and in the one they go through twice, as any other."""
    await plans(birgit, place="Kontoret")
    someone = birgit if mover == "birgit" else mette
    asking = await someone.presses(await someone.says("dagsorden"), "Flyt mødet")
    card = await someone.presses(asking, "Flyt", **{"place": "Hos os", **typed})
    assert sentence in words(card)
    assert values(card)["place"] == typed.get("place", "Hos os")
    assert values(card).get("clock", "") == typed["clock"]
    [kept] = await all_of(database, OneOnOne)
    assert (kept.starts_at, kept.place, kept.revision) == (MEETS, "Kontoret", 1)
    assert await told(database, "one_on_one.moved") == {}
    moved = await someone.presses(card, "Flyt", day="2026-10-25", clock="09:30", place="Hos os")
    assert "søndag den 25. oktober kl. 9.30" in words(moved)
    [kept] = await all_of(database, OneOnOne)
    assert kept.starts_at == datetime(2026, 10, 25, 8, 30, tzinfo=UTC)


async def test_two_who_move_it_at_once_do_not_overrule_one_another_unseen(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    one = await birgit.presses(await birgit.says("1:1 med Mette"), "Flyt mødet")
    other = await mette.presses(await mette.says("1:1"), "Flyt mødet")
    await birgit.presses(one, "Flyt", day="2026-04-24")
    answer = await mette.presses(other, "Flyt", day="2026-04-27", place="Hos os")
    assert "er i mellemtiden flyttet til fredag den 24. april kl. 10.00" in words(answer)
    assert values(answer)["place"] == "Hos os"
    await mette.presses(answer, "Flyt")
    assert "mandag den 27. april kl. 10.00" in words(await birgit.says("1:1"))


async def test_only_the_chief_calls_it_off_and_what_was_to_be_talked_about_goes_on_the_next(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Vores nye bygning")
    await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Noget svært", seen="private")
    shown = await mette.says("1:1")
    assert "Aflys mødet" not in buttons(shown)
    forged = {"id": button(shown, "Flyt mødet")["data"]["id"]}
    reply = await mette.does(Kind.PRESSED, verb="one_on_one.cancel", data=forged)
    assert reply.card is not None
    assert "Det har du ikke adgang til" in words(reply.card)
    sure = await birgit.presses(await birgit.says("1:1 med Mette"), "Aflys mødet")
    card = await birgit.presses(sure, "Ja, aflys")
    assert "Jeres 1:1 er aflyst" in words(card)
    [kept] = await all_of(database, OneOnOne)
    assert "Slet den i din kalender" in words(await mette.sees("one_on_one.cancelled", kept.id))
    assert "Jeres 1:1 er aflyst." in words(await mette.presses(shown, "Flyt mødet"))
    await plans(birgit, "1:1 med Mette den 30. april kl. 9")
    assert "Vores nye bygning" in words(await birgit.says("dagsorden"))
    assert "Noget svært" not in words(await birgit.says("dagsorden"))
    assert "Noget svært" in words(await mette.says("dagsorden"))


async def test_i24_nobody_but_the_two_opens_it(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    [kept] = await all_of(database, OneOnOne)
    views = ("one_on_one", "one_on_one.planned", "one_on_one.moved", "agenda", "note", "confirmation")
    for someone in (
        town.other_chief,
        town.deputy,
        town.teacher,
        town.other_leader,
        town.consultant,
        town.administrator,
    ):
        for view in views:
            assert await Someone(database, someone, now=NOW).gets(view, kept.id) is None
            assert await Someone(database, someone, now=NOW).gets(view, uuid4()) is None


async def test_a_forwarded_card_says_nothing_to_a_colleague(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    cards = [await mette.says("1:1"), await mette.says("dagsorden")]
    sara = Someone(database, town.deputy, now=NOW)
    for card in cards:
        for title in [each for each in buttons(card) if each != "Min oversigt"]:
            answer = await sara.presses(card, title, text="Saras ord")
            assert "Det har du ikke adgang til" in words(answer)
            assert "23. april" not in words(answer)


async def test_i37_nothing_of_a_one_on_one_is_said_in_a_group(birgit: Someone) -> None:  # noqa: F811
    card = await plans(birgit)
    reply = await birgit.does(Kind.SAID, text="1:1", is_personal=False)
    assert reply.card is not None
    assert "23. april" not in words(reply.card)
    pressed = button(card, "Se dagsordenen")
    reply = await birgit.does(Kind.PRESSED, verb=pressed["verb"], data=pressed["data"], is_personal=False)
    assert reply.card is not None
    assert "Mette" not in words(reply.card)


async def test_a_leader_who_has_left_is_no_longer_met(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    card = await birgit.says("dagsorden")
    await end_role(database, town.leader, date(2026, 4, 13))
    answer = await birgit.presses(card, "Tilføj", text="Budgettet")
    assert "Mette Holm leder ikke et tilbud, som Birgit Dam har ansvar for" in words(answer)
    assert "Budgettet" in words(answer)
    refused = await mette.presses(card, "Tilføj", text="Mine ord")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Mine ord" in words(refused)
    assert "Der er ikke planlagt en 1:1" in words(await mette.says("1:1"))


async def test_r52_the_overview_has_the_next_one_as_a_line_and_nothing_of_what_is_in_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Vores nye bygning")
    for someone in (birgit, mette):
        seen = words(await someone.says("min oversigt"))
        assert "Næste 1:1" in seen
        assert "torsdag den 23. april kl. 10.00" in seen
        assert "Se dagsordenen til 1:1" not in seen
        assert "Vores nye bygning" not in seen
        someone.now = MEETS - timedelta(days=2)
        assert "Se dagsordenen til 1:1" in words(await someone.says("min oversigt"))


async def test_a_card_for_an_unknown_one_is_answered_like_a_foreign_one(birgit: Someone) -> None:  # noqa: F811
    card = await plans(birgit)
    pressed = button(card, "Flyt mødet")
    answers = []
    for id_ in (str(uuid4()), "nonsense", ""):
        reply = await birgit.does(Kind.PRESSED, verb=pressed["verb"], data={**pressed["data"], "id": id_})
        assert reply.card is not None
        answers.append(words(reply.card))
    assert len(set(answers)) == 1
    assert "Det har du ikke adgang til" in answers[0]


async def test_a_time_change_is_told_when_it_is_close_and_not_when_it_is_over(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    [kept] = await all_of(database, OneOnOne)
    mette.now = MEETS + timedelta(minutes=1)
    assert await mette.gets("one_on_one.cancelled", kept.id) is None
    birgit.now = mette.now
    asking = await birgit.presses(await birgit.says("notat"), "Det blev ikke til noget")
    await birgit.presses(asking, "Flyt", day="2026-04-28")
    assert "tirsdag den 28. april kl. 10.00" in words(await mette.sees("one_on_one.moved", kept.id))


def test_what_holds_content_must_not_arrive_twice() -> None:
    assert {"agenda", "note", "confirmation", "agreement"} <= dialogs.PERSONAL


async def test_a_draft_of_the_note_keeps_nobody_from_moving_or_cancelling_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    [planned] = await all_of(database, OneOnOne)
    birgit.now = mette.now = MEETS + timedelta(hours=1)
    await birgit.presses(await birgit.says("notat"), "Gem kladde", works="Halvt tænkt")
    card = await birgit.sees("one_on_one", planned.id)
    assert {"Flyt mødet", "Aflys mødet"} <= set(buttons(card))
    assert not {"Flyt mødet", "Aflys mødet"} & set(buttons(await mette.sees("one_on_one", planned.id)))
    await birgit.presses(await birgit.presses(card, "Flyt mødet"), "Flyt", day="2026-04-28")
    [moved] = await all_of(database, OneOnOne)
    assert (moved.state, moved.meets_on) == (OneOnOneState.AGENDA_OPEN, date(2026, 4, 28))
    assert "tirsdag den 28. april kl. 10.00" in words(await mette.sees("one_on_one.moved", planned.id))
    birgit.now = mette.now = moved.starts_at + timedelta(hours=1)
    writing = await birgit.says("notat")
    assert values(writing)["works"] == "Halvt tænkt"
    await birgit.presses(writing, "Gem kladde", works="Tænkt videre")
    asking = await birgit.presses(await birgit.sees("one_on_one", planned.id), "Aflys mødet")
    assert "Tænkt videre" in words(await birgit.presses(asking, "Ja, aflys"))
    [kept] = await all_of(database, OneOnOne)
    assert kept.state is OneOnOneState.CANCELLED
    assert "Tænkt videre" in words(await birgit.sees("one_on_one", planned.id))
    for view in ("one_on_one", "one_on_one.cancelled"):
        assert "Tænkt videre" not in words(await mette.sees(view, planned.id))
