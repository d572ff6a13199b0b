"""Drafts that several people may write in: whether one has changed since a card was drawn of it, and where."""

import hashlib
from dataclasses import fields
from typing import Any


def digest(content: Any) -> str:
    """A short mark of what a dataclass held when its card was drawn: another mark means that it was changed since."""
    text = repr([(each.name, getattr(content, each.name)) for each in fields(content)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def differing(mine: Any, stored: Any) -> tuple[str, ...]:
    """The names of the fields in which two versions of the same thing differ."""
    return tuple(each.name for each in fields(mine) if getattr(mine, each.name) != getattr(stored, each.name))
