"""What is due, derived anew every minute from what is true; any number of replicas may do it at once."""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dialogs import CLOCKS
from dialogs.flow import Looks, Planning
from domain.kept import Kind
from domain.municipality import Municipality
from domain.prompt import Occasion
from storage import deleting, hold, message, prompt, retention
from storage.database import Database
from storage.errors import DatabaseError, would_be_the_same_for_others
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AHEAD = timedelta(days=1)
WHOLE_EVERY = timedelta(hours=1)


@dataclass
class Rounds:
    """What one process remembers from round to round: how each place looked when all was planned for it.

    A clock that goes by it derives only what looks otherwise. Each hour, and after anything that might have changed
    what is planned behind its back, everything is looked at as if nothing were remembered. `failing` are the flows
    whose clocks failed in the newest round, with the kind of the error, and `failed` how often each has.
    """

    _looks: Looks = field(default_factory=dict)
    _whole_at: datetime | None = None
    _last_at: datetime | None = None
    _municipality: Municipality | None = None
    forgotten: int = 0
    failing: Mapping[str, str] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)

    def before(self, now: datetime, municipality: Municipality) -> Looks | None:
        """What the round before saw; None where everything is to be looked at."""
        if self._whole_at is None or self._last_at is None or municipality != self._municipality:
            return None
        # A clock that was set back has seen too much.
        return self._looks if self._last_at <= now < self._whole_at + WHOLE_EVERY else None

    def keep(self, planning: Planning, forgotten: int) -> None:
        """What a round saw, once what it has planned is committed; nothing where it was to be forgotten meanwhile."""
        if forgotten != self.forgotten:
            return
        if planning.before is None:
            self._whole_at, self._municipality = planning.now, planning.municipality
        self._looks, self._last_at = planning.looks, planning.now

    def forget(self) -> None:
        """Has everything looked at by the next round that begins."""
        self._whole_at, self.forgotten = None, self.forgotten + 1


async def plan(database: Database, now: datetime, municipality: Municipality, rounds: Rounds | None = None) -> None:
    """Inserts every occasion that falls due within a day, once; cancels what has lost its reason; ends what is over.

    With `rounds`, clocks may go by what this process saw in the round before. Where a flow's clock fails, all others
    are planned without it.
    """
    rounds = rounds or Rounds()
    before, forgotten = rounds.before(now, municipality), rounds.forgotten
    try:
        rounds.keep(await database.write(lambda uow: plan_in(uow, now, municipality, before)), forgotten)
        rounds.failing = {}
    except Exception as fault:
        if would_be_the_same_for_others(fault):
            raise
        log.error("planning fails, and each clock is asked by itself: %s", type(fault).__name__)
        rounds.forget()
        rounds.failing = await _plan_apart(database, now, municipality)
        rounds.failed.update(rounds.failing.keys())


def plan_in(uow: UnitOfWork, now: datetime, municipality: Municipality, before: Looks | None = None) -> Planning:
    """One round in a unit of work, by what was seen `before` it; what it saw is in the planning that it returns."""
    planning = Planning(uow=uow, now=now, until=now + AHEAD, municipality=municipality, before=before)
    _settle(planning, [occasion for _, clock in CLOCKS for occasion in clock(planning)])
    hold.planned(uow)
    return planning


async def _plan_apart(database: Database, now: datetime, municipality: Municipality) -> Mapping[str, str]:
    """A round in which each clock is asked by itself; returns the flows of those that fail, with the kind of the error.

    Nothing is kept of what such a clock has done or derived. What it derived before stays planned: its card is drawn
    when it is sent, or not at all where it has no reason.
    """

    def planning(uow: UnitOfWork) -> Planning:
        return Planning(uow=uow, now=now, until=now + AHEAD, municipality=municipality)

    derived: list[Occasion] = []
    failing: dict[str, str] = {}
    for flow, clock in CLOCKS:
        try:
            derived += await database.rehearse(lambda uow, clock=clock: list(clock(planning(uow))))  # type: ignore[misc]
        except Exception as fault:
            if would_be_the_same_for_others(fault):
                raise
            failing[flow.name] = type(fault).__name__
            log.error("the clock of %s fails: %s", flow.name, type(fault).__name__)
    but = [view for flow, _ in CLOCKS if flow.name in failing for view in flow.views]

    def settle(uow: UnitOfWork) -> None:
        _settle(planning(uow), derived, but)
        hold.planned(uow, failing)

    await database.write(settle)
    return failing


def _settle(planning: Planning, derived: Sequence[Occasion], but: Collection[str] = ()) -> None:
    """Plans what is derived and ends what is over; what else had been planned has lost its reason, `but` of views that
    nobody can tell of."""
    uow, now = planning.uow, planning.now
    coming = [each for each in derived if now < each.expires_at and each.due_at <= planning.until]
    # First, so that what is over ends as such also where no clock derives it any more.
    expired = prompt.expire(uow, now)
    known = prompt.waiting(uow, planning.only)
    prompt.plan_all(uow, prompt.not_yet_planned(uow, coming, known), is_planned=True)
    stays = prompt.waiting_of(uow, but) if but else frozenset()
    cancelled = prompt.cancel_what_no_clock_derives(uow, {each.key for each in derived} | stays, known)
    if cancelled or expired:
        log.info("planned: %s cancelled, %s expired", cancelled, expired)


async def tidy(database: Database, now: datetime) -> None:
    """Drops what is kept only for a while: answers to repeated presses, marks of old cards, and what a rule says.

    What cannot be done is left for the next night, and keeps nothing else from being done.
    """
    with _left_for_the_next_night("what is kept for a while"):
        await database.write(lambda uow: message.tidy(uow, now))
    kinds: list[Kind] = []
    with _left_for_the_next_night("the rules of deletion"):
        kinds = sorted(await database.read(retention.rules))
    for kind in kinds:
        with _left_for_the_next_night(f"deletion of {kind.value}"):
            await _delete(database, kind, now)


async def _delete(database: Database, kind: Kind, now: datetime) -> None:
    """A batch in a transaction of its own, as long as there is one and no other replica is at it."""

    def batch(uow: UnitOfWork) -> dict[str, int]:
        return deleting.delete_batch(uow, kind, now) if deleting.is_alone(uow) else {}

    while deleted := await database.write(batch):
        for table, count in deleted.items():
            log.info("deleted by its rule: %s of %s", count, table)


@contextmanager
def _left_for_the_next_night(what: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as fault:
        log.warning("%s waits for the database: %s", what, type(fault).__name__)
    except Exception as fault:
        # Such as a row that came to point at what was to go.
        log.error("%s is left for the next night: %s", what, type(fault).__name__)
