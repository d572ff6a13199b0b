"""The Monday list: what waits, gathered, for those who have chosen it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from cards.kit import Card
from domain.message import Address
from domain.municipality import Municipality
from domain.organisation import Person
from domain.prompt import Occasion, Prompt, PromptState
from domain.quiet import QuietTimes
from domain.theme import ThemeReceipt
from scheduler.calendar import DaysOff
from scheduler.delivery import Delivery
from scheduler.planner import plan
from storage import message, prompt
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import all_of
from tests.town import COPENHAGEN, MUNICIPALITY, STARTS, Someone, Town, buttons, values, words

# The Monday of the week after the one in which it is chosen; the dialogue is on Tuesday a week later.
CHOSEN = datetime(2026, 4, 7, 8, 0, tzinfo=UTC)
MONDAY = datetime(2026, 4, 13, 6, 0, tzinfo=UTC)


class Post:
    """Keeps what it is given, in place of Teams."""

    calls = in_turn = 0

    def __init__(self) -> None:
        self.sent: list[Card] = []

    async def send(self, address: Address, card: Card, summary: str, *, before: float | None = None) -> str:
        self.sent.append(card)
        return f"message-{len(self.sent)}"

    async def update(
        self, address: Address, message_id: str, card: Card, summary: str, *, before: float | None = None
    ) -> None:
        raise AssertionError("nothing is updated in these stories")

    async def say(self, address: Address, text: str) -> str:
        raise AssertionError("nothing is said in these stories")


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, who has written to the bot, and heard what the clock had to say until then."""
    await database.write(town.build)
    mette = Someone(database, town.leader, now=CHOSEN)
    await mette.says("min oversigt")
    await delivered(database, CHOSEN)
    [receipt] = [each for each in await all_of(database, ThemeReceipt) if each.institution_id == town.school.id]
    card = await mette.presses(await mette.sees("theme", receipt.id), "Hvem er det drøftet med?")
    await mette.presses(card, "Gem", **{each: "staff" for each in values(card) if each.startswith("discussed_")})
    return mette


async def chooses_the_list(mette: Someone) -> Card:
    return await mette.presses(await mette.says("mandagsliste"), "Send den om mandagen")


async def delivered(database: Database, at: datetime, municipality: Municipality = MUNICIPALITY) -> list[Card]:
    """What is sent at this moment, planned at it and claimed until nothing more may go."""
    post = Post()
    await plan(database, at, municipality)
    delivery = Delivery(database, post, municipality, lambda: at)
    while await delivery.deliver_due():
        pass
    return post.sent


async def prompts(database: Database, which: Callable[[Prompt], bool]) -> list[Prompt]:
    found = await database.read(lambda uow: uow.session.scalars(select(Prompt)).all())
    return [each for each in found if which(each)]


def is_list(each: Prompt) -> bool:
    return each.view == "monday"


async def test_a_list_of_what_waits_comes_on_monday_at_8_and_once(
    mette: Someone, database: Database, town: Town
) -> None:
    card = await chooses_the_list(mette)
    assert "Din mandagsliste er slået til" in words(card)
    assert await delivered(database, MONDAY - timedelta(minutes=1)) == []
    (card,) = await delivered(database, MONDAY)
    assert "God mandag. Du har 2 ting, der venter:" in words(card)
    assert buttons(card) == ["Forbered", "Åbn"]
    assert words(card).index("Forbered læringssamtalen") < words(card).index("Næste dato")
    assert "Trin 1 af 3" in words(await mette.presses(card, "Forbered"))
    assert await delivered(database, MONDAY + timedelta(minutes=5)) == []
    [planned] = await prompts(database, is_list)
    assert (planned.person_id, planned.due_at, planned.state) == (town.leader.id, MONDAY, PromptState.SENT)


