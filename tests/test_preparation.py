"""A leader prepares a learning dialogue between two meetings, and nothing that was typed is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from dialogs.conversation import Kind
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import FocusArea
from domain.organisation import Language, RoleAssignment
from domain.preparation import FocusStep, Preparation, PreparationShare, PreparationState, Step, reminders
from domain.prompt import Prompt
from storage.database import Database
from storage.message import Answer
from storage.preparation import preparation
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, change, chooses, reflects
from tests.town import COPENHAGEN, NOW, SPRING, STARTS, Someone, Town, button, buttons, options, parts, values, words

TOLKNING = "Flere elever siger noget i timerne, når de først har talt sammen to og to."
OR_A_DATE = "Eller vælg en dato nedenfor"
CPR = "Det handler om 010203-1234 i 5. klasse"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, a week before the dialogue."""
    await database.write(town.build)
    return Someone(database, town.leader)


async def kept(database: Database) -> Preparation:
    return await database.read(lambda uow: uow.session.scalars(select(Preparation)).one())


async def dialogue_of(database: Database, town: Town) -> Dialogue:
    return await database.read(lambda uow: uow.session.get_one(Dialogue, town.dialogue.id))


async def through_all_steps(someone: Someone) -> tuple[dict[str, object], dict[str, object]]:
    """The last step's card and the receipt, on the shortest way there is."""
    card = await someone.says("forbered")
    card = await someone.presses(card, "Næste", sources="observation", interpretation=TOLKNING)
    card = await someone.presses(card, "Næste", children="Det er lettere i små grupper.", parents_by="2026-04-20")
    return card, await someone.presses(card, "Klar til samtalen", wishes="Hvordan holder vi fast?")


async def test_three_steps_and_a_press_make_the_preparation_ready(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("forbered")
    assert "Læringssamtale 2 af 4 · Elmeskolen · tirsdag den 21. april kl. 9.00" in words(card)
    assert "Trin 1 af 3" in words(card)
    figures = options(card, "figures")
    chosen = next(value for title, value in figures.items() if title.startswith("Elevfravær"))
    card = await mette.presses(
        card, "Næste", figures=chosen, sources="observation,youth", interpretation=TOLKNING, wonder="Hvorfor her?"
    )
    assert "Trin 2 af 3" in words(card)
    card = await mette.presses(
        card, "Næste", children="Lettere i små grupper.", parents_by="2026-04-20", bodies="staff_meeting"
    )
    assert "Trin 3 af 3" in words(card)
    theme = options(card, "theme1")["Overgange og deltagelse"]
    card = await mette.presses(
        card, "Klar til samtalen", theme1=theme, title1="Flere stemmer i timerne", wishes="Hverdagen"
    )
    assert "Forberedelsen er klar" in words(card)
    assert "Næste skridt" in words(card)
    assert "Ret" in buttons(card)
    preparation = await kept(database)
    assert preparation.state is PreparationState.READY
    assert preparation.data.interpretation == TOLKNING
    assert [str(each) for each in preparation.data.figures] == [chosen]
    assert preparation.perspectives.parents_by == date(2026, 4, 20)
    assert preparation.focus.considered[0].title == "Flere stemmer i timerne"
    assert (await dialogue_of(database, town)).state is DialogueState.READY


async def test_a_chief_finds_what_is_ready_by_typing_and_nothing_before(
    mette: Someone, database: Database, town: Town
) -> None:
    chief, other = Someone(database, town.chief), Someone(database, town.other_chief)
    begun = await mette.says("forbered samtalen om samarbejdet med Fyrreskolen")
    await mette.presses(begun, "Gem kladde", interpretation=TOLKNING)
    assert "Ikke noget at forberede" in words(await chief.says("forberedelse"))
    asks = ("læs forberedelsen for elmeskolen", "hvad har mette skrevet i forberedelsen", "forbered elmeskolen")
    for text in asks:
        assert "Her er ingen forberedelse klar" in words(await chief.says(text)), text
    for text in ("min oversigt", "åbn samtalen på elmeskolen"):
        assert "Se forberedelsen" not in buttons(await chief.says(text)), text
    await through_all_steps(mette)
    assert TOLKNING in words(await chief.says("forberedelse"))
    for text in asks:
        assert TOLKNING in words(await chief.says(text)), text
    for text in (
        "vis hvem der forbereder sig",
        "vis status på forberedelsen",
        "hvordan står det til med forberedelsen på elmeskolen",
        "læs forberedelsen for efteråret 2025",
        "vis forberedelserne som pdf",
    ):
        assert TOLKNING not in words(await chief.says(text)), text
    opened = await chief.presses(await chief.says("samtalen på elmeskolen"), "Åbn samtalen")
    for card in (await chief.says("min oversigt"), opened):
        assert TOLKNING in words(await chief.presses(card, "Se forberedelsen"))
    for text in asks:
        assert TOLKNING not in words(await other.says(text)), text
    assert "Ikke noget at forberede" in words(await other.says("forberedelse"))


async def test_it_takes_at_most_twelve_presses_besides_typing(mette: Someone) -> None:
    presses = 0
    card = await mette.says("forbered")
    presses += 2  # a figure and a source
    figure = next(iter(options(card, "figures").values()))
    card = await mette.presses(card, "Næste", figures=figure, sources="observation", interpretation=TOLKNING)
    presses += 1
    card = await mette.presses(card, "Næste", children="Det går godt.", parents="De er glade for det.")
    presses += 1
    await mette.presses(card, "Klar til samtalen")
    presses += 1
    assert presses <= 12


async def test_every_step_is_kept_as_it_is_pressed_and_opens_where_it_was_left(
    mette: Someone, database: Database
) -> None:
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", interpretation="Kort")
    card = await mette.presses(card, "Gem kladde", children="De siger noget")
    assert "Din kladde er gemt" in words(card)
    another_device = await mette.says("prepare")
    assert "Trin 2 af 3" in words(another_device)
    assert values(another_device)["children"] == "De siger noget"
    back = await mette.presses(another_device, "Tilbage")
    assert values(back)["interpretation"] == "Kort"


async def test_a_draft_can_be_kept_whatever_is_missing(mette: Someone, database: Database) -> None:
    card = await mette.presses(await mette.says("forbered"), "Gem kladde")
    assert "Din kladde er gemt" in words(card)


async def test_ready_leads_to_the_first_step_in_which_something_is_missing_with_all_that_was_typed(
    mette: Someone, database: Database
) -> None:
    card = await mette.presses(await mette.says("forbered"), "Næste", interpretation="For kort")
    card = await mette.presses(card, "Næste", children="Noget")
    card = await mette.presses(card, "Klar til samtalen", wishes="Mine ønsker")
    assert "Trin 1 af 3" in words(card)
    assert "Vælg mindst ét nøgletal eller én kvalitativ kilde." in words(card)
    assert "Tal siger ikke noget, før de er tolket." in words(card)
    assert values(card)["interpretation"] == "For kort"
    stored = await kept(database)
    assert stored.state is PreparationState.DRAFT
    assert stored.focus.wishes == "Mine ønsker"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"sources": "", "interpretation": TOLKNING}, "Vælg mindst ét nøgletal"),
        ({"sources": "observation", "interpretation": "x" * 19}, "før de er tolket"),
    ],
)
async def test_what_the_data_step_needs_is_said_at_the_field(
    mette: Someone, typed: dict[str, str], sentence: str
) -> None:
    card = await mette.presses(await mette.says("forbered"), "Næste", **typed)
    card = await mette.presses(card, "Næste", children="a", parents="b")
    card = await mette.presses(card, "Klar til samtalen")
    assert sentence in words(card)


