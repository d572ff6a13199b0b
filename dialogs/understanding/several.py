"""Several questions in one message: which of them is answered, where and of when, and which are repeated."""

from dataclasses import dataclass, replace
from typing import Protocol

from dialogs.understanding.follow_up import Earlier
from dialogs.understanding.found import CLARIFY, UNKNOWN_INSTITUTION, Understanding
from dialogs.understanding.parts import may_be_clause, sentences_of, told
from dialogs.understanding.question import ATTENTION_LIST, THE_TWELVE
from domain.unused import Unused, Why

# So many are told apart: the first is answered, and the others are repeated.
MOST_QUESTIONS = 4
# Nobody asks in more parts than this; each is understood by itself, which takes its time.
MOST_PARTS = 30


class Understood(Protocol):
    """What a part of the message means by itself, or after an earlier question."""

    def __call__(self, part: str, before: Earlier | None = None, /) -> Understanding: ...


def first_of(text: str, understood: Understood, earlier: Earlier | None) -> Understanding | None:
    """The first of several different questions, with the others as what is not gone by; None where there is but one."""
    sentences = sentences_of(text)
    asked = _asked_in(sentences, understood, earlier)
    if len(asked) < 2:
        return None
    first = _where_others_are(_with_all(asked[0], understood, earlier), asked, understood)
    others = list(dict.fromkeys(told(each.text) for each in asked[1:]))
    repeated = [Unused(Why.ONE_AT_A_TIME, each) for each in others[: MOST_QUESTIONS - 1]]
    more = [Unused(Why.MORE_AT_ONCE, "")] if len(others) >= MOST_QUESTIONS or _is_cut(sentences) else []
    return replace(first, unused=(*first.unused, *repeated, *more))


def _is_cut(sentences: list[list[str]]) -> bool:
    return sum(map(len, sentences)) > MOST_PARTS


@dataclass
class _Asked:
    """One of several questions: the sentence it begins in, and the parts of the message that are about it.

    What stands before the first question goes with it, and what asks nothing by itself with the one before it.
    """

    found: Understanding
    sentence: int
    parts: list[str]
    besides: list[str]

    @property
    def text(self) -> str:
        return ". ".join(self.parts)


def _asked_in(sentences: list[list[str]], understood: Understood, earlier: Earlier | None) -> list[_Asked]:
    """The different questions of a message, in their order; what asks the same as the first is one with it."""
    asked: list[_Asked] = []
    before: list[str] = []
    last: _Asked | None = None
    placed = [(number, place, part) for number, parts in enumerate(sentences) for place, part in enumerate(parts)]
    for number, place, part in placed[:MOST_PARTS]:
        found = understood(part, earlier if number == place == 0 else None)
        if not _asks_by_itself(found):
            (before if last is None else last.parts).append(part)
            if last is not None:
                last.besides.append(part)
        elif last is not None and place and _says_which(part, last, understood):
            last.parts.append(part)
        elif asked and found.question == asked[0].found.question:
            last = asked[0]
            last.parts.append(part)
        else:
            last = _Asked(found, number, [*before, part], [])
            asked.append(last)
            before = []
    return asked


def _asks_by_itself(part: Understanding) -> bool:
    """Whether a question is named; a name alone goes with the one beside it."""
    return part.question in THE_TWELVE and (part.is_sure or part.question == ATTENTION_LIST)


def _says_which(part: str, last: _Asked, understood: Understood) -> bool:
    """Whether the part only says which of them: `aftaler, og hvor fristen er overskredet`."""
    if not may_be_clause(part):
        return False
    alone, both = understood(last.text), understood(f"{last.text}, {part}")
    return both.question == alone.question and both.slots.status != alone.slots.status


def _with_all(first: _Asked, understood: Understood, earlier: Earlier | None) -> Understanding:
    """The question with all that is said of it; its own words say what it asks."""
    found = understood(first.text, earlier)
    return found if found.question == first.found.question else _with_named(first.found, found, whole=True)


def _where_others_are(first: Understanding, asked: list[_Asked], understood: Understood) -> Understanding:
    """The first question where the others of its sentence are, or what is said after them: a place is named once."""
    for other in asked[1:]:
        if first.is_placed:
            break
        if other.besides:
            first = _with_named(first, understood(". ".join(other.besides)), whole=True)
        if not first.is_placed and other.sentence == asked[0].sentence:
            first = _with_named(first, understood(other.text))
    return first


def _with_named(found: Understanding, named: Understanding, *, whole: bool = False) -> Understanding:
    """The question for the places and people that are named beside it; with `whole` for the theme and the time, too."""
    slots = found.slots
    if not found.is_placed:
        where = named.slots
        slots = replace(
            slots,
            institutions=where.institutions,
            areas=where.areas,
            types=where.types,
            age_range=where.age_range,
            leaders=where.leaders,
            candidates=where.candidates,
        )
        if named.intent in (CLARIFY, UNKNOWN_INSTITUTION):
            found = replace(
                found,
                intent=named.intent,
                asked=found.question,
                left=named.left,
                is_unknown_person=named.is_unknown_person,
            )
    if whole:
        slots = replace(
            slots,
            theme=slots.theme or named.slots.theme,
            half_year=slots.half_year or named.slots.half_year,
        )
    return replace(found, slots=slots)
