"""Where a person can be reached, and which cards stand in their chat."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.identity import new_id

# The channel's words for why nothing gets through to a person, whatever the message.
LOST = "ConversationNotFound"
REMOVED = "BotNotInConversationRoster"
BLOCKED = ("ConversationBlockedByUser", "BotDisabledByAdmin")
NO_WAY_TO_THEM = (LOST, REMOVED, *BLOCKED)


@dataclass(frozen=True, kw_only=True)
class Address:
    """A personal chat as the channel names it; refreshed with every activity, since the service URL may change."""

    service_url: str
    conversation_id: str
    user_id: str
    bot_id: str
    tenant_id: str


@dataclass(kw_only=True, eq=False)
class Chat:
    """A person's personal chat with the bot.

    `removed_at` is when the app was uninstalled: the address is forgotten, and nothing is sent. `blocked_at` is when
    the channel last refused a message because the person or an administrator wants none, until one arrives or they
    write.
    """

    person_id: UUID
    service_url: str
    conversation_id: str
    user_id: str
    bot_id: str
    tenant_id: str
    seen_at: datetime
    removed_at: datetime | None = None
    blocked_at: datetime | None = None
    id: UUID = field(default_factory=new_id)

    @property
    def address(self) -> Address:
        return Address(
            service_url=self.service_url,
            conversation_id=self.conversation_id,
            user_id=self.user_id,
            bot_id=self.bot_id,
            tenant_id=self.tenant_id,
        )


@dataclass(kw_only=True, eq=False)
class SentCard:
    """A card that stands in a person's chat, so that it can be replaced when its matter has moved on."""

    person_id: UUID
    view: str
    subject_id: UUID
    conversation_id: str
    message_id: str
    sent_at: datetime
    id: UUID = field(default_factory=new_id)


@dataclass(kw_only=True, eq=False)
class Answer:
    """What one activity was answered with, under its key: the same activity again gets the same answer (I35)."""

    key: str
    person_id: UUID
    answered_at: datetime
    card: dict[str, object] | None = field(repr=False, default=None)