@pytest.mark.parametrize("name", ["children", "parents"])
async def test_a_group_without_text_needs_a_date_that_has_not_passed(mette: Someone, name: str) -> None:
    other = {"children": "parents", "parents": "children"}[name]
    step_1 = {"sources": "observation", "interpretation": TOLKNING}
    card = await mette.presses(await mette.says("forbered"), "Næste", **step_1)
    # What is needed in the end is told at the two questions, and no press is held back by it.
    asked = {each["id"]: each.get("placeholder") for each in parts(card) if each.get("type") == "Input.Text"}
    assert asked == {"children": OR_A_DATE, "parents": OR_A_DATE, "staff": "Valgfrit"}
    typed = {other: "De siger noget.", f"{name}_by": "2026-04-13"}
    card = await mette.presses(card, "Næste", **typed)
    assert "Trin 2 af 3" in words(card), "it is said where the date was chosen"
    assert "Vælg en dato fra i dag og frem." in words(card)
    assert typed.items() <= values(card).items()
    card = await mette.presses(card, "Næste", **{f"{name}_by": "2026-04-16"})
    assert "Trin 3 af 3" in words(card)
    mette.now = NOW + timedelta(days=4)
    card = await mette.presses(card, "Klar til samtalen")
    assert "Trin 2 af 3" in words(card)
    assert "Vælg en dato fra i dag og frem." in words(card)


async def test_r42_each_qualitative_kind_of_the_framework_can_be_chosen(mette: Someone) -> None:
    """R-42: the kinds of the framework; a local priority once there is one to be read."""
    await mette.presses(await mette.says("lokal prioritering"), "Gem prioriteringen", text="Vi begynder på 4. årgang.")
    card = await mette.says("forbered")
    kinds = options(card, "sources")
    assert {"observation", "local", "priority", "children", "youth", "parents"} <= set(kinds.values())
    figure = next(iter(options(card, "figures").values()))
    chosen = {"figures": figure, "sources": "observation,priority,local"}
    card = await mette.presses(card, "Næste", interpretation=TOLKNING, **chosen)
    assert values(await mette.presses(card, "Tilbage"))["sources"] == chosen["sources"]


