"""Whether somebody can be written to in Teams, and if not, why: what the directory, Teams and the channel say of them.

Nobody has a role by it. The list of people says who has which; the directory only says which account is theirs.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.identity import new_id
from domain.message import Chat


@dataclass(frozen=True, kw_only=True)
class Found:
    """An account as the directory has it; `emails` are the names it answers to, in small letters."""

    identity: str
    emails: frozenset[str] = field(repr=False)
    is_guest: bool = False
    is_enabled: bool = True


class Account(StrEnum):
    """What the directory says of a person's account. OTHER is one of their e-mail with another id than the list's."""

    FOUND = "found"
    NONE = "none"
    OUTSIDE = "outside"
    SEVERAL = "several"
    OTHER = "other"
    GUEST = "guest"
    DISABLED = "disabled"


class App(StrEnum):
    """How far the app is for the person: not asked for, installed, or refused by Teams."""

    NOT_ASKED = "not asked"
    INSTALLED = "installed"
    REFUSED = "refused"


class Hindrance(StrEnum):
    """Why somebody cannot be written to."""

    NO_ACCOUNT = "no account"
    NOT_IN_GROUP = "not in the group"
    SEVERAL_ACCOUNTS = "several accounts"
    OTHER_ACCOUNT = "another account"
    GUEST = "guest"
    DISABLED = "disabled"
    REFUSED = "refused"
    BLOCKED = "blocked"
    REMOVED = "removed"
    NOT_INSTALLED = "not installed"


_OF_ACCOUNT = {
    Account.NONE: Hindrance.NO_ACCOUNT,
    Account.OUTSIDE: Hindrance.NOT_IN_GROUP,
    Account.SEVERAL: Hindrance.SEVERAL_ACCOUNTS,
    Account.OTHER: Hindrance.OTHER_ACCOUNT,
    Account.GUEST: Hindrance.GUEST,
    Account.DISABLED: Hindrance.DISABLED,
}


@dataclass(kw_only=True, eq=False)
class Reach:
    """What is known of the way to one person, besides their chat.

    `account` is None until the directory was asked; `next_at` is when something is to be done about the app or the
    address, None when nothing is; `reason` is the service's own word for what went wrong the last time.
    """

    person_id: UUID
    account: Account | None = None
    looked_up_at: datetime | None = None
    app: App = App.NOT_ASKED
    next_at: datetime | None = None
    reason: str | None = None
    id: UUID = field(default_factory=new_id)

    def hindrance(self, chat: Chat | None) -> Hindrance | None:
        """Why the person cannot be written to; None when they can. Whoever has a chat is reached, unless it is shut."""
        if self.account is Account.DISABLED:
            return Hindrance.DISABLED
        if chat is not None and chat.removed_at is None:
            return Hindrance.BLOCKED if chat.blocked_at else None
        if self.account in _OF_ACCOUNT:
            return _OF_ACCOUNT[self.account]
        if chat is not None:
            return Hindrance.REMOVED
        return Hindrance.REFUSED if self.app is App.REFUSED else Hindrance.NOT_INSTALLED


def account_of(identity: str | None, email: str, found: Collection[Found], *, is_group: bool) -> tuple[Account, str]:
    """Which of the `found` accounts is the person's: what to say of it, and its id where the list has none yet.

    An id that is known is never changed here: whoever holds an address is not for that reason the person whose records
    these are. A guest's address was given by another directory, so that no id is taken from a guest.
    """
    by_id = [each for each in found if identity and each.identity == identity]
    by_email = [each for each in found if email in each.emails]
    if by_id:
        return _state_of(by_id[0]), ""
    if identity:
        members = [each for each in by_email if not each.is_guest]
        if members:
            return Account.OTHER, ""
        return (Account.OUTSIDE if is_group else Account.NONE), ""
    members = [each for each in by_email if not each.is_guest]
    if len(members) > 1:
        enabled = [each for each in members if each.is_enabled]
        if len(enabled) != 1:
            return Account.SEVERAL, ""
        members = enabled
    if members:
        return _state_of(members[0]), members[0].identity
    if by_email:
        return Account.GUEST, ""
    return (Account.OUTSIDE if is_group else Account.NONE), ""


def _state_of(found: Found) -> Account:
    if not found.is_enabled:
        return Account.DISABLED
    return Account.GUEST if found.is_guest else Account.FOUND
