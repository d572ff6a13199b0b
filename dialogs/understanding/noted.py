"""What somebody tells so that it is written down, and does not ask: `vi har aftalt, at …`, `husk at spørge om …`."""

import re
from enum import StrEnum

from dialogs.understanding.letters import Word, words_of
from dialogs.understanding.telling import asks
from dialogs.understanding.vocabulary import vocabulary


class Noted(StrEnum):
    """What it is that is told."""

    AGREEMENT = "agreed"
    DECISION = "decision"
    TO_BRING_UP = "to_bring_up"


_WHO = frozenset({"jeg", "vi", "i", "we"})
# What may stand between who tells and what they did.
_BETWEEN = frozenset(
    {
        "har", "have", "havde", "had", "er", "blev", "blevet", "ve", "netop", "lige", "nu", "just", "i", "dag", "gaar",
        "idag", "igaar", "today", "yesterday", "ogsaa", "also",
    }
)  # fmt: skip
_THAT = frozenset({"at", "that", "to"})
_REMEMBER = (("husk", "at"), ("husk", "lige", "at"), ("remember", "to"), ("remind", "me", "to"))
# What is to be remembered for a talk, and not what is to be bought.
_BRINGS_UP = frozenset(
    {
        "spoerge", "tale", "snakke", "tage", "naevne", "droefte", "vende", "foelge", "fortaelle", "sige", "hoere",
        "ask", "talk", "bring", "mention", "discuss", "follow", "tell", "raise",
    }
)  # fmt: skip
_AGENDA_OF = re.compile(r"(?:dagsorden(?:en)?|agenda)\s[^:\n]{1,80}:(?!\d)\s*(?P<what>.+)", re.I | re.S)
_AGREED_WITH = re.compile(
    r"(?:ny |new )?(?:aftale|agreement)\s(?:med|with)\s[^:\n]{1,80}:(?!\d)\s*(?P<what>.+)", re.I | re.S
)
_CLAUSES = re.compile(r"[,;.!]\s+")
_WANTED = ("reads_it", "briefs", "brief_me")
# From what they did to what it was: `jeg aftalte med Mette i dag, at …`.
_MOST_BETWEEN = 7
_LEAST_SAID = 2


def noted_in(text: str) -> tuple[Noted, str] | None:
    """What is told, with its words as they were typed; None where something is asked, or nothing is told.

    `Dagsorden Karen: fravær` and `aftale med Mette: hun sender tal` are told, too, whatever stands behind the colon.
    """
    if found := _AGENDA_OF.fullmatch(text.strip()):
        return Noted.TO_BRING_UP, found["what"]
    if found := _AGREED_WITH.fullmatch(text.strip()):
        return Noted.AGREEMENT, found["what"]
    words = words_of(text)
    first, *later = _CLAUSES.split(text)
    if not words or asks(first) or any(asks(clause) or _wants_an_answer(clause) for clause in later):
        return None
    if said := _to_remember(words):
        return Noted.TO_BRING_UP, said
    if words[0].norm not in _WHO:
        return None
    hits = [hit for hit in vocabulary().hits(words) if hit.heading in (Noted.AGREEMENT, Noted.DECISION)]
    for hit in sorted(hits, key=lambda each: each.start):
        if all(word.norm in _BETWEEN for word in words[1 : hit.start]) and hit.start > 0:
            return (Noted(hit.heading), text.strip()) if _says_what(words[hit.stop :]) else None
    return None


def _wants_an_answer(clause: str) -> bool:
    """`Vis dem`, `brief mig`, behind what is told."""
    return any(hit.start == 0 and hit.heading in _WANTED for hit in vocabulary().hits(words_of(clause)))


def _to_remember(words: list[Word]) -> str:
    norms = [word.norm for word in words]
    for begins in _REMEMBER:
        after = words[len(begins) :]
        is_one = tuple(norms[: len(begins)]) == begins and len(after) >= _LEAST_SAID
        if is_one and after[0].norm in _BRINGS_UP:
            first, *others = after
            return first.said + "".join(f"{word.before}{word.said}" for word in others)
    return ""


def _says_what(after: list[Word]) -> bool:
    """Whether it is said what was agreed or decided: behind `at`, or behind a colon."""
    for place, word in enumerate(after[:_MOST_BETWEEN]):
        if word.norm in _THAT:
            return len(after) - place >= _LEAST_SAID
        if ":" in word.before:
            return len(after) - place >= _LEAST_SAID
    return False