async def test_choosing_one_kind_of_data_gives_a_hint_and_no_hindrance(mette: Someone) -> None:
    await mette.presses(await mette.says("lokal prioritering"), "Gem prioriteringen", text="Vi begynder på 4. årgang.")
    card = await mette.says("forbered")
    assert values(card)["sources"] == "priority"
    assert "Du har kun valgt" not in words(card), "she has chosen nothing yet"
    figure = next(iter(options(card, "figures").values()))
    card = await mette.presses(card, "Næste", figures=figure, sources="", interpretation=TOLKNING)
    card = await mette.presses(card, "Tilbage")
    assert "Du har kun valgt nøgletal. Er der en observation eller et børneperspektiv" in words(card)


async def test_more_than_three_figures_are_too_many(mette: Someone, town: Town, database: Database) -> None:
    more = [town.figure(f"Tal {number}", number, "%") for number in range(3)]
    await database.write(lambda uow: uow.add(*more))
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", figures=",".join(options(card, "figures").values()))
    assert "Vælg højst 3." in words(card)
    assert "Trin 1 af 3" in words(card)


async def test_a_cpr_number_is_refused_before_anything_is_stored_and_the_text_stays(
    mette: Someone, database: Database
) -> None:
    """I31: refused at the field; neither the preparation nor the stored answers hold it."""
    card = await mette.presses(await mette.says("forbered"), "Gem kladde", interpretation=CPR, wonder="Undren")
    assert "cpr-nummer" in words(card)
    assert values(card)["interpretation"] == CPR
    assert values(card)["wonder"] == "Undren"
    rows = await database.read(
        lambda uow: (
            uow.session.scalar(select(func.count()).select_from(preparation)),
            [each.card for each in uow.session.scalars(select(Answer))],
        )
    )
    assert rows[0] == 0
    assert "010203" not in str(rows[1])
    card = await mette.presses(card, "Gem kladde", interpretation=TOLKNING)
    assert "Din kladde er gemt" in words(card)


async def test_text_over_its_limit_is_not_cut_but_said(mette: Someone) -> None:
    long = "ord " * 300
    card = await mette.presses(await mette.says("forbered"), "Næste", interpretation=long)
    assert "Der er plads til 1.000." in words(card)
    assert values(card)["interpretation"] == long.strip()


async def test_markdown_links_and_dates_come_back_as_they_were_typed(mette: Someone) -> None:
    typed = "**fed** [her](https://example.invalid) <at>alle</at> {{DATE(2026-01-01T00:00:00Z,SHORT)}}"
    card = await mette.presses(await mette.says("forbered"), "Næste", interpretation=typed + "\u0007\u202e")
    card = await mette.presses(card, "Tilbage")
    assert values(card)["interpretation"] == typed


async def test_i35_the_same_press_twice_is_one_record_and_gets_the_same_answer(
    mette: Someone, database: Database
) -> None:
    """I35: "Every card submit is idempotent (same key twice = one record)"."""
    card = await mette.says("forbered")
    found = button(card, "Gem kladde")
    data = {**values(card), **found["data"], "interpretation": TOLKNING}
    first = await mette.does(Kind.PRESSED, verb=found["verb"], data=data)
    version = (await kept(database)).version
    second = await mette.does(Kind.PRESSED, verb=found["verb"], data=data)
    assert second.card == first.card
    assert (await kept(database)).version == version


async def test_i35_role_and_version_are_checked_when_the_card_is_sent_in(
    mette: Someone, database: Database, town: Town
) -> None:
    """I35: "… and checks role and version at submit time, not at send time"."""
    card = await mette.says("forbered")

    def end_the_role(uow: object) -> None:
        held = uow.session.scalars(  # type: ignore[attr-defined]
            select(RoleAssignment).where(RoleAssignment.person_id == town.leader.id)  # type: ignore[arg-type]
        ).one()
        held.to_on = date(2026, 4, 13)

    await database.write(end_the_role)
    answer = await mette.presses(card, "Næste", interpretation=TOLKNING)
    assert "Det har du ikke adgang til" in words(answer)
    assert "Elmeskolen" not in words(answer)


