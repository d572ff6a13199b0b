"""The participants reflect together before anything is decided, and the chief reads it once it is saved."""

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.activity import understood
from cards.kit import Card
from dialogs import reflection_clock
from dialogs.conversation import Kind
from dialogs.flow import Planning
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import Role
from domain.preparation import Source
from domain.prompt import Prompt
from domain.reflection import Participant, Reflection
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.channel.activities import NOT_GIVEN, TENANT, activity
from tests.record import WHO, all_of
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, button, buttons, options, parts, values, words

TOLKNING = "Flere elever siger noget i timerne, når de først har talt sammen to og to."
ANALYSE = "Vi giver tid til at tænke, før nogen svarer."
AFTER = STARTS + timedelta(hours=1)
CPR = "Det handler om 010203-1234 i 5. klasse"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, an hour into the dialogue, which she has prepared."""
    await database.write(town.build)
    mette = Someone(database, town.leader)
    card = await mette.says("forbered")
    await mette.presses(card, "Næste", sources="observation,youth", interpretation=TOLKNING)
    mette.now = AFTER
    return mette


async def kept(database: Database) -> Reflection:
    return await database.read(lambda uow: uow.session.scalars(select(Reflection)).one())


async def state_of(database: Database, town: Town) -> DialogueState:
    found = await database.read(lambda uow: uow.session.get_one(Dialogue, town.dialogue.id))
    return found.state


async def through_both_steps(mette: Someone) -> Card:
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,chief")
    return await mette.presses(card, "Gem og gå til beslutning", analysis=ANALYSE, across="research", cross="Makkerpar")


async def test_two_steps_make_a_reflection_that_begins_with_what_was_prepared(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("refleksion")
    assert "Er I i gang?" in words(card)
    assert values(card)["sources"] == "observation,youth"
    card = await mette.presses(card, "Næste", participants="management,staff,chief")
    assert values(card)["interpretation"] == TOLKNING
    card = await mette.presses(card, "Gem og gå til beslutning", analysis=ANALYSE)
    assert "Den fælles refleksion." in words(card)
    assert "Hvad har I besluttet?" in words(card)
    assert ANALYSE in words(await mette.says("refleksion"))
    reflection = await kept(database)
    assert reflection.saved_at == AFTER
    assert reflection.basis.participants == (Participant.MANAGEMENT, Participant.STAFF, Participant.CHIEF)
    assert await state_of(database, town) is DialogueState.HELD


@pytest.mark.parametrize(
    ("participants", "sentence"),
    [
        ("management", "Refleksionen skal være fælles. Vælg mindst to."),
        ("chief,consultant", "Vælg også nogen fra jeres eget tilbud."),
        ("", "Refleksionen skal være fælles. Vælg mindst to."),
    ],
)
async def test_i8_a_reflection_is_shared_by_two_and_one_is_of_the_institution(
    mette: Someone, database: Database, town: Town, participants: str, sentence: str
) -> None:
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants=participants)
    assert sentence in words(card)
    assert "Trin 1 af 2" in words(card)
    assert (await kept(database)).saved_at is None
    assert await state_of(database, town) is DialogueState.OPEN
    card = await mette.presses(card, "Næste", participants="management,parents")
    assert "Gemt" in words(await mette.presses(card, "Gem og gå til beslutning", analysis=ANALYSE))


async def test_r04_all_seven_groups_of_the_framework_have_a_place(mette: Someone) -> None:
    """R-04: "All seven exist as participant/perspective groups. Only leaders, observers, chiefs, administration and
    network facilitators log in; the others are represented … Say so openly in the docs"."""
    took_part = set(options(await mette.says("refleksion"), "participants"))
    told = set(options(await mette.says("perspektiv"), "group"))
    assert told == {"Børn", "Unge", "Forældre", "Medarbejdere"}
    assert {
        "Elevråd/børn og unge",
        "Forældre",
        "Medarbejdere",
        "Ledelsen",
        "Børn og Unge-chef",
        "Konsulent",
    } <= took_part
    assert "Bestyrelsen" in took_part
    # The data protection officer logs in too, who takes part in nothing and sees who has read what.
    takes_part = set(Role) - {Role.PROTECTION_OFFICER}
    assert takes_part == {Role.LEADER, Role.OBSERVER, Role.CHIEF, Role.ADMINISTRATION, Role.FACILITATOR}
    readme = " ".join((Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").split())
    assert "Children, young people, parents, other staff, boards and politicians do not log in" in readme


async def test_data_are_interpreted_and_analysed_and_there_are_some(mette: Someone) -> None:
    card = await mette.says("refleksion")
    card = await mette.presses(card, "Næste", participants="management,staff", sources="", figures="")
    assert "Vælg mindst ét nøgletal eller én kvalitativ kilde." in words(card)
    card = await mette.presses(card, "Næste", sources="parents")
    card = await mette.presses(card, "Gem og gå til beslutning", interpretation="", analysis="")
    assert "Skriv kort, hvordan I forstår data sammen." in words(card)
    assert "Skriv kort, hvad der forklarer det, I ser." in words(card)


async def test_r39_one_kind_of_data_gives_a_hint_and_no_hindrance(mette: Someone) -> None:
    card = await mette.says("refleksion")
    assert "Den bygger kun på kvalitative data." in words(card)
    card = await mette.presses(card, "Næste", participants="management,staff")
    assert "Gemt" in words(await mette.presses(card, "Gem og gå til beslutning", analysis=ANALYSE))


async def test_r39_the_other_kind_that_is_lacking_gets_the_same_hint(mette: Someone) -> None:
    """R-39: "a check warns (does not block) if a reflection rests on one kind only", whichever of the two it is."""
    card = await mette.says("refleksion")
    figure = next(iter(options(card, "figures").values()))
    chosen = {"participants": "management,staff", "sources": "", "figures": figure}
    card = await mette.presses(await mette.presses(card, "Næste", **chosen), "Tilbage")
    assert "Den bygger kun på nøgletal." in words(card)
    both = await mette.presses(await mette.presses(card, "Næste", sources="observation"), "Tilbage")
    assert "Den bygger kun på" not in words(both)


async def test_r31_the_steps_follow_the_learning_circle_in_its_order(mette: Someone) -> None:
    """R-31: "data → tolkning → analyse → mål/handling → afprøvning → opfølgning", one card leading to the next."""
    mette.now = NOW
    asked = [await mette.says("forbered")]
    asked[0] = await mette.presses(asked[0], "Tilbage") if "Trin 1" not in words(asked[0]) else asked[0]
    mette.now = AFTER
    card = await mette.says("refleksion")
    asked.append(card)
    card = await mette.presses(card, "Næste", participants="management,staff")
    asked.append(card)
    card = await mette.presses(card, "Gem og gå til beslutning", analysis=ANALYSE, cross="Netværket")
    asked.append(card)
    card = await mette.presses(card, "Næste", kind="vælg fokusområde", text="Vi vælger", based="observation")
    asked.append(card)
    card = await mette.presses(card, "Gem beslutning", **WHO)
    asked.append(card)
    theme = next(iter(options(card, "theme").values()))
    await mette.presses(card, "Gem fokusområdet", theme=theme, title="Flere med", signs="Flere siger noget")
    asked.append(await mette.says("status"))
    told = "\n".join(words(each) for each in asked)
    circle = (
        "Hvilke nøgletal vil I tage op?",
        "Hvordan tolker I det, I ser?",
        "Hvordan forstår I data sammen?",
        "Hvad forklarer det, I ser?",
        "Hvad har I besluttet?",
        "Hvem følger op?",
        "Hvilke tegn vil I se efter?",
        "Hvad har I set siden sidst?",
    )
    places = [told.find(each) for each in circle]
    assert -1 not in places, [each for each, at in zip(circle, places, strict=True) if at < 0]
    assert places == sorted(places)


async def test_a_cpr_number_is_not_stored_and_the_text_stays_in_the_card(mette: Someone, database: Database) -> None:
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,staff")
    card = await mette.presses(card, "Gem og gå til beslutning", analysis=CPR)
    assert "cpr-nummer" in words(card)
    assert values(card)["analysis"] == CPR
    assert CPR not in repr(vars(await kept(database)))


async def test_a_draft_opens_where_it_was_left(mette: Someone) -> None:
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,staff")
    card = await mette.presses(card, "Gem kladde", analysis=ANALYSE)
    assert "Din kladde er gemt" in words(card)
    card = await mette.presses(card, "Fortsæt")
    assert "Trin 2 af 2" in words(card)
    assert values(card)["analysis"] == ANALYSE


async def test_two_leaders_who_write_at_once_lose_nothing(mette: Someone, database: Database, town: Town) -> None:
    first = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,staff")
    second = await mette.says("refleksion")
    await mette.presses(first, "Gem kladde", analysis=ANALYSE)
    card = await mette.presses(second, "Gem kladde", analysis="Noget andet.")
    assert ANALYSE in words(card)
    assert values(card)["analysis"] == "Noget andet."
    await mette.presses(card, "Gem kladde")
    assert (await kept(database)).understanding.analysis == "Noget andet."


async def test_the_chief_reads_what_is_saved_and_nobody_reads_a_draft(
    mette: Someone, database: Database, town: Town
) -> None:
    chief = Someone(database, town.chief, now=AFTER)
    others = [Someone(database, each, now=AFTER) for each in (town.other_leader, town.other_chief, town.deputy)]
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,chief")
    await mette.presses(card, "Gem kladde", analysis=ANALYSE)
    assert await chief.gets("reflection", town.dialogue.id) is None
    await mette.presses(await mette.says("refleksion"), "Gem og gå til beslutning")
    card = await chief.sees("reflection", town.dialogue.id)
    assert ANALYSE in words(card)
    assert "Ret" not in buttons(card)
    for someone in others:
        assert await someone.gets("reflection", town.dialogue.id) is None


async def test_only_a_leader_of_the_institution_writes(mette: Someone, database: Database, town: Town) -> None:
    card = await mette.says("refleksion")
    chief = Someone(database, town.chief, now=AFTER)
    assert "Det har du ikke adgang til." in words(await chief.presses(card, "Næste", participants="management,chief"))
    assert "Ingen samtale at reflektere over endnu" in words(await chief.says("refleksion"))


async def test_who_lost_the_role_gets_their_own_words_back(mette: Someone, database: Database, town: Town) -> None:
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,staff")
    mette.who = town.other_leader
    refused = await mette.presses(card, "Gem og gå til beslutning", interpretation="", analysis=ANALYSE)
    assert "Det har du ikke adgang til" in words(refused)
    assert ANALYSE in words(refused)
    assert TOLKNING not in words(refused)


async def test_what_is_saved_can_be_corrected_and_stays_whole(mette: Someone, database: Database) -> None:
    await through_both_steps(mette)
    card = await mette.presses(await mette.says("refleksion"), "Ret")
    assert "Gem kladde" not in buttons(card)
    broken = await mette.presses(card, "Næste", participants="chief")
    assert "Refleksionen skal være fælles." in words(broken)
    assert (await kept(database)).basis.participants == (Participant.MANAGEMENT, Participant.CHIEF)
    card = await mette.presses(broken, "Næste", participants="management,board")
    card = await mette.presses(card, "Gem refleksionen", analysis="Rettet.")
    assert "Rettet." in words(card)


async def test_a_draft_that_was_saved_meanwhile_shows_nothing_more_to_the_chief_unless_it_is_said(
    mette: Someone, database: Database, town: Town
) -> None:
    """The card said that it is shown when it is saved; somebody who records with its leader has saved it since."""
    birgit = Someone(database, town.chief, now=AFTER)
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,chief")
    await mette.presses(card, "Gem kladde", analysis=ANALYSE)
    old = await mette.says("refleksion")
    await mette.presses(await mette.says("refleksion"), "Gem og gå til beslutning")
    for title in ("Gem kladde", "Tilbage"):
        told = await mette.presses(old, title, analysis="Jeg er ikke sikker.")
        assert "Det er gemt i mellemtiden, så andre kan læse det." in words(told)
        assert values(told)["analysis"] == "Jeg er ikke sikker."
        assert "forvaltningen. Det, du retter, ser de straks." in words(told)
        assert "Jeg er ikke sikker." not in words(await birgit.sees("reflection", town.dialogue.id))
    assert "Jeg er ikke sikker." in words(await mette.presses(told, "Gem refleksionen"))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (DialogueState.CLOSED, "Samtalen er afsluttet"),
        (DialogueState.CANCELLED, "Samtalen er aflyst"),
    ],
)
async def test_a_dialogue_that_is_over_takes_nothing_more_and_gives_the_text_back(
    mette: Someone, database: Database, town: Town, state: DialogueState, sentence: str
) -> None:
    card = await mette.presses(await mette.says("refleksion"), "Næste", participants="management,staff")

    def end(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).state = state

    await database.write(end)
    card = await mette.presses(card, "Gem og gå til beslutning", analysis=ANALYSE)
    assert sentence in words(card)
    assert ANALYSE in words(card)
    assert (await kept(database)).understanding.analysis == ""


