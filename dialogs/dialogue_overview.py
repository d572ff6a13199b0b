"""*Områdeoverblik*: per institution from A to Å where its learning dialogue is, its focus areas, and what waits.

Questions: `områdeoverblik`, `hvem har ikke forberedt sig til samtale 2`, `hvornår er min næste læringssamtale`. A
leader who names nothing gets their own dialogues, to work with, and to a chief `læs forberedelsen for Elmeskolen` opens
it once it is ready. Buttons: *Vis kilder*, *Afgræns*; *Åbn en samtale* leads whoever takes part to one of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from cards import dialogue as dialogue_cards
from cards import dialogue_overview as cards
from cards import preparation
from cards.answer import Answer
from cards.form import Subject
from cards.kit import Card
from cards.language import N_
from cards.scope import Narrowing
from cards.which import MOST_ROWS
from dialogs import dialogue
from dialogs.answer import MOST_IN_SHORT, MOST_TRACED, Answering, at_most, most_of, of_dialogue_number
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.preparation_sheet import current, ready_for_chief
from dialogs.scope import bounds_of, scope_of
from dialogs.turn import Turn
from dialogs.understanding import own
from domain.access import Record, Sight
from domain.cycle import HALF_YEARS
from domain.dialogue import Dialogue, DialogueState
from domain.dialogue_overview import PlaceFact
from domain.organisation import Institution, Role
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from domain.slots import resolved
from domain.supervision import Found
from storage.dialogue_overview import coming_facts, place_facts
from storage.supervision import dialogue_facts

MOST_PLACES, MOST_COMING = 15, 5


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """A line for each institution; of one institution, its dialogues with what was decided in them. Where the next ones
    are asked for, those by time.
    """
    most = at_most(bounds, MOST_COMING if _is_coming(bounds) else MOST_PLACES, in_short=MOST_IN_SHORT)
    asked, (scope, found) = scope, _places(turn, scope, bounds, most)
    if bounds.is_traced and found.more and not _is_coming(bounds):
        _scope, others = _places(turn, asked, bounds, MOST_TRACED)
        found = found.with_traced(each.source for each in others.facts if each.dialogue)
    to_open = len(_taken_part_in(turn, found))
    if _is_coming(bounds):
        return cards.coming(turn._, scope, bounds, found, to_open=to_open)
    if not scope.is_one_place:
        return cards.of_several(turn._, scope, bounds, found, to_open=to_open)
    is_narrow = bounds.dialogue_no or bounds.status or bounds.latest
    most = most_of(scope, bounds)
    dialogues = Found() if is_narrow else dialogue_facts(turn.uow, turn.viewer, scope, now=turn.now, most=most)
    return cards.of_one(turn._, scope, bounds, found, dialogues, to_open=to_open)


def asked(turn: Turn, question: Asked) -> Card:
    """The preparation that a chief wants to read, where it is ready, and that none is; else the overview.

    What is ready is that of the coming dialogue: with another half-year, a number or a file, the overview is asked for.
    """
    about = question.slots
    is_of_another = resolved(about.half_year, turn.today) not in (None, HalfYear.of(turn.today))
    is_else = is_of_another or about.cycle or about.dialogue_no or about.format
    if is_else or not (own.reads_preparation(question.text) and turn.viewer.has(Role.CHIEF)):
        return ANSWER.asked(turn, question)
    bounds = bounds_of(turn, about)
    scope = scope_of(turn, bounds, ANSWER.record, least=ANSWER.least)
    found = [(each, where) for each, where in ready_for_chief(turn) if where.id in scope.places]
    if len(found) == 1:
        return current(turn, *found[0])
    if found:
        return dialogue_cards.choose(turn._, sorted(found, key=lambda each: each[0].starts_at), preparation.BEGIN)
    return cards.not_ready(turn._, ANSWER.asked(turn, question))


def open_one(turn: Turn, press: Narrowing) -> Card:
    """The dialogue's own card, or which: of those that the answer is about, the ones that the person takes part in."""
    scope = scope_of(turn, press.bounds, ANSWER.record, least=ANSWER.least)
    _scope, places = _places(turn, scope, press.bounds, MOST_ROWS)
    found = _taken_part_in(turn, places)
    if not found:
        return ANSWER.show(turn, press.bounds)
    if len(found) == 1:
        return dialogue.open_it(turn, Subject(found[0][0].id))
    return dialogue_cards.choose(turn._, found, dialogue_cards.OPEN)


def _places(
    turn: Turn, scope: Scope, bounds: Bounds, most: int
) -> tuple[Scope, Found[PlaceFact, DialogueState | None]]:
    """The first institutions with their dialogues, and the scope with the half-years that were meant.

    Where the next dialogue is asked for and no half-year, it may be in any that is to come, and the last one in any of
    the last two years.
    """
    quiet = turn.municipality.quiet
    if _is_coming(bounds):
        if not (bounds.first or bounds.last):
            scope = replace(scope, last=scope.last.plus(HALF_YEARS))
        return scope, coming_facts(turn.uow, turn.viewer, scope, now=turn.now, quiet=quiet, most=most)
    scope, cycles = of_dialogue_number(turn, scope, bounds)
    if bounds.latest and not (cycles or bounds.first or bounds.last):
        # In the first weeks of a half-year the last one was held in the one before, or in the cycle before.
        scope = replace(scope, first=scope.last.plus(1 - HALF_YEARS))
    return scope, place_facts(
        turn.uow,
        turn.viewer,
        scope,
        now=turn.now,
        quiet=quiet,
        most=most,
        number=bounds.dialogue_no,
        cycles=cycles,
        only=bounds.status,
        latest=bounds.latest,
    )


def _is_coming(bounds: Bounds) -> bool:
    """Whether the next ones are asked for; of the second, or of those not prepared, all are told."""
    return bounds.coming and not (bounds.dialogue_no or bounds.status)


def _taken_part_in(turn: Turn, found: Found[PlaceFact, DialogueState | None]) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues that open for the person, by institution and time: nobody else has a card of them."""
    return [(fact.dialogue, fact.where) for fact in found.facts if fact.dialogue and turn.viewer.takes_part(fact.where)]


ANSWER: Answering = Answering(
    name=cards.NAME,
    title=N_("Area overview"),
    record=Record.PREPARATION_DRAFT,
    least=Sight.STATUS,
    draw=draw,
)

FLOW = Flow(
    name=cards.NAME,
    buttons={**ANSWER.buttons, cards.WHICH: Button(Narrowing.read, open_one, only_shows=True)},
    files=ANSWER.files,
    questions={
        cards.NAME: Question(("områdeoverblik", "områdeoverblikket", "overblik over området", "area overview"), asked),
    },
    without=frozenset({"views", "clock"}),
)
