"""A message as words: small letters a to z and digits, each knowing where it stands in the text.

`æ`, `ø` and `å` become `ae`, `oe` and `aa`; whoever types them as plain letters is met by `spellings`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

# What nobody reads to the end is not asked in earnest, and must be answered as quickly as anything else.
LONGEST = 500
MOST_WORDS = 60

ONE_ON_ONE = "1til1"
_ENDING = r"(?:['’]?(?:s|e[nr]s?|erens?|ernes?)\b)?"
_ONE = rf"(?:1\s?(?:[:-]|til|on)\s?1(?![\d.,/])|en[ -]til[ -]en|one[ -](?:on|to)[ -]one){_ENDING}"
_WORD = re.compile(rf"(?<![\d.,/]){_ONE}|[^\W_]+(?:['’´`][^\W_]+)*", re.IGNORECASE)
# Without its sign, `I'll` is another word.
_WILL = re.compile("(?<=[a-z])['’]ll$", re.IGNORECASE)
_SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss", "ł": "l", "đ": "d"})
# How hurried people write the small words.
_CLIPPED = {
    "ik": "ikke", "ikk": "ikke", "ikek": "ikke", "hva": "hvad", "hvd": "hvad", "ka": "kan", "ska": "skal",
    "sku": "skulle", "osse": "ogsaa", "gir": "giver", "ta": "tage", "ha": "have", "aftlr": "aftaler",
    "omr": "omraade",
}  # fmt: skip
# `Heeej`, `thaaanks`: no word has a letter three times in a row.
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_SIGNED = ("hilsen", "hilsner", "hilsener", "mvh", "vh", "regards")
_BEFORE_SIGNED = ("bedste", "venlig", "venlige", "kaerlig", "kaerlige", "mange", "med", "de", "best", "kind")
_LONGEST_SIGNED = 4
# A sign that says as much as a word.
_SIGNS = str.maketrans({**dict.fromkeys("👍👌🙏❤🙂😊😀😃😄😁😉☺🤗👏🙌🎉", " tak "), "👋": " hej "})
_PLAIN = {"ae": ("ae", "a"), "oe": ("oe", "o"), "aa": ("aa", "a")}
_SINGLE = str.maketrans("æøåÆØÅ", "aoaaoa")
_DIGRAPH = re.compile("(ae|oe|aa)")
MOST_DIGRAPHS = 4
MOST_ERRORS_IN_A_NAME = 1


@dataclass(frozen=True)
class Word:
    """`said` is as typed, `norm` in plain letters; `before` is what stands between it and the word before."""

    said: str = field(repr=False)
    norm: str = field(repr=False)
    before: str = field(repr=False)

    @property
    def is_capital(self) -> bool:
        return self.said[:1].isupper()

    @property
    def begins(self) -> bool:
        """Whether a sentence begins here, where a capital says nothing."""
        return not self.before or any(mark in self.before for mark in ".?!:¿¡\n")


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Small letters a to z and digits alone."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_SPELT)
    text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]", "", text)


def in_single_letters(said: str) -> str:
    """In plain letters, with one for each `æ`, `ø` and `å`: two letters that have changed places are one error, be it
    `Sækring`."""
    return plain(said.translate(_SINGLE))


def words_of(text: str) -> list[Word]:
    """The words of the first part of a text."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).translate(_SIGNS)
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        said = match[0]
        is_one = re.fullmatch(_ONE, said, re.IGNORECASE)
        norm = ONE_ON_ONE if is_one else plain(_shortened(_WILL.sub("", said)))
        norm = _CLIPPED.get(norm, norm)
        if norm:
            found.append(Word(said, norm, text[end : match.start()] if found else ""))
            end = match.end()
        if len(found) == MOST_WORDS:
            break
    return found


def _shortened(said: str) -> str:
    """The word as it is when nobody draws it out; a number such as `III` stays one."""
    return said if len(set(said.casefold())) == 1 else _DRAWN_OUT.sub(r"\1", said)


@lru_cache(maxsize=20_000)
def spellings(name: str) -> tuple[str, ...]:
    """How people type it: `Ørnereden` as `oernereden` and `ornereden`, all in plain letters."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(_SPELT)
    parts = _DIGRAPH.split(letters)
    if len(parts) // 2 > MOST_DIGRAPHS:
        return (plain(name), plain(_DIGRAPH.sub(lambda found: found[0][0], letters)))
    ways = product(*(_PLAIN.get(part, (part,)) for part in parts))
    return tuple(dict.fromkeys(each for way in ways if (each := plain("".join(way)))))


def without_genitive(norm: str) -> Iterator[str]:
    """The word, and what it may be the genitive of: `elmeskolens`, `jens`."""
    yield norm
    if len(norm) > 3 and norm.endswith("s"):
        yield norm[:-1]
        if norm.endswith("es"):
            yield norm[:-2]


def errors_allowed(norm: str) -> int:
    """How many typing errors a word of this length can have and still be itself."""
    return 0 if len(norm) <= 3 else 1 if len(norm) <= 6 else 2


def errors_allowed_in_a_name(norm: str) -> int:
    """One, since with two a name is that of another place: `Lærkevejen` is not `Lærkereden`."""
    return 0 if len(norm) <= 3 else MOST_ERRORS_IN_A_NAME


def unsigned(words: Sequence[Word]) -> Sequence[Word]:
    """What is asked, without `bedste hilsner Birgit` after it: whoever writes is not whom it is about."""
    for index in range(max(len(words) - _LONGEST_SIGNED, 1), len(words)):
        if words[index].norm in _SIGNED:
            while words[index - 1].norm in _BEFORE_SIGNED and index > 1:
                index -= 1
            return words[:index]
    return words
