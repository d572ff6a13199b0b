"""How one worker keeps to the rate: turns are given out beforehand to all of them, and what comes besides counts."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from scheduler.messenger import Messenger


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
    _calls: deque[float] = field(default_factory=deque, init=False)
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def besides(self) -> int:
        """How many calls without a turn there were since this was asked last."""
        before, self._reported = self._reported, self._without_a_turn()
        return self._reported - before

    async def post(self) -> None:
        """Returns when the next post may go: after a standstill several turns have come at once.

        Answers to people and repetitions wait for nobody, and so this waits for them: what was refused with 429 would
        else be refused again and again. One fewer than the rate, since the channel counts by its own clock, and the
        ways there are not equally long.
        """
        clock, most = asyncio.get_running_loop().time, max(1, int(self.rate) - 1)
        async with self._gate:
            before, self._noticed = self._noticed, self._without_a_turn()
            self._calls.extend([clock()] * (self._noticed - before))
            for _ in range(len(self._calls) - most + 1):
                await asyncio.sleep(max(0.0, self._calls.popleft() + 1 - clock()))
            self._calls.append(clock())
            self._posted += 1

    def _without_a_turn(self) -> int:
        # A post that is just about to be made is counted as made, so that the difference can fall for a moment.
        self._besides = max(self._besides, self.messenger.calls - self._posted)
        return self._besides
