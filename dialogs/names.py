"""Whom or what a few typed words mean, among those there are: by a part of the name, with typing errors, in the
genitive, and with æ, ø and å however spelt."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from dialogs.words import errors_allowed, normalise, words_of

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

MOST_NEAREST = 3
SHORTEST = 3


@dataclass(frozen=True)
class Named(Generic[T]):
    """Who fits what was typed, all of them as well as the best does; where nobody does, the three `nearest`."""

    found: tuple[T, ...] = ()
    nearest: tuple[T, ...] = ()


def named(text: str, candidates: Sequence[tuple[T, Sequence[str]]]) -> Named[T]:
    """Those of the candidates, each with its names, that the text means: every typed word stands in one name."""
    typed = normalise(text).split()
    if not typed:
        return Named()
    scored: list[tuple[int, T]] = []
    for candidate, names in candidates:
        errors = [each for name in names if (each := _errors(typed, words_of(name))) is not None]
        if errors:
            scored.append((min(errors), candidate))
    if scored:
        best = min(errors for errors, _ in scored)
        return Named(tuple(candidate for errors, candidate in scored if errors == best))
    joined = " ".join(typed)
    near = sorted(candidates, key=lambda each: -max(fuzz.WRatio(joined, " ".join(words_of(name))) for name in each[1]))
    return Named(nearest=tuple(candidate for candidate, _ in near[:MOST_NEAREST]))


def named_by_all(words: Iterable[str], candidates: Sequence[tuple[H, Sequence[str]]]) -> set[H]:
    """Those that every one of the words means, each on its own: `mette` and `elmeskolen` are two names of one."""
    return set.intersection(*(set(named(word, candidates).found) for word in words))


def named_in_words(name: str, text: str) -> bool:
    """Whether all long words of the name stand in the text; they may be inflected: `makkerparrene`."""
    words = [each for each in normalise(name).split() if len(each) > SHORTEST]
    said = words_of(text)
    return bool(words) and all(
        any(word == each or (len(each) > SHORTEST + 1 and word.startswith(each)) for each in said) for word in words
    )


def _errors(typed: list[str], name: Sequence[str]) -> int | None:
    """How many typing errors lie between the words and the name; None when one of them is another word."""
    left, errors = list(name), 0
    for word in typed:
        distances = [(_distance(word, part), part) for part in left]
        distance, nearest = min(distances, default=(len(word), ""))
        if distance > errors_allowed(word):
            return None
        left.remove(nearest)
        errors += distance
    return errors


def _distance(word: str, part: str) -> int:
    """The genitive of a name is the name: `Karens`, and `Jens` for itself."""
    forms = (word, word[:-1]) if len(word) > 3 and word.endswith("s") else (word,)
    return min(OSA.distance(each, part) for each in forms)
