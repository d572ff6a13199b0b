"""What a card carries, and what it sends back: nothing of it is trusted, and everything arrives as text."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from domain.errors import NotAllowed
from domain.text import clean

Data = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)

# Far above any limit of a field: what is longer was not typed into one of our cards.
_LONGEST = 20_000


def carried(subject_id: UUID | None = None, **more: str | int) -> dict[str, str | int]:
    """What a button carries: the opaque id of its matter, and a fresh mark `k`.

    The mark makes two presses of one drawn button the same press, and presses of a card drawn anew another.
    """
    about: dict[str, str | int] = {} if subject_id is None else {"id": str(subject_id)}
    return {**about, "k": secrets.token_hex(4), **more}


@dataclass(frozen=True)
class Nothing:
    """A press that carries nothing of its own."""

    @classmethod
    def read(cls, data: Data) -> "Nothing":
        return cls()


@dataclass(frozen=True)
class Subject:
    """A press that says nothing but which matter it is about."""

    id: UUID

    @classmethod
    def read(cls, data: Data) -> "Subject":
        return cls(subject_id(data))


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of what there is to one matter: how much of the newest stands on the pages before."""

    id: UUID
    skipped: int = 0

    @classmethod
    def read(cls, data: Data) -> "Page":
        return cls(id=subject_id(data), skipped=max(number(data, "skipped"), 0))


def subject_id(data: Data, name: str = "id") -> UUID:
    """The id a card carries; anything that is none is answered like a foreign one."""
    found = optional_id(data, name)
    if found is None:
        raise NotAllowed
    return found


def optional_id(data: Data, name: str) -> UUID | None:
    return parsed_id(_raw(data, name))


def parsed_id(raw: str) -> UUID | None:
    """The id that stands there, None where none does."""
    if not raw:
        return None
    try:
        return UUID(raw)
    except ValueError:
        return None


def text(data: Data, name: str) -> str:
    """What was typed, cleaned of control characters; empty when the field was left out."""
    return clean(_raw(data, name))


def lines(data: Data, name: str) -> tuple[str, ...]:
    """What was typed, a line each; empty lines and list marks left out."""
    cleaned = (each.strip().lstrip("-•*").strip() for each in text(data, name).splitlines())
    return tuple(each for each in cleaned if each)


def ids(data: Data, name: str) -> tuple[UUID, ...]:
    """Several chosen ids (`a,b` on the wire), in the order sent; what is no id is left out."""
    found = []
    for each in _raw(data, name).split(","):
        try:
            found.append(UUID(each.strip()))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def choices(data: Data, name: str, options: type[E]) -> tuple[E, ...]:
    """Several chosen values of an enumeration, in its own order; unknown ones are left out."""
    chosen = {each.strip() for each in _raw(data, name).split(",")}
    return tuple(option for value, option in _by_value(options) if value in chosen)


@cache
def _by_value(options: type[E]) -> Sequence[tuple[str, E]]:
    return [(option.value, option) for option in options]


def choice(data: Data, name: str, options: type[E]) -> E | None:
    found = choices(data, name, options)
    return found[0] if len(found) == 1 else None


def day(data: Data, name: str) -> date | None:
    """A date as the client's picker sends it, `2026-04-21`; None for none, and for one out of all reason."""
    try:
        found = date.fromisoformat(_raw(data, name).strip()[:10])
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def is_on(data: Data, name: str) -> bool:
    """Whether a toggle is on."""
    return _raw(data, name).strip().lower() == "true"


def clock(data: Data, name: str) -> time | None:
    """A time of day to the minute, `09:00`; None when there is none."""
    try:
        found = time.fromisoformat(_raw(data, name).strip()[:5])
    except ValueError:
        return None
    return found.replace(tzinfo=None)


def number(data: Data, name: str) -> int:
    """A whole number that a card carries; -1, which no card carries, for anything else."""
    value = data.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raw = _raw(data, name)
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else -1


def _raw(data: Data, name: str) -> str:
    value = data.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""
