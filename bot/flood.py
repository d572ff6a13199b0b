"""One person who sends more than a person can: a little of it is answered, in its turn, and nobody else waits for it.

In memory, and for this replica alone: a flood that several replicas share is a few times as long and harms as little.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from cards.language import Translator

# Nobody types or presses as fast for long; a client that is opened draws its cards anew, all at once.
AT_ONCE: Final = 30
A_SECOND: Final = 2.0
# A flood is over, and another is told of again, once so much of what one may send at once is there again.
OVER_AT: Final = 0.5
MOST_PEOPLE: Final = 10_000


class Verdict(Enum):
    """TOLD is the first that is too much in a flood, of which the person is told; TOO_MUCH each one after it."""

    TAKEN = "taken"
    TOLD = "told"
    TOO_MUCH = "too much"


@dataclass
class _Allowance:
    left: float
    seen_at: float
    is_told: bool = False


@dataclass
class _Person:
    own: _Allowance
    drawn: _Allowance
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    words: Translator | None = None


class Floods:
    """What each person has sent lately; `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._people: OrderedDict[str, _Person] = OrderedDict()

    def judge(self, identity: str, *, is_automatic: bool = False) -> Verdict:
        """Whether this one more is taken. What a client asks for by itself is counted apart from what somebody does."""
        person, now = self._person(identity), self._clock()
        allowance = person.drawn if is_automatic else person.own
        allowance.left = min(AT_ONCE, allowance.left + (now - allowance.seen_at) * A_SECOND)
        allowance.seen_at = now
        if allowance.left >= AT_ONCE * OVER_AT:
            allowance.is_told = False
        if allowance.left >= 1:
            allowance.left -= 1
            return Verdict.TAKEN
        if allowance.is_told:
            return Verdict.TOO_MUCH
        allowance.is_told = True
        return Verdict.TOLD

    def in_turn(self, identity: str) -> asyncio.Lock:
        """One person's turns one after the other, so that others find a thread of the database free."""
        return self._person(identity).one_at_a_time

    def words_for(self, identity: str) -> Translator | None:
        """The language of somebody who was told of a flood, so that it is not looked up for each that is too much."""
        return self._person(identity).words

    def remember(self, identity: str, words: Translator) -> None:
        self._person(identity).words = words

    def _person(self, identity: str) -> _Person:
        found = self._people.get(identity)
        if found is None:
            now = self._clock()
            found = _Person(_Allowance(AT_ONCE, now), _Allowance(AT_ONCE, now))
            self._people[identity] = found
            while len(self._people) > MOST_PEOPLE and not self._oldest().one_at_a_time.locked():
                self._people.popitem(last=False)
        self._people.move_to_end(identity)
        return found

    def _oldest(self) -> _Person:
        return next(iter(self._people.values()))
