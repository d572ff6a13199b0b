"""Drafts that several people may write in: whether one has changed since a card was drawn of it, and where."""

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Protocol, TypeVar

from domain.errors import Problem, Problems

# No letter of a digest.
_SAVED = "s"


class Half(Protocol):
    """One of the steps of a form, which follow one another by their numbers."""

    @property
    def number(self) -> int: ...


H = TypeVar("H", bound=Half)


def opens_at(kept: H, pressed: H) -> H:
    """Where a draft opens once a step was pressed: an earlier one that was kept since its card was drawn goes first."""
    return min(kept, pressed, key=lambda step: step.number)


def between(kept: H, pressed: H) -> Sequence[H]:
    """The steps from where a draft opens to the one that is pressed, without that."""
    steps: Sequence[H] = list(type(pressed))  # type: ignore[call-overload]
    return steps[kept.number - 1 : pressed.number - 1]


def digest(content: Any) -> str:
    """A short mark of what a dataclass held when its card was drawn: another mark means that it was changed since."""
    text = repr([(each.name, getattr(content, each.name)) for each in fields(content)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def differing(mine: Any, stored: Any) -> tuple[str, ...]:
    """The names of the fields in which two versions of the same thing differ."""
    return tuple(each.name for each in fields(mine) if getattr(mine, each.name) != getattr(stored, each.name))


def mark(content: Any, *, is_saved: bool) -> str:
    """The same of what others read once it is saved: a card of a draft is told from one in which it is corrected."""
    return digest(content) + (_SAVED if is_saved else "")


def is_changed(mine: Any, stored: Any, was: str, *, shows: bool = False) -> bool:
    """Whether what was typed differs from what is kept, of which the card's mark was `was`.

    Raises `Problems` when somebody has written something else in the same fields since the card was drawn: they are
    shown it, and keep theirs. So it is where it `shows` to others at once, and the card said that it would not.
    """
    changed = differing(mine, stored)
    if changed and digest(stored) != was.removesuffix(_SAVED):
        raise Problems({name: Problem("written_meanwhile") for name in changed})
    if changed and shows and not was.endswith(_SAVED):
        raise Problems({name: Problem("saved_meanwhile") for name in changed})
    return bool(changed)