async def test_nothing_can_be_written_before_the_dialogue_begins(mette: Someone, database: Database) -> None:
    card = await mette.says("refleksion")
    mette.now = NOW
    assert "Samtalen er ikke begyndt." in words(await mette.presses(card, "Næste", participants="management,staff"))
    assert "Ingen samtale at reflektere over endnu" in words(await mette.says("refleksion"))
    assert await database.read(lambda uow: uow.session.scalars(select(Reflection)).all()) == []


async def test_the_agenda_two_hours_before_leads_to_it(mette: Someone, town: Town) -> None:
    mette.now = STARTS - timedelta(hours=2)
    agenda = await mette.sees("preparation.agenda", town.dialogue.id)
    assert "Samtalen er ikke begyndt." in words(await mette.presses(agenda, "Skriv refleksionen"))
    mette.now = AFTER
    assert "Trin 1 af 2" in words(await mette.presses(agenda, "Skriv refleksionen"))


async def test_the_overview_names_a_reflection_that_is_missing(mette: Someone) -> None:
    card = await mette.says("min oversigt")
    assert "Skriv den fælles refleksion" in words(card)
    assert button(card, "Reflektér")["verb"] == "reflection.open"
    await through_both_steps(mette)
    assert "Skriv den fælles refleksion" not in words(await mette.says("min oversigt"))


