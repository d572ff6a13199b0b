"""What people type: cleaned of what no one typed on purpose, and refused where it must not be kept."""

import re
import unicodedata
from datetime import date

from domain.errors import Problem

LONG = 1_000
SHORT = 300
TITLE = 80

# Digits that stand alone and are no decimals: six of a date, an optional dash with or without blanks, four more.
_CPR = re.compile(r"(?<!\d)(?<!\d[.,])(\d{2})(\d{2})(\d{2})[^\S\n]?[\-\u2010-\u2015\u2212]?[^\S\n]?(\d{4})(?!\d)")


def clean(text: str) -> str:
    """The text as typed, without control and invisible formatting characters; line breaks and tabs stay."""
    # Nearly all that is typed is a line of what can be printed, and nothing of that is left out.
    if text.isprintable():
        return text.strip()
    kept = (
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t\u200d" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )
    return "".join(kept).strip()


def holds_cpr_number(text: str) -> bool:
    """I31: free text that matches a CPR number (`ddmmyy-xxxx`, or ten digits that begin with a valid date)."""
    for day, month, year, _ in _CPR.findall(unicodedata.normalize("NFKC", text)):
        try:
            date(2000 + int(year), int(month), int(day))
        except ValueError:
            continue
        return True
    return False


def problem_in(text: str, limit: int) -> Problem | None:
    """Why a text cannot be kept: a CPR number, or more than `limit` characters; None if it can."""
    if holds_cpr_number(text):
        return Problem("cpr")
    if len(text) > limit:
        return Problem("too_long", {"limit": limit, "length": len(text)})
    return None
