"""What an operator alarms on, in the text format of Prometheus: numbers and fixed words, never a name.

    laeringsbot_delivery_held 0.0
    laeringsbot_prompts{state="uncertain"} 2.0

Each word that is known beforehand is shown from 0 on: Prometheus sees no increase in what first appears as 1. Turns and
refusals are counted where they happen, in `bot.web`; all that stands here is read when somebody asks.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.answers import OUTCOMES as ANSWERED
from bot.guard import FORWARDED
from bot.health import WITHIN, Health
from bot.tokens import REASONS
from bot.values import is_loopback
from dialogs import CLOCKS
from domain.journal import JournalState
from domain.quiet import QuietTimes
from scheduler.posting import OUTCOMES as POSTED
from storage import hold, journal
from storage.errors import DatabaseError
from storage.prompt_standing import OPEN, Standing, standing
from storage.reach import number_unreached
from storage.unit_of_work import UnitOfWork

LAG_SLOTS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
# A stillness is seen by how late the look is that fell into it, which is at most by this less than it lasted.
LOOK_EVERY: Final = 0.02
FLOWS: Final = tuple(flow.name for flow, _ in CLOCKS)
KINDS: Final = tuple(kind.__name__ for kind in DatabaseError.__subclasses__())
# What is counted and none of the words known: somebody else's code, of which there may be any number.
OTHER: Final = "other"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Kept:
    """What the database says."""

    stands: Standing
    unreached: int
    hold: hold.Hold
    journal: journal.Standing


@dataclass(eq=False)
class Metrics(Collector):
    """Everything about delivery, database, tokens and the loop, for `/metrics`; `now` and `quiet` say what is late.

    `answers` counts what became of the answers to what people typed.
    """

    health: Health
    quiet: QuietTimes
    now: Callable[[], datetime]
    answers: Mapping[str, int]
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _kept: _Kept | None = field(default=None, init=False)
    _is_ready: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        ProcessCollector(namespace="laeringsbot", registry=self.registry)
        self.registry.register(self)
        self.lag = Histogram(
            "laeringsbot_loop_lag_seconds",
            "How late the event loop comes to what it has planned",
            registry=self.registry,
            buckets=LAG_SLOTS,
        )

    async def refresh(self) -> None:
        """Looks again, so that what is shown next is of now."""
        self._is_ready = not await self.health.problems()
        try:
            async with asyncio.timeout(WITHIN):
                self._kept = await self.health.database.read(self._read)
        except (DatabaseError, TimeoutError):
            self._kept = None
        except Exception as fault:
            # What this process knows by itself is shown all the same.
            log.error("the database could not be asked for the metrics: %s", type(fault).__name__)
            self._kept = None

    async def watch_the_loop(self) -> None:
        """Measures, until it is cancelled, how long whoever wants the loop waits for it; each stillness is one look."""
        loop = asyncio.get_running_loop()
        while True:
            planned = loop.time() + LOOK_EVERY
            await asyncio.sleep(LOOK_EVERY)
            self.lag.observe(max(0.0, loop.time() - planned))

    def describe(self) -> Iterable[Metric]:
        """Nothing: the names are not asked for before there is something to show."""
        return []

    def collect(self) -> Iterator[Metric]:
        scheduler, database = self.health.scheduler, self.health.database
        yield _gauge("ready", "Whether /readyz says so", self._is_ready)
        yield _gauge("delivery_alive", "Whether this process delivers", scheduler.delivery.problem() is None)
        if scheduler.ticked_at:
            planned = scheduler.ticked_at.timestamp()
            yield _gauge("planned_timestamp_seconds", "When this process last planned, or began to", planned)
        failed, sent = scheduler.rounds.failed, scheduler.delivery.outcomes
        yield _counter("clock_failures", "Rounds without a flow whose clock failed", "flow", failed, FLOWS)
        yield _counter("messages", "Messages by what became of them", "outcome", sent, POSTED)
        yield _counter("answers", "Answers by what became of them", "outcome", self.answers, ANSWERED)
        yield _counter("database_failures", "What the database could not do", "kind", database.failed, KINDS)
        yield _counter("token_failures", "Tokens that could not be had", "reason", self.health.tokens.failed, REASONS)
        free = database.free_bytes()
        if free is not None:
            yield _gauge("disk_free_bytes", "Room on the disk of the SQLite database", free)
        yield _gauge("database_up", "Whether the database answers", self._kept is not None)
        if self._kept:
            yield from self._of_database(self._kept)

    def _of_database(self, kept: _Kept) -> Iterator[Metric]:
        stands = kept.stands
        prompts = GaugeMetricFamily("laeringsbot_prompts", "Prompts that are not done with", labels=["state"])
        for state in OPEN:
            prompts.add_metric([state.value], stands.by_state.get(state.value, 0))
        yield prompts
        yield _gauge("prompts_late", "Prompts that could have gone five minutes ago", stands.late)
        waited = (self.now() - stands.oldest_due_at).total_seconds() if stands.oldest_due_at else 0
        yield _gauge("oldest_late_seconds", "How long the oldest of those has been due", waited)
        yield _gauge("people_unreached", "People who cannot be written to; doctor names them", kept.unreached)
        yield _gauge(
            "delivery_held", "Whether nothing is sent until laeringsbot release", kept.hold.held_at is not None
        )
        records = GaugeMetricFamily("laeringsbot_journal_records", "Records for the journal", labels=["state"])
        for each in JournalState:
            records.add_metric([each.value], kept.journal.by_state.get(each, 0))
        yield records
        overdue = kept.journal.overdue
        yield _gauge("journal_overdue", "Records that have waited for the journal for more than a day", overdue)
        planned = kept.hold.planned_at.timestamp() if kept.hold.planned_at else 0
        yield _gauge("served_timestamp_seconds", "When any replica last planned what is due; 0 is never", planned)
        if kept.hold.clock:
            off = (datetime.now(UTC) - kept.hold.clock).total_seconds()
            yield _gauge("clock_offset_seconds", "This machine's clock against the database's", off)

    def _read(self, uow: UnitOfWork) -> _Kept:
        now = self.now()
        return _Kept(
            standing(uow, now, self.quiet, only_open=True),
            number_unreached(uow, now, now.astimezone(self.quiet.zone).date()),
            hold.standing(uow),
            journal.standing(uow, now),
        )


def may_read(request: web.Request, token: str) -> bool:
    """Whoever has the token; where none is set, programs of this machine that no proxy speaks for."""
    if token:
        given = request.headers.get("Authorization", "")
        # Bytes that are not UTF-8 arrive as surrogates, and are the wrong token like any other.
        return compare_digest(given.encode(errors="surrogateescape"), f"Bearer {token}".encode())
    is_forwarded = any(name in request.headers for name in FORWARDED)
    return is_loopback(request.remote or "") and not is_forwarded


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"laeringsbot_{name}", meaning, value=float(value))


def _counter(name: str, meaning: str, label: str, counts: Mapping[str, int], words: Iterable[str]) -> Metric:
    shown = dict.fromkeys((*words, OTHER), 0)
    for word, count in list(counts.items()):
        shown[word if word in shown else OTHER] += count
    made = CounterMetricFamily(f"laeringsbot_{name}", meaning, labels=[label])
    for word in sorted(shown):
        made.add_metric([word], shown[word])
    return made
