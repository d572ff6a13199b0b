"""A card whose matter has moved on since it was drawn: roles end, tasks are taken back, times and themes change.

Nothing that was typed is lost by it, and nobody sees or gets what is not theirs any more.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from cards import refusal
from cards.language import Translator
from dialogs.conversation import Kind
from domain.cycle import Theme
from domain.data_package import DataPackage
from domain.dialogue import Dialogue, DialogueState
from domain.errors import Expired, NotAllowed
from domain.message import SentCard
from domain.organisation import Language, Person, RoleAssignment
from domain.period import HalfYear
from domain.preparation import Preparation, PreparationState
from domain.prompt import Prompt, PromptKind, PromptState
from scheduler.planner import plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.test_preparation import TOLKNING, dialogue_of, kept, through_all_steps
from tests.town import MUNICIPALITY, NOW, STARTS, Someone, Town, button, buttons, options, words


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, a week before the dialogue."""
    await database.write(town.build)
    return Someone(database, town.leader)


@pytest.fixture
def jonas(database: Database, town: Town) -> Someone:
    return Someone(database, town.teacher)


@pytest_asyncio.fixture
async def earlier(database: Database, mette: Someone, town: Town) -> Dialogue:
    """The dialogue before, closed."""
    made = Dialogue(
        institution_id=town.school.id,
        cycle_id=town.cycle.id,
        half_year=HalfYear(2025, 2),
        starts_at=datetime(2025, 11, 4, 8, tzinfo=UTC),
        number=1,
        state=DialogueState.CLOSED,
    )
    await database.write(lambda uow: uow.add(made))
    return made


async def hand_to_jonas(mette: Someone, jonas: Someone) -> dict[str, object]:
    """Mette's card once she has asked him."""
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde", interpretation=TOLKNING)
    return await mette.presses(asking, "Bed kollegaen", colleague=str(jonas.who.id))


async def prompts(database: Database, view: str) -> list[Prompt]:
    return await database.read(lambda uow: list(uow.session.scalars(select(Prompt).where(Prompt.view == view))))  # type: ignore[arg-type]


async def end_role(database: Database, someone: Person, day: date) -> None:
    def work(uow: UnitOfWork) -> None:
        mine = RoleAssignment.person_id == someone.id
        uow.session.scalars(select(RoleAssignment).where(mine)).one().to_on = day  # type: ignore[arg-type]

    await database.write(work)


async def test_the_second_dialogue_can_be_handed_over_and_read(
    mette: Someone, jonas: Someone, earlier: Dialogue, database: Database, town: Town
) -> None:
    await hand_to_jonas(mette, jonas)
    await through_all_steps(jonas)
    card = await Someone(database, town.chief).sees("preparation.read", town.dialogue.id)
    assert TOLKNING in words(card)


async def test_a_press_repeated_after_the_role_has_ended_shows_nothing_any_more(
    mette: Someone, database: Database, town: Town
) -> None:
    second = await mette.presses(await mette.says("forbered"), "Næste", interpretation=TOLKNING, sources="observation")
    assert TOLKNING in words(await mette.presses(second, "Tilbage"))
    await end_role(database, town.leader, NOW.date())
    mette.now = NOW + timedelta(days=1)
    assert TOLKNING not in words(await mette.presses(second, "Tilbage"))


async def test_a_button_that_only_shows_shows_what_is_true_now(mette: Someone) -> None:
    overview = await mette.says("min oversigt")
    assert "Forbered læringssamtalen" in words(overview)
    again = await mette.presses(await mette.says("hjælp"), "Min oversigt")
    assert "Forbered læringssamtalen" in words(again)
    card = await mette.says("hjælp")
    assert "Forbered læringssamtalen" in words(await mette.presses(card, "Min oversigt"))
    await through_all_steps(mette)
    assert "Forbered læringssamtalen" not in words(await mette.presses(card, "Min oversigt"))


async def test_who_may_no_longer_write_gets_their_own_words_back_and_nothing_else(
    mette: Someone, jonas: Someone, database: Database
) -> None:
    handed = await hand_to_jonas(mette, jonas)
    card = await jonas.says("forbered")
    await mette.presses(handed, "Udfyld selv")
    refused = await jonas.presses(card, "Gem kladde", interpretation="", wonder="Alt det, jeg har skrevet")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Alt det, jeg har skrevet" in words(refused)
    assert TOLKNING not in words(refused)
    assert "Elmeskolen" not in words(refused)
    assert (await kept(database)).data.wonder == ""


