"""Reaching people who have not met the bot: who they are in the directory, the app for them, and their chats.

Minute by minute the planner marks who is missing; each is taken by one replica, and every call takes its turn under the
rate that messages keep to as well. When Graph has had enough, no replica asks it until its time is up. Each night the
directory is asked about everybody, by one replica.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from domain.municipality import Municipality
from domain.organisation import Person
from domain.reach import Account, App, Found, account_of
from scheduler.directory import AT_ONCE, NOT_INSTALLED, Busy, Directory, Missing, Refused
from storage import hold, pace, reach
from storage.database import Database
from storage.errors import DatabaseError
from storage.reach import LookedUp, Task
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")

WAVE = 20
POLL = 60.0
# The channel tells of an installation by itself, within seconds; its word is better than what Graph says of the chat.
LOOK_AFTER = timedelta(minutes=2)
TRY_AGAIN_AFTER = timedelta(minutes=10)
REFUSED_FOR = timedelta(days=1)
BUSY_FOR = 60.0
LONGEST_WAIT = 600.0
# And for whoever sits at a terminal meanwhile.
KIND_WAIT = 20.0
MOST_WAITS = 5
# One replica looks everybody up each night, and whoever is new soon after they are on the list.
NIGHTLY, NEW, GRAPH = "directory", "directory: new people", "graph"
NIGHTLY_FOR, NEW_FOR = timedelta(hours=20), timedelta(minutes=10)
CALLS_TO_INSTALL, CALLS_TO_FIND = 1, 3


@dataclass
class Reaching:
    """Reaches people, for one process; nothing is done where nothing of it is set up. `watches` as in `Delivery`.

    Where somebody `is_waiting` for it, a directory that does not answer is given up at once, and one that asks for a
    long rest, too: at night nobody waits.
    """

    database: Database
    directory: Directory
    municipality: Municipality
    now: Callable[[], datetime]
    rate: float = 25
    watches: bool = False
    is_waiting: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    @property
    def is_set_up(self) -> bool:
        return self.directory.looks_up or self.directory.installs

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Reaches whom it can until it is cancelled, which may be at any time: every step can be done twice."""
        while self.is_set_up:
            try:
                await self.once()
            except DatabaseError as fault:
                log.warning("reaching people waits for the database: %s", type(fault).__name__)
            except Exception as fault:
                log.error("reaching people: %s", type(fault).__name__)
            await self._pause()

    async def once(self) -> int:
        """Looks up who is new, and does what is due now; returns for how many people something was done.

        Nobody gets the app while messages are held back: whoever does is welcomed.
        """
        if self.directory.looks_up:
            await self._look_up_new()
        if not self.directory.installs:
            return 0
        now, today = self.now(), self._today()
        await self.database.write(lambda uow: reach.plan_reach(uow, now, today))
        done = 0
        while True:
            tasks = await self.database.write(self._claim)
            for number, each in enumerate(tasks):
                if not await self._do(each):
                    rest = [task.person_id for task in tasks[number + 1 :]]
                    await self.database.write(partial(reach.release_reach, people=rest, now=self.now()))
                    return done
                done += 1
            if not tasks:
                return done
        return done

    async def nightly(self) -> None:
        """Looks everybody up, once in all replicas."""
        if not self.directory.looks_up:
            return
        now = self.now()
        try:
            if await self.database.write(lambda uow: pace.take_turn(uow, NIGHTLY, now, now + NIGHTLY_FOR)):
                await self.look_up()
        except (Busy, Refused, Missing) as why:
            log.warning("the directory could not be read: %s", why.reason)
        except DatabaseError as fault:
            log.warning("the directory waits for the database: %s", type(fault).__name__)

    async def look_up(self, *, only_new: bool = False, progress: Callable[[int, int], None] | None = None) -> LookedUp:
        """Asks the directory about everybody with a role, and keeps what it says.

        Raises what `Directory` raises when it will not answer; what was found until then is kept.
        """
        today = self._today()
        people = list(await self.database.read(lambda uow: reach.people_to_look_up(uow, today, only_new=only_new)))
        if progress:
            progress(0, len(people))
        report = LookedUp()
        if self.directory.is_group:
            members = [each async for page in self._members() for each in page]
            names = {each.email for each in people} | {each.aad_object_id for each in people}
            report.not_on_the_list = sum(not ({each.identity} | each.emails) & names for each in members)
            return await self._keep(people, members, report)
        for start in range(0, len(people), AT_ONCE // 2):
            some = people[start : start + AT_ONCE // 2]
            identities = [each.aad_object_id for each in some if each.aad_object_id]
            found = await self._patiently(
                partial(self.directory.accounts, identities, [each.email for each in some]), 3
            )
            report = await self._keep(some, found, report)
            if progress:
                progress(min(start + len(some), len(people)), len(people))
        return report

    async def _members(self) -> AsyncIterator[Sequence[Found]]:
        """The group's pages; each takes a turn, and one that Graph is too busy for is waited for."""
        # A page that failed cannot be asked for again in the middle, so the reading begins anew.
        for wait in range(MOST_WAITS + 1):
            pages: list[Sequence[Found]] = []
            try:
                await self._rested()
                await self._turns(1)
                async for page in self.directory.members():
                    pages.append(page)
                    await self._rested()
                    await self._turns(1)
            except Busy as why:
                if wait == MOST_WAITS or not await self._waited(why):
                    raise
                continue
            for page in pages:
                yield page
            return

    async def _keep(self, people: Sequence[Person], found: Sequence[Found], report: LookedUp) -> LookedUp:
        is_group, now = self.directory.is_group, self.now()
        told = [(each.id, *account_of(each.aad_object_id, each.email, found, is_group=is_group)) for each in people]
        kept = await self.database.write(lambda uow: reach.record_accounts(uow, told, now))
        for account, count in kept.by_account.items():
            report.by_account[account] = report.by_account.get(account, 0) + count
        report.filled_in += kept.filled_in
        return report

    async def _look_up_new(self) -> None:
        now, today = self.now(), self._today()

        def is_due(uow: UnitOfWork) -> bool:
            is_new = bool(reach.people_to_look_up(uow, today, only_new=True))
            return is_new and pace.take_turn(uow, NEW, now, now + NEW_FOR)

        if await self.database.write(is_due):
            try:
                await self.look_up(only_new=True)
            except (Busy, Refused, Missing) as why:
                log.warning("the directory could not be read: %s", why.reason)

    def _claim(self, uow: UnitOfWork) -> Sequence[Task]:
        now = self.now()
        if hold.is_held(uow, watches=self.watches) or pace.is_resting(uow, GRAPH, now):
            return []
        return reach.claim_reach(uow, now, self._today(), WAVE)

    async def _do(self, task: Task) -> bool:
        """The next step for one person; False when Graph has had enough of all of us for now."""
        step = partial(reach.record_step, person_id=task.person_id)
        try:
            if task.app is not App.INSTALLED:
                await self._turns(CALLS_TO_INSTALL)
                if await self.directory.install(task.identity):
                    next_at = self.now() + LOOK_AFTER
                    await self.database.write(partial(step, next_at=next_at, app=App.INSTALLED))
                    return True
            await self._turns(CALLS_TO_FIND)
            service_url = await self.database.read(reach.known_service_url)
            address = await self.directory.chat_with(task.identity, service_url)
            now = self.now()
            await self.database.write(lambda uow: reach.record_recovered(uow, task.person_id, address, now))
        except Missing as why:
            await self.database.write(partial(self._missing, task=task, reason=why.reason))
        except Refused as why:
            again_at = self.now() + REFUSED_FOR
            app = task.app if task.app is App.INSTALLED else App.REFUSED
            await self.database.write(partial(step, next_at=again_at, app=app, reason=why.reason))
        except Busy as why:
            wait = timedelta(seconds=why.retry_after) if why.retry_after else TRY_AGAIN_AFTER
            again_at, reason = self.now() + wait, why.reason
            await self.database.write(partial(step, next_at=again_at, reason=reason))
            if why.is_for_all:
                rest_until = self.now() + timedelta(seconds=why.retry_after or BUSY_FOR)
                await self.database.write(lambda uow: pace.let_rest(uow, GRAPH, rest_until))
                return False
        return True

    def _missing(self, uow: UnitOfWork, task: Task, reason: str) -> None:
        """No account, where the app was to be installed; where it was installed before, it is not there any more."""
        if task.app is App.INSTALLED:
            reach.record_removed(uow, task.person_id, None, self.now())
            return
        again_at = self.now() + REFUSED_FOR
        account = None if reason == NOT_INSTALLED else Account.NONE
        reach.record_step(uow, task.person_id, next_at=again_at, account=account, reason=reason)

    async def _turns(self, calls: int) -> None:
        """Waits until it is the turn of these calls, under the rate of all replicas."""
        now = self.now()
        slots = await self.database.write(lambda uow: pace.take_slots(uow, now, calls, self.rate))
        # Nobody asks the clock again, which might have been set back by an hour meanwhile.
        await asyncio.sleep(max(0.0, (slots[0] - now).total_seconds()))

    async def _patiently(self, call: Callable[[], Awaitable[T]], calls: int) -> T:
        """What the call gives, waiting as long as Graph asks for."""
        for wait in range(MOST_WAITS + 1):
            await self._rested()
            await self._turns(calls)
            try:
                return await call()
            except Busy as why:
                if wait == MOST_WAITS or not await self._waited(why):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _rested(self) -> None:
        """Waits until Graph may be asked again, whichever replica it told; `Busy` where that is too long."""
        for _ in range(MOST_WAITS + 1):
            rest = await self.database.read(partial(pace.rests_for, name=GRAPH, now=self.now()))
            left = rest.total_seconds()
            if not left:
                return
            if left > self._longest_wait:
                break
            await asyncio.sleep(left)
        raise Busy("Resting", left)

    async def _waited(self, why: Busy) -> bool:
        """Waits as Graph asks for, everybody else with us; False where that is too long."""
        wait = BUSY_FOR if why.retry_after is None else why.retry_after
        if why.is_for_all:
            until = self.now() + timedelta(seconds=wait)
            await self.database.write(lambda uow: pace.let_rest(uow, GRAPH, until))
        if wait > self._longest_wait or (self.is_waiting and why.retry_after is None):
            return False
        await asyncio.sleep(wait)
        return True

    @property
    def _longest_wait(self) -> float:
        return KIND_WAIT if self.is_waiting else LONGEST_WAIT

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), POLL)
        except TimeoutError:
            pass
        self._woken.clear()

    def _today(self) -> date:
        return self.now().astimezone(self.municipality.zone).date()
