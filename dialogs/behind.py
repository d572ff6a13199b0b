"""What somebody typed behind the words of a command, as they typed it: it stands in the form that opens, or is given
back on the card, so that nothing typed is lost."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cards import draft
from cards.kit import Card, below_head
from cards.language import Translator
from cards.layout import unbroken
from cards.parts import said
from dialogs import understanding
from dialogs.understanding import own
from dialogs.words import normalise, words_of
from domain.roster import Roster

# So many words are told, and no name or time that the command is about.
LEAST_TOLD = 4
# The commands with a form to write in, of which what was typed may not find a place.
WRITTEN = frozenset(
    {
        "prepare", "reflect", "decide", "status", "perspective", "note", "agenda", "feedback", "share_practice",
        "board", "local_priority", "measures", "recommendations", "personal_note", "focus_areas", "acknowledge",
    }
)  # fmt: skip
_MET = ("mødet", "samtalen", "1:1")
_MET_ENGLISH = ("the meeting", "the talk", "my 1:1")
# Called so before a colon alone, since each is a word of sentences as well.
SHORT_FOR = {
    "note": (
        "note",
        "note til 1:1",
        "note for my 1:1",
        *(
            f"{note} {of} {met}"
            for note in ("note", "noter", "notat", "notater")
            for of in ("til", "fra")
            for met in _MET
        ),
        *(f"{note} {of} {met}" for note in ("note", "notes") for of in ("for", "from") for met in _MET_ENGLISH),
    ),
    "agenda": ("aftale", "ny aftale", "agreement", "new agreement"),
    "decide": ("ny indsats", "nyt tiltag", "ny beslutning", "new measure", "new decision"),
}
# Of these, what stands behind a colon is looked at by the command itself.
OF_THEIR_OWN = frozenset({"perspective", "status", "agenda"})
_MARKS = " \t\n:,;.–—-"


def behind(text: str, wordings: Sequence[str]) -> str:
    """The words behind those of a command; empty where the message does not begin with it."""
    known = {words_of(each) for each in wordings}
    ends = [found.end() for found in re.finditer(r"\S+", text)][: max(map(len, known), default=0)]
    for end in reversed(ends):
        if tuple(normalise(text[:end]).split()) in known:
            return text[end:].lstrip(_MARKS).rstrip()
    return ""


def told_behind(text: str, wordings: Sequence[str]) -> str:
    """The same where something is told: after a colon, or in more words than a name has."""
    words = behind(text, wordings)
    return words if is_after_colon(text, words) or len(words.split()) >= LEAST_TOLD else ""


def written_as(text: str, wordings: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The command that stands before a colon as it is called, and what was written behind it; empty where none does.

    `Refleksion: vi så, at børnene var rolige` asks nothing, whatever its sentence may be like.
    """
    for at in (place for place, letter in enumerate(text) if letter == ":"):
        named = tuple(normalise(text[:at]).split())
        for command in sorted(WRITTEN):
            called = (*(() if command in OF_THEIR_OWN else wordings[command]), *SHORT_FOR.get(command, ()))
            if named and named in map(words_of, called):
                return command, text[at + 1 :].strip()
    return "", ""


def agreed_in(text: str, roster: Roster) -> str:
    """What is agreed, where the word alone stands before it: `aftale Mette sender plan inden jul`, and no `aftale med
    Mette om netværket`."""
    words = told_behind(text, SHORT_FOR["agenda"])
    known = [*(each.name for each in roster.leaders), *(each.name for each in roster.institutions)]
    names = {word for each in known for word in words_of(each)}
    is_told = own.begins_with_no_preposition(words) and understanding.tells(words) and own.tells(words, names)
    return words if is_told else ""


def is_after_colon(text: str, words: str) -> bool:
    """Whether a colon stands before the words, with which the text ends."""
    return bool(words) and text.removesuffix(words).rstrip().endswith(":")


def not_lost(_: Translator, card: Card, words: str) -> Card:
    """The card, with the words to be copied where they stand nowhere on it."""
    stands = re.compile(rf"(?<!\w){re.escape(unbroken(words))}(?!\w)")
    if not words or any(stands.search(unbroken(each)) for each in _texts(card)):
        return card
    return below_head(card, *draft.given_back(_, [said(words)]))


def _texts(part: Any) -> list[str]:
    """What is read on the card, and stands in its fields."""
    if isinstance(part, Mapping):
        own = [part[key] for key in ("text", "value") if isinstance(part.get(key), str)]
        return own + [found for each in part.values() for found in _texts(each)]
    return [found for each in part for found in _texts(each)] if isinstance(part, list) else []
