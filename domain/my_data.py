"""What is kept about one person: how much of each kind, and each of it with its source.

Whoever asks gets what is theirs by the policy of the day. The municipality, which answers a request for access, gives
also what the person could read before a role of theirs ended. What others wrote for themselves alone is in neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.access import Record
from domain.kept import Kind
from domain.organisation import Role


class Part(StrEnum):
    """What a person has to do with a row."""

    WROTE = "wrote"
    CONCERNED = "concerned"
    ACTED = "acted"


@dataclass(frozen=True, kw_only=True)
class Held:
    """How many records of a kind a person wrote, how many by others are about them, and in how many they did a step.

    `record` is what they count as in the policy: a draft is read by others than what has been shared.
    """

    kind: Kind
    record: Record | None = None
    wrote: int = 0
    concerned: int = 0
    acted: int = 0

    @property
    def total(self) -> int:
        return self.wrote + self.concerned + self.acted


@dataclass(frozen=True)
class Text:
    """A text in a record, and the name of the field in which it was written."""

    name: str
    words: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One record, which counts as `record` in the policy: `author` is who wrote it, `texts` those in it that the person
    may have, `facts` all the rest.

    `held_back` says that there is text in it which the person may not read today.
    """

    kind: Kind
    table: str
    id: UUID | None
    part: Part
    at: datetime | None
    author: str
    place: str
    record: Record | None = None
    texts: tuple[Text, ...] = field(default=(), repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)
    held_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Reading:
    """That somebody read something of somebody, at a time."""

    at: datetime
    reader: str
    concerns: str
    record: Record
    place: str


@dataclass(frozen=True, kw_only=True)
class Post:
    """A role that the person has or had; `reach` is the name of an institution or area, empty for all of them."""

    role: Role
    reach: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, kw_only=True)
class Everything:
    """All that is told to one person about themselves; `read_by` are others' reads, `has_read` the person's own."""

    posts: tuple[Post, ...]
    entries: tuple[Entry, ...] = field(repr=False)
    read_by: tuple[Reading, ...]
    has_read: tuple[Reading, ...]
