"""The visit: in two calendars, the day before, what is typed while it goes on, moved and cancelled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from cards.kit import Card
from dialogs.download import Refused, follow
from dialogs.flow import File
from dialogs.links import Link
from domain.focus_area import FocusArea
from domain.observation import ObservationState
from domain.organisation import Role, RoleAssignment
from domain.prompt import Prompt, PromptKind
from domain.visit import Note
from storage.database import Database
from tests.record import all_of, change, chooses, reflects
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, buttons, parts, values, words
from tests.visits import (
    ENDS,
    FIRST,
    FOCUS,
    THIRD,
    WHEN,
    Neighbours,
    agreed,
    due,
    feeds_back,
    invites,
    observed,
    told,
    writes,
)
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town


async def followed(someone: Someone, observation_id: object) -> File | None:
    link = Link(
        person_id=someone.who.id,
        file="visit.calendar",
        subject_id=observation_id,  # type: ignore[arg-type]
        expires_at=someone.now + timedelta(minutes=15),
    )
    found = await someone.database.write(lambda uow: follow(uow, link, now=someone.now, municipality=MUNICIPALITY))
    return None if isinstance(found, Refused) else found


async def calendar(someone: Someone, observation_id: object) -> bytes | None:
    found = await followed(someone, observation_id)
    return found.content() if found else None


async def test_both_get_a_calendar_entry_that_follows_the_visit(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    hers = await rune.says("min oversigt")
    assert "Dine kommende besøg\nElmeskolen · 2. årgang\ntirsdag den 28. april kl. 9.00" in words(hers)
    assert "Elmeskolen · 2. årgang" in words(await rune.presses(hers, "Se besøget"))
    assert "Dine kommende besøg" not in words(await mette.says("min oversigt"))
    for someone in (mette, rune):
        made = await calendar(someone, about.id)
        assert made is not None
        [event] = Calendar.from_ical(made).walk("VEVENT")
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (FIRST, ENDS)
        assert event["location"] == "Elmeskolen, 2. årgang"
        assert str(event["uid"]) == f"{about.id}@laeringsbot"
        assert FOCUS not in made.decode()
        assert "Rune" not in made.decode()
        assert "METHOD:PUBLISH" in made.decode()
    card = await rune.presses(await rune.says("observationer"), "Flyt besøget")
    await rune.presses(card, "Flyt", day1="2026-04-28", clock1="13:30")
    [moved] = Calendar.from_ical(await calendar(mette, about.id) or b"").walk("VEVENT")
    assert moved.decoded("dtstart") == THIRD
    assert moved["sequence"] > event["sequence"]
    assert str(moved["uid"]) == str(event["uid"])
    for someone in (town.chief, town.neighbour, town.administrator):
        assert await calendar(Someone(database, someone), about.id) is None


async def test_the_way_to_the_calendar_is_a_link_where_there_is_an_address_and_words_where_there_is_none(
    mette: Someone, rune: Someone
) -> None:
    await agreed(mette, rune)
    card = await rune.presses(await rune.says("observationer"), "Føj til min kalender")
    assert "Skriv selv tidspunktet i din kalender" in words(card)
    rune.municipality = replace(MUNICIPALITY, public_url="https://bot.skovkoebing.example")
    card = await rune.presses(await rune.says("observationer"), "Føj til min kalender")
    [link] = [each["url"] for each in parts(card) if each.get("type") == "Action.OpenUrl"]
    assert link.startswith("https://bot.skovkoebing.example/files/")
    assert "Linket er kun dit og gælder i 15 minutter." in words(card)


async def test_the_day_before_both_get_the_focus_and_the_guide_and_the_host_is_asked_about_the_staff(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    morning = datetime(2026, 4, 27, 6, 0, tzinfo=UTC)
    assert "visit.coming" not in await due(database, morning - timedelta(minutes=1))
    found = (await due(database, morning))["visit.coming"]
    assert {each.person_id for each in found} == {town.leader.id, town.rune.id}
    mette.now = rune.now = morning
    host, guest = await mette.sees("visit.coming", about.id), await rune.sees("visit.coming", about.id)
    for card in (host, guest):
        assert FOCUS in words(card)
        assert "Du er gæst." in words(card)
    assert "Ved medarbejderne, at der kommer en observatør?" in words(host)
    assert "Ved medarbejderne" not in words(guest)
    assert "kun du kan se dem" in words(guest)
    told_now = await mette.presses(host, "Medarbejderne ved det nu")
    assert "Medarbejderne er orienteret." in words(told_now)
    assert "Ved medarbejderne, at der" not in words(await mette.sees("visit.coming", about.id))
    assert "Det har du ikke adgang til" in words(await rune.presses(host, "Medarbejderne ved det nu"))


async def test_a_visit_is_moved_and_the_other_hears_of_it_at_once(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    card = await mette.presses(await mette.says("observationer"), "Flyt besøget")
    assert (values(card)["day1"], values(card)["clock1"]) == ("2026-04-28", "09:00")
    assert "Besøget ligger allerede på det tidspunkt." in words(await mette.presses(card, "Flyt"))
    gone = await mette.presses(card, "Flyt", day1="2026-04-01")
    assert "Tidspunktet er passeret." in words(gone)
    assert values(gone)["day1"] == "2026-04-01"
    skipped = await mette.presses(card, "Flyt", day1="2027-03-28", clock1="02:30")
    assert "Uret stilles frem den nat" in words(skipped)
    await mette.presses(card, "Flyt", clock1="13:30")
    [news] = [each for each in await all_of(database, Prompt) if each.view == "visit.moved"]
    assert (news.person_id, news.kind) == (town.rune.id, PromptKind.URGENT)
    assert "kl. 13.30" in words(await rune.sees("visit.moved", about.id))
    # Whoever moves it from an older card sees how it stands, and gets the typed time back.
    late = await mette.presses(card, "Flyt", day1="2026-05-06")
    assert "Kortet er forældet, fordi noget er ændret." in words(late)
    assert "6. maj 2026 kl. 9.00" in words(late)
    refused = await Someone(database, town.neighbour).presses(card, "Flyt", day1="2026-05-06")
    assert "Det har du ikke adgang til" in words(refused)
    assert "6. maj 2026" in words(refused)


async def test_no_form_and_no_words_given_back_are_wiped_by_what_the_other_does(
    mette: Someone, rune: Someone, database: Database
) -> None:
    async def drawn_anew() -> set[str | None]:
        return {each.replaces for each in await all_of(database, Prompt) if each.due_at == mette.now}

    async def form(someone: Someone, message: str) -> Card:
        return await someone.presses(await someone.says("observationer"), "Flyt besøget", message)

    await agreed(mette, rune)
    for message, clock in (("opened", "12:00"), ("wrong", "13:00"), ("late", "14:00"), ("read", "15:00")):
        await rune.presses(await form(rune, message), "Flyt", message, clock1=clock)
    late = await form(rune, "late")
    mette.now = NOW + timedelta(minutes=1)
    await mette.presses(await form(mette, "hers"), "Flyt", "hers", clock1="09:30")
    assert "late" not in await drawn_anew()

    await form(rune, "opened")
    wrong = await rune.presses(await form(rune, "wrong"), "Flyt", "wrong", day1="2026-04-01")
    assert values(wrong)["day1"] == "2026-04-01"
    assert "6. maj 2026" in words(await rune.presses(late, "Flyt", "late", day1="2026-05-06"))
    mette.now = NOW + timedelta(minutes=2)
    await mette.presses(await form(mette, "hers"), "Flyt", "hers", clock1="10:00")
    assert await drawn_anew() & {"opened", "wrong", "late", "read"} == {"read"}

    await rune.presses(await form(rune, "wrong"), "Flyt", "wrong", day1="2026-04-29")
    mette.now = NOW + timedelta(minutes=3)
    await mette.presses(await form(mette, "hers"), "Flyt", "hers", clock1="11:00")
    assert await drawn_anew() & {"opened", "wrong", "late", "read"} == {"wrong", "read"}, "what is saved is drawn anew"


async def test_a_visit_that_has_begun_is_moved_by_the_observer_alone_and_the_host_is_told_why(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await agreed(mette, rune)
    asked = await mette.presses(await mette.sees("visit", about.id), "Flyt besøget")
    before = await mette.sees("visit", about.id)
    mette.now = rune.now = FIRST + timedelta(minutes=8)
    during = await mette.sees("visit", about.id)
    assert "Flyt besøget" not in buttons(during)
    assert "Flyt besøget" not in buttons(await mette.presses(during, "Aflys"))
    assert "Flyt besøget" in buttons(await rune.sees("visit", about.id))
    for late in (
        await mette.presses(before, "Flyt besøget"),
        await mette.presses(asked, "Flyt", day1="2026-05-04", clock1="09:00"),
    ):
        assert "Besøget er begyndt, så nu kan kun observatøren flytte det. Du kan aflyse det." in words(late)
    assert "4. maj 2026 kl. 9.00" in words(late)
    assert (await observed(database)).starts_at == FIRST


async def test_a_visit_is_cancelled_after_being_asked_once_more(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    ask = await rune.presses(await rune.says("observationer"), "Aflys")
    assert "Aflys observationen?" in words(ask)
    await rune.presses(ask, "Ja, aflys")
    assert (await observed(database)).state is ObservationState.CANCELLED
    assert (await told(database, town.leader))[-1] == "visit.cancelled"
    assert "Slet den i din kalender." in words(await mette.sees("visit.cancelled", about.id))
    assert [each.view for found in (await due(database, FIRST - timedelta(hours=20))).values() for each in found] == []
    assert "Kortet er forældet, fordi observationen er aflyst." in words(
        await mette.presses(await mette.sees("visit", about.id) | ask, "Ja, aflys")
    )


async def test_a_cancelled_visit_is_taken_out_of_the_calendar_by_a_file_that_is_within_reach(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    [entry] = Calendar.from_ical(await calendar(mette, about.id) or b"").walk("VEVENT")
    done = await rune.presses(await rune.presses(await rune.says("observationer"), "Aflys"), "Ja, aflys")
    mette.municipality = rune.municipality = replace(MUNICIPALITY, public_url="https://bot.skovkoebing.example")
    for someone, card in ((rune, done), (mette, await mette.sees("visit.cancelled", about.id))):
        way = await someone.presses(card, "Fjern fra min kalender")
        assert "Åbn filen, så fjerner Outlook besøget." in words(way)
        assert [each["url"] for each in parts(way) if each.get("type") == "Action.OpenUrl"]
        made = await followed(someone, about.id)
        assert made is not None
        assert made.media_type == "text/calendar; charset=utf-8; method=CANCEL"
        cancelled = Calendar.from_ical(made.content())
        [gone] = cancelled.walk("VEVENT")
        assert (str(cancelled["method"]), str(gone["status"])) == ("CANCEL", "CANCELLED")
        assert gone["sequence"] > entry["sequence"]
        assert (str(gone["uid"]), str(gone["organizer"])) == (str(entry["uid"]), str(entry["organizer"]))
        assert "@" not in str(gone["organizer"])
    assert await calendar(Someone(database, town.chief), about.id) is None
    mette.municipality = MUNICIPALITY
    way = await mette.presses(await mette.says("observationer"), "Fjern fra min kalender")
    assert "Slet det selv i din kalender" in words(way)
    mette.now = ENDS
    assert "Fjern fra min kalender" not in buttons(await mette.says("observationer"))


async def test_a_visit_without_informed_staff_takes_place_and_the_host_alone_is_asked(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    mette.now = rune.now = ENDS + timedelta(minutes=5)
    card = await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    assert "Hvad så og hørte du?" in words(card)
    assert "edarbejderne ved" not in words(card)
    assert (await told(database, town.leader))[-1] == "visit.uninformed"
    asked = await mette.sees("visit.uninformed", about.id)
    assert "Var medarbejderne orienteret om besøget?" in words(asked)
    assert "Ses af: lederne fra Elmeskolen" in words(asked)
    for someone in (rune, Someone(database, town.chief), Someone(database, town.neighbour)):
        assert await someone.gets("visit.uninformed", about.id) is None
        assert "Det har du ikke adgang til" in words(await someone.presses(asked, "De er orienteret"))
    # What had to be done before the visit is no longer asked for beside it.
    after = await mette.says("observationer")
    assert "Medarbejderne ved det nu" not in buttons(after)
    assert "orienteret" not in words(after)
    assert "Medarbejderne er orienteret." in words(await mette.presses(asked, "De er orienteret"))
    assert await mette.gets("visit.uninformed", about.id) is None
    assert "Tilbagemeldingen er sendt" in words(await feeds_back(rune))


async def test_nobody_is_asked_after_the_visit_where_the_staff_knew(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    mette.now = rune.now = datetime(2026, 4, 27, 6, 0, tzinfo=UTC)
    await mette.presses(await mette.sees("visit.coming", about.id), "Medarbejderne ved det nu")
    rune.now = ENDS
    await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    assert "visit.uninformed" not in await told(database, town.leader)


async def test_an_invitation_is_withdrawn_by_the_host_alone(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    ask = await mette.presses(await mette.says("observationer"), "Aflys")
    assert "Det har du ikke adgang til" in words(await rune.presses(ask, "Ja, aflys"))
    await mette.presses(ask, "Ja, aflys")
    assert (await told(database, town.rune))[-1] == "visit.cancelled"
    assert "Ingen invitationer venter" in words(await rune.says("invitationer"))


async def test_i32_whoever_was_invited_is_told_nothing_that_the_host_writes_once_it_is_off(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = rune.now = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
    [area] = await all_of(database, FocusArea)
    invitation = await writes(mette, town.rune, focus_area_id=str(area.id))
    await mette.presses(invitation, "Send invitation", **WHEN)
    about = await observed(database)
    assert "Flere stemmer i timerne" in words(await rune.sees("visit", about.id))
    await mette.presses(await mette.presses(await mette.says("observationer"), "Aflys"), "Ja, aflys")
    await change(database, FocusArea, title="Ro til de yngste")
    for someone, is_told in ((mette, True), (rune, False)):
        assert ("Ro til de yngste" in words(await someone.sees("visit", about.id))) is is_told


async def test_i16_it_is_not_done_before_its_time(mette: Someone, rune: Someone, database: Database) -> None:
    about = await agreed(mette, rune)
    assert await rune.gets("feedback", about.id) is None
    rune.now = ENDS
    how = await rune.sees("feedback", about.id)
    assert {"Gennemført", "Flyttet", "Aflyst", "Ikke nu"} <= set(buttons(how))
    rune.now = FIRST - timedelta(minutes=1)
    assert "Besøget er ikke begyndt endnu." in words(await rune.presses(how, "Gennemført"))
    rune.now = ENDS
    assert "Det har du ikke adgang til" in words(await mette.presses(how, "Gennemført"))
    written = await rune.presses(how, "Gennemført")
    assert "Hvad så og hørte du? Beskriv uden at vurdere" in words(written)
    assert (await observed(database)).done_at == ENDS


async def test_what_is_typed_during_the_visit_is_a_note_for_its_author_alone(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=12)
    # A sentence with a command's word in it is a note.
    card = await rune.says("Børnene fortæller om deres perspektiv")
    assert "Skriv løs – kun du kan se dine noter." in words(card)
    assert "Du har 1 note." in words(card)
    assert "Ses af: kun dig" in words(card)
    rune.now += timedelta(minutes=3)
    card = await rune.says("En voksen venter\nog spørger igen")
    assert "Du har 2 noter." in words(card)
    left = await rune.presses(card, "Fortryd den sidste")
    assert "En voksen venter" not in words(left)
    assert "Børnene fortæller" in words(left)
    # The same press again takes back no other note.
    assert "Børnene fortæller" in words(await rune.presses(card, "Fortryd den sidste", k="again"))
    assert "Børnene fortæller" in words(await rune.says("mine noter"))
    for someone in (mette, Someone(database, town.chief), Someone(database, town.neighbour)):
        someone.now = rune.now
        assert "Børnene fortæller" not in words(await someone.says("mine noter"))
        assert "Det har du ikke adgang til" in words(await someone.presses(card, "Se mine noter"))
    assert FOCUS in words(await rune.sees("visit", about.id))


@pytest.mark.parametrize("typed", ["hjælp", "Hjælp!", "min oversigt", "perspektiv", "feedback", "mine noter"])
async def test_a_command_as_it_stands_is_a_command_also_during_the_visit(
    mette: Someone, rune: Someone, database: Database, typed: str
) -> None:
    await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=12)
    await rune.says(typed)
    assert await all_of(database, Note) == []


@pytest.mark.parametrize(
    ("at", "is_note"),
    [
        (FIRST - timedelta(minutes=16), False),
        (FIRST - timedelta(minutes=15), True),
        (ENDS + timedelta(minutes=119), True),
        (ENDS + timedelta(minutes=120), False),
    ],
)
async def test_whatever_is_typed_is_a_note_from_a_quarter_before_until_two_hours_after(
    mette: Someone, rune: Someone, database: Database, at: datetime, is_note: bool
) -> None:
    await agreed(mette, rune)
    rune.now = at
    card = await rune.says("Fem børn i kredsen rakte hånden op")
    assert ("Noteret" in words(card)) is is_note
    assert bool(await all_of(database, Note)) is is_note


async def test_nobody_but_an_accepted_observer_takes_notes(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    rune.now = mette.now = FIRST + timedelta(minutes=5)
    await rune.says("Tolv børn i en kreds")
    assert await all_of(database, Note) == []
    rune.now = mette.now = NOW
    await rune.presses(await rune.says("invitationer"), "Ja – tirsdag kl. 9.00")
    rune.now = mette.now = FIRST + timedelta(minutes=5)
    await mette.says("Tolv børn i en kreds")
    assert await all_of(database, Note) == []


async def test_after_the_feedback_is_sent_there_are_no_notes_and_no_more_are_taken(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await agreed(mette, rune)
    rune.now = ENDS - timedelta(minutes=5)
    await rune.says("Tolv børn i en kreds")
    rune.now = ENDS + timedelta(minutes=5)
    card = await rune.presses(await rune.sees("feedback", about.id), "Gennemført")
    assert values(card)["saw"] == "10.25  Tolv børn i en kreds"
    await feeds_back(rune, card)
    assert await all_of(database, Note) == []
    await rune.says("Endnu en ting om kredsen")
    assert await all_of(database, Note) == []


async def test_notes_of_a_cancelled_visit_go_with_it(mette: Someone, rune: Someone, database: Database) -> None:
    about = await agreed(mette, rune)
    rune.now = FIRST
    await rune.says("Tolv børn i en kreds")
    await rune.presses(await rune.presses(await rune.sees("visit", about.id), "Aflys"), "Ja, aflys")
    assert await all_of(database, Note) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("Spørg 010203-1234", "cpr-nummer"), ("x" * 2001, "2.001 tegn")],
)
async def test_a_note_that_must_not_be_kept_is_refused_and_said_to_be(
    mette: Someone, rune: Someone, database: Database, typed: str, sentence: str
) -> None:
    await agreed(mette, rune)
    rune.now = FIRST
    card = await rune.says(typed)
    assert sentence in words(card)
    assert "står stadig i chatten" in words(card)
    assert await all_of(database, Note) == []


async def test_the_same_message_twice_is_one_note(mette: Someone, rune: Someone, database: Database) -> None:
    await agreed(mette, rune)
    rune.now = FIRST
    await rune.says("Tolv børn i en kreds", key="same")
    await rune.says("Tolv børn i en kreds", key="same")
    assert len(await all_of(database, Note)) == 1


async def test_in_a_group_chat_nothing_is_noted(mette: Someone, rune: Someone, database: Database) -> None:
    await agreed(mette, rune)
    rune.now = FIRST
    card = await rune.says("Tolv børn i en kreds", is_personal=False)
    assert "Skriv til mig i vores egen chat" in words(card)
    assert await all_of(database, Note) == []


def test_the_day_before_is_a_working_day() -> None:
    monday = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
    assert MUNICIPALITY.quiet.working_days_before(monday, 1).date() == date(2026, 5, 1)


async def test_i15_a_visit_is_neither_moved_nor_done_by_an_observer_of_the_house_but_seen_and_cancelled(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    about = await agreed(mette, rune)
    move = await mette.presses(await mette.says("observationer"), "Flyt besøget")
    rune.now = ENDS + timedelta(hours=1)
    over = await rune.sees("feedback", about.id)
    rune.now = mette.now
    joins = RoleAssignment(
        person_id=town.rune.id, role=Role.OBSERVER, from_on=date(2026, 4, 1), institution_id=town.school.id
    )
    await database.write(lambda uow: uow.add(joins))
    unfit = "Observatøren skal komme fra et andet tilbud"
    for someone in (mette, rune):
        assert unfit in words(await someone.presses(move, "Flyt", day1="2026-04-28", clock1="13:30"))
    rune.now = ENDS + timedelta(hours=1)
    assert unfit in words(await rune.presses(over, "Gennemført"))
    kept = await observed(database)
    assert (kept.state, kept.starts_at) == (ObservationState.AGREED, FIRST)
    rune.now = mette.now
    await rune.presses(await rune.presses(await rune.says("observationer"), "Aflys"), "Ja, aflys")
    assert (await observed(database)).state is ObservationState.CANCELLED


async def test_notes_that_found_no_room_stay_and_a_host_does_away_with_none_of_a_visit_that_began(
    mette: Someone, rune: Someone, database: Database
) -> None:
    about = await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=5)
    for number in range(3):
        rune.now += timedelta(minutes=1)
        await rune.says(f"{number} " + "Fire talte, og de andre så på dem. " * 38)
    mette.now = ENDS + timedelta(minutes=1)
    asked = await mette.sees("visit", about.id)
    with_notes = await all_of(database, Note)
    assert len(with_notes) == 3
    await mette.presses(await mette.presses(asked, "Aflys"), "Ja, aflys")
    assert len(await all_of(database, Note)) == 3
    # They are in no feedback any more, and their author finds them all the same.
    rune.now = ENDS + timedelta(minutes=5)
    news = await rune.sees("visit.cancelled", about.id)
    assert "Dine noter fra besøget er her stadig, kun til dig." in words(news)
    assert "Se mine noter" not in buttons(await mette.sees("visit.cancelled", about.id))
    for card in (await rune.presses(news, "Se mine noter"), await rune.says("mine noter")):
        assert "0 Fire talte" in words(card)
        assert "de indgår ikke i nogen tilbagemelding" in words(card)


@pytest.mark.parametrize("said", ["Pause", "engelsk", "Status", "senere"])
async def test_a_word_of_a_lesson_is_a_note_and_no_command(
    mette: Someone, rune: Someone, database: Database, said: str
) -> None:
    await agreed(mette, rune)
    rune.now = FIRST + timedelta(minutes=5)
    await rune.says(said)
    assert [each.text for each in await all_of(database, Note)] == [said]
