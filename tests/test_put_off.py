"""What is put off, waits over a holiday, or belongs to what is over: it comes when it should, or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.conversation import Kind
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.dialogue import Dialogue
from domain.message import Answer, SentCard
from domain.organisation import AgeRange, Institution, Person
from domain.period import HalfYear
from domain.prompt import Occasion, Prompt, PromptState
from domain.theme import ThemeReceipt
from storage import prompt
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, change, delivered, mette, reflects, sends_themes, town
from tests.test_preparation import through_all_steps
from tests.town import NOW, SPRING, STARTS, Someone, Town, values, words

__all__ = ["mette", "town"]

MEETING = "https://teams.microsoft.com/l/meetup-join/abc"
MORNING = STARTS + timedelta(days=1)
VOICE = {"group": "børn", "via": "elevrådet", "count": "10-24", "said": "De vil ud"}


async def recommends(mette: Someone) -> None:
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **VOICE, recommend="Længere pauser")


async def reached(database: Database, view: str) -> list[Prompt]:
    """The prompts of the view that have come to their person, by themselves or in the list of several."""
    there = (PromptState.SENT, PromptState.GATHERED, PromptState.ANSWERED)
    return [each for each in await all_of(database, Prompt) if each.view == view and each.state in there]


async def test_a_preparation_that_was_put_off_does_not_come_for_a_cancelled_dialogue(
    mette: Someone, database: Database, town: Town
) -> None:
    mette.now = NOW
    await mette.presses(await mette.presses(await mette.says("forbered"), "Ikke nu"), "I morgen")
    await mette.presses(await mette.presses(await mette.says("samtaler"), "Aflys samtalen"), "Ja, aflys")
    put_off = [each for each in await all_of(database, Prompt) if each.view == "preparation"]
    assert put_off
    assert {each.state for each in put_off} == {PromptState.CANCELLED}
    sent = [view for day in (1, 2) for view, who in await delivered(database, NOW + timedelta(days=day))]
    assert "preparation" not in sent


async def test_a_card_put_off_from_a_stale_one_does_not_come_for_what_is_done(
    mette: Someone, database: Database
) -> None:
    mette.now = NOW
    asks = await mette.presses(await mette.says("forbered"), "Ikke nu")
    await through_all_steps(mette)
    await mette.presses(asks, "I morgen")
    assert "preparation" not in [view for view, _who in await delivered(database, NOW + timedelta(days=1))]
    mette.now = AFTER
    asks = await mette.presses(await mette.says("refleksion"), "Ikke nu")
    await reflects(mette)
    await mette.presses(asks, "I morgen")
    assert "reflection" not in [view for view, _who in await delivered(database, MORNING)]


async def test_a_dialogue_that_is_cancelled_renews_the_cards_that_stand_in_the_chat(
    mette: Someone, database: Database, town: Town
) -> None:
    mette.now = NOW
    await mette.says("forbered")
    stands = SentCard(
        person_id=town.leader.id,
        view="preparation",
        subject_id=town.dialogue.id,
        conversation_id=mette.address.conversation_id,
        message_id="m1",
        sent_at=NOW,
    )
    await database.write(lambda uow: uow.add(stands))
    card = await mette.presses(await mette.says("samtaler"), "Aflys samtalen", "m2")
    await mette.presses(card, "Ja, aflys", "m2")
    assert [each.view for each in await all_of(database, Prompt) if each.replaces == "m1"] == ["preparation"]


@pytest.mark.parametrize(
    ("ended", "paused", "arrives"),
    [
        (AFTER, None, True),
        (AFTER, date(2026, 5, 30), False),
        (STARTS + timedelta(hours=11), None, False),
        (STARTS + timedelta(hours=11), date(2026, 5, 30), False),
    ],
)
async def test_i38_the_end_of_a_meeting_keeps_to_quiet_times_and_pauses(
    mette: Someone, database: Database, ended: datetime, paused: date | None, arrives: bool
) -> None:
    await mette.says("hjælp")
    await change(database, Dialogue, place=MEETING)
    await change(database, Person, paused_until=paused)
    mette.now = ended
    await mette.does(Kind.MEETING_ENDED, text=MEETING)
    at_once = [view for view, _who in await delivered(database, ended + timedelta(minutes=1))]
    assert ("reflection" in at_once) is arrives


async def test_i38_the_end_of_a_meeting_is_no_second_message_about_the_dialogue(
    mette: Someone, database: Database
) -> None:
    await mette.says("hjælp")
    await change(database, Dialogue, place=MEETING)
    mette.now = AFTER
    await mette.does(Kind.MEETING_ENDED, text=MEETING)
    sent = []
    for hours in (1, 2, 3, 4, 5):
        sent += [
            view
            for view, who in await delivered(database, STARTS + timedelta(hours=hours, minutes=5))
            if who == mette.who.id
        ]
    assert sent.count("reflection") == 1


async def test_themes_that_are_sent_out_before_the_summer_come_after_it(
    mette: Someone, database: Database, town: Town
) -> None:
    friday = datetime(2026, 6, 26, 15, tzinfo=UTC)
    await mette.says("hjælp")
    await sends_themes(database, town, friday)
    day = friday + timedelta(hours=17)
    while day < datetime(2026, 9, 1, tzinfo=UTC):
        await delivered(database, day)
        assert bool(await reached(database, "theme")) is (day > datetime(2026, 8, 10, tzinfo=UTC))
        day += timedelta(days=1)


async def test_a_round_that_was_out_already_is_no_news_and_an_old_one_is_nothing_at_all(
    mette: Someone, database: Database, town: Town
) -> None:
    old = PoliticalRound(year=2021, age_range=AgeRange.OLDER, state=RoundState.SENT)
    theme = Theme(
        round_id=old.id,
        title="Gammelt tema",
        title_en="Old",
        age_range=AgeRange.OLDER,
        valid_from=HalfYear(2021, 2),
        valid_to=HalfYear(2023, 1),
    )

    def work(uow: UnitOfWork) -> None:
        uow.add(old)
        uow.session.flush()
        uow.add(theme)

    await database.write(work)
    await mette.says("hjælp")
    assert "theme" not in [view for view, _who in await delivered(database, AFTER)]
    [receipt] = await all_of(database, ThemeReceipt)
    assert (receipt.round_id, receipt.seen_at, receipt.seen_by) == (town.round.id, AFTER, None)
    mette.now = AFTER
    shown = words(await mette.says("temaer"))
    assert "Overgange og deltagelse" in shown
    assert "Gammelt tema" not in shown


async def test_an_institution_that_opens_later_gets_the_themes_that_apply_as_news(
    mette: Someone, database: Database, town: Town
) -> None:
    await sends_themes(database, town, NOW)
    new = Institution(name="Fyrreskolen", type=town.school.type, age_range=AgeRange.OLDER, area_id=town.north.id)
    await database.write(lambda uow: uow.add(new))
    await delivered(database, AFTER)
    [receipt] = [each for each in await all_of(database, ThemeReceipt) if each.institution_id == new.id]
    assert receipt.seen_at is None


async def test_the_newest_of_two_receipts_of_one_day_is_that_of_the_later_round(
    mette: Someone, database: Database, town: Town
) -> None:
    later = PoliticalRound(year=2027, age_range=AgeRange.OLDER, state=RoundState.SENT)
    theme = Theme(
        round_id=later.id,
        title="Nyt tema",
        title_en="New",
        age_range=AgeRange.OLDER,
        valid_from=HalfYear(2027, 2),
        valid_to=HalfYear(2029, 1),
    )

    def work(uow: UnitOfWork) -> None:
        uow.add(later)
        uow.session.flush()
        uow.add(theme)
        for decided in (later, town.round):
            uow.add(ThemeReceipt(round_id=decided.id, institution_id=town.school.id, sent_at=NOW))

    await database.write(work)
    assert "Nyt tema" in words(await mette.says("temaer"))


async def test_an_answer_that_is_given_again_is_asked_about_again(mette: Someone, database: Database) -> None:
    await recommends(mette)
    await mette.presses(await mette.says("anbefalinger"), "Gem", response="fulgt")
    first = AFTER + timedelta(days=14)
    await delivered(database, first)
    assert len(await reached(database, "recommendation")) == 1
    mette.now = first + timedelta(days=3)
    card = await mette.presses(await mette.says("anbefalinger"), "Gem", reason="Stadig ikke fortalt")
    assert "Jeg spørger igen om to uger" in words(card)
    await delivered(database, mette.now + timedelta(days=14))
    assert len(await reached(database, "recommendation")) == 2


async def test_an_institution_that_has_ended_is_asked_about_no_recommendation(
    mette: Someone, database: Database, town: Town
) -> None:
    await recommends(mette)

    def work(uow: UnitOfWork) -> None:
        uow.session.get_one(Institution, town.school.id).ended_on = AFTER.date()
        uow.add(
            Dialogue(
                institution_id=town.school.id,
                cycle_id=town.cycle.id,
                half_year=SPRING,
                starts_at=AFTER + timedelta(minutes=5),
            )
        )

    await database.write(work)
    await delivered(database, AFTER + timedelta(days=2))
    assert [each for each in await all_of(database, Prompt) if each.view == "recommendation"] == []


async def test_what_was_typed_before_not_now_is_given_back_and_the_card_comes_again(
    mette: Someone, database: Database
) -> None:
    await recommends(mette)
    card = await mette.says("anbefalinger")
    asks = await mette.presses(card, "Ikke nu", reason="Vi venter på skolebestyrelsen", reported_on="2026-04-21")
    assert "Vi venter på skolebestyrelsen" in words(asks)
    assert "21. april 2026" in words(asks)
    assert "I morgen" in words(asks)
    kept = [str(each.card) for each in await all_of(database, Answer)]
    assert not any("skolebestyrelsen" in each for each in kept)
    untouched = await mette.presses(await mette.says("anbefalinger"), "Ikke nu")
    assert "skrevet" not in words(untouched)
    stranger = await Someone(database, Town().other_leader, now=AFTER).does(Kind.SAID, text="anbefalinger")
    assert "Vi venter på skolebestyrelsen" not in words(stranger.card or {})


async def test_a_reminder_whose_reason_is_back_lives_as_long_as_the_new_one(database: Database, town: Town) -> None:
    await database.write(town.build)
    first = Occasion(
        key="story",
        person_id=town.leader.id,
        view="overview",
        subject_id=town.leader.id,
        due_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    again = replace(first, due_at=NOW + timedelta(days=5), expires_at=NOW + timedelta(days=9))
    await database.write(lambda uow: prompt.plan_all(uow, [first], is_planned=True))
    await database.write(lambda uow: prompt.drop_reminders(uow, "overview", town.leader.id))
    await database.write(lambda uow: prompt.plan_all(uow, [again], is_planned=True))
    [kept] = await all_of(database, Prompt)
    assert (kept.state, kept.due_at, kept.expires_at) == (PromptState.PENDING, again.due_at, again.expires_at)


async def test_the_overview_asks_for_the_report_back_once_there_is_an_answer(mette: Someone) -> None:
    await recommends(mette)
    assert "Svar på en anbefaling" in words(await mette.says("min oversigt"))
    await mette.presses(await mette.says("anbefalinger"), "Gem", response="fulgt")
    overview = await mette.says("min oversigt")
    assert "Svar på en anbefaling" not in words(overview)
    assert "Giv tilbagemelding på en anbefaling" in words(overview)
    card = await mette.presses(overview, "Giv tilbagemelding")
    assert values(card)["response"] == "fulgt"
