"""The cards of a 1:1's day, and of how often there is one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from cards import agenda, meeting, next_dialogue, one_on_one, rhythm
from cards import one_on_one_plan as planning
from cards import one_on_one_without as one_on_one_without_any
from cards.kit import Card
from cards.language import Translator
from cards.one_on_one_plan import PlanForm
from cards.one_on_one_without import NotMet
from cards.time_and_place import Doubt, with_days_off
from domain.errors import Expired, Problem, Problems
from domain.one_on_one import OneOnOneState
from domain.organisation import Person
from domain.quiet import DayOff
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def _plan(**more: Any) -> PlanForm:
    typed = {"day": date(2026, 4, 23), "clock": time(10), "place": "Elmeskolen, mødelokale 2", **more}
    return PlanForm(leader_id=made.uid(4), **typed)


def _leaders() -> list[Any]:
    names = ("Karen Vestergaard", "Karen Søndergård", "Karin Holm")
    people = [
        Person(id=made.uid(300 + number), name=name, email=f"{number}@example.dk", aad_object_id=str(number))
        for number, name in enumerate(names)
    ]
    return list(zip(people, ([made.school()], [made.day_care()], [made.school(), made.day_care()]), strict=True))


def one_on_one_plan(_: Translator) -> Card:
    when = datetime(2026, 4, 23, 8, 0, tzinfo=UTC)
    return planning.ask_plan(_, made.leader(), [made.school()], _plan(), understood=when)


def one_on_one_plan_brief(_: Translator) -> Card:
    return planning.ask_plan(_, made.leader(), [made.school()], PlanForm(leader_id=None), can_brief=True)


def one_on_one_plan_doubted(_: Translator) -> Card:
    doubt = Doubt(day=date(2026, 4, 25), other=date(2026, 4, 23), off=DayOff.FREE)
    typed = _plan(day=date(2026, 4, 25))
    when = datetime(2026, 4, 25, 8, 0, tzinfo=UTC)
    return planning.ask_plan(_, made.leader(), [made.school()], typed, understood=when, doubt=doubt)


def one_on_one_plan_wrong(_: Translator) -> Card:
    typed = _plan(day=date(2026, 4, 13), clock=time(22))
    problems = Problems({"day": Problem("time_passed"), "clock": Problem("not_in_the_day")})
    return planning.ask_plan(_, made.leader(), [made.school()], typed, problems=problems)


def one_on_one_out_of_line(_: Translator) -> Card:
    problems = Problems({"leader": Problem("not_in_line")})
    return planning.ask_plan(_, made.leader(), [made.school()], _plan(), problems=problems)


def one_on_one_suggested(_: Translator) -> Card:
    later = rhythm.not_now(_, made.uid(201))
    return planning.ask_plan(_, made.leader(), [made.school()], _plan(place=""), weeks=6, later=later)


def one_on_one_which(_: Translator) -> Card:
    return planning.choose_leader(_, _leaders()[:2], _plan())


def one_on_one_which_was_met(_: Translator) -> Card:
    return planning.choose_leader(_, _leaders()[:2], _plan(), was_held=True)


def one_on_one_nearest(_: Translator) -> Card:
    return planning.choose_leader(_, _leaders(), _plan(), is_nearest=True)


def one_on_one_all_leaders(_: Translator) -> Card:
    found = [(each, places) for number in range(3) for each, places in _leaders()]
    return planning.choose_leader(_, found, _plan(), is_all=True, problems=Problems({"leader": Problem("no_leader")}))


def one_on_one_beside_dialogues(_: Translator) -> Card:
    return next_dialogue.beside(
        _, one_on_one_planned(_), [(made.dialogue(), made.school())], (made.dialogue(), made.school())
    )


def one_on_one_planned(_: Translator) -> Card:
    return one_on_one.planned(_, made.meeting(OneOnOneState.PLANNED, as_chief=True), by_me=True)


def one_on_one_planned_on_days_off(_: Translator) -> Card:
    off = {date(2026, 4, 25): DayOff.FREE, date(2026, 7, 7): DayOff.SCHOOL}
    return with_days_off(_, one_on_one_planned(_), off)


def one_on_one_planned_news(_: Translator) -> Card:
    return one_on_one.planned(_, made.meeting(OneOnOneState.PLANNED), by_me=False)


def one_on_one_planned_soon(_: Translator) -> Card:
    about = made.meeting(OneOnOneState.PLANNED, as_chief=True)
    return one_on_one.planned(_, about, by_me=True, is_open=True, besides=datetime(2026, 5, 28, 8, 0, tzinfo=UTC))


def one_on_one_broken(_: Translator) -> Card:
    about = replace(made.meeting(OneOnOneState.PLANNED), is_shared=False, is_in_line=False)
    return one_on_one.show(_, about, now=made.STARTS)


def one_on_one_broken_news(_: Translator) -> Card:
    about = replace(made.meeting(OneOnOneState.PLANNED), is_shared=False, is_in_line=False)
    return one_on_one.broken(_, about, [made.colleague()])


def one_on_one_cancelled_before_the_next(_: Translator) -> Card:
    about = made.meeting(OneOnOneState.CANCELLED, as_chief=True)
    return one_on_one.cancelled(_, about, by_me=True, following=datetime(2026, 5, 28, 8, 0, tzinfo=UTC))


def one_on_one_move(_: Translator) -> Card:
    return one_on_one.ask_move(_, made.meeting())


def one_on_one_moved_news(_: Translator) -> Card:
    return one_on_one.moved(_, made.meeting(), by_me=False)


def one_on_one_moved(_: Translator) -> Card:
    return one_on_one.moved(_, made.meeting(as_chief=True), by_me=True)


def one_on_one_coming(_: Translator) -> Card:
    return one_on_one.show(_, made.meeting(as_chief=True), now=made.STARTS)


def one_on_one_begun(_: Translator) -> Card:
    return one_on_one.show(_, made.meeting(as_chief=True), now=datetime(2026, 4, 23, 9, 0, tzinfo=UTC))


def one_on_one_noted(_: Translator) -> Card:
    return one_on_one.show(_, made.meeting(OneOnOneState.SHARED), now=datetime(2026, 4, 24, 9, 0, tzinfo=UTC))


def one_on_one_ask_cancel(_: Translator) -> Card:
    return one_on_one.ask_cancel(_, made.meeting(as_chief=True))


def one_on_one_cancelled(_: Translator) -> Card:
    return one_on_one.cancelled(_, made.meeting(OneOnOneState.CANCELLED, as_chief=True), by_me=True)


def one_on_one_cancelled_news(_: Translator) -> Card:
    return one_on_one.cancelled(_, made.meeting(OneOnOneState.CANCELLED), by_me=False)


def one_on_one_list(_: Translator) -> Card:
    return one_on_one.show_all(_, [made.meeting(as_chief=True)] * 3, is_chief=True)


def one_on_one_none(_: Translator) -> Card:
    return one_on_one.show_all(_, [], is_chief=False)


def one_on_one_none_of_chief(_: Translator) -> Card:
    return one_on_one.show_all(_, [], is_chief=True)


def one_on_one_without(_: Translator) -> Card:
    found = [NotMet(leader=leader, places=places) for leader, places in _leaders()]
    coming = datetime(2026, 5, 28, 8, 0, tzinfo=UTC)
    return one_on_one_without_any.show(_, made.SPRING, [replace(found[0], coming=coming), *found[1:]], has_leaders=True)


def one_on_one_with_all(_: Translator) -> Card:
    return one_on_one_without_any.show(_, made.SPRING, [], has_leaders=True)


def one_on_one_without_leaders(_: Translator) -> Card:
    return one_on_one_without_any.show(_, made.SPRING, [], has_leaders=False)


def one_on_one_only_chiefs(_: Translator) -> Card:
    return planning.only_chiefs_plan(_)


def one_on_one_over(_: Translator, words: str = WORDS) -> Card:
    written = agenda.written(_, words)
    return meeting.over(_, made.meeting(OneOnOneState.SHARED), Expired("one_on_one_noted"), written=written)


def one_on_one_line_broken(_: Translator, words: str = WORDS) -> Card:
    written = agenda.written(_, words)
    return meeting.over(_, made.meeting(as_chief=True), Expired("not_in_line"), written=written)


def rhythm_ask(_: Translator) -> Card:
    return rhythm.ask(_, made.meeting(as_chief=True), 6)


def rhythm_saved(_: Translator) -> Card:
    return rhythm.saved(_, made.meeting(as_chief=True), 6)


def rhythm_none(_: Translator) -> Card:
    return rhythm.saved(_, made.meeting(as_chief=True), 0)


EXAMPLES = examples_in(globals())
