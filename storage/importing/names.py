"""Finding things by what people call them, and saying what they may have meant."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

T = TypeVar("T")

MOST_SUGGESTED = 3
NEAR_ENOUGH = 65


@lru_cache(maxsize=10_000)
def key_of(name: str) -> str:
    """Names that differ only in capitals, blanks or how å is encoded are the same name."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def nearest(name: str, choices: Iterable[str]) -> str:
    """The names that look most alike, as the end of a sentence; nothing if none does."""
    found = process.extract(
        key_of(name),
        {choice: key_of(choice) for choice in choices},
        scorer=fuzz.ratio,
        limit=MOST_SUGGESTED,
        score_cutoff=NEAR_ENOUGH,
    )
    return f"; did you mean {' or '.join(f'“{choice}”' for _, _, choice in found)}?" if found else ""


class Named(Generic[T]):
    """Things by their names and aliases."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._things: dict[str, T] = {}
        self._names: dict[str, None] = {}
        self._suggestions: dict[str, str] = {}
        self._doubtful: set[str] = set()
        self.is_incomplete = False

    def put(self, thing: T, name: str, aliases: Iterable[str] = ()) -> None:
        self._things[key_of(name)] = thing
        self._names[name] = None
        for alias in aliases:
            self._things.setdefault(key_of(alias), thing)
            self._names[alias] = None

    def find(self, name: str) -> T | None:
        return self._things.get(key_of(name))

    def doubt(self, *names: str) -> None:
        """These have lines of their own that are wrong, told there and not wherever they are named."""
        self._doubtful.update(key_of(name) for name in names if name)

    def is_doubtful(self, name: str) -> bool:
        return self.is_incomplete or key_of(name) in self._doubtful

    def unknown(self, name: str) -> str:
        """The sentence for a name that nothing here has."""
        if name not in self._suggestions:
            self._suggestions[name] = f"there is no {self.kind} “{name}”{nearest(name, self._names)}"
        return self._suggestions[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)
