"""Stories of people who ask in a sentence: asked back, refused kindly, and understood from one message to the next."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import JSON, type_coerce, update

from dialogs import QUESTIONS
from dialogs.asking import answer
from dialogs.behind import WRITTEN
from dialogs.conversation import Kind
from dialogs.turn import Turn
from domain.asking import AskedBefore
from domain.cycle import Cycle
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.perspective import Perspective
from storage.asking import asked_before
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of
from tests.test_one_on_one import end_role
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, button, buttons, values, words
from tests.visits import Neighbours


@pytest.fixture
async def town(database: Database) -> Town:
    town = Town()
    await database.write(town.build)
    return town


@pytest.fixture
def birgit(database: Database, town: Town) -> Someone:
    return Someone(database, town.chief)


async def understood(who: Someone, *texts: str) -> tuple[str, dict[str, object]]:
    """The last of these messages as `ask` would tell it."""

    def work(uow: UnitOfWork) -> tuple[str, dict[str, object]]:
        person = uow.session.get_one(Person, who.who.id)
        for text in texts:
            found = answer(Turn.of(person, uow, who.now, who.municipality), text)
        return found.intent, found.slots

    return await who.database.write(work)


async def test_an_unknown_name_is_asked_back_with_a_button_each(birgit: Someone) -> None:
    card = await birgit.says("beslutninger på Elverskolen")
    assert "Det navn kender jeg ikke" in words(card)
    assert "Elmeskolen" in buttons(card)


async def test_of_an_unknown_name_the_nearest_three_are_offered_of_those_that_the_asker_may_ask_about(
    database: Database,
) -> None:
    town = Town()

    def build(uow: UnitOfWork) -> None:
        town.build(uow)
        for name in ("Nordre Skole", "Vestre Skole", "Xylofonhuset"):
            where = town.school.area_id if name != "Xylofonhuset" else town.south.id
            uow.add(Institution(name=name, type=town.school.type, age_range=town.school.age_range, area_id=where))
        uow.add(
            Institution(
                name="Mælkevejen", type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=town.school.area_id
            )
        )

    await database.write(build)
    chief = Someone(database, town.chief)
    _intent, slots = await understood(chief, "nøgletal for Xylofonskolen")
    offered = slots["candidates"]
    assert isinstance(offered, list)
    assert sorted(offered) == ["institution:Elmeskolen", "institution:Nordre Skole", "institution:Vestre Skole"]
    both = words(await chief.says("læringssamtaler på Elmeskolen og dagtilbuddene"))
    assert "Elmeskolen og Mælkevejen · forår 2026" in both, (
        "a place and others that it is none of are answered together"
    )


async def test_a_kind_no_is_a_refusal_with_its_reason_as_any_other(database: Database) -> None:
    town = Neighbours()
    await database.write(town.build)
    rune, kaya = Someone(database, town.rune), Someone(database, town.administrator)
    for someone, typed in ((kaya, "tilsynsresumé for Elmeskolen"), (rune, "nøgletal for dagtilbuddene")):
        intent, slots = await understood(someone, typed)
        assert (intent, slots["reason"]) == ("refuse", "outside_responsibility")
    assert "mellem chefen og lederen" in words(await kaya.says("tilsynsresumé for Elmeskolen"))


async def test_a_press_answers_the_question_for_what_was_chosen(birgit: Someone) -> None:
    card = await birgit.says("fokusområder på Elverskolen")
    assert "fokusområder" in words(await birgit.presses(card, "Elmeskolen")).lower()
    assert await understood(birgit, "og i efteråret?") == (
        "focus_area_status",
        {"institution": "Elmeskolen", "half_year": "2025H2"},
    )


async def test_a_word_for_what_is_meant_answers_as_a_press_does_and_what_does_not_say_is_asked_again(
    birgit: Someone,
) -> None:
    asked = "beslutninger på Elverskolen"
    assert await understood(birgit, asked, "den første") == ("decision_list", {"institution": "Elmeskolen"})
    assert (await understood(birgit, asked, "aftaler"))[0] == "clarify"
    assert "Jeg mangler stadig at vide" in words(await birgit.says("aftaler"))
    assert (await understood(birgit, asked, "på dansk"))[0] == "clarify"
    assert await understood(birgit, asked, "Elmeskolen") == ("decision_list", {"institution": "Elmeskolen"})


async def test_what_was_asked_back_about_is_gone_on_from_only_as_long_as_all_of_it_is_there(
    birgit: Someone, town: Town
) -> None:
    school = town.school
    other = Institution(name="Elverhuset", type=school.type, age_range=school.age_range, area_id=school.area_id)
    await birgit.database.write(lambda uow: uow.add(other))
    assert (await understood(birgit, "beslutninger på Elverskolen"))[0] == "unknown_institution"

    def leaves(uow: UnitOfWork) -> None:
        uow.session.delete(uow.session.get_one(Institution, other.id))

    await birgit.database.write(leaves)
    for said in ("den anden", "skolen"):
        assert "institution" not in (await understood(birgit, said))[1], said


async def test_what_is_remembered_is_read_beside_another_release(birgit: Someone, town: Town) -> None:
    school = town.school
    alike = Institution(name="Nord", type=school.type, age_range=school.age_range, area_id=school.area_id)
    await birgit.database.write(lambda uow: uow.add(alike))
    await birgit.says("fokusområder på Elmeskolen")
    card = await birgit.says("beslutninger på Elverskolen og Nord")
    assert len(json.loads(button(card, "Elmeskolen")["data"]["left"])) == 1
    assert not await all_of(birgit.database, AskedBefore), "the release before reads no second name"
    await birgit.says("fokusområder på Elmeskolen")
    (kept,) = await all_of(birgit.database, AskedBefore)
    newer = type_coerce({**kept.slots.as_data(), "of_a_newer_release": "1"}, JSON)
    await birgit.database.write(lambda uow: uow.session.execute(update(asked_before).values(slots=newer)) and None)
    assert (await understood(birgit, "og i efteråret?"))[1] == {"institution": "Elmeskolen", "half_year": "2025H2"}


async def test_what_lies_outside_is_refused_kindly(birgit: Someone, town: Town) -> None:
    intent, slots = await understood(birgit, "fokusområder på Børnehuset Åen")
    assert intent == "refuse"
    assert slots["reason"] == "outside_responsibility"
    card = await birgit.says("tilsynsresumé for Børnehuset Åen")
    assert "de tilbud, du har ansvar for" in words(card)
    for typed in ("nøgletal for Elmeskolen og Syd", "også dagtilbuddene", "nøgletal for Elmeskolen og dagtilbud i Syd"):
        partly = await birgit.says(typed)
        assert "Jeg kan ikke svare på det hele" in words(partly), typed
        await birgit.says("nøgletal for Elmeskolen")
    assert "78,4" in words(await birgit.presses(partly, "Elmeskolen"))
    near = Institution(
        name="Spirerne", type=town.day_care.type, age_range=town.day_care.age_range, area_id=town.north.id
    )
    await birgit.database.write(lambda uow: uow.add(near))
    both = words(await birgit.says("nøgletal for Elmeskolen og dagtilbuddene"))
    assert "Elmeskolen og Spirerne" in both
    assert "Svaret gælder de tilbud, du har ansvar for" in both


async def test_of_two_areas_the_one_is_to_be_had_and_both_by_the_chief_of_both(
    birgit: Someone, town: Town, database: Database
) -> None:
    typed = "tilsynsresumé for område Nord og område Syd"
    assert (await understood(birgit, typed))[0] == "refuse"
    card = await birgit.says(typed)
    assert "Elmeskolen · forår 2026" in words(await birgit.presses(card, "Område Nord"))
    both = RoleAssignment(person_id=town.chief.id, role=Role.CHIEF, from_on=NOW.date(), area_id=town.south.id)
    await database.write(lambda uow: uow.add(both))
    assert await understood(birgit, typed) == ("supervision_summary", {"area": ["Nord", "Syd"]})
    assert "område Nord og Syd · forår 2026 · 2 tilbud" in words(await birgit.says(typed))
    names = " og ".join(sorted((town.school.name, town.day_care.name)))
    assert f"\n{names} · efterår 2024 – forår 2026\n" in words(await birgit.says(f"nøgletal for {names}"))
    there = RoleAssignment(
        person_id=town.leader.id, role=Role.LEADER, from_on=NOW.date(), institution_id=town.day_care.id
    )
    await database.write(lambda uow: uow.add(there))
    assert "\nBørnehuset Åen · " in words(await birgit.says("nøgletal for Mette Holm i Syd"))


async def test_what_is_offered_in_place_of_a_no_is_no_other_no(sqlite_database: Database) -> None:
    town = Neighbours()
    await sqlite_database.write(town.build)
    for who in (town.rune, town.administrator, town.leader):
        someone = Someone(sqlite_database, who)
        for typed in ("hvem er bedst", "løn", "hvad siger Sofie i 3.a", "andres 1:1", "aftaler på Børnehuset Åen"):
            card = await someone.says(typed)
            assert "Det kan jeg ikke svare på" in words(card), (who.name, typed)
            for title in buttons(card):
                assert "Det kan jeg ikke svare på" not in words(await someone.presses(card, title)), (typed, title)


async def test_what_an_answer_refuses_is_told_with_its_reason_and_not_gone_on_from(
    town: Town, database: Database
) -> None:
    kaya = Someone(database, town.administrator)
    intent, slots = await understood(kaya, "aftaler med Mette Holm")
    assert (intent, slots["reason"]) == ("refuse", "outside_responsibility")
    assert (await understood(kaya, "og i efteråret?"))[0] == "help"


async def test_i32_a_chief_whose_area_changed_yesterday_is_told_nothing_more_by_any_way_back(
    birgit: Someone, town: Town
) -> None:
    asked = await birgit.says("nøgletal for Elmeskolen")
    summary = await birgit.says("tilsynsresumé for Elmeskolen")
    assert "78,4" in words(asked)
    await end_role(birgit.database, town.chief, birgit.now.date() - timedelta(days=1))
    for card, title in ((asked, "Vis kilder"), (asked, "Afgræns"), (summary, "Vis kilder"), (summary, "Afgræns")):
        reply = await birgit.presses(card, title)
        assert "Det hører til tilbud, du ikke har ansvar for." in words(reply)
        assert "Elmeskolen" not in words(reply)
    for typed in ("som pdf", "og i efteråret?", "tilsynsresumé for Elmeskolen", "nøgletal for Elmeskolen"):
        intent, slots = await understood(birgit, typed)
        assert (intent, slots["reason"]) == ("refuse", "outside_responsibility"), typed


async def test_a_button_of_somebody_elses_answer_shows_nothing_more(birgit: Someone, town: Town) -> None:
    card = await birgit.says("fokusområder på Elverskolen")
    ole = Someone(birgit.database, town.other_chief)
    assert "tilbud, du ikke har ansvaret for" in words(await ole.presses(card, "Elmeskolen"))


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("hvilken skole er bedst?", "Nøgletal"),
        ("er Mette Holm en god leder?", "Fokusområder"),
        ("slet alt om Elmeskolen", "Min oversigt"),
        ("hvordan går det med Emil i 2.b?", "Børneperspektiver"),
    ],
)
async def test_what_is_not_answered_says_what_is_possible_instead(birgit: Someone, typed: str, instead: str) -> None:
    card = await birgit.says(typed)
    assert "Det kan jeg ikke svare på" in words(card)
    assert instead in buttons(card)
    assert "Det kan jeg ikke svare på" not in words(await birgit.presses(card, instead))


async def test_a_message_goes_on_from_the_one_before_for_half_an_hour(birgit: Someone) -> None:
    assert (await understood(birgit, "nøgletal for Elmeskolen"))[0] == "key_figures"
    soon = replace(birgit, now=NOW + timedelta(minutes=29))
    assert await understood(soon, "og beslutningerne?") == ("decision_list", {"institution": "Elmeskolen"})
    for noun in ("fokusområder?", "aftaler", "perspektiver", "beslutninger", "nøgletal", "tilsynsresumé"):
        assert (await understood(soon, noun))[1] == {"institution": "Elmeskolen"}, noun
    assert "Elmeskolen" in words(await soon.says("aftaler"))
    late = replace(birgit, now=NOW + timedelta(hours=2))
    assert (await understood(late, "som pdf"))[0] == "help"
    assert (await understood(late, "aftaler"))[1] == {}


async def test_the_words_of_a_leader_stay_the_leaders_own(database: Database, town: Town) -> None:
    mette = Someone(database, town.leader)
    for typed, intent in (
        ("forbered", "prepare"),
        ("vil gerne forberede læringssamtalen", "prepare"),
        ("beslutning", "decide"),
        ("aftaler", "agreement_overview"),
        ("fokusområder", "focus_area_status"),
        ("praksis om overgange", "practice"),
    ):
        assert (await understood(mette, typed))[0] == intent, typed


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("hej", "smalltalk"),
        ("tusind tak for hjælpen", "smalltalk"),
        ("english", "set_language"),
        ("skriv på dansk", "set_language"),
        ("hjælp", "help"),
        ("", "help"),
        ("🙂", "smalltalk"),
    ],
)
async def test_small_words_are_answered(birgit: Someone, typed: str, intent: str) -> None:
    assert await understood(birgit, typed) == (intent, {})


async def test_a_button_that_was_tampered_with_is_answered_like_a_foreign_one(
    birgit: Someone,
) -> None:
    card = await birgit.says("fokusområder på Elverskolen")
    for typed in ({"slots": "x"}, {"slots": '{"theme": "x"}'}, {"intent": "nothing"}, {"chosen": "area:1"}):
        data = {**card["actions"][0]["data"], **typed}
        reply = await birgit.does(Kind.PRESSED, verb="asking.choose", data=data)
        assert reply.card is not None
        assert "Det har du ikke adgang til" in words(reply.card)


async def test_what_is_to_be_shown_to_a_group_is_answered_in_the_own_chat_alone(birgit: Someone) -> None:
    for typed in ("del nøgletallene for skolerne i ledergruppen", "post the key figures in the group chat"):
        intent, slots = await understood(birgit, typed)
        assert (intent, slots["reason"]) == ("refuse", "private_chat_only")
    card = await birgit.says("send tilsynsresuméet til vores teamskanal")
    assert "Jeg svarer kun i chatten med dig alene" in words(card)


async def test_i37_no_answer_is_given_in_a_group_neither_typed_nor_pressed(birgit: Someone) -> None:
    asked = ("tilsynsresumé for Elmeskolen", "fokusområder på Elmeskolen", "nøgletal for Elmeskolen", "1:1 med Mette")
    for typed in asked:
        own = await birgit.says(typed)
        assert "Elmeskolen" in words(own), typed
        reply = await birgit.does(Kind.SAID, text=typed, is_personal=False)
        assert reply.card is not None
        assert "Skriv til mig i vores egen chat" in words(reply.card)
        assert "Elmeskolen" not in words(reply.card), typed
        # A card that was carried into a group tells nothing there, whichever of its buttons is pressed.
        for title in buttons(own):
            pressed = button(own, title)
            reply = await birgit.does(Kind.PRESSED, verb=pressed["verb"], data=pressed["data"], is_personal=False)
            assert reply.card is not None
            assert "Elmeskolen" not in words(reply.card), (typed, title)


async def test_what_is_not_understood_gets_help_and_is_told_from_a_call_for_help(birgit: Someone) -> None:
    card = words(await birgit.says("en mor fortæller at hun ikke får svar på aula"))
    assert "Jeg kender ikke ”aula”." in card
    assert "med i svaret" not in card

    def work(uow: UnitOfWork, text: str) -> bool:
        person = uow.session.get_one(Person, birgit.who.id)
        found = answer(Turn.of(person, uow, birgit.now, birgit.municipality), text)
        assert found.intent == "help"
        return found.is_understood

    assert await birgit.database.write(lambda uow: work(uow, "hvad kan du"))
    assert not await birgit.database.write(lambda uow: work(uow, "bestil en pizza"))


@pytest.mark.parametrize("typed", ["hvordan går det med trivslen", "how is it going with transitions"])
async def test_what_asks_about_something_is_no_greeting(birgit: Someone, typed: str) -> None:
    intent, _slots = await understood(birgit, typed)
    assert intent != "smalltalk"
    assert (await understood(birgit, "hvordan går det med dig"))[0] == "smalltalk"


async def test_who_can_see_something_is_answered_with_the_rules(birgit: Someone) -> None:
    for typed in ("hvem kan se mine noter", "hvem kan se min kladde", "who can see my notes"):
        assert (await understood(birgit, typed))[0] == "who_sees_what"
    assert (await understood(birgit, "hvem har set det"))[0] == "who_has_seen"


async def test_an_observer_is_told_first_who_reads_what_an_observer_writes(database: Database) -> None:
    town = Neighbours()
    await database.write(town.build)
    for who, is_first in ((town.rune, True), (town.leader, False)):
        told = words(await Someone(database, who).says("hvem kan se mine noter"))
        assert (told.index("Dine noter og din kladde er kun dine") < told.index("Mens du skriver")) is is_first


async def test_what_places_are_not_chosen_by_is_told_on_the_card(birgit: Someone) -> None:
    for typed, sentence in (
        ("nøgletal for specialskolerne", "så svaret gælder ikke ”specialskolerne” alene"),
        ("nøgletal for skoler med over 2000 elever", "Jeg udvælger ikke efter tal, så jeg kan ikke søge på ”over 2000"),
        ("hvilke skoler har jeg ikke besøgt", "Jeg forstår ”ikke besøgt” sådan, at der ikke er holdt en"),
        ("hvem har jeg ikke haft 1:1 med", "Jeg kender kun de 1:1, der er planlagt her, og ser kun på dette halvår."),
    ):
        assert sentence in words(await birgit.says(typed)), typed


async def test_a_chief_asks_who_has_not_acknowledged(birgit: Someone) -> None:
    intent, slots = await understood(birgit, "hvem har ikke kvitteret")
    assert (intent, slots) == ("observation_overview", {"status": "awaiting_acknowledgement"})


async def test_who_only_observes_gets_their_own_observations(database: Database) -> None:
    town = Neighbours()
    await database.write(town.build)
    observer = Someone(database, town.rune)
    for typed in ("observationer", "observationer på Elmeskolen", "har Elmeskolen læst min tilbagemelding"):
        assert (await understood(observer, typed))[0] == "observation_overview"


async def test_a_leader_names_the_chief_of_their_1_1s(database: Database, town: Town) -> None:
    leader = Someone(database, town.leader)
    assert (await understood(leader, "hvad aftalte jeg med Bodil sidst"))[0] == "one_on_one_recap"


@pytest.mark.parametrize(
    ("typed", "words_left"),
    [
        ("beslutninger fra i går", "i går"),
        ("læringssamtaler i næste uge", "næste uge"),
        ("observationer i sidste uge", "sidste uge"),
        ("perspektiver i dag", "i dag"),
        ("hvad skete der i denne uge på Elmeskolen", "denne uge"),
        ("aftaler fra sidste måned", "sidste måned"),
        ("decisions last month", "last month"),
        ("nøgletal for Elmeskolen i marts", "i marts"),
        ("aftaler april 2026", "april 2026"),
        ("agreements in March 2026", "March 2026"),
        ("aftaler fra 1.3.2026", "1.3.2026"),
        ("aftaler fra 2026-03-01", "2026-03-01"),
        ("beslutninger i 1. kvartal 2026", "1. kvartal 2026"),
        ("observationer vinter 2026", "vinter 2026"),
    ],
)
async def test_a_time_that_no_answer_goes_by_is_told_and_not_left_out_in_silence(
    birgit: Someone, typed: str, words_left: str
) -> None:
    told = words(await birgit.says(typed))
    assert f"Jeg kan ikke søge på ”{words_left}”, for jeg svarer halvår for halvår." in told
    assert "2026" in told.splitlines()[1], "the line at the top says what it is about"


@pytest.mark.parametrize(
    ("typed", "half_year", "words_left"),
    [
        ("tilsynsresumé for Elmeskolen 2025", "2025H2", "2025"),
        ("nøgletal for Elmeskolen 2026", "2026H1", "2026"),
        ("aftaler fra 2024", "2024H2", "2024"),
        ("tilsynsresumé forår 1998", "1998H1", None),
        ("tilsynsresumé skoleåret 2025/26", "2026H1", "skoleåret 2025/26"),
        ("tilsynsresumé skoleåret 24/25", "2025H1", "skoleåret 24/25"),
        ("beslutninger april 2025", "2025H1", "april 2025"),
        ("aftaler i 3. kvartal 2025", "2025H2", "3. kvartal 2025"),
        ("aftaler i efteråret 2024 og foråret 2025", "2024H2", "foråret 2025"),
        ("decisions in 2025", "2025H2", "2025"),
        ("fokusområder i perioden 2023-2025", None, "2023-2025"),
        ("politisk rapport for perioden 2022-2024", None, "2022-2024"),
    ],
)
async def test_a_year_that_is_named_is_never_the_present_one_in_silence(
    birgit: Someone, typed: str, half_year: str | None, words_left: str | None
) -> None:
    _intent, slots = await understood(birgit, typed)
    assert (slots.get("half_year"), "cycle" in slots) == (half_year, False)
    told = words(await birgit.says(typed))
    if words_left:
        assert f"”{words_left}”" in told


async def test_two_years_are_compared_by_the_same_half_of_each(birgit: Someone) -> None:
    _intent, slots = await understood(birgit, "sammenlign 2024 og 2025")
    assert slots == {"half_year": "2024H2", "compare_to": "2025H2"}
    _intent, slots = await understood(birgit, "sammenlign foråret 2026 med 2025")
    assert slots == {"half_year": "2026H1", "compare_to": "2025H1"}
    told = words(await birgit.says("sammenlign 2024 og 2025"))
    assert "Her er det ene halvår af hvert år sammenlignet." in told
    others = words(await birgit.presses(await birgit.says("sammenlign skoleåret 24/25 med 25/26"), "De andre halvår"))
    assert "efterår 2024 og efterår 2025" in others


@pytest.mark.parametrize(
    "typed",
    [
        "hent mine data",
        "jeg vil se mine data",
        "giv mig mine data",
        "hvilke data har I om mig",
        "hvad har I gemt om mig",
        "get my data",
        "download my data",
        "hnet mine data",
    ],
)
async def test_everybody_who_asks_for_their_own_data_gets_them(database: Database, typed: str) -> None:
    town = Neighbours()
    await database.write(town.build)
    for person in (town.leader, town.rune, town.chief):
        assert (await understood(Someone(database, person), typed))[0] == "my_data"


async def test_data_of_a_place_or_a_theme_are_key_figures(birgit: Someone) -> None:
    for typed in ("mine data for Elmeskolen", "data for Elmeskolen"):
        assert (await understood(birgit, typed))[0] == "key_figures"
    assert (await understood(birgit, "slet mine data"))[0] == "refuse"


@pytest.mark.parametrize(
    ("typed", "words_left"),
    [
        ("sammenlign halvårene siden sidst", "siden sidst"),
        ("sammenlign foråret med efteråret siden sidste tilsynsresumé", "siden sidste tilsynsresumé"),
        ("compare the half-years since last time", "since last time"),
    ],
)
async def test_two_half_years_are_compared_whole_and_it_is_told(birgit: Someone, typed: str, words_left: str) -> None:
    told = words(await birgit.says(typed))
    assert "To halvår side om side" in told
    assert f"Jeg sammenligner hele halvår, så jeg kan ikke søge på ”{words_left}”." in told
    assert "Jeg sammenligner hele halvår" not in words(await birgit.says("sammenlign halvårene"))


async def test_what_was_not_gone_by_is_still_told_once_it_is_said_which_one_is_meant(birgit: Someone) -> None:
    left = "Jeg kan ikke søge på ”i går”, for jeg svarer halvår for halvår."
    card = await birgit.says("beslutninger på Elverskolen i går")
    assert "Det navn kender jeg ikke" in words(card)
    assert left in words(card)
    answered = await birgit.presses(card, "Elmeskolen")
    assert "Beslutninger" in words(answered)
    assert left in words(answered)
    press = button(card, "Elmeskolen")
    assert json.loads(press["data"]["unused"]) == [["half-years", "i går", ""]], "the release before reads three parts"
    newer = json.dumps([["a reason of a newer release", "i går", ""], ["half-years", "i går", ""]])
    reply = await birgit.does(Kind.PRESSED, verb=press["verb"], data={**press["data"], "unused": newer})
    assert left in words(reply.card or {})


@pytest.mark.parametrize("unused", ["[", "7", '[["half-years", 7]]', '[["half-years"]]'])
async def test_a_button_that_says_something_else_was_left_aside_is_refused(birgit: Someone, unused: str) -> None:
    card = await birgit.says("beslutninger på Elverskolen i går")
    press = button(card, "Elmeskolen")
    reply = await birgit.does(Kind.PRESSED, verb=press["verb"], data={**press["data"], "unused": unused})
    answered = reply.card or {}
    assert "Beslutninger" not in words(answered)


async def test_what_waits_is_answered_as_of_today_and_nothing_is_left_out(birgit: Someone) -> None:
    for typed in ("hvem venter på mig i dag", "hvad skal jeg følge op på i denne uge"):
        assert "Jeg kan ikke søge på" not in words(await birgit.says(typed))


@pytest.mark.parametrize(
    "typed", ["aftaler uden frist", "hvilke aftaler har ingen deadline", "agreements without a date"]
)
async def test_no_agreement_is_without_a_date_and_it_is_told(birgit: Someone, typed: str) -> None:
    told = words(await birgit.says(typed))
    assert "Alle aftaler og indsatser har en dato, så jeg kan ikke søge på ”" in told
    assert "Uden en aftale" not in told


async def test_whether_somebody_has_read_a_preparation_is_answered_and_opens_no_form(
    database: Database, town: Town
) -> None:
    mette = Someone(database, town.leader)
    for typed in ("har birgit læst min forberedelse", "har min chef set min forberedelse?"):
        card = await mette.says(typed)
        assert "Hvem har set det?" in words(card)
        assert "Jeg noterer ikke, hvem der læser en forberedelse." in words(card)
    assert "Jeg noterer ikke" not in words(await mette.says("hvem har set det"))


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("Har vores skoler set en stigning i fraværet", "key_figures"),
        ("Har vores skoler åbnet for flere forældrestemmer", "perspective_summary"),
        ("har min chef læst mine noter", "who_has_seen"),
        ("hvem har set mit sidste notat", "who_has_seen"),
    ],
)
async def test_only_what_is_written_is_asked_of_whether_it_was_read(birgit: Someone, typed: str, intent: str) -> None:
    assert (await understood(birgit, typed))[0] == intent


async def test_that_progress_was_seen_somewhere_is_no_question_of_who_has_read(birgit: Someone) -> None:
    assert (await understood(birgit, "Er der set fremgang i trivslen på vores skoler"))[0] != "who_has_seen"


async def test_ones_own_1_1s_are_listed_whatever_time_is_named(birgit: Someone) -> None:
    for typed in (
        "mine 1:1",
        "mine 1:1 i næste uge",
        "my 1:1s next week",
        "hvornår er min næste 1:1",
        "hvornår er mit næste 1:1",
    ):
        told = words(await birgit.says(typed))
        assert "1:1 ledelsesopfølgning" in told, typed
        assert "Planlæg 1:1" not in told, typed


async def test_a_1_1_with_somebody_and_no_time_can_be_planned_or_looked_back_on(birgit: Someone) -> None:
    card = await birgit.says("1:1 med Mette")
    assert {"Planlæg 1:1", "Brief mig"} <= set(buttons(card))
    assert "få det vigtigste fra de seneste" in words(card)
    assert "Jeres 1:1 i korte træk" in words(await birgit.presses(card, "Brief mig"))
    assert "Brief mig" not in buttons(await birgit.says("1:1 med Mette på torsdag kl. 10"))


async def test_who_has_not_held_a_dialogue_is_told_though_one_is_planned(birgit: Someone) -> None:
    told = words(await birgit.says("hvem har ikke holdt deres samtale"))
    assert "planlagt, 21. april 2026" in told, "with the one that is to come"


async def test_when_the_next_dialogue_is_stands_on_the_card(database: Database, birgit: Someone, town: Town) -> None:
    for someone in (birgit, Someone(database, town.leader)):
        assert "21. april" in words(await someone.says("hvornår er min næste læringssamtale"))


async def test_brief_me_and_files_are_found_in_the_help_of_a_chief(birgit: Someone) -> None:
    told = words(await birgit.says("hjælp"))
    assert "”brief mig”" in told
    assert "”som pdf”, ”som word”" in told


async def test_somebody_nobody_knows_is_told_kindly_with_those_whose_names_are_alike(birgit: Someone) -> None:
    typed = "referat af 1:1 med Bodil Hollm"
    assert (await understood(birgit, typed))[0] == "unknown_institution"
    assert await understood(birgit, "referat af 1:1 med Torkild Busk") == ("unknown_institution", {})
    card = await birgit.says("referat af 1:1 med Torkild Busk")
    assert "Jeg kender ingen leder med det navn" in words(card)
    assert "Mette Holm" not in words(card)
    assert "Aftaler" in buttons(card)
    card = await birgit.says(typed)
    assert "Jeg kender ingen leder med det navn" in words(card)
    assert "Mette Holm" in buttons(card)
    assert "Mette Holm" in words(await birgit.presses(card, "Mette Holm"))


async def test_nobody_is_offered_whom_one_may_not_ask_about(birgit: Someone, town: Town) -> None:
    agreements = ("aftaler med Kragh", "aftaler med Mette Hansen", "aftaler med Mette Holm")
    for who, asked in (
        (town.teacher, (*agreements, "nøgletal for Elverskolen", "nøgletal for Elmeskolen")),
        (town.administrator, agreements),
    ):
        someone = Someone(birgit.database, who)
        for typed in asked:
            card = await someone.says(typed)
            assert (await understood(someone, typed))[0] == "refuse", typed
            assert "de tilbud, du har ansvar for" in words(card), typed
            assert not {"Ali Krogh", "Mette Holm", "Elmeskolen", "Børnehuset Åen"} & set(buttons(card)), typed
    ali = Someone(birgit.database, town.other_leader)
    card = await ali.says("nøgletal for Elverskolen")
    assert "Elmeskolen" not in words(card)
    assert "Børnehuset Åen" in buttons(card)
    card = await birgit.says("aftaler med Kragh")
    assert "Ali Krogh" not in words(card)
    assert "Ingen leder, du kan spørge om, har det navn eller et, der ligner." in words(card)
    assert "Skriv spørgsmålet igen med tilbuddets navn." in words(card)
    assert "Aftaler" in buttons(card)
    assert "Ali Krogh" in buttons(await Someone(birgit.database, town.other_chief).says("aftaler med Kragh"))


async def test_a_place_nobody_knows_is_asked_about_and_not_answered_for_everything(birgit: Someone) -> None:
    for typed in ("nøgletal for by", "nøgletal i by", "nøgletal i gellerup"):
        assert (await understood(birgit, typed))[0] == "unknown_institution", typed
        assert "Det navn kender jeg ikke" in words(await birgit.says(typed)), typed


async def test_a_question_goes_on_to_the_whole_municipality(birgit: Someone) -> None:
    typed = ("nøgletal for Elmeskolen i efteråret", "og nu for hele kommunen")
    assert await understood(birgit, *typed) == ("key_figures", {"half_year": "2025H2"})


async def test_of_two_questions_the_first_is_answered_and_the_other_is_told(birgit: Someone) -> None:
    typed = "Hvad er nøgletallene for Elmeskolen? Og hvad blev der besluttet i efteråret?"
    assert await understood(birgit, typed) == ("key_figures", {"institution": "Elmeskolen"})
    card = words(await birgit.says(typed))
    assert "Jeg svarer på ét spørgsmål ad gangen. Skriv ”hvad blev der besluttet i efteråret” for sig." in card


async def test_what_was_named_once_is_gone_on_from(birgit: Someone) -> None:
    typed = "Elmeskolen. Hvad blev der besluttet? Hvor er der mangler?"
    assert await understood(birgit, typed) == ("decision_list", {"institution": "Elmeskolen"})
    assert "Skriv ”Hvor er der mangler” for sig." in words(await birgit.says(typed))
    assert await understood(birgit, typed, "og i efteråret?") == (
        "decision_list",
        {"institution": "Elmeskolen", "half_year": "2025H2"},
    )
    new = await understood(birgit, "tilsynsresumé for Elmeskolen", "hvad er nyt siden sidst?")
    assert new == ("supervision_summary", {"institution": "Elmeskolen", "since": "last_summary"})


async def test_what_is_missing_in_comparison_is_found_by_comparing(birgit: Someone) -> None:
    assert await understood(birgit, "hvad mangler i forhold til efteråret") == (
        "compare_half_years",
        {"compare_to": "2025H2"},
    )


async def test_what_a_leader_tells_of_others_begins_a_perspective_with_their_words(
    database: Database, town: Town
) -> None:
    mette = Someone(database, town.leader)
    told = "forældrene siger at skemaet kommer for sent"
    card = await mette.says(told)
    assert "Nyt perspektiv" in words(card)
    assert (values(card)["said"], values(card)["group"]) == (told, "forældre")
    assert await all_of(database, Perspective) == []
    saved = await mette.presses(card, "Gem perspektivet", via="elevrådet", count="5-9")
    assert told in words(saved)
    # Whoever asks gets an answer, and who answers for others has no perspective to write.
    assert (await understood(mette, "hvad siger forældrene"))[0] == "perspective_summary"
    assert (await understood(Someone(database, town.chief), told))[0] == "perspective_summary"
    # How one child is, as others tell it, is asked about at its field.
    worried = "forældrene fortæller at deres barn har det skidt i frikvarteret"
    assert values(await mette.says(worried))["said"] == worried
    # So do the words behind the command, and what is recommended stands there as well.
    assert (values(await mette.says(f"perspektiv {told}"))["said"]) == told
    card = await mette.says("elevrådet anbefaler, at vi får to lange frikvarterer")
    assert (values(card)["via"], values(card)["recommend"]) == ("elevrådet", "vi får to lange frikvarterer")
    # What a form has no one place for is given back.
    card = await mette.says("beslutning: vi går videre med makkerpar")
    assert "vi går videre med makkerpar" in words(card)
    for command in sorted(WRITTEN):
        for wording in QUESTIONS[command].words:
            told = f"{wording}: ro i garderoben"
            card = await mette.says(told)
            assert "ro i garderoben" in "\n".join([words(card), *map(str, values(card).values())]), told
    for told in ("ny indsats: ro i garderoben", "new decision: ro i garderoben"):
        assert "ro i garderoben" in words(await mette.says(told)), told
    card = await mette.says("gem som perspektiv: forældrene savner ro i garderoben")
    assert (values(card)["said"], values(card)["group"]) == ("forældrene savner ro i garderoben", "forældre")
    for told in ("vi har besluttet at lave to lærer ordning", "we decided to have two teachers", "noter til mødet: ro"):
        card = await mette.says(told)
        assert told.removeprefix("noter til mødet: ") in words(card), told
    # What asks is not written down, and a child is in no such form.
    for asked, intent in (
        ("hvad har vi aftalt", "agreement_overview"),
        ("har vi besluttet at lave to lærer ordning", "decision_list"),
        ("vi har aftalt at Emma fra 4.b skal hjem kl. 12", "refuse"),
        ("vi har besluttet at afskedige Lars", "refuse"),
        ("vi har aftalt at flytte mødet til torsdag kl. 10", "move"),
        ("vi har aftalt at se på nøgletal for Elmeskolen, vis dem", "key_figures"),
        ("vi har aftalt med Rune at han sender tal", "unknown_institution"),
    ):
        assert (await understood(mette, asked))[0] == intent, asked
    # What the card is made of is read by nobody.
    assert "Det skrev du" in words(await mette.says("beslutning: TextBlock"))
    assert words(await mette.says("aftale: vi ses den 21. april")).count("Det skrev du") == 1
    # Of a single child, or of very few, nothing is begun; a class is none.
    for alone in (
        "sofie fra 5b siger at hun keder sig",
        "to drenge i 2.a siger at de keder sig",
        "Zenia i 2.a er glad",
    ):
        intent, slots = await understood(mette, alone)
        assert (intent, slots["reason"]) == ("refuse", "child_level"), alone
    # Who tells by the command, or of a parent, asks nothing: the name is taken out in the form, or asked about there.
    for before in ("perspektiv forældre: mor til emma fra 4.b er utryg", "mor til Emma i 4.b siger at hun er utryg"):
        card = await mette.says(before)
        assert values(card)["said"] == before.removeprefix("perspektiv "), before
        asked = await mette.presses(card, "Gem perspektivet", group="forældre", via="snak", count="1-4")
        assert "i 4.b” kan pege" in words(asked) or "emma fra 4.b” kan pege" in words(asked)
    assert await understood(mette, "perspektiv: barn 010203-1234 fra 5.b") == ("refuse", {"reason": "child_level"})
    of_a_class = "børnene i 2.a synes at skoledagen er for lang"
    assert values(await mette.says(of_a_class))["said"] == of_a_class
    assert "en enkelt klasse som ”6. klasse”, kun om hele tilbuddet" in words(await mette.says("fravær i 6. klasse"))


async def test_of_a_year_the_other_half_is_told_and_a_press_away(birgit: Someone) -> None:
    card = await birgit.says("tilsynsresumé for Elmeskolen 2025")
    assert "”2025” er to halvår. Svaret er om efteråret 2025 og ikke om det andet." in words(card)
    # Key figures are told with the half-years before.
    assert "er to halvår" not in words(await birgit.says("nøgletal for Elmeskolen 2025"))
    both = await birgit.says("efterår og forår elmeskolen perspektiver")
    assert "Svaret er om efteråret 2025 og ikke om ”forår”." in words(both)
    assert "forår 2026" in words(await birgit.presses(both, "Forår 2026"))
    assert button(await birgit.says("beslutninger hele året"), "Efterår 2025")
    of_a_school_year = await birgit.says("tilsynsresumé for Elmeskolen skoleåret 2024/25")
    assert "Svaret er om foråret 2025 og ikke om det andet." in words(of_a_school_year)
    assert button(of_a_school_year, "Efterår 2024")
    other = await birgit.presses(card, "Forår 2025")
    assert "foråret 2025" in words(other) or "forår 2025" in words(other)
    assert (await understood(birgit, "og beslutningerne?"))[1]["half_year"] == "2025H1"
    data = {**button(card, "Forår 2025")["data"], "intent": "nothing"}
    reply = await birgit.does(Kind.PRESSED, verb="asking.again", data=data)
    assert "Det har du ikke adgang til" in words(reply.card or {})


async def test_a_figure_beside_that_of_all_is_a_figure_and_an_overview_of_all_is_of_each(
    birgit: Someone, database: Database, town: Town
) -> None:
    for typed in ("fravær sammenlignet med kommunen", "fravær i forhold til området"):
        assert await understood(birgit, typed) == ("key_figures", {}), typed
        assert "Områdets tal står i datapakken" in words(await birgit.says(typed)), typed
    for typed in ("overblik hele kommunen", "overblik over alle", "giv mig et overblik over det hele"):
        # Of the one institution that is hers, they are its dialogues.
        assert "Læringssamtaler" in words(await birgit.says(typed)), typed
    mette = Someone(database, town.leader)
    assert "Min oversigt" in words(await mette.says("overblik over alle"))


async def test_what_was_understood_of_few_words_is_told(birgit: Someone) -> None:
    for typed, told in (
        ("hvem mangler", "Jeg forstår ”hvem mangler” som: Hvem har ikke forberedt sin læringssamtale endnu?"),
        ("hvor mange børn mistrives", "Jeg har ikke noget tal for ”hvor mange børn mistrives”."),
    ):
        assert told in words(await birgit.says(typed)), typed


async def test_whoever_wants_data_deleted_is_told_where_they_are_and_whom_to_write_to(birgit: Someone) -> None:
    for typed in ("fortryd", "can I undo it"):
        assert "Hvad der kan fortrydes" in words(await birgit.says(typed))
    card = await birgit.says("slet mine data")
    assert MUNICIPALITY.facts.contact in words(card)
    assert "Det, der er gemt" in words(await birgit.presses(card, "Mine data")) or "Mine data" in buttons(card)


async def test_whoever_is_named_can_read_what_their_role_gives(database: Database, town: Town) -> None:
    mette = Someone(database, town.leader)
    card = words(await mette.says("kan birgit se det jeg skriver"))
    assert "Birgit Dam er din Børn og Unge-chef og ser kun et ord for, hvor langt du er" in card
    assert "Ali Krogh arbejder ikke i dit tilbud" in words(await mette.says("kan ali læse mine noter"))
    told = "Sara Lind arbejder hos jer og ser kun det, du beder om hjælp til eller viser"
    assert told in words(await mette.says("kan sara se det jeg skriver"))
    birgit = Someone(database, town.chief)
    assert "Ali Krogh arbejder ikke sammen med dig" in words(await birgit.says("kan ali læse mine noter"))
    assert "dit eget forberedelsesnotat kan kun du læse" in words(await mette.says("hvem har læst mit notat"))


async def test_the_next_meeting_may_be_a_learning_dialogue_also_the_one_of_today(
    database: Database, town: Town
) -> None:
    mette = Someone(database, town.leader, now=STARTS + timedelta(hours=3))
    assert "I dag kl. 9.00: læringssamtale, Elmeskolen." in words(await mette.says("hvornår er næste møde"))
    before = Someone(database, town.leader)
    assert "Næste læringssamtale: tirsdag den 21. april" in words(await before.says("hvornår er næste møde"))
    assert "Næste læringssamtale" not in words(await before.says("hvornår er min næste 1:1"))


@pytest.mark.parametrize(
    "typed",
    [
        "flyt mødet med Birgit fordi forældrene vil gerne have det torsdag", "status: børnene er glade for det nye",
        "del praksis: børnene er glade for legegrupper", "notat: forældrene savner svar på mails",
        "dagsorden: personalet er trætte af møder", "Personalet vil gerne have en observatør på besøg",
    ],
)  # fmt: skip
async def test_a_command_that_says_why_is_a_command_and_no_perspective(
    database: Database, town: Town, typed: str
) -> None:
    """Others read a perspective: what is meant for one's own notes or agenda must not stand one press from them."""
    assert "Nyt perspektiv" not in words(await Someone(database, town.leader).says(typed))