async def test_an_old_copy_does_not_reopen_what_was_ready_when_the_dialogue_began(
    mette: Someone, database: Database
) -> None:
    card, _ = await through_all_steps(mette)
    mette.now = STARTS + timedelta(days=3)
    answer = await mette.presses(card, "Gem kladde", wishes="Efter samtalen")
    assert "Samtalen er begyndt" in words(answer)
    assert "Efter samtalen" in words(answer)
    assert (await kept(database)).state is PreparationState.READY


async def test_who_has_read_the_preparation_gets_the_corrected_one_in_its_place(
    mette: Someone, database: Database, town: Town
) -> None:
    _, receipt = await through_all_steps(mette)

    def was_read(uow: UnitOfWork) -> None:
        chief = Someone(database, town.chief)
        uow.add(
            SentCard(
                person_id=town.chief.id,
                view="preparation.read",
                subject_id=town.dialogue.id,
                conversation_id=chief.address.conversation_id,
                message_id="read-1",
                sent_at=NOW,
            )
        )

    await Someone(database, town.chief).says("hej")
    await database.write(was_read)
    card = await mette.presses(receipt, "Ret")
    for title in ("Næste", "Næste", "Klar til samtalen"):
        card = await mette.presses(card, title)
    (update,) = await prompts(database, "preparation.read")
    assert (update.kind, update.person_id, update.replaces) == (PromptKind.UPDATE, town.chief.id, "read-1")


async def test_a_preparation_opens_when_its_package_is_released_however_far_the_dialogue(
    mette: Someone, database: Database, town: Town
) -> None:
    def far(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).starts_at = NOW + timedelta(days=40)

    await database.write(far)
    await plan(database, NOW, MUNICIPALITY)
    assert (await dialogue_of(database, town)).state is DialogueState.OPEN
    assert "Forbered læringssamtalen" in words(await mette.says("min oversigt"))


async def test_the_agenda_comes_before_the_dialogue_or_not_at_all(mette: Someone, town: Town) -> None:
    mette.now = STARTS - timedelta(minutes=30)
    assert "Dagsorden for i dag" in words(await mette.sees("preparation.agenda", town.dialogue.id))
    mette.now = STARTS
    assert await mette.gets("preparation.agenda", town.dialogue.id) is None


async def test_a_draft_of_a_dialogue_that_was_held_says_that_only_its_writers_see_it(
    mette: Someone, database: Database, town: Town
) -> None:
    await mette.presses(await mette.says("forbered"), "Gem kladde", interpretation=TOLKNING)

    def held(uow: UnitOfWork) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).state = DialogueState.HELD

    await database.write(held)
    assert "Ses af: dig og dem, du deler med" in words(await mette.sees("preparation", town.dialogue.id))
    assert await Someone(database, town.chief).gets("preparation", town.dialogue.id) is None


@pytest.mark.parametrize(
    ("place", "sentence"), [("Hos 010203-1234", "cpr-nummer"), ("x" * 501, "Teksten er på 501 tegn")]
)
async def test_a_place_that_must_not_be_kept_is_told_at_its_field(
    mette: Someone, database: Database, town: Town, place: str, sentence: str
) -> None:
    card = await mette.presses(await mette.says("forbered"), "Flyt samtalen")
    refused = await mette.presses(card, "Flyt", day="2026-04-23", place=place)
    assert sentence in words(refused)
    assert (await dialogue_of(database, town)).place == "Mødelokale 2"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "i morgen", ""])
async def test_a_date_out_of_all_reason_is_asked_for_again(mette: Someone, day: str) -> None:
    card = await mette.presses(await mette.says("forbered"), "Flyt samtalen")
    assert "Vælg en dato." in words(await mette.presses(card, "Flyt", day=day))


async def test_a_move_to_the_same_time_alarms_nobody(mette: Someone, database: Database) -> None:
    card = await mette.presses(await mette.says("forbered"), "Flyt samtalen")
    assert "Samtalen ligger allerede på det tidspunkt og sted." in words(await mette.presses(card, "Flyt"))
    assert await prompts(database, "dialogue.moved") == []


async def test_what_was_put_off_does_not_come_once_it_is_done(mette: Someone, database: Database) -> None:
    await mette.presses(await mette.presses(await mette.says("forbered"), "Ikke nu"), "På mandag")
    await through_all_steps(mette)
    (put_off,) = [each for each in await prompts(database, "preparation") if each.occasion.startswith("later:")]
    assert put_off.state is PromptState.CANCELLED


