"""Nothing that was gathered into the overview is lost: it stands there until it is done, and opens as its own card."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import select

from cards.kit import Card
from dialogs import VIEWS
from dialogs.conversation import Kind, show
from dialogs.turn import Turn
from domain.identity import new_id
from domain.organisation import Person
from domain.prompt import MONDAY_LIST, Prompt, PromptState
from domain.theme import ThemeReceipt
from storage import prompt_claim
from storage.database import Database
from storage.types import registry
from storage.unit_of_work import UnitOfWork
from tests.record import all_of, chooses, decides, reflects, sends_themes
from tests.test_perspective import GOOD
from tests.town import MUNICIPALITY, STARTS, Someone, Town, button, buttons, words

SOON, AFTER = STARTS - timedelta(hours=2), STARTS + timedelta(hours=1)
MOMENTS = (SOON, AFTER, STARTS + timedelta(days=1), STARTS + timedelta(days=12), STARTS + timedelta(days=22))
# What this story has something to say of today.
KNOWN = frozenset(
    {
        "anonymisation.gone",
        "board",
        "data_package",
        "decision",
        "dialogue",
        "dialogue.closing",
        "dialogue.moved",
        "dialogue.planned",
        "focus_area",
        "focus_status",
        "measure",
        "perspective",
        "perspective.missing",
        "preparation",
        "preparation.agenda",
        "preparation.read",
        "recommendation",
        "reflection",
        "theme",
    }
)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, as a day begins on which nothing was said yet."""
    await database.write(town.build)
    return Someone(database, town.leader, now=SOON)


async def gather(database: Database, who: Person, matters: list[tuple[str, UUID]], now: datetime) -> None:
    """Reminders of these matters came due together, and have become the person's list."""
    kept = [
        Prompt(
            occasion=f"story:{view}:{subject_id}:{now}:{new_id()}",
            person_id=who.id,
            view=view,
            subject_id=subject_id,
            due_at=now,
            expires_at=now + timedelta(days=7),
            state=PromptState.GATHERED,
            reason="list:story",
        )
        for view, subject_id in matters
    ]
    await database.write(lambda uow: uow.add(*kept))


async def test_every_view_that_was_gathered_is_found_in_the_overview_with_a_button_that_opens_it(
    mette: Someone, database: Database, town: Town
) -> None:
    await a_busy_life(mette, database, town)
    people = [town.leader, town.deputy, town.chief, town.consultant]
    views = set(VIEWS) - {prompt_claim.LIST, MONDAY_LIST}
    # A view that is new is tried by itself, on both. That the others have nothing to say is found out on one, for the
    # leader at any time and for the rest once; the other database asks each about a row of every table.
    is_thorough = database.dialect == "sqlite"

    def something_to_say(uow: UnitOfWork) -> dict[str, tuple[Person, UUID, datetime]]:
        of_tables = everything(uow)
        every, one_each = sum(of_tables, []), [ids[0] for ids in of_tables if ids]
        found: dict[str, tuple[Person, UUID, datetime]] = {}
        for now in MOMENTS:
            for who in people:
                turn = Turn.of(uow.session.get_one(Person, who.id), uow, now, MUNICIPALITY)
                if is_thorough:
                    of_others = every if who is town.leader or now == AFTER else []
                else:
                    of_others = one_each if who is town.leader and now == AFTER else []
                for view in sorted(views - set(found)):
                    for subject_id in every if view in KNOWN else of_others:
                        if show(turn.glance(), view, subject_id) is not None:
                            found[view] = (who, subject_id, now)
                            break
        return found

    found = await database.rehearse(something_to_say)
    assert set(found) == KNOWN, "what it has something to say of is known, so that both databases try it"
    for view, (who, subject_id, now) in found.items():
        await gather(database, who, [(view, subject_id), ("perspective.missing", UUID(int=1))], now)
        kept = await all_of(database, Prompt)
        gathered = [each.id for each in kept if (each.view, each.subject_id) == (view, subject_id)]
        someone = Someone(database, who, now=now)
        own = await someone.sees(view, subject_id)
        card = await someone.says("min oversigt")
        while "Vis resten" in buttons(card) and not opens(card, view, subject_id, gathered):
            card = await someone.presses(card, "Vis resten")
        opened = opens(card, view, subject_id, gathered)
        assert opened, f"{view} is not in the overview: {words(card)}"
        reply = await someone.does(Kind.PRESSED, verb=opened["verb"], data=opened["data"])
        assert reply.card is not None
        assert reply.card["fallbackText"] == own["fallbackText"], view


def everything(uow: UnitOfWork) -> list[list[UUID]]:
    """The ids of everything that is kept, table by table."""
    tables = [mapper.local_table for mapper in registry.mappers]
    return [list(uow.session.scalars(select(table.c.id))) for table in tables if "id" in table.c]


