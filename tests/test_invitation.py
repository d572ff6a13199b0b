"""Whoever is invited says yes to a time, proposes another, or says no without saying why."""

import asyncio
from datetime import date, timedelta

import pytest

from domain.observation import ObservationState
from domain.organisation import Role, RoleAssignment
from domain.prompt import PromptKind
from storage.database import Database
from tests.test_one_on_one import end_role
from tests.town import NOW, Someone, buttons, values, words
from tests.visits import FIRST, FOCUS, SECOND, THIRD, Neighbours, due, invites, observed, told
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

THREE = {"day2": "2026-04-28", "clock2": "10:00", "day3": "2026-05-06", "clock3": "13:30"}


async def test_r47_the_invitation_shows_the_guide_and_the_focus_to_the_observer(
    mette: Someone, rune: Someone, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.says("invitationer")
    for said in ("Elmeskolen inviterer dig til at observere læringsmiljøet.", FOCUS, "Mette Holm", "Deltagelse: hvem"):
        assert said in words(card)
    assert "Ses af: lederne fra Elmeskolen og Rune Sol." in words(card)
    assert {"Ja – tirsdag kl. 9.00", "Foreslå en anden tid", "Ikke denne gang", "Ikke nu"} <= set(buttons(card))


async def test_a_time_is_accepted_and_the_host_hears_of_it(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune, **THREE)
    card = await rune.says("invitationer")
    # Two of the three are on a Tuesday, so that the date tells them apart.
    assert buttons(card)[:3] == ["Ja – 28. apr. kl. 9.00", "Ja – 28. apr. kl. 10.00", "Ja – 6. maj kl. 13.30"]
    done = await rune.presses(card, "Ja – 28. apr. kl. 10.00")
    assert "2. årgang · tirsdag den 28. april kl. 10.00" in words(done)
    assert "Varighed\n90 minutter" in words(done)
    kept = await observed(database)
    assert (kept.state, kept.starts_at) == (ObservationState.AGREED, SECOND)
    assert (await told(database, town.leader))[-1] == "visit.agreed"
    news = await mette.sees("visit.agreed", kept.id)
    assert "Tidspunktet er aftalt" in words(news)
    assert "Medarbejderne skal vide det før besøget." in words(news)
    assert await rune.presses(card, "Ja – 28. apr. kl. 10.00") == done


async def test_another_time_goes_to_and_fro_until_one_suits(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    assert "Vælg et klokkeslæt." in words(await rune.presses(card, "Send forslaget", day1="2026-05-06"))
    late = await rune.presses(card, "Send forslaget", day1="2026-04-01", clock1="09:00")
    assert values(late)["day1"] == "2026-04-01"
    await rune.presses(card, "Send forslaget", day1="2026-05-06", clock1="13:30")
    kept = await observed(database)
    assert (kept.state, kept.is_host_asked) == (ObservationState.COUNTERED, True)
    assert (await told(database, town.leader))[-1] == "invitation"
    assert "Svar om en observation" in words(await mette.says("min oversigt"))
    asked = await mette.says("invitationer")
    assert "Rune Sol vil gerne komme på et andet tidspunkt" in words(asked)
    # Whoever proposed it does not answer it.
    stale = await rune.presses(asked, "Ja – onsdag kl. 13.30")
    assert "Kortet er forældet" in words(stale)
    again = await mette.presses(asked, "Foreslå en anden tid")
    await mette.presses(again, "Send forslaget", day1="2026-04-28", clock1="13:30")
    assert (await observed(database)).offered == (THIRD,)
    await rune.presses(await rune.says("invitationer"), "Ja – tirsdag kl. 13.30")
    assert (await observed(database)).starts_at == THIRD


async def test_r44_the_observer_declines_and_no_reason_is_asked_kept_or_shown(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.says("invitationer")
    gone = await rune.presses(card, "Ikke denne gang")
    assert "Det er helt i orden." in words(gone)
    assert values(gone) == {}
    kept = await observed(database)
    assert kept.state is ObservationState.DECLINED
    assert (await told(database, town.leader))[-1] == "invitation.unanswered"
    news = await mette.sees("invitation.unanswered", kept.id)
    assert "Rune Sol: ikke denne gang." in words(news)
    assert {"Anders Lyng", "Ali Krogh", "Find en anden"} <= set(buttons(news))
    assert "Rune Sol" not in buttons(news)
    # The same words go to somebody else; only the times are chosen anew.
    again = await mette.presses(news, "Anders Lyng")
    assert "Trin 3 af 3" in words(again)
    assert values(again)["day1"] == ""
    sent = await mette.presses(again, "Send invitation", day1="2026-05-06", clock1="13:30")
    assert FOCUS in words(sent)
    assert (await observed(database)).observer_id == town.neighbour.id
    assert "Observation:" not in words(await Someone(database, town.chief).says("min oversigt")).replace(
        "Observation: inviteret", ""
    )


async def test_r44_the_observer_takes_back_a_time_that_nobody_has_answered(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    proposed = await rune.presses(card, "Send forslaget", day1="2026-05-06", clock1="13:30")
    asked = await mette.says("invitationer")
    kept = await observed(database)
    assert "Ikke denne gang" in buttons(await rune.sees("visit", kept.id))
    assert "Ikke denne gang" not in buttons(await mette.sees("visit", kept.id))
    gone = await rune.presses(proposed, "Ikke denne gang")
    assert "Det er helt i orden." in words(gone)
    assert (await observed(database)).state is ObservationState.DECLINED
    assert (await told(database, town.leader))[-1] == "invitation.unanswered"
    late = await mette.presses(asked, "Ja – onsdag kl. 13.30")
    assert "Kortet er forældet, fordi svaret blev: ikke denne gang." in words(late)


async def test_the_host_sees_which_times_wait_for_an_answer(mette: Someone, rune: Someone, town: Neighbours) -> None:
    sent = await invites(mette, town.rune, day2="2026-04-28", clock2="10:00")
    assert "Forslag til tidspunkter\n•\ntirsdag den 28. april kl. 9.00, 90 minutter\n•\n" in words(sent)
    await rune.presses(await rune.says("invitationer"), "Ja – 28. apr. kl. 9.00")
    assert "Forslag til tidspunkter" not in words(await mette.says("observationer"))


async def test_what_is_agreed_on_the_day_before_promises_nothing_for_that_day(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    for days, promised in ((1, "I får begge fokus og guide inden besøget."), (4, "dagen før.")):
        mette.now = rune.now = FIRST - timedelta(days=days)
        card = await rune.says("invitationer")
        if days == 1:
            assert promised in words(await rune.presses(card, "Ja – tirsdag kl. 9.00"))
            assert promised in words(await mette.sees("visit.agreed", (await observed(database)).id))
        else:
            assert promised in words(await rune.sees("visit", (await observed(database)).id))


async def test_whoever_is_to_answer_is_reminded_after_three_and_seven_days(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    assert await due(database, NOW + timedelta(days=2)) == {}
    [third] = (await due(database, NOW + timedelta(days=3)))["invitation"]
    [seventh] = (await due(database, NOW + timedelta(days=7)))["invitation"]
    assert {third.person_id, seventh.person_id} == {town.rune.id}
    assert third.key != seventh.key
    card = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    await rune.presses(card, "Send forslaget", day1="2026-05-06", clock1="13:30")
    [asked] = (await due(database, NOW + timedelta(days=3)))["invitation"]
    assert asked.person_id == town.leader.id
    await mette.presses(await mette.says("invitationer"), "Ja – onsdag kl. 13.30")
    assert "invitation" not in await due(database, NOW + timedelta(days=3))


async def test_nobody_is_reminded_of_an_invitation_that_is_answered(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    kept = await observed(database)
    assert await rune.is_reminded("invitation", kept.id)
    assert not await mette.is_reminded("invitation", kept.id)
    card = await rune.says("invitationer")
    other = await rune.presses(
        await rune.presses(card, "Foreslå en anden tid"), "Send forslaget", day1="2026-05-06", clock1="13:30"
    )
    assert "Forslaget er sendt" in words(other)
    assert not await rune.is_reminded("invitation", kept.id)
    assert await mette.is_reminded("invitation", kept.id)
    await mette.presses(await mette.says("invitationer"), "Ja – onsdag kl. 13.30")
    assert not await mette.is_reminded("invitation", kept.id)
    assert "onsdag den 6. maj kl. 13.30" in words(await rune.sees("invitation", kept.id))


async def test_an_invitation_expires_after_fourteen_days_with_three_other_suggestions(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune, day1="2026-06-02")
    card = await rune.says("invitationer")
    await due(database, NOW + timedelta(days=14))
    found = await due(database, NOW + timedelta(days=14, minutes=1))
    assert [each.person_id for each in found["invitation.unanswered"]] == [town.leader.id]
    kept = await observed(database)
    assert kept.state is ObservationState.EXPIRED
    mette.now = rune.now = NOW + timedelta(days=14, minutes=2)
    news = await mette.sees("invitation.unanswered", kept.id)
    assert "har ikke svaret inden for 14 dage" in words(news)
    assert {"Anders Lyng", "Ali Krogh"} <= set(buttons(news))
    late = await rune.presses(card, "Ja – tirsdag kl. 9.00")
    assert "Kortet er forældet, fordi der er gået 14 dage uden svar." in words(late)


async def test_a_proposal_that_the_host_does_not_answer_expires_and_both_hear_of_it(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    await rune.presses(card, "Send forslaget", day1="2026-06-02", clock1="13:30")
    await due(database, NOW + timedelta(days=14))
    found = await due(database, NOW + timedelta(days=14, minutes=1))
    assert [each.person_id for each in found["visit"]] == [town.rune.id]
    kept = await observed(database)
    mette.now = NOW + timedelta(days=15)
    assert "Ingen svarede inden for 14 dage på det tidspunkt, Rune Sol foreslog" in words(
        await mette.sees("invitation.unanswered", kept.id)
    )


async def test_two_answers_at_the_same_moment_are_one(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune, **THREE)
    card, own = await rune.says("invitationer"), await mette.says("observationer")
    ask = await mette.presses(own, "Aflys")
    answers = await asyncio.gather(
        rune.presses(card, "Ja – 28. apr. kl. 9.00"),
        rune.presses(card, "Ja – 6. maj kl. 13.30"),
        rune.presses(card, "Ikke denne gang"),
        mette.presses(ask, "Ja, aflys"),
    )
    late = [each for each in answers if "Kortet er forældet" in words(each)]
    assert len(late) == 3
    kept = await observed(database)
    assert kept.revision == 3
    assert kept.state in (ObservationState.AGREED, ObservationState.DECLINED, ObservationState.CANCELLED)


async def test_a_time_that_has_passed_is_not_accepted_and_another_can_be_proposed(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune, day1="2026-04-15")
    card = await rune.says("invitationer")
    rune.now = FIRST - timedelta(days=12)
    late = await rune.presses(card, "Ja – onsdag kl. 9.00")
    assert "Tidspunktet er passeret. Foreslå et andet." in words(late)
    asked = await rune.says("invitationer")
    assert "De foreslåede tidspunkter er passeret." in words(asked)
    assert not [title for title in buttons(asked) if title.startswith("Ja")]


@pytest.mark.parametrize("title", ["Ja – tirsdag kl. 9.00", "Ikke denne gang", "Foreslå en anden tid", "Ikke nu"])
async def test_a_card_that_was_forwarded_is_worth_nothing(
    mette: Someone, rune: Someone, database: Database, town: Neighbours, title: str
) -> None:
    await invites(mette, town.rune)
    card = await rune.says("invitationer")
    for someone in (town.neighbour, town.other_leader, town.teacher, town.chief, town.administrator):
        assert "Det har du ikke adgang til" in words(await Someone(database, someone).presses(card, title))
    assert (await observed(database)).state is ObservationState.INVITED


async def test_times_that_a_stranger_typed_are_given_back(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    refused = await Someone(database, town.neighbour).presses(card, "Send forslaget", day1="2026-05-06", clock1="13:30")
    assert "6. maj 2026 kl. 13.30" in words(refused)
    await rune.presses(await rune.says("invitationer"), "Ja – tirsdag kl. 9.00")
    late = await rune.presses(card, "Send forslaget", day1="2026-05-06", clock1="13:30")
    assert "Kortet er forældet, fordi der er aftalt et tidspunkt." in words(late)
    assert "6. maj 2026 kl. 13.30" in words(late)


async def test_a_message_about_it_is_a_reminder_with_all_its_courtesies(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    found = (await due(database, NOW + timedelta(days=3)))["invitation"]
    assert {each.kind for each in found} == {PromptKind.REMINDER}


async def test_nothing_waits_for_whoever_was_not_invited(mette: Someone, rune: Someone) -> None:
    assert "Ingen invitationer venter" in words(await rune.says("invitationer"))
    assert "Ingen invitationer venter" in words(await mette.says("invitationer"))


async def test_i15_holds_for_the_observer_also_when_the_host_accepts_or_the_observer_leads_the_host_by_now(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    card = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    await rune.presses(card, "Send forslaget", day1="2026-05-06", clock1="13:30")
    asked = await mette.says("invitationer")
    other = await mette.presses(asked, "Foreslå en anden tid")
    leads = RoleAssignment(
        person_id=town.rune.id, role=Role.LEADER, from_on=date(2026, 4, 1), institution_id=town.school.id
    )
    await database.write(lambda uow: uow.add(leads))
    unfit = "Observatøren skal komme fra et andet tilbud"
    for someone in (mette, rune):
        assert unfit in words(await someone.presses(asked, "Ja – onsdag kl. 13.30"))
        again = await someone.presses(other, "Send forslaget", day1="2026-04-28", clock1="13:30")
        assert unfit in words(again)
        assert "28. april 2026 kl. 13.30" in words(again)
    assert (await observed(database)).state is ObservationState.COUNTERED
    seen = await rune.says("observationer")
    await rune.presses(await rune.presses(seen, "Aflys"), "Ja, aflys")
    assert (await observed(database)).state is ObservationState.CANCELLED


@pytest.mark.parametrize("title", ["Ja – tirsdag kl. 9.00", "Ikke denne gang", "Send forslaget"])
async def test_after_fourteen_days_nothing_is_answered_though_the_clock_has_not_run(
    mette: Someone, rune: Someone, database: Database, town: Neighbours, title: str
) -> None:
    await invites(mette, town.rune, day1="2026-06-02")
    card = await rune.says("invitationer")
    if title == "Send forslaget":
        card = await rune.presses(card, "Foreslå en anden tid")
    typed = {"day1": "2026-06-03", "clock1": "09:00"} if title == "Send forslaget" else {}
    rune.now = NOW + timedelta(days=14)
    late = await rune.presses(card, title, **typed)
    assert "Kortet er forældet, fordi der er gået 14 dage uden svar." in words(late)
    assert (await observed(database)).state is ObservationState.INVITED


async def test_i32_who_has_no_role_any_more_is_told_nothing_of_what_they_were_invited_to(
    mette: Someone,
    rune: Someone,
    database: Database,
    town: Neighbours,
) -> None:
    await invites(mette, rune.who)
    assert "Elmeskolen" in words(await rune.says("min oversigt"))
    await end_role(database, rune.who, NOW.date() - timedelta(days=1))
    assert "Elmeskolen" not in words(await rune.says("min oversigt"))
    assert "Elmeskolen" not in words(await rune.says("invitationer"))
