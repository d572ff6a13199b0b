"""The cards of a learning dialogue's day: planned, moved, cancelled, held; and of its data package."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cards import data_package, preparation
from cards import dialogue as moving
from cards import dialogue_form as forms
from cards.dialogue import Life
from cards.dialogue_form import PlanForm as DialogueForm
from cards.kit import Card
from cards.language import Translator
from cards.time_and_place import MoveForm
from cards.which import which_place
from domain.dialogue import PREPARABLE, DialogueState
from domain.errors import Expired, Problem, Problems
from tests.cards import municipality as made
from tests.cards.by_name import examples_in


def dialogue_which(_: Translator) -> Card:
    found = [(made.dialogue(), made.school()), (made.dialogue(), made.day_care())]
    return moving.choose(_, found, preparation.BEGIN)


def dialogue_which_of_many(_: Translator) -> Card:
    found = []
    for number in range(8):
        coming, where = made.dialogue(), made.school() if number % 2 else made.day_care()
        coming.id = made.uid(70 + number)
        found.append((coming, where))
    return moving.choose(_, found, preparation.BEGIN)


def dialogue_move(_: Translator) -> Card:
    return forms.ask_move(_, made.dialogue(), made.school())


def dialogue_move_wrong(_: Translator) -> Card:
    typed = MoveForm(subject_id=made.uid(20), day=date(2026, 9, 1), clock=None, place="", revision=1)
    problems = Problems({"day": Problem("other_half_year", {"half_year": made.SPRING})})
    return forms.ask_move(_, made.dialogue(), made.school(), typed=typed, problems=problems)


def dialogue_moved(_: Translator) -> Card:
    return moving.moved(_, made.dialogue(), made.school(), by_me=True)


def dialogue_moved_news(_: Translator) -> Card:
    return moving.moved(_, made.dialogue(), made.school(), by_me=False)


def dialogue_over(_: Translator) -> Card:
    return moving.over(_, made.dialogue(), made.school(), Expired("dialogue_cancelled"))


def _life(state: DialogueState, *, has_begun: bool, leads: bool = True) -> Life:
    return Life(
        dialogue=made.dialogue(state),
        told=None if has_begun and state in PREPARABLE else state,
        institution=made.school(),
        leads=leads,
        can_record=leads and has_begun,
        can_read=has_begun,
        has_begun=has_begun,
        can_change=leads and not has_begun,
        closes_at=datetime(2026, 5, 8, 9, 0, tzinfo=UTC) if state is DialogueState.RECORDED else None,
    )


def dialogue_coming(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.OPEN, has_begun=False))


def dialogue_going_on(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.READY, has_begun=True))


def dialogue_fell_through(_: Translator) -> Card:
    return moving.show(_, replace(_life(DialogueState.READY, has_begun=True), can_change=True))


def dialogue_recorded(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.RECORDED, has_begun=True))


def dialogue_of_the_chief(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.READY, has_begun=True, leads=False))


def dialogue_ask_cancel(_: Translator) -> Card:
    return moving.ask_cancel(_, made.dialogue(), made.school())


def dialogue_cancelled(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED), made.school(), by_me=True)


def dialogue_cancelled_extra(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED, number=None), made.school(), by_me=True)


def dialogue_cancelled_news(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED), made.school(), by_me=False)


def dialogue_plan(_: Translator) -> Card:
    return forms.ask_plan(_, made.school())


def dialogue_plan_wrong(_: Translator) -> Card:
    typed = DialogueForm(institution_id=made.uid(2), day=date(2026, 5, 12), clock=None, place="", is_extra=False)
    problems = Problems({"kind": Problem("half_year_taken", {"half_year": made.SPRING}), "clock": Problem("no_clock")})
    return forms.ask_plan(_, made.school(), typed=typed, problems=problems)


def dialogue_planned(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=True)


def dialogue_planned_soon(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=True, is_open=True)


def dialogue_planned_news(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=False)


def dialogue_where(_: Translator) -> Card:
    return which_place(_, [made.school(), made.day_care()], moving.NEW)


def dialogue_closing(_: Translator) -> Card:
    about = made.dialogue(DialogueState.RECORDED)
    return moving.closing(_, about, made.school(), datetime(2026, 5, 8, 9, 0, tzinfo=UTC))


def dialogue_closing_draft(_: Translator) -> Card:
    about = made.dialogue(DialogueState.RECORDED)
    return moving.closing(_, about, made.school(), datetime(2026, 5, 8, 9, 0, tzinfo=UTC), has_draft=True)


def dialogue_none(_: Translator) -> Card:
    return moving.none_planned(_)


def dialogue_none_begun(_: Translator) -> Card:
    return moving.none_begun(_)


def data_package_released(_: Translator) -> Card:
    return data_package.show(
        _,
        package=made.package(),
        institution=made.school(),
        figures=made.figures(),
        themes={each.id: each for each in made.themes()},
        dialogue=made.dialogue(),
        figures_url="https://lis.skovkoebing.example/elmeskolen",
    )


def data_package_which(_: Translator) -> Card:
    return data_package.choose(_, [(made.package(), made.school()), (made.package(), made.day_care())])


EXAMPLES = examples_in(globals())
