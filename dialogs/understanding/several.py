"""Two questions in one message: where one ends and the next begins."""

import re

from dialogs.understanding.letters import LONGEST

# Whoever asks more than this at once has written a text, and is asked to write one question.
MOST_QUESTIONS = 4
LONGEST_TOLD = 60
_ASKS = r"(?:hvad|hvem|hvor|hvordan|hvornår|hvornaar|hvilke[nt]?|what|who|which|how|when|where)\b"
_AND = r"(?:og|and|samt)\s+"
# A dot after a short word or a number is that of an abbreviation, an ordinal or a name.
_ENDS = re.compile(
    rf"[?!;\n]+\s*|(?<=[^\W\d_]{{4}})\.\s+(?=(?-i:[A-ZÆØÅ]))|,?\s+(?={_AND}{_ASKS})|,\s*(?={_ASKS})", re.IGNORECASE
)
_BEGINS_WITH_AND = re.compile(_AND, re.IGNORECASE)


def parts_of(text: str) -> list[str]:
    """The message in the parts that may each be a question, each as it was typed."""
    parts = (part.strip(" .,") for part in _ENDS.split(text[:LONGEST]))
    return [part for part in parts if part][:MOST_QUESTIONS]


def told(part: str) -> str:
    """The question in so many words as there is room to repeat."""
    words = _BEGINS_WITH_AND.sub("", part, count=1) if _BEGINS_WITH_AND.match(part) else part
    return words if len(words) <= LONGEST_TOLD else words[: LONGEST_TOLD - 1].rsplit(" ", 1)[0] + "…"
