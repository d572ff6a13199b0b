"""What is handed over to the municipality's journal: each final summary, and what each closed dialogue decided.

`endelig → journaliseret`. A final summary is never changed (I28), so that it is journalised is not written on it but
beside it, in the entry that says what was handed over when, and under which reference it stands there.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from domain.text import clean

# Between one attempt and the next; the last is kept to until it succeeds or somebody mends what is in the way.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
# As long as one attempt may take before another process takes it that this one has died.
TAKEN_FOR = timedelta(minutes=5)
OVERDUE_AFTER = timedelta(hours=24)
LONGEST_NAME = 120
LONGEST_REASON = 60
LONGEST_REFERENCE = 120
LONGEST_PLACE = 40
_NO_REFERENCE = re.compile(r"[^\w .,:/()#-]")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


class JournalKind(StrEnum):
    SUMMARY = "tilsynsresumé"
    DECISIONS = "beslutninger"


class JournalState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A record as it is handed over: the bytes of its PDF/A, and what is told about it."""

    content: bytes = field(repr=False)
    told: Mapping[str, Any] = field(repr=False)
    sha256: str


@dataclass(kw_only=True, eq=False)
class JournalEntry:
    """One record for the journal. `name` is what its files are called, for ever, and `id` what a receiver knows it by.

    What is handed over is made once and kept as `content` and `told` until it has arrived, so that every attempt hands
    over the same; then both are let go of. `additions` is how many signed remarks of a closed dialogue are in it.
    `folder_at` and `webhook_at` say where it has arrived already.
    """

    kind: JournalKind
    subject_id: UUID
    institution_id: UUID
    name: str
    planned_at: datetime
    edition: int = 1
    replaces_id: UUID | None = None
    additions: int | None = None
    state: JournalState = JournalState.WAITING
    content: bytes | None = field(default=None, repr=False)
    told: Mapping[str, Any] | None = field(default=None, repr=False)
    sha256: str | None = None
    folder_at: datetime | None = None
    webhook_at: datetime | None = None
    attempts: int = 0
    next_at: datetime | None = None
    reason: str = ""
    delivered_at: datetime | None = None
    reference: str = ""
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        # The same for the same record, also where it is entered anew after a restore: the receiver knows it again.
        self.id = uuid5(self.subject_id, f"journal:{self.edition}")

    @property
    def made(self) -> Made | None:
        """What is handed over, None before it is made and once it has arrived."""
        if self.content is None or self.told is None or self.sha256 is None:
            return None
        return Made(content=self.content, told=self.told, sha256=self.sha256)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it has waited so long that somebody should look."""
        return self.state is not JournalState.DELIVERED and now - self.planned_at > OVERDUE_AFTER

    def keep(self, made: Made, additions: int) -> None:
        self.content, self.told, self.sha256, self.additions = made.content, made.told, made.sha256, additions

    def arrived(self, place: str, reference: str, now: datetime) -> None:
        """It has arrived at one of the places; a `reference` of the journal's own counts more than our name."""
        setattr(self, f"{place}_at", now)
        self.reference = referred(reference) or self.reference

    def deliver(self, now: datetime) -> None:
        """It has arrived wherever it was to; nobody needs our copy any more."""
        self.state, self.delivered_at, self.reason, self.next_at = JournalState.DELIVERED, now, "", None
        self.reference = self.reference or self.name
        self.content = self.told = None

    def put_off(self, reason: str, now: datetime, retry_after: float | None = None) -> None:
        """It has not arrived this time, for a reason that may pass by itself; what has failed stays so."""
        if self.state is JournalState.FAILED:
            return
        wait = WAITS[min(self.attempts, len(WAITS)) - 1] if self.attempts else WAITS[0]
        if retry_after is not None:
            wait = max(wait, timedelta(seconds=retry_after))
        self.reason, self.next_at = reason[:LONGEST_REASON], now + wait

    def let_go(self, now: datetime) -> None:
        """It was taken and not tried: it is due as it was before."""
        self.attempts, self.next_at = max(0, self.attempts - 1), now

    def fail(self, reason: str) -> None:
        """It will not arrive like this: somebody has to mend what the reason says, and have it tried again."""
        self.state, self.reason, self.next_at = JournalState.FAILED, reason[:LONGEST_REASON], None


def referred(text: str) -> str:
    """A reference as another system gave it, in letters and signs that mean nothing on a card."""
    return " ".join(_NO_REFERENCE.sub("", clean(text)).split())[:LONGEST_REFERENCE]


def summary_name(year: int, number: int) -> str:
    """tilsynsresume-2026-3"""
    return f"tilsynsresume-{year}-{number}"


def decisions_name(place: str, day: date, dialogue_id: UUID, edition: int) -> str:
    """beslutninger-2026-04-21-elmeskolen-5f0a91c2, and with -v2 what was added to it later."""
    name = f"beslutninger-{day.isoformat()}-{plain(place)}-{dialogue_id.hex[-8:]}"
    return name if edition == 1 else f"{name}-v{edition}"


def plain(text: str) -> str:
    """The text in letters that every file system has: Børnehuset Åen as boernehuset-aaen."""
    spelt = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", spelt).strip("-")[:LONGEST_PLACE].strip("-") or "tilbud"