async def test_a_chief_is_told_whose_places_an_answer_is_of_and_has_a_status(birgit: Someone) -> None:
    assert "Svaret gælder de tilbud, du har ansvar for." in words(await birgit.says("nøgletal for hele kommunen"))
    assert (await understood(birgit, "status"))[0] == "overview"


@pytest.mark.parametrize("typed", ["bestyrelserne", "rune"])
async def test_a_word_that_is_only_like_a_command_of_others_is_no_refusal(birgit: Someone, typed: str) -> None:
    assert "Det har du ikke adgang til" not in words(await birgit.says(typed))


async def test_the_children_of_a_school_are_the_young_people_as_well(birgit: Someone) -> None:
    assert "Børn og Unge" in words(await birgit.says("hvad siger børnene på Elmeskolen"))


async def test_a_cycle_is_that_of_the_places_and_the_one_before_it_is_as_long(birgit: Someone, town: Town) -> None:
    younger = Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2024, 2))
    await birgit.database.write(lambda uow: uow.add(younger))
    for typed, half_years in (
        ("beslutninger på Elmeskolen i denne cyklus", "efterår 2025 – forår 2027"),
        ("beslutninger på Elmeskolen i hele cyklussen", "efterår 2025 – forår 2027"),
        ("beslutninger på Elmeskolen sidste cyklus", "efterår 2023 – forår 2025"),
        ("beslutninger på Elmeskolen næste cyklus", "efterår 2027 – forår 2029"),
        ("beslutninger i denne cyklus", "efterår 2025 – forår 2027"),
    ):
        assert half_years in words(await birgit.says(typed)), typed
    both = RoleAssignment(person_id=birgit.who.id, role=Role.CHIEF, area_id=town.south.id, from_on=NOW.date())
    await birgit.database.write(lambda uow: uow.add(both))
    for typed, half_years in (
        ("beslutninger i Børnehuset Åen i denne cyklus", "efterår 2024 – forår 2026"),
        ("beslutninger på skolerne i denne cyklus", "efterår 2025 – forår 2027"),
        ("beslutninger i denne cyklus", "efterår 2024 – forår 2027"),
    ):
        assert half_years in words(await birgit.says(typed)), typed
