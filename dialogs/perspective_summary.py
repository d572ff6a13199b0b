"""*Perspektiver*: what children, young people, parents and staff tell, how they were heard, and who has not been.

Questions: `hvad siger forældrene om overgange`, `hvem mangler børneperspektiver i foråret`. A leader who names nothing
gets their own perspectives, to write and to read. Buttons: *Vis kilder*, *Afgræns*.
"""

from dataclasses import replace

from cards import perspective_summary as cards
from cards.answer import Answer
from cards.language import N_
from dialogs.answer import MOST_TRACED, Answering, lacking_in, last_of_each, most_of, since_the_last
from dialogs.flow import Flow, Question
from dialogs.turn import Turn
from domain.access import Record
from domain.facts import Gap
from domain.organisation import AgeRange
from domain.perspective import Group
from domain.scope import Bounds, Scope
from domain.supervision import Found
from storage.perspective_summary import coverage, ways_heard
from storage.supervision_data import last_voices, recommendation_counts, voice_facts


def draw(turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
    """R-43: each group for itself; whoever has not been heard is named as something to ask about.

    Of one theme nothing is said of who has not been heard, since a perspective may be about anything.
    """
    are_older = all(where.age_range is AgeRange.OLDER for where in scope.institutions)
    if bounds.groups == (Group.CHILDREN,) and bounds.institution_ids and are_older:
        # `Børnene` of a school that is named are the young people as well.
        bounds = replace(bounds, groups=(Group.CHILDREN, Group.YOUTH))
    uow, viewer, groups, most = turn.uow, turn.viewer, bounds.groups, most_of(scope, bounds)
    if bounds.latest:
        return _last(turn, since_the_last(scope, bounds), bounds, most)
    asked = [gap for group in groups or Group if (gap := Gap.of_group(group))]
    found = voice_facts(uow, viewer, scope, most=most, groups=groups)
    more = (
        voice_facts(uow, viewer, scope, most=MOST_TRACED, groups=groups) if bounds.is_traced and found.more else found
    )
    return cards.answer(
        turn._,
        scope,
        bounds,
        found=found.with_traced(more.sources),
        traced=more.facts[len(found.facts) :],
        ways=ways_heard(uow, viewer, scope, groups),
        answered=recommendation_counts(uow, viewer, scope, groups),
        covered=coverage(uow, viewer, scope, groups),
        lacking=lacking_in(turn, scope, () if scope.theme else asked, record=Record.PERSPECTIVE, most=most),
    )


def _last(turn: Turn, scope: Scope, bounds: Bounds, most: int) -> Answer:
    """Of each institution what was told last."""
    told = last_voices(turn.uow, turn.viewer, scope, groups=bounds.groups)
    found = last_of_each(told, most, word=lambda fact: fact.perspective.group)
    return cards.answer(turn._, scope, bounds, found=found, ways=(), answered={}, covered={}, lacking=Found())


ANSWER: Answering = Answering(
    name=cards.NAME,
    title=N_("Perspectives"),
    record=Record.PERSPECTIVE,
    draw=draw,
)

FLOW = Flow(
    name=cards.NAME,
    buttons=ANSWER.buttons,
    files=ANSWER.files,
    questions={cards.NAME: Question((), ANSWER.asked)},
    without=frozenset({"views", "clock"}),
)