async def test_a_reminder_that_waits_is_gone_the_moment_the_preparation_is_ready(
    mette: Someone, database: Database
) -> None:
    await plan(database, NOW, MUNICIPALITY)
    assert PromptState.PENDING in [each.state for each in await prompts(database, "preparation")]
    await through_all_steps(mette)
    assert PromptState.PENDING not in [each.state for each in await prompts(database, "preparation")]


async def test_a_card_is_not_put_off_past_its_dialogue(mette: Someone, database: Database) -> None:
    mette.now = STARTS - timedelta(days=1, hours=2)
    old = await mette.presses(await mette.says("forbered"), "Ikke nu")
    assert "I næste uge" not in buttons(old)
    assert "I morgen" in buttons(old)
    mette.now = STARTS - timedelta(hours=1)
    assert "så tæt på" in words(await mette.presses(old, "I morgen"))
    assert await prompts(database, "preparation") == []


async def test_a_typed_not_now_promises_nothing_about_what_stands_in_a_card(
    mette: Someone, database: Database, town: Town
) -> None:
    waiting = Prompt(
        occasion="x",
        person_id=town.leader.id,
        view="preparation",
        subject_id=town.dialogue.id,
        due_at=NOW,
        expires_at=NOW + timedelta(days=1),
        state=PromptState.SENT,
        sent_at=NOW,
    )
    await database.write(lambda uow: uow.add(waiting))
    assert "er gemt" not in words(await mette.says("ikke nu"))
    assert "er gemt" in words(await mette.presses(await mette.says("forbered"), "Ikke nu"))


async def test_focus_areas_stay_when_their_themes_are_withdrawn(mette: Someone, database: Database, town: Town) -> None:
    card = await mette.presses(await mette.says("forbered"), "Næste", sources="observation", interpretation=TOLKNING)
    card = await mette.presses(card, "Næste", children="x", parents_by="2026-04-20")
    theme = options(card, "theme1")["Overgange og deltagelse"]
    await mette.presses(card, "Gem kladde", theme1=theme, title1="Flere stemmer i timerne")

    def withdraw(uow: UnitOfWork) -> None:
        uow.session.get_one(Theme, town.theme.id).valid_to = HalfYear(2025, 2)

    await database.write(withdraw)
    card = await mette.says("forbered")
    assert "Overgange og deltagelse" in options(card, "theme1")
    await mette.presses(card, "Gem kladde", wishes="noget")
    (considered,) = (await kept(database)).focus.considered
    assert (considered.title, considered.theme_id) == ("Flere stemmer i timerne", town.theme.id)


async def test_the_leader_is_reminded_when_the_colleague_has_left(
    mette: Someone, jonas: Someone, database: Database, town: Town
) -> None:
    await hand_to_jonas(mette, jonas)
    await end_role(database, town.teacher, date(2026, 4, 13))
    await plan(database, NOW, MUNICIPALITY)
    reminded = [each for each in await prompts(database, "preparation") if ":7_days:" in each.occasion]
    assert [each.person_id for each in reminded] == [town.leader.id]


async def test_what_a_colleague_has_made_ready_is_the_leaders_own_again(
    mette: Someone, jonas: Someone, database: Database
) -> None:
    await hand_to_jonas(mette, jonas)
    await through_all_steps(jonas)
    card = await mette.presses(await mette.says("forbered"), "Ret")
    saved = await mette.presses(card, "Gem kladde", wonder="Mettes ord")
    assert "Trin 1 af 3" in words(await mette.presses(saved, "Fortsæt"))


async def test_an_old_card_does_not_hand_over_what_is_ready(mette: Someone, jonas: Someone, database: Database) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    await through_all_steps(mette)
    assert "Forberedelsen er klar" in words(await mette.presses(asking, "Bed kollegaen", colleague=str(jonas.who.id)))
    assert (await kept(database)).handed_to is None


async def test_figures_pressed_in_another_order_are_no_change(mette: Someone, database: Database) -> None:
    card = await mette.says("forbered")
    first, second = list(options(card, "figures").values())[:2]
    card = await mette.presses(
        card, "Næste", figures=f"{first},{second}", sources="observation", interpretation=TOLKNING
    )
    card = await mette.presses(card, "Næste", children="a", parents="b")
    copy = await mette.presses(await mette.presses(await mette.says("forbered"), "Tilbage"), "Tilbage")
    await mette.presses(card, "Klar til samtalen")
    await mette.presses(copy, "Næste", figures=f"{second},{first}")
    assert (await kept(database)).state is PreparationState.READY


