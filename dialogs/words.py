"""Which question a typed message is: in Danish or English, with typing errors, and with æ, ø and å however spelt."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from dialogs.flow import Question

MOST_OTHER_WORDS = 5
LONGEST_MESSAGE = 200
SHORTEST_SLIP = 6
SHORTEST_SLIP_ALONE = 5
# So many letters that are right make up for one that is wrong: `et perspektiv` is no `perspektiver`.
WEIGHT_OF_A_SLIP = 2
# 1:1 is a word and no two numbers.
_ONE_ON_ONE = re.compile(r"(?<![\d.,/])1\s?(?:[:-]|til|on)\s?1(?![\d.,/])")
_SPELLINGS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


@dataclass(frozen=True)
class Understood:
    intent: str
    rest: str = ""


@dataclass(frozen=True)
class Unclear:
    """Nothing fits, or several do: `candidates` are the intents that are nearest, at most three."""

    candidates: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """Small letters and digits with single blanks: `Nøgletal!` and `noegletal` are the same."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_SPELLINGS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _ONE_ON_ONE.sub("1til1", text)
    return " ".join(re.findall(r"[a-z0-9]+", text))


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The normalised words of a wording or of a name, which are the same for every message; never of what was typed."""
    return tuple(normalise(name).split())


def understand(text: str, questions: Mapping[str, Question]) -> Understood | Unclear:
    """The question that the message asks, or what it may have been.

    A question fits when each word of one of its wordings stands in the message, give or take a typing error or two
    by the word's length; the wording that explains most of the message wins. A question that takes the rest is asked
    by a message that begins with one of its wordings, and wins over what stands further on.
    """
    words = normalise(text[:LONGEST_MESSAGE]).split()
    all_words = "".join(words)
    fits: dict[str, tuple[int, int]] = {}
    for intent, question in questions.items():
        for wording in question.words:
            fit = _fit(words_of(wording), words, all_words, takes_rest=question.takes_rest)
            if fit and (intent not in fits or fit > fits[intent]):
                fits[intent] = fit
    if not fits:
        return Unclear()
    best = max(fits.values())
    winners = tuple(intent for intent, fit in fits.items() if fit == best)
    return Understood(winners[0], text) if len(winners) == 1 else Unclear(winners[:3])


def names_a_question(text: str, questions: Mapping[str, Question]) -> bool:
    """Whether the whole text is one of the wordings, letter by letter but for capitals and spellings."""
    said = tuple(normalise(text[:LONGEST_MESSAGE]).split())
    return any(said == words_of(wording) for question in questions.values() for wording in question.words)


def without_slip(text: str, questions: Mapping[str, Question]) -> str:
    """The wording that a single word is one letter away from, if it is one question's: `feedbak` is `feedback`.

    Short words have too many neighbours, and a word that is a wording itself is meant.
    """
    words = normalise(text[:LONGEST_MESSAGE]).split()
    if len(words) != 1 or len(words[0]) < SHORTEST_SLIP or names_a_question(text, questions):
        return text
    near = {
        intent: wording
        for intent, question in questions.items()
        for wording in question.words
        if len(words_of(wording)) == 1 and OSA.distance(words[0], words_of(wording)[0], score_cutoff=1) <= 1
    }
    return next(iter(near.values())) if len(near) == 1 else text


def begins_with(text: str, question: Question) -> bool:
    """Whether the message begins with one of the wordings, give or take a typing error."""
    words = normalise(text[:LONGEST_MESSAGE]).split()
    return any(
        OSA.distance("".join(wording), "".join(words[: len(wording)])) <= _errors_allowed_in("".join(wording))
        and not _is_another_word(wording, words)
        for wording in map(words_of, question.words)
    )


def _is_another_word(wording: tuple[str, ...], words: list[str]) -> bool:
    """`Hvem kan jeg ringe til` does not begin with `hvem kan se`: all that differs is a word too short for a slip."""
    differing = [own for own, other in zip(wording, words, strict=False) if own != other]
    return len(words) >= len(wording) and len(differing) == 1 and not _errors_allowed_in(differing[0])


def _fit(wording: tuple[str, ...], words: list[str], all_words: str, *, takes_rest: bool) -> tuple[int, int] | None:
    """How well a wording explains the words: (letters explained, minus typing errors); None if it does not."""
    joined = "".join(wording)
    allowed = _errors_allowed_in(joined)
    if takes_rest:
        begins = OSA.distance(joined, "".join(words[: len(wording)]), score_cutoff=allowed)
        if begins <= allowed and not _is_another_word(wording, words):
            return LONGEST_MESSAGE + len(joined), -begins
    # `Stof` and `top` are words of their own, and no slips for `stop`, nor `Rune` for `runde`; `stpo` is nothing else.
    is_short = min(len(joined), len(all_words)) < SHORTEST_SLIP_ALONE
    allowed = 0 if is_short and sorted(joined) != sorted(all_words) else allowed
    whole = OSA.distance(joined, all_words, score_cutoff=allowed)
    if whole <= allowed:
        return len(all_words), -whole
    left, errors = list(words), 0
    for word in wording:
        allowed = _errors_allowed_in(word)
        # A word that is that much longer or shorter cannot be near enough.
        near = [other for other in left if abs(len(other) - len(word)) <= allowed]
        distances = [(OSA.distance(word, other, score_cutoff=allowed), other) for other in near]
        distance, nearest = min(distances, default=(allowed + 1, ""))
        # Among other words, a short one is sooner another word than a slip: `rune` is no `runde`, and `1:1s` are 1:1.
        is_other_word = len(word) < SHORTEST_SLIP and len(words) > len(wording)
        is_other_word |= is_short and sorted(word) != sorted(nearest)
        if distance > allowed or (distance and is_other_word and not nearest.startswith(word)):
            return None
        left.remove(nearest)
        errors += distance
    return (len(joined) - WEIGHT_OF_A_SLIP * errors, -errors) if len(left) <= MOST_OTHER_WORDS else None


def errors_allowed(word: str) -> int:
    """Two in a long word and one in a shorter one, in which `ae` is the one letter that it stands for: `fortæl` is no
    slip for `fortsæt`."""
    letters = len(word) - sum(map(word.count, ("ae", "oe", "aa")))
    return 0 if letters <= 3 else 1 if letters <= 7 else 2


# Of a wording alone, which each message is held against; never of what was typed.
_errors_allowed_in = lru_cache(maxsize=20_000)(errors_allowed)