async def test_the_leader_is_reminded_four_times_until_it_is_saved(
    mette: Someone, database: Database, town: Town
) -> None:
    def planned(uow: UnitOfWork) -> list[tuple[str, timedelta]]:
        planning = Planning(uow=uow, now=AFTER, until=AFTER, municipality=MUNICIPALITY)
        return [(each.key.split(":")[2], each.due_at - STARTS) for each in reflection_clock.clock(planning)]

    assert await database.read(planned) == [
        ("start", timedelta(0)),
        ("2_hours", timedelta(hours=2)),
        ("3_days", timedelta(days=3)),
        ("10_days", timedelta(days=10)),
    ]
    await through_both_steps(mette)
    assert await database.read(planned) == []


async def test_a_saved_reflection_ends_the_preparing(mette: Someone, town: Town) -> None:
    card = await mette.sees("preparation", town.dialogue.id)
    await through_both_steps(mette)
    card = await mette.presses(card, "Gem kladde", children="For sent")
    assert "Kortet er forældet, fordi samtalen er holdt." in words(card)
    assert "For sent" in words(card)


LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Abc%40thread.v2/0?context=%7b%7d"


async def test_it_is_offered_when_the_teams_meeting_that_carries_the_dialogue_ends(
    mette: Someone, database: Database, town: Town
) -> None:
    def meet(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).place = f"Teams: {LINK}"

    async def offered() -> list[str]:
        found = await database.read(lambda uow: uow.session.scalars(select(Prompt)).all())
        return [each.view for each in found if each.occasion.startswith(f"reflection:{town.dialogue.id}:meeting:")]

    assert (await mette.does(Kind.MEETING_ENDED, text=LINK, is_personal=False)).card is None
    assert await offered() == []
    await database.write(meet)
    for text in ("https://teams.microsoft.com/l/other", "", "%"):
        await mette.does(Kind.MEETING_ENDED, text=text, is_personal=False)
    assert await offered() == []
    await mette.does(Kind.MEETING_ENDED, text=LINK, is_personal=False)
    await mette.does(Kind.MEETING_ENDED, text=LINK, is_personal=False)
    assert await offered() == ["reflection"]


