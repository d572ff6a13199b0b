"""From a theme's decision through four dialogues in two years to the next cycle, and a focus area that goes on.

One story, with time passed in: the administration sends out the themes, the leader sets and discusses them, each
half-year has its dialogue, and what was chosen in the first is followed, adjusted, closed and continued.
"""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import Closing, FocusArea
from domain.focus_status import FocusStatus
from domain.organisation import AgeRange
from domain.period import HalfYear
from domain.status import Status
from domain.theme import ThemeReceipt
from scheduler.planner import plan
from storage.database import Database
from storage.theme import theme_receipt
from storage.unit_of_work import UnitOfWork
from tests.record import all_of, change, chooses, decides, is_told, reflects
from tests.town import MUNICIPALITY, Someone, Town, options, values, words

FIRST = HalfYear(2025, 2)


def held_at(half_year: HalfYear) -> datetime:
    """A Tuesday well into the half-year, at ten in the morning."""
    day = half_year.starts_on + timedelta(days=80)
    return datetime.combine(day + timedelta(days=(1 - day.weekday()) % 7), time(8), UTC)


async def test_two_years_from_a_theme_to_a_focus_area_that_goes_on(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    await change(database, PoliticalRound, state=RoundState.DECIDED)

    # Autumn 2025: the themes come back, and are set and discussed.
    begins = datetime(2025, 8, 18, 8, 0, tzinfo=UTC)
    nis = Someone(database, town.administrator, now=begins)
    await nis.presses(await nis.says("send temaer"), "Send ud")
    await plan(database, begins, MUNICIPALITY)
    receipt = await database.read(
        lambda uow: uow.session.scalar(select(ThemeReceipt).where(theme_receipt.c.institution_id == town.school.id))
    )
    assert receipt is not None
    mette = Someone(database, town.leader, now=begins + timedelta(days=1))
    await mette.presses(await mette.sees("theme", receipt.id), "Set")
    mette.now += timedelta(days=15)
    asked = await mette.sees("theme", receipt.id)
    told = {each: "staff,board" for each in values(asked) if each.startswith("discussed_")}
    await mette.presses(asked, "Gem", **told)

    # Four dialogues, one in each half-year.
    first, second, third, fourth = await four_dialogues(database, town)
    await prepare(mette, first)
    await record(mette, first)
    await chooses(mette, "Flere stemmer i timerne")
    await finish(mette, database, first)

    mette.now = first.starts_at + timedelta(weeks=8)
    await plan(database, mette.now, MUNICIPALITY)
    [area] = await all_of(database, FocusArea)
    asked = await mette.sees("focus_status", area.id)
    await mette.presses(asked, "Gem status", status="på vej", seen="De første siger noget.")

    await prepare(mette, second, begins_with="De første siger noget.")
    await record(mette, second)
    await decides(mette, "indsats", "Makkerpar i dansk", focus_area=str(area.id), due="2026-09-15")
    await finish(mette, database, second)

    mette.now = second.starts_at + timedelta(weeks=10)
    await mette.presses(await mette.says("status"), "Uændret")
    await mette.presses(await mette.says("indsatser"), "Gem", state="gennemført", outcome="Det virker bedst i par.")
    await prepare(mette, third, begins_with="Uændret")
    await record(mette, third)
    card = await decides(mette, "justér fokusområde", "Også i matematik", focus_area=str(area.id), due="2026-12-20")
    await mette.presses(card, "Gem fokusområdet", title="Flere stemmer i alle fag")
    await finish(mette, database, third)

    await prepare(mette, fourth, begins_with="Flere stemmer i alle fag", says="går godt")
    await record(mette, fourth)
    card = await decides(mette, "afslut fokusområde", "Vi vil videre med det", focus_area=str(area.id))
    await mette.presses(card, "Afslut fokusområdet", closing="videreført", outcome="Det bærer, når vi er flere.")
    await finish(mette, database, fourth)
    [area] = await all_of(database, FocusArea)
    assert area.closing is Closing.CONTINUED
    told = sorted(await all_of(database, FocusStatus), key=lambda each: each.written_at)
    assert [each.status for each in told] == [Status.UNDER_WAY, Status.UNDER_WAY, Status.GOING_WELL]
    assert [each.is_unchanged for each in told] == [False, True, False]

    # The next cycle: new themes, a fifth dialogue that is the first again, and a successor with a link back.
    fifth = await next_cycle(database, town)
    nis.now = fifth.starts_at - timedelta(weeks=11)
    await nis.presses(await nis.says("send temaer"), "Send ud")
    await prepare(mette, fifth)
    await record(mette, fifth)
    card = await decides(mette, "vælg fokusområde", "Vi går videre", due="2028-02-01")
    assert list(options(card, "continues")) == ["Flere stemmer i alle fag"]
    theme = next(iter(options(card, "theme").values()))
    card = await mette.presses(
        card, "Gem fokusområdet", continues=str(area.id), theme=theme, title="Alle stemmer", signs="Alle siger noget"
    )
    assert "Bygger videre på\nFlere stemmer i alle fag" in words(card)
    successor = next(each for each in await all_of(database, FocusArea) if each.id != area.id)
    assert successor.continues == area.id
    states = {each.starts_at: each.state for each in await all_of(database, Dialogue)}
    assert [states[at] for at in sorted(states)] == [DialogueState.CLOSED] * 4 + [DialogueState.RECORDED]

    # And the chief reads all of it by typing.
    chief = Someone(database, town.chief, now=mette.now)
    assert "Alle stemmer" in words(await chief.says("fokusområder"))
    assert "Vi går videre" in words(await chief.says("beslutninger"))


async def four_dialogues(database: Database, town: Town) -> list[Dialogue]:
    def add(uow: UnitOfWork) -> list[Dialogue]:
        uow.session.delete(uow.session.get_one(Dialogue, town.dialogue.id))
        uow.session.flush()
        made = [dialogue(town, town.cycle, number) for number in range(1, 5)]
        uow.add(*made)
        return made

    return await database.write(add)


async def next_cycle(database: Database, town: Town) -> Dialogue:
    def add(uow: UnitOfWork) -> Dialogue:
        cycle = Cycle(age_range=town.school.age_range, first_half_year=FIRST.plus(4))
        # I1: the round between the two is about the other age range.
        between = PoliticalRound(year=2026, age_range=AgeRange.YOUNGER, state=RoundState.SENT)
        decided = PoliticalRound(year=2027, age_range=town.school.age_range, state=RoundState.DECIDED)
        uow.add(cycle, between, decided)
        uow.session.flush()
        following = dialogue(town, cycle, 1)
        uow.add(
            following,
            Theme(
                round_id=decided.id,
                title="Fællesskaber",
                title_en="Communities",
                age_range=town.school.age_range,
                valid_from=cycle.first_half_year,
                valid_to=cycle.last_half_year,
            ),
        )
        return following

    return await database.write(add)


def dialogue(town: Town, cycle: Cycle, number: int) -> Dialogue:
    half_year = cycle.half_years[number - 1]
    return Dialogue(
        institution_id=town.school.id,
        cycle_id=cycle.id,
        half_year=half_year,
        starts_at=held_at(half_year),
        number=number,
    )


async def prepare(mette: Someone, about: Dialogue, *, begins_with: str = "", says: str = "") -> None:
    """A week before: the card begins with what has been written about the focus areas, and is made ready."""
    mette.now = about.starts_at - timedelta(days=7)
    card = await mette.sees("preparation", about.id)
    assert begins_with in words(card)
    card = await mette.presses(card, "Næste", sources="observation,youth", interpretation="Flere siger noget end før.")
    card = await mette.presses(card, "Næste", children="Det er sjovere", parents="Godt")
    status = {name: says for name in values(card) if says and name.startswith("status_")}
    assert "Forberedelsen er klar" in words(await mette.presses(card, "Klar til samtalen", **status))


async def record(mette: Someone, about: Dialogue) -> None:
    """An hour into the dialogue: the gate is shut, and opens with the shared reflection."""
    mette.now = about.starts_at + timedelta(hours=1)
    assert "skal den fælles refleksion være gemt" in words(await mette.says("beslutning"))
    assert "Gemt" in words(await reflects(mette))


async def finish(mette: Someone, database: Database, about: Dialogue) -> None:
    """Nobody presses anything: it closes by itself after 14 days and its notice."""
    mette.now += timedelta(days=13)
    await plan(database, mette.now, MUNICIPALITY)
    assert (await state_of(database, about.id)) is DialogueState.RECORDED
    await is_told(database, "dialogue.closing", mette.now + timedelta(days=7))
    mette.now += timedelta(days=30)
    await plan(database, mette.now, MUNICIPALITY)
    assert (await state_of(database, about.id)) is DialogueState.CLOSED


async def state_of(database: Database, dialogue_id: UUID) -> DialogueState:
    found = await database.read(lambda uow: uow.session.get_one(Dialogue, dialogue_id))
    return found.state
