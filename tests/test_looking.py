"""What takes long to find is looked for beside everybody who writes, and its answer comes when it is there."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from unittest import mock

import pytest
import pytest_asyncio
from sqlalchemy import select

from domain.organisation import Area, Language, Person
from domain.prompt import Occasion, PromptKind
from scheduler.delivery import Delivery
from storage import prompt
from storage.anonymisation import anonymisation
from storage.database import Database
from storage.looking import LooksFirst
from storage.organisation import area
from storage.unit_of_work import UnitOfWork
from tests.bot import running_bot
from tests.channel import Channel, Persona
from tests.left_behind import CASE, LATER, LeftBehind, left  # noqa: F401
from tests.town import MUNICIPALITY, buttons, words

pytestmark = pytest.mark.about_the_database

WITHIN = 60


def names(uow: UnitOfWork) -> list[str]:
    return list(uow.session.scalars(select(area.c.name).order_by(area.c.name)))


class Slow:
    """A search that goes on until it is let go, and how often it began."""

    def __init__(self) -> None:
        self.began, self.go_on, self.times = threading.Event(), threading.Event(), 0

    def __call__(self, uow: UnitOfWork) -> list[str]:
        self.times += 1
        found = names(uow)
        self.began.set()
        assert self.go_on.wait(WITHIN)
        return found

    async def has_begun(self) -> None:
        assert await asyncio.to_thread(self.began.wait, WITHIN)


def naming(slow: Slow, name: str = "Fundet") -> "asyncio.Future[list[str]]":
    def work(uow: UnitOfWork) -> list[str]:
        uow.add(Area(name=name))
        return uow.looked_up("areas", slow)

    return work  # type: ignore[return-value]


async def test_nobody_who_writes_waits_for_a_search(database: Database) -> None:
    slow = Slow()
    searching = asyncio.create_task(database.write(naming(slow)))  # type: ignore[arg-type]
    await slow.has_begun()
    async with asyncio.timeout(WITHIN):
        for number in range(5):
            await database.write(lambda uow, number=number: uow.add(Area(name=f"Imens {number}")))
    assert not searching.done()
    assert "Fundet" not in await database.read(names), "nothing of it is kept before it is found"
    slow.go_on.set()
    assert await searching == [], "it is told what was committed when the search began"
    assert (await database.read(names))[0] == "Fundet"
    assert slow.times == 1


async def test_the_same_search_at_once_is_done_once_and_another_one_after_it(database: Database) -> None:
    slow, asked, both_asked, look = Slow(), [], asyncio.Event(), database.look

    async def counted(wanted: LooksFirst) -> object:
        asked.append(wanted.key)
        if len(asked) == 2:
            both_asked.set()
        return await look(wanted)

    with mock.patch.object(database, "look", counted):
        both = [asyncio.create_task(database.write(naming(slow, name))) for name in ("Nord", "Syd")]  # type: ignore[arg-type]
        async with asyncio.timeout(WITHIN):
            await both_asked.wait()
        slow.go_on.set()
        await asyncio.gather(*both)
    assert slow.times == 1
    assert await database.read(names) == ["Nord", "Syd"]
    assert await database.write(naming(slow, "Vest")) == ["Nord", "Syd"]  # type: ignore[arg-type]
    assert slow.times == 2


async def test_whoever_reads_looks_at_once_and_a_rehearsal_before_it_writes(database: Database) -> None:
    assert await database.read(lambda uow: uow.looked_up("areas", names)) == []
    found = await database.rehearse(lambda uow: (uow.add(Area(name="Nord")), uow.looked_up("areas", names)))
    assert found[1] == []
    assert await database.read(names) == []
    with pytest.raises(LooksFirst) as wanted:
        await database.write_with({}, lambda uow: uow.looked_up("areas", names))
    assert wanted.value.key == "areas"


async def test_a_search_that_fails_fails_whoever_waits_for_it_and_the_next_one_looks_anew(database: Database) -> None:
    def fails(uow: UnitOfWork) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(lambda uow: uow.looked_up("areas", fails))
    assert await database.write(lambda uow: uow.looked_up("areas", names)) == []


async def test_one_who_does_not_wait_any_more_leaves_it_to_the_others(database: Database) -> None:
    slow = Slow()
    leaves, stays = (
        asyncio.create_task(database.write(naming(slow, name)))  # type: ignore[arg-type]
        for name in ("Nord", "Syd")
    )
    await slow.has_begun()
    leaves.cancel()
    slow.go_on.set()
    await stays
    assert await database.read(names) == ["Syd"]


async def test_everywhere_a_person_is_looked_for_it_is_before_the_writing(left: LeftBehind) -> None:  # noqa: F811
    """To see what would happen, to propose it, to be asked, and to approve it: none of it holds up who writes."""
    looked: list[object] = []
    look = left.database.look

    async def counted(wanted: LooksFirst) -> object:
        looked.append(wanted.key)
        return await look(wanted)

    with mock.patch.object(left.database, "look", counted):
        asked = await left.nis.says("anonymiser Mette Holm")
        assert len(looked) == 1
        await left.nis.presses(asked, "Send til godkendelse", case="")
        assert len(looked) == 1, "that the case is lacking is told at once"
        await left.nis.presses(asked, "Send til godkendelse", case=CASE)
        assert len(looked) == 2, "looked for once, for the proposal and for its card"
        (about,) = await left.proposals()
        card = await left.lis.sees("anonymisation.asked", about.id)
        assert len(looked) == 3
        assert "Godkendt" in words(await left.lis.presses(card, "Godkend"))
        assert len(looked) == 4
        await left.nis.says("min oversigt")
        await left.carries_out()
    assert len(looked) == 4


async def test_a_reminder_that_needs_a_search_holds_up_no_other(left: LeftBehind) -> None:  # noqa: F811
    """Not even where there is room for one message at a time."""
    await left.database.write(lambda uow: left._meets(uow, left.second))
    await left.proposes()
    occasion = Occasion(
        key="other",
        person_id=left.town.chief.id,
        kind=PromptKind.ASKED,
        view="overview",
        subject_id=left.town.chief.id,
        due_at=left.now,
        expires_at=left.now + timedelta(days=2),
    )
    await left.database.write(lambda uow: prompt.plan(uow, occasion))
    look, begun, go_on = left.database.look, asyncio.Event(), asyncio.Event()

    async def held(wanted: LooksFirst) -> object:
        begun.set()
        await go_on.wait()
        return await look(wanted)

    def got(who: Person) -> int:
        return left.channel.connector.posts()[f"a:{who.id}"]

    before = [got(left.lis.who), got(left.town.chief)]
    worker = Delivery(left.database, left.messenger, MUNICIPALITY, lambda: left.now, in_flight=1)
    with mock.patch.object(left.database, "look", held):
        delivering = asyncio.create_task(worker.deliver_due())
        try:
            async with asyncio.timeout(WITHIN):
                await begun.wait()
            assert got(left.town.chief) == before[1], "it comes after it"
            await left.channel.connector.until(lambda: got(left.town.chief) == before[1] + 1)
            assert got(left.lis.who) == before[0]
        finally:
            go_on.set()
            await delivering
    assert got(left.lis.who) == before[0] + 1


async def test_a_list_that_only_names_a_proposal_looks_for_nobody(left: LeftBehind) -> None:  # noqa: F811
    await left.proposes()
    (about,) = await left.proposals()
    from dialogs.conversation import show
    from dialogs.turn import Turn

    def glance(uow: UnitOfWork) -> object:
        who = uow.session.get_one(Person, left.lis.who.id)
        return show(Turn.of(who, uow, left.now, left.lis.municipality).glance(), "anonymisation.asked", about.id)

    assert await left.database.write_with({}, glance)


@pytest_asyncio.fixture
async def nis(left: LeftBehind, database_url: str, channel: Channel) -> AsyncIterator[Persona]:  # noqa: F811
    """Of the administration, at a bot that is always too late for Teams with what it has to look for."""
    left.town.administrator.language = Language.DANISH
    if left.database.dialect == "sqlite":
        await left.database.close()
    with mock.patch("bot.turns.ANSWERED_WITHIN", 0.0):
        async with running_bot(database_url, channel, now=lambda: LATER + timedelta(hours=1)):
            yield channel.persona(left.town.administrator)


def told(persona: Persona, what: str) -> int:
    return sum(what in words(each.card) for each in persona.chat if each.card)


async def test_what_takes_longer_than_teams_waits_is_answered_by_itself(nis: Persona, channel: Channel) -> None:
    await nis.writes("anonymiser Mette Holm")
    await channel.connector.until(lambda: told(nis, "Sag, hvor der er bedt om det") == 1, within=WITHIN)
    waits, form = nis.chat[-2:]
    assert "Jeg søger stadig" in words(waits.card or {})
    assert "skriv det igen" in words(waits.card or {})

    status, body = await channel.posts(nis.press("Send til godkendelse", form, case="2026-4711"))
    assert (status, body["statusCode"]) == (200, 200)
    assert "Jeg søger stadig" in words(body["value"])
    assert "2026-4711" in words(body["value"]), "what was typed is seen, and sent along with another try"
    assert "Prøv igen" in buttons(body["value"])
    number = form.id
    await channel.connector.until(
        lambda: "Afventer godkendelse" in words(channel.connector.messages[number].card or {}), within=WITHIN
    )
    assert len(nis.chat) == 2, "the answer stands where it was pressed"

    again = next(each for each in body["value"]["actions"] if each["title"] == "Prøv igen")
    action = {"action": {"type": "Action.Execute", "verb": again["verb"], "data": again["data"]}, "trigger": "manual"}
    pressed = nis.activity(type="invoke", name="adaptiveCard/action", text="", value=action, replyToId=number)
    status, body = await channel.posts(pressed)
    assert "Afventer godkendelse" in words(body["value"]), "pressed again it is answered from what was kept"


async def test_the_answer_to_what_was_written_under_a_message_leaves_that_message_alone(
    nis: Persona, channel: Channel
) -> None:
    overview = await nis.writes("min oversigt")
    under = nis.chat[-1]
    await nis.writes("anonymiser Mette Holm", replyToId=under.id)
    await channel.connector.until(lambda: told(nis, "Sag, hvor der er bedt om det") == 1, within=WITHIN)
    assert under.card == overview
    assert len(nis.chat) == 3


async def test_what_is_pressed_while_the_answer_comes_is_proposed_once(
    nis: Persona,
    channel: Channel,
    left: LeftBehind,  # noqa: F811
    database_url: str,
) -> None:
    await nis.writes("anonymiser Mette Holm")
    await channel.connector.until(lambda: told(nis, "Sag, hvor der er bedt om det") == 1, within=WITHIN)
    form = nis.chat[-1]
    presses = [channel.posts(nis.press("Send til godkendelse", form, case=CASE)) for _ in range(3)]
    assert {body["statusCode"] for _, body in await asyncio.gather(*presses)} == {200}
    await channel.connector.until(
        lambda: "Afventer godkendelse" in words(channel.connector.messages[form.id].card or {}), within=WITHIN
    )
    beside = Database(database_url, lock=False)
    await beside.start()
    proposed = select(anonymisation.c.id)
    assert len(await beside.read(lambda uow: uow.session.scalars(proposed).all())) == 1
    await beside.close()