async def test_an_old_button_opens_the_edition_that_counts(mette: Someone, database: Database, town: Town) -> None:
    overview = await mette.says("min oversigt")

    def supersede(uow: UnitOfWork) -> None:
        uow.session.get_one(DataPackage, town.package.id).supersede()

    await database.write(supersede)
    assert "Det har du ikke adgang til" in words(await mette.presses(overview, "Åbn"))


async def test_the_package_waits_as_long_as_its_dialogue_is_to_be_prepared(mette: Someone, town: Town) -> None:
    assert button(await mette.says("min oversigt"), "Åbn")["verb"] == "data_package.open"
    await through_all_steps(mette)
    assert "Læs datapakken" not in words(await mette.says("min oversigt"))
    shown = await mette.does(Kind.PRESSED, verb="data_package.open", data={"id": str(town.package.id)})
    assert shown.card is not None


async def test_a_preparation_that_was_begun_is_one(mette: Someone, database: Database) -> None:
    for _ in range(2):
        await mette.presses(await mette.says("forbered"), "Gem kladde", interpretation=TOLKNING)
    assert len(await database.read(lambda uow: uow.session.scalars(select(Preparation)).all())) == 1


async def test_a_note_taker_who_is_no_more_replays_no_press(mette: Someone, jonas: Someone, database: Database) -> None:
    mette.now = jonas.now = STARTS + timedelta(hours=1)
    asks = await mette.presses(
        await mette.says("refleksion"), "Vælg en referent", participants="management,staff", sources="observation,youth"
    )
    named = await mette.presses(asks, "Vælg referenten", colleague=str(jonas.who.id))
    second = await jonas.presses(await jonas.says("refleksion"), "Næste")
    saved = await jonas.presses(second, "Gem og gå til beslutning", interpretation=TOLKNING, analysis="Vi giver tid.")
    assert "Den fælles refleksion." in words(saved)
    shown = await jonas.says("refleksion")
    first = await jonas.presses(shown, "Ret")
    assert "Vi giver tid." in words(await jonas.presses(first, "Næste"))
    await mette.presses(named, "Tag selv referat")
    for card, title in ((shown, "Ret"), (first, "Næste")):
        refused = await jonas.presses(card, title)
        assert "Det har du ikke adgang til" in words(refused)
        assert "Vi giver tid." not in words(refused)


async def test_who_is_asked_no_more_to_fill_it_in_replays_no_press(mette: Someone, jonas: Someone) -> None:
    handed = await hand_to_jonas(mette, jonas)
    first = await jonas.says("forbered")
    second = await jonas.presses(first, "Næste", sources="observation")
    assert TOLKNING in words(await jonas.presses(second, "Tilbage"))
    await mette.presses(handed, "Udfyld selv")
    for card, title in ((first, "Næste"), (second, "Tilbage")):
        assert "Det har du ikke adgang til" in words(await jonas.presses(card, title, sources="observation"))


async def test_a_note_taker_is_told_why_naming_comes_too_late(
    mette: Someone, jonas: Someone, database: Database
) -> None:
    mette.now = STARTS + timedelta(hours=1)
    asks = await mette.presses(await mette.says("refleksion"), "Vælg en referent", participants="management,staff")

    def close(uow: UnitOfWork) -> None:
        uow.session.scalars(select(Dialogue)).one().state = DialogueState.CLOSED

    await database.write(close)
    told = words(await mette.presses(asks, "Vælg referenten", colleague=str(jonas.who.id)))
    assert "Samtalen er afsluttet" in told


async def test_the_leader_is_told_all_that_a_colleague_sees_of_a_handed_preparation(mette: Someone) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde", interpretation=TOLKNING)
    for what in (
        "nøgletallene",
        "jeres lokale prioritering",
        "fokusområder",
        "perspektiver og anbefalinger fra børn, unge, forældre",
        "observationer",
    ):
        assert what in words(asking)


def test_what_has_no_sentence_of_its_own_is_not_called_missing_access() -> None:
    _ = Translator.of(Language.DANISH, MUNICIPALITY.zone)
    assert "Det har du ikke adgang til" in words(refusal.show(_, NotAllowed()))
    for code in (
        "dialogue_not_begun",
        "dialogue_not_recorded",
        "reflection_missing",
        "observation_sent",
        "round_moved",
    ):
        told = words(refusal.show(_, Expired(code)))
        assert "ikke adgang" not in told
    assert "Kortet er forældet" in words(refusal.show(_, Expired("round_moved")))
