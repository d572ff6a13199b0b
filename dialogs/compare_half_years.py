"""*To halvår side om side*: the same institutions in two half-years, in numbers and without a verdict.

Question: `sammenlign foråret med efteråret for Elmeskolen`; without a half-year the present one and the one before it.
Buttons: *Vis kilder* and *Afgræns*, where another half-year can be chosen.
"""

from collections.abc import Callable
from dataclasses import replace

from cards import compare_half_years as cards
from cards.answer import Answer
from cards.compare_half_years import NAME, TITLE
from cards.kit import Card
from dialogs.answer import Answering, traced
from dialogs.flow import Asked, Flow, Question
from dialogs.scope import bounds_of, sight_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.compare_half_years import Half
from domain.scope import Bounds, Scope
from domain.supervision import F, Found, K, Section
from storage.supervision import dialogue_facts, focus_areas_in_both, focus_facts
from storage.supervision_agreements import agreement_facts, agreements_in_both
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
    spans = [replace(whole, first=each, last=each) for each in (first, scope.last)]
    halves = [_half(turn, each, is_traced=bounds.is_traced or bounds.is_whole) for each in spans]
    both = {Section.FOCUS_AREAS: focus_areas_in_both(turn.uow, turn.viewer, *spans)}
    if any(each.agreements for each in halves):
        both[Section.AGREEMENTS] = agreements_in_both(turn.uow, turn.viewer, *spans)
    return cards.answer(turn._, whole, bounds, halves, both)


def _half(turn: Turn, about: Scope, *, is_traced: bool) -> Half:
    uow, viewer, now, today = turn.uow, turn.viewer, turn.now, turn.today
    has_agreements = any(sight_of(turn, Record.AGREEMENT, where) >= Sight.FULL for where in about.institutions)

    def found(find: Callable[[int], Found[F, K]]) -> Found[F, K]:
        return traced(find, MOST, is_traced=is_traced)

    return Half(
        half_year=about.first,
        focus_areas=found(lambda most: focus_facts(uow, viewer, about, most=most)),
        voices=found(lambda most: voice_facts(uow, viewer, about, most=most)),
        dialogues=found(lambda most: dialogue_facts(uow, viewer, about, now=now, most=most)),
        observations=found(lambda most: observation_facts(uow, viewer, about, now=now, most=most)),
        agreements=found(lambda most: agreement_facts(uow, viewer, about, today=today, most=most))
        if has_agreements
        else None,
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
