"""*To halvår side om side*: the same institutions in two half-years, in numbers and without a verdict.

Question: `sammenlign foråret med efteråret for Elmeskolen`; without a half-year the present one and the one before it.
Buttons: *Vis kilder* and *Afgræns*, where another half-year can be chosen.
"""

from dataclasses import replace

from cards import compare_half_years as cards
from cards.answer import Answer
from cards.compare_half_years import NAME, TITLE
from cards.kit import Card
from dialogs.answer import Answering
from dialogs.flow import Asked, Flow, Question
from dialogs.scope import bounds_of, sight_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.compare_half_years import Half
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from storage.supervision import dialogue_facts, focus_facts
from storage.supervision_agreements import agreement_facts
from storage.supervision_data import figures_by_theme, voice_facts
from storage.supervision_observations import observation_facts

MOST = 6


def asked(turn: Turn, question: Asked) -> Card:
    """The half-year that is asked about beside the one it is held against."""
    slots = question.slots
    two = (slots.period(turn.today), slots.other_period(turn.today))
    bounds = replace(bounds_of(turn, slots), first=min(two), last=max(two))
    return ANSWER.files_of(turn, bounds, only=slots.format) if slots.format else ANSWER.show(turn, bounds)


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """Where only one half-year is chosen, the one before it stands beside it."""
    first = scope.first if scope.first < scope.last else scope.last.previous
    whole = replace(scope, first=first, since=None)
    halves = [_half(turn, whole, each) for each in (first, scope.last)]
    return cards.answer(turn._, whole, bounds, halves)


def _half(turn: Turn, scope: Scope, half_year: HalfYear) -> Half:
    about = replace(scope, first=half_year, last=half_year)
    uow, viewer = turn.uow, turn.viewer
    has_agreements = any(sight_of(turn, Record.AGREEMENT, where) >= Sight.FULL for where in scope.institutions)
    return Half(
        half_year=half_year,
        focus_areas=focus_facts(uow, viewer, about, most=MOST),
        voices=voice_facts(uow, viewer, about, most=MOST),
        dialogues=dialogue_facts(uow, viewer, about, now=turn.now, most=MOST),
        observations=observation_facts(uow, viewer, about, now=turn.now, most=MOST),
        agreements=agreement_facts(uow, viewer, about, today=turn.today, most=MOST) if has_agreements else None,
        data=figures_by_theme(uow, viewer, about),
    )


ANSWER = Answering(name=NAME, title=TITLE, record=Record.FOCUS_AREA, draw=draw)
FLOW = Flow(
    name=NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={NAME: Question((), asked)},
    without=frozenset({"views", "clock", "storage"}),
)
