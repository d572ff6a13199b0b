"""Several questions in one message: where one ends and the next begins."""

import re

from dialogs.understanding.letters import LONGEST

LONGEST_TOLD = 60
_ASKS = r"(?:hvad|hvem|hvor|hvordan|hvornår|hvornaar|hvilke[nt]?|what|who|which|how|when|where)\b"
# What may begin a question after a comma alone; with the others a clause begins as often: `aftaler, hvor fristen er …`.
_ASKS_ON = r"(?:hvordan|hvornår|hvornaar|hvilke[nt]?|how)\b"
_AND = r"(?:og|and|samt)\s+(?:så\s+)?(?:også\s+)?"
# A dot after a short word or a number is that of an abbreviation, an ordinal or a name.
_SENTENCE_ENDS = re.compile(r"[?!;\n]+\s*|(?<=[^\W\d_]{4})\.\s+(?=(?-i:[A-ZÆØÅ]))", re.IGNORECASE)
_PART_ENDS = re.compile(rf",?\s+(?={_AND}{_ASKS})|,\s*(?={_ASKS_ON})", re.IGNORECASE)
_NOUN = (
    r"(?:nøgletal\w*|fokusområde\w*|aftale\w*|beslutning\w*|perspektiv\w*|observation\w*|læringssamtale\w*|tilsynsresum\w*"
    r"|key figures|focus areas|agreements|decisions|perspectives|observations|dialogues)"
)
_PLACED = r"(?:for|på|i|fra|hos|med|om|at|in|from|of|with|about)\b"
# `Nøgletal for Byskolen og fokusområder for Egehaven`: each has a place of its own.
_NEXT_NOUN = re.compile(rf"(?:,?\s+(?={_AND})|[.,]\s+)(?=(?:{_AND})?{_NOUN}\s+{_PLACED})", re.IGNORECASE)
_HAS_PLACE = re.compile(rf"{_NOUN}\s+{_PLACED}", re.IGNORECASE)
_BEGINS_WITH_AND = re.compile(_AND, re.IGNORECASE)
_BEGINS_ASKING = re.compile(rf"\W*(?:{_AND})?(?:{_ASKS}|(?:hva|why|hvorfor|whom|whose|hvis)\b)", re.IGNORECASE)
# A question has its verb here: `hvor er der …`, and not `hvor fristen er …`.
_CLAUSE = re.compile(
    rf"(?:{_AND})?(?:hvad|hvem|hvor|where)\s+(?:de[nrt]?|vi|the|they|we|(?!meget\b)\w{{3,}}(?:en|et|ne))\b",
    re.IGNORECASE,
)


def sentences_of(text: str) -> list[list[str]]:
    """The message by its sentences, each in the parts that may be a question, as they were typed."""
    sentences = [
        _stripped([part for clause in _PART_ENDS.split(each) for part in _by_nouns(clause)])
        for each in _SENTENCE_ENDS.split(text[:LONGEST])
    ]
    return [parts for parts in sentences if parts]


def _by_nouns(clause: str) -> list[str]:
    """The clause by the nouns that have a place of their own each."""
    found = _NEXT_NOUN.search(clause)
    if found is None or not _HAS_PLACE.search(clause[: found.start()]):
        return [clause]
    return [clause[: found.start()], *_by_nouns(clause[found.end() :])]


def _stripped(parts: list[str]) -> list[str]:
    return [part for part in (each.strip(" .,") for each in parts) if part]


def asks_by_its_first_word(text: str) -> bool:
    """Whether a word that asks stands first, after `og` at most."""
    return _BEGINS_ASKING.match(text) is not None


def may_be_clause(part: str) -> bool:
    """Whether the words stand as in a clause that says which of them: `og hvor fristen er overskredet`."""
    return _CLAUSE.match(part) is not None


def told(part: str) -> str:
    """The question in so many words as there is room to repeat."""
    words = _BEGINS_WITH_AND.sub("", part, count=1) if _BEGINS_WITH_AND.match(part) else part
    return words if len(words) <= LONGEST_TOLD else words[: LONGEST_TOLD - 1].rsplit(" ", 1)[0] + "…"
