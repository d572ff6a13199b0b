"""Threads that run units of work for the event loop and answer it."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)

Work = Callable[[Any], Any]


@dataclass(frozen=True)
class Outcome:
    """What became of one unit of work: a result or an error; `calls` are to be made on the event loop."""

    result: Any = None
    error: BaseException | None = None
    calls: tuple[Callable[[], None], ...] = ()


Run = Callable[[Sequence[Work]], Iterable[Sequence[Outcome]]]


@dataclass(frozen=True)
class _Job:
    work: Work
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop


class Threads:
    """A thread for each of `runs`, to which it hands up to `together` units of work that wait while all are busy.

    It gives an outcome for each in their order, a few at a time. Work that was asked for is always done, even if nobody
    waits for it.
    """

    def __init__(self, name: str, runs: Sequence[Run], together: int = 1) -> None:
        self._together = together
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._is_free = [True] * len(runs)
        self._threads = [
            threading.Thread(target=self._serve, args=(number, run), name=f"{name}-{number + 1}", daemon=True)
            for number, run in enumerate(runs)
        ]
        self._closed = False
        for thread in self._threads:
            thread.start()

    async def do(self, work: Work) -> Any:
        if self._closed:
            raise RuntimeError("the database is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._queue.put(_Job(work, future, loop))
        return await future

    async def close(self) -> None:
        """Returns when everything that was asked for is done."""
        self._closed = True
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _serve(self, number: int, run: Run) -> None:
        while (first := self._queue.get()) is not None:
            self._is_free[number] = False
            jobs = [first, *self._waiting()]
            left = jobs
            try:
                for outcomes in run([job.work for job in jobs]):
                    told, left = left[: len(outcomes)], left[len(outcomes) :]
                    # Before the answer: what is asked for because of it is this thread's, and not put to another group.
                    self._is_free[number] = not left
                    _answer(told, outcomes)
            except BaseException as error:
                _answer(left, [Outcome(error=error)] * len(left))
            self._is_free[number] = True

    def _waiting(self) -> list[_Job]:
        jobs: list[_Job] = []
        # What a free thread is about to take is left to it.
        while len(jobs) < self._together - 1 and self._queue.qsize() > sum(self._is_free):
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._queue.put(None)
                break
            jobs.append(job)
        return jobs


def _answer(jobs: Sequence[_Job], outcomes: Sequence[Outcome]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Job, Outcome]]] = {}
    for job, outcome in zip(jobs, outcomes, strict=True):
        by_loop.setdefault(job.loop, []).append((job, outcome))
    for loop, answers in by_loop.items():
        try:
            loop.call_soon_threadsafe(_deliver, answers)
        except RuntimeError:
            log.warning("%s units of work were done after the event loop had closed", len(answers))


def _deliver(answers: Sequence[tuple[_Job, Outcome]]) -> None:
    for job, outcome in answers:
        for call in outcome.calls:
            try:
                call()
            except Exception as fault:
                log.error("a call after the commit failed: %s", type(fault).__name__)
        if job.future.done():
            if outcome.error is not None:
                # Its kind alone: the text of an error may quote what somebody typed.
                log.error("a unit of work that nobody waits for any more failed: %s", type(outcome.error).__name__)
        elif outcome.error is None:
            job.future.set_result(outcome.result)
        elif isinstance(outcome.error, StopIteration):
            # A future cannot hold a StopIteration, and whoever waits for it would wait for ever.
            job.future.set_exception(RuntimeError("a unit of work raised StopIteration"))
        else:
            job.future.set_exception(outcome.error)
