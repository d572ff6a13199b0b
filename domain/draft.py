"""Drafts that several people may write in: whether one has changed since a card was drawn of it, and where."""

import hashlib
from dataclasses import fields
from typing import Any

from domain.errors import Problem, Problems


def digest(content: Any) -> str:
    """A short mark of what a dataclass held when its card was drawn: another mark means that it was changed since."""
    text = repr([(each.name, getattr(content, each.name)) for each in fields(content)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def differing(mine: Any, stored: Any) -> tuple[str, ...]:
    """The names of the fields in which two versions of the same thing differ."""
    return tuple(each.name for each in fields(mine) if getattr(mine, each.name) != getattr(stored, each.name))


def is_changed(mine: Any, stored: Any, was: str) -> bool:
    """Whether what was typed differs from what is kept, of which the card's mark was `was`.

    Raises `Problems` when somebody has written something else in the same fields since the card was drawn: they are
    shown it, and keep theirs.
    """
    changed = differing(mine, stored)
    if changed and digest(stored) != was:
        raise Problems({name: Problem("written_meanwhile") for name in changed})
    return bool(changed)
