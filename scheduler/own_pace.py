"""How one worker keeps to its part of the rate, whatever becomes of the turns that are given out beforehand to all."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
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
    _behind: float = field(default=0.0, init=False)
    _turn_at: float = field(default=0.0, init=False)
    _given_to: float = field(default=0.0, init=False)
    _told_to: float = field(default=0.0, init=False)
    _told: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._calls = deque(maxlen=max(1, int(self.rate)))

    @property
    def steady(self) -> float:
        """The rate at which turns are given out."""
        return self.rate * USED

    @property
    def part(self) -> int:
        """How many calls of a second are this replica's; 0 while it has no part in the rate."""
        parts = self.parts()
        return max(1, int(self.rate / parts)) if parts else 0

    def given(self, turn_at: float) -> None:
        """Turns up to this one are this replica's."""
        self._given_to = turn_at

    def besides(self) -> int:
        """How many turns the next ones are to leave free, since this was asked last.

        As many as there were calls without a turn, or turns that passed by without their posts, which take the place of
        later ones: where the calls were the reason for that, they are the same.
        """
        before, self._reported = self._reported, self._without_a_turn()
        return max(self._reported - before, self._missed())

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
            # Where not even one call of a second is this replica's, it is one in several seconds.
            free_at = max(free_at, self._calls[-part] + max(1.0, self.parts() / self.rate) / USED)
        return free_at - clock

    def _missed(self) -> int:
        """The turns that have passed by since this was asked last; those given out before it are as late still."""
        told = self._told if self._turn_at <= self._told_to else 0.0
        # No more are ahead than a second's worth.
        missed = int(self.steady * min(1.0, max(0.0, self._behind - told)))
        self._told_to, self._told = self._given_to, told + missed / self.steady
        return missed

    def _without_a_turn(self) -> int:
        # Both are counted in the same place: a post that never calls, since there is no token, hides no other call.
        return self.messenger.calls - self.messenger.in_turn