async def test_i36_a_card_of_a_moved_dialogue_says_so_and_takes_the_text_along(
    mette: Someone, database: Database
) -> None:
    """I36: "A card for a moved/closed matter answers 'Kortet er forældet' and offers the current one"."""
    old = await mette.says("forbered")
    moving = await mette.presses(old, "Flyt samtalen")
    moved = await mette.presses(moving, "Flyt", day="2026-04-23", clock="10:30", place="Skolens bibliotek")
    assert "torsdag den 23. april kl. 10.30" in words(moved)
    card = await mette.presses(old, "Næste", interpretation=TOLKNING)
    assert "Kortet var forældet, fordi samtalen er flyttet" in words(card)
    assert (await kept(database)).data.interpretation == TOLKNING


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (DialogueState.CANCELLED, "Kortet er forældet, fordi samtalen er aflyst."),
        (DialogueState.CLOSED, "Kortet er forældet, fordi samtalen er holdt."),
    ],
)
async def test_i36_a_card_of_a_matter_that_is_over_gives_the_text_back(
    mette: Someone, database: Database, town: Town, state: DialogueState, sentence: str
) -> None:
    card = await mette.says("forbered")
    await set_state(database, town, state)
    answer = await mette.presses(card, "Næste", interpretation=TOLKNING)
    assert sentence in words(answer)
    assert TOLKNING in words(answer)


async def set_state(database: Database, town: Town, state: DialogueState) -> None:
    def change(uow: object) -> None:
        uow.session.get_one(Dialogue, town.dialogue.id).state = state  # type: ignore[attr-defined]

    await database.write(change)


async def test_i14_what_belongs_to_a_closed_dialogue_is_only_added_to_with_a_signed_remark(
    mette: Someone, database: Database, town: Town
) -> None:
    """I14: "A closed Dialogue's records are read-only; addenda show author and time"."""
    _, receipt = await through_all_steps(mette)
    await set_state(database, town, DialogueState.CLOSED)
    refused = await mette.presses(receipt, "Ret")
    assert "Kortet er forældet" in words(refused)
    card = await mette.sees("preparation", town.dialogue.id)
    assert "Ret" not in buttons(card)
    before = card
    card = await mette.presses(card, "Tilføj bemærkningen", addendum="Vi mødtes igen i maj.")
    assert "Vi mødtes igen i maj." in words(card)
    assert "Mette Holm · 14. april 2026 kl. 10.00" in words(card)
    mette.now += timedelta(days=9)
    again = await mette.presses(before, "Tilføj bemærkningen", addendum="Vi mødtes igen i maj.")
    assert words(again).count("Vi mødtes igen i maj.") == 1


async def test_i20_a_draft_is_seen_by_its_writers_and_nobody_else(
    mette: Someone, database: Database, town: Town
) -> None:
    """I20: "Drafts are visible to the author only"; the chief's overview has a word, and none of the text."""
    card = await mette.says("forbered")
    await mette.presses(card, "Gem kladde", interpretation=TOLKNING)
    button_data = button(card, "Gem kladde")["data"]
    for stranger in (
        town.chief,
        town.other_chief,
        town.other_leader,
        town.consultant,
        town.administrator,
        town.teacher,
    ):
        someone = Someone(database, stranger)
        answer = await someone.does(Kind.PRESSED, verb="preparation.begin", data=dict(button_data))
        assert answer.card is not None
        assert "Det har du ikke adgang til" in words(answer.card)
        assert TOLKNING not in words(answer.card)
        assert TOLKNING not in words(await someone.says("min oversigt"))


async def test_the_participants_read_it_once_it_is_ready_and_not_while_it_is_corrected(
    mette: Someone, database: Database, town: Town
) -> None:
    card, receipt = await through_all_steps(mette)
    data = dict(button(card, "Klar til samtalen")["data"])
    chief = Someone(database, town.chief)
    reading = await chief.does(Kind.PRESSED, verb="preparation.begin", data=data)
    assert reading.card is not None
    assert TOLKNING in words(reading.card)
    assert "Ret" not in buttons(reading.card)
    for stranger in (town.other_chief, town.other_leader, town.administrator):
        answer = await Someone(database, stranger).does(Kind.PRESSED, verb="preparation.begin", data=data)
        assert answer.card is not None
        assert TOLKNING not in words(answer.card)
    assert "Den er en kladde igen." in words(await mette.presses(receipt, "Ret"))
    hidden = await chief.does(Kind.PRESSED, verb="preparation.begin", data={**data, "k": "again"})
    assert hidden.card is not None
    assert TOLKNING not in words(hidden.card)


async def test_once_the_dialogue_has_begun_what_was_read_stays(mette: Someone) -> None:
    _, receipt = await through_all_steps(mette)
    mette.now = STARTS
    assert "Samtalen er begyndt" in words(await mette.presses(receipt, "Ret"))


async def test_an_old_copy_of_a_card_that_is_ready_shows_the_receipt_and_changes_nothing(
    mette: Someone, database: Database
) -> None:
    old = await mette.says("forbered")
    await through_all_steps(mette)
    before = await kept(database)
    for title in ("Næste", "Gem kladde"):
        answer = await mette.presses(old, title, sources="observation", interpretation=TOLKNING)
        assert "Forberedelsen er klar" in words(answer)
    assert (await kept(database)).state is PreparationState.READY
    assert (await kept(database)).ready_at == before.ready_at


