"""How one worker keeps to the rate: turns are given out beforehand to all of them, and what comes besides counts."""

import asyncio
from bisect import insort
from dataclasses import dataclass, field

from scheduler.messenger import Messenger

# Of the rate, what is used of it: the channel counts by its own clock, and the ways there are not equally long. A
# second's worth of calls takes 20 ms longer than a second, so that none of them can come there that much early or late.
USED = 0.98


@dataclass
class OwnPace:
    """What this replica has called the channel for: posts, which have a turn, and answers and repetitions, which have
    none. `rate` is the calls a second that the channel takes of all replicas together."""

    messenger: Messenger
    rate: float
    _posted: int = field(default=0, init=False)
    _besides: int = field(default=0, init=False)
    _reported: int = field(default=0, init=False)
    _noticed: int = field(default=0, init=False)
    _calls: list[float] = field(default_factory=list, init=False)
    _last: float = field(default=0.0, init=False)

    @property
    def steady(self) -> float:
        """The rate at which turns are given out."""
        return self.rate * USED

    def besides(self) -> int:
        """How many calls without a turn there were since this was asked last."""
        before, self._reported = self._reported, self._without_a_turn()
        return self._reported - before

    async def post(self, turn_at: float) -> None:
        """Returns when the next post may go, not before its turn; both on the loop's clock.

        After a standstill several turns have come at once: they follow one another at half their distance, or the
        channel would get as many at once again each second. Answers to people and repetitions wait for nobody, and so
        this waits for them: what was refused with 429 would else be refused again and again.
        """
        now = asyncio.get_running_loop().time()
        before, self._noticed = self._noticed, self._without_a_turn()
        for _ in range(self._noticed - before):
            self._called(now)
        most = max(1, int(self.rate))
        is_full = len(self._calls) >= most
        self._last = max(now, turn_at, self._last + 0.5 / self.rate, self._calls[-most] + 1 / USED if is_full else 0.0)
        self._called(self._last)
        await asyncio.sleep(self._last - now)
        self._posted += 1

    def _called(self, at: float) -> None:
        insort(self._calls, at)
        del self._calls[: -max(1, int(self.rate))]

    def _without_a_turn(self) -> int:
        # A post that is just about to be made is counted as made, so that the difference can fall for a moment.
        self._besides = max(self._besides, self.messenger.calls - self._posted)
        return self._besides
