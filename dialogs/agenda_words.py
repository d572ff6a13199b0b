"""What somebody wants on the agenda, in their own words: `husk til 1:1 at tale om legepladsen`."""

import re

from dialogs.behind import told_behind

WORDS = ("dagsorden", "dagsordenen", "agenda")
_ONE = r"(?:1\s?[:-]\s?1|en[ -]til[ -]en|one[ -]on[ -]one)(?:\s(?:med|with)\s\w+)?"
_AGENDA = r"(?:dagsorden(?:en)?|agenda)"
_FIRST = re.compile(
    rf"(?:husk|sæt|skriv|tilføj|læg|tag|put|add|write|remember)\b.{{0,30}}?(?:{_AGENDA}(?:.{{0,20}}?\b{_ONE})?|{_ONE})"
    r"\s*(?::|,?\s(?:at|om|that|to|about)\b)\s*(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    rf"(?:sæt|skriv|tilføj|læg|put|add)\s(?P<what>.+?)\s(?:på|til|on|to)\s(?:(?:vores|næste|the|our|next)\s)*{_AGENDA}\b",
    re.IGNORECASE | re.DOTALL,
)


def to_put_on(text: str) -> str:
    """The line that is wanted, as it was typed; empty where none is."""
    found = _FIRST.match(text.strip()) or _LAST.match(text.strip())
    return found["what"].strip() if found else told_behind(text, WORDS)
