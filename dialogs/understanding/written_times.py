"""Times as people write them, in the digits and words that they are looked up by: `foråret femogtyve`, `1h25`, `first
half of 2025`, `skoleåret 25 26`, `forår/efterår 2025`.

What was typed is kept beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz.distance import OSA

from dialogs.understanding.letters import Word, spellings
from dialogs.understanding.school_years import TWENTIES, ends_school_year
from dialogs.understanding.times import HALF, TERMS, season_of
from dialogs.understanding.vocabulary import Vocabulary
from dialogs.understanding.years import FOUR_DIGITS, PARTS

_UNITS = {
    form: number
    for number, ways in enumerate(
        (
            ("en", "et", "one"), ("to", "two"), ("tre", "three"), ("fire", "four"), ("fem", "five"), ("seks", "six"),
            ("syv", "seven"), ("otte", "eight"), ("ni", "nine"),
        ),
        start=1,
    )
    for way in ways
    for form in spellings(way)
}  # fmt: skip
_TENS = {"tyve": 20, "tredive": 30, "twenty": 20, "thirty": 30}
_CENTURY = ("tyve", "twenty")
_THOUSANDS = {("to", "tusind"), ("to", "tusinde"), ("two", "thousand")}
_AND = ("og", "and")
_LINKS = (*_AND, "eller", "or", "samt", "til", "to")
_MARKS = ("/", "-", "–", "&")
_IN = ("i", "in")
_HALF_OF = ("half", "halvdel", "halvdelen")
_FIRST_CODE = re.compile(r"([12])h((?:20)?[23]\d)")
_SEASONS = ("foraar", "efteraar", "spring", "autumn")
_BY_TERM = {1: "foraar", 2: "efteraar"}
_SHORTEST_SEASON = 4
# As far as a year that is written in two digits alone is from the present one.
_NEAR = 3


def in_digits(words: Sequence[Word], known: Vocabulary, today: date) -> list[Word]:
    """The words with the times in them as they are looked up."""
    found: list[Word] = []
    index = 0
    while index < len(words):
        written = _year(words, index, found) or _half_of(words, index) or _term(words, index, known)
        word, stop = written or (words[index], index + 1)
        found.append(word)
        index = stop
    found = [_one(found, index, known, today) for index in range(len(found))]
    return [_of_a_pair(found, index) for index in range(len(found))]


def _one(words: Sequence[Word], index: int, known: Vocabulary, today: date) -> Word:
    """A word that is a time beside the ones around it."""
    word = words[index]
    before = words[index - 1].norm if index else ""
    if code := _FIRST_CODE.fullmatch(word.norm):
        return replace(word, norm=f"{code[2]}h{code[1]}")
    if not TWENTIES.fullmatch(word.norm):
        is_misspelt = _year_at(words, index + 1) is not None and not known.headings(word.norm)
        season = _nearest_season(word.norm) if is_misspelt and not season_of(word.norm) else None
        return replace(word, norm=season) if season else word
    if _ends_school_years(words, index):
        return replace(word, before="/")
    is_near = abs(2000 + int(word.norm) - today.year) <= _NEAR
    after = words[index + 1] if index + 1 < len(words) else None
    # `I 25 % af skolerne` is no time.
    is_share = after is not None and "%" in after.before
    ends = after is None or (not is_share and (bool(after.before.strip()) or known.has("place", after.norm)))
    if is_near and not word.before.strip() and (before in PARTS or (before in _IN and ends)):
        return replace(word, norm=f"20{word.norm}")
    return word


def _nearest_season(norm: str) -> str | None:
    """`Autum 25`, `eftr 25`: a word before a year that begins as a season does."""
    if len(norm) < _SHORTEST_SEASON:
        return None
    near = (
        season
        for season in _SEASONS
        if season[:2] == norm[:2]
        and any(OSA.distance(norm, season[: len(norm) + more], score_cutoff=1) <= 1 for more in (0, 1))
    )
    return next(near, None)


def _ends_school_years(words: Sequence[Word], index: int) -> bool:
    """`Skoleåret 25 26`."""
    if index < 2 or words[index].before.strip() or not TWENTIES.fullmatch(words[index - 1].norm):
        return False
    is_next = int(words[index].norm) == int(words[index - 1].norm) + 1
    begins = (at for at in (index - 2, index - 3) if at >= 0)
    return is_next and any(ends_school_year(words, at) == index - 1 for at in begins)


def _of_a_pair(words: Sequence[Word], index: int) -> Word:
    """`Forår/efterår 2025`: the year of the second is that of the first, an autumn before a spring the year before."""
    term, before = season_of(words[index].norm), words[index - 1].norm if index else ""
    if term is None or FOUR_DIGITS.fullmatch(before) or index + 2 >= len(words):
        return words[index]
    is_marked = words[index + 1].before.strip() in _MARKS
    at = index + 1 if is_marked else index + 2 if words[index + 1].norm in _LINKS else len(words)
    other, year = season_of(words[at].norm) if at < len(words) else None, _year_at(words, at + 1)
    if other is None or other == term or year is None:
        return words[index]
    return replace(words[index], norm=f"{_BY_TERM[term]}{year - (term > other)}")


def _half_of(words: Sequence[Word], index: int) -> tuple[Word, int] | None:
    """`First half of 2025`, `anden halvdel af 2025`."""
    is_half = words[index].norm in _HALF_OF and bool(index) and words[index - 1].norm in TERMS
    if not is_half or _year_at(words, index + 2) is None or words[index + 1].norm not in ("of", "af"):
        return None
    return _joined(words, index, index + 2, "halvaar"), index + 2


def _term(words: Sequence[Word], index: int, known: Vocabulary) -> tuple[Word, int] | None:
    """`Last term`, `autumn term`."""
    after = words[index + 1].norm if index + 1 < len(words) else ""
    if after == "term" and season_of(words[index].norm):
        return _joined(words, index, index + 2, words[index].norm), index + 2
    before = words[index - 1].norm if index else ""
    is_told = any(known.has(heading, before) for heading in ("last_word", "this_word", "next_word"))
    return (replace(words[index], norm="semester"), index + 1) if words[index].norm == "term" and is_told else None


def _year(words: Sequence[Word], index: int, before: Sequence[Word]) -> tuple[Word, int] | None:
    """A year in words; of `femogtyve` alone it is one behind a season or a half-year."""
    if long := _of_four_digits(words, index):
        year, stop = long
        return _joined(words, index, stop, str(year)), stop
    short = _of_two_digits(words, index)
    if short is None or not before or not (season_of(before[-1].norm) or before[-1].norm in HALF):
        return None
    return _joined(words, index, short[1], str(2000 + short[0])), short[1]


def _of_four_digits(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """`To tusind og femogtyve`, `tyve femogtyve`, `twenty twenty five`, and where it ends."""
    norms = [word.norm for word in words[index : index + 2]]
    if tuple(norms) in _THOUSANDS:
        at = index + 2
    elif norms[0] in ("totusind", "totusinde", *_CENTURY):
        at = index + 1
    else:
        return None
    if norms[0] not in _CENTURY and at < len(words) and words[at].norm in _AND:
        at += 1
    short = _of_two_digits(words, at)
    return (2000 + short[0], short[1]) if short else None


def _of_two_digits(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """`Femogtyve`, `fem og tyve`, `twenty-five`, and where it ends."""
    norms = [word.norm for word in words[index : index + 3]]
    if not norms:
        return None
    unit, joined, tens = norms[0].partition("og") if norms[0] not in _UNITS else (norms[0], "", "")
    if joined and unit in _UNITS and tens in _TENS:
        return _TENS[tens] + _UNITS[unit], index + 1
    if len(norms) == 3 and norms[0] in _UNITS and norms[1] == "og" and norms[2] in _TENS:
        return _TENS[norms[2]] + _UNITS[norms[0]], index + 3
    if norms[0] not in _TENS:
        return None
    has_unit = norms[0] in ("twenty", "thirty") and len(norms) > 1 and norms[1] in _UNITS
    return (_TENS[norms[0]] + _UNITS[norms[1]], index + 2) if has_unit else (_TENS[norms[0]], index + 1)


def _year_at(words: Sequence[Word], index: int) -> int | None:
    norm = words[index].norm if index < len(words) else ""
    if FOUR_DIGITS.fullmatch(norm):
        return int(norm)
    return 2000 + int(norm) if TWENTIES.fullmatch(norm) else None


def _joined(words: Sequence[Word], start: int, stop: int, norm: str) -> Word:
    said = words[start].said + "".join(f"{word.before}{word.said}" for word in words[start + 1 : stop])
    return replace(words[start], said=said, norm=norm)
