"""What reaching people needs of the municipality's directory and of Teams, and the ways in which it can fail."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from domain.message import Address
from domain.reach import Found


class Directory(Protocol):
    """Looks people up, installs the app for them, and finds their chats. One call of ours is one or a few of Graph's.

    `looks_up` and `installs` say what of it is set up; the rest is not called then.
    """

    looks_up: bool
    installs: bool
    is_group: bool

    async def accounts(self, identities: Sequence[str], emails: Sequence[str]) -> Sequence[Found]:
        """The accounts with any of these ids or e-mails; at most `AT_ONCE` of both together."""
        ...

    def members(self) -> AsyncIterator[Sequence[Found]]:
        """The accounts in the group, page by page."""
        ...

    async def install(self, identity: str) -> bool:
        """Installs the app for somebody; False if they have it already."""
        ...

    async def chat_with(self, identity: str, service_url: str) -> Address:
        """The address of the person's chat with the bot, found without them and known to be theirs."""
        ...


AT_ONCE = 14
# The reason of a `Missing` where the person has an account, and not the app.
NOT_INSTALLED = "NotInstalled"


class Missing(Exception):
    """There is no such thing: no account, no app, or no chat yet; `reason` is the service's code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """The service does not allow it, and trying again soon would not help; `reason` is its code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Busy(Exception):
    """Not now: the service has had enough, is down, or gives no token. `retry_after` is in seconds where it is told;
    `is_for_all` says that nobody else is to ask it either until then."""

    def __init__(self, reason: str, retry_after: float | None = None, *, is_for_all: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.is_for_all = is_for_all
