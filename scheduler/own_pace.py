"""How one worker keeps to its part of the rate, whatever becomes of the turns that are given out beforehand to all."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.messenger import Messenger

# Of the rate, what is used of it: the channel counts by its own clock, and the ways there are not equally long. A
# second's worth of calls takes 20 ms longer than a second, so that none of them can come there that much early or late.
USED = 0.98
LOOK_AGAIN = 0.05


@dataclass
class OwnPace:
    """What this replica has called the channel for: posts, which have a turn, and answers and repetitions, which have
    none. `rate` is the calls a second that the channel takes of all replicas together, `parts` into how many parts it
    is divided, one of which is this replica's; 0 while it has none, and posts nothing."""

    messenger: Messenger
    rate: float
    parts: Callable[[], int] = lambda: 1
    _reported: int = field(default=0, init=False)
    _noticed: int = field(default=0, init=False)
    _calls: deque[float] = field(init=False)
    _next: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _planned: deque[float] = field(init=False)
    _behind: float = field(default=0.0, init=False)
    _turn_at: float = field(default=0.0, init=False)
    _put_off: float = field(default=0.0, init=False)
    _put_off_after: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        a_second = max(1, int(self.rate))
        self._calls, self._planned = deque(maxlen=a_second), deque(maxlen=a_second)

    @property
    def steady(self) -> float:
        """The rate at which turns are given out."""
        return self.rate * USED

    @property
    def part(self) -> int:
        """How many calls of a second are this replica's; 0 while it has no part in the rate."""
        parts = self.parts()
        return max(1, int(self.rate / parts)) if parts else 0

    def besides(self) -> int:
        """How many turns the next ones of all replicas are to leave free, since this was asked last: as many as there
        were calls without a turn."""
        before, self._reported = self._reported, self._without_a_turn()
        return self._reported - before

    def turns(self, given: Sequence[float]) -> list[float]:
        """When this replica uses the turns that it was given, which are in their order; all on the loop's clock.

        None is used before its part of the rate has room for it, nor before those that it has already can be through,
        which are as late as its last post was. So what passes by unused puts off its own next ones. The others, whose
        parts are no larger for it, keep theirs.
        """
        step, part = 1 / self.steady, self.part
        free_at = self._planned[-1] + step + self._late() if self._planned else -math.inf
        used: list[float] = []
        for turn_at in given:
            at = max(turn_at, free_at)
            if len(self._planned) >= part > 0:
                at = max(at, self._planned[-part] + self._second)
            self._planned.append(at)
            used.append(at)
            free_at = at + step
        return used

    async def post(self, turn_at: float, before: float = math.inf) -> None:
        """Returns when the next post may go, not before its turn; both on the loop's clock. The post is to go at once.

        It returns at `before` in any case, when nothing is to be posted any more.

        After a standstill several turns have come at once: they follow one another at half their distance, or the
        channel would get as many at once again each second. Answers to people and repetitions wait for nobody, and so
        this waits for them: what was refused with 429 would else be refused again and again.
        """
        clock = asyncio.get_running_loop().time
        # Marks come back in any order, and whoever asks first for the next post gets it.
        await asyncio.sleep(turn_at - clock())
        async with self._next:
            # Whoever woke late looks once more: what counts is when each went, as it does where it arrives.
            while (wait := self._wait()) > 0 and clock() < before:  # noqa: ASYNC110
                await asyncio.sleep(wait)
            self._behind, self._turn_at = clock() - turn_at, turn_at
            self._calls.append(clock())

    def _wait(self) -> float:
        """For how long the next call is to wait, after all that are known now."""
        clock = asyncio.get_running_loop().time()
        before, self._noticed = self._noticed, self._without_a_turn()
        self._calls.extend(clock for _ in range(self._noticed - before))
        part = self.part
        if not part:
            return LOOK_AGAIN
        free_at = self._calls[-1] + 0.5 / self.rate if self._calls else 0.0
        if len(self._calls) >= part:
            free_at = max(free_at, self._calls[-part] + self._second)
        return free_at - clock

    @property
    def _second(self) -> float:
        """In how many seconds there are as many calls as are this replica's: one, unless not even one call is."""
        return max(1.0, self.parts() / self.rate) / USED

    def _late(self) -> float:
        """For how long the next turns are put off: by the turns that passed by since the last time."""
        # Those that were planned before are as late still.
        already = self._put_off if self._turn_at <= self._put_off_after else 0.0
        late = int(self.steady * max(0.0, self._behind - already)) / self.steady
        self._put_off, self._put_off_after = already + late, self._planned[-1]
        return late

    def _without_a_turn(self) -> int:
        # Both are counted in the same place: a post that never calls, since there is no token, hides no other call.
        return self.messenger.calls - self.messenger.in_turn