def opens(card: Card, view: str, subject_id: UUID, gathered: list[UUID]) -> dict[str, Any] | None:
    """The button that opens the gathered card, or the task that is the same matter."""
    for each in buttons_in(card):
        verb, about = str(each["verb"]), each["data"].get("id")
        is_gathered = verb == "overview.gathered" and about in map(str, gathered)
        if is_gathered or (verb.partition(".")[0] == view and about == str(subject_id)):
            return each
    return None


def buttons_in(part: object) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for each in part for found in buttons_in(each)]
    if isinstance(part, dict):
        own = [part] if part.get("type") == "Action.Execute" else []
        return own + [found for each in part.values() for found in buttons_in(each)]
    return []


async def a_busy_life(mette: Someone, database: Database, town: Town) -> None:
    """A dialogue that was held and recorded, one to come, themes, a focus area, a measure, and perspectives."""
    await sends_themes(database, town, mette.now)
    await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **GOOD)
    card = await mette.says("forbered")
    card = await mette.presses(card, "Næste", sources="youth", interpretation="Flere siger noget i timerne nu.")
    card = await mette.presses(card, "Næste", children="Sjovere", parents="Godt")
    await mette.presses(card, "Klar til samtalen")
    mette.now = AFTER
    await reflects(mette)
    await chooses(mette, "Flere stemmer")
    await decides(
        mette, "indsats", "Makkerpar", await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    )
    begun = await mette.presses(await mette.says("beslutning"), "Tilføj en beslutning")
    await mette.presses(begun, "Gem kladde", kind="andet", text="Vi mødes med forældrerådet.")
    card = await mette.says("ekstra samtale")
    await mette.presses(card, "Planlæg", day="2026-05-12", clock="10:00")


async def test_two_reminders_of_one_moment_are_both_there_until_they_are_done(
    mette: Someone, database: Database, town: Town
) -> None:
    await sends_themes(database, town, mette.now)
    [receipt] = await all_of(database, ThemeReceipt)
    await gather(database, town.leader, [("theme", receipt.id), ("perspective.missing", town.school.id)], mette.now)
    card = await mette.says("min oversigt")
    assert "Hvem mangler at blive hørt" in words(card)
    # Each button says what it opens, and none is number two.
    assert {"Se temaerne", "Perspektiver"} <= set(buttons(card))
    assert "Nye politiske temaer" in words(card)
    await mette.presses(await mette.sees("theme", receipt.id), "Set")
    assert "Nye politiske temaer" not in words(await mette.says("min oversigt"))
    for group in ("børn", "unge", "forældre"):
        await mette.presses(await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "group": group})
    assert "Hvem mangler at blive hørt" not in words(await mette.says("min oversigt"))


async def test_a_gathered_reminder_is_opened_by_its_person_alone(
    mette: Someone, database: Database, town: Town
) -> None:
    await gather(
        database, town.leader, [("perspective.missing", town.school.id), ("data_package", town.package.id)], mette.now
    )
    opened = button(await mette.says("min oversigt"), "Perspektiver")
    stranger = Someone(database, town.other_leader, now=mette.now)
    for data in (opened["data"], {"id": str(UUID(int=5))}):
        reply = await stranger.does(Kind.PRESSED, verb="overview.gathered", data=data)
        assert "Det har du ikke adgang til" in words(reply.card or {})


async def test_what_only_tells_something_is_done_with_once_it_is_opened(
    mette: Someone, database: Database, town: Town
) -> None:
    matters = [("preparation.agenda", town.dialogue.id), ("perspective.missing", town.school.id)]
    await gather(database, town.leader, matters, mette.now)
    card = await mette.says("min oversigt")
    assert "Dagsorden for i dag" in words(card)
    for each in buttons_in(card):
        if each["verb"] == "overview.gathered":
            await mette.does(Kind.PRESSED, verb=each["verb"], data=each["data"])
    left = words(await mette.says("min oversigt"))
    assert "Dagsorden for i dag" not in left
    assert "Hvem mangler at blive hørt" in left


async def test_more_than_five_things_that_wait_are_counted_and_found(
    mette: Someone, database: Database, town: Town
) -> None:
    for number in range(8):
        mette.now += timedelta(minutes=1)
        await mette.presses(
            await mette.says("perspektiv"), "Gem perspektivet", **{**GOOD, "recommend": f"Forslag {number}"}
        )
    card = await mette.says("min oversigt")
    seen = [len(buttons(card)) - 1]
    while "Vis resten" in buttons(card):
        assert " flere" in words(card) or " mere" in words(card)
        card = await mette.presses(card, "Vis resten")
        seen.append(len(buttons(card)) - 1)
    assert seen[0] == 5
    assert sum(seen) >= 9
    assert "Min oversigt" in words(await mette.presses(card, "Min oversigt"))
