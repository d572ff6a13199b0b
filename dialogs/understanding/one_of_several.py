"""Which of several an answer goes by, where it goes by one: the first theme, the first dialogue, a file of one kind.

The others are told: `fokusområder om sprog og leg`, `samtale 2 og 3`, `som pdf og word`.
"""

from dialogs.understanding import question
from dialogs.understanding.around import words_at
from dialogs.understanding.roster import What
from dialogs.understanding.said import Said
from domain.unused import Unused, Why

_LINKS = frozenset({"og", "and", "eller", "or", "samt"})
_WHO = frozenset({"hvem", "hvilke", "who", "which"})
_HAVE_NUMBERS = (question.DIALOGUE_OVERVIEW, question.DECISION_LIST)


def others_of_several(said: Said, intent: str) -> list[Unused]:
    """What is named besides, each in the words in which it can be asked by itself."""
    words = [words_at(said, *span) for span in _other_themes(said)]
    if intent in _HAVE_NUMBERS:
        words += _other_dialogues(said)
    if said.has("pdf"):
        words += [words_at(said, hit.start, hit.stop) for hit in said.all("docx")[:1]]
    return [Unused(Why.ONE_AT_A_TIME, each) for each in words]


def listed_with(said: Said, unknown: list[int]) -> list[int]:
    """`Om inklusion, læsning og leg`: of one that is not known the next of the list are told as well."""
    found = []
    for index in unknown:
        at = _next_of_list(said, index)
        while at is not None and _is_strange(said, at):
            found.append(at)
            at = _next_of_list(said, at)
    return list(dict.fromkeys(each for each in found if each not in unknown))


def asked_who_is_ready(said: Said) -> list[tuple[int, int]]:
    """`Hvem er klar`, `hvem har forberedt sig`: all are shown, with how far they are."""
    if not said.words or said.words[0].norm not in _WHO:
        return []
    return [(hit.start, hit.stop) for hit in said.all("ready_word")][:1]


def _other_themes(said: Said) -> list[tuple[int, int]]:
    first, *others = said.things(What.THEME) or (None,)
    return [
        (found.start, found.stop)
        for found in said.names.found
        if found.start not in said.left_at and len(found.options) == 1 and found.options[0].id in others
    ]


def _other_dialogues(said: Said) -> list[str]:
    """Each with the word for a dialogue: `samtale 3`, `tredje læringssamtale`."""
    return [_called(said, each.at) for each in said.dialogue_numbers[1:]]


def _called(said: Said, at: int) -> str:
    number, dialogue = said.words[at].said, said.words[said.first("dialogue")].said
    number += "." if number.isdecimal() and at < said.first("dialogue") else ""
    return f"{number} {dialogue}" if at < said.first("dialogue") else f"{dialogue} {number}"


def _next_of_list(said: Said, index: int) -> int | None:
    after = said.words[index + 1 : index + 3]
    is_linked = len(after) == 2 and after[0].norm in _LINKS
    is_parted = bool(after) and "," in after[0].before
    return index + 1 + is_linked if is_linked or is_parted else None


def _is_strange(said: Said, index: int) -> bool:
    gone_by = said.names.taken | said.by_time | said.by_date | said.left_at
    return index not in gone_by and not said.known.headings(said.words[index].norm)
