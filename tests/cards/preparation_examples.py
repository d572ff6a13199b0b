"""The cards of preparing a dialogue, with the perspectives on file and the local priority that are brought along."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards import (
    decision_form,
    decisions,
    focus_area,
    focus_status,
    preparation_form,
    preparation_read,
    priority,
    reflection,
    reflection_form,
)
from cards.focus_area_story import Story
from cards.kit import Card
from cards.language import Translator
from cards.preparation import Form
from cards.priority import Form as PriorityForm
from cards.which import which_place
from domain.errors import Expired, Problem, Problems
from domain.focus_area import Closing
from domain.measure import MeasureState
from domain.organisation import AgeRange
from domain.preparation import DataStep, FocusStep, PerspectiveStep, Source, Step
from domain.priority import Stated, sources_of
from domain.reflection import ReflectionStep
from tests.cards import municipality as made
from tests.cards import observed as seen
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def _at(step: Step, words: str = WORDS) -> Any:
    kept = made.preparation(words)
    kept.step = step
    return kept


def _typed(words: str) -> Form:
    kept = made.preparation(words)
    return Form(dialogue_id=made.uid(20), step=Step.DATA, content=kept.data, was="", revision=1)


def prepare_first(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet())


def prepare_data(_: Translator, words: str = WORDS) -> Card:
    return preparation_form.ask(_, made.sheet(_at(Step.DATA, words)))


def prepare_perspectives(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet(_at(Step.PERSPECTIVES)))


def prepare_waiting(_: Translator, words: str = WORDS) -> Card:
    waiting = [words, "Flere små grupper i dansk", "Mere tid til at tænke", "En fast makker"]
    return preparation_form.ask(_, replace(made.sheet(_at(Step.PERSPECTIVES)), waiting=waiting))


def prepare_focus(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet(_at(Step.FOCUS)))


def prepare_missing(_: Translator) -> Card:
    kept = made.preparation("For kort")
    problems = Problems({"figures": Problem("no_data"), "interpretation": Problem("not_interpreted")})
    typed = Form(
        dialogue_id=made.uid(20), step=Step.DATA, content=DataStep(interpretation="For kort"), was="", revision=1
    )
    return preparation_form.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_perspectives_missing(_: Translator) -> Card:
    kept = _at(Step.PERSPECTIVES)
    problems = Problems({"children": Problem("no_perspective"), "parents_by": Problem("date_passed")})
    content = PerspectiveStep(parents_by=date(2026, 4, 1))
    typed = Form(dialogue_id=made.uid(20), step=Step.PERSPECTIVES, content=content, was="", revision=1)
    return preparation_form.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_observed(_: Translator, words: str = "") -> Card:
    received = [seen.given(words), seen.given(words, seen.acknowledged(words))]
    return preparation_form.ask(_, replace(made.sheet(), received=received, brought_home=[seen.given(words)]))


def prepare_later(_: Translator, words: str = WORDS) -> Card:
    sheet = replace(
        made.sheet(_at(Step.DATA)),
        stories=[made.story(words), _second()],
        measures=[made.measure(), made.measure("Elevrådet prøver det af", MeasureState.DONE)],
        unfinished=[made.focus_area(closing=Closing.CONTINUED)],
    )
    return preparation_form.ask(_, sheet)


def prepare_later_focus(_: Translator) -> Card:
    return preparation_form.ask(_, replace(made.sheet(_at(Step.FOCUS)), stories=[made.story(), _second()]))


def _second() -> Story:
    area = made.focus_area()
    area.id, area.title = made.uid(91), "En rolig start på dagen"
    return made.story(area=area, begun=False)


def prepare_focus_missing(_: Translator) -> Card:
    kept = _at(Step.FOCUS)
    content = FocusStep(considered=(*kept.focus.considered, *kept.focus.considered[:0]), wishes="x" * 1012)
    problems = Problems({"title1": Problem("no_title"), "wishes": Problem("too_long", {"limit": 1000, "length": 1012})})
    typed = Form(dialogue_id=made.uid(20), step=Step.FOCUS, content=content, was="", revision=1)
    return preparation_form.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_cpr(_: Translator) -> Card:
    return preparation_form.ask(
        _,
        made.sheet(made.preparation()),
        typed=_typed("Der er et barn, 010203-1234, som …"),
        problems=Problems({"interpretation": Problem("cpr")}),
    )


def prepare_meanwhile(_: Translator, words: str = WORDS) -> Card:
    problems = Problems({"interpretation": Problem("written_meanwhile")})
    return preparation_form.ask(
        _, made.sheet(made.preparation(words)), typed=_typed("Mine egne ord."), problems=problems
    )


def prepare_moved(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet(made.preparation(), was_moved=True))


def preparation_filed(_: Translator, words: str = WORDS) -> Card:
    kept = _at(Step.PERSPECTIVES)
    kept.perspectives = PerspectiveStep()
    return preparation_form.ask(_, replace(made.sheet(kept), heard=made.heard(words)))


def preparation_filed_date_wrong(_: Translator) -> Card:
    kept = made.preparation()
    kept.perspectives = PerspectiveStep(chosen=(made.uid(140),), parents_by=date(2026, 4, 1))
    kept.step = Step.PERSPECTIVES
    problems = Problems({"parents_by": Problem("date_passed")})
    return preparation_form.ask(_, replace(made.sheet(kept), heard=made.heard()), problems=problems)


def preparation_read_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.preparation(words)
    kept.perspectives = PerspectiveStep(chosen=(made.uid(140), made.uid(144)))
    return preparation_read.read_only(_, replace(made.sheet(kept), heard=made.heard(words)))


def reflection_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    kept.basis = replace(kept.basis, perspectives=(made.uid(140), made.uid(144)))
    kept.step = ReflectionStep.BASIS
    return reflection_form.ask(_, replace(made.reflected(kept), heard=made.heard(words)))


def reflection_saved_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words, saved=True)
    kept.basis = replace(kept.basis, perspectives=(made.uid(140), made.uid(144)))
    return reflection.show(_, replace(made.reflected(kept), heard=made.heard(words)))


def decision_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(words)
    kept.what = replace(kept.what, perspectives=(made.uid(140),))
    return decision_form.ask(_, replace(made.decided(kept), heard=made.heard(words)))


def decision_saved_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(words, saved=True)
    kept.what = replace(kept.what, perspectives=(made.uid(140), made.uid(144)))
    return decisions.show(_, replace(made.decided(None, kept), heard=made.heard(words)))


def focus_status_filed(_: Translator, words: str = WORDS) -> Card:
    return focus_status.ask(_, made.story(words, heard=made.heard(words)))


def focus_area_filed(_: Translator, words: str = WORDS) -> Card:
    story = made.story(words, heard=made.heard(words))
    last = story.history[-1][0]
    last.perspectives = (made.uid(140), made.uid(145))
    return focus_area.show(_, story)


def priority_new(_: Translator) -> Card:
    return priority.ask(_, made.prioritised())


def priority_goes_on(_: Translator, words: str = WORDS) -> Card:
    before = made.local_priority(words, half_year=made.SPRING.previous)
    return priority.ask(_, made.prioritised(before=before))


def priority_missing(_: Translator) -> Card:
    typed = PriorityForm(institution_id=made.uid(2), half_year=made.SPRING, stated=Stated())
    return priority.ask(_, made.prioritised(), typed=typed, problems=Problems({"text": Problem("no_priority")}))


def priority_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = PriorityForm(institution_id=made.uid(2), half_year=made.SPRING, stated=Stated(text="Mine egne ord."))
    sheet = replace(made.prioritised(made.local_priority(words)), written_by=made.colleague())
    return priority.ask(_, sheet, typed=typed, problems=Problems({"text": Problem("written_meanwhile")}))


def priority_saved(_: Translator, words: str = WORDS) -> Card:
    sheet = made.prioritised(made.local_priority(words), dialogue=made.dialogue())
    return priority.show(_, sheet, others=[made.local_priority(half_year=made.SPRING.previous)])


def priority_read(_: Translator, words: str = WORDS) -> Card:
    return priority.show(_, replace(made.prioritised(made.local_priority(words)), can_write=False))


def priority_none(_: Translator) -> Card:
    earlier = [made.local_priority(half_year=made.SPRING.previous)]
    return priority.none_yet(_, replace(made.prioritised(), can_write=False), others=earlier)


def priority_over(_: Translator, words: str = WORDS) -> Card:
    typed = PriorityForm(institution_id=made.uid(2), half_year=made.SPRING, stated=Stated(text=words))
    return priority.over(_, Expired("half_year_over"), typed=typed)


def priority_refused(_: Translator, words: str = WORDS) -> Card:
    return priority.refused(_, PriorityForm(institution_id=made.uid(2), half_year=None, stated=Stated(text=words)))


def priority_which(_: Translator) -> Card:
    """For a chief: whose to read."""
    return which_place(_, [made.school(), made.day_care()], priority.READ)


def priority_in_preparation(_: Translator, words: str = WORDS) -> Card:
    return preparation_form.ask(_, replace(made.sheet(), priority=made.local_priority(words), can_prioritise=True))


def priority_lacking_in_preparation(_: Translator) -> Card:
    sheet = replace(made.sheet(), can_prioritise=True, sources=sources_of(AgeRange.OLDER, None))
    return preparation_form.ask(_, sheet)


def priority_in_reflection(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(saved=True)
    kept.basis = replace(kept.basis, sources=(Source.OBSERVATION, Source.PRIORITY))
    return reflection.show(_, replace(made.reflected(kept), priority=made.local_priority(words)))


def priority_in_decision(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(saved=True)
    kept.what = replace(kept.what, sources=(Source.PRIORITY,))
    return decisions.show(_, replace(made.decided(None, kept), priority=made.local_priority(words)))


EXAMPLES = examples_in(globals())
