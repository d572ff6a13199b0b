"""Whose agenda or note is meant, among some 1:1s: by whom it is with, and by the day."""

import re
from collections.abc import Sequence

from cards.meeting import Meeting
from dialogs.names import named_by_all
from dialogs.turn import Turn
from dialogs.understanding import own
from dialogs.when import when

# `Mette og Jonas` are two people, and `Mette på Elmeskolen` is one.
_AND = re.compile(r"\s(?:og|and|eller|or|&)\s|,", re.IGNORECASE)


def meant_by(turn: Turn, found: Sequence[Meeting], text: str) -> tuple[list[Meeting], bool]:
    """The first 1:1 with each who is named, or with everybody where nobody is, on the day that is spoken of.

    None where one of the words fits no 1:1; and whether somebody, or a day, is named.
    """
    said = when(text, turn.today)
    zone = turn.municipality.zone
    on_day = [each for each in found if said.day in (None, each.one_on_one.starts_at.astimezone(zone).date())]
    parts = [words for part in _AND.split(said.rest) if (words := own.names_in(part))]
    candidates = [(each.one_on_one.id, [each.other.name, *(where.name for where in each.places)]) for each in on_day]
    fits = [named_by_all(words, candidates) for words in parts]
    is_named = bool(parts or said.day)
    if not all(fits):
        return [], is_named
    return next_with_each([each for each in on_day if not fits or each.one_on_one.id in set().union(*fits)]), is_named


def next_with_each(found: Sequence[Meeting]) -> list[Meeting]:
    """The first with each, in the order of `found`."""
    by_person: dict[object, Meeting] = {}
    for each in found:
        by_person.setdefault(each.other.id, each)
    return list(by_person.values())
