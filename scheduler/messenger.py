"""What delivery needs of Teams, and the three ways in which a message can fail."""

from typing import Protocol

from cards.kit import Card
from domain.message import Address


class Messenger(Protocol):
    """Posts cards into personal chats. Each call hands out what became of it, or raises one of the three below.

    `calls` counts every request to Teams, repeated ones and answers to people included. `in_turn` are those of them for
    which a turn was waited for: the first one for each message that is given a `before`.
    """

    calls: int
    in_turn: int

    async def send(self, address: Address, card: Card, summary: str, *, before: float | None = None) -> str:
        """Posts a card and returns the message's id; `summary` is what a toast shows.

        Nothing is posted after `before` by this machine's monotonic clock, whatever was waited for: `TooLate` then.
        """
        ...

    async def update(
        self, address: Address, message_id: str, card: Card, summary: str, *, before: float | None = None
    ) -> None:
        """Puts another card into a message that was sent; doing it twice is doing it once. `before` as for `send`."""
        ...

    async def say(self, address: Address, text: str) -> str:
        """Posts a line of text and returns the message's id."""
        ...


class Unreachable(Exception):
    """The person cannot be written to, and trying again would not help; `reason` is the channel's code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Uncertain(Exception):
    """The message may have arrived: its answer was lost, or a server in between failed after taking it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSent(Exception):
    """The message surely did not arrive and may be tried again, after `retry_after` seconds where that is known."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class TooLate(NotSent):
    """It was not called for while it might be; it may be tried again at once."""

    def __init__(self) -> None:
        super().__init__("too late")