async def test_nobody_gets_it_who_has_not_chosen_it_and_it_can_be_turned_off(
    mette: Someone, database: Database
) -> None:
    await plan(database, MONDAY, MUNICIPALITY)
    assert await prompts(database, is_list) == []
    card = await chooses_the_list(mette)
    await plan(database, MONDAY - timedelta(hours=3), MUNICIPALITY)
    assert len(await prompts(database, is_list)) == 1
    card = await mette.presses(card, "Slå fra")
    assert "Din mandagsliste er slået fra" in words(card)
    await plan(database, MONDAY - timedelta(hours=2), MUNICIPALITY)
    [gone] = await prompts(database, is_list)
    assert gone.state is PromptState.CANCELLED
    assert await database.read(lambda uow: uow.session.get_one(Person, mette.who.id).monday_since) is None


async def test_it_is_chosen_from_the_card_about_reminders_too(mette: Someone) -> None:
    card = await mette.presses(await mette.says("pause påmindelser"), "Mandagsliste")
    card = await mette.presses(card, "Send den om mandagen")
    assert "Slået til" in words(await mette.says("monday list"))
    assert "Send den om mandagen" not in buttons(await mette.says("mandagsliste"))


async def test_pressing_twice_keeps_the_day_on_which_it_was_chosen(mette: Someone, database: Database) -> None:
    card = await mette.says("mandagsliste")
    await mette.presses(card, "Send den om mandagen")
    mette.now += timedelta(days=3)
    await mette.presses(card, "Send den om mandagen")
    assert await database.read(lambda uow: uow.session.get_one(Person, mette.who.id).monday_since) == date(2026, 4, 7)


async def test_who_chooses_it_on_a_monday_gets_the_next_one(mette: Someone, database: Database) -> None:
    mette.now = MONDAY + timedelta(hours=2)
    await chooses_the_list(mette)
    await plan(database, mette.now, MUNICIPALITY)
    assert await prompts(database, is_list) == []


async def test_nothing_is_sent_when_nothing_waits(mette: Someone, database: Database) -> None:
    await chooses_the_list(mette)
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", sources="observation", interpretation="Vi ser flere stemmer i timerne.")
    card = await mette.presses(card, "Næste", children="Lettere i små grupper.", parents="Det samme.")
    await mette.presses(card, "Klar til samtalen")
    await mette.presses(await mette.says("min oversigt"), "Datapakke")
    assert await delivered(database, MONDAY) == []
    [waiting] = await prompts(database, is_list)
    assert waiting.state is PromptState.PENDING
    await plan(database, MONDAY + timedelta(days=1), MUNICIPALITY)
    assert [each.state for each in await prompts(database, is_list)] == [PromptState.EXPIRED]


async def test_a_monday_that_is_no_working_day_has_no_list(database: Database, town: Town) -> None:
    """Easter Monday, and the Monday of the school's autumn holiday: the greeting would come on another day."""
    await database.write(town.build)
    mette = Someone(database, town.leader, now=datetime(2026, 3, 20, 8, 0, tzinfo=UTC))
    await chooses_the_list(mette)
    municipality = Municipality(
        zone=COPENHAGEN,
        quiet=QuietTimes(zone=COPENHAGEN, holidays=DaysOff()),
        facts=MUNICIPALITY.facts,
        figures_url=MUNICIPALITY.figures_url,
    )
    for easter_monday_or_autumn in (date(2026, 4, 6), date(2026, 10, 12)):
        for day in range(2):
            noon = datetime.combine(easter_monday_or_autumn, datetime.min.time(), UTC) + timedelta(days=day, hours=10)
            await plan(database, noon, municipality)
    assert await prompts(database, is_list) == []


@pytest.mark.parametrize("day", [date(2026, 3, 23), date(2026, 3, 30), date(2026, 10, 26)])
async def test_it_comes_at_the_same_local_time_across_the_clock_changes(
    database: Database, town: Town, day: date
) -> None:
    await database.write(town.build)
    await chooses_the_list(Someone(database, town.leader, now=datetime(2026, 3, 18, 8, 0, tzinfo=UTC)))
    midnight = datetime.combine(day, datetime.min.time(), COPENHAGEN).astimezone(UTC)
    for hours in range(-30, 30, 5):
        await plan(database, midnight + timedelta(hours=hours), MUNICIPALITY)
    [planned] = await prompts(database, is_list)
    assert planned.due_at.astimezone(COPENHAGEN).replace(tzinfo=None) == datetime(day.year, day.month, day.day, 8)


