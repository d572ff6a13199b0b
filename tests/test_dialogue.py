"""The life of a learning dialogue: moved, cancelled, planned as an extra one, held, and closed by itself."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dialogs import dialogue as flow
from dialogs.flow import Planning
from domain.dialogue import Dialogue, DialogueState
from domain.period import HalfYear
from domain.prompt import Prompt, PromptKind
from scheduler.planner import plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of, chooses, decides, is_told, reflects
from tests.town import MUNICIPALITY, STARTS, Someone, Town, buttons, options, values, words


async def built(database: Database) -> Town:
    town = Town()
    await database.write(town.build)
    return town


async def asked_to_move(mette: Someone) -> dict[str, object]:
    return await mette.presses(await mette.says("forbered"), "Flyt samtalen")


async def test_the_participants_hear_of_the_new_time_and_the_mover_does_not(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await asked_to_move(mette)
    assert values(card)["day"] == "2026-04-21"
    assert values(card)["clock"] == "09:00"
    moved = await mette.presses(card, "Flyt", day="2026-05-05", clock="13:15", place="Biblioteket")
    assert "tirsdag den 5. maj kl. 13.15" in words(moved)
    prompts = await database.read(lambda uow: uow.session.scalars(select(Prompt)).all())
    told = {each.person_id for each in prompts if each.view == "dialogue.moved"}
    assert told == {town.chief.id, town.consultant.id}
    assert {each.kind for each in prompts if each.view == "dialogue.moved"} == {PromptKind.URGENT}
    news = await Someone(database, town.chief).sees("dialogue.moved", town.dialogue.id)
    assert "tirsdag den 5. maj kl. 13.15" in words(news)
    assert await Someone(database, town.other_chief).gets("dialogue.moved", town.dialogue.id) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-04-13"}, "Tidspunktet er passeret."),
        ({"day": "2026-09-01"}, "Samtalen hører til foråret 2026."),
        ({"day": "2027-04-21"}, "Samtalen hører til foråret 2026."),
        ({"day": ""}, "Vælg en dato."),
        ({"clock": ""}, "Vælg et klokkeslæt."),
        ({"day": "21/4", "clock": "9:00"}, "Vælg en dato."),
        ({"day": "2026-02-30"}, "Vælg en dato."),
    ],
)
async def test_a_time_that_cannot_be_is_said_at_the_field(
    database: Database, typed: dict[str, str], sentence: str
) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.presses(await asked_to_move(mette), "Flyt", place="Nyt sted", **typed)  # type: ignore[arg-type]
    assert sentence in words(card)
    assert values(card)["place"] == "Nyt sted"
    kept = await database.read(lambda uow: uow.session.get_one(Dialogue, town.dialogue.id))
    assert kept.starts_at == STARTS
    assert kept.revision == 1


async def test_an_hour_that_the_clock_change_skips_does_not_exist(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=STARTS.replace(month=3, day=1))
    card = await mette.presses(await asked_to_move(mette), "Flyt", day="2026-03-29", clock="02:30")  # type: ignore[arg-type]
    assert "så klokkeslættet findes ikke" in words(card)


async def test_two_who_move_it_at_once_do_not_overrule_one_another_unseen(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    one, other = await asked_to_move(mette), await asked_to_move(mette)
    await mette.presses(one, "Flyt", day="2026-04-22")  # type: ignore[arg-type]
    answer = await mette.presses(other, "Flyt", day="2026-04-23")  # type: ignore[arg-type]
    assert "Samtalen er i mellemtiden flyttet til onsdag den 22. april kl. 9.00." in words(answer)


async def test_only_a_leader_of_the_institution_moves_it(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await asked_to_move(mette)
    for stranger in (town.chief, town.other_leader, town.teacher):
        answer = await Someone(database, stranger).presses(card, "Flyt", day="2026-04-22")  # type: ignore[arg-type]
        assert "Det har du ikke adgang til" in words(answer)


async def test_a_text_typed_before_moving_is_kept(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("forbered")
    figure = next(iter(options(card, "figures").values()))
    card = await mette.presses(card, "Flyt samtalen", figures=figure, interpretation="Skrevet inden flytningen")
    card = await mette.presses(card, "Tilbage")
    assert values(card)["interpretation"] == "Skrevet inden flytningen"


async def test_a_dialogue_is_cancelled_after_asking_once_more_and_the_others_hear_of_it(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("samtaler")
    assert "Læringssamtale 2 af 4" in words(card)
    card = await mette.presses(card, "Aflys samtalen")
    assert "Aflys samtalen?" in words(card)
    receipt = await mette.presses(card, "Ja, aflys")
    assert "Samtalen er aflyst" in words(receipt)
    assert (await the_dialogue(database, town)).state is DialogueState.CANCELLED
    prompts = await database.read(lambda uow: uow.session.scalars(select(Prompt)).all())
    told = {each.person_id for each in prompts if each.view == "dialogue.cancelled"}
    assert told == {town.chief.id, town.consultant.id}
    assert "Samtalen er aflyst" in words(
        await Someone(database, town.chief).sees("dialogue.cancelled", town.dialogue.id)
    )
    assert "Samtalen er aflyst" in words(await mette.presses(card, "Ja, aflys"))
    new = await mette.presses(receipt, "Planlæg en ny")
    planned = await mette.presses(new, "Planlæg", kind="numbered", day="2026-05-12", clock="10:00")
    assert "Læringssamtale 2 af 4" in words(planned)
    assert "tirsdag den 12. maj kl. 10.00" in words(planned)


async def test_an_extra_dialogue_is_planned_and_never_counted(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("ekstra samtale")
    planned = await mette.presses(card, "Planlæg", day="2026-05-16", clock="10:00", place="Biblioteket")
    assert "Ekstra læringssamtale" in words(planned)
    assert "Lørdag den 16. maj er ikke en arbejdsdag." in words(planned)
    assert "Læringssamtale 2 af 4" in words(await mette.says("min oversigt")), "as before"
    [number] = [each.number for each in await all_of(database, Dialogue) if each.place == "Biblioteket"]
    assert number is None
    assert "Forbered samtalen" in words(await mette.presses(planned, "Forbered"))
    assert "Biblioteket" in words(
        await Someone(database, town.chief).sees("dialogue.planned", await extra_id(database))
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "numbered"}, "Der er allerede en samtale i foråret 2026."),
        ({"day": "2026-04-01"}, "er passeret. Vælg et senere."),
        ({"day": "2030-04-01"}, "uden for den toårige periode"),
        ({"day": ""}, "Vælg en dato."),
        ({"clock": ""}, "Vælg et klokkeslæt."),
        ({"place": "Hos 010203-1234"}, "cpr-nummer"),
    ],
)
async def test_a_dialogue_that_cannot_be_planned_is_told_at_its_field(
    database: Database, typed: dict[str, str], sentence: str
) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    good = {"day": "2026-05-12", "clock": "10:00", "place": "Biblioteket"}
    card = await mette.presses(await mette.says("ekstra samtale"), "Planlæg", **{**good, **typed})
    assert sentence in words(card)
    assert values(card)["place"] == {**good, **typed}["place"]
    assert len(await database.read(lambda uow: uow.session.scalars(select(Dialogue)).all())) == 1


async def test_i4_a_fifth_dialogue_of_a_cycle_is_refused(database: Database) -> None:
    town = await built(database)

    def fill(uow: UnitOfWork) -> None:
        for number, half_year in enumerate(town.cycle.half_years, start=1):
            if number != 2:
                uow.add(
                    Dialogue(
                        institution_id=town.school.id,
                        cycle_id=town.cycle.id,
                        half_year=half_year,
                        starts_at=datetime.combine(half_year.starts_on, time(9), UTC) + timedelta(days=70),
                        number=number,
                    )
                )

    await database.write(fill)
    mette = Someone(database, town.leader)
    typed = {"kind": "numbered", "day": "2026-05-12", "clock": "10:00"}
    card = await mette.presses(await mette.says("ekstra samtale"), "Planlæg", **typed)
    assert "har allerede sine fire samtaler" in words(card)


async def test_only_a_leader_of_the_institution_plans_or_cancels(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    plan, sure = await mette.says("ekstra samtale"), await mette.presses(await mette.says("samtaler"), "Aflys samtalen")
    for someone in (town.chief, town.other_leader, town.deputy):
        stranger = Someone(database, someone)
        typed = {"day": "2026-05-12", "clock": "10:00"}
        assert "Det har du ikke adgang til" in words(await stranger.presses(plan, "Planlæg", **typed))
        assert "Det har du ikke adgang til" in words(await stranger.presses(sure, "Ja, aflys"))
    assert (await the_dialogue(database, town)).state is not DialogueState.CANCELLED


async def test_the_chief_says_that_it_has_been_held_and_not_before_it_began(database: Database) -> None:
    town = await built(database)
    chief = Someone(database, town.chief, now=STARTS + timedelta(hours=1))
    card = await chief.presses(await chief.says("samtaler"), "Åbn samtalen")
    early = Someone(database, town.chief)
    assert "Den er ikke begyndt endnu." in words(await early.presses(card, "Samtalen er holdt"))
    assert "Afholdt" in words(await chief.presses(card, "Samtalen er holdt"))
    assert (await the_dialogue(database, town)).state is DialogueState.HELD
    stranger = Someone(database, town.consultant, now=STARTS + timedelta(hours=1))
    assert "Det har du ikke adgang til" in words(await stranger.presses(card, "Samtalen er holdt"))


async def test_i14_a_recorded_dialogue_closes_by_itself_after_14_days_with_three_days_notice(
    database: Database,
) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=STARTS + timedelta(hours=1))
    await reflects(mette)
    await decides(mette, "andet", "Vi gør det")
    recorded = mette.now

    async def planned(after: timedelta) -> list[tuple[UUID, timedelta]]:
        def work(uow: UnitOfWork) -> list[tuple[UUID, timedelta]]:
            at = recorded + after
            planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
            return [(each.person_id, each.due_at - recorded) for each in flow.clock(planning)]

        return await database.write(work)

    # The eleventh day is a Saturday, so the notice waits until Monday, and the closing with it.
    assert await planned(timedelta(days=10)) == []
    [(told, notice)] = await planned(timedelta(days=11))
    assert told == town.leader.id
    assert timedelta(days=11) <= notice < timedelta(days=14)
    mette.now = recorded + notice
    card = await mette.sees("dialogue.closing", town.dialogue.id)
    assert "Opsamlingen afsluttes snart" in words(card)
    # Nobody has been sent it: a pause, or a leader who cannot be reached, puts off the closing.
    await plan(database, mette.now, MUNICIPALITY)
    await planned(timedelta(days=40))
    assert (await the_dialogue(database, town)).state is DialogueState.RECORDED
    await is_told(database, "dialogue.closing", mette.now)
    await planned(notice + timedelta(days=2))
    assert (await the_dialogue(database, town)).state is DialogueState.RECORDED
    assert await planned(notice + timedelta(days=3, hours=1)) == []
    assert (await the_dialogue(database, town)).state is DialogueState.CLOSED
    assert await mette.gets("dialogue.closing", town.dialogue.id) is None
    assert "Ret" not in buttons(await mette.says("beslutninger"))


async def test_the_states_of_a_dialogue_follow_one_another_and_are_seen_as_words(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    seen = []
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", sources="observation", interpretation="Flere elever siger noget nu.")
    seen.append((await the_dialogue(database, town)).state)
    card = await mette.presses(card, "Næste", children="Sjovere", parents="Godt")
    await mette.presses(card, "Klar til samtalen")
    seen.append((await the_dialogue(database, town)).state)
    mette.now = STARTS + timedelta(hours=1)
    await reflects(mette)
    seen.append((await the_dialogue(database, town)).state)
    await decides(mette, "andet", "Vi gør det")
    seen.append((await the_dialogue(database, town)).state)
    await mette.presses(await mette.presses(await mette.says("beslutning"), "Afslut opsamlingen"), "Ja, afslut")
    seen.append((await the_dialogue(database, town)).state)
    assert [each.value for each in seen] == ["forberedelse åben", "klar", "afholdt", "opsamlet", "afsluttet"]
    assert "Afsluttet" in words(await mette.says("samtaler"))


async def the_dialogue(database: Database, town: Town) -> Dialogue:
    return await database.read(lambda uow: uow.session.get_one(Dialogue, town.dialogue.id))


async def extra_id(database: Database) -> UUID:
    found = await database.read(lambda uow: uow.session.scalars(select(Dialogue)).all())
    return next(each.id for each in found if each.number is None)


async def test_a_dialogue_that_fell_through_is_moved_or_cancelled_until_a_reflection_is_begun(
    database: Database,
) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=STARTS + timedelta(hours=1))
    card = await mette.says("samtaler")
    assert "Blev samtalen ikke til noget" in words(card)
    sure = await mette.presses(card, "Aflys samtalen")
    moved = await mette.presses(await mette.presses(card, "Flyt samtalen"), "Flyt", day="2026-05-05", clock="09:00")
    assert "tirsdag den 5. maj kl. 9.00" in words(moved)
    mette.now = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
    await mette.presses(await mette.says("refleksion"), "Gem kladde", participants="management,staff")
    assert "Aflys samtalen" not in buttons(await mette.says("samtaler"))
    await mette.presses(sure, "Ja, aflys")
    assert (await the_dialogue(database, town)).state is not DialogueState.CANCELLED


async def test_what_replaces_a_cancelled_dialogue_is_one_of_the_four_to_begin_with(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.presses(await mette.presses(await mette.says("samtaler"), "Aflys samtalen"), "Ja, aflys")
    card = await mette.presses(card, "Planlæg en ny")
    assert values(card)["kind"] == "numbered"
    planned = await mette.presses(card, "Planlæg", day="2026-05-12", clock="10:00")
    assert "Læringssamtale 2 af 4" in words(planned)
    assert values(await mette.says("ekstra samtale"))["kind"] == "extra"


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [("2026-04-17", "mindre end tre uger", "tre uger før"), ("2026-05-29", "tre uger før", "mindre end tre uger")],
)
async def test_a_new_dialogue_says_what_is_true_of_its_preparation(
    database: Database, day: str, said: str, unsaid: str
) -> None:
    mette = Someone(database, (await built(database)).leader)
    card = await mette.presses(await mette.says("ekstra samtale"), "Planlæg", day=day, clock="09:00")
    assert said in words(card)
    assert unsaid not in words(card)


async def test_an_extra_dialogue_is_moved_within_its_cycle_and_takes_its_half_year_along(database: Database) -> None:
    mette = Someone(database, (await built(database)).leader)
    card = await mette.presses(await mette.says("ekstra samtale"), "Planlæg", day="2026-04-17", clock="09:00")
    card = await mette.presses(await mette.presses(card, "Forbered"), "Flyt samtalen")
    card = await mette.presses(card, "Flyt", day="2028-10-06", clock="09:00")
    assert "Datoen ligger uden for" in words(card)
    await mette.presses(card, "Flyt", day="2026-10-06", clock="09:00")
    kept = await database.read(lambda uow: uow.session.scalars(select(Dialogue)).all())
    assert [each.half_year for each in kept if each.number is None] == [HalfYear(2026, 2)]


async def test_i4_a_dialogue_between_two_numbers_that_the_list_gave_as_they_came_finds_its_place(
    database: Database,
) -> None:
    town = await built(database)

    def as_imported(uow: UnitOfWork) -> None:
        uow.session.delete(uow.session.get_one(Dialogue, town.dialogue.id))
        uow.session.flush()
        for number, (half_year, month) in enumerate(
            [(HalfYear(2025, 2), 11), (HalfYear(2026, 2), 10), (HalfYear(2027, 1), 4)], start=1
        ):
            uow.add(
                Dialogue(
                    institution_id=town.school.id,
                    cycle_id=town.cycle.id,
                    half_year=half_year,
                    starts_at=datetime(half_year.year, month, 4, 8, tzinfo=UTC),
                    number=number,
                    state=DialogueState.CLOSED if number == 1 else DialogueState.PLANNED,
                )
            )

    await database.write(as_imported)
    mette = Someone(database, town.leader)
    typed = {"day": "2026-06-10", "clock": "09:00", "kind": "numbered"}
    card = await mette.presses(await mette.says("ekstra samtale"), "Planlæg", **typed)
    assert "Der er allerede en samtale" not in words(card)
    assert "Læringssamtale 2 af 4" in words(card)
    kept = await database.read(lambda uow: uow.session.scalars(select(Dialogue).order_by(Dialogue.starts_at)).all())  # type: ignore[arg-type]
    assert [each.number for each in kept] == [1, 2, 3, 4]
    again = await mette.presses(await mette.says("ekstra samtale"), "Planlæg", **{**typed, "day": "2026-06-11"})
    assert "har allerede sine fire samtaler" in words(again)


async def notices(database: Database) -> list[Prompt]:
    found = await database.read(lambda uow: uow.session.scalars(select(Prompt)).all())
    return sorted((each for each in found if each.view == "dialogue.closing"), key=lambda each: each.due_at)


async def test_a_notice_that_is_sent_days_late_is_not_planned_once_more(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=STARTS + timedelta(hours=1))
    await reflects(mette)
    await decides(mette, "andet", "Vi gør det")
    await plan(database, mette.now + timedelta(days=13), MUNICIPALITY)
    [first] = await notices(database)
    late = first.due_at + timedelta(days=5)
    await is_told(database, "dialogue.closing", late)
    for hours in (1, 24, 48, 71):
        await plan(database, late + timedelta(hours=hours), MUNICIPALITY)
        assert [each.id for each in await notices(database)] == [first.id]
        assert (await the_dialogue(database, town)).state is DialogueState.RECORDED
    await plan(database, late + timedelta(hours=73), MUNICIPALITY)
    assert (await the_dialogue(database, town)).state is DialogueState.CLOSED
    assert [each.id for each in await notices(database)] == [first.id]


async def test_a_notice_from_before_the_time_began_anew_closes_nothing(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader, now=STARTS + timedelta(hours=1))
    await reflects(mette)
    await decides(mette, "andet", "Vi gør det")
    await plan(database, mette.now + timedelta(days=13), MUNICIPALITY)
    [first] = await notices(database)
    await is_told(database, "dialogue.closing", first.due_at)
    # Within the three days another decision chooses a focus area, and that is seen to: fourteen days begin anew.
    mette.now = first.due_at + timedelta(days=1)
    await chooses(
        mette, "Flere stemmer i timerne", await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    )
    for day in (0, 3, 13):
        await plan(database, mette.now + timedelta(days=day), MUNICIPALITY)
        assert (await the_dialogue(database, town)).state is DialogueState.RECORDED
    [_old, second] = await notices(database)
    assert second.due_at >= mette.now + timedelta(days=11)
    await is_told(database, "dialogue.closing", second.due_at)
    await plan(database, second.due_at + timedelta(days=3, hours=1), MUNICIPALITY)
    assert (await the_dialogue(database, town)).state is DialogueState.CLOSED


async def test_the_last_dialogue_is_found_in_a_new_cycle_that_has_none_yet(database: Database) -> None:
    town = await built(database)
    mette, birgit = Someone(database, town.leader), Someone(database, town.chief)
    assert "Ingen læringssamtale er begyndt endnu" in words(await mette.says("sidste samtale"))
    mette.now = birgit.now = datetime(2027, 9, 1, 8, 0, tzinfo=UTC)
    for someone in (mette, birgit):
        assert "21. april" in words(await someone.says("sidste samtale")), someone.who.name
