"""Finds the drafts and the notes of 1:1s that are to be in an answer, which hold none: `tilsynsresumé med kladder`,
`medtag 1:1-notater`."""

from dialogs.understanding.names import WITH
from dialogs.understanding.said import Said

_FROM = frozenset({"fra", "af", "from", "of"})
_WITHOUT = frozenset({"uden", "without"})
_BETWEEN = frozenset({"og", "and", "samt", "alle", "all", "mine", "min", "my", "de", "the", "vores", "our", "ogsaa"})

Span = tuple[int, int]


def kept_back(said: Said) -> list[Span]:
    """Where the drafts and the notes stand that are to be in the answer."""
    drafts = [(hit.start, hit.stop) for hit in said.all("draft")]
    return _included(said, sorted({*drafts, *_notes(said)}))


def asks_for_notes(said: Said) -> bool:
    """`Medtag 1:1-notater`, of whatever was asked before: they are for the two."""
    begins = bool(said.words) and said.known.has("include", said.words[0].norm)
    return begins and not said.names_a_person and bool(_included(said, _notes(said)))


def is_summary_beside_talks(said: Said) -> bool:
    """Whether a summary is asked for and no recap of a 1:1: with what is noted there, or without any."""
    is_summary = said.has("supervision") or (said.has("summary") and said.has_place)
    without = any(hit.start and said.words[hit.start - 1].norm in _WITHOUT for hit in said.all("one_on_one"))
    return is_summary and not said.names_a_person and (without or bool(_included(said, _notes(said))))


def _notes(said: Said) -> list[Span]:
    """`1:1-notater`, `noter fra 1:1`."""
    notes, talks = said.all("recap"), said.all("one_on_one")
    return [
        *((talk.start, note.stop) for talk in talks for note in notes if note.start == talk.stop),
        *(
            (note.start, talk.stop)
            for talk in talks
            for note in notes
            if note.stop == talk.start - 1 and said.words[note.stop].norm in _FROM
        ),
    ]


def _included(said: Said, spans: list[Span]) -> list[Span]:
    """Those before which it is said that they are to be there, alone or in a list."""
    inside = {index for start, stop in spans for index in range(start, stop)}
    found = []
    for start, stop in spans:
        at = start - 1
        while at >= 0 and (at in inside or said.words[at].norm in _BETWEEN):
            at -= 1
        if at >= 0 and (said.words[at].norm in WITH or said.known.has("include", said.words[at].norm)):
            found.append((start, stop))
    return found