def reminder(town: Town, name: str, due_at: datetime, *, view: str = "preparation") -> Occasion:
    return Occasion(
        key=f"{name}:{due_at.isoformat()}",
        person_id=town.leader.id,
        view=view,
        subject_id=town.dialogue.id if view == "preparation" else town.school.id,
        due_at=due_at,
        expires_at=due_at + timedelta(days=5),
    )


async def test_i38_reminders_wait_for_the_list_and_what_it_names_is_not_said_again_that_day_or_later(
    mette: Someone, database: Database, town: Town
) -> None:
    await chooses_the_list(mette)
    await plan(database, MONDAY - timedelta(hours=3), MUNICIPALITY)

    def wait(uow: UnitOfWork) -> None:
        prompt.plan(uow, reminder(town, "sunday", MONDAY - timedelta(hours=20)))
        prompt.plan(uow, reminder(town, "later that day", MONDAY + timedelta(hours=1)))
        prompt.plan(uow, reminder(town, "something else", MONDAY - timedelta(hours=20), view="perspective.missing"))

    await database.write(wait)
    assert await delivered(database, MONDAY - timedelta(minutes=25)) == [], "the doors are open, and the list is near"
    (card,) = await delivered(database, MONDAY)
    assert "God mandag" in words(card)
    assert await delivered(database, MONDAY + timedelta(hours=2)) == []
    named = await prompts(database, lambda each: each.occasion.startswith(("sunday", "later that day")))
    assert [each.state for each in named] == [PromptState.GATHERED] * 2
    (next_day,) = await delivered(database, MONDAY + timedelta(days=1))
    assert "Hvem mangler at blive hørt?" in words(next_day), "what the list does not name is not lost"


async def test_a_list_with_nothing_to_say_holds_nothing_back(mette: Someone, database: Database, town: Town) -> None:
    await chooses_the_list(mette)
    ali = Someone(database, town.other_leader, now=CHOSEN)
    await chooses_the_list(ali)
    await plan(database, MONDAY - timedelta(hours=3), MUNICIPALITY)

    def wait(uow: UnitOfWork) -> None:
        prompt.plan(
            uow,
            Occasion(
                key="ali",
                person_id=town.other_leader.id,
                view="perspective.missing",
                subject_id=town.day_care.id,
                due_at=MONDAY - timedelta(hours=1),
                expires_at=MONDAY + timedelta(days=1),
            ),
        )

    await database.write(wait)
    heard = [words(card) for card in await delivered(database, MONDAY)]
    assert len(heard) == 2
    assert any("Hvem mangler at blive hørt?" in each for each in heard)


async def test_a_pause_holds_the_list_back_too(mette: Someone, database: Database) -> None:
    await chooses_the_list(mette)
    await mette.presses(await mette.says("pause påmindelser"), "I 2 uger")
    assert await delivered(database, MONDAY) == []


async def test_a_list_that_is_put_off_to_another_day_does_not_say_monday(mette: Someone, database: Database) -> None:
    await chooses_the_list(mette)
    mette.now = MONDAY + timedelta(hours=1)
    assert "God mandag" in words(await mette.sees("monday", mette.who.id))
    mette.now = STARTS - timedelta(hours=1)
    card = await mette.sees("monday", mette.who.id)
    assert "God mandag" not in words(card)
    assert "Du har 2 ting, der venter:" in words(card)


async def test_the_list_is_shown_to_the_person_themselves_only(mette: Someone, database: Database, town: Town) -> None:
    assert await Someone(database, town.chief).gets("monday", town.leader.id) is None


async def test_nobody_without_a_chat_is_forgotten_by_the_list(database: Database, town: Town) -> None:
    """It waits for them to write, and is over with the day: nobody gets it late."""
    await database.write(town.build)
    mette = Someone(database, town.leader, now=CHOSEN)
    await chooses_the_list(mette)
    await database.write(lambda uow: message.forget_chat(uow, uow.session.get_one(Person, mette.who.id), CHOSEN))
    assert await delivered(database, MONDAY) == []
    await plan(database, MONDAY + timedelta(hours=16, minutes=1), MUNICIPALITY)
    assert [each.state for each in await prompts(database, is_list)] == [PromptState.EXPIRED]