def test_the_end_of_a_meeting_arrives_as_an_event_with_its_link() -> None:
    raw = activity(
        type="event",
        name="application/vnd.microsoft.meetingEnd",
        text=NOT_GIVEN,
        value={"Id": "abc", "JoinUrl": LINK, "MeetingType": "Scheduled", "EndTime": "2026-04-21T09:00:00Z"},
        conversation={"id": "19:meeting_Abc@thread.v2", "conversationType": "groupChat", "tenantId": TENANT},
    )
    found = understood(raw)
    assert found is not None
    assert (found.kind, found.text, found.is_personal) == (Kind.MEETING_ENDED, LINK, False)
    assert understood({**raw, "name": "application/vnd.microsoft.meetingStart"}) is None


async def test_the_second_half_is_reached_once_the_first_is_whole_and_what_was_chosen_is_kept(
    mette: Someone, database: Database
) -> None:
    card = await mette.says("refleksion")
    assert any(str(each.get("label", "")) == "Hvem deltog?\N{NO-BREAK SPACE}*" for each in parts(card))
    card = await mette.presses(card, "Næste", participants="management", sources="observation")
    assert "Refleksionen skal være fælles. Vælg mindst to." in words(card)
    assert "Trin 1 af 2" in words(card)
    [kept] = await all_of(database, Reflection)
    assert (kept.basis.participants, kept.basis.sources) == ((Participant.MANAGEMENT,), (Source.OBSERVATION,))
    card = await mette.presses(card, "Næste", participants="management,staff")
    assert "Trin 2 af 2" in words(card)