async def test_r05_a_colleague_fills_in_the_rest_and_both_see_it(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await mette.says("forbered")
    asking = await mette.presses(card, "Bed en kollega udfylde", interpretation=TOLKNING)
    assert set(options(asking, "colleague")) == {"Jonas Berg", "Sara Lind"}
    jonas_value = options(asking, "colleague")["Jonas Berg"]
    handed = await mette.presses(asking, "Bed kollegaen", colleague=jonas_value)
    assert "Jonas Berg" in words(handed)
    jonas = Someone(database, town.teacher)
    card = await jonas.says("forbered")
    assert values(card)["interpretation"] == TOLKNING
    assert "Flyt samtalen" not in buttons(card)
    await jonas.presses(card, "Gem kladde", wonder="Jonas undrer sig")
    back = await mette.presses(handed, "Udfyld selv")
    assert values(back)["wonder"] == "Jonas undrer sig"
    refused = await jonas.presses(card, "Gem kladde", wonder="For sent")
    assert "Det har du ikke adgang til" in words(refused)


async def test_handing_over_to_someone_elsewhere_is_refused_at_the_field(
    mette: Someone, database: Database, town: Town
) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    answer = await mette.presses(asking, "Bed kollegaen", colleague=str(town.other_leader.id))
    assert "Vælg en kollega fra listen." in words(answer)


async def test_two_who_write_in_the_same_field_lose_nothing(mette: Someone, database: Database, town: Town) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde", interpretation="Fra start")
    jonas_value = options(asking, "colleague")["Jonas Berg"]
    await mette.presses(asking, "Bed kollegaen", colleague=jonas_value)
    jonas = Someone(database, town.teacher)
    jonas_card = await jonas.says("forbered")
    mettes_card = await mette.presses(
        (await mette.presses(asking, "Bed kollegaen", colleague=jonas_value)), "Udfyld selv"
    )
    # Handed on once more, so that both write.
    asking = await mette.presses(mettes_card, "Bed en kollega udfylde")
    await mette.presses(asking, "Bed kollegaen", colleague=jonas_value)
    await jonas.presses(jonas_card, "Næste", interpretation="Skrevet af Jonas")
    answer = await mette.presses(mettes_card, "Næste", interpretation="Skrevet af Mette")
    assert "Jonas Berg har ændret dette" in words(answer)
    assert "Skrevet af Jonas" in words(answer)
    assert values(answer)["interpretation"] == "Skrevet af Mette"
    assert (await kept(database)).data.interpretation == "Skrevet af Jonas"
    await mette.presses(answer, "Næste")
    assert (await kept(database)).data.interpretation == "Skrevet af Mette"


async def test_a_foreign_and_an_unknown_id_get_the_same_answer(mette: Someone, town: Town, database: Database) -> None:
    other = Someone(database, town.other_leader)
    card = await mette.says("forbered")
    data = {**values(card), **button(card, "Næste")["data"]}
    foreign = await other.does(Kind.PRESSED, verb="preparation.next", data=data)
    for wrong in ("", "x", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --", 7, None, ["a"], {"a": 1}):
        unknown = await other.does(Kind.PRESSED, verb="preparation.next", data={**data, "id": wrong})
        assert words(unknown.card or {}) == words(foreign.card or {})


async def test_figures_and_themes_of_others_are_not_taken(mette: Someone, database: Database) -> None:
    card = await mette.says("forbered")
    foreign = "0198c7e2-0000-7000-8000-000000000000"
    card = await mette.presses(card, "Næste", figures=foreign, sources="observation", interpretation=TOLKNING)
    card = await mette.presses(card, "Næste", children="a", parents="b")
    card = await mette.presses(card, "Klar til samtalen", theme1=foreign, title1="Fremmed tema")
    assert "Vælg det tema, fokusområdet ligger op ad." in words(card)
    assert (await kept(database)).data.figures == ()


async def test_english_is_spoken_to_whoever_chose_it(mette: Someone) -> None:
    await mette.says("english")
    card = await mette.says("forbered")
    assert "Step 1 of 3" in words(card)
    assert "How do you interpret what you see?" in words(card)
    assert (await mette.database.read(lambda uow: uow.get(type(mette.who), mette.who.id))).language is Language.ENGLISH  # type: ignore[union-attr]


async def test_who_has_no_dialogue_is_told_so(database: Database, town: Town, mette: Someone) -> None:
    card = await Someone(database, town.other_leader).says("forbered")
    assert "Der er ikke planlagt en læringssamtale for dig endnu." in words(card)


async def test_every_card_of_a_story_follows_the_house_rules(mette: Someone) -> None:
    from tests.cards.rules import check

    card = await mette.says("forbered")
    check(card)
    last, receipt = await through_all_steps(mette)
    check(last)
    check(receipt)


@pytest.mark.parametrize("year", range(2026, 2037))
def test_reminders_come_at_the_same_local_time_across_the_clock_changes(year: int) -> None:
    for month in (4, 11):
        starts = datetime(year, month, 4, 9, 0, tzinfo=COPENHAGEN).astimezone(UTC)
        local = [each.due_at.astimezone(COPENHAGEN) for each in reminders(starts, COPENHAGEN)]
        assert [each.hour for each in local] == [9, 9, 9, 7]
        assert len({each.due_at for each in reminders(starts, COPENHAGEN)}) == 4


def test_a_reminder_is_over_when_the_next_one_is_due() -> None:
    found = reminders(STARTS, COPENHAGEN)
    assert [each.name for each in found] == ["21_days", "7_days", "2_days", "2_hours"]
    assert found[0].expires_at == found[1].due_at
    assert found[3].expires_at == STARTS
    assert found[3].due_at == STARTS - timedelta(hours=2)


def test_the_steps_follow_one_another() -> None:
    assert [step.next for step in Step] == [Step.PERSPECTIVES, Step.FOCUS, Step.FOCUS]
    assert [step.previous for step in Step] == [Step.DATA, Step.DATA, Step.PERSPECTIVES]


async def test_r36_a_later_preparation_begins_with_the_history_of_each_focus_area(
    database: Database, town: Town
) -> None:
    await database.write(town.build)
    mette = Someone(database, town.leader, now=AFTER)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    mette.now = AFTER + timedelta(days=30)
    await mette.presses(await mette.says("status"), "Gem status", status="på vej", seen="Flere siger noget.")
    following = await next_dialogue(database, town)
    mette.now = following.starts_at - timedelta(days=10)
    card = await mette.says("forbered")
    for line in ("Jeres fokusområder siden sidst", "Flere stemmer i timerne", "På vej", "Flere siger noget."):
        assert line in words(card)
    card = await mette.presses(card, "Næste", sources="observation", interpretation="Vi hører flere stemmer end før.")
    card = await mette.presses(card, "Næste", children="Det er sjovere", parents="Godt")
    [status] = [name for name in values(card) if name.startswith("status_")]
    assert values(card)[status] == "på vej"
    ready = await mette.presses(card, "Klar til samtalen", **{status: "går godt"})
    assert "Flere stemmer i timerne: Går godt" in words(ready)
    last = words(await mette.says("fokusområder"))
    assert "Går godt" in last
    assert "Flere siger noget." in last


async def test_a_status_that_stood_in_the_card_adds_nothing_to_the_history(database: Database, town: Town) -> None:
    await database.write(town.build)
    mette = Someone(database, town.leader, now=AFTER)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    following = await next_dialogue(database, town)
    mette.now = following.starts_at - timedelta(days=10)
    card = await mette.presses(await mette.says("forbered"), "Næste", sources="observation")
    card = await mette.presses(card, "Næste", children="Det er sjovere", parents="Godt")
    await mette.presses(card, "Gem kladde")
    await mette.presses(await mette.says("status"), "Gem status", status="går godt", seen="Det nyeste")
    card = await mette.says("forbered")
    [status] = [name for name in values(card) if name.startswith("status_")]
    assert values(card)[status] == "går godt"


async def next_dialogue(database: Database, town: Town) -> Dialogue:
    """The third dialogue of the school, in the autumn."""

    def add(uow: UnitOfWork) -> Dialogue:
        third = Dialogue(
            institution_id=town.school.id,
            cycle_id=town.cycle.id,
            half_year=SPRING.next,
            starts_at=STARTS + timedelta(days=160),
            number=3,
        )
        uow.add(third)
        return third

    return await database.write(add)


async def test_a_preparation_never_outlasts_a_newer_status_and_asks_for_the_next_step(
    database: Database, town: Town
) -> None:
    await database.write(town.build)
    mette = Someone(database, town.leader, now=AFTER)
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    following = await next_dialogue(database, town)
    mette.now = following.starts_at - timedelta(days=10)
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", sources="observation", interpretation="Vi hører flere stemmer end før.")
    card = await mette.presses(card, "Næste", children="Det er sjovere", parents="Godt")
    [status] = [name for name in values(card) if name.startswith("status_")]
    await mette.presses(card, "Gem kladde", **{status: "på vej"})
    card = await mette.says("forbered")
    newer = await mette.says("status")
    newer = await mette.presses(
        newer, "Gem status", status="har brug for opmærksomhed", seen="Det går i stå", next_step="Tale sammen"
    )
    await mette.presses(newer, "Ja, tag det med")
    await mette.presses(card, "Klar til samtalen", **{status: "på vej"})
    [area] = await all_of(database, FocusArea)
    assert area.bring_up_since is not None
    assert values(await mette.says("status"))["status"] == "har brug for opmærksomhed"
    # Chosen in the preparation itself, the next step and the 1:1 are asked for on the receipt.
    await mette.presses(await mette.says("status"), "Gem status", status="på vej", seen="Nu går det")
    card = await mette.presses(await mette.says("forbered"), "Ret")
    card = await mette.presses(await mette.presses(card, "Næste"), "Næste")
    ready = await mette.presses(card, "Klar til samtalen", **{status: "har brug for opmærksomhed"})
    asked = await mette.presses(ready, "Skriv det næste skridt")
    assert "Skriv det næste skridt" in words(await mette.presses(asked, "Gem status", seen="Vi ser det"))
    # What the preparation says nothing of is not told by it once the dialogue is over.
    await change(database, FocusArea, title="En anden")
    await change(database, Preparation, focus=FocusStep())
    await change(database, Dialogue, state=DialogueState.CLOSED)
    assert "En anden" not in words(await mette.sees("preparation", following.id))


async def test_r05_it_is_shared_with_the_team_several_at_once_and_one_is_taken_away_again(
    mette: Someone, database: Database, town: Town
) -> None:
    jonas, sara = Someone(database, town.teacher), Someone(database, town.deputy)
    card = await mette.says("forbered")
    asking = await mette.presses(card, "Bed en kollega udfylde", interpretation=TOLKNING)
    form = await mette.presses(asking, "Del med flere")
    assert set(options(form, "colleagues")) == {"Jonas Berg", "Sara Lind"}
    both = ",".join(options(form, "colleagues").values())
    saved = await mette.presses(form, "Gem", colleagues=both)
    assert "Delt med Jonas Berg og Sara Lind." in words(saved)
    assert "dig, Jonas Berg og Sara Lind" in words(saved)
    card = await mette.presses(saved, "Fortsæt")
    assert "Ses af: dig, Jonas Berg og Sara Lind. Deltagerne og din Børn og Unge-chef ser det" in words(card)
    await mette.presses(form, "Gem", colleagues=both)
    assert len(await all_of(database, PreparationShare)) == 2
    for who, other in ((jonas, "Sara Lind"), (sara, "Jonas Berg")):
        view = await who.sees("preparation", town.dialogue.id)
        assert values(view)["interpretation"] == TOLKNING
        assert f"Ses af: dig, tilbuddets ledere og {other}." in words(view)
        assert not {"Flyt samtalen", "Bed en kollega udfylde", "Del med kolleger"} & set(buttons(view))
    await jonas.presses(await jonas.says("forbered"), "Gem kladde", wonder="Jonas undrer sig")
    old = await sara.says("forbered")
    assert values(old)["wonder"] == "Jonas undrer sig"
    form = await mette.presses(saved, "Ret den")
    assert set(values(form)["colleagues"].split(",")) == set(both.split(","))
    saved = await mette.presses(form, "Gem", colleagues=options(form, "colleagues")["Jonas Berg"])
    assert "Delt med Jonas Berg." in words(saved)
    refused = await sara.presses(old, "Gem kladde", wonder="For sent")
    assert "Det har du ikke adgang til" in words(refused)
    assert "For sent" in words(refused)
    assert "Ikke noget at forberede" in words(await sara.says("forbered"))
    assert values(await mette.says("forbered"))["wonder"] == "Jonas undrer sig"


async def test_r05_the_team_reads_what_is_ready_and_writes_no_more(
    mette: Someone, database: Database, town: Town
) -> None:
    jonas = Someone(database, town.teacher)
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    form = await mette.presses(asking, "Del med flere")
    await mette.presses(form, "Gem", colleagues=options(form, "colleagues")["Jonas Berg"])
    old = await jonas.says("forbered")
    await through_all_steps(mette)
    late = await jonas.presses(old, "Gem kladde", wonder="For sent")
    assert "For sent" in words(late)
    assert "Det har du ikke adgang til" in words(late)
    read = await jonas.says("forbered")
    assert TOLKNING in words(read)
    assert "Ses af: deltagerne, tilbuddets Børn og Unge-chef og dig" in words(read)
    of_chief = await Someone(database, town.chief).sees("preparation.read", town.dialogue.id)
    assert "Ses af: deltagerne, tilbuddets Børn og Unge-chef og Jonas Berg" in words(of_chief)
    assert "Ret" not in buttons(read)
    receipt = await mette.says("forbered")
    assert "din Børn og Unge-chef og Jonas Berg" in words(receipt)
    await mette.presses(await mette.presses(receipt, "Del med kolleger"), "Gem", colleagues="")
    assert "Ikke noget at forberede" in words(await jonas.says("forbered"))


async def test_r05_nobody_but_a_leader_shares_it_and_only_with_colleagues_of_the_house(
    mette: Someone, database: Database, town: Town
) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    form = await mette.presses(asking, "Del med flere")
    data = {**button(form, "Gem")["data"], "colleagues": str(town.other_leader.id)}
    reply = await mette.does(Kind.PRESSED, verb="preparation.shared", data=data)
    assert reply.card is not None
    assert "Vælg en kollega" in words(reply.card)
    for who in (town.teacher, town.other_leader, town.chief, town.consultant, town.administrator):
        someone = Someone(database, who)
        for verb in ("preparation.share", "preparation.shared"):
            reply = await someone.does(Kind.PRESSED, verb=verb, data={**data, "colleagues": str(town.deputy.id)})
            assert reply.card is not None
            assert "Det har du ikke adgang til." in words(reply.card), (who.name, verb)
    assert await all_of(database, PreparationShare) == []


async def test_r05_two_leaders_who_share_at_once_both_keep_what_they_chose(
    mette: Someone, database: Database, town: Town
) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    first = await mette.presses(asking, "Del med flere")
    second = await mette.presses(asking, "Del med flere")
    await mette.presses(first, "Gem", colleagues=options(first, "colleagues")["Jonas Berg"])
    saved = await mette.presses(second, "Gem", colleagues=options(second, "colleagues")["Sara Lind"])
    assert "Delt med Jonas Berg og Sara Lind." in words(saved)
    told = [each for each in await all_of(database, Prompt) if ":shared:" in each.occasion]
    assert {each.person_id for each in told} == {town.teacher.id, town.deputy.id}


async def test_r05_whoever_leaves_the_house_no_longer_sees_it_and_is_no_longer_named(
    mette: Someone, database: Database, town: Town
) -> None:
    asking = await mette.presses(await mette.says("forbered"), "Bed en kollega udfylde")
    form = await mette.presses(asking, "Del med flere")
    await mette.presses(form, "Gem", colleagues=options(form, "colleagues")["Jonas Berg"])

    def leave(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(RoleAssignment).filter_by(person_id=town.teacher.id)):
            each.to_on = (mette.now - timedelta(days=1)).date()

    await database.write(leave)
    jonas = Someone(database, town.teacher)
    assert "Ikke noget at forberede" in words(await jonas.says("forbered"))
    assert "Jonas Berg" not in words(await mette.says("forbered"))


async def test_a_text_that_may_point_at_one_child_is_kept_once_its_author_has_said_that_it_does_not(
    mette: Someone, database: Database
) -> None:
    about = "Sara i 5b siger, at det er svært at spørge om hjælp"
    card = await mette.presses(await mette.says("forbered"), "Næste", sources="observation", interpretation=about)
    assert "kan pege på" in words(card)
    assert values(card)["interpretation"] == about
    assert about not in str(await all_of(database, Preparation))
    still = await mette.presses(card, "Næste")
    assert values(still)["interpretation"] == about
    await mette.presses(still, "Næste", unrecognised="true")
    assert (await kept(database)).data.interpretation == about


async def test_a_draft_is_kept_whatever_stands_in_it(mette: Someone, database: Database) -> None:
    """Its writers alone read it, and nothing typed is lost; it is asked about before others do."""
    about = "sofie i 5b siger, at det er svært at spørge om hjælp"
    card = await mette.presses(await mette.says("forbered"), "Gem kladde", sources="observation", interpretation=about)
    assert "Det kan pege på et enkelt barn." not in words(card)
    assert (await kept(database)).data.interpretation == about


@pytest.mark.parametrize("stands_at", [2, 3])
async def test_a_step_that_was_kept_as_a_draft_meanwhile_is_asked_about_before_others_read_it(
    mette: Someone, database: Database, stands_at: int
) -> None:
    """Several write in it: whoever says that it is ready need not have been at the step that a colleague has kept."""
    card = await mette.presses(await mette.says("forbered"), "Næste", sources="observation", interpretation=TOLKNING)
    last = await mette.presses(card, "Næste", children="Det er lettere i små grupper.", parents_by="2026-04-20")
    middle = await mette.presses(last, "Tilbage")
    await mette.presses(await mette.presses(middle, "Tilbage"), "Gem kladde", wonder="Emma i 4b?")
    asked = await (mette.presses(last, "Klar til samtalen") if stands_at == 3 else mette.presses(middle, "Næste"))
    assert "Trin 1 af 3" in words(asked)
    assert "”Emma i 4b” kan pege på ét barn." in words(asked)
    assert not (await kept(database)).is_ready
    card = await mette.presses(await mette.presses(asked, "Næste", unrecognised="true"), "Næste")
    assert "Forberedelsen er klar" in words(await mette.presses(card, "Klar til samtalen"))
