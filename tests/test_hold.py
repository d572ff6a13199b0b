"""After a restore from a backup nothing is sent until it is released; a night off is told from a lost database."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.doctor import examine
from bot.settings import Settings
from domain.prompt import PromptKind, PromptState
from scheduler.delivery import Delivery
from scheduler.scheduler import Scheduler
from storage import hold
from storage.database import Database
from storage.hold import HeldBecause
from storage.unit_of_work import UnitOfWork
from tests.bot import FACTS
from tests.channel.activities import APP, TENANT
from tests.terminal import Terminal
from tests.test_delivery import Post, post
from tests.town import MUNICIPALITY

pytestmark = pytest.mark.about_the_database

__all__ = ["post"]
EARLIER = timedelta(days=1)
IN_EARNEST = {"MicrosoftAppId": APP, "MicrosoftAppTenantId": TENANT, "MicrosoftAppPassword": "x"} | {
    f"LAERINGSBOT_{name.upper()}": value for name, value in FACTS.items()
}


def served_last(ago: timedelta):  # type: ignore[no-untyped-def]
    """As a backup has it that was taken so long ago."""

    def work(uow: UnitOfWork) -> None:
        hold.live(uow, watches=False)
        uow.session.execute(update(hold.delivery).values(alive_at=hold.clock(uow) - ago))

    return work


@pytest.fixture
def worker(post: Post) -> Delivery:
    """As `serve` has it in earnest."""
    post.delivery.watches = True
    return post.delivery


async def lives(database: Database) -> None:
    """What `serve` does each minute, and when it starts."""
    await database.write(lambda uow: hold.live(uow, watches=True))


async def stands(database: Database) -> hold.Hold:
    return await database.read(hold.standing)


async def test_what_was_restored_from_a_backup_of_yesterday_sends_nothing_until_it_is_released(
    post: Post, worker: Delivery
) -> None:
    post.now = datetime.now(UTC)
    due = await post.plan(post.town.leader, PromptKind.ASKED, due_at=post.now - timedelta(hours=20))
    later = await post.plan(post.town.chief, PromptKind.ASKED, due_at=post.now + timedelta(minutes=5))
    await post.database.write(served_last(EARLIER))
    await lives(post.database)
    assert await worker.deliver_due() == 0
    assert (await stands(post.database)).because is HeldBecause.SILENCE
    post.now += timedelta(minutes=10)
    assert await worker.deliver_due() == 0
    assert not post.channel.connector.calls

    ended = await post.database.write(lambda uow: hold.let_go(uow, post.now, send_what_waited=False))
    assert ended == 1
    assert await worker.deliver_due() == 1
    assert await post.states(due, later) == [PromptState.EXPIRED, PromptState.SENT]
    assert (await post.prompt(due)).reason == hold.RESTORED


async def test_a_database_that_is_restored_under_a_running_bot_is_noticed_before_the_next_message(
    post: Post, worker: Delivery
) -> None:
    await post.plan(post.town.leader, PromptKind.ASKED)
    await lives(post.database)
    assert await worker.deliver_due() == 1
    await post.database.write(served_last(EARLIER))
    await post.plan(post.town.chief, PromptKind.ASKED)
    before = len(post.channel.connector.calls)
    assert await worker.deliver_due() == 0
    assert len(post.channel.connector.calls) == before


async def test_what_was_under_way_when_the_backup_was_taken_is_parked_and_not_sent_again(post: Post) -> None:
    claimed, sending = await post.plan(post.town.leader), await post.plan(post.town.chief)

    def as_backed_up(uow: UnitOfWork) -> None:
        from storage import prompt_claim, prompt_outcome

        taken = prompt_claim.claim(uow, owner="lost", now=post.now, limit=5, rate=50, quiet=MUNICIPALITY.quiet)
        marked = next(each for each in taken if each.person_id == post.town.chief.id)
        assert prompt_outcome.mark_sending(uow, marked.id, "lost")
        hold.hold(uow, HeldBecause.SILENCE)

    await post.database.write(as_backed_up)
    await post.database.write(lambda uow: hold.let_go(uow, post.now, send_what_waited=False))
    assert await post.states(claimed, sending) == [PromptState.EXPIRED, PromptState.UNCERTAIN]
    assert await post.deliver() == 0


async def test_a_machine_that_only_stood_still_sends_what_waited(post: Post, worker: Delivery) -> None:
    key = await post.plan(post.town.leader)
    await post.database.write(served_last(EARLIER))
    await lives(post.database)
    await post.database.write(lambda uow: hold.let_go(uow, post.now, send_what_waited=True))
    await worker.deliver_due()
    assert await post.states(key) == [PromptState.SENT]


@pytest.mark.parametrize("ago", [timedelta(minutes=1), timedelta(hours=1)])
async def test_a_restart_and_a_clock_that_is_put_forward_by_an_hour_hold_nothing(
    post: Post, worker: Delivery, ago: timedelta
) -> None:
    await post.plan(post.town.leader)
    await post.database.write(served_last(ago))
    await lives(post.database)
    assert await worker.deliver_due() == 1
    assert (await stands(post.database)).held_at is None


async def test_a_programs_clock_that_goes_back_and_forth_across_the_databases_holds_nothing_and_sends_each_once(
    post: Post, worker: Delivery
) -> None:
    """What falls due goes by the program's clock, for how long nobody has served by the database's."""
    there = datetime.now(UTC)
    due = await post.plan(post.town.leader, PromptKind.ASKED, due_at=there, expires_at=there + EARLIER)
    keys, states = [due], []
    for hours in (-3, 3, -3, 0):
        post.now = there + timedelta(hours=hours)
        keys.append(await post.plan(post.town.leader, PromptKind.ASKED))
        await lives(post.database)
        while await worker.deliver_due():
            pass
        assert (await stands(post.database)).held_at is None
        states += await post.states(due)
    assert states == [PromptState.PENDING, *[PromptState.SENT] * 3]
    assert await post.states(*keys) == [PromptState.SENT] * 5
    assert len(post.chat(post.town.leader)) == 5


async def test_a_database_that_was_never_served_holds_nothing(post: Post, worker: Delivery) -> None:
    await lives(post.database)
    assert (await stands(post.database)).held_at is None
    assert (await stands(post.database)).alive_at is not None


async def test_a_replaced_card_is_true_whenever_it_comes_and_waits_for_the_release(post: Post) -> None:
    key = await post.plan(post.town.leader, PromptKind.UPDATE, replaces="1")
    await post.database.write(lambda uow: hold.hold(uow, HeldBecause.ASKED))
    assert await post.deliver() == 0
    assert await post.database.write(lambda uow: hold.let_go(uow, post.now, send_what_waited=False)) == 0
    assert await post.states(key) == [PromptState.PENDING]


async def test_the_doctor_tells_of_a_hold_and_what_to_run(post: Post, database_url: str) -> None:
    async def told() -> str:
        found = await examine(Settings.load(None, database_url=database_url), post.now)
        return "\n".join(f"{each.what} {each.advice}" for each in found if not each.is_well)

    assert "nobody has served this database yet" in await told()
    await post.database.write(served_last(timedelta(hours=1)))
    assert "nobody has served this database since" in await told()
    await post.database.write(served_last(timedelta(0)))
    assert "has served" not in await told()
    await post.database.write(lambda uow: hold.hold(uow, HeldBecause.SILENCE))
    assert "laeringsbot release" in await told()


@pytest.fixture
def terminal(tmp_path: Path, database_url: str) -> Terminal:
    return Terminal(tmp_path, database_url)


def test_withhold_and_release_are_commands(terminal: Terminal) -> None:
    assert "laeringsbot release" in terminal.run("withhold").stdout
    assert "held back" in terminal.run("doctor").stdout
    assert terminal.run("tick", "--local").stdout == "0 messages handled.\n"
    assert "0 that fell due" in terminal.run("release").stdout
    assert "held back" not in terminal.run("doctor").stdout


def test_a_tick_holds_what_nobody_has_served_for_hours_and_leaves_its_own_sign_of_life(terminal: Terminal) -> None:
    async def stood(ago: timedelta | None = None) -> hold.Hold:
        database = Database(terminal.environment["LAERINGSBOT_DATABASE_URL"])
        await database.start()
        if ago is not None:
            await database.write(served_last(ago))
        found = await stands(database)
        await database.close()
        return found

    asyncio.run(stood(EARLIER))
    assert terminal.run("tick", "--at", "2026-04-15 10:00", **IN_EARNEST).stdout == "0 messages handled.\n"
    assert asyncio.run(stood()).held_at is None
    assert terminal.run("tick", **IN_EARNEST).stdout == "0 messages handled.\n"
    held = asyncio.run(stood())
    assert held.because is HeldBecause.SILENCE
    assert held.silent_for < timedelta(hours=1)
    terminal.run("release")
    asyncio.run(stood(timedelta(hours=1)))
    terminal.run("tick", **IN_EARNEST)
    served = asyncio.run(stood())
    assert (served.held_at, served.silent_for < timedelta(minutes=30)) == (None, True)


async def test_a_tick_after_a_restore_sends_nothing_again(post: Post) -> None:
    post.now = datetime.now(UTC)
    key = await post.plan(post.town.leader, PromptKind.ASKED, due_at=post.now - timedelta(hours=20))
    await post.database.write(served_last(EARLIER))
    scheduler = Scheduler(post.database, post.messenger, MUNICIPALITY, lambda: post.now, watches=True)
    assert await scheduler.tick() == 0
    assert await post.states(key) == [PromptState.PENDING]
    assert not post.channel.connector.calls


def test_a_database_is_copied_while_it_is_served_and_the_copy_is_restored_and_released(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path}/laeringsbot.db")
    terminal.run("migrate")
    with terminal.serving():
        assert "holds everything" in terminal.run("backup", "copy.db").stdout
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    again = terminal.run("backup", "copy.db")
    assert (again.returncode, "copy.db" in again.stderr) == (2, True)
    restored = Terminal(tmp_path, f"sqlite:///{tmp_path}/copy.db")
    assert "already" in restored.run("migrate").stdout
    assert "Messages are sent again" in restored.run("release").stdout
    astray = Terminal(tmp_path, f"sqlite:///{tmp_path}/kopi/laeringsbot.db")
    for command in (("backup", "other.db"), ("release",), ("doctor",)):
        done = astray.run(*command)
        assert f"there is no database at {tmp_path}/kopi/laeringsbot.db" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert f"{tmp_path}/kopi: there is no such folder" in astray.run("migrate").stderr
    assert not (tmp_path / "kopi").exists(), "a name that is mistyped leaves nothing behind"
    folder = Terminal(tmp_path, f"sqlite:///{tmp_path}").run("backup", "other.db")
    assert (folder.returncode, "cannot be reached" in folder.stderr, "Traceback" in folder.stderr) == (2, True, False)
    beside = Terminal(tmp_path, "postgresql+psycopg://laeringsbot@127.0.0.1:9/laeringsbot")
    assert "pg_dump" in beside.run("backup", "other.db").stderr
