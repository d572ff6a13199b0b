"""The cards of the agreements made at a 1:1."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards import agreement, agreement_form, agreement_made, meeting, overview
from cards.kit import Card
from cards.language import Translator
from cards.task import Task
from domain.agreement import AgreementState, Owner, Terms
from domain.errors import Expired, Problem, Problems
from domain.one_on_one import OneOnOneState
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def agreement_review(_: Translator, words: str = "Mette prøver makkerpar i to fag") -> Card:
    return agreement_made.review(
        _,
        made.meeting(OneOnOneState.SHARED, as_chief=True),
        made.agreement(words),
        left=3,
        due=date(2026, 6, 4),
        skipped=(),
    )


def agreement_review_wrong(_: Translator) -> Card:
    typed = agreement_form.ReviewForm(
        one_on_one_id=made.uid(200),
        agreement_id=made.uid(210),
        became=agreement_form.Became.DROPPED,
        result="",
        due=None,
    )
    return agreement_made.review(
        _,
        made.meeting(OneOnOneState.SHARED, as_chief=True),
        made.agreement(),
        left=1,
        due=date(2026, 6, 4),
        skipped=(),
        typed=typed,
        problems=Problems({"result": Problem("no_reason")}),
    )


def agreement_over(_: Translator, words: str = WORDS) -> Card:
    about = made.meeting(OneOnOneState.SHARED, as_chief=True)
    onward = agreement_made.go_on(_, made.uid(200))
    return meeting.over(_, about, Expired("agreement_ended"), written=agreement.written(_, words), onward=onward)


def agreement_first(_: Translator) -> Card:
    return agreement_made.ask(_, made.meeting(OneOnOneState.SHARED, as_chief=True), [], due=date(2026, 6, 4))


def agreement_after_the_note(_: Translator) -> Card:
    return agreement_made.noted(_, agreement_first(_), made.meeting(OneOnOneState.SHARED, as_chief=True))


def agreement_one_more(_: Translator, words: str = "Mette inviterer en kollega") -> Card:
    about = replace(made.meeting(OneOnOneState.SHARED, as_chief=True), places=[made.school(), made.day_care()])
    typed = agreement_form.TermsForm(
        one_on_one_id=made.uid(200), terms=Terms(owner=Owner.TOGETHER), institution_id=made.uid(3)
    )
    problems = Problems({"text": Problem("nothing_agreed"), "due": Problem("no_due")})
    return agreement_made.ask(_, about, [made.agreement(words)], due=date(2026, 6, 4), typed=typed, problems=problems)


def agreement_correct(_: Translator) -> Card:
    return agreement_made.correct(_, made.meeting(OneOnOneState.SHARED, as_chief=True), made.agreement())


def agreement_which(_: Translator) -> Card:
    return agreement_made.choose(_, [made.agreement(), made.agreement("Birgit finder et lokale", number=212)])


def _row(**more: Any) -> agreement.Row:
    kept = made.agreement(**more)
    return agreement.Row(agreement=kept, institution=made.school(), leader=made.leader(), is_overdue=False)


def agreement_due(_: Translator, words: str = "Mette inviterer en kollega") -> Card:
    return agreement.show(_, _row(words=words), days_left=0, is_mine=True)


def agreement_soon(_: Translator) -> Card:
    return agreement.show(_, _row(), days_left=3, is_mine=True)


def agreement_extended_twice(_: Translator) -> Card:
    return agreement.show(_, _row(extended=2), days_left=-1, is_mine=True)


def agreement_brought_up(_: Translator) -> Card:
    return agreement.show(_, _row(bring_up_since=made.STARTS), days_left=2, is_mine=False)


def agreement_done(_: Translator, words: str = WORDS) -> Card:
    row = _row(state=AgreementState.DONE, result=words)
    return agreement.show(_, row, days_left=0, is_mine=True, given_back=words)


def agreement_list(_: Translator) -> Card:
    rows = [_row(), replace(_row(words="Birgit finder et lokale", number=212, owner=Owner.CHIEF), is_overdue=True)]
    return agreement.show_all(_, rows, is_chief=True)


def agreement_long_list(_: Translator) -> Card:
    rows = [_row(words=f"Aftale nummer {number}", number=400 + number) for number in range(8)]
    return agreement.show_all(_, rows, is_chief=False)


def agreement_no_list(_: Translator) -> Card:
    return agreement.show_all(_, [], is_chief=False)


def agreement_refused(_: Translator, words: str = WORDS) -> Card:
    return agreement.refused(_, words)


def overview_of_one_on_ones(_: Translator) -> Card:
    about = made.meeting(as_chief=True)
    tasks = [
        Task.meet("note", "note.write", about),
        Task.meet("agenda", "agenda.open", about),
        Task.meet("confirm", "confirmation.open", about),
        Task.follow_up(made.agreement(), made.school(), is_told=True),
    ]
    return overview.show(_, name="Birgit", places=[], tasks=tasks, lines=[], meeting=about)


EXAMPLES = examples_in(globals())
