"""Whoever carries out an anonymisation is killed again and again, with texts that are kept encrypted.

Each time all of it is done or nothing, and the next one goes on; of what was taken away nothing is left in the end.
"""

import asyncio
import signal
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from subprocess import PIPE

import pytest_asyncio
from sqlalchemy import func, select, text

from domain.anonymisation import Anonymisation, AnonymisationState
from domain.focus_status import FocusStatus
from domain.message import Chat
from domain.note import NoteVersion
from domain.organisation import Person
from domain.personal_note import PersonalNote
from storage.carrying_out import survey
from storage.database import Database
from storage.retention import retention_pass
from storage.rotation import standing
from storage.sealed import name_of
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.launcher import launched
from tests.left_behind import LATER, SAID, LeftBehind, settled
from tests.record import all_of

KEY = bytes(range(32))
# The first dies at its first statement. Each that follows gets so much further, and another way once it is done there.
FIRST, FURTHER = {False: 20, True: 12}, 30
GONE = ("Mette Holm", "Mettes team", "tryg i rollen", "Husk mit eget", "Mit eget")


@pytest_asyncio.fixture
async def left(database_url: str) -> AsyncIterator[LeftBehind]:
    """What Mette left behind, in a database with a key."""
    database = Database(database_url, text_keys=[KEY])
    await database.start()
    async with settled(database) as made:
        yield made
    await database.close()


@asynccontextmanager
async def dying(left: LeftBehind) -> AsyncIterator[Callable[[int, int], Awaitable[int]]]:
    """Carries it out in one process after the other, each some minutes after the one before: their exit codes."""
    url = left.database.url.render_as_string(hide_password=False)
    words = (url, left.channel.url, b64encode(KEY).decode())
    process = launched("tests.dying", *words, stdin=PIPE, stdout=PIPE, stderr=2)
    assert process.stdin
    assert process.stdout

    async def after(number: int, steps: int) -> int:
        at = LATER + timedelta(minutes=10 * number)
        await left.database.close()
        print(at.timestamp(), steps, file=process.stdin, flush=True)
        try:
            return int(await asyncio.to_thread(process.stdout.readline))
        finally:
            await left.database.start()

    yield after
    process.stdin.close()
    await asyncio.to_thread(process.wait)


async def is_done(left: LeftBehind) -> bool:
    """Whether it is done as far as the database; it is done in every place, or in none."""
    (about,) = await all_of(left.database, Anonymisation)
    (status,) = await all_of(left.database, FocusStatus)
    (note,) = await all_of(left.database, NoteVersion)
    (own,) = await all_of(left.database, PersonalNote)
    mette = next(each for each in await all_of(left.database, Person) if each.id == left.mette_id)
    told = (
        status.seen == SAID,
        note.content.leading != "[slettet]",
        own.text != "[slettet]",
        mette.name == "Mette Holm",
    )
    assert set(told) == {about.state is AnonymisationState.APPROVED}, (about.state, told)
    assert (
        await left.database.read(lambda uow: uow.session.scalar(select(func.count()).select_from(retention_pass))) == 0
    )
    return about.state is not AnonymisationState.APPROVED


async def dumped(database: Database) -> str:
    """Every value as the database holds it."""

    def work(uow: UnitOfWork) -> str:
        # By its text and not by its columns: nothing is opened with the key.
        tables = [each.name for each in metadata.sorted_tables]
        return "\n".join(
            str(tuple(row)) for name in tables for row in uow.session.execute(text(f'SELECT * FROM "{name}"'))
        )

    return await database.read(work)


async def test_whoever_is_killed_at_any_step_leaves_it_to_the_next_with_nothing_half_done(left: LeftBehind) -> None:
    numbers = [
        await left.has_a_card(left.town.chief, "focus_area", left.area_id),
        await left.has_a_card(left.town.leader, "overview", left.mette_id),
    ]
    await left.proposes()
    await left.approves()
    (about,) = await left.proposals()
    foretold = (await left.database.read(lambda uow: survey(uow, about.whom))).counts
    assert "Mette Holm" in await dumped(left.database)
    assert await left.database.read(lambda uow: set(standing(uow))) <= {name_of(KEY)}, "nothing is plain"

    deaths, steps = {False: 0, True: 0}, 0
    async with dying(left) as after:
        while code := await after(sum(deaths.values()), steps):
            assert code == -signal.SIGKILL
            done = await is_done(left)
            # Whoever finds it done has little left to do, and is killed the earlier.
            steps = steps + FURTHER if deaths[done] else FIRST[done]
            deaths[done] += 1
    assert min(deaths.values()) > 1, f"killed before the database had it, and after: {deaths}"

    assert await is_done(left)
    (about,) = await left.proposals()
    assert (about.state, about.name) == (AnonymisationState.DONE, "")
    assert about.counts == foretold, "killed and begun anew, it counts everything once"
    for number in numbers:
        assert "Kortets indhold er fjernet" in left.reads(number)
    there = await dumped(left.database)
    assert not [words for words in GONE if words in there]
    assert await left.database.read(lambda uow: set(standing(uow))) <= {name_of(KEY)}
    assert left.mette_id not in [each.person_id for each in await all_of(left.database, Chat)]
