"""What somebody wants on the agenda, in their own words: `husk til 1:1 at tale om legepladsen`."""

import re

from dialogs.behind import told_behind
from dialogs.when import NUMBERS, WEEKDAYS

WORDS = ("dagsorden", "dagsordenen", "agenda")
_WRITES = r"(?:husk|sæt|skriv|tilføj|læg|tag|put|add|write|remember)"
_ONE = r"(?:1\s?[:-]\s?1|en[ -]til[ -]en|one[ -]on[ -]one)(?:\s(?:med|with)\s[^:\n]{1,80}?)?"
_AGENDA = r"(?:dagsorden(?:en)?|agenda)"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(word for words in NUMBERS.values() for word in words)})"
_DAYS = "|".join(name for names in WEEKDAYS.values() for name in names)
# `Om 14 dage` and `om tirsdagen` say when, and nothing of what is to be talked about.
_TIME = (
    rf"(?:{_COUNT}\s+(?:dage?|uger?|måned(?:er)?|days?|weeks?|months?)|(?:{_DAYS})(?:e|en|ene)?"
    r"|(?:morgen|formiddag|eftermiddag|aften)en)\b"
)
_FIRST = re.compile(
    rf"{_WRITES}\b.{{0,30}}?(?:{_AGENDA}(?:.{{0,20}}?\b{_ONE})?|{_ONE})"
    rf"\s*(?::|,?\s(?:at|that|(?:om|to|about)(?!\s+{_TIME}))\b)\s*(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    rf"(?:sæt|skriv|tilføj|læg|put|add)\s(?P<what>.+?)\s(?:på|til|on|to)\s(?:(?:vores|næste|the|our|next)\s)*{_AGENDA}\b",
    re.IGNORECASE | re.DOTALL,
)
# The colon of `1:1` is none.
_AFTER_COLON = re.compile(rf"{_AGENDA}\b[^\n]{{0,80}}?:(?!\d)\s*(?P<what>.+)", re.IGNORECASE | re.DOTALL)
_BY_HABIT = re.compile(rf"\b(?:om|on)\s+(?:(?:{_DAYS})(?:e|en|ene)|(?:{_DAYS})s)\b", re.IGNORECASE)
_WHOSE = re.compile(r"(?:til|for|fra|med|på|af|i|to|with|on|of)\b", re.IGNORECASE)
_WITH_AT_END = re.compile(r"\s(?:med|with)\s(?P<whom>[^\n]{1,80})$", re.IGNORECASE)
_BEGINS_WRITING = re.compile(rf"\s*{_WRITES}\b", re.IGNORECASE)


def to_put_on(text: str) -> tuple[str, str]:
    """The line that is wanted, as it was typed, empty where none is; and the words around it, which say on whose."""
    text = text.strip()
    found = _FIRST.match(text) or _LAST.match(text) or _AFTER_COLON.match(text)
    line = found["what"].strip() if found else told_behind(text, WORDS)
    if not found and _WHOSE.match(line):
        line = ""
    around = f"{text[: found.start('what')]} {text[found.end('what') :]}" if found else text.removesuffix(line)
    return line, _BY_HABIT.sub(" ", _BEGINS_WRITING.sub(" ", around))


def is_to_write(text: str) -> bool:
    """Whether the text begins as one that is to be written down."""
    return bool(_BEGINS_WRITING.match(text))


def with_whom_at_end(line: str) -> str:
    """Who may be meant as the other of the two: `makkerpar med Sofie` may be a matter, or one for Sofie."""
    found = _WITH_AT_END.search(line)
    return found["whom"] if found else ""
