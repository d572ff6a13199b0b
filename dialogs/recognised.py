"""Where a text looks as if one child or one employee is meant, its author is asked before others read it.

Nothing typed is lost. Every form is asked about, and so is a new one. Left out are a draft, which nobody but its
writers reads and which is asked about when it goes on, and the few matters below. A form of several steps goes on with
all of them: a step that was kept as a draft from another card is asked about before a later one is left.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from cards import recognised as cards
from cards.fitting import shortened
from cards.form import is_on, text
from cards.kit import Card
from cards.language import Translator
from dialogs.flow import Button
from dialogs.turn import Turn
from domain.errors import Problem, Problems, Refusal
from domain.single_child import may_be_of_one_child, words_of_one_child
from domain.single_employee import tells_of_employment, words_of_one_employee
from storage.errors import Gone
from storage.roles import grown_ups

# What is kept by these is read by nobody but those who write it; they are asked before it goes on to others.
KEPT_FOR_ONESELF = frozenset({"draft", "later"})
S = TypeVar("S")
# Enough to be found again in the field.
QUOTED = 40
NOT_ASKED_IN = {
    "personal_note": "read by its author alone",
    "anonymisation": "it asks for the very name that is to go",
}


def asked_of(turn: Turn, button: Button[Any], verb: str, data: Mapping[str, Any], form: object) -> dict[str, Problem]:
    """What is asked at which field of the form; empty where nothing is, or it was ticked."""
    if button.again is None or button.only_shows or is_on(data, cards.UNRECOGNISED):
        return {}
    found = _found(turn, verb, data)
    if not found:
        return {}
    try:
        shown = cards.fields_of(button.again(turn, form, Problems(found)))
    except (Refusal, Gone):
        # Pressing the button says what is the matter.
        shown = frozenset[str]()
    turn.uow.undo()
    return {name: each for name, each in found.items() if name in shown}


def ticked_still(turn: Turn, card: Card, verb: str, data: Mapping[str, Any]) -> Card:
    """The form that comes back for another reason, with the tick that was given: nobody is asked twice."""
    fields = _found(turn, verb, data) if is_on(data, cards.UNRECOGNISED) else {}
    return cards.with_tick_given(turn._, card, {name: text(data, name) for name in fields}) if fields else card


def _found(turn: Turn, verb: str, data: Mapping[str, Any]) -> dict[str, Problem]:
    flow, _, press = verb.partition(".")
    if flow in NOT_ASKED_IN or press in KEPT_FOR_ONESELF:
        return {}
    # As it is kept: what is cleaned away on the way there hides nothing.
    return told_in(turn, {name: text(data, name) for name in data})


def unasked(turn: Turn, steps: Iterable[S], content: Callable[[S], Any]) -> tuple[S, Problems] | None:
    """The first of these steps in which something is to be asked about, and what; `content` is what is kept in each."""
    for step in steps:
        kept = content(step)
        if found := told_in(turn, {name: text(vars(kept), name) for name in (each.name for each in fields(kept))}):
            return step, Problems(found)
    return None


def with_question(_: Translator, card: Card, asked: Problems) -> Card:
    """The card of such a step, with the tick that answers what is asked there."""
    return cards.with_tick(_, card, asked.fields)


def told_in(turn: Turn, typed: Mapping[str, str]) -> dict[str, Problem]:
    """What is asked of each text that is about to be read by others."""
    beside = {name: words for name, words in typed.items() if _may_be_of_somebody(words)}
    if not beside:
        return {}
    near = {held.institution_id for held in turn.viewer.roles if held.institution_id}
    names = grown_ups(turn.uow, turn.today, near, turn.person.id)
    found: dict[str, Problem] = {}
    for name, words in beside.items():
        if seen := words_of_one_child(words, names):
            found[name] = Problem("single_child", {"words": shortened(seen, QUOTED)})
        elif seen := words_of_one_employee(words, names):
            found[name] = Problem("single_employee", {"words": shortened(seen, QUOTED)})
    return found


def _may_be_of_somebody(words: str) -> bool:
    return may_be_of_one_child(words) or tells_of_employment(words)
