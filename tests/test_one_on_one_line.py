"""What becomes of a 1:1 when the line between the two is broken, and of what a chief who has left once wrote."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import update

from dialogs import agenda, confirmation, one_on_one
from dialogs.conversation import show
from dialogs.turn import Turn
from domain.agreement import Agreement
from domain.one_on_one import OneOnOne
from domain.organisation import Person, Role, RoleAssignment
from domain.prompt import Prompt, PromptKind, PromptState
from scheduler.planner import plan
from storage import hold
from storage.database import Database
from storage.one_on_one_line import out_of_line, places_between
from storage.unit_of_work import UnitOfWork
from tests.pair import (  # noqa: F401
    AFTER,
    AGREED,
    LEADING,
    MEETS,
    NOW,
    agrees,
    birgit,
    confirms,
    mette,
    planned_by,
    plans,
    shares,
    town,
)
from tests.record import all_of
from tests.test_one_on_one import end_role
from tests.town import MUNICIPALITY, Someone, Town, buttons, words

LEFT = date(2026, 4, 20)


async def takes_over(database: Database, town: Town) -> Someone:  # noqa: F811
    """Birgit loses the area, and Ole gets it the day after."""
    await end_role(database, town.chief, LEFT)
    area = RoleAssignment(
        person_id=town.other_chief.id, role=Role.CHIEF, from_on=LEFT + timedelta(days=1), area_id=town.north.id
    )
    await database.write(lambda uow: uow.add(area))
    return Someone(database, town.other_chief, now=MEETS - timedelta(days=1))


async def test_i22_what_becomes_of_a_planned_one_is_told_when_the_chief_loses_the_area(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Vores nye bygning")
    assert await planned_by(database, one_on_one.clock, NOW) == []
    await takes_over(database, town)
    told = await planned_by(database, one_on_one.clock, NOW)
    assert {each.person_id for each in told} == {town.leader.id, town.chief.id}
    assert {each.kind for each in told} == {PromptKind.URGENT}
    assert await planned_by(database, agenda.clock, MEETS - timedelta(days=1)) == []
    [kept] = await all_of(database, OneOnOne)
    mette.now = birgit.now = MEETS - timedelta(days=2)
    news = await mette.sees("one_on_one.broken", kept.id)
    assert "Jeres 1:1 bliver ikke til noget" in words(news)
    assert "Den dag leder Mette Holm ikke et tilbud, som Birgit Dam har ansvar for." in words(news)
    assert "Ole Toft har ansvaret nu og ser dine åbne aftaler, men hverken notater eller dagsordener." in words(news)
    assert "Slet den i din kalender" in words(news)
    shown = await mette.sees("one_on_one", kept.id)
    assert "Planlagt" not in words(shown)
    assert "Bliver ikke til noget" in words(shown)
    assert {"Se dagsordenen", "Flyt mødet"} & set(buttons(shown)) == set()
    assert "Næste 1:1" not in words(await mette.says("min oversigt"))
    assert "Der er ikke planlagt en 1:1" in words(await mette.says("1:1"))
    assert await mette.gets("agenda", kept.id) is None
    assert await birgit.gets("one_on_one.broken", kept.id) is None
    mette.now = MEETS
    assert await mette.gets("one_on_one.broken", kept.id) is None


async def test_news_of_a_line_that_ended_before_a_restore_is_not_told_again_when_it_is_released(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    """It was told, the database was lost, and the backup of before knows nothing of that."""
    await plans(birgit)
    now = datetime.combine(LEFT, time(9), MUNICIPALITY.zone)
    await end_role(database, town.chief, LEFT - timedelta(days=1))

    def restored(uow: UnitOfWork) -> None:
        hold.hold(uow, hold.HeldBecause.SILENCE)
        uow.session.execute(update(hold.delivery).values(held_at=now))

    await database.write(restored)
    later = now + timedelta(minutes=10)
    await plan(database, later, MUNICIPALITY)
    await database.write(lambda uow: hold.let_go(uow, later, send_what_waited=False))
    await plan(database, later + timedelta(minutes=1), MUNICIPALITY)
    found = [each for each in await all_of(database, Prompt) if each.view == one_on_one.BROKEN]
    assert {each.person_id for each in found} == {town.leader.id, town.chief.id}
    assert {each.state for each in found} == {PromptState.EXPIRED}


async def test_i22_a_line_that_will_end_is_told_at_once(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await end_role(database, town.chief, LEFT)
    assert {each.due_at for each in await planned_by(database, one_on_one.clock, NOW)} == {NOW}


async def test_i22_a_line_that_is_mended_needs_no_news(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await end_role(database, town.chief, LEFT)
    assert await planned_by(database, one_on_one.clock, NOW) != []
    again = RoleAssignment(
        person_id=town.chief.id, role=Role.CHIEF, from_on=LEFT + timedelta(days=1), area_id=town.north.id
    )
    await database.write(lambda uow: uow.add(again))
    assert await planned_by(database, one_on_one.clock, NOW) == []
    [kept] = await all_of(database, OneOnOne)
    assert await mette.gets("one_on_one.broken", kept.id) is None
    assert "Næste 1:1" in words(await mette.says("min oversigt"))


async def test_i22_the_chief_is_told_when_the_leader_leaves(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await end_role(database, town.leader, LEFT)
    [kept] = await all_of(database, OneOnOne)
    birgit.now = MEETS - timedelta(days=2)
    news = words(await birgit.sees("one_on_one.broken", kept.id))
    assert "Den dag leder Mette Holm ikke et tilbud" in news
    assert "har ansvaret nu" not in news


async def test_the_query_for_the_clock_finds_what_the_rule_finds(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await plans(birgit, "1:1 med Mette den 28. maj kl. 10")

    def both(uow: UnitOfWork) -> tuple[set[date], set[date]]:
        by_query = {each.meets_on for each in out_of_line(uow, NOW)}
        kept = uow.session.query(OneOnOne).all()
        broken = [each for each in kept if not places_between(uow, each.chief_id, each.leader_id, each.meets_on)]
        return by_query, {each.meets_on for each in broken}

    assert await database.read(both) == (set(), set())
    await end_role(database, town.leader, date(2026, 5, 1))
    assert await database.read(both) == ({date(2026, 5, 28)},) * 2
    await end_role(database, town.chief, date(2026, 4, 22))
    assert await database.read(both) == ({date(2026, 4, 23), date(2026, 5, 28)},) * 2


async def test_i32_a_former_chief_reads_what_they_wrote_and_nothing_later(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    asking = await birgit.presses(await birgit.says("notat"), "Tilføj en bemærkning")
    await birgit.presses(asking, "Gem bemærkningen", remark="Birgits egen bemærkning")
    [agreement], [kept] = await all_of(database, Agreement), await all_of(database, OneOnOne)
    birgit.now = AFTER + timedelta(days=1)
    old = await birgit.sees("agreement", agreement.id)
    await end_role(database, town.chief, AFTER.date())
    mette.now = birgit.now = AFTER + timedelta(days=5)
    card = await mette.says("notat")
    assert "Birgit Dam er ikke længere chef her og ser kun sine egne ord" in words(card)
    asking = await mette.presses(card, "Tilføj en bemærkning")
    await mette.presses(asking, "Gem bemærkningen", remark="Skrevet bagefter")
    await mette.presses(await mette.sees("agreement", agreement.id), "Giv den en uge mere")
    await mette.presses(await mette.sees("agreement", agreement.id), "Gennemført", result="Det virkede")
    seen = await birgit.says("notat")
    for theirs in (LEADING, "Birgits egen bemærkning", AGREED["text"], "intet, der er kommet til senere"):
        assert theirs in words(seen)
    for later in ("Skrevet bagefter", "Med bemærkning", "28. maj", "gennemført", "Det virkede"):
        assert later not in words(seen)
    assert buttons(seen) == ["Min oversigt"]
    assert await birgit.gets("agreement", agreement.id) is None
    assert "Det har du ikke adgang til" in words(await birgit.presses(old, "Tag den op på 1:1"))
    [agreement] = await all_of(database, Agreement)
    assert agreement.bring_up_since is None
    assert "Der er ingen åbne aftaler." in words(await birgit.says("aftaler"))

    def reminded(uow: UnitOfWork) -> object:
        who = uow.session.get_one(Person, town.chief.id)
        return show(Turn.of(who, uow, birgit.now, MUNICIPALITY, is_reminder=True), "confirmation", kept.id)

    assert await database.write(reminded) is None


async def test_i23_the_new_chief_sees_the_open_agreement_and_no_note(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    await end_role(database, town.chief, AFTER.date())
    area = RoleAssignment(person_id=town.other_chief.id, role=Role.CHIEF, from_on=AFTER.date(), area_id=town.north.id)
    await database.write(lambda uow: uow.add(area))
    ole = Someone(database, town.other_chief, now=AFTER + timedelta(days=2))
    seen = words(await ole.says("aftaler"))
    assert AGREED["text"] in seen
    [agreement] = await all_of(database, Agreement)
    assert "lederen og tilbuddets Børn og Unge-chef" in words(await ole.sees("agreement", agreement.id))
    assert LEADING not in words(await ole.says("notat"))
    [kept] = await all_of(database, OneOnOne)
    assert await ole.gets("confirmation", kept.id) is None


async def test_an_agreement_after_the_confirmation_is_reminded_of_by_the_same_rules(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    await confirms(mette, birgit)
    later = AFTER + timedelta(days=20)
    birgit.now = mette.now = later
    adding = await birgit.presses(await birgit.says("notat"), "Tilføj en aftale")
    shown = await agrees(birgit, adding, text="Vi besøger Fyrreskolen", due="2026-06-18")
    assert "Afventer bekræftelse" in words(shown)
    assert "Med bemærkning" not in words(shown)
    assert any(":agreement:" in each.occasion for each in await all_of(database, Prompt))
    found = await planned_by(database, confirmation.clock, later, ahead=timedelta(days=30))
    assert [(each.person_id, each.due_at - later) for each in found] == [
        (town.leader.id, timedelta(days=2)),
        (town.leader.id, timedelta(days=7)),
    ]
    [kept] = await all_of(database, OneOnOne)
    asked = words(await mette.sees("confirmation", kept.id))
    assert "Bekræft aftalerne" in asked
    assert "Der er kommet noget til, siden du bekræftede." in asked
    assert "Bekræft" in words(await mette.says("min oversigt"))
    mette.now = later + timedelta(days=7)
    assert "Jeg minder dig ikke om det flere gange." in words(await mette.sees("confirmation", kept.id))
    birgit.now = later + timedelta(days=14)
    assert "Ikke bekræftet" in words(await birgit.says("notat"))
    await mette.presses(await mette.says("notat"), "Bekræft")
    assert await planned_by(database, confirmation.clock, later, ahead=timedelta(days=30)) == []


async def test_an_agreement_that_is_closed_before_it_is_confirmed_is_not_asked_about(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    await confirms(mette, birgit)
    adding = await birgit.presses(await birgit.says("notat"), "Tilføj en aftale")
    await agrees(birgit, adding, text="Vi besøger Fyrreskolen")
    late = next(each for each in await all_of(database, Agreement) if each.confirmed_at is None)
    await mette.presses(await mette.sees("agreement", late.id), "Gennemført", result="Gjort")
    assert await planned_by(database, confirmation.clock, mette.now, ahead=timedelta(days=30)) == []


async def test_an_answer_with_a_remark_is_asked_anew_about_a_later_agreement(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    mette.now = birgit.now
    asking = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
    await mette.presses(asking, "Gem bemærkningen", remark="Vi talte også om udeskole.")
    assert "Med bemærkning" in words(await birgit.says("notat"))
    adding = await birgit.presses(await birgit.says("notat"), "Tilføj en aftale")
    shown = await agrees(birgit, adding, text="Mette skriver om udeskole")
    assert "Afventer bekræftelse" in words(shown)
    assert len(await planned_by(database, confirmation.clock, birgit.now, ahead=timedelta(days=30))) == 2


async def test_what_stood_on_a_cancelled_agenda_moves_to_the_next_one_at_once(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    card = await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Vores nye bygning")
    await mette.presses(card, "Tilføj", text="Noget svært", seen="private")
    await plans(birgit, "1:1 med Mette den 30. april kl. 9")
    asking = await birgit.presses(await birgit.says("1:1 med Mette"), "Aflys mødet")
    card = await birgit.presses(asking, "Ja, aflys")
    assert "Det, I havde tilføjet, står nu på dagsordenen til jeres 1:1 torsdag den 30. april kl. 9.00." in words(card)
    seen = words(await birgit.says("dagsorden"))
    assert "Vores nye bygning" in seen
    assert "Noget svært" not in seen
    assert "Noget svært" in words(await mette.says("dagsorden"))


async def test_one_planned_for_tomorrow_says_so_and_another_one_is_named(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    # Who has written to the bot can be written to.
    await mette.says("min oversigt")
    first = words(await plans(birgit))
    assert "fem dage før" in first
    assert "I har allerede planlagt en anden 1:1" not in first
    asking = await birgit.says("1:1 med Mette i morgen kl. 9")
    assert "I har allerede planlagt en anden 1:1: torsdag den 23. april kl. 10.00." in words(asking)
    soon = words(await birgit.presses(asking, "Planlæg 1:1"))
    assert "fem dage før" not in soon
    assert "I kan begge tilføje til dagsordenen fra nu af." in soon
    assert "I har allerede planlagt en anden 1:1: torsdag den 23. april kl. 10.00." in soon
    tomorrow = min(await all_of(database, OneOnOne), key=lambda each: each.starts_at)
    assert "I har allerede planlagt en anden 1:1" in words(await mette.sees("one_on_one.planned", tomorrow.id))
