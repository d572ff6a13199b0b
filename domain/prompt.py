"""What the bot says of its own accord: planned once, sent once where that can be known, and never silently lost.

pending -> claimed -> sending -> sent -> answered
                          \\-> failed (the person cannot be reached, with the reason)
                          \\-> uncertain (parked: a person decides)
pending -> gathered (into the person's list)  |  expired (its moment has passed)  |  cancelled (the matter moved)
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.identity import new_id

MOST_COPIES = 2
# The view of what waits on Monday morning. It goes before other reminders, which wait for it.
MONDAY_LIST = "monday"


class PromptState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    ANSWERED = "answered"
    GATHERED = "gathered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class PromptKind(StrEnum):
    """Which courtesies apply.

    REMINDER keeps to quiet times, pauses and one a day. URGENT is a change of time: it waits for morning only where
    the matter does too. ASKED is what the person has just asked for. UPDATE replaces a card that stands in the chat.
    """

    REMINDER = "reminder"
    URGENT = "urgent"
    ASKED = "asked"
    UPDATE = "update"


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """A reason to write to someone. `key` is unique for ever: the same occasion planned twice is one prompt.

    `view` names the card, drawn of `subject_id` when it is sent and not before, so that it is never out of date.
    `personal` marks content that must not arrive twice: it is parked at once when a send is uncertain.
    `appointment_on` is the local day of the person's own appointment that a reminder is about: on that day it may come
    besides the one a day.
    """

    key: str
    person_id: UUID
    view: str
    subject_id: UUID
    due_at: datetime
    expires_at: datetime
    kind: PromptKind = PromptKind.REMINDER
    personal: bool = False
    replaces: str | None = None
    appointment_on: date | None = None


@dataclass(kw_only=True, eq=False)
class Prompt:
    """An occasion on its way. `is_planned` marks what a clock derives again and again, `owner` is the worker
    that has claimed it, `slot_at` its turn under the rate limit, `copies` how often it was posted. `reason` is the
    channel's word for what went wrong, or the occasion of the list that it was gathered into."""

    occasion: str
    person_id: UUID
    view: str
    subject_id: UUID
    due_at: datetime
    expires_at: datetime
    kind: PromptKind = PromptKind.REMINDER
    personal: bool = False
    is_planned: bool = False
    replaces: str | None = None
    state: PromptState = PromptState.PENDING
    owner: str | None = None
    slot_at: datetime | None = None
    copies: int = 0
    message_id: str | None = None
    sent_at: datetime | None = None
    reason: str | None = None
    appointment_on: date | None = None
    id: UUID = field(default_factory=new_id)
